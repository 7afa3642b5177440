// What a document does to ledgers: reserve while it is pending, release when it is not, post when it is effective.
import { add, type Decimal } from '@yingzao/engines/money'
import { type CompiledQuery, type RawBuilder, sql } from 'kysely'
import { v7 as newId } from 'uuid'
import type { Ctx } from '../context.ts'
import { together } from '../driver.ts'
import {
  type Amounts,
  askBalances,
  ledgerDef,
  negated,
  type Opened,
  openBalances,
  type Row,
  type Shift,
  shiftBalances,
} from './balance.ts'
import { columnsOf } from './columns.ts'
import { settled } from './history.ts'
import { checkLimits, passed, unite, type Verdict } from './limit.ts'
import { type Movement, type Sums, sumsOf } from './movement.ts'
import { askClosed, type Closed, closedFrom, openMonth } from './period.ts'
import { reservedTable } from './table.ts'

export interface Source {
  readonly entity: string
  readonly document: string
}

/** One ledger of one document: its balances locked, what it adds, what it had reserved. */
interface Account extends Opened {
  readonly ledger: string
  readonly movements: readonly Movement[]
  readonly adds: Sums
}

/** Questions that go in the packet of the first balances, before them. */
export interface First {
  readonly statements: readonly CompiledQuery<Row>[]
  /** Refuses by what they found. */
  check(found: readonly (readonly Row[])[]): void
}

/** All ledgers in the order of their names, in each all balances in the order of their keys. */
async function open(
  ctx: Ctx,
  source: Source,
  movements: readonly Movement[],
  first: First = { statements: [], check: () => {} },
): Promise<Account[]> {
  const ledgers = new Set([
    ...(ctx.registry.postings.get(source.entity) ?? []).map(each => each.ledger),
    ...movements.map(each => each.ledger),
  ])
  let { statements, check } = first
  const accounts: Account[] = []
  // One ledger after the other: where rows of one must be made first, none of the next is locked yet.
  for (const ledger of [...ledgers].sort()) {
    const own = movements.filter(each => each.ledger === ledger)
    const keys = new Map(own.map(({ key, dims }) => [key, dims]))
    const found = await together(ctx.db, [...statements, askBalances(ctx, ledger, source.document, keys)])
    check(found.slice(0, statements.length))
    const opened = await openBalances(ctx, ledger, source.document, keys, found[statements.length] ?? [])
    accounts.push({ ledger, movements: own, adds: sumsOf(own), ...opened })
    statements = []
    check = () => {}
  }
  if (accounts.length === 0) check(await together(ctx.db, statements))
  return accounts
}

const sum = (...all: readonly Amounts[]): Record<string, Decimal> => {
  const total: Record<string, Decimal> = {}
  for (const each of all) for (const [name, value] of Object.entries(each)) total[name] = add(total[name] ?? '0', value)
  return total
}

/** The limits on what this document changes; what it had reserved itself does not count against it. */
const judge = (ctx: Ctx, { ledger, locked, adds, held }: Account, as: 'reserved' | 'posted'): Verdict =>
  unite(
    [...adds].map(([key, change]) => {
      const row = locked.get(key)
      if (!row) return passed
      const others = sum(row.reserved, negated(held.get(key) ?? {}))
      const after = {
        dims: row.dims,
        posted: as === 'posted' ? sum(row.posted, change) : row.posted,
        reserved: as === 'reserved' ? sum(others, change) : others,
      }
      return checkLimits(ctx, ledger, after, change)
    }),
  )

/** At submit. Postings that reserve nothing are judged when they are posted. */
export async function reserve(ctx: Ctx, source: Source, movements: readonly Movement[]): Promise<Prepared> {
  const accounts = await open(
    ctx,
    source,
    movements.filter(each => each.reserve),
  )
  return {
    verdict: unite(accounts.map(account => judge(ctx, account, 'reserved'))),
    writes() {
      const parts = accounts.flatMap(({ ledger, movements, locked, adds, held }) => {
        const shifts = keysOf(adds, held).map(
          (key): Shift => ({ key, period: '', reserved: sum(adds.get(key) ?? {}, negated(held.get(key) ?? {})) }),
        )
        if (shifts.length === 0) return []
        return [
          freed(ctx, source, ledger),
          shiftBalances(ctx, ledger, locked, shifts),
          ...(movements.length > 0 ? [reservations(ctx, source, ledger, movements)] : []),
        ]
      })
      return asOne(ctx, parts)
    },
  }
}

const freed = (ctx: Ctx, { document }: Source, ledger: string) =>
  sql`delete from ${sql.id(ctx.tenant, reservedTable(ledger))} where document = ${document}::uuid`

function reservations(ctx: Ctx, { entity, document }: Source, ledger: string, movements: readonly Movement[]) {
  const { measures, measureTypes } = columnsOf(ledgerDef(ctx, ledger))
  const rows = movements.map(({ line, key, measures }) => ({ ...measures, id: newId(), line, key }))
  return sql`insert into ${sql.id(ctx.tenant, reservedTable(ledger))} (entity, document, id, line, key, ${measures})
    select ${entity}, ${document}::uuid, id, line, key, ${measures} from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as x(id uuid, line uuid, key text, ${measureTypes})`
}

