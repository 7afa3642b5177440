// Any plan written as Microsoft Project XML and read again is the same plan; what cannot be said is reported.
import { compute, weekdayOf } from '@yingzao/engines/schedule'
import {
  type Calendar,
  type CalendarException,
  defaultOptions,
  type Lag,
  type Plan,
  type Shift,
  type Task,
} from '@yingzao/engines/schedule/plan'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readPlanFile, writePlanFile } from '../plan-file/index.ts'

const start = 28487520
const minute = fc.integer({ min: start, max: start + 400_000 })
/** Text that XML can hold and that no reader trims. */
const text = fc.string({ unit: 'grapheme', maxLength: 12 })
const name = text.filter(s => s.trim() === s && s !== '')

const shifts: fc.Arbitrary<Shift[]> = fc
  .uniqueArray(fc.integer({ min: 0, max: 48 }), { minLength: 2, maxLength: 6 })
  .map(points => {
    const sorted = points.sort((a, b) => a - b)
    return Array.from({ length: sorted.length >> 1 }, (_, i) => ({
      from: (sorted[i * 2] ?? 0) * 30,
      to: (sorted[i * 2 + 1] ?? 0) * 30,
    }))
  })
const day = fc.oneof(fc.constant([]), shifts)
const weekday = fc.integer({ min: 0, max: 6 })
const every = fc.integer({ min: 1, max: 5 })
const position = fc.constantFrom(1 as const, 2 as const, 3 as const, 4 as const, 5 as const)
const month = fc.integer({ min: 1, max: 12 })
const monthDay = fc.integer({ min: 1, max: 28 })

const exception: fc.Arbitrary<CalendarException> = fc.record(
  {
    name,
    fromDay: fc.integer({ min: 19000, max: 20000 }),
    toDay: fc.integer({ min: 20000, max: 21000 }),
    shifts: day,
    recurrence: fc.oneof(
      fc.record({ kind: fc.constant('daily' as const), every: fc.integer({ min: 2, max: 5 }) }),
      fc.record({
        kind: fc.constant('weekly' as const),
        every,
        days: fc.uniqueArray(weekday, { minLength: 1 }).map(days => days.sort()),
      }),
      fc.record({ kind: fc.constant('monthly_day' as const), every, day: monthDay }),
      fc.record({ kind: fc.constant('monthly_position' as const), every, position, weekday }),
      fc.record({ kind: fc.constant('yearly_day' as const), every: fc.constant(1), month, day: monthDay }),
      fc.record({ kind: fc.constant('yearly_position' as const), every: fc.constant(1), month, position, weekday }),
    ),
  },
  { requiredKeys: ['name', 'fromDay', 'toDay', 'shifts'] },
)

const calendar = (id: string): fc.Arbitrary<Calendar> =>
  fc.record({
    id: fc.constant(id),
    uid: fc.constant(Number(id)),
    name,
    week: fc.tuple(day, shifts, day, day, day, day, day),
    workWeeks: fc.array(
      fc.record({
        name,
        fromDay: fc.constant(19500),
        toDay: fc.constant(19600),
        days: fc.tuple(...Array.from({ length: 7 }, () => fc.option(day, { nil: undefined }))),
      }),
      { maxLength: 1 },
    ),
    exceptions: fc.array(exception, { maxLength: 3 }),
  })

const lag: fc.Arbitrary<Lag> = fc.oneof(
  fc.record({
    kind: fc.constantFrom('working' as const, 'elapsed' as const),
    minutes: fc.integer({ min: -9000, max: 9000 }),
  }),
  fc.record({
    kind: fc.constantFrom('percent' as const, 'elapsed_percent' as const),
    percent: fc.integer({ min: -100, max: 200 }),
  }),
)

const task = (i: number): fc.Arbitrary<Task> =>
  fc
    .record(
      {
        name,
        duration: fc.integer({ min: 1, max: 40_000 }),
        durationUnit: fc.constantFrom('m' as const, 'h' as const, 'd' as const, 'w' as const, 'mo' as const),
        elapsed: fc.constant(true as const),
        estimated: fc.boolean(),
        notes: text.filter(s => s !== ''),
        code: name,
        constraint: fc.oneof(
          fc.record({ type: fc.constantFrom('asap' as const, 'alap' as const) }),
          fc.record({
            type: fc.constantFrom(
              'must_start_on' as const,
              'finish_no_later_than' as const,
              'start_no_earlier_than' as const,
            ),
            at: minute,
          }),
        ),
        deadline: minute,
        inactive: fc.boolean(),
        percentComplete: fc.integer({ min: 0, max: 100 }),
        actualStart: minute,
        remainingDuration: fc.integer({ min: 0, max: 9000 }),
        priority: fc.integer({ min: 0, max: 1000 }),
        levelingDelay: fc.integer({ min: 0, max: 9000 }),
        fixedCost: fc.integer({ min: -999_999, max: 999_999 }).map(n => String(n / 100)),
        baselines: fc.uniqueArray(
          fc.record({
            number: fc.integer({ min: 0, max: 10 }),
            start: minute,
            duration: fc.integer({ min: 0, max: 900 }),
          }),
          {
            selector: b => b.number,
            minLength: 1,
            maxLength: 3,
          },
        ),
        custom: fc.record({ 班组: name, Number3: fc.integer(), 验收: fc.boolean() }, { requiredKeys: ['班组'] }),
      },
      { requiredKeys: ['name', 'duration', 'constraint'] },
    )
    .map(made => ({
      id: String(i),
      uid: i,
      row: i,
      kind: 'task' as const,
      ...made,
      ...(i % 3 !== 1 && { parent: String(i - ((i - 1) % 3)) }),
    }))

