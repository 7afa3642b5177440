// What is told done by chainage adds up, each metre of each side once, and is proposed to the planner as progress of the task.
import { doneOf, formatChainage, type Stretch } from '@yingzao/engines/time-location'
import { all, asSystem, type Ctx, get, hooks, patch, refuse, writeProjected } from '@yingzao/kernel/server'
import { proposeProgress } from '../progress/public.ts'
import { alignment } from './alignment.entity.ts'
import { lineOf, placeOf } from './chainage.ts'
import { metres } from './metre.ts'
import { chainageReport, stretch } from './stretch.entity.ts'

export default hooks(chainageReport, {
  async beforeSave(ctx, record, before) {
    const system = asSystem(ctx)
    const owner = await get(system, stretch, record.stretch)
    const line = lineOf(ctx, await get(system, alignment, owner.alignment))
    const [from, to] = [placeOf(ctx, line, record.from_chainage), placeOf(ctx, line, record.to_chainage)]
    if (from === to) throw refuse('linear.no_length', {})
    const whole = [Number(owner.from_m), Number(owner.to_m)]
    const [low, high] = [Math.min(...whole), Math.max(...whole)]
    if (Math.max(from, to) <= low || Math.min(from, to) >= high)
      throw refuse('linear.beside', { from: formatChainage(line, low), to: formatChainage(line, high) })
    return {
      ...{ task: owner.task, plan: owner.plan, project: owner.project, company: owner.company },
      name: `${record.from_chainage}–${record.to_chainage}`,
      ...{ from_m: metres(from), to_m: metres(to) },
      reporter: before ? before.reporter : ctx.principal.user,
    }
  },

  async afterSave(ctx, after, before) {
    const record = after ?? before
    if (!record) return
    const done = await doneOfTask(ctx, record.task ?? '', record.stretch)
    // Out of the recycle bin it has been proposed already.
    if (!after || before || after.proposal !== null) return
    const proposal = await proposeProgress(ctx, {
      task: record.task ?? '',
      reported_on: after.reported_on,
      ...{ done_qty: metres(done.done), total_qty: metres(done.all), qty_unit: 'm' },
      note: `${after.from_chainage}–${after.to_chainage}${after.note ? `\n${after.note}` : ''}`,
    })
    await patch(asSystem(ctx), chainageReport.name, after.id, undefined, { proposal })
  },
})

/** Metres of sides done of all stretches of the task; the share of the stretch reported is kept with it. */
async function doneOfTask(ctx: Ctx, task: string, changed: string): Promise<{ done: number; all: number }> {
  const system = asSystem(ctx)
  const stretches = await all(system, stretch, { filter: { task: { eq: task } } })
  const reports = await all(system, chainageReport, { filter: { task: { eq: task } } })
  const sum = { done: 0, all: 0 }
  for (const each of stretches) {
    const part = doneOf(spanOf(each), reports.filter(report => report.stretch === each.id).map(spanOf))
    sum.done += part.done
    sum.all += part.all
    if (each.id === changed)
      await writeProjected(system, stretch, [
        { id: each.id, done_pct: part.all > 0 ? (part.done / part.all).toFixed(6) : '0' },
      ])
  }
  return sum
}

const spanOf = (row: { from_m: string | null; to_m: string | null; side: Stretch['side'] }): Stretch => ({
  from: Number(row.from_m),
  to: Number(row.to_m),
  side: row.side,
})
