// 命名基线与发布 through the door people use: any number of them, two of them compared, what was published stays.
import { compute, type Plan, type PlanEdit, type Task } from '@yingzao/engines/schedule'
import { newId } from '@yingzao/platform/client'
import { type Person, type TestApp, testApp } from '@yingzao/platform/testing/app'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { project } from '../project/project.entity.ts'
import { planBaseline } from './baseline.entity.ts'
import { type FrozenDates, figuresOf, readFrozen, sideOf, taskDifferences } from './compare.ts'
import { plan } from './plan.entity.ts'
import { planPublication } from './publication.entity.ts'
import { revivedPlan } from './revive.ts'

let app: TestApp
let pmo: Person
let planner: Person
let engineer: Person
let site: string
beforeAll(async () => {
  app = await testApp()
  pmo = await app.as('pmo')
  site = (await pmo.entity(project).create({ name: '车站', type: 'rail', company: app.company as never })).id
  const at = { kind: 'project', id: site } as const
  planner = await app.as('planner', { at, name: '何清扬' })
  engineer = await app.as('engineer', { at })
})
afterAll(() => app?.close())

const loadAt = async (id: string, revision?: number, who = planner) => {
  const input: Record<string, number> = revision === undefined ? {} : { revision }
  const answer = await who.entity(plan).read<{ plan: Plan; revision: number }>(id, 'load', input)
  return { revision: answer.revision, plan: revivedPlan(answer.plan) }
}
const edit = async (id: string, ...edits: PlanEdit[]) =>
  planner.entity(plan).run(id, 'edit', { base: (await loadAt(id)).revision, edits })
const row = (name: string, days: number, more: Partial<Task> = {}): Task => ({
  ...{ id: newId(), name, kind: 'task', duration: days * 480, constraint: { type: 'asap' } },
  ...more,
})
const baselines = async (id: string, who = planner) =>
  (await who.entity(planBaseline).list({ filter: { plan: { eq: id } }, sort: ['created_at'] })).items
const sideAt = async (id: string, revision?: number, frozen: FrozenDates = {}) => {
  const { plan: value } = await loadAt(id, revision)
  const outcome = compute(value)
  if (!outcome.ok) throw new Error(outcome.error.code)
  return sideOf(value, outcome.schedule.tasks, frozen)
}

async function smallPlan() {
  const made = await planner.entity(plan).create({ name: '总计划', project: site as never, start_on: '2026-03-02' })
  const [dig, slab, done] = [
    row('土方开挖', 5, { cost: '100.00' }),
    row('底板', 3),
    row('出 ±0', 0, { kind: 'milestone' }),
  ]
  const fs = (from: Task, to: Task): PlanEdit => ({
    ...{ kind: 'link.add' },
    link: { id: newId(), from: from.id, to: to.id, type: 'FS', lag: { kind: 'working', minutes: 0 } },
  })
  const add = (task: Task): PlanEdit => ({ kind: 'task.add', task })
  await edit(made.id, add(dig), add(slab), add(done), fs(dig, slab), fs(slab, done))
  return { id: made.id, dig: dig.id, slab: slab.id, done: done.id }
}

test('as many baselines as people want, each with the dates of its day', async () => {
  const { id, dig } = await smallPlan()
  for (let days = 6; days < 19; days++) {
    await edit(id, { kind: 'task.set', id: dig, patch: { duration: days * 480 } })
    await planner.entity(plan).run(id, 'keep_baseline', { name: `第 ${days} 版` })
  }
  const rows = await baselines(id)
  expect(rows).toHaveLength(13)
  expect(rows.map(each => each.finish_on).slice(0, 3)).toEqual(['2026-03-12', '2026-03-13', '2026-03-16'])
  expect(rows[0]).toMatchObject({ name: '第 6 版', published: false, task_count: 3, created_by: planner.user })
  // They are no edits: nothing to undo, nothing that others have to fetch.
  expect((await loadAt(id)).revision).toBe(rows[12]?.revision)
})

test('two baselines are compared: which tasks changed, which only moved, when the milestone is reached', async () => {
  const { id, dig, slab, done } = await smallPlan()
  await planner.entity(plan).run(id, 'keep_baseline', { name: '投标' })
  await edit(id, { kind: 'task.set', id: dig, patch: { duration: 8 * 480 } })
  const crane = row('塔吊安装', 2)
  await edit(id, { kind: 'task.add', task: crane })
  await planner.entity(plan).run(id, 'keep_baseline', { name: '开工' })
  await edit(id, { kind: 'task.remove', ids: [slab] })
  const [bid, begun] = await baselines(id)
  if (!bid || !begun) throw new Error('two baselines were kept')
  const sides = await Promise.all([bid, begun].map(each => sideAt(id, each.revision, readFrozen(each.dates))))
  const [first, second] = sides
  if (!first || !second) throw new Error('two sides')
  expect(taskDifferences(first, second).map(each => [each.id, each.what, each.days])).toEqual([
    [dig, 'changed', 5],
    [slab, 'moved', 5],
    [done, 'moved', 5],
    [crane.id, 'added', 0],
  ])
  expect(figuresOf(first)).toMatchObject({ tasks: 3, critical: 3, cost: '100.00', path: [dig, slab, done] })
  const reached = (of: typeof first) => figuresOf(of).milestones.get(done)?.finish ?? 0
  expect((reached(second) - reached(first)) / 1440).toBe(5)
  const now = await sideAt(id)
  expect(taskDifferences(second, now).map(each => [each.id, each.what])).toEqual([
    [done, 'changed'],
    [slab, 'removed'],
  ])
  expect(taskDifferences(second, now)[0]?.links.removed).toEqual(['底板'])
})

