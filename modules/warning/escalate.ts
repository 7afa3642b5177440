// 升级: a warning nobody has answered goes to the project manager and the head of the department, then to management. Days
// are working days of the plan that is hit.
import { calendarClock, parseDay } from '@yingzao/engines/schedule'
import { all, type Ctx, patch } from '@yingzao/kernel/server'
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
    if (due >= 2) for (const user of await holdersOf(ctx, 'boss', await companiesAbove(ctx, record))) told.add(user)
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
  const heads = leaders.length > 0 ? leaders : await holdersOf(ctx, 'department_head', [record.cause_department])
  return [...managers, ...heads]
}

/** The company that must act and those above it. */
async function companiesAbove(ctx: Ctx, record: WarningRecord): Promise<readonly string[]> {
  const units = new Map(
    (await all(ctx, 'org_unit', { fields: ['parent'] })).map(unit => [String(unit.id), unit.parent]),
  )
  const found: string[] = []
  let at: unknown = record.cause_company
  while (typeof at === 'string' && !found.includes(at)) {
    found.push(at)
    at = units.get(at)
  }
  return found
}

/** Who holds a role at one of these places today. */
async function holdersOf(ctx: Ctx, code: string, places: readonly string[]): Promise<readonly string[]> {
  const [role] = await all(ctx, 'role', { filter: { code: { eq: code } }, fields: ['code'] })
  if (!role || places.length === 0) return []
  const held = await all(ctx, 'role_holding', { filter: { role: { eq: role.id } } })
  const isNow = (from: unknown, to: unknown) =>
    (typeof from !== 'string' || from <= ctx.today) && (typeof to !== 'string' || to >= ctx.today)
  return held.flatMap(each =>
    places.includes(String(each.at_id)) && isNow(each.from, each.to) ? [String(each.user)] : [],
  )
}
