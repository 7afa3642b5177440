// Imports under way: the uploaded file, what people chose, and the rows that were refused.
import type { Json } from '@yingzao/kernel/entity'
import { index, type TableDef } from '@yingzao/kernel/schema/table'
import type { ColumnType } from 'kysely'

type At = ColumnType<Date | string, Date | string, Date | string>

export interface ExchangeTables {
  import_run: {
    id: string
    entity: string
    /** The stored file; its id is the import's. */
    file: string
    by: string
    at: At
    /** ImportChoice as JSON. */
    choice: ColumnType<Json, string, string>
    /** Row errors of the last run: [{ row, messages }]. */
    errors: ColumnType<Json, string, string>
    job: string | null
  }
}

const column = (type: string) => ({ type, notNull: true })

export const exchangeTables: readonly TableDef[] = [
  {
    name: 'import_run',
    module: 'platform',
    columns: {
      id: column('uuid'),
      entity: column('text'),
      file: column('uuid'),
      by: column('uuid'),
      at: column('timestamp(3) with time zone'),
      choice: column('jsonb'),
      errors: column('jsonb'),
      job: { type: 'text' },
    },
    key: ['id'],
    indexes: [index('import_run', ['at'])],
  },
]
