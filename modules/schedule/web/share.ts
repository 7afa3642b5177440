// What several plans share: a person is one wherever a resource stands for him; crews and machines of one name are one only
// where somebody says so, because 塔吊 1 of another site is another crane.
import type { SharedResource } from '@yingzao/engines/levelling'

export interface PlanResourceRow {
  readonly id: string
  readonly plan: string
  readonly name: string
  readonly kind: string
  readonly user: string | null
}

/** Names that crews or machines of several plans have in common. */
export function commonNames(rows: readonly PlanResourceRow[]): string[] {
  const plans = new Map<string, Set<string>>()
  for (const { plan, name, kind, user } of rows) {
    if (kind !== 'work' || user !== null) continue
    const key = name.trim()
    plans.set(key, (plans.get(key) ?? new Set()).add(plan))
  }
  return [...plans]
    .flatMap(([name, found]) => (found.size > 1 ? [name] : []))
    .sort((a, b) => a.localeCompare(b, 'zh-CN'))
}

/** People and the crews named, each with what it is called in every plan; known by user, else by name. */
export function sharedResources(rows: readonly PlanResourceRow[], names: readonly string[]): SharedResource[] {
  const known = new Set(names)
  const found = new Map<string, { readonly project: string; readonly resource: string }[]>()
  for (const { id, plan, name, kind, user } of rows) {
    const key = user ?? (known.has(name.trim()) ? name.trim() : null)
    if (key === null || kind !== 'work') continue
    const members = found.get(key) ?? []
    found.set(key, members)
    members.push({ project: plan, resource: id })
  }
  return [...found].flatMap(([id, members]) =>
    new Set(members.map(each => each.project)).size > 1 ? [{ id, members }] : [],
  )
}
