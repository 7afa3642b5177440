// What follows from invoices: prepayment by project and month, VAT by month, and what is not invoiced yet.
import { allow, type Decimal, defineModule, entity, f, type Id, type PlainDate, post } from '@yingzao/kernel/entity'
import { type TestApp, testApp } from '@yingzao/platform/testing/app'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { contractLedger } from '../contract/contract.ledger.ts'
import { invoice } from './invoice.entity.ts'
import type { Gaps, Prepayments, Vat } from './report-shape.ts'
import { type InvoiceSite, invoiceSite, ourCompany } from './testing/site.ts'
import { vatPrepayment } from './vat-prepayment.entity.ts'

const label = (en: string) => ({ zh: en, en })
/** Money in or out of a contract, as receipts and payments post it. */
const cash = entity('t_cash', {
  kind: 'document',
  label: label('Cash'),
  title: 'direction',
  fields: {
    direction: f.text(label('Direction'), { required: true }),
    project: f.ref('project', label('Project'), { required: true }),
    contract: f.ref('contract', label('Contract'), { required: true }),
    on: f.date(label('On'), { required: true }),
    due: f.money(label('Due')),
    paid: f.money(label('Paid')),
    in_advance: f.money(label('In advance'), { default: '0' }),
  },
  place: { project: 'project' },
  posting: [
    post(contractLedger, {
      dims: { contract: 'contract', direction: 'direction', on: 'on' },
      measures: {
        ...{ due: 'due', paid: 'paid', in_advance: 'in_advance' },
        requested: 'if direction = "expense" then paid else 0',
      },
    }),
  ],
  access: [allow('finance', 'read create submit')],
})
declare module '@yingzao/kernel/entity' {
  interface Entities {
    t_cash: typeof cash
  }
}

let app: TestApp
beforeAll(async () => {
  app = await testApp({
    more: [defineModule({ name: 'cashes', label: label('Cashes'), needs: ['contract'], entities: [cash] })],
  })
  await ourCompany(app)
  await (await app.as('finance')).perform('tax_rate.load_standard')
})
afterAll(() => app?.close())

/** What came in, and what went on to the subcontractor against his invoice (and without one). */
async function month(at: InvoiceSite, on: PlainDate, received: Decimal, passed: Decimal, loose: Decimal = '0.00') {
  const money = async (contract: Id<'contract'>, direction: string, amount: Decimal) => {
    const { id } = await at.finance
      .entity(cash)
      .create({ direction, project: at.project, contract, on, due: amount, paid: amount })
    await at.finance.entity(cash).run(id, 'submit')
  }
  if (received !== '0.00') await money(at.income, 'income', received)
  const total = Number(passed) + Number(loose)
  if (total > 0) await money(at.expense, 'expense', total.toFixed(2) as Decimal)
  if (passed !== '0.00') {
    const made = await at.write('in', { issued_on: on, lines: [at.line(passed)] })
    await at.approve(made.id)
  }
}
const prepaid = (at: InvoiceSite, who = at.finance) =>
  who.perform<Prepayments>('invoice.prepayments', { project: at.project })

