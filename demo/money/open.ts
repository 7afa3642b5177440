// What lies open on the desks of the demo's people today, in every state: asked for, half paid, sent back, refunded, taken back,
// waiting for each of those who decide; guarantees that end soon.
import type { Decimal } from '@yingzao/engines/money'
import type { Id, PlainDate } from '@yingzao/kernel/entity'
import { accountEntry } from '@yingzao/modules/bank-account/account-entry.entity'
import { contract } from '@yingzao/modules/contract/contract.entity'
import { guarantee } from '@yingzao/modules/guarantee/guarantee.entity'
import { invoice } from '@yingzao/modules/invoice/invoice.entity'
import { vatPrepayment } from '@yingzao/modules/invoice/vat-prepayment.entity'
import { payment } from '@yingzao/modules/payment/payment.entity'
import { paymentRequest } from '@yingzao/modules/payment/request.entity'
import { transfer } from '@yingzao/modules/payment/transfer.entity'
import type { Client } from '@yingzao/platform/client'
import { dayOf, type Story, workday } from '../diary.ts'
import type { Both } from '../plan/builder.ts'
import { agree, handIn, known, lately, money, monthOf, pass, siteOf } from './desk.ts'
import type { Life } from './live.ts'

export const openStories = (life: Life, chief: Client): readonly Story[] => [
  ...withoutContract(life, chief),
  ...looseInvoices(life),
  ...newContracts(life),
  ...prepay(life),
  ...takenBack(life),
  ...guarantees(life),
]

/** A deposit paid and given back in part, one half paid, one for the cashier, one for the chief, one sent back, one draft. */
function withoutContract(life: Life, chief: Client): readonly Story[] {
  const { t, today, time, cashier, accounts } = life
  const { clerk, company } = siteOf(life, 'metro')
  const counterparty = known(life.parties, '明测工程检测有限公司')
  const ask = (name: Both, amount: Decimal, month: number, day: number) =>
    clerk.entity(paymentRequest).create({
      ...{ name: t(name), kind: 'other', counterparty, company, amount, due_on: dayOf(today, month, day) },
    })
  const submit = async (id: Id<'payment_request'>) => {
    await time.after(0.3)
    await clerk.entity(paymentRequest).run(id, 'submit')
  }
  const agreed = async (id: Id<'payment_request'>) => {
    await submit(id)
    await pass(life, { id }, paymentRequest.name, [chief])
  }
  const account = known(accounts, 'metro')
  return [
    async () => {
      await time.until(dayOf(today, -6, 6), 10)
      const power = await ask(['临时用电押金', 'Deposit for temporary power'], '36000.00', -6, 12)
      await agreed(power.id)
      const paid_on = dayOf(today, -6, 13)
      await time.until(paid_on, 15)
      const paid = await handIn(life, cashier, payment, { request: power.id, account, paid_on })
      const refunded_on = dayOf(today, -1, 14)
      await time.until(refunded_on, 11)
      await cashier.entity(payment).run(paid.id, 'refund', {
        ...{ amount: '6000.00', refunded_on, bank_ref: 'TK260611' },
        reason: t(['减容，退回部分押金', 'Less power is needed: part comes back']),
      })
      await time.after(6)
      await clerk
        .entity(paymentRequest)
        .run(power.id, 'close_rest', { reason: t(['押金已按减容后金额结清', 'The deposit is settled as reduced']) })
    },
    async () => {
      await time.until(dayOf(today, -1, 14), 10)
      const turnover = await ask(['基坑监测周转费', 'Pit monitoring, turnover'], '28500.00', -1, 20)
      await agreed(turnover.id)
      const paid_on = dayOf(today, -1, 22)
      await time.until(paid_on, 15)
      await handIn(life, cashier, payment, { request: turnover.id, account, amount: '15000.00', paid_on })
    },
    async () => {
      await lately(life, 4)
      await agreed((await ask(['检测中心年费', 'Yearly fee of the testing centre'], '12800.00', 1, 6)).id)
    },
    async () => {
      await lately(life, 1)
      await submit((await ask(['临时用水押金', 'Deposit for temporary water'], '18000.00', 1, 12)).id)
    },
    async () => {
      await lately(life, 3)
      const fence = await ask(['围挡广告制作', 'Printed hoarding'], '9600.00', 0, 25)
      await submit(fence.id)
      await time.after(4)
      await chief
        .entity(paymentRequest)
        .run(fence.id, 'reject', { opinion: t(['无比价记录，补三家报价', 'Three quotes are missing']) })
    },
    async () => {
      await lately(life, 0)
      await ask(['安全体验区租赁', 'Safety training area'], '22400.00', 1, 18)
    },
  ]
}

