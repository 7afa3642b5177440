// Whether two values of a plan say the same: fields that are undefined and fields that are not there are one.

export function same(a: unknown, b: unknown): boolean {
  if (Object.is(a, b) || a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Array.isArray(a) !== Array.isArray(b)) return false
  for (const key of new Set([...Object.keys(a), ...Object.keys(b)]))
    if (!same(Reflect.get(a, key), Reflect.get(b, key))) return false
  return true
}
