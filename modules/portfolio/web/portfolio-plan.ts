// The portfolio as the Gantt draws it: a row for each group, project, summary and milestone, with given dates. Pure.
import {
  defaultOptions,
  type Plan,
  parseDay,
  type Schedule,
  type Task,
  type TaskDates,
} from '@yingzao/engines/schedule'
import type { Given, LinkMarks, Point, RowMarks } from '@yingzao/ui/gantt/given'
import type { Line, LineLink, LineRow } from '../shape.ts'
import type { Group } from './choice.ts'

export interface Say {
  readonly group: (key: string) => string
  readonly line: (line: Line) => { readonly label: string; readonly about: readonly string[] }
  readonly row: (row: LineRow) => readonly string[]
  readonly link: (link: LineLink, from: string, to: string) => readonly string[]
}

export interface Drawn {
  readonly plan: Plan
  readonly schedule: Schedule
  readonly rows: Given['rows']
  readonly links: Given['links']
  /** Every project, folded. */
  readonly closed: ReadonlySet<string>
}

const DAY = 1440
const startOf = (day: string) => (parseDay(day) ?? 0) * DAY
/** The last minute of the day: bars of one day have a length, and the date shown is the day. */
const endOf = (day: string) => startOf(day) + DAY - 1
const why = { kind: 'project_start' } as const

/** `groups`: one without a key stands for no groups at all. */
export function portfolioPlan(title: string, groups: readonly Group[], links: readonly LineLink[], say: Say): Drawn {
  const tasks: Task[] = []
  const dates: TaskDates[] = []
  const rows = new Map<string, RowMarks>()
  const closed = new Set<string>()
  const add = (task: Omit<Task, 'duration' | 'constraint'>, start: number, finish: number, late: boolean) => {
    tasks.push({ ...task, duration: Math.max(0, finish - start), constraint: { type: 'asap' } })
    dates.push({
      ...{ id: task.id, start, finish, earlyStart: start, earlyFinish: finish, lateStart: start, lateFinish: finish },
      ...{ totalFloat: 0, freeFloat: 0, startFloat: 0, finishFloat: 0, critical: late, longestPath: false },
      duration: Math.max(0, finish - start),
      why: { start: why, finish: why, late: why },
    })
  }
  for (const { key, lines } of groups) {
    const parent = groups.length > 1 || key !== '' ? `group:${key}` : undefined
    const spans = lines.flatMap(line => spanOf(line) ?? [])
    if (parent !== undefined && spans.length > 0) {
      const [start, finish] = [Math.min(...spans.map(each => each.start)), Math.max(...spans.map(each => each.finish))]
      add(
        { id: parent, name: say.group(key), kind: 'summary', percentComplete: 100 * shareOf(lines) },
        start,
        finish,
        false,
      )
      rows.set(parent, { bar: false, label: '', points: [], about: [] })
    }
    for (const line of lines) {
      const span = spanOf(line)
      if (!span) continue
      closed.add(line.id)
      const within = parent === undefined ? {} : { parent }
      add({ ...projectTask(line), ...within }, span.start, span.finish, isLate(line))
      rows.set(line.id, { bar: true, points: pointsOf(line), ...say.line(line) })
      for (const row of inOrder(line.rows)) {
        const milestone = row.kind === 'milestone'
        add(rowTask(row, line.id), milestone ? endOf(row.finish) : startOf(row.start), endOf(row.finish), isBehind(row))
        rows.set(row.id, { bar: false, label: row.name, points: [], about: say.row(row) })
      }
    }
  }
  const names = new Map(tasks.map(task => [task.id, task.name]))
  const drawn = links.filter(each => names.has(each.from.task) && names.has(each.to.task))
  const [start, finish] = [
    dates.reduce((least, each) => Math.min(least, each.start), Number.POSITIVE_INFINITY),
    dates.reduce((most, each) => Math.max(most, each.finish), Number.NEGATIVE_INFINITY),
  ]
  const whole = dates.length === 0 ? { start: 0, finish: DAY } : { start, finish }
  return {
    plan: {
      ...{ name: title, mode: 'ms', options: { ...defaultOptions, start: whole.start }, calendars: [], tasks },
      links: drawn.map(each => ({
        ...{ id: each.id, from: each.from.task, to: each.to.task, type: each.type },
        lag: { kind: 'working', minutes: 0 },
      })),
      ...{ resources: [], assignments: [] },
    },
    schedule: { mode: 'ms', ...whole, tasks: dates, warnings: [] },
    rows,
    links: new Map(
      drawn.map((each): [string, LinkMarks] => [
        each.id,
        { broken: each.broken, about: say.link(each, names.get(each.from.task) ?? '', names.get(each.to.task) ?? '') },
      ]),
    ),
    closed,
  }
}

