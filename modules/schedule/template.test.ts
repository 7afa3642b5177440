// Plan templates through the door: made by PMO from a plan, used by the planner for a new plan and in a plan, one undo.
import type { PlanTemplate } from '@yingzao/engines/plan-template'
import type { Plan, PlanEdit, Task } from '@yingzao/engines/schedule'
import type { Id, Json } from '@yingzao/kernel/entity'
import { newId } from '@yingzao/platform/client'
import { type Person, type TestApp, testApp } from '@yingzao/platform/testing/app'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { project } from '../project/project.entity.ts'
import { plan } from './plan.entity.ts'
import { planTemplate } from './template.entity.ts'

let app: TestApp
let pmo: Person
let planner: Person
let foreman: Person
let site: Id<'project'>
beforeAll(async () => {
  app = await testApp()
  pmo = await app.as('pmo')
  site = (await pmo.entity(project).create({ name: '住宅楼', type: 'building', company: app.company })).id
  const at = { kind: 'project', id: site } as const
  planner = await app.as('planner', { at })
  foreman = await app.as('foreman', { at })
})
afterAll(() => app?.close())

const row = (name: string, days: number, more: Partial<Task> = {}): Task => ({
  ...{ id: newId(), name, kind: 'task', duration: days * 480, constraint: { type: 'asap' } },
  ...more,
})
const load = (id: string) => planner.entity(plan).read<{ plan: Plan; revision: number }>(id, 'load')
const edit = async (id: string, ...edits: PlanEdit[]) =>
  planner.entity(plan).run(id, 'edit', { base: (await load(id)).revision, edits })

/** A plan whose one summary is a floor of two tasks, priced. */
async function floors() {
  const made = await planner.entity(plan).create({ name: '总计划', project: site, start_on: '2026-03-02' })
  const floor = row('标准层', 0)
  const [steel, pour] = [
    row('钢筋', 3, { parent: floor.id, cost: '900.00', percentComplete: 50, actualStart: 29_606_880 }),
    row('混凝土', 2, { parent: floor.id }),
  ]
  const crew = { id: newId(), name: '钢筋班组', kind: 'work' as const, rates: [{ perHour: '60.00' }] }
  await edit(
    made.id,
    ...[floor, steel, pour].map((task): PlanEdit => ({ kind: 'task.add', task })),
    {
      kind: 'link.add',
      link: { id: newId(), from: steel.id, to: pour.id, type: 'FS', lag: { kind: 'working', minutes: 0 } },
    },
    { kind: 'resource.add', resource: crew },
    { kind: 'assignment.add', assignment: { id: newId(), task: steel.id, resource: crew.id, units: 1 } },
  )
  return { id: made.id, floor: floor.id, steel: steel.id, pour: pour.id }
}

let count = 0
async function floorTemplate() {
  const from = await floors()
  const { template } = await pmo.perform<{ template: Id<'plan_template'> }>('schedule.make_template', {
    ...{ plan: from.id, task: from.floor, name: `标准层施工 ${++count}`, project_type: 'building' },
  })
  const record = await pmo.entity(planTemplate).get(template)
  const content = record.content as unknown as PlanTemplate
  await pmo.entity(planTemplate).patch(template, record.version, {
    content: {
      ...JSON.parse(JSON.stringify(content)),
      parameters: [{ key: 'floors', name: '层数', count: 2, first: 1 }],
      repeats: { [from.floor]: 'floors' },
      flows: [{ block: from.floor, from: from.pour, to: from.steel, type: 'FS', lag: 0 }],
    },
  })
  return { from, template }
}

test('a summary becomes a template without dates, progress and money; the register tells its size', async () => {
  const { template } = await floorTemplate()
  const kept = await planner.entity(planTemplate).get(template)
  expect(kept).toMatchObject({ project_type: 'building', task_count: 6, work_days: 10 })
  expect(JSON.stringify(kept.content)).not.toMatch(/900|rates|actual|percent|"at"/)
})

