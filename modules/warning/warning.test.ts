// 预警 through the door people use: a late task of one project is told to the other, answered, and escalated when ignored.

import { list } from '@yingzao/kernel/server'
import { systemContext } from '@yingzao/platform/http/context'
import { type Person, type TestApp, testApp } from '@yingzao/platform/testing/app'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { crossLink } from '../schedule/cross-link.entity.ts'
import { plan } from '../schedule/plan.entity.ts'
import type { Opened } from './detail.ts'
import { lookAhead } from './keep.ts'
import { warningSetting } from './setting.entity.ts'
import { addDays, nextMonday, type Planned, plannedProject } from './testing/plans.ts'
import { warning } from './warning.entity.ts'

let app: TestApp
let pmo: Person
let monday: string
beforeAll(async () => {
  app = await testApp()
  pmo = await app.as('pmo')
  monday = nextMonday(new Date())
})
afterAll(() => app?.close())

interface Pair {
  readonly factory: Planned
  readonly station: Planned
}
/** The factory delivers to the station: made in ten days, shipped in two; the station is ready for it on day twelve. */
async function factoryAndStation(): Promise<Pair> {
  const factory = await plannedProject(app, pmo, '工厂', monday, [
    ['生产卫浴', 10],
    ['发运', 2],
  ])
  const station = await plannedProject(app, pmo, '车站', monday, [
    ['主体', 12],
    ['安装卫浴', 3],
  ])
  await pmo.entity(crossLink).create({ from_task: factory.ids[1] as never, to_task: station.ids[1] as never })
  return { factory, station }
}
const grows = (at: Planned, days: number, who: Person = at.planner) =>
  at.edit(who, { kind: 'task.set', id: at.ids[0] ?? '', patch: { duration: days * 480 } })
const warningsOf = async (who: Person, at: Planned) =>
  (await who.entity(warning).list({ filter: { plan: { eq: at.plan as never } } })).items
/** Waits until the job has seen what changed. */
const oneWarning = (who: Person, at: Planned, like: object) =>
  vi.waitFor(
    async () => {
      const found = await warningsOf(who, at)
      expect(found).toMatchObject([like])
      return found[0] ?? expect.fail()
    },
    { timeout: 30_000, interval: 200 },
  )
/** As the job does, on another day. */
const onDay = (at: Planned, today: string) => {
  const ctx = systemContext(app.host, 'test')
  return lookAhead({ ...ctx, today: today as typeof ctx.today }, at.plan as never)
}

test('the factory reports that it takes five days longer, and the station is warned of five days', async () => {
  const { factory, station } = await factoryAndStation()
  await grows(factory, 15)
  const found = await oneWarning(station.planner, station, { handling: 'raised', days: '5.0', level: 'none' })
  expect(found.needed_on).toBe(addDays(monday, 16))
  expect(found.expected_on).toBe(addDays(monday, 23))
  expect(found.responsible).toBe(factory.manager.user)
  const { detail } = await pmo.entity(warning).read<Opened>(found.id, 'open')
  expect(detail).toMatchObject({ reason: 'longer', late_days: 5 })
  expect(detail?.chain.map(step => ('hidden' in step ? step : step.name))).toEqual(['生产卫浴', '发运', '安装卫浴'])
  expect(detail?.ways.some(way => way.whole)).toBe(true)
})

test('it follows the plan as the same warning, ends when the delay is taken up, and comes back as itself', async () => {
  const { factory, station } = await factoryAndStation()
  await grows(factory, 15)
  const first = await oneWarning(pmo, station, { handling: 'raised', days: '5.0' })
  await grows(factory, 13)
  await oneWarning(pmo, station, { id: first.id, handling: 'raised', days: '3.0' })
  await grows(factory, 10)
  await oneWarning(pmo, station, { id: first.id, handling: 'closed' })
  await grows(factory, 12)
  await oneWarning(pmo, station, { id: first.id, code: first.code, handling: 'raised', days: '2.0' })
  const history = await pmo.entity(warning).history(first.id)
  expect(history.length).toBeGreaterThanOrEqual(4)
})

test('no warning while the station has room, one when it wants to be told below five days of it', async () => {
  const { factory, station } = await factoryAndStation()
  await station.edit(station.planner, { kind: 'task.set', id: station.ids[0] ?? '', patch: { duration: 20 * 480 } })
  await grows(factory, 15)
  await onDay(station, monday)
  expect(await warningsOf(pmo, station)).toEqual([])
  await pmo.entity(warningSetting).create({ project: station.project, slack_days: 5 })
  await oneWarning(pmo, station, { handling: 'raised', days: '0.0', room: '3.0' })
})

test('each side sees the warning, and nothing of the other plan but the fact and the dates', async () => {
  const { factory, station } = await factoryAndStation()
  await grows(factory, 15)
  const { id } = await oneWarning(station.planner, station, { handling: 'raised' })
  const own = { factory: ['生产卫浴', '发运'], station: ['安装卫浴'] }
  for (const [who, mine, theirs] of [
    [station.planner, own.station, own.factory],
    [factory.planner, own.factory, own.station],
  ] as const) {
    const page = await who.entity(warning).list({ filter: { id: { eq: id as never } } })
    expect(page.items).toHaveLength(1)
    const opened = await who.entity(warning).read<Opened>(id, 'open')
    const past = await who.entity(warning).history(id)
    for (const told of [page, opened, past]) for (const name of theirs) expect(JSON.stringify(told)).not.toContain(name)
    expect(JSON.stringify(opened)).toContain(mine[0])
    expect(opened.detail?.chain.some(step => 'hidden' in step)).toBe(true)
    await expect(who.entity(warning).list({ filter: { detail: { empty: false } } as never })).rejects.toMatchObject({
      problem: { status: 422 },
    })
  }
  const forSite = await station.planner.entity(warning).read<Opened>(id, 'open')
  expect(forSite.detail).toMatchObject({ reason: null, late_days: null, finish: { was: expect.any(String) } })
  const stranger = await app.as('planner', {
    at: { kind: 'project', id: (await plannedProject(app, pmo, '别处', monday, [])).project },
  })
  expect(await warningsOf(stranger, station)).toEqual([])
})

