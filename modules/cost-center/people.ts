// Who must act on what a project costs: its manager and its cost engineers; management where it is serious.
import { all, type Ctx } from '@yingzao/kernel/server'
import { type Holder, holdersOf, unitsAbove } from '../organisation/public.ts'
import { project } from '../project/project.entity.ts'

export interface Acting {
  readonly company: string | null
  readonly manager: string | null
  readonly acting: readonly string[]
  readonly management: readonly string[]
}

export async function peopleOf(ctx: Ctx, ids: readonly string[]): Promise<Map<string, Acting>> {
  const [projects, upwards, engineers, bosses] = [
    await all(ctx, project, { filter: { id: { in: [...ids] } }, fields: ['manager', 'company'] }),
    await unitsAbove(ctx),
    await holdersOf(ctx, 'cost_engineer'),
    await holdersOf(ctx, 'boss'),
  ]
  return new Map(
    projects.map(({ id, manager, company }) => {
      const places = upwards(company)
      const at = (held: readonly Holder[], of: readonly string[]) =>
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
