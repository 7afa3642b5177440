// 试算方案 through the door people use: branched, worked on, compared with the original, taken over as one edit or thrown away.
import type { Plan, PlanEdit, Task } from '@yingzao/engines/schedule'
import { newId } from '@yingzao/platform/client'
import { type Person, type TestApp, testApp } from '@yingzao/platform/testing/app'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { project } from '../project/project.entity.ts'
import { COPY_EVERY } from './copy.ts'
import { plan, planEdit } from './plan.entity.ts'
import { task } from './task.entity.ts'

let app: TestApp
let pmo: Person
let manager: Person
let planner: Person
let site: string
beforeAll(async () => {
  app = await testApp()
  pmo = await app.as('pmo')
  const made = await pmo
    .entity(project)
    .create({ name: '地铁车站', type: 'rail', company: app.company, start_on: '2026-03-02', finish_on: '2026-03-31' })
  site = made.id
  const at = { kind: 'project', id: site } as const
  manager = await app.as('project_manager', { at, name: '陆建国' })
  planner = await app.as('planner', { at, name: '何清扬' })
})
afterAll(() => app?.close())

interface Loaded {
  readonly plan: Plan
  readonly revision: number
}
interface Review {
  readonly revision: number
  readonly branch_revision: number
  readonly meanwhile: number
  readonly conflicts: readonly { readonly place: string }[]
  readonly edits?: readonly PlanEdit[]
}
const load = (id: string, who = planner) => who.entity(plan).read<Loaded>(id, 'load')
const edit = async (id: string, who: Person, ...edits: PlanEdit[]) =>
  who.entity(plan).run(id, 'edit', { base: (await load(id, who)).revision, edits })
const row = (name: string, days: number): Task => ({
  ...{ id: newId(), name, kind: 'task', duration: days * 480, constraint: { type: 'asap' } },
})
const last = (id: string, days: number): PlanEdit => ({ kind: 'task.set', id, patch: { duration: days * 480 } })
const finishOf = async (id: string) => (await planner.entity(plan).get(id)).finish_on
const named = async (id: string) => (await load(id)).plan.tasks.map(each => `${each.name} ${each.duration / 480}`)
const branchOf = async (id: string, who = planner) => {
  await who.entity(plan).run(id, 'branch', { name: '两班开挖' })
  const made = await who.entity(plan).list({ filter: { branch_of: { eq: id } }, sort: ['-created_at'], limit: 1 })
  return made.items[0]?.id ?? ''
}
const review = (id: string, who = manager) => who.entity(plan).read<Review>(id, 'review')
const takeOver = async (id: string, decisions: object = {}, who = manager) => {
  const { revision, branch_revision } = await review(id)
  return who.entity(plan).run(id, 'take_over', { revision, branch_revision, decisions })
}

/** Excavation five days, then base slab three. */
async function smallPlan() {
  const made = await planner.entity(plan).create({ name: '总计划', project: site as never, start_on: '2026-03-02' })
  const [dig, slab] = [row('土方开挖', 5), row('底板混凝土', 3)]
  const link = { id: newId(), from: dig.id, to: slab.id, type: 'FS', lag: { kind: 'working', minutes: 0 } } as const
  await edit(
    made.id,
    planner,
    { kind: 'task.add', task: dig },
    { kind: 'task.add', task: slab },
    { kind: 'link.add', link },
  )
  return { id: made.id, dig: dig.id, slab: slab.id, link: link.id }
}

test('a branch holds the same tasks, is edited and undone on its own, and the original does not move', async () => {
  const { id, dig } = await smallPlan()
  const branch = await branchOf(id)
  expect((await load(branch)).plan.tasks).toEqual((await load(id)).plan.tasks)
  await edit(branch, planner, last(dig, 3))
  expect(await named(branch)).toEqual(['土方开挖 3', '底板混凝土 3'])
  expect([await finishOf(branch), await finishOf(id)]).toEqual(['2026-03-09', '2026-03-11'])
  await planner.entity(plan).run(branch, 'undo')
  expect(await finishOf(branch)).toBe('2026-03-11')
  await planner.entity(plan).run(branch, 'redo')
  expect(await named(branch)).toEqual(['土方开挖 3', '底板混凝土 3'])
  // What happens to the original does not reach the branch either.
  await edit(id, planner, { kind: 'task.remove', ids: [dig] })
  expect(await named(branch)).toEqual(['土方开挖 3', '底板混凝土 3'])
})

