// What the demo's companies do beside their contracts, month after month: wages of the staff, interest, transfers and loans between
// themselves, services settled in the group, and the books closed in order.
import type { PlainDate } from '@yingzao/kernel/entity'
import { accountEntry } from '@yingzao/modules/bank-account/account-entry.entity'
import { monthClosing } from '@yingzao/modules/month-closing/month-closing.entity'
import { paymentRequest } from '@yingzao/modules/payment/request.entity'
import { transfer } from '@yingzao/modules/payment/transfer.entity'
import type { Client } from '@yingzao/platform/client'
import { dayOf, type Story, workday } from '../diary.ts'
import type { Both } from '../plan/builder.ts'
import { type Desk, handIn, known, money, monthOf, pass, type Site, siteOf } from './desk.ts'

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

/** Each on its day. */
export function companyStories(desk: Desk, months: readonly number[], chief: Client): readonly Story[] {
  const { t, today, time, cashier, accounts } = desk
  const book = async (
    site: Site['key'],
    kind: 'interest' | 'other_out',
    amount: number,
    entered_on: PlainDate,
    reason: Both,
  ) => {
    await time.until(entered_on, 10)
    const made = await handIn(desk, cashier, accountEntry, {
      ...{ account: known(accounts, site), kind, amount: money(amount), reason: t(reason), entered_on },
    })
    await pass(desk, made, accountEntry.name, [siteOf(desk, site).clerk])
  }
  const halfYear = months.filter(month => month < 0 && Number(monthOf(today, month).slice(5)) % 6 === 0)
  return [
    ...halfYear.flatMap(month => {
      const number = Number(monthOf(today, month).slice(5))
      return [
        ...interest.map(
          ([site, amount]) =>
            () =>
              book(site, 'interest', amount + (number * 117) / 4, dayOf(today, month, 21), ['结息', 'Interest']),
        ),
        ...staff.map(([site, amount]) => () => {
          const what: Both = ['管理人员工资与社保（半年）', 'Staff, half a year']
          return book(site, 'other_out', amount + number * 1_250, dayOf(today, month, 22), what)
        }),
      ]
    }),
    ...moved.map(([month, from, to, amount, what]) => async () => {
      const moved_on = dayOf(today, month, 10)
      await time.until(moved_on, 9)
      const made = await handIn(desk, cashier, transfer, {
        ...{ name: t(what), from_account: known(accounts, from), to_account: known(accounts, to) },
        ...{ amount: money(amount), moved_on },
      })
      const { clerk, boss } = siteOf(desk, from === 'erp' ? 'erp' : 'metro')
      await pass(desk, made, transfer.name, [clerk, boss])
    }),
    () =>
      book('erp', 'other_out', 18_000_000, dayOf(today, -6, 16), ['归还银行流动资金贷款', 'Loan of the bank repaid']),
    ...Object.entries(settled).map(([month, services]) => async () => {
      const { clerk, boss, company } = siteOf(desk, 'metro')
      const due_on = dayOf(today, Number(month), 12)
      await time.until(workday(due_on, -5), 10)
      const asked = await handIn(desk, clerk, paymentRequest, {
        ...{
          name: t(['集团信息化服务费', 'IT services of the group']),
          kind: 'other',
          company,
          amount: money(services),
        },
        ...{ counterparty: known(desk.parties, '恒筑集团'), due_on },
      })
      await pass(desk, asked, paymentRequest.name, [chief, boss, boss])
      const paid_on = dayOf(today, Number(month), 14)
      await time.until(paid_on, 15)
      await cashier.perform('payment.pay', {
        items: [{ source: 'request', id: asked.id, amount: null }],
        ...{ account: known(accounts, 'metro'), paid_on },
      })
    }),
  ]
}

/** 月结 in order, each some days into the next month. */
export async function closeBooks(desk: Desk, chief: Client, months: readonly number[]): Promise<void> {
  const { items } = await chief.entity(monthClosing).list({ limit: 10 })
  for (const month of months) {
    await desk.time.until(dayOf(desk.today, month + 1, 12), 16)
    for (const { id } of items) await chief.entity(monthClosing).run(id, 'close', { month: monthOf(desk.today, month) })
  }
}
