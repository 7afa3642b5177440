// metrics(): declared numbers over a ledger, split by its dimensions, as of any day. Sums in PostgreSQL, formulas over the sums.

import { compileToSql } from '@yingzao/engines/formula'
import { add, type Decimal, isDecimal, round } from '@yingzao/engines/money'
import type { LedgerDef, MetricAnswer, MetricQuery, MetricRow, MetricUnit } from '@yingzao/kernel/entity'
import { sql } from 'kysely'
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
  // One statement for those that count the same rows.
  const groups = new Map<string, CompiledMetric[]>()
  for (const each of asked) {
    const key = JSON.stringify([each.metric.of, each.metric.where ?? {}, each.seen, each.metric.per ?? null])
    groups.set(key, [...(groups.get(key) ?? []), each])
  }
  for (const group of groups.values()) {
    const [first] = group
    if (first?.metric.per) {
      await addSummed(ctx, group, query, total, key => rowOf(key))
      continue
    }
    const found = await sumsOf(ctx, group, query)
    const all: Record<string, Decimal> = {}
    for (const { key, sums } of found) {
      const row = rowOf(key)
      for (const each of group) row.values[each.metric.name] = valueOver(ctx, each, sums)
      for (const [name, sum] of Object.entries(sums)) all[name] = add(all[name] ?? '0', sum)
    }
    for (const each of group) total[each.metric.name] = found.length === 0 ? null : valueOver(ctx, each, all)
  }
  return { rows: [...rows.values()], total }
}

async function sumsOf(
  ctx: Ctx,
  group: readonly CompiledMetric[],
  query: MetricQuery,
): Promise<{ key: (string | null)[]; sums: Sums }[]> {
  const [first] = group
  if (!first) return []
  const def = ledgerDef(ctx, first.metric.of)
  const source = sourceOf(ctx, first, def, query)
  if (!source) return []
  const measures = [...new Set(group.flatMap(each => each.measures))]
  const by = query.by ?? []
  const columns = [
    ...by.map((name, at) => sql`t.${sql.id(name)}::text as ${sql.id(`k${at}`)}`),
    ...measures.map((name, at) => sql`sum(t.${sql.id(name)})::text as ${sql.id(`m${at}`)}`),
    sql`count(*)::int as n`,
  ]
  const grouping = by.length === 0 ? sql`` : sql`group by ${sql.join(by.map((_, at) => sql.raw(String(at + 1))))}`
  const { rows } = await sql<Record<string, string | number | null>>`select ${sql.join(columns)} from ${source.from}
    where ${source.conditions} ${grouping} limit ${most + 1}`.execute(ctx.db)
  if (rows.length > most) throw refuse('query.groups', { max: most })
  return rows
    .filter(row => row.n !== 0)
    .map(row => ({
      key: by.map((_, at) => asText(row[`k${at}`])),
      sums: Object.fromEntries(measures.map((name, at) => [name, asDecimal(def, name, row[`m${at}`])])),
    }))
}

const asText = (value: unknown): string | null => (typeof value === 'string' ? value : null)
const asDecimal = (def: LedgerDef, name: string, value: unknown): Decimal =>
  round(
    typeof value === 'string' && isDecimal(value) ? value : '0',
    def.measures[name.replace(/_reserved$/, '')] ?? def.measures[name] ?? 0,
  )

/** Those whose formula is taken for each of some dimensions: PostgreSQL computes and sums them. */
async function addSummed(
  ctx: Ctx,
  group: readonly CompiledMetric[],
  query: MetricQuery,
  total: Record<string, Decimal | null>,
  rowOf: (key: MetricRow['key']) => { values: Record<string, Decimal | null> },
): Promise<void> {
  for (const { metric } of group) total[metric.name] = null
  const [first] = group
  const def = first && ledgerDef(ctx, first.metric.of)
  const by = query.by ?? []
  const grain = [...new Set([...by, ...(first?.metric.per ?? [])])]
  const source = first && def && sourceOf(ctx, first, def, { ...query, by: grain })
  if (!source) return
  const values = group.map(each => {
    const { text, values } = compileToSql(each.ast, {
      ...{ environment: each.environment, today: ctx.today, now: ctx.now, user: ctx.principal.user },
      column: ([name = '']) => `sum(t."${name}")`,
    })
    return spliced(text, values, [])
  })
  const grouping = grain.map((_, at) => sql.raw(String(at + 1)))
  const { rows } = await sql<Record<string, string | null>>`
    select ${sql.join([...by.map((_, at) => sql`${sql.id(`k${at}`)}`), ...group.map((_, at) => sql`sum(${sql.id(`v${at}`)})::text as ${sql.id(`v${at}`)}`)])} from (
      select ${sql.join([...grain.map((name, at) => sql`t.${sql.id(name)}::text as ${sql.id(`k${at}`)}`), ...values.map((value, at) => sql`${value} as ${sql.id(`v${at}`)}`)])}
      from ${source.from} where ${source.conditions} group by ${sql.join(grouping)}) g
    ${by.length === 0 ? sql`` : sql`group by ${sql.join(by.map((_, at) => sql.raw(String(at + 1))))}`} limit ${most + 1}`.execute(
    ctx.db,
  )
  if (rows.length > most) throw refuse('query.groups', { max: most })
  for (const row of rows)
    for (const [at, { metric }] of group.entries()) {
      const found = row[`v${at}`]
      if (found === null || found === undefined || !isDecimal(found)) continue
      const value = written(metric.unit, found)
      rowOf(by.map((_, at) => asText(row[`k${at}`]))).values[metric.name] = value
      total[metric.name] = add(total[metric.name] ?? '0', value)
    }
}

const written = (unit: MetricUnit, value: Decimal): Decimal =>
  unit === 'money' ? round(value, 2) : unit === 'share' ? round(value, 6) : value

export function valueOver(ctx: Ctx, { value, metric }: CompiledMetric, sums: Sums): Decimal | null {
  const found = value({ fields: sums, today: ctx.today, now: ctx.now, user: ctx.principal.user })
  if (typeof found !== 'string' || !isDecimal(found)) return null
  return written(metric.unit, found)
}
