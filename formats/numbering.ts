// Numbers for a plan's ids: files want integers, plans have strings.

/**
 * Gives every item the number it had in its file where that is free, else the next one.
 *
 * @param first smallest number given to items without their own
 */
export function numbered(items: readonly { id: string; uid?: number }[], first = 1): Map<string, number> {
  const numbers = new Map<string, number>()
  const taken = new Set<number>()
  for (const { id, uid } of items) {
    if (uid === undefined || !Number.isSafeInteger(uid) || uid < 0 || taken.has(uid)) continue
    taken.add(uid)
    numbers.set(id, uid)
  }
  let next = first
  for (const { id } of items) {
    if (numbers.has(id)) continue
    while (taken.has(next)) next++
    taken.add(next)
    numbers.set(id, next)
  }
  return numbers
}
