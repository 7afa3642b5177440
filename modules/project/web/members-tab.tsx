// Who takes part in a project, in which role, from when to when; people are added, and their part ends.
import { MoreOutlined, PlusOutlined } from '@ant-design/icons'
import { type EntityMeta, f, type RecordJson } from '@yingzao/kernel/entity'
import { useList } from '@yingzao/platform/client/react'
import { useChanges } from '@yingzao/ui/data/changes'
import { entityOf, useMeta } from '@yingzao/ui/data/meta'
import { useSay } from '@yingzao/ui/data/say'
import { InputDialog, inputFields } from '@yingzao/ui/record/verb-bar.tsx'
import { Failed, Waiting } from '@yingzao/ui/shell/notice.tsx'
import { useFormats, useLanguage, useText } from '@yingzao/ui/text/language.tsx'
import { Button, Dropdown } from 'antd'
import { useState } from 'react'
import './members.css'
import { text } from './text.ts'

type Members = ReturnType<typeof useList<'project_member'>>
type Member = Members['items'][number]
type Asking = { readonly what: 'add' } | { readonly what: 'change' | 'end'; readonly member: Member }

const person = f.user({ zh: '人员', en: 'Person' }, { required: true })
const role = f.ref('role', { zh: '角色', en: 'Role' }, { required: true, where: 'list contains(places, "project")' })
const date = { from: { zh: '起', en: 'From' }, to: { zh: '止', en: 'To' } }
const duty = { zh: '职责', en: 'Duty' }

