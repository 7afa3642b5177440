// 预计变更 (E): counts before the gate and in dynamic cost, is taken up by variations once, and is given back by their mirrors.
import type { Decimal, Id, Json } from '@yingzao/kernel/entity'
import { balanceOf, differences } from '@yingzao/kernel/ledgers/audit'
import { systemContext } from '@yingzao/platform/http/context'
import { type TestApp, testApp } from '@yingzao/platform/testing/app'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { budgetLedger } from '../budget/budget.ledger.ts'
import { expectedChange } from '../budget/expected-change.entity.ts'
import { expectedLedger } from '../budget/expected-change.ledger.ts'
import { contractSite } from './testing/site.ts'
import { variation } from './variation.entity.ts'

let app: TestApp
const system = () => systemContext(app.host, 'test')
beforeAll(async () => {
  app = await testApp()
})
afterAll(async () => {
  if (!app) return
  for (const { name } of [budgetLedger, expectedLedger]) expect(await differences(system(), name)).toEqual([])
  await app.close()
})

/** A target of 100,000, of which a contract binds as much as is said (net; all amounts here are). */
async function foreseeing(bound: Decimal) {
  const site = await contractSite(app, '100000.00')
  const id = await site.agree(bound, { price_mode: 'net' })
  const expects = site.keeper.entity(expectedChange)
  const foresee = async (amount: Decimal) => {
    const made = await expects.create({
      ...{ name: '基坑加固', project: site.project, item: site.item, amount, reason: '方案已议，未报' },
    })
    const { warnings } = (await expects.run(made.id, 'submit')) as { readonly warnings: Json }
    return { id: made.id, warnings }
  }
  const line = (expected: string | null, qty: string, price = '1000', more: Readonly<Record<string, Json>> = {}) => ({
    ...{ name: '加固', unit: 'm', qty, price, item: site.item, tax_rate: '0.09', expected, ...more },
  })
  const standing = async () => {
    const { posted, reserved } = await balanceOf(system(), budgetLedger.name, {
      project: site.project,
      item: site.item,
    })
    return [posted.committed, posted.estimated, reserved.committed, reserved.estimated]
  }
  const open = async (of: string) => (await balanceOf(system(), expectedLedger.name, { expected: of })).posted.open
  return { ...site, contract: id as Id<'contract'>, expects, foresee, line, standing, open }
}
const refused = (code: string) => ({ problem: { code } })

test('an expectation is never stopped, only said; what nobody expected then meets the gate with it', async () => {
  const { foresee, change, keeper, contract, line } = await foreseeing('90000.00')
  const { warnings } = await foresee('20000.00')
  expect(JSON.stringify(warnings)).toContain('budget_nearly_used')
  // 90 + 20 + 1 of 100: 111 %.
  const more = await change(contract, [line(null, '1')])
  await expect(keeper.entity(variation).run(more.id, 'submit')).rejects.toMatchObject(
    refused('limit.budget_far_exceeded'),
  )
})

test('a variation takes up what was expected: the gate counts the difference, dynamic cost counts it once', async () => {
  const { foresee, change, keeper, manager, head, contract, line, standing, open, expects } =
    await foreseeing('90000.00')
  const { id: expected } = await foresee('20000.00')
  expect(await standing()).toEqual(['90000.00', '20000.00', '0.00', '0.00'])
  // 110 % is expected already: 15 of it come, and nothing is stopped.
  const made = await change(contract, [line(expected, '15')])
  expect(made.lines).toMatchObject([{ expected_amount: '15000.00' }])
  await keeper.entity(variation).run(made.id, 'submit')
  expect(await standing()).toEqual(['90000.00', '20000.00', '15000.00', '-15000.00'])
  await manager.entity(variation).run(made.id, 'approve')
  await head.entity(variation).run(made.id, 'approve')
  expect(await standing()).toEqual(['105000.00', '5000.00', '0.00', '0.00'])
  // Five are left: ten more are five beyond what was expected.
  const beyond = await change(contract, [line(expected, '10')])
  expect(beyond.lines).toMatchObject([{ expected_amount: '5000.00' }])
  await expect(keeper.entity(variation).run(beyond.id, 'submit')).rejects.toMatchObject(
    refused('limit.budget_far_exceeded'),
  )
  // A third of the variation is taken back: so much is expected again.
  const effective = await keeper.entity(variation).get(made.id)
  const { mirror } = (await keeper.entity(variation).run(made.id, 'reverse', {
    ...{ reason: '取消 5 m', lines: [{ id: effective.lines[0]?.id ?? '', qty: '5' }] },
  })) as { mirror: string }
  for (const each of [manager, head]) await each.entity(variation).run(mirror, 'approve')
  expect(await standing()).toEqual(['100000.00', '10000.00', '0.00', '0.00'])
  expect(await open(expected)).toBe('10000.00')
  // 不再预计: what is left is reversed, what came stays; then there is nothing to take up or to reverse.
  await expects.run(expected, 'reverse', { reason: '方案取消' })
  expect(await standing()).toEqual(['100000.00', '0.00', '0.00', '0.00'])
  await expect(expects.run(expected, 'reverse', { reason: '再次' })).rejects.toMatchObject(
    refused('budget.expected_used'),
  )
  await expect(change(contract, [line(expected, '1')])).rejects.toMatchObject({
    problem: { errors: [{ path: 'lines.0.expected', code: 'contract.expected_used' }] },
  })
})

test('less may be expected, too; an expectation of another item, or the other way round, is refused at its line', async () => {
  const { foresee, change, allow, contract, line, standing, foreign } = await withForeign()
  const { id: less } = await foresee('-8000.00')
  expect(await standing()).toEqual(['90000.00', '-8000.00', '0.00', '0.00'])
  await expect(change(contract, [line(foreign, '1'), line(less, '1')])).rejects.toMatchObject({
    problem: {
      errors: [
        { path: 'lines.0.expected', code: 'contract.expected_elsewhere' },
        { path: 'lines.1.expected', code: 'contract.expected_other_way' },
      ],
    },
  })
  const made = await change(contract, [line(less, '-3'), line(less, '-7')])
  expect(made.lines).toMatchObject([{ expected_amount: '-3000.00' }, { expected_amount: '-5000.00' }])
  await allow(made.id)
  expect(await standing()).toEqual(['80000.00', '0.00', '0.00', '0.00'])
})

test('two variations that take up the same at once never take up more than there is', async () => {
  const { foresee, change, keeper, contract, line, standing } = await foreseeing('50000.00')
  const { id: expected } = await foresee('10000.00')
  const both = [await change(contract, [line(expected, '8')]), await change(contract, [line(expected, '8')])]
  await Promise.allSettled(both.map(({ id }) => keeper.entity(variation).run(id, 'submit')))
  const [, , , held] = await standing()
  expect(['-8000.00', '-10000.00']).toContain(held)
  const { posted, reserved } = await balanceOf(system(), expectedLedger.name, { expected })
  expect(Number(posted.open) + Number(reserved.open)).toBeGreaterThanOrEqual(0)
})

/** Besides, something that another project expects. */
async function withForeign() {
  const [site, other] = [await foreseeing('90000.00'), await foreseeing('1000.00')]
  return { ...site, foreign: (await other.foresee('500.00')).id }
}
