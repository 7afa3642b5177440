// A document with lines: typed, pasted from Excel, computed while typing, refused with the place of the mistake.

import { type Person, type TestApp, testApp } from '@yingzao/platform/testing'
import { launchBrowser } from '@yingzao/platform/testing/browser'
import { slip, yardModule, yardServices } from '@yingzao/platform/testing/yard'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { builtWeb, sit } from './testing/browse.ts'

let app: TestApp
let browser: Browser
let keeper: Person

beforeAll(async () => {
  const menu = { under: 'material', order: 10 } as const
  app = await testApp({ modules: [{ ...yardModule, menu }], registrations: yardServices, web: builtWeb })
  browser = await launchBrowser()
  keeper = await app.as('yard_keeper', { name: '李思雨' })
  await keeper.entity('yard').create({ name: '城东料场', company: app.company })
})
afterAll(async () => {
  await browser?.close()
  await app?.close()
})

/** Puts text on the clipboard and pastes it where the focus is, as Ctrl+V would. */
const paste = (page: Page, text: string) =>
  page.evaluate(given => {
    const data = new DataTransfer()
    data.setData('text/plain', given)
    document.activeElement?.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
    )
  }, text)

test('lines come from Excel, are computed while typing and reach the server exactly', async () => {
  const { page, go, calm, accessible, close } = await sit(browser, app, keeper)
  await go('/yard/slip/new')
  await page.getByLabel('编号').fill('SH-001')
  await page.getByLabel('料场').fill('城东')
  await page.getByRole('option', { name: '城东料场' }).click()
  await page.getByLabel('公司').fill('测试')
  await page.getByRole('option', { name: '测试集团' }).click()
  await page.getByLabel('日期').fill('2026-03-05')
  await page.keyboard.press('Enter')
  await page.getByLabel('我方承担').fill('9.12')

  const lines = page.getByRole('grid', { name: '明细' })
  await lines.focus()
  await paste(page, '螺纹钢\t2.5\t3,980.00\n水泥 P.O 42.5\t10\t455.5\n')
  await page.getByText('9,950.00').waitFor()
  expect(await lines.getByRole('row').last().innerText()).toContain('14,505.00')
  // A third line by hand: its first cell is active, typing opens it, Tab goes on.
  await page.getByRole('button', { name: '添加行' }).click()
  await page.keyboard.type('Sand')
  await page.keyboard.press('Tab')
  await page.keyboard.type('3')
  await page.keyboard.press('Tab')
  await page.keyboard.type('0.335')
  await page.keyboard.press('Enter')
  await accessible()

  // Three decimals are no money: the server's rule is told at the cell before it is asked.
  await page.getByRole('button', { name: '保存', exact: true }).click()
  await page.getByText('有 1 处需要修改').waitFor()
  const wrong = lines.locator('[aria-invalid=true]')
  expect(await wrong.getAttribute('title')).toBe('最多 2 位小数')
  await wrong.click()
  await page.keyboard.type('0.33')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Control+s')
  await page.getByRole('heading', { level: 1, name: 'SH-001' }).waitFor()
  const [saved] = (await keeper.entity(slip).list({ filter: { code: { eq: 'SH-001' } } })).items
  const whole = await keeper.entity(slip).get(saved?.id ?? '')
  expect(whole.total_amount).toBe('14505.99')
  expect(whole.share_pct).toBe('0.091200')
  expect(whole.lines.map(line => [line.item, line.qty, line.amount])).toEqual([
    ['螺纹钢', '2.500', '9950.00'],
    ['水泥 P.O 42.5', '10.000', '4555.00'],
    ['Sand', '3.000', '0.99'],
  ])

  // One line changed, one removed: the others stay as they are.
  await page.keyboard.press('e')
  await lines.getByRole('row').nth(1).getByRole('gridcell').nth(2).click()
  await page.keyboard.type('3')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: '删除行 3' }).click()
  await page.getByText('16,495.00').first().waitFor()
  await page.keyboard.press('Control+s')
  await page.getByRole('button', { name: '编辑' }).waitFor()
  const after = await keeper.entity(slip).get(whole.id)
  expect(after.lines.map(line => line.id)).toEqual(whole.lines.slice(0, 2).map(line => line.id))
  expect(after.total_amount).toBe('16495.00')
  await page.getByRole('tab', { name: '历史' }).click()
  await page.locator('.yz-diff').first().waitFor()
  await accessible()
  calm()
  await close()
})
