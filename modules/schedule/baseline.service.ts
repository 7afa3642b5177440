// A plan's dates are kept under a name, or published: from then on readers see which version they look at.
import { type Ctx, handle, type Input } from '@yingzao/kernel/server'
import { frozen, keepFrozen } from './freeze.ts'
import type { PlanRecord } from './keep.ts'
import { plan } from './plan.entity.ts'

export default handle(plan, {
  keep_baseline: (ctx, record, input) => keep(ctx, record, input, false),
  publish: (ctx, record, input) => keep(ctx, record, input, true),
})

async function keep(ctx: Ctx, record: PlanRecord, input: Input, published: boolean) {
  const note = typeof input.note === 'string' ? input.note : null
  const named = { name: String(input.name), note, published }
  return { baseline: await keepFrozen(ctx, record, await frozen(ctx, record), named) }
}
