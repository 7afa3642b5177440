// The code on paper: read back as printed and as people type it; any slip makes it another code or none.
import * as fc from 'fast-check'
import { v7 as newId } from 'uuid'
import { expect, test } from 'vitest'
import { codeOf, readCode, sheetDigest } from './code.ts'

test('what was printed is read back, however it is typed', () => {
  fc.assert(
    fc.property(fc.string(), fc.nat(41), (text, place) => {
      const change = newId()
      const digest = sheetDigest({ text })
      const code = codeOf(change, digest)
      expect(code).toMatch(/^YZ1(-[0-9A-HJKMNP-TV-Z]{6}){7}$/)
      const read = { change, digest: digest.slice(0, 20) }
      expect(readCode(code)).toEqual(read)
      expect(readCode(` ${code.toLowerCase().replaceAll('-', '').replaceAll('0', 'o').replaceAll('1', 'l')} `)).toEqual(
        read,
      )
      const plain = code.replaceAll('-', '')
      const at = 3 + place
      const other = `${plain.slice(0, at)}${plain[at] === '7' ? '8' : '7'}${plain.slice(at + 1)}`
      expect(readCode(other)).not.toEqual(read)
    }),
    { numRuns: 100 },
  )
  for (const none of ['', 'YZ1', 'YZ2-000000', `YZ1-${'U'.repeat(42)}`, 'x'.repeat(10_000)])
    expect(readCode(none)).toBeNull()
})
