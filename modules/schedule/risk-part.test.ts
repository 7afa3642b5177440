// Classes of tasks, branches and weather among the risk inputs, and the same file imported twice.
import { simulate } from '@yingzao/engines/risk'
import { defaultOptions, type Plan, type Task } from '@yingzao/engines/schedule'
import { writePlanFile } from '@yingzao/formats/plan-file'
import { type Person, type TestApp, testApp } from '@yingzao/platform/testing/app'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { project } from '../project/project.entity.ts'
import { plan } from './plan.entity.ts'
import { reckon } from './reckon.ts'
import { revivedPlan } from './revive.ts'
import { type PlanRisk, readRisk, riskJson, riskModel, usualRisk } from './risk.ts'

const shift = [{ from: 480, to: 960 }]
const row = (id: string, name: string, more: Partial<Task> = {}): Task => ({
  ...{ id, name, kind: 'task', duration: 10 * 480, constraint: { type: 'asap' } },
  ...more,
})
/** A chain of ten days each, eight hours every day: concrete and curing under a summary, then steel by a crew. */
const site: Plan = {
  ...{ name: '站', mode: 'ms' },
  options: { ...defaultOptions, start: 480, calendar: 'c' },
  calendars: [{ id: 'c', name: 'c', week: Array.from({ length: 7 }, () => shift), workWeeks: [], exceptions: [] }],
  tasks: [
    row('slab', '底板', { kind: 'summary', duration: 0 }),
    row('pour', '底板混凝土浇筑', { parent: 'slab', uid: 7 }),
    row('cure', '底板养护', { parent: 'slab', uid: 8 }),
    row('steel', '钢梁吊装', { uid: 9 }),
  ],
  links: ['pour cure', 'cure steel'].map((pair, at) => {
    const [from = '', to = ''] = pair.split(' ')
    return { id: `l${at}`, from, to, type: 'FS' as const, lag: { kind: 'working' as const, minutes: 0 } }
  }),
  resources: [{ id: 'crew', name: '吊装班组', kind: 'work' }],
  assignments: [{ id: 'a', task: 'steel', resource: 'crew', units: 1 }],
}
const sure: PlanRisk = { ...usualRisk, shorter: 0, longer: 0, correlation: 0, iterations: 500 }
const ends = (risk: Partial<PlanRisk>, of: Plan = site) => {
  const outcome = simulate(of, riskModel(of, { ...sure, ...risk }), { iterations: 500, seed: 7 })
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.error))
  return outcome.findings
}
const days = (risk: Partial<PlanRisk>) => (ends(risk).samples.finish[0] ?? 0) / 1440
const planned = days({})
const kind = (id: string, picks: readonly string[], percent: number, correlation = 0) => ({
  ...{ id, name: id, picks, min: percent, likely: percent, max: percent, correlation },
})

describe('classes of tasks', () => {
  test('a class of work, all below a summary, what a crew does, or everything takes its estimate', () => {
    const later = (picks: readonly string[]) => Math.round(days({ classes: [kind('k', picks, 200)] }) - planned)
    expect(later(['class:curing'])).toBe(10)
    expect(later(['task:slab'])).toBe(20)
    expect(later(['resource:crew'])).toBe(10)
    expect(later(['class:curing', 'resource:crew'])).toBe(20)
    expect(later([])).toBe(30)
    expect(later(['class:masonry'])).toBe(0)
  })

  test("the first class that picks a task counts, and its own estimate before any class's", () => {
    const classes = [kind('cure', ['class:curing'], 200), kind('all', [], 300)]
    expect(Math.round(days({ classes }) - planned)).toBe(10 + 20 + 20)
    const own = { task: 'cure', by: 'days' as const, min: 1, likely: 1, max: 1 }
    expect(Math.round(days({ classes, tasks: [own] }) - planned)).toBe(-9 + 20 + 20)
  })

  test('tasks of a class move together: the finish scatters more than when each goes its own way', () => {
    const wide = { ...kind('all', [], 100), min: 60, max: 160 }
    const sd = (correlation: number) => ends({ classes: [{ ...wide, correlation }] }).sd
    expect(sd(0.9)).toBeGreaterThan(1.3 * sd(0))
  })
})