describe('G-6.1: prepayment by project and month', () => {
  test.each<['general' | 'simplified', Decimal, Decimal, Decimal]>([
    ['general', '3270000.00', '1090000.00', '40000.00'],
    ['simplified', '1030000.00', '206000.00', '24000.00'],
    ['general', '1234567.89', '234567.80', '18348.63'],
  ])('%s: %s received less %s passed on → %s', async (method, received, passed, tax) => {
    const at = await invoiceSite(app, method)
    await month(at, '2026-10-20', received, passed)
    expect(await prepaid(at)).toMatchObject({
      method,
      rows: [{ month: '2026-10', received, subcontracted: passed, tax }],
    })
  })

  test('in the company’s own city only what is received in advance is prepaid on', async () => {
    const at = await invoiceSite(app)
    await month(at, '2026-09-10', '1000000.00', '0.00')
    const ahead = { direction: 'income', project: at.project, contract: at.income, on: '2026-10-10' } as const
    const { id } = await at.finance
      .entity(cash)
      .create({ ...ahead, due: '1090000.00', paid: '1090000.00', in_advance: '1090000.00' })
    await at.finance.entity(cash).run(id, 'submit')
    expect((await prepaid(at)).rows.map(row => [row.month, row.received])).toEqual([
      ['2026-09', '1000000.00'],
      ['2026-10', '1090000.00'],
    ])
    const of = at.pmo.entity('project')
    await of.patch(at.project, (await of.get(at.project)).version, { tax_place: 'home' })
    expect((await prepaid(at)).rows).toMatchObject([{ month: '2026-10', received: '1090000.00', tax: '20000.00' }])
  })

  test('a negative month pays nothing and is carried; what is paid without an invoice counts when that comes', async () => {
    const at = await invoiceSite(app)
    await month(at, '2026-09-10', '500000.00', '800000.00')
    await month(at, '2026-10-10', '1390000.00', '0.00', '109000.00')
    expect((await prepaid(at)).rows).toMatchObject([
      { month: '2026-09', base: '0.00', tax: '0.00', carried: '-300000.00' },
      { month: '2026-10', base: '1090000.00', tax: '20000.00', carried: '0.00' },
    ])
    const late = await at.write('in', { issued_on: '2026-11-02', lines: [at.line('109000.00')] })
    await at.approve(late.id)
    expect((await prepaid(at)).rows.at(-1)).toMatchObject({ month: '2026-11', subcontracted: '109000.00', tax: '0.00' })

    const write = (of: string) =>
      at.finance
        .entity(vatPrepayment)
        .create({ project: at.project, month: of, paid_amount: '20000', paid_on: '2026-11-12' })
    expect(await write('2026-08')).toMatchObject({ received_amount: '0.00', tax_amount: '0.00' })
    const made = await write('2026-10')
    expect(made).toMatchObject({ method: 'general', base_amount: '1090000.00', tax_amount: '20000.00' })
    await expect(write('2026-10')).rejects.toMatchObject({ problem: { errors: [{ code: 'invoice.month_kept' }] } })
    await at.finance.entity(vatPrepayment).run(made.id, 'submit')
    await at.manager.entity(vatPrepayment).run(made.id, 'approve')
    await at.boss.entity(vatPrepayment).run(made.id, 'approve')
    expect(await prepaid(at, at.manager)).toMatchObject({ tax: '20000.00', paid: '20000.00', open: '0.00' })
    const foreman = await app.as('foreman', { at: { kind: 'project', id: at.project } })
    await expect(prepaid(at, foreman)).rejects.toMatchObject({ status: 403 })
    const elsewhere = (await invoiceSite(app)).manager
    await expect(prepaid(at, elsewhere)).rejects.toMatchObject({ status: 404 })
  })
})

test('应开未开 and 未到票: what is due or received and not issued, what is paid and not received, largest first', async () => {
  const at = await invoiceSite(app)
  await month(at, '2026-10-20', '1000000.00', '300000.00', '50000.00')
  const out = await at.write('out', { lines: [at.line('400000.00')] })
  await at.approve(out.id)
  const gaps = await at.manager.perform<Gaps>('invoice.gaps', { project: at.project })
  expect(gaps).toMatchObject({
    rows: [
      { contract: at.income, direction: 'income', due: '1000000.00', invoiced: '400000.00', missing: '600000.00' },
      { contract: at.expense, counterparty: { name: at.sub.name }, paid: '350000.00', missing: '50000.00' },
    ],
    ...{ to_issue: '600000.00', to_receive: '50000.00' },
  })
})

test('VAT by month: output by issue, input by issue and by deduction, what waits; red ones count against', async () => {
  const at = await invoiceSite(app)
  const out = await at.write('out', { issued_on: '2025-03-05' })
  const [one, two] = [
    await at.write('in', { issued_on: '2025-03-08' }),
    await at.write('in', { issued_on: '2025-04-02' }),
  ]
  for (const { id } of [out, one, two]) await at.approve(id)
  await at.finance.entity(invoice).run(one.id, 'deduct', { month: '2025-04' })
  await at.finance.entity(invoice).run(out.id, 'redden', {
    invoice_no: '25112000009999999999',
    issued_on: '2025-04-20',
    reason: '扣款',
    amount: '109000',
  })
  expect(await at.finance.perform<Vat>('invoice.vat', { year: 2025, project: at.project })).toMatchObject({
    months: [
      {
        ...{ month: '2025-04', out_net: '-100000.00', out_tax: '-9000.00', in_tax: '90000.00' },
        ...{ deducted_tax: '90000.00', waiting_tax: '90000.00', payable: '0.00', credit: '99000.00' },
      },
      { month: '2025-03', out_tax: '90000.00', in_tax: '90000.00', deducted_tax: '0.00', payable: '90000.00' },
    ],
    total: { out_tax: '81000.00', deducted_tax: '90000.00', payable: '90000.00', credit: '99000.00' },
  })
  // 留抵: what was not used up starts the next year, until output tax uses it.
  const later = await at.write('out', { issued_on: '2026-02-03', lines: [at.line('1308000.00')] })
  await at.approve(later.id)
  const next = await at.finance.perform<Vat>('invoice.vat', { year: 2026, project: at.project })
  expect(next.months).toMatchObject([{ month: '2026-02', out_tax: '108000.00', payable: '9000.00', credit: '0.00' }])
})
