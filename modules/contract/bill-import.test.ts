// Bills of quantities from files: told what does not add up, mapped to cost items, kept as a contract's bill or as a target cost.
import { asId, type Decimal, type Json } from '@yingzao/kernel/entity'
import { type Person, type TestApp, testApp } from '@yingzao/platform/testing/app'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { budget } from '../budget/budget.entity.ts'
import { costItem } from '../cost-item/cost-item.entity.ts'
import { project } from '../project/project.entity.ts'
import type { BillBudgeted, BillChanges, BillImported, BillPreview } from './bill-import-shape.ts'
import { billItem } from './bill-item.entity.ts'
import { contract } from './contract.entity.ts'
import { contractSite, next } from './testing/site.ts'

let app: TestApp
beforeAll(async () => {
  app = await testApp()
})
afterAll(() => app?.close())

const upload = async (person: Person, text: string, name = '清单.csv'): Promise<Json> => {
  const { ...file } = await person.upload(new Blob([text]), name)
  return [{ ...file }]
}
const head = '序号,项目编码,项目名称,项目特征,计量单位,工程量,综合单价,合价\n'
/** Lines of a bill whose codes begin with 9701. */
const many = (count: number) =>
  `${head}${Array.from({ length: count }, (_, n) => {
    const cents = 100 + (n % 37)
    return `${n + 1},9701${String(n).padStart(8, '0')},挖土方 ${n},,m3,10,${cents / 100},${(cents / 10).toFixed(2)}`
  }).join('\n')}\n`

test('a bill of a thousand lines is read, checked, mapped, kept and compared with the contract to the fen', async () => {
  const { keeper, write, item } = await contractSite(app)
  const { id } = await write('1.00')
  const file = await upload(keeper, many(1000))
  const seen = await keeper.perform<BillPreview>('contract.bill_preview', { file })
  expect(seen).toMatchObject({ items: 1000, counts: {}, prefixes: [{ prefix: '9701', items: 1000, item: null }] })
  const done = await keeper.perform<BillImported>('contract.bill_import', {
    ...{ file, contract: id, tax_rate: '0.09', mapping: { '9701': item } },
  })
  expect(done).toEqual({ created: 1000, amount: seen.amount, renamed: 0, differences: 1 })
  await keeper.entity(contract).run(id, 'lines_from_bill')
  expect(await keeper.entity(contract).get(id)).toMatchObject({ gross_amount: seen.amount, lines: [{ item }] })
  // The next file knows the cost item already; what is there twice gets another code, and is told.
  const again = await upload(keeper, many(2))
  const known = await keeper.perform<BillPreview>('contract.bill_preview', { file: again })
  expect(known.prefixes).toMatchObject([{ prefix: '9701', item }])
  expect(await keeper.perform('contract.bill_import', { file: again, contract: id })).toMatchObject({ renamed: 2 })
  const { items } = await keeper.entity(billItem).list({ filter: { contract: { eq: id } }, search: '970100000000-2' })
  expect(items).toMatchObject([{ code: '970100000000-2', item }])
})

test('a file without VAT comes into a gross contract at gross prices, and one with VAT into a net one at net prices', async () => {
  const { keeper, write, item } = await contractSite(app)
  const text = `${head}1,990101001001,挖土方,,m3,3,33.33,99.99\n2,990101001002,回填,,m3,10,0.07,0.7\n`
  const file = await upload(keeper, text)
  const into = async (price_mode: 'gross' | 'net', prices: 'gross' | 'net') => {
    const { id } = await write('1.00', { price_mode })
    const more = { tax_rate: '0.09', prices, mapping: { '9901': item } }
    const done = await keeper.perform<BillImported>('contract.bill_import', { file, contract: id, ...more })
    const { items } = await keeper.entity(billItem).list({ filter: { contract: { eq: id } }, sort: ['code'] })
    return [done.amount, ...items.map(({ price }) => price)]
  }
  expect(await into('gross', 'net')).toEqual(['109.75', '36.329700', '0.076300'])
  expect(await into('net', 'gross')).toEqual(['92.37', '30.577982', '0.064220'])
  expect(await into('gross', 'gross')).toEqual(['100.69', '33.330000', '0.070000'])
})

