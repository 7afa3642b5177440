// What a number is made of: its entries with their documents, newest first; and what it is and who sees it.
import { isDecimal, round } from '@yingzao/engines/money'
import {
  type Id,
  isId,
  isPlainDate,
  type LedgerDef,
  type MetricEntries,
  type MetricEntry,
  type MetricMeta,
  type MetricQuery,
  type PlainDate,
} from '@yingzao/kernel/entity'
import { sql } from 'kysely'
import { fieldRight } from '../access/rights.ts'
import type { Ctx } from '../context.ts'
import { ledgerDef } from '../ledgers/balance.ts'
import { reservedColumn, reservedTable } from '../ledgers/table.ts'
import { titlesOf } from '../records/title.ts'
import { refuse } from '../refuse.ts'
import { shapeOf } from '../registry.ts'
import type { CompiledMetric } from './compile.ts'
import { metricOf } from './read.ts'
import { sourceOf } from './source.ts'

const page = 50

/**
 * Entries that a metric counts, fifty at a time. A document its reader may not see is counted and not named.
 *
 * @param after `next` of the page before
 */
export async function metricEntries(
  ctx: Ctx,
  name: string,
  query: Omit<MetricQuery, 'by'>,
  after: string | null = null,
): Promise<MetricEntries> {
  const found = metricOf(ctx, name)
  const def = ledgerDef(ctx, found.metric.of)
  const source = sourceOf(ctx, found, def, query, true)
  if (!source) return { items: [], pending: [], next: null }
  const from = cursorOf(after)
  const measures = Object.keys(def.measures).filter(each => found.measures.includes(each))
  const earlier =
    from.entry === null || from.entry === ended
      ? sql`true`
      : sql`(t."on", t.id) < (${from.entry.on}::date, ${from.entry.id}::uuid)`
  const rows =
    measures.length === 0 || from.entry === ended
      ? []
      : (
          await sql<Row>`select t.id, t."on"::text as "on", t.period, t.entity, t.document,
      ${sql.join([...Object.keys(def.dims), 'project', ...measures].map(each => sql`t.${sql.id(each)}::text as ${sql.id(each)}`))}
    from ${source.from} where ${source.conditions} and (${nonzero(measures)}) and ${earlier}
    order by t."on" desc, t.id desc limit ${page + 1}`.execute(ctx.db)
        ).rows
  const shown = rows.slice(0, page)
  const held =
    query.until === undefined && from.held !== ended ? await pendingOf(ctx, found, def, query, from.held) : []
  const pending = held.slice(0, page)
  const present = await presenter(ctx, def, [...shown, ...pending])
  const [last, lastHeld] = [shown.at(-1), pending.at(-1)]
  const entryNext = rows.length > page && last ? `${String(last.on)} ${String(last.id)}` : ended
  const heldNext = held.length > page && lastHeld ? String(lastHeld.id) : ended
  return {
    items: shown.map(row => present(row, measures)),
    pending: pending.map(row => present(row, Object.keys(def.measures))),
    next: entryNext === ended && heldNext === ended ? null : `${entryNext}/${heldNext}`,
  }
}

/** Of one of the two lists: there is no more of it. */
const ended = 'end'
type Ended = typeof ended

/** "day id/id": where the entries and what is pending go on; null from the start. */
function cursorOf(after: string | null): {
  readonly entry: { readonly on: PlainDate; readonly id: Id } | Ended | null
  readonly held: Id | Ended | null
} {
  if (after === null) return { entry: null, held: null }
  const [entry = '', held] = after.split('/')
  const [on, id] = entry.split(' ')
  const isEntry = entry === ended || (isPlainDate(on) && isId(id))
  if (!isEntry || !(held === ended || isId(held))) throw refuse('metric.day')
  return { entry: isPlainDate(on) && isId(id) ? { on, id } : ended, held }
}

type Row = Readonly<Record<string, unknown>>
const nonzero = (measures: readonly string[]) =>
  sql.join(
    measures.map(each => sql`t.${sql.id(each)} <> 0`),
    sql` or `,
  )

