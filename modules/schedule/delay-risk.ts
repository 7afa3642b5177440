// 延误预测 of a plan: its open tasks by how likely they finish later than promised, learned from finished work.
import { workClassOf } from '@yingzao/engines/duration-advice'
import { type DelayForecast, forecastDelays, type WatchedTask } from '@yingzao/engines/prediction'
import type { Plan, Task } from '@yingzao/engines/schedule/plan'
import type { History } from './history-shape.ts'
import { promiseOf } from './promise.ts'

export interface PlanDelays extends DelayForecast {
  /** Open tasks without a baseline: nothing was promised of them. */
  readonly unpromised: number
  /** Open tasks in all. */
  readonly open: number
}

const isWork = ({ kind, inactive, external }: Task): boolean =>
  (kind === 'task' || kind === 'resource_dependent') && !inactive && !external

/** `now`: minutes of the plan; its own tasks are taken from the plan, those of other plans from the history. */
export function delaysOfPlan(id: string, plan: Plan, history: History, now: number): PlanDelays {
  const others = history.tasks.flatMap((each): WatchedTask[] => {
    if (each.plan === id || each.promised === null) return []
    const { plan: of, start, finish, promised, responsible, before, after, constrained } = each
    return [
      {
        id: each.id,
        plan: of,
        class: workClassOf(each.name),
        responsible,
        promised,
        start,
        finish,
        before,
        after,
        constrained,
      },
    ]
  })
  const before = new Map<string, string[]>()
  const after = new Map<string, number>()
  for (const { from, to } of plan.links) {
    before.set(to, [...(before.get(to) ?? []), from])
    after.set(from, (after.get(from) ?? 0) + 1)
  }
  const work = plan.tasks.filter(isWork)
  const own = work.flatMap((task): WatchedTask[] => {
    const promised = promiseOf(task)
    if (!promised) return []
    return [
      {
        ...{ id: task.id, plan: id, class: workClassOf(task.name), responsible: task.responsible ?? null, promised },
        ...{ start: task.actualStart ?? null, finish: task.actualFinish ?? null },
        ...{ before: before.get(task.id) ?? [], after: after.get(task.id) ?? 0 },
        constrained: task.constraint.at !== undefined,
      },
    ]
  })
  const open = work.filter(each => each.actualFinish === undefined && (each.percentComplete ?? 0) < 100)
  const asked = new Set(open.map(each => each.id))
  const unpromised = open.filter(each => promiseOf(each) === null).length
  return { ...forecastDelays([...others, ...own], asked, now), unpromised, open: open.length }
}
