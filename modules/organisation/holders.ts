// Who holds a role where today, and the units above a unit: for whoever tells or asks people by their role.
import { all, type Ctx } from '@yingzao/kernel/server'

export interface Holder {
  /** A unit or a project. */
  readonly at: string
  readonly user: string
}

/** Of the people who are there. */
export async function holdersOf(ctx: Ctx, code: string): Promise<readonly Holder[]> {
  const [role] = await all(ctx, 'role', { filter: { code: { eq: code } }, fields: ['code'] })
  if (!role) return []
  const held = await all(ctx, 'role_holding', { filter: { role: { eq: role.id } } })
  const isNow = (from: unknown, to: unknown) =>
    (typeof from !== 'string' || from <= ctx.today) && (typeof to !== 'string' || to >= ctx.today)
  const holders = held.flatMap(each =>
    isNow(each.from, each.to) ? [{ at: String(each.at_id), user: String(each.user) }] : [],
  )
  if (holders.length === 0) return []
  const people = await all(ctx, 'user', {
    filter: { id: { in: [...new Set(holders.map(each => each.user))] }, active: { eq: true } },
    fields: ['left_on'],
  })
  const there = new Set(people.flatMap(({ id, left_on }) => (isNow(null, left_on) ? [String(id)] : [])))
  return holders.filter(each => there.has(each.user))
}

/** From a unit upward, itself first; by the tree as it is now. */
export async function unitsAbove(ctx: Ctx): Promise<(unit: string | null) => readonly string[]> {
  const parents = new Map(
    (await all(ctx, 'org_unit', { fields: ['parent'] })).map(each => [String(each.id), each.parent]),
  )
  return unit => {
    const path: string[] = []
    for (let at: unknown = unit; typeof at === 'string' && !path.includes(at); at = parents.get(at)) path.push(at)
    return path
  }
}
