// Rows of a sheet → a plan: outline, durations, dates, links, progress, people. Dates that rows give are kept as stored ones, so
// that every difference to what we compute is told.

import { parseDate } from '@yingzao/engines/plan-text/date'
import { parseDuration, plainWidth } from '@yingzao/engines/plan-text/duration'
import { parsePredecessors } from '@yingzao/engines/plan-text/predecessor'
import { dayOf, MINUTES_PER_DAY } from '@yingzao/engines/schedule/civil'
import {
  type Assignment,
  type CustomField,
  defaultOptions,
  type Link,
  type Minute,
  type Plan,
  type PlanOptions,
  type Resource,
  type Task,
} from '@yingzao/engines/schedule/plan'
import { type Cell, cellText, type Row } from '../cell.ts'
import type { LossLog } from '../loss.ts'
import type { ColumnKey } from './column.ts'
import type { Column } from './face.ts'
import { levelsOf } from './outline.ts'
import { calendarOf, type Dated, guessWeek, type WorkingDays, workingDays } from './week.ts'

export interface TableOptions {
  /** Working days of the week; guessed from the rows when absent. */
  readonly week?: WorkingDays
  /** Midnight of today: a date without a year is the nearest to it. */
  readonly today: Minute
}

/** One task's row, read but not yet placed. */
interface Line {
  readonly name: string
  readonly indented: string
  readonly number: number
  readonly text: (key: ColumnKey) => string
  /** The column as its sheet calls it. */
  readonly header: (key: ColumnKey) => string
  readonly duration: { readonly minutes: number; readonly elapsed: boolean } | undefined
  readonly start: number | undefined
  readonly finish: number | undefined
  readonly cells: Row['cells']
}

/** @returns the plan with the working week it was read with */
export function planOfRows(
  columns: readonly Column[],
  body: readonly Row[],
  { week: asked, today }: TableOptions,
  losses: LossLog,
): { readonly plan: Plan; readonly week: WorkingDays } {
  const lines = linesOf(columns, body, today, losses)
  const levels = levelsOf(
    lines.map(line => ({
      level: line.text('level'),
      code: line.text('code'),
      row: line.text('row'),
      name: line.indented,
    })),
  )
  const leaf = (at: number) => (levels[at + 1] ?? 0) <= (levels[at] ?? 0)
  const week = asked ?? guessWeek(lines.flatMap((line, at) => (leaf(at) ? datedOf(line) : [])))
  const options = optionsOf(lines, week, today)
  const percents = percentScale(lines)
  const parents: string[] = []
  const tasks = lines.map((line, at): Task => {
    const level = levels[at] ?? 0
    const id = String(at + 1)
    parents.length = level
    const parent = parents.at(-1)
    parents.push(id)
    const head = { id, row: at + 1, name: line.name, ...(parent === undefined ? {} : { parent }) }
    const said = { ...codeOf(line), ...notesOf(line), ...customOf(columns, line), ...storedOf(line) }
    if (!leaf(at)) return { ...head, ...said, kind: 'summary', duration: 0, constraint: { type: 'asap' } }
    return { ...head, ...said, ...workOf(line, week, options, losses), ...progressOf(line, percents, losses) }
  })
  // A date is a wish only where nothing else says when work can begin.
  const links = linksOf(lines, tasks, options, losses)
  const driven = new Set(links.map(link => link.to))
  const placed = tasks.map((task, at): Task => {
    const line = lines[at]
    if (!line || task.kind === 'summary' || driven.has(task.id) || task.actualStart !== undefined) return task
    if (line.start !== undefined)
      return { ...task, constraint: { type: 'start_no_earlier_than', at: minuteOf(line.start, options.defaultStart) } }
    if (line.finish !== undefined)
      return {
        ...task,
        constraint: { type: 'finish_no_earlier_than', at: minuteOf(line.finish, options.defaultFinish) },
      }
    return task
  })
  const { resources, assignments } = resourcesOf(lines, placed)
  return {
    week,
    plan: {
      name: '',
      mode: 'ms',
      options,
      calendars: [calendarOf(week, options.calendar)],
      tasks: placed,
      links,
      resources,
      assignments,
      customFields: customFieldsOf(columns),
    },
  }
}

const minuteOf = (day: number, time: number): Minute => day * MINUTES_PER_DAY + time

