// metrics(): declared numbers over a ledger, split by its dimensions, as of any day. Sums in PostgreSQL, formulas over the sums.

import { compileToSql } from '@yingzao/engines/formula'
import { add, type Decimal, isDecimal, round } from '@yingzao/engines/money'
import type { LedgerDef, MetricAnswer, MetricQuery, MetricRow, MetricUnit } from '@yingzao/kernel/entity'
import { type RawBuilder, sql } from 'kysely'
import type { Ctx } from '../context.ts'
import { ledgerDef } from '../ledgers/balance.ts'
import { spliced } from '../query/splice.ts'
import { refuse } from '../refuse.ts'
import type { CompiledMetric } from './compile.ts'
import { sourceOf } from './source.ts'

const most = 50_000
const mostAsked = 40

type Sums = Readonly<Record<string, Decimal>>

export function metricOf(ctx: Ctx, name: string): CompiledMetric {
  const found = ctx.registry.numbers.get(name)
  if (!found) throw refuse('metric.unknown', { name })
  return found
}

/**
 * Values of metrics by the dimensions of `by`, and in all. Metrics of several ledgers are asked one ledger after the other;
 * rows are united by their keys. A reader who may see none of it gets no rows and totals without a value.
 *
 * @throws Refusal `metric.unknown`, `metric.dimension`, `metric.day`, `metric.groups`
 */
export async function metrics(ctx: Ctx, names: readonly string[], query: MetricQuery = {}): Promise<MetricAnswer> {
  if (names.length > mostAsked) throw refuse('query.limit', { max: mostAsked })
  const asked = [...new Set(names)].map(name => metricOf(ctx, name))
  const rows = new Map<string, { key: MetricRow['key']; values: Record<string, Decimal | null> }>()
  const total: Record<string, Decimal | null> = {}
  const rowOf = (key: MetricRow['key']) => {
    const id = JSON.stringify(key)
    const row = rows.get(id) ?? { key, values: Object.fromEntries(asked.map(({ metric }) => [metric.name, null])) }
    rows.set(id, row)
    return row
  }
  for (const group of togetherRead(asked)) {
    const found = await sumsOf(ctx, group, query)
    const all: Record<string, Decimal> = {}
    const some = new Map<string, Decimal>()
    for (const { key, sums, values } of found) {
      const row = rowOf(key)
      for (const each of group.plain) row.values[each.metric.name] = valueOver(ctx, each, sums)
      for (const [name, sum] of Object.entries(sums)) all[name] = add(all[name] ?? '0', sum)
      for (const [name, value] of values) {
        row.values[name] = value
        some.set(name, add(some.get(name) ?? '0', value))
      }
    }
    for (const each of group.plain) total[each.metric.name] = found.length === 0 ? null : valueOver(ctx, each, all)
    for (const { metric } of group.each) total[metric.name] = some.get(metric.name) ?? null
  }
  return { rows: [...rows.values()], total }
}

/** One statement for those that count the same rows. */
interface Group {
  /** Formulas over the sums. */
  readonly plain: readonly CompiledMetric[]
  /** Formulas taken for each of the same dimensions: PostgreSQL computes and sums them. */
  readonly each: readonly CompiledMetric[]
}

function togetherRead(asked: readonly CompiledMetric[]): Group[] {
  type Parts = { readonly plain: CompiledMetric[]; readonly each: Map<string, CompiledMetric[]> }
  const groups = new Map<string, Parts>()
  for (const found of asked) {
    const { of, where = {}, per } = found.metric
    const key = JSON.stringify([of, where, found.seen])
    const group: Parts = groups.get(key) ?? { plain: [], each: new Map() }
    groups.set(key, group)
    if (per) group.each.set(per.join(), [...(group.each.get(per.join()) ?? []), found])
    else group.plain.push(found)
  }
  return [...groups.values()].flatMap(({ plain, each }) => {
    const lists = [...each.values()]
    return [{ plain, each: lists[0] ?? [] }, ...lists.slice(1).map(each => ({ plain: [], each }))]
  })
}

