// Work that rests in between: pieces of split tasks wherever they move, and begun work until it is resumed.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Calendar, formatMinute, type Plan, prepare, type Segment } from './index.ts'
import { at, DAY, link, office, plan, read, scheduled, standard, task } from './testing/plan-maker.ts'

const shown = (pieces: readonly Segment[] | undefined) =>
  pieces?.map(({ start, finish }) => `${formatMinute(start).slice(5)} – ${formatMinute(finish).slice(5)}`)
/** Two days, a rest of one, two days more. */
const split = [
  { start: at('2024-03-04T08:00'), finish: at('2024-03-05T17:00') },
  { start: at('2024-03-07T08:00'), finish: at('2024-03-08T17:00') },
]

describe('split tasks', () => {
  test('stand as they were given while nothing moves them', () => {
    expect(shown(read(plan([task('dig', 4, { segments: split })]))('dig').pieces)).toEqual([
      '03-04T08:00 – 03-05T17:00',
      '03-07T08:00 – 03-08T17:00',
    ])
  })

  test('move with their rest in working time when a predecessor moves them', () => {
    const of = read(plan([task('clear', 3), task('dig', 4, { segments: split })], [link('clear FS dig')]))
    // Thursday and Friday, Monday rests, Tuesday and Wednesday.
    expect(shown(of('dig').pieces)).toEqual(['03-07T08:00 – 03-08T17:00', '03-12T08:00 – 03-13T17:00'])
    expect(of('dig').dates).toBe('03-07 08:00 – 03-13 17:00')
  })

  test('an ordinary task has none', () => {
    expect(read(plan([task('dig', 4)]))('dig').pieces).toBeUndefined()
  })
})

describe('begun work', () => {
  const begun = { actualStart: at('2024-03-04T08:00'), actualDuration: 2 * DAY, remainingDuration: 2 * DAY }

  test('rests from where the work stopped until it is resumed', () => {
    const of = read(plan([task('dig', 4, { ...begun, resume: at('2024-03-11T08:00') })]))
    expect(shown(of('dig').pieces)).toEqual(['03-04T08:00 – 03-05T17:00', '03-11T08:00 – 03-12T17:00'])
  })

  test('rests until the predecessor that it ran ahead of is done', () => {
    const of = read(plan([task('clear', 5), task('dig', 4, begun)], [link('clear FS dig')]))
    expect(shown(of('dig').pieces)).toEqual(['03-04T08:00 – 03-05T17:00', '03-11T08:00 – 03-12T17:00'])
  })

  test('going on without a rest has no pieces, whatever the remaining work is said to be', () => {
    expect(read(plan([task('dig', 4, begun)]))('dig').pieces).toBeUndefined()
    expect(read(plan([task('dig', 4, { ...begun, remainingDuration: DAY })]))('dig').pieces).toBeUndefined()
  })

  test("under Primavera's rules it rests from the suspension, or the data date, to where the rest begins", () => {
    const p6 = (more: object): Plan =>
      plan([task('dig', 4, { ...begun, ...more })], [], {
        mode: 'p6',
        options: { ...plan([]).options, statusDate: at('2024-03-06T08:00') },
      })
    expect(read(p6({}))('dig').pieces).toBeUndefined()
    expect(shown(read(p6({ suspend: at('2024-03-05T12:00'), resume: at('2024-03-11T08:00') }))('dig').pieces)).toEqual([
      '03-04T08:00 – 03-05T12:00',
      '03-11T08:00 – 03-12T17:00',
    ])
  })
})

test('pieces lie in order within the task, between its first and last moment, and its columns say the same', () => {
  const sixDays: Calendar = { ...standard, id: 'six', week: [[], office, office, office, office, office, office] }
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 12 }),
      fc.array(fc.tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 4 })), {
        minLength: 2,
        maxLength: 4,
      }),
      fc.boolean(),
      (lead, parts, six) => {
        let day = at('2024-03-04T00:00')
        const segments = parts.map(([work, rest]) => {
          const piece = { start: day + 480, finish: day + (work - 1) * 1440 + 1020 }
          day += (work + rest) * 1440
          return piece
        })
        const input = plan(
          [task('first', lead), task('split', 3, { segments, ...(six && { calendar: 'six' }) })],
          [link('first FS split')],
          { calendars: [standard, sixDays] },
        )
        const row = scheduled(input).tasks[1]
        const pieces = row?.pieces ?? []
        const prepared = prepare(input)
        if (!prepared.ok || !row) throw new Error('not computed')
        expect(prepared.engine.dates().pieces.get(1)).toEqual(row.pieces)
        if (pieces.length === 0) return
        expect([pieces[0]?.start, pieces.at(-1)?.finish]).toEqual([row.start, row.finish])
        const moments = pieces.flatMap(({ start, finish }) => [start, finish])
        expect(moments).toEqual([...moments].sort((a, b) => a - b))
      },
    ),
  )
})
