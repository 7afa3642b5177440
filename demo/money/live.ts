// Two years of the demo's contracts, month after month: signed, advanced, measured, claimed, invoiced, asked for, paid, received,
// settled; each paper by whom it concerns, on a working day of its month, and the months closed in their order.
import type { Decimal } from '@yingzao/engines/money'
import { compare, subtract } from '@yingzao/engines/money'
import type { Id } from '@yingzao/kernel/entity'
import { billItem } from '@yingzao/modules/contract/bill-item.entity'
import { contract } from '@yingzao/modules/contract/contract.entity'
import { invoice } from '@yingzao/modules/invoice/invoice.entity'
import { measurement } from '@yingzao/modules/measurement/measurement.entity'
import { progressClaim } from '@yingzao/modules/measurement/progress-claim.entity'
import { retentionRelease } from '@yingzao/modules/measurement/retention-release.entity'
import { settlement } from '@yingzao/modules/measurement/settlement.entity'
import { netting } from '@yingzao/modules/payment/netting.entity'
import { receipt } from '@yingzao/modules/payment/receipt.entity'
import { paymentRequest } from '@yingzao/modules/payment/request.entity'
import type { Client } from '@yingzao/platform/client'
import { dayOf, type Story, workday } from '../diary.ts'
import type { Both } from '../plan/builder.ts'
import { type Deal, deals } from './deals.ts'
import { agree, type Desk, handIn, known, lately, money, monthOf, pass, siteOf } from './desk.ts'
import { taskOf } from './wbs.ts'

/** What comes due in a month. */
interface Due {
  readonly deal: Deal
  readonly amount: Decimal
  readonly kind: 'advance' | 'progress' | 'settlement' | 'retention'
}
interface ToPay extends Due {
  readonly request: Id<'payment_request'>
}

export interface Life extends Desk {
  readonly contracts: Map<string, Id<'contract'>>
  readonly bills: Map<string, readonly { readonly id: Id<'bill_item'>; readonly qty: number }[]>
  readonly receivable: Map<number, Due[]>
  readonly payable: Map<number, ToPay[]>
  invoices: number
}

export const lifeOf = (desk: Desk): Life => ({
  ...desk,
  ...{ contracts: new Map(), bills: new Map(), receivable: new Map(), payable: new Map(), invoices: 0 },
})

/** Each contract lives its own life; what came in is booked in the middle of a month, what is due goes out towards its end. */
export const contractStories = (life: Life, months: readonly number[]): readonly Story[] => [
  ...deals.map(deal => () => live(life, deal)),
  ...months.flatMap(month => [() => receive(life, month), () => pay(life, month)]),
]

async function live(life: Life, deal: Deal): Promise<void> {
  await sign(life, deal)
  for (const [month] of deal.steps) await step(life, deal, month)
  if (deal.settled) await settle(life, deal, deal.settled.month)
}

async function sign(life: Life, deal: Deal): Promise<void> {
  const { t, today, time } = life
  const site = siteOf(life, deal.site)
  const { engineer, manager, clerk, boss } = site
  const [income, goods] = [deal.direction === 'income', deal.kind === 'purchase' || deal.kind === 'rental']
  const gross = income ? deal.sum : deal.sum * (1 + deal.rate / 100)
  const item = deal.item === undefined ? {} : { item: known(life.items, deal.item) }
  const part = income ? {} : await taskOf(engineer, { project: site.project, key: deal.key, t })
  // Negotiated and approved in the two weeks before.
  const signed_on = dayOf(today, deal.signed, 9)
  await time.until(workday(signed_on, -9), 9)
  const made = await engineer.entity(contract).create({
    ...{ name: t(deal.name), direction: deal.direction, kind: deal.kind, project: site.project },
    ...{ counterparty: known(life.parties, deal.party), price_mode: income ? 'gross' : 'net' },
    ...{ pricing: goods || income ? 'unit' : 'lump', progress_share: `${deal.progress}`, pay_days: 28 },
    retention_mode: goods || deal.kind === 'service' ? 'none' : 'at_settlement',
    ...(income ? { public_client: deal.site !== 'erp' } : { invoice_type: 'special' }),
    ...(deal.key === 'm.main'
      ? {
          ...{ pricing_standard: 'gb2013', deviation_threshold: '0.15', deviation_scope: 'segment' },
          ...{ deviation_factor_above: '0.9', deviation_factor_below: '1.1' },
        }
      : {}),
    ...(deal.advance === undefined
      ? {}
      : {
          ...{ advance_amount: money(gross * deal.advance), recovery: 'linear' },
          ...{ recovery_from: '0.2', recovery_to: '0.8' },
        }),
    plan: (deal.plan ?? []).map(([milestone, at, share]) => ({
      ...{ milestone: t(milestone), due_on: dayOf(today, at, 25), share: `${share}` },
    })),
    lines: [
      { name: t(deal.name), ...item, ...part, amount: money(deal.sum), tax_rate: `${deal.rate / 100}` as Decimal },
    ],
  })
  if (deal.bill) await enterBill(life, deal, made.id)
  await time.after(2)
  await engineer.entity(contract).run(made.id, 'submit')
  await pass(life, made, contract.name, [manager, clerk, life.legal, boss, boss])
  await time.until(signed_on, 15)
  await engineer.entity(contract).run(made.id, 'sign', { signed_on })
  life.contracts.set(deal.key, made.id)
  if (deal.advance !== undefined) {
    await time.until(dayOf(today, deal.signed, 12), 10)
    const claim = await handIn(life, engineer, progressClaim, {
      ...{ contract: made.id, kind: 'advance', claimed_on: dayOf(today, deal.signed, 12) },
      advance_amount: money(gross * deal.advance),
    })
    await pass(life, claim, progressClaim.name, [manager, clerk, boss])
    await owe(life, deal, deal.signed, claim.payable_amount ?? '0', 'advance')
  }
}

