// Gestures on the timeline as edits: move, resize, progress, link. Pure: positions in, edits and words out.

import { formatDuration } from '@yingzao/engines/plan-text/duration'
import { MINUTES_PER_DAY } from '@yingzao/engines/schedule/civil'
import type { PlanEdit } from '@yingzao/engines/schedule/edit'
import type { LinkType, Minute } from '@yingzao/engines/schedule/plan'
import type { Sheet } from './column.ts'
import { formatDate, formatMoment } from './date-text.ts'
import { clockOf, durationBetween, durationPatch, newLink, progressPatch, startPatch } from './intent.ts'
import { isMilestone, isParent } from './outline.ts'

export type DragKind = 'move' | 'finish' | 'progress'

export interface DragResult {
  edits: PlanEdit[]
  /** What the gesture sets, in words. */
  words: string
  /** Where the outline that follows the pointer stands. */
  start: Minute
  finish: Minute
}

/** Days when a day is small on the screen, else hours or quarters of an hour. */
export function snapStep(ppm: number): number {
  const dayWidth = ppm * MINUTES_PER_DAY
  return dayWidth < 160 ? MINUTES_PER_DAY : dayWidth < 1200 ? 60 : 15
}

/** A drag of one task, or with `also` of the whole selection, by so many minutes on the axis. */
export function dragResult(
  sheet: Sheet,
  kind: DragKind,
  at: number,
  by: Minute,
  ppm: number,
  also: readonly number[] = [],
): DragResult | undefined {
  const task = sheet.outline.plan.tasks[at]
  if (!task) return undefined
  const { plan } = sheet.outline
  const start = sheet.dates.start[at]!
  const finish = sheet.dates.finish[at]!
  const step = snapStep(ppm)
  if (kind === 'move') {
    const shift = Math.round(by / step) * step
    const edits: PlanEdit[] = []
    for (const other of new Set([at, ...also])) {
      const item = plan.tasks[other]
      if (!item || isParent(sheet.outline, other) || item.actualFinish !== undefined) continue
      // On a non-working day the task would start later anyway: the constraint says so plainly.
      const clock = item.manual || isMilestone(item) ? undefined : clockOf(plan, item)
      const wanted = sheet.dates.start[other]! + shift
      const to = clock ? clock.nextWorkStart(wanted) : wanted
      if (shift !== 0) edits.push({ kind: 'task.set', id: item.id, patch: startPatch(plan, item, to) })
    }
    const words = `${formatDate(sheet.lang, start + shift)}${shift === 0 ? '' : ` (${signed(sheet, shift)})`}`
    return { edits, words, start: start + shift, finish: finish + shift }
  }
  if (kind === 'finish') {
    const to = Math.max(
      start,
      step === MINUTES_PER_DAY
        ? endOfDay(sheet, Math.round((finish + by - plan.options.defaultFinish) / step) * step)
        : Math.round((finish + by) / step) * step,
    )
    const minutes = by === 0 ? task.duration : Math.max(1, durationBetween(plan, task, start, to))
    const rounded = step === MINUTES_PER_DAY ? wholeDays(sheet, minutes, task.elapsed === true) : minutes
    const edits: PlanEdit[] =
      rounded === task.duration ? [] : [{ kind: 'task.set', id: task.id, patch: durationPatch(plan, task, rounded) }]
    const text = formatDuration(sheet.lang, rounded, plan.options, {
      unit: task.durationUnit ?? 'd',
      elapsed: task.elapsed === true,
    })
    return { edits, words: text, start, finish: to }
  }
  const span = Math.max(1, finish - start)
  const done = sheet.outline.percent[at]! / 100
  const percent = Math.round(Math.min(1, Math.max(0, done + by / span)) * 20) * 5
  const edits: PlanEdit[] =
    percent === Math.round(done * 100)
      ? []
      : [{ kind: 'task.set', id: task.id, patch: progressPatch(task, percent, { start, finish }) }]
  return { edits, words: `${percent}%`, start, finish: start + (span * percent) / 100 }
}

const endOfDay = (sheet: Sheet, midnight: Minute): Minute => midnight + sheet.outline.plan.options.defaultFinish

function wholeDays(sheet: Sheet, minutes: number, elapsed: boolean): number {
  const day = elapsed ? MINUTES_PER_DAY : sheet.outline.plan.options.minutesPerDay
  return Math.max(1, Math.round(minutes / day)) * day
}

function signed(sheet: Sheet, minutes: number): string {
  const days = Math.abs(minutes) / MINUTES_PER_DAY
  const text =
    days >= 1
      ? sheet.text.units.days(String(Math.round(days * 10) / 10))
      : sheet.text.units.hours(String(Math.round(days * 24 * 10) / 10))
  return `${minutes < 0 ? '−' : '+'}${text}`
}

/** The link drawn from one end of a bar to an end of another. */
export function linkResult(
  sheet: Sheet,
  from: number,
  fromEnd: 'start' | 'finish',
  to: number,
  toEnd: 'start' | 'finish',
  id: string,
): PlanEdit[] {
  const a = sheet.outline.plan.tasks[from]
  const b = sheet.outline.plan.tasks[to]
  if (!a || !b) return []
  return [{ kind: 'link.add', link: newLink(id, a.id, b.id, linkTypeOf(fromEnd, toEnd)) }]
}

export function linkTypeOf(from: 'start' | 'finish', to: 'start' | 'finish'): LinkType {
  if (from === 'finish') return to === 'start' ? 'FS' : 'FF'
  return to === 'start' ? 'SS' : 'SF'
}

/** What a preview means for the project: its finish, by how much it moves, and how many tasks move. */
export function consequence(
  sheet: Sheet,
  before: Sheet['dates'],
  after: Sheet['dates'],
): { finish: string; moved: string; late: boolean } {
  let count = 0
  for (let i = 0; i < before.start.length; i++) {
    if ((before.start[i] !== after.start[i] || before.finish[i] !== after.finish[i]) && !isParent(sheet.outline, i))
      count++
  }
  const by = after.projectFinish - before.projectFinish
  const days = sheet.text.units.days(String(Math.max(0.1, Math.round(Math.abs(by) / 144) / 10)))
  const { drag } = sheet.text
  const change = by === 0 ? drag.same : by > 0 ? drag.later(days) : drag.earlier(days)
  return {
    finish: `${formatMoment(sheet.lang, after.projectFinish)} · ${change}`,
    moved: drag.affected(count),
    late: by > 0,
  }
}
