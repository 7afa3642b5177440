// Invoices in the browser: files are chosen, each says what became of it; the draft stands under its contract; VAT by month; part of it is taken back.
import { digitalXml } from '@yingzao/formats/e-invoice/testing/sample'
import { invoice } from '@yingzao/modules/invoice/invoice.entity'
import { type InvoiceSite, invoiceNo, invoiceSite, ourCompany, ourTaxId } from '@yingzao/modules/invoice/testing/site'
import { type TestApp, testApp } from '@yingzao/platform/testing'
import { launchBrowser } from '@yingzao/platform/testing/browser'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { builtWeb, sit } from './testing/browse.ts'

let app: TestApp
let browser: Browser
let at: InvoiceSite

beforeAll(async () => {
  app = await testApp({ web: builtWeb })
  browser = await launchBrowser()
  await ourCompany(app)
  at = await invoiceSite(app)
})
afterAll(async () => {
  await browser?.close()
  await app?.close()
})

test('finance takes in two files: one becomes a draft under its contract, one is refused in words; approved, it is in the VAT of its month', async () => {
  const { page, go, calm, accessible, close } = await sit(browser, app, at.finance)
  const number = invoiceNo()
  const xml = (buyer: readonly [string, string]) =>
    Buffer.from(
      digitalXml({
        ...{ number, buyer, seller: [at.sub.name, at.sub.taxId], issuedOn: `${new Date().getFullYear()}-01-15` },
        lines: [['*建筑服务*工程款', '100000.00', '0.09', '9000.00']],
        totals: ['100000.00', '9000.00', '109000.00'],
      }),
    )
  await go('/invoice/intake')
  await page.getByLabel('选择文件').setInputFiles([
    { name: '甲.xml', mimeType: 'text/xml', buffer: xml(['测试集团', ourTaxId]) },
    { name: '乙.xml', mimeType: 'text/xml', buffer: xml(['别家公司', '91990000MA0000009X']) },
  ])
  await page.getByRole('row', { name: /甲\.xml.*草稿.*109,000\.00/ }).waitFor()
  await page.getByRole('row', { name: /乙\.xml.*都不是我方公司/ }).waitFor()
  await accessible()
  const link = page.getByRole('link', { name: number })
  const id = (await link.getAttribute('href'))?.split('/').pop() ?? ''
  await link.click()
  await page.getByRole('heading', { name: number }).waitFor()
  await at.finance.entity(invoice).run(id, 'submit')
  await at.chief.entity(invoice).run(id, 'approve')
  await go(`/contract/contract/${at.expense}?tab=invoices`)
  await page.getByRole('row', { name: new RegExp(`${number}.*109,000\\.00`) }).waitFor()
  await go('/invoice/vat?tab=vat')
  const month = page.getByRole('row', { name: /-01 / })
  await expect.poll(() => month.innerText()).toContain('9,000.00')
  await accessible()
  await go(`/invoice/invoice/${id}`)
  await page.getByRole('button', { name: '红字发票' }).click()
  const dialog = page.getByRole('dialog', { name: '红字发票' })
  await dialog.getByLabel('红字发票号码').fill(invoiceNo())
  await dialog.getByLabel('原因').fill('少做')
  await dialog.getByRole('button', { name: '红冲第 1 行剩余的 109,000.00' }).click()
  const taken = dialog.getByRole('spinbutton', { name: '第 1 行本次红冲' })
  expect(await taken.inputValue()).toBe('109000.00')
  await taken.fill('109000.01')
  await dialog.getByText('超过剩余').waitFor()
  await taken.fill('10900')
  await dialog.getByRole('row', { name: /合计.*10,900\.00/ }).waitFor()
  await accessible()
  await dialog.getByLabel('开票日期').fill(`${new Date().getFullYear()}-01-31`)
  await dialog.getByLabel('开票日期').press('Enter')
  await dialog.getByRole('button', { name: '红字发票' }).click()
  await dialog.waitFor({ state: 'detached' })
  await go(`/contract/contract/${at.expense}?tab=invoices`)
  await page.getByRole('row', { name: /−10,900\.00/ }).waitFor()
  calm()
  await close()
})