test('of a branch one way is taken: work of the other ways falls away as often as their weight says', () => {
  const ways = [
    { name: '免吊', weight: 75, picks: [] },
    { name: '吊装', weight: 25, picks: ['resource:crew'] },
  ]
  const found = ends({ branches: [{ id: 'b', name: '钢梁', ways }] })
  const without = [...found.samples.finish].filter(at => at / 1440 < planned - 5).length / 500
  expect(found.branches[0]?.ways[0]).toBe(without)
  expect(without).toBeGreaterThan(0.68)
  expect(without).toBeLessThan(0.82)
})

test('a branch may look at a task: later than the day one way, else the other', () => {
  const ways = [
    { name: '抢工', weight: 0, picks: [] },
    { name: '照常', weight: 0, picks: ['resource:crew'] },
  ]
  // Pouring ends with day 10 (of ten days a day each); curing is never uncertain here.
  const taken = (on: string, longer = 0) =>
    ends({ longer, branches: [{ id: 'b', name: '钢梁', ways, when: { task: 'cure', on } }] }).branches[0]?.ways[0]
  const day = (at: number) => new Date(at * 86_400_000).toISOString().slice(0, 10)
  const ended = Math.floor(planned - 10.01)
  expect([taken(day(ended + 3)), taken(day(ended - 3))]).toEqual([0, 1])
  const often = taken(day(ended + 3), 60) ?? 0
  expect(often).toBeGreaterThan(0.1)
  expect(often).toBeLessThan(0.9)
})

test('two tasks that are said to move together scatter more, against each other less', () => {
  const wide = { classes: [{ ...kind('all', [], 100), min: 60, max: 160 }] }
  const sd = (correlation: number) => ends({ ...wide, pairs: [{ a: 'pour', b: 'cure', correlation }] }).sd
  expect(sd(0.9)).toBeGreaterThan(1.1 * sd(0))
  expect(sd(-0.9)).toBeLessThan(0.9 * sd(0))
})

describe('weather', () => {
  const rain = (picks: readonly string[], calendar = '') => ({
    ...{ id: 'w', name: '雨', calendar, lostDays: new Array<number>(12).fill(10), spells: 30, picks },
  })
  test('takes a third of the days of every month from the tasks in the open, and from no others', () => {
    const mean = (picks: readonly string[], calendar?: string) =>
      ends({ weather: [rain(picks, calendar)] }).mean / 1440 - planned
    // Thirty days of work where a third of the days are lost take some fifteen more; ten take five.
    expect(mean([])).toBeGreaterThan(11)
    expect(mean([])).toBeLessThan(19)
    expect(mean(['task:steel'])).toBeGreaterThan(2.5)
    expect(mean(['task:steel'])).toBeLessThan(8)
    // A calendar that the plan has no more rains on nobody.
    expect(Math.round(mean([], 'gone'))).toBe(0)
  })
})

