// Tasks of a plan as XER rows: summaries as WBS elements, the others as activities with links and assignments.
import type { Schedule, TaskDates } from '@yingzao/engines/schedule'
import type { Assignment, Constraint, Link, Plan, Task, TaskKind } from '@yingzao/engines/schedule/plan'
import { fieldTexts, type Texts } from '../field.ts'
import type { LossLog } from '../loss.ts'
import { assignmentSpec, constraintType, linkType, taskKind, taskSpec } from './record.ts'
import { date, hours } from './value.ts'

/** Numbers of the rows of one plan. */
export interface PlanNumbers {
  project: number
  wbs: ReadonlyMap<string, number>
  task: ReadonlyMap<string, number>
  calendar(id: string | undefined): string | undefined
  resource(id: string): { rsrc_id?: string; role_id?: string } | undefined
}

/** WBS rows in outline order; the first is the project's own element. */
export function wbsRows(plan: Plan, numbers: PlanNumbers, root: number, losses: LossLog): Texts[] {
  const codes = new Map<string, string>()
  const rows: Texts[] = []
  const isOwn = plan.tasks[0]?.projectSummary === true
  if (!isOwn)
    rows.push({
      wbs_id: String(root),
      seq_num: '0',
      proj_node_flag: 'Y',
      wbs_short_name: plan.name,
      wbs_name: plan.title ?? plan.name,
    })
  for (const [index, task] of plan.tasks.entries()) {
    if (task.kind !== 'summary') continue
    const above = task.parent === undefined ? undefined : codes.get(task.parent)
    const code = task.code ?? String(index + 1)
    codes.set(task.id, code)
    const isRoot = isOwn && index === 0
    const parent = isRoot
      ? undefined
      : String((task.parent === undefined ? undefined : numbers.wbs.get(task.parent)) ?? root)
    if (task.constraint.type !== 'asap') losses.add('target', 'summary/constraint', task.name)
    if (task.notes) losses.add('target', 'summary/notes', task.name)
    if (Number(task.fixedCost ?? 0) !== 0) losses.add('target', 'summary/fixedCost', task.name)
    rows.push({
      ...task.extra,
      wbs_id: String(numbers.wbs.get(task.id)),
      seq_num: String(index),
      proj_node_flag: isRoot ? 'Y' : 'N',
      wbs_short_name: above !== undefined && code.startsWith(`${above}.`) ? code.slice(above.length + 1) : code,
      wbs_name: task.name,
      parent_wbs_id: parent,
    })
  }
  return rows
}

function kindOf(task: Task, losses: LossLog): TaskKind {
  if (task.kind === 'task' && task.duration === 0 && task.milestone) return 'milestone'
  if (task.milestone && task.duration > 0) losses.add('target', 'task/milestone', task.name)
  return task.kind
}

export function taskRow(
  plan: Plan,
  task: Task,
  numbers: PlanNumbers,
  root: number,
  computed: TaskDates | undefined,
  losses: LossLog,
): Texts {
  const texts = fieldTexts(taskSpec.fields, { ...task, kind: kindOf(task, losses) })
  const at = (minute: number | undefined): string | undefined => (minute === undefined ? undefined : date.write(minute))
  const dates = computed ?? task.stored ?? {}
  const isDone = task.actualFinish !== undefined || (plan.mode === 'ms' && (task.percentComplete ?? 0) >= 100)
  const isStarted = isDone || task.actualStart !== undefined
  const remaining =
    task.remainingDuration ?? (isDone ? 0 : Math.round(task.duration * (1 - (task.percentComplete ?? 0) / 100)))
  const early = { start: at(dates.earlyStart), finish: at(dates.earlyFinish) }
  const suspends = plan.mode === 'p6'
  return {
    ...task.extra,
    ...texts,
    task_id: String(numbers.task.get(task.id)),
    wbs_id: String((task.parent === undefined ? undefined : numbers.wbs.get(task.parent)) ?? root),
    clndr_id: task.elapsed
      ? numbers.calendar('24h')
      : (numbers.calendar(task.calendar) ?? numbers.calendar(plan.options.calendar)),
    task_type: taskKind.write(kindOf(task, losses)) ?? 'TT_Task',
    task_code: task.code ?? String(task.row ?? task.id),
    status_code: isDone ? 'TK_Complete' : isStarted ? 'TK_Active' : 'TK_NotStart',
    remain_drtn_hr_cnt: hours.write(remaining),
    suspend_date: suspends ? texts.suspend_date : undefined,
    resume_date: suspends ? texts.resume_date : undefined,
    ...bounds(task, losses),
    total_float_hr_cnt: dates.totalFloat === undefined || isDone ? undefined : hours.write(dates.totalFloat),
    free_float_hr_cnt: dates.freeFloat === undefined || isDone ? undefined : hours.write(dates.freeFloat),
    ...(task.stored?.totalFloat !== undefined &&
      !computed && { total_float_hr_cnt: hours.write(task.stored.totalFloat) }),
    ...(task.stored?.freeFloat !== undefined && !computed && { free_float_hr_cnt: hours.write(task.stored.freeFloat) }),
    early_start_date: early.start,
    early_end_date: early.finish,
    late_start_date: at(dates.lateStart),
    late_end_date: at(dates.lateFinish),
    restart_date: isDone ? undefined : early.start,
    reend_date: isDone ? undefined : early.finish,
    rem_late_start_date: isDone ? undefined : at(dates.lateStart),
    rem_late_end_date: isDone ? undefined : at(dates.lateFinish),
    target_start_date: task.extra?.target_start_date ?? at(task.actualStart) ?? early.start ?? at(dates.start),
    target_end_date: task.extra?.target_end_date ?? at(task.actualFinish) ?? early.finish ?? at(dates.finish),
    driving_path_flag: (computed ? computed.longestPath : plan.options.criticalBy === 'longest_path' && dates.critical)
      ? 'Y'
      : 'N',
  }
}

