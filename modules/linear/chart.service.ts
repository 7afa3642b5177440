// 时间–里程图 of a plan: the stretches of its tasks with computed and promised dates and what was reported of them.
import { calendarClock, parseDay } from '@yingzao/engines/schedule'
import { act, all, type Ctx } from '@yingzao/kernel/server'
import { openPlan, promiseOf, reckon } from '../schedule/public.ts'
import { alignment } from './alignment.entity.ts'
import { lineOf } from './chainage.ts'
import type { ChartAlignment, ChartReport, ChartStretch, LinearChart } from './shape.ts'
import { chainageReport, stretch } from './stretch.entity.ts'

const END_OF_DAY = 1020

export const chart = act('linear.chart', async (ctx, input): Promise<LinearChart> => {
  const { record, plan } = await openPlan(ctx, String(input.plan))
  const alignments = await all(ctx, alignment, { filter: { project: { eq: record.project } }, sort: ['name'] })
  const rows = await all(ctx, stretch, { filter: { plan: { eq: record.id } }, sort: ['from_m'] })
  const reports = await reportsOf(ctx, record.id)
  const dates = new Map(reckon(plan).tasks.map(each => [each.id, each]))
  const tasks = new Map(plan.tasks.map(each => [each.id, each]))
  const perDay = Math.max(1, plan.options.minutesPerDay)
  return {
    alignments: alignments.map((each): ChartAlignment => {
      const { prefix, zones } = lineOf(ctx, each)
      const [first, last] = [zones[0], zones.at(-1)]
      return {
        ...{ id: each.id, name: each.name, prefix, from: first?.from ?? 0, to: last?.to ?? 0 },
        breaks: zones.slice(1).map((zone, i) => ({ back: zones[i]?.to ?? 0, ahead: zone.from })),
        ...{ left: each.left_name ?? '', right: each.right_name ?? '' },
        ...{ bufferMetres: Number(each.buffer_m ?? 0), bufferDays: Number(each.buffer_days ?? 0) },
      }
    }),
    stretches: rows.flatMap((each): ChartStretch[] => {
      const [task, at] = [tasks.get(each.task), dates.get(each.task)]
      if (!task || !at || task.inactive) return []
      const clock = calendarClock(plan.calendars, task.calendar ?? plan.options.calendar)
      const minutes = clock.ok ? clock.clock.work(at.start, at.finish) : at.finish - at.start
      return [
        {
          ...{ id: each.id, alignment: each.alignment, task: each.task, name: task.name, work: each.work },
          ...{ from: Number(each.from_m), to: Number(each.to_m), side: each.side, spread: each.spread },
          rate: each.rate_m === null ? null : Number(each.rate_m),
          unit: each.unit_m === null ? null : { metres: Number(each.unit_m), name: each.unit_name ?? '' },
          ...{ start: at.start, finish: at.finish, workDays: minutes / perDay, promised: promiseOf(task) },
          percent: task.percentComplete ?? 0,
          ...{
            begun: task.actualStart !== undefined,
            finished: task.actualFinish !== undefined,
            critical: at.critical,
          },
          reports: reports.get(each.id) ?? [],
        },
      ]
    }),
    now: plan.options.statusDate ?? (parseDay(ctx.today) ?? 0) * 1440 + END_OF_DAY,
    mayPlace: record._can.includes('edit'),
    mayReport: record.current === true,
  }
})

async function reportsOf(ctx: Ctx, plan: string): Promise<ReadonlyMap<string, readonly ChartReport[]>> {
  const by = new Map<string, ChartReport[]>()
  for (const each of await all(ctx, chainageReport, { filter: { plan: { eq: plan } }, sort: ['reported_on'] })) {
    const report = { from: Number(each.from_m), to: Number(each.to_m), side: each.side, on: each.reported_on }
    const own = by.get(each.stretch)
    if (own) own.push({ id: each.id, ...report })
    else by.set(each.stretch, [{ id: each.id, ...report }])
  }
  return by
}
