// Tasks, their links and baselines as elements of Microsoft Project XML.
import type { Schedule, TaskDates } from '@yingzao/engines/schedule'
import type {
  Constraint,
  ConstraintType,
  Lag,
  Link,
  Plan,
  StoredDates,
  Task,
  TaskBaseline,
} from '@yingzao/engines/schedule/plan'
import { fieldTexts } from '../field.ts'
import { pushTo } from '../group.ts'
import type { LossLog } from '../loss.ts'
import { type Element, element } from '../xml/write.ts'
import { taskOrder } from './order.ts'
import { baselineSpec, constraintType, linkType, storedFields, taskSpec } from './record.ts'
import { durationFormat } from './unit.ts'
import { date } from './value.ts'
import type { Numbers } from './write.ts'
import type { CustomWriter } from './write-custom.ts'
import { recordElement } from './write-record.ts'

/** P6's bounds that pull but do not override logic: Microsoft's nearest words bind one side only. */
const nearest: Partial<Record<ConstraintType, ConstraintType>> = {
  start_on: 'start_no_earlier_than',
  finish_on: 'finish_no_later_than',
  expected_finish: 'finish_no_later_than',
}

export function* taskElements(
  plan: Plan,
  numbers: Numbers,
  custom: CustomWriter,
  schedule: Schedule | undefined,
  losses: LossLog,
): Generator<Element> {
  const links = new Map<string, Link[]>()
  for (const link of plan.links) pushTo(links, link.to, link)
  const computed = new Map(schedule?.tasks.map(t => [t.id, t]))
  const outline = outlineOf(plan)
  const rows = rowsOf(plan)
  const parents = new Set(plan.tasks.map(t => t.parent))
  for (const task of plan.tasks) {
    // Only what has rows below it is a summary to Project: an empty WBS element becomes an ordinary row.
    if (task.kind === 'summary' && !task.projectSummary && !parents.has(task.id))
      losses.add('target', 'summary/without tasks', task.name)
    const { level, number } = outline.get(task.id) ?? { level: 1, number: '' }
    const texts = fieldTexts(taskSpec.fields, task)
    for (const field of storedFields) {
      const text = field.write(datesOf(task, computed.get(task.id)))
      if (text !== undefined) texts[field.element] = text
    }
    texts.UID = String(numbers.task.get(task.id) ?? 0)
    texts.ID = String(rows.get(task.id) ?? 0)
    texts.IsNull = '0'
    texts.OutlineNumber = number
    texts.OutlineLevel = String(level)
    texts.Summary = task.kind === 'summary' ? '1' : '0'
    texts.DurationFormat = String(durationFormat(task.durationUnit, task.elapsed, task.estimated))
    if (task.durationUnit === undefined && !task.elapsed) texts.DurationFormat = task.estimated ? '53' : '21'
    // Its mere presence tells Project that nobody has entered dates yet.
    if (task.placeholder) texts.StartText = task.extra?.StartText ?? ''
    const isMilestone = task.milestone ?? (task.kind === 'milestone' || task.kind === 'start_milestone')
    texts.Milestone = isMilestone ? '1' : '0'
    if (task.recurring) texts.Recurring = '1'
    if (task.effort === 'fixed_duration_and_units') texts.Type = '1'
    if (task.percentComplete !== undefined) texts.PercentComplete = String(Math.round(task.percentComplete))
    if (task.levelingDelay !== undefined) texts.LevelingDelayFormat = '8'
    const calendar = task.calendar === undefined ? undefined : numbers.calendar.get(task.calendar)
    texts.CalendarUID = String(calendar ?? -1)
    const bound = writableConstraint(task.constraint, losses)
    texts.ConstraintType = constraintType.write(bound.type)
    if (bound.at !== undefined) texts.ConstraintDate = date.write(bound.at)
    report(task, losses)
    const nested = [
      ...(links.get(task.id) ?? []).flatMap(link => linkElement(link, numbers, losses)),
      ...custom.values('task', task.custom),
      ...(task.baselines ?? []).map(baselineElement),
    ]
    yield recordElement({ name: 'Task', order: taskOrder, texts, extra: task.extra, nested }, losses)
  }
}

