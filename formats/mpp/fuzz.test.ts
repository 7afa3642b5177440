// Damaged and hostile .mpp files end in a plan or in a refusal, in bounded time and memory.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Refused } from '../limit.ts'
import { lossLog } from '../loss.ts'
import { openCompound } from './compound.ts'
import { mppSteps } from './read.ts'
import { writeCompound } from './testing/compound.ts'
import { f64, mppFile, type Row, u16, u32, weekData, wide } from './testing/file.ts'

/** A tenth of `npm run soak`: a million operations there are a hundred thousand damaged files. */
const runs = Math.ceil(Number(process.env.YINGZAO_TEST_OPERATIONS ?? 4000) / 10)

const rows = (count: number, row: (i: number) => Row): Row[] => Array.from({ length: count }, (_, i) => row(i + 1))

const planned = Buffer.concat([
  u16(3),
  Buffer.alloc(42),
  ...[1, 1, 2].flatMap((work, i) => [f64(work * 240_000), Buffer.alloc(16), u32((i + 1) * 480 * 80)]),
])

const original = Buffer.from(
  mppFile({
    calendar: [
      { 9: 1, 6: -1, 7: -1, 1: 'Standard', 8: weekData(u16(1), u16(0), Buffer.alloc(92, 1), u32(0)) },
      { 9: 2, 6: 1, 7: 1, 8: weekData() },
    ],
    resource: [{ 27: 1, 0: 1, 1: 'A', 298: true, 6: 50 }],
    task: rows(12, i => ({
      ...{ 86: i, 23: i, 14: `Task ${i}`, 249: 1 + (i % 3), 1145: i, 29: 4800, 181: 7, 51: 'x', 1279: true },
      ...{ 35: '2024-03-01T08:00', 36: '2024-03-01T17:00', 93: '2024-02-01T09:00' },
      15: Buffer.from('{\\rtf1\\ansi note \\par}'),
    })),
    link: rows(8, i => ({ 0: i, 2: i, 5: i + 1, 7: i % 4, 9: 4800, 10: 7 })),
    assignment: rows(4, i => ({
      ...{ 0: i, 1: i, 2: 1, 7: 10_000, 8: 480_000, 20: '2024-03-01T08:00', 21: '2024-03-05T17:00' },
      49: planned,
    })),
    props: { 37748744: wide('Fuzz') },
  }),
)

/** What came of it; anything but a plan or a refusal is thrown on. */
function outcome(bytes: Uint8Array): string {
  try {
    const steps = mppSteps(bytes, lossLog())
    for (;;) {
      const step = steps.next()
      if (step.done) return `read ${step.value.tasks.length}`
    }
  } catch (error) {
    if (error instanceof Refused) return error.refusal.code
    throw error
  }
}

const sectorSize = 512
const tableAt = (original.readUInt32LE(76) + 1) * sectorSize
const directoryAt = (original.readUInt32LE(48) + 1) * sectorSize

type Damage = (bytes: Buffer, at: number, value: number) => Buffer
const damages: readonly Damage[] = [
  (bytes, at) => bytes.subarray(0, at),
  (bytes, at, value) => {
    bytes[at] = value & 0xff
    return bytes
  },
  (bytes, at, value) => {
    if (at + 4 <= bytes.length) bytes.writeUInt32LE(value, at)
    return bytes
  },
  // A chain of sectors leads elsewhere: to itself, to another, outside.
  (bytes, at, value) => {
    const place = tableAt + (at % (sectorSize / 4)) * 4
    if (place + 4 <= bytes.length) bytes.writeUInt32LE(value % 200, place)
    return bytes
  },
  // An entry of the directory changes its size, start or kin.
  (bytes, at, value) => {
    const place = directoryAt + (at % 40) * 128 + (68 + (value % 14) * 4)
    if (place + 4 <= bytes.length) bytes.writeUInt32LE(value % 3 === 0 ? value : value % 60, place)
    return bytes
  },
  (bytes, at, value) => Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + (value % 300))]),
]