/** Three items that add up to the sum of the contract to the fen; the last one is a lump sum of what is left. */
async function enterBill(life: Life, deal: Deal, of: Id<'contract'>): Promise<void> {
  const { engineer } = siteOf(life, deal.site)
  const [dig, carry] = [Math.floor((deal.sum * 0.55) / 42), Math.floor((deal.sum * 0.4) / 36)]
  const rest = deal.sum - dig * 42 - carry * 36
  const rows: readonly (readonly [string, Both, Both, number, Decimal])[] = [
    ['040101002001', ['挖基坑土方', 'Excavation'], ['m³', 'm³'], dig, '42'],
    ['040103002001', ['余方弃置', 'Carrying away'], ['m³', 'm³'], carry, '36'],
    ['041107002001', ['排水降水', 'Dewatering'], ['项', 'item'], 1, money(rest)],
  ]
  const made = []
  for (const [code, name, unit, qty, price] of rows) {
    const { id } = await engineer.entity(billItem).create({
      ...{ contract: of, code, name: life.t(name), unit: life.t(unit), qty: `${qty}`, price },
      ...{ item: known(life.items, deal.item ?? ''), tax_rate: `${deal.rate / 100}` },
    })
    made.push({ id, qty })
  }
  life.bills.set(deal.key, made)
}

/** One period: measured, claimed, and owed by one side to the other. */
async function step(life: Life, deal: Deal, month: number): Promise<void> {
  const { t, today, time } = life
  const { engineer, manager, clerk, boss } = siteOf(life, deal.site)
  const of = known(life.contracts, deal.key)
  const at = deal.steps.findIndex(([when]) => when === month)
  const [done, before] = [deal.steps[at]?.[1] ?? 0, deal.steps[at - 1]?.[1] ?? 0]
  const newest = at === deal.steps.length - 1 ? deal.newest : undefined
  const bill = life.bills.get(deal.key)
  if (newest === 'measured') await lately(life, deals.indexOf(deal))
  else await time.until(dayOf(today, month, 24), 10)
  const measured = await handIn(life, engineer, measurement, {
    ...{ contract: of, measured_on: dayOf(today, month, 24) },
    lines: bill
      ? bill.map(({ id, qty }) => ({
          ...{ kind: 'bill' as const, bill_item: id },
          qty: `${(Math.round(qty * done * 10) - Math.round(qty * before * 10)) / 10}`,
        }))
      : [{ kind: 'lump' as const, item: deal.item ? known(life.items, deal.item) : null, to_share: `${done}` }],
  })
  if (newest === 'measured') return
  await pass(life, measured, measurement.name, [manager, clerk])
  if (newest === 'claimed' || newest === 'claim_at_boss') await lately(life, deals.indexOf(deal))
  else await time.until(dayOf(today, month, 26), 14)
  const less = deal.deducted?.[month]
  const claim = await handIn(life, engineer, progressClaim, {
    ...{ contract: of, claimed_on: dayOf(today, month, 26) },
    lines: less ? [{ kind: 'fine' as const, what: t(less.what), amount: money(less.amount) }] : [],
  })
  if (newest === 'claimed') return
  if (newest === 'claim_at_boss') {
    await agree(life, manager, progressClaim.name, claim.id)
    await agree(life, clerk, progressClaim.name, claim.id, 1)
    return
  }
  await pass(life, claim, progressClaim.name, [manager, clerk, boss])
  await owe(life, deal, month, claim.payable_amount ?? '0', 'progress', newest)
}

