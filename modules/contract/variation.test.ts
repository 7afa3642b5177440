// Variations: what an approved one does to the sum, the target and the bill; what is claimed of a client and what he allows of it.

import { cellText, readSheet } from '@yingzao/formats/xlsx'
import type { Id } from '@yingzao/kernel/entity'
import { balanceOf, differences } from '@yingzao/kernel/ledgers/audit'
import { systemContext } from '@yingzao/platform/http/context'
import { type TestApp, testApp } from '@yingzao/platform/testing/app'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { budgetLedger } from '../budget/budget.ledger.ts'
import { billItem } from './bill-item.entity.ts'
import { contract } from './contract.entity.ts'
import { contractLedger } from './contract.ledger.ts'
import type { Register } from './figures-shape.ts'
import { contractSite } from './testing/site.ts'
import { variation } from './variation.entity.ts'
import { variationAnswer } from './variation-answer.entity.ts'

let app: TestApp
beforeAll(async () => {
  app = await testApp()
})
afterAll(async () => {
  if (!app) return
  for (const { name } of [contractLedger, budgetLedger])
    expect(await differences(systemContext(app.host, 'test'), name)).toEqual([])
  await app.close()
})
const refused = (code: string) => ({ problem: { code } })

/** A signed contract over a bill of one item: 1,000 m³ at 109.00 gross. */
async function signed(more: object = {}) {
  const site = await contractSite(app)
  const { id } = await site.write('109000.00', more)
  const input = { contract: id, code: '010101001001', name: '挖土方', unit: 'm3', qty: '1000', price: '109' } as const
  const bill = await site.keeper.entity(billItem).create({ ...input, item: site.item })
  await site.approve(id)
  await site.keeper.entity(contract).run(id, 'sign', { signed_on: '2026-03-01' })
  return { ...site, id, bill: bill.id }
}

test('approved, it changes the sum, the target and the bill; pending it is a reservation, counted once', async () => {
  const { id, bill, keeper, manager, head, change, figures, committed, item } = await signed()
  const made = await change(id, [
    { bill, qty: '-100' },
    { name: '抽水台班', unit: '台班', qty: '4', price: '545', item, code: '010101009001' },
    { name: '便道', unit: '项', price: '1090.00', item },
  ])
  expect(made).toMatchObject({ direction: 'expense', gross_amount: '-7630.00' })
  await keeper.entity(variation).run(made.id, 'submit')
  expect(await figures(id)).toMatchObject({ sum: '109000.00', pending: '-7630.00' })
  expect(await committed()).toBe('100000.00')
  await manager.entity(variation).run(made.id, 'approve')
  await head.entity(variation).run(made.id, 'approve')
  expect(await keeper.entity(variation).get(made.id)).toMatchObject({
    ...{ state: 'effective', number: expect.stringMatching(/^BG-/), answer: null },
  })
  expect(await figures(id)).toMatchObject({
    original: '109000.00',
    changes: '-7630.00',
    sum: '101370.00',
    pending: '0.00',
  })
  expect(await committed()).toBe('93000.00')
  const { items } = await keeper.entity(billItem).list({ filter: { contract: { eq: id } }, sort: ['code'] })
  expect(items).toMatchObject([
    { code: '010101001001', qty: '1000.0000', changed_qty: '-100.0000', current_qty: '900.0000', variation: null },
    {
      code: '010101009001',
      qty: '0.0000',
      current_qty: '4.0000',
      price: '545.000000',
      variation: made.id,
      group: 'change',
    },
    { name: '便道', current_qty: '1.0000', price: '1090.000000', variation: made.id },
  ])
  // Reversed, the bill and the sum are as before; the new items stay, with nothing to measure.
  await keeper.entity(variation).run(made.id, 'reverse', { reason: '设计院收回' })
  const [mirror] = (await keeper.entity(variation).list({ filter: { state: { eq: 'pending' }, contract: { eq: id } } }))
    .items
  if (!mirror) throw new Error('no mirror')
  await manager.entity(variation).run(mirror.id, 'approve')
  await head.entity(variation).run(mirror.id, 'approve')
  expect(await figures(id)).toMatchObject({ sum: '109000.00', changes: '0.00' })
  expect(await committed()).toBe('100000.00')
  const after = await keeper.entity(billItem).list({ filter: { contract: { eq: id } }, sort: ['code'] })
  expect(after.items.map(each => each.current_qty)).toEqual(['1000.0000', '0.0000', '0.0000'])
})

