// Where a metric's rows come from: balances where they hold what is asked, entries where they do not. Only rows its reader may see.
import type { LedgerDef, MetricQuery } from '@yingzao/kernel/entity'
import { isId, isPlainDate } from '@yingzao/kernel/entity'
import { type RawBuilder, sql } from 'kysely'
import { predicate } from '../access/predicate.ts'
import { rightsOf } from '../access/rights.ts'
import { isNone, type Rows } from '../access/rows.ts'
import type { Ctx } from '../context.ts'
import { balanceTable, dimType, reservedColumn, untilColumn } from '../ledgers/table.ts'
import { refuse } from '../refuse.ts'
import { shapeOf } from '../registry.ts'
import type { CompiledMetric } from './compile.ts'

const monthEnd = (day: string): boolean =>
  new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(8, 10) === '01'

/** Dimensions that may be asked for: the ledger's own, where it is, and the month it counts in. */
export function demandDims(def: LedgerDef, names: readonly string[]): void {
  for (const name of names)
    if (name !== 'company' && name !== 'project' && name !== 'period' && !(name in def.dims))
      throw refuse('metric.dimension', { name })
}

export interface Source {
  /** A from-clause whose rows `t` have the dimensions asked for, `company`, `project` where known, and every measure. */
  readonly from: RawBuilder<unknown>
  readonly conditions: RawBuilder<boolean>
  /** No two rows have the same values of the dimensions asked for: nothing is to be summed. */
  readonly single: boolean
  /** Its rows are balances, which know what is reserved. */
  readonly balances: boolean
}

/** `names`: the dimensions that are looked at. Null: the reader sees none of it. */
export function sourceOf(
  ctx: Ctx,
  { metric, seen }: CompiledMetric,
  def: LedgerDef,
  query: MetricQuery,
  detail = false,
): Source | null {
  const { where = {}, by = [], until } = query
  const names = [...Object.keys(where), ...Object.keys(metric.where ?? {}), ...by]
  demandDims(def, names)
  if (until !== undefined && !isPlainDate(until)) throw refuse('metric.day')
  const kept = new Set([...def.balance, 'period', ...(def.balance.includes('project') ? ['company'] : [])])
  const rights = rightsOf(ctx, seen.entity)
  const rows = rights.field(seen.field, 'read')
  if (isNone(rows)) return null
  const asked = readable(ctx, seen, rows)
  // Balances serve whoever is judged by columns they have; a reader of some places of a ledger kept by person, by its entries.
  const fromBalance = !detail && [...names, ...asked.columns].every(name => kept.has(name))
  const conditions = [
    asked.condition,
    ...Object.entries({ ...where, ...metric.where }).map(([name, value]) => isAmong(def, name, value)),
  ]
  return {
    from: fromBalance ? balances(ctx, metric.of, def, query) : entries(ctx, metric.of, def, query),
    conditions: sql`${sql.join(conditions, sql` and `)}`,
    single:
      fromBalance &&
      (until === undefined || monthEnd(until)) &&
      !byMonth(query) &&
      def.balance.every(dim => by.includes(dim)),
    balances: fromBalance,
  }
}

function isAmong(def: LedgerDef, name: string, value: string | readonly string[]): RawBuilder<boolean> {
  const type = name === 'period' ? 'text' : dimType(def, name)
  const values = typeof value === 'string' ? [value] : [...value]
  if (values.some(each => (type === 'uuid' && !isId(each)) || (type === 'date' && !isPlainDate(each))))
    throw refuse('metric.value', { name })
  const [only] = values
  // With one value an index that goes on with the order asked for is read from its end; with any(…) of one value it is not.
  return values.length === 1
    ? sql`t.${sql.id(name)} = ${only}::${sql.raw(type)}`
    : sql`t.${sql.id(name)} = any(${values}::${sql.raw(type)}[])`
}

/** Balances know the company of their project only. */
const withCompany = (ctx: Ctx, def: LedgerDef, inner: RawBuilder<unknown>): RawBuilder<unknown> =>
  def.balance.includes('company') || !def.balance.includes('project') || !ctx.registry.scopes.get('project')
    ? inner
    : sql`(select b.*, p.company from ${inner} b left join ${sql.id(ctx.tenant, ctx.registry.scopes.get('project')?.entity ?? '')} p on p.id = b.project)`

