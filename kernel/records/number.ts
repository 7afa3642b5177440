// Numbers of records and documents: one row-locked counter per company and period, taken last, never given twice.
import type { PlainDate } from '@yingzao/kernel/entity'
import { sql } from 'kysely'
import type { Ctx } from '../context.ts'
import type { Shape } from '../registry/shape.ts'

const sequence = /\{seq:(\d+)\}/

/** What stands around the running number on a day: `XM-202611-` of `XM-{yyyy}{mm}-{seq:4}`. */
export function numberParts(
  pattern: string,
  day: PlainDate,
): { readonly before: string; readonly after: string; readonly digits: number } | null {
  const [year = '', month = '', date = ''] = day.split('-')
  const dated = pattern
    .replaceAll('{yyyy}', year)
    .replaceAll('{yy}', year.slice(2))
    .replaceAll('{mm}', month)
    .replaceAll('{dd}', date)
  const found = sequence.exec(dated)
  if (!found || /[{}]/.test(dated.replace(sequence, ''))) return null
  return {
    before: dated.slice(0, found.index),
    after: dated.slice(found.index + found[0].length),
    digits: Number(found[1]),
  }
}

/**
 * Takes `count` numbers for a company (null: for all). Its counter stays locked until the transaction ends, so call it
 * after everything that may wait or refuse. A rolled back number is given to the next: there are no gaps.
 */
export async function takeNumbers(ctx: Ctx, shape: Shape, company: string | null, count: number): Promise<string[]> {
  const parts = numberParts(shape.def.number ?? '', ctx.today)
  if (!parts || count === 0) return []
  const name = [shape.name, company ?? '', parts.before, parts.after].join('|')
  const { rows } = await sql<{ last: number }>`insert into ${sql.id(ctx.tenant, 'number_counter')} as c (name, last)
    values (${name}, ${count}) on conflict (name) do update set last = c.last + ${count} returning last`.execute(ctx.db)
  const last = rows[0]?.last ?? count
  return Array.from({ length: count }, (_, index) => {
    const number = last - count + 1 + index
    return `${parts.before}${String(number).padStart(parts.digits, '0')}${parts.after}`
  })
}

/** The company a record's numbers run in. */
export function companyOf(shape: Shape, values: Readonly<Record<string, unknown>>): string | null {
  const company = shape.def.place?.company
  const value = company === undefined ? null : values[company]
  return typeof value === 'string' ? value : null
}
