// Journeys: the cashier pays what waits by keyboard alone, finds it in the cash book, and matches the bank's file with it; a month's
// money is proposed, decided, exceeded with a warning, and seen short in the forecast.
import { keep } from '@yingzao/modules/parameter/testing/keep'
import { newId } from '@yingzao/platform/client'
import { type Person, type TestApp, testApp } from '@yingzao/platform/testing'
import { launchBrowser } from '@yingzao/platform/testing/browser'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { builtWeb, type Desk, sit } from './testing/browse.ts'

let app: TestApp
let browser: Browser
let finance: Person
let chief: Person
let cashier: Person

beforeAll(async () => {
  app = await testApp({ web: builtWeb })
  browser = await launchBrowser()
  finance = await app.as('finance')
  chief = await app.as('finance')
  cashier = await app.as('cashier')
})
afterAll(async () => {
  await browser?.close()
  await app?.close()
})

const today = () => new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10)

/** An account of 500.00, and 300.00 approved to be paid. */
async function toPay(mark: string) {
  await finance.entity('bank_account').create({
    ...{ name: `账户 ${mark}`, type: 'cash', company: app.company },
    ...{ opening_amount: '500.00', opening_on: '2026-01-01' },
  })
  const party = await finance.entity('counterparty').create({
    ...{ name: `单位 ${mark}`, roles: ['supplier'], taxpayer: 'person' },
    accounts: [{ bank: '云州银行', number: '6222000011112222', main: true }],
  })
  const request = await finance.entity('payment_request').create({
    ...{ name: `押金 ${mark}`, kind: 'other', counterparty: party.id, company: app.company, amount: '300.00' },
  })
  await finance.entity('payment_request').run(request.id, 'submit')
  await chief.entity('payment_request').run(request.id, 'approve')
  return request.id
}
async function payByKeyboard(desk: Desk, mark: string) {
  await desk.go('/payment/queue')
  const row = desk.page.getByRole('row', { name: `押金 ${mark}` })
  await row.focus()
  await desk.page.keyboard.press('Space')
  await desk.page.getByText('已选 1 笔').waitFor()
  await desk.page.getByRole('combobox', { name: '付款账户' }).click()
  await desk.page
    .locator('.ant-select-item-option')
    .filter({ hasText: `账户 ${mark}` })
    .click()
  await desk.page.getByText('付后余额 200.00').waitFor()
  await desk.accessible()
  await row.focus()
  await desk.page.keyboard.press('Enter')
  const dialog = desk.page.getByRole('dialog')
  await dialog.waitFor()
  await dialog.getByRole('button', { name: /付\s*款/ }).click()
  await row.waitFor({ state: 'detached' })
}

