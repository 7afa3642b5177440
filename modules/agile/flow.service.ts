// 流动指标: what the log of a project says of its flow — computed here over the events the asker may see.
import { flowMetrics, flowSeries, forecastDone, LEAST_JUDGED, pastForecasts } from '@yingzao/engines/flow'
import { dayOf, formatDay, type Minute } from '@yingzao/engines/schedule'
import { act, get } from '@yingzao/kernel/server'
import { project } from '../project/project.entity.ts'
import { endOfDay, eventsOf, flowEvents, flowStages } from './event-log.ts'
import { titlesOf } from './item-title.ts'
import type { FlowReport, Forecast } from './report.ts'
import { wallMinute } from './wall-clock.ts'

/** Points of a curve; a longer history is drawn week by week. */
const mostTicks = 400
/** Dots and rows that a page shows. */
const mostFinished = 1000
const mostAgeing = 100
const WEEK = 7 * 1440
/** Weeks that a forecast looks back over. */
const mostWeeks = 260
/** Same log, same forecast. */
const seed = 1

const day = (minute: Minute) => formatDay(dayOf(minute))

export const flow = act('agile.flow', async (ctx, input): Promise<FlowReport> => {
  const owner = await get(ctx, project, String(input.project))
  const events = await eventsOf(ctx, { project: { eq: owner.id } })
  const titles = await titlesOf(ctx, owner.id)
  const now = wallMinute(ctx.zone, ctx.now)
  const log = flowEvents(ctx.zone, events)
  const unit = input.unit === 'points' ? 'points' : 'items'
  const outcome = flowMetrics(flowStages, log, now)
  if (!outcome.ok) throw new Error(`the log of project ${owner.id} cannot be read: ${outcome.error.code}`)
  const { finished, throughput, ageing, cycle, lead, little } = outcome.metrics
  const first = log.reduce((least, each) => Math.min(least, each.at), now)
  const begun = finished.length > 0 || ageing.length > 0
  return {
    on: day(now),
    unit,
    events: events.length,
    takenOver: events.filter(each => each.taken_over).length,
    series: seriesOf(log, first, now, unit),
    ...{ cycle, lead, little },
    finished: finished
      .slice(-mostFinished)
      .map(({ at, ...each }) => ({ ...each, on: day(at), title: titles[each.id] ?? null })),
    ageing: ageing.slice(0, mostAgeing).map(each => ({ ...each, title: titles[each.id] ?? null })),
    throughput: throughput.map(({ from, items, points }) => ({ from: day(from), items, points })),
    forecast: begun ? forecastOf(log, throughput, now) : null,
  }
})

type Log = ReturnType<typeof flowEvents>

function seriesOf(log: Log, first: Minute, now: Minute, unit: 'items' | 'points') {
  const days = dayOf(now) - dayOf(first) + 1
  const step = Math.max(1, Math.ceil(days / mostTicks / 7) * 7 * Number(days > mostTicks))
  const ticks: Minute[] = []
  for (let at = dayOf(now); at >= dayOf(first); at -= step) ticks.unshift(Math.min(now, endOfDay(at) - 1))
  const outcome = flowSeries(flowStages, log, ticks, unit)
  if (!outcome.ok) throw new Error(outcome.error.code)
  const { stages, scope, done, left } = outcome.series
  return { days: ticks.map(day), stages, ...{ scope, done, left } }
}

/** Weeks since work began: before that nothing could be finished, and such weeks would only make the forecast too dark. */
function forecastOf(log: Log, weeks: readonly { from: Minute; items: number }[], now: Minute): Forecast {
  const ends = weeks.map(({ from }) => from + WEEK)
  const outcome = flowSeries(flowStages, log, ends)
  if (!outcome.ok) throw new Error(outcome.error.code)
  const { stages, done, left } = outcome.series
  const working = ends.findIndex(
    (_, at) => done[at] !== 0 || stages.some(({ id, items }) => (id === 'doing' || id === 'review') && items[at] !== 0),
  )
  const from = Math.max(working < 0 ? ends.length : working, ends.length - mostWeeks)
  const board = { finished: weeks.slice(from).map(({ items }) => items), open: left.slice(from) }
  const levels = forecastDone(board, { seed })
  const judged = pastForecasts(board, { seed }).filter(each => each.came !== undefined && each.drawn[0]).length
  return {
    remaining: board.open.at(-1) ?? 0,
    weeks: board.finished.length,
    /** Earlier forecasts that have come true, and how many the correction needs. */
    ...{ judged, needed: LEAST_JUDGED },
    levels: levels.map(each => ({ ...each, on: each.weeks === null ? null : day(now + each.weeks * WEEK) })),
  }
}
