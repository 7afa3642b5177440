// The four kinds of table that every version of .mpp is made of: properties, fixed records with their directory, and
// values of variable length with theirs.

import { Refused } from '../limit.ts'
import { u16, u32, wideText } from './bytes.ts'
import type { Storage } from './compound.ts'

/** Values by number; of two with one number the last counts. */
export type Props = ReadonlyMap<number, Uint8Array>

/**
 * Property block of Project 2000 and later: a 16-byte head with the count at 12, then size, number, a third word and
 * the bytes of each, padded to an even length.
 */
export function readProps(data: Uint8Array | undefined): Props {
  const props = new Map<number, Uint8Array>()
  if (!data) return props
  const count = u16(data, 12)
  let at = 16
  for (let i = 0; i < count && at + 12 <= data.length; i++) {
    const size = u32(data, at)
    if (size < 1 || at + 12 + size > data.length) break
    props.set(u32(data, at + 4), data.subarray(at + 12, at + 12 + size))
    at += 12 + size + (size % 2)
  }
  return props
}

/** Records of a FixedMeta stream: flags, then the offset of the record in its FixedData, then bits. */
export interface Meta {
  count: number
  itemSize: number
  /** One record of the directory. */
  at(index: number): Uint8Array
}

const headSize = 16

export function readMeta(data: Uint8Array | undefined, itemSize: number): Meta {
  const body = data?.subarray(headSize) ?? new Uint8Array(0)
  const count = itemSize > 0 ? Math.floor(body.length / itemSize) : 0
  return { count, itemSize, at: index => body.subarray(index * itemSize, (index + 1) * itemSize) }
}

/** Number of records a FixedMeta stream says it holds; it may hold more, or fewer. */
export const declaredCount = (data: Uint8Array | undefined): number => (data ? u32(data, 8) : 0)

/**
 * Size of one record of a FixedMeta stream whose size differs between versions: the one that divides the stream evenly
 * into `count` records, else the largest that yields at least as many as declared.
 */
export function metaSize(data: Uint8Array | undefined, sizes: readonly number[], count: number): number {
  const length = Math.max(0, (data?.length ?? 0) - headSize)
  const even = sizes.filter(size => length % size === 0)
  const exact = even.find(size => length / size === count)
  if (exact !== undefined) return exact
  const declared = declaredCount(data)
  const enough = even.filter(size => length / size >= declared)
  return Math.max(0, ...enough) || sizes[0] || 0
}

/** Fixed records as their directory places them: each ends where the next begins. */
export interface Fixed {
  count: number
  /** Undefined where the directory points outside, or the record is empty. */
  at(index: number): Uint8Array | undefined
}

/**
 * @param most size beyond which a record is cut: deleted records leave gaps that belong to nobody
 */
export function readFixed(meta: Meta, data: Uint8Array | undefined, most = Number.POSITIVE_INFINITY): Fixed {
  const bytes = data ?? new Uint8Array(0)
  const offsetAt = (index: number): number => u32(meta.at(index), 4)
  return {
    count: meta.count,
    at(index) {
      if (index < 0 || index >= meta.count) return undefined
      const from = offsetAt(index)
      if (from >= bytes.length) return undefined
      const next = index + 1 < meta.count ? offsetAt(index + 1) : bytes.length
      const room = bytes.length - from
      let size = next - from
      if (size < 0 || size > room) size = room
      size = Math.min(size, most, room)
      return size > 0 ? bytes.subarray(from, from + size) : undefined
    },
  }
}

/** Variable values by record and field number. */
export interface Variable {
  value(record: number, field: number): Uint8Array | undefined
  /** Field numbers a record has values for. */
  fields(record: number): readonly number[]
  has(record: number): boolean
  records(): number[]
}

/** How a version writes its directory of variable values. */
export interface VariableLayout {
  /** Size of one directory record. */
  size: number
  read(data: Uint8Array, at: number): { record: number; field: number; offset: number }
}

/** Project 2007 and later. */
export const wideVariable: VariableLayout = {
  size: 12,
  read: (data, at) => ({ record: u32(data, at), offset: u32(data, at + 4), field: u16(data, at + 8) }),
}

/** Project 2000 to 2003: three bytes of record number, one of field number. */
export const narrowVariable: VariableLayout = {
  size: 8,
  read: (data, at) => ({ record: u32(data, at) & 0xffffff, field: data[at + 3] ?? 0, offset: u32(data, at + 4) }),
}

const variableHead = 24

export function readVariable(storage: Storage | undefined, layout: VariableLayout): Variable {
  const directory = storage?.stream('VarMeta') ?? new Uint8Array(0)
  const data = storage?.stream('Var2Data') ?? new Uint8Array(0)
  const count = Math.min(u32(directory, 8), Math.floor(Math.max(0, directory.length - variableHead) / layout.size))
  const records = new Map<number, Map<number, number>>()
  let handedOut = 0
  for (let i = 0; i < count; i++) {
    const { record, field, offset } = layout.read(directory, variableHead + i * layout.size)
    let fields = records.get(record)
    if (!fields) {
      fields = new Map()
      records.set(record, fields)
    }
    fields.set(field, offset)
    // Each value belongs to one field of one record: a file that hands out the same bytes over and over is hostile.
    if (offset + 4 <= data.length) handedOut += Math.min(u32(data, offset), data.length)
    if (handedOut > data.length * 4 + 65_536) throw new Refused('mpp.broken', { detail: 'values' })
  }
  return {
    value(record, field) {
      const offset = records.get(record)?.get(field)
      if (offset === undefined || offset + 4 > data.length) return undefined
      const size = u32(data, offset)
      return offset + 4 + size <= data.length ? data.subarray(offset + 4, offset + 4 + size) : undefined
    },
    fields: record => [...(records.get(record)?.keys() ?? [])],
    has: record => records.has(record),
    records: () => [...records.keys()],
  }
}

export const wide = (data: Uint8Array | undefined): string | undefined => (data ? wideText(data, 0) : undefined)