test('the plan as it was is read at any revision, also over undo and redo', async () => {
  const { id, dig } = await smallPlan()
  const states = [await loadAt(id)]
  const step = async (work: Promise<unknown>) => {
    await work
    states.push(await loadAt(id))
  }
  await step(edit(id, { kind: 'task.set', id: dig, patch: { duration: 960 } }))
  await step(edit(id, { kind: 'task.remove', ids: [dig] }))
  await step(planner.entity(plan).run(id, 'undo'))
  await step(planner.entity(plan).run(id, 'set_baseline', { number: 0 }))
  for (const { revision, plan: was } of states) expect((await loadAt(id, revision)).plan).toEqual(was)
})

test('published it stays: readers see which version it is, nobody renames or removes it', async () => {
  const { id } = await smallPlan()
  await expect(planner.entity(plan).run(id, 'publish', { name: '第 1 版' })).rejects.toMatchObject({
    problem: { status: 403 },
  })
  await pmo.entity(plan).run(id, 'publish', { name: '第 1 版', note: '业主已批' })
  await planner.entity(plan).run(id, 'keep_baseline', { name: '草稿' })
  const [version, draft] = await baselines(id, engineer)
  expect(version).toMatchObject({
    name: '第 1 版',
    note: '业主已批',
    published: true,
    revision: 1,
    created_by: pmo.user,
  })
  if (!version || !draft) throw new Error('two baselines were kept')
  const stays = { problem: { code: 'schedule.published_stays' } }
  await expect(pmo.entity(planBaseline).remove(version.id, version.version)).rejects.toMatchObject(stays)
  await expect(pmo.entity(planBaseline).patch(version.id, version.version, { name: '第 2 版' })).rejects.toMatchObject(
    stays,
  )
  await expect(engineer.entity(planBaseline).remove(draft.id, draft.version)).rejects.toMatchObject({ status: 403 })
  await planner.entity(planBaseline).remove(draft.id, draft.version)
  expect(await baselines(id)).toHaveLength(1)
  // A branch is a trial: there is nothing to publish of it.
  await pmo.entity(plan).run(id, 'branch', { name: '试算' })
  const branch = (await pmo.entity(plan).list({ filter: { branch_of: { eq: id } } })).items[0]
  await expect(pmo.entity(plan).run(branch?.id ?? '', 'publish', { name: 'x' })).rejects.toMatchObject({
    problem: { code: 'verb.not_now' },
  })
})

test('a planner asks to publish: approved, exactly what was submitted is published, edits made meanwhile are not', async () => {
  const { id, slab } = await smallPlan()
  const manager = await app.as('project_manager', { at: { kind: 'project', id: site } })
  const ask = async (input: object) => {
    const made = await planner.entity(planPublication).create({ name: '第 1 版', plan: id as never, ...input })
    await planner.entity(planPublication).run(made.id, 'submit')
    return planner.entity(planPublication).get(made.id)
  }
  await expect(ask({ kind: 'take_over' })).rejects.toMatchObject({ problem: { code: 'schedule.no_branch' } })
  const asked = await ask({ note: '按甲方意见调整' })
  expect(asked).toMatchObject({ state: 'pending', revision: 1, task_count: 3, published_finish_on: null })
  await edit(id, { kind: 'task.set', id: slab, patch: { duration: 4800 } })
  expect(await baselines(id)).toEqual([])
  await expect(planner.entity(planPublication).run(asked.id, 'approve')).rejects.toMatchObject({ status: 403 })
  await manager.entity(planPublication).run(asked.id, 'approve')
  const [version] = await baselines(id)
  expect(version).toMatchObject({
    ...{ name: '第 1 版', note: '按甲方意见调整', published: true, revision: 1, finish_on: asked.finish_on },
  })
  expect(readFrozen(version?.dates)[slab]?.[2]).toBe(3 * 480)
  await expect(engineer.entity(planPublication).list()).rejects.toMatchObject({ status: 403 })
})

test('a branch is taken over when that is approved; one edited after it was submitted is refused until it is submitted again', async () => {
  const { id, slab } = await smallPlan()
  const manager = await app.as('project_manager', { at: { kind: 'project', id: site } })
  await planner.entity(plan).run(id, 'branch', { name: '两班倒' })
  const [apart] = (await planner.entity(plan).list({ filter: { branch_of: { eq: id } } })).items
  const branch = apart?.id ?? ''
  const set = (duration: number): PlanEdit => ({ kind: 'task.set', id: slab, patch: { duration } })
  await edit(branch, set(960))
  const requests = planner.entity(planPublication)
  const made = await requests.create({ name: '并入两班倒', kind: 'take_over', plan: branch as never })
  await requests.run(made.id, 'submit')
  await edit(branch, set(480))
  await expect(manager.entity(planPublication).run(made.id, 'approve')).rejects.toMatchObject({
    problem: { code: 'schedule.seen_before' },
  })
  expect((await requests.get(made.id)).state).toBe('pending')
  await manager.entity(planPublication).run(made.id, 'reject', { opinion: '又改了，请重新送审' })
  await requests.run(made.id, 'submit')
  await manager.entity(planPublication).run(made.id, 'approve')
  expect((await loadAt(id)).plan.tasks.find(each => each.id === slab)?.duration).toBe(480)
  await expect(requests.create({ name: 'x', plan: branch as never })).rejects.toMatchObject({
    problem: { code: 'schedule.publish_original' },
  })
})
