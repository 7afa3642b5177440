// Properties of computed plans: a brute-force oracle and metamorphic relations.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { calendarClock, compute, type Minute, type Mode, type Plan, type Schedule } from './index.ts'
import { at, DAY, type LinkText, link, office, plan, scheduled, standard, task } from './testing/plan-maker.ts'

const start = at('2024-03-04T08:00')
const saturdays = {
  ...standard,
  id: 'six',
  name: 'Six days',
  week: [[], office, office, office, office, office, office],
}
const holidays = {
  ...standard,
  exceptions: [
    { name: 'holiday', fromDay: at('2024-03-07') / 1440, toDay: at('2024-03-08') / 1440, shifts: [] },
    { name: 'make-up', fromDay: at('2024-03-16') / 1440, toDay: at('2024-03-16') / 1440, shifts: office },
  ],
}
const calendars = [holidays, saturdays]

interface Net {
  durations: number[]
  calendar: string[]
  notBefore: (number | undefined)[]
  links: { from: number; to: number; type: 'FS' | 'SS' | 'FF'; lag: number }[]
}

/** Nets of 2–12 tasks whose links go forward; lags in half days, durations in quarter days (no milestones). */
const nets: fc.Arbitrary<Net> = fc.integer({ min: 2, max: 12 }).chain(count =>
  fc.record({
    durations: fc.array(fc.integer({ min: 1, max: 20 }), { minLength: count, maxLength: count }),
    calendar: fc.array(fc.constantFrom('standard', 'six'), { minLength: count, maxLength: count }),
    notBefore: fc.array(fc.option(fc.integer({ min: 0, max: 20 }), { nil: undefined, freq: 4 }), {
      minLength: count,
      maxLength: count,
    }),
    links: fc
      .array(
        fc.record({
          a: fc.nat(count - 1),
          b: fc.nat(count - 1),
          type: fc.constantFrom('FS', 'FS', 'FS', 'SS', 'FF'),
          lag: fc.constantFrom(0, 0, 0, 1, 2, -1),
        }),
        { maxLength: 2 * count },
      )
      .map(list =>
        list
          .filter(({ a, b }) => a !== b)
          .map(({ a, b, type, lag }) => ({ from: Math.min(a, b), to: Math.max(a, b), type, lag })),
      ),
  }),
)

function planOf(net: Net): Plan {
  const tasks = net.durations.map((quarters, i) =>
    task(`t${i}`, quarters / 4, {
      calendar: net.calendar[i]!,
      ...(net.notBefore[i] !== undefined && {
        constraint: { type: 'start_no_earlier_than', at: start + net.notBefore[i]! * 1440 },
      }),
    }),
  )
  return plan(tasks, net.links.map(linkOf), { calendars })
}

function linkOf(item: Net['links'][number]): LinkText {
  return link(`t${item.from} ${item.type} t${item.to}`, item.lag / 2)
}

const clocks = new Map(
  calendars.map(calendar => {
    const outcome = calendarClock(calendars, calendar.id)
    if (!outcome.ok) throw new Error(outcome.error.code)
    return [calendar.id, outcome.clock]
  }),
)

/**
 * Relaxes every link again and again until nothing moves: no order, no shared code but the calendar arithmetic. Lags run on
 * the successor's calendar in Microsoft mode and on the predecessor's in Primavera mode.
 */
