// The plans that hang together, as early warning reads them: current plans of living projects, with who answers for what.
import { type CrossLink, defaultLimits, type WatchedPlan } from '@yingzao/engines/foresight'
import { parseDay } from '@yingzao/engines/schedule'
import type { Id, RecordOf } from '@yingzao/kernel/entity'
import { all, type Ctx } from '@yingzao/kernel/server'
import { project } from '../project/project.entity.ts'
import { plan } from '../schedule/plan.entity.ts'
import { connectedTo, crossLinkOf, type PlanRecord, readPlan } from '../schedule/public.ts'
import { escalateDays, warningSetting } from './setting.entity.ts'

export type ProjectRecord = RecordOf<typeof project>

/** One plan with what only its records know. */
export interface Watched {
  readonly record: PlanRecord
  readonly project: ProjectRecord
  readonly watched: WatchedPlan
  readonly escalateDays: number
}
export interface Company {
  readonly plans: ReadonlyMap<string, Watched>
  readonly links: readonly CrossLink[]
}

/** Projects whose plan still means something. */
const over = new Set(['closed', 'terminated', 'warranty'])
const DAY = 1440
const END_OF_DAY = 1020

/** Everything that hangs together with a plan; `ctx` is the system's. */
export async function companyAround(ctx: Ctx, id: Id<'plan'>): Promise<Company> {
  const around = await connectedTo(ctx, [id])
  const records = await all(ctx, plan, { filter: { id: { in: around.plans }, current: { eq: true } } })
  const projects = new Map(
    (await all(ctx, project, { filter: { id: { in: records.map(each => each.project) } } })).map(each => [
      String(each.id),
      each,
    ]),
  )
  const settings = new Map(
    (await all(ctx, warningSetting, { filter: { project: { in: [...projects.keys()] } } })).map(each => [
      String(each.project),
      each,
    ]),
  )
  const plans = new Map<string, Watched>()
  for (const record of records) {
    const owner = projects.get(record.project)
    if (!owner || over.has(String(owner.stage))) continue
    const value = await readPlan(ctx, record)
    const department = String(owner.department ?? owner.company)
    const setting = settings.get(record.project)
    const today = (parseDay(ctx.today) ?? 0) * DAY + END_OF_DAY
    plans.set(record.id, {
      ...{ record, project: owner, escalateDays: setting?.escalate_days ?? escalateDays },
      watched: {
        id: record.id,
        plan: value,
        now: value.options.statusDate ?? today,
        departments: await departmentsOf(ctx, value.tasks, department),
        department,
        limits: {
          slackDays: setting?.slack_days ?? defaultLimits.slackDays,
          leastDays: setting?.least_days ?? defaultLimits.leastDays,
          horizonDays: setting?.horizon_days ?? defaultLimits.horizonDays,
        },
      },
    })
  }
  const links = around.links.flatMap(link => {
    const perDay = plans.get(String(link.plan))?.watched.plan.options.minutesPerDay
    return crossLinkOf(link, perDay) ?? []
  })
  return { plans, links }
}

/** The main department of whoever answers for a task, where it is not the project's own. */
async function departmentsOf(
  ctx: Ctx,
  tasks: readonly { readonly id: string; readonly responsible?: string }[],
  own: string,
): Promise<ReadonlyMap<string, string>> {
  const people = [...new Set(tasks.flatMap(task => task.responsible ?? []))]
  if (people.length === 0) return new Map()
  const users = await all(ctx, 'user', { filter: { id: { in: people } }, fields: ['main_department'] })
  const departmentOf = new Map(users.map(user => [String(user.id), user.main_department]))
  return new Map(
    tasks.flatMap(({ id, responsible }) => {
      const department = responsible === undefined ? null : departmentOf.get(responsible)
      return typeof department === 'string' && department !== own ? [[id, department] as const] : []
    }),
  )
}
