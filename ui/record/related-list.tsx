// Records that belong to the one that is shown, for a tab of its page: the columns that are named, in the words of their entity,
// with the sums of what counts. On a phone each is a card.
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { Filter, Json, RecordJson } from '@yingzao/kernel/entity'
import { keys, useClient, useList } from '@yingzao/platform/client/react'
import { RecordLink } from '../data/link.tsx'
import { entityOf, useMeta } from '../data/meta.ts'
import { allFields } from '../field/system.ts'
import { FieldValue, isFigure, StateTag } from '../field/value.tsx'
import { Failed, Waiting } from '../shell/notice.tsx'
import { type FigureColumn, FigureTable } from '../table/figure-table.tsx'
import { empty } from '../text/format.ts'
import { useFormats, useLabel, useText } from '../text/language.tsx'
import './related-list.css'
import { text } from './text.ts'

interface Props {
  /** What is listed. */
  readonly entity: string
  /** Its field that refers to the record shown, and that record. */
  readonly by: string
  readonly id: string
  /** Field names, the first after the link; those I may not see are left out. */
  readonly columns: string
  /** Fields that are summed up, over all that took effect. */
  readonly sums?: string
  readonly sort: string
  /** A new one begins with these values; without them none is made from here. */
  readonly given?: Readonly<Record<string, string>> | null
}

/** Documents that count, with the mirrors that take them back; what is no document always does. */
const counting: Filter = { in: ['effective', 'reversed', 'closed'] }
const shown = 100
/** Kinds that are never broken over lines. */
const tight: ReadonlySet<string> = new Set(['date', 'instant', 'choice', 'flag'])
/** Not in effect yet: its stage says nothing. */
const isBegun = (state: Json | undefined) => state === 'draft' || state === 'pending' || state === 'rejected'

export function RelatedList({ entity: name, by, id, columns, sums = '', sort, given = null }: Props) {
  const t = useText(text)
  const label = useLabel()
  const formats = useFormats()
  const meta = useMeta()
  const client = useClient()
  const entity = entityOf(meta, name)
  const fields = entity
    ? columns.split(' ').flatMap(each => allFields(entity).find(field => field.name === each) ?? [])
    : []
  const summed = sums.split(' ').filter(each => fields.some(field => field.name === each))
  const filter = { [by]: { eq: id } }
  const rows = useList(name, { filter, sort: [sort], limit: shown }, { enabled: entity !== undefined })
  const counted = entity?.kind === 'document' ? { ...filter, state: counting } : filter
  const totals = useQuery({
    queryKey: [...keys.lists(name), 'sums', counted, summed],
    enabled: summed.length > 0,
    queryFn: ({ signal }) =>
      client
        .entity(name)
        .aggregate({ filter: counted, measures: summed.map(field => ({ fn: 'sum' as const, field })) }, signal),
  })
  if (!entity) return null
  if (rows.error && rows.items.length === 0) return <Failed error={rows.error} retry={rows.refetch} />
  if (rows.isPending) return <Waiting />
  const total = (field: string): string =>
    totals.data ? formats.money(totals.data[0]?.values[summed.indexOf(field)] ?? '0') : empty
  return (
    <section className="yz-related-list" aria-label={label(entity.label)}>
      <div className="yz-flex">
        <h3 className="yz-grow">{label(entity.label)}</h3>
        {given && entity.can.includes('create') && (
          <Link
            to="/$module/$name/$id"
            params={{ module: entity.module, name, id: 'new' }}
            search={{ given }}
            className="yz-button"
          >
            {t('makeOne', { name: label(entity.label) })}
          </Link>
        )}
        {rows.items.length > 0 && (
          <Link
            to="/$module/$name"
            params={{ module: entity.module, name }}
            search={{ filter: { [by]: { in: [id] } } }}
            className="yz-link"
          >
            {t('asList')}
          </Link>
        )}
      </div>
      {rows.items.length === 0 ? (
        <p className="yz-soft">{t('noneYet', { name: label(entity.label) })}</p>
      ) : (
        <FigureTable<RecordJson>
          label={label(entity.label)}
          rows={rows.items}
          keyOf={row => row.id}
          columns={[
            {
              key: entity.title,
              label: label(entity.fields.find(field => field.name === entity.title)?.label ?? entity.label),
              cell: row => (
                <>
                  <RecordLink entity={entity} id={row.id}>
                    {String(row[entity.title] ?? row.number ?? t('draft'))}
                  </RecordLink>
                  {typeof row.number === 'string' && <span className="yz-soft yz-related-number"> {row.number}</span>}
                </>
              ),
            },
            ...fields.map(
              (field): FigureColumn<RecordJson> => ({
                ...{ key: field.name, label: label(field.label) },
                ...(isFigure(field) ? { figure: true } : tight.has(field.kind) ? { tight: true } : {}),
                cell: row =>
                  field.name === 'state' && typeof row.state === 'string' ? (
                    <StateTag state={row.state} />
                  ) : field.name === 'stage' && isBegun(row.state) ? null : (
                    <FieldValue field={field} value={row[field.name]} refs={rows.refs} />
                  ),
              }),
            ),
          ]}
          {...(summed.length > 0 && !totals.isError
            ? {
                total: {
                  [entity.title]: t(entity.kind === 'document' ? 'inEffect' : 'inAll'),
                  ...Object.fromEntries(summed.map(field => [field, total(field)])),
                },
              }
            : {})}
        />
      )}
      {rows.items.length === shown && <p className="yz-soft">{t('firstOnly', { shown })}</p>}
    </section>
  )
}
