// Writes small .mpp files for tests, in the layout of Project 2010 and later: field maps, records, variable values.
import { parseMinute } from '@yingzao/engines/schedule/civil'
import { epochDay } from '../date.ts'
import { type Tree, writeCompound } from './compound.ts'

type Kind = 'short' | 'integer' | 'real' | 'text' | 'date' | 'bytes' | 'guid' | 'bit' | 'amount' | 'units'

interface Column {
  field: number
  kind: Kind
  at: 'fixed' | 'variable' | 'bit'
  part?: 1
}

/** Values of one record by field number: numbers as stored, texts, dates as `2024-03-01T08:00`, flags, bytes. */
export type Row = Readonly<Record<number, number | string | boolean | Uint8Array>>

const categories: Readonly<Record<Kind, number>> = {
  short: 0x02,
  integer: 0x03,
  real: 0x05,
  text: 0x08,
  date: 0x13,
  bytes: 0x1d,
  guid: 0x48,
  bit: 0x64,
  amount: 0x65,
  units: 0x66,
}
const sizes: Readonly<Record<Kind, number>> = {
  ...{ short: 2, integer: 4, real: 8, text: 0, date: 4, bytes: 0, guid: 16, bit: 0, amount: 8, units: 8 },
}

const fixed = (kind: Kind, ...fields: number[]): Column[] => fields.map(field => ({ field, kind, at: 'fixed' }))
const fixed2 = (kind: Kind, ...fields: number[]): Column[] => fixed(kind, ...fields).map(c => ({ ...c, part: 1 }))
const variable = (kind: Kind, ...fields: number[]): Column[] => fields.map(field => ({ field, kind, at: 'variable' }))
const bits = (...fields: number[]): Column[] => fields.map(field => ({ field, kind: 'bit', at: 'bit' }))
const bits2 = (...fields: number[]): Column[] => bits(...fields).map(c => ({ ...c, part: 1 }))

const columns = {
  task: [
    ...fixed('integer', 86, 23, 28, 29, 31, 160, 401, 20, 21, 438, 439),
    ...fixed('short', 17, 25, 32, 33, 128, 181, 249),
    ...fixed('date', 18, 35, 36, 37, 38, 39, 40, 41, 42, 93, 437),
    ...fixed('amount', 0, 5),
    ...bits(24, 71, 132, 232),
    ...variable('text', 14, 16, 51),
    ...variable('integer', 103),
    ...variable('bytes', 15, 215, 203),
    ...variable('amount', 1),
    ...fixed2('guid', 1143),
    ...fixed2('real', 1145),
    ...fixed2('date', 1283, 1284),
    ...fixed2('integer', 1288),
    ...fixed2('short', 1289),
    ...bits2(1279, 1280),
    ...variable('date', 1299, 1300).map(c => ({ ...c, part: 1 as const })),
    ...variable('integer', 1301).map(c => ({ ...c, part: 1 as const })),
    ...variable('text', 1285, 1407).map(c => ({ ...c, part: 1 as const })),
  ],
  resource: [
    ...fixed('integer', 27, 0),
    ...fixed('real', 6, 7),
    ...fixed('units', 4),
    ...bits(298),
    ...variable('text', 1, 3, 299),
    ...fixed2('guid', 728),
    ...bits2(735),
  ],
  assignment: [
    ...fixed('integer', 0, 1, 2),
    ...fixed('units', 7),
    ...fixed('amount', 8, 10, 12),
    ...fixed('date', 20, 21, 24),
    ...variable('bytes', 49, 50),
    ...fixed2('guid', 636),
  ],
  link: [
    ...fixed('integer', 0, 2, 5),
    ...fixed('short', 7),
    ...fixed('integer', 9),
    ...fixed('short', 10),
    ...fixed2('guid', 21),
  ],
  calendar: [...fixed('integer', 6, 7, 9), ...variable('text', 1), ...variable('bytes', 8), ...fixed2('guid', 27)],
  code: [...fixed('integer', 1, 13), ...variable('bytes', 22), ...fixed2('guid', 19, 25)],
} satisfies Record<string, readonly Column[]>

/** Where each kind of records is, its field map's property and the field that numbers its records. */
const tables = {
  task: { folder: 'TBkndTask', map: 131092, id: 86 },
  resource: { folder: 'TBkndRsc', map: 131093, id: 27 },
  assignment: { folder: 'TBkndAssn', map: 131095, id: 0 },
  link: { folder: 'TBkndCons', map: 131096, id: 0 },
  calendar: { folder: 'TBkndCal', map: 131094, id: 9 },
  code: { folder: 'TBkndOutlCode', map: 131097, id: 1 },
} as const