/** The day where the reader is. */
function today(): string {
  const now = new Date()
  const two = (value: number) => String(value).padStart(2, '0')
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`
}

const fieldsOf = (asking: Asking, now: string) =>
  asking.what === 'add'
    ? inputFields({
        user: person,
        role,
        from_on: f.date(date.from, { default: now }),
        to_on: f.date(date.to),
        duty: f.text(duty, { max: 200 }),
      })
    : asking.what === 'end'
      ? inputFields({ to_on: f.date(date.to, { required: true, default: now }) })
      : inputFields({
          from_on: f.date(date.from, { default: asking.member.from_on }),
          to_on: f.date(date.to, { default: asking.member.to_on }),
          duty: f.text(duty, { max: 200, default: asking.member.duty }),
        })

const phaseOf = ({ from_on, to_on }: Member, now: string): 'past' | 'later' | 'current' =>
  to_on !== null && to_on < now ? 'past' : from_on !== null && from_on > now ? 'later' : 'current'
const order = { current: 0, later: 1, past: 2 }

export default function MembersTab({ record }: { entity: EntityMeta; record: RecordJson }) {
  const t = useText(text)
  const say = useSay()
  const meta = useMeta()
  const changes = useChanges('project_member')
  const [asking, setAsking] = useState<Asking | null>(null)
  const members = useList('project_member', {
    filter: { project: { eq: record.id } },
    sort: ['created_at'],
    limit: 500,
  })
  const roles = useList('role', { fields: ['label_zh', 'label_en'], limit: 500 })
  const { lang } = useLanguage()
  const roleNames = new Map(roles.items.map(each => [each.id, lang === 'zh' ? each.label_zh : each.label_en]))
  const now = today()
  if (members.error && members.items.length === 0) return <Failed error={members.error} retry={members.refetch} />
  if (members.isPending) return <Waiting />
  const mayAdd = entityOf(meta, 'project_member')?.can.includes('create') ?? false
  const rows = [...members.items].sort((a, b) => order[phaseOf(a, now)] - order[phaseOf(b, now)])
  const taking = new Set(rows.filter(each => phaseOf(each, now) === 'current').map(each => each.user)).size
  const remove = (member: Member) =>
    void changes.remove(member.id, member.version).then(() => say.good(t('removed')), say.bad)

  return (
    <div className="yz-stack">
      <div className="yz-flex">
        <span className="yz-grow yz-soft yz-figure">{rows.length > 0 && t('current', { count: taking })}</span>
        {mayAdd && (
          <Button
            type={rows.length === 0 ? 'primary' : 'default'}
            icon={<PlusOutlined aria-hidden="true" />}
            onClick={() => setAsking({ what: 'add' })}
          >
            {t('add')}
          </Button>
        )}
      </div>
      {rows.length === 0 ? (
        <p>
          <strong>{t('none')}</strong> {mayAdd && <span className="yz-soft">{t('noneNext')}</span>}
        </p>
      ) : (
        <MemberTable
          rows={rows}
          people={members.refs.user ?? {}}
          roles={roleNames}
          now={now}
          onAsk={setAsking}
          onRemove={remove}
        />
      )}
      {asking && (
        <InputDialog
          key={asking.what}
          title={t(asking.what)}
          note={asking.what === 'add' ? t('addNote') : asking.what === 'end' ? t('endNote') : null}
          fields={fieldsOf(asking, now)}
          danger={false}
          onClose={() => setAsking(null)}
          onSubmit={async values => {
            if (asking.what === 'add') await changes.create({ ...values, project: record.id })
            else await changes.patch(asking.member.id, asking.member.version, values)
            say.good(t(asking.what === 'add' ? 'added' : asking.what === 'end' ? 'ended' : 'changed'))
            setAsking(null)
          }}
        />
      )}
    </div>
  )
}

interface TableProps {
  readonly rows: readonly Member[]
  readonly people: Readonly<Record<string, string>>
  readonly roles: ReadonlyMap<string, string>
  readonly now: string
  readonly onAsk: (asking: Asking) => void
  readonly onRemove: (member: Member) => void
}

function MemberTable({ rows, people, roles, now, onAsk, onRemove }: TableProps) {
  const t = useText(text)
  const formats = useFormats()
  const span = (member: Member) =>
    `${member.from_on ? formats.date(member.from_on) : ''} – ${member.to_on ? formats.date(member.to_on) : t('openEnded')}`
  return (
    <table className="yz-members">
      <thead>
        <tr>
          <th scope="col">{t('person')}</th>
          <th scope="col">{t('role')}</th>
          <th scope="col" className="yz-wide-only">
            {t('from')} – {t('to')}
          </th>
          <th scope="col" className="yz-wide-only">
            {t('duty')}
          </th>
          <td />
        </tr>
      </thead>
      <tbody>
        {rows.map(member => {
          const phase = phaseOf(member, now)
          const name = people[member.user] ?? '…'
          const items = [
            ...(member._can.includes('update') ? [{ key: 'change', label: t('change') }] : []),
            ...(member._can.includes('update') && phase !== 'past' ? [{ key: 'end', label: t('end') }] : []),
            ...(member._can.includes('delete') ? [{ key: 'remove', label: t('remove'), danger: true }] : []),
          ]
          return (
            <tr key={member.id} className={phase === 'past' ? 'yz-faint' : ''}>
              <th scope="row">
                {name} {phase === 'past' && <span className="yz-tag yz-tag-neutral">{t('past')}</span>}
                {phase === 'later' && <span className="yz-tag yz-tag-info">{t('later')}</span>}
                <div className="yz-phone-only yz-faint yz-small yz-figure">{span(member)}</div>
                <div className="yz-phone-only yz-faint yz-small">{member.duty}</div>
              </th>
              <td>{roles.get(member.role) ?? '…'}</td>
              <td className="yz-wide-only yz-figure">{span(member)}</td>
              <td className="yz-wide-only yz-soft">{member.duty}</td>
              <td className="yz-right">
                {items.length > 0 && (
                  <Dropdown
                    trigger={['click']}
                    menu={{
                      items,
                      onClick: ({ key }) =>
                        key === 'remove' ? onRemove(member) : onAsk({ what: key === 'end' ? 'end' : 'change', member }),
                    }}
                  >
                    <Button
                      type="text"
                      icon={<MoreOutlined aria-hidden="true" />}
                      aria-label={t('actions', { name })}
                      title={t('actions', { name })}
                    />
                  </Dropdown>
                )}
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}
