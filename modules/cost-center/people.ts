// Who must act on what a project costs: its manager and its cost engineers; management where it is serious.
import { all, type Ctx } from '@yingzao/kernel/server'
import { project } from '../project/project.entity.ts'

export interface Acting {
  readonly company: string | null
  readonly manager: string | null
  readonly acting: readonly string[]
  readonly management: readonly string[]
}

export async function peopleOf(ctx: Ctx, ids: readonly string[]): Promise<Map<string, Acting>> {
  const [projects, units, engineers, bosses] = [
    await all(ctx, project, { filter: { id: { in: [...ids] } }, fields: ['manager', 'company'] }),
    new Map((await all(ctx, 'org_unit', { fields: ['parent'] })).map(unit => [String(unit.id), unit.parent])),
    await holdersOf(ctx, 'cost_engineer'),
    await holdersOf(ctx, 'boss'),
  ]
  const upwards = (company: string): string[] => {
    const path: string[] = []
    for (let at: unknown = company; typeof at === 'string' && !path.includes(at); at = units.get(at)) path.push(at)
    return path
  }
  return new Map(
    projects.map(({ id, manager, company }) => {
      const places = upwards(company)
      const at = (held: typeof engineers, of: readonly string[]) =>
        of.flatMap(place => held.flatMap(each => (each.at === place ? [each.user] : [])))
      const own = at(engineers, [id])
      // The project's own, else those of the nearest company that has some.
      const nearest =
        own.length > 0 ? own : (places.map(place => at(engineers, [place])).find(list => list.length > 0) ?? [])
      return [
        String(id),
        {
          company,
          manager,
          acting: [...new Set([...(manager ? [manager] : []), ...nearest])],
          management: at(bosses, places),
        },
      ]
    }),
  )
}

async function holdersOf(ctx: Ctx, code: string): Promise<readonly { readonly at: string; readonly user: string }[]> {
  const [role] = await all(ctx, 'role', { filter: { code: { eq: code } }, fields: ['code'] })
  if (!role) return []
  const held = await all(ctx, 'role_holding', { filter: { role: { eq: role.id } } })
  const isNow = (from: unknown, to: unknown) =>
    (typeof from !== 'string' || from <= ctx.today) && (typeof to !== 'string' || to >= ctx.today)
  return held.flatMap(each => (isNow(each.from, each.to) ? [{ at: String(each.at_id), user: String(each.user) }] : []))
}
