// Linear works: chainage against survey practice, conflicts against brute force, coverage against a metre-by-metre count.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type Alignment,
  actualLine,
  conflictsOf,
  doneOf,
  formatChainage,
  gapsOf,
  type Line,
  openAlignment,
  parseChainage,
  piecesOf,
  sidesMeet,
  takenAt,
  ticksOf,
  type Work,
} from './index.ts'

const lineOf = (alignment: Alignment): Line => {
  const outcome = openAlignment(alignment)
  if (!outcome.ok) throw new Error(outcome.error.code)
  return outcome.line
}
const plain = lineOf({ prefix: 'K', from: 12_000, to: 14_000, breaks: [] })
/** K10+500 = K10+520 skips 20 m; K11+000 = K10+970 counts 30 m twice. */
const broken = lineOf({
  ...{ prefix: 'DK', from: 10_000, to: 12_000 },
  breaks: [
    { back: 10_500, ahead: 10_520 },
    { back: 11_000, ahead: 10_970 },
  ],
})

describe('chainage', () => {
  test.each([
    ['K12+340.5', 340.5],
    ['k12 + 340.5', 340.5],
    ['12+340.5', 340.5],
    ['Ｋ１２＋３４０．５', 340.5],
    ['12340.5', 340.5],
    ['K12+000', 0],
    ['K14+000', 2000],
  ])('%s is read', (text, at) => {
    expect(parseChainage(plain, text)).toEqual({ ok: true, at })
  })

  test.each([
    ['K12-340', 'syntax'],
    ['DK12+340', 'syntax'],
    ['K12+3405', 'syntax'],
    ['', 'syntax'],
    ['K14+000.1', 'outside'],
    ['K11+999', 'outside'],
  ])('%s is refused as %s', (text, code) => {
    expect(parseChainage(plain, text)).toMatchObject({ ok: false, error: { code } })
  })

  test('a short chain leaves numbers out, a long chain counts them twice, and the true length knows both', () => {
    expect(broken.length).toBe(500 + 480 + 1030)
    expect(parseChainage(broken, 'DK10+510')).toEqual({ ok: false, error: { code: 'skipped' } })
    // Both names of a broken chain are one place.
    expect(parseChainage(broken, 'DK10+500')).toEqual({ ok: true, at: 500 })
    expect(parseChainage(broken, 'DK10+520')).toEqual({ ok: true, at: 500 })
    expect(parseChainage(broken, 'DK10+990')).toEqual({ ok: false, error: { code: 'ambiguous', count: 2 } })
    expect(parseChainage(broken, 'DK10+990(1)')).toEqual({ ok: true, at: 970 })
    expect(parseChainage(broken, 'DK10+990(2)')).toEqual({ ok: true, at: 1000 })
    expect(formatChainage(broken, 970)).toBe('DK10+990(1)')
    expect(formatChainage(broken, 1000)).toBe('DK10+990(2)')
    expect(formatChainage(broken, 500)).toBe('DK10+520')
  })

  test('a broken chain out of order, or an alignment without length, is refused', () => {
    expect(openAlignment({ prefix: 'K', from: 0, to: 0, breaks: [] })).toEqual({ ok: false, error: { code: 'length' } })
    expect(openAlignment({ prefix: 'K', from: 100, to: 900, breaks: [{ back: 50, ahead: 60 }] })).toEqual({
      ok: false,
      error: { code: 'break', index: 0 },
    })
    expect(openAlignment({ prefix: 'K', from: 100, to: 900, breaks: [{ back: 500, ahead: 950 }] })).toEqual({
      ok: false,
      error: { code: 'break', index: 0 },
    })
  })

  test('every place is called by a name that leads back to it', () => {
    const jumps = fc.array(
      fc.record({ on: fc.integer({ min: 50, max: 900 }), jump: fc.integer({ min: -40, max: 40 }) }),
      {
        maxLength: 4,
      },
    )
    fc.assert(
      fc.property(jumps, fc.double({ min: 0, max: 1, noNaN: true }), (drawn, share) => {
        let start = 1000
        const breaks = drawn.map(({ on, jump }) => {
          const back = start + on
          start = back + jump
          return { back, ahead: start }
        })
        const outcome = openAlignment({ prefix: 'K', from: 1000, to: start + 300, breaks })
        if (!outcome.ok) throw new Error(outcome.error.code)
        const { line } = outcome
        const at = Math.round(share * line.length * 1000) / 1000
        const read = parseChainage(line, formatChainage(line, at))
        expect(read.ok && Math.abs(read.at - at) < 0.002).toBe(true)
        for (const tick of ticksOf(line, 100)) {
          const again = parseChainage(line, tick.label)
          expect(again.ok && Math.abs(again.at - tick.at) < 0.002).toBe(true)
        }
      }),
    )
  })
})