function bruteForce(net: Net, mode: Mode): { es: Minute[]; ef: Minute[]; ls: Minute[]; lf: Minute[] } {
  const own = (i: number) => clocks.get(net.calendar[i]!)!
  const work = (i: number) => (net.durations[i]! * DAY) / 4
  const hasPredecessor = net.durations.map((_, i) => net.links.some(item => item.to === i))
  const bound = (i: number) => (net.notBefore[i] === undefined ? undefined : start + net.notBefore[i]! * 1440)
  const es = net.durations.map((_, i) => {
    const first = hasPredecessor[i] ? Number.NEGATIVE_INFINITY : (bound(i) ?? start)
    return Number.isFinite(first) ? own(i).nextWorkStart(Math.max(first, bound(i) ?? first)) : first
  })
  const ef = es.map((date, i) => (Number.isFinite(date) ? own(i).add(date, work(i)) : date))
  for (let moved = true; moved; ) {
    moved = false
    for (const { from, to, type, lag } of net.links) {
      if (!Number.isFinite(es[from]!)) continue
      const source = type === 'SS' ? es[from]! : ef[from]!
      const based = type === 'FF' ? own(to).add(source, -work(to)) : source
      const p6 = own(to).add(own(from).add(source, (lag * DAY) / 2), type === 'FF' ? -work(to) : 0)
      const asked = mode === 'ms' ? own(to).add(based, (lag * DAY) / 2) : p6
      const floored = type === 'FF' || mode === 'p6' ? Math.max(start, asked) : asked
      const date = own(to).nextWorkStart(Math.max(floored, bound(to) ?? floored))
      if (date > es[to]!) {
        es[to] = date
        ef[to] = own(to).add(date, work(to))
        moved = true
      }
    }
  }
  const finish = Math.max(...ef)
  const lf = es.map((_, i) => own(i).prevWorkFinish(finish))
  const late = (i: number, date: Minute) => own(i).nextWorkStart(own(i).add(date, -work(i)))
  const ls = lf.map((date, i) => late(i, date))
  for (let moved = true; moved; ) {
    moved = false
    for (const { from, to, type, lag } of net.links) {
      const back = (date: Minute) => own(mode === 'ms' ? to : from).add(date, (-lag * DAY) / 2)
      const asked =
        type === 'FS'
          ? back(ls[to]!)
          : type === 'FF'
            ? back(lf[to]!)
            : mode === 'ms'
              ? own(from).add(back(own(from).nextWorkStart(ls[to]!)), work(from))
              : own(from).add(own(from).nextWorkStart(back(ls[to]!)), work(from))
      const date = own(from).prevWorkFinish(Math.min(asked, finish))
      if (date < lf[from]!) {
        lf[from] = date
        ls[from] = late(from, date)
        moved = true
      }
    }
  }
  return { es, ef, ls, lf }
}

test.each(['ms', 'p6'] as const)('1,000 random nets agree with the fixpoint of a brute-force oracle: %s', mode => {
  fc.assert(
    fc.property(nets, net => {
      const { tasks } = scheduled({ ...planOf(net), mode })
      const oracle = bruteForce(net, mode)
      expect(tasks.map(item => item.earlyStart)).toEqual(oracle.es)
      expect(tasks.map(item => item.earlyFinish)).toEqual(oracle.ef)
      expect(tasks.map(item => item.lateFinish)).toEqual(oracle.lf)
      expect(tasks.map(item => item.lateStart)).toEqual(oracle.ls)
    }),
    { numRuns: 1000 },
  )
})

const datesOf = (schedule: Schedule) =>
  schedule.tasks.map(({ id, earlyStart, earlyFinish, lateStart, lateFinish, totalFloat, freeFloat, critical }) => ({
    id,
    earlyStart,
    earlyFinish,
    lateStart,
    lateFinish,
    totalFloat,
    freeFloat,
    critical,
  }))

