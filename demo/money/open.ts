// What lies open on the desks of the demo's people today, in every state: asked for, half paid, sent back, refunded, taken back,
// waiting for each of those who decide; guarantees that end soon.
import type { Decimal } from '@yingzao/engines/money'
import type { Id } from '@yingzao/kernel/entity'
import { accountEntry } from '@yingzao/modules/bank-account/account-entry.entity'
import { contract } from '@yingzao/modules/contract/contract.entity'
import { guarantee } from '@yingzao/modules/guarantee/guarantee.entity'
import { invoice } from '@yingzao/modules/invoice/invoice.entity'
import { vatPrepayment } from '@yingzao/modules/invoice/vat-prepayment.entity'
import { payment } from '@yingzao/modules/payment/payment.entity'
import { paymentRequest } from '@yingzao/modules/payment/request.entity'
import { transfer } from '@yingzao/modules/payment/transfer.entity'
import type { Client } from '@yingzao/platform/client'
import type { Both } from '../plan/builder.ts'
import { dayOf, handIn, known, money, monthOf, pass, siteOf } from './desk.ts'
import type { Life } from './live.ts'

export async function leaveOpen(life: Life, chief: Client): Promise<void> {
  await withoutContract(life, chief)
  await looseInvoices(life)
  await newContracts(life)
  await prepay(life)
  await takenBack(life)
  await guarantees(life)
}

/** A deposit paid and given back in part, one half paid, one for the cashier, one for the chief, one sent back, one draft. */
async function withoutContract(life: Life, chief: Client): Promise<void> {
  const { t, today, cashier, accounts } = life
  const { clerk, company } = siteOf(life, 'metro')
  const counterparty = known(life.parties, '明测工程检测有限公司')
  const ask = (name: Both, amount: Decimal, month: number, day: number) =>
    clerk.entity(paymentRequest).create({
      ...{ name: t(name), kind: 'other', counterparty, company, amount, due_on: dayOf(today, month, day) },
    })
  const submit = (id: Id<'payment_request'>) => clerk.entity(paymentRequest).run(id, 'submit')
  const agree = async (id: Id<'payment_request'>) => {
    await submit(id)
    await pass({ id }, paymentRequest.name, [chief])
  }
  const account = known(accounts, 'metro')

  const power = await ask(['临时用电押金', 'Deposit for temporary power'], '36000.00', -6, 12)
  await agree(power.id)
  const paid = await handIn(cashier, payment, { request: power.id, account, paid_on: dayOf(today, -6, 13) })
  await cashier.entity(payment).run(paid.id, 'refund', {
    ...{ amount: '6000.00', refunded_on: dayOf(today, -1, 14), bank_ref: 'TK260611' },
    reason: t(['减容，退回部分押金', 'Less power is needed: part comes back']),
  })
  await clerk
    .entity(paymentRequest)
    .run(power.id, 'close_rest', { reason: t(['押金已按减容后金额结清', 'The deposit is settled as reduced']) })
  const turnover = await ask(['基坑监测周转费', 'Pit monitoring, turnover'], '28500.00', -1, 20)
  await agree(turnover.id)
  await handIn(cashier, payment, { request: turnover.id, account, amount: '15000.00', paid_on: dayOf(today, -1, 22) })
  await agree((await ask(['检测中心年费', 'Yearly fee of the testing centre'], '12800.00', 1, 6)).id)
  await submit((await ask(['临时用水押金', 'Deposit for temporary water'], '18000.00', 1, 12)).id)
  const fence = await ask(['围挡广告制作', 'Printed hoarding'], '9600.00', 0, 25)
  await submit(fence.id)
  await chief
    .entity(paymentRequest)
    .run(fence.id, 'reject', { opinion: t(['无比价记录，补三家报价', 'Three quotes are missing']) })
  await ask(['安全体验区租赁', 'Safety training area'], '22400.00', 1, 18)
}

async function looseInvoices(life: Life): Promise<void> {
  const { t, today } = life
  const { engineer, clerk, project } = siteOf(life, 'metro')
  const counterparty = known(life.parties, '明测工程检测有限公司')
  const take = (month: number, day: number, name: Both, amount: Decimal) => {
    const issued_on = dayOf(today, month, day)
    return handIn(engineer, invoice, {
      ...{ direction: 'in', project, counterparty, service: 'other', issued_on },
      invoice_no: `${issued_on.slice(2, 4)}4420000000${String(++life.invoices).padStart(8, '0')}`,
      lines: [{ name: t(name), amount, tax_rate: '0.06' }],
    })
  }
  const tested = await take(
    -2,
    12,
    ['*研发和技术服务*基坑监测费', '*Technical services*Monitoring of the pit'],
    '84800.00',
  )
  await pass(tested, invoice.name, [clerk])
  await clerk.entity(invoice).run(tested.id, 'deduct', { month: monthOf(today, -2) })
  const issued_on = dayOf(today, -1, 16)
  await clerk.entity(invoice).run(tested.id, 'redden', {
    ...{ invoice_no: `${issued_on.slice(2, 4)}4420000000${String(++life.invoices).padStart(8, '0')}`, issued_on },
    ...{ amount: '10600.00', reason: t(['少测两点，开具红字', 'Two points were not measured']) },
    confirmation_no: '44010026110000018',
  })
  // One waits for the accountant.
  await take(0, 5, ['*研发和技术服务*混凝土试块检测', '*Technical services*Tests of concrete cubes'], '12720.00')
}

