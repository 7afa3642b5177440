// 月结: the months of a company's books that are closed. What is posted late keeps its day and counts in the first open month.
import type { PlainDate } from '@yingzao/kernel/entity'
import { type CompiledQuery, sql } from 'kysely'
import type { Ctx } from '../context.ts'
import { together } from '../driver.ts'
import { write } from '../records/transaction.ts'
import { refuse } from '../refuse.ts'
import type { Row } from './balance.ts'

/** By company: the last closed month, "2026-10". */
export type Closed = ReadonlyMap<string, string>

const monthPattern = /^\d{4}-(0[1-9]|1[0-2])$/
export const isMonth = (text: unknown): text is string => typeof text === 'string' && monthPattern.test(text)

export function monthAfter(month: string): string {
  const [year = 0, number = 0] = month.split('-').map(Number)
  return number === 12
    ? `${String(year + 1).padStart(4, '0')}-01`
    : `${month.slice(0, 5)}${String(number + 1).padStart(2, '0')}`
}

const lockOf = (ctx: Ctx, company: string) => `${ctx.tenant} month ${company}`

/**
 * Asks what is closed and holds it until the transaction ends: whoever closes or reopens waits for those who post, and they for
 * him. Taken before any balance. The last statement sees what was committed while those before it waited.
 */
export function askClosed(ctx: Ctx, companies: readonly string[]): readonly CompiledQuery<Row>[] {
  const ids = [...new Set(companies)].sort()
  if (ids.length === 0) return []
  const hold = (id: string) => sql<Row>`select pg_advisory_xact_lock_shared(hashtextextended(${lockOf(ctx, id)}, 0))`
  const read = sql<Row>`select company, through from ${sql.id(ctx.tenant, 'closed_month')}
    where company = any(${ids}::uuid[])`
  return [...ids.map(hold), read].map(each => each.compile(ctx.db))
}
export const closedFrom = (found: readonly (readonly Row[])[]): Closed =>
  new Map((found.at(-1) ?? []).map(({ company, through }) => [String(company), String(through)]))

export const holdClosed = async (ctx: Ctx, companies: readonly string[]): Promise<Closed> =>
  closedFrom(await together(ctx.db, askClosed(ctx, companies)))

/** The month an entry counts in: that of its day, or the first one that is open. Without a company nothing is closed. */
export function openMonth(closed: Closed, company: string | null, on: PlainDate): string {
  const month = on.slice(0, 7)
  const through = company === null ? undefined : closed.get(company)
  return through !== undefined && month <= through ? monthAfter(through) : month
}

/** The last closed month of a company, null when none is. */
export async function monthsClosed(ctx: Ctx, company: string): Promise<string | null> {
  const { rows } = await sql<{ through: string }>`select through from ${sql.id(ctx.tenant, 'closed_month')}
    where company = ${company}::uuid`.execute(ctx.db)
  return rows[0]?.through ?? null
}

/**
 * Closes a company's books through a month, or reopens them down to it (null: all). Waits for those who are posting. For
 * services that checked the right and keep the record of it.
 */
export const closeMonths = (ctx: Ctx, company: string, through: string | null): Promise<void> =>
  write(ctx, async ctx => {
    await sql`select pg_advisory_xact_lock(hashtextextended(${lockOf(ctx, company)}, 0))`.execute(ctx.db)
    const table = sql.id(ctx.tenant, 'closed_month')
    if (through === null) await sql`delete from ${table} where company = ${company}::uuid`.execute(ctx.db)
    else
      await sql`insert into ${table} (company, through) values (${company}::uuid, ${through})
        on conflict (company) do update set through = excluded.through`.execute(ctx.db)
  })

/** 作废 takes entries out of the month they stand in, so that month must be open. */
export function demandOpen(
  closed: Closed,
  entries: readonly { readonly company: string | null; readonly period: string }[],
) {
  for (const { company, period } of entries) {
    const through = company === null ? undefined : closed.get(company)
    if (through !== undefined && period <= through) throw refuse('document.month_closed', { month: period })
  }
}