test('a large bill is written by a job: done once, or stopped with nothing written', async () => {
  const { keeper, write, item } = await contractSite(app)
  const file = await upload(keeper, many(2100))
  const begin = async () => {
    const { id } = await write('1.00')
    const asked = { file, contract: id, mapping: { '9701': item } }
    const { job } = await keeper.perform<{ job: string }>('contract.bill_import', asked)
    const count = async () => {
      const [row] = await keeper
        .entity(billItem)
        .aggregate({ filter: { contract: { eq: id } }, measures: [{ fn: 'count' }] })
      return Number(row?.values[0])
    }
    return { job, count }
  }
  const whole = await begin()
  expect(await keeper.jobs.wait(whole.job)).toMatchObject({ state: 'done', result: { created: 2100, renamed: 0 } })
  expect(await whole.count()).toBe(2100)
  const stopped = await begin()
  await keeper.jobs.cancel(stopped.job)
  const { state } = await keeper.jobs.wait(stopped.job)
  expect(await stopped.count()).toBe(state === 'cancelled' ? 0 : 2100)
})

test('inconsistencies are told, a file of something else is refused with the way out, who may not see money imports none', async () => {
  const { keeper, manager } = await contractSite(app)
  const bad = `${head}1,010101001001,挖土方,,m3,3,10,30.01\n2,010101001001,回填,,,1,5,5\n合计,,,,,,,40.00\n`
  const file = await upload(keeper, bad)
  const { counts, findings } = await keeper.perform<BillPreview>('contract.bill_preview', { file })
  expect(counts).toEqual({ amount: 1, duplicate_code: 1, no_unit: 1, total: 1 })
  expect(findings.at(-1)?.values).toMatchObject({ printed: '40.00', found: '35.01', difference: '4.99' })
  const other = await upload(keeper, '姓名,电话\n张三,1\n', '名单.csv')
  await expect(keeper.perform('contract.bill_preview', { file: other })).rejects.toMatchObject({
    problem: { code: 'contract.unreadable', detail: expect.stringContaining('项目名称') },
  })
  await expect(manager.perform('contract.bill_preview', { file })).rejects.toMatchObject({ status: 403 })
})

test('a bill becomes a variation: matched by code, told where it differs, and added up with the file to the fen', async () => {
  const { keeper, manager, write, approve, allow, figures, item } = await contractSite(app)
  const { id } = await write('10521.10')
  const row = (code: string, name: string, qty: string, price: string, unit = 'm3') =>
    `1,${code},${name},,${unit},${qty},${price},\n`
  for (const [code, qty, price] of [
    ['960101001001', '1000', '10.5'],
    ['960101002001', '3.333', '3.33'],
    ['960101003001', '10', '1'],
  ] as const)
    await keeper.entity(billItem).create({ contract: id, code, name: code, unit: 'm3', qty, price, item })
  await approve(id)
  await keeper.entity(contract).run(id, 'sign', { signed_on: '2026-03-01' })

  // More or less by; without a price the bill's counts, at another one the difference is told and not taken over.
  const file = await upload(
    keeper,
    `${head}${row('960101001001', '挖土方', '-100', '', 'm³')}${row('960101002001', '回填', '1.111', '3.5', 't')}${row('960101009001', '抽水', '4', '545', '台班')}`,
  )
  const asked = { file, contract: id, reads: 'changes', prices: 'gross' }
  const changes = (more: object = {}) => keeper.perform<BillChanges>('contract.bill_changes', { ...asked, ...more })
  const seen = {
    matched: 2,
    same: 0,
    added: 1,
    amount: '1133.70',
    wanted: '1133.89',
    byPrice: '0.19',
    rounding: '0.00',
  }
  expect(await changes()).toMatchObject({
    ...{ ...seen, unmapped: 1, below: 0, untouched: { items: 1, amount: '10.00' } },
    differing: [
      { code: '960101002001', price: '3.500000', billPrice: '3.330000', unit: 't', billUnit: 'm3', amount: '0.19' },
    ],
  })
  await expect(keeper.perform('contract.bill_variation', asked)).rejects.toMatchObject({
    problem: { code: 'contract.unmapped' },
  })
  const mapping = { '9601': item }
  expect(await changes({ mapping })).toMatchObject({ unmapped: 0 })
  const made = await keeper.perform<{ id: string; gross_amount: Decimal }>('contract.bill_variation', {
    ...{ ...asked, mapping, name: '设计变更 12' },
  })
  expect(made.gross_amount).toBe('1133.70')
  await allow(made.id)
  expect(await figures(id)).toMatchObject({ sum: '11654.80', changes: '1133.70' })
  const { items } = await keeper.entity(billItem).list({ filter: { contract: { eq: id } }, sort: ['code'] })
  expect(items.map(({ code, current_qty, item: of }) => [code, current_qty, of])).toEqual([
    ['960101001001', '900.0000', item],
    ['960101002001', '4.4440', item],
    ['960101003001', '10.0000', item],
    ['960101009001', '4.0000', item],
  ])

  // Quantities after the change: what is not in the file stays; single roundings are told.
  const after = `${head}${row('960101001001', '挖土方', '900', '10.5')}${row('960101002001', '回填', '4.4457', '3.33')}`
  const revised = { ...asked, reads: 'revised', file: await upload(keeper, after) }
  expect(await changes(revised)).toMatchObject({
    ...{ matched: 1, same: 1, added: 0, amount: '0.01', wanted: '0.00', byPrice: '0.00', rounding: '-0.01' },
    ...{ untouched: { items: 2, amount: '2190.00' }, differing: [] },
  })
  const same = { ...revised, file: await upload(keeper, `${head}${row('960101001001', '挖土方', '900', '10.5')}`) }
  await expect(keeper.perform('contract.bill_variation', same)).rejects.toMatchObject({
    problem: { code: 'contract.changes_nothing' },
  })
  const below = { ...asked, file: await upload(keeper, `${head}${row('960101003001', '垫层', '-11', '')}`) }
  expect(await changes(below)).toMatchObject({ below: 1, amount: '-11.00' })
  await expect(manager.perform('contract.bill_changes', asked)).rejects.toMatchObject({ status: 403 })
})

