// 消息: what comes to concern somebody shows in his inbox while he looks, and opening it leads to the record.
import { type TestApp, testApp } from '@yingzao/platform/testing'
import { launchBrowser } from '@yingzao/platform/testing/browser'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { builtWeb, sit } from './testing/browse.ts'

let app: TestApp
let browser: Browser

beforeAll(async () => {
  const mailer = { send: async () => true, close: () => {} }
  app = await testApp({
    web: builtWeb,
    post: { mailer, url: 'http://yingzao.example.cn', product: '营造', together: 600_000 },
  })
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser?.close()
  await app?.close()
})

const said = {
  zh: { managed: (name: string) => `您现在是“${name}”的项目经理`, none: '都读完了', all: '全部' },
  en: { managed: (name: string) => `You are now the project manager of “${name}”`, none: 'All read', all: 'All' },
} as const

test.each([
  ['zh', false],
  ['en', true],
] as const)(
  'a message arrives while one looks, leads to its record and is read, in %s, phone %s',
  async (lang, phone) => {
    const words = said[lang]
    const pmo = await app.as('pmo')
    const manager = await app.as('project_manager', { name: '陆川' })
    const desk = await sit(browser, app, manager, { lang, phone, dark: phone })
    await desk.go('/inbox')
    await desk.page.getByRole('heading', { name: words.none }).waitFor()
    await desk.accessible()

    const made = await pmo.entity('project').create({
      ...{ name: `云桥 ${lang}`, type: 'municipal', company: app.company, manager: manager.user },
      ...{ start_on: '2026-03-02', finish_on: '2026-12-31' },
    })
    const news = desk.page.getByRole('link', { name: words.managed(`云桥 ${lang}`) })
    await news.waitFor()
    await desk.page.locator('.yz-unread').first().waitFor()
    await desk.accessible()

    await news.click()
    await desk.page.waitForURL(`**/project/project/${made.id}`)
    await expect.poll(() => desk.page.locator('.yz-unread').count()).toBe(0)

    await desk.go('/inbox')
    await desk.page.getByRole('heading', { name: words.none }).waitFor()
    await desk.page.getByText(words.all, { exact: true }).click()
    await news.waitFor()
    desk.calm()
    await desk.close()
  },
)

test('what is mailed, when and about what is chosen by each person', async () => {
  const manager = await app.as('project_manager')
  const desk = await sit(browser, app, manager, { expects: [422] })
  await desk.go('/account')
  await desk.page.getByText('每日汇总', { exact: true }).click()
  await desk.page.getByLabel('从').fill('21:30')
  await desk.page.getByRole('checkbox', { name: '由我任项目经理' }).uncheck()
  const save = desk.page.locator('#messages').getByRole('button', { name: '保存' })

  // Half a time is refused, and what was chosen stands as it was.
  await save.click()
  await desk.page.getByRole('alert').getByText('免打扰时段要么填起止两个时间').waitFor()
  await desk.page.getByLabel('到', { exact: true }).fill('07:00')
  await save.click()
  await desk.said('已保存')
  await desk.accessible()
  const kept = await manager.inbox.settings()
  expect(kept).toMatchObject({ mail: 'daily', quiet_from: '21:30', quiet_to: '07:00' })
  expect(kept.kinds.filter(kind => !kind.mail).map(kind => kind.name)).toEqual(['project.managed'])
  await desk.close()
})

test('a colleague is named in a comment and finds it in his inbox', async () => {
  const pmo = await app.as('pmo')
  const manager = await app.as('project_manager', { name: '岳工程' })
  const made = await pmo.entity('project').create({
    ...{ name: '引水隧洞', type: 'municipal', company: app.company, manager: manager.user },
    ...{ start_on: '2026-03-02', finish_on: '2026-12-31' },
  })
  const desk = await sit(browser, app, pmo)
  await desk.go(`/project/project/${made.id}`)
  await desk.page.getByRole('tab', { name: '讨论' }).click()
  const input = desk.page.getByPlaceholder('写评论')
  await input.pressSequentially('@岳工')
  await desk.page.getByRole('menuitem', { name: '岳工程' }).click()
  await input.pressSequentially('请确认爆破方案')
  await desk.accessible()
  await desk.page.getByRole('button', { name: '发送' }).click()
  await desk.page.getByText('请确认爆破方案').first().waitFor()
  await expect
    .poll(async () => (await manager.inbox.read({ unread: true })).items.map(item => item.text))
    .toContain('项目“引水隧洞”的评论里提到了您')
  desk.calm()
  await desk.close()
})
