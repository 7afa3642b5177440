// An alignment must make sense, and so must what lies along it: a change of its count moves every stretch with its name.
import { parseChainage } from '@yingzao/engines/time-location'
import type { Decimal } from '@yingzao/kernel/entity'
import { all, asSystem, get, hooks, patch, refuse } from '@yingzao/kernel/server'
import { project } from '../project/project.entity.ts'
import { alignment } from './alignment.entity.ts'
import { lineOf } from './chainage.ts'
import { metres } from './metre.ts'
import { stretch } from './stretch.entity.ts'

export default hooks(alignment, {
  async beforeSave(ctx, record) {
    const owner = await get(asSystem(ctx), project, record.project)
    return { company: owner.company, length_m: metres(lineOf(ctx, record).length) }
  },

  async afterSave(ctx, after, before) {
    if (!after || !before) return
    const same = (['from_chainage', 'to_chainage', 'breaks'] as const).every(name => after[name] === before[name])
    if (same) return
    const system = asSystem(ctx)
    const line = lineOf(ctx, after)
    const at = (text: string, name: string): Decimal => {
      const read = parseChainage(line, text)
      if (read.ok) return metres(read.at)
      throw refuse('linear.still_used', { stretch: name, text })
    }
    for (const each of await all(system, stretch, { filter: { alignment: { eq: after.id } } })) {
      const name = each.name ?? ''
      const [from_m, to_m] = [at(each.from_chainage, name), at(each.to_chainage, name)]
      const length_m = metres(Math.abs(Number(to_m) - Number(from_m)))
      await patch(system, stretch.name, each.id, undefined, { from_m, to_m, length_m })
    }
  },
})
