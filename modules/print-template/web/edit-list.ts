// Moving and changing items of a list, without touching the list itself.

export const changedAt = <T>(list: readonly T[], at: number, item: T): T[] =>
  list.map((each, i) => (i === at ? item : each))
export const removedAt = <T>(list: readonly T[], at: number): T[] => list.filter((_, i) => i !== at)
/** One place up (−1) or down (+1); at the end it stays. */
export function movedBy<T>(list: readonly T[], at: number, by: -1 | 1): T[] {
  const item = list[at]
  const other = list[at + by]
  if (item === undefined || other === undefined) return [...list]
  return list.map((each, i) => (i === at ? other : i === at + by ? item : each))
}
