// 跨计划搭接 through the door people use: who may make one, what it asks, and that it moves nothing by itself.
import type { Plan, PlanEdit, Task } from '@yingzao/engines/schedule'
import { newId } from '@yingzao/platform/client'
import { type Person, type TestApp, testApp } from '@yingzao/platform/testing/app'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { project } from '../project/project.entity.ts'
import { crossLink } from './cross-link.entity.ts'
import { plan } from './plan.entity.ts'
import { task } from './task.entity.ts'

let app: TestApp
let pmo: Person
beforeAll(async () => {
  app = await testApp()
  pmo = await app.as('pmo')
})
afterAll(() => app?.close())

const row = (name: string, days: number): Task => ({
  id: newId(),
  name,
  kind: 'task',
  duration: days * 480,
  constraint: { type: 'asap' },
})

/** A project with its planner and a plan of tasks one after the other, from Monday 2026-03-02. */
async function planned(name: string, ...tasks: readonly (readonly [string, number])[]) {
  const owner = await pmo.entity(project).create({ name, type: 'industrial', company: app.company })
  const planner = await app.as('planner', { at: { kind: 'project', id: owner.id } })
  const made = await planner.entity(plan).create({ name: `${name}计划`, project: owner.id, start_on: '2026-03-02' })
  const rows = tasks.map(([title, days]) => row(title, days))
  const edits = rows.flatMap((each, index): PlanEdit[] => {
    const before = rows[index - 1]
    const link = { id: newId(), to: each.id, type: 'FS', lag: { kind: 'working', minutes: 0 } } as const
    return [
      { kind: 'task.add', task: each },
      ...(before ? [{ kind: 'link.add', link: { ...link, from: before.id } } as const] : []),
    ]
  })
  await planner.entity(plan).run(made.id, 'edit', { base: 0, edits })
  return { project: owner.id, plan: made.id, planner, ids: rows.map(each => each.id) }
}
const factoryAndStation = async () => ({
  factory: await planned('工厂', ['生产卫浴', 10], ['发运', 2]),
  station: await planned('车站', ['主体', 5], ['安装卫浴', 3]),
})
interface Shown {
  readonly id: string
  readonly way: 'in' | 'out'
  readonly task: string
  readonly other: { readonly name?: string; readonly plan_name?: string; readonly broken: boolean }
  readonly given?: number
  readonly asks?: number
  readonly late_days?: number
}
const shown = async (who: Person, id: string) =>
  (await who.entity(plan).read<{ links: Shown[] }>(id, 'cross_links')).links
const load = (who: Person, id: string) => who.entity(plan).read<{ plan: Plan; revision: number }>(id, 'load')

test('the planner of the successor links it to a task he sees, and is told that it comes seven days too late', async () => {
  const { factory, station } = await factoryAndStation()
  const both = await app.as('pmo')
  const before = await load(both, station.plan)
  await both
    .entity(crossLink)
    .create({ from_task: factory.ids[1] as never, to_task: station.ids[1] as never, type: 'FS' })
  const [link] = await shown(both, station.plan)
  // Shipped on Tuesday 17 March, the pods could be fitted from the 18th; the plan begins on Monday the 9th.
  expect(link).toMatchObject({ way: 'in', other: { name: '发运', plan_name: '工厂计划' }, late_days: 7 })
  expect(await load(both, station.plan)).toEqual(before)
  // Accepted as any edit is: and taken back as any.
  const edit = {
    kind: 'task.set',
    id: station.ids[1],
    patch: { constraint: { type: 'start_no_earlier_than', at: link?.asks } },
  }
  await both.entity(plan).run(station.plan, 'edit', { base: before.revision, edits: [edit] })
  expect((await shown(both, station.plan))[0]?.late_days).toBe(0)
  expect((await both.entity(task).get(station.ids[1] ?? '')).start_on).toBe('2026-03-18')
  await both.entity(plan).run(station.plan, 'undo')
  expect((await shown(both, station.plan))[0]?.late_days).toBe(7)
})

