// Plans kept before a projection existed get it: what lists and reports show follows from records that are there.
import { all, asSystem, job } from '@yingzao/kernel/server'
import { plan } from './plan.entity.ts'
import { promiseOfPlan } from './promise.ts'
import { readPlan } from './read.ts'
import { projectPlan, reckon } from './reckon.ts'

export const reproject = job('schedule.reproject', {
  label: { zh: '补算计划的承诺日期', en: 'Promised dates of earlier plans' },
  every: '40 4 * * *',
  async run(ctx, _, progress) {
    const system = asSystem(ctx)
    const waiting = await all(system, plan, { filter: { current: { eq: true }, promised_on: { empty: true } } })
    let done = 0
    for (const [index, record] of waiting.entries()) {
      await progress(index / waiting.length)
      const value = await readPlan(system, record)
      if (promiseOfPlan(value.tasks) === null) continue
      await projectPlan(system, record, value, reckon(value))
      done++
    }
    return { plans: done }
  },
})
