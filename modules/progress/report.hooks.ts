// A report belongs where its task's plan is, says who reports and what is odd about it, and takes the place of what was
// reported of the task before and nobody has decided yet.
import { parseDay } from '@yingzao/engines/schedule'
import type { Json, RecordOf } from '@yingzao/kernel/entity'
import { all, asSystem, type Ctx, get, hooks, refuse, run } from '@yingzao/kernel/server'
import { plan } from '../schedule/plan.entity.ts'
import { task } from '../schedule/task.entity.ts'
import { doubtsOf } from './doubt.ts'
import { predecessorsOf } from './predecessors.ts'
import { progressReport } from './progress-report.entity.ts'
import { saidOf } from './said.ts'

type Report = RecordOf<typeof progressReport>

/** What the reporter says; nobody else may put words into his mouth. */
const said = [
  ...(['task', 'reported_on', 'percent', 'remaining', 'start_on', 'finish_on'] as const),
  ...(['done_qty', 'total_qty', 'qty_unit', 'reason', 'note'] as const),
]

export default hooks(progressReport, {
  async beforeSave(ctx, record, before) {
    const changed = before ? said.filter(name => record[name] !== before[name]) : said
    if (changed.length === 0) return undefined
    if (before && before.stage !== 'reported') throw refuse('progress.decided', {})
    if (before && before.task !== record.task) throw refuse('progress.other_task', {})
    const system = asSystem(ctx)
    const row = await get(system, task, record.task)
    if (row.kind === 'summary' || row.kind === 'wbs_summary') throw refuse('progress.summary', { task: row.name })
    const owner = await get(system, plan, row.plan)
    const percent = record.percent ?? shareOf(record)
    const done = (percent !== null && Number(percent) >= 1) || (record.remaining === 0 && percent === null)
    const finish_on = record.finish_on ?? (done ? record.reported_on : null)
    const day = saidOf({ ...record, percent, finish_on })
    const planned = row.start_on === null ? day.on : (parseDay(row.start_on) ?? day.on)
    const known = {
      ...(row.percent_complete === null ? {} : { percentComplete: Number(row.percent_complete) }),
      ...(row.actual_start_at === null ? {} : { actualStart: row.actual_start_at }),
      ...(row.actual_finish_at === null ? {} : { actualFinish: row.actual_finish_at }),
    }
    const doubts = doubtsOf(known, day, await predecessorsOf(system, row), Math.min(planned, day.finishDay ?? day.on))
    return {
      percent,
      finish_on,
      plan: row.plan,
      project: owner.project,
      company: owner.company,
      reporter: before ? before.reporter : ctx.principal.user,
      responsible: row.responsible,
      doubts: json(doubts),
      doubtful: doubts.length > 0,
      seen: before ? before.seen : json({ ...known, duration: row.duration, finish_on: row.finish_on }),
    }
  },

  async afterSave(ctx, after, before) {
    if (after && !before && after.stage === 'reported') await supersede(ctx, after)
  },
})

const json = (value: object): Json => JSON.parse(JSON.stringify(value))

/** A quantity of a known total is a share. */
function shareOf({ done_qty, total_qty }: Report): Report['percent'] {
  const [done, total] = [Number(done_qty ?? Number.NaN), Number(total_qty ?? Number.NaN)]
  return total > 0 && done >= 0 ? `${Math.round(Math.min(1, done / total) * 10_000) / 10_000}` : null
}

/** The later day counts; of one day what was sent later. Kept offline and sent late, a report may find a newer one. */
async function supersede(ctx: Ctx, report: Report): Promise<void> {
  const system = asSystem(ctx)
  const open = await all(system, progressReport, {
    filter: { task: { eq: report.task }, id: { ne: report.id } },
    where: 'stage = "reported" or stage = "returned"',
  })
  const newer = open.some(each => each.stage === 'reported' && each.reported_on > report.reported_on)
  if (newer) await run(system, progressReport, report.id, 'supersede')
  else for (const each of open) await run(system, progressReport, each.id, 'supersede')
}
