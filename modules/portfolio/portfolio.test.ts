// The portfolio through the door: dates against promise, publication and contract, on-time rate, what holds others up, rights.
import { parseDay } from '@yingzao/engines/schedule'
import { asId } from '@yingzao/kernel/entity'
import { type Person, type TestApp, testApp } from '@yingzao/platform/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { project } from '../project/project.entity.ts'
import { crossLink } from '../schedule/cross-link.entity.ts'
import { plan } from '../schedule/plan.entity.ts'
import { task } from '../schedule/task.entity.ts'
import type { HeldUp, OnTime, Portfolio } from './shape.ts'

let app: TestApp
let pmo: Person
let boss: Person

beforeAll(async () => {
  app = await testApp()
  pmo = await app.as('pmo')
  boss = await app.as('boss')
})
afterAll(() => app?.close())

type Day = `${number}-${number}-${number}`
const at = (day: string, hour = 8) => (parseDay(day) ?? 0) * 1440 + hour * 60
let calendars = 0

/** A plan with tasks one after the other from a Monday, promised as they stand, weekends off, without public holidays. */
async function site(name: string, start: Day, tasks: readonly (readonly [string, number])[], contract?: Day) {
  const made = await pmo
    .entity(project)
    .create({ name, type: 'rail', company: app.company, ...(contract ? { finish_on: contract } : {}) })
  const calendar = await pmo.entity('calendar').create({ name: `${name} ${++calendars}`, prc_holidays: false })
  const own = await pmo
    .entity(plan)
    .create({ name: `${name}计划`, project: made.id, start_on: start, calendar: calendar.id })
  const rows = tasks.map(([title, days]) => ({
    ...{ id: crypto.randomUUID(), name: title, kind: days === 0 ? 'milestone' : 'task', duration: days * 480 },
    constraint: { type: 'asap' },
  }))
  const edits = rows.flatMap((each, index) => [
    { kind: 'task.add', task: each },
    ...(index === 0
      ? []
      : [
          {
            kind: 'link.add',
            link: {
              ...{ id: crypto.randomUUID(), from: rows[index - 1]?.id, to: each.id, type: 'FS' },
              lag: { kind: 'working', minutes: 0 },
            },
          },
        ]),
  ])
  await pmo.entity(plan).run(own.id, 'edit', { base: 0, edits })
  await pmo.entity(plan).run(own.id, 'set_baseline', { number: 0 })
  const id = (title: string) => asId('task', rows.find(each => each.name === title)?.id ?? '')
  return {
    ...{ project: made.id, plan: own.id, id },
    async set(title: string, patch: object) {
      const { revision } = await pmo.entity(plan).get(own.id)
      await pmo
        .entity(plan)
        .run(own.id, 'edit', { base: revision, edits: [{ kind: 'task.set', id: id(title), patch }] })
    },
  }
}

const lines = (who: Person, input: object = {}) => who.perform<Portfolio>('portfolio.lines', input)
const lineOf = async (who: Person, id: string) => (await lines(who)).lines.find(each => each.id === id)

