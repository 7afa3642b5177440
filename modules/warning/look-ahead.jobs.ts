// 预警: after a plan or a link between plans has changed, and every morning for all plans.
import { asId, f, isId } from '@yingzao/kernel/entity'
import { all, job } from '@yingzao/kernel/server'
import { plan } from '../schedule/plan.entity.ts'
import { lookAhead } from './keep.ts'

export const lookAheadJob = job('warning.look_ahead', {
  label: { zh: '预警检查', en: 'Look ahead' },
  input: { plan: f.text({ zh: '计划', en: 'Plan' }, { max: 36 }) },
  every: '10 6 * * *',
  async run(ctx, input, progress) {
    const asked = typeof input.plan === 'string' && isId(input.plan) ? [asId('plan', input.plan)] : undefined
    const plans =
      asked ?? (await all(ctx, plan, { filter: { current: { eq: true } }, fields: ['current'] })).map(each => each.id)
    const done = new Set<string>()
    for (const [index, id] of plans.entries()) {
      if (done.has(id)) continue
      const around = await lookAhead(ctx, asId('plan', id))
      for (const each of around) done.add(each)
      await progress((index + 1) / plans.length)
    }
    return { plans: done.size }
  },
})
