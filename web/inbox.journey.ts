// 消息: what comes to concern somebody shows in his inbox while he looks, and opening it leads to the record.

import { senderKey } from '@yingzao/platform/push/vapid'
import { type TestApp, testApp } from '@yingzao/platform/testing'
import { launchBrowser } from '@yingzao/platform/testing/browser'
import { type PushService, pushService } from '@yingzao/platform/testing/push-service'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { builtWeb, sit } from './testing/browse.ts'

let app: TestApp
let browser: Browser
let service: PushService
const pushing = { product: '营造', together: 50, anywhere: true }

beforeAll(async () => {
  const mailer = { send: async () => true, close: () => {} }
  service = await pushService()
  app = await testApp({
    web: builtWeb,
    push: { ...{ key: senderKey(Buffer.alloc(32, 'push')), contact: 'https://yingzao.example.cn' }, ...pushing },
    post: { mailer, url: 'http://yingzao.example.cn', product: '营造', together: 600_000 },
  })
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser?.close()
  await app?.close()
  await service?.close()
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
  await desk.page.getByRole('radiogroup', { name: '发到我的邮箱' }).getByText('每日汇总').click()
  await desk.page.getByLabel('从').fill('21:30')
  await desk.page.getByRole('checkbox', { name: '由我任项目经理 · 邮件' }).uncheck()
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
  // Waits until it can be typed into.
  await input.click()
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

/**
 * The Chromium of the tests has no notification centre, no icon and no push service of its own: these stand in. Asking, the
 * service worker, what arrives in it and what it does then are the browser's.
 */
function subscribeAt({ endpoint, keys }: { endpoint: string; keys: { p256dh: string; auth: string } }) {
  const subscription = { endpoint, options: {}, toJSON: () => ({ endpoint, keys }), unsubscribe: async () => true }
  Object.assign(PushManager.prototype, { subscribe: async () => subscription, getSubscription: async () => null })
  let permission = 'default'
  Object.defineProperty(Notification, 'permission', { get: () => permission })
  Notification.requestPermission = async () => {
    permission = 'granted'
    return 'granted'
  }
}
const keepWhatIsShown = `self.shown = []; navigator.setAppBadge = async count => { self.badge = count }; registration.showNotification = async (title, more) => { shown.push({ title, ...more }) }`
const press = `dispatchEvent(Object.assign(new ExtendableEvent('notificationclick'),
  { notification: { ...shown[0], close: () => shown.shift() } }))`

test('push is switched on by a press, and a press on what the service worker shows leads to the record', async () => {
  const pmo = await app.as('pmo')
  const manager = await app.as('project_manager', { name: '白璐' })
  const desk = await sit(browser, app, manager)
  const { page } = desk
  // A browser that was told never to notify says how that is undone.
  await desk.go('/account')
  await page.getByText('浏览器不允许营造发通知').waitFor()
  expect(await page.getByRole('switch', { name: '在此设备接收推送' }).isDisabled()).toBe(true)

  const subscription = await service.subscribe()
  await page.addInitScript(subscribeAt, { endpoint: subscription.endpoint, keys: subscription.keys })
  await desk.go('/account')
  await page.getByRole('switch', { name: '在此设备接收推送' }).click()
  await desk.said('已开启')
  await page.getByText('此设备 · 还没有推送过').waitFor()
  await page.getByRole('button', { name: '发测试消息' }).click()
  await desk.said('已交给推送服务')
  await desk.accessible()

  const made = await pmo.entity('project').create({
    ...{ name: '跨江大桥', type: 'municipal', company: app.company, manager: manager.user },
    ...{ start_on: '2026-03-02', finish_on: '2026-12-31' },
  })
  const arrived = () => service.given.filter(each => each.path === subscription.path)
  await expect.poll(() => arrived().length).toBe(2)
  const notice = await subscription.open(arrived()[1]?.body ?? Buffer.alloc(0))
  const [worker] = page.context().serviceWorkers()
  await worker?.evaluate(keepWhatIsShown)
  const browserTools = await page.context().newCDPSession(page)
  const registration = new Promise<string>(found =>
    browserTools.on('ServiceWorker.workerRegistrationUpdated', ({ registrations: [known] }) => {
      if (known) found(known.registrationId)
    }),
  )
  await browserTools.send('ServiceWorker.enable')
  const arrives = { origin: app.url, registrationId: await registration, data: JSON.stringify(notice) }
  await browserTools.send('ServiceWorker.deliverPushMessage', arrives)
  await expect
    .poll(() => worker?.evaluate('shown'))
    .toMatchObject([{ title: '由我任项目经理', body: '您现在是“跨江大桥”的项目经理', lang: 'zh-CN' }])
  await worker?.evaluate(press)
  await page.waitForURL(`**/project/project/${made.id}`)
  expect(await worker?.evaluate('shown')).toEqual([])
  desk.calm()

  // Whoever signs out is told nothing more here.
  await manager.session.signOut()
  expect((await (await app.again(manager)).push.read()).devices).toEqual([])
  await desk.close()
})