test('a branch of a branch, with a baseline and an exported file like any plan', async () => {
  const { id, dig, slab } = await smallPlan()
  const branch = await branchOf(id)
  await edit(branch, planner, last(dig, 3))
  const second = await branchOf(branch)
  await edit(second, planner, last(slab, 1))
  await planner.entity(plan).run(second, 'set_baseline', { number: 0 })
  expect(await named(second)).toEqual(['土方开挖 3', '底板混凝土 1'])
  const file = await planner.entity(plan).read<{ text: string }>(second, 'file', { format: 'mspdi' })
  expect(file.text).toContain('底板混凝土')
  await takeOver(second)
  expect(await named(branch)).toEqual(['土方开挖 3', '底板混凝土 1'])
  expect(await named(id)).toEqual(['土方开挖 5', '底板混凝土 3'])
})

test('a branch is never the current plan, and no list of tasks meets it', async () => {
  const { id, dig } = await smallPlan()
  await planner.entity(plan).run(id, 'make_current')
  const branch = await branchOf(id)
  const tasks = async () => (await pmo.entity(task).list({ filter: { project: { eq: site } }, limit: 500 })).items
  const before = await tasks()
  await edit(branch, planner, last(dig, 60), { kind: 'task.add', task: row('只在方案里', 2) })
  expect(await tasks()).toEqual(before)
  expect(await pmo.entity(project).get(site)).toMatchObject({ health: 'good', forecast_finish_on: '2026-03-11' })
  expect((await planner.entity(plan).get(branch))._can).not.toContain('make_current')
  await expect(planner.entity(plan).run(branch, 'make_current')).rejects.toMatchObject({
    problem: { code: 'verb.not_now' },
  })
  const current = await pmo.entity(plan).list({ filter: { project: { eq: site }, current: { eq: true } } })
  expect(current.items.map(each => each.id)).toEqual([id])
})

test('taken over it becomes one edit of the original, beside what was done there meanwhile; one undo takes it back', async () => {
  const { id, dig, slab } = await smallPlan()
  const branch = await branchOf(id)
  const pump = row('降水', 2)
  await edit(branch, planner, last(dig, 3))
  await edit(branch, planner, { kind: 'task.add', task: pump, before: dig })
  await edit(id, planner, { kind: 'task.set', id: slab, patch: { name: '底板（C40）' } })
  expect(await review(branch)).toMatchObject({ meanwhile: 1, conflicts: [] })
  await takeOver(branch)
  expect(await named(id)).toEqual(['降水 2', '土方开挖 3', '底板（C40） 3'])
  expect(await finishOf(id)).toBe('2026-03-09')
  const edits = await manager.entity(planEdit).list({ filter: { plan: { eq: id } }, sort: ['-revision'] })
  expect(edits.items[0]).toMatchObject({ revision: 3, summary: '并入试算方案“两班开挖”', created_by: manager.user })
  expect(await planner.entity(plan).get(branch)).toMatchObject({ taken_over_revision: 3 })
  // The new task is a record of the plan now.
  expect((await planner.entity(task).get(pump.id)).plan).toBe(id)
  await manager.entity(plan).run(id, 'undo')
  expect(await named(id)).toEqual(['土方开挖 5', '底板（C40） 3'])
  await takeOver(branch)
  expect(await named(id)).toEqual(['降水 2', '土方开挖 3', '底板（C40） 3'])
  await expect(takeOver(branch)).rejects.toMatchObject({ problem: { code: 'schedule.nothing_to_take_over' } })
})