/** One in work, one waiting for the accountant, one for the managing director. */
async function newContracts(life: Life): Promise<void> {
  const { t } = life
  const draw = (site: 'metro' | 'line', name: Both, party: string, item: string, sum: number, rate: Decimal) =>
    siteOf(life, site)
      .engineer.entity(contract)
      .create({
        ...{ name: t(name), direction: 'expense', kind: 'subcontract', project: siteOf(life, site).project },
        ...{ counterparty: known(life.parties, party), price_mode: 'net', pricing: 'lump', deductible: true },
        lines: [{ name: t(name), item: known(life.items, item), amount: money(sum), tax_rate: rate }],
      })
  const [metro, line] = [siteOf(life, 'metro'), siteOf(life, 'line')]
  const fitOut = await draw(
    ...(['metro', ['出入口装饰装修分包', 'Fit-out of the entrances'], '云州联筑装饰工程有限公司'] as const),
    ...(['04.06', 3_268_000, '0.09'] as const),
  )
  await metro.engineer.entity(contract).run(fitOut.id, 'submit')
  await metro.manager.entity(contract).run(fitOut.id, 'approve')
  await draw(
    ...(['metro', ['顶板防水施工分包', 'Waterproofing of the roof'], '青禾防水材料有限公司'] as const),
    ...(['02.06', 1_120_000, '0.09'] as const),
  )
  const air = await draw(
    ...(['line', ['压缩空气管网改造', 'Compressed air'], '远山机电安装有限公司'] as const),
    ...(['10.04', 198_000, '0.09'] as const),
  )
  await line.engineer.entity(contract).run(air.id, 'submit')
  await line.manager.entity(contract).run(air.id, 'approve')
  await line.clerk.entity(contract).run(air.id, 'approve')
}

/** 预缴: of one month paid, of another waiting. */
async function prepay(life: Life): Promise<void> {
  const { clerk, manager, boss, project } = siteOf(life, 'metro')
  const enter = (month: number, paid: Decimal, voucher_no: string) =>
    handIn(clerk, vatPrepayment, {
      ...{ project, month: monthOf(life.today, month), paid_amount: paid, paid_on: dayOf(life.today, month + 1, 12) },
      voucher_no,
    })
  await pass(await enter(-8, '709174.31', '3440160418000217'), vatPrepayment.name, [manager, boss])
  await enter(-2, '0', '—')
}

/** A fee that was entered twice is taken back; a transfer waits. */
async function takenBack(life: Life): Promise<void> {
  const { t, today, cashier, accounts } = life
  const { clerk } = siteOf(life, 'metro')
  const fee = async () => {
    const made = await handIn(cashier, accountEntry, {
      ...{ account: known(accounts, 'metro'), kind: 'fee', amount: '286.00', entered_on: dayOf(today, -1, 9) },
      reason: t(['网银手续费', 'Online banking fee']),
    })
    await pass(made, accountEntry.name, [clerk])
    return made
  }
  await fee()
  const twice = await fee()
  await clerk.entity(accountEntry).run(twice.id, 'reverse', { reason: t(['重复登记', 'Entered twice']) })
  await handIn(cashier, transfer, {
    ...{ name: t(['人工费拨付', 'Labour share of the month']), labour_share: true, amount: '460000.00' },
    ...{ from_account: known(accounts, 'metro'), to_account: known(accounts, 'wages'), moved_on: today },
  })
}

async function guarantees(life: Life): Promise<void> {
  const { t, today } = life
  const { clerk, project } = siteOf(life, 'metro')
  const bank = t(['云州银行营业部', 'Bank of Yunzhou'])
  const rail = known(life.parties, '云州轨道交通集团有限公司')
  for (const [no, deal, kind, direction, party, amount, from, to] of [
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
  ] as const)
    await clerk.entity(guarantee).create({
      ...{
        guarantee_no: no,
        project,
        contract: known(life.contracts, deal),
        counterparty: party,
        bank,
        kind,
        direction,
      },
      ...{ amount: money(amount), issued_on: dayOf(today, from, 8), valid_to: dayOf(today, to, 10) },
    })
}
