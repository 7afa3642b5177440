// From the demo to one's own company: the demo is removed on purpose, the wizard opens, people and their roles follow.
import { type TestApp, testApp } from '@yingzao/platform/testing'
import { launchBrowser } from '@yingzao/platform/testing/browser'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { builtWeb, sit } from './testing/browse.ts'

let app: TestApp
let browser: Browser
beforeAll(async () => {
  app = await testApp({ web: builtWeb, product: { name: '营造 Yingzao', version: '0.1.0', demo: true } })
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser?.close()
  await app?.close()
})

const password = 'Zhu9-Mu.Hekou'

test('the demo gives way to my company, its people and their roles; nothing of the demo is left', async () => {
  const pmo = await app.as('pmo', { name: '演示主任' })
  await pmo.entity('project').create({ name: '演示项目', type: 'rail', company: app.company })
  const administrator = await app.as('administrator', { name: '演示管理员' })
  const { page, go, calm, accessible, close } = await sit(browser, app, administrator)
  await go('/')
  await page.getByRole('button', { name: '开始使用我的公司' }).click()
  const sure = page.getByRole('dialog')
  await sure.waitFor()
  const start = sure.getByRole('button', { name: '开始使用我的公司' })
  // Not by a slip of the hand.
  expect(await start.isDisabled()).toBe(true)
  await accessible()
  await sure.getByRole('textbox').fill('清除演示')
  await start.click()

  await page.getByRole('heading', { level: 1, name: '建立您的公司' }).waitFor()
  await page.getByLabel('公司名称').fill('华岳建设集团有限公司')
  await page.getByLabel('简码').fill('HY')
  await page.getByLabel('姓名').fill('王建国')
  await page.getByLabel('登录账号').fill('wang')
  await page.getByLabel('密码', { exact: true }).fill(password)
  await page.getByRole('button', { name: '建立公司' }).click()
  await page.getByRole('heading', { level: 1, name: '欢迎使用营造' }).waitFor()
  await page.getByLabel('也可以从 Excel 复制').fill('姓名\t登录名\t岗位\n李思雨\tli\t计划工程师')
  await page.getByRole('button', { name: '读取粘贴内容' }).click()
  await page.getByText('1 行可以导入').waitFor()
  await page.getByRole('button', { name: /导入 1 行/ }).click()
  await page.getByText('导入完成').waitFor()
  await page.getByRole('button', { name: '下一步' }).click()
  await page.getByRole('combobox', { name: '角色: 李思雨' }).click()
  await page.getByRole('option', { name: '项目管理办公室' }).click()
  await page.getByRole('button', { name: '保存并完成' }).click()
  await page.getByRole('heading', { level: 1, name: '王建国，您好' }).waitFor()

  await go('/kernel/user')
  await page.getByRole('link', { name: '李思雨' }).waitFor()
  expect(await page.getByText('演示主任').count()).toBe(0)
  // The roles came back as they are shipped.
  await go('/organisation/rights')
  await page
    .getByRole('row', { name: /项目管理办公室/ })
    .getByText('未改动')
    .waitFor()
  calm()
  await close()
})
