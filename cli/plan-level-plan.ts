// The answer of `plan level` for a plan with calendars: dates per task, who waits for which resource, what stays overloaded.
import { type Difference, levelPlan } from '@yingzao/engines/levelling'
import { calendarClock, type Plan } from '@yingzao/engines/schedule'
import type { Answer, Terminal } from './command.ts'
import { dateText, isOwn, planError, scheduleErrorText, shownId, textTable } from './plan-file-argument.ts'
import { everySecond, type LevelArguments, secondsSince } from './plan-level-argument.ts'

type ShownReason =
  | {
      code: 'levelling.waits_for_resource'
      resource: string
      from: string | null
      until: string | null
      holders: readonly (string | number)[]
    }
  | { code: 'levelling.released' | 'levelling.published' | 'levelling.assigned' }
  | { code: 'levelling.follows'; predecessor?: string | number }

/** Levels the plan, or ends with what is wrong in it. The file is not changed. */
export function levelledPlanAnswer(plan: Plan, asked: LevelArguments, terminal: Terminal): Answer {
  const began = performance.now()
  const tell = everySecond(terminal)
  const outcome = levelPlan(plan, {
    budget: asked.budget,
    seed: asked.seed,
    withinSlack: asked.withinSlack,
    onProgress: ({ share, schedules, finish }) =>
      tell(() => `${Math.round(share * 100)} %  ${schedules} 个方案 | schedules  ${dateText(finish)}`),
  })
  if (!outcome.ok) {
    if (outcome.error.code === 'levelling.from_finish')
      throw planError(outcome.error.code, {
        zh: '该计划从完成日期倒排，无法延后任务；请改为从开始日期排程。',
        en: 'The plan is scheduled from its finish, where tasks cannot be delayed; schedule it from its start.',
      })
    throw planError(outcome.error.code, scheduleErrorText(plan, outcome.error))
  }
  const { levelled } = outcome
  const clock = calendarClock(plan.calendars, plan.options.calendar)
  const work = (to: number): number =>
    clock.ok ? Math.round(clock.clock.work(levelled.unlevelled.start, to)) : to - levelled.unlevelled.start
  const tasks = new Map(plan.tasks.map(task => [task.id, task]))
  const resources = new Map(plan.resources.map(resource => [resource.id, resource.name]))
  const shown = (id: string): string | number => shownId(tasks.get(id)!)
  const dates = new Map(levelled.schedule.tasks.map(task => [task.id, task]))
  const own = plan.tasks.filter(task => isOwn(plan, task) && dates.has(task.id))
  const stretch = (o: (typeof levelled.unresolved)[number]) => ({
    resource: resources.get(o.resource) ?? o.resource,
    from: dateText(o.from),
    to: dateText(o.to),
    used: o.used,
    capacity: o.capacity,
    tasks: o.tasks.map(shown),
  })
  const reason = ({ reason: why }: Difference): ShownReason =>
    why.code === 'levelling.waits_for_resource'
      ? {
          code: why.code,
          resource: resources.get(why.resource) ?? why.resource,
          from: dateText(why.from),
          until: dateText(why.until),
          holders: why.holders.map(shown),
        }
      : why.code === 'levelling.follows'
        ? { code: why.code, ...(why.predecessor !== undefined && { predecessor: shown(why.predecessor) }) }
        : { code: why.code }
  const differences = levelled.differences.map(d => ({
    id: shown(d.task),
    name: tasks.get(d.task)!.name,
    startBefore: dateText(d.startBefore),
    start: dateText(d.startAfter),
    finishBefore: dateText(d.finishBefore),
    finish: dateText(d.finishAfter),
    movedMinutes: d.moved,
    delayMinutes: d.delay,
    reason: reason(d),
    ...(d.assigned && { assigned: d.assigned.map(each => resources.get(each.resource) ?? each.resource) }),
  }))
  const document = {
    project: plan.name,
    makespan: work(levelled.finish),
    criticalPathLength: work(levelled.unlevelled.finish),
    lowerBound: work(levelled.lowerBound),
    proved: levelled.proved,
    ...(levelled.bottleneck !== undefined && { bottleneck: resources.get(levelled.bottleneck) }),
    schedules: levelled.schedules,
    seconds: secondsSince(began),
    finishBefore: dateText(levelled.finishBefore),
    finish: dateText(levelled.finish),
    start: own.map(task => dateText(dates.get(task.id)!.start)),
    differences,
    unresolved: levelled.unresolved.map(stretch),
  }
  const minutes = plan.options.minutesPerDay
  return {
    document,
    text: () =>
      [
        `${plan.name}  ${document.finishBefore} → ${document.finish}  ${levelled.schedules} 个方案 | schedules`,
        differences.length === 0
          ? '无需移动任务 | no task moves'
          : textTable(
              ['ID', '+d', '开始 | start', '原因 | reason', '名称 | name'],
              differences.map(d => [
                String(d.id),
                `+${Math.round((d.movedMinutes / minutes) * 10) / 10}`,
                d.start ?? '',
                d.reason.code === 'levelling.waits_for_resource'
                  ? `等待 | waits for ${d.reason.resource} → ${d.reason.until} (${d.reason.holders.join(', ')})`
                  : 'predecessor' in d.reason
                    ? `随 | follows ${d.reason.predecessor}`
                    : (d.assigned ?? []).join(', '),
                d.name,
              ]),
            ),
        ...document.unresolved.map(
          o =>
            `未能消除的超载 | unresolved overload: ${o.resource} ${o.from} – ${o.to}  ${o.used} > ${o.capacity}  (${o.tasks.join(', ')})`,
        ),
      ].join('\n'),
  }
}
