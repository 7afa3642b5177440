// A team at its board: what may move where, what a sprint promised and did, and how the master plan hears of it.
import { asId } from '@yingzao/kernel/entity'
import { newId } from '@yingzao/platform/client'
import { type Person, type TestApp, testApp } from '@yingzao/platform/testing/app'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { project } from '../project/project.entity.ts'
import { plan } from '../schedule/plan.entity.ts'
import { task } from '../schedule/task.entity.ts'
import { agileBoard } from './board.entity.ts'
import type { Burn } from './report.ts'
import { retroItem, sprint } from './sprint.entity.ts'
import { workEvent, workItem } from './work-item.entity.ts'

let app: TestApp
let pmo: Person
let now = new Date('2026-03-02T01:00:00Z')
beforeAll(async () => {
  app = await testApp({ now: () => now })
  pmo = await known(app.as('pmo'))
})
afterAll(() => app?.close())
/** Days pass, and everybody signs in again. */
const people: Person[] = []
async function at(moment: string): Promise<void> {
  now = new Date(moment)
  for (const each of people) Object.assign(each, await app.again(each))
}
async function known(person: Promise<Person>): Promise<Person> {
  people.push(await person)
  return person
}

/** A project of its own, with somebody who leads it and somebody who works in it. */
async function team() {
  const made = await pmo
    .entity(project)
    .create({ name: `ERP ${newId()}`, short_name: 'ERP', type: 'software', company: app.company })
  const place = { kind: 'project', id: made.id } as const
  const lead = await known(app.as('project_manager', { at: place }))
  const engineer = await known(app.as('engineer', { at: place }))
  const item = (title: string, more: object = {}) =>
    engineer.entity(workItem).create({ title, project: made.id, estimate: '3', ...more })
  const move = (id: string, ...verbs: readonly string[]) =>
    verbs.reduce<Promise<unknown>>(
      (done, verb) => done.then(() => engineer.entity(workItem).run(id, verb)),
      Promise.resolve(),
    )
  const board = async () =>
    (await lead.entity(agileBoard).list({ filter: { project: { eq: made.id } } })).items[0] ?? { id: '', version: 0 }
  return { project: made.id, lead, engineer, item, move, board }
}
const refused = (code: string) => ({ problem: { code } })

describe('the board', () => {
  test('is made with the first item; a full lane refuses the next card and says what to do, epics do not count', async () => {
    const { item, move, board, lead, engineer } = await team()
    const [a, b, epic] = [await item('A'), await item('B'), await item('大', { kind: 'epic', estimate: null })]
    const { id, version } = await board()
    await lead.entity(agileBoard).patch(id, version, { doing_limit: 1 })
    await move(a.id, 'begin')
    // A limit warns until the team decides that it refuses.
    await move(b.id, 'begin')
    await move(b.id, 'set_aside')
    await lead.entity(agileBoard).patch(id, version + 1, { beyond_limit: 'refuse' })
    await move(epic.id, 'begin')
    await expect(move(b.id, 'begin')).rejects.toMatchObject({
      problem: { code: 'agile.limit_full', values: { stage: '进行中', limit: 1, count: 1 } },
    })
    expect((await engineer.entity(workItem).get(b.id)).stage).toBe('backlog')
    await move(a.id, 'finish')
    await move(b.id, 'begin')
  })

  test('two people who move the last free place at once do not both get it', async () => {
    const { item, move, board, lead } = await team()
    const items = [await item('A'), await item('B'), await item('C'), await item('D')]
    const { id, version } = await board()
    await lead.entity(agileBoard).patch(id, version, { doing_limit: 2, beyond_limit: 'refuse' })
    const outcomes = await Promise.allSettled(items.map(each => move(each.id, 'begin')))
    expect(outcomes.filter(each => each.status === 'fulfilled')).toHaveLength(2)
  })

  test('is ranked by whoever may change the items; the order survives running out of room', async () => {
    const { item, engineer, project: of } = await team()
    const made = []
    for (const name of ['A', 'B', 'C', 'D']) made.push((await item(name)).id)
    const order = async () =>
      (await engineer.entity(workItem).list({ filter: { project: { eq: of } }, sort: ['rank'] })).items.map(
        e => e.title,
      )
    await engineer.perform('agile.rank', { items: [made[3], made[1]], before: made[0] })
    expect(await order()).toEqual(['D', 'B', 'A', 'C'])
    for (let turn = 0; turn < 24; turn++)
      await engineer.perform('agile.rank', {
        items: [made[turn % 2 === 0 ? 2 : 0]],
        before: made[turn % 2 === 0 ? 0 : 2],
      })
    expect(await order()).toEqual(['D', 'B', 'A', 'C'])
    await engineer.perform('agile.rank', { items: [made[3]] })
    expect(await order()).toEqual(['B', 'A', 'C', 'D'])
    const stranger = await team()
    await expect(stranger.engineer.perform('agile.rank', { items: [made[0]] })).rejects.toMatchObject(
      refused('agile.unknown_items'),
    )
  })
})

