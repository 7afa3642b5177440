// Coming in: the first run of an empty system, signing in and its errors, my account.

import { type TestApp, testApp } from '@yingzao/platform/testing'
import { launchBrowser } from '@yingzao/platform/testing/browser'
import { yardModule, yardServices } from '@yingzao/platform/testing/yard'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { builtWeb, sit } from './testing/browse.ts'

let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser?.close()
})

const password = 'Zhu9-Mu.Hekou'

describe('the first run', () => {
  let app: TestApp
  beforeAll(async () => {
    app = await testApp({ web: builtWeb, empty: true })
  })
  afterAll(async () => {
    await app?.close()
  })

  test('an empty system asks for company and administrator, then people and their roles', async () => {
    const { page, go, calm, accessible, close } = await sit(browser, app, null, { expects: [422] })
    await go('/')
    await page.getByRole('heading', { level: 1, name: '建立您的公司' }).waitFor()
    await accessible()
    await page.getByLabel('公司名称').fill('华岳建设集团有限公司')
    await page.getByLabel('姓名').fill('王建国')
    await page.getByLabel('登录账号').fill('wang')
    await page.getByLabel('密码', { exact: true }).fill('password1')
    await page.getByRole('button', { name: '建立公司' }).click()
    await page.getByRole('alert').waitFor()
    await page.getByLabel('密码', { exact: true }).fill(password)
    await page.getByRole('button', { name: '建立公司' }).click()

    await page.getByRole('heading', { level: 1, name: '欢迎使用营造' }).waitFor()
    await accessible()
    await page
      .getByLabel('也可以从 Excel 复制')
      .fill('姓名\t登录名\t岗位\n李思雨\tli\t计划工程师\n张伟\tzhang\t项目经理\n赵敏\tWrong Login\t出纳')
    await page.getByRole('button', { name: '读取粘贴内容' }).click()
    await page.getByText('2 行可以导入').waitFor()
    await page.getByText('1 行有问题').waitFor()
    await accessible()
    await page.getByRole('button', { name: '跳过问题行，导入 2 行' }).click()
    await page.getByText('导入完成').waitFor()
    await page.getByRole('button', { name: '下一步' }).click()
    await page.getByRole('combobox', { name: '角色: 张伟' }).click()
    await page.getByRole('option', { name: '项目管理办公室' }).click()
    await page.getByRole('button', { name: '保存并完成' }).click()
    await page.getByRole('heading', { level: 1, name: '王建国，您好' }).waitFor()
    await page
      .getByRole('link', { name: '角色任职' })
      .or(page.getByRole('link', { name: '用户' }))
      .first()
      .waitFor()
    await accessible()

    // Signed out and in again; the wizard does not come back.
    await page.getByRole('button', { name: '王建国' }).click()
    await page.getByRole('menuitem', { name: '退出登录' }).click()
    await page.getByRole('heading', { level: 1, name: '登录' }).waitFor()
    // Left by choice: nothing has expired.
    expect(await page.getByText('登录已过期').count()).toBe(0)
    await accessible()
    await page.getByLabel('账号').fill('wang')
    await page.getByLabel('密码', { exact: true }).fill('not the password')
    await page.getByRole('button', { name: '登录' }).click()
    await page.getByRole('alert').waitFor()
    expect(await page.getByLabel('密码', { exact: true }).inputValue()).toBe('')
    await page.getByLabel('密码', { exact: true }).fill(password)
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: '王建国，您好' }).waitFor()
    // The administrator's own role and the one given in the wizard.
    const held: { items: unknown[] } = await page.evaluate(async () => (await fetch('/api/v1/role_holding')).json())
    expect(held.items.length).toBe(2)
    calm()
    await close()
  })
})