export interface MppParts {
  task?: readonly Row[]
  resource?: readonly Row[]
  assignment?: readonly Row[]
  link?: readonly Row[]
  calendar?: readonly Row[]
  code?: readonly Row[]
  /** Properties of the project by number. */
  props?: Readonly<Record<number, Uint8Array>>
  /** Properties of the file by number. */
  fileProps?: Readonly<Record<number, Uint8Array>>
  /** Custom field definitions of tasks. */
  taskFields?: Uint8Array
  format?: string
}

export const u16 = (value: number): Buffer => {
  const bytes = Buffer.alloc(2)
  bytes.writeUInt16LE(value & 0xffff)
  return bytes
}
export const u32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4)
  bytes.writeInt32LE(value | 0)
  return bytes
}
export const f64 = (value: number): Buffer => {
  const bytes = Buffer.alloc(8)
  bytes.writeDoubleLE(value)
  return bytes
}
export const wide = (text: string): Buffer => Buffer.from(`${text}\0`, 'utf16le')

/** A date and time as .mpp stores it. */
export const stamp = (text: string): Buffer => {
  const minute = parseMinute(text) ?? 0
  const day = Math.floor(minute / 1440)
  return Buffer.concat([u16((minute - day * 1440) * 10), u16(day - epochDay)])
}

export const propsBlock = (values: Readonly<Record<number, Uint8Array>>): Uint8Array => {
  const entries = Object.entries(values)
  const parts: Uint8Array[] = [Buffer.alloc(12), u32(entries.length)]
  for (const [key, value] of entries)
    parts.push(u32(value.length), u32(Number(key)), u32(0), value, new Uint8Array(value.length % 2))
  return Buffer.concat(parts)
}

function encoded(kind: Kind, value: number | string | boolean | Uint8Array): Uint8Array {
  if (value instanceof Uint8Array) return value
  if (typeof value === 'string')
    return kind === 'date' ? stamp(value) : kind === 'text' ? wide(value) : Buffer.from(value)
  const number = Number(value)
  if (kind === 'short') return u16(number)
  return kind === 'integer' ? u32(number) : f64(number)
}

/** Nothing entered: dates and calendars say so with all ones. */
const empty = (kind: Kind, field: number): Uint8Array =>
  new Uint8Array(sizes[kind]).fill(kind === 'date' || field === 401 || field === 18 ? 0xff : 0)

function fieldMapOf(all: readonly Column[]): Uint8Array {
  const offsets = [0, 0]
  const rows = all.map(column => {
    const row = Buffer.alloc(28)
    const part = column.part ?? 0
    row.writeUInt16LE(column.at === 'fixed' ? (offsets[part] ?? 0) : 0xffff, 4)
    row.writeUInt32LE(column.field, 12)
    row.writeUInt16LE(categories[column.kind], 20)
    row.writeUInt16LE(sizes[column.kind], 22)
    if (column.at === 'fixed') offsets[part] = (offsets[part] ?? 0) + sizes[column.kind]
    return row
  })
  return Buffer.concat(rows)
}

/** Flags of a record: 2 = deleted, 4 = odd. Field −1 of a row sets them; field −2 makes it a blank row of that number. */
export const flagsField = -1
export const blankField = -2

