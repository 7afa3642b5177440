// Who answers for a task: set in the plan like any edit, with undo and history; and he sees it among his own tasks.
import { newId } from '@yingzao/platform/client'
import { type Person, type TestApp, testApp } from '@yingzao/platform/testing/app'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { project } from '../project/project.entity.ts'
import { plan } from './plan.entity.ts'
import { task } from './task.entity.ts'

let app: TestApp
let planner: Person
let engineer: Person
let site: string
beforeAll(async () => {
  app = await testApp()
  const pmo = await app.as('pmo')
  site = (await pmo.entity(project).create({ name: '车站', type: 'rail', company: app.company as never })).id
  const at = { kind: 'project', id: site } as const
  planner = await app.as('planner', { at })
  engineer = await app.as('engineer', { at, name: '温若兰' })
})
afterAll(() => app?.close())

async function planOfOne() {
  const made = await planner.entity(plan).create({ name: '总计划', project: site as never, start_on: '2026-03-02' })
  const dig = { id: newId(), name: '土方开挖', kind: 'task', duration: 2400, constraint: { type: 'asap' } }
  await planner.entity(plan).run(made.id, 'edit', { base: 0, edits: [{ kind: 'task.add', task: dig }] })
  return { id: made.id, dig: dig.id }
}
const assign = (id: string, base: number, dig: string, responsible: string | null) =>
  planner.entity(plan).run(id, 'edit', { base, edits: [{ kind: 'task.set', id: dig, patch: { responsible } }] })
const mine = async (id: string) =>
  (await engineer.entity(task).list({ filter: { plan: { eq: id }, responsible: { eq: engineer.user } } })).items.map(
    each => each.name,
  )

test('made responsible in the plan he finds the task among his own; undone he does not, redone he does', async () => {
  const { id, dig } = await planOfOne()
  await assign(id, 1, dig, engineer.user)
  expect(await mine(id)).toEqual(['土方开挖'])
  expect(await planner.entity(plan).read(id, 'load')).toMatchObject({
    plan: { tasks: [{ name: '土方开挖', responsible: engineer.user }] },
  })
  await planner.entity(plan).run(id, 'undo')
  expect(await mine(id)).toEqual([])
  await planner.entity(plan).run(id, 'redo')
  expect(await mine(id)).toEqual(['土方开挖'])
  await assign(id, 4, dig, null)
  expect(await mine(id)).toEqual([])
  const changes = (await planner.entity(task).history(dig)).flatMap(each => each.diff)
  expect(changes.filter(each => each.field === 'responsible')).toHaveLength(4)
})

test('nobody who left, and nothing that is no person, answers for a task', async () => {
  const { id, dig } = await planOfOne()
  const administrator = await app.as('administrator')
  const gone = await app.as('engineer', { at: { kind: 'project', id: site } })
  await administrator.entity('user').patch(gone.user, 1, { active: false })
  for (const nobody of [gone.user, newId(), 'wang', id])
    await expect(assign(id, 1, dig, nobody)).rejects.toMatchObject({ problem: { code: 'schedule.no_such_person' } })
  expect((await planner.entity(task).get(dig)).responsible).toBeNull()
})

test('handed over by a leaver, an open plan hears who answers now, an edit that missed it is stopped, and he can be put back', async () => {
  const { id, dig } = await planOfOne()
  const administrator = await app.as('administrator')
  const leaver = await app.as('engineer', { at: { kind: 'project', id: site } })
  await assign(id, 1, dig, leaver.user)
  await administrator.perform('organisation.hand_over', { leaver: leaver.user, successor: engineer.user })

  const handed = [{ kind: 'task.set', id: dig, patch: { responsible: engineer.user } }]
  expect(await planner.entity(plan).read(id, 'edits', { since: 2 })).toMatchObject({
    revision: 3,
    edits: [{ revision: 3, by: administrator.user, edits: handed }],
  })
  expect(await planner.entity(plan).read(id, 'load')).toMatchObject({
    revision: 3,
    plan: { tasks: [{ responsible: engineer.user }] },
  })
  await expect(assign(id, 2, dig, planner.user)).rejects.toMatchObject({ problem: { code: 'schedule.changed' } })
  expect(await assign(id, 3, dig, planner.user)).toMatchObject({ revision: 4 })
})
