// The cashier's work: what waits to be paid, paying many at once from one account, the file for the bank, refunds, and closing
// what will not be paid.
import { add, compare, type Decimal, isZero, subtract, sum } from '@yingzao/engines/money'
import { guardText } from '@yingzao/formats/csv/guard'
import { type Id, isDecimal, isId, isPlainDate, type Json } from '@yingzao/kernel/entity'
import { balancesBy } from '@yingzao/kernel/ledgers/read'
import { type Change, recordChanges } from '@yingzao/kernel/records/change'
import {
  act,
  all,
  asSystem,
  type Ctx,
  create,
  get,
  handle,
  patch,
  Refusal,
  refuse,
  refuseInput,
  run,
  titlesOf,
} from '@yingzao/kernel/server'
import { bankAccount } from '../bank-account/bank-account.entity.ts'
import { payableLedger } from '../bank-account/payable.ledger.ts'
import { closeRest, heldIn, standingOf } from '../bank-account/public.ts'
import { contract } from '../contract/contract.entity.ts'
import { isOverpaid } from './overpaid.ts'
import { payment } from './payment.entity.ts'
import type { BankFile, PayAccount, PayQueue, QueueRow } from './queue-shape.ts'
import { paymentRequest } from './request.entity.ts'
import { entityOf, holdSource, type Paying, payingOf, type Source, sources } from './source.ts'

const most = 200
const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null)

export const queue = act('payment.queue', ctx => queueOf(ctx))

/** Approved and not paid, what is due first in front, as the asker sees it. */
export async function queueOf(ctx: Ctx): Promise<PayQueue> {
  const waiting = {
    filter: { state: { eq: 'effective' }, stage: { in: ['to_pay', 'part_paid'] }, reverses: { empty: true } },
  }
  const found: { source: Source; record: { readonly id: string } & Readonly<Record<string, unknown>> }[] = []
  for (const source of sources)
    for (const record of await allowed(all(ctx, entityOf[source].name, waiting))) found.push({ source, record })
  const standing = new Map(
    (await balancesBy(asSystem(ctx), payableLedger.name, { payable: found.flatMap(({ record }) => record.id) })).map(
      row => [row.dims.payable, row],
    ),
  )
  const names = await titles(
    ctx,
    found.map(each => each.record),
  )
  const rows = found.flatMap(({ source, record }): QueueRow[] => {
    const { posted, reserved } = standing.get(record.id) ?? {}
    const [approved, paid] = [posted?.approved ?? '0.00', posted?.paid ?? '0.00']
    // What waits for its check is entered already.
    const rest = subtract(subtract(approved, paid), reserved?.paid ?? '0')
    // Who may read the document and not its money gets no queue of it.
    if (isZero(rest) || !('amount' in record || 'pay_amount' in record)) return []
    const person = text(record.person)
    const party = text(record.counterparty)
    return [
      {
        ...{ source, id: record.id, approved, paid, rest },
        number: text(record.number),
        name: text(record.name) ?? '',
        kind: source === 'request' ? (text(record.kind) ?? '') : source === 'advance' ? 'loan' : source,
        payee:
          text(record.payee_name) ??
          text(record.payee) ??
          names.get(`user ${person}`) ??
          names.get(`counterparty ${party}`) ??
          '',
        bank: text(record.payee_bank) ?? text(record.pay_bank),
        account: text(record.payee_number) ?? text(record.pay_number),
        company: text(record.company),
        project: names.get(`project ${text(record.project)}`) ?? null,
        due_on: source === 'request' ? wantedOn(record) : source === 'bond' ? text(record.pay_by) : null,
      },
    ]
  })
  rows.sort((a, b) => ((a.due_on ?? '9') < (b.due_on ?? '9') ? -1 : 1))
  return { today: ctx.today, rows, accounts: await accountsOf(ctx) }
}

/** Of a kind of document that he may not read, nothing waits for him. */
async function allowed<T>(read: Promise<readonly T[]>): Promise<readonly T[]> {
  try {
    return await read
  } catch (error) {
    if (error instanceof Refusal && error.code === 'access.denied') return []
    throw error
  }
}

