// Field kinds → PostgreSQL columns.
import type { FieldDef } from '@yingzao/kernel/entity'
import type { ColumnDef } from './table.ts'

/** The columns of a field: one, two for a secret (value and blind index), none for what has a table of its own. */
export function columnsOf(name: string, field: FieldDef): Record<string, ColumnDef> {
  switch (field.kind) {
    case 'text':
    case 'long_text':
    case 'choice':
    case 'serial':
      return { [name]: { type: 'text' } }
    case 'integer':
    case 'duration':
      return { [name]: { type: 'bigint' } }
    case 'number':
      return { [name]: { type: `numeric(18,${field.scale ?? 4})` } }
    case 'money':
      return { [name]: { type: 'numeric(18,2)' } }
    case 'percent':
      return { [name]: { type: 'numeric(9,6)' } }
    case 'date':
      return { [name]: { type: 'date' } }
    case 'instant':
      return { [name]: { type: 'timestamp(3) with time zone' } }
    case 'flag':
      return { [name]: { type: 'boolean', notNull: true, default: 'false' } }
    case 'ref':
    case 'user':
    case 'org_unit':
      return { [name]: { type: 'uuid' } }
    case 'multi_choice':
      return { [name]: { type: 'text[]', notNull: true, default: "'{}'::text[]" } }
    case 'file':
      return { [name]: { type: 'jsonb', notNull: true, default: "'[]'::jsonb" } }
    case 'json':
      return { [name]: { type: 'jsonb' } }
    case 'secret':
      return { [name]: { type: 'bytea' }, [blindIndexColumn(name)]: { type: 'bytea' } }
    case 'lines':
    case 'multi_ref':
      return {}
  }
}

export const blindIndexColumn = (field: string): string => `${field}_bidx`
export const joinTable = (entity: string, field: string): string => `${entity}__${field}`

/** Digits behind the point that a stored number has. */
export const scaleOf = (field: FieldDef): number | null =>
  field.kind === 'money' ? 2 : field.kind === 'percent' ? 6 : field.kind === 'number' ? (field.scale ?? 4) : null
