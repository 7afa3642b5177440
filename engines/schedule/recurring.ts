// Recurring tasks: a rule laid out as occurrences below a summary, as Microsoft Project does, and edited as one.
import { calendarClock } from './calendar.ts'
import { civilDate, dayOf, weekdayOf } from './civil.ts'
import type { PlanEdit } from './edit.ts'
import type { Plan, Recurrence, Task, TaskRecurrence } from './plan.ts'
import { eachOccurrence } from './recurrence.ts'

/** Most occurrences of one task (Microsoft Project's own limit is 999). */
export const MOST_OCCURRENCES = 999
const DAY = 1440

/**
 * The days of the occurrences, ascending, each once. A day without work in the plan's calendar goes to the next working day
 * or is left out, as the rule says.
 */
export function occurrenceDays(plan: Pick<Plan, 'calendars' | 'options'>, recurrence: TaskRecurrence): number[] {
  const { rule, fromDay, toDay, count, dayOff } = recurrence
  const outcome = calendarClock(plan.calendars, plan.options.calendar)
  const most = Math.min(count ?? MOST_OCCURRENCES, MOST_OCCURRENCES)
  // A rule without an end ends with its count; what falls on days off does not use it up.
  const last = toDay ?? fromDay + 366 * 40
  const days: number[] = []
  const exception = { name: '', fromDay, toDay: last, shifts: [], recurrence: rule, occurrences: 20_000 }
  eachOccurrence(exception, fromDay, last, day => {
    if (days.length >= most) return
    const works = !outcome.ok || outcome.clock.work(day * DAY, (day + 1) * DAY) > 0
    if (!works && dayOff === 'skip') return
    const at = works || !outcome.ok ? day : dayOf(outcome.clock.nextWorkStart(day * DAY))
    if (at <= last && at !== days.at(-1)) days.push(at)
  })
  return days
}

/**
 * A recurring task put into the plan, or changed as one: with `of` its summary is renamed and its occurrences follow the
 * rule. Occurrences with progress stay as they are; the rule goes on after the last of them.
 */
export function recurringEdits(
  plan: Plan,
  {
    name,
    recurrence,
    of,
    parent,
  }: {
    readonly name: string
    readonly recurrence: TaskRecurrence
    readonly of?: string
    readonly parent?: string
  },
  newId: () => string,
): PlanEdit[] {
  const days = occurrenceDays(plan, recurrence)
  const summary = of ?? newId()
  const head = { name, recurring: true, recurrence }
  const old = of === undefined ? [] : plan.tasks.filter(task => task.parent === of)
  const begun = old.filter(task => (task.percentComplete ?? 0) > 0 || task.actualStart !== undefined)
  const lastBegun = Math.max(-Infinity, ...begun.map(task => dayOf(task.constraint.at ?? task.actualStart ?? 0)))
  const coming = days.filter(day => day > lastBegun)
  const free = old.filter(task => !begun.includes(task))
  const edits: PlanEdit[] =
    of === undefined
      ? [
          {
            kind: 'task.add',
            task: {
              ...{ id: summary, kind: 'task', duration: 0, constraint: { type: 'asap' } },
              ...head,
              ...(parent === undefined ? {} : { parent }),
            },
          },
        ]
      : [{ kind: 'task.set', id: summary, patch: head }]
  for (const [index, day] of coming.entries()) {
    const row = {
      name: `${name} ${begun.length + index + 1}`,
      duration: recurrence.duration,
      constraint: { type: 'start_no_earlier_than', at: day * DAY + recurrence.at },
    } as const
    const known = free[index]
    if (known) edits.push({ kind: 'task.set', id: known.id, patch: row })
    else
      edits.push({
        kind: 'task.add',
        task: { ...{ id: newId(), kind: 'task', parent: summary, recurring: true }, ...row },
      })
  }
  const surplus = free.slice(coming.length).map(task => task.id)
  if (surplus.length > 0) edits.push({ kind: 'task.remove', ids: surplus })
  return edits
}

/** The rule that these days follow, when they follow a simple one: every n days, weeks on one weekday, or months on one day. */
export function ruleOf(days: readonly number[]): Recurrence | undefined {
  const [first, second] = days
  if (first === undefined || second === undefined) return undefined
  const gap = second - first
  if (gap > 0 && days.every((day, at) => at === 0 || day - (days[at - 1] ?? 0) === gap))
    return gap % 7 === 0 ? { kind: 'weekly', every: gap / 7, days: [weekdayOf(first)] } : { kind: 'daily', every: gap }
  const dates = days.map(civilDate)
  const [a, b] = dates
  if (!a || !b) return undefined
  const month = (date: { year: number; month: number }) => date.year * 12 + date.month
  const step = month(b) - month(a)
  const monthly = step > 0 && dates.every((date, at) => date.day === a.day && month(date) === month(a) + step * at)
  return monthly ? { kind: 'monthly_day', every: step, day: a.day } : undefined
}

/**
 * Marks what a file calls recurring: a summary whose rows all start no earlier than a day of their own and bear its name with
 * a number. `says` tells of a task whether the file marks it. Rules are taken from the days when they are simple.
 */
export function markRecurring(tasks: readonly Task[], says: (task: Task) => boolean): readonly Task[] {
  const below = new Map<string, Task[]>()
  for (const task of tasks) {
    if (task.parent === undefined) continue
    const known = below.get(task.parent)
    if (known) known.push(task)
    else below.set(task.parent, [task])
  }
  const marks = new Map<string, Partial<Task>>()
  for (const task of tasks) {
    const children = below.get(task.id) ?? []
    if (children.length === 0 || !says(task) || task.projectSummary) continue
    const occurrence = (child: Task) =>
      says(child) &&
      !below.has(child.id) &&
      child.constraint.type === 'start_no_earlier_than' &&
      child.constraint.at !== undefined &&
      child.name.startsWith(`${task.name} `) &&
      /^\d+$/.test(child.name.slice(task.name.length + 1))
    if (!children.every(occurrence)) continue
    for (const child of children) marks.set(child.id, { recurring: true })
    const starts = children.map(child => child.constraint.at ?? 0)
    const [first] = starts
    const rule = ruleOf(starts.map(dayOf))
    const recurrence: TaskRecurrence | undefined =
      rule && first !== undefined
        ? {
            ...{ rule, fromDay: dayOf(first), count: children.length, at: first - dayOf(first) * DAY },
            ...{ duration: children[0]?.duration ?? 0, dayOff: 'next' },
          }
        : undefined
    marks.set(task.id, { recurring: true, ...(recurrence && { recurrence }) })
  }
  if (marks.size === 0) return tasks
  return tasks.map(task => ({ ...task, ...marks.get(task.id) }))
}
