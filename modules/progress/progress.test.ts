// From the site to the plan, through the door people use: reported, checked, taken or returned, promised and kept.
import type { Plan, PlanEdit, Task } from '@yingzao/engines/schedule'
import { newId } from '@yingzao/platform/client'
import { type Person, type TestApp, testApp } from '@yingzao/platform/testing/app'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { project } from '../project/project.entity.ts'
import { plan } from '../schedule/plan.entity.ts'
import { progressReport } from './progress-report.entity.ts'
import { progressWeek, weekCommitment } from './week.entity.ts'

let app: TestApp
let planner: Person
let colleague: Person
let foreman: Person
let other: Person
let boss: Person
let site: string

beforeAll(async () => {
  app = await testApp()
  const pmo = await app.as('pmo')
  const made = await pmo
    .entity(project)
    .create({ name: '云溪路站', type: 'rail', company: app.company, start_on: '2026-03-02', finish_on: '2026-03-31' })
  site = made.id
  const at = { kind: 'project', id: site } as const
  planner = await app.as('planner', { at, name: '何清扬' })
  colleague = await app.as('planner', { at, name: '温若兰' })
  foreman = await app.as('foreman', { at, name: '赵铁柱' })
  const elsewhere = await pmo.entity(project).create({ name: '别处', type: 'rail', company: app.company })
  other = await app.as('foreman', { at: { kind: 'project', id: elsewhere.id }, name: '李大海' })
  boss = await app.as('boss')
})
afterAll(() => app?.close())

const row = (name: string, days: number, more: Partial<Task> = {}): Task => ({
  id: newId(),
  name,
  kind: 'task',
  duration: days * 480,
  constraint: { type: 'asap' },
  ...more,
})
const fs = (from: Task, to: Task): PlanEdit => ({
  kind: 'link.add',
  link: { id: newId(), from: from.id, to: to.id, type: 'FS', lag: { kind: 'working', minutes: 0 } },
})

/** Monday 2 March: excavation 5 d, base slab 3 d, walls 4 d, one after the other; the foreman answers for all. */
async function station(mode: 'ms' | 'p6' = 'ms') {
  const made = await planner
    .entity(plan)
    .create({ name: '总进度计划', project: site as never, mode, start_on: '2026-03-02' })
  const mine = { responsible: foreman.user }
  const [dig, slab, wall] = [row('土方开挖', 5, mine), row('底板混凝土', 3, mine), row('侧墙', 4, mine)]
  const edits: PlanEdit[] = [
    ...[dig, slab, wall].map((task): PlanEdit => ({ kind: 'task.add', task })),
    fs(dig, slab),
    fs(slab, wall),
  ]
  await planner.entity(plan).run(made.id, 'edit', { base: 0, edits })
  return { id: made.id, dig: dig.id, slab: slab.id, wall: wall.id }
}
const report = (who: Person, task: string, reported_on: string, said: object) =>
  who.entity(progressReport).create({ task, reported_on, ...said } as never)
interface Reviewed {
  readonly revision: number
  readonly finish: { before: string; after: string; moved: number }
  readonly reports: readonly {
    id: string
    name: string
    doubts: { code: string; values: Record<string, string> }[]
    since: string[]
    effect: { start_on: string; finish_on: string; shift: number }
  }[]
}
const review = (who: Person, id: string, more: object = {}) =>
  who.perform<Reviewed>('progress.review', { plan: id, ...more })
const confirm = (who: Person, id: string, base: number, reports: readonly (string | object)[], more: object = {}) =>
  who.perform<{ revision: number; taken: number; finish_on: string }>('progress.confirm', {
    plan: id,
    base,
    items: reports.map(each => (typeof each === 'string' ? { report: each } : each)),
    ...more,
  })
const load = async (id: string) => (await planner.entity(plan).read<{ plan: Plan; revision: number }>(id, 'load')).plan
const taskOf = async (id: string, task: string) => (await load(id)).tasks.find(each => each.id === task)
const stageOf = async (id: string) => (await planner.entity(progressReport).get(id)).stage

