// A plan belongs where its project is, begins with the chosen calendar, and is the current plan when it is the first; a
// project whose current plan goes to the recycle bin has no forecast, and gets it back with the plan.
import { defaultOptions, parseDay } from '@yingzao/engines/schedule'
import type { Id, Json } from '@yingzao/kernel/entity'
import { asSystem, type Ctx, get, hooks, list, patch, refuse, writeProjected } from '@yingzao/kernel/server'
import { calendarChain } from '../calendar/public.ts'
import { project } from '../project/project.entity.ts'
import { crashJson, readCrash } from './crash.ts'
import type { PlanRecord } from './keep.ts'
import { plan } from './plan.entity.ts'
import { readPlan } from './read.ts'
import { projectPlan, reckon } from './reckon.ts'
import { readRisk, readRiskCosts, riskJson } from './risk.ts'

export default hooks(plan, {
  async beforeSave(ctx, record, before) {
    if (before) {
      const changed =
        record.start_on !== before.start_on || record.status_on !== before.status_on || record.mode !== before.mode
      if (changed && ctx.principal.kind !== 'system') throw refuse('schedule.use_options', {})
      // Its tasks, links, resources, baselines and reports lie in that project, and so do the rights to them.
      if (record.project !== before.project) throw refuse('schedule.stays_in_project', {})
      return {
        ...(record.risk === before.risk ? {} : { risk: checkedRisk(record.risk) }),
        ...(record.risk_costs === before.risk_costs ? {} : { risk_costs: checkedRiskCosts(record.risk_costs) }),
        ...(record.crash === before.crash ? {} : { crash: checkedCrash(record.crash) }),
      }
    }
    const system = asSystem(ctx)
    const owner = await get(system, project, record.project)
    // A branch has the dates and calendars of its original, and is never the current plan.
    const inputs = {
      risk: checkedRisk(record.risk),
      risk_costs: checkedRiskCosts(record.risk_costs),
      crash: checkedCrash(record.crash),
    }
    if (record.branch_of !== null) return { company: owner.company, current: false, ...inputs }
    const others = await list(system, plan, { filter: { project: { eq: record.project } }, limit: 1 })
    const calendars = await calendarChain(system, record.calendar)
    const start = (parseDay(record.start_on) ?? 0) * 1440 + defaultOptions.defaultStart
    const status = record.status_on === null ? undefined : parseDay(record.status_on)
    const options = {
      ...defaultOptions,
      start,
      calendar: calendars[0]?.id ?? '',
      ...(status === undefined ? {} : { statusDate: status * 1440 + defaultOptions.defaultFinish }),
    }
    return {
      company: owner.company,
      current: others.items.length === 0,
      options: json(options),
      calendars: json(calendars),
      ...inputs,
    }
  },

  /** What a branch is made of must not go before it; with the whole project both go. */
  async beforeRemove(ctx, record) {
    const system = asSystem(ctx)
    const owner = await list(system, project, { filter: { id: { eq: record.project } }, limit: 1 })
    if (owner.items.length === 0) return
    const branches = await list(system, plan, { filter: { branch_of: { eq: record.id } }, limit: 5 })
    if (branches.items.length > 0)
      throw refuse('schedule.has_branches', { names: branches.items.map(each => each.name).join('、') })
  },

  async afterSave(ctx, after, before) {
    if (after === null && before?.current) await forgetForecast(ctx, before.project)
    const restored = after !== null && before === null && after.version > 1
    if (restored && after.branch_of !== null) await refuseWithoutOriginal(ctx, after.branch_of)
    if (restored && after.current) await resume(ctx, after)
  },
})

/** Only what can be simulated is kept. */
function checkedRisk(value: Json | null): Json | null {
  if (value === null) return null
  const read = readRisk(value)
  if (!read.ok) throw refuse('schedule.invalid_risk', { where: read.where })
  return riskJson(read.risk)
}

function checkedRiskCosts(value: Json | null): Json | null {
  const read = readRiskCosts(value)
  if (!read.ok) throw refuse('schedule.invalid_risk', { where: read.where })
  return value
}

function checkedCrash(value: Json | null): Json | null {
  if (value === null) return null
  const read = readCrash(value)
  if (!read.ok) throw refuse('schedule.invalid_crash', { where: read.where })
  return crashJson(read.crash)
}

/** Its project goes on without a plan. */
const forgetForecast = (ctx: Ctx, id: string) =>
  writeProjected(asSystem(ctx), project, [{ id, health: 'unknown', forecast_finish_on: null, progress_pct: null }])

/** Back from the recycle bin: again the current plan, unless another became it in the meantime. */
async function resume(ctx: Ctx, record: PlanRecord): Promise<void> {
  const system = asSystem(ctx)
  const current = { project: { eq: record.project }, current: { eq: true }, id: { ne: record.id } }
  const others = await list(system, plan, { filter: current, limit: 1 })
  if (others.items.length > 0) {
    await patch(system, plan.name, record.id, undefined, { current: false })
    return
  }
  const value = await readPlan(ctx, record)
  await projectPlan(ctx, record, value, reckon(value))
}

async function refuseWithoutOriginal(ctx: Ctx, original: Id<'plan'>): Promise<void> {
  const found = await list(asSystem(ctx), plan, { filter: { id: { eq: original } }, limit: 1 })
  if (found.items.length === 0) throw refuse('schedule.original_gone', {})
}

const json = (value: object): Json => JSON.parse(JSON.stringify(value))
