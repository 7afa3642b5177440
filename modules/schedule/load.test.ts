// The load one plan answers for the company's sum, and whose work a resource is.
import type { Assignment, Resource, Task } from '@yingzao/engines/schedule'
import { newId } from '@yingzao/platform/client'
import { type Person, type TestApp, testApp } from '@yingzao/platform/testing/app'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { project } from '../project/project.entity.ts'
import type { PlanLoads } from './load-shape.ts'
import { plan } from './plan.entity.ts'
import { planResource } from './task.entity.ts'

let app: TestApp
let planner: Person
let foreman: Person
let site: string
beforeAll(async () => {
  app = await testApp()
  const pmo = await app.as('pmo')
  site = (await pmo.entity(project).create({ name: '车站', type: 'rail', company: app.company as never })).id
  const at = { kind: 'project', id: site } as const
  planner = await app.as('planner', { at })
  foreman = await app.as('foreman', { at, name: '段师傅' })
})
afterAll(() => app?.close())

/** Two weeks of ten working days; four rebar fixers where there are two. */
async function busyPlan() {
  const made = await planner.entity(plan).create({ name: '总计划', project: site as never, start_on: '2026-03-02' })
  const task: Task = {
    id: newId(),
    name: '底板钢筋',
    kind: 'task',
    duration: 10 * 480,
    constraint: { type: 'asap' },
    ignoreResourceCalendar: true,
  }
  const crew: Resource = { id: newId(), name: '钢筋班组', kind: 'work', maxUnits: 2 }
  const assignment: Assignment = { id: newId(), task: task.id, resource: crew.id, units: 4, work: 4 * 10 * 480 }
  const edits = [
    { kind: 'resource.add', resource: crew },
    { kind: 'task.add', task },
    { kind: 'assignment.add', assignment },
  ]
  await planner.entity(plan).run(made.id, 'edit', { base: 0, edits })
  return { id: made.id, crew: crew.id }
}
const loads = (who: Person, id: string, unit: 'week' | 'month') =>
  who.entity(plan).read<PlanLoads>(id, 'loads', { unit })

const version = async (crew: string) => (await planner.entity(planResource).get(crew)).version

test('a plan tells by weeks and months how much of each crew it asks for and what there is', async () => {
  const { id } = await busyPlan()
  const byWeek = await loads(planner, id, 'week')
  const [crew] = byWeek.resources
  expect(crew).toMatchObject({
    name: '钢筋班组',
    user: null,
    work: [9600, 9600],
    available: [4800, 4800],
    over: [0, 1],
  })
  expect(new Date((byWeek.edges[0] ?? 0) * 60_000).toISOString()).toBe('2026-03-02T00:00:00.000Z')
  const byMonth = await loads(foreman, id, 'month')
  expect(byMonth.resources[0]?.work).toEqual([19200])
  await expect(loads(planner, id, 'day' as never)).rejects.toMatchObject({ status: 422 })
})

test('who may not see the plan does not see its load', async () => {
  const { id } = await busyPlan()
  const stranger = await app.as('storekeeper')
  await expect(loads(stranger, id, 'week')).rejects.toMatchObject({ status: 404 })
})

test('a planner says which person a resource is; the rest of it is changed in the plan; an edit of the plan keeps the person', async () => {
  const { id, crew } = await busyPlan()
  await planner.entity(planResource).patch(crew, await version(crew), { user: foreman.user as never })
  expect((await loads(planner, id, 'week')).resources[0]?.user).toBe(foreman.user)
  await planner
    .entity(plan)
    .run(id, 'edit', { base: 1, edits: [{ kind: 'resource.set', id: crew, patch: { maxUnits: 5 } }] })
  expect((await loads(planner, id, 'week')).resources[0]).toMatchObject({ user: foreman.user, over: [] })
  await expect(
    planner.entity(planResource).patch(crew, await version(crew), { name: '别名' } as never),
  ).rejects.toMatchObject({
    status: 403,
    message: expect.stringContaining('名称'),
  })
  await expect(foreman.entity(planResource).patch(crew, await version(crew), { user: null })).rejects.toMatchObject({
    status: 403,
  })
})