test('what both changed is shown and decided, never overwritten unseen', async () => {
  const { id, dig, slab, link } = await smallPlan()
  const branch = await branchOf(id)
  await edit(branch, planner, last(dig, 3), { kind: 'task.remove', ids: [slab] })
  await edit(id, planner, last(dig, 8))
  await edit(id, planner, { kind: 'link.set', id: link, patch: { lag: { kind: 'working', minutes: 480 } } })
  const places = [`task:${dig}:duration`, `task:${slab}:*`]
  expect((await review(branch)).conflicts.map(each => each.place)).toEqual(places)
  await expect(takeOver(branch)).rejects.toMatchObject({
    problem: { code: 'schedule.undecided', detail: expect.stringContaining('土方开挖') },
  })
  expect(await named(id)).toEqual(['土方开挖 8', '底板混凝土 3'])
  await takeOver(branch, { [places[0] ?? '']: 'mine', [places[1] ?? '']: 'theirs' })
  expect(await named(id)).toEqual(['土方开挖 3', '底板混凝土 3'])
  expect((await load(id)).plan.links).toMatchObject([{ lag: { minutes: 480 } }])
})

test('who saw an older state has to look again; together they must not make a loop', async () => {
  const { id, dig, slab } = await smallPlan()
  const branch = await branchOf(id)
  const [crane, pour] = [row('塔吊', 1), row('浇筑', 1)]
  const fs = (from: string, to: string): PlanEdit => ({
    ...{ kind: 'link.add' },
    link: { id: newId(), from, to, type: 'FS', lag: { kind: 'working', minutes: 0 } },
  })
  await edit(id, planner, { kind: 'task.add', task: crane }, { kind: 'task.add', task: pour })
  const seen = await review(branch)
  const other = await branchOf(id)
  await edit(other, planner, fs(crane.id, pour.id))
  await edit(id, planner, last(dig, 6))
  await expect(
    manager.entity(plan).run(branch, 'take_over', { revision: seen.revision, branch_revision: seen.branch_revision }),
  ).rejects.toMatchObject({ problem: { code: 'schedule.seen_before' } })
  await edit(id, planner, fs(pour.id, crane.id))
  expect(await review(other)).toMatchObject({
    conflicts: [],
    refused: { code: 'schedule.cycle', values: { tasks: expect.stringContaining('浇筑') } },
  })
  await expect(takeOver(other)).rejects.toMatchObject({ problem: { code: 'schedule.cycle' } })
  expect((await load(id)).plan.tasks.map(each => each.id)).toEqual([dig, slab, crane.id, pour.id])
})

test('a planner makes branches, the project manager takes them over; an engineer reads, an observer elsewhere sees nothing', async () => {
  const { id, dig } = await smallPlan()
  const branch = await branchOf(id)
  await edit(branch, planner, last(dig, 3))
  expect((await planner.entity(plan).get(branch))._can).not.toContain('take_over')
  await expect(takeOver(branch, {}, planner)).rejects.toMatchObject({ problem: { status: 403 } })
  const at = { kind: 'project', id: site } as const
  const engineer = await app.as('engineer', { at })
  expect((await load(branch, engineer)).plan.tasks).toHaveLength(2)
  await expect(branchOf(id, engineer)).rejects.toMatchObject({ problem: { status: 403 } })
  await expect(edit(branch, engineer, last(dig, 1))).rejects.toMatchObject({ problem: { status: 403 } })
  const elsewhere = await pmo.entity(project).create({ name: '别处', type: 'rail', company: app.company as never })
  const observer = await app.as('observer', { at: { kind: 'project', id: elsewhere.id } })
  await expect(load(branch, observer)).rejects.toMatchObject({ problem: { status: 404 } })
  await expect(review(branch, observer)).rejects.toMatchObject({ problem: { status: 404 } })
})