describe('a sprint', () => {
  test('keeps what was promised, what came later, what was estimated anew and what was done; the rest goes on', async () => {
    const { item, move, lead, engineer, project: of } = await team()
    await at('2026-03-02T01:00:00Z')
    const one = await lead
      .entity(sprint)
      .create({ name: '迭代 1', project: of, start_on: '2026-03-02', finish_on: '2026-03-13' })
    const two = await lead
      .entity(sprint)
      .create({ name: '迭代 2', project: of, start_on: '2026-03-16', finish_on: '2026-03-27' })
    const a = await item('A', { sprint: one.id, estimate: '5' })
    const b = await item('B', { sprint: one.id, estimate: '3' })
    await at('2026-03-02T01:30:00Z')
    await lead.entity(sprint).run(one.id, 'start')
    await at('2026-03-03T02:00:00Z')
    const c = await item('C', { sprint: one.id, estimate: '2' })
    await move(a.id, 'begin')
    await at('2026-03-04T09:00:00Z')
    await move(a.id, 'finish')
    const now = await engineer.entity(workItem).get(b.id)
    await engineer.entity(workItem).patch(b.id, now.version, { estimate: '8' })
    await at('2026-03-13T08:00:00Z')
    await expect(lead.entity(sprint).run(one.id, 'close', { to: one.id })).rejects.toMatchObject(
      refused('agile.sprint_not_planned'),
    )
    await lead.entity(sprint).run(one.id, 'close', { to: two.id })
    expect(await lead.entity(sprint).get(one.id)).toMatchObject({
      stage: 'closed',
      committed: '8.0',
      completed: '5.0',
    })
    for (const each of [b, c]) expect((await engineer.entity(workItem).get(each.id)).sprint).toBe(two.id)
    const burn = await engineer.entity(sprint).read<Burn>(one.id, 'burn')
    expect(burn).toMatchObject({ committed: 8, completed: 5, total: 15 })
    expect(burn.changes.map(({ on, what, points }) => [on, what, points])).toEqual([
      ['2026-03-03', 'added', 2],
      ['2026-03-04', 'estimate', 5],
    ])
    const day = (on: string) => burn.days.indexOf(on)
    expect(burn.left[day('2026-03-02')]).toBe(8)
    expect(burn.left[day('2026-03-03')]).toBe(10)
    expect(burn.left[day('2026-03-04')]).toBe(10)
    expect(burn.left.at(-1)).toBe(10)
    // The ideal line rests at the weekend.
    expect(burn.ideal[day('2026-03-08')]).toBe(burn.ideal[day('2026-03-06')])
    expect(burn.ideal.at(-1)).toBe(0)
    // Closed is closed: its record does not change any more.
    const stranger = await team()
    const moved = await lead.entity(workItem).get(c.id)
    await expect(
      pmo.entity(workItem).patch(c.id, moved.version, { project: stranger.project, sprint: null }),
    ).rejects.toMatchObject(refused('agile.project_fixed'))
    const done = await engineer.entity(workItem).get(a.id)
    await expect(engineer.entity(workItem).patch(a.id, done.version, { sprint: two.id })).rejects.toMatchObject(
      refused('agile.sprint_closed'),
    )
  })

  test('a finding of the retrospective becomes a work item, once', async () => {
    const { lead, engineer, project: of } = await team()
    const made = await lead
      .entity(sprint)
      .create({ name: '迭代 1', project: of, start_on: '2026-03-02', finish_on: '2026-03-13' })
    const found = await engineer.entity(retroItem).create({ sprint: made.id, text: '评审等太久' })
    await engineer.entity(retroItem).run(found.id, 'take_up', { title: '每天 16 点评审', assignee: engineer.user })
    const { action } = await engineer.entity(retroItem).get(found.id)
    expect(await engineer.entity(workItem).get(action ?? '')).toMatchObject({
      title: '每天 16 点评审',
      kind: 'task',
      project: of,
      assignee: engineer.user,
    })
    await expect(engineer.entity(retroItem).run(found.id, 'take_up', { title: 'x' })).rejects.toMatchObject({
      status: 422,
    })
  })
})

