// Templates: what is taken from a plan, how blocks repeat and are linked, what is refused.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { applyEdits, calendarClock, compute, type Link, type Plan, type Task } from '../schedule/index.ts'
import {
  emptyTemplate,
  expandTemplate,
  insertEdits,
  type PlanTemplate,
  readTemplate,
  takeTemplate,
  templatePlan,
  templateRows,
} from './index.ts'

const DAY = 480
const task = (id: string, days: number, parent?: string, more: Partial<Task> = {}): Task => ({
  ...{ id, name: id, kind: days === 0 ? 'summary' : 'task', duration: days * DAY, constraint: { type: 'asap' } },
  ...(parent === undefined ? {} : { parent }),
  ...more,
})
const fs = (from: string, to: string, days = 0): Link => ({
  ...{ id: `${from}>${to}`, from, to, type: 'FS' },
  lag: { kind: 'working', minutes: days * DAY },
})

/** A house: ground, floors (rebar, pour), brickwork floor by floor, roof. */
const house: PlanTemplate = {
  ...emptyTemplate,
  tasks: [
    task('地基', 10),
    task('主体', 0),
    task('层', 0, '主体', { name: '第{n}层' }),
    task('钢筋', 3, '层', { name: '{楼层}层钢筋' }),
    task('混凝土', 2, '层'),
    task('砌体', 4, undefined, { name: '砌体' }),
    task('屋面', 5),
  ],
  links: [fs('地基', '钢筋'), fs('钢筋', '混凝土'), fs('混凝土', '砌体', 7), fs('混凝土', '屋面'), fs('砌体', '屋面')],
  resources: [{ id: 'r', name: '钢筋班组', kind: 'work' }],
  assignments: [{ id: 'a', task: '钢筋', resource: 'r', units: 1, work: 3 * DAY }],
  parameters: [{ key: 'floors', name: '楼层', count: 3, first: 1 }],
  repeats: { 层: 'floors', 砌体: 'floors' },
  flows: [
    { block: '层', from: '混凝土', to: '钢筋', type: 'FS', lag: 0 },
    { block: '砌体', from: '砌体', to: '砌体', type: 'FS', lag: 0 },
  ],
}

function counter() {
  let last = 0
  return () => `n${++last}`
}
function laidOut(template: PlanTemplate, counts: Record<string, number> = {}) {
  const outcome = expandTemplate(template, counts, counter())
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.error))
  const { plan } = outcome
  const name = new Map(plan.tasks.map(each => [each.id, each.name]))
  const links = plan.links.map(({ from, to }) => `${name.get(from)} → ${name.get(to)}`)
  const asPlan: Plan = templatePlan({ ...template, ...plan, tasks: [...plan.tasks] }, 'x', 0)
  return { plan, links, asPlan, names: plan.tasks.map(each => each.name) }
}

