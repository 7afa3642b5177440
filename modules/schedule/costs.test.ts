// The money in a plan is seen by those who may know it, and by nobody else through any door.
import type { PlanEdit, Task } from '@yingzao/engines/schedule'
import { newId } from '@yingzao/platform/client'
import { type Person, type TestApp, testApp } from '@yingzao/platform/testing/app'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { project } from '../project/project.entity.ts'
import { plan } from './plan.entity.ts'
import { readRisk } from './risk.ts'
import { planResource, task } from './task.entity.ts'

let app: TestApp
let planner: Person
let foreman: Person
let id: string
let dig: string
let crane: string
/** Figures that stand nowhere else. */
const figures = /918273|645342|777123|313233/

beforeAll(async () => {
  app = await testApp()
  const pmo = await app.as('pmo')
  const site = (await pmo.entity(project).create({ name: '车站', type: 'rail', company: app.company as never })).id
  const at = { kind: 'project', id: site } as const
  planner = await app.as('planner', { at })
  foreman = await app.as('foreman', { at, name: '赵铁柱' })
  id = (await planner.entity(plan).create({ name: '总计划', project: site, start_on: '2026-03-02' })).id
  const row: Task = {
    ...{ id: newId(), name: '土方开挖', kind: 'task', duration: 2400, constraint: { type: 'asap' } },
    ...{ cost: '918273.00', fixedCost: '645342.00' },
  }
  dig = row.id
  crane = newId()
  const resource = { id: crane, name: '塔吊', kind: 'work', rates: [{ perHour: '777123.00' }] } as const
  await edit(planner, { kind: 'task.add', task: row }, { kind: 'resource.add', resource })
  await planner.entity(plan).run(id, 'set_baseline', { number: 0 })
})
afterAll(() => app?.close())

const load = (who: Person) => who.entity(plan).read<{ revision: number }>(id, 'load')
const edit = async (who: Person, ...edits: PlanEdit[]) =>
  who.entity(plan).run(id, 'edit', { base: (await load(who)).revision, edits })

/** What somebody gets through each door, as text. */
const doors = async (who: Person): Promise<Record<string, string>> => {
  const text = (answer: unknown) => JSON.stringify(answer)
  return {
    load: text(await load(who)),
    asItWas: text(await who.entity(plan).read(id, 'load', { revision: 1 })),
    edits: text(await who.entity(plan).read(id, 'edits', { since: 0 })),
    record: text(await who.entity(plan).get(id)),
    task: text(await who.entity(task).get(dig)),
    history: text(await who.entity(task).history(dig)),
    resource: text(await who.entity(planResource).get(crane)),
  }
}

test('a planner knows what the plan costs, also in the file he exports', async () => {
  const seen = await doors(planner)
  for (const door of ['load', 'asItWas', 'edits', 'record']) expect(seen[door], door).toMatch(figures)
  const file = await planner.entity(plan).read(id, 'file', { format: 'mspdi' })
  expect(JSON.stringify(file)).toMatch(/918273|91827300/)
})

test('a foreman opens the plan, its past, its tasks and resources, and learns nothing of its money', async () => {
  for (const [door, text] of Object.entries(await doors(foreman))) expect(text, door).not.toMatch(figures)
  expect(JSON.parse((await doors(foreman)).load ?? '').plan.tasks[0]).toMatchObject({
    name: '土方开挖',
    baselines: [{ number: 0, duration: 2400 }],
  })
})

test('a cost engineer prices what others plan, as an edit with undo, and plans nothing', async () => {
  const site = (await planner.entity(plan).get(id)).project
  const engineer = await app.as('cost_engineer', { at: { kind: 'project', id: site } })
  const made = await planner.entity(plan).create({ name: '计价', project: site, start_on: '2026-03-02' })
  const [work, crew, bricks] = [newId(), newId(), newId()]
  const row: Task = { id: work, name: '砌筑', kind: 'task', duration: 2400, constraint: { type: 'asap' } }
  const edits: PlanEdit[] = [
    { kind: 'task.add', task: row },
    { kind: 'resource.add', resource: { id: crew, name: '瓦工', kind: 'work' } },
    { kind: 'resource.add', resource: { id: bricks, name: '砖', kind: 'material', unitLabel: '千块' } },
    { kind: 'assignment.add', assignment: { id: newId(), task: work, resource: crew, units: 2 } },
    { kind: 'assignment.add', assignment: { id: newId(), task: work, resource: bricks, units: 12 } },
  ]
  await planner.entity(plan).run(made.id, 'edit', { base: 0, edits })
  const price = (...some: PlanEdit[]) => engineer.entity(plan).run(made.id, 'price', { base: 99, edits: some })
  const total = async () => (await engineer.entity(plan).get(made.id)).cost_amount
  await price(
    { kind: 'resource.set', id: crew, patch: { rates: [{ perHour: '45' }] } },
    { kind: 'resource.set', id: bricks, patch: { rates: [{ perHour: '620.50' }] } },
    { kind: 'task.set', id: work, patch: { fixedCost: '800' } },
  )
  // Two for five days of eight hours, twelve thousand bricks, and what is fixed.
  expect(await total()).toBe('11846.00')
  // Whoever plans moves the cost with the work.
  const longer: PlanEdit = { kind: 'task.set', id: work, patch: { duration: 4800 } }
  await planner.entity(plan).run(made.id, 'edit', { base: 99, edits: [longer] })
  expect(await total()).toBe('15446.00')
  await engineer.entity(plan).run(made.id, 'undo')
  expect(await total()).toBeNull()
  await expect(price(longer)).rejects.toMatchObject({
    problem: { code: 'schedule.only_costs', detail: expect.stringContaining('工期') },
  })
  const { version } = await engineer.entity(plan).get(made.id)
  for (const denied of [
    () => engineer.entity(plan).run(made.id, 'edit', { base: 99, edits: [longer] }),
    () => engineer.entity(plan).patch(made.id, version, { name: '改名' }),
    () => foreman.entity(plan).run(made.id, 'price', { base: 99, edits: [longer] }),
  ])
    await expect(denied()).rejects.toMatchObject({ status: 403 })
})

