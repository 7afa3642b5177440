// 银行对账: read the bank's file, match its lines with our entries, and prove that what is left explains the difference.
import { add, type Decimal, isDecimal, r2, subtract, sum } from '@yingzao/engines/money'
import { Refused, readTable, refusalMessage } from '@yingzao/formats/table'
import {
  asId,
  type Id,
  isDecimal as isAmount,
  isId,
  isPlainDate,
  type PlainDate,
  type RecordOf,
} from '@yingzao/kernel/entity'
import type { LedgerEntry } from '@yingzao/kernel/ledgers/audit'
import { entriesBy } from '@yingzao/kernel/ledgers/read'
import {
  act,
  all,
  asSystem,
  type Ctx,
  create,
  createAll,
  get,
  type Input,
  patch,
  refuse,
  remove,
  titlesOf,
} from '@yingzao/kernel/server'
import { openFile } from '@yingzao/platform/files/open'
import { bankAccount } from '../bank-account/bank-account.entity.ts'
import { cashLedger } from '../bank-account/cash.ledger.ts'
import { propose } from './propose.ts'
import type { ImportedStatement, Reconciliation, SideRow } from './shape.ts'
import { bankMatch, bankStatement, bankStatementLine } from './statement.entity.ts'
import { columns, type Mapping, readStatement, type StatementLine } from './statement-table.ts'

const monthEnd = (day: string): string =>
  new Date(Date.UTC(Number(day.slice(0, 4)), Number(day.slice(5, 7)), 0)).toISOString().slice(0, 10)

type Line = RecordOf<typeof bankStatementLine>
const mostBytes = 20_000_000
const money = (value: unknown): Decimal => (typeof value === 'string' && isDecimal(value) ? r2(value) : '0.00')
const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null)

async function accountOf(ctx: Ctx, input: Input) {
  const account = await get(ctx, bankAccount, asId('bank_account', String(input.account)))
  if (account.opening_amount === undefined) throw refuse('access.denied', { function: 'read' })
  return account
}

function mappingOf(input: Input): Mapping {
  const given: Partial<Record<(typeof columns)[number], number>> = {}
  const asked = typeof input.mapping === 'object' && input.mapping !== null ? Object.entries(input.mapping) : []
  for (const [name, at] of asked) {
    const column = columns.find(each => each === name)
    if (column && typeof at === 'number' && Number.isInteger(at) && at >= 0 && at < 1000) given[column] = at
  }
  return given
}

type Printed = Pick<StatementLine, 'counter_name' | 'summary' | 'bank_ref'>
/** What tells a line from others: its reference, or without one whatever the bank says of it. */
const printOf = (line: Printed & { readonly on: string; readonly received?: unknown; readonly paid?: unknown }) =>
  JSON.stringify([
    ...[line.on, money(line.received), money(line.paid)],
    ...(line.bank_ref === null ? [line.counter_name, line.summary] : [line.bank_ref]),
  ])

