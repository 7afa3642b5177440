// Earned value: the domain rules' worked figures exactly, the published formulas, and forecasts measured on simulated projects.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Decimal } from '../money/index.ts'
import { calendarClock } from '../schedule/index.ts'
import { at, standard } from '../schedule/testing/plan-maker.ts'
import {
  adherence,
  classRatio,
  durationForecasts,
  earnedDuration,
  earnedSchedule,
  earnedTime,
  earnedValues,
  estimateDuration,
  type MeasuredTask,
  performance,
  plannedCurves,
  smoothedPace,
} from './index.ts'
import { forecastErrors } from './testing/forecast-errors.ts'

describe('performance', () => {
  test('G-4.3: the worked figures of the domain rules', () => {
    const found = performance({ bac: '9000000', pv: '4800000', ev: '4320000', ac: '4650000' })
    expect(found).toMatchObject({
      cv: '-330000.00',
      sv: '-480000.00',
      cpi: '0.9290',
      spi: '0.9000',
      etc: '5037500.00',
      vac: '-687500.00',
      tcpi: '1.0759',
    })
    expect(found.eac).toMatchObject({ cpi: '9687500.00', budget: '9330000.00', cpi_spi: '10247222.22' })
  })

  test('the other estimates at completion', () => {
    const periods = [
      { ev: '100', ac: '100' },
      { ev: '200', ac: '220' },
      { ev: '300', ac: '345' },
      { ev: '400', ac: '480' },
    ] as const
    const found = performance({ bac: '1000', pv: '500', ev: '400', ac: '480' }, { periods, beta: 1, bottomUp: '700' })
    // CPI 0.8333, SPI 0.8: .8 CPI + .2 SPI = 0.826667.
    expect(found.eac.weighted).toBe('1205.81')
    // Last three periods: 380 for 300.
    expect(found.eac.recent).toBe('1240.00')
    // With β = 1 only the last period counts: 135 for 100.
    expect(found.eac.smoothed).toBe('1290.00')
    expect(found.eac.bottom_up).toBe('1180.00')
    expect(found).toMatchObject({ complete: '0.4000', spent: '0.4800', tcpi: '1.1538' })
  })

  test('nothing planned, earned or spent: no figure, never a wrong one', () => {
    const found = performance({ bac: '0', pv: '0', ev: '0', ac: '0' })
    expect([found.cpi, found.spi, found.complete, found.tcpi, found.eac.cpi, found.vac]).toEqual(
      new Array(6).fill(null),
    )
    expect(found.eac.budget).toBe('0.00')
    const early = performance({ bac: '100', pv: '10', ev: '0', ac: '5' })
    expect([early.eac.cpi, early.eac.cpi_spi, early.cpi]).toEqual([null, null, '0.0000'])
  })

  test('finished work costs what it cost by every method but one that divides by nothing', () => {
    const found = performance({ bac: '100', pv: '100', ev: '100', ac: '130' })
    expect([found.eac.budget, found.eac.cpi, found.eac.cpi_spi, found.eac.weighted]).toEqual(
      new Array(4).fill('130.00'),
    )
    expect(found.tcpi).toBeNull()
  })

  test('any amounts: CV + AC = EV, VAC + EAC = BAC, and no estimate is not a number', () => {
    const amount = fc
      .integer({ min: 0, max: 1e12 })
      .map((fen): Decimal => `${Math.floor(fen / 100)}.${String(fen % 100).padStart(2, '0')}` as `${number}`)
    fc.assert(
      fc.property(amount, amount, amount, amount, (bac, pv, ev, ac) => {
        const found = performance({ bac, pv, ev, ac })
        const cents = (value: string) => BigInt(value.replace('.', ''))
        expect(cents(found.cv) + cents(ac)).toBe(cents(ev))
        if (found.vac !== null && found.eac.cpi !== null)
          expect(cents(found.vac) + cents(found.eac.cpi)).toBe(cents(bac))
        for (const value of Object.values(found.eac)) if (value !== null) expect(value).toMatch(/^-?\d+\.\d\d$/)
      }),
    )
  })
})

