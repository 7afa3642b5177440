// The 14 points on plans made to fail one of them, and the score's promises.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Plan } from '../schedule/index.ts'
import { at, DAY, link, plan, summary, task } from '../schedule/testing/plan-maker.ts'
import {
  type CheckId,
  type CheckResult,
  checkQuality,
  checkScore,
  dcmaLimits,
  type Quality,
  type QualityLimits,
} from './index.ts'

function quality(input: Plan, limits?: QualityLimits): Quality {
  const outcome = checkQuality(input, limits)
  if (!outcome.ok) throw new Error(outcome.error.code)
  return outcome.quality
}

function check(input: Plan, id: CheckId): CheckResult {
  const found = quality(input).checks.find(each => each.id === id)
  if (!found) throw new Error(id)
  return found
}

const names = (result: CheckResult) => result.findings.map(each => `${each.code} ${each.task}`)
/** A good plan: one start, one end, finish to start, on schedule. */
const good = plan(
  [task('a', 5), task('b', 5), task('c', 5), task('end', 0)],
  [link('a FS b'), link('a FS c'), link('b FS end'), link('c FS end')],
)

describe('the 14 points', () => {
  test('recurring tasks are left out: a weekly meeting has no logic to be judged', () => {
    const meeting = { ...task('m', 1), recurring: true }
    const findings = quality({ ...good, tasks: [...good.tasks, meeting] }).checks.flatMap(each => each.findings)
    expect(findings.filter(each => each.task === 'm')).toEqual([])
    expect(names(check({ ...good, tasks: [...good.tasks, task('m', 1)] }, 'logic')).join()).toContain(' m')
  })

  test('a good plan passes everything that can be judged', () => {
    const { checks, score, confidence } = quality(good)
    expect(checks).toHaveLength(14)
    expect(checks.filter(each => each.passed === false)).toEqual([])
    expect(score).toBe(100)
    // Without baseline, status date and resources five points say nothing.
    expect(checks.filter(each => each.passed === null).map(each => each.id)).toEqual([
      'invalid_dates',
      'resources',
      'missed_tasks',
      'critical_path_length_index',
      'baseline_execution_index',
    ])
    expect(confidence).toBeLessThan(1)
  })

  test('1 logic: loose ends, but not the one start, the one end, nor tasks that their summary links', () => {
    const loose = plan(
      [...good.tasks, task('x', 3)],
      good.links.map(({ id: _, ...rest }) => rest),
    )
    expect(names(check(loose, 'logic'))).toEqual(['no_predecessor x', 'no_successor x'])
    expect(check(loose, 'logic')).toMatchObject({ count: 1, of: 5, value: 0.2, passed: false })
    const inside = plan(
      [task('a', 1), summary('s'), task('b', 1, { parent: 's' }), task('c', 1, { parent: 's' }), task('end', 0)],
      [link('a FS s'), link('s FS end')],
    )
    expect(check(inside, 'logic').passed).toBe(true)
  })

  test('2–4 leads, lags and types name their link and the minutes', () => {
    const input = plan([task('a', 5), task('b', 5), task('c', 5)], [link('a FS b', -2), link('b SS c', 3)])
    expect(check(input, 'leads').findings).toEqual([
      { code: 'lead', repair: 'split_lead_into_task', task: 'b', link: 'link1', value: -2 * DAY },
    ])
    expect(check(input, 'lags').findings[0]).toMatchObject({ link: 'link2', value: 3 * DAY })
    expect(check(input, 'relationship_types')).toMatchObject({ value: 0.5, passed: false })
  })

  test('5–8 constraints, float and duration', () => {
    const input = plan(
      [
        task('a', 60),
        task('b', 1),
        task('c', 5, { constraint: { type: 'must_finish_on', at: at('2024-03-05T17:00') } }),
        task('d', 5, { deadline: at('2024-03-05T17:00') }),
      ],
      [link('a FS c')],
    )
    expect(names(check(input, 'hard_constraints'))).toEqual(['hard_constraint c'])
    expect(names(check(input, 'high_float'))).toEqual(['high_float b'])
    expect(names(check(input, 'negative_float'))).toContain('negative_float d')
    expect(names(check(input, 'high_duration'))).toEqual(['high_duration a'])
    expect(check(input, 'high_duration').findings[0]!.value).toBe(60)
  })

  test('9 dates: what happens in the future has not happened, what is left is not in the past', () => {
    const input = plan(
      [
        task('early', 2),
        task('future', 2, { actualStart: at('2024-03-20T08:00'), actualFinish: at('2024-03-21T17:00') }),
        task('fine', 2, { actualStart: at('2024-03-04T08:00'), actualFinish: at('2024-03-05T17:00') }),
      ],
      [],
      { options: { ...good.options, statusDate: at('2024-03-11T08:00') } },
    )
    expect(names(check(input, 'invalid_dates'))).toEqual(['planned_in_past early', 'actual_in_future future'])
  })

  test('10 resources: judged only in a plan that has any', () => {
    const input = plan([task('a', 5), task('b', 5, { cost: '100' }), task('c', 5), task('m', 0)], [], {
      resources: [{ id: 'r', name: 'r', kind: 'work' }],
      assignments: [{ id: '1', task: 'a', resource: 'r', units: 1 }],
    })
    expect(names(check(input, 'resources'))).toEqual(['no_resource c'])
  })

  test('11, 13, 14 against the baseline: missed tasks, length index, execution index', () => {
    const base = (finish: string) => ({ baselines: [{ number: 0, finish: at(finish) }] })
    const input = plan(
      [
        task('a', 5, {
          ...base('2024-03-08T17:00'),
          actualStart: at('2024-03-04T08:00'),
          actualFinish: at('2024-03-08T17:00'),
        }),
        task('b', 5, base('2024-03-08T17:00')),
        task('c', 10, base('2024-03-15T17:00')),
      ],
      [link('a FS c')],
      { options: { ...good.options, statusDate: at('2024-03-08T17:00') } },
    )
    expect(check(input, 'missed_tasks')).toMatchObject({ of: 2, count: 0, value: 0, passed: true })
    expect(check(input, 'baseline_execution_index')).toMatchObject({ value: 0.5, passed: false })
    // Ten days are left to a finish that was promised five days earlier.
    expect(check(input, 'critical_path_length_index')).toMatchObject({ value: 0.5, passed: false })
    const late = { ...input, tasks: input.tasks.map(each => (each.id === 'b' ? { ...each, duration: 8 * DAY } : each)) }
    expect(check(late, 'missed_tasks').findings[0]).toMatchObject({
      task: 'b',
      value: 3,
      repair: 'recover_or_rebaseline',
    })
  })

  test('12 critical path test: a finish that a date holds does not move with its path', () => {
    expect(check(good, 'critical_path_test')).toMatchObject({ value: 1, passed: true })
    const held = plan(
      [task('a', 5), task('end', 5, { constraint: { type: 'must_start_on', at: at('2024-03-11T08:00') } })],
      [link('a FS end')],
    )
    const result = check(held, 'critical_path_test')
    expect(result.passed).toBe(true)
    // Tasks called critical with a hundred days of float do not drive the finish.
    const generous = { ...good.options, criticalSlackLimit: 200 * DAY }
    const broken = check(plan([task('a', 1), task('b', 100)], [], { options: generous }), 'critical_path_test')
    expect(broken.passed).toBe(false)
    expect(broken.value).toBeCloseTo(501 / 600, 2)
    expect(broken.findings[0]).toMatchObject({ task: 'a', repair: 'remove_what_holds_the_finish' })
  })

  test('what cannot be computed is said, not scored', () => {
    const circle = plan([task('a', 1), task('b', 1)], [link('a FS b'), link('b FS a')])
    expect(checkQuality(circle)).toMatchObject({ ok: false, error: { code: 'schedule.cycle' } })
  })
})

describe('the score', () => {
  test('lies between 0 and 100, is 100 when all passes, and falls as a miss grows', () => {
    const value = fc.double({ min: 0, max: 1, noNaN: true })
    fc.assert(
      fc.property(value, value, (x, y) => {
        const [low, high] = [Math.min(x, y), Math.max(x, y)]
        const at = (share: number) => checkScore({ value: share, passed: share <= 0.05, limit: 0.05, side: 'most' })
        expect(at(low)).toBeGreaterThanOrEqual(at(high))
        expect(at(high)).toBeGreaterThanOrEqual(0)
      }),
    )
    expect(quality(plan([])).score).toBe(100)
    const bad = plan([task('a', 60), task('b', 60), task('c', 60)], [])
    expect(quality(bad).score).toBeLessThan(quality(good).score)
  })

  test('thresholds are data', () => {
    const thresholds = { ...dcmaLimits.thresholds, high_duration: { side: 'most', limit: 1, weight: 1 } as const }
    const long = plan([task('a', 60), task('end', 0)], [link('a FS end')])
    expect(quality(long, { ...dcmaLimits, thresholds }).score).toBeGreaterThan(quality(long).score)
  })
})
