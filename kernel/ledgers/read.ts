// Many balances and entries of a ledger at once, by their dimensions: what registers, centres and statements are made of.
import { type Decimal, isDecimal, round } from '@yingzao/engines/money'
import { type RawBuilder, sql } from 'kysely'
import type { Ctx } from '../context.ts'
import type { LedgerEntry } from './audit.ts'
import { ledgerDef } from './balance.ts'
import { balanceTable, dimType, impliedDims, reservedColumn } from './table.ts'

/** Of each dimension named, the values that count; null among them: entries without one. */
export type Of = Readonly<Record<string, readonly (string | null)[]>>

export interface BalanceRow {
  readonly dims: Readonly<Record<string, string | null>>
  readonly posted: Readonly<Record<string, Decimal>>
  readonly reserved: Readonly<Record<string, Decimal>>
}

function demandSystem(ctx: Ctx): void {
  if (ctx.principal.kind !== 'system') throw new Error('ledgers are read by system code: show documents to people')
}

function matching(ctx: Ctx, ledger: string, of: Of): RawBuilder<unknown> {
  const def = ledgerDef(ctx, ledger)
  const parts = Object.entries(of).map(([dim, values]) => {
    const some = values.filter(each => each !== null)
    const one = sql`${sql.id(dim)} = any(${some}::${sql.raw(dimType(def, dim))}[])`
    return values.includes(null) ? sql`(${sql.id(dim)} is null or ${one})` : one
  })
  return parts.length === 0 ? sql`true` : sql.join(parts, sql` and `)
}

/** Balances as they are now, of every balance row that matches; only dimensions the ledger keeps balances by. */
export async function balancesBy(ctx: Ctx, ledger: string, of: Of): Promise<BalanceRow[]> {
  demandSystem(ctx)
  const def = ledgerDef(ctx, ledger)
  const { rows } = await sql<
    Readonly<Record<string, unknown>>
  >`select * from ${sql.id(ctx.tenant, balanceTable(ledger))}
    where period = '' and ${matching(ctx, ledger, of)} order by key`.execute(ctx.db)
  const amounts = (row: Readonly<Record<string, unknown>>, name: (measure: string) => string) =>
    Object.fromEntries(
      Object.entries(def.measures).map(([measure, scale]) => {
        const value = row[name(measure)]
        return [measure, round(typeof value === 'string' && isDecimal(value) ? value : '0', scale)]
      }),
    )
  return rows.map(row => ({
    dims: Object.fromEntries(def.balance.map(dim => [dim, typeof row[dim] === 'string' ? row[dim] : null] as const)),
    posted: amounts(row, each => each),
    reserved: amounts(row, reservedColumn),
  }))
}

/** Entries that match, oldest day first and in the order they were posted. `some`: measures of which one is not zero. */
export async function entriesBy(
  ctx: Ctx,
  ledger: string,
  of: Of,
  { some, limit = 50_000 }: { readonly some?: readonly string[]; readonly limit?: number } = {},
): Promise<LedgerEntry[]> {
  demandSystem(ctx)
  const def = ledgerDef(ctx, ledger)
  for (const dim of Object.keys(of))
    if (!(dim in def.dims) && !impliedDims.some(each => each === dim))
      throw new Error(`${ledger} has no dimension "${dim}"`)
  const moved = (some ?? []).map(name => sql`${sql.id(name)} <> 0`)
  const { rows } = await sql<LedgerEntry>`select * from ${sql.id(ctx.tenant, ledger)}
    where ${matching(ctx, ledger, of)} ${moved.length > 0 ? sql`and (${sql.join(moved, sql` or `)})` : sql``}
    order by "on", id limit ${limit}`.execute(ctx.db)
  return rows
}
