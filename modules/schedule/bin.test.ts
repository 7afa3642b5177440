// The recycle bin, through the door people use: a plan takes its tasks with it, a project its plans and members.
import { newId } from '@yingzao/platform/client'
import { type Person, type TestApp, testApp } from '@yingzao/platform/testing/app'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { projectMember } from '../project/member.entity.ts'
import { project } from '../project/project.entity.ts'
import { plan } from './plan.entity.ts'
import { task } from './task.entity.ts'

let app: TestApp
let pmo: Person
beforeAll(async () => {
  app = await testApp()
  pmo = await app.as('pmo')
})
afterAll(() => app?.close())

const siteOf = (name: string) =>
  pmo.entity(project).create({ name, type: 'rail', company: app.company as never, finish_on: '2026-12-31' })

/** A plan of two linked tasks; the first of a project is its current plan. */
async function planIn(site: string, name: string) {
  const made = await pmo.entity(plan).create({ name, project: site as never, start_on: '2026-03-02' })
  const [dig, slab] = [newId(), newId()]
  const row = (id: string, name: string) => ({
    kind: 'task.add',
    task: { id, name, kind: 'task', duration: 2400, constraint: { type: 'asap' } },
  })
  const link = { id: newId(), from: dig, to: slab, type: 'FS', lag: { kind: 'working', minutes: 0 } }
  const edits = [row(dig, '土方开挖'), row(slab, '底板'), { kind: 'link.add', link }]
  await pmo.entity(plan).run(made.id, 'edit', { base: 0, edits })
  return { id: made.id, dig, slab }
}
const tasksOf = async (site: string) =>
  (await pmo.entity(task).list({ filter: { project: { eq: site } }, sort: ['start_on'] })).items.map(each => each.name)
const load = (id: string) =>
  pmo.entity(plan).read<{ plan: { tasks: { name: string }[]; links: unknown[] } }>(id, 'load')
const binned = async (id: string) =>
  (await pmo.entity(plan).list({ filter: { id: { eq: id } }, deleted: true })).items[0]?.version ?? 0

test('a deleted plan takes its tasks out of the task list, and restored it has them and their links again', async () => {
  const site = await siteOf('车站')
  const { id, dig } = await planIn(site.id, '总计划')
  expect(await tasksOf(site.id)).toEqual(['土方开挖', '底板'])
  expect(await pmo.entity(project).get(site.id)).toMatchObject({ health: 'good', forecast_finish_on: '2026-03-13' })
  await pmo.entity(plan).remove(id, (await pmo.entity(plan).get(id)).version)
  expect(await tasksOf(site.id)).toEqual([])
  expect(await pmo.entity(project).get(site.id)).toMatchObject({ health: 'unknown', forecast_finish_on: null })
  await pmo.entity(plan).restore(id, await binned(id))
  expect(await tasksOf(site.id)).toEqual(['土方开挖', '底板'])
  expect((await load(id)).plan.links).toHaveLength(1)
  expect(await pmo.entity(project).get(site.id)).toMatchObject({ health: 'good', forecast_finish_on: '2026-03-13' })
  expect((await pmo.entity(task).history(dig)).map(each => each.op)).toEqual(['restore', 'delete', 'create'])
})

test('a task removed from the plan before stays removed when the plan comes back', async () => {
  const site = await siteOf('区间')
  const { id, slab } = await planIn(site.id, '总计划')
  await pmo.entity(plan).run(id, 'edit', { base: 1, edits: [{ kind: 'task.remove', ids: [slab] }] })
  await pmo.entity(plan).remove(id, (await pmo.entity(plan).get(id)).version)
  await pmo.entity(plan).restore(id, await binned(id))
  expect(await tasksOf(site.id)).toEqual(['土方开挖'])
})

test('another plan that became current in the meantime stays it', async () => {
  const site = await siteOf('车辆段')
  const first = await planIn(site.id, '第一版')
  const second = await planIn(site.id, '第二版')
  await pmo.entity(plan).remove(first.id, (await pmo.entity(plan).get(first.id)).version)
  await pmo.entity(plan).run(second.id, 'make_current')
  await pmo.entity(plan).restore(first.id, await binned(first.id))
  expect(await pmo.entity(plan).get(first.id)).toMatchObject({ current: false })
  expect(await pmo.entity(plan).get(second.id)).toMatchObject({ current: true })
})

test('a deleted project takes plans, tasks and members with it; a member loses his right and gets it back', async () => {
  const site = await siteOf('主变电所')
  const { id } = await planIn(site.id, '总计划')
  const engineer = await app.as()
  const role = (await pmo.entity('role').list({ filter: { code: { eq: 'engineer' } } })).items[0]
  await pmo.entity(projectMember).create({ project: site.id as never, user: engineer.user, role: role?.id as never })
  expect(await engineer.entity(project).get(site.id)).toMatchObject({ name: '主变电所' })
  await pmo.entity(project).remove(site.id, site.version)
  expect(await tasksOf(site.id)).toEqual([])
  await expect(pmo.entity(plan).get(id)).rejects.toMatchObject({ problem: { status: 404 } })
  await expect(engineer.entity(project).get(site.id)).rejects.toMatchObject({ problem: { status: 404 } })
  await expect(pmo.entity(plan).restore(id, await binned(id))).rejects.toMatchObject({
    problem: { code: 'record.whole_deleted' },
  })
  await pmo.entity(project).restore(site.id, site.version + 1)
  expect(await tasksOf(site.id)).toEqual(['土方开挖', '底板'])
  expect(await engineer.entity(project).get(site.id)).toMatchObject({ name: '主变电所' })
})
