// 作废: an effective document that nothing builds on is taken out of the ledgers by mirror entries; it stays readable.

import { negate } from '@yingzao/engines/money'
import { isDecimal, isPlainDate, type PlainDate } from '@yingzao/kernel/entity'
import { sql } from 'kysely'
import type { Ctx } from '../context.ts'
import { ledgerDef } from '../ledgers/balance.ts'
import { post } from '../ledgers/book.ts'
import type { Movement } from '../ledgers/movement.ts'
import { demandOpen, holdClosed } from '../ledgers/period.ts'
import type { Draft } from '../records/draft.ts'
import { refuse } from '../refuse.ts'
import type { Shape } from '../registry/shape.ts'
import { refuseBlocked } from './effect.ts'
import { limitCode, move, type Outcome, outcomeOf } from './move.ts'
import { downstreamOf } from './upstream.ts'

export async function voidDocument(ctx: Ctx, shape: Shape, draft: Draft, said: string | null): Promise<Outcome> {
  if (typeof draft.values.reverses === 'string') throw refuse('document.not_reversible')
  const user = await downstreamOf(ctx, shape, draft.id)
  if (user) throw refuse('document.in_use', { entity: user.def.label[ctx.lang] })
  const movements: Movement[] = []
  for (const ledger of new Set((ctx.registry.postings.get(shape.name) ?? []).map(each => each.ledger)))
    movements.push(...(await backOut(ctx, ledger, draft.id)))
  const prepared = await post(ctx, { entity: shape.name, document: draft.id }, 'void', movements)
  refuseBlocked(prepared.verdict)
  const [asked] = prepared.verdict.escalate
  if (asked !== undefined) throw refuse(limitCode(asked))
  const along = prepared.writes()
  return outcomeOf(await move(ctx, shape, draft, { state: 'void' }, { action: 'void', said, along }), {
    warnings: prepared.verdict.warn.map(limitCode),
  })
}

/** The entries of the document, each the other way round, today. */
async function backOut(ctx: Ctx, ledger: string, document: string): Promise<Movement[]> {
  const def = ledgerDef(ctx, ledger)
  const { rows } = await sql<Readonly<Record<string, unknown>>>`select * from ${sql.id(ctx.tenant, ledger)}
    where document = ${document}::uuid order by id`.execute(ctx.db)
  const text = (value: unknown) => (typeof value === 'string' ? value : null)
  const closed = await holdClosed(
    ctx,
    rows.flatMap(row => text(row.company) ?? []),
  )
  demandOpen(
    closed,
    rows.map(row => ({ company: text(row.company), period: String(row.period) })),
  )
  return rows.map(row => ({
    ledger,
    line: text(row.line),
    key: String(row.key),
    ...dayOf(isPlainDate(row.on) && row.on > ctx.today ? row.on : ctx.today),
    dims: Object.fromEntries(['company', 'project', ...Object.keys(def.dims)].map(dim => [dim, text(row[dim])])),
    measures: Object.fromEntries(
      Object.keys(def.measures).map(name => [name, isDecimal(row[name]) ? negate(row[name]) : ('0' as const)]),
    ),
    reserve: false,
  }))
}

const dayOf = (on: PlainDate) => ({ on, month: on.slice(0, 7) })
