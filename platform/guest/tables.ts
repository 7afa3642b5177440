// Tables of guests' doors: links, codes and sessions. What is secret is stored as a digest only.
import { index, type TableDef } from '@yingzao/kernel/schema/table'
import type { ColumnType } from 'kysely'

type At = ColumnType<Date | string, Date | string, Date | string>

export interface GuestTables {
  guest_link: {
    /** SHA-256 of the secret in the link. */
    digest: Buffer
    invitation: string
    made_at: At
    /** A newer link of the same invitation took its place. */
    replaced: boolean
  }
  guest_code: {
    id: string
    invitation: string
    /** Counted within the invitation. */
    no: number
    /** Keyed: six digits are few enough to be tried out against a plain digest. */
    digest: Buffer
    made_at: At
    tries: number
    used: boolean
  }
  guest_session: {
    id: string
    digest: Buffer
    invitation: string
    code_no: number
    created_at: At
    seen_at: At
    expires_at: At
    address: string
    device: string
  }
}

const at = 'timestamp(3) with time zone'
const column = (type: string) => ({ type, notNull: true })
const module = 'platform'

export const guestTables: readonly TableDef[] = [
  {
    name: 'guest_link',
    module,
    columns: {
      digest: column('bytea'),
      invitation: column('uuid'),
      made_at: column(at),
      replaced: column('boolean'),
    },
    key: ['digest'],
    indexes: [index('guest_link', ['invitation'])],
  },
  {
    name: 'guest_code',
    module,
    columns: {
      id: column('uuid'),
      invitation: column('uuid'),
      no: column('integer'),
      digest: column('bytea'),
      made_at: column(at),
      tries: column('integer'),
      used: column('boolean'),
    },
    key: ['id'],
    indexes: [index('guest_code', ['invitation', 'no'], { unique: true })],
  },
  {
    name: 'guest_session',
    module,
    columns: {
      id: column('uuid'),
      digest: column('bytea'),
      invitation: column('uuid'),
      code_no: column('integer'),
      created_at: column(at),
      seen_at: column(at),
      expires_at: column(at),
      address: column('text'),
      device: column('text'),
    },
    key: ['id'],
    indexes: [index('guest_session', ['digest'], { unique: true }), index('guest_session', ['invitation'])],
  },
]
