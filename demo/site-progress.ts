// The last weeks of a site, as its people lived them: every week is promised from the look-ahead, reported from the spot,
// checked and taken by the planner, and closed with the reasons why not. What is reported today still waits.
import { calendarClock, dayOf, formatDay, type Plan, type Task } from '@yingzao/engines/schedule'
import type { PlainDate } from '@yingzao/kernel/entity'
import type { Client } from '@yingzao/platform/client'
import type { Diary } from './diary.ts'
import type { Both } from './plan/builder.ts'

const DAY = 1440
export const WEEKS = 4

/**
 * A plan under way, as it stood on an earlier evening: later progress is not known yet, and work that turned out to take
 * longer is still believed to take what was planned.
 */
export function asItStood(plan: Plan, evening: number): Plan {
  const tasks = plan.tasks.map((task): Task => {
    const { actualStart, actualFinish } = task
    if (actualStart === undefined || (actualFinish !== undefined && actualFinish <= evening)) return task
    const { percentComplete: _, actualStart: __, actualFinish: ___, actualDuration: ____, ...rest } = task
    const { remainingDuration: _____, ...open } = rest
    const duration = task.baselines?.[0]?.duration ?? task.duration
    if (actualStart >= evening) return { ...open, duration }
    const percent = shareAt(plan, task, evening)
    const actualDuration = Math.round((duration * percent) / 100)
    return {
      ...open,
      duration,
      percentComplete: percent,
      actualStart,
      actualDuration,
      remainingDuration: duration - actualDuration,
    }
  })
  return { ...plan, tasks, options: { ...plan.options, statusDate: evening } }
}

/** Whole percent done at a moment between the actual start and the end of the work. */
function shareAt(plan: Plan, task: Task, at: number): number {
  const outcome = calendarClock(plan.calendars, task.calendar ?? plan.options.calendar)
  if (!outcome.ok || task.actualStart === undefined) return 0
  const share = (100 * outcome.clock.work(task.actualStart, at)) / Math.max(1, task.duration)
  return Math.max(0, Math.min(task.actualFinish === undefined ? (task.percentComplete ?? 99) : 99, Math.floor(share)))
}

interface Site {
  /** Of the imported plan, whose tasks stand in the order of `final`. */
  readonly plan: string
  readonly final: Plan
  /** The evening of today. */
  readonly today: number
  readonly time: Diary
  readonly planner: Client
  readonly as: (user: string) => Promise<Client>
  readonly t: (both: Both) => string
}

interface Opened {
  readonly plan: Plan
  readonly revision: number
}

const excuses: readonly (readonly [reason: string, remark: Both])[] = [
  ['weather', ['连续降雨，基坑停工两天', 'Rain for days, the pit stood still for two']],
  ['material', ['钢筋晚到一天', 'Reinforcement came a day late']],
  ['prior_work', ['前一工序验收未通过，返工', 'The work before failed its inspection']],
  ['labour', ['班组抽去别的工作面', 'The crew was moved elsewhere']],
  ['machine', ['塔吊检修', 'Tower crane under repair']],
  ['material', ['防水卷材送检未出结果', 'Membrane still at the laboratory']],
  ['approval', ['专项方案等审批', 'Method statement waits for approval']],
  ['design', ['预留洞位置等设计答复', 'Openings wait for the designer']],
]