/** Without `confirm` only says what the file holds. */
export const importStatement = act('reconciliation.import', async (ctx, input): Promise<ImportedStatement> => {
  const account = await accountOf(ctx, input)
  const file = await openFile(ctx, String(input.file))
  if (file.size > mostBytes) throw refuse('reconciliation.too_large')
  const parts: Uint8Array[] = []
  for await (const part of file.content) parts.push(part)
  let read: Awaited<ReturnType<typeof readStatement>>
  try {
    const limits = { inflatedBytes: 200_000_000, records: 100_000, fieldLength: 100_000 }
    read = await readStatement(readTable(Buffer.concat(parts), { limits }), mappingOf(input))
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    throw refuse('reconciliation.unreadable', { reason: refusalMessage(error.refusal)[ctx.lang] })
  }
  if (!read || read.lines.length === 0) throw refuse('reconciliation.no_lines')
  const there = new Map<string, number>()
  for (const each of await all(asSystem(ctx), bankStatementLine, { filter: { account: { eq: account.id } } }))
    there.set(printOf(each), (there.get(printOf(each)) ?? 0) + 1)
  // Of lines that are the same in everything, as many are known as were read before.
  const fresh = read.lines.filter(each => {
    const known = there.get(printOf(each)) ?? 0
    if (known > 0) there.set(printOf(each), known - 1)
    return known === 0
  })
  const ons = read.lines.map(each => each.on).sort()
  const [first = ctx.today, last = ctx.today] = [ons[0], ons.at(-1)]
  // A statement is of whole months unless its reader says otherwise.
  const from = isPlainDate(input.from) ? input.from : `${first.slice(0, 7)}-01`
  const end = isPlainDate(input.to) ? input.to : monthEnd(last)
  const to = end > ctx.today && last <= ctx.today ? ctx.today : end
  if (from > first || to < last) throw refuse('reconciliation.outside')
  const opening = isAmount(input.opening) ? input.opening : read.opening
  const net = sum(read.lines.map(each => subtract(each.received, each.paid)))
  const closing = isAmount(input.closing)
    ? input.closing
    : (read.closing ?? (opening === null ? null : add(opening, net)))
  const found = {
    ...{ headers: read.headers, mapping: read.mapping, lines: fresh.length, known: read.lines.length - fresh.length },
    ...{ bad: read.bad.slice(0, 100), from, to, opening, closing },
  }
  if (input.confirm !== true) return { ...found, statement: null }
  if (opening === null || closing === null) throw refuse('reconciliation.balance_missing')
  if (Number(add(opening, net)) !== Number(closing)) throw refuse('reconciliation.does_not_add_up')
  if (fresh.length === 0) throw refuse('reconciliation.all_known')
  if (!isPlainDate(from) || !isPlainDate(to)) throw refuse('reconciliation.no_lines')
  const statement = await create(ctx, bankStatement, {
    ...{ name: `${account.name} ${from} – ${to}`, account: account.id, from_on: from, to_on: to },
    ...{ opening_amount: r2(opening), closing_amount: r2(closing) },
  })
  await createAll(
    ctx,
    bankStatementLine,
    fresh.map(({ on, received, paid, counter_name, summary, bank_ref }) => ({
      ...{ statement: asId('bank_statement', statement.id), on: on as PlainDate, received, paid },
      ...{ counter_name, summary, bank_ref },
    })),
  )
  return { ...found, statement: statement.id }
})

export const reconciliation = act('reconciliation.read', async (ctx, input): Promise<Reconciliation | null> => {
  const account = await accountOf(ctx, input)
  const statements = await all(ctx, bankStatement, {
    filter: { account: { eq: account.id } },
    sort: ['from_on', 'to_on'],
  })
  const chosen = statements.find(each => each.id === input.statement) ?? statements.at(-1)
  const [first] = statements
  if (!first || !chosen) return null
  const [from, to] = [first.from_on, chosen.to_on]
  const within = new Set<string>(statements.filter(each => each.to_on <= to).map(each => each.id))
  const lines = (await all(ctx, bankStatementLine, { filter: { account: { eq: account.id } }, sort: ['on'] })).filter(
    each => within.has(each.statement),
  )
  const system = asSystem(ctx)
  const posted = await entriesBy(system, cashLedger.name, { account: [account.id] }, { some: ['received', 'paid'] })
  const entries = posted.filter(each => each.on <= to)
  const matches = await all(system, bankMatch, { filter: { account: { eq: account.id } } })
  const lineOf = new Map(matches.map(each => [each.entry, String(each.line)]))
  const rows = await entryRows(
    ctx,
    entries.filter(each => each.on >= from),
  )
  const lineRows = lines.map(rowOf)
  const known = new Set<string>(lineRows.map(each => each.id))
  const openLines = lines.filter(each => !each.matched).map(rowOf)
  // Matched with a line of a later statement: the bank had not booked it yet.
  const openEntries = rows.filter(each => !known.has(lineOf.get(each.id) ?? ''))
  const total = (list: readonly SideRow[], side: 'received' | 'paid') => r2(sum(list.map(each => each[side])))
  const only = {
    ...{ bank_in: total(openLines, 'received'), bank_out: total(openLines, 'paid') },
    ...{ book_in: total(openEntries, 'received'), book_out: total(openEntries, 'paid') },
  }
  const held = (list: readonly LedgerEntry[]) =>
    r2(sum(list.map(each => subtract(money(each.received), money(each.paid)))))
  const [bank, book] = [money(chosen.closing_amount), held(entries)]
  const adjusted_bank = add(bank, subtract(only.book_in, only.book_out))
  const adjusted_book = add(book, subtract(only.bank_in, only.bank_out))
  const side = ({ id, on, received, paid, name, ref }: SideRow) => ({
    ...{ id, on, name, ref },
    net: subtract(received, paid),
  })
  const free = openEntries.filter(each => !lineOf.has(each.id))
  return {
    ...{ from, to, bank, book, only, adjusted_bank, adjusted_book },
    difference: subtract(adjusted_bank, adjusted_book),
    opening_difference: subtract(money(first.opening_amount), held(entries.filter(each => each.on < from))),
    ...{ lines: openLines, entries: openEntries },
    matched: lineRows.flatMap(line => {
      const of = rows.filter(each => lineOf.get(each.id) === line.id)
      return of.length > 0 ? [{ line, entries: of }] : []
    }),
    proposals: propose(openLines.map(side), free.map(side)),
  }
})

