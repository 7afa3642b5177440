// Invoices, both ways: what they are, what they post, what is refused, what is only found, and red ones.
import { add, type Decimal, fromGross, fromNet, r2, sum } from '@yingzao/engines/money'
import { balanceOf, differences } from '@yingzao/kernel/ledgers/audit'
import { systemContext } from '@yingzao/platform/http/context'
import { type TestApp, testApp } from '@yingzao/platform/testing/app'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { contractLedger } from '../contract/contract.ledger.ts'
import { invoice } from './invoice.entity.ts'
import { contractOfInvoice, flowGaps } from './public.ts'
import type { LineLeft } from './red-shape.ts'
import { creditCode, type InvoiceSite, invoiceNo, invoiceSite, ourCompany, ourTaxId } from './testing/site.ts'

let app: TestApp
let at: InvoiceSite
beforeAll(async () => {
  app = await testApp()
  await ourCompany(app)
  at = await invoiceSite(app)
})
afterAll(async () => {
  if (!app) return
  expect(await differences(systemContext(app.host, 'test'), contractLedger.name)).toEqual([])
  await app.close()
})
const invoiced = async (contract: string, direction: 'income' | 'expense', of = at) =>
  (
    await balanceOf(systemContext(app.host, 'test'), contractLedger.name, {
      ...{ project: of.project, contract, direction },
    })
  ).posted.invoiced
const fault = (path: string, code: string) => ({ problem: { errors: [expect.objectContaining({ path, code })] } })

test('an invoice issued under a contract is numbered KP, filled from the master data, and posts what is invoiced', async () => {
  const made = await at.write('out')
  expect(made).toMatchObject({
    ...{ gross_amount: '1090000.00', net_amount: '1000000.00', tax_amount: '90000.00', project: at.project },
    ...{ seller_tax_id: ourTaxId, buyer_name: at.client.name, buyer_tax_id: at.client.taxId },
    ...{ site_place: '云州市河滨区滨江路 1 号', deductible: false, findings: [], company: app.company },
  })
  await at.approve(made.id)
  expect(await at.keeper.entity(invoice).get(made.id)).toMatchObject({
    state: 'effective',
    number: expect.stringMatching(/^KP-\d{6}-\d{4}$/),
  })
  expect(await invoiced(at.income, 'income')).toBe('1090000.00')
})

test('G-0.1 and G-0.3: the split follows what was entered; the header is the sum of rounded lines', async () => {
  const splits: [Decimal, Decimal, Decimal][] = [
    ['0.09', '91743.12', '8256.88'],
    ['0.13', '88495.58', '11504.42'],
    ['0.06', '94339.62', '5660.38'],
    ['0.03', '97087.38', '2912.62'],
    ['0.01', '99009.90', '990.10'],
  ]
  const made = await at.write('in', { lines: splits.map(([tax_rate]) => at.line('100000.00', { tax_rate })) })
  expect(made.lines.map(line => [line.net_amount, line.tax_amount])).toEqual(splits.map(([, ...split]) => split))
  const three = await at.write('in', { lines: [1, 2, 3].map(() => at.line('33.33')) })
  expect(three).toMatchObject({ net_amount: '91.74', tax_amount: '8.25', gross_amount: '99.99' })
})

