// Duration advice: what is alike is found, too little is said to be too little, and numbers follow the evidence alone.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type AskedTask,
  advise,
  durationByNorm,
  type FinishedTask,
  LEAST_EVIDENCE,
  shareFindings,
  type WorkedPlan,
  wordsOf,
  workClassOf,
} from './index.ts'

let ids = 0
const done = (name: string, workDays: number, more: Partial<FinishedTask> = {}): FinishedTask => ({
  ...{ id: `t${++ids}`, name, parent: null, resources: [], type: 'rail', workDays, calendarDays: workDays * 1.4 },
  ...{ ratio: null, ...more },
})
const ask = (name: string, days: number, more: Partial<AskedTask> = {}): AskedTask => ({
  ...{ id: 'asked', name, parent: null, resources: [], type: 'rail', days, elapsed: false, ...more },
})
const answer = (history: readonly FinishedTask[], task: AskedTask) => advise(history, [task])[0] ?? null

describe('words of a name', () => {
  test('are pairs of Chinese letters and English stems, without numbers', () => {
    expect(wordsOf('3 层顶板混凝土')).toEqual(['层顶', '顶板', '板混', '混凝', '凝土'])
    expect(wordsOf('Concrete pours, tested (Floor 3)')).toEqual(['concrete', 'pour', 'test', 'floor'])
    expect(wordsOf('７层ＣＦＧ桩')).toEqual(['层', 'cfg', '桩'])
  })
  test('of any text are found in bounded time, each once', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 700 }), text => {
        const words = wordsOf(text)
        expect(new Set(words).size).toBe(words.length)
        expect(words.length).toBeLessThanOrEqual(500)
      }),
      { numRuns: 50 },
    )
  })
  test('tell the kind of work: what is done about a thing before the thing', () => {
    expect(workClassOf('顶板混凝土养护')).toBe('curing')
    expect(workClassOf('钢筋检测报告审批')).toBe('testing')
    expect(workClassOf('Pour slab concrete')).toBe('concrete')
    expect(workClassOf('Integration testing')).toBe('testing')
    expect(workClassOf('其他')).toBeNull()
  })
})

