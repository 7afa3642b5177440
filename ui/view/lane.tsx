// One lane of a board: its head with count and sum, its cards loaded piece by piece, what may be dropped on it.
import { MoreOutlined, PlusOutlined } from '@ant-design/icons'
import type { EntityMeta, FieldMeta, Query, RecordJson } from '@yingzao/kernel/entity'
import { useList } from '@yingzao/platform/client/react'
import { Button, Dropdown } from 'antd'
import { type KeyboardEvent, useState } from 'react'
import { RecordLink } from '../data/link.tsx'
import { titleOf } from '../data/meta.ts'
import { FieldValue, isFigure, type Refs } from '../field/value.tsx'
import { useFormats, useLabel, useText } from '../text/language.tsx'
import type { LaneLimit, LaneOf } from './lanes.ts'
import { text } from './text.ts'

export interface Dragged {
  readonly record: RecordJson
  readonly from: LaneOf
}

interface Props {
  readonly entity: EntityMeta
  readonly query: Query
  readonly by: FieldMeta
  readonly lane: LaneOf
  readonly name: string
  /** What a card tells besides its title. */
  readonly fields: readonly FieldMeta[]
  /** The figure summed in the head. */
  readonly figure: FieldMeta | undefined
  readonly limit: LaneLimit | undefined
  readonly targets: readonly { readonly lane: LaneOf; readonly name: string }[]
  readonly coming: readonly RecordJson[]
  readonly leaving: ReadonlySet<string>
  readonly dragged: Dragged | null
  readonly onDrag: (dragged: Dragged | null) => void
  readonly may: (record: RecordJson, lane: LaneOf) => boolean
  readonly onMove: (record: RecordJson, lane: LaneOf) => void
  readonly onCreate: (() => void) | undefined
}

/** Cards near the end of what is loaded make the next ones come. */
const NEAR = 400

export function Lane(props: Props) {
  const { entity, query, by, lane, name, figure, limit, coming, leaving, dragged, onDrag, may, onMove, onCreate } =
    props
  const t = useText(text)
  const formats = useFormats()
  const [over, setOver] = useState(false)
  const rows = useList(entity.name, {
    ...query,
    fields: [...new Set([...(query.fields ?? []), by.name])],
    filter: { ...query.filter, [by.name]: lane.value === null ? { empty: true } : { eq: lane.value } },
    count: false,
    limit: 40,
  })
  const open = dragged !== null && dragged.from !== lane && may(dragged.record, lane)
  const cards = [
    ...coming,
    ...rows.items.filter(record => !leaving.has(record.id) && !coming.some(each => each.id === record.id)),
  ]
  const count = lane.count + coming.filter(each => !rows.items.some(row => row.id === each.id)).length
  const beyond = limit !== undefined && limit.count > limit.limit
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is the mouse's way; keys and the card's menu do the same.
    <div
      className={`yz-lane${beyond ? ' yz-lane-beyond' : ''}${cards.length === 0 ? ' yz-lane-bare' : ''}${open ? ' yz-lane-open' : ''}${open && over ? ' yz-lane-over' : ''}${
        dragged && !open && dragged.from !== lane ? ' yz-lane-shut' : ''
      }`}
      onDragOver={event => {
        if (!open) return
        event.preventDefault()
        event.dataTransfer.dropEffect = 'move'
        setOver(true)
      }}
      onDragLeave={event => {
        if (!(event.relatedTarget instanceof Node && event.currentTarget.contains(event.relatedTarget))) setOver(false)
      }}
      onDrop={event => {
        event.preventDefault()
        setOver(false)
        if (dragged && open) onMove(dragged.record, lane)
        onDrag(null)
      }}
    >
      <header className="yz-lane-head">
        <h2 className="yz-clip" title={name}>
          {lane.value === null ? (
            <span className="yz-soft">{name}</span>
          ) : by.kind === 'choice' ? (
            <FieldValue field={by} value={lane.value} rich={false} />
          ) : (
            name
          )}
        </h2>
        {limit ? (
          <span
            className={`yz-figure yz-lane-limit${beyond ? ' yz-tag yz-tag-warn' : ' yz-soft'}`}
            title={t(beyond ? 'beyondLimit' : 'limit', limit)}
          >
            <span aria-hidden="true">{`${formats.integer(limit.count)}/${formats.integer(limit.limit)}`}</span>
            <span className="yz-said">{t(beyond ? 'beyondLimit' : 'limit', limit)}</span>
          </span>
        ) : (
          <span className="yz-faint yz-figure">{formats.integer(count)}</span>
        )}
        <span className="yz-grow" />
        {figure && lane.sum !== null && (
          <span className="yz-soft yz-figure yz-clip">
            <FieldValue field={figure} value={lane.sum} rich={false} />
          </span>
        )}
        {onCreate && (
          <Button
            type="text"
            size="small"
            icon={<PlusOutlined aria-hidden="true" />}
            aria-label={t('newIn', { name })}
            title={t('newIn', { name })}
            onClick={onCreate}
          />
        )}
      </header>
      <ul
        className="yz-lane-cards"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard (axe scrollable-region-focusable).
        tabIndex={0}
        aria-label={name}
        onScroll={({ currentTarget: box }) => {
          if (rows.hasMore && !rows.isLoadingMore && box.scrollHeight - box.scrollTop - box.clientHeight < NEAR)
            rows.loadMore()
        }}
      >
        {cards.map(record => (
          <Card
            key={record.id}
            {...props}
            record={record}
            refs={rows.refs}
            busy={coming.includes(record)}
            onDragStart={() => onDrag({ record, from: lane })}
          />
        ))}
        {cards.length === 0 && !rows.isPending && <li className="yz-lane-none yz-faint">{t('emptyLane')}</li>}
      </ul>
    </div>
  )
}