function looseInvoices(life: Life): readonly Story[] {
  const { t, today, time } = life
  const { engineer, clerk, project } = siteOf(life, 'metro')
  const counterparty = known(life.parties, '明测工程检测有限公司')
  const take = async (issued_on: PlainDate, name: Both, amount: Decimal) => {
    await time.until(workday(issued_on, 2), 10)
    return handIn(life, engineer, invoice, {
      ...{ direction: 'in', project, counterparty, service: 'other', issued_on },
      invoice_no: `${issued_on.slice(2, 4)}4420000000${String(++life.invoices).padStart(8, '0')}`,
      lines: [{ name: t(name), amount, tax_rate: '0.06' }],
    })
  }
  return [
    async () => {
      const tested = await take(
        dayOf(today, -2, 12),
        ['*研发和技术服务*基坑监测费', '*Technical services*Monitoring of the pit'],
        '84800.00',
      )
      await pass(life, tested, invoice.name, [clerk])
      await time.after(1)
      await clerk.entity(invoice).run(tested.id, 'deduct', { month: monthOf(today, -2) })
      const issued_on = dayOf(today, -1, 16)
      await time.until(issued_on, 16)
      await clerk.entity(invoice).run(tested.id, 'redden', {
        ...{ invoice_no: `${issued_on.slice(2, 4)}4420000000${String(++life.invoices).padStart(8, '0')}`, issued_on },
        ...{ amount: '10600.00', reason: t(['少测两点，开具红字', 'Two points were not measured']) },
        confirmation_no: '44010026110000018',
      })
    },
    // One waits for the accountant.
    () =>
      take(
        workday(today, -4),
        ['*研发和技术服务*混凝土试块检测', '*Technical services*Tests of concrete cubes'],
        '12720.00',
      ),
  ]
}

/** One in work, one waiting for the accountant, one for the managing director. */
function newContracts(life: Life): readonly Story[] {
  const { t, time } = life
  const draw = (site: 'metro' | 'line', name: Both, party: string, item: string, sum: number, rate: Decimal) =>
    siteOf(life, site)
      .engineer.entity(contract)
      .create({
        ...{ name: t(name), direction: 'expense', kind: 'subcontract', project: siteOf(life, site).project },
        ...{ counterparty: known(life.parties, party), price_mode: 'net', pricing: 'lump', invoice_type: 'special' },
        lines: [{ name: t(name), item: known(life.items, item), amount: money(sum), tax_rate: rate }],
      })
  const [metro, line] = [siteOf(life, 'metro'), siteOf(life, 'line')]
  return [
    async () => {
      await lately(life, 3)
      const fitOut = await draw(
        ...(['metro', ['出入口装饰装修分包', 'Fit-out of the entrances'], '云州联筑装饰工程有限公司'] as const),
        ...(['04.06', 3_268_000, '0.09'] as const),
      )
      await time.after(1)
      await metro.engineer.entity(contract).run(fitOut.id, 'submit')
      await agree(life, metro.manager, contract.name, fitOut.id)
    },
    async () => {
      await lately(life, 1)
      await draw(
        ...(['metro', ['顶板防水施工分包', 'Waterproofing of the roof'], '青禾防水材料有限公司'] as const),
        ...(['02.06', 1_120_000, '0.09'] as const),
      )
    },
    async () => {
      await lately(life, 4)
      const air = await draw(
        ...(['line', ['压缩空气管网改造', 'Compressed air'], '远山机电安装有限公司'] as const),
        ...(['10.04', 198_000, '0.09'] as const),
      )
      await time.after(1)
      await line.engineer.entity(contract).run(air.id, 'submit')
      await agree(life, line.manager, contract.name, air.id)
      await agree(life, line.clerk, contract.name, air.id, 1)
      await agree(life, life.legal, contract.name, air.id, 2)
    },
  ]
}