const work = (id: string, rest: Partial<Work>): Work => ({
  ...{ id, kind: 'k', from: 0, to: 100, side: 'both', start: 0, finish: 100, spread: 'line' },
  ...rest,
})

describe('conflicts', () => {
  test('two fronts that cross are told where and when', () => {
    const [found] = conflictsOf([work('a', {}), work('b', { from: 100, to: 0 })], { metres: 0, minutes: 0 })
    expect(found).toMatchObject({ kind: 'same_place', at: 50, from: 50, to: 50 })
  })

  test('crews on different sides, and parts of one group, are no conflict', () => {
    const room = { metres: 10, minutes: 0 }
    expect(conflictsOf([work('a', { side: 'left' }), work('b', { side: 'right', from: 100, to: 0 })], room)).toEqual([])
    expect(conflictsOf([work('a', { group: 'g' }), work('b', { group: 'g', from: 100, to: 0 })], room)).toEqual([])
  })

  test('a follower keeps its metres and its days', () => {
    const follower = work('b', { start: 30, finish: 130 })
    expect(conflictsOf([work('a', {}), follower], { metres: 20, minutes: 0 })).toEqual([])
    expect(conflictsOf([work('a', {}), follower], { metres: 40, minutes: 0 })).toMatchObject([
      { kind: 'too_close', least: 30 },
    ])
    expect(conflictsOf([work('a', {}), follower], { metres: 0, minutes: 45 })).toMatchObject([
      { kind: 'too_soon', least: 30 },
    ])
    // A faster one catches up at the end.
    const faster = work('c', { start: 60, finish: 100.5 })
    expect(conflictsOf([work('a', {}), faster], { metres: 5, minutes: 0 })).toMatchObject([{ kind: 'too_close' }])
  })

  const times = fc.integer({ min: 0, max: 300 })
  const places = fc.integer({ min: 0, max: 200 })
  const drawn = fc.record({
    ...{ from: places, to: places, start: times, length: fc.integer({ min: 1, max: 200 }) },
    side: fc.constantFrom('both', 'left', 'right'),
    spread: fc.constantFrom('line', 'block'),
  })
  test('is what a look at every moment finds', () => {
    fc.assert(
      fc.property(drawn, drawn, fc.integer({ min: 1, max: 60 }), (one, two, metres) => {
        const works = [one, two].map(({ length, ...each }, i) =>
          work(String(i), { ...each, finish: each.start + length }),
        ) as [Work, Work]
        const [a, b] = works
        const [found] = conflictsOf(works, { metres, minutes: 0 })
        let least = Number.POSITIVE_INFINITY
        if (sidesMeet(a.side, b.side))
          for (let at = Math.max(a.start, b.start); at <= Math.min(a.finish, b.finish); at += 0.25) {
            const [p, q] = [takenAt(a, at), takenAt(b, at)]
            least = Math.min(least, Math.max(0, q.from - p.to, p.from - q.to))
          }
        // Between two moments looked at, fronts come nearer by at most what they go in a quarter of a minute.
        const step =
          0.25 * works.reduce((sum, each) => sum + Math.abs(each.to - each.from) / (each.finish - each.start), 0)
        if (found && found.to - found.from > 0.5) expect(least).toBeLessThanOrEqual(metres + step)
        if (!found) expect(least).toBeGreaterThan(metres - step - 1e-6)
        if (found) expect(found.least).toBeLessThanOrEqual(least + 1e-6)
      }),
      { numRuns: 500 },
    )
  })
})

