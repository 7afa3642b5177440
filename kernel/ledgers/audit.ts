// Reading ledgers, and the proof that balances are what their entries and reservations sum up to; or made so again.
import { type Decimal, round } from '@yingzao/engines/money'
import { sql } from 'kysely'
import type { Ctx } from '../context.ts'
import { write } from '../records/transaction.ts'
import { ledgerDef } from './balance.ts'
import { months, running } from './history.ts'
import { balanceKey } from './movement.ts'
import { balanceTable, dimType, reservedColumn, reservedTable, untilColumn } from './table.ts'

/** Ledgers have no rights of their own: whoever shows them to people decides by the documents behind. */
function demandSystem(ctx: Ctx): void {
  if (ctx.principal.kind !== 'system') throw new Error('ledgers are read by system code: show documents to people')
}

export interface BalanceAt {
  readonly posted: Readonly<Record<string, Decimal>>
  readonly reserved: Readonly<Record<string, Decimal>>
}

/** A balance now, or what was posted up to the end of a period ("2026-11"); reservations are always those of now. */
export async function balanceOf(
  ctx: Ctx,
  ledger: string,
  dims: Readonly<Record<string, string | null>>,
  options: { readonly until?: string } = {},
): Promise<BalanceAt> {
  demandSystem(ctx)
  const def = ledgerDef(ctx, ledger)
  const names = Object.keys(def.measures)
  const { until } = options
  const { rows } = await sql<Readonly<Record<string, Decimal>>>`select ${sql.join(
    names.flatMap(name => [
      sql`coalesce(sum(${sql.id(name)}) filter (where ${until === undefined ? sql`period = ''` : sql`period <> '' and period <= ${until}`}), 0) as ${sql.id(name)}`,
      sql`coalesce(sum(${sql.id(reservedColumn(name))}), 0) as ${sql.id(reservedColumn(name))}`,
    ]),
  )} from ${sql.id(ctx.tenant, balanceTable(ledger))} where key = ${balanceKey(def, dims)}`.execute(ctx.db)
  const row = rows[0] ?? {}
  const exact = (name: string, value: Decimal = '0') => round(value, def.measures[name] ?? 0)
  return {
    posted: Object.fromEntries(names.map(name => [name, exact(name, row[name])])),
    reserved: Object.fromEntries(names.map(name => [name, exact(name, row[reservedColumn(name)])])),
  }
}

export interface LedgerEntry {
  readonly entity: string
  readonly document: string
  readonly line: string | null
  readonly on: string
  readonly period: string
  readonly [column: string]: unknown
}

/** The entries of a document, in the order they were posted. */
export async function entriesOf(ctx: Ctx, ledger: string, document: string): Promise<LedgerEntry[]> {
  demandSystem(ctx)
  const { rows } = await sql<LedgerEntry>`select * from ${sql.id(ctx.tenant, ledger)}
    where document = ${document}::uuid order by posted_at, id`.execute(ctx.db)
  return rows
}

/** Balances that are not the sum of their entries and reservations. Empty unless somebody wrote past the kernel. */
export async function differences(ctx: Ctx, ledger: string): Promise<{ key: string; period: string }[]> {
  demandSystem(ctx)
  const names = Object.keys(ledgerDef(ctx, ledger).measures)
  const both = [...names, ...names.map(reservedColumn), ...names.map(untilColumn)]
  const { rows } = await sql<{ key: string; period: string }>`
    select coalesce(b.key, s.key) as key, coalesce(b.period, s.period) as period
    from ${sql.id(ctx.tenant, balanceTable(ledger))} b
    full join (${summed(ctx, ledger)}) s on s.key = b.key and s.period = b.period
    where ${sql.join(
      [
        ...both.map(name => sql`coalesce(b.${sql.id(name)}, 0) <> coalesce(s.${sql.id(name)}, 0)`),
        sql`coalesce(b.next, '') <> coalesce(s.next, '')`,
      ],
      sql` or `,
    )} order by 1, 2`.execute(ctx.db)
  return rows
}

/** What the balances must be: totals, periods with what was posted up to them, reservations. */
function summed(ctx: Ctx, ledger: string) {
  const names = Object.keys(ledgerDef(ctx, ledger).measures)
  const sums = (name: (measure: string) => ReturnType<typeof sql>) =>
    sql.join(names.map(each => sql`sum(${name(each)}) as ${sql.id(each)}`))
  const own = (name: string) => sql`${sql.id(name)}`
  const zero = names.map(name => sql`0 as ${sql.id(name)}`)
  const zeroReserved = names.map(name => sql`0 as ${sql.id(reservedColumn(name))}`)
  const reserved = names.map(name => sql`sum(${sql.id(name)}) as ${sql.id(reservedColumn(name))}`)
  const entries = sql.id(ctx.tenant, ledger)
  return sql`select parts.*, ${running(ledgerDef(ctx, ledger))} from (
    select key, period, ${sql.join([...names, ...names.map(reservedColumn)].map(name => sql`sum(${sql.id(name)}) as ${sql.id(name)}`))} from (
      select key, '' as period, ${sums(own)}, ${sql.join(zeroReserved)} from ${entries} group by key
      union all select key, period, ${sums(own)}, ${sql.join(zeroReserved)} from ${entries} group by key, period
      union all select key, '', ${sql.join([...zero, ...reserved])} from ${sql.id(ctx.tenant, reservedTable(ledger))} group by key) rows
    group by key, period) parts ${months}`
}

/** Computes every balance anew while nobody posts: after a repair by hand. */
export async function rebuild(ctx: Ctx, ledger: string): Promise<void> {
  demandSystem(ctx)
  const def = ledgerDef(ctx, ledger)
  const names = Object.keys(def.measures)
  const all = [...names, ...names.map(reservedColumn), ...names.map(untilColumn), 'next']
  const balance = sql.id(ctx.tenant, balanceTable(ledger))
  // The key holds the dimensions, in the order of the grain. Rows of one month lie together, as when they are posted month by month.
  const dims = def.balance.map((dim, n) => sql`(s.key::jsonb ->> ${n}::integer)::${sql.raw(dimType(def, dim))}`)
  await write(ctx, async ctx => {
    // As long as the ledger is large: a repair is not cut short like a request.
    await sql`set local statement_timeout = 0`.execute(ctx.db)
    await sql`lock table ${balance} in exclusive mode`.execute(ctx.db)
    await sql`insert into ${balance} (key, period, ${sql.join([...def.balance, ...all].map(name => sql.id(name)))})
      select s.key, s.period, ${sql.join([...dims, ...all.map(name => sql`s.${sql.id(name)}`)])} from (${summed(ctx, ledger)}) s
      order by s.period, s.key
      on conflict (key, period) do update set ${sql.join(all.map(name => sql`${sql.id(name)} = excluded.${sql.id(name)}`))}`.execute(
      ctx.db,
    )
    await sql`delete from ${balance} b where not exists (
      select from (${summed(ctx, ledger)}) s where s.key = b.key and s.period = b.period)`.execute(ctx.db)
  })
}
