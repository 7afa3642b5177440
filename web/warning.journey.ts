// Early warning: a planner reports a late task, the other department is warned, answers; ignored ones go up.

import { lookAhead } from '@yingzao/modules/warning/keep'
import { addDays, nextMonday, plannedProject } from '@yingzao/modules/warning/testing/plans'
import { warning } from '@yingzao/modules/warning/warning.entity'
import { systemContext } from '@yingzao/platform/http/context'
import { type Person, type TestApp, testApp } from '@yingzao/platform/testing'
import { launchBrowser } from '@yingzao/platform/testing/browser'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { builtWeb, sit } from './testing/browse.ts'

let app: TestApp
let browser: Browser
let pmo: Person
let made = 0
beforeAll(async () => {
  app = await testApp({ web: builtWeb })
  browser = await launchBrowser()
  pmo = await app.as('pmo')
}, 120_000)
afterAll(async () => {
  await browser?.close()
  await app?.close()
})

/** The factory makes in ten days and ships in two; the station is ready for it on day twelve. */
async function factoryAndStation() {
  const monday = nextMonday(new Date())
  const number = ++made
  const factory = await plannedProject(app, pmo, `工厂${number}`, monday, [
    [`生产卫浴${number}`, 10],
    [`发运${number}`, 2],
  ])
  const station = await plannedProject(app, pmo, `车站${number}`, monday, [
    [`主体${number}`, 12],
    [`安装卫浴${number}`, 3],
  ])
  return { factory, station, number }
}

async function pick(page: Page, label: string, option: string) {
  const input = page.getByRole('combobox', { name: label, exact: true })
  await input.click()
  await input.fill(option)
  await page.locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden)').getByText(option).first().click()
}

test('the planner links two plans; a later report warns the station, which sees the chain and acknowledges it', async () => {
  const { factory, station, number } = await factoryAndStation()
  const desk = await sit(browser, app, pmo)
  const { page } = desk
  await desk.go(`/schedule/plan/${station.plan}?tab=cross`)
  await page.getByText('还没有跨计划搭接').waitFor()
  await page.getByRole('button', { name: '新建搭接' }).click()
  await pick(page, '紧前任务所在计划', `工厂${number}`)
  await pick(page, '紧前任务', `发运${number}`)
  await pick(page, '本计划的任务（紧后）', `安装卫浴${number}`)
  await page.getByLabel('交接的是什么').fill('整体卫浴')
  await desk.accessible()
  await page.getByRole('button', { name: '建立搭接' }).click()
  await page.getByText('赶得上').waitFor()
  await desk.accessible()

  // The factory's planner reports: five days more.
  await factory.edit(factory.planner, { kind: 'task.set', id: factory.ids[0] ?? '', patch: { duration: 15 * 480 } })
  const site = await sit(browser, app, station.planner)
  await site.go('/')
  const line = site.page.locator('.yz-warnings > li', { hasText: `安装卫浴${number}` })
  await vi.waitFor(
    async () => {
      if (!(await line.isVisible())) await site.page.reload()
      await line.waitFor({ timeout: 3000 })
    },
    { timeout: 60_000 },
  )
  await line.getByText('推迟 5 天').waitFor()
  // Of the factory's plan he sees nothing but that it is so.
  expect(await site.page.locator('body').innerText()).not.toContain(`发运${number}`)
  await line.getByRole('link').first().click()
  await site.page.getByText('另一计划中的工作，您没有查看权限').waitFor()
  await site.accessible()
  await site.page.getByRole('button', { name: '确认收到' }).click()
  const dialog = site.page.getByRole('dialog')
  await dialog.getByLabel('处理意见').fill('已与工厂确认到货日期')
  await dialog.getByRole('button', { name: '确认收到' }).click()
  await site.page.locator('.yz-page-head').getByText('已确认').waitFor()
  await site.page.locator('.yz-warning-note', { hasText: '已与工厂确认到货日期' }).waitFor()
  site.calm()
  await site.close()

  // One click takes the date over, as an edit that can be undone; then the warning is gone.
  await desk.go(`/schedule/plan/${station.plan}?tab=cross`)
  await page.getByText('外部前置晚于本任务 5 天').waitFor()
  await page.getByRole('button', { name: '按此推迟' }).click()
  await page.getByText('赶得上').waitFor()
  await vi.waitFor(
    async () => {
      const found = await pmo.entity(warning).list({ filter: { plan: { eq: station.plan as never } } })
      expect(found.items).toMatchObject([{ handling: 'closed' }])
    },
    { timeout: 60_000, interval: 500 },
  )
  desk.calm()
  await desk.close()
})

test('in English: ignored, it goes up to management, who acknowledges it on the phone', async () => {
  const { factory, station } = await factoryAndStation()
  await pmo.entity('cross_link').create({ from_task: factory.ids[1] as never, to_task: station.ids[1] as never })
  await factory.edit(factory.planner, { kind: 'task.set', id: factory.ids[0] ?? '', patch: { duration: 15 * 480 } })
  const ctx = systemContext(app.host, 'test')
  // As the morning job does, twelve days later.
  const later = addDays(ctx.today, 12)
  await lookAhead(ctx, station.plan as never)
  await lookAhead({ ...ctx, today: later as typeof ctx.today }, station.plan as never)
  const [found] = (await pmo.entity(warning).list({ filter: { plan: { eq: station.plan as never } } })).items
  expect(found).toMatchObject({ level: 'boss', handling: 'raised' })

  const desk = await sit(browser, app, pmo, { lang: 'en', phone: true })
  const { page } = desk
  await desk.go(`/warning/warning/${found?.id}`)
  await page.getByText('From cause to hit').waitFor()
  await page.getByText(/longer than its baseline|should have begun and has not/).waitFor()
  await page.getByText('Management').first().waitFor()
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
  await desk.accessible()
  await page.getByRole('link', { name: 'Show on the Gantt' }).first().waitFor()
  await page.getByRole('button', { name: 'Acknowledge' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Acknowledge' }).click()
  await page.locator('.yz-page-head').getByText('Acknowledged').waitFor()
  desk.calm()
  await desk.close()
})