/** 预缴: of one month paid, of another waiting. */
function prepay(life: Life): readonly Story[] {
  const { today, time } = life
  const { clerk, manager, boss, project } = siteOf(life, 'metro')
  const enter = async (month: number, paid: Decimal, voucher_no: string) => {
    const paid_on = dayOf(today, month + 1, 12)
    if (paid === '0') await lately(life, 2)
    else await time.until(paid_on, 16)
    return handIn(life, clerk, vatPrepayment, {
      ...{ project, month: monthOf(today, month), paid_amount: paid, paid_on, voucher_no },
    })
  }
  return [
    async () => pass(life, await enter(-8, '709174.31', '3440160418000217'), vatPrepayment.name, [manager, boss]),
    () => enter(-2, '0', '—'),
  ]
}

/** A fee that was entered twice is taken back; a transfer waits. */
function takenBack(life: Life): readonly Story[] {
  const { t, today, time, cashier, accounts } = life
  const { clerk } = siteOf(life, 'metro')
  const fee = async () => {
    const made = await handIn(life, cashier, accountEntry, {
      ...{ account: known(accounts, 'metro'), kind: 'fee', amount: '286.00', entered_on: dayOf(today, -1, 9) },
      reason: t(['网银手续费', 'Online banking fee']),
    })
    await pass(life, made, accountEntry.name, [clerk])
    return made
  }
  return [
    async () => {
      await time.until(dayOf(today, -1, 9), 16)
      await fee()
      const twice = await fee()
      await time.after(6)
      await clerk.entity(accountEntry).run(twice.id, 'reverse', { reason: t(['重复登记', 'Entered twice']) })
    },
    async () => {
      await lately(life, 0)
      await handIn(life, cashier, transfer, {
        ...{ name: t(['人工费拨付', 'Labour share of the month']), labour_share: true, amount: '460000.00' },
        ...{ from_account: known(accounts, 'metro'), to_account: known(accounts, 'wages'), moved_on: today },
      })
    },
  ]
}

function guarantees(life: Life): readonly Story[] {
  const { t, today, time } = life
  const { clerk, project } = siteOf(life, 'metro')
  const bank = t(['云州银行营业部', 'Bank of Yunzhou'])
  const rail = known(life.parties, '云州轨道交通集团有限公司')
  return (
    [
      ['YZLB-2026-0118', 'm.main', 'performance', 'given', rail, 19_325_000, -9, 14],
      ['YZLB-2026-0121', 'm.main', 'wages', 'given', rail, 1_932_500, -9, 1],
      ['YZLB-2026-0133', 'm.main', 'advance', 'given', rail, 38_650_000, -9, 6],
      ['YSBH-2026-0907', 'm.mep', 'advance', 'received', known(life.parties, '远山机电安装有限公司'), 2_949_000, -2, 5],
      [
        'ZYLB-2026-0042',
        'm.shoring',
        'performance',
        'received',
        known(life.parties, '中岳岩土工程有限公司'),
        2_696_000,
        -9,
        -1,
      ],
    ] as const
  ).map(([no, deal, kind, direction, party, amount, from, to]) => async () => {
    // Given when the contract is signed.
    await time.until(workday(dayOf(today, from, 9), 2), 11)
    await clerk.entity(guarantee).create({
      ...{ guarantee_no: no, project, contract: known(life.contracts, deal), counterparty: party },
      ...{ bank, kind, direction },
      ...{ amount: money(amount), issued_on: dayOf(today, from, 8), valid_to: dayOf(today, to, 10) },
    })
  })
}