describe('a person', () => {
  let app: TestApp
  beforeAll(async () => {
    const menu = { under: 'material', order: 10 } as const
    app = await testApp({ modules: [{ ...yardModule, menu }], registrations: yardServices, web: builtWeb })
  })
  afterAll(async () => {
    await app?.close()
  })

  test('one switch turns everything into English, another into the dark, and both follow to the next device', async () => {
    const keeper = await app.as('yard_keeper', { name: '李思雨' })
    const { page, go, calm, accessible, close } = await sit(browser, app, keeper)
    await go('/account')
    await page.getByText('English').click()
    await page.getByRole('heading', { level: 1, name: 'My account' }).waitFor()
    await page.getByText('Dark', { exact: true }).click()
    await accessible()
    await page.getByRole('link', { name: 'Yard' }).first().click()
    await page.getByText('No Yard yet').waitFor()
    await accessible()
    // No Chinese is left but the person's own name and the company's.
    const text = (await page.locator('body').innerText())
      .replaceAll('李思雨', '')
      .replaceAll('思雨', '')
      .replaceAll('测试集团', '')
    expect(text).not.toMatch(/[\u4e00-\u9fff]/)
    calm()
    await close()

    const phone = await browser.newContext({ locale: 'zh-CN' })
    const [name = '', value = ''] = keeper.cookie.split('=')
    await phone.addCookies([{ name, value, domain: new URL(app.url).hostname, path: '/' }])
    const other = await phone.newPage()
    await other.goto(app.url)
    await other.getByRole('heading', { level: 1, name: 'Hello, 李思雨' }).waitFor()
    expect(await other.evaluate(() => document.documentElement.dataset.theme)).toBe('dark')
    await phone.close()
  })

  test('other devices are signed out from here, and a token is made, used once shown, and revoked', async () => {
    const keeper = await app.as('yard_keeper', { name: '王建国' })
    const elsewhere = await app.again(keeper)
    const { page, go, calm, accessible, said, close } = await sit(browser, app, keeper)
    await go('/account')
    await page.getByRole('button', { name: '退出其他全部设备' }).click()
    await said('已退出')
    await expect(elsewhere.session.get()).rejects.toMatchObject({ status: 401 })
    await page.getByLabel('名称').fill('日报脚本')
    await page.getByRole('button', { name: '新建令牌' }).click()
    const token = await page.locator('.yz-token code').innerText()
    const answer = await fetch(`${app.url}/api/v1/meta`, { headers: { authorization: `Bearer ${token}` } })
    expect(answer.status).toBe(200)
    await accessible()
    await page.getByRole('button', { name: '吊销 日报脚本' }).click()
    await page.getByRole('dialog').getByRole('button', { name: '吊销' }).click()
    await page.getByRole('button', { name: '吊销 日报脚本' }).waitFor({ state: 'detached' })
    const after = await fetch(`${app.url}/api/v1/meta`, { headers: { authorization: `Bearer ${token}` } })
    expect(after.status).toBe(401)
    calm()
    await close()
  })

  test('Ctrl+K finds pages, actions and records by name', async () => {
    const keeper = await app.as('yard_keeper', { name: '周海涛' })
    await keeper.entity('yard').create({ name: '码头料场', company: app.company })
    const { page, go, calm, accessible, close } = await sit(browser, app, keeper)
    await go('/')
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox').waitFor()
    await page.keyboard.type('slip')
    await page.getByRole('option', { name: '新建送货单' }).waitFor()
    await accessible()
    await page.getByRole('combobox').fill('码头')
    await page.getByRole('option', { name: '码头料场' }).waitFor()
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: '码头料场' }).waitFor()
    calm()
    await close()
  })

  test('a session that ends under the hands leads back to the same page', async () => {
    const keeper = await app.as('yard_keeper', { name: '陈晓东' })
    const { page, go, close } = await sit(browser, app, keeper)
    await go('/yard/yard')
    await keeper.session.signOut()
    // Whoever asks first learns of it: the person's click or the page itself.
    const ended = page.getByText('登录已过期')
    await Promise.race([page.getByRole('link', { name: '送货单' }).click(), ended.waitFor()])
    await ended.waitFor()
    expect(['/yard/yard', '/yard/slip']).toContain(new URL(page.url()).pathname)
    await close()
  })
})