const plan: fc.Arbitrary<Plan> = fc.integer({ min: 1, max: 9 }).chain(n =>
  fc
    .record({
      calendars: fc.tuple(calendar('1'), calendar('7')),
      tasks: fc.tuple(...Array.from({ length: n }, (_, i) => task(i + 1))),
      links: fc.uniqueArray(
        fc.record({
          from: fc.integer({ min: 1, max: n }),
          to: fc.integer({ min: 1, max: n }),
          type: fc.constantFrom('FS' as const, 'SS' as const, 'FF' as const, 'SF' as const),
          lag,
        }),
        { selector: l => `${l.from}-${l.to}`, maxLength: 6 },
      ),
    })
    .map(
      ({ calendars, tasks, links }): Plan => ({
        name: 'p.xml',
        mode: 'ms',
        options: { ...defaultOptions, start, calendar: '7', criticalSlackLimit: 960 },
        calendars,
        tasks: tasks.map(t => (tasks.some(c => c.parent === t.id) ? { ...t, kind: 'summary' } : t)),
        links: links
          .map(l => ({ ...l, id: `${l.from}-${l.to}`, from: String(l.from), to: String(l.to) }))
          .sort((a, b) => Number(a.to) - Number(b.to)),
        resources: [],
        assignments: [],
        customFields: [
          { of: 'task', name: '班组', kind: 'text', source: 'Text3' },
          { of: 'task', name: 'Number3', kind: 'number', source: 'Number3' },
          { of: 'task', name: '验收', kind: 'flag' },
        ],
      }),
    ),
)

const again = async (given: Plan): Promise<Plan> => {
  const { bytes, loss } = writePlanFile(given, 'mspdi')
  expect(loss).toEqual([])
  const reading = await readPlanFile(bytes, 'p.xml')
  if (!reading.ok || !reading.plans[0]) throw new Error(JSON.stringify(reading))
  expect(reading.loss).toEqual([])
  return reading.plans[0]
}

test('any plan comes back with all it had', async () => {
  await fc.assert(
    fc.asyncProperty(plan, async given => {
      const { customFields: _used, ...rest } = given
      const first = await again(given)
      // Reading adds the flags that every file writes; nothing of ours is missing, and a second time nothing changes.
      expect(first).toMatchObject(rest)
      expect(await again(first)).toEqual(first)
    }),
    { numRuns: 60 },
  )
})

test('a computed plan is written with the dates we computed', async () => {
  const day: Shift[] = [{ from: 480, to: 1020 }]
  const given: Plan = {
    name: 'p.xml',
    mode: 'ms',
    options: { ...defaultOptions, start, calendar: '1' },
    calendars: [
      { id: '1', uid: 1, name: '每天', week: [day, day, day, day, day, day, day], workWeeks: [], exceptions: [] },
    ],
    tasks: [
      { id: 'a', name: '甲', kind: 'task', duration: 540, constraint: { type: 'asap' } },
      { id: 'b', name: '乙', kind: 'task', duration: 540, constraint: { type: 'asap' } },
    ],
    links: [{ id: 'l', from: 'a', to: 'b', type: 'FS', lag: { kind: 'working', minutes: 0 } }],
    resources: [],
    assignments: [],
  }
  const outcome = compute(given)
  if (!outcome.ok) throw new Error(outcome.error.code)
  const { bytes } = writePlanFile(given, 'mspdi', outcome.schedule)
  const reading = await readPlanFile(bytes, 'p.xml')
  const dates = outcome.schedule.tasks[1]
  expect(reading.ok && reading.plans[0]?.tasks[1]).toMatchObject({
    ...{ id: '2', row: 2, name: '乙' },
    stored: {
      earlyStart: dates?.earlyStart,
      lateFinish: dates?.lateFinish,
      totalFloat: dates?.totalFloat,
      critical: true,
    },
  })
})

