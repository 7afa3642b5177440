// One kind of record (tasks, resources, assignments): its directory, its fixed parts, its variable values, its fields.
import { type Fixed, type Meta, readFixed, readMeta, readVariable } from './block.ts'
import type { Storage } from './compound.ts'
import { type FieldMap, type FieldReader, fieldReader, type RecordBytes } from './field-map.ts'
import type { Layout } from './layout.ts'

export interface Table {
  count: number
  reader: FieldReader
  /** Directory records of both parts. */
  meta: readonly Meta[]
  fixed: readonly Fixed[]
  /** The record at an index under the number it is known by. */
  record(index: number, id: number): RecordBytes
}

/**
 * @param storage the folder of the records; without it the table is empty
 */
export function readTable(storage: Storage | undefined, map: FieldMap, layout: Layout): Table {
  const parts = [
    { meta: 'FixedMeta', data: 'FixedData' },
    { meta: 'Fixed2Meta', data: 'Fixed2Data' },
  ]
  const meta = parts.map((part, i) => readMeta(storage?.stream(part.meta), map.metaSize(i)))
  const fixed = parts.map((part, i) =>
    readFixed(meta[i] ?? readMeta(undefined, 0), storage?.stream(part.data), i === 0 ? map.size(0) : undefined),
  )
  return {
    count: meta[0]?.count ?? 0,
    reader: fieldReader(map, readVariable(storage, layout.variable)),
    meta,
    fixed,
    record: (index, id) => ({
      id,
      fixed: fixed.map(part => part.at(index)),
      meta: meta.map(part => part.at(index)),
    }),
  }
}