describe('metamorphic relations', () => {
  test('a plan moved by whole weeks, with its calendars, keeps its shape', () => {
    fc.assert(
      fc.property(nets, fc.integer({ min: -300, max: 300 }), (net, weeks) => {
        const by = weeks * 7 * 1440
        const base = planOf(net)
        const moved: Plan = {
          ...base,
          options: { ...base.options, start: base.options.start + by },
          calendars: base.calendars.map(calendar => ({
            ...calendar,
            exceptions: calendar.exceptions.map(item => ({
              ...item,
              fromDay: item.fromDay + weeks * 7,
              toDay: item.toDay + weeks * 7,
            })),
          })),
          tasks: base.tasks.map(item => ({
            ...item,
            constraint:
              item.constraint.at === undefined ? item.constraint : { ...item.constraint, at: item.constraint.at + by },
          })),
        }
        const expected = datesOf(scheduled(base)).map(item => ({
          ...item,
          earlyStart: item.earlyStart + by,
          earlyFinish: item.earlyFinish + by,
          lateStart: item.lateStart + by,
          lateFinish: item.lateFinish + by,
        }))
        expect(datesOf(scheduled(moved))).toEqual(expected)
      }),
      { numRuns: 100 },
    )
  })

  test('a task cut into a chain of pieces ends where the whole did', () => {
    fc.assert(
      fc.property(nets, fc.nat(), fc.integer({ min: 2, max: 4 }), (net, pick, pieces) => {
        const onlyFinishStart = { ...net, links: net.links.map(item => ({ ...item, type: 'FS' as const })) }
        const cut = pick % net.durations.length
        const base = planOf(onlyFinishStart)
        const piece = (k: number) => `t${cut}${k === 0 ? '' : `-${k}`}`
        const tasks = base.tasks.flatMap((item, i) =>
          i !== cut
            ? [item]
            : Array.from({ length: pieces }, (_, k) => ({
                ...item,
                id: piece(k),
                duration: item.duration / pieces,
                ...(k > 0 && { constraint: { type: 'asap' as const } }),
              })),
        )
        const links = base.links.map(item => (item.from === `t${cut}` ? { ...item, from: piece(pieces - 1) } : item))
        const chain = Array.from({ length: pieces - 1 }, (_, k) => ({
          id: `c${k}`,
          ...link(`${piece(k)} FS ${piece(k + 1)}`),
        }))
        const whole = scheduled(base)
        const cutUp = scheduled({ ...base, tasks, links: [...links, ...chain] })
        expect(cutUp.finish).toBe(whole.finish)
        for (const item of whole.tasks) {
          if (item.id === `t${cut}`) continue
          const other = cutUp.tasks.find(({ id }) => id === item.id)
          expect([other?.earlyStart, other?.lateFinish]).toEqual([item.earlyStart, item.lateFinish])
        }
        expect(cutUp.tasks.find(({ id }) => id === piece(pieces - 1))?.earlyFinish).toBe(whole.tasks[cut]!.earlyFinish)
      }),
      { numRuns: 100 },
    )
  })

  test('saying a link twice changes nothing', () => {
    fc.assert(
      fc.property(nets, net => {
        const base = planOf(net)
        const doubled = {
          ...base,
          links: [...base.links, ...base.links.map(item => ({ ...item, id: `${item.id}-again` }))],
        }
        expect(datesOf(scheduled(doubled))).toEqual(datesOf(scheduled(base)))
      }),
      { numRuns: 100 },
    )
  })

  test('a link that nobody feels can be removed', () => {
    fc.assert(
      fc.property(nets, net => {
        const base = planOf(net)
        const whole = scheduled(base)
        const felt = new Set(
          whole.tasks.flatMap(({ why }) =>
            [why.start, why.finish, why.late].flatMap(why =>
              'link' in why && why.link !== undefined ? [why.link] : [],
            ),
          ),
        )
        const times = new Map<string, number>()
        for (const item of base.links)
          for (const end of [`>${item.to}`, `<${item.from}`]) times.set(end, (times.get(end) ?? 0) + 1)
        // The last link of a task also says that it has one: without it other rules begin (project start, own finish).
        const spare = base.links.find(
          item => !felt.has(item.id) && times.get(`>${item.to}`)! > 1 && times.get(`<${item.from}`)! > 1,
        )
        if (!spare) return
        const without = scheduled({ ...base, links: base.links.filter(item => item !== spare) })
        const strip = (schedule: Schedule) => datesOf(schedule).map(({ freeFloat: _, ...rest }) => rest)
        expect(strip(without)).toEqual(strip(whole))
      }),
      { numRuns: 200 },
    )
  })

  test('the mirrored network has the early dates where the original has its late ones', () => {
    // Only on a clock without nights are finish and start sides the same, so that a mirror is exact.
    const allDay = [{ from: 0, to: 1440 }]
    const round = { ...standard, week: Array.from({ length: 7 }, () => allDay) }
    fc.assert(
      fc.property(nets, net => {
        const free = {
          ...net,
          notBefore: net.notBefore.map(() => undefined),
          calendar: net.calendar.map(() => 'standard'),
        }
        // A floored finish-to-finish link and a lead before the project's start have no mirror image.
        const links = free.links.map(item => ({ ...item, type: 'FS' as const, lag: Math.abs(item.lag) }))
        const forwards = { ...planOf({ ...free, links }), calendars: [round] }
        const backwards: Plan = {
          ...forwards,
          links: forwards.links.map(item => ({ ...item, from: item.to, to: item.from })),
        }
        const there = scheduled(forwards)
        const back = scheduled(backwards)
        expect(back.finish).toBe(there.finish)
        there.tasks.forEach((item, i) => {
          expect(back.tasks[i]!.earlyStart - start).toBe(there.finish - item.lateFinish)
          expect(back.tasks[i]!.totalFloat).toBe(item.totalFloat)
        })
      }),
      { numRuns: 100 },
    )
  })
})

test('ten thousand tasks in one summary linked to ten thousand others are computed or refused, not waited for', () => {
  const tasks = [
    { ...task('p', 1), kind: 'summary' as const },
    { ...task('q', 1), kind: 'summary' as const },
    ...Array.from({ length: 3000 }, (_, i) => task(`a${i}`, 1, { parent: 'p' })),
    ...Array.from({ length: 3000 }, (_, i) => task(`b${i}`, 1, { parent: 'q' })),
  ]
  const links = Array.from({ length: 2000 }, (_, i) => link(`a${i} FS q`))
  expect(compute(plan(tasks, [link('p FS q')])).ok).toBe(true)
  expect(compute(plan(tasks, links))).toMatchObject({ ok: false, error: { code: 'schedule.out_of_range' } })
})