test('more than 10 % of changes is warned of, and a client-borne one without a claim; the target is asked about', async () => {
  const { id, change, allow, keeper, item, manager, head, project } = await signed()
  const plus = [{ name: '增加', unit: '项', price: '10000.00', item }]
  const first = await change(id, plus)
  expect(await keeper.entity(variation).run(first.id, 'concerns')).toMatchObject({
    concerns: [{ code: 'no_income_claim' }],
  })
  expect(await allow(first.id)).toMatchObject({ warnings: [] })
  const second = await change(id, [{ ...plus[0], price: '-5000.00' }], { borne_by: 'self' })
  expect(await keeper.entity(variation).run(second.id, 'concerns')).toMatchObject({
    concerns: [{ code: 'much_changed' }],
  })
  expect(await allow(second.id)).toMatchObject({ warnings: ['limit.contract_much_changed'] })
  // A part that is taken back lessens the changes by its own size.
  const { lines } = await keeper.entity(variation).get(first.id as Id<'variation'>)
  await keeper.entity(variation).run(first.id, 'reverse', { reason: '少做', lines: [{ id: lines[0]?.id, qty: '0.4' }] })
  const [part] = (await keeper.entity(variation).list({ filter: { state: { eq: 'pending' }, contract: { eq: id } } }))
    .items
  for (const person of [manager, head]) await person.entity(variation).run(part?.id ?? '', 'approve')
  const key = { project, contract: id, direction: 'expense' }
  const { posted } = await balanceOf(systemContext(app.host, 'test'), contractLedger.name, key)
  expect(posted).toMatchObject({ sum: '110000.00', changed: '11000.00' })
  const far = await change(id, [{ ...plus[0], price: '1100000.00' }])
  await expect(keeper.entity(variation).run(far.id, 'submit')).rejects.toMatchObject(
    refused('limit.budget_far_exceeded'),
  )
  const other = await signed()
  await expect(change(id, [{ bill: other.bill, qty: '1' }])).rejects.toMatchObject({
    problem: { errors: [{ path: 'lines.0.bill' }] },
  })
})

test('income: claimed until the client answers; only what he allows is sum and bill, part by part, once', async () => {
  const { id, bill, keeper, manager, change, allow, figures } = await signed({ direction: 'income', kind: 'works' })
  const made = await change(
    id,
    [
      { bill, qty: '200' },
      { name: '管线迁改', unit: '项', price: '50000.00' },
    ],
    { kind: 'site' },
  )
  await allow(made.id)
  const of = made.id as Id<'variation'>
  expect(await figures(id)).toMatchObject({ sum: '109000.00', claimed: '71800.00' })
  expect(await keeper.entity(variation).get(of)).toMatchObject({
    answer: 'waiting',
    number: expect.stringMatching(/^QZ-/),
  })
  const { id: first } = (await keeper.entity(variation).run(of, 'answer')) as { id: Id<'variation_answer'> }
  await expect(keeper.entity(variation).run(of, 'answer')).rejects.toMatchObject(refused('contract.answer_in_work'))
  // 150 of 200 m³ are allowed, the second line is not answered yet.
  const { version, lines } = await keeper.entity(variationAnswer).get(first)
  const [one, two] = lines
  if (!one || !two) throw new Error('no lines')
  const over = { upsert: [{ id: one.id, qty: '201' as const }] }
  await expect(keeper.entity(variationAnswer).patch(first, version, { lines: over })).rejects.toMatchObject({
    problem: { errors: [{ path: 'lines.0.qty', code: 'contract.over_claimed' }] },
  })
  await keeper.entity(variationAnswer).patch(first, version, {
    lines: { upsert: [{ id: one.id, qty: '150' }], remove: [two.id] },
  })
  const accept = async (answer: Id<'variation_answer'>) => {
    await keeper.entity(variationAnswer).run(answer, 'submit')
    await manager.entity(variationAnswer).run(answer, 'approve')
  }
  await accept(first)
  expect(await figures(id)).toMatchObject({ sum: '125350.00', changes: '16350.00', claimed: '50000.00' })
  expect(await keeper.entity(variation).get(of)).toMatchObject({ answer: 'partly', approved_amount: '16350.00' })
  const { id: second } = (await keeper.entity(variation).run(of, 'answer')) as { id: Id<'variation_answer'> }
  await accept(second)
  expect(await figures(id)).toMatchObject({ sum: '175350.00', claimed: '0.00' })
  expect(await keeper.entity(variation).get(of)).toMatchObject({ answer: 'answered', approved_amount: '66350.00' })
  const { items } = await keeper.entity(billItem).list({ filter: { contract: { eq: id } }, sort: ['code'] })
  expect(items.map(each => each.current_qty)).toEqual(['1150.0000', '1.0000'])
  await expect(keeper.entity(variation).run(of, 'reverse', { reason: '错' })).rejects.toMatchObject(
    refused('contract.answered'),
  )
  // Void, the answer is asked for anew.
  await keeper.entity(variationAnswer).run(second, 'void', { reason: '批错' })
  expect(await figures(id)).toMatchObject({ sum: '175350.00', claimed: '0.00' })
  await manager.entity(variationAnswer).run(second, 'approve')
  expect(await figures(id)).toMatchObject({ sum: '125350.00', claimed: '50000.00' })
  expect(await keeper.entity(variation).get(of)).toMatchObject({ answer: 'partly' })
})