describe('the line of a project', () => {
  test('says in working days how its forecast stands against contract, publication and promise', async () => {
    const metro = await site(
      '云溪路站',
      '2026-03-02',
      [
        ['围护', 5],
        ['开挖', 5],
        ['封顶', 0],
      ],
      '2026-03-13',
    )
    await pmo.entity(plan).run(metro.plan, 'make_current', {})
    await pmo.entity(plan).run(metro.plan, 'publish', { name: '一版' })
    await metro.set('开挖', { duration: 8 * 480 })
    const line = await lineOf(boss, metro.project)
    expect(line).toMatchObject({
      promised: { start: '2026-03-02', finish: '2026-03-13' },
      published: { name: '一版', finish: '2026-03-13' },
      forecast: '2026-03-18',
      contract: '2026-03-13',
      // Wednesday against Friday of the week before: Monday, Tuesday, Wednesday.
      gaps: { contract: 3, published: 3, promised: 3 },
      health: 'late',
    })
    expect(line?.rows.map(each => [each.kind, each.name, each.finish, each.promised])).toEqual([
      ['milestone', '封顶', '2026-03-18', '2026-03-13'],
    ])
  })

  test('earlier is negative, and a project without a plan stands there without figures', async () => {
    const early = await site('早的', '2026-03-02', [['做', 5]], '2026-03-10')
    await pmo.entity(plan).run(early.plan, 'make_current', {})
    expect((await lineOf(boss, early.project))?.gaps).toEqual({ contract: -2, published: null, promised: 0 })
    const bare = await pmo.entity(project).create({ name: '只立了项', type: 'other', company: app.company })
    expect(await lineOf(boss, bare.id)).toMatchObject({ plan: null, forecast: null, health: 'unknown', rows: [] })
  })

  test('a task keeps its oldest promise when a later baseline knows of the delay', async () => {
    const one = await site('两条基线', '2026-03-02', [['做', 5]])
    await one.set('做', { duration: 7 * 480 })
    await pmo.entity(plan).run(one.plan, 'set_baseline', { number: 1 })
    const row = await pmo.entity(task).get(one.id('做'))
    expect([row.promised_on, row.finish_on, row.slip_days]).toEqual(['2026-03-06', '2026-03-10', 4])
    expect((await pmo.entity(plan).get(one.plan)).promised_on).toBe('2026-03-06')
  })

  test('links between projects are drawn between their tasks, and broken ones said', async () => {
    const [a, b] = [
      await site('供方', '2026-04-06', [['加工', 10]]),
      await site('需方', '2026-04-06', [
        ['准备', 2],
        ['安装', 3],
      ]),
    ]
    for (const each of [a, b]) await pmo.entity(plan).run(each.plan, 'make_current', {})
    const link = await pmo
      .entity(crossLink)
      .create({ from_task: a.id('加工'), to_task: b.id('安装'), note: '构件到场' })
    const found = (await lines(boss)).links.find(each => each.id === link.id)
    expect(found).toMatchObject({
      from: { project: a.project, task: a.id('加工') },
      to: { project: b.project, task: b.id('安装') },
      broken: true,
    })
    // The linked tasks are among the rows, so that the arrow has two ends.
    expect((await lineOf(boss, b.project))?.rows.map(each => each.name)).toContain('安装')
  })
})

describe('rights', () => {
  test('who sees one project gets its line, is told it is not all, and no link into what he does not see', async () => {
    const [mine, theirs] = [
      await site('我的', '2026-05-04', [['做', 5]]),
      await site('别人的', '2026-05-04', [['等', 5]]),
    ]
    for (const each of [mine, theirs]) await pmo.entity(plan).run(each.plan, 'make_current', {})
    await pmo.entity(crossLink).create({ from_task: mine.id('做'), to_task: theirs.id('等') })
    const foreman = await app.as('foreman', { at: { kind: 'project', id: mine.project } })
    const seen = await lines(foreman)
    expect(seen.lines.map(each => each.name)).toEqual(['我的'])
    expect(seen).toMatchObject({ whole: false, links: [], hiddenLinks: 1 })
    expect((await lines(boss)).whole).toBe(true)
    expect(
      (await foreman.perform<OnTime>('portfolio.on_time', { months: 36 })).rows.every(
        each => each.project === mine.project,
      ),
    ).toBe(true)
  })

  test('who may see a project but no plans gets the project without dates of a plan', async () => {
    const one = await site('仓库看得见', '2026-05-04', [['做', 5]])
    await pmo.entity(plan).run(one.plan, 'make_current', {})
    const keeper = await app.as('storekeeper', { at: { kind: 'project', id: one.project } })
    expect((await lines(keeper)).lines).toMatchObject([{ name: '仓库看得见', plan: null, rows: [], promised: null }])
  })

  test('nobody signed in gets nothing', async () => {
    await expect(lines(app.nobody as Person)).rejects.toMatchObject({ status: 401 })
  })
})

