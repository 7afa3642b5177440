// A commitment belongs where its plan is, names a task of that plan and a week by its Monday.
import { parseDay, weekdayOf } from '@yingzao/engines/schedule'
import { asSystem, get, hooks, refuse } from '@yingzao/kernel/server'
import { plan } from '../schedule/plan.entity.ts'
import { task } from '../schedule/task.entity.ts'
import { weekCommitment } from './week.entity.ts'

export default hooks(weekCommitment, {
  async beforeSave(ctx, record, before) {
    const same =
      before && ['plan', 'task', 'week_on'].every(name => Reflect.get(record, name) === Reflect.get(before, name))
    if (same) return undefined
    const day = parseDay(record.week_on)
    if (day === undefined || weekdayOf(day) !== 1) throw refuse('progress.not_monday', {})
    const system = asSystem(ctx)
    const row = await get(system, task, record.task)
    if (row.plan !== record.plan) throw refuse('progress.foreign_task', { task: row.name })
    const owner = await get(system, plan, record.plan)
    return { project: owner.project, company: owner.company, who: record.who ?? row.responsible }
  },
})