test('what a client allows at another price than the bill’s stands beside it: the bill adds up to the sum of the contract', async () => {
  const { id, bill, keeper, manager, change, allow, figures } = await signed({ direction: 'income', kind: 'works' })
  const of = (
    await change(
      id,
      [
        { bill, qty: '200' },
        { bill, qty: '-10' },
      ],
      { kind: 'site' },
    )
  ).id as Id<'variation'>
  await allow(of)
  const answered = async (more: `${number}`, less: `${number}`) => {
    const { id: answer } = (await keeper.entity(variation).run(of, 'answer')) as { id: Id<'variation_answer'> }
    const { version, lines } = await keeper.entity(variationAnswer).get(answer)
    const prices = [more, less]
    const upsert = lines.map(({ id }, at) => ({ id, price: prices[at] ?? '0' }))
    await keeper.entity(variationAnswer).patch(answer, version, { lines: { upsert } })
    await keeper.entity(variationAnswer).run(answer, 'submit')
    await manager.entity(variationAnswer).run(answer, 'approve')
    return answer
  }
  const items = async () =>
    (await keeper.entity(billItem).list({ filter: { contract: { eq: id } }, sort: ['code'] })).items.map(each => [
      each.current_qty,
      each.price,
      each.beside === null ? 'bill' : 'beside',
    ])
  // 109,000 + 200 × 100.50 − 10 × 100; of the ten, 9 each stay beside the bill.
  const first = await answered('100.50', '100')
  expect(await figures(id)).toMatchObject({ sum: '128100.00' })
  const priced = [
    ['990.0000', '109.000000', 'bill'],
    ['200.0000', '100.500000', 'beside'],
    ['10.0000', '9.000000', 'beside'],
  ]
  expect(await items()).toEqual(priced)
  // Void and answered anew at yet another price: what stood beside is nothing any more.
  await keeper.entity(variationAnswer).run(first, 'void', { reason: '批错' })
  await manager.entity(variationAnswer).run(first, 'approve')
  expect((await items()).map(([qty]) => qty)).toEqual(['1000.0000', '0.0000', '0.0000'])
  await answered('99', '109')
  expect(await figures(id)).toMatchObject({ sum: '127710.00' })
  expect((await items()).map(([qty]) => qty)).toEqual(['990.0000', '0.0000', '200.0000', '0.0000'])
})

test('the sum never falls below what is measured or paid', async () => {
  const { id, change, keeper, item, project } = await signed()
  const system = systemContext(app.host, 'test')
  const { posted } = await balanceOf(system, contractLedger.name, { project, contract: id, direction: 'expense' })
  expect(posted.sum).toBe('109000.00')
  const all = await change(id, [{ name: '取消', unit: '项', price: '-109000.01', item }])
  await expect(keeper.entity(variation).run(all.id, 'submit')).rejects.toMatchObject(
    refused('limit.contract_below_measured'),
  )
})

test('the register sums each side, also as a workbook; a foreman sees no contract at any door', async () => {
  const { id, keeper, manager, project, agree } = await signed()
  await agree('50000.00', { direction: 'income', kind: 'works' })
  const { rows, totals } = await manager.perform<Register>('contract.register', { project })
  expect(rows.map(row => [row.direction, row.sum])).toEqual([
    ['income', '50000.00'],
    ['expense', '109000.00'],
  ])
  expect([totals.expense.sum, totals.income.sum, totals.income.paid]).toEqual(['109000.00', '50000.00', '0.00'])
  const workbook = (who: typeof keeper) =>
    who.transport.fetch('POST', '/actions/contract.register/report/xlsx', {
      body: { project },
      headers: { accept: '*/*' },
    })
  const file = Buffer.from(await (await workbook(keeper)).arrayBuffer())
  const found: string[] = []
  for await (const row of readSheet(file)) found.push(row.cells.map(cellText).join('|'))
  expect(found.find(line => line.startsWith('合计'))).toContain('50000')
  const foreman = await app.as('foreman', { at: { kind: 'project', id: project } })
  for (const entity of [contract, variation, variationAnswer])
    await expect(foreman.entity(entity.name).list()).rejects.toMatchObject({ status: 403 })
  for (const action of ['contract.register', 'contract.bill_preview'])
    await expect(foreman.perform(action, {})).rejects.toMatchObject({ status: 403 })
  await expect(workbook(foreman)).rejects.toMatchObject({ status: 403 })
  await expect(foreman.entity(contract).read(id, 'figures')).rejects.toMatchObject({ status: 404 })
})