describe('on-time rate', () => {
  test('counts promised work by month as kept, late, or still open after its promise', async () => {
    const day = new Date()
    const year = day.getUTCFullYear()
    const month = day.getUTCMonth()
    // A Monday two months ago, so that everything was promised for a past day.
    const start = new Date(Date.UTC(year, month - 2, 1))
    start.setUTCDate(1 + ((8 - start.getUTCDay()) % 7))
    const monday = start.toISOString().slice(0, 10) as Day
    const done = (from: string, to: string) => ({
      percentComplete: 100,
      actualStart: at(from),
      actualFinish: at(to, 17),
    })
    const shift = (days: number) => {
      const moved = new Date(start)
      moved.setUTCDate(moved.getUTCDate() + days)
      return moved.toISOString().slice(0, 10)
    }
    const one = await site('按期', monday, [
      ['准时', 2],
      ['拖延', 2],
      ['没做完', 2],
      ['节点', 0],
    ])
    await pmo.entity(plan).run(one.plan, 'make_current', {})
    await one.set('准时', done(monday, shift(1)))
    await one.set('拖延', done(shift(2), shift(4)))
    const answer = await boss.perform<OnTime>('portfolio.on_time', { months: 12 })
    const mine = answer.rows.filter(each => each.project === one.project)
    const sum = (milestone: boolean) => {
      const own = mine.filter(each => each.milestone === milestone)
      return (['onTime', 'late', 'open'] as const).map(name => own.reduce((all, each) => all + each[name], 0))
    }
    expect([sum(false), sum(true)]).toEqual([
      [1, 1, 1],
      [0, 0, 1],
    ])
    expect(mine.every(each => each.month === `${monday.slice(0, 7)}-01`)).toBe(true)
    // The list behind a figure holds exactly what it counts.
    const behind = await boss.entity(task).list({
      filter: {
        ...{ plan: { eq: one.plan }, promised_on: { ge: answer.from, le: answer.today } },
        ...{ actual_finish_at: { empty: false }, slip_days: { gt: 0 } },
      },
    })
    expect(behind.items.map(each => each.name)).toEqual(['拖延'])
  })

  test('a project without a promise is named, not counted as kept', async () => {
    const bare = await pmo.entity(project).create({ name: '无承诺', type: 'other', company: app.company })
    const answer = await boss.perform<OnTime>('portfolio.on_time', {})
    expect(answer.unpromised).toContain(bare.id)
    expect(answer.rows.some(each => each.project === bare.id)).toBe(false)
  })
})

test('a late task and the link its delay passes over are told by how many projects they hold up', async () => {
  const monday = (() => {
    const today = Math.floor(Date.now() / 86_400_000)
    return new Date((today + ((11 - (today % 7)) % 7 || 7)) * 86_400_000).toISOString().slice(0, 10) as Day
  })()
  const source = await site('卡住大家的', monday, [['出图', 5]])
  const waiting = [
    await site('等图甲', monday, [
      ['等', 5],
      ['施工', 5],
    ]),
    await site('等图乙', monday, [
      ['等', 5],
      ['施工', 5],
    ]),
  ]
  for (const each of [source, ...waiting]) await pmo.entity(plan).run(each.plan, 'make_current', {})
  for (const each of waiting)
    await pmo.entity(crossLink).create({ from_task: source.id('出图'), to_task: each.id('施工') })
  await source.set('出图', { duration: 9 * 480 })
  const found = async () =>
    (await boss.perform<HeldUp>('portfolio.held_up')).holders.find(each => each.task === source.id('出图'))
  await expect.poll(async () => (await found())?.projects.length, { timeout: 30_000 }).toBe(2)
  expect(await found()).toMatchObject({ name: '出图', project: source.project, worst: 4 })
  const { links } = await boss.perform<HeldUp>('portfolio.held_up')
  expect(
    links.filter(each => each.from.task === source.id('出图')).map(each => [each.projects.length, each.worst]),
  ).toEqual([
    [1, 4],
    [1, 4],
  ])
  const outsider = await app.as('foreman', { at: { kind: 'project', id: waiting[0]?.project ?? '' } })
  expect(await outsider.perform<HeldUp>('portfolio.held_up')).toMatchObject({ holders: [], links: [], hidden: 1 })
})