test('the pieces of a split task survive', async () => {
  const day: Shift[] = [{ from: 480, to: 1020 }]
  const at = (d: number, m: number): number => start - (start % 1440) + d * 1440 + m
  const segments = [
    { start: at(0, 480), finish: at(1, 1020) },
    { start: at(4, 480), finish: at(4, 900) },
  ]
  const given: Plan = {
    name: 'p.xml',
    mode: 'ms',
    options: { ...defaultOptions, start, calendar: '1' },
    calendars: [
      { id: '1', uid: 1, name: '每天', week: [day, day, day, day, day, day, day], workWeeks: [], exceptions: [] },
    ],
    tasks: [
      { id: '5', uid: 5, row: 1, name: '甲', kind: 'task', duration: 1500, constraint: { type: 'asap' }, segments },
    ],
    links: [],
    resources: [],
    assignments: [],
  }
  expect((await again(given)).tasks[0]?.segments).toEqual(segments)
})

test('a split task of the night shift keeps its nights, though the plan itself works by day', async () => {
  const day: Shift[] = [{ from: 480, to: 1020 }]
  const night: Shift[] = [
    { from: 0, to: 360 },
    { from: 1320, to: 1440 },
  ]
  const at = (d: number, m: number): number => start - (start % 1440) + d * 1440 + m
  const week = (shifts: Shift[]) => ({
    week: [shifts, shifts, shifts, shifts, shifts, shifts, shifts],
    workWeeks: [],
    exceptions: [],
  })
  const segments = [
    { start: at(0, 1320), finish: at(1, 1800) },
    { start: at(4, 1320), finish: at(4, 1560) },
  ]
  const given: Plan = {
    name: 'p.xml',
    mode: 'ms',
    options: { ...defaultOptions, start, calendar: '1' },
    calendars: [
      { id: '1', uid: 1, name: '白班', ...week(day) },
      { id: '2', uid: 2, name: '夜班', ...week(night) },
      { id: '3', uid: 3, name: '盾构队', parent: '2', resourceOwned: true, ...week(night) },
    ],
    tasks: [
      { id: '5', uid: 5, row: 1, name: '掘进', kind: 'task', duration: 1200, constraint: { type: 'asap' }, segments },
    ],
    links: [],
    resources: [{ id: '7', uid: 7, name: '盾构队', kind: 'work', calendar: '3' }],
    assignments: [{ id: '9', uid: 9, task: '5', resource: '7', units: 1 }],
  }
  const { bytes } = writePlanFile(given, 'mspdi')
  expect(new TextDecoder().decode(bytes)).toMatch(/<Value>PT16H0M0S<\/Value>[\s\S]*<Value>PT4H0M0S<\/Value>/)
  const reading = await readPlanFile(bytes, 'p.xml')
  expect(reading.ok && reading.plans[0]?.tasks[0]?.segments).toEqual(segments)
})

test('a recurring task comes back with its rule; rows that a file merely marks as recurring are not taken for one', async () => {
  const tasks = [1, 2, 3].map(n => ({
    ...{ id: `m${n}`, name: `例会 ${n}`, kind: 'task' as const, parent: 'm', duration: 60, recurring: true },
    constraint: { type: 'start_no_earlier_than' as const, at: (20_710 + 7 * n) * 1440 + 540 },
  }))
  const calendar = {
    id: 'c',
    name: '标准',
    week: Array(7).fill([{ from: 480, to: 1020 }]),
    workWeeks: [],
    exceptions: [],
  }
  const recurrence = {
    ...{ rule: { kind: 'weekly' as const, every: 1, days: [weekdayOf(20_717)] }, fromDay: 20_717, count: 3 },
    ...{ at: 540, duration: 60, dayOff: 'next' as const },
  }
  const plan: Plan = {
    ...{ name: 'x', mode: 'ms', calendars: [calendar], links: [], resources: [], assignments: [] },
    options: { ...defaultOptions, start: 20_700 * 1440 + 480, calendar: 'c' },
    tasks: [
      {
        id: 'm',
        name: '例会',
        kind: 'summary',
        duration: 0,
        constraint: { type: 'asap' },
        recurring: true,
        recurrence,
      },
      ...tasks,
      { id: 'd', name: '挖土', kind: 'task', duration: 480, constraint: { type: 'asap' } },
    ],
  }
  const written = writePlanFile(plan, 'mspdi')
  expect(written.loss.map(each => each.path)).toContain('task/recurrence')
  const text = new TextDecoder().decode(written.bytes)
  const read = async (xml: string) => {
    const reading = await readPlanFile(new TextEncoder().encode(xml), 'x.xml')
    if (!reading.ok) throw new Error(reading.error.code)
    return reading.plans[0]?.tasks ?? []
  }
  const back = await read(text)
  expect(back.map(each => [each.name, each.recurring ?? false])).toEqual([
    ...[
      ['例会', true],
      ['例会 1', true],
      ['例会 2', true],
      ['例会 3', true],
      ['挖土', false],
    ],
  ])
  expect(back[0]?.recurrence).toEqual(recurrence)
  // Some programs mark every row.
  const all = text
    .replaceAll('<Recurring>1</Recurring>', '')
    .replaceAll('<Summary>', '<Recurring>1</Recurring><Summary>')
  expect((await read(all)).find(each => each.name === '挖土')?.recurring).toBeUndefined()
})
