// A plan that arrives often says what is shown already: what is alike keeps its identity, so that nothing is done twice.
import type { Plan } from '@yingzao/engines/schedule/plan'

/**
 * `next` with the records of `shown` wherever they say the same; `shown` itself when nothing differs. Everything behind
 * the plan (outline, worker, drawing) asks by identity what changed: one's own edit coming back costs one comparison.
 */
export function likened(shown: Plan, next: Plan): Plan {
  if (shown === next) return shown
  const plan: Plan = {
    ...next,
    options: alike(shown.options, next.options) ? shown.options : next.options,
    calendars: likenedList(shown.calendars, next.calendars),
    tasks: likenedList(shown.tasks, next.tasks),
    links: likenedList(shown.links, next.links),
    resources: likenedList(shown.resources, next.resources),
    assignments: likenedList(shown.assignments, next.assignments),
  }
  return alike(shown, plan) ? shown : plan
}

function likenedList<T extends { readonly id: string }>(shown: readonly T[], next: readonly T[]): readonly T[] {
  if (shown === next) return shown
  let byId: Map<string, T> | undefined
  let same = shown.length === next.length
  const list = next.map((item, i) => {
    let was = shown[i]
    if (was === item) return item
    // Rows out of step (one was added or moved) are looked up.
    if (was?.id !== item.id) {
      same = false
      byId ??= new Map(shown.map(record => [record.id, record]))
      was = byId.get(item.id)
    }
    if (was !== undefined && alike(was, item)) return was
    same = false
    return item
  })
  return same ? shown : list
}

/** The same value, however deep; a field that is absent is one that is undefined. */
function alike(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Array.isArray(a) || Array.isArray(b))
    return Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((item, i) => alike(item, b[i]))
  for (const key of Object.keys(a)) if (!alike(Reflect.get(a, key), Reflect.get(b, key))) return false
  for (const key of Object.keys(b)) if (Reflect.get(b, key) !== undefined && !Object.hasOwn(a, key)) return false
  return true
}