test('a bill becomes a target cost, a line for each cost item; nothing is left without one', async () => {
  const { keeper, pmo, boss } = await contractSite(app)
  const site = await pmo.entity(project).create({ name: `项目 ${next()}`, type: 'building', company: app.company })
  const [earth, concrete] = [
    (await keeper.entity(costItem).create({ code: `E${next()}`, name: '土方' })).id,
    (await keeper.entity(costItem).create({ code: `E${next()}`, name: '混凝土' })).id,
  ]
  const bill = `${head}1,980101001001,挖土方,,m3,100,10.5,1050\n2,980101002001,回填,,m3,10,3,30\n3,980502001001,柱,,m3,2,500,1000\n`
  const file = await upload(keeper, bill)
  const make = (mapping: Json) => keeper.perform('contract.bill_budget', { file, project: site.id, mapping })
  await expect(make({ '9801': earth })).rejects.toMatchObject({ problem: { code: 'contract.unmapped' } })
  const { id } = (await make({ '9801': earth, '9805': concrete })) as { id: string }
  const made = await keeper.entity(budget).get(asId('budget', id))
  const amounts: (Decimal | null)[] = made.lines.map(line => line.amount)
  expect([made.total_amount, amounts]).toEqual(['2080.00', ['1080.00', '1000.00']])

  // The project has a target now: the next bill adjusts it, and what it does not name stays.
  const manager = await app.as('project_manager', { at: { kind: 'project', id: site.id } })
  await keeper.entity(budget).run(made.id, 'submit')
  await manager.entity(budget).run(made.id, 'approve')
  await boss.entity(budget).run(made.id, 'approve')
  const steel = (await keeper.entity(costItem).create({ code: `E${next()}`, name: '钢筋' })).id
  const later = await upload(
    keeper,
    `${head}1,980101001001,挖土方,,m3,120,10.5,1260\n2,980700001001,钢筋,,t,1,4000,4000\n`,
  )
  const mapped = { '9801': earth, '9807': steel }
  const adjusted = await keeper.perform<BillBudgeted>('contract.bill_budget', {
    ...{ file: later, project: site.id, mapping: mapped },
  })
  expect(adjusted).toMatchObject({ amount: '6260.00', lines: 2, kept: { lines: 1, amount: '1000.00' } })
  expect(await keeper.entity(budget).get(asId('budget', adjusted.id))).toMatchObject({
    ...{ kind: 'adjust', version_no: 2, base: made.id, change_amount: '4180.00', reason: '清单.csv' },
    lines: [
      { item: earth, amount: '1260.00', previous_amount: '1080.00' },
      { item: concrete, amount: '1000.00', previous_amount: '1000.00' },
      { item: steel, amount: '4000.00', previous_amount: '0.00' },
    ],
  })
})