function linesOf(columns: readonly Column[], body: readonly Row[], today: Minute, losses: LossLog): Line[] {
  const place = new Map(columns.flatMap(column => (column.key ? [[column.key, column] as const] : [])))
  let near = today
  return body.flatMap((row): Line[] => {
    const cell = (key: ColumnKey): Cell | undefined => row.cells[place.get(key)?.at ?? -1]
    const text = (key: ColumnKey) => cellText(cell(key)).trim()
    const header = (key: ColumnKey) => place.get(key)?.header ?? key
    const name = text('name')
    if (name === '') {
      if (row.cells.some(each => cellText(each).trim() !== '')) losses.add('row', header('name'), `${row.number}`)
      return []
    }
    const day = (key: ColumnKey): number | undefined => {
      const found = dayIn(cell(key), near)
      if (found === undefined && text(key) !== '') losses.add('value', header(key), text(key))
      if (found !== undefined) near = found * MINUTES_PER_DAY
      return found
    }
    const unit = /周|week/i.test(header('duration'))
      ? 'w'
      : /小时|hour|[(（]h[)）]/i.test(header('duration'))
        ? 'h'
        : 'd'
    const written = text('duration')
    const duration = written === '' ? undefined : parseDuration(written, weekless, unit)
    if (written !== '' && !duration) losses.add('value', header('duration'), written)
    return [
      {
        ...{ name, indented: cellText(cell('name')), number: row.number, text, header, cells: row.cells },
        duration,
        start: day('start'),
        finish: day('finish'),
      },
    ]
  })
}

/** A week counts five days until it is known better; days and hours, which tables have, are the same in any. */
const weekless = { minutesPerDay: 480, minutesPerWeek: 2400, daysPerMonth: 20 }

function dayIn(cell: Cell | undefined, near: Minute): number | undefined {
  if (cell === undefined || cell.kind === 'empty') return undefined
  const minute = parseDate(cellText(cell), 0, near)
  return minute === undefined ? undefined : dayOf(minute)
}

const datedOf = ({ start, finish, duration }: Line): Dated[] =>
  start === undefined || finish === undefined || finish < start
    ? []
    : [{ from: start, to: finish, days: duration && !duration.elapsed ? duration.minutes / 480 : undefined }]

function optionsOf(lines: readonly Line[], week: WorkingDays, today: Minute): PlanOptions {
  const days = lines.flatMap(line => [line.start, line.finish].filter(day => day !== undefined))
  const first = days.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY)
  const { defaultStart } = defaultOptions
  return {
    ...defaultOptions,
    calendar: 'week',
    minutesPerWeek: week * 480,
    daysPerMonth: week === 5 ? 20 : week === 6 ? 26 : 30,
    start: minuteOf(Number.isFinite(first) ? first : dayOf(today), defaultStart),
  }
}

const codeOf = (line: Line) => (line.text('code') === '' ? {} : { code: line.text('code') })
const notesOf = (line: Line) => (line.text('notes') === '' ? {} : { notes: line.text('notes') })
const storedOf = ({ start, finish }: Line) =>
  start === undefined && finish === undefined
    ? {}
    : {
        stored: {
          ...(start === undefined ? {} : { start: minuteOf(start, defaultOptions.defaultStart) }),
          ...(finish === undefined ? {} : { finish: minuteOf(finish, defaultOptions.defaultFinish) }),
        },
      }

const yes = /^(是|里程碑|yes|y|true|1|√|✓|◆)$/i

function workOf(
  line: Line,
  week: WorkingDays,
  options: PlanOptions,
  losses: LossLog,
): Pick<Task, 'kind' | 'duration' | 'constraint'> {
  const asap = { constraint: { type: 'asap' } } as const
  const { duration, start, finish } = line
  const deadline =
    line.text('deadline') === '' ? undefined : parseDate(line.text('deadline'), options.defaultFinish, options.start)
  const more = {
    ...(deadline === undefined ? {} : { deadline }),
    ...costOf(line, losses),
    ...(duration?.elapsed ? { elapsed: true } : {}),
  }
  if (yes.test(line.text('milestone')) || duration?.minutes === 0)
    return { kind: 'milestone', duration: 0, ...asap, ...more }
  if (duration) return { kind: 'task', duration: duration.minutes, ...asap, ...more }
  if (start !== undefined && finish !== undefined && finish >= start)
    return { kind: 'task', duration: Math.max(1, workingDays(start, finish, week)) * 480, ...asap, ...more }
  losses.add('value', line.header('duration'), line.name)
  return { kind: 'task', duration: 480, ...asap, ...more }
}

function costOf(line: Line, losses: LossLog): { fixedCost?: string } {
  const text = plainWidth(line.text('cost')).replace(/[,\s¥￥$元]/g, '')
  if (text === '') return {}
  if (/^\d{1,15}(\.\d+)?$/.test(text)) return { fixedCost: text }
  losses.add('value', line.header('cost'), line.text('cost'))
  return {}
}

/** 1 where the column holds 0–100, 100 where it holds shares. */
function percentScale(lines: readonly Line[]): 1 | 100 {
  const numbers = lines
    .map(line => line.text('percent'))
    .filter(text => /^\d*\.?\d+$/.test(text))
    .map(Number)
  return numbers.length > 0 && numbers.every(value => value <= 1) ? 100 : 1
}

