// The DCMA 14-point assessment of a plan and a score: each failed point names its tasks and the way to repair it.
import { addWork, type Clock, nextWorkStart, workBetween } from '../schedule/clock.ts'
import { clockShelf } from '../schedule/clock-shelf.ts'
import {
  compute,
  type Link,
  type Mode,
  type Plan,
  type Schedule,
  type ScheduleError,
  type Task,
  type TaskDates,
} from '../schedule/index.ts'
import {
  type CheckId,
  type CheckResult,
  checkScore,
  dcmaLimits,
  type Finding,
  type FindingCode,
  type Quality,
  type QualityLimits,
  type Repair,
} from './finding.ts'

export type QualityOutcome = { ok: true; quality: Quality } | { ok: false; error: ScheduleError }

interface Row {
  task: Task
  dates: TaskDates
  finished: boolean
  clock: Clock
}

interface Subject {
  plan: Plan
  schedule: Schedule
  limits: QualityLimits
  mode: Mode
  statusDate: number
  /** Tasks that are judged: neither summaries, level of effort nor inactive. */
  rows: readonly Row[]
  open: readonly Row[]
  byId: ReadonlyMap<string, Row>
  project: Clock
}

const day = (plan: Plan) => Math.max(1, plan.options.minutesPerDay)
const isMilestone = (task: Task) =>
  task.milestone === true || task.kind === 'milestone' || task.kind === 'start_milestone'

/**
 * Checks a plan. `limits` are data: the DCMA's unless given. Unfinished tasks are judged for logic, float, duration and
 * constraints; baselines (number 0) for missed tasks, BEI and the length index.
 */
export function checkQuality(plan: Plan, limits: QualityLimits = dcmaLimits, mode: Mode = plan.mode): QualityOutcome {
  const outcome = compute(plan, mode)
  if (!outcome.ok) return outcome
  const shelf = clockShelf(plan)
  const clockOf = (calendar: string): Clock => {
    const number = shelf.of(calendar)
    return shelf.clocks[typeof number === 'number' ? number : 0]!
  }
  const { schedule } = outcome
  const rows = plan.tasks.flatMap((task, i): Row[] => {
    const dates = schedule.tasks[i]
    const skipped =
      task.kind === 'summary' ||
      task.kind === 'wbs_summary' ||
      task.kind === 'level_of_effort' ||
      task.inactive ||
      task.external ||
      // Meetings and reports wait for nothing, as level of effort does not.
      task.recurring
    if (!dates || skipped) return []
    return [
      {
        task,
        dates,
        finished: task.actualFinish !== undefined,
        clock: clockOf(task.calendar ?? plan.options.calendar),
      },
    ]
  })
  const parents = new Set(plan.tasks.flatMap(({ parent }) => (parent === undefined ? [] : [parent])))
  const leaves = rows.filter(({ task }) => !parents.has(task.id))
  const subject: Subject = {
    ...{ plan, schedule, limits, mode, rows: leaves },
    statusDate: plan.options.statusDate ?? plan.options.start,
    open: leaves.filter(({ finished }) => !finished),
    byId: new Map(leaves.map(row => [row.task.id, row])),
    project: clockOf(plan.options.calendar),
  }
  const checks = [
    logic(subject),
    links(subject, 'leads', 'lead', 'split_lead_into_task', minutes => minutes < 0),
    links(subject, 'lags', 'lag', 'turn_lag_into_task', minutes => minutes > 0),
    relationshipTypes(subject),
    constraints(subject),
    floats(subject, 'high_float'),
    floats(subject, 'negative_float'),
    durations(subject),
    invalidDates(subject),
    resources(subject),
    missed(subject),
    pathTest(subject),
    lengthIndex(subject),
    executionIndex(subject),
  ]
  return { ok: true, quality: { checks, ...scored(checks, limits) } }
}