test('paid by keyboard, shown in the cash book, matched with the bank', async () => {
  const mark = newId().slice(-6)
  const request = await toPay(mark)
  const desk = await sit(browser, app, cashier)
  await payByKeyboard(desk, mark)
  await desk.said('已付 1 笔，共 300.00')
  expect(await finance.entity('payment_request').get(request)).toMatchObject({ stage: 'paid' })

  await desk.go('/bank-account/cash')
  await desk.page.getByRole('button', { name: `账户 ${mark}` }).click()
  const book = desk.page.getByRole('table', { name: '账户流水' })
  await book
    .getByRole('row', { name: `单位 ${mark}` })
    .getByText('200.00')
    .waitFor()
  await desk.accessible()

  await desk.go('/reconciliation/match')
  await desk.page.getByRole('combobox', { name: '资金账户' }).click()
  await desk.page
    .locator('.ant-select-item-option')
    .filter({ hasText: `账户 ${mark}` })
    .click()
  await desk.page.getByRole('button', { name: '导入对账单' }).click()
  const csv = `交易日期,支出,收入,余额,对方户名\n${today()},300.00,,200.00,单位 ${mark}\n`
  const file = { name: '对账单.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) }
  await desk.page.locator('input[type=file]').setInputFiles(file)
  await desk.page.getByRole('button', { name: '导入 1 笔' }).click()
  await desk.page.getByRole('button', { name: '接受建议（1）' }).click()
  await desk.page.getByText('调节后相符').waitFor()
  await desk.page.getByRole('button', { name: /撤\s*销/ }).waitFor()
  await desk.accessible()
  desk.calm()
  await desk.close()
})

test('a plan is proposed and decided line by line; beyond it one is warned, and the forecast names the month that is short', async () => {
  const mark = newId().slice(-6)
  const [pmo, keeper, asker, boss] = await Promise.all(
    ['pmo', 'cost_engineer', 'cost_engineer', 'boss'].map(role => app.as(role)),
  )
  if (!pmo || !keeper || !asker || !boss) throw new Error('nobody')
  const project = await pmo.entity('project').create({ name: `项目 ${mark}`, type: 'building', company: app.company })
  const manager = await app.as('project_manager', { at: { kind: 'project', id: project.id } })
  await finance.entity('bank_account').create({
    ...{
      name: `基本户 ${mark}`,
      type: 'cash',
      company: app.company,
      opening_amount: '1000.00',
      opening_on: '2026-01-01',
    },
  })
  const party = await finance.entity('counterparty').create({
    ...{ name: `检测 ${mark}`, roles: ['supplier'], taxpayer: 'person' },
    accounts: [{ bank: '云州银行', number: '6222000055556666', main: true }],
  })
  const ask = async (amount: `${number}`) => {
    const { id } = await asker.entity('payment_request').create({
      ...{ name: `检测费 ${mark}`, kind: 'other', counterparty: party.id, project: project.id, amount },
      ...{ counts: false, note: '由总包代垫' },
    })
    return { id, done: await asker.entity('payment_request').run(id, 'submit') }
  }
  const first = await ask('200.00')
  for (const who of [manager, keeper, finance]) await who.entity('payment_request').run(first.id, 'approve')
  const month = today().slice(0, 7)
  const plan = await manager.entity('funds_plan').create({
    ...{ project: project.id, month, lines: [{ direction: 'out', kind: 'wages', amount: '900000.00' }] },
  })

  const desk = await sit(browser, app, manager)
  await desk.go(`/funds-plan/funds_plan/${plan.id}`)
  await desk.page.getByRole('button', { name: '按合同与进度生成' }).click()
  await desk.page.getByRole('button', { name: /提\s*交/ }).waitFor()
  await desk.go(`/funds-plan/funds_plan/${plan.id}?tab=kept`)
  await desk.page.getByText('已批未付 200.00').waitFor()
  desk.calm()
  await desk.close()
  await manager.entity('funds_plan').run(plan.id, 'submit')

  const office = await sit(browser, app, chief)
  await office.go(`/funds-plan/funds_plan/${plan.id}?tab=kept`)
  const wages = office.page.getByRole('spinbutton', { name: '核定 工资' })
  await wages.fill('800000')
  await wages.press('Tab')
  await office.page.getByRole('button', { name: '保存核定' }).click()
  await office.said('已保存核定金额')
  await office.accessible()
  office.calm()
  await office.close()
  await chief.entity('funds_plan').run(plan.id, 'approve')
  await boss.entity('funds_plan').run(plan.id, 'approve')
  expect(await boss.entity('funds_plan').get(plan.id)).toMatchObject({ approved_out_amount: '800200.00' })
  expect((await ask('100.00')).done).toMatchObject({ warnings: ['limit.funds_plan_exceeded'] })

  const board = await sit(browser, app, boss)
  await board.go('/funds-center/overview')
  await board.page.getByText('缺口', { exact: true }).first().waitFor()
  await board.page.getByRole('table', { name: '资金预测' }).getByRole('button', { name: month }).click()
  await board.page
    .getByRole('table', { name: `${month} 预计收付` })
    .getByText('−800,000.00')
    .waitFor()
  await board.accessible()
  await board.go('/funds-plan/company')
  await board.page
    .getByRole('table', { name: '各项目资金计划' })
    .getByRole('row', { name: `项目 ${mark}` })
    .waitFor()
  await board.accessible()
  board.calm()
  await board.close()
})

test('a month that still waits for papers is not closed before somebody says why; the page is named by its company', async () => {
  const administrator = await app.as('administrator')
  const name = `分公司 ${newId().slice(-6)}`
  const { id: company } = await administrator.entity('org_unit').create({ name, type: 'company', parent: app.company })
  const account = await finance.entity('bank_account').create({
    ...{ name: `账户 ${name}`, type: 'cash', company, opening_amount: '500.00', opening_on: '2026-01-01' },
  })
  const statement = await finance.entity('bank_statement').create({
    ...{ name: '一月', account: account.id, from_on: '2026-01-01', to_on: '2026-01-31' },
    ...{ opening_amount: '500.00', closing_amount: '499.00' },
  })
  await finance
    .entity('bank_statement_line')
    .create({ statement: statement.id, on: '2026-01-20', paid: '1.00', summary: '手续费' })
  const books = await finance.entity('month_closing').create({ company })

  const desk = await sit(browser, app, finance, { expects: [422] })
  const { page } = desk
  await desk.go(`/month-closing/month_closing/${books.id}`)
  await page.getByRole('heading', { name }).waitFor()
  await page.getByRole('tab', { name: '未清事项' }).click()
  await page.getByRole('button', { name: '结账', exact: true }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('月份').fill('2026-01')
  await dialog.getByRole('button', { name: '结账' }).click()
  await dialog.getByText('未勾对的银行流水 1').waitFor()
  await desk.accessible()
  await dialog.getByLabel('仍要结账的原因').fill('银行手续费下月补记')
  await dialog.getByRole('button', { name: '结账' }).click()
  await desk.said('结账：已完成')
  await page.getByText('银行手续费下月补记').waitFor()
  desk.calm()
  await desk.close()
})

test('the menu folds into sections that stay as they were left; a list on the phone has its sums', async () => {
  const desk = await sit(browser, app, finance)
  const { page } = desk
  await desk.go('/')
  const menu = page.getByRole('navigation', { name: '菜单' })
  const funds = menu.getByRole('button', { name: '资金' })
  // Many pages: on the home page all sections are closed, and the keyboard opens them.
  expect(await menu.getByRole('link').count()).toBe(2)
  await funds.focus()
  await page.keyboard.press('Enter')
  await menu.getByRole('link', { name: '资金账户' }).click()
  await page.getByRole('heading', { name: '资金账户' }).waitFor()
  expect(await funds.getAttribute('aria-expanded')).toBe('true')
  await desk.accessible()
  await funds.click()
  await page.reload()
  await page.getByRole('heading', { name: '资金账户' }).waitFor()
  expect(await funds.getAttribute('aria-expanded')).toBe('false')
  desk.calm()
  await desk.close()

  const hand = await sit(browser, app, finance, { phone: true })
  await hand.go('/bank-account/bank_account')
  await hand.page.getByText('合计').waitFor()
  await hand.accessible()
  hand.calm()
  await hand.close()
})

test('复核: what the cashier enters is in the to-do of an accountant, who lets the money go; the company asked for it', async () => {
  const mark = newId().slice(-6)
  const request = await toPay(mark)
  await keep(app)
  const [rule] = (await finance.entity('parameter').list({ filter: { code: { eq: 'payment_check_from' } } })).items
  await finance.entity('parameter').patch(String(rule?.id), Number(rule?.version), {
    values: { upsert: [{ value: '0', from_on: '2026-01-01' }] },
  })
  const desk = await sit(browser, app, cashier)
  await payByKeyboard(desk, mark)
  await desk.said('已制单 1 笔，共 300.00；其中 1 笔待另一人复核，复核后才付出')
  expect(await finance.entity('payment_request').get(request)).toMatchObject({ stage: 'to_pay' })
  await desk.close()

  const checker = await sit(browser, app, finance)
  await checker.go('/approval/inbox')
  await checker.page.getByRole('link', { name: `押金 ${mark}` }).click()
  await checker.page.getByText('审批中', { exact: true }).first().waitFor()
  await checker.accessible()
  await checker.page.getByRole('button', { name: '同意', exact: true }).click()
  await checker.page.getByRole('dialog').getByRole('button', { name: '同意', exact: true }).click()
  await checker.page.getByText('已生效', { exact: true }).first().waitFor()
  expect(await finance.entity('payment_request').get(request)).toMatchObject({ stage: 'paid' })
  checker.calm()
  await checker.close()
})