describe('the log', () => {
  test('says what an item was from each moment on, in the transaction of the change, and is nobody’s to write', async () => {
    const { item, move, engineer, project: of } = await team()
    await at('2026-03-02T01:00:00Z')
    const a = await item('A')
    await at('2026-03-05T01:00:00Z')
    await move(a.id, 'begin')
    const { version } = await engineer.entity(workItem).get(a.id)
    await engineer.entity(workItem).patch(a.id, version, { tags: '不影响流动' })
    const log = await engineer.entity(workEvent).list({ filter: { work_item: { eq: a.id } }, sort: ['at'] })
    expect(log.items.map(each => [each.at, each.stage, each.points, each.taken_over])).toEqual([
      ['2026-03-02T01:00:00.000Z', 'backlog', '3.0', false],
      ['2026-03-05T01:00:00.000Z', 'doing', '3.0', false],
    ])
    const event = { work_item: a.id, project: of, at: '2026-01-01T00:00:00Z', stage: 'done', kind: 'story' }
    await expect(engineer.entity<string>('work_event').create(event)).rejects.toMatchObject({ status: 403 })
    await expect(pmo.entity<string>('work_event').create(event)).rejects.toMatchObject({ status: 403 })
  })

  test('a history from another tool is taken over with its dates, marked as such, whole or not at all', async () => {
    const { lead, engineer, project: of } = await team()
    await at('2026-03-30T01:00:00Z')
    const sprints = [
      {
        ...{ key: 's1', name: '迭代 1', start_on: '2026-03-02', finish_on: '2026-03-13' },
        ...{ started_at: '2026-03-02T01:00:00Z', closed_at: '2026-03-13T09:00:00Z' },
      },
    ]
    const items = [
      { key: 'e', title: '财务', kind: 'epic', history: [{ at: '2026-02-20T01:00:00Z', stage: 'backlog' }] },
      {
        ...{ key: 'a', title: '总账', kind: 'story', parent: 'e', assignee: engineer.user },
        history: [
          { at: '2026-02-20T02:00:00Z', stage: 'backlog', points: '5' },
          { at: '2026-03-01T02:00:00Z', stage: 'ready', sprint: 's1' },
          { at: '2026-03-03T02:00:00Z', stage: 'doing' },
          { at: '2026-03-06T02:00:00Z', stage: 'done' },
        ],
      },
    ]
    const wrong = [{ ...items[1], parent: null, history: [{ at: '2026-05-01T02:00:00Z', stage: 'done' }] }]
    await expect(lead.perform('agile.take_over', { project: of, items: wrong })).rejects.toMatchObject({
      problem: { code: 'agile.bad_take_over', values: { where: 'items[0].history[0].at' } },
    })
    await expect(engineer.perform('agile.take_over', { project: of, items })).rejects.toMatchObject({ status: 403 })
    // Who may import elsewhere may not import here.
    const other = await team()
    await expect(other.lead.perform('agile.take_over', { project: of, items })).rejects.toMatchObject({ status: 404 })
    const made = await lead.perform<{ items: Record<string, string>; sprints: Record<string, string> }>(
      'agile.take_over',
      { project: of, sprints, items },
    )
    expect(await engineer.entity(workItem).get(made.items.a ?? '')).toMatchObject({
      stage: 'done',
      estimate: '5.0',
      parent: made.items.e,
      sprint: made.sprints.s1,
    })
    expect(await lead.entity(sprint).get(made.sprints.s1 ?? '')).toMatchObject({
      stage: 'closed',
      committed: '5.0',
      completed: '5.0',
    })
    const flow = await engineer.perform<Flow>('agile.flow', { project: of })
    expect(flow).toMatchObject({ takenOver: 5, finished: [{ title: '总账', on: '2026-03-06', cycleDays: 3 }] })
    // The history of the record tells who entered it today.
    const history = await lead.entity(workItem).history(made.items.a ?? '')
    expect(history.every(each => each.at.startsWith('2026-03-30'))).toBe(true)
  })
})

