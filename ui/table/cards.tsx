// The list on a phone: one card a record, its name first, then the three columns that say most.
import { useVirtualizer } from '@tanstack/react-virtual'
import type { EntityMeta, FieldMeta, Query, RecordJson } from '@yingzao/kernel/entity'
import type { ListResult } from '@yingzao/platform/client/react'
import { type ReactNode, useEffect, useRef } from 'react'
import { titleOf } from '../data/meta.ts'
import { anyField } from '../field/system.ts'
import { FieldValue, isFigure } from '../field/value.tsx'
import { useLabel, useText } from '../text/language.tsx'
import type { ColumnState } from './list-state.ts'
import { text } from './text.ts'
import { useTotals } from './totals.tsx'

interface Props {
  readonly entity: EntityMeta
  readonly rows: ListResult<string>
  readonly query: Query
  readonly columns: readonly ColumnState[]
  readonly onOpen: ((record: RecordJson) => void) | undefined
  readonly empty: ReactNode
  readonly bin: boolean
  readonly selected: ReadonlySet<string>
  readonly setSelected: (keys: ReadonlySet<string>) => void
}

export function Cards({ entity, rows, query, columns, onOpen, empty, bin, selected, setSelected }: Props) {
  const label = useLabel()
  const t = useText(text)
  const scroller = useRef<HTMLDivElement>(null)
  const fields = columns
    .flatMap(column => anyField(entity, column.name) ?? [])
    .filter(field => field.name !== entity.title)
  const tags: readonly FieldMeta[] = fields.filter(field => field.kind === 'choice').slice(0, 1)
  const figures: readonly FieldMeta[] = fields.filter(isFigure).slice(0, 1)
  const rest = fields.filter(field => !tags.includes(field) && !figures.includes(field)).slice(0, 2)
  const totals = useTotals(entity, figures, query, bin)
  const virtual = useVirtualizer({
    count: rows.items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 72,
    overscan: 8,
  })
  const items = virtual.getVirtualItems()
  const last = items.at(-1)?.index ?? 0
  const { hasMore, isLoadingMore, loadMore } = rows
  const count = rows.items.length
  useEffect(() => {
    if (count > 0 && last >= count - 10 && hasMore && !isLoadingMore) loadMore()
  }, [last, count, hasMore, isLoadingMore, loadMore])
  if (count === 0) return <div className="yz-cards">{empty}</div>
  const pick = (id: string) => {
    const next = new Set(selected)
    if (!next.delete(id)) next.add(id)
    setSelected(next)
  }
  return (
    <>
      <div ref={scroller} className="yz-cards">
        <ul className="yz-cards-body" style={{ height: virtual.getTotalSize() }}>
          {items.map(item => {
            const record = rows.items[item.index]
            if (!record) return null
            return (
              <li key={record.id}>
                <button
                  type="button"
                  ref={virtual.measureElement}
                  data-index={item.index}
                  className="yz-card-row"
                  style={{ transform: `translateY(${item.start}px)` }}
                  {...(bin
                    ? {
                        'aria-pressed': selected.has(record.id),
                        'aria-label': t('selectRow', { name: titleOf(entity, record, rows.refs) }),
                      }
                    : {})}
                  onClick={() => (bin ? pick(record.id) : onOpen?.(record))}
                >
                  <span className="yz-card-line">
                    <span className="yz-card-title yz-grow">
                      {bin && (selected.has(record.id) ? '☑ ' : '☐ ')}
                      {titleOf(entity, record, rows.refs)}
                    </span>
                    {tags.map(field => (
                      <FieldValue
                        key={field.name}
                        field={field}
                        value={record[field.name]}
                        refs={rows.refs}
                        rich={false}
                      />
                    ))}
                  </span>
                  <span className="yz-card-line">
                    <span className="yz-grow">
                      {rest.map((field, at) => (
                        <span key={field.name} title={label(field.label)}>
                          {at > 0 && ' · '}
                          <FieldValue field={field} value={record[field.name]} refs={rows.refs} rich={false} />
                        </span>
                      ))}
                    </span>
                    {figures.map(field => (
                      <strong key={field.name}>
                        <FieldValue field={field} value={record[field.name]} refs={rows.refs} rich={false} />
                      </strong>
                    ))}
                  </span>
                </button>
              </li>
            )
          })}
        </ul>
      </div>
      {totals.length > 0 && (
        <dl className="yz-cards-totals">
          {totals.map(({ key, label: name, cells }) => (
            <div key={key} className="yz-card-line">
              <dt className="yz-grow">{name}</dt>
              {figures.map(field => (
                <dd key={field.name} title={label(field.label)}>
                  <strong>{cells[field.name]}</strong>
                </dd>
              ))}
            </div>
          ))}
        </dl>
      )}
    </>
  )
}