/** All of them as one statement: none depends on what another writes. */
function asOne(ctx: Ctx, parts: readonly RawBuilder<unknown>[]): readonly CompiledQuery[] {
  if (parts.length === 0) return []
  const named = parts.map((part, at) => sql`${sql.id(`part${at}`)} as (${part})`)
  return [sql`with ${sql.join(named)} select`.compile(ctx.db)]
}

/** Judged already, written when everything else that may refuse has been asked. */
export interface Prepared {
  readonly verdict: Verdict
  /**
   * What is to be written: one statement, and one more for each ledger where a balance gets a month of its own or one that is
   * not its last. Ids are given now: their order is that in which limits were judged.
   */
  writes(): readonly CompiledQuery[]
}

/** On reject, return and withdraw. */
export async function release(ctx: Ctx, source: Source): Promise<void> {
  const { writes } = await reserve(ctx, source, [])
  await together(ctx.db, writes())
}

/**
 * At the final approval, a reversal, a void. `event` is unique for a document: nothing is posted twice. `first` is asked and
 * judged before the balances, in the same packet.
 */
export async function post(
  ctx: Ctx,
  source: Source,
  event: 'effective' | 'void',
  movements: readonly Movement[],
  first?: First,
): Promise<Prepared> {
  const months = askClosed(
    ctx,
    movements.flatMap(({ dims }) => dims.company ?? []),
  )
  let closed: Closed = new Map()
  const upstream = first?.statements.length ?? 0
  const accounts = await open(ctx, source, movements, {
    statements: [...(first?.statements ?? []), ...months],
    check(found) {
      first?.check(found.slice(0, upstream))
      closed = closedFrom(found.slice(upstream))
    },
  })
  return {
    verdict: unite(accounts.map(account => judge(ctx, account, 'posted'))),
    writes() {
      if (accounts.length === 0) return []
      const posting = newId()
      const posted = sql`insert into ${sql.id(ctx.tenant, 'posting')} (id, entity, document, event, attempt, at, "by")
        values (${posting}::uuid, ${source.entity}, ${source.document}::uuid, ${event}, 1, ${ctx.now}::timestamptz,
          ${ctx.principal.user}::uuid)`
      const books = accounts.map(each => entries(ctx, source, posting, each, closed))
      return [...asOne(ctx, [posted, ...books.flatMap(each => each.parts)]), ...books.flatMap(each => each.after)]
    },
  }
}

/** The entries of one ledger, what they add to its balances, and the end of what was reserved. */
function entries(
  ctx: Ctx,
  source: Source,
  posting: string,
  { ledger, movements, locked, adds, held }: Account,
  closed: Closed,
): { readonly parts: readonly RawBuilder<unknown>[]; readonly after: readonly CompiledQuery[] } {
  const def = ledgerDef(ctx, ledger)
  const { entry, entryTypes } = columnsOf(def)
  const placed = movements.map(each => ({ ...each, period: openMonth(closed, each.dims.company ?? null, each.on) }))
  const rows = placed.map(each => ({
    ...{ ...each.dims, ...each.measures, on: each.on },
    ...{ id: newId(), line: each.line, key: each.key, period: each.period },
  }))
  const made = sql`insert into ${sql.id(ctx.tenant, ledger)} (posting, entity, document, posted_at, ${entry})
    select ${posting}::uuid, ${source.entity}, ${source.document}::uuid, ${ctx.now}::timestamptz, ${entry}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as x(${entryTypes})`
  const months = new Map<string, Movement[]>()
  for (const each of placed) months.set(each.period, [...(months.get(each.period) ?? []), each])
  // The first month of a balance is its last as well.
  const first = new Map<string, string>()
  for (const { key, period } of placed)
    if (locked.get(key)?.last === '') first.set(key, (first.get(key) ?? period) === period ? period : '')
  const shifts: Shift[] = [
    ...keysOf(adds, held).map(key => ({
      last: first.get(key) ?? '',
      key,
      period: '',
      posted: adds.get(key) ?? {},
      reserved: negated(held.get(key) ?? {}),
    })),
    ...[...months].flatMap(([period, list]) => [...sumsOf(list)].map(([key, posted]) => ({ key, period, posted }))),
  ]
  if (shifts.length === 0) return { parts: [], after: [] }
  const shifted = [freed(ctx, source, ledger), shiftBalances(ctx, ledger, locked, shifts)]
  const unsettled = shifts.flatMap(({ key, period }) =>
    period === '' || [locked.get(key)?.last, first.get(key)].includes(period) ? [] : [key],
  )
  return {
    parts: rows.length > 0 ? [made, ...shifted] : shifted,
    after: unsettled.length > 0 ? [settled(ctx.tenant, ledger, def, [...new Set(unsettled)]).compile(ctx.db)] : [],
  }
}

const keysOf = (...sums: readonly Sums[]): string[] => [...new Set(sums.flatMap(each => [...each.keys()]))].sort()
