// The lanes of a board: every option of a choice in its declared order, or the values that are there.
import type { AggregateRow, FieldMeta, Json } from '@yingzao/kernel/entity'

export interface LaneOf {
  readonly value: Json
  /** Records in it, over all pages, and the sum of the board's figure. */
  readonly count: number
  readonly sum: Json
}

/** A lane that should hold no more than so many; `count` may be of more records than the board shows. */
export interface LaneLimit {
  readonly limit: number
  readonly count: number
}

/**
 * Lanes from an aggregate by the field (`count`, then perhaps a sum). A choice shows its empty lanes too, so that cards
 * can be moved there, unless the list is narrowed to some values; whatever is not filled in comes last, if it is there. A
 * page that knows its lanes names them: `only` these, filled or not.
 */
export function lanesOf(
  by: FieldMeta,
  rows: readonly AggregateRow[],
  narrowed: boolean,
  only?: readonly string[],
): readonly LaneOf[] {
  const lane = (value: Json): LaneOf => {
    const row = rows.find(each => (each.key[0] ?? null) === value)
    return { value, count: Number(row?.values[0] ?? 0), sum: row?.values[1] ?? null }
  }
  if (only) return only.map(lane)
  const found = rows.map(row => row.key[0] ?? null)
  const options: readonly Json[] =
    by.kind === 'choice' ? Object.keys(by.options) : by.kind === 'flag' ? [false, true] : []
  const declared = options.filter(value => !narrowed || found.includes(value))
  // A value that is no longer an option keeps its lane while records hold it.
  const others = found.filter(value => value !== null && !declared.includes(value)).map(lane)
  return [
    ...declared.map(lane),
    ...others.toSorted((a, b) => b.count - a.count),
    ...(found.includes(null) ? [lane(null)] : []),
  ]
}
