// How much of a document is left to reverse: its own numbers plus those of its mirrors, line by line.
import { absolute, add, compare, type Decimal, isDecimal, isZero, negate } from '@yingzao/engines/money'
import { sql } from 'kysely'
import type { Ctx } from '../context.ts'
import type { Draft } from '../records/draft.ts'
import { lockRecord } from '../records/lock.ts'
import { refuse } from '../refuse.ts'
import type { Shape } from '../registry/shape.ts'
import { shapeOf } from '../registry.ts'
import { asSystem } from '../system.ts'
import { move } from './move.ts'

/** By line (or document) and field. */
export type Remaining = ReadonlyMap<string, Decimal>
export const at = (id: string, field: string): string => `${id} ${field}`

export const decimalOf = (value: unknown): Decimal => {
  const text = typeof value === 'number' ? String(value) : value
  return typeof text === 'string' && isDecimal(text) ? text : '0'
}

interface Part {
  readonly field: string
  /** Null: of the document itself. */
  readonly lines: Shape['lines'][number] | null
}
export const partsOf = (shape: Shape): Part[] =>
  (shape.def.reversal?.negate ?? []).map(path => {
    const [first = '', inner] = path.split('.')
    const lines = inner === undefined ? null : (shape.lines.find(each => each.field === first) ?? null)
    return { field: inner ?? first, lines }
  })

/** `states`: which mirrors count. The original's row must be locked. */
export async function remainingOf(
  ctx: Ctx,
  shape: Shape,
  original: Draft,
  states: readonly string[],
  except: string | null,
): Promise<Remaining> {
  const left = new Map<string, Decimal>()
  for (const { field, lines } of partsOf(shape)) {
    const rows = lines ? (original.lines[lines.field] ?? []) : [original]
    for (const { id, values } of rows) left.set(at(id, field), decimalOf(values[field]))
    const table = sql.id(ctx.tenant, lines?.of.name ?? shape.name)
    const mirrored = await sql<{
      id: string
      sum: unknown
    }>`select r.original_line as id, sum(l.${sql.id(field)})::text as sum
      from ${sql.id(ctx.tenant, 'reversal')} r
      join ${sql.id(ctx.tenant, shape.name)} m on m.id = r.mirror and m.deleted_at is null and m.state = any(${[...states]}::text[])
      join ${table} l on l.id = r.mirror_line
      where r.original = ${original.id}::uuid and m.id is distinct from ${except}::uuid group by 1`.execute(ctx.db)
    for (const { id, sum } of mirrored.rows) {
      const before = left.get(at(id, field))
      if (before !== undefined) left.set(at(id, field), add(before, decimalOf(sum)))
    }
  }
  return left
}

/**
 * What is left to take back of a document, by the id of a line (or its own) and a field that a reversal negates; mirrors that
 * wait count. Locks the document until the transaction ends, unless it is only to be shown.
 */
export async function leftToReverse(
  ctx: Ctx,
  entity: string,
  id: string,
  options: { readonly lock?: boolean } = {},
): Promise<(line: string, field: string) => Decimal> {
  const shape = shapeOf(ctx.registry, entity)
  const { draft } = await lockRecord(asSystem(ctx), shape, id, {}, options)
  const left = await remainingOf(ctx, shape, draft, ['pending', 'effective'], null)
  return (line, field) => left.get(at(line, field)) ?? '0'
}

/** Of a mirror: what it takes back is still there, also after other mirrors that wait or are effective. */
export async function checkMirror(ctx: Ctx, shape: Shape, mirror: Draft): Promise<void> {
  const original = mirror.values.reverses
  if (typeof original !== 'string') return
  const { draft } = await lockRecord(asSystem(ctx), shape, original, {})
  const left = await remainingOf(ctx, shape, draft, ['pending', 'effective'], mirror.id)
  const { rows } = await sql<{ mirror_line: string; original_line: string }>`select mirror_line, original_line
    from ${sql.id(ctx.tenant, 'reversal')} where mirror = ${mirror.id}::uuid`.execute(ctx.db)
  const originals = new Map(rows.map(row => [row.mirror_line, row.original_line]))
  for (const { field, lines } of partsOf(shape))
    for (const { id, values } of lines ? (mirror.lines[lines.field] ?? []) : [mirror]) {
      const taken = negate(decimalOf(values[field]))
      const there = left.get(at(originals.get(id) ?? '', field)) ?? '0'
      if (!isWithin(taken, there)) throw refuse('document.over_reversed')
    }
}

/** Of the same sign and not larger. */
export const isWithin = (taken: Decimal, there: Decimal): boolean =>
  isZero(taken) || (taken.startsWith('-') === there.startsWith('-') && compare(absolute(taken), absolute(there)) <= 0)

/** After a mirror became effective: with nothing left, the original is reversed. */
export async function settleOriginal(ctx: Ctx, shape: Shape, mirror: Draft): Promise<void> {
  const original = mirror.values.reverses
  if (typeof original !== 'string') return
  const { draft } = await lockRecord(asSystem(ctx), shape, original, {})
  const left = await remainingOf(ctx, shape, draft, ['effective'], null)
  if ([...left.values()].every(isZero)) await move(ctx, shape, draft, { state: 'reversed' }, { action: 'reverse' })
}
