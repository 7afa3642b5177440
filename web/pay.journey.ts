// Journey: the cashier pays what waits by keyboard alone, finds it in the cash book, and matches the bank's file with it.
import { newId } from '@yingzao/platform/client'
import { type Person, type TestApp, testApp } from '@yingzao/platform/testing'
import { launchBrowser } from '@yingzao/platform/testing/browser'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { builtWeb, sit } from './testing/browse.ts'

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

test('paid by keyboard, shown in the cash book, matched with the bank', async () => {
  const mark = newId().slice(-6)
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

  const desk = await sit(browser, app, cashier)
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
  await desk.said('已付 1 笔，共 300.00')
  await row.waitFor({ state: 'detached' })
  expect(await finance.entity('payment_request').get(request.id)).toMatchObject({ stage: 'paid' })

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
