// What a document does to ledgers: reserve while it is pending, release when it is not, post when it is effective.
import { add, type Decimal } from '@yingzao/engines/money'
import { sql } from 'kysely'
import { v7 as newId } from 'uuid'
import type { Ctx } from '../context.ts'
import {
  type Amounts,
  type Balance,
  ledgerDef,
  lockBalances,
  negated,
  reservedBy,
  type Shift,
  shiftBalances,
} from './balance.ts'
import { checkLimits, passed, unite, type Verdict } from './limit.ts'
import { type Movement, type Sums, sumsOf } from './movement.ts'
import { holdClosed, openMonth } from './period.ts'
import { dimType, impliedDims, reservedTable } from './table.ts'

export interface Source {
  readonly entity: string
  readonly document: string
}

/** One ledger of one document: its balances locked, what it adds, what it had reserved. */
interface Account {
  readonly ledger: string
  readonly movements: readonly Movement[]
  readonly locked: ReadonlyMap<string, Balance>
  readonly adds: Sums
  readonly held: Sums
}

/** All ledgers in the order of their names, in each all balances in the order of their keys. */
async function open(ctx: Ctx, source: Source, movements: readonly Movement[]): Promise<Account[]> {
  const ledgers = new Set([
    ...(ctx.registry.postings.get(source.entity) ?? []).map(each => each.ledger),
    ...movements.map(each => each.ledger),
  ])
  const accounts: Account[] = []
  for (const ledger of [...ledgers].sort()) {
    const own = movements.filter(each => each.ledger === ledger)
    const held = await reservedBy(ctx, ledger, source.document)
    const keys = new Map([...held.keys()].map(key => [key, {}]))
    for (const { key, dims } of own) keys.set(key, dims)
    accounts.push({ ledger, movements: own, held, adds: sumsOf(own), locked: await lockBalances(ctx, ledger, keys) })
  }
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
    async write() {
      for (const { ledger, movements, locked, adds, held } of accounts) {
        const shifts = keysOf(adds, held).map(
          (key): Shift => ({ key, period: '', reserved: sum(adds.get(key) ?? {}, negated(held.get(key) ?? {})) }),
        )
        if (shifts.length === 0) continue
        await sql`with gone as (delete from ${sql.id(ctx.tenant, reservedTable(ledger))} where document = ${source.document}::uuid)
          ${shiftBalances(ctx, ledger, locked, shifts)}`.execute(ctx.db)
        const names = Object.keys(ledgerDef(ctx, ledger).measures)
        await inChunks(movements, part => {
          const rows = part.map(
            ({
              line,
              key,
              measures,
            }) => sql`(${newId()}::uuid, ${source.entity}, ${source.document}::uuid, ${line}::uuid, ${key},
              ${sql.join(names.map(name => sql`${measures[name] ?? '0'}::numeric`))})`,
          )
          return sql`insert into ${sql.id(ctx.tenant, reservedTable(ledger))} (id, entity, document, line, key,
            ${sql.join(names.map(name => sql.id(name)))}) values ${sql.join(rows)}`.execute(ctx.db)
        })
      }
    },
  }
}

/** Judged already, written when everything else that may refuse has been asked. */
export interface Prepared {
  readonly verdict: Verdict
  write(): Promise<void>
}

/** On reject, return and withdraw. */
export async function release(ctx: Ctx, source: Source): Promise<void> {
  await (await reserve(ctx, source, [])).write()
}

/** At the final approval, a reversal, a void. `event` and `attempt` are unique for a document: nothing is posted twice. */
export async function post(
  ctx: Ctx,
  source: Source,
  event: 'effective' | 'void',
  movements: readonly Movement[],
  attempt = 1,
): Promise<Prepared> {
  const closed = await holdClosed(
    ctx,
    movements.flatMap(({ dims }) => dims.company ?? []),
  )
  const placed = movements.map(each => ({ ...each, month: openMonth(closed, each.dims.company ?? null, each.on) }))
  const accounts = await open(ctx, source, placed)
  return {
    verdict: unite(accounts.map(account => judge(ctx, account, 'posted'))),
    async write() {
      if (accounts.length === 0) return
      const posting = newId()
      await sql`insert into ${sql.id(ctx.tenant, 'posting')} (id, entity, document, event, attempt, at, "by")
        values (${posting}::uuid, ${source.entity}, ${source.document}::uuid, ${event}, ${attempt}, ${ctx.now}::timestamptz,
          ${ctx.principal.user}::uuid)`.execute(ctx.db)
      for (const account of accounts) await writeEntries(ctx, source, posting, account)
    },
  }
}

async function writeEntries(ctx: Ctx, source: Source, posting: string, account: Account): Promise<void> {
  const { ledger, movements, locked, adds, held } = account
  const def = ledgerDef(ctx, ledger)
  const dims = [...impliedDims, ...Object.keys(def.dims)]
  const names = Object.keys(def.measures)
  await inChunks(movements, part => {
    const rows = part.map(each => {
      const values = dims.map(
        dim => sql`${dim === 'on' ? each.on : (each.dims[dim] ?? null)}::${sql.raw(dimType(def, dim))}`,
      )
      return sql`(${newId()}::uuid, ${posting}::uuid, ${source.entity}, ${source.document}::uuid, ${each.line}::uuid, ${each.key},
        ${each.month}, ${ctx.now}::timestamptz, ${sql.join([...values, ...names.map(name => sql`${each.measures[name] ?? '0'}::numeric`)])})`
    })
    return sql`insert into ${sql.id(ctx.tenant, ledger)} (id, posting, entity, document, line, key, period, posted_at,
      ${sql.join([...dims, ...names].map(name => sql.id(name)))}) values ${sql.join(rows)}`.execute(ctx.db)
  })
  const months = new Map<string, Movement[]>()
  for (const each of movements) months.set(each.month, [...(months.get(each.month) ?? []), each])
  const shifts: Shift[] = [
    ...keysOf(adds, held).map(key => ({
      key,
      period: '',
      posted: adds.get(key) ?? {},
      reserved: negated(held.get(key) ?? {}),
    })),
    ...[...months].flatMap(([period, list]) => [...sumsOf(list)].map(([key, posted]) => ({ key, period, posted }))),
  ]
  if (shifts.length > 0)
    await sql`with gone as (delete from ${sql.id(ctx.tenant, reservedTable(ledger))} where document = ${source.document}::uuid)
      ${shiftBalances(ctx, ledger, locked, shifts)}`.execute(ctx.db)
}

const keysOf = (...sums: readonly Sums[]): string[] => [...new Set(sums.flatMap(each => [...each.keys()]))].sort()

/** Far below PostgreSQL's 65,535 parameters, also for a ledger with many dimensions. */
async function inChunks<T>(list: readonly T[], write: (part: readonly T[]) => Promise<unknown>): Promise<void> {
  for (let at = 0; at < list.length; at += 1000) await write(list.slice(at, at + 1000))
}