test('what a foreman reports changes nothing until the planner takes it; then it is one edit of the plan that he can undo', async () => {
  const { id, dig } = await station()
  const said = await report(foreman, dig, '2026-03-04', { percent: '0.5', start_on: '2026-03-02' })
  expect(said).toMatchObject({ stage: 'reported', doubtful: false, reporter: foreman.user, project: site })
  expect((await taskOf(id, dig))?.percentComplete).toBeUndefined()

  const seen = await review(planner, id)
  expect(seen.reports).toMatchObject([{ name: '土方开挖', doubts: [], effect: { finish_on: '2026-03-09', shift: 1 } }])
  await confirm(planner, id, seen.revision, [said.id])
  expect(await taskOf(id, dig)).toMatchObject({ percentComplete: 50, actualDuration: 1200, remainingDuration: 1200 })
  expect(await planner.entity(progressReport).get(said.id)).toMatchObject({
    stage: 'confirmed',
    taken_pct: '0.500000',
    changed: false,
    decided_by: planner.user,
  })
  await planner.entity(plan).run(id, 'undo')
  expect((await taskOf(id, dig))?.percentComplete).toBeUndefined()
})

test('half done after three of five days: the rest goes on the next morning and the finish moves by half a day', async () => {
  const { id, dig } = await station()
  const said = await report(foreman, dig, '2026-03-04', { percent: '0.5', start_on: '2026-03-02' })
  const { finish } = await review(planner, id)
  expect(finish).toMatchObject({ before: '2026-03-17', after: '2026-03-18' })
  expect(await confirm(planner, id, 1, [said.id])).toMatchObject({ revision: 2, taken: 1, finish_on: '2026-03-18' })
  expect(await planner.entity(plan).get(id)).toMatchObject({ finish_on: '2026-03-18' })
})

test('a remaining time said is what remains from that evening on, and makes the task longer or shorter', async () => {
  const { id, dig } = await station()
  const said = await report(foreman, dig, '2026-03-04', { remaining: 4 * 480, start_on: '2026-03-02' })
  await confirm(planner, id, 1, [said.id])
  expect(await taskOf(id, dig)).toMatchObject({
    duration: 7 * 480,
    actualDuration: 3 * 480,
    remainingDuration: 4 * 480,
  })
  expect((await planner.entity('task').get(dig)).finish_on).toBe('2026-03-10')
})

test('finished on a day is finished that evening, took the time it took, and what follows moves up', async () => {
  const { id, dig, slab } = await station()
  const said = await report(foreman, dig, '2026-03-05', { percent: '1', start_on: '2026-03-02' })
  expect(said.finish_on).toBe('2026-03-05')
  await confirm(planner, id, 1, [said.id])
  expect(await taskOf(id, dig)).toMatchObject({ percentComplete: 100, duration: 4 * 480, remainingDuration: 0 })
  expect((await planner.entity('task').get(slab)).start_on).toBe('2026-03-06')
})

test('a quantity of a known total is a share', async () => {
  const { dig } = await station()
  const said = await report(foreman, dig, '2026-03-04', { done_qty: '450', total_qty: '1800', qty_unit: 'm³' })
  expect(said.percent).toBe('0.250000')
})

test('in a Primavera plan the remaining time counts from the data date, which the confirmation moves', async () => {
  const { id, dig } = await station('p6')
  const said = await report(foreman, dig, '2026-03-06', { percent: '0.4', start_on: '2026-03-02' })
  const done = await confirm(planner, id, 1, [said.id], { status_on: '2026-03-06' })
  // Three of five days are left on Friday evening; seven days of slab and walls follow.
  expect(done.finish_on).toBe('2026-03-20')
  expect(await planner.entity(plan).get(id)).toMatchObject({ status_on: '2026-03-06' })
})

test('work that began before its predecessor was done is flagged in words that name it, at report and at confirmation', async () => {
  const { id, dig, slab } = await station()
  const first = await report(foreman, dig, '2026-03-04', { percent: '0.6', start_on: '2026-03-02' })
  await confirm(planner, id, 1, [first.id])
  const said = await report(foreman, slab, '2026-03-04', { percent: '0.1', start_on: '2026-03-04' })
  const doubt = { code: 'before_predecessor', values: { task: '土方开挖', percent: '60%' } }
  expect(said).toMatchObject({ doubtful: true, doubts: [doubt] })
  expect((await review(planner, id)).reports[0]?.doubts).toEqual([doubt])
})