test('a planner begins a plan with it: as many floors as he says, one after the other, taken back in one step', async () => {
  const { template } = await floorTemplate()
  const made = await planner.perform<{ plan: Id<'plan'>; tasks: number }>('schedule.start_plan', {
    ...{ template, project: site, name: '2 号楼', start_on: '2026-03-02', counts: { floors: 4 } },
  })
  expect(made.tasks).toBe(12)
  const { plan: value } = await load(made.plan)
  expect(value.tasks.filter(each => each.kind === 'summary').map(each => each.name)).toEqual(
    [1, 2, 3, 4].map(n => `标准层 ${n}`),
  )
  // Four floors of five working days each, from Monday: Friday of the fourth week.
  expect((await planner.entity(plan).get(made.plan)).finish_on).toBe('2026-03-27')
  await planner.entity(plan).run(made.plan, 'undo')
  expect((await load(made.plan)).plan.tasks).toEqual([])
})

test('put below a task of a plan it is one edit, with the resources that the plan has already', async () => {
  const { from, template } = await floorTemplate()
  const tower = row('3 号楼', 1)
  await edit(from.id, { kind: 'task.add', task: tower })
  const laid = await planner.perform<{ edits: PlanEdit[]; tasks: number }>('schedule.expand_template', {
    ...{ template, plan: from.id, under: tower.id, counts: { floors: 3 } },
  })
  const before = await load(from.id)
  await edit(from.id, ...laid.edits)
  const after = await load(from.id)
  expect(after.revision).toBe(before.revision + 1)
  expect(after.plan.tasks.filter(each => each.parent === tower.id)).toHaveLength(3)
  expect(after.plan.resources.map(each => each.name)).toEqual(['钢筋班组'])
  await planner.entity(plan).run(from.id, 'undo')
  expect((await load(from.id)).plan.tasks).toHaveLength(before.plan.tasks.length)
})

test('only PMO makes and changes templates; who has no part in planning does not see them', async () => {
  const { from, template } = await floorTemplate()
  const ask = { plan: from.id, name: '我的', project_type: 'building' }
  await expect(planner.perform('schedule.make_template', ask)).rejects.toMatchObject({ status: 403 })
  await expect(planner.entity(planTemplate).patch(template, 2, { name: '改' })).rejects.toMatchObject({ status: 403 })
  await expect(foreman.entity(planTemplate).get(template)).rejects.toMatchObject({ status: 404 })
  await expect(
    foreman.perform('schedule.start_plan', { template, project: site, name: 'x', start_on: '2026-03-02' }),
  ).rejects.toMatchObject({ status: 403 })
  // A plan that the asker does not see gives nothing.
  const stranger = await app.as('planner', {
    at: {
      kind: 'project',
      id: (await pmo.entity(project).create({ name: '别处', type: 'rail', company: app.company })).id,
    },
  })
  await expect(stranger.perform('schedule.expand_template', { template, plan: from.id })).rejects.toMatchObject({
    status: 404,
  })
})

test('hostile counts and content are refused with what to do', async () => {
  const { template } = await floorTemplate()
  const begin = (counts: unknown) =>
    planner.perform('schedule.start_plan', { template, project: site, name: 'x', start_on: '2026-03-02', counts })
  for (const floors of [0, 1e9, 'many', null])
    await expect(begin({ floors })).rejects.toMatchObject({ problem: { code: 'schedule.template_count' } })
  const bad: readonly Json[] = [{ tasks: [{ id: 'x' }] }, { tasks: [], repeats: { x: 'y' } }, 'plan', 7]
  for (const content of bad)
    await expect(
      pmo.entity(planTemplate).create({ name: `坏 ${String(newId())}`, project_type: 'rail', content }),
    ).rejects.toMatchObject({ problem: { code: 'schedule.invalid_template' } })
})