async function sumsOf(
  ctx: Ctx,
  { plain, each }: Group,
  query: MetricQuery,
): Promise<{ key: (string | null)[]; sums: Sums; values: (readonly [string, Decimal])[] }[]> {
  const [first] = [...plain, ...each]
  if (!first) return []
  const def = ledgerDef(ctx, first.metric.of)
  const by = query.by ?? []
  const grain = [...new Set([...by, ...(each[0]?.metric.per ?? [])])]
  const source = sourceOf(ctx, first, def, { ...query, by: grain })
  if (!source) return []
  // Of a past day nothing is held: no sums of zeros.
  const none = (name: string) => query.until !== undefined && !(name in def.measures)
  const sum = (name: string) =>
    none(name) ? sql`0::numeric` : source.single ? sql`t.${sql.id(name)}` : sql`sum(t.${sql.id(name)})`
  const measures = [...new Set(plain.flatMap(each => each.measures))]
  const values = each.map(({ ast, environment }) => {
    const { text, values } = compileToSql(ast, {
      ...{ environment, today: ctx.today, now: ctx.now, user: ctx.principal.user },
      column: ([name = '']) => (none(name) ? '0::numeric' : source.single ? `t."${name}"` : `sum(t."${name}")`),
    })
    return spliced(text, values, [])
  })
  const named = (prefix: string, list: readonly unknown[]) => list.map((_, at) => sql.id(`${prefix}${at}`))
  const keys = (names: readonly string[]) => named('k', names)
  const grouped = (names: readonly RawBuilder<unknown>[]) =>
    names.length === 0 || source.single ? sql`` : sql`group by ${sql.join(names)}`
  const inner = sql`select ${sql.join([
    ...grain.map((name, at) => sql`t.${sql.id(name)} as ${sql.id(`k${at}`)}`),
    ...measures.map((name, at) => sql`${sum(name)} as ${sql.id(`m${at}`)}`),
    ...values.map((value, at) => sql`${value} as ${sql.id(`v${at}`)}`),
    source.single ? sql`1 as n` : sql`count(*) as n`,
  ])} from ${source.from} where ${source.conditions} ${grouped(grain.map(name => sql`t.${sql.id(name)}`))}`
  const outer = (amount: (column: RawBuilder<unknown>) => RawBuilder<unknown>) =>
    sql.join([
      ...keys(by).map(column => sql`${column}::text as ${column}`),
      ...[...named('m', measures), ...named('v', values)].map(column => sql`${amount(column)}::text as ${column}`),
      sql`${amount(sql`n`)}::integer as n`,
    ])
  // Where no formula is taken for parts, the parts are what is asked for.
  const { rows } = await sql<Record<string, string | number | null>>`select ${
    each.length === 0 ? outer(column => column) : outer(column => sql`sum(${column})`)
  } from (${inner}) g ${each.length === 0 || by.length === 0 ? sql`` : sql`group by ${sql.join(keys(by))}`}
    limit ${most + 1}`.execute(ctx.db)
  if (rows.length > most) throw refuse('query.groups', { max: most })
  return rows
    .filter(row => row.n !== 0 && row.n !== null)
    .map(row => ({
      key: by.map((_, at) => asText(row[`k${at}`])),
      sums: Object.fromEntries(measures.map((name, at) => [name, asDecimal(def, name, row[`m${at}`])])),
      values: each.flatMap(({ metric }, at) => {
        const found = row[`v${at}`]
        return typeof found === 'string' && isDecimal(found)
          ? [[metric.name, written(metric.unit, found)] as const]
          : []
      }),
    }))
}

const asText = (value: unknown): string | null => (typeof value === 'string' ? value : null)
const asDecimal = (def: LedgerDef, name: string, value: unknown): Decimal =>
  round(
    typeof value === 'string' && isDecimal(value) ? value : '0',
    def.measures[name.replace(/_reserved$/, '')] ?? def.measures[name] ?? 0,
  )

const written = (unit: MetricUnit, value: Decimal): Decimal =>
  unit === 'money' ? round(value, 2) : unit === 'share' ? round(value, 6) : value

export function valueOver(ctx: Ctx, { value, metric }: CompiledMetric, sums: Sums): Decimal | null {
  const found = value({ fields: sums, today: ctx.today, now: ctx.now, user: ctx.principal.user })
  if (typeof found !== 'string' || !isDecimal(found)) return null
  return written(metric.unit, found)
}
