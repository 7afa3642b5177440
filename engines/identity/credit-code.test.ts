// The check character of GB 32100-2015: the standard's own example, published codes of companies, and what mistypings do to them.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { creditCodeCheck, isCreditCode } from './index.ts'

// The example of GB 32100-2015, and two codes that their holders publish.
const published = [...['91350100M000100Y43', '914403001922038216', '9144030071526726XG']]

test.each(published)('%s is right', code => expect(isCreditCode(code)).toBe(true))

test('one wrong character is always found', () => {
  const letters = '0123456789ABCDEFGHJKLMNPQRTUWXY'
  const at = fc.integer({ min: 0, max: 17 })
  fc.assert(
    fc.property(fc.constantFrom(...published), at, fc.constantFrom(...letters), (code, position, letter) => {
      fc.pre(code.charAt(position) !== letter)
      expect(isCreditCode(`${code.slice(0, position)}${letter}${code.slice(position + 1)}`)).toBe(false)
    }),
  )
})

test('two neighbours that changed places are always found', () => {
  for (const code of published)
    for (let at = 0; at < 17; at++) {
      const swapped = code.slice(0, at) + code.charAt(at + 1) + code.charAt(at) + code.slice(at + 2)
      if (swapped !== code) expect(isCreditCode(swapped)).toBe(false)
    }
})

test('another shape is none', () => {
  for (const code of [
    '',
    '91350100M000100Y4',
    '91350100m000100y43',
    '91350100M000100I43',
    '91350100M000100Y433',
    ' 91350100M000100Y43',
  ])
    expect(isCreditCode(code)).toBe(false)
  expect(() => creditCodeCheck('I')).toThrow(RangeError)
})
