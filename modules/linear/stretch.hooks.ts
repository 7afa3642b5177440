// A stretch lies on an alignment of its task's project; its metres follow from its chainages.
import { asSystem, get, hooks, refuse } from '@yingzao/kernel/server'
import { plan } from '../schedule/plan.entity.ts'
import { task } from '../schedule/task.entity.ts'
import { alignment } from './alignment.entity.ts'
import { lineOf, placeOf } from './chainage.ts'
import { metres } from './metre.ts'
import { stretch } from './stretch.entity.ts'

export default hooks(stretch, {
  async beforeSave(ctx, record) {
    const system = asSystem(ctx)
    const owner = await get(system, task, record.task)
    const whole = await get(system, plan, owner.plan)
    const along = await get(system, alignment, record.alignment)
    if (whole.branch_of !== null) throw refuse('linear.branch', {})
    if (along.project !== whole.project)
      throw refuse('linear.other_project', { task: owner.name, alignment: along.name })
    const line = lineOf(ctx, along)
    const [from, to] = [placeOf(ctx, line, record.from_chainage), placeOf(ctx, line, record.to_chainage)]
    if (from === to) throw refuse('linear.no_length', {})
    return {
      ...{ plan: whole.id, project: whole.project, company: whole.company },
      name: `${owner.name} ${record.from_chainage}–${record.to_chainage}`.slice(0, 700),
      ...{ from_m: metres(from), to_m: metres(to), length_m: metres(Math.abs(to - from)) },
    }
  },
})