/** What is due is invoiced; what we owe is asked for, so that it can be paid next month. */
async function owe(
  life: Life,
  deal: Deal,
  month: number,
  amount: Decimal,
  kind: Due['kind'],
  newest?: Deal['newest'],
): Promise<void> {
  if (compare(amount, '0') <= 0) return
  const site = siteOf(life, deal.site)
  const { engineer, manager, clerk, head, boss } = site
  const due = month + 1 + (kind === 'progress' ? (deal.late?.[month] ?? 0) : 0)
  // An advance we are paid is invoiced as it is due; one we pay is invoiced with the goods.
  if (kind !== 'advance' || deal.direction === 'income') await bill(life, deal, month, amount)
  if (deal.netted) return net(life, deal, deal.netted, amount)
  if (deal.direction === 'income') {
    const part = deal.partly?.[month]
    const received = kind === 'progress' && part !== undefined ? money(Number(amount) * part) : amount
    life.receivable.set(due, [...(life.receivable.get(due) ?? []), { deal, amount: received, kind }])
    return
  }
  const words: Readonly<Record<Due['kind'], Both>> = {
    advance: ['预付款', 'Advance'],
    progress: [`${monthOf(life.today, month)} 进度款`, `Progress, ${monthOf(life.today, month)}`],
    settlement: ['结算款', 'Final payment'],
    retention: ['质保金', 'Retention'],
  }
  if (newest) await lately(life, deals.indexOf(deal))
  // Asked for by the accountant when it is the cost engineer who is to look at it.
  const request = await handIn(life, newest === 'asked_at_cost' ? clerk : engineer, paymentRequest, {
    ...{
      name: life.t(words[kind]),
      kind: deal.wages ? 'wages' : kind,
      contract: known(life.contracts, deal.key),
      amount,
    },
    due_on: dayOf(life.today, month + 1, 25),
  })
  const asked: Partial<Record<NonNullable<typeof newest>, readonly Client[]>> = {
    ...{ asked: [], asked_at_cost: [manager], asked_at_head: [manager], asked_at_clerk: [manager, head] },
  }
  const judges = newest && asked[newest]
  if (judges) {
    for (const [at, who] of judges.entries()) await agree(life, who, paymentRequest.name, request.id, at)
    return
  }
  if (newest === 'rejected') {
    await life.time.after(4)
    await manager.entity(paymentRequest).run(request.id, 'reject', {
      opinion: life.t(['送货单缺收料员签字，补齐后再报', 'Delivery notes are not signed']),
    })
    return
  }
  await pass(life, request, paymentRequest.name, [manager, head, clerk, boss])
  life.payable.set(due, [...(life.payable.get(due) ?? []), { deal, amount, kind, request: request.id }])
}

/** What we owe to a client is set against what he owes us, who then pays so much less. */
async function net(
  life: Life,
  deal: Deal,
  { against, month }: NonNullable<Deal['netted']>,
  amount: Decimal,
): Promise<void> {
  const { engineer, manager, clerk, boss } = siteOf(life, deal.site)
  const agreed_on = dayOf(life.today, month, 6)
  await life.time.until(agreed_on, 10)
  const made = await handIn(life, engineer, netting, {
    ...{ income_contract: known(life.contracts, against), expense_contract: known(life.contracts, deal.key) },
    ...{ amount, agreed_on },
  })
  await pass(life, made, netting.name, [manager, clerk, boss])
  const due = life.receivable.get(month) ?? []
  const found = due.find(each => each.deal.key === against)
  if (!found) throw new Error(`nothing is due on ${against} in month ${month}`)
  const less = { ...found, amount: subtract(found.amount, amount) }
  life.receivable.set(
    month,
    due.map(each => (each === found ? less : each)),
  )
}

async function bill(life: Life, deal: Deal, month: number, amount: Decimal): Promise<void> {
  const { engineer, manager, clerk } = siteOf(life, deal.site)
  const income = deal.direction === 'income'
  const building = deal.kind === 'works' || deal.kind === 'subcontract' || deal.kind === 'labour'
  const kind =
    building && deal.rate !== 13
      ? 'construction'
      : deal.kind === 'rental'
        ? 'lease'
        : deal.rate === 6
          ? 'other'
          : 'goods'
  const heads: Readonly<Record<typeof kind, Both>> = {
    construction: ['*建筑服务*工程款', '*Construction services*Works'],
    lease: ['*经营租赁*机械租赁费', '*Lease*Machines'],
    other: ['*研发和技术服务*技术服务费', '*Technical services*Services'],
    goods: [`*货物*${deal.name[0].replace('采购', '')}`, `*Goods*${deal.name[1]}`],
  }
  const issued = dayOf(life.today, month, 27)
  await life.time.until(issued, 11)
  const made = await handIn(life, engineer, invoice, {
    ...{ direction: income ? 'out' : 'in', service: kind, issued_on: issued },
    invoice_no: `${issued.slice(2, 4)}4420000000${String(++life.invoices).padStart(8, '0')}`,
    ...{ contract: known(life.contracts, deal.key), counterparty: known(life.parties, deal.party) },
    lines: [{ name: life.t(heads[kind]), amount, tax_rate: `${deal.rate / 100}` as Decimal }],
  })
  await pass(life, made, invoice.name, income ? [manager, clerk] : [clerk])
  // Input tax is deducted in its own month, but for the newest papers.
  if (!income && month < -1) {
    await life.time.after(1)
    await clerk.entity(invoice).run(made.id, 'deduct', { month: issued.slice(0, 7) })
  }
}

