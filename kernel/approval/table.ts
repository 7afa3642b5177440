// Tables of approval: instances with their pinned flow, tokens in its blocks, tasks of people, the trail, copies; and what mirrors what.
import { index, type TableDef } from '../schema/table.ts'

const instant = 'timestamp(3) with time zone'
const module = 'kernel'

const instance: TableDef = {
  name: 'approval_instance',
  module,
  columns: {
    id: { type: 'uuid', notNull: true },
    entity: { type: 'text', notNull: true },
    document: { type: 'uuid', notNull: true },
    /** As it was when it started. */
    flow: { type: 'jsonb', notNull: true },
    /** The published definition it was, when an administrator's and not the shipped one. */
    definition: { type: 'uuid' },
    /** running, approved, rejected, returned, withdrawn */
    state: { type: 'text', notNull: true },
    starter: { type: 'uuid' },
    /** Which case of each choice was taken, by path. */
    decisions: { type: 'jsonb', notNull: true, default: "'{}'::jsonb" },
    stale: { type: 'boolean', notNull: true, default: 'false' },
    /** After a return to the starter: where it goes on, and the values that decide the route as they were then. */
    resume: { type: 'jsonb' },
    route: { type: 'jsonb' },
    started_at: { type: instant, notNull: true },
    ended_at: { type: instant },
  },
  key: ['id'],
  indexes: [
    index('approval_instance', ['document'], { unique: true, where: "state = 'running'" }),
    index('approval_instance', ['document', 'started_at']),
    index('approval_instance', ['starter', 'started_at']),
  ],
}
/** Where an instance stands; several in parallel branches. */
const token: TableDef = {
  name: 'approval_token',
  module,
  columns: {
    id: { type: 'uuid', notNull: true },
    instance: { type: 'uuid', notNull: true },
    /** Order in which they were made. */
    seq: { type: 'integer', notNull: true, default: '0' },
    /** Indexes from the root block down; "escalation" beside the tree. */
    path: { type: 'text', notNull: true },
    /** active, arrived, held, done, cancelled */
    state: { type: 'text', notNull: true },
    /** Ids of the tokens it came from. */
    from: { type: 'jsonb', notNull: true, default: "'[]'::jsonb" },
    back: { type: 'text' },
    /** Who votes together: those of the step, those added before and after. */
    groups: { type: 'jsonb', notNull: true, default: "'[]'::jsonb" },
  },
  key: ['id'],
  indexes: [index('approval_token', ['instance'])],
  references: [{ column: 'instance', to: 'approval_instance' }],
}
const task: TableDef = {
  name: 'approval_task',
  module,
  columns: {
    id: { type: 'uuid', notNull: true },
    instance: { type: 'uuid', notNull: true },
    token: { type: 'uuid', notNull: true },
    seq: { type: 'integer', notNull: true, default: '0' },
    step: { type: 'text', notNull: true },
    user: { type: 'uuid', notNull: true },
    /** 代理: on behalf of whom. */
    for: { type: 'uuid' },
    group: { type: 'uuid' },
    order: { type: 'integer', notNull: true, default: '0' },
    /** open, waiting, held, approved, skipped, rejected, returned, transferred, cancelled */
    state: { type: 'text', notNull: true },
    /** Number in the trail of what ended it. */
    acted: { type: 'integer' },
    reminded: { type: 'boolean', notNull: true, default: 'false' },
    at: { type: instant, notNull: true },
    acted_at: { type: instant },
    due_at: { type: instant },
  },
  key: ['id'],
  indexes: [
    index('approval_task', ['instance']),
    index('approval_task', ['user', 'at'], { where: "state = 'open'" }),
    index('approval_task', ['user', 'acted_at'], { where: 'acted_at is not null' }),
    index('approval_task', ['due_at'], { where: "state = 'open' and due_at is not null" }),
  ],
  references: [
    { column: 'instance', to: 'approval_instance' },
    { column: 'token', to: 'approval_token' },
    { column: 'user', to: 'user' },
  ],
}
const trail: TableDef = {
  name: 'approval_trail',
  module,
  columns: {
    instance: { type: 'uuid', notNull: true },
    seq: { type: 'integer', notNull: true },
    act: { type: 'text', notNull: true },
    user: { type: 'uuid' },
    for: { type: 'uuid' },
    step: { type: 'text' },
    to: { type: 'jsonb', notNull: true, default: "'[]'::jsonb" },
    back: { type: 'text' },
    opinion: { type: 'text' },
    /** Given with the opinion: a signature, and files; each as `{ id, name, size, type }`. */
    signature: { type: 'jsonb' },
    files: { type: 'jsonb' },
    /** What an approver changed: field → [before, after]. */
    diff: { type: 'jsonb' },
    at: { type: instant, notNull: true },
  },
  key: ['instance', 'seq'],
  references: [{ column: 'instance', to: 'approval_instance' }],
}
/** 抄送. */
const copy: TableDef = {
  name: 'approval_copy',
  module,
  columns: {
    instance: { type: 'uuid', notNull: true },
    user: { type: 'uuid', notNull: true },
    at: { type: instant, notNull: true },
    read_at: { type: instant },
  },
  key: ['instance', 'user'],
  indexes: [index('approval_copy', ['user', 'at'])],
  references: [
    { column: 'instance', to: 'approval_instance' },
    { column: 'user', to: 'user' },
  ],
}
/** Which line (or, without lines, which document) mirrors which, so that no more is reversed than there was. */
const reversal: TableDef = {
  name: 'reversal',
  module,
  columns: {
    mirror: { type: 'uuid', notNull: true },
    original: { type: 'uuid', notNull: true },
    mirror_line: { type: 'uuid', notNull: true },
    original_line: { type: 'uuid', notNull: true },
  },
  key: ['mirror_line'],
  indexes: [index('reversal', ['original'])],
}

export const approvalTables: readonly TableDef[] = [instance, token, task, trail, copy, reversal]