test('progress without a start, in the future and going back are flagged; nothing of it is refused', async () => {
  const { id, dig } = await station()
  const codes = (said: { doubts: unknown }) =>
    Array.isArray(said.doubts) ? said.doubts.map((each: { code: string }) => each.code) : []
  expect(codes(await report(foreman, dig, '2026-03-03', { percent: '0.4' }))).toEqual(['no_start'])
  const ahead = await report(foreman, dig, '2026-03-04', {
    percent: '1',
    start_on: '2026-03-02',
    finish_on: '2026-03-06',
  })
  expect(codes(ahead)).toEqual(['future'])
  const plain = await report(foreman, dig, '2026-03-05', { percent: '0.6', start_on: '2026-03-02' })
  await confirm(planner, id, 1, [plain.id])
  expect(codes(await report(foreman, dig, '2026-03-06', { percent: '0.4' }))).toEqual(['back'])
})

test('a report of a day that has not come is refused: it would stand in the way of every true one', async () => {
  const { dig } = await station()
  await expect(report(foreman, dig, '2127-03-03', { percent: '0.4' })).rejects.toMatchObject({
    problem: { status: 422, errors: [{ path: 'reported_on' }] },
  })
  expect(await report(foreman, dig, '2026-03-03', { percent: '0.4' })).toMatchObject({ stage: 'reported' })
})

test('the later report takes the place of the earlier one, also when the earlier was sent late; history keeps both', async () => {
  const { dig } = await station()
  const monday = await report(foreman, dig, '2026-03-03', { percent: '0.3', start_on: '2026-03-02' })
  const wednesday = await report(foreman, dig, '2026-03-05', { percent: '0.6', start_on: '2026-03-02' })
  expect([await stageOf(monday.id), await stageOf(wednesday.id)]).toEqual(['superseded', 'reported'])
  const late = await report(foreman, dig, '2026-03-04', { percent: '0.4', start_on: '2026-03-02' })
  expect([await stageOf(late.id), await stageOf(wednesday.id)]).toEqual(['superseded', 'reported'])
})

test('sent twice because the answer was lost, a report is there once', async () => {
  const { dig } = await station()
  const input = {
    id: newId<'progress_report'>(),
    task: dig as never,
    reported_on: '2026-03-03' as const,
    percent: '0.3' as const,
  }
  const first = await foreman.entity(progressReport).create(input)
  const again = await foreman.entity(progressReport).create(input)
  expect([again.id, again.version]).toEqual([first.id, first.version])
  const page = await foreman.entity(progressReport).list({ filter: { task: { eq: dig } } })
  expect(page.items).toHaveLength(1)
})

test('the planner may take something else than was said, and both stay', async () => {
  const { id, dig } = await station()
  const said = await report(foreman, dig, '2026-03-04', { percent: '0.8', start_on: '2026-03-02' })
  await confirm(planner, id, 1, [{ report: said.id, percent: '0.6' }])
  expect(await planner.entity(progressReport).get(said.id)).toMatchObject({
    percent: '0.800000',
    taken_pct: '0.600000',
    changed: true,
  })
  expect((await taskOf(id, dig))?.percentComplete).toBe(60)
  const another = await report(foreman, dig, '2026-03-05', { percent: '0.9' })
  for (const [values, code] of [
    [{ percent: '1.5' }, 'progress.invalid_items'],
    [{ remaining: -1 }, 'progress.invalid_items'],
    [{ start_on: 'soon' }, 'progress.invalid_items'],
    [{ start_on: '2026-03-04', finish_on: '2026-03-03' }, 'progress.finish_before_start'],
  ] as const)
    await expect(confirm(planner, id, 2, [{ report: another.id, ...values }])).rejects.toMatchObject({
      problem: { code },
    })
  const words = planner.entity(progressReport).patch(said.id, 4, { percent: '0.6' })
  await expect(words).rejects.toMatchObject({ problem: { status: 403 } })
})