describe('any damage', () => {
  test('ends in a plan or a refusal', () => {
    expect(outcome(original)).toBe('read 12')
    const seen = new Set<string>()
    const step = fc.record({
      kind: fc.nat(damages.length - 1),
      at: fc.nat(original.length - 1),
      value: fc.oneof(fc.nat(0xffff), fc.nat(0x7fffffff)),
    })
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 6 }), steps => {
        let bytes: Buffer = Buffer.from(original)
        for (const { kind, at, value } of steps)
          bytes = damages[kind]?.(bytes, at % Math.max(1, bytes.length), value) ?? bytes
        seen.add(outcome(bytes).replace(/\d+/, 'n'))
      }),
      { numRuns: runs },
    )
    expect([...seen].sort()).toContain('mpp.broken')
    expect([...seen].sort()).toContain('read n')
  })
})

describe('hostile documents', () => {
  const broken = (change: (bytes: Buffer) => void): string => {
    const bytes = Buffer.from(original)
    change(bytes)
    return outcome(bytes)
  }

  test('a directory whose chain of sectors is a circle', () => {
    expect(broken(b => b.writeUInt32LE(b.readUInt32LE(48), tableAt + b.readUInt32LE(48) * 4))).toBe('mpp.broken')
  })

  test('a table of sectors that lists itself for ever', () => {
    expect(
      broken(b => {
        b.writeUInt32LE(0, 68)
        for (let i = 0; i < 109; i++) b.writeUInt32LE(0xffffffff, 76 + i * 4)
      }),
    ).toBe('mpp.broken')
  })

  test('names that are their own neighbours are met once', () => {
    const bytes = Buffer.from(writeCompound({ a: u32(1), b: u32(2) }))
    const at = (bytes.readUInt32LE(48) + 1) * sectorSize
    bytes.writeUInt32LE(1, at + 2 * 128 + 72)
    bytes.writeUInt32LE(1, at + 2 * 128 + 68)
    expect(openCompound(bytes).names().sort()).toEqual(['a', 'b'])
  })

  test('a stream larger than its file, and streams that together exceed it', () => {
    const big = Buffer.from(writeCompound({ big: Buffer.alloc(5000, 7) }))
    const at = (big.readUInt32LE(48) + 1) * sectorSize + 128
    big.writeUInt32LE(0x7fffffff, at + 120)
    expect(() => openCompound(big).stream('big')).toThrow(Refused)
    const many = Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`s${i}`, Buffer.alloc(5000, i)]))
    const shared = Buffer.from(writeCompound({ first: Buffer.alloc(60_000), ...many }))
    const entries = (shared.readUInt32LE(48) + 1) * sectorSize
    for (let i = 2; i < 42; i++) {
      shared.writeUInt32LE(shared.readUInt32LE(entries + 128 + 116), entries + i * 128 + 116)
      shared.writeUInt32LE(60_000, entries + i * 128 + 120)
    }
    const opened = openCompound(shared)
    expect(() => {
      for (let i = 0; i < 40; i++) opened.stream(`s${i}`)
    }).toThrow(Refused)
  })

  test('one value handed out to every task', () => {
    const bytes = mppFile({
      calendar: [{ 9: 1, 6: -1, 7: -1, 8: weekData() }],
      task: rows(2000, i => ({ 86: i, 23: i, 14: i === 1 ? 'x'.repeat(100_000) : '', 1145: i, 1279: true })),
    })
    const b = Buffer.from(bytes)
    // Every offset in the directory of variable values becomes that of the long name.
    const head = b.indexOf(Buffer.concat([u32(1), u32(0), u16(14), u16(0x0b40)]))
    for (let at = head; at > 0 && at + 12 <= b.length && b.readUInt16LE(at + 10) === 0x0b40; at += 12)
      b.writeUInt32LE(0, at + 4)
    expect(outcome(b)).toBe('mpp.broken')
  })
})
