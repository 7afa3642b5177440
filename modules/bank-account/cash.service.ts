// 资金日报与账户流水: what the accounts I may see held, got and paid over some days, and each entry with the balance after it.
import { add, type Decimal, isDecimal, round, subtract, sum } from '@yingzao/engines/money'
import { isId, isPlainDate } from '@yingzao/kernel/entity'
import { balancesBy } from '@yingzao/kernel/ledgers/read'
import { act, all, asSystem, type Ctx, type Input, titlesOf } from '@yingzao/kernel/server'
import { sql } from 'kysely'
import { bankAccount } from './bank-account.entity.ts'
import { cashLedger } from './cash.ledger.ts'
import type { AccountDay, BookRow, CashBook, CashDay } from './cash-shape.ts'
import type { Account } from './public.ts'

const pageOf = 200

/** Only accounts whose money the asker may see: the right to the group `balance` shows in its fields. */
async function seen(ctx: Ctx, input: Input): Promise<Account[]> {
  const { company, project, account } = input
  const filter = {
    ...(isId(company) ? { company: { eq: company } } : {}),
    ...(isId(project) ? { project: { eq: project } } : {}),
    ...(isId(account) ? { id: { eq: account } } : {}),
  }
  const found = await all(ctx, bankAccount, { filter, sort: ['name'] })
  return found.filter(record => record.opening_amount !== undefined)
}

const money = (value: unknown): Decimal => round(typeof value === 'string' && isDecimal(value) ? value : '0', 2)
const day = (value: unknown, or: string): string => (isPlainDate(value) ? value : or)

export const cashDay = act('bank_account.day', async (ctx, input): Promise<CashDay> => {
  const to = day(input.to, ctx.today)
  const from = day(input.from, `${to.slice(0, 7)}-01`)
  const accounts = await seen(ctx, input)
  const ids = accounts.map(each => each.id)
  const { rows } = await sql<Readonly<Record<string, unknown>>>`select account,
      sum(received - paid) filter (where "on" < ${from}::date) as opening,
      sum(received) filter (where "on" >= ${from}::date and "on" <= ${to}::date) as received,
      sum(paid) filter (where "on" >= ${from}::date and "on" <= ${to}::date) as paid
    from ${sql.id(ctx.tenant, cashLedger.name)} where account = any(${ids}::uuid[]) group by account`.execute(ctx.db)
  const moved = new Map(rows.map(row => [String(row.account), row]))
  const held = new Map(
    (await balancesBy(asSystem(ctx), cashLedger.name, { account: ids })).map(row => [row.dims.account, row.reserved]),
  )
  const list = accounts.map((each): AccountDay => {
    const row = moved.get(each.id)
    const [opening, received, paid] = [money(row?.opening), money(row?.received), money(row?.paid)]
    return {
      ...{ account: each.id, name: each.name, type: each.type, company: each.company, ending: each.ending },
      ...{ active: each.active, opening, received, paid },
      closing: subtract(add(opening, received), paid),
      reserved: held.get(each.id)?.paid ?? '0.00',
    }
  })
  const total = (name: 'opening' | 'received' | 'paid' | 'closing' | 'reserved') =>
    add('0.00', sum(list.map(each => each[name])))
  return {
    ...{ from, to, accounts: list },
    total: {
      ...{ opening: total('opening'), received: total('received'), paid: total('paid') },
      ...{ closing: total('closing'), reserved: total('reserved') },
    },
  }
})

export const cashBook = act('bank_account.book', async (ctx, input): Promise<CashBook> => {
  const accounts = await seen(ctx, input)
  const names = new Map<string, string>(accounts.map(each => [each.id, each.name]))
  const own = sql`account = any(${[...names.keys()]}::uuid[])`
  const conditions = [
    ...(isPlainDate(input.from) ? [sql`"on" >= ${input.from}::date`] : []),
    ...(isPlainDate(input.to) ? [sql`"on" <= ${input.to}::date`] : []),
    ...(typeof input.purpose === 'string' && input.purpose !== '' ? [sql`purpose = ${input.purpose}`] : []),
    ...(isId(input.counterparty) ? [sql`counterparty = ${input.counterparty}::uuid`] : []),
    sql`(received <> 0 or paid <> 0)`,
  ]
  const matching = sql.join(conditions, sql` and `)
  const before = isId(input.after) ? sql`and id < ${input.after}::uuid` : sql``
  // The number of an entry is made while its balance is locked, so that their order is that of posting.
  const table = sql.id(ctx.tenant, cashLedger.name)
  const { rows } = await sql<Readonly<Record<string, unknown>>>`select * from (
      select *, sum(received - paid) over (partition by account order by id) as balance from ${table} where ${own}) e
    where ${matching} ${before} order by id desc limit ${pageOf + 1}`.execute(ctx.db)
  const sums = await sql<{ received: unknown; paid: unknown }>`select sum(received) as received, sum(paid) as paid
    from ${table} where ${own} and ${matching}`.execute(ctx.db)
  const page = rows.slice(0, pageOf)
  const titles = await titlesFor(ctx, page)
  const text = (value: unknown) => (typeof value === 'string' ? value : null)
  return {
    rows: page.map((row): BookRow => {
      const [entity, document, account] = [String(row.entity), String(row.document), String(row.account)]
      return {
        ...{ id: String(row.id), on: String(row.on), account, account_name: names.get(account) ?? '' },
        purpose: text(row.purpose) ?? '',
        counterparty: titles.get(`counterparty ${text(row.counterparty)}`) ?? null,
        ...{ received: money(row.received), paid: money(row.paid), balance: money(row.balance) },
        ...{ entity, document, number: titles.get(`${entity} ${document}`) ?? null },
      }
    }),
    next: rows.length > pageOf ? String(page.at(-1)?.id) : null,
    ...{ received: money(sums.rows[0]?.received), paid: money(sums.rows[0]?.paid) },
  }
})

/** Names of what the entries point at, as the asker may see them; numbers of the documents behind. */
async function titlesFor(ctx: Ctx, rows: readonly Readonly<Record<string, unknown>>[]): Promise<Map<string, string>> {
  const wanted = new Map<string, Set<string>>()
  const want = (entity: string, id: unknown) => {
    if (typeof id === 'string') wanted.set(entity, (wanted.get(entity) ?? new Set()).add(id))
  }
  for (const row of rows) {
    want('counterparty', row.counterparty)
    want(String(row.entity), row.document)
  }
  const found = new Map<string, string>()
  for (const [entity, ids] of wanted)
    if (entity === 'counterparty') {
      const titles = await titlesOf(ctx, entity, [...ids])
      for (const [id, title] of Object.entries(titles)) found.set(`${entity} ${id}`, title)
    } else {
      const rows = await all(asSystem(ctx), entity, { filter: { id: { in: [...ids] } }, fields: ['number'] })
      for (const { id, number } of rows) if (typeof number === 'string') found.set(`${entity} ${id}`, number)
    }
  return found
}
