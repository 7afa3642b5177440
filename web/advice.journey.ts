// Duration advice and delay prediction in the browser: what is planned too short is seen with its evidence, taken, taken back;
// what is likely to be late is seen with its reasons, or that history cannot tell.
import type { Task } from '@yingzao/engines/schedule'
import { plan as planEntity } from '@yingzao/modules/schedule/plan.entity'
import { newId } from '@yingzao/platform/client'
import { type Person, type TestApp, testApp } from '@yingzao/platform/testing'
import { launchBrowser } from '@yingzao/platform/testing/browser'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { builtWeb, sit } from './testing/browse.ts'
import { DAY, durationOf, finished, monday, planWith, row } from './testing/small-plan.ts'

let app: TestApp
let browser: Browser
let pmo: Person

beforeAll(async () => {
  app = await testApp({ web: builtWeb })
  browser = await launchBrowser()
  pmo = await app.as('pmo')
})
afterAll(async () => {
  await browser?.close()
  await app?.close()
})

test('a planner takes the duration that finished work of the kind took, and takes it back', async () => {
  const name = `甲${newId().slice(-4)}站`
  await planWith(
    app,
    pmo,
    `${name}一期`,
    [3, 4, 4, 5, 6].map((days, i) => finished(`${i + 1} 段接触网架设`, days)),
  )
  const short = row('6 段接触网架设', 2)
  const { plan, project } = await planWith(app, pmo, name, [short, row('移交文件', 1)])
  const planner = await app.as('planner', { at: { kind: 'project', id: project } })
  const { page, go, calm, accessible, close } = await sit(browser, app, pmo)
  await go(`/schedule/plan/${plan}?tab=advice`)
  const line = page.locator('.yz-advice > tbody > tr', { hasText: '6 段接触网架设' })
  await line.waitFor()
  expect(await line.innerText()).toContain('取 P50 约推迟 2 天')
  await line.getByRole('button', { name: '同类项目中名称相近的 5 个' }).click()
  await expect.poll(() => page.locator('.yz-advice-evidence tbody tr').count()).toBe(5)
  await page.getByRole('link', { name: '3 段接触网架设' }).waitFor()
  await accessible()

  await line.getByRole('button', { name: '“6 段接触网架设”采用 P50：4 天' }).click()
  await page.getByText('凡有历史可比的任务，计划工期都与历史相符').waitFor()
  expect(await durationOf(pmo, plan, short.id)).toBe(4)
  await page.getByRole('button', { name: '撤销' }).click()
  await line.waitFor()
  expect(await durationOf(pmo, plan, short.id)).toBe(2)

  // What has no history is reckoned by a norm.
  await page.getByRole('combobox', { name: '选择任务' }).click()
  await page.locator('.ant-select-item', { hasText: '移交文件' }).click()
  await page.getByLabel('工程量').fill('300')
  await page.getByLabel('时间定额（工日/单位）').fill('0.4')
  await page.getByLabel('人数').fill('12')
  await page.getByRole('button', { name: '采用 10 天' }).click()
  await page.getByText('按定额改工期：移交文件').waitFor()
  calm()
  await close()

  // Who sees only this project has no evidence, and is told so.
  const alone = await sit(browser, app, planner, { lang: 'en', phone: true, dark: true })
  await alone.go(`/schedule/plan/${plan}?tab=advice`)
  await alone.page.getByText('There is no finished work to learn from yet').waitFor()
  expect(await alone.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
  await alone.accessible()
  alone.calm()
  await alone.close()
})

test('a planner sees what is likely to be late and why; without a baseline he is told what is missing', async () => {
  const name = `乙${newId().slice(-4)}站`
  const [hasty, careful] = [await app.as('engineer'), await app.as('engineer')]
  const promise = (from: number) => ({ number: 0, start: from + 480, finish: from + 4 * DAY + 1020, duration: 5 * 480 })
  // One of the two is late with almost everything he does.
  const past = Array.from({ length: 160 }, (_, i): Task => {
    const from = monday - 7 * (200 - i) * DAY
    const late = i % 2 === 0 && i % 14 !== 0
    return row(`${i} 段电缆敷设`, 5, {
      responsible: i % 2 === 0 ? hasty.user : careful.user,
      percentComplete: 100,
      actualStart: from + 480,
      actualFinish: from + (late ? 9 : 4) * DAY + 1020,
      baselines: [promise(from)],
    })
  })
  await planWith(app, pmo, `${name}一期`, past)
  const mine = (who: Person, title: string) =>
    row(title, 5, { responsible: who.user, baselines: [promise(monday + 7 * DAY)] })
  const { plan } = await planWith(app, pmo, name, [mine(careful, '站台电缆敷设'), mine(hasty, '站厅电缆敷设')])
  await pmo
    .entity(planEntity)
    .run(plan, 'edit', { base: 1, edits: [{ kind: 'options.set', patch: { statusDate: monday } }] })
  const { page, go, calm, accessible, close } = await sit(browser, app, pmo)
  await go(`/schedule/plan/${plan}?tab=delay`)
  const lines = page.locator('.yz-delay tbody tr')
  await lines.first().waitFor()
  expect(await lines.first().innerText()).toContain('站厅电缆敷设')
  expect(await lines.first().innerText()).toMatch(/负责人过去延误 \d+%，更可能延误/)
  expect(await lines.nth(1).innerText()).toContain('站台电缆敷设')
  await page.getByRole('heading', { name: '说得准不准' }).waitFor()
  await accessible()
  calm()
  await close()

  const bare = await planWith(app, pmo, `${name}三期`, [row('接地', 2)])
  const phone = await sit(browser, app, pmo, { lang: 'en', phone: true, dark: true })
  await phone.go(`/schedule/plan/${bare.plan}?tab=delay`)
  await phone.page.getByText('The plan has no baseline yet').waitFor()
  await phone.go(`/schedule/plan/${plan}?tab=delay`)
  await phone.page.getByText('Brier skill').waitFor()
  expect(await phone.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
  await phone.accessible()
  phone.calm()
  await phone.close()
})