function tableOf(all: readonly Column[], id: number, rows: readonly Row[], special: number): Tree {
  const parts = [0, 1].map(part => all.filter(c => (c.part ?? 0) === part))
  const meta: Uint8Array[][] = [[], []]
  const data: Uint8Array[][] = [[], []]
  const offsets = [0, 0]
  const directory: Uint8Array[] = []
  const values: Uint8Array[] = []
  let valueOffset = 0
  const heads: Row[] = Array.from({ length: special }, () => ({ [blankField]: 0, [flagsField]: 4 }))
  for (const row of [...heads, ...rows]) {
    const number = Number(row[id] ?? 0)
    parts.forEach((own, part) => {
      const bitBytes = Buffer.alloc(Math.floor((64 + own.length) / 8) + 1)
      bitBytes.writeUInt32LE(part === 0 ? Number(row[flagsField] ?? 0) : 0, 0)
      bitBytes.writeUInt32LE(offsets[part] ?? 0, 4)
      own.forEach((column, i) => {
        const value = row[column.field]
        const isSet = column.at === 'bit' ? value === true : value !== undefined
        if (isSet) bitBytes[(64 + i) >> 3] = (bitBytes[(64 + i) >> 3] ?? 0) | (1 << ((64 + i) & 7))
      })
      const isBlank = row[blankField] !== undefined && part === 0
      const record = isBlank
        ? Buffer.concat([u32(number), u32(Number(row[blankField])), Buffer.alloc(8)])
        : Buffer.concat(
            own
              .filter(c => c.at === 'fixed')
              .map(c => (row[c.field] === undefined ? empty(c.kind, c.field) : encoded(c.kind, row[c.field] ?? 0))),
          )
      meta[part]?.push(bitBytes)
      data[part]?.push(record)
      offsets[part] = (offsets[part] ?? 0) + record.length
    })
    for (const column of all) {
      const value = row[column.field]
      if (column.at !== 'variable' || value === undefined) continue
      const bytes = encoded(column.kind, value)
      directory.push(u32(number), u32(valueOffset), u16(column.field), u16(0x0b40))
      values.push(u32(bytes.length), bytes)
      valueOffset += 4 + bytes.length
    }
  }
  const head = (count: number, size: number): Uint8Array =>
    Buffer.concat([u32(0xfadfadba), u32(0), u32(count), Buffer.alloc(size - 12)])
  return {
    FixedMeta: Buffer.concat([head(rows.length, 16), ...(meta[0] ?? [])]),
    FixedData: Buffer.concat(data[0] ?? []),
    Fixed2Meta: Buffer.concat([head(rows.length, 16), ...(meta[1] ?? [])]),
    Fixed2Data: Buffer.concat(data[1] ?? []),
    VarMeta: Buffer.concat([head(directory.length / 4, 24), ...directory]),
    Var2Data: Buffer.concat(values),
  }
}

/** The calendar data of Monday to Friday, 8–12 and 13–17; exceptions and work weeks may follow. */
export function weekData(...more: readonly Uint8Array[]): Uint8Array {
  const days = [0, 1, 2, 3, 4, 5, 6].map(day => {
    const bytes = Buffer.alloc(60)
    if (day === 0 || day === 6) return bytes
    bytes.writeUInt16LE(2, 2)
    bytes.writeUInt16LE(4800, 8)
    bytes.writeUInt16LE(7800, 10)
    bytes.writeUInt32LE(2400, 20)
    bytes.writeUInt32LE(2400, 24)
    return bytes
  })
  return Buffer.concat([...days, ...more])
}

/** A plan of tasks of one day, each after the one before, from 2024-03-01 08:00 on the usual calendar. */
export function chainFile(tasks: number, more: (i: number) => Row = () => ({})): Uint8Array {
  const rows = Array.from({ length: tasks }, (_, i): Row => {
    const id = i + 1
    return {
      ...{ 86: id, 23: id, 14: `工序 ${id}`, 249: 1, 1145: id, 29: 4800, 181: 7, 25: 500, 1279: true },
      ...{ 35: '2024-03-01T08:00', 36: '2024-03-01T17:00', 93: '2024-02-01T09:00', 37: '2024-03-01T08:00' },
      ...more(id),
    }
  })
  return mppFile({
    calendar: [{ 9: 1, 6: -1, 7: -1, 1: '标准', 8: weekData() }],
    task: rows,
    link: rows.slice(1).map((_, i) => ({ 0: i + 1, 2: i + 1, 5: i + 2, 7: 1, 9: 0, 10: 7 })),
    props: { 37748738: stamp('2024-03-01T08:00'), 37748740: u16(1), 37748744: wide('某工程') },
  })
}

export function mppFile(parts: MppParts): Uint8Array {
  const { format = 'MSProject.MPP14' } = parts
  const name = (text: string): Buffer => Buffer.concat([u32(text.length + 1), Buffer.from(`${text}\0`)])
  const folder: Tree = {}
  const maps: Record<number, Uint8Array> = {}
  for (const kind of ['task', 'resource', 'assignment', 'link', 'calendar', 'code'] as const) {
    const { folder: where, map, id } = tables[kind]
    maps[map] = fieldMapOf(columns[kind])
    folder[where] = tableOf(columns[kind], id, parts[kind] ?? [], kind === 'task' ? 3 : 0)
  }
  const task = folder.TBkndTask
  if (parts.taskFields && task && !(task instanceof Uint8Array)) task.Props = propsBlock({ 71303169: parts.taskFields })
  folder.Props = propsBlock({ ...maps, ...parts.props })
  return writeCompound({
    '\u0001CompObj': Buffer.concat([Buffer.alloc(28), name('Microsoft.Project 16.0'), name(format)]),
    Props14: propsBlock({ 893386752: Buffer.from([0]), ...parts.fileProps }),
    '   114': folder,
    '   214': {},
  })
}