describe('laying out', () => {
  test('floors repeat with their tasks, numbered in their names', () => {
    const { names } = laidOut(house, { floors: 2 })
    expect(names).toEqual(
      ['地基', '主体', '第1层', '1层钢筋', '混凝土', '第2层', '2层钢筋', '混凝土', '砌体 1', '砌体 2', '屋面'], // prettier-ignore
    )
    expect(laidOut({ ...house, parameters: [{ key: 'floors', name: '楼层', count: 2, first: 5 }] }).names[2]).toBe(
      '第5层',
    )
  })

  test('links lead within each floor, from floor to floor, into the first and out of the last, and pairwise between crews', () => {
    const { links } = laidOut(house, { floors: 3 })
    expect(links.filter(each => each.startsWith('地基'))).toEqual(['地基 → 1层钢筋'])
    expect(links).toContain('混凝土 → 2层钢筋')
    expect(links).toContain('混凝土 → 砌体 2')
    expect(links.filter(each => each === '砌体 1 → 砌体 2')).toHaveLength(1)
    expect(links.filter(each => each.endsWith('屋面'))).toEqual(['混凝土 → 屋面', '砌体 3 → 屋面'])
  })

  test('copies without a flow run side by side: all begin and all end before what follows', () => {
    const { links } = laidOut({ ...house, flows: house.flows.slice(1) }, { floors: 3 })
    expect(links.filter(each => each.startsWith('地基'))).toHaveLength(3)
    expect(links.filter(each => each === '混凝土 → 屋面')).toHaveLength(3)
  })

  test('no copy is left without what comes after it', () => {
    const { links } = laidOut(
      {
        ...house,
        tasks: [...house.tasks.slice(0, 5), task('养护', 1, '层', { name: '养护{n}' }), ...house.tasks.slice(5)],
        links: [...house.links, fs('混凝土', '养护'), fs('养护', '屋面')],
      },
      { floors: 3 },
    )
    expect(links.filter(each => each.startsWith('养护'))).toEqual([1, 2, 3].map(n => `养护${n} → 屋面`))
  })

  test('a block inside a block repeats in each of its copies, and flows inside each', () => {
    const nested: PlanTemplate = {
      ...emptyTemplate,
      tasks: [task('栋', 0), task('段', 2, '栋', { name: '{栋}-{段}' }), task('验收', 1)],
      links: [fs('段', '验收')],
      parameters: [
        { key: 'b', name: '栋', count: 2, first: 1 },
        { key: 's', name: '段', count: 3, first: 1 },
      ],
      repeats: { 栋: 'b', 段: 's' },
      flows: [{ block: '段', from: '段', to: '段', type: 'FS', lag: 0 }],
    }
    const { names, links } = laidOut(nested)
    expect(names).toEqual(['栋 1', '1-1', '1-2', '1-3', '栋 2', '2-1', '2-2', '2-3', '验收'])
    expect(links).toEqual(['1-1 → 1-2', '1-2 → 1-3', '2-1 → 2-2', '2-2 → 2-3', '1-3 → 验收', '2-3 → 验收'])
    const chained = laidOut({
      ...nested,
      flows: [...nested.flows, { block: '栋', from: '段', to: '段', type: 'FS', lag: 0 }],
    })
    // The same segment of the next building: both repeat by the same parameter.
    expect(chained.links.filter(each => each.startsWith('1-3'))).toEqual(['1-3 → 2-3'])
  })

  test('its dates follow: three floors of five days, one chain', () => {
    const { asPlan } = laidOut(house, { floors: 3 })
    const outcome = compute(asPlan)
    expect(outcome.ok).toBe(true)
    if (!outcome.ok) return
    const clock = calendarClock(asPlan.calendars, asPlan.options.calendar)
    // 10 + 3 × 5 of floors, 7 of curing, 4 of the last brickwork, 5 of roof.
    expect(clock.ok && clock.clock.work(outcome.schedule.start, outcome.schedule.finish) / DAY).toBe(41)
  })

  test('counts that are none, and more tasks than a plan should be given, are refused', () => {
    for (const floors of [0, -1, 1.5, 501, Number.NaN])
      expect(expandTemplate(house, { floors }, counter())).toMatchObject({
        ok: false,
        error: { code: 'parameter', at: '楼层' },
      })
    const wide = { ...house, tasks: [...house.tasks, ...Array.from({ length: 20 }, (_, i) => task(`t${i}`, 1, '层'))] }
    expect(expandTemplate(wide, { floors: 400 }, counter())).toMatchObject({ error: { code: 'too_many' } })
  })

  test('whatever the counts, it is a plan without a loop, of the size foretold', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), fc.boolean(), fc.boolean(), (floors, chain, bricks) => {
        const flows = house.flows.filter((_, i) => (i === 0 ? chain : bricks))
        const { plan, asPlan } = laidOut({ ...house, flows }, { floors })
        expect(plan.tasks).toHaveLength(3 + 4 * floors)
        expect(plan.assignments).toHaveLength(floors)
        expect(compute(asPlan).ok).toBe(true)
      }),
      { numRuns: 60 },
    )
  })
})

describe('into a plan', () => {
  const plan = templatePlan({ ...emptyTemplate, tasks: [task('总承包', 1)] }, '总计划', 0)

  test('one list of edits below a task, undone by its inverse; resources of the same name are joined', () => {
    const with10 = {
      ...plan,
      options: { ...plan.options, minutesPerDay: 600 },
      resources: [{ id: 'mine', name: '钢筋班组', kind: 'work' as const }],
    }
    const edits = insertEdits(with10, laidOut(house).plan, DAY, { under: '总承包' }, counter())
    const outcome = applyEdits(with10, edits)
    if (!outcome.ok) throw new Error(JSON.stringify(outcome.error))
    expect(outcome.plan.resources).toHaveLength(1)
    expect(outcome.plan.assignments.every(each => each.resource === 'mine' && each.work === 3 * 600)).toBe(true)
    expect(outcome.plan.tasks[0]?.kind).toBe('summary')
    // Ten days stay ten days.
    expect(outcome.plan.tasks.find(each => each.name === '地基')).toMatchObject({ parent: '总承包', duration: 6000 })
    const back = applyEdits(outcome.plan, outcome.inverse)
    expect(back.ok && back.plan.tasks).toEqual(with10.tasks)
    expect(back.ok && back.plan.links).toEqual([])
  })
})