test('what a risk event costs is kept apart: planners read and write it, a foreman reads the risk and no amount', async () => {
  const event = { id: 'e', name: '暴雨', probability: 20, tasks: [dig], min: 1, likely: 2, max: 3 }
  const door = planner.entity(plan)
  const { version } = await door.get(id)
  const kept = await door.patch(id, version, { risk: { events: [event] }, risk_costs: { e: '313233.00' } })
  expect(readRisk(kept.risk, kept.risk_costs)).toMatchObject({ risk: { events: [{ id: 'e', cost: '313233.00' }] } })
  const seen = await foreman.entity(plan).get(id)
  expect(readRisk(seen.risk, seen.risk_costs)).toMatchObject({ risk: { events: [{ name: '暴雨', cost: '' }] } })
  await door.run(id, 'branch', { name: '雨季方案' })
  const branch = (await door.list({ filter: { name: { eq: '雨季方案' } } })).items[0]
  expect((await door.get(branch?.id ?? '')).risk_costs).toEqual({ e: '313233.00' })
  const own = foreman.entity(plan)
  const past = [await own.list({}), await own.history(id), await own.get(branch?.id ?? ''), await doors(foreman)]
  for (const text of past) expect(JSON.stringify(text)).not.toMatch(figures)
  // An amount among what everybody reads is refused, not kept.
  const open = { risk: { events: [{ ...event, cost: '313233.00' }] } }
  await expect(door.patch(id, kept.version, open)).rejects.toMatchObject({
    problem: { code: 'schedule.invalid_risk', detail: expect.stringContaining('events[0].cost') },
  })
  await expect(door.patch(id, kept.version, { risk_costs: { e: 'viel' } })).rejects.toMatchObject({
    problem: { code: 'schedule.invalid_risk' },
  })
})

test('what crashing costs is kept by who plans and prices, and is at no door of a foreman', async () => {
  const alternatives = [{ id: newId(), task: dig, name: '两班', days: 3, cost: '-645342', resources: [] }]
  const crash = { indirect: '918273', tasks: [{ task: dig, days: 2, cost: '645342', per: 'day' }], alternatives }
  const { version } = await planner.entity(plan).get(id)
  await planner.entity(plan).patch(id, version, { crash })
  expect(JSON.stringify((await planner.entity(plan).get(id)).crash)).toMatch(figures)
  await planner.entity(plan).run(id, 'branch', { name: '试算' })
  const list = await foreman.entity(plan).list({})
  const past = await foreman.entity(plan).history(id)
  for (const text of [list, past, await doors(foreman)]) expect(JSON.stringify(text)).not.toMatch(figures)
  const branch = (await planner.entity(plan).list({ filter: { branch_of: { eq: id } } })).items[0]
  expect(JSON.stringify((await planner.entity(plan).get(branch?.id ?? '')).crash)).toMatch(figures)
  await expect(foreman.entity(plan).patch(id, version + 1, { crash: null })).rejects.toMatchObject({ status: 403 })
  const wrong = { ...crash, indirect: '-3' }
  await expect(planner.entity(plan).patch(id, version + 1, { crash: wrong })).rejects.toMatchObject({
    problem: { code: 'schedule.invalid_crash', detail: expect.stringContaining('indirect') },
  })
})

test('who may edit and not know the costs cannot write them either; they stay when he edits', async () => {
  const administrator = await app.as('administrator')
  const roles = await administrator.entity('role').list({ filter: { code: { eq: 'planner' } } })
  const role = { eq: roles.items[0]?.id ?? '' }
  const grants = await administrator.entity('grant').list({ filter: { role, entity: { eq: 'plan' } } })
  for (const each of grants.items) await administrator.entity('grant').patch(each.id, each.version, { fields: {} })
  await expect.poll(async () => figures.test(JSON.stringify(await load(planner)))).toBe(false)
  await expect(edit(planner, { kind: 'task.set', id: dig, patch: { fixedCost: '1.00' } })).rejects.toMatchObject({
    problem: { code: 'access.field', detail: expect.stringContaining('计划成本') },
  })
  await edit(planner, { kind: 'task.set', id: dig, patch: { duration: 4800 } })
  await planner.entity(plan).run(id, 'undo')
  const pmo = await app.as('pmo')
  expect(JSON.stringify(await load(pmo))).toMatch(/918273.*645342|645342.*918273/)
  const file = JSON.stringify(await planner.entity(plan).read(id, 'file', { format: 'mspdi' }))
  expect(file).toContain('土方开挖')
  expect(file).not.toMatch(/918273|91827300|645342|64534200/)
})
