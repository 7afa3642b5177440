// The kernel's own tables of an organisation: the change log, counters, keys of idempotent actions, delegated rights.
import { index, type TableDef } from './table.ts'

const instant = 'timestamp(3) with time zone'
const module = 'kernel'

/** One row per write, in its transaction: history, outbox, live feed, search feed and audit source at once. */
const change: TableDef = {
  name: 'change',
  module,
  columns: {
    id: { type: 'uuid', notNull: true },
    xid: { type: 'xid8', notNull: true, default: 'pg_current_xact_id()' },
    at: { type: instant, notNull: true },
    by: { type: 'uuid' },
    from: { type: 'text', notNull: true },
    entity: { type: 'text', notNull: true },
    record: { type: 'uuid', notNull: true },
    version: { type: 'integer', notNull: true },
    op: { type: 'text', notNull: true },
    action: { type: 'text' },
    diff: { type: 'jsonb', notNull: true },
    cause: { type: 'uuid' },
    /** Digest of the input of a create: the same create sent twice is one record. */
    request: { type: 'text' },
  },
  key: ['id'],
  indexes: [index('change', ['record', 'at', 'id']), index('change', ['xid', 'id'])],
}
/** The audit chain: one row per change, numbered in commit-safe order. */
const changeSeal: TableDef = {
  name: 'change_seal',
  module,
  columns: {
    number: { type: 'bigint', notNull: true },
    change: { type: 'uuid', notNull: true },
    /** Null after an erasure; then `opened` keeps what the other fields need. */
    salt: { type: 'bytea' },
    opened: { type: 'jsonb' },
    digest: { type: 'bytea', notNull: true },
    hash: { type: 'bytea', notNull: true },
  },
  key: ['number'],
  indexes: [index('change_seal', ['change'], { unique: true })],
}
/** Where the chain ends: the position up to which changes are sealed. */
const changeChain: TableDef = {
  name: 'change_chain',
  module,
  columns: {
    one: { type: 'boolean', notNull: true, default: 'true' },
    number: { type: 'bigint', notNull: true },
    hash: { type: 'bytea', notNull: true },
    xid: { type: 'xid8', notNull: true },
    id: { type: 'uuid', notNull: true },
  },
  key: ['one'],
}
const changeCheckpoint: TableDef = {
  name: 'change_checkpoint',
  module,
  columns: {
    number: { type: 'bigint', notNull: true },
    hash: { type: 'text', notNull: true },
    at: { type: 'text', notNull: true },
    key: { type: 'text', notNull: true },
    signature: { type: 'text', notNull: true },
  },
  key: ['number'],
}
const counter: TableDef = {
  name: 'number_counter',
  module,
  columns: {
    name: { type: 'text', notNull: true },
    last: { type: 'bigint', notNull: true },
  },
  key: ['name'],
}
const idempotency: TableDef = {
  name: 'idempotency',
  module,
  columns: {
    key: { type: 'text', notNull: true },
    by: { type: 'text', notNull: true },
    request: { type: 'text', notNull: true },
    answer: { type: 'jsonb' },
    at: { type: instant, notNull: true },
  },
  key: ['by', 'key'],
  indexes: [index('idempotency', ['at'])],
}
/** Work to be done later, written in the transaction that wants it, and what became of it. */
const job: TableDef = {
  name: 'job',
  module,
  columns: {
    id: { type: 'uuid', notNull: true },
    name: { type: 'text', notNull: true },
    key: { type: 'text' },
    input: { type: 'jsonb', notNull: true },
    state: { type: 'text', notNull: true },
    progress: { type: 'double precision', notNull: true, default: '0' },
    note: { type: 'jsonb' },
    error: { type: 'jsonb' },
    result: { type: 'jsonb' },
    asked_by: { type: 'uuid' },
    asked_at: { type: instant, notNull: true },
    lang: { type: 'text', notNull: true },
    cause: { type: 'uuid' },
    /** The transaction that asked: its first change is the cause when none is named. */
    xid: { type: 'xid8', notNull: true, default: 'pg_current_xact_id()' },
    run_at: { type: instant, notNull: true },
    /** When the queue got it; null = not yet, or again. */
    handed_at: { type: instant },
    started_at: { type: instant },
    finished_at: { type: instant },
    attempts: { type: 'integer', notNull: true, default: '0' },
    /** The node that runs it: a number it holds a lock on while it lives. */
    runner: { type: 'integer' },
    cancel: { type: 'boolean', notNull: true, default: 'false' },
  },
  key: ['id'],
  indexes: [
    index('job', ['name', 'key'], { unique: true, where: "state = 'waiting' and key is not null" }),
    index('job', ['run_at'], { where: "state = 'waiting' and handed_at is null" }),
    index('job', ['runner'], { where: "state = 'running'" }),
    index('job', ['finished_at']),
  ],
}
const jobSchedule: TableDef = {
  name: 'job_schedule',
  module,
  columns: {
    name: { type: 'text', notNull: true },
    /** Cron expression and zone that `next_at` was computed from. */
    every: { type: 'text', notNull: true },
    next_at: { type: instant, notNull: true },
  },
  key: ['name'],
}
/** Expiring rights to one record: approvers, copies, guests. */
const recordGrant: TableDef = {
  name: 'record_grant',
  module,
  columns: {
    id: { type: 'uuid', notNull: true },
    user: { type: 'uuid', notNull: true },
    entity: { type: 'text', notNull: true },
    record: { type: 'uuid', notNull: true },
    functions: { type: 'text[]', notNull: true },
    fields: { type: 'jsonb', notNull: true, default: "'{}'::jsonb" },
    /** Those of `fields` that are hidden: asked for at every request, whereas most grants hide nothing. */
    hides: { type: 'text[]', notNull: true, default: "'{}'::text[]" },
    until: { type: instant },
    /** What gave it (a task, an invitation), so that it can be taken back. */
    source: { type: 'text', notNull: true },
    at: { type: instant, notNull: true },
  },
  key: ['id'],
  indexes: [index('record_grant', ['user', 'entity', 'record']), index('record_grant', ['source'])],
  references: [{ column: 'user', to: 'user' }],
}
/** One row: counts every write that can change what somebody may do; each node compares it once a second. */
const rightsVersion: TableDef = {
  name: 'rights_version',
  module,
  columns: { one: { type: 'boolean', notNull: true, default: 'true' }, version: { type: 'bigint', notNull: true } },
  key: ['one'],
}
/** What the sync remembers of a table: who declared it, and the formulas its stored values were computed with. */
const schemaTable: TableDef = {
  name: 'schema_table',
  module,
  columns: {
    name: { type: 'text', notNull: true },
    module: { type: 'text', notNull: true },
    formulas: { type: 'jsonb', notNull: true, default: "'{}'::jsonb" },
  },
  key: ['name'],
}
const schemaMigration: TableDef = {
  name: 'schema_migration',
  module,
  columns: {
    module: { type: 'text', notNull: true },
    name: { type: 'text', notNull: true },
    hash: { type: 'text', notNull: true },
    at: { type: instant, notNull: true },
  },
  key: ['module', 'name'],
}

/** 月结: the last month of a company's books that is closed. */
const closedMonth: TableDef = {
  name: 'closed_month',
  module,
  columns: { company: { type: 'uuid', notNull: true }, through: { type: 'text', notNull: true } },
  key: ['company'],
}

export const kernelTables: readonly TableDef[] = [
  schemaTable,
  schemaMigration,
  closedMonth,
  change,
  changeSeal,
  changeChain,
  changeCheckpoint,
  counter,
  idempotency,
  job,
  jobSchedule,
  recordGrant,
  rightsVersion,
]