test('returned with words, reported anew: the returned one is answered by the new one', async () => {
  const { dig } = await station()
  const said = await report(foreman, dig, '2026-03-04', { percent: '0.8' })
  await planner.entity(progressReport).run(said.id, 'return', { answer: '基坑东侧还没挖' })
  expect(await foreman.entity(progressReport).get(said.id)).toMatchObject({
    stage: 'returned',
    answer: '基坑东侧还没挖',
  })
  const edit = foreman
    .entity(progressReport)
    .patch(said.id, (await foreman.entity(progressReport).get(said.id)).version, { note: '改' })
  await expect(edit).rejects.toMatchObject({ problem: { code: 'progress.decided' } })
  await report(foreman, dig, '2026-03-05', { percent: '0.7' })
  expect(await stageOf(said.id)).toBe('superseded')
})

test('what somebody changed in the plan meanwhile stops a confirmation made without it, and is shown', async () => {
  const { id, dig } = await station()
  const said = await report(foreman, dig, '2026-03-04', { percent: '0.5', start_on: '2026-03-02' })
  const edits: PlanEdit[] = [{ kind: 'task.set', id: dig, patch: { percentComplete: 20, actualStart: 29_608_320 } }]
  await colleague.entity(plan).run(id, 'edit', { base: 1, edits })
  await expect(confirm(planner, id, 1, [said.id])).rejects.toMatchObject({
    problem: { code: 'schedule.changed', detail: expect.stringContaining('温若兰') },
  })
  expect(await stageOf(said.id)).toBe('reported')
  const seen = await review(planner, id)
  expect(seen.reports[0]?.since).toEqual(['percentComplete', 'actualStart'])
  await confirm(planner, id, seen.revision, [said.id])
  expect((await taskOf(id, dig))?.percentComplete).toBe(50)
})

test('many are taken at once or none; what was decided meanwhile is told', async () => {
  const { id, dig, slab } = await station()
  const one = await report(foreman, dig, '2026-03-06', { percent: '1', start_on: '2026-03-02' })
  const two = await report(foreman, slab, '2026-03-06', { start_on: '2026-03-06' })
  await planner.entity(progressReport).run(two.id, 'return', { answer: '?' })
  await expect(confirm(planner, id, 1, [one.id, two.id])).rejects.toMatchObject({
    problem: { code: 'progress.not_waiting' },
  })
  expect((await taskOf(id, dig))?.percentComplete).toBeUndefined()
  await confirm(planner, id, 1, [one.id])
  expect((await load(id)).tasks.map(each => each.percentComplete ?? 0)).toEqual([100, 0, 0])
})

test('work that nobody reported is moved behind the status date when the planner asks so, as part of the same edit', async () => {
  const { id } = await station()
  const seen = await review(planner, id, { items: [], status_on: '2026-03-04', reschedule: true })
  expect(seen.finish).toMatchObject({ before: '2026-03-17', after: '2026-03-20', moved: 1 })
  await confirm(planner, id, 1, [], { status_on: '2026-03-04', reschedule: true })
  expect(await planner.entity(plan).get(id)).toMatchObject({ finish_on: '2026-03-20', status_on: '2026-03-04' })
  await planner.entity(plan).run(id, 'undo')
  expect(await planner.entity(plan).get(id)).toMatchObject({ finish_on: '2026-03-17', status_on: null })
})

test('a foreman reports in his project only and takes nothing; a boss reads; a stranger knows of nothing', async () => {
  const { id, dig } = await station()
  await expect(report(other, dig, '2026-03-04', { percent: '0.5' })).rejects.toMatchObject({ problem: { status: 422 } })
  const said = await report(foreman, dig, '2026-03-04', { percent: '0.5' })
  await expect(confirm(foreman, id, 1, [said.id])).rejects.toMatchObject({ problem: { status: 403 } })
  await expect(foreman.entity(progressReport).run(said.id, 'confirm')).rejects.toMatchObject({
    problem: { status: 403 },
  })
  await expect(other.entity(progressReport).get(said.id)).rejects.toMatchObject({ problem: { status: 404 } })
  expect(await boss.entity(progressReport).get(said.id)).toMatchObject({ percent: '0.500000' })
  await expect(report(boss, dig, '2026-03-04', { percent: '0.5' })).rejects.toMatchObject({ problem: { status: 403 } })
})

