// What a plan looks like some months in: a baseline, finished work with its actual dates, some of it slower than planned.
import { isDeepStrictEqual } from 'node:util'
import { calendarClock, compute, type Plan, type PlanEdit, type Schedule, type Task } from '@yingzao/engines/schedule'
import type { Client } from '@yingzao/platform/client'

function dates(plan: Plan): Schedule {
  const outcome = compute(plan)
  if (!outcome.ok) throw new Error(`the demo plan cannot be computed: ${JSON.stringify(outcome.error)}`)
  return outcome.schedule
}

export interface Progressed {
  readonly plan: Plan
  /** Finish of the plan as it was promised. */
  readonly promised: number
}

/**
 * `slip`: every so many finished tasks one took half as long again; 0 = none. The promised dates become baseline 0, the
 * rest follows from what happened.
 */
export function progressed(plan: Plan, statusDate: number, slip: number): Progressed {
  const promise = dates(plan)
  const withBaseline = plan.tasks.map((task, index): Task => {
    const at = promise.tasks[index]
    if (!at) return task
    const { start, finish, duration } = at
    const cost = task.cost === undefined ? {} : { cost: task.cost }
    return { ...task, baselines: [{ number: 0, start, finish, duration, ...cost }] }
  })
  let done = 0
  const slower = withBaseline.map((task, index): Task => {
    const at = promise.tasks[index]
    if (!at || task.kind !== 'task' || at.finish > statusDate) return task
    done++
    return slip > 0 && done % slip === 0 ? { ...task, duration: Math.round((task.duration * 1.5) / 480) * 480 } : task
  })
  const options = { ...plan.options, statusDate }
  const now = dates({ ...plan, options, tasks: slower })
  const clock = calendarClock(plan.calendars, plan.options.calendar)
  if (!clock.ok) throw new Error(clock.error.code)
  const tasks = slower.map((task, index): Task => {
    const at = now.tasks[index]
    if (!at || task.kind === 'summary' || at.start >= statusDate) return task
    if (at.finish <= statusDate)
      return {
        ...task,
        percentComplete: 100,
        actualStart: at.start,
        actualFinish: at.finish,
        actualDuration: task.duration,
        remainingDuration: 0,
      }
    const worked = Math.min(clock.clock.work(at.start, statusDate), Math.max(0, task.duration - 60))
    const percent = Math.floor((100 * worked) / Math.max(1, task.duration))
    const actual = Math.round((task.duration * percent) / 100)
    return {
      ...task,
      percentComplete: percent,
      actualStart: at.start,
      actualDuration: actual,
      remainingDuration: task.duration - actual,
    }
  })
  return { plan: { ...plan, options, tasks }, promised: promise.finish }
}

/** What progress changes of a task. */
const moving = [
  'duration',
  'percentComplete',
  'actualStart',
  'actualFinish',
  'actualDuration',
  'remainingDuration',
  'extra',
] as const

/** Enters what became of a plan since: as its manager does it, in one edit. The tasks stand in the same order. */
export async function bringUp(manager: Client, id: string, now: Plan): Promise<void> {
  const { plan, revision } = await manager.entity('plan').read<{ plan: Plan; revision: number }>(id, 'load')
  const edits = plan.tasks.flatMap((task, at): PlanEdit[] => {
    const wanted = now.tasks[at]
    if (!wanted || wanted.kind === 'summary') return []
    const changed = moving.filter(name => !isDeepStrictEqual(task[name], wanted[name]) && wanted[name] !== undefined)
    if (changed.length === 0) return []
    return [{ kind: 'task.set', id: task.id, patch: Object.fromEntries(changed.map(name => [name, wanted[name]])) }]
  })
  const { statusDate } = now.options
  if (statusDate !== undefined) edits.push({ kind: 'options.set', patch: { statusDate } })
  await manager.entity('plan').run(id, 'edit', { base: revision, edits, summary: '' })
}