describe('taken from a plan', () => {
  const source: Plan = {
    ...templatePlan({ ...emptyTemplate, tasks: [] }, '', 20_000 * 1440),
    tasks: [
      task('前期', 3),
      task('基础', 0),
      task('挖土', 5, '基础', { actualStart: 20_003 * 1440 + 480, percentComplete: 40, cost: '100.00', code: 'A1' }),
      task('垫层', 2, '基础', { deadline: 20_030 * 1440 }),
      task('测量', 1, '基础', { constraint: { type: 'start_no_earlier_than', at: 20_012 * 1440 + 480 } }),
      task('取消', 1, '基础', { inactive: true }),
    ],
    links: [fs('前期', '挖土'), fs('挖土', '垫层')],
    resources: [
      { id: 'r1', name: '挖机', kind: 'work', rates: [{ perHour: '300' }] },
      { id: 'r2', name: '没用到', kind: 'work' },
    ],
    assignments: [{ id: 'a1', task: '挖土', resource: 'r1', units: 2, cost: '100.00' }],
  }
  const computed = compute(source)
  const dates = new Map(computed.ok ? computed.schedule.tasks.map(each => [each.id, each]) : [])

  test('a summary without dates, progress and money; what only its date kept there keeps its distance', () => {
    const { template, linksLeft, datesTurned } = takeTemplate(source, dates, '基础')
    expect(template.tasks.map(each => each.name)).toEqual(['基础', '挖土', '垫层', '测量'])
    expect(linksLeft).toBe(1)
    expect(datesTurned).toBe(1)
    expect(template.links.map(({ from, to, type }) => `${from} ${type} ${to}`)).toEqual([
      '挖土 FS 垫层',
      '挖土 SS 测量',
    ])
    expect(template.resources).toEqual([{ id: 'r1', name: '挖机', kind: 'work' }])
    expect(JSON.stringify(template)).not.toMatch(/cost|rates|actual|percent|deadline|"at"/)
    expect(readTemplate(JSON.parse(JSON.stringify(template)))).toEqual({ ok: true, template })
  })

  test('edited as a plan, dates that an edit brought are dropped and counted, flows of rows that are gone with them', () => {
    const moved = applyEdits(templatePlan(house, '', 0), [
      { kind: 'task.set', id: '地基', patch: { constraint: { type: 'start_no_earlier_than', at: 1440 } } },
      { kind: 'task.remove', ids: ['砌体'] },
    ])
    if (!moved.ok) throw new Error(moved.error.code)
    const { template, dates: lost } = templateRows(house, moved.plan)
    expect(lost).toBe(1)
    expect(template.repeats).toEqual({ 层: 'floors' })
    expect(template.flows).toHaveLength(1)
    expect(template.tasks[0]?.constraint).toEqual({ type: 'asap' })
  })
})

test('hostile templates are refused with the place of the fault', () => {
  const bad = (change: object) => readTemplate({ ...house, ...change })
  expect(readTemplate(null)).toMatchObject({ ok: false })
  expect(bad({ tasks: Array.from({ length: 5001 }, (_, i) => task(`t${i}`, 1)) })).toMatchObject({
    fault: { code: 'too_many' },
  })
  expect(bad({ links: [...house.links, fs('屋面', '地基')] })).toMatchObject({ fault: { code: 'rows' } })
  expect(bad({ tasks: [...house.tasks, { ...task('x', 1), evil: 1 }] })).toMatchObject({ fault: { code: 'rows' } })
  expect(bad({ repeats: { 层: 'no' } })).toMatchObject({ fault: { code: 'repeat', at: '层' } })
  expect(bad({ flows: [{ block: '层', from: '屋面', to: '钢筋', type: 'FS', lag: 0 }] })).toMatchObject({
    fault: { code: 'flow' },
  })
  expect(bad({ parameters: [{ key: 'floors', name: '楼层', count: 1e9, first: 1 }] })).toMatchObject({
    fault: { code: 'parameter' },
  })
})