/** When it is to be paid; of what came back, not before it did. */
function wantedOn({ due_on, again_on }: Readonly<Record<string, unknown>>): string | null {
  const [due, again] = [text(due_on), text(again_on)]
  return due !== null && again !== null && again > due ? again : due
}

async function titles(ctx: Ctx, records: readonly Readonly<Record<string, unknown>>[]): Promise<Map<string, string>> {
  const named = new Map<string, string>()
  for (const [entity, field] of [
    ['project', 'project'],
    ['counterparty', 'counterparty'],
    ['user', 'person'],
  ] as const) {
    const ids = [...new Set(records.flatMap(record => text(record[field]) ?? []))]
    for (const [id, title] of Object.entries(await titlesOf(ctx, entity, ids))) named.set(`${entity} ${id}`, title)
  }
  return named
}

async function accountsOf(ctx: Ctx): Promise<PayAccount[]> {
  const found: PayAccount[] = []
  for (const each of await all(ctx, bankAccount, { filter: { active: { eq: true } }, sort: ['name'] }))
    if (each.opening_amount !== undefined)
      found.push({
        ...{ id: each.id, name: each.name, company: each.company, wage: each.type === 'wage' },
        ...(await heldIn(ctx, each.id)),
      })
  return found
}

interface Item extends Paying {
  readonly amount: Decimal | null
}
function itemsOf(value: Json | undefined): Item[] {
  const wrong = () =>
    refuseInput([{ path: 'items', code: 'field.type', values: { expected: '[{ source, id, amount }]' } }])
  if (!Array.isArray(value) || value.length === 0) throw wrong()
  if (value.length > most) throw refuse('payment.too_many', { most })
  return value.map((each: Json): Item => {
    if (typeof each !== 'object' || each === null || Array.isArray(each)) throw wrong()
    const { source, id, amount } = { source: null, id: null, amount: null, ...each }
    const named = sources.find(name => name === source)
    if (!named || !isId(id) || (amount !== null && !isDecimal(amount))) throw wrong()
    return { source: named, id, amount }
  })
}

/** All of them or none: one that cannot be paid is named, and nothing has happened. */
export const pay = act('payment.pay', async (ctx, input) => {
  const items = itemsOf(input.items).sort((a, b) => (a.id < b.id ? -1 : 1))
  // Every document before any balance, in one order: two cashiers never wait for each other in a circle.
  for (const item of items) await holdSource(ctx, item)
  const made: { id: string; number: Json }[] = []
  const paid: Decimal[] = []
  let toCheck = 0
  for (const { source, id, amount } of items) {
    const {
      id: of,
      amount: all,
      to_check,
    } = await create(ctx, payment, {
      account: String(input.account) as Id<'bank_account'>,
      ...(amount === null ? {} : { amount }),
      ...(isPlainDate(input.paid_on) ? { paid_on: input.paid_on } : {}),
      ...(text(input.bank_ref) === null ? {} : { bank_ref: text(input.bank_ref) }),
      [source]: id,
    })
    const done = await run(ctx, payment, of, 'submit')
    const number = typeof done === 'object' && done !== null && 'number' in done ? done.number : null
    made.push({ id: of, number: typeof number === 'string' ? number : null })
    paid.push(all ?? '0')
    if (to_check) toCheck++
  }
  return { payments: made, total: add('0.00', sum(paid)), to_check: toCheck }
})

