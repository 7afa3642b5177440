// 周计划: a week is promised from the look-ahead in one step, and closed: what the plan's progress shows is done, the rest
// says why not.
import { dayOf, formatDay, parseDay } from '@yingzao/engines/schedule'
import type { Json } from '@yingzao/kernel/entity'
import {
  act,
  all,
  asSystem,
  type Ctx,
  createAll,
  get,
  handle,
  type Input,
  patch,
  refuse,
  run,
} from '@yingzao/kernel/server'
import { openPlan, reckon } from '../schedule/public.ts'
import { task } from '../schedule/task.entity.ts'
import { lookAhead } from './look-ahead.ts'
import { weekCommitment } from './week.entity.ts'

export default handle(weekCommitment, {
  async close(ctx, record) {
    const reached = await reachedOf(ctx, record.task)
    await patch(asSystem(ctx), weekCommitment.name, record.id, undefined, {
      reached_pct: reached,
      closed_on: ctx.today,
      reason: null,
      remark: null,
    })
  },
  async miss(ctx, record, input) {
    const reached = await reachedOf(ctx, record.task)
    await patch(asSystem(ctx), weekCommitment.name, record.id, undefined, {
      reached_pct: reached,
      closed_on: ctx.today,
      reason: input.reason,
      remark: input.remark ?? null,
    })
  },
  async reopen(ctx, record) {
    await patch(asSystem(ctx), weekCommitment.name, record.id, undefined, {
      reached_pct: null,
      closed_on: null,
      reason: null,
      remark: null,
    })
  },
})

async function reachedOf(ctx: Ctx, id: string): Promise<string> {
  const row = await get(asSystem(ctx), task, id)
  return shareOf(Number(row.percent_complete ?? 0))
}
const shareOf = (percent: number) => String(Math.round(percent * 100) / 10_000)

function mondayOfInput(input: Input): number {
  const day = typeof input.week_on === 'string' ? parseDay(input.week_on) : undefined
  if (day === undefined || (day - 4) % 7 !== 0) throw refuse('progress.not_monday', {})
  return day
}

async function ahead(ctx: Ctx, input: Input) {
  const monday = mondayOfInput(input)
  const { record, plan } = await openPlan(ctx, String(input.plan))
  return { record, plan, rows: lookAhead(plan, reckon(plan), monday, monday + 7) }
}

const ofWeek = (ctx: Ctx, input: Input) =>
  all(ctx, weekCommitment, {
    filter: { plan: { eq: String(input.plan) }, week_on: { eq: String(input.week_on) } },
    sort: ['created_at'],
  })

/** What the plan wants of a week and has not been promised yet. */
export const look = act('progress.look_ahead', async (ctx, input) => {
  const { rows } = await ahead(ctx, input)
  const promised = new Set((await ofWeek(asSystem(ctx), input)).map(each => String(each.task)))
  const open = rows.filter(each => !promised.has(each.task.id))
  return {
    promised: promised.size,
    tasks: open.map(({ task, number, start, finish, critical, wanted }) => ({
      task: task.id,
      number,
      name: task.name,
      responsible: task.responsible ?? null,
      start_on: formatDay(dayOf(start)),
      finish_on: formatDay(dayOf(finish)),
      percent: task.percentComplete ?? 0,
      critical,
      wanted,
    })),
  }
})

/** Promises the given tasks of the look-ahead, all by default; those promised already stay as they are. */
export const commit = act('progress.commit_week', async (ctx, input) => {
  const { record, rows } = await ahead(ctx, input)
  const wanted = chosenOf(input.tasks)
  const promised = new Set((await ofWeek(asSystem(ctx), input)).map(each => String(each.task)))
  const open = rows.filter(each => !promised.has(each.task.id) && (wanted === null || wanted.has(each.task.id)))
  if (open.length > 0)
    await createAll(
      ctx,
      weekCommitment.name,
      open.map(({ task, wanted: promised_pct }) => ({
        plan: record.id,
        task: task.id,
        week_on: input.week_on,
        promised_pct: String(promised_pct),
        ...(task.responsible === undefined ? {} : { who: task.responsible }),
      })),
    )
  return { promised: open.length }
})

function chosenOf(value: Json | undefined): ReadonlySet<string> | null {
  if (value === undefined || value === null) return null
  if (!Array.isArray(value) || value.length > 5000) throw refuse('progress.invalid_items', {})
  return new Set(value.map(String))
}

/** Closes as done what the plan's progress shows to be done; the rest is for people to say why. */
export const closeWeek = act('progress.close_week', async (ctx, input) => {
  mondayOfInput(input)
  const open = (await ofWeek(ctx, input)).filter(each => each.stage === 'promised' && each._can.includes('close'))
  let kept = 0
  for (const each of open) {
    const row = await get(asSystem(ctx), task, each.task)
    if (Number(row.percent_complete ?? 0) / 100 + 1e-9 < Number(each.promised_pct)) continue
    await run(ctx, weekCommitment, each.id, 'close')
    kept++
  }
  return { kept, left: open.length - kept }
})
