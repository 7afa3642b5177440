// Paper from the screen: a form opens in a tab, a list and a form are saved, a template is arranged beside its preview, and the
// code on paper leads to a page that says it is genuine.
import { readFile } from 'node:fs/promises'
import { readPdf } from '@yingzao/formats/pdf/testing/read-pdf'
import { codeInPdf } from '@yingzao/platform/print/offline'
import { type Person, type TestApp, testApp } from '@yingzao/platform/testing'
import { launchBrowser } from '@yingzao/platform/testing/browser'
import type { Browser, Download } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { builtWeb, sit } from './testing/browse.ts'

let app: TestApp
let browser: Browser
let pmo: Person
beforeAll(async () => {
  app = await testApp({ web: builtWeb })
  browser = await launchBrowser()
  pmo = await app.as('pmo', { name: '潘模' })
})
afterAll(async () => {
  await browser?.close()
  await app?.close()
})

let made = 0
const project = () =>
  pmo
    .entity('project')
    .create({ name: `打印项目 ${++made}`, type: 'building', company: app.company, contract_amount: '1409.50' })
const saved = async (download: Download) => {
  const bytes = new Uint8Array(await readFile(await download.path()))
  return {
    bytes,
    text: readPdf(bytes)
      .map(page => page.text)
      .join('\n'),
  }
}

test.each(['zh', 'en'] as const)('a record and its list become paper (%s)', async lang => {
  const record = await project()
  const zh = lang === 'zh'
  const { page, go, calm, accessible, close } = await sit(browser, app, pmo, { lang, phone: !zh })
  await go(`/project/project/${record.id}`)
  const name = zh ? '更多操作' : 'More actions'
  await page.getByRole('button', { name, exact: true }).click()
  const download = page.waitForEvent('download')
  await page.getByRole('menuitem', { name: zh ? '下载 PDF' : 'Download PDF' }).click()
  const { bytes, text } = await saved(await download)
  expect(text).toContain(String(record.name))
  expect(text).toContain('1,409.50')
  expect(text).toContain(zh ? '打印：潘模' : 'Printed by 潘模')
  if (zh) {
    // Ctrl+P before a form prints the form, in a tab of its own.
    const opened = page.context().waitForEvent('page')
    await page.keyboard.press('Control+p')
    await (await opened).close()
    await expect
      .poll(
        async () => (await pmo.entity('project').history(record.id)).filter(entry => entry.action === 'print').length,
      )
      .toBe(2)
  }
  await page.goto(`${app.url}/verify?c=${codeInPdf(bytes)}`)
  await page
    .getByRole('status')
    .getByText(zh ? '真实，且是最新内容' : 'Genuine and up to date')
    .waitFor()
  await page.getByText(String(record.name)).waitFor()
  await accessible()
  calm()
  await close()
})

test('a template is arranged beside its preview, published, and printed', async () => {
  const record = await project()
  const { page, go, said, calm, accessible, close } = await sit(browser, app, pmo, { expects: [422] })
  await go('/print-template/templates')
  await page.getByRole('searchbox', { name: '查找单据' }).fill('项目')
  await page.getByRole('button', { name: '编辑 项目', exact: true }).click()
  const sheet = page.getByRole('img', { name: '第 1 页' })
  await sheet.getByText(String(record.name)).first().waitFor()
  await page.getByLabel('单据名称').fill('项目登记卡')
  await sheet.getByText('项目登记卡').waitFor()
  await page.getByRole('button', { name: '添加内容' }).click()
  await page.getByRole('menuitem', { name: '签字栏' }).click()
  await sheet.getByText('批准：').waitFor()
  // A field that does not exist is refused with its place, and kept nowhere.
  await page.getByLabel('每页页脚').fill('{nothing}')
  await page.getByRole('alert').getByText('大括号中的字段不存在').waitFor()
  await page.getByLabel('每页页脚').fill('内部资料')
  await sheet.getByText('内部资料').waitFor()
  await accessible()
  await page.getByRole('button', { name: '发布', exact: true }).click()
  await said('已发布')
  const answer = await pmo.entity('project').printRecord(record.id)
  const text = readPdf(new Uint8Array(await answer.arrayBuffer()))
    .map(each => each.text)
    .join('\n')
  for (const words of ['项目登记卡', '批准：', '内部资料']) expect(text).toContain(words)
  calm()
  await close()
})
