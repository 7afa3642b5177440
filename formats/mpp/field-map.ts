// Where a record keeps each of its fields. Since Project 2000 the file says so itself, in a table of 28-byte rows.
import type { Minute } from '@yingzao/engines/schedule/plan'
import { Refused } from '../limit.ts'
import type { Variable } from './block.ts'
import { f64, guid, i32, u8, u16, wideText } from './bytes.ts'
import { dateAt } from './date.ts'

/** How the bytes of a field are to be read: the numbers stand in the table of the file. */
export const category = {
  short: 0x02,
  integer: 0x03,
  real: 0x05,
  text: 0x08,
  flag: 0x0b,
  date: 0x13,
  bytes: 0x1d,
  guid: 0x48,
  bit: 0x64,
  amount: 0x65,
  units: 0x66,
} as const

export interface FieldPlace {
  /** Number of the field within its kind of record: `PjField` without its base. */
  field: number
  category: number
  /** 0 = FixedMeta and FixedData, 1 = Fixed2Meta and Fixed2Data. */
  part: number
  /** Bit of the part's directory record: the value of a flag; of another field, whether it was ever filled. */
  bit?: number
  /** Offset in the part's fixed record. */
  offset?: number
  /** Number in the directory of variable values. */
  key?: number
}

export interface FieldMap {
  get(field: number): FieldPlace | undefined
  /** In the order of the file. */
  fields: readonly FieldPlace[]
  /** Bytes that the fields of a part need in its fixed record. */
  size(part: number): number
  /** Size of a part's directory records. */
  metaSize(part: number): number
}

const rowSize = 28
/** Project knows some 1,500 fields of tasks. */
const mostRows = 5000
const nowhere = 0xffff
/** Bits before the first field's: the flags and the offset of the directory record. */
const firstBit = 64

/**
 * Reads the table. Fixed fields name their offset; where offsets start anew, the second part begins. Every field,
 * wherever its value is, owns one bit of its part's directory record, in the order of the table.
 *
 * @param keyOf number under which the directory of variable values knows a field
 */
export function readFieldMap(
  data: Uint8Array,
  keyOf: (field: number, row: Uint8Array) => number = field => field,
): FieldMap {
  const fields: FieldPlace[] = []
  const starts = [0]
  let lastOffset = 0
  const rows = Math.floor(data.length / rowSize)
  if (rows > mostRows) throw new Refused('mpp.broken', { detail: 'fields' })
  for (let i = 0; i < rows; i++) {
    const row = data.subarray(i * rowSize, (i + 1) * rowSize)
    const offset = u16(row, 4)
    const field = u16(row, 12)
    const kind = u16(row, 20)
    const isBit = kind === category.bit || kind === category.flag
    if (!isBit && offset !== nowhere) {
      if (offset < lastOffset) starts.push(i)
      lastOffset = offset
    }
    const part = starts.length - 1
    const bit = firstBit + i - (starts[part] ?? 0)
    if (isBit) fields.push({ field, category: kind, part, bit })
    else if (offset !== nowhere) fields.push({ field, category: kind, part, bit, offset })
    else fields.push({ field, category: kind, part, bit, key: keyOf(field, row) })
  }
  const end = (part: number): number => starts[part + 1] ?? rows
  return fieldMap(fields, part =>
    starts[part] === undefined ? 0 : Math.floor((firstBit + end(part) - starts[part]) / 8) + 1,
  )
}

const sizeOf: Readonly<Record<number, number>> = {
  [category.short]: 2,
  [category.integer]: 4,
  [category.date]: 4,
  [category.guid]: 16,
  [category.bytes]: 4,
}

export function fieldMap(fields: readonly FieldPlace[], metaSize: (part: number) => number): FieldMap {
  const byField = new Map<number, FieldPlace>()
  const sizes: number[] = []
  for (const field of fields) {
    if (!byField.has(field.field)) byField.set(field.field, field)
    if (field.offset === undefined) continue
    const end = field.offset + (sizeOf[field.category] ?? 8)
    sizes[field.part] = Math.max(sizes[field.part] ?? 0, end)
  }
  return { get: field => byField.get(field), fields, size: part => sizes[part] ?? 0, metaSize }
}

/** One record: its number, its fixed parts with their directory records. */
export interface RecordBytes {
  id: number
  fixed: readonly (Uint8Array | undefined)[]
  meta: readonly (Uint8Array | undefined)[]
}

/** Reads fields of records that share a map. Values that a record does not have are undefined. */
export interface FieldReader {
  map: FieldMap
  variable: Variable
  short(record: RecordBytes, field: number): number | undefined
  integer(record: RecordBytes, field: number): number | undefined
  real(record: RecordBytes, field: number): number | undefined
  text(record: RecordBytes, field: number): string | undefined
  guid(record: RecordBytes, field: number): string | undefined
  date(record: RecordBytes, field: number): Minute | undefined
  /** The raw bytes from the start of the value on. */
  bytes(record: RecordBytes, field: number): Uint8Array | undefined
  /** A flag's value; for another field, whether it was ever filled. */
  bit(record: RecordBytes, field: number): boolean | undefined
}

export function fieldReader(map: FieldMap, variable: Variable): FieldReader {
  const bytes = (record: RecordBytes, field: number): Uint8Array | undefined => {
    const place = map.get(field)
    if (!place) return undefined
    if (place.key !== undefined) return variable.value(record.id, place.key)
    const part = record.fixed[place.part]
    return part && place.offset !== undefined && place.offset < part.length ? part.subarray(place.offset) : undefined
  }
  const sized =
    <T>(size: number, read: (data: Uint8Array, at: number) => T) =>
    (record: RecordBytes, field: number): T | undefined => {
      const place = map.get(field)
      if (!place) return undefined
      if (place.key !== undefined) {
        const data = variable.value(record.id, place.key)
        return data && data.length >= size ? read(data, 0) : undefined
      }
      const part = record.fixed[place.part]
      if (!part || place.offset === undefined || place.offset + size > part.length) return undefined
      return read(part, place.offset)
    }
  return {
    map,
    variable,
    bytes,
    short: sized(2, u16),
    integer: sized(4, i32),
    real: sized(8, f64),
    guid: sized(16, guid),
    date: sized(4, dateAt),
    text(record, field) {
      const data = bytes(record, field)
      return data && wideText(data, 0)
    },
    bit(record, field) {
      const place = map.get(field)
      if (place?.bit === undefined) return undefined
      const meta = record.meta[place.part]
      const byte = place.bit >> 3
      return meta && byte < meta.length ? (u8(meta, byte) & (1 << (place.bit & 7))) !== 0 : undefined
    },
  }
}