test('discarded it lies in the recycle bin; the original stays while it has branches, and neither leaves its project', async () => {
  const { id } = await smallPlan()
  const branch = await branchOf(id)
  const version = async (of: string) => (await planner.entity(plan).get(of)).version
  await expect(planner.entity(plan).remove(id, await version(id))).rejects.toMatchObject({
    problem: { code: 'schedule.has_branches', detail: expect.stringContaining('两班开挖') },
  })
  const elsewhere = await pmo.entity(project).create({ name: '二标段', type: 'rail', company: app.company as never })
  for (const of of [id, branch])
    await expect(pmo.entity(plan).patch(of, await version(of), { project: elsewhere.id })).rejects.toMatchObject({
      problem: { code: 'schedule.stays_in_project', detail: expect.stringContaining('导出') },
    })
  await planner.entity(plan).remove(branch, await version(branch))
  const binned = async (of: string) =>
    (await pmo.entity(plan).list({ filter: { id: { eq: of } }, deleted: true })).items[0]?.version ?? 0
  await planner.entity(plan).remove(id, await version(id))
  await expect(pmo.entity(plan).restore(branch, await binned(branch))).rejects.toMatchObject({
    problem: { code: 'schedule.original_gone' },
  })
  await pmo.entity(plan).restore(id, await binned(id))
  await pmo.entity(plan).restore(branch, await binned(branch))
  expect(await named(branch)).toEqual(['土方开挖 5', '底板混凝土 3'])
  // A whole project goes and comes back with both.
  const there = await pmo.entity(plan).create({ name: '二标段计划', project: elsewhere.id, start_on: '2026-03-02' })
  await edit(there.id, pmo, { kind: 'task.add', task: row('桩基', 4) })
  const tried = await branchOf(there.id, pmo)
  const whole = await pmo.entity(project).get(elsewhere.id)
  await pmo.entity(project).remove(elsewhere.id, whole.version)
  await pmo.entity(project).restore(elsewhere.id, whole.version + 1)
  expect((await load(tried, pmo)).plan.tasks.map(each => each.name)).toEqual(['桩基'])
})

test('after hundreds of edits on both a branch opens from its copy, and says exactly what all its edits say', async () => {
  const { id, dig, slab } = await smallPlan()
  const branch = await branchOf(id)
  const go = async (of: string, base: number, edits: PlanEdit[]) => {
    for (const [at, one] of edits.entries())
      await planner.entity(plan).run(of, 'edit', { base: base + at, edits: [one] })
  }
  const days = (of: string, count: number) => Array.from({ length: count }, (_, at) => last(of, 1 + (at % 7)))
  await go(id, 1, days(slab, COPY_EVERY))
  const pump = row('降水', 2)
  await go(branch, 0, [{ kind: 'task.add', task: pump, before: dig }, ...days(dig, COPY_EVERY - 2)])
  const second = await branchOf(branch)
  await go(branch, COPY_EVERY - 1, [
    { kind: 'task.set', id: dig, patch: { name: '土方开挖（两班）' } },
    { kind: 'options.set', patch: { criticalSlackLimit: 480 } },
    last(dig, 9),
  ])
  const database = new pg.Client(app.database)
  await database.connect()
  const copies = await database.query('select plan::text, revision::int from t_main.plan_copy order by revision')
  expect(copies.rows).toEqual([
    { plan: id, revision: 1 },
    { plan: branch, revision: COPY_EVERY },
  ])
  const read = async () => ({
    branch: await load(branch),
    base: (await planner.entity(plan).read<Loaded>(id, 'load', { revision: 1 })).plan,
    review: await review(branch),
    second: await load(second),
  })
  const copied = await read()
  expect(copied.branch.plan.tasks.map(each => `${each.name} ${each.duration / 480}`)).toEqual([
    '降水 2',
    '土方开挖（两班） 9',
    '底板混凝土 3',
  ])
  // A copy only says sooner what the edits say.
  await database.query('delete from t_main.plan_copy')
  await database.end()
  expect(await read()).toEqual(copied)
})
