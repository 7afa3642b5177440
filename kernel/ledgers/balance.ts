// Balances: locked in one order, read as they are, moved by what a document adds. Nothing else writes them.
import { type Decimal, isDecimal, negate } from '@yingzao/engines/money'
import type { LedgerDef } from '@yingzao/kernel/entity'
import { type RawBuilder, sql } from 'kysely'
import type { Ctx } from '../context.ts'
import type { Sums } from './movement.ts'
import { balanceTable, dimType, reservedColumn, reservedTable } from './table.ts'

export type Amounts = Readonly<Record<string, Decimal>>
export interface Balance {
  readonly key: string
  readonly dims: Readonly<Record<string, string | null>>
  readonly posted: Amounts
  readonly reserved: Amounts
}
type Dims = ReadonlyMap<string, Readonly<Record<string, string | null>>>

export function ledgerDef(ctx: Ctx, ledger: string): LedgerDef {
  const def = ctx.registry.ledgers.get(ledger)?.def
  if (!def) throw new Error(`no ledger "${ledger}" in the registry`)
  return def
}

const decimal = (value: unknown): Decimal => (typeof value === 'string' && isDecimal(value) ? value : '0')
const typed = (def: LedgerDef, dim: string, value: string | null) => sql`${value}::${sql.raw(dimType(def, dim))}`

/**
 * Locks the total rows of these keys until the transaction ends; makes the missing ones. Rows are locked and made one after
 * the other in the order of their keys, and none before it is known whether some must be made: no two documents wait for
 * each other in a circle.
 */
export async function lockBalances(ctx: Ctx, ledger: string, keys: Dims): Promise<Map<string, Balance>> {
  const def = ledgerDef(ctx, ledger)
  const table = sql.id(ctx.tenant, balanceTable(ledger))
  const total = sql`key = any(${[...keys.keys()]}::text[]) and period = ''`
  const lock = async () =>
    (
      await sql<Readonly<Record<string, unknown>>>`select * from ${table} where ${total}
        and (select count(*) from ${table} where ${total}) = ${keys.size} order by key for update`.execute(ctx.db)
    ).rows
  let rows = keys.size === 0 ? [] : await lock()
  if (rows.length < keys.size) {
    const values = [...keys].map(
      ([key, dims]) =>
        sql`(${sql.join([sql`${key}::text`, ...def.balance.map(dim => typed(def, dim, dims[dim] ?? null))])})`,
    )
    // What is there is locked in its turn (`where false`: and left as it is).
    await sql`insert into ${table} as b (${sql.join(['key', 'period', ...def.balance].map(name => sql.id(name)))})
      select v.key, '', ${sql.join(def.balance.map((_, n) => sql`v.${sql.id(`d${n}`)}`))}
      from (values ${sql.join(values)}) as v (${sql.join(['key', ...def.balance.map((_, n) => `d${n}`)].map(name => sql.id(name)))})
      order by v.key on conflict (key, period) do update set key = b.key where false`.execute(ctx.db)
    rows = await lock()
  }
  return new Map(
    rows.map(row => {
      const amounts = (name: (measure: string) => string) =>
        Object.fromEntries(Object.keys(def.measures).map(measure => [measure, decimal(row[name(measure)])]))
      const dims = Object.fromEntries(
        def.balance.map(dim => [dim, typeof row[dim] === 'string' ? row[dim] : null] as const),
      )
      const key = String(row.key)
      return [key, { key, dims, posted: amounts(each => each), reserved: amounts(reservedColumn) }]
    }),
  )
}

export interface Shift {
  readonly key: string
  /** '' for the total. */
  readonly period: string
  readonly posted?: Amounts
  readonly reserved?: Amounts
}

/** Adds to balance rows. Their total rows are locked already, which guards the rows of the periods as well. */
export function shiftBalances(
  ctx: Ctx,
  ledger: string,
  locked: ReadonlyMap<string, Balance>,
  shifts: readonly Shift[],
): RawBuilder<unknown> {
  const def = ledgerDef(ctx, ledger)
  const measures = Object.entries(def.measures)
  const names = [...measures.map(([name]) => name), ...measures.map(([name]) => reservedColumn(name))]
  const rows = shifts.map(({ key, period, posted = {}, reserved = {} }) => {
    const dims = locked.get(key)?.dims ?? {}
    const amounts = [
      ...measures.map(([name]) => posted[name] ?? '0'),
      ...measures.map(([name]) => reserved[name] ?? '0'),
    ]
    return sql`(${sql.join([
      sql`${key}`,
      sql`${period}`,
      ...def.balance.map(dim => typed(def, dim, dims[dim] ?? null)),
      ...amounts.map(value => sql`${value}::numeric`),
    ])})`
  })
  return sql`insert into ${sql.id(ctx.tenant, balanceTable(ledger))} as b
    (${sql.join(['key', 'period', ...def.balance, ...names].map(name => sql.id(name)))}) values ${sql.join(rows)}
    on conflict (key, period) do update set
      ${sql.join(names.map(name => sql`${sql.id(name)} = b.${sql.id(name)} + excluded.${sql.id(name)}`))}`
}

/** What a document has reserved in a ledger, by key. */
export async function reservedBy(ctx: Ctx, ledger: string, document: string): Promise<Sums> {
  const measures = Object.keys(ledgerDef(ctx, ledger).measures)
  const { rows } = await sql<Readonly<Record<string, unknown>>>`select key,
      ${sql.join(measures.map(name => sql`sum(${sql.id(name)}) as ${sql.id(name)}`))}
    from ${sql.id(ctx.tenant, reservedTable(ledger))} where document = ${document}::uuid group by key`.execute(ctx.db)
  return new Map(
    rows.map(row => [String(row.key), Object.fromEntries(measures.map(name => [name, decimal(row[name])]))]),
  )
}

export const negated = (amounts: Amounts): Record<string, Decimal> =>
  Object.fromEntries(Object.entries(amounts).map(([name, value]) => [name, negate(value)]))
