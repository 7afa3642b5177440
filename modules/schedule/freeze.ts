// The dates of a plan as they are now, to be kept as a baseline or published later as they were.
import { dayOf, formatDay } from '@yingzao/engines/schedule'
import { isPlainDate, type Json } from '@yingzao/kernel/entity'
import { asSystem, type Ctx, create } from '@yingzao/kernel/server'
import { v7 as newId } from 'uuid'
import { planBaseline } from './baseline.entity.ts'
import type { FrozenDates } from './compare.ts'
import type { PlanRecord } from './keep.ts'
import { readPlan } from './read.ts'
import { reckon } from './reckon.ts'

export async function frozen(ctx: Ctx, record: PlanRecord) {
  const { tasks, finish } = reckon(await readPlan(ctx, record))
  const dates: FrozenDates = Object.fromEntries(
    tasks.map(each => [each.id, [each.start, each.finish, each.duration] as const]),
  )
  const { revision } = record
  const day = formatDay(dayOf(finish))
  return { revision, finish_on: isPlainDate(day) ? day : null, task_count: tasks.length, dates: dates satisfies Json }
}

interface Frozen {
  readonly revision: number | null
  readonly finish_on: string | null
  readonly task_count: number | null
  readonly dates: Json
}
interface Named {
  readonly name: string
  readonly note: string | null
  readonly published: boolean
}
/** Keeps frozen dates of a plan as a baseline. Answers its id. */
export async function keepFrozen(
  ctx: Ctx,
  of: Pick<PlanRecord, 'id' | 'project' | 'company'>,
  { revision, finish_on, task_count, dates }: Frozen,
  named: Named,
): Promise<string> {
  const id = newId()
  const { project, company } = of
  await create(asSystem(ctx), planBaseline.name, {
    ...{ id, plan: of.id, project, company, revision: revision ?? 0, finish_on, task_count, dates },
    ...named,
  })
  return id
}
