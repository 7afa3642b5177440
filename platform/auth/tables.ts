// Tables of signing in: what is secret is stored as a digest only.
import type { ColumnType, Generated } from 'kysely'
import type { Step } from '../tables/steps.ts'

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
  auth_attempt: {
    id: Generated<string>
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

export const authSteps: readonly Step[] = [
  {
    name: 'auth.1',
    sql: [
      `create table {t}.auth_credential (
        user_id uuid primary key, hash text not null, set_at timestamptz not null,
        must_change boolean not null, former text[] not null default '{}')`,
      `create table {t}.auth_session (
        id uuid primary key, digest bytea not null unique, user_id uuid not null, created_at timestamptz not null,
        seen_at timestamptz not null, expires_at timestamptz not null, idle_minutes integer not null,
        address text not null, device text not null)`,
      'create index on {t}.auth_session (user_id)',
      `create table {t}.auth_token (
        id uuid primary key, digest bytea not null unique, user_id uuid not null, name text not null, scopes text[],
        created_at timestamptz not null, expires_on date not null, used_at timestamptz)`,
      'create index on {t}.auth_token (user_id)',
      `create table {t}.auth_attempt (
        id bigint generated always as identity primary key, login bytea not null, address text not null,
        at timestamptz not null)`,
      'create index on {t}.auth_attempt (login, address, at)',
      'create index on {t}.auth_attempt (at)',
    ],
  },
]
