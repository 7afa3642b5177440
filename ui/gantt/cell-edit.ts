// A typed cell as edits, or the words that say why it is not understood. Pure.

import { parseDate } from '@yingzao/engines/plan-text/date'
import { parseDuration, plainWidth, unitMinutes } from '@yingzao/engines/plan-text/duration'
import { parsePredecessors } from '@yingzao/engines/plan-text/predecessor'
import type { PlanEdit } from '@yingzao/engines/schedule/edit'
import type { Assignment, Link, Plan, Task } from '@yingzao/engines/schedule/plan'
import { type CellEdit, type ColumnId, columns, resolveRef, type Sheet } from './column.ts'
import { editableDate } from './date-text.ts'
import { durationPatch, finishPatch, progressPatch, startPatch } from './intent.ts'
import { isMilestone, isParent } from './outline.ts'

export type CellOutcome = { ok: true; edits: PlanEdit[] } | { ok: false; message: string }

const fine = (...edits: PlanEdit[]): CellOutcome => ({ ok: true, edits })

/** How the cell may be edited; undefined = it is computed. */
export function editOf(sheet: Sheet, at: number, column: ColumnId): CellEdit | undefined {
  const definition = columns[column]
  return definition.rollsUp && isParent(sheet.outline, at) ? undefined : definition.edit
}

/** What the editor starts with: dates with their time, so that confirming without a change changes nothing. */
export function editorText(sheet: Sheet, at: number, column: ColumnId): string {
  const task = sheet.outline.plan.tasks[at]
  if (!task) return ''
  switch (columns[column].edit) {
    case 'start':
      return editableDate(sheet.dates.start[at]!)
    case 'finish':
      return editableDate(sheet.dates.finish[at]!)
    case 'deadline':
      return task.deadline === undefined ? '' : editableDate(task.deadline)
    case 'actual_start':
      return task.actualStart === undefined ? '' : editableDate(task.actualStart)
    case 'actual_finish':
      return task.actualFinish === undefined ? '' : editableDate(task.actualFinish)
    case 'percent':
      return String(Math.round(task.percentComplete ?? 0))
    default:
      return columns[column].value(sheet, task, at)
  }
}

/** Reads what was typed into a cell. */
export function cellEdits(sheet: Sheet, at: number, column: ColumnId, text: string, newId: () => string): CellOutcome {
  const { outline, text: words } = sheet
  const { plan } = outline
  const task = plan.tasks[at]
  const edit = editOf(sheet, at, column)
  if (!task || !edit) return { ok: false, message: words.errors.summary_computed }
  if (text.trim() === editorText(sheet, at, column).trim()) return fine()
  const typed = text.trim()
  switch (edit) {
    case 'name':
      return typed === ''
        ? { ok: false, message: words.errors.name }
        : fine({ kind: 'task.set', id: task.id, patch: { name: typed } })
    case 'code':
      return fine({ kind: 'task.set', id: task.id, patch: { code: typed === '' ? null : typed } })
    case 'duration': {
      const duration = parseDuration(typed, plan.options, task.durationUnit ?? 'd')
      if (!duration) return { ok: false, message: words.errors.duration }
      const { minutes, unit, elapsed, estimated } = duration
      return fine({
        kind: 'task.set',
        id: task.id,
        patch: {
          ...durationPatch(plan, { ...task, elapsed }, minutes),
          durationUnit: unit,
          elapsed: elapsed ? true : null,
          estimated: estimated ? true : null,
        },
      })
    }
    case 'start':
    case 'finish':
      return dateEdit(sheet, task, at, edit, typed)
    case 'deadline':
    case 'actual_start':
    case 'actual_finish': {
      const time = edit === 'actual_start' ? plan.options.defaultStart : plan.options.defaultFinish
      const value = typed === '' ? null : parseDate(typed, time, sheet.dates.finish[at]!)
      if (value === undefined) return { ok: false, message: words.errors.date }
      if (edit === 'deadline') return fine({ kind: 'task.set', id: task.id, patch: { deadline: value } })
      if (edit === 'actual_start') {
        const patch = value === null ? progressPatch(task, 0, { start: 0, finish: 0 }) : { actualStart: value }
        return fine({ kind: 'task.set', id: task.id, patch })
      }
      const scheduled = { start: sheet.dates.start[at]!, finish: value ?? sheet.dates.finish[at]! }
      const patch =
        value === null
          ? { actualFinish: null }
          : { ...progressPatch({ ...task, actualFinish: value }, 100, scheduled), actualFinish: value }
      return fine({ kind: 'task.set', id: task.id, patch })
    }
    case 'leveling_delay': {
      const delay = typed === '' ? undefined : parseDuration(typed, plan.options, 'd')
      if (typed !== '' && !delay) return { ok: false, message: words.errors.duration }
      return fine({ kind: 'task.set', id: task.id, patch: { levelingDelay: elapsedMinutes(delay, plan) || null } })
    }
    case 'percent': {
      const match = /^(\d+(?:\.\d+)?)\s*%?$/.exec(plainWidth(typed))
      const percent = match ? Number(match[1]) : Number.NaN
      if (!(percent >= 0 && percent <= 100)) return { ok: false, message: words.errors.percent }
      const scheduled = { start: sheet.dates.start[at]!, finish: sheet.dates.finish[at]! }
      return fine({ kind: 'task.set', id: task.id, patch: progressPatch(task, percent, scheduled) })
    }
    case 'predecessors':
    case 'successors':
      return linkEdits(sheet, task, at, edit, typed, newId)
    case 'responsible':
      return responsibleEdit(sheet, task, typed)
    case 'resources':
      return resourceEdits(sheet, task, at, typed, newId)
  }
}

