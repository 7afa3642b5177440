// Moving a document's state: the row, its change, the hooks after it. What was judged before is not judged again.

import type { DocumentState, Json } from '@yingzao/kernel/entity'
import type { CompiledQuery } from 'kysely'
import type { Ctx } from '../context.ts'
import { together } from '../driver.ts'
import { type Change, type Diff, difference, noteChanges } from '../records/change.ts'
import { cells } from '../records/column.ts'
import { asRecord, type Draft } from '../records/draft.ts'
import { runAfter } from '../records/hook.ts'
import { updateOf } from '../records/store.ts'
import type { Shape } from '../registry/shape.ts'

export interface Moved {
  readonly state: DocumentState
  readonly number?: string | null
  readonly effective_at?: string
  /** Of an effective document: its void waits for approval. Null: it was refused. */
  readonly void_reason?: string | null
}

interface Moving {
  readonly action: string
  readonly said?: string | null
  readonly more?: Diff
  /** Codes of limits that warned or asked one more person: kept in the history. */
  readonly warned?: readonly string[]
  /** Written just before it, in the same packet. */
  readonly along?: readonly CompiledQuery[]
}

/** The opinion or reason stands in the change, and so in the audit chain. */
export async function move(
  ctx: Ctx,
  shape: Shape,
  before: Draft,
  to: Moved,
  { action, said, more = {}, warned = [], along = [] }: Moving,
): Promise<Draft> {
  const after: Draft = { ...before, version: before.version + 1, values: { ...before.values, ...to } }
  const sets = cells(ctx, shape, { ...to, updated_at: ctx.now, updated_by: ctx.principal.user })
  const diff = {
    ...difference(shape, before, after),
    ...(said ? { _opinion: [null, said] as const } : {}),
    ...warnedDiff(warned),
    ...more,
  }
  const change: Change = { entity: shape.name, record: after.id, version: after.version, op: 'action', action, diff }
  await together(ctx.db, [...along, updateOf(ctx, shape, sets, [change])])
  noteChanges(ctx, [change])
  await runAfter(ctx, shape, [{ after: asRecord(after), before: asRecord(before) }])
  return after
}

export interface Outcome {
  readonly id: string
  readonly state: Json
  readonly number: Json
  readonly version: number
  /** Codes of limits that warn, and of those that asked one more person (`limit.over_budget`). */
  readonly warnings: readonly string[]
  readonly escalated: readonly string[]
  /** The document that a reversal made. */
  readonly mirror?: string
}

export const outcomeOf = ({ id, version, values }: Draft, more: Partial<Outcome> = {}): Outcome => ({
  id,
  state: typeof values.state === 'string' ? values.state : null,
  number: typeof values.number === 'string' ? values.number : null,
  version,
  warnings: [],
  escalated: [],
  ...more,
})

export const warnedDiff = (codes: readonly string[]): Diff => (codes.length > 0 ? { _warnings: [null, codes] } : {})

export const limitCode = (name: string): string => `limit.${name}`