describe('measurement', () => {
  const task = (
    id: string,
    measurement: MeasuredTask['measurement'],
    more: Partial<MeasuredTask> = {},
  ): MeasuredTask => ({
    ...{ id, budget: '1000.00', planned: '600.00', started: true, finished: false, measurement },
    ...more,
  })
  const earned = (...tasks: MeasuredTask[]) => {
    const outcome = earnedValues(tasks)
    return outcome.ok ? [...outcome.earned.values()] : outcome.error
  }

  test('each rule earns what it says', () => {
    expect(
      earned(
        task('a', { rule: 'zero_hundred' }),
        task('b', { rule: 'start_finish' }),
        task('c', { rule: 'start_finish', atStart: 0.2 }),
        task('d', {
          rule: 'weighted_milestones',
          milestones: [
            { weight: 1, reached: true },
            { weight: 2, reached: false },
          ],
        }),
        task('e', { rule: 'percent', percent: 37.5 }),
        task('f', { rule: 'units', done: '12.5', planned: '50' }),
        task('g', { rule: 'level_of_effort' }),
        task('h', { rule: 'apportioned', to: 'e' }),
      ),
    ).toEqual(['0.00', '500.00', '200.00', '333.33', '375.00', '250.00', '600.00', '375.00'])
  })

  test('finished work has earned its budget, and no more than it is ever earned', () => {
    expect(
      earned(
        task('a', { rule: 'zero_hundred' }, { finished: true }),
        task('b', { rule: 'units', done: '80', planned: '50' }),
      ),
    ).toEqual(['1000.00', '1000.00'])
    expect(
      earned(
        task('a', { rule: 'units', done: '1', planned: '0' }),
        task('b', { rule: 'start_finish' }, { started: false }),
      ),
    ).toEqual(['0.00', '0.00'])
  })

  test('a circle of apportioned tasks and an unknown one are told', () => {
    expect(
      earned(task('a', { rule: 'apportioned', to: 'b' }), task('b', { rule: 'apportioned', to: 'a' })),
    ).toMatchObject({ code: 'earned_value.circle' })
    expect(earned(task('a', { rule: 'apportioned', to: 'z' }))).toMatchObject({
      code: 'earned_value.unknown_task',
      task: 'z',
    })
    expect(earned(task('a', { rule: 'percent', percent: Number.NaN }))).toMatchObject({
      code: 'earned_value.not_a_share',
    })
  })
})