/** Lives through the weeks before today. Few hundred requests, each as the person who would make it. */
export async function liveThrough(site: Site): Promise<void> {
  let excuse = 0
  const clients = new Map<string, Promise<Client>>()
  const as = (user: string) => {
    const known = clients.get(user) ?? site.as(user)
    clients.set(user, known)
    return known
  }
  for (let week = WEEKS - 1; week >= 0; week--) {
    const evening = site.today - 7 * DAY * week
    const before = evening - 7 * DAY
    const monday = formatDay(Math.floor((dayOf(evening) - 4) / 7) * 7 + 4) as PlainDate
    const day = formatDay(dayOf(evening)) as PlainDate
    await site.time.until(monday, 9)
    const { plan, revision } = await site.planner.entity('plan').read<Opened>(site.plan, 'load')
    const { tasks } = await site.planner.perform<{ tasks: readonly { task: string }[] }>('progress.look_ahead', {
      plan: site.plan,
      week_on: monday,
    })
    const promised = tasks.filter((_, at) => at % 3 !== 2).slice(0, 14)
    await site.planner.perform('progress.commit_week', {
      plan: site.plan,
      week_on: monday,
      tasks: promised.map(each => each.task),
    })
    await stretch(site, monday)
    await site.time.until(day, 15)
    const moved = site.final.tasks.flatMap((task, at) => {
      const row = plan.tasks[at]
      const said = row && saidOf(site.final, task, before, evening)
      return row && said
        ? [
            {
              row,
              said,
              slow: task.duration > (task.baselines?.[0]?.duration ?? task.duration),
              ends: task.actualFinish !== undefined,
            },
          ]
        : []
    })
    const feared =
      week === SCARE
        ? await tightestOf(
            site,
            moved.filter(each => each.ends && each.said.percent !== '1'),
          )
        : undefined
    const reports: string[] = []
    // Today's last reports still lie on the planner's desk.
    const waiting = week === 0 ? Math.min(5, moved.length) : 0
    for (const [at, { row, said, slow }] of moved.entries()) {
      const reporter = row.responsible === undefined ? site.planner : await as(row.responsible)
      const [reason = '', note] = slow ? (excuses[excuse++ % excuses.length] ?? []) : []
      const report = (change: object) =>
        reporter.entity<string>('progress_report').create({
          task: row.id,
          reported_on: formatDay(dayOf(evening)),
          ...said,
          ...(note ? { reason, note: site.t(note) } : {}),
          ...change,
        })
      // Feared one week, caught up the next: the forecast goes away and comes back.
      if (feared?.task === row.id) {
        const left = Math.round(row.duration * (1 - Number(said.percent))) + feared.float + 4 * 480
        const made = await report({
          ...{ percent: null, remaining: left, reason: 'weather' },
          note: site.t(['暴雨后抽水清淤，至少多四天', 'Pumping after the storm: four days more at least']),
        })
        reports.push(made.id)
        continue
      }
      if (at === 1 && week > 0) {
        const first = await report({ percent: '0.95', finish_on: null })
        await site.planner
          .entity('progress_report')
          .run(first.id, 'return', { answer: site.t(['请按实际验收的部位填报', 'Report what was inspected, please']) })
      }
      const made = await report({})
      if (at < moved.length - waiting) reports.push(made.id)
    }
    if (week === 0) await beginEarly(site, plan, as, evening)
    await site.time.until(day, 16.8)
    await site.planner.perform('progress.confirm', {
      plan: site.plan,
      base: revision,
      items: reports.map(report => ({ report })),
      status_on: formatDay(dayOf(evening)),
    })
    if (week === 0) continue
    await site.planner.perform('progress.close_week', { plan: site.plan, week_on: monday })
    const open = await site.planner.entity('week_commitment').list({
      filter: { plan: { eq: site.plan }, week_on: { eq: monday } },
      where: 'stage = "promised"',
      limit: 100,
    })
    for (const each of open.items) {
      const [reason, remark] = excuses[excuse++ % excuses.length] ?? ['other', ['', '']]
      await site.planner.entity('week_commitment').run(each.id, 'miss', { reason, remark: site.t(remark) })
    }
  }
}

const SCARE = 2

/** Of these the task with the least room. */
async function tightestOf({ planner }: Site, rows: readonly { readonly row: Task }[]) {
  const page = await planner.entity('task').list({
    filter: { id: { in: rows.map(each => each.row.id) } },
    fields: ['total_float'],
    sort: ['total_float'],
    limit: 1,
  })
  const [found] = page.items
  return found && { task: String(found.id), float: Math.max(0, found.total_float ?? 0) }
}

/** Crews promise more than the plan asks; some of it they do not keep. */
async function stretch({ planner, plan }: Site, monday: string): Promise<void> {
  const page = await planner
    .entity('week_commitment')
    .list({ filter: { plan: { eq: plan }, week_on: { eq: monday } }, limit: 100 })
  for (const [at, each] of page.items.entries()) {
    const share = Number(each.promised_pct)
    if (at % 3 === 0 && share < 1)
      await planner
        .entity('week_commitment')
        .patch(each.id, each.version, { promised_pct: `${Math.min(100, Math.ceil(share * 10 + 1) * 10) / 100}` })
  }
}

/** What the site would say of the task at the end of a week; nothing when nothing happened. */
function saidOf(plan: Plan, task: Task, from: number, to: number) {
  const { actualStart, actualFinish } = task
  if (task.kind === 'summary' || actualStart === undefined || actualStart >= to) return undefined
  if (actualFinish !== undefined && actualFinish <= from) return undefined
  const start = actualStart >= from ? { start_on: formatDay(dayOf(actualStart)) } : {}
  if (actualFinish !== undefined && actualFinish <= to)
    return { ...start, percent: '1', finish_on: formatDay(dayOf(actualFinish)) }
  const percent = shareAt(plan, task, to)
  if (actualStart < from && percent === shareAt(plan, task, from)) return undefined
  return { ...start, percent: String(percent / 100) }
}

/** One task that began although the one before it is not done: the planner is told so. */
async function beginEarly(
  { final, today }: Site,
  plan: Plan,
  as: (user: string) => Promise<Client>,
  evening: number,
): Promise<void> {
  const at = new Map(plan.tasks.map((task, index) => [task.id, index]))
  const link = plan.links.find(({ type, from, to }) => {
    const [before, after] = [final.tasks[at.get(from) ?? -1], final.tasks[at.get(to) ?? -1]]
    const running = before?.actualStart !== undefined && before.actualFinish === undefined && before.actualStart < today
    return type === 'FS' && running && after?.kind === 'task' && after.actualStart === undefined
  })
  const task = plan.tasks[at.get(link?.to ?? '') ?? -1]
  if (task?.responsible === undefined) return
  const day = formatDay(dayOf(evening))
  await (await as(task.responsible))
    .entity<string>('progress_report')
    .create({ task: task.id, reported_on: day, percent: '0.1', start_on: day })
}