function scored(checks: readonly CheckResult[], limits: QualityLimits): { score: number; confidence: number } {
  let all = 0
  let judged = 0
  let sum = 0
  for (const check of checks) {
    const { weight } = limits.thresholds[check.id]
    all += weight
    if (check.passed === null) continue
    judged += weight
    sum += weight * checkScore(check)
  }
  return { score: judged > 0 ? Math.round((1000 * sum) / judged) / 10 : 100, confidence: all > 0 ? judged / all : 0 }
}

function result(
  { limits }: Subject,
  id: CheckId,
  value: number | null,
  of: number,
  findings: readonly Finding[],
  count = findings.length,
): CheckResult {
  const { side, limit } = limits.thresholds[id]
  const passed = value === null ? null : side === 'most' ? value <= limit + 1e-12 : value >= limit - 1e-12
  return { id, value, count, of, limit, side, passed, findings }
}

const share = (count: number, of: number): number | null => (of > 0 ? count / of : null)

/** Links that join judged tasks; a linked summary stands for its leaves and counts once. */
const realLinks = ({ plan }: Subject): readonly Link[] => {
  const inactive = new Set(plan.tasks.filter(task => task.inactive).map(({ id }) => id))
  return plan.links.filter(({ from, to }) => !inactive.has(from) && !inactive.has(to))
}

/** 1 Logic: unfinished tasks without predecessor or successor, the plan's one start and one end excepted. */
function logic(subject: Subject): CheckResult {
  const { plan, open, schedule } = subject
  const parentOf = new Map(plan.tasks.map(({ id, parent }) => [id, parent]))
  const linkedTo = new Set<string>()
  const linkedFrom = new Set<string>()
  for (const { from, to } of realLinks(subject)) {
    linkedFrom.add(from)
    linkedTo.add(to)
  }
  const covered = (id: string, linked: ReadonlySet<string>): boolean => {
    const seen = new Set<string>()
    for (let at: string | undefined = id; at !== undefined && !seen.has(at); at = parentOf.get(at)) {
      if (linked.has(at)) return true
      seen.add(at)
    }
    return false
  }
  const firsts = open.filter(({ task }) => !covered(task.id, linkedTo))
  const lasts = open.filter(({ task }) => !covered(task.id, linkedFrom))
  // One task may begin the plan and one may end it.
  const first = firsts.filter(({ dates }) => dates.start <= schedule.start)[0]
  const last = lasts.filter(({ dates }) => dates.finish >= schedule.finish).at(-1)
  const missing = [
    ...firsts.filter(row => row !== first).map(row => finding(row, 'no_predecessor', 'add_predecessor')),
    ...lasts.filter(row => row !== last).map(row => finding(row, 'no_successor', 'add_successor')),
  ]
  const count = new Set(missing.map(({ task }) => task)).size
  return result(subject, 'logic', share(count, open.length), open.length, missing, count)
}

function finding({ task }: Row, code: FindingCode, repair: Repair, value?: number): Finding {
  return { code, repair, task: task.id, ...(value !== undefined && { value }) }
}

function lagMinutes({ lag, from }: Link, byId: ReadonlyMap<string, Row>): number {
  if (lag.kind === 'working' || lag.kind === 'elapsed') return lag.minutes
  return (lag.percent / 100) * (byId.get(from)?.task.duration ?? 1)
}

/** 2 Leads, 3 Lags: links to unfinished tasks. */
function links(
  subject: Subject,
  id: 'leads' | 'lags',
  code: FindingCode,
  repair: Repair,
  bad: (minutes: number) => boolean,
): CheckResult {
  const judged = openLinks(subject)
  const findings = judged.flatMap((link): Finding[] => {
    const minutes = lagMinutes(link, subject.byId)
    return bad(minutes) ? [{ code, repair, task: link.to, link: link.id, value: minutes }] : []
  })
  return result(subject, id, share(findings.length, judged.length), judged.length, findings)
}

function openLinks(subject: Subject): readonly Link[] {
  const finished = new Set(subject.rows.filter(row => row.finished).map(({ task }) => task.id))
  return realLinks(subject).filter(({ to }) => !finished.has(to))
}

