// People's saved views of lists: theirs alone, so a plain table.
import type { Json } from '@yingzao/kernel/entity'
import { index, type TableDef } from '@yingzao/kernel/schema/table'
import type { ColumnType } from 'kysely'

export interface ViewTables {
  saved_view: {
    id: string
    user_id: string
    entity: string
    name: string
    /** JSON text goes in, a value comes out. */
    state: ColumnType<Json, string, string>
    changed_at: ColumnType<Date | string, Date | string, Date | string>
  }
}

const column = (type: string) => ({ type, notNull: true })

export const viewTables: readonly TableDef[] = [
  {
    name: 'saved_view',
    module: 'platform',
    columns: {
      id: column('uuid'),
      user_id: column('uuid'),
      entity: column('text'),
      name: column('text'),
      state: column('jsonb'),
      changed_at: column('timestamp(3) with time zone'),
    },
    key: ['id'],
    indexes: [index('saved_view', ['user_id', 'entity'])],
  },
]
