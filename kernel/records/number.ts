// Numbers of records and documents: a row-locked counter per company and period, taken last, never given twice in a group.
import type { PlainDate } from '@yingzao/kernel/entity'
import { sql } from 'kysely'
import type { Ctx } from '../context.ts'
import type { Shape } from '../registry/shape.ts'

const sequence = /\{seq:(\d+)\}/
/** `{direction:income=SR,expense=ZC}`: the word that stands for the value of a choice; the first one for none of them. */
const chosen = /\{(\w+):([^{}]*=[^{}]*)\}/g

/** The choice fields a pattern asks for, with the values it has words for. */
export const choicesOf = (pattern: string): { readonly field: string; readonly values: readonly string[] }[] =>
  [...pattern.matchAll(chosen)].map(([, field = '', words = '']) => ({
    field,
    values: words.split(',').map(each => each.split('=')[0] ?? ''),
  }))

/**
 * What stands around the running number on a day: `XM-202611-` of `XM-{yyyy}{mm}-{seq:4}`. A part that a field decides takes
 * its first text where the record says none of them.
 */
export function numberParts(
  pattern: string,
  day: PlainDate,
  values: Readonly<Record<string, unknown>> = {},
): { readonly before: string; readonly after: string; readonly digits: number } | null {
  const [year = '', month = '', date = ''] = day.split('-')
  const dated = pattern
    .replace(chosen, (_, field: string, words: string) => {
      const pairs = words.split(',').map(each => each.split('='))
      return (pairs.find(([value]) => value === values[field]) ?? pairs[0])?.[1] ?? ''
    })
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
 * Takes `count` numbers for a company (null: for all). A company below the root that has a short code counts for itself and
 * its code stands in front (`JS-XM-202611-0001`); all others share one counter: whoever reads several companies never meets
 * the same number twice. The counter stays locked until the transaction ends, so call it after everything that may wait or
 * refuse. A rolled back number is given to the next: there are no gaps.
 */
export async function takeNumbers(
  ctx: Ctx,
  shape: Shape,
  company: string | null,
  count: number,
  values: Readonly<Record<string, unknown>> = {},
): Promise<string[]> {
  const parts = numberParts(shape.def.number ?? '', ctx.today, values)
  if (!parts || count === 0) return []
  const table = sql.id(ctx.tenant, 'number_counter')
  const [head, tail] = [`${shape.name}|`, `|${parts.before}|${parts.after}`]
  // Companies without a code once counted apart: the shared counter goes on behind the highest of them.
  const { rows } = await sql<{ last: number; code: string | null }>`
    with own as (select id, code from ${sql.id(ctx.tenant, 'org_unit')}
      where id = ${company}::uuid and parent is not null and code is not null and code <> ''),
    counter as (select ${head}::text || coalesce((select id::text from own), '') || ${tail}::text as name)
    insert into ${table} as c (name, last)
    select name, ${count}::int + case when exists (select from own) or exists (select from ${table} known where known.name = counter.name)
      then 0 else coalesce((select max(other.last) from ${table} other
        where starts_with(other.name, ${head}) and right(other.name, length(${tail}::text)) = ${tail}::text
          and not exists (select from ${sql.id(ctx.tenant, 'org_unit')} unit where unit.id::text = split_part(other.name, '|', 2)
            and unit.parent is not null and unit.code is not null and unit.code <> '')), 0) end from counter
    on conflict (name) do update set last = c.last + ${count}::int
    returning last, (select code from own) as code`.execute(ctx.db)
  const { last = count, code = null } = rows[0] ?? {}
  const front = code === null ? parts.before : `${code}-${parts.before}`
  return Array.from({ length: count }, (_, index) => {
    const number = last - count + 1 + index
    return `${front}${String(number).padStart(parts.digits, '0')}${parts.after}`
  })
}

/** The companies in the order in which everybody takes their numbers, so that two imports cannot wait for each other. */
export async function inCounterOrder(
  ctx: Ctx,
  companies: readonly (string | null)[],
): Promise<readonly (string | null)[]> {
  if (companies.length < 2) return companies
  const { rows } = await sql<{ id: string }>`select id from ${sql.id(ctx.tenant, 'org_unit')}
    where id = any(${companies.filter(each => each !== null)}::uuid[])
      and parent is not null and code is not null and code <> ''`.execute(ctx.db)
  const apart = new Set(rows.map(row => row.id))
  // The shared counter first.
  const rank = (company: string | null) => (company !== null && apart.has(company) ? `1${company}` : '0')
  return [...companies].sort((a, b) => (rank(a) < rank(b) ? -1 : 1))
}

/** The company a record's numbers run in. */
export function companyOf(shape: Shape, values: Readonly<Record<string, unknown>>): string | null {
  const company = shape.def.place?.company
  const value = company === undefined ? null : values[company]
  return typeof value === 'string' ? value : null
}