test('nothing can be said of nothing: an empty report and one of a summary are refused', async () => {
  const { id, dig } = await station()
  await expect(report(foreman, dig, '2026-03-04', {})).rejects.toMatchObject({ problem: { status: 422 } })
  const top = row('主体', 1)
  const edits: PlanEdit[] = [
    { kind: 'task.add', task: top },
    { kind: 'task.add', task: row('柱', 1, { parent: top.id }) },
  ]
  await planner.entity(plan).run(id, 'edit', { base: 1, edits })
  await expect(report(foreman, top.id, '2026-03-04', { percent: '0.5' })).rejects.toMatchObject({
    problem: { code: 'progress.summary' },
  })
})

test('a week is promised from the look-ahead, closed by progress and by reason, and counted', async () => {
  const { id, dig } = await station()
  const week = { plan: id, week_on: '2026-03-02' }
  const ahead = await planner.perform<{ tasks: { name: string; wanted: number }[] }>('progress.look_ahead', week)
  expect(ahead.tasks).toMatchObject([{ name: '土方开挖', wanted: 1 }])
  expect(await planner.perform('progress.commit_week', week)).toEqual({ promised: 1 })
  expect(await planner.perform('progress.commit_week', week)).toEqual({ promised: 0 })
  const next = { plan: id, week_on: '2026-03-09' }
  const second = await planner.perform<{ tasks: { name: string; wanted: number }[] }>('progress.look_ahead', next)
  expect(second.tasks).toMatchObject([
    { name: '底板混凝土', wanted: 1 },
    { name: '侧墙', wanted: 0.5 },
  ])
  await planner.perform('progress.commit_week', next)

  const said = await report(foreman, dig, '2026-03-06', { percent: '1', start_on: '2026-03-02' })
  await confirm(planner, id, 1, [said.id], { status_on: '2026-03-06' })
  expect(await planner.perform('progress.close_week', week)).toEqual({ kept: 1, left: 0 })
  expect(await planner.perform('progress.close_week', next)).toEqual({ kept: 0, left: 2 })
  const open = await foreman
    .entity(weekCommitment)
    .list({ filter: { plan: { eq: id }, week_on: { eq: '2026-03-09' } } })
  for (const each of open.items)
    await foreman.entity(weekCommitment).run(each.id, 'miss', { reason: 'weather', remark: '连续降雨' })
  const counted = await boss
    .entity(weekCommitment)
    .aggregate({ filter: { plan: { eq: id } }, by: ['week_on', 'stage'], measures: [{ fn: 'count' }] })
  expect(counted.map(each => [...each.key, Number(each.values[0])]).sort()).toEqual([
    ['2026-03-02', 'kept', 1],
    ['2026-03-09', 'missed', 2],
  ])
  await expect(planner.perform('progress.look_ahead', { plan: id, week_on: '2026-03-03' })).rejects.toMatchObject({
    problem: { code: 'progress.not_monday' },
  })
})

test('each week keeps where the plan stood when its reports were taken', async () => {
  const { id, dig, slab } = await station()
  await planner.entity(plan).run(id, 'set_baseline', { number: 0 })
  const one = await report(foreman, dig, '2026-03-06', { percent: '0.6', start_on: '2026-03-02' })
  await confirm(planner, id, 2, [one.id], { status_on: '2026-03-06' })
  const two = await report(foreman, dig, '2026-03-13', { percent: '1', finish_on: '2026-03-13' })
  await confirm(planner, id, 3, [two.id], { status_on: '2026-03-13' })
  const weeks = await boss.entity(progressWeek).list({ filter: { plan: { eq: id } }, sort: ['week_on'] })
  expect(weeks.items).toMatchObject([
    {
      week_on: '2026-03-02',
      status_on: '2026-03-06',
      forecast_on: '2026-03-19',
      baseline_on: '2026-03-17',
      contract_on: '2026-03-31',
    },
    { week_on: '2026-03-09', status_on: '2026-03-13', forecast_on: '2026-03-24' },
  ])
  expect((await taskOf(id, slab))?.actualStart).toBeUndefined()
})