describe('earned schedule', () => {
  const curve = ['0', '100', '300', '600', '800', '1000'] as const

  test('reads the value earned on the time axis', () => {
    expect(earnedSchedule(curve, '450', 3)).toEqual({ es: 2.5, pd: 5, at: 3, svt: -0.5, spit: 2.5 / 3, tspi: 2.5 / 2 })
    expect(earnedTime(curve, '0')).toBe(0)
    expect(earnedTime(curve, '300')).toBe(2)
  })

  test('a late finish stays late: at the end SPI is 1 again, SPI(t) is not', () => {
    const done = earnedSchedule(curve, '1000', 8)
    expect(performance({ bac: '1000', pv: '1000', ev: '1000', ac: '1000' }).spi).toBe('1.0000')
    expect(done).toMatchObject({ es: 5, spit: 5 / 8, svt: -3 })
    const forecasts = durationForecasts(done, { bac: 1000, pv: 1000, ev: 1000, ac: 1000 })
    expect([forecasts.earned_schedule, forecasts.earned_schedule_spit, forecasts.smoothed]).toEqual([8, 8, 8])
  })

  test('over a pause of the plan the value is earned at its end; a plan of nothing has no time', () => {
    expect(earnedTime(['0', '100', '100', '100', '200'], '100')).toBe(3)
    expect(earnedTime(['0', '0', '100'], '0')).toBe(1)
    expect(earnedSchedule([], '0', 0)).toMatchObject({ es: 0, pd: 0, spit: null })
    expect(earnedSchedule(['0', '0'], '0', 1)).toMatchObject({ es: 0, pd: 0, tspi: 0 })
  })

  test('earned time rises with the value earned and inverts the planned curve', () => {
    const steps = fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 1, maxLength: 20 })
    fc.assert(
      fc.property(steps, fc.double({ min: 0, max: 1, noNaN: true }), (list, share) => {
        let sum = 0
        const values = [0, ...list.map(step => (sum += step))]
        const decimals = values.map((value): Decimal => `${value}`)
        const time = share * list.length
        const n = Math.min(list.length - 1, Math.floor(time))
        const ev = Math.round((values[n]! + (values[n + 1]! - values[n]!) * (time - n)) * 100) / 100
        expect(earnedTime(decimals, `${Number(ev.toFixed(2))}`)).toBeCloseTo(time, 1)
      }),
    )
  })

  test('the classic forecasts by their formulas', () => {
    const standing = earnedSchedule(curve, '450', 3)
    const f = durationForecasts(standing, { bac: 1000, pv: 600, ev: 450, ac: 500 }, [
      { at: 1, es: 0.8 },
      { at: 2, es: 1.6 },
      { at: 3, es: 2.5 },
    ])
    expect(f.planned_value).toBeCloseTo(5 + (150 * 5) / 1000, 12)
    expect(f.planned_value_spi).toBeCloseTo(5 / 0.75, 12)
    expect(f.planned_value_spi_cpi).toBeCloseTo(5 / (0.75 * 0.9), 12)
    expect(f.earned_duration).toBeCloseTo(3 + (5 - 2.25), 12)
    expect(f.earned_duration_spi).toBeCloseTo(3 + 2.75 / 0.75, 12)
    expect(f.earned_schedule).toBeCloseTo(5.5, 12)
    expect(f.earned_schedule_spit).toBeCloseTo(5 / (2.5 / 3), 12)
    // Pace from 1: .98, .962, .9558.
    expect(f.smoothed).toBeCloseTo(3 + 2.5 / 0.9558, 12)
  })

  test('after a corrective action the smoothed pace starts again', () => {
    const track = [
      { at: 1, es: 0.5 },
      { at: 2, es: 1 },
      { at: 3, es: 2 },
    ]
    expect(smoothedPace(track, 0.1)).toBeCloseTo(0.1 * 1 + 0.9 * (0.1 * 0.5 + 0.9 * 0.95), 12)
    expect(smoothedPace(track, 0.1, 3)).toBe(1)
  })

  test('adherence: work out of order counts only as far as it was due', () => {
    const planned = ['0', '100', '200'] as const
    const late = { planned: ['0', '0', '0', '100'] as const, earned: '50' as const }
    expect(adherence([{ planned, earned: '50' }, late], 1)).toBe(0.5)
    expect(adherence([{ planned, earned: '100' }], 1)).toBe(1)
    expect(adherence([{ planned, earned: '0' }], 0)).toBeNull()
  })

  test('earned duration counts time, not money', () => {
    const tasks = [
      { duration: 2, progress: 1, planned: [0, 1, 2, 2, 2] },
      { duration: 4, progress: 0.25, planned: [0, 1, 2, 3, 4] },
    ]
    expect(earnedDuration(tasks, 2)).toEqual({ edi: 3 / 4, dpi: 0.75, ed: 1.5 })
    expect(earnedDuration([], 0)).toEqual({ edi: null, dpi: null, ed: 0 })
  })
})