describe('coverage', () => {
  const span = fc.record({
    from: fc.integer({ min: 0, max: 60 }),
    to: fc.integer({ min: 0, max: 60 }),
    side: fc.constantFrom('both' as const, 'left' as const, 'right' as const),
  })
  test('counts each metre of each side once, however often it is reported', () => {
    fc.assert(
      fc.property(span, fc.array(span, { maxLength: 8 }), (stretch, reports) => {
        const [low, high] = [Math.min(stretch.from, stretch.to), Math.max(stretch.from, stretch.to)]
        let count = 0
        for (const side of stretch.side === 'both' ? ['left', 'right'] : [stretch.side])
          for (let metre = low; metre < high; metre++)
            if (
              reports.some(
                each =>
                  (each.side === 'both' || each.side === side) &&
                  metre >= Math.min(each.from, each.to) &&
                  metre + 1 <= Math.max(each.from, each.to),
              )
            )
              count++
        const { done, all } = doneOf(stretch, reports)
        expect(done).toBeCloseTo(count, 6)
        expect(all).toBe((high - low) * (stretch.side === 'both' ? 2 : 1))
      }),
    )
  })

  test('metres that no work of a kind covers are gaps, on their side', () => {
    const works = [
      { kind: '管片', from: 0, to: 40, side: 'both' as const },
      { kind: '管片', from: 50, to: 100, side: 'left' as const },
      { kind: '管片', from: 45, to: 100, side: 'right' as const },
      { kind: '轨道', from: 20, to: 30, side: 'left' as const },
    ]
    expect(gapsOf({ from: 0, to: 100 }, works)).toEqual([
      { kind: '管片', side: 'left', from: 40, to: 50 },
      { kind: '管片', side: 'right', from: 40, to: 45 },
    ])
  })
})

describe('standing', () => {
  const drive = { ...work('tbm', { start: 0, finish: 100 }), begun: true, finished: false }
  test('what is done, what should be, what goes on', () => {
    const reports = [{ from: 0, to: 30, side: 'both' as const }]
    expect(piecesOf({ ...drive, reports }, 'left', 50)).toMatchObject([
      { from: 0, to: 30, state: 'done' },
      { from: 30, to: 50, state: 'behind' },
      { from: 50, to: 100, state: 'active' },
    ])
    expect(piecesOf({ ...drive, begun: false, reports: [] }, 'left', 0).map(each => each.state)).toEqual(['active'])
    expect(piecesOf({ ...drive, begun: false, start: 10, reports: [] }, 'left', 5).map(each => each.state)).toEqual([
      'open',
    ])
    expect(piecesOf({ ...drive, finished: true, reports: [] }, 'right', 50)).toMatchObject([
      { from: 0, to: 100, state: 'done' },
    ])
  })
  test('pieces fill the stretch without overlap, whatever was reported', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({ from: fc.nat(100), to: fc.nat(100), side: fc.constantFrom('both' as const, 'left' as const) }),
        ),
        fc.integer({ min: -20, max: 120 }),
        fc.boolean(),
        (reports, at, backwards) => {
          const one = { ...drive, ...(backwards ? { from: 100, to: 0 } : {}), reports }
          const pieces = piecesOf(one, 'left', at)
          let end = 0
          for (const piece of pieces) {
            expect(piece.from).toBeCloseTo(end, 6)
            end = piece.to
          }
          expect(end).toBeCloseTo(100, 6)
        },
      ),
    )
  })
  test('the actual line only goes forward, in the direction of the work', () => {
    const reports = [
      { from: 100, to: 80, at: 2 },
      { from: 100, to: 90, at: 1 },
      { from: 95, to: 90, at: 3 },
    ]
    expect(actualLine({ from: 100, to: 0 }, reports)).toEqual([
      { at: 1, place: 90 },
      { at: 2, place: 80 },
      { at: 3, place: 80 },
    ])
  })
})
