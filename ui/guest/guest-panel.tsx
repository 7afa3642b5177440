// Guests of a record: who is invited, what became of it, and inviting, sending again, taking back, replying.
import { MailOutlined } from '@ant-design/icons'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { EntityMeta, RecordJson } from '@yingzao/kernel/entity'
import type { GuestDesk, InvitationRow } from '@yingzao/platform/client/guest'
import { keys, useClient, useLive } from '@yingzao/platform/client/react'
import { Alert, App, Button, Input, Tag } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { useSay } from '../data/say.ts'
import { Failed, Waiting } from '../shell/notice.tsx'
import { useFormats, useLabel, useText } from '../text/language.tsx'
import { text } from './text.ts'
import './guest.css'

const InviteDialog = lazy(() => import('./invite-dialog.tsx'))

interface Props {
  readonly entity: EntityMeta
  readonly record: RecordJson
}

export function GuestPanel({ entity, record }: Props) {
  const t = useText(text)
  const client = useClient()
  const cache = useQueryClient()
  const [inviting, setInviting] = useState(false)
  const key = [...keys.record(entity.name, record.id), 'guests']
  const desk = useQuery({
    queryKey: key,
    queryFn: () => client.transport.call<GuestDesk>('GET', `/${entity.name}/${record.id}/guests`),
  })
  const again = () => cache.invalidateQueries({ queryKey: key })
  useLive([{ entity: entity.name, id: record.id }], () => void again())
  if (desk.error) return <Failed error={desk.error} retry={() => void desk.refetch()} />
  if (!desk.data) return <Waiting />
  const { offer, waits, invitations } = desk.data
  return (
    <div className="yz-stack">
      {waits && (
        <Alert type={waits.confirmed ? 'success' : 'warning'} title={t(waits.confirmed ? 'waitsDone' : 'waits')} />
      )}
      <div>
        <Button icon={<MailOutlined aria-hidden="true" />} disabled={!offer.mailed} onClick={() => setInviting(true)}>
          {t('invite')}
        </Button>
      </div>
      {!offer.mailed && <p className="yz-faint">{t('noMail')}</p>}
      {invitations.length === 0 && offer.mailed && <p className="yz-faint">{t('empty')}</p>}
      <ul className="yz-guests">
        {invitations.map(each => (
          <One key={each.id} row={each} again={again} />
        ))}
      </ul>
      {inviting && (
        <Suspense fallback={null}>
          <InviteDialog
            entity={entity}
            record={record}
            offer={offer}
            onClose={() => setInviting(false)}
            onSent={again}
          />
        </Suspense>
      )}
    </div>
  )
}

const tones = { open: 'processing', over: 'default', withdrawn: 'warning' } as const
const said = { confirm: 'saidConfirm', refuse: 'saidRefuse', answer: 'saidAnswer' } as const
const saidTones = { confirm: 'success', refuse: 'error', answer: 'processing' } as const
const isWord = (name: string): name is keyof typeof text => name in text

function One({ row, again }: { row: InvitationRow; again: () => Promise<unknown> }) {
  const t = useText(text)
  const label = useLabel()
  const formats = useFormats()
  const say = useSay()
  const client = useClient()
  const { modal } = App.useApp()
  const [reply, setReply] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const doing = async (path: string, body: object, done: string) => {
    setBusy(true)
    try {
      await client.transport.call('POST', `/guests/${row.id}/${path}`, { body })
      say.good(done)
      await again()
      return true
    } catch (error) {
      say.bad(error)
      return false
    } finally {
      setBusy(false)
    }
  }
  const withdraw = () =>
    void modal.confirm({
      title: t('withdrawTitle', { who: row.who }),
      content: t('withdrawDetail'),
      okText: t('withdraw'),
      okButtonProps: { danger: true },
      cancelText: t('cancel'),
      onOk: () => doing('withdraw', {}, t('withdrawDone')),
    })
  return (
    <li className="yz-guest">
      <div className="yz-guest-head">
        <strong>{row.who}</strong>
        <Tag>{t(row.role)}</Tag>
        <Tag color={tones[row.standing]}>{t(row.standing)}</Tag>
        {row.letter === 'failed' && <Tag color="error">{t('failed')}</Tag>}
      </div>
      <p className="yz-faint">
        {row.mail} · {t('by', { name: row.inviter })} · {t('until', { until: formats.instant(row.until) })}
        {row.opened_at === null ? ` · ${t('unopened')}` : ''}
      </p>
      <p className="yz-faint">{row.acts.map(act => t(act)).join(' · ')}</p>
      {row.answers.map(each => (
        <div key={each.id} className="yz-guest-answer">
          <div className="yz-guest-head">
            <Tag color={saidTones[each.kind]}>{t(said[each.kind])}</Tag>
            <span className="yz-faint">
              {formats.instant(each.at)} · {t('ofVersion', { version: each.version })}
            </span>
            {each.outdated && <Tag color="warning">{t('outdated')}</Tag>}
          </div>
          {each.reason && <p className="yz-prose">{each.reason}</p>}
          {each.values.map(value => (
            <p key={value.label.en}>
              <span className="yz-soft">{label(value.label)}</span> {value.text}
            </p>
          ))}
          {each.signed && (
            <img
              className="yz-drawn-image"
              src={client.transport.address(`/guests/${row.id}/signature/${each.id}`)}
              alt={t('signature', { who: row.who })}
            />
          )}
        </div>
      ))}
      {reply !== null && (
        <div className="yz-stack">
          <Input.TextArea
            autoFocus
            autoSize={{ minRows: 2 }}
            aria-label={t('replyHint', { who: row.who })}
            placeholder={t('replyHint', { who: row.who })}
            value={reply}
            onChange={event => setReply(event.target.value)}
          />
          <div className="yz-flex">
            <Button
              type="primary"
              loading={busy}
              disabled={!reply.trim()}
              onClick={() =>
                void doing('comments', { body: reply.trim() }, t('replyDone')).then(done => done && setReply(null))
              }
            >
              {t('reply')}
            </Button>
            <Button onClick={() => setReply(null)}>{t('cancel')}</Button>
          </div>
        </div>
      )}
      {row.standing !== 'withdrawn' && reply === null && (
        <div className="yz-flex">
          {row.standing === 'open' && (
            <Button size="small" onClick={() => setReply('')}>
              {t('reply')}
            </Button>
          )}
          <Button size="small" loading={busy} onClick={() => void doing('resend', {}, t('againDone'))}>
            {t('again')}
          </Button>
          {row.standing === 'open' && (
            <Button size="small" danger onClick={withdraw}>
              {t('withdraw')}
            </Button>
          )}
        </div>
      )}
      <details>
        <summary>{t('trail', { count: row.events.length })}</summary>
        <ol className="yz-guest-events">
          {row.events.map(each => (
            <li key={each.id}>
              <time dateTime={each.at}>{formats.instant(each.at)}</time>
              <span>
                {isWord(each.kind) ? label(text[each.kind]) : each.kind}
                {each.note ? ` · ${each.note}` : ''}
              </span>
              <span className="yz-faint">
                {[each.address, each.code_no === null ? null : t('codeNo', { no: each.code_no })]
                  .filter(Boolean)
                  .join(' · ')}
              </span>
            </li>
          ))}
        </ol>
      </details>
    </li>
  )
}