interface Flow {
  readonly takenOver: number
  readonly finished: readonly { readonly title: string | null; readonly on: string; readonly cycleDays: number }[]
  readonly forecast: {
    readonly judged: number
    readonly needed: number
    readonly levels: readonly {
      readonly weeks: number | null
      readonly hitRate: number | null
      readonly factor: number
    }[]
  } | null
}

test('the forecast shows how often it held once enough earlier ones came true, and until then that it does not know', async () => {
  const { lead, engineer, project: of } = await team()
  await at('2026-12-28T01:00:00Z')
  const day = (of: number) => new Date(Date.UTC(2026, 0, 5 + of, 3)).toISOString()
  const items = Array.from({ length: 150 }, (_, index) => {
    // Three a week with pauses, entered some ten weeks ahead; the last are still open.
    const end = Math.floor(index / 3) * 7 + (index % 3) + 7 * Math.floor(index / 24)
    const history = [
      { at: day(Math.max(0, end - 70)), stage: 'backlog', points: '2' },
      { at: day(Math.max(0, end - 3)), stage: 'doing' },
      { at: day(end), stage: 'done' },
    ]
    return {
      key: `k${index}`,
      title: `项 ${index}`,
      kind: 'story',
      history: history.filter(each => each.at < now.toISOString()),
    }
  })
  await lead.perform('agile.take_over', { project: of, items })
  const flow = await engineer.perform<Flow>('agile.flow', { project: of })
  expect(flow.forecast?.judged).toBeGreaterThan(20)
  expect(flow.forecast?.levels.map(each => each.hitRate)).toEqual([
    expect.any(Number),
    expect.any(Number),
    expect.any(Number),
  ])
  const young = await team()
  await young.lead.perform('agile.take_over', { project: young.project, items: items.slice(120, 140) })
  const early = await young.engineer.perform<Flow>('agile.flow', { project: young.project })
  expect(early.forecast?.judged).toBeLessThan(early.forecast?.needed ?? 0)
  expect(early.forecast?.levels.every(each => each.hitRate === null && each.factor === 1)).toBe(true)
})