function progressOf(line: Line, scale: 1 | 100, losses: LossLog): Partial<Task> {
  const { defaultStart, defaultFinish } = defaultOptions
  const on = (key: 'actual_start' | 'actual_finish', time: number) => {
    const text = line.text(key)
    const at = text === '' ? undefined : parseDate(text, time, minuteOf(line.start ?? 0, 0))
    if (text !== '' && at === undefined) losses.add('value', line.header(key), text)
    return at
  }
  const written = plainWidth(line.text('percent'))
  const match = /^(\d*\.?\d+)\s*(%?)$/.exec(written)
  if (written !== '' && !match) losses.add('value', line.header('percent'), written)
  const percent = match ? Math.min(100, Number(match[1]) * (match[2] === '%' ? 1 : scale)) : 0
  const actualFinish = on('actual_finish', defaultFinish)
  const actualStart =
    on('actual_start', defaultStart) ??
    (percent > 0 || actualFinish !== undefined
      ? minuteOf(line.start ?? dayOf(actualFinish ?? 0), defaultStart)
      : undefined)
  if (actualStart === undefined || (line.start === undefined && line.text('actual_start') === '')) {
    if (percent > 0) losses.add('value', line.header('percent'), `${line.name}: ${written}`)
    return {}
  }
  if (actualFinish !== undefined) return { actualStart, actualFinish, percentComplete: 100 }
  if (percent >= 100 && line.finish !== undefined)
    return { actualStart, actualFinish: minuteOf(line.finish, defaultFinish), percentComplete: 100 }
  return { actualStart, percentComplete: Math.min(percent, 99) }
}

function linksOf(lines: readonly Line[], tasks: readonly Task[], options: PlanOptions, losses: LossLog): Link[] {
  const byRow = new Map(lines.map((line, at) => [line.text('row'), tasks[at]?.id]))
  const byCode = new Map(lines.map((line, at) => [line.text('code'), tasks[at]?.id]))
  const named = lines.some(line => line.text('row') !== '')
  const resolve = (ref: string) => byCode.get(ref) ?? (named ? byRow.get(ref) : tasks[Number(ref) - 1]?.id)
  return lines.flatMap((line, at): Link[] => {
    const to = tasks[at]?.id ?? ''
    // Entry by entry, so that one that means nothing loses only itself.
    return line
      .text('predecessors')
      .split(/[,;、，；\n]/)
      .filter(part => part.trim() !== '')
      .flatMap((part): Link[] => {
        const read = parsePredecessors(part, resolve, options)
        const [entry] = read.ok ? read.entries : []
        if (!entry || entry.from === to || isAbove(tasks, entry.from, to) || isAbove(tasks, to, entry.from)) {
          losses.add('reference', line.header('predecessors'), `${line.name}: ${part.trim()}`)
          return []
        }
        return [{ id: `${at + 1}-${entry.from}-${entry.type}`, to, ...entry }]
      })
  })
}

/** A summary cannot wait for its own parts. */
function isAbove(tasks: readonly Task[], above: string, below: string): boolean {
  for (let at = tasks[Number(below) - 1]; at?.parent !== undefined; at = tasks[Number(at.parent) - 1])
    if (at.parent === above) return true
  return false
}

function resourcesOf(lines: readonly Line[], tasks: readonly Task[]) {
  const resources = new Map<string, Resource>()
  const assignments: Assignment[] = []
  lines.forEach((line, at) => {
    const task = tasks[at]
    if (!task || task.kind === 'summary') return
    for (const part of line.text('resources').split(/[,;、，；\n]/)) {
      const match = /^(.+?)\s*(?:[[【(（](\d+(?:\.\d+)?)\s*%[\]】)）])?$/.exec(part.trim())
      const name = match?.[1]?.trim()
      if (!name) continue
      const known = resources.get(name) ?? { id: `r${resources.size + 1}`, name, kind: 'work', maxUnits: 1 }
      resources.set(name, known)
      if (assignments.some(each => each.task === task.id && each.resource === known.id)) continue
      const units = match?.[2] === undefined ? 1 : Number(match[2]) / 100
      assignments.push({ id: `a${assignments.length + 1}`, task: task.id, resource: known.id, units })
    }
  })
  return { resources: [...resources.values()], assignments }
}

/** Columns that are none of ours stay with their tasks under their own names. */
const foreign = (columns: readonly Column[]) => columns.filter(column => column.key === null).slice(0, 30)
const customFieldsOf = (columns: readonly Column[]): CustomField[] =>
  foreign(columns).map(({ header }) => ({ of: 'task', name: header, kind: 'text' }))
function customOf(columns: readonly Column[], line: Line): Pick<Task, 'custom'> {
  const values = foreign(columns).flatMap(({ header, at }) => {
    const text = cellText(line.cells[at]).trim()
    return text === '' ? [] : [[header, text] as const]
  })
  return values.length === 0 ? {} : { custom: Object.fromEntries(values) }
}
