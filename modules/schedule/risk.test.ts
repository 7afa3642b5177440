// What is assumed about a plan's risks: kept with the plan by those who may edit it, refused by its place when it is wrong.
import { simulate } from '@yingzao/engines/risk'
import { defaultOptions, type Plan, type Task } from '@yingzao/engines/schedule'
import { type Person, type TestApp, testApp } from '@yingzao/platform/testing/app'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { project } from '../project/project.entity.ts'
import { plan } from './plan.entity.ts'
import { type PlanRisk, readRisk, riskJson, riskModel, usualRisk } from './risk.ts'

const shift = [{ from: 480, to: 960 }]
const row = (id: string, days: number, more: Partial<Task> = {}): Task => ({
  ...{ id, name: id, kind: 'task', duration: days * 480, constraint: { type: 'asap' } },
  ...more,
})
const chain = (...tasks: Task[]): Plan => ({
  ...{ name: '链', mode: 'ms', resources: [], assignments: [] },
  options: { ...defaultOptions, start: 480, calendar: 'c' },
  calendars: [{ id: 'c', name: 'c', week: Array.from({ length: 7 }, () => shift), workWeeks: [], exceptions: [] }],
  tasks,
  links: tasks.slice(1).map((task, at) => ({
    ...{ id: `l${at}`, from: tasks[at]?.id ?? '', to: task.id, type: 'FS' as const },
    lag: { kind: 'working' as const, minutes: 0 },
  })),
})
const finishes = (of: Plan, risk: PlanRisk) => {
  const outcome = simulate(of, riskModel(of, risk), { iterations: 500, seed: 7 })
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.error))
  return [...outcome.findings.samples.finish]
}
const sure: PlanRisk = { ...usualRisk, shorter: 0, longer: 0 }

describe('the model', () => {
  test('without any spread the finish is the computed one in every run', () => {
    expect(new Set(finishes(chain(row('a', 5), row('b', 3)), sure)).size).toBe(1)
  })

  test('an estimate in days replaces the duration of its task, and only of that one', () => {
    const of = chain(row('a', 5), row('b', 3))
    const kept = { ...sure, tasks: [{ task: 'a', by: 'days' as const, min: 10, likely: 10, max: 10 }] }
    // Eight working hours every day: five days more.
    expect(finishes(of, kept)[0]).toBe((finishes(of, sure)[0] ?? 0) + 5 * 1440)
  })

  test('an event that surely happens delays its task by its days', () => {
    const event = { ...{ id: 'e', name: '暴雨', probability: 100, tasks: ['b'] }, min: 4, likely: 4, max: 4, cost: '' }
    const of = chain(row('a', 5), row('b', 3))
    expect(finishes(of, { ...sure, events: [event] })[0]).toBe((finishes(of, sure)[0] ?? 0) + 4 * 1440)
  })

  test('what was assumed of tasks that are finished or gone since is left out', () => {
    const done = row('a', 5, {
      percentComplete: 100,
      actualStart: 480,
      actualFinish: 4 * 1440 + 960,
      actualDuration: 2400,
    })
    const spread = { by: 'percent' as const, min: 300, likely: 300, max: 300 }
    const event = { ...{ id: 'e', name: '', probability: 50, tasks: ['gone'] }, min: 1, likely: 1, max: 1, cost: '' }
    const of = chain(done, row('b', 3))
    const risk = { ...sure, tasks: ['a', 'gone'].map(task => ({ task, ...spread })), events: [event] }
    expect(riskModel(of, risk)).toMatchObject({ durations: {}, events: [] })
    expect(finishes(of, risk)).toEqual(finishes(of, sure))
  })
})

describe('reading what is kept', () => {
  test('whatever is read and written is read again as the same; nothing kept is the usual', () => {
    expect(readRisk(null)).toEqual({ ok: true, risk: usualRisk })
    expect(readRisk(riskJson(usualRisk))).toEqual({ ok: true, risk: usualRisk })
  })

  test('anything else is refused, never thrown', () => {
    fc.assert(
      fc.property(fc.jsonValue(), value => {
        const read = readRisk(value)
        if (read.ok) expect(readRisk(riskJson(read.risk))).toEqual(read)
        else expect(read.where).not.toBe('')
      }),
    )
  })

  test('the place that is wrong is named', () => {
    const wrong = (value: object) => {
      const read = readRisk({ ...usualRisk, ...value })
      return read.ok ? null : read.where
    }
    expect(wrong({ iterations: 1e9 })).toBe('iterations')
    expect(wrong({ correlation: 1 })).toBe('correlation')
    expect(wrong({ tasks: [{ task: 'a', by: 'days', min: 3, likely: 2, max: 5 }] })).toBe('tasks[0].likely')
    expect(wrong({ events: [{ id: 'e', probability: 20, tasks: 'all', min: 0, likely: 0, max: 0 }] })).toBe(
      'events[0].tasks',
    )
    expect(wrong({ events: new Array(10_000).fill({}) })).toBe('events')
  })
})

describe('on the plan', () => {
  let app: TestApp
  let planner: Person
  let boss: Person
  let id: string
  beforeAll(async () => {
    app = await testApp()
    const pmo = await app.as('pmo')
    const made = await pmo
      .entity(project)
      .create({ name: '地铁车站', type: 'rail', company: app.company, start_on: '2026-03-02', finish_on: '2026-03-31' })
    planner = await app.as('planner', { at: { kind: 'project', id: made.id }, name: '何清扬' })
    boss = await app.as('boss', { name: '陆建国' })
    id = (await planner.entity(plan).create({ name: '总进度计划', project: made.id, start_on: '2026-03-02' })).id
  })
  afterAll(() => app?.close())

  test('a planner keeps the inputs; the boss reads them and may not change them', async () => {
    const before = await planner.entity(plan).get(id)
    const kept = await planner.entity(plan).patch(id, before.version, { risk: { shorter: 20, stray: 1 } })
    expect(kept.risk).toEqual({ ...usualRisk, shorter: 20 })
    expect((await boss.entity(plan).get(id)).risk).toEqual(kept.risk)
    await expect(boss.entity(plan).patch(id, kept.version, { risk: null })).rejects.toMatchObject({ status: 403 })
  })

  test('inputs that cannot be simulated are refused with their place', async () => {
    const before = await planner.entity(plan).get(id)
    await expect(planner.entity(plan).patch(id, before.version, { risk: { longer: -1 } })).rejects.toMatchObject({
      problem: { code: 'schedule.invalid_risk' },
    })
    expect((await planner.entity(plan).get(id)).risk).toEqual(before.risk)
  })
})
