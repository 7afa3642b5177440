// Tables of signing in: what is secret is stored as a digest only.
import { index, type TableDef } from '@yingzao/kernel/schema/table'
import type { ColumnType } from 'kysely'

type At = ColumnType<Date | string, Date | string, Date | string>

export interface AuthTables {
  auth_credential: {
    user_id: string
    /** argon2id in PHC form. */
    hash: string
    set_at: At
    must_change: boolean
    /** Former hashes, newest first: none of them may come back. */
    former: string[]
  }
  auth_session: {
    id: string
    /** SHA-256 of the token in the cookie. */
    digest: Buffer
    user_id: string
    created_at: At
    seen_at: At
    expires_at: At
    idle_minutes: number
    address: string
    device: string
  }
  auth_token: {
    id: string
    digest: Buffer
    user_id: string
    name: string
    scopes: string[] | null
    created_at: At
    expires_on: string
    used_at: At | null
  }
  auth_feed: {
    id: string
    digest: Buffer
    user_id: string
    name: string
    created_at: At
    used_at: At | null
  }
  auth_attempt: {
    id: string
    /** SHA-256 of the login as typed, lower case: unknown names are counted alike and are not kept in clear. */
    login: Buffer
    address: string
    at: At
  }
}

/** What signing in reads of the kernel's entities; writing them goes through the record store. */
export interface PeopleTables {
  user: {
    id: string
    login: string
    name: string
    lang: 'zh' | 'en' | null
    theme: 'light' | 'dark' | 'system' | null
    active: boolean
    deleted_at: At | null
  }
}

const at = 'timestamp(3) with time zone'
const column = (type: string) => ({ type, notNull: true })
const module = 'platform'

export const authTables: readonly TableDef[] = [
  {
    name: 'auth_credential',
    module,
    columns: {
      user_id: column('uuid'),
      hash: column('text'),
      set_at: column(at),
      must_change: column('boolean'),
      former: column('text[]'),
    },
    key: ['user_id'],
  },
  {
    name: 'auth_session',
    module,
    columns: {
      id: column('uuid'),
      digest: column('bytea'),
      user_id: column('uuid'),
      created_at: column(at),
      seen_at: column(at),
      expires_at: column(at),
      idle_minutes: column('integer'),
      address: column('text'),
      device: column('text'),
    },
    key: ['id'],
    indexes: [index('auth_session', ['digest'], { unique: true }), index('auth_session', ['user_id'])],
  },
  {
    name: 'auth_token',
    module,
    columns: {
      id: column('uuid'),
      digest: column('bytea'),
      user_id: column('uuid'),
      name: column('text'),
      scopes: { type: 'text[]' },
      created_at: column(at),
      expires_on: column('date'),
      used_at: { type: at },
    },
    key: ['id'],
    indexes: [index('auth_token', ['digest'], { unique: true }), index('auth_token', ['user_id'])],
  },
  {
    name: 'auth_feed',
    module,
    columns: {
      id: column('uuid'),
      digest: column('bytea'),
      user_id: column('uuid'),
      name: column('text'),
      created_at: column(at),
      used_at: { type: at },
    },
    key: ['id'],
    indexes: [index('auth_feed', ['digest'], { unique: true }), index('auth_feed', ['user_id'])],
  },
  {
    name: 'auth_attempt',
    module,
    columns: { id: column('uuid'), login: column('bytea'), address: column('text'), at: column(at) },
    key: ['id'],
    indexes: [index('auth_attempt', ['login', 'address', 'at']), index('auth_attempt', ['at'])],
  },
]