interface CardProps extends Props {
  readonly record: RecordJson
  readonly refs: Refs
  readonly busy: boolean
  readonly onDragStart: () => void
}

function Card({ entity, record, refs, fields, targets, lane, may, onMove, onDrag, busy, onDragStart }: CardProps) {
  const t = useText(text)
  const label = useLabel()
  const title = titleOf(entity, record)
  const goals = targets.filter(target => target.lane !== lane && may(record, target.lane))
  const step = (event: KeyboardEvent) => {
    if (!event.altKey || (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight')) return
    event.preventDefault()
    const at = targets.findIndex(target => target.lane === lane)
    const forward = event.key === 'ArrowRight'
    const ahead = forward ? targets.slice(at + 1) : targets.slice(0, at).reverse()
    const goal = ahead.find(target => may(record, target.lane))
    if (goal) onMove(record, goal.lane)
  }
  const shown = fields.filter(field => record[field.name] !== null && record[field.name] !== undefined)
  return (
    <li
      className={`yz-board-card${busy ? ' yz-tr-busy' : ''}`}
      draggable={goals.length > 0}
      onDragStart={event => {
        event.dataTransfer.effectAllowed = 'move'
        event.dataTransfer.setData('text/plain', title)
        onDragStart()
      }}
      onDragEnd={() => onDrag(null)}
      onKeyDown={step}
    >
      <div className="yz-flex">
        <RecordLink entity={entity} id={record.id} className="yz-board-title">
          {title}
        </RecordLink>
        {goals.length > 0 && (
          <Dropdown
            trigger={['click']}
            placement="bottomRight"
            menu={{
              items: [
                {
                  key: 'head',
                  type: 'group' as const,
                  label: t('moveTo'),
                  children: goals.map((goal, at) => ({ key: String(at), label: goal.name })),
                },
              ],
              onClick: ({ key }) => {
                const goal = goals[Number(key)]
                if (goal) onMove(record, goal.lane)
              },
            }}
          >
            <Button
              type="text"
              size="small"
              className="yz-board-menu"
              icon={<MoreOutlined aria-hidden="true" />}
              aria-label={t('moveCard', { name: title })}
            />
          </Dropdown>
        )}
      </div>
      {shown.length > 0 && (
        <dl className="yz-board-facts">
          {shown.map(field => (
            <div key={field.name} className={isFigure(field) ? 'yz-board-figure' : undefined}>
              <dt>{label(field.label)}</dt>
              <dd>
                <FieldValue field={field} value={record[field.name]} refs={refs} rich={false} />
              </dd>
            </div>
          ))}
        </dl>
      )}
    </li>
  )
}