const rowOf = (line: Line): SideRow => ({
  ...{ id: line.id, on: line.on, received: money(line.received), paid: money(line.paid) },
  ...{ name: line.counter_name, note: line.summary, ref: line.bank_ref, entity: null, document: null },
})

/** Names and references come from the documents behind. */
async function entryRows(ctx: Ctx, entries: readonly LedgerEntry[]): Promise<SideRow[]> {
  const behind = new Map<string, Readonly<Record<string, unknown>>>()
  const documents = new Map<string, Set<string>>()
  for (const { entity, document } of entries) documents.set(entity, (documents.get(entity) ?? new Set()).add(document))
  for (const [entity, ids] of documents)
    for (const record of await all(asSystem(ctx), entity, { filter: { id: { in: [...ids] } } }))
      behind.set(record.id, record)
  const parties = await titlesOf(ctx, 'counterparty', [
    ...new Set(entries.flatMap(each => text(each.counterparty) ?? [])),
  ])
  return entries.map(entry => {
    const of = behind.get(entry.document)
    return {
      ...{ id: String(entry.id), on: entry.on, received: money(entry.received), paid: money(entry.paid) },
      name: text(of?.payee_name) ?? parties[text(entry.counterparty) ?? ''] ?? null,
      note: text(of?.name) ?? text(of?.reason) ?? text(entry.purpose),
      ref: text(of?.bank_ref),
      ...{ entity: entry.entity, document: entry.document },
    }
  })
}

/** 勾对: all pairs or none. Each line's entries add up to it; an entry stands behind one line. */
export const match = act('reconciliation.match', async (ctx, input) => {
  const account = await accountOf(ctx, input)
  const pairs = Array.isArray(input.pairs) ? input.pairs : []
  if (pairs.length === 0 || pairs.length > 2000) throw refuse('reconciliation.nothing_chosen')
  const system = asSystem(ctx)
  const posted = await entriesBy(system, cashLedger.name, { account: [account.id] }, { some: ['received', 'paid'] })
  const known = new Map(posted.map(each => [String(each.id), subtract(money(each.received), money(each.paid))]))
  for (const pair of pairs) {
    const { line, entries } = { line: null, entries: null, ...(typeof pair === 'object' ? pair : {}) }
    if (!isId(line) || !Array.isArray(entries)) throw refuse('reconciliation.nothing_chosen')
    const ids = entries.filter(each => typeof each === 'string')
    // Held first: two who match the same line come one after the other.
    const of = await patch(ctx, bankStatementLine, line, undefined, {})
    if (of.account !== account.id || of.matched) throw refuse('reconciliation.matched')
    const nets = ids.map(each => known.get(each))
    if (nets.some(each => each === undefined)) throw refuse('reconciliation.nothing_chosen')
    const net = sum(nets.flatMap(each => each ?? []))
    if (Number(net) !== Number(subtract(money(of.received), money(of.paid))))
      throw refuse('reconciliation.amounts_differ')
    for (const entry of ids)
      await create(system, bankMatch, { line: line as Id<'bank_statement_line'>, entry, account: account.id })
    await patch(system, bankStatementLine.name, line, undefined, { matched: true })
  }
  return { matched: pairs.length }
})

/** 撤销勾对. */
export const undo = act('reconciliation.undo', async (ctx, input) => {
  const line = await patch(ctx, bankStatementLine, String(input.line), undefined, {})
  const system = asSystem(ctx)
  const matches = await all(system, bankMatch, { filter: { line: { eq: line.id } } })
  for (const each of matches) await remove(system, bankMatch, each.id, undefined)
  await patch(system, bankStatementLine.name, line.id, undefined, { matched: false })
  return { undone: matches.length }
})
