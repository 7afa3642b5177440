// Tables of approval: instances with their pinned flow, tokens in its blocks, tasks of people; and what mirrors what.
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
    /** running, approved, rejected, returned, withdrawn */
    state: { type: 'text', notNull: true },
    starter: { type: 'uuid' },
    started_at: { type: instant, notNull: true },
    ended_at: { type: instant },
  },
  key: ['id'],
  indexes: [
    index('approval_instance', ['document'], { unique: true, where: "state = 'running'" }),
    index('approval_instance', ['document', 'started_at']),
  ],
}
/** Where an instance stands: parallel blocks will have several. */
const token: TableDef = {
  name: 'approval_token',
  module,
  columns: {
    id: { type: 'uuid', notNull: true },
    instance: { type: 'uuid', notNull: true },
    /** Indexes from the root block down to the step; "escalation" beside the tree. */
    path: { type: 'text', notNull: true },
    /** active, done, cancelled */
    state: { type: 'text', notNull: true },
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
    step: { type: 'text', notNull: true },
    user: { type: 'uuid', notNull: true },
    /** open, approved, rejected, returned, cancelled */
    state: { type: 'text', notNull: true },
    opinion: { type: 'text' },
    at: { type: instant, notNull: true },
    acted_at: { type: instant },
  },
  key: ['id'],
  indexes: [
    index('approval_task', ['instance']),
    index('approval_task', ['user', 'at'], { where: "state = 'open'" }),
    index('approval_task', ['token', 'user'], { unique: true }),
  ],
  references: [
    { column: 'instance', to: 'approval_instance' },
    { column: 'token', to: 'approval_token' },
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

export const approvalTables: readonly TableDef[] = [instance, token, task, reversal]