test('what cannot be simulated is refused by its place, what is read is written as it was', () => {
  const where = (value: object) => {
    const read = readRisk({ ...usualRisk, ...value })
    return read.ok ? riskJson(read.risk) : read.where
  }
  const whole: PlanRisk = {
    ...usualRisk,
    classes: [kind('k', ['class:curing'], 120, 0.5)],
    branches: [{ id: 'b', name: '', ways: [1, 2].map(weight => ({ name: '', weight, picks: [] })) }],
    pairs: [{ a: 'pour', b: 'cure', correlation: -0.3 }],
    weather: [{ id: 'w', name: '', calendar: '', lostDays: new Array<number>(12).fill(3), spells: 20, picks: [] }],
  }
  expect(where(whole)).toEqual(riskJson(whole))
  expect(where({ classes: [{ ...kind('k', [], 100), max: 50 }] })).toBe('classes[0].max')
  expect(where({ classes: [{ ...kind('k', [], 100), picks: [7] }] })).toBe('classes[0].picks')
  expect(where({ branches: [{ id: 'b', ways: [{ weight: 1 }] }] })).toBe('branches[0].ways')
  expect(where({ branches: [{ id: 'b', ways: [{ weight: 0 }, { weight: 0 }] }] })).toBe('branches[0].ways')
  const decided = (when: object, count = 2) => ({
    branches: [
      { id: 'b', name: '', ways: Array.from({ length: count }, () => ({ name: '', weight: 0, picks: [] })), when },
    ],
  })
  expect(where(decided({ task: 'cure', on: '2026-03-02' }))).toMatchObject({
    branches: [{ when: { on: '2026-03-02' } }],
  })
  expect(where(decided({ task: 'cure', on: '2026-02-31' }))).toBe('branches[0].when.on')
  expect(where(decided({ task: '', on: '2026-03-02' }))).toBe('branches[0].when.task')
  expect(where(decided({ task: 'cure', on: '2026-03-02' }, 3))).toBe('branches[0].ways')
  expect(where({ pairs: [{ a: 'cure', b: 'cure', correlation: 0.5 }] })).toBe('pairs[0].b')
  expect(where({ pairs: [{ a: 'cure', b: 'pour', correlation: 1 }] })).toBe('pairs[0].correlation')
  expect(where({ weather: [{ id: 'w', lostDays: [1, 2] }] })).toBe('weather[0].lostDays')
  expect(where({ weather: [{ id: 'w', lostDays: new Array(12).fill(32) }] })).toBe('weather[0].lostDays')
})

describe('through the door', () => {
  let app: TestApp
  let planner: Person
  let home: string
  beforeAll(async () => {
    app = await testApp()
    const pmo = await app.as('pmo')
    home = (await pmo.entity(project).create({ name: '地铁车站', type: 'rail', company: app.company as never })).id
    planner = await app.as('planner', { at: { kind: 'project', id: home } })
  })
  afterAll(() => app?.close())

  test('the same file imported twice has the same percentiles, although its tasks have other ids', async () => {
    const content = new Uint8Array(writePlanFile(site, 'mspdi', reckon(site)).bytes)
    const read = async (name: string) => {
      const file = await planner.upload(new Blob([content]), '站.xml')
      const made = await planner.perform<{ plan: string }>('schedule.import', { file: [file], project: home, name })
      const { plan: loaded } = await planner.entity(plan).read<{ plan: Plan }>(made.plan, 'load')
      return revivedPlan(loaded)
    }
    const [first, second] = [await read('一'), await read('二')]
    expect(second.tasks.map(({ id }) => id)).not.toEqual(first.tasks.map(({ id }) => id))
    const risk = { ...usualRisk, iterations: 500 }
    expect([...ends(risk, second).samples.finish]).toEqual([...ends(risk, first).samples.finish])
    expect(new Set(ends(risk, first).samples.finish).size).toBeGreaterThan(50)
  })

  test('a planner keeps classes, branches and weather with the plan; what is incomplete is refused', async () => {
    const made = await planner.entity(plan).create({ name: '总计划', project: home as never, start_on: '2026-03-02' })
    const weather = [
      { id: 'w', name: '梅雨', calendar: '', lostDays: [2, 3, 5, 5, 6, 10, 6, 5, 4, 3, 2, 2], spells: 40, picks: [] },
    ]
    const kept = await planner.entity(plan).patch(made.id, made.version, { risk: { weather } })
    expect(kept.risk).toEqual({ ...usualRisk, weather })
    await expect(
      planner.entity(plan).patch(made.id, kept.version, { risk: { weather: [{ ...weather[0], lostDays: [] }] } }),
    ).rejects.toMatchObject({ problem: { code: 'schedule.invalid_risk' } })
  })
})