async function receive(life: Life, month: number): Promise<void> {
  await life.time.until(dayOf(life.today, month, 15), 14)
  for (const { deal, amount, kind } of life.receivable.get(month) ?? []) {
    const site = siteOf(life, deal.site)
    const made = await handIn(life, life.cashier, receipt, {
      ...{ contract: known(life.contracts, deal.key), kind, amount, account: known(life.accounts, site.key) },
      ...{ received_on: dayOf(life.today, month, 15) },
      ...(deal.key === 'm.main' ? { wage_share: '0.12' } : {}),
    })
    // The newest money waits for the accountant.
    if (month < 0) await pass(life, made, receipt.name, [site.clerk])
  }
}

/** All of a month and account at once, as the cashier does it; of what is due this month only the older half so far. */
async function pay(life: Life, month: number): Promise<void> {
  await life.time.until(dayOf(life.today, month, 25), 15)
  const place = ({ deal }: ToPay) => deals.indexOf(deal)
  const due = (life.payable.get(month) ?? []).sort((a, b) => place(a) - place(b))
  const now = month < 0 ? due : due.slice(0, Math.floor(due.length / 2))
  for (const site of life.sites)
    for (const wages of [false, true]) {
      const items = now.filter(({ deal }) => deal.site === site.key && (deal.wages ?? false) === wages)
      if (items.length === 0) continue
      await life.cashier.perform('payment.pay', {
        items: items.map(({ request }) => ({ source: 'request', id: request, amount: null })),
        account: known(life.accounts, wages ? 'wages' : site.key),
        paid_on: dayOf(life.today, month, 25),
      })
    }
}

async function settle(life: Life, deal: Deal, month: number): Promise<void> {
  const { engineer, manager, clerk, boss } = siteOf(life, deal.site)
  const at = deal.settled
  if (!at) return
  const of = known(life.contracts, deal.key)
  await life.time.until(dayOf(life.today, month, 20), 10)
  const made = await handIn(life, engineer, settlement, {
    ...{ contract: of, settled_on: dayOf(life.today, month, 20), accepted_on: dayOf(life.today, month - 1, 16) },
    lines: [
      {
        ...{ what: life.t(deal.name), tax_rate: `${deal.rate / 100}` as Decimal },
        ...(deal.item === undefined ? {} : { item: known(life.items, deal.item) }),
        ...{ submitted_amount: money(at.submitted), approved_amount: money(at.approved) },
      },
    ],
  })
  await pass(life, made, settlement.name, [manager, clerk, boss, boss])
  await owe(life, deal, month, made.payable_amount ?? '0', 'settlement')
  await life.time.after(2)
  const held = compare(made.retention_amount ?? '0', '0') > 0
  await engineer.entity(contract).run(of, held ? 'enter_warranty' : 'finish')
}

/** Retention of what was accepted a year ago falls due this month: one is released and asked for, one waits. */
export async function release(life: Life): Promise<void> {
  for (const key of ['m.pipes', 'm.before']) {
    await life.time.until(dayOf(life.today, -1, 21), 10)
    if (key === 'm.before') await lately(life, 3)
    const deal = deals.find(each => each.key === key)
    if (!deal) continue
    const { engineer, manager, clerk, boss } = siteOf(life, deal.site)
    const held = Number(money((deal.settled?.approved ?? 0) * 0.03))
    const repairs = deal.direction === 'expense' ? 12_600 : 0
    const made = await handIn(life, engineer, retentionRelease, {
      ...{ contract: known(life.contracts, key), released_on: dayOf(life.today, -1, 21) },
      ...{ amount: money(held - repairs), repair_amount: money(repairs) },
      reason: life.t(['缺陷责任期满，现场复核完成', 'The defects liability is over; checked on site']),
    })
    if (key === 'm.before') continue
    await pass(life, made, retentionRelease.name, [manager, clerk, boss])
    await owe(life, deal, -1, made.amount, 'retention', 'asked')
  }
}
