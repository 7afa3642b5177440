// Sums over all records of a list that match, not only the loaded ones. What comes in and what goes out (`apart`) are not added.
import type { AggregateRow, EntityMeta, FieldMeta, Query } from '@yingzao/kernel/entity'
import { useAggregate } from '@yingzao/platform/client/react'
import type { ReactNode } from 'react'
import { anyField } from '../field/system.ts'
import { FieldValue } from '../field/value.tsx'
import { useText } from '../text/language.tsx'
import { addsUp } from './list-state.ts'
import { text } from './text.ts'

export interface Total {
  readonly key: string
  readonly label: ReactNode
  /** By the name of the field. */
  readonly cells: Readonly<Record<string, ReactNode>>
}

/** What of a query decides which records match. */
export const scopeOf = ({ filter, where, search }: Query): Pick<Query, 'filter' | 'where' | 'search'> => ({
  ...(filter ? { filter } : {}),
  ...(where ? { where } : {}),
  ...(search ? { search } : {}),
})

export const sumsOf = (fields: readonly FieldMeta[]) => fields.map(field => ({ fn: 'sum' as const, field: field.name }))

/** Of what is seen: sums of the figures as they stand in the list. One line, or one for each value of `apart`, of those of the fields that add up. */
export function useTotals(
  entity: EntityMeta,
  fields: readonly FieldMeta[],
  query: Query,
  bin: boolean,
): readonly Total[] {
  const t = useText(text)
  const summed = fields.filter(addsUp)
  const apart = entity.apart === undefined ? undefined : anyField(entity, entity.apart)
  const asks = summed.length > 0 && !bin
  const { data = [] } = useAggregate(
    entity.name,
    { ...scopeOf(query), ...(apart ? { by: [apart.name] } : {}), measures: sumsOf(summed), seen: true },
    { enabled: asks },
  )
  if (!asks) return []
  return inOrder(apart, data).map(({ key: [value = null], values }, _, all) => ({
    key: JSON.stringify(value),
    label:
      apart && all.length > 1 ? (
        <span className="yz-flex">
          {t('total')} <FieldValue field={apart} value={value} rich={false} />
        </span>
      ) : (
        t('total')
      ),
    cells: Object.fromEntries(
      summed.map((field, at) => [field.name, <FieldValue key={field.name} field={field} value={values[at] ?? null} />]),
    ),
  }))
}

/** Choices as they are declared. */
function inOrder(by: FieldMeta | undefined, rows: readonly AggregateRow[]): readonly AggregateRow[] {
  if (by?.kind !== 'choice') return rows
  const names = Object.keys(by.options)
  const place = ({ key: [value] }: AggregateRow) => names.indexOf(String(value))
  return rows.toSorted((a, b) => place(a) - place(b))
}
