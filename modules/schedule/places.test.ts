import fc from 'fast-check'
import { expect, test } from 'vitest'
import { reposition } from './places.ts'

const apply = (ids: readonly string[], old: ReadonlyMap<string, number>) => {
  const changed = reposition(ids, old)
  return { changed, now: ids.map(id => changed.get(id) ?? old.get(id) ?? Number.NaN) }
}

test('a new plan is numbered with room between rows', () => {
  expect(apply(['a', 'b'], new Map()).now).toEqual([1048576, 2097152])
})

test('one row dragged to another place is the only one that changes', () => {
  const old = new Map([
    ['a', 10],
    ['b', 20],
    ['c', 30],
    ['d', 40],
  ])
  expect([...reposition(['a', 'd', 'b', 'c'], old)]).toEqual([['d', 15]])
})

test('when there is no room between two rows the plan is renumbered', () => {
  expect(
    reposition(
      ['a', 'x', 'b'],
      new Map([
        ['a', 1],
        ['b', 2],
      ]),
    ).size,
  ).toBe(3)
})

test('positions always rise, whatever is moved, added or removed', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.integer({ min: 0, max: 40 })),
      fc.dictionary(
        fc.constantFrom(...Array.from({ length: 41 }, (_, i) => String(i))),
        fc.integer({ min: -1000, max: 1000 }),
      ),
      (order, old) => {
        const { now } = apply(order.map(String), new Map(Object.entries(old)))
        expect(
          now.every((value, index) => Number.isInteger(value) && (index === 0 || value > (now[index - 1] ?? 0))),
        ).toBe(true)
      },
    ),
  )
})