/** 网银批量付款文件: a CSV that banks take, the account numbers as text. Only for who may see them whole. */
export const bankFile = act('payment.bank_file', async (ctx, input): Promise<BankFile> => {
  const zh = ctx.lang === 'zh'
  const head = zh
    ? ['序号', '收款户名', '收款账号', '开户行', '联行号', '金额', '用途']
    : ['No.', 'Payee', 'Account', 'Bank', 'Bank code', 'Amount', 'What for']
  const quoted = (value: string) => `"${guardText(value).replaceAll('"', '""')}"`
  const lines: string[] = []
  const amounts: Decimal[] = []
  const changes: Change[] = []
  for (const [at, { source, id, amount }] of itemsOf(input.items).entries()) {
    const record: Readonly<Record<string, unknown>> = await get(ctx, entityOf[source].name, id)
    const number = text(record.payee_number) ?? text(record.pay_number)
    if (number?.includes('*')) throw refuse('access.denied', { function: 'read' })
    if (number === null) throw refuse('payment.no_number', { name: text(record.name) ?? '' })
    const person = text(record.person)
    const name =
      text(record.payee_name) ?? text(record.payee) ?? (person && (await titlesOf(ctx, 'user', [person]))[person]) ?? ''
    const { rest: unpaid, waiting } = await standingOf(ctx, text(record.company), id)
    const rest = subtract(unpaid, waiting)
    const named = { name: text(record.name) ?? text(record.number) ?? '' }
    if (record.state !== 'effective' || text(record.reverses) !== null || compare(rest, '0') <= 0)
      throw refuse('payment.nothing_to_pay', named)
    const asked = amount ?? rest
    if (compare(asked, '0') <= 0 || compare(asked, rest) > 0) throw refuse('payment.beyond_rest', { ...named, rest })
    amounts.push(asked)
    // Whoever carries orders to pay out of the system leaves a line at each document.
    const diff = { _amount: [null, asked] as const, _account: [null, `…${number.slice(-4)}`] as const }
    const { version } = record
    changes.push({
      ...{
        entity: entityOf[source].name,
        record: id,
        version: typeof version === 'number' ? version : 1,
        op: 'action',
      },
      ...{ action: 'bank_file', diff },
    })
    const cells = [
      name,
      number,
      text(record.payee_bank) ?? text(record.pay_bank) ?? '',
      text(record.payee_bank_code) ?? '',
    ]
    lines.push(
      [
        String(at + 1),
        ...cells.map(quoted),
        asked,
        quoted(`${text(record.number) ?? ''} ${text(record.name) ?? ''}`.trim()),
      ].join(','),
    )
  }
  await recordChanges(ctx, changes)
  return {
    name: `${zh ? '付款' : 'payments'}-${ctx.today}.csv`,
    type: 'text/csv',
    text: `\ufeff${[head.map(quoted).join(','), ...lines].join('\r\n')}\r\n`,
    total: add('0.00', sum(amounts)),
  }
})

export const ofRequest = handle(paymentRequest, {
  close_rest: (ctx, record, input) => closeRest(ctx, paymentRequest.name, record, String(input.reason)),
})

/** A claim is closed whole or not at all: it has lines. */
async function closeRefunded(system: Ctx, { source, id }: Paying, reason: string) {
  const { company, payable } = await get(system, entityOf[source].name, id)
  await closeRest(
    system,
    entityOf[source].name,
    { id, company: text(company), payable: text(payable) },
    reason,
    source === 'claim',
  )
}

/** 退款: money that came back; a mirror of the payment on its own day. */
export const ofPayment = handle(payment, {
  refund: async (ctx, record, input) => {
    const refunded_on = isPlainDate(input.refunded_on) ? input.refunded_on : ctx.today
    if (refunded_on > ctx.today || refunded_on < record.paid_on) throw refuse('payment.refund_day')
    const system = asSystem(ctx)
    const paying = payingOf(record)
    if (paying) await holdSource(ctx, paying)
    if (input.rest !== 'close' && record.contract !== null && record.kind !== 'overpaid')
      if (await isOverpaid(system, await get(system, contract, record.contract))) throw refuse('payment.refund_again')
    // What the mirror copies from it.
    await patch(system, payment.name, record.id, undefined, { refunded_on, refund_ref: text(input.bank_ref) })
    const done = await run(system, payment, record.id, 'reverse', {
      reason: String(input.reason),
      lines: isDecimal(input.amount) ? [{ id: record.id, amount: input.amount }] : null,
    })
    if (paying && input.rest === 'close') await closeRefunded(system, paying, String(input.reason))
    else if (record.request !== null)
      // What came back is payable anew from that day: it is not late since the first one.
      await patch(system, paymentRequest.name, record.request, undefined, { again_on: refunded_on })
    return done
  },
})