test('any invoice: gross = net + tax by line and in all, and another rate keeps what was entered', async () => {
  const amount = fc
    .integer({ min: 1, max: 900_000_000 })
    .map(fen => r2(`${Math.floor(fen / 100)}.${String(fen % 100).padStart(2, '0')}` as Decimal))
  const rate = fc.constantFrom<Decimal>('0.13', '0.09', '0.06', '0.03', '0.01', '0')
  const diff = fc.constantFrom<Decimal>('0', '0.01', '-0.01', '0.06')
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('gross' as const, 'net' as const),
      fc.array(fc.record({ amount, tax_rate: rate, tax_diff: diff }), { minLength: 1, maxLength: 8 }),
      rate,
      async (price_mode, lines, other) => {
        const made = await at.write('in', { price_mode, lines: lines.map(each => at.line(each.amount, each)) })
        const check = (found: typeof made) => {
          for (const line of found.lines) {
            expect(line.gross_amount).toBe(add(line.net_amount ?? '0', line.tax_amount ?? '0'))
            const split = (price_mode === 'gross' ? fromGross : fromNet)(line.amount, line.tax_rate)
            expect(line.tax_amount).toBe(add(split.tax, line.tax_diff))
            expect(price_mode === 'gross' ? line.gross_amount : line.net_amount).toBe(line.amount)
          }
          const part = (name: 'net_amount' | 'tax_amount' | 'gross_amount') =>
            r2(sum(found.lines.map(line => line[name] ?? '0')))
          expect(found).toMatchObject({
            net_amount: part('net_amount'),
            tax_amount: part('tax_amount'),
            gross_amount: part('gross_amount'),
          })
        }
        check(made)
        check(
          await at.keeper.entity(invoice).patch(made.id, made.version, {
            lines: { upsert: made.lines.map(({ id }) => ({ id, tax_rate: other })) },
          }),
        )
      },
    ),
    { numRuns: 12 },
  )
})

describe('what is refused, with the way out', () => {
  test('the same number twice, also with its code; another code is another invoice', async () => {
    const first = await at.write('in')
    await expect(at.write('in', { invoice_no: first.invoice_no })).rejects.toMatchObject(
      fault('invoice_no', 'invoice.twice'),
    )
    await at.write('in', { invoice_no: '12345678', code: '0110019001' })
    await at.write('in', { invoice_no: '12345678', code: '0110019002' })
    await expect(at.write('in', { invoice_no: '12345678', code: '0110019001' })).rejects.toMatchObject(
      fault('invoice_no', 'invoice.twice'),
    )
    await at.approve(first.id)
    await at.keeper.entity(invoice).run(first.id, 'void', { reason: '登记错误' })
    await at.finance.entity(invoice).run(first.id, 'approve')
    await at.write('in', { invoice_no: first.invoice_no })
  })

  test('a buyer that is not us; a total that is not the sum; the wrong side; contracts of two projects', async () => {
    await expect(at.write('in', { buyer_tax_id: creditCode(77) })).rejects.toMatchObject(
      fault('buyer_tax_id', 'invoice.not_our_buyer'),
    )
    await expect(at.write('in', { printed_amount: '1090000.01' })).rejects.toMatchObject(
      fault('printed_amount', 'invoice.printed'),
    )
    await expect(at.write('in', { contract: at.income })).rejects.toMatchObject(
      fault('contract', 'invoice.other_direction'),
    )
    await expect(at.write('in', { lines: [at.line('-5')] })).rejects.toMatchObject(
      fault('lines', 'invoice.not_positive'),
    )
    const there = await invoiceSite(app)
    await expect(at.write('in', { lines: [at.line('1', { contract: there.expense })] })).rejects.toMatchObject(
      fault('contract', 'invoice.other_project'),
    )
  })
})

test('what does not fit is found and told, and who approves decides', async () => {
  const other = await at.party('别家')
  const made = await at.write('in', {
    ...{ counterparty: other.id, seller_name: '第三家有限公司', lines: [at.line('109.00', { tax_diff: '0.07' })] },
  })
  expect(made.findings).toEqual(['other_party', 'other_tax_id', 'tax_differs'])
  await at.approve(made.id)
  const system = systemContext(app.host, 'test')
  const flows = (payee: string, wages = false) => flowGaps(system, { contract: at.expense, payee, wages })
  expect(await flows(at.sub.name)).toEqual(['seller'])
  expect(await flows('第三家有限公司')).toEqual(['payee', 'seller'])
  expect(await flows('第三家有限公司', true)).toEqual([])
  expect(await contractOfInvoice(system, made.invoice_no)).toBe(at.expense)
  expect((await at.write('in', { lines: [at.line('109.00', { tax_diff: '-0.06' })] })).findings).toEqual([])
  const loose = await at.write('in', { contract: null, project: at.project, counterparty: other.id, service: 'goods' })
  expect(loose.findings).toEqual(['no_contract'])
})