test('it is acknowledged, given to somebody who then sees it wherever he works, and dismissed only with a reason', async () => {
  const { factory, station } = await factoryAndStation()
  await grows(factory, 15)
  const { id } = await oneWarning(pmo, station, { handling: 'raised' })
  await station.planner.entity(warning).run(id, 'acknowledge', { note: '已联系工厂' })
  expect(await pmo.entity(warning).get(id)).toMatchObject({ handling: 'acknowledged', note: '已联系工厂' })
  const buyer = await app.as(undefined, { name: '谢采薇' })
  await expect(buyer.entity(warning).get(id)).rejects.toMatchObject({ problem: { status: 404 } })
  const assign = (due_on: string) =>
    station.planner.entity(warning).run(id, 'assign', { assignee: buyer.user, due_on, note: '催货' })
  await expect(assign('2020-01-01')).rejects.toMatchObject({ problem: { code: 'warning.past_due' } })
  await assign(addDays(monday, 4))
  expect(await buyer.entity(warning).get(id)).toMatchObject({ handling: 'assigned', assignee: buyer.user })
  await expect(station.planner.entity(warning).run(id, 'dismiss', {})).rejects.toMatchObject({
    problem: { status: 422 },
  })
  await station.planner.entity(warning).run(id, 'dismiss', { reason: '甲方同意顺延' })
  // It stays dismissed while it is the same, and is raised again when it grows.
  await onDay(station, monday)
  expect(await pmo.entity(warning).get(id)).toMatchObject({ handling: 'dismissed' })
  await grows(factory, 18)
  await oneWarning(pmo, station, { id, handling: 'raised', days: '8.0' })
})

test('ignored, it goes to the managers and then to management; answered, it goes no further', async () => {
  const { factory, station } = await factoryAndStation()
  const boss = await app.as('boss', { name: '陆建国' })
  await grows(factory, 15)
  const { id, raised_on } = await oneWarning(pmo, station, { handling: 'raised' })
  const level = async () => {
    const found = await pmo.entity(warning).get(id)
    return [found.level, found.escalated_to]
  }
  // Two working days of the station's calendar, whatever day of the week this is.
  await onDay(station, addDays(raised_on ?? '', 1))
  expect(await level()).toEqual(['none', []])
  await onDay(station, addDays(raised_on ?? '', 12))
  const [reached, told] = await level()
  expect(reached).toBe('boss')
  expect(told).toEqual(expect.arrayContaining([factory.manager.user, station.manager.user, boss.user]))

  const answered = await factoryAndStation()
  await grows(answered.factory, 15)
  const other = await oneWarning(pmo, answered.station, { handling: 'raised' })
  await pmo.entity(warning).run(other.id, 'acknowledge', {})
  await onDay(answered.station, addDays(raised_on ?? '', 30))
  expect(await pmo.entity(warning).get(other.id)).toMatchObject({ level: 'none' })
})

test('taking the later date over into the station’s plan ends the warning; a plan that is no longer current warns of nothing', async () => {
  const { factory, station } = await factoryAndStation()
  await grows(factory, 15)
  const { id } = await oneWarning(pmo, station, { handling: 'raised' })
  const { links } = await pmo.entity(plan).read<{ links: { asks: number }[] }>(station.plan, 'cross_links')
  const constraint = { type: 'start_no_earlier_than', at: links[0]?.asks ?? 0 } as const
  await station.edit(station.planner, { kind: 'task.set', id: station.ids[1] ?? '', patch: { constraint } })
  await oneWarning(pmo, station, { id, handling: 'closed' })

  const second = await factoryAndStation()
  await grows(second.factory, 15)
  await oneWarning(pmo, second.station, { handling: 'raised' })
  const newer = await second.station.planner
    .entity(plan)
    .create({ name: '新计划', project: second.station.project, start_on: monday as never })
  await second.station.planner.entity(plan).run(newer.id, 'make_current')
  await oneWarning(pmo, second.station, { handling: 'closed' })
})

test('removing the task that is hit takes the warning along, and undo brings both back', async () => {
  const { factory, station } = await factoryAndStation()
  await grows(factory, 15)
  await oneWarning(pmo, station, { handling: 'raised' })
  await station.edit(station.planner, { kind: 'task.remove', ids: [station.ids[1] ?? ''] })
  await vi.waitFor(async () => expect(await warningsOf(pmo, station)).toEqual([]), { timeout: 20_000 })
  await station.planner.entity(plan).run(station.plan, 'undo')
  await oneWarning(pmo, station, { handling: 'raised' })
})

test('two nodes that look at once raise it once', async () => {
  const { factory, station } = await factoryAndStation()
  await grows(factory, 15)
  await Promise.all([onDay(station, monday), onDay(factory, monday), onDay(station, monday)])
  await oneWarning(pmo, station, { handling: 'raised' })
  expect(
    (await list(systemContext(app.host, 'test'), warning, { filter: { plan: { eq: station.plan as never } } })).items,
  ).toHaveLength(1)
})
