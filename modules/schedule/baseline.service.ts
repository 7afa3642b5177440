// A plan's dates are kept under a name, or published: from then on readers see which version they look at.
import { dayOf, formatDay } from '@yingzao/engines/schedule'
import type { Json } from '@yingzao/kernel/entity'
import { asSystem, type Ctx, create, handle, type Input } from '@yingzao/kernel/server'
import { v7 as newId } from 'uuid'
import { planBaseline } from './baseline.entity.ts'
import type { FrozenDates } from './compare.ts'
import type { PlanRecord } from './keep.ts'
import { plan } from './plan.entity.ts'
import { readPlan } from './read.ts'
import { reckon } from './reckon.ts'

export default handle(plan, {
  keep_baseline: (ctx, record, input) => keep(ctx, record, input, false),
  publish: (ctx, record, input) => keep(ctx, record, input, true),
})

async function keep(ctx: Ctx, record: PlanRecord, input: Input, published: boolean) {
  const { tasks, finish } = reckon(await readPlan(ctx, record))
  const dates: FrozenDates = Object.fromEntries(
    tasks.map(each => [each.id, [each.start, each.finish, each.duration] as const]),
  )
  const id = newId()
  const { project, company, revision } = record
  await create(asSystem(ctx), planBaseline.name, {
    ...{ id, plan: record.id, project, company, revision, published },
    ...{ name: String(input.name), note: typeof input.note === 'string' ? input.note : null },
    ...{ finish_on: formatDay(dayOf(finish)), task_count: tasks.length, dates: dates satisfies Json },
  })
  return { baseline: id }
}
