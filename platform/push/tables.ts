// The devices that somebody wants to be told on: what his browser gave us to reach it.
import { index, type TableDef } from '@yingzao/kernel/schema/table'
import type { ColumnType } from 'kysely'

type At = ColumnType<Date | string, Date | string, Date | string>

export interface PushTables {
  push_device: {
    id: string
    user_id: string
    /** The session it was switched on or last used in: ended by hand, the device is told nothing more. */
    session_id: string
    endpoint: string
    p256dh: string
    auth: string
    name: string
    created_at: At
    used_at: At | null
    /** Status with which its push service last refused; null when it took the last message. */
    refused: number | null
  }
}

const at = 'timestamp(3) with time zone'
const column = (type: string) => ({ type, notNull: true })

export const pushTables: readonly TableDef[] = [
  {
    name: 'push_device',
    module: 'platform',
    columns: {
      id: column('uuid'),
      user_id: column('uuid'),
      session_id: column('uuid'),
      endpoint: column('text'),
      p256dh: column('text'),
      auth: column('text'),
      name: column('text'),
      created_at: column(at),
      used_at: { type: at },
      refused: { type: 'integer' },
    },
    key: ['id'],
    indexes: [index('push_device', ['endpoint'], { unique: true }), index('push_device', ['user_id'])],
  },
]