/** P6 keeps two bounds and the expected finish apart; Microsoft's by-hand tasks become mandatory starts. */
function bounds(task: Task, losses: LossLog): Texts {
  const out: Record<string, string | undefined> = { cstr_type: undefined, cstr_type2: undefined }
  const put = (bound: Constraint | undefined, type: string, at: string): void => {
    if (!bound || bound.type === 'asap') return
    if (bound.type === 'expected_finish')
      out.expect_end_date = bound.at === undefined ? undefined : date.write(bound.at)
    else {
      out[type] = constraintType.write(bound.type)
      out[at] = bound.at === undefined ? undefined : date.write(bound.at)
    }
  }
  if (task.manual && task.manualStart !== undefined) {
    losses.add('target', 'task/manual', task.name)
    put({ type: 'must_start_on', at: task.manualStart }, 'cstr_type', 'cstr_date')
  } else put(task.constraint, 'cstr_type', 'cstr_date')
  put(task.constraint2, 'cstr_type2', 'cstr_date2')
  return out
}

/** What an activity of P6 has no place for. */
export function reportTask(task: Task, losses: LossLog): void {
  const unsaid: readonly (readonly [string, boolean])[] = [
    ['task/recurrence', task.recurrence !== undefined],
    ['task/deadline', task.deadline !== undefined],
    ['task/inactive', task.inactive === true],
    ['task/segments', (task.segments?.length ?? 0) > 1],
    ['task/levelingDelay', (task.levelingDelay ?? 0) > 0],
    ['task/baselines', (task.baselines?.length ?? 0) > 0],
    ['task/ignoreResourceCalendar', task.ignoreResourceCalendar === true],
  ]
  for (const [path, lost] of unsaid) if (lost) losses.add('target', path, task.name)
}

/** Lag in hours; P6 counts every lag in one calendar, so percent and elapsed lags are converted. */
export function lagHours(plan: Plan, link: Link, losses: LossLog): string {
  const { lag } = link
  switch (lag.kind) {
    case 'working':
      return hours.write(lag.minutes) ?? '0'
    case 'elapsed':
      losses.add('target', 'link/elapsed lag', link.id)
      return hours.write(Math.round((lag.minutes * plan.options.minutesPerWeek) / 10080)) ?? '0'
    default: {
      losses.add('target', 'link/percent lag', link.id)
      const from = plan.tasks.find(t => t.id === link.from)
      return hours.write(Math.round(((from?.duration ?? 0) * lag.percent) / 100)) ?? '0'
    }
  }
}

export function linkRow(plan: Plan, link: Link, from: number, to: number, losses: LossLog): Texts {
  return {
    task_id: String(to),
    pred_task_id: String(from),
    pred_type: linkType.write(link.type),
    lag_hr_cnt: lagHours(plan, link, losses),
  }
}

export function assignmentRow(assignment: Assignment, task: number, resource: Texts): Texts {
  const texts = fieldTexts(assignmentSpec.fields, assignment)
  return {
    ...assignment.extra,
    ...texts,
    ...resource,
    task_id: String(task),
    act_reg_qty: hours.write(assignment.actualWork ?? 0),
    rate_type: assignment.rateTable ? `COST_PER_QTY${assignment.rateTable + 1}` : 'COST_PER_QTY',
    ...(assignment.rateTable === undefined && assignment.extra?.rate_type && { rate_type: assignment.extra.rate_type }),
  }
}

export const datesById = (schedule: Schedule | undefined): ReadonlyMap<string, TaskDates> =>
  new Map(schedule?.tasks.map(t => [t.id, t]))