/** 4 Relationship types: share of finish-to-start. */
function relationshipTypes(subject: Subject): CheckResult {
  const judged = openLinks(subject)
  const findings = judged
    .filter(({ type }) => type !== 'FS')
    .map(
      ({ id, to }): Finding => ({
        code: 'other_than_finish_to_start',
        repair: 'use_finish_to_start',
        task: to,
        link: id,
      }),
    )
  const value = share(judged.length - findings.length, judged.length)
  return result(subject, 'relationship_types', value, judged.length, findings)
}

/** 5 Hard constraints: dates that logic cannot move a task past. */
function constraints(subject: Subject): CheckResult {
  const { open, mode, plan } = subject
  const hard = ({ type }: Task['constraint']) =>
    type === 'must_start_on' ||
    type === 'must_finish_on' ||
    ((type === 'start_no_later_than' || type === 'finish_no_later_than') &&
      (mode === 'p6' || plan.options.honorConstraints))
  const findings = open
    .filter(({ task }) => hard(task.constraint) || (task.constraint2 !== undefined && hard(task.constraint2)))
    .map(row => finding(row, 'hard_constraint', 'use_soft_constraint_or_deadline'))
  return result(subject, 'hard_constraints', share(findings.length, open.length), open.length, findings)
}

/** 6 High float, 7 negative float. */
function floats(subject: Subject, id: 'high_float' | 'negative_float'): CheckResult {
  const { open, plan, limits } = subject
  const findings = open.flatMap(row => {
    const days = row.dates.totalFloat / day(plan)
    if (id === 'high_float') {
      return days > limits.highFloatDays ? [finding(row, id, 'link_or_shorten_float', days)] : []
    }
    return row.dates.totalFloat < -0.5 ? [finding(row, id, 'shorten_path_or_move_deadline', days)] : []
  })
  return result(subject, id, share(findings.length, open.length), open.length, findings)
}

/** 8 High duration: unfinished tasks longer than two months. */
function durations(subject: Subject): CheckResult {
  const { open, plan, limits } = subject
  const findings = open.flatMap(row => {
    const days = row.dates.duration / day(plan)
    return days > limits.highDurationDays ? [finding(row, 'high_duration', 'break_into_shorter_tasks', days)] : []
  })
  return result(subject, 'high_duration', share(findings.length, open.length), open.length, findings)
}

/** 9 Invalid dates: what has happened after the status date, and what is still to happen before it. */
function invalidDates(subject: Subject): CheckResult {
  const { rows, statusDate, plan } = subject
  const known = plan.options.statusDate !== undefined
  const findings = known
    ? rows.flatMap((row): Finding[] => {
        const { task, dates, finished } = row
        const future = Math.max(task.actualStart ?? statusDate, task.actualFinish ?? statusDate) > statusDate
        if (future) return [finding(row, 'actual_in_future', 'correct_actual_date')]
        const past = !finished && (task.actualStart === undefined ? dates.start : dates.finish) < statusDate
        // Friday 17:00 of a plan reported on Friday night is not yet the past.
        const worked =
          past && workBetween(row.clock, task.actualStart === undefined ? dates.start : dates.finish, statusDate) > 0
        return worked ? [finding(row, 'planned_in_past', 'report_progress_or_move_after_status_date')] : []
      })
    : []
  return result(subject, 'invalid_dates', known ? share(findings.length, rows.length) : null, rows.length, findings)
}

/** 10 Resources: tasks of a day or more that nobody and no money is assigned to; judged when the plan has resources. */
function resources(subject: Subject): CheckResult {
  const { open, plan } = subject
  const assigned = new Set(plan.assignments.map(({ task }) => task))
  const judged = open.filter(({ task, dates }) => !isMilestone(task) && dates.duration >= day(plan))
  const paid = ({ cost, fixedCost }: Task) =>
    [cost, fixedCost].some(value => value !== undefined && Number(value) !== 0)
  const findings =
    plan.resources.length === 0
      ? []
      : judged
          .filter(({ task }) => !assigned.has(task.id) && !paid(task))
          .map(row => finding(row, 'no_resource', 'assign_resource_or_cost'))
  const value = plan.resources.length === 0 ? null : share(findings.length, judged.length)
  return result(subject, 'resources', value, judged.length, findings)
}