/** A levelling delay is counted by the clock, nights and weekends too, however its unit was written. */
function elapsedMinutes(delay: ReturnType<typeof parseDuration>, { options }: Plan): number {
  if (!delay) return 0
  const { minutes, unit, elapsed } = delay
  return elapsed
    ? minutes
    : Math.round((minutes / unitMinutes(unit, false, options)) * unitMinutes(unit, true, options))
}

function dateEdit(sheet: Sheet, task: Task, at: number, edit: 'start' | 'finish', typed: string): CellOutcome {
  const { plan } = sheet.outline
  if (typed === '') return fine({ kind: 'task.set', id: task.id, patch: { constraint: { type: 'asap' } } })
  const near = edit === 'start' ? sheet.dates.start[at]! : sheet.dates.finish[at]!
  const time = edit === 'start' ? plan.options.defaultStart : plan.options.defaultFinish
  const value = parseDate(typed, isMilestone(task) ? near - Math.floor(near / 1440) * 1440 : time, near)
  if (value === undefined) return { ok: false, message: sheet.text.errors.date }
  const patch = edit === 'start' ? startPatch(plan, task, value) : finishPatch(plan, task, value)
  return fine({ kind: 'task.set', id: task.id, patch })
}

/** Links that stay keep their ids; only what differs becomes an edit. */
function linkEdits(
  sheet: Sheet,
  task: Task,
  at: number,
  side: 'predecessors' | 'successors',
  typed: string,
  newId: () => string,
): CellOutcome {
  const { outline, text: words } = sheet
  const outcome = parsePredecessors(typed, ref => resolveRef(outline, ref), outline.plan.options)
  if (!outcome.ok) {
    const { part } = outcome
    return {
      ok: false,
      message: outcome.reason === 'unknown' ? words.errors.predecessor_unknown(part) : words.errors.predecessors(part),
    }
  }
  const current = side === 'predecessors' ? outline.predecessors(at) : outline.successors(at)
  const other = (link: Link) => (side === 'predecessors' ? link.from : link.to)
  const left = new Map(current.map(link => [link.id, link]))
  const set: PlanEdit[] = []
  const add: PlanEdit[] = []
  for (const entry of outcome.entries) {
    const same =
      [...left.values()].find(link => other(link) === entry.from && link.type === entry.type) ??
      [...left.values()].find(link => other(link) === entry.from)
    const patch = { type: entry.type, lag: entry.lag, lagUnit: entry.lagUnit ?? null }
    if (same) {
      left.delete(same.id)
      const unchanged = same.type === entry.type && JSON.stringify(same.lag) === JSON.stringify(entry.lag)
      if (!unchanged) set.push({ kind: 'link.set', id: same.id, patch })
    } else {
      const ends = side === 'predecessors' ? { from: entry.from, to: task.id } : { from: task.id, to: entry.from }
      add.push({
        kind: 'link.add',
        link: {
          id: newId(),
          ...ends,
          type: entry.type,
          lag: entry.lag,
          ...(entry.lagUnit ? { lagUnit: entry.lagUnit } : {}),
        },
      })
    }
  }
  const gone: PlanEdit[] = left.size > 0 ? [{ kind: 'link.remove', ids: [...left.keys()] }] : []
  return fine(...gone, ...set, ...add)
}

/** A name, or the beginning of exactly one. */
function responsibleEdit({ people, text }: Sheet, task: Task, typed: string): CellOutcome {
  if (typed === '') return fine({ kind: 'task.set', id: task.id, patch: { responsible: null } })
  const wanted = typed.toLowerCase()
  const named = [...people].filter(([, name]) => name.toLowerCase().startsWith(wanted))
  const exact = named.filter(([, name]) => name.toLowerCase() === wanted)
  const [found, another] = exact.length > 0 ? exact : named
  if (!found || another) return { ok: false, message: text.errors.person(typed, named.length > 1) }
  return fine({ kind: 'task.set', id: task.id, patch: { responsible: found[0] } })
}

/** "木工[50%]、塔吊": existing resources by name, new names become new work resources. */
function resourceEdits(sheet: Sheet, task: Task, at: number, typed: string, newId: () => string): CellOutcome {
  const { outline } = sheet
  const current = outline.assignments(at)
  const left = new Map<string, Assignment>(current.map(item => [item.resource, item]))
  const edits: PlanEdit[] = []
  for (const raw of plainWidth(typed).split(/[,;、，；\n]/)) {
    const match = /^(.*?)(?:\[(\d+(?:\.\d+)?)%?\])?$/.exec(raw.trim())
    const name = match?.[1]?.trim() ?? ''
    if (name === '') continue
    const units = match?.[2] === undefined ? 1 : Number(match[2]) / 100
    const known = outline.plan.resources.find(item => item.name === name)
    const resource = known?.id ?? newId()
    if (!known) edits.push({ kind: 'resource.add', resource: { id: resource, name, kind: 'work', maxUnits: 1 } })
    const assigned = left.get(resource)
    left.delete(resource)
    if (!assigned) edits.push({ kind: 'assignment.add', assignment: { id: newId(), task: task.id, resource, units } })
    else if (assigned.units !== units) edits.push({ kind: 'assignment.set', id: assigned.id, patch: { units } })
  }
  if (left.size > 0) edits.push({ kind: 'assignment.remove', ids: [...left.values()].map(item => item.id) })
  return fine(...edits)
}
