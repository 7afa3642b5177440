// A plan as a sheet that reads back as the same plan: numbered rows, dotted levels, durations in days, predecessors as typed.
import type { Writable } from 'node:stream'
import { formatDuration } from '@yingzao/engines/plan-text/duration'
import { formatPredecessors } from '@yingzao/engines/plan-text/predecessor'
import { formatMinute } from '@yingzao/engines/schedule/civil'
import type { Plan, Task } from '@yingzao/engines/schedule/plan'
import type { Schedule } from '@yingzao/engines/schedule/result'
import type { CellValue, Column } from '../cell.ts'
import type { LossLog } from '../loss.ts'
import { writeSheet } from '../xlsx/write.ts'

type Lang = 'zh' | 'en'

const headers: readonly { readonly zh: string; readonly en: string; readonly width: number }[] = [
  { zh: '序号', en: 'No', width: 7 },
  { zh: '层级', en: 'Level', width: 7 },
  { zh: 'WBS', en: 'WBS', width: 12 },
  { zh: '任务名称', en: 'Task name', width: 40 },
  { zh: '工期', en: 'Duration', width: 12 },
  { zh: '开始时间', en: 'Start', width: 13 },
  { zh: '完成时间', en: 'Finish', width: 13 },
  { zh: '前置任务', en: 'Predecessors', width: 18 },
  { zh: '完成百分比', en: '% complete', width: 12 },
  { zh: '实际开始', en: 'Actual start', width: 13 },
  { zh: '实际完成', en: 'Actual finish', width: 13 },
  { zh: '资源', en: 'Resources', width: 24 },
  { zh: '里程碑', en: 'Milestone', width: 9 },
  { zh: '最后期限', en: 'Deadline', width: 13 },
  { zh: '固定成本', en: 'Fixed cost', width: 14 },
  { zh: '备注', en: 'Notes', width: 30 },
]
const dates = new Set([5, 6, 9, 10, 13])

/** Writes the plan with its computed dates and ends the stream. What a sheet has no place for is told. */
export async function writePlanTable(
  stream: Writable,
  plan: Plan,
  schedule: Schedule,
  lang: Lang,
  losses: LossLog,
): Promise<void> {
  const columns = headers.map(
    (each, at): Column => ({
      ...{ header: each[lang], width: each.width, kind: dates.has(at) ? 'date' : at === 14 ? 'number' : 'text' },
      ...(at === 14 ? { decimals: 2 } : {}),
    }),
  )
  tellLosses(plan, losses)
  await writeSheet(stream, columns, rowsOf(plan, schedule, lang), { sheet: lang === 'zh' ? '进度计划' : 'Plan' })
}

function* rowsOf(plan: Plan, schedule: Schedule, lang: Lang): Generator<CellValue[]> {
  const place = new Map(plan.tasks.map((task, at) => [task.id, at]))
  const level = (task: Task): number => {
    const parent = task.parent === undefined ? undefined : plan.tasks[place.get(task.parent) ?? -1]
    return parent ? level(parent) + 1 : 1
  }
  const into = groupBy(plan.links, link => link.to)
  const assigned = groupBy(plan.assignments, each => each.task)
  const names = new Map(plan.resources.map(each => [each.id, each.name]))
  const day = (minute: number | undefined) => (minute === undefined ? null : formatMinute(minute).slice(0, 10))
  for (const [at, task] of plan.tasks.entries()) {
    const computed = schedule.tasks[at]
    const links = into.get(task.id) ?? []
    const isSummary = task.kind === 'summary'
    yield [
      at + 1,
      level(task),
      task.code ?? null,
      task.name,
      isSummary ? null : formatDuration(lang, task.duration, plan.options, { elapsed: task.elapsed ?? false }),
      day(computed?.start),
      day(computed?.finish),
      formatPredecessors(lang, links, id => String((place.get(id) ?? -1) + 1), plan.options) || null,
      task.percentComplete ? `${Math.round(task.percentComplete)}%` : null,
      day(task.actualStart),
      day(task.actualFinish),
      (assigned.get(task.id) ?? [])
        .map(each => `${names.get(each.resource) ?? ''}${each.units === 1 ? '' : `[${Math.round(each.units * 100)}%]`}`)
        .join(',') || null,
      task.kind === 'milestone' || task.kind === 'start_milestone' || task.milestone
        ? lang === 'zh'
          ? '是'
          : 'Yes'
        : null,
      day(task.deadline),
      task.fixedCost ?? null,
      task.notes ?? null,
    ]
  }
}

function groupBy<T>(items: readonly T[], key: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const item of items) {
    const known = groups.get(key(item))
    if (known) known.push(item)
    else groups.set(key(item), [item])
  }
  return groups
}

function tellLosses(plan: Plan, losses: LossLog): void {
  if (plan.calendars.length > 1)
    losses.add('target', 'calendar/several', plan.calendars.map(each => each.name).join(', '))
  for (const task of plan.tasks) {
    const { constraint, responsible, segments, baselines } = task
    if (constraint.type !== 'asap' && constraint.type !== 'start_no_earlier_than')
      losses.add('target', 'task/constraint', task.name)
    if (responsible !== undefined) losses.add('target', 'task/responsible', task.name)
    if (segments && segments.length > 1) losses.add('target', 'task/segments', task.name)
    if (baselines && baselines.length > 0) losses.add('target', 'task/baselines', task.name)
  }
}
