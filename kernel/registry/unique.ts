// Unique fields and sets of fields: the indexes that hold them, and how a clash is told to the writer.
import type { EntityDef } from '@yingzao/kernel/entity'
import { indexName } from '../schema/table.ts'
import type { UniqueShape } from './shape.ts'

/** The field sets of which no two living records (of one company; of one parent for lines) may agree. */
export function uniqueSets(def: EntityDef): string[][] {
  const single = Object.entries(def.fields).flatMap(([name, field]) => (field.unique ? [[name]] : []))
  return [...single, ...(def.unique ?? []).map(set => [...set])]
}

export const uniqueIndexes = (entity: string, def: EntityDef): UniqueShape[] =>
  uniqueSets(def).map(fields => ({ fields, index: indexName('uq', entity, fields) }))
