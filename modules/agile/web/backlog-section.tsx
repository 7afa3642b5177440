// One part of the backlog: a sprint that is open, with its sum against its capacity, or what is in none.
import type { EntityMeta, Page } from '@yingzao/kernel/entity'
import { RecordLink } from '@yingzao/ui/data/link.tsx'
import { useFormats, useText } from '@yingzao/ui/text/language.tsx'
import { Input } from 'antd'
import { useState } from 'react'
import type { BacklogItem, BacklogSprint } from './backlog.tsx'
import { BacklogRow } from './backlog-row.tsx'
import { StageTag } from './stage-tag.tsx'
import { text } from './text.ts'

export interface SectionProps {
  readonly sprint: BacklogSprint | null
  readonly items: readonly BacklogItem[]
  readonly refs: Page['refs']
  readonly entity: EntityMeta
  readonly sprintMeta: EntityMeta
  readonly targets: readonly { readonly key: string; readonly label: string }[]
  readonly busy: readonly string[]
  readonly chosen: ReadonlySet<string>
  readonly dragged: readonly string[]
  readonly onDrag: (ids: readonly string[]) => void
  readonly onChoose: (id: string, on: boolean) => void
  /** `before` null = the end of this section. */
  readonly onPlace: (ids: readonly string[], before: string | null) => void
  readonly onStep: (id: string, direction: -1 | 1) => void
  readonly onTop: (id: string) => void
  readonly onMove: (id: string, sprint: string | null) => void
  readonly onEstimate: (item: BacklogItem, points: string | null) => Promise<void>
  readonly onCreate: ((title: string) => Promise<void>) | undefined
}

export function BacklogSection(props: SectionProps) {
  const { sprint, items, sprintMeta, dragged, onDrag, onPlace, onCreate } = props
  const t = useText(text)
  const formats = useFormats()
  /** In front of which row it would fall; '' = at the end. */
  const [over, setOver] = useState<string | null>(null)
  const points = items.reduce((sum, each) => sum + Number(each.estimate ?? 0), 0)
  const open = items.filter(each => each.estimate === null).length
  const capacity = sprint?.capacity == null ? null : Number(sprint.capacity)
  const drop = (before: string | null) => {
    setOver(null)
    const ids = dragged
    onDrag([])
    if (ids.length > 0 && !(before !== null && ids.includes(before))) onPlace(ids, before)
  }
  const name = sprint?.name ?? t('backlog')
  return (
    <section className="yz-section yz-backlog-section" aria-label={name}>
      <header className="yz-backlog-head">
        <h2>
          {sprint ? (
            <RecordLink entity={sprintMeta} id={sprint.id}>
              {sprint.name}
            </RecordLink>
          ) : (
            name
          )}
        </h2>
        {sprint && <StageTag entity={sprintMeta} stage={sprint.stage} />}
        {sprint && (
          <span className="yz-faint yz-figure">
            {formats.date(sprint.start_on)} – {formats.date(sprint.finish_on)}
          </span>
        )}
        <span className="yz-grow" />
        {open > 0 && <span className="yz-soft yz-figure">{t('unestimated', { count: open })}</span>}
        <span className="yz-figure">
          {t('itemsAndPoints', { count: items.length, points: formats.number(String(points), 1) })}
        </span>
        {capacity !== null && (
          <span className={`yz-figure${points > capacity ? ' yz-tag yz-tag-warn' : ' yz-faint'}`}>
            {t(points > capacity ? 'overCapacity' : 'capacityOf', { capacity: formats.number(String(capacity), 1) })}
          </span>
        )}
      </header>
      <ol
        className="yz-backlog-rows"
        onDragOver={event => {
          if (dragged.length === 0) return
          event.preventDefault()
          event.dataTransfer.dropEffect = 'move'
          if (event.target === event.currentTarget) setOver('')
        }}
        onDragLeave={event => {
          if (!(event.relatedTarget instanceof Node && event.currentTarget.contains(event.relatedTarget))) setOver(null)
        }}
        onDrop={event => {
          event.preventDefault()
          drop(over === '' ? null : over)
        }}
      >
        {items.map(item => (
          <BacklogRow
            key={item.id}
            {...props}
            item={item}
            over={over === item.id && dragged.length > 0}
            onOver={() => setOver(item.id)}
          />
        ))}
        {items.length === 0 && (
          <li
            className={`yz-backlog-none${over === '' && dragged.length > 0 ? ' yz-backlog-over' : ''}`}
            onDragOver={() => setOver('')}
          >
            {t(sprint ? 'emptySection' : 'emptyBacklog')}
          </li>
        )}
        {items.length > 0 && (
          <li
            aria-hidden="true"
            className={`yz-backlog-end${over === '' && dragged.length > 0 ? ' yz-backlog-over' : ''}`}
            onDragOver={() => setOver('')}
          />
        )}
      </ol>
      {onCreate && <QuickAdd name={name} onCreate={onCreate} />}
    </section>
  )
}

/** A title and Enter: the rest is filled in when it is talked about. */
function QuickAdd({ name, onCreate }: { name: string; onCreate: (title: string) => Promise<void> }) {
  const t = useText(text)
  const [title, setTitle] = useState('')
  const [busy, setBusy] = useState(false)
  const add = async () => {
    if (title.trim() === '' || busy) return
    setBusy(true)
    try {
      await onCreate(title.trim())
      setTitle('')
    } catch {
      // Said already; what was typed stays.
    } finally {
      setBusy(false)
    }
  }
  return (
    <Input
      className="yz-backlog-add"
      variant="borderless"
      value={title}
      readOnly={busy}
      maxLength={300}
      placeholder={t('addItem')}
      aria-label={t('addTo', { name })}
      onChange={event => setTitle(event.target.value)}
      onPressEnter={() => void add()}
    />
  )
}