describe('advice', () => {
  const slabs = [10, 12, 14, 16, 18].map((days, i) => done(`${i + 1} 段顶板混凝土浇筑`, days))
  const pumps = [3, 3, 4, 4, 5].map(days => done('水泵安装', days))

  test('takes P50 and P80 from work that is called alike, and lists exactly that work', () => {
    const history = [...slabs, ...pumps]
    const found = answer(history, ask('6 段顶板混凝土浇筑', 9))
    expect(found).toMatchObject({ level: 'alike', basis: 'duration', p50: 14, verdict: 'below', class: 'concrete' })
    expect(found?.p80).toBeCloseTo(16.4, 9)
    expect(found?.evidence.map(at => history[at]?.id).sort()).toEqual(slabs.map(each => each.id).sort())
    // Five pieces of evidence hardly bound P80: the interval says so.
    expect(found?.interval80).toEqual([expect.any(Number), 18])
    expect(answer(history, ask('6 段顶板混凝土浇筑', 14))?.verdict).toBe('within')
    expect(answer(history, ask('6 段顶板混凝土浇筑', 40))?.verdict).toBe('above')
  })
  test('widens step by step, says how far, and says nothing when even the class is too small', () => {
    const buildings = slabs.map(each => ({ ...each, type: 'building' }))
    expect(answer(buildings, ask('顶板混凝土浇筑', 9))?.level).toBe('alike_elsewhere')
    expect(answer(slabs, ask('承台砼', 9))?.level).toBe('class')
    expect(answer(buildings, ask('承台砼', 9))?.level).toBe('class_elsewhere')
    expect(answer(slabs.slice(0, LEAST_EVIDENCE - 1), ask('顶板混凝土浇筑', 9))).toBeNull()
    expect(answer(slabs, ask('竣工图移交', 9))).toBeNull()
    expect(answer([], ask('顶板混凝土浇筑', 9))).toBeNull()
  })
  test('compares with the promise where sizes differ: large and small work took a third longer alike', () => {
    const sizes = [2, 5, 9, 20, 44, 60].map(days => done('顶板混凝土浇筑', days * 1.3, { ratio: 1.3 }))
    expect(answer(sizes, ask('顶板混凝土浇筑', 10))).toMatchObject({ basis: 'ratio', p50: 13, verdict: 'below' })
  })
  test('counts days of the calendar for what is planned by the calendar', () => {
    const cures = [14, 14, 14, 14, 28].map(days => done('顶板养护', days / 1.4, { calendarDays: days }))
    expect(answer(cures, ask('侧墙顶板养护', 7, { elapsed: true }))).toMatchObject({ p50: 14 })
  })
  test('prefers work within the same summary and by the same crew', () => {
    const history = [
      ...Array.from({ length: 60 }, () => done('防水施工', 5, { parent: '附属结构', resources: ['乙队'] })),
      ...Array.from({ length: 40 }, () => done('防水施工', 9, { parent: '主体结构', resources: ['甲队'] })),
    ]
    expect(answer(history, ask('防水施工', 9, { parent: '主体结构', resources: ['甲队'] }))?.p50).toBe(9)
    expect(answer(history, ask('防水施工', 9, { parent: '附属结构', resources: ['乙队'] }))?.p50).toBe(5)
  })
  test('never learns a task from itself', () => {
    const own = { ...slabs[0]!, id: 'asked' }
    expect(answer([own, ...slabs.slice(1)], ask('顶板混凝土浇筑', 9))).toBeNull()
  })
  test('stays within its evidence, ascends, and does not depend on what else is asked', () => {
    const names = fc.constantFrom('顶板混凝土浇筑', '侧墙混凝土浇筑', '防水施工', '水泵安装', 'Pump test', '其他')
    const history = fc.array(
      fc.record({
        name: names,
        days: fc.integer({ min: 1, max: 90 }),
        ratio: fc.option(fc.double({ min: 0.3, max: 4, noNaN: true })),
      }),
      { maxLength: 60 },
    )
    const asked = fc.array(fc.record({ name: names, days: fc.integer({ min: 1, max: 90 }) }), {
      minLength: 1,
      maxLength: 5,
    })
    fc.assert(
      fc.property(history, asked, (past, tasks) => {
        const known = past.map(each => done(each.name, each.days, { ratio: each.ratio }))
        const questions = tasks.map((each, i) => ask(each.name, each.days, { id: `q${i}` }))
        const answers = advise(known, questions)
        answers.forEach((each, i) => {
          expect(each).toEqual(answer(known, questions[i]!))
          if (!each) return
          const values = each.evidence.map(at =>
            each.basis === 'ratio' ? known[at]!.ratio! * questions[i]!.days : known[at]!.workDays,
          )
          expect(values.length).toBeGreaterThanOrEqual(LEAST_EVIDENCE)
          const [low, high] = [Math.min(...values) - 1e-9, Math.max(...values) + 1e-9]
          expect(each.p50).toBeLessThanOrEqual(each.p80)
          for (const value of [each.p50, each.p80, ...each.interval50, ...each.interval80]) {
            expect(value).toBeGreaterThanOrEqual(low)
            expect(value).toBeLessThanOrEqual(high)
          }
          expect(each.interval80[0]).toBeLessThanOrEqual(each.p80)
          expect(each.interval80[1]).toBeGreaterThanOrEqual(each.p80)
        })
      }),
      { numRuns: 200 },
    )
  })
})

describe('shares', () => {
  const plan = (testing: number, type = 'rail'): WorkedPlan => ({
    type,
    tasks: [
      { name: '混凝土浇筑', days: 100 - testing },
      { name: '系统调试', days: testing },
    ],
  })
  const past = [18, 19, 20, 21, 22].map(share => plan(share))
  test('a plan with far less testing than finished plans of its type is told how much is missing', () => {
    const [found, ...rest] = shareFindings(plan(5), past) ?? []
    expect(rest).toEqual([])
    expect(found).toMatchObject({ class: 'testing', share: 0.05, usual: 0.2, plans: 5, sameType: true })
    // With that many more days of testing it has the usual share.
    const missing = found?.missingDays ?? 0
    expect((5 + missing) / (100 + missing)).toBeCloseTo(0.2, 9)
    expect(shareFindings(plan(20), past)).toEqual([])
  })
  test('other types help out; fewer than five finished plans say nothing', () => {
    expect(shareFindings(plan(5, 'software'), past)?.[0]?.sameType).toBe(false)
    expect(shareFindings(plan(5), past.slice(1))).toBeNull()
  })
})

test('a norm makes a duration of a quantity, and nothing of nonsense', () => {
  expect(durationByNorm({ quantity: 300, norm: 0.4, crew: 12 })).toBeCloseTo(10, 9)
  for (const crew of [0, -1, Number.NaN]) expect(durationByNorm({ quantity: 300, norm: 0.4, crew })).toBeNull()
  expect(durationByNorm({ quantity: 1e9, norm: 1e9, crew: 1 })).toBeNull()
})