function datesOf(task: Task, computed: TaskDates | undefined): StoredDates {
  if (!computed) {
    const { start = task.manualStart, finish = task.manualFinish } = task.stored ?? {}
    return { ...task.stored, ...(start !== undefined && { start }), ...(finish !== undefined && { finish }) }
  }
  return computed
}

/** Level and number of each row: the project's own row is level 0, all others count from 1. */
function outlineOf(plan: Plan): Map<string, { level: number; number: string }> {
  const outline = new Map<string, { level: number; number: string }>()
  const counts = new Map<string, number>()
  for (const task of plan.tasks) {
    if (task.projectSummary) {
      outline.set(task.id, { level: 0, number: '0' })
      continue
    }
    const parent = task.parent === undefined ? undefined : outline.get(task.parent)
    const key = parent && parent.level > 0 ? (task.parent ?? '') : ''
    const count = (counts.get(key) ?? 0) + 1
    counts.set(key, count)
    outline.set(task.id, {
      level: (parent?.level ?? 0) + 1,
      number: parent && parent.level > 0 ? `${parent.number}.${count}` : String(count),
    })
  }
  return outline
}

/** Row numbers of the source where they ascend, else counted anew. */
function rowsOf(plan: Plan): Map<string, number> {
  const given = plan.tasks.map(t => t.row)
  const ascending = given.every((row, i) => row !== undefined && (i === 0 || row > (given[i - 1] ?? -1)))
  const first = plan.tasks[0]?.projectSummary ? 0 : 1
  return new Map(plan.tasks.map((task, i) => [task.id, (ascending ? task.row : undefined) ?? first + i]))
}

function writableConstraint(constraint: Constraint, losses: LossLog): Constraint {
  const type = nearest[constraint.type]
  if (type === undefined) return constraint
  losses.add('target', 'task/constraint', constraint.type)
  return { ...constraint, type }
}

function report(task: Task, losses: LossLog): void {
  const unsaid: readonly (readonly [string, boolean])[] = [
    ['task/constraint2', task.constraint2 !== undefined],
    ['task/kind', ['resource_dependent', 'level_of_effort', 'wbs_summary', 'start_milestone'].includes(task.kind)],
    ['task/recurrence', task.recurrence !== undefined],
    ['task/effort', task.effort === 'fixed_duration_and_units'],
    ['task/externalEarlyStart', task.externalEarlyStart !== undefined],
    ['task/externalLateFinish', task.externalLateFinish !== undefined],
    ['task/percentComplete', task.percentComplete !== undefined && !Number.isInteger(task.percentComplete)],
  ]
  for (const [path, lost] of unsaid) if (lost) losses.add('target', path, task.code ?? task.name)
}

function linkElement(link: Link, numbers: Numbers, losses: LossLog): Element[] {
  const from = numbers.task.get(link.from)
  if (from === undefined) {
    losses.add('reference', 'link/from', link.from)
    return []
  }
  return [
    element('PredecessorLink', [
      ['PredecessorUID', String(from)],
      ['Type', linkType.write(link.type)],
      ['CrossProject', '0'],
      ['LinkLag', String(lagNumber(link.lag))],
      ['LagFormat', String(lagFormat(link))],
    ]),
  ]
}

const lagNumber = (lag: Lag): number => ('percent' in lag ? lag.percent : Math.round(lag.minutes * 10))

function lagFormat(link: Link): number {
  switch (link.lag.kind) {
    case 'percent':
      return 19
    case 'elapsed_percent':
      return 20
    default:
      return durationFormat(link.lagUnit, link.lag.kind === 'elapsed')
  }
}

export const baselineElement = (baseline: TaskBaseline): Element =>
  element(
    'Baseline',
    ['Number', 'Start', 'Finish', 'Duration', 'Work', 'Cost'].map(
      name => [name, fieldTexts(baselineSpec.fields, baseline)[name]] as const,
    ),
  )
