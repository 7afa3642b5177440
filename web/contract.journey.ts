// Journey: a contract as a cost engineer lives it: from the bid that was won over its bill, a variation that the client answered,
// the sheet of a month — begun by a foreman on the phone, who sees no price — to the claim and the figures of the contract.
import { asId } from '@yingzao/kernel/entity'
import { type Person, type TestApp, testApp } from '@yingzao/platform/testing'
import { launchBrowser } from '@yingzao/platform/testing/browser'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { builtWeb, sit } from './testing/browse.ts'

let app: TestApp
let browser: Browser
let people: Readonly<Record<'pmo' | 'keeper' | 'head' | 'boss' | 'finance' | 'chief', Person>>

beforeAll(async () => {
  app = await testApp({ web: builtWeb })
  browser = await launchBrowser()
  people = {
    ...{ pmo: await app.as('pmo'), boss: await app.as('boss') },
    ...{ keeper: await app.as('cost_engineer'), head: await app.as('cost_engineer') },
    ...{ finance: await app.as('finance'), chief: await app.as('finance') },
  }
})
afterAll(async () => {
  await browser?.close()
  await app?.close()
})

const today = () => new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10)
/** Submitted by the first and approved by the others, one after the other, until it takes effect. */
async function pass(entity: string, id: string, submits: Person, ...approve: readonly Person[]): Promise<void> {
  await submits.entity(entity).run(id, 'submit')
  for (const who of approve) {
    if ((await who.entity(entity).get(id)).state === 'effective') return
    await who.entity(entity).run(id, 'approve')
  }
  expect((await submits.entity(entity).get(id)).state).toBe('effective')
}
const figure = (page: Page, label: string) =>
  page.locator('.yz-figures > div').filter({ has: page.getByText(label, { exact: true }) })

