// What the demo's companies do beside their contracts, month after month: wages of the staff, interest, transfers and loans between
// themselves, services settled in the group, and the books closed in order.
import type { Id } from '@yingzao/kernel/entity'
import { accountEntry } from '@yingzao/modules/bank-account/account-entry.entity'
import { monthClosing } from '@yingzao/modules/month-closing/month-closing.entity'
import { paymentRequest } from '@yingzao/modules/payment/request.entity'
import { transfer } from '@yingzao/modules/payment/transfer.entity'
import type { Client } from '@yingzao/platform/client'
import type { Both } from '../plan/builder.ts'
import { type Desk, dayOf, handIn, known, money, monthOf, pass, type Site, siteOf } from './desk.ts'

const staff: readonly (readonly [site: Site['key'], amount: number])[] = [
  ['metro', 968_400],
  ['line', 372_700],
  ['erp', 438_900],
]
const interest: readonly (readonly [site: Site['key'], amount: number])[] = [['metro', 18_731.25]]
const moved: readonly (readonly [month: number, from: string, to: string, amount: number, what: Both])[] = [
  [-22, 'metro', 'bond', 400_000, ['缴存投标保证金', 'Bid bonds']],
  [-14, 'erp', 'line', 3_000_000, ['产线设备款内部借款', 'Loan for the line']],
  [-10, 'metro', 'till', 20_000, ['提取备用金', 'Cash for the till']],
  [-7, 'metro', 'erp', 26_000_000, ['集团资金归集', 'Pooled with the group']],
  [-6, 'bond', 'metro', 600_000, ['投标保证金退回转基本户', 'Bid bonds returned']],
  [-2, 'erp', 'metro', 8_000_000, ['归集资金下拨', 'Back from the pool']],
  [-2, 'metro', 'till', 20_000, ['提取备用金', 'Cash for the till']],
]
/** IT services that Construction pays to the group when they are due there. */
const settled: Readonly<Record<number, number>> = { [-11]: 1_536_000, [-4]: 2_304_000 }

/** Before the contracts of the month: Construction has paid what the group then receives. */
export async function companyMonth(desk: Desk, month: number, chief: Client): Promise<void> {
  const { t, today, cashier, accounts } = desk
  const number = Number(monthOf(today, month).slice(5))
  const book = async (site: Site['key'], kind: 'interest' | 'other_out', amount: number, day: number, reason: Both) => {
    const made = await handIn(cashier, accountEntry, {
      ...{ account: known(accounts, site), kind, amount: money(amount), reason: t(reason) },
      entered_on: dayOf(today, month, day),
    })
    await pass(made, accountEntry.name, [siteOf(desk, site).clerk])
  }
  if (number % 6 === 0 && month < 0) {
    for (const [site, amount] of interest)
      await book(site, 'interest', amount + (number * 117) / 4, 21, ['结息', 'Interest'])
    for (const [site, amount] of staff)
      await book(site, 'other_out', amount + number * 1_250, 22, ['管理人员工资与社保（半年）', 'Staff, half a year'])
  }
  for (const [at, from, to, amount, what] of moved)
    if (at === month) {
      const made = await handIn(cashier, transfer, {
        ...{ name: t(what), from_account: known(accounts, from), to_account: known(accounts, to) },
        ...{ amount: money(amount), moved_on: dayOf(today, month, 10) },
      })
      const { clerk, boss } = siteOf(desk, from === 'erp' ? 'erp' : 'metro')
      await pass(made, transfer.name, [clerk, boss])
    }
  if (month === -6) await book('erp', 'other_out', 18_000_000, 16, ['归还银行流动资金贷款', 'Loan of the bank repaid'])
  const services = settled[month]
  if (services !== undefined) {
    const { clerk, boss, company } = siteOf(desk, 'metro')
    const asked = await handIn(clerk, paymentRequest, {
      ...{ name: t(['集团信息化服务费', 'IT services of the group']), kind: 'other', company, amount: money(services) },
      ...{ counterparty: known(desk.parties, '恒筑集团'), due_on: dayOf(today, month, 12) },
    })
    await pass(asked, paymentRequest.name, [chief, boss, boss])
    await cashier.perform('payment.pay', {
      items: [{ source: 'request', id: asked.id, amount: null }],
      ...{ account: known(accounts, 'metro'), paid_on: dayOf(today, month, 14) },
    })
  }
}

/** 月结 in order, from the first month to the last but one. */
export async function closeBooks(desk: Desk, chief: Client, months: readonly number[]): Promise<void> {
  for (const { company } of desk.sites) {
    const { items } = await chief.entity(monthClosing).list({ filter: { company: { eq: company } }, limit: 1 })
    const id = items[0]?.id as Id<'month_closing'> | undefined
    if (id)
      for (const month of months)
        await chief.entity(monthClosing).run(id, 'close', { month: monthOf(desk.today, month) })
  }
}
