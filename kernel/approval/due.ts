// When a step is due: working hours of the organisation's calendar, which a module registers; without one plain hours.
import type { Ctx } from '../context.ts'
import { instantOf } from '../system.ts'

/** ISO instant. */
export async function dueAt(ctx: Ctx, hours: number): Promise<string> {
  const [calendar] = ctx.registry.workTimes.values()
  if (calendar) return calendar.add(ctx, ctx.now, hours)
  return instantOf(new Date(Date.parse(ctx.now) + hours * 3_600_000))
}
