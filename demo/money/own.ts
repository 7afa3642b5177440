// What people of the demo spent and were lent: paid, waiting for the cashier, for the manager, for the accountant, sent back.
import type { Decimal } from '@yingzao/engines/money'
import type { Id, PlainDate } from '@yingzao/kernel/entity'
import { advance } from '@yingzao/modules/claim/advance.entity'
import { claim } from '@yingzao/modules/claim/claim.entity'
import { expenseItem } from '@yingzao/modules/cost-item/cost-item.entity'
import { payment } from '@yingzao/modules/payment/payment.entity'
import { type Story, workday } from '../diary.ts'
import type { Both } from '../plan/builder.ts'
import { agree, type Desk, handIn, known, pass, siteOf } from './desk.ts'

type Until = 'paid' | 'approved' | 'at_clerk' | 'at_manager' | 'rejected' | 'draft'
const spent: readonly (readonly [
  who: string,
  site: 'metro' | 'erp' | 'line',
  what: Both,
  item: string,
  amount: Decimal,
  daysAgo: number,
  until: Until,
])[] = [
  ['foreman', 'metro', ['工地零星采购', 'Small purchases for the site'], '50.03', '1860.50', 64, 'paid'],
  ['tech', 'metro', ['赴设计院图纸会审差旅', 'Drawing review at the design institute'], '30.01', '1248.00', 41, 'paid'],
  ['document', 'metro', ['竣工资料打印装订', 'Printing and binding of records'], '20.01', '2316.40', 18, 'approved'],
  ['tech', 'metro', ['业主例会资料打印', 'Printing for the client meeting'], '20.01', '326.80', 9, 'at_clerk'],
  ['foreman.li', 'metro', ['防汛物资', 'Flood protection'], '50.03', '742.00', 6, 'at_manager'],
  ['foreman', 'metro', ['夜间抢工餐费', 'Meals of the night shift'], '50.03', '968.00', 5, 'rejected'],
  ['architect', 'erp', ['赴杭州参加厂商培训', 'Training at the vendor'], '30.01', '3164.00', 52, 'paid'],
  ['ops', 'erp', ['机房巡检差旅', 'Travel to the server room'], '30.01', '418.50', 4, 'at_manager'],
  ['process', 'line', ['压机出厂验收差旅', 'Acceptance of the presses at the works'], '30.01', '4287.60', 150, 'paid'],
  ['automation', 'line', ['示教器备件', 'Spare teach pendant'], '50.03', '1190.00', 3, 'draft'],
]

export async function ownStories(desk: Desk): Promise<readonly Story[]> {
  const { t, time, cashier, accounts } = desk
  const before = (days: number) =>
    new Date(Date.parse(`${desk.today}T00:00:00Z`) - days * 86_400_000).toISOString().slice(0, 10) as PlainDate
  const items = new Map<string, Id<'expense_item'>>()
  for await (const { code, id } of cashier.entity(expenseItem).all({ fields: ['code'] })) items.set(code, id)
  const till = { metro: 'till', erp: 'erp', line: 'line' } as const

  const claimed = async ([login, key, name, item, amount, days, until]: (typeof spent)[number], index: number) => {
    const [who, { project, manager, clerk }] = [await desk.as(login), siteOf(desk, key)]
    await time.until(workday(before(days), 1), 11)
    const made = await who.entity(claim).create({
      ...{ name: t(name), project },
      lines: [
        {
          ...{ expense_item: known(items, item), amount, spent_on: before(days) },
          invoice_no: `${before(days).slice(2, 4)}44${80_000 + index * 137}`,
        },
      ],
    })
    if (until === 'draft') return
    await time.after(0.3)
    await who.entity(claim).run(made.id, 'submit')
    if (until === 'rejected') {
      await time.after(4)
      await manager.entity(claim).run(made.id, 'reject', {
        opinion: t(['餐费走劳务分包结算，不在项目报销', 'Meals are settled with the labour contract']),
      })
    }
    if (until === 'at_clerk') await agree(desk, manager, claim.name, made.id)
    if (until !== 'paid' && until !== 'approved') return
    await pass(desk, made, claim.name, [manager, clerk])
    if (until === 'approved') return
    const paid_on = workday(before(days), 6)
    await time.until(paid_on, 15)
    await handIn(desk, cashier, payment, { claim: made.id, account: known(accounts, till[key]), paid_on })
  }

  const { project, manager, clerk } = siteOf(desk, 'metro')
  const foreman = await desk.as('foreman')
  const lend = (name: Both, amount: Decimal, due: number) =>
    handIn(desk, foreman, advance, { name: t(name), amount, project, due_on: before(due) })
  return [
    ...spent.map((each, index) => () => claimed(each, index)),
    async () => {
      await time.until(workday(before(9), -3), 10)
      const lent = await lend(['零星材料采购', 'Small material for the site'], '3000.00', -20)
      await pass(desk, lent, advance.name, [manager, clerk])
      const paid_on = workday(before(9), 0)
      await time.until(paid_on, 15)
      await handIn(desk, cashier, payment, { advance: lent.id, account: known(accounts, 'till'), paid_on })
    },
    async () => {
      await time.until(workday(desk.today, -2), 10)
      await lend(['雨季抽排水设备租赁', 'Pumps for the rain'], '2000.00', -30)
    },
  ]
}
