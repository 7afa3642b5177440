// Balances: locked in one order, read as they are, moved by what a document adds. Nothing else writes them.
import { type Decimal, isDecimal, isZero, negate } from '@yingzao/engines/money'
import type { LedgerDef } from '@yingzao/kernel/entity'
import { type CompiledQuery, type RawBuilder, sql } from 'kysely'
import type { Ctx } from '../context.ts'
import { columnsOf, heldColumn } from './columns.ts'
import type { Sums } from './movement.ts'
import { balanceTable, dimType, noNext, reservedColumn, reservedTable, untilColumn } from './table.ts'

export type Amounts = Readonly<Record<string, Decimal>>
export interface Balance {
  readonly key: string
  readonly dims: Readonly<Record<string, string | null>>
  readonly posted: Amounts
  readonly reserved: Amounts
  /** The last month that something was posted to; '' when nothing was. */
  readonly last: string
}
type Dims = ReadonlyMap<string, Readonly<Record<string, string | null>>>

export function ledgerDef(ctx: Ctx, ledger: string): LedgerDef {
  const def = ctx.registry.ledgers.get(ledger)?.def
  if (!def) throw new Error(`no ledger "${ledger}" in the registry`)
  return def
}

const decimal = (value: unknown): Decimal => (typeof value === 'string' && isDecimal(value) ? value : '0')

export interface Opened {
  /** Total rows by key, locked until the transaction ends. */
  readonly locked: ReadonlyMap<string, Balance>
  /** What the document has reserved, by key. */
  readonly held: Sums
}
export type Row = Readonly<Record<string, unknown>>

/**
 * Locks the total rows of these keys and of what the document has reserved, if all of them are there: one after the other in the
 * order of their keys, and none before it is known whether some must be made, so that no two documents wait for each other in a
 * circle. Its rows are for `openBalances`.
 */
export function askBalances(ctx: Ctx, ledger: string, document: string, keys: Dims): CompiledQuery<Row> {
  const { held, opened } = columnsOf(ledgerDef(ctx, ledger))
  const table = sql.id(ctx.tenant, balanceTable(ledger))
  return sql<Row>`with held as (
      select key, ${held}
      from ${sql.id(ctx.tenant, reservedTable(ledger))} where document = ${document}::uuid group by key),
    wanted as (select unnest(${[...keys.keys()]}::text[]) as key union select key from held)
    select ${opened}, h.key is not null as _held
    from ${table} b left join held h on h.key = b.key
    where b.key in (select key from wanted) and b.period = ''
      and (select count(*) from ${table} t where t.key in (select key from wanted) and t.period = '') = (select count(*) from wanted)
    order by b.key for update of b`.compile(ctx.db)
}

/** What `askBalances` found; rows of keys that are new are made first. */
export async function openBalances(
  ctx: Ctx,
  ledger: string,
  document: string,
  keys: Dims,
  asked: readonly Row[],
): Promise<Opened> {
  const def = ledgerDef(ctx, ledger)
  const names = Object.keys(def.measures)
  let rows = asked
  if (rows.length < keys.size) {
    const values = [...keys].map(([key, dims]) => ({ key, ...dims }))
    const columns = ['key', ...def.balance].map(name => sql.id(name))
    const types = def.balance.map(dim => sql`${sql.id(dim)} ${sql.raw(dimType(def, dim))}`)
    // What is there is locked in its turn (`where false`: and left as it is).
    await sql`insert into ${sql.id(ctx.tenant, balanceTable(ledger))} as b (period, ${sql.join(columns)})
      select '', ${sql.join(columns)} from jsonb_to_recordset(${JSON.stringify(values)}::jsonb) as v(${sql.join([sql`key text`, ...types])})
      order by key on conflict (key, period) do update set key = b.key where false`.execute(ctx.db)
    rows = (await ctx.db.executeQuery(askBalances(ctx, ledger, document, keys))).rows
  }
  const amounts = (row: Row, name: (measure: string) => string): Record<string, Decimal> =>
    Object.fromEntries(names.map(measure => [measure, decimal(row[name(measure)])]))
  const locked = rows.map(row => {
    const dims = Object.fromEntries(
      def.balance.map(dim => [dim, typeof row[dim] === 'string' ? row[dim] : null] as const),
    )
    const key = String(row.key)
    const last = typeof row.next === 'string' ? row.next : ''
    return [
      key,
      { key, dims, posted: amounts(row, each => each), reserved: amounts(row, reservedColumn), last },
    ] as const
  })
  const held = rows.flatMap(row => (row._held === true ? [[String(row.key), amounts(row, heldColumn)] as const] : []))
  return { locked: new Map(locked), held: new Map(held) }
}

export interface Shift {
  readonly key: string
  /** '' for the total. */
  readonly period: string
  readonly posted?: Amounts
  readonly reserved?: Amounts
  /** Of the total: a month that is its last from now on. */
  readonly last?: string
}

/**
 * Adds to balance rows. Their total rows are locked already, which guards the rows of the periods as well. A month that is not
 * the last of its balance leaves those after it to `settled`.
 */
export function shiftBalances(
  ctx: Ctx,
  ledger: string,
  locked: ReadonlyMap<string, Balance>,
  shifts: readonly Shift[],
): RawBuilder<unknown> {
  const def = ledgerDef(ctx, ledger)
  const { balance, balanceValues, balanceTypes, added } = columnsOf(def)
  const rows = shifts.map(({ key, period, posted = {}, reserved = {}, last = '' }) => ({
    ...{ key, period, ...locked.get(key)?.dims },
    ...moved(posted, name => name),
    ...moved(reserved, reservedColumn),
    ...(period === '' ? {} : moved(posted, untilColumn)),
    next: period === '' ? last : noNext,
  }))
  // One parameter however many rows there are: the statement stays the same, and so its plan.
  return sql`insert into ${sql.id(ctx.tenant, balanceTable(ledger))} as b (${balance})
    select ${balanceValues} from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as x(${balanceTypes})
    on conflict (key, period) do update set next = greatest(b.next, excluded.next), ${added}`
}

/** What is not 0, by its column. */
const moved = (amounts: Amounts, column: (measure: string) => string): Record<string, Decimal> =>
  Object.fromEntries(
    Object.entries(amounts).flatMap(([name, value]) => (isZero(value) ? [] : [[column(name), value] as const])),
  )

export const negated = (amounts: Amounts): Record<string, Decimal> =>
  Object.fromEntries(Object.entries(amounts).map(([name, value]) => [name, negate(value)]))