/** A project without any dates has no place on a time axis. */
function spanOf(line: Line): { start: number; finish: number } | null {
  const finish = line.forecast ?? line.contract
  const start = line.start ?? line.promised?.start ?? finish
  if (!start || !finish) return null
  return { start: startOf(start), finish: Math.max(endOf(finish), endOf(start)) }
}

export const isUndated = (line: Line): boolean => spanOf(line) === null
export const isLate = (line: Line): boolean => line.health === 'late'
const isBehind = (row: LineRow): boolean => !row.done && row.promised !== null && row.finish > row.promised

/** Progress of a group: of its projects by their tasks, those without a plan left out. */
function shareOf(lines: readonly Line[]): number {
  const known = lines.filter(line => line.progress !== null && (line.tasks ?? 0) > 0)
  const all = known.reduce((sum, line) => sum + (line.tasks ?? 0), 0)
  return all === 0 ? 0 : known.reduce((sum, line) => sum + (line.progress ?? 0) * (line.tasks ?? 0), 0) / all
}

const baseline = (start: string, finish: string) => ({
  baselines: [{ number: 0, start: startOf(start), finish: endOf(finish) }],
})

const projectTask = (line: Line): Omit<Task, 'duration' | 'constraint'> => ({
  ...{ id: line.id, name: line.name, code: line.code, kind: 'task' },
  percentComplete: 100 * (line.progress ?? 0),
  ...(line.contract ? { deadline: endOf(line.contract) } : {}),
  ...(line.manager ? { responsible: line.manager } : {}),
  ...(line.promised ? baseline(line.promised.start, line.promised.finish) : {}),
})

const rowTask = (row: LineRow, project: string): Omit<Task, 'duration' | 'constraint'> => ({
  ...{ id: row.id, name: row.name, parent: row.parent ?? project },
  kind: row.kind === 'milestone' ? 'milestone' : row.kind === 'summary' ? 'summary' : 'task',
  percentComplete: row.done ? 100 : (row.percent ?? 0),
  ...(row.kind === 'milestone' ? { milestone: true } : {}),
  ...(row.promised ? baseline(row.kind === 'milestone' ? row.promised : row.start, row.promised) : {}),
})

const pointsOf = (line: Line): readonly Point[] => [
  ...(line.published ? [{ at: endOf(line.published.finish), kind: 'published' } as const] : []),
  ...line.rows.flatMap((row): Point[] =>
    row.kind === 'milestone' ? [{ at: endOf(row.finish), kind: 'milestone', done: row.done, late: isBehind(row) }] : [],
  ),
]

/** Parents before their children, children right below them. */
function inOrder(rows: readonly LineRow[]): readonly LineRow[] {
  const below = new Map<string | null, LineRow[]>()
  const ids = new Set(rows.map(row => row.id))
  for (const row of rows) {
    const key = row.parent !== null && ids.has(row.parent) ? row.parent : null
    below.set(key, [...(below.get(key) ?? []), row])
  }
  const found: LineRow[] = []
  const walk = (parent: string | null) => {
    for (const row of below.get(parent) ?? []) {
      found.push(row)
      walk(row.id)
    }
  }
  walk(null)
  return found
}
