// 回顾: what went well, what should go better, ideas; a finding becomes a work item that somebody does.
import { DeleteOutlined } from '@ant-design/icons'
import { f, type RecordJson } from '@yingzao/kernel/entity'
import { useList } from '@yingzao/platform/client/react'
import { useChanges } from '@yingzao/ui/data/changes'
import { RecordLink } from '@yingzao/ui/data/link.tsx'
import { entityOf, useMeta } from '@yingzao/ui/data/meta'
import { useSay } from '@yingzao/ui/data/say'
import { InputDialog, inputFields } from '@yingzao/ui/record/verb-bar.tsx'
import { Failed, Waiting } from '@yingzao/ui/shell/notice.tsx'
import { useText } from '@yingzao/ui/text/language.tsx'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { text } from './text.ts'

const kinds = ['good', 'bad', 'idea'] as const
type Items = ReturnType<typeof useList<'retro_item'>>['items']

export function Retrospective({ sprint }: { sprint: RecordJson }) {
  const t = useText(text)
  const meta = useMeta()
  const changes = useChanges('retro_item')
  const say = useSay()
  const [taking, setTaking] = useState<Items[number] | null>(null)
  const list = useList('retro_item', { filter: { sprint: { eq: sprint.id } }, sort: ['created_at'], limit: 200 })
  const [entity, items] = [entityOf(meta, 'retro_item'), entityOf(meta, 'work_item')]
  if (list.error && list.items.length === 0) return <Failed error={list.error} retry={list.refetch} />
  if (list.isPending || !entity || !items) return <Waiting />
  const remove = async (each: Items[number]) => {
    try {
      await changes.remove(each.id, each.version)
      say.undoable(t('removed'), () => changes.restore(each.id, each.version + 1))
    } catch (error) {
      say.bad(error)
    }
  }
  return (
    <section className="yz-section" aria-label={t('retrospective')}>
      <h2>{t('retrospective')}</h2>
      <div className="yz-retro">
        {kinds.map(kind => (
          <div key={kind} className={`yz-retro-${kind}`}>
            <h3>{t(kind)}</h3>
            <ul>
              {list.items
                .filter(each => each.kind === kind)
                .map(each => (
                  <li key={each.id}>
                    <p>{each.text}</p>
                    <div className="yz-flex">
                      {each.action === null ? (
                        each._can.includes('take_up') && (
                          <Button size="small" onClick={() => setTaking(each)}>
                            {t('takeUp')}
                          </Button>
                        )
                      ) : (
                        <span className="yz-flex">
                          <span className="yz-faint">{t('actionItem')}</span>
                          <RecordLink entity={items} id={each.action} className="yz-link yz-clip">
                            {list.refs.work_item?.[each.action] ?? '—'}
                          </RecordLink>
                        </span>
                      )}
                      <span className="yz-grow" />
                      {each._can.includes('delete') && (
                        <Button
                          type="text"
                          size="small"
                          icon={<DeleteOutlined aria-hidden="true" />}
                          aria-label={t('removeFinding', { name: each.text })}
                          title={t('removeFinding', { name: each.text })}
                          onClick={() => void remove(each)}
                        />
                      )}
                    </div>
                  </li>
                ))}
            </ul>
            {entity.can.includes('create') && <Add sprint={sprint.id} kind={kind} />}
          </div>
        ))}
      </div>
      {taking && (
        <InputDialog
          title={t('takeUp')}
          note={taking.text}
          fields={inputFields({
            title: f.text(
              { zh: '行动', en: 'Action' },
              { required: true, max: 300, default: taking.text.slice(0, 300) },
            ),
            assignee: f.user({ zh: '负责人', en: 'Assignee' }),
          })}
          danger={false}
          onClose={() => setTaking(null)}
          onSubmit={async values => {
            await changes.run(taking.id, 'take_up', values, taking.version)
            say.good(t('takenUp'))
            setTaking(null)
          }}
        />
      )}
    </section>
  )
}

function Add({ sprint, kind }: { sprint: string; kind: (typeof kinds)[number] }) {
  const t = useText(text)
  const say = useSay()
  const changes = useChanges('retro_item')
  const [typed, setTyped] = useState('')
  const [busy, setBusy] = useState(false)
  const add = async () => {
    if (typed.trim() === '' || busy) return
    setBusy(true)
    try {
      await changes.create({ sprint, kind, text: typed.trim() })
      setTyped('')
    } catch (error) {
      say.bad(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Input
      value={typed}
      maxLength={500}
      readOnly={busy}
      placeholder={t('addFinding')}
      aria-label={t('addFindingTo', { name: t(kind) })}
      onChange={event => setTyped(event.target.value)}
      onPressEnter={() => void add()}
    />
  )
}