/** Reservations know their balance row only: asked for as far as its dimensions go. */
async function pendingOf(
  ctx: Ctx,
  found: CompiledMetric,
  def: LedgerDef,
  query: Omit<MetricQuery, 'by'>,
  after: Id | null,
): Promise<readonly Row[]> {
  const measures = Object.keys(def.measures).filter(each => found.measures.includes(reservedColumn(each)))
  const kept = [...def.balance, 'project', 'company']
  if (measures.length === 0 || Object.keys(query.where ?? {}).some(name => !kept.includes(name))) return []
  const source = sourceOf(ctx, found, def, query)
  if (!source?.balances) return []
  const { rows } = await sql<Row>`select h.id, ${ctx.today} as "on", '' as period, h.entity, h.document,
      ${sql.join([...def.balance.map(each => sql`t.${sql.id(each)}::text as ${sql.id(each)}`), ...measures.map(each => sql`h.${sql.id(each)}::text as ${sql.id(each)}`)])}
    from ${source.from} join ${sql.id(ctx.tenant, reservedTable(found.metric.of))} h on h.key = t.key
    where ${source.conditions} and ${after === null ? sql`true` : sql`h.id < ${after}::uuid`}
    order by h.id desc limit ${page + 1}`.execute(ctx.db)
  return rows
}

async function presenter(
  ctx: Ctx,
  def: LedgerDef,
  rows: readonly Row[],
): Promise<(row: Row, measures: readonly string[]) => MetricEntry> {
  const dims = { ...def.dims, project: 'project' }
  const named = await titlesOfRows(ctx, dims, rows)
  return (row, measures) => {
    const on = String(row.on)
    return {
      id: String(row.id),
      on: isPlainDate(on) ? on : ctx.today,
      period: String(row.period),
      entity: String(row.entity),
      document: String(row.document),
      title: named(String(row.entity), row.document),
      dims: Object.fromEntries(
        Object.entries(dims).map(([dim, kind]) => [
          dim,
          kind === 'text' || kind === 'date' ? asText(row[dim]) : named(String(kind), row[dim]),
        ]),
      ),
      measures: Object.fromEntries(
        measures.flatMap(each => {
          const value = row[each]
          return typeof value === 'string' && isDecimal(value) ? [[each, round(value, def.measures[each] ?? 0)]] : []
        }),
      ),
    }
  }
}

const asText = (value: unknown): string | null => (typeof value === 'string' ? value : null)

async function titlesOfRows(
  ctx: Ctx,
  dims: Readonly<Record<string, string>>,
  rows: readonly Readonly<Record<string, unknown>>[],
): Promise<(entity: string, id: unknown) => string | null> {
  const wanted = new Map<string, Set<string>>()
  const want = (entity: string, id: unknown) => {
    if (typeof id === 'string' && ctx.registry.shapes.has(entity))
      wanted.set(entity, (wanted.get(entity) ?? new Set()).add(id))
  }
  for (const row of rows) {
    want(String(row.entity), row.document)
    for (const [dim, kind] of Object.entries(dims)) want(kind, row[dim])
  }
  const titles = new Map<string, Record<string, string>>()
  for (const [entity, ids] of wanted) titles.set(entity, await titlesOf(ctx, entity, [...ids]))
  return (entity, id) => (typeof id === 'string' ? (titles.get(entity)?.[id] ?? null) : null)
}

/** What the number is, its formula, the words of its ledger and the roles that see it. */
export async function metricMeta(ctx: Ctx, name: string): Promise<MetricMeta> {
  const found = metricOf(ctx, name)
  const { metric } = found
  const def = ledgerDef(ctx, metric.of)
  return {
    name,
    label: metric.label[ctx.lang],
    says: metric.says[ctx.lang],
    unit: metric.unit,
    formula: metric.value,
    ledger: def.label[ctx.lang],
    words: Object.fromEntries(Object.entries(def.words ?? {}).map(([each, label]) => [each, label[ctx.lang]])),
    roles: await rolesThatSee(ctx, found),
  }
}

async function rolesThatSee(ctx: Ctx, { seen }: CompiledMetric): Promise<string[]> {
  const shape = shapeOf(ctx.registry, seen.entity)
  const grants = ctx.principal.rights?.grants.byEntity.get(seen.entity) ?? []
  const codes = grants.flatMap(grant =>
    grant.functions.includes('read') && ['read', 'edit'].includes(fieldRight(grant, shape, seen.field))
      ? [grant.role]
      : [],
  )
  const label = sql.id(ctx.lang === 'zh' ? 'label_zh' : 'label_en')
  const { rows } = await sql<{ label: string }>`select ${label} as label from ${sql.id(ctx.tenant, 'role')}
    where code = any(${[...new Set(codes)]}::text[]) and deleted_at is null order by 1`.execute(ctx.db)
  return rows.map(row => row.label)
}