function balances(ctx: Ctx, ledger: string, def: LedgerDef, query: MetricQuery) {
  const table = sql.id(ctx.tenant, balanceTable(ledger))
  const { until } = query
  const split = byMonth(query)
  if (until === undefined) {
    const which = split ? sql`period <> ''` : sql`period = ''`
    return sql`${withCompany(ctx, def, sql`(select * from ${table} where ${which})`)} t`
  }
  const month = until.slice(0, 7)
  const measures = Object.keys(def.measures)
  const dims = [...(split ? ['period'] : []), ...def.balance].map(name => sql.id(name))
  // A past day holds no reservations: what was pending then is not known any more.
  const nothing = measures.map(name => sql`0::numeric as ${sql.id(reservedColumn(name))}`)
  const select = (amount: (measure: string) => RawBuilder<unknown>) =>
    sql`select ${sql.join([...dims, ...measures.map(name => sql`${amount(name)} as ${sql.id(name)}`), ...nothing])}`
  const own = select(name => sql.id(name))
  const whole = monthEnd(until)
  // Without months: the last row of each balance at the end of a month says all before it.
  const past = split
    ? sql`${own} from ${table} where period <> '' and period ${whole ? sql`<=` : sql`<`} ${month}`
    : whole
      ? sql`${select(untilOf)} from ${table} where period <> '' and period <= ${month} and next > ${month}`
      : sql`${select(untilOf)} from ${table} where period <> '' and period < ${month} and next >= ${month}`
  const rest = whole
    ? sql``
    : sql` union all ${own} from ${sql.id(ctx.tenant, ledger)} where period = ${month} and "on" <= ${until}::date`
  return sql`${withCompany(ctx, def, sql`(${past}${rest})`)} t`
}
const untilOf = (measure: string) => sql.id(untilColumn(measure))
const byMonth = ({ by = [], where = {} }: MetricQuery): boolean => by.includes('period') || 'period' in where

function entries(ctx: Ctx, ledger: string, def: LedgerDef, { until }: MetricQuery) {
  const nothing = Object.keys(def.measures).map(name => sql`0::numeric as ${sql.id(reservedColumn(name))}`)
  const day =
    until === undefined
      ? sql`true`
      : sql`(e.period < ${until.slice(0, 7)} or e.period = ${until.slice(0, 7)} and e."on" <= ${until}::date)`
  return sql`(select e.*, ${sql.join(nothing)} from ${sql.id(ctx.tenant, ledger)} e where ${day}) t`
}

interface Readable {
  readonly condition: RawBuilder<boolean>
  /** Of the rows, that it looks at. */
  readonly columns: readonly string[]
}

/** By the record that a dimension names, or by the place. Rights that hang on a single record give nothing at a place. */
function readable(ctx: Ctx, { entity, dim }: CompiledMetric['seen'], rows: Rows): Readable {
  if (rows === 'all') return { condition: sql`true`, columns: dim === null ? [] : [dim] }
  if (dim !== null) {
    const condition = sql<boolean>`exists (select from ${sql.id(ctx.tenant, entity)} r where r.id = t.${sql.id(dim)}
      and ${predicate(rows, { tenant: ctx.tenant, entity, alias: 'r' })})`
    return { condition, columns: [dim] }
  }
  const { company, project } = shapeOf(ctx.registry, entity).def.place ?? {}
  const columns = new Map([
    ...(company === undefined ? [] : [[company, 'company'] as const]),
    ...(project === undefined ? [] : [[project, 'project'] as const]),
  ])
  const placed = rows.flatMap(branch => {
    const atoms = branch.flatMap(atom => {
      const column = atom.is === 'delegated' ? undefined : columns.get(atom.column)
      return atom.is === 'delegated' || column === undefined ? [] : [{ ...atom, column }]
    })
    return atoms.length === branch.length ? [atoms] : []
  })
  return {
    condition: predicate(placed, { tenant: ctx.tenant, entity, alias: 't' }),
    columns: placed.flatMap(branch => branch.map(({ column }) => column)),
  }
}