test('won, billed, signed, changed, measured on the phone and the sheet, claimed: the contract shows every figure', async () => {
  const { pmo, keeper, head, boss, finance, chief } = people
  const mark = today().replaceAll('-', '') + String(performance.now()).replace('.', '').slice(-5)
  // The bid is won and becomes the project.
  const bid = await pmo.entity('bid').create({ name: `示范学校 ${mark}`, company: app.company })
  await pass('bid', bid.id, pmo, finance, boss)
  await pmo.entity('bid').run(bid.id, 'enroll', { on: '2026-03-01' })
  await pmo.entity('bid').run(bid.id, 'hand_in', { on: '2026-03-10', amount: '21000.00' })
  const { version } = await pmo.entity('bid').get(bid.id)
  await pmo
    .entity('bid')
    .patch(bid.id, version, { bidders: { upsert: [{ name: '我方', own: true, price: '21000.00', rank: 1 }] } })
  await pmo.entity('bid').run(bid.id, 'open_bids', { on: '2026-03-12' })
  await pmo.entity('bid').run(bid.id, 'win', { on: '2026-03-20', amount: '21000.00' })
  const made = await pmo.entity('bid').run(bid.id, 'make_project')
  const found = typeof made === 'object' && made !== null && 'project' in made ? String(made.project) : ''
  const project = asId('project', found)
  const manager = await app.as('project_manager', { at: { kind: 'project', id: project } })
  const foreman = await app.as('foreman', { at: { kind: 'project', id: project } })
  const client = await keeper.entity('counterparty').create({
    ...{ name: `云州教育局 ${mark}`, roles: ['client'], taxpayer: 'person' },
  })
  const item = await keeper.entity('cost_item').create({ code: `J${mark}`, name: '土建' })
  await keeper.entity('bill_mapping').create({ prefix: '9801', item: item.id })
  const { id } = await keeper.entity('contract').create({
    ...{ name: `示范学校总承包 ${mark}`, project, counterparty: client.id, direction: 'income', kind: 'works' },
    ...{ lines: [{ name: '土建', item: item.id, amount: '3000.00', tax_rate: '0.09' }], progress_share: '0.8' },
    ...{ advance_amount: '2100.00', recovery: 'linear', recovery_from: '0.2', recovery_to: '0.8' },
  })

  // The bill comes from a file; what does not add up in it is told first.
  const desk = await sit(browser, app, keeper)
  const { page } = desk
  await desk.go('/contract/bill-import')
  const bill = `序号,项目编码,项目名称,项目特征,计量单位,工程量,综合单价,合价
1,980101001001,挖土方,三类土,m3,100,10,1000.01
2,980101002001,混凝土,C30,m3,50,400,20000
`
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: '清单.csv', mimeType: 'text/csv', buffer: Buffer.from(bill) })
  await page.getByText('“挖土方”合价 1000.01，数量 × 单价 1000.00，相差 0.01').waitFor()
  await page.getByRole('combobox', { name: '合同清单' }).fill(mark)
  await page.getByRole('option', { name: `示范学校总承包 ${mark}` }).click()
  await page.getByRole('radio', { name: '文件单价含税' }).waitFor()
  await desk.accessible()
  await page.getByRole('button', { name: '导入 2 项' }).click()
  await desk.said('已导入 2 项；清单与合同明细不一致，可“按清单生成明细”')
  await page.getByRole('rowheader', { name: '混凝土' }).waitFor()
  await keeper.entity('contract').run(id, 'lines_from_bill')
  await pass('contract', id, keeper, manager, finance, boss)
  await keeper.entity('contract').run(id, 'sign', { signed_on: '2026-04-01' })

  // Claimed 1,000.00 by a list of changes, of which the client allows 800.00.
  await desk.go(`/contract/contract/${id}?tab=variations`)
  await page.getByRole('link', { name: '从文件导入' }).click()
  const list = `序号,项目编码,项目名称,项目特征,计量单位,工程量,综合单价,合价
1,980101001001,挖土方,三类土,m3,0,,
2,980199001001,便道,,项,1,1000,1000
`
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: '临时便道.csv', mimeType: 'text/csv', buffer: Buffer.from(list) })
  await page.getByText('与文件一致').waitFor()
  await page.getByText('清单中另有 1 项（20,000.00）不在文件里，保持不变。').waitFor()
  expect(await figure(page, '变更金额').innerText()).toContain('1,000.00')
  await desk.accessible()
  await page.getByRole('button', { name: '生成变更签证' }).click()
  await desk.said('已生成变更签证草稿，请补充原因后提交')
  const [variation] = (await keeper.entity('variation').list({ filter: { contract: { eq: id } } })).items
  if (!variation) throw new Error('no variation')
  await pass('variation', variation.id, keeper, manager, head)
  const answer = await keeper.entity('variation').run(variation.id, 'answer')
  const answered = typeof answer === 'object' && answer !== null && 'id' in answer ? String(answer.id) : ''
  const opened = await keeper.entity('variation_answer').get(answered)
  await keeper.entity('variation_answer').patch(answered, opened.version, {
    lines: { upsert: opened.lines.map(line => ({ id: line.id, price: '800' as const })) },
  })
  await pass('variation_answer', answered, keeper, manager)
  // What comes in and what goes out make no total.
  await keeper.entity('contract').create({
    ...{ name: `土方分包 ${mark}`, project, counterparty: client.id, direction: 'expense', kind: 'subcontract' },
    lines: [{ name: '土方', item: item.id, amount: '700.00', tax_rate: '0.09' }],
  })
  await desk.go('/contract/contract')
  await page.locator('.yz-tfoot').nth(1).waitFor()
  const feet = await page.locator('.yz-tfoot').allInnerTexts()
  expect(feet.map(each => each.replace(/\s+/g, ' ').trim())).toEqual([
    expect.stringMatching(/^合计 收入.* 21,000\.00$/),
    expect.stringMatching(/^合计 支出.* 700\.00$/),
  ])
  await desk.accessible()
  // A new one starts with today, as it will be saved.
  await desk.go('/contract/variation/new')
  expect(await page.getByLabel('发生日期').inputValue()).toMatch(/^\d{4}-\d{2}-\d{2}$/)
  await desk.go(`/contract/contract/${id}?tab=variations`)
  const claimed = page.getByRole('row', { name: '临时便道' })
  expect(await claimed.innerText()).toMatch(/1,000\.00\s+800\.00/)

  // The advance, then a month: quantities from the site, the rest at the desk.
  const advance = await keeper.entity('progress_claim').create({
    ...{ contract: id, kind: 'advance', claimed_on: '2026-04-05', advance_amount: '2100.00' },
  })
  await pass('progress_claim', advance.id, keeper, manager, finance, boss)
  const month = await keeper.perform<{ id: string }>('measurement.start', { contract: id, measured_on: '2026-04-25' })
  const sheet = `/measurement/measurement/${month.id}?tab=sheet`
  const site = await sit(browser, app, foreman, { phone: true, expects: [403, 404] })
  await site.go(sheet)
  await site.page.getByLabel('本期 980101001001 挖土方').fill('50')
  await site.page.getByText('50.00%').waitFor()
  expect(await site.page.locator('main').innerText()).not.toMatch(/单价|金额|合同额|500\.00/)
  await site.accessible()
  await site.page.getByRole('button', { name: '保存本期数' }).click()
  await site.said('已保存')
  await site.close()

  await desk.go(sheet)
  const grid = page.getByRole('grid')
  await grid.getByRole('row', { name: '混凝土' }).getByRole('gridcell').nth(6).click()
  await page.keyboard.type('20')
  await page.keyboard.press('Enter')
  await figure(page, '本期计量（含税）').getByText('8,500.00').waitFor()
  await figure(page, '本期计量（含税）').getByText('38.99%').waitFor()
  await desk.accessible()
  await page.keyboard.press('Control+s')
  await desk.said('已保存')
  await pass('measurement', month.id, keeper, manager, finance)

  // 8,500 × 80 % less 2,100 × (8,500 − 20 %) ÷ 60 % of 21,000.
  const claim = await keeper.entity('progress_claim').create({ contract: id, claimed_on: '2026-04-28' })
  await desk.go(`/measurement/progress_claim/${claim.id}?tab=statement`)
  expect(await page.getByRole('row', { name: '减：扣回预付款' }).innerText()).toMatch(/716\.67/)
  expect(await page.getByRole('row', { name: '本期应收' }).innerText()).toContain('6,083.33')
  await pass('progress_claim', claim.id, keeper, manager, finance, boss)

  const account = await finance.entity('bank_account').create({
    ...{ name: `基本户 ${mark}`, type: 'cash', company: app.company, opening_amount: '0', opening_on: '2026-01-01' },
  })
  const receipt = await finance.entity('receipt').create({
    ...{ contract: id, account: account.id, amount: '2000.00', received_on: '2026-05-02' },
  })
  await pass('receipt', receipt.id, finance, chief, boss)
  await desk.go(`/contract/contract/${id}?tab=standing`)
  for (const [label, amount] of [
    ['变更', '800.00'],
    ['现合同额', '21,800.00'],
    ['累计计量', '8,500.00'],
    ['累计应收', '8,183.33'],
    ['累计已收', '2,000.00'],
    ['应收未收', '6,183.33'],
  ] as const)
    await figure(page, label).getByText(amount, { exact: true }).waitFor()
  await desk.accessible()
  await page.getByRole('tab', { name: '收付款' }).click()
  const receipts = page.getByRole('region', { name: '收款' })
  await receipts.getByRole('row', { name: '已生效合计' }).getByText('2,000.00').waitFor()
  await desk.go(`/project/project/${project}?tab=payments`)
  await receipts.getByRole('row', { name: '已生效合计' }).getByText('2,000.00').waitFor()
  await desk.accessible()
  desk.calm()
  await desk.close()
})
