// The change row: what was written, by whom, because of what; in the transaction of the write, one statement for many.

import type { Json } from '@yingzao/kernel/entity'
import { CompiledQuery } from 'kysely'
import { v7 as newId } from 'uuid'
import type { Ctx } from '../context.ts'
import type { Shape } from '../registry/shape.ts'
import { quote } from '../schema/table.ts'
import { type Draft, forHistory, type Line, same } from './draft.ts'
import { isMany, type NewColumn, type Put, placing, rowsOf } from './line.ts'
import { decidesRights } from './transaction.ts'

/** What was asked for whole (`unmask`), as the difference of a field that no entity has: which field, never its value. */
export const unmaskedField = '_unmasked'

/** Before and after, by field; for lines only the lines that changed, each whole. */
export type Diff = Record<string, readonly [Json, Json]>
export interface Change {
  /** Of the row itself, where something printed must name it beforehand. */
  readonly id?: string
  readonly entity: string
  readonly record: string
  readonly version: number
  readonly op: 'create' | 'update' | 'delete' | 'restore' | 'action'
  readonly action?: string | null
  readonly diff: Diff
  readonly request?: string
}

const chunk = 1000

/** `insert into change …` for at least one change. */
export function changeRows(ctx: Ctx, changes: readonly Change[], put: Put): string {
  if (isMany(changes)) return manyChangeRows(ctx, changes, put)
  const rows = changes.map(({ id = newId(), entity, record, version, op, action, diff, request }) => {
    const what = `${put(entity)}, ${put(record)}::uuid, ${put(version)}::integer, ${put(op)}, ${put(action ?? ctx.action)}::text`
    return `(${put(id)}::uuid, ${put(ctx.now)}::timestamptz, ${put(authorOf(ctx.principal))}::uuid, ${put(ctx.from)},
      ${what}, ${put(JSON.stringify(diff))}::jsonb, ${put(ctx.cause)}::uuid, ${put(request)}::text)`
  })
  return `insert into ${quote(ctx.tenant)}.change
    (id, at, "by", "from", entity, record, version, op, action, diff, cause, request) values ${rows.join(', ')}`
}

function manyChangeRows(ctx: Ctx, changes: readonly Change[], put: Put): string {
  const column = (name: string, type: string, of: (change: Change) => unknown): NewColumn => ({
    ...{ name, values: changes.map(of), before: '', after: `::${type}` },
  })
  const columns = [
    column('id', 'uuid', ({ id }) => id ?? newId()),
    column('at', 'timestamptz', () => ctx.now),
    column('by', 'uuid', () => authorOf(ctx.principal)),
    column('from', 'text', () => ctx.from),
    column('entity', 'text', ({ entity }) => entity),
    column('record', 'uuid', ({ record }) => record),
    column('version', 'integer', ({ version }) => version),
    column('op', 'text', ({ op }) => op),
    column('action', 'text', ({ action }) => action ?? ctx.action),
    column('diff', 'jsonb', ({ diff }) => JSON.stringify(diff)),
    column('cause', 'uuid', () => ctx.cause),
    column('request', 'text', ({ request }) => request),
  ]
  return `insert into ${quote(ctx.tenant)}.change (${columns.map(({ name }) => quote(name)).join(', ')}) ${rowsOf(columns, put)}`
}

/** Whom the history names: a guest by his invitation. */
const authorOf = ({ guest, user }: Ctx['principal']): string | null => guest?.invitation ?? user

/** What the transaction owes because of these changes. */
export function noteChanges(ctx: Ctx, changes: readonly Change[]): void {
  const { unit } = ctx
  for (const { entity } of changes) {
    if (!unit || unit.changed.has(entity)) continue
    unit.changed.add(entity)
    if (decidesRights(ctx, entity)) unit.rights = true
  }
}

export async function recordChanges(ctx: Ctx, changes: readonly Change[]): Promise<void> {
  for (let at = 0; at < changes.length; at += chunk) {
    const values: unknown[] = []
    const text = changeRows(ctx, changes.slice(at, at + chunk), placing(values))
    await ctx.db.executeQuery(CompiledQuery.raw(text, values))
  }
  noteChanges(ctx, changes)
}

/** Fields written in bulk by a computation leave no history. */
export function difference(shape: Shape, before: Draft | null, after: Draft): Diff {
  const diff: Record<string, readonly [Json, Json]> = {}
  for (const { name, def } of shape.fields.values()) {
    if (def.kind === 'lines' || def.projected || unlogged.has(name)) continue
    const [old, now] = [before?.values[name] ?? null, after.values[name] ?? null]
    if (same(old, now) || (before === null && isNothing(now))) continue
    diff[name] = [forHistory(shape, name, old), forHistory(shape, name, now)]
  }
  for (const { field, of } of shape.lines) {
    const [old, now] = [before?.lines[field] ?? [], after.lines[field] ?? []]
    const touched = (list: readonly Line[], other: readonly Line[]) =>
      list.filter(line => {
        const twin = other.find(each => each.id === line.id)
        return !twin || twin.position !== line.position || !same(twin.values, line.values)
      })
    const [gone, came] = [touched(old, now), touched(now, old)]
    if (gone.length + came.length > 0)
      diff[field] = [gone.map(line => logged(of, line)), came.map(line => logged(of, line))]
  }
  return diff
}

const unlogged: ReadonlySet<string> = new Set(['created_at', 'created_by', 'updated_at', 'updated_by'])
const isNothing = (value: unknown): boolean =>
  value === null || value === false || (Array.isArray(value) && value.length === 0)
const logged = (of: Shape, line: Line): Json => ({
  id: line.id,
  position: line.position,
  ...Object.fromEntries(Object.entries(line.values).map(([name, value]) => [name, forHistory(of, name, value)])),
})
