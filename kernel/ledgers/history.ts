// Running balances: each month's row of a balance also says what was posted up to its end and which month follows it, so that a
// past day is one row of each balance and a part of one month's entries, however many months there were (ADR 0028).
import type { LedgerDef } from '@yingzao/kernel/entity'
import { type RawBuilder, sql } from 'kysely'
import { balanceTable, noNext, untilColumn } from './table.ts'

/** Of rows with `key`, `period` and measures, which `months` is a window over: the columns that follow from the rows before and after. */
export const running = (def: LedgerDef): RawBuilder<unknown> =>
  sql.join([
    ...Object.keys(def.measures).map(
      name =>
        sql`coalesce(sum(${sql.id(name)}) filter (where period <> '') over months, 0) as ${sql.id(untilColumn(name))}`,
    ),
    sql`case when period = '' then max(period) over (partition by key)
      else coalesce(lead(period) over months, ${sql.lit(noNext)}) end as next`,
  ])
export const months = sql`window months as (partition by key order by period)`

/**
 * Follows up what was added to rows of months, for these balances (null: all). Their total rows are locked. A month that is
 * already the last of its balance needs no more than the addition itself.
 */
export function settled(
  tenant: string,
  ledger: string,
  def: LedgerDef,
  keys: readonly string[] | null,
): RawBuilder<unknown> {
  const table = sql.id(tenant, balanceTable(ledger))
  const columns = [...Object.keys(def.measures).map(untilColumn), 'next'].map(name => sql.id(name))
  return sql`update ${table} b set ${sql.join(columns.map(column => sql`${column} = w.${column}`))}
    from (select key, period, ${running(def)} from ${table}
      ${keys === null ? sql`` : sql`where key = any(${[...keys]}::text[])`} ${months}) w
    where b.key = w.key and b.period = w.period
      and (${sql.join(columns.map(column => sql`b.${column}`))}) is distinct from (${sql.join(columns.map(column => sql`w.${column}`))})`
}
