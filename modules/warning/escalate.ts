// 升级: a warning nobody has answered goes to the project manager and the head of the department, then to management. Days
// are working days of the plan that is hit.
import { calendarClock, parseDay } from '@yingzao/engines/schedule'
import { all, type Ctx, patch } from '@yingzao/kernel/server'
import { holdersOf, unitsAbove } from '../organisation/public.ts'
import type { Company, Watched } from './company.ts'
import type { WarningRecord } from './keep.ts'
import { warning } from './warning.entity.ts'

const levels = ['none', 'manager', 'boss'] as const

export async function escalate(ctx: Ctx, company: Company): Promise<void> {
  const waiting = await all(ctx, warning, {
    filter: { plan: { in: [...company.plans.keys()] }, handling: { eq: 'raised' } },
  })
  for (const record of waiting) {
    const hit = company.plans.get(record.plan ?? '')
    if (!hit) continue
    const due = Math.min(levels.length - 1, Math.floor(waitedDays(hit, record, ctx.today) / hit.escalateDays))
    const level = levels[due] ?? 'none'
    if (due <= levels.indexOf(record.level)) continue
    const told = new Set<string>(record.escalated_to)
    if (due >= 1) for (const user of await managersOf(ctx, company, record)) told.add(user)
    if (due >= 2) for (const user of await heldAbove(ctx, 'boss', record.cause_company)) told.add(user)
    await patch(ctx, warning.name, record.id, undefined, { level, escalated_to: [...told] })
  }
}

/** Whole working days since it was raised. */
function waitedDays({ watched: { plan } }: Watched, { raised_on }: WarningRecord, today: string): number {
  const clock = calendarClock(plan.calendars, plan.options.calendar)
  const [from, to] = [parseDay(raised_on ?? today) ?? 0, parseDay(today) ?? 0]
  if (!clock.ok) return to - from
  return Math.floor(clock.clock.work(from * 1440, to * 1440) / Math.max(1, plan.options.minutesPerDay))
}

/** The managers of both projects and the head of the department that must act. */
async function managersOf(ctx: Ctx, { plans }: Company, record: WarningRecord): Promise<readonly string[]> {
  const managers = [record.plan, record.cause_plan].flatMap(id => plans.get(id ?? '')?.project.manager ?? [])
  if (record.cause_department === null) return managers
  const units = await all(ctx, 'org_unit', { filter: { id: { eq: record.cause_department } }, fields: ['leader'] })
  const leaders = units.flatMap(unit => (typeof unit.leader === 'string' ? [unit.leader] : []))
  if (leaders.length > 0) return [...managers, ...leaders]
  const heads = await holdersOf(ctx, 'department_head')
  return [...managers, ...heads.flatMap(({ at, user }) => (at === record.cause_department ? [user] : []))]
}

/** Of the role at the company that must act and at those above it. */
async function heldAbove(ctx: Ctx, code: string, unit: string | null): Promise<readonly string[]> {
  const places = (await unitsAbove(ctx))(unit)
  return (await holdersOf(ctx, code)).flatMap(({ at, user }) => (places.includes(at) ? [user] : []))
}
