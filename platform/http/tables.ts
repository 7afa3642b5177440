// People's saved views of lists: theirs alone, so a plain table.
import type { Json } from '@yingzao/kernel/entity'
import type { ColumnType } from 'kysely'
import type { Step } from '../tables/steps.ts'

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

export const viewSteps: readonly Step[] = [
  {
    name: 'view.1',
    sql: [
      `create table {t}.saved_view (
        id uuid primary key, user_id uuid not null, entity text not null, name text not null, state jsonb not null,
        changed_at timestamptz not null)`,
      'create index on {t}.saved_view (user_id, entity)',
    ],
  },
]