const baselineFinish = ({ task }: Row): number | undefined => task.baselines?.find(({ number }) => number === 0)?.finish

/** 11 Missed tasks: due by the baseline, and finished or forecast later. */
function missed(subject: Subject): CheckResult {
  const { rows, statusDate } = subject
  const due = rows.filter(row => (baselineFinish(row) ?? Number.POSITIVE_INFINITY) <= statusDate)
  const findings = due.flatMap(row => {
    const finish = row.task.actualFinish ?? row.dates.finish
    const late = workBetween(row.clock, baselineFinish(row) ?? finish, finish) / day(subject.plan)
    return late > 0 ? [finding(row, 'missed_baseline', 'recover_or_rebaseline', late)] : []
  })
  return result(subject, 'missed_tasks', share(findings.length, due.length), due.length, findings)
}

/** 12 Critical path test: a critical task made very late must move the finish by as much. */
function pathTest(subject: Subject): CheckResult {
  const { open, plan, mode, schedule, limits, project } = subject
  const longest = open.filter(
    ({ dates, task }) => dates.critical && task.actualStart === undefined && !task.manual && !isMilestone(task),
  )
  const tested = [...longest].sort((a, b) => a.dates.start - b.dates.start)[0]
  if (!tested) return result(subject, 'critical_path_test', null, 0, [])
  const delay = limits.testDelayDays * day(plan)
  const id = tested.task.id
  const longer: Plan = {
    ...plan,
    tasks: plan.tasks.map(task => (task.id === id ? { ...task, duration: task.duration + delay } : task)),
    // Assignments that drive would keep the old length.
    assignments: plan.assignments.filter(({ task }) => task !== id),
  }
  const outcome = compute(longer, mode)
  const moved = outcome.ok ? workBetween(project, schedule.finish, outcome.schedule.finish) : 0
  const reached =
    moved /
    Math.max(
      1,
      workBetween(project, schedule.finish, addWork(tested.clock, nextWorkStart(tested.clock, schedule.finish), delay)),
    )
  const value = Math.max(0, Math.min(1, reached))
  const passed = value > 0.98
  const findings = passed ? [] : [finding(tested, 'not_driving_finish', 'remove_what_holds_the_finish', value)]
  return result(subject, 'critical_path_test', passed ? 1 : value, 1, findings)
}

/** 13 CPLI = (critical path length + total float to the promised finish) ÷ critical path length. */
function lengthIndex(subject: Subject): CheckResult {
  const { rows, plan, schedule, project, statusDate } = subject
  const promised =
    plan.options.scheduleFrom === 'start' && plan.options.finish !== undefined
      ? plan.options.finish
      : rows.reduce<number | undefined>((latest, row) => {
          const finish = baselineFinish(row)
          return finish === undefined ? latest : Math.max(latest ?? finish, finish)
        }, undefined)
  const from = Math.max(statusDate, schedule.start)
  const length = workBetween(project, from, schedule.finish)
  const value =
    promised === undefined || length <= 0 ? null : (length + workBetween(project, schedule.finish, promised)) / length
  return result(subject, 'critical_path_length_index', value, 1, [], value !== null && value < 1 ? 1 : 0)
}

/** 14 BEI = tasks finished ÷ tasks that the baseline has finished by the status date. */
function executionIndex(subject: Subject): CheckResult {
  const { rows, statusDate } = subject
  const due = rows.filter(row => (baselineFinish(row) ?? Number.POSITIVE_INFINITY) <= statusDate).length
  const done = rows.filter(row => row.finished && baselineFinish(row) !== undefined).length
  return result(subject, 'baseline_execution_index', share(done, due), due, [], done)
}