describe('the envelope', () => {
  const clock = calendarClock([standard], 'standard')
  if (!clock.ok) throw new Error(clock.error.code)
  test('early dates earn first, late dates last, and all end at the budget to the fen', () => {
    const dates = [
      at('2024-03-04T08:00'),
      at('2024-03-08T17:00'),
      at('2024-03-11T08:00'),
      at('2024-03-15T17:00'),
    ] as const
    const [a, b, c, d] = dates
    const tasks = [
      { budget: '333.33' as const, start: a, finish: b, earlyStart: a, earlyFinish: b, lateStart: a, lateFinish: b },
      {
        budget: '100.01' as const,
        start: a,
        finish: b,
        earlyStart: a,
        earlyFinish: b,
        lateStart: c,
        lateFinish: d,
        profile: 'bell' as const,
      },
    ]
    const ticks = [a, at('2024-03-05T17:00'), b, at('2024-03-13T12:00'), d]
    const { planned, early, late } = plannedCurves(tasks, ticks, clock.clock)
    expect(early).toEqual(planned)
    expect(planned[1]).toBe('168.53')
    expect(late.map((value, i) => Number(value) <= Number(early[i]))).toEqual(new Array(5).fill(true))
    expect([early.at(-1), late.at(-1), planned[0]]).toEqual(['433.34', '433.34', '0.00'])
  })
})

describe('the default forecast', () => {
  const projects = Array.from({ length: 20 }, (_, i) => ({ ratio: 1.1 + 0.01 * i }))

  test('of a class without ten projects takes the next wider one, and says which', () => {
    const classes = [
      { name: 'bridges', projects: projects.slice(0, 9) },
      { name: 'civil works', projects },
    ]
    expect(estimateDuration({ es: 0, pd: 10, at: 0 }, classes).basis).toEqual({ name: 'civil works', projects: 20 })
    expect(estimateDuration({ es: 0, pd: 10, at: 0 }, classes).expected).toBeCloseTo(10 * 1.195, 1)
    expect(estimateDuration({ es: 5, pd: 10, at: 6 }).basis).toBeNull()
    expect(classRatio([{ name: 'civil works', ratios: projects.map(({ ratio }) => ratio) }], 0.8)).toEqual({
      ...{ ratio: expect.closeTo(1.252, 6), name: 'civil works', projects: 20 },
    })
    expect(classRatio([{ name: 'few', ratios: [1, 1.2] }], 0.8)).toBeNull()
  })

  test('lies in its interval, never before now, and narrows to the truth as the work ends', () => {
    const standing = fc.tuple(
      fc.double({ min: 0, max: 10, noNaN: true }),
      fc.double({ min: 0.01, max: 30, noNaN: true }),
    )
    fc.assert(
      fc.property(standing, ([es, time]) => {
        const { low, expected, high, weight } = estimateDuration({ es, pd: 10, at: time }, [{ name: 'c', projects }])
        expect(low).toBeGreaterThanOrEqual(time)
        expect(low).toBeLessThanOrEqual(expected)
        expect(expected).toBeLessThanOrEqual(high)
        expect(weight >= 0 && weight <= 1).toBe(true)
      }),
    )
    expect(estimateDuration({ es: 10, pd: 10, at: 13 }).expected).toBe(13)
    expect(estimateDuration({ es: 9.9, pd: 10, at: 13 }).expected).toBeLessThan(13.3)
    expect(estimateDuration({ es: 0, pd: 0, at: 0 })).toMatchObject({ expected: 0, low: 0, high: 0 })
  })

  // A tenth of the bench's projects; the bench shows the figures themselves.
  test.each([
    ['early', 2.9],
    ['on_time', 3],
    ['late', 3.8],
    ['late_common', 4],
  ] as const)('%s: better than every single method or as good, and its interval holds', (scenario, most) => {
    const { errors, coverage } = forecastErrors(scenario, 75, 2)
    const { default: ours = Number.NaN, ...others } = errors
    expect(ours).toBeLessThan(most)
    expect(ours).toBeLessThan(1.1 * Math.min(...Object.values(others)))
    expect(coverage).toBeGreaterThan(0.75)
    expect(coverage).toBeLessThan(0.87)
  })
})
