// Stored files: one row per upload; equal contents share one blob, named by its SHA-256.
import { index, type TableDef } from '@yingzao/kernel/schema/table'
import type { ColumnType } from 'kysely'

type At = ColumnType<Date | string, Date | string, Date | string>

export interface FileTables {
  stored_file: {
    id: string
    sha256: string
    name: string
    type: string
    size: number
    /** Whose upload it is: until a record refers to it, only they may read it or put it into a record. */
    by: string | null
    at: At
    /** A record refers to it, or did: history may, so the content stays. */
    used: boolean
  }
}

const column = (type: string) => ({ type, notNull: true })

export const fileTables: readonly TableDef[] = [
  {
    name: 'stored_file',
    module: 'platform',
    columns: {
      id: column('uuid'),
      sha256: column('text'),
      name: column('text'),
      type: column('text'),
      size: column('bigint'),
      by: { type: 'uuid' },
      at: column('timestamp(3) with time zone'),
      used: column('boolean'),
    },
    key: ['id'],
    indexes: [index('stored_file', ['sha256']), index('stored_file', ['at'], { where: 'not used' })],
  },
]