test('more than the contract is invoiced with a warning, reserved while it waits', async () => {
  const contract = await at.agree(at.sub.id, 'expense', '1000000.00')
  const made = await at.write('in', { contract })
  expect(await at.approve(made.id)).toMatchObject({ warnings: ['limit.contract_over_invoiced'] })
  expect(await invoiced(contract, 'expense')).toBe('1090000.00')
})

test('an invoice over two contracts posts each line to its own', async () => {
  const [one, two] = [await at.agree(at.sub.id, 'expense', '500.00'), await at.agree(at.sub.id, 'expense', '500.00')]
  const made = await at.write('in', { contract: one, lines: [at.line('300.00'), at.line('200.00', { contract: two })] })
  await at.approve(made.id)
  expect([await invoiced(one, 'expense'), await invoiced(two, 'expense')]).toEqual(['300.00', '200.00'])
})

describe('red invoices', () => {
  test('a part, then the rest, never more; each under its own number; the original ends as reversed', async () => {
    const contract = await at.agree(at.sub.id, 'expense', '2000.00')
    const made = await at.write('in', { contract, lines: [at.line('100.00', { qty: '3' }), at.line('900.00')] })
    await at.approve(made.id)
    const red = (more: object) =>
      at.finance.entity(invoice).run(made.id, 'redden', {
        ...{ invoice_no: invoiceNo(), issued_on: '2026-11-20', reason: '单价调整', ...more },
      }) as Promise<{ mirror: typeof made.id }>
    const { mirror } = await red({ amount: '333.33', confirmation_no: '11010826091002615708' })
    expect(await at.finance.entity(invoice).get(mirror)).toMatchObject({
      ...{ state: 'effective', reverses: made.id, gross_amount: '-333.33', issued_on: '2026-11-20' },
      ...{ red_reason: '单价调整', confirmation_no: '11010826091002615708', number: expect.stringMatching(/^SP-/) },
    })
    expect(await invoiced(contract, 'expense')).toBe('666.67')
    await expect(red({ amount: '666.68' })).rejects.toMatchObject({ problem: { code: 'invoice.red_too_much' } })
    await expect(red({ invoice_no: made.invoice_no })).rejects.toMatchObject(fault('invoice_no', 'invoice.twice'))
    await red({})
    expect(await invoiced(contract, 'expense')).toBe('0.00')
    expect((await at.finance.entity(invoice).get(made.id)).state).toBe('reversed')
  })

  test('several lines of several, in part and whole, under one red paper: no line and no invoice gives back more than is left', async () => {
    const [one, two] = [await at.agree(at.sub.id, 'expense', '500.00'), await at.agree(at.sub.id, 'expense', '500.00')]
    const made = await at.write('in', {
      contract: one,
      lines: [
        at.line('300.00', { qty: '3' }),
        at.line('200.00', { contract: two }),
        at.line('100.00', { name: '*建筑服务*降水' }),
        at.line('-40.00', { name: '折扣', qty: '1' }),
      ],
    })
    await at.approve(made.id)
    const [a = '', b = '', c = '', discount = ''] = made.lines.map(line => line.id)
    const of = at.finance.entity(invoice)
    const red = (lines: readonly object[] | null, more: object = {}) =>
      of.run(made.id, 'redden', {
        ...{ invoice_no: invoiceNo(), issued_on: '2026-11-20', reason: '退货', lines, ...more },
      }) as Promise<{ mirror: typeof made.id }>
    const left = async () =>
      (await at.finance.transport.call<LineLeft[]>('GET', `/invoice/${made.id}/left`)).map(line => line.left)
    const refusal = (code: string, values: object) => ({ problem: { code, values } })

    const { mirror } = await red([{ line: a, amount: '100.00' }, { line: b, amount: '50.01' }, { line: c }])
    expect((await of.get(mirror)).lines.map(({ amount, qty }) => [amount, qty])).toEqual([
      ['-100.00', '-1.0000'],
      ['-50.01', null],
      ['-100.00', null],
    ])
    expect([await invoiced(one, 'expense'), await invoiced(two, 'expense')]).toEqual(['160.00', '149.99'])
    expect(await left()).toEqual(['200.00', '149.99', '0.00', '-40.00'])

    // One line of two beyond what is left of it refuses the whole paper.
    await expect(
      red([
        { line: a, amount: '10' },
        { line: b, amount: '150.00' },
      ]),
    ).rejects.toMatchObject(refusal('invoice.red_line', { line: 2, left: '149.99' }))
    await expect(red([{ line: c }])).rejects.toMatchObject(refusal('invoice.red_line', { line: 3, left: '0.00' }))
    // Σ red ≤ original: each line has enough, the invoice less its discount has not.
    await expect(red([{ line: a }, { line: b }])).rejects.toMatchObject(
      refusal('invoice.red_too_much', { left: '309.99' }),
    )
    await expect(red([{ line: discount }])).rejects.toMatchObject(refusal('invoice.red_too_much', { left: '309.99' }))
    await expect(red([{ line: a, amount: '10.00' }], { amount: '10.01' })).rejects.toMatchObject(
      refusal('invoice.red_sum', { sum: '10.00' }),
    )
    await expect(red([{ line: at.project }])).rejects.toMatchObject(fault('lines.0.line', 'invoice.no_such_line'))
    for (const [path, wrong] of [
      ['lines', []],
      ['lines.1', [{ line: a }, { line: a }]],
      ['lines.0.amount', [{ line: a, amount: '0.001' }]],
    ] as const)
      await expect(red(wrong)).rejects.toMatchObject(fault(path, 'field.type'))
    expect(await left()).toEqual(['200.00', '149.99', '0.00', '-40.00'])

    // The discount is named by its size; an amount alone is spread, what is gone takes no share.
    const { mirror: second } = await red([{ line: b }, { line: discount, amount: '15.00' }], { amount: '134.99' })
    expect((await of.get(second)).lines.map(({ amount, qty }) => [amount, qty])).toEqual([
      ['-149.99', null],
      ['15.00', '-0.3750'],
    ])
    await red(null, { amount: '35.00' })
    expect(await left()).toEqual(['160.00', '0.00', '0.00', '-20.00'])
    await red([{ line: a }, { line: discount }])
    expect([await invoiced(one, 'expense'), await invoiced(two, 'expense')]).toEqual(['0.00', '0.00'])
    expect((await of.get(made.id)).state).toBe('reversed')
  })

  test('nobody reverses an invoice without its red paper', async () => {
    const made = await at.write('in')
    await at.approve(made.id)
    for (const who of [at.finance, at.boss, at.keeper])
      await expect(who.entity(invoice).run(made.id, 'reverse', { reason: 'x' })).rejects.toMatchObject({ status: 403 })
  })
})

