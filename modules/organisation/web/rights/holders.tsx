// Who holds the role, where and from when to when: appointed and ended here; members of projects are shown with their project.
import { useQuery } from '@tanstack/react-query'
import { f, type RecordJson } from '@yingzao/kernel/entity'
import { useClient } from '@yingzao/platform/client/react'
import { RecordLink } from '@yingzao/ui/data/link.tsx'
import { entityOf, useMeta } from '@yingzao/ui/data/meta'
import { useSay } from '@yingzao/ui/data/say'
import { FieldEditor } from '@yingzao/ui/field/editor.tsx'
import { inputFields } from '@yingzao/ui/record/verb-bar.tsx'
import { Waiting } from '@yingzao/ui/shell/notice.tsx'
import { useFormats, useText } from '@yingzao/ui/text/language.tsx'
import { Alert, Button, Modal, Radio } from 'antd'
import { useId, useState } from 'react'
import type { Holder } from '../../rights-shape.ts'
import { type PlaceKind, PlacePicker } from './place-picker.tsx'
import { text } from './text.ts'
import { useAskAgain } from './use-rights.ts'
import { useRightsWords } from './words.ts'

const placeKinds = ['company', 'department', 'project'] as const

export function Holders({ role }: { role: RecordJson }) {
  const t = useText(text)
  const meta = useMeta()
  const client = useClient()
  const say = useSay()
  const formats = useFormats()
  const askAgain = useAskAgain()
  const [adding, setAdding] = useState(false)
  const [ending, setEnding] = useState<Holder | null>(null)
  const found = useQuery({
    queryKey: ['holders', role.id],
    queryFn: () => client.perform<readonly Holder[]>('organisation.holders', { role: role.id }),
    staleTime: 0,
  })
  const holding = entityOf(meta, 'role_holding')
  const user = entityOf(meta, 'user')
  if (found.error) return <Alert type="error" title={say.reason(found.error)} />
  if (!found.data) return <Waiting />
  const may = (fn: string) => holding?.can.includes(fn) ?? false
  const isMember = role.code === 'member'
  return (
    <div className="yz-holders">
      {isMember && <p className="yz-soft">{t('memberNote')}</p>}
      {!isMember && may('create') && (
        <div>
          <Button type="primary" onClick={() => setAdding(true)}>
            {t('addHolder')}
          </Button>
        </div>
      )}
      {found.data.length === 0 ? (
        !isMember && <p className="yz-faint">{t('nobody')}</p>
      ) : (
        <table className="yz-rights-table yz-holders-table">
          <thead>
            <tr>
              <th scope="col">{t('person')}</th>
              <th scope="col">{t('place')}</th>
              <th scope="col">{t('from')}</th>
              <th scope="col">{t('to')}</th>
              <td />
            </tr>
          </thead>
          <tbody>
            {found.data.map(holder => (
              <tr key={holder.id}>
                <th scope="row">
                  <span className="yz-flex">
                    {user ? (
                      <RecordLink entity={user} id={holder.user}>
                        {holder.name}
                      </RecordLink>
                    ) : (
                      holder.name
                    )}
                    {!holder.active && <span className="yz-tag yz-tag-neutral">{t('left')}</span>}
                    {holder.later && <span className="yz-tag yz-tag-info">{t('later')}</span>}
                  </span>
                </th>
                <td>
                  {holder.place || '—'} <span className="yz-faint">{t(holder.kind)}</span>
                </td>
                <td className="yz-figure">{holder.from ? formats.date(holder.from) : t('always')}</td>
                <td className="yz-figure">{holder.to ? formats.date(holder.to) : t('open_end')}</td>
                <td className="yz-holders-act">
                  {holder.entity !== 'role_holding' ? (
                    <span className="yz-faint">{t('byMembership')}</span>
                  ) : (
                    may('update') && (
                      <Button size="small" onClick={() => setEnding(holder)}>
                        {t('end')}
                      </Button>
                    )
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {adding && (
        <Appoint
          role={role}
          onClose={done => {
            setAdding(false)
            if (done) void askAgain()
          }}
        />
      )}
      {ending && (
        <End
          role={role}
          holder={ending}
          onClose={done => {
            setEnding(null)
            if (done) void askAgain()
          }}
        />
      )}
    </div>
  )
}

const [personField, fromField, toField] = inputFields({
  user: f.user({ zh: '人员', en: 'Person' }, { required: true }),
  from: f.date({ zh: '起', en: 'From' }),
  to: f.date({ zh: '止', en: 'To' }),
})

function Appoint({ role, onClose }: { role: RecordJson; onClose: (done: boolean) => void }) {
  const t = useText(text)
  const say = useSay()
  const words = useRightsWords()
  const client = useClient()
  const id = useId()
  const allowed = placeKinds.filter(kind => Array.isArray(role.places) && role.places.includes(kind))
  const [user, setUser] = useState<string | null>(null)
  const [kind, setKind] = useState<PlaceKind>(allowed[0] ?? 'company')
  const [place, setPlace] = useState<readonly string[]>([])
  const [days, setDays] = useState<{ from: string | null; to: string | null }>({ from: null, to: null })
  const [problem, setProblem] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const save = async () => {
    setBusy(true)
    setProblem(null)
    try {
      await client
        .entity('role_holding' as string)
        .create({ user, role: role.id, at_kind: kind, at_id: place[0] ?? null, ...days })
      say.good(t('appointed'))
      onClose(true)
    } catch (error) {
      setProblem(say.reason(error))
    } finally {
      setBusy(false)
    }
  }
  if (!personField || !fromField || !toField) return null
  return (
    <Modal
      open
      title={t('appointTitle', { role: words.role(String(role.code)) })}
      okText={t('addHolder')}
      cancelText={t('cancel')}
      okButtonProps={{ disabled: !user || place.length === 0 }}
      confirmLoading={busy}
      onCancel={() => onClose(false)}
      onOk={() => void save()}
    >
      <div className="yz-stack">
        {problem && <Alert type="error" role="alert" title={problem} />}
        <div className="yz-field">
          <label htmlFor={`${id}-user`} className="yz-label">
            {t('person')}
          </label>
          <FieldEditor
            id={`${id}-user`}
            field={personField}
            value={user}
            onChange={next => setUser(typeof next === 'string' ? next : null)}
          />
        </div>
        <div className="yz-field">
          <span className="yz-label">{t('placeKind')}</span>
          <Radio.Group
            value={kind}
            aria-label={t('placeKind')}
            options={allowed.map(value => ({ value, label: t(value) }))}
            onChange={event => {
              const next = placeKinds.find(each => each === event.target.value)
              if (next) setKind(next)
              setPlace([])
            }}
          />
        </div>
        <div className="yz-field">
          <label htmlFor={`${id}-place`} className="yz-label">
            {t('place')}
          </label>
          <PlacePicker id={`${id}-place`} kind={kind} value={place} label={t('place')} onChange={setPlace} />
        </div>
        <div className="yz-rights-days">
          {(['from', 'to'] as const).map(end => (
            <div key={end} className="yz-field">
              <label htmlFor={`${id}-${end}`} className="yz-label">
                {t(end)} <span className="yz-faint">{t(end === 'from' ? 'fromNote' : 'toNote')}</span>
              </label>
              <FieldEditor
                id={`${id}-${end}`}
                field={end === 'from' ? fromField : toField}
                value={days[end]}
                onChange={next => setDays(before => ({ ...before, [end]: typeof next === 'string' ? next : null }))}
              />
            </div>
          ))}
        </div>
      </div>
    </Modal>
  )
}

function End({ role, holder, onClose }: { role: RecordJson; holder: Holder; onClose: (done: boolean) => void }) {
  const t = useText(text)
  const say = useSay()
  const words = useRightsWords()
  const client = useClient()
  const { me } = useMeta()
  const id = useId()
  const [to, setTo] = useState<string | null>(holder.to)
  const [problem, setProblem] = useState<string | null>(null)
  const entity = client.entity('role_holding' as string)
  const act = async (work: () => Promise<unknown>) => {
    setProblem(null)
    try {
      await work()
      onClose(true)
    } catch (error) {
      setProblem(say.reason(error))
    }
  }
  const remove = async () => {
    await entity.remove(holder.id, holder.version)
    say.undoable(t('ended'), () => entity.restore(holder.id, holder.version + 1).then(() => onClose(true)))
  }
  if (!toField) return null
  return (
    <Modal
      open
      title={t('endTitle', { name: holder.name, role: words.role(String(role.code)) })}
      onCancel={() => onClose(false)}
      footer={
        <>
          <Button onClick={() => onClose(false)}>{t('cancel')}</Button>
          <Button
            disabled={to === holder.to}
            onClick={() =>
              void act(async () => {
                await entity.patch(holder.id, holder.version, { to })
                say.good(t('ended'))
              })
            }
          >
            {t('setEnd')}
          </Button>
          <Button danger type="primary" onClick={() => void act(remove)}>
            {t('endNow')}
          </Button>
        </>
      }
    >
      <div className="yz-stack">
        {problem && <Alert type="error" role="alert" title={problem} />}
        {holder.user === me.id && <Alert type="warning" title={t('endsMine')} />}
        <p className="yz-soft">{t('endDetail', { place: holder.place })}</p>
        <div className="yz-field">
          <label htmlFor={id} className="yz-label">
            {t('lastDay')}
          </label>
          <FieldEditor
            id={id}
            field={toField}
            value={to}
            onChange={next => setTo(typeof next === 'string' ? next : null)}
          />
        </div>
      </div>
    </Modal>
  )
}
