// The money in a plan is seen by those who may know it, and by nobody else through any door.
import type { PlanEdit, Task } from '@yingzao/engines/schedule'
import { newId } from '@yingzao/platform/client'
import { type Person, type TestApp, testApp } from '@yingzao/platform/testing/app'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { project } from '../project/project.entity.ts'
import { plan } from './plan.entity.ts'
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