test('勾选: deducted in a month not before its own; never a plain one, nor under the simplified method', async () => {
  const made = await at.write('in')
  await at.approve(made.id)
  const of = at.finance.entity(invoice)
  await expect(of.run(made.id, 'deduct', { month: '2026-10' })).rejects.toMatchObject({
    problem: { code: 'invoice.deducted_early' },
  })
  await of.run(made.id, 'deduct', { month: '2026-12' })
  expect((await of.get(made.id)).deducted_in).toBe('2026-12')
  await expect(of.run(made.id, 'deduct', { month: '2026-12' })).rejects.toMatchObject({
    problem: { code: 'verb.not_now' },
  })
  await of.run(made.id, 'undo_deduct')
  // The contract agreed special ones and counts its cost net: a plain one is told of.
  expect(await at.write('in', { type: 'plain' })).toMatchObject({ deductible: false, findings: ['not_special'] })
  const simple = await invoiceSite(app, 'simplified')
  expect((await simple.write('in')).deductible).toBe(false)
})

test('a foreman sees no invoice at any door', async () => {
  const foreman = await app.as('foreman', { at: { kind: 'project', id: at.project } })
  const made = await at.write('in')
  await expect(foreman.entity(invoice).list()).rejects.toMatchObject({ status: 403 })
  await expect(foreman.entity(invoice).get(made.id)).rejects.toMatchObject({ status: 404 })
  await expect(foreman.entity(invoice).exportFile('csv')).rejects.toMatchObject({ status: 403 })
})