describe('the master plan', () => {
  async function planned() {
    const its = await team()
    await at('2026-03-10T01:00:00Z')
    const made = await its.lead.entity(plan).create({ name: '总计划', project: its.project, start_on: '2026-03-02' })
    const build = { id: newId(), name: '财务开发', kind: 'task', duration: 4800, constraint: { type: 'asap' } }
    const test = { id: newId(), name: '集成测试', kind: 'task', duration: 2400, constraint: { type: 'asap' } }
    const link = { id: newId(), from: build.id, to: test.id, type: 'FS', lag: { kind: 'working', minutes: 0 } }
    const edits = [
      { kind: 'task.add', task: build },
      { kind: 'task.add', task: test },
      { kind: 'link.add', link },
    ]
    await its.lead.entity(plan).run(made.id, 'edit', { base: 0, edits })
    const epic = await its.lead.entity(workItem).create({ title: '财务', kind: 'epic', project: its.project })
    await its.lead.entity(workItem).patch(epic.id, epic.version, { plan_task: asId('task', build.id) })
    return { ...its, plan: made.id, build: build.id, test: test.id, epic: epic.id }
  }

  test('is told how far an epic is, changes only when a planner applies it, and takes it back in one step', async () => {
    const { project: of, lead, engineer, item, move, epic, build, plan: id } = await planned()
    const [a] = [await item('A', { parent: epic, estimate: '3' }), await item('B', { parent: epic, estimate: '5' })]
    await move(a.id, 'begin', 'finish')
    const told = await engineer.perform<{ plan: { revision: number; mayEdit: boolean } }>('agile.plan_proposals', {
      project: of,
    })
    expect(told).toMatchObject({
      plan: { revision: 1, mayEdit: false },
      sources: [{ id: epic, percent: 37, done: 3, total: 8, differs: true, task: { id: build, now: { percent: 0 } } }],
    })
    const percent = async () => (await lead.entity(task).get(build)).percent_complete
    expect(await percent()).toBeNull()
    const apply = { project: of, base: 1, sources: [epic] }
    await expect(engineer.perform('agile.apply_progress', apply)).rejects.toMatchObject({ status: 403 })
    await lead.perform('agile.apply_progress', apply)
    expect(await percent()).toBe('37.00')
    expect(await lead.entity(task).get(build)).toMatchObject({ start_on: '2026-03-10' })
    await expect(lead.perform('agile.apply_progress', { ...apply, base: 2 })).rejects.toMatchObject(
      refused('agile.nothing_to_apply'),
    )
    await lead.entity(plan).run(id, 'undo')
    expect(await percent()).toBeNull()
  })

  test('gets a task for a sprint, with its dates; one task stands for one thing, and never for a summary', async () => {
    const { project: of, lead, build } = await planned()
    const made = await lead
      .entity(sprint)
      .create({ name: '迭代 1', project: of, start_on: '2026-03-16', finish_on: '2026-03-27' })
    await expect(
      lead.entity(sprint).patch(made.id, made.version, { plan_task: asId('task', build) }),
    ).rejects.toMatchObject(refused('agile.task_taken'))
    await lead.perform('agile.place_in_plan', { project: of, sources: [made.id] })
    const { plan_task } = await lead.entity(sprint).get(made.id)
    expect(await lead.entity(task).get(plan_task ?? '')).toMatchObject({
      name: '迭代 1',
      start_on: '2026-03-16',
      finish_on: '2026-03-27',
    })
    const elsewhere = await planned()
    const free = await lead
      .entity(sprint)
      .create({ name: '迭代 2', project: of, start_on: '2026-03-30', finish_on: '2026-04-10' })
    await expect(
      lead.entity(sprint).patch(free.id, free.version, { plan_task: asId('task', elsewhere.test) }),
    ).rejects.toMatchObject({ status: 422 })
  })
})

test('sprints of his project and his own items on the day they end stand in his calendar; those of others do not', async () => {
  const { project: of, lead, engineer, item } = await team()
  const next = await lead
    .entity(sprint)
    .create({ name: '迭代 7', project: of, start_on: '2026-06-01', finish_on: '2026-06-12', goal: '总账上线' })
  const mine = await item('总账', { sprint: next.id, assignee: engineer.user })
  await item('凭证', { sprint: next.id, assignee: lead.user })
  await item('没有迭代', { assignee: engineer.user })
  const { path } = await engineer.feeds.create('手机')
  const read = async () => (await (await fetch(app.url + path)).text()).replaceAll('\r\n ', '')
  const text = await read()
  expect(text).toContain('DTSTART;VALUE=DATE:20260601\r\nDTEND;VALUE=DATE:20260613')
  expect(text).toMatch(/SUMMARY:迭代 7\r\n/)
  expect(text).toMatch(new RegExp(`SUMMARY:${mine.code} 总账\r\n`))
  expect(text).toContain(`/agile/work_item/${mine.id}`)
  expect(text).not.toMatch(/凭证|没有迭代/)
  const stranger = await known(app.as('engineer', { at: { kind: 'project', id: (await team()).project } }))
  const other = await stranger.feeds.create('手机')
  expect(await (await fetch(app.url + other.path)).text()).not.toContain('迭代 7')
})