test('of a plan that a planner may not see he learns the date and nothing else', async () => {
  const { factory, station } = await factoryAndStation()
  await pmo.entity(crossLink).create({ from_task: factory.ids[1] as never, to_task: station.ids[1] as never })
  for (const [side, way] of [
    [station, 'in'],
    [factory, 'out'],
  ] as const) {
    const [link] = await shown(side.planner, side.plan)
    expect(link).toMatchObject({ way, late_days: 7, other: { broken: false } })
    expect(JSON.stringify(link)).not.toMatch(/发运.*计划|安装卫浴|车站|工厂/)
    expect(Object.keys(link?.other ?? {})).toEqual(['broken'])
  }
  // The record's references have no titles for him either.
  const page = await station.planner.entity(crossLink).list({})
  expect(page.items).toHaveLength(1)
  expect(Object.values(page.refs.plan ?? {})).toEqual(['车站计划'])
  expect(Object.values(page.refs.task ?? {})).toEqual(['安装卫浴'])
})

test('only who edits the successor’s plan and sees the predecessor makes one; the giving side does not remove it', async () => {
  const { factory, station } = await factoryAndStation()
  const ends = { from_task: factory.ids[1] as never, to_task: station.ids[1] as never }
  // He does not know the factory's plan.
  await expect(station.planner.entity(crossLink).create(ends)).rejects.toMatchObject({ problem: { status: 404 } })
  const roles = await pmo.entity('role').list({ filter: { code: { eq: 'observer' } } })
  const letIn = (who: Person, where: string) =>
    pmo.entity('project_member').create({ project: where as never, user: who.user, role: roles.items[0]?.id as never })
  await letIn(station.planner, factory.project)
  await letIn(factory.planner, station.project)
  await expect(factory.planner.entity(crossLink).create(ends)).rejects.toMatchObject({
    problem: { code: 'schedule.cross_link_not_yours', detail: expect.stringContaining('车站计划') },
  })
  const boss = await app.as('boss')
  await expect(boss.entity(crossLink).create(ends)).rejects.toMatchObject({ problem: { status: 403 } })
  const made = await station.planner.entity(crossLink).create(ends)
  await expect(factory.planner.entity(crossLink).remove(made.id, made.version)).rejects.toMatchObject({
    problem: { status: 403 },
  })
  await station.planner.entity(crossLink).remove(made.id, made.version)
})

test('a circle through two plans is refused with its tasks, tasks of one plan are linked on its Gantt', async () => {
  const { factory, station } = await factoryAndStation()
  await pmo.entity(crossLink).create({ from_task: factory.ids[1] as never, to_task: station.ids[0] as never })
  await expect(
    pmo.entity(crossLink).create({ from_task: station.ids[1] as never, to_task: factory.ids[0] as never }),
  ).rejects.toMatchObject({ problem: { code: 'schedule.cycle', detail: expect.stringContaining('发运') } })
  await expect(
    pmo.entity(crossLink).create({ from_task: station.ids[0] as never, to_task: station.ids[1] as never }),
  ).rejects.toMatchObject({ problem: { code: 'schedule.cross_link_same_plan' } })
})

test('a predecessor that is removed leaves a question behind; the successor takes its links with it and back', async () => {
  const { factory, station } = await factoryAndStation()
  await pmo.entity(crossLink).create({ from_task: factory.ids[1] as never, to_task: station.ids[1] as never })
  const removed = (id: string | undefined) => [{ kind: 'task.remove', ids: [id] }]
  await station.planner.entity(plan).run(station.plan, 'edit', { base: 1, edits: removed(station.ids[1]) })
  expect(await shown(pmo, factory.plan)).toEqual([])
  await station.planner.entity(plan).run(station.plan, 'undo')
  expect(await shown(pmo, factory.plan)).toHaveLength(1)
  await factory.planner.entity(plan).run(factory.plan, 'edit', { base: 1, edits: removed(factory.ids[1]) })
  expect(await shown(pmo, station.plan)).toMatchObject([{ other: { broken: true } }])
})
