// Finishing earlier: the demo's metro station is crashed on its page, taken over and taken back, and tried on a branch; typed and
// pasted like a spreadsheet; closed to those who may not know costs.
import { compute, formatMinute, type Plan, parseDay } from '@yingzao/engines/schedule'
import { provenCrash } from '@yingzao/engines/time-cost'
import { alternativesOf, readCrash, shortenings, timeTerms } from '@yingzao/modules/schedule/crash'
import { plan as planEntity } from '@yingzao/modules/schedule/plan.entity'
import { revivedPlan } from '@yingzao/modules/schedule/revive'
import { type Person, type TestApp, testApp } from '@yingzao/platform/testing'
import { launchBrowser } from '@yingzao/platform/testing/browser'
import { milpSolver } from '@yingzao/ui/background/milp'
import loadHighs from 'highs'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { builtWeb, sit } from './testing/browse.ts'
import { demo, peopleOf, stationOf } from './testing/demo.ts'

let app: TestApp
let browser: Browser
let planner: Person
let foreman: Person
let id: string

beforeAll(async () => {
  app = await testApp({ web: builtWeb, prepared: demo })
  browser = await launchBrowser()
  const as = await peopleOf(app)
  planner = await as('planner')
  foreman = await as('foreman')
  id = await stationOf(planner)
}, 240_000)
afterAll(async () => {
  await browser?.close()
  await app?.close()
})

const day = (at: number) => formatMinute(at).slice(0, 10)
const load = async (of: string) => revivedPlan((await planner.entity(planEntity).read<{ plan: Plan }>(of, 'load')).plan)
const figure = (page: Page, label: string) =>
  page.locator('.yz-figures > div', { hasText: label }).locator('dd').first()

/** The cheapest way to every finish is proved: nothing changes by itself any more. */
const settled = (page: Page) =>
  page.getByRole('progressbar', { name: /证明进度|Proof under way/ }).waitFor({ state: 'hidden' })

/** What the engine says of the plan as it is kept. */
async function engineSays(of: string) {
  const record = await planner.entity(planEntity).get(of)
  const { finish_on } = await planner.entity('project').get(String(record.project))
  const plan = await load(of)
  const computed = compute(plan)
  const read = readCrash(record.crash)
  if (!computed.ok || !read.ok) throw new Error('not to be computed')
  const terms = {
    ...timeTerms(read.crash, parseDay(String(finish_on))),
    alternatives: alternativesOf(plan, read.crash),
  }
  const outcome = await provenCrash(plan, computed.schedule, shortenings(plan, read.crash), terms, {
    solve: milpSolver(await loadHighs(), () => 60),
    goOn: () => true,
  })
  if (!outcome.ok) throw new Error(outcome.error.code)
  return { crash: outcome.crash, finish: computed.schedule.finish }
}

test('a planner sees the cheapest and the shortest finish, takes the chosen one over, and takes it back', async () => {
  const { crash, finish } = await engineSays(id)
  const [best, shortest] = [crash.choices[crash.best], crash.choices.at(-1)]
  expect(crash.best).toBeGreaterThan(0)
  expect(shortest?.finish).toBeLessThan(best?.finish ?? 0)

  const { page, go, calm, accessible, close } = await sit(browser, app, planner)
  await go(`/schedule/plan/${id}?tab=crash`)
  await figure(page, '最短').waitFor()
  await settled(page)
  expect(await figure(page, '现计划').innerText()).toBe(day(finish))
  expect(await figure(page, '最省').innerText()).toBe(day(best?.finish ?? 0))
  expect(await figure(page, '最短').innerText()).toBe(day(shortest?.finish ?? 0))
  await page.getByRole('img', { name: /完工日期下/ }).waitFor()
  await page
    .getByText(/关键线路/)
    .first()
    .waitFor()
  await accessible()

  // The other end of the curve, by keyboard.
  const slider = page.getByRole('slider', { name: '选择完工日期' })
  await slider.focus()
  await slider.press('Home')
  await page.getByText('已证明最短', { exact: true }).waitFor()
  await page.getByRole('button', { name: '回到最省' }).click()

  const promised = await figure(page, '按方案排程完工').innerText()
  await page.getByRole('button', { name: '采纳到计划' }).click()
  await expect.poll(async () => (await planner.entity(planEntity).get(id)).finish_on).toBe(promised)
  const after = await load(id)
  expect(best?.switches.length).toBeGreaterThan(0)
  for (const change of [...(best?.cuts ?? []), ...(best?.switches ?? [])]) {
    const task = after.tasks.find(each => each.id === change.task)
    expect(task?.fixedCost).toBeDefined()
  }
  // What is now the plan is where the curve begins; then everything is as it was.
  await expect.poll(() => figure(page, '现计划').innerText()).toBe(promised)
  await page.getByRole('button', { name: '撤销' }).click()
  await expect.poll(async () => (await planner.entity(planEntity).get(id)).finish_on).toBe(day(finish))
  await expect.poll(() => figure(page, '最省').innerText()).toBe(day(best?.finish ?? 0))
  calm()
  await close()
})

test('the shortest way becomes a what-if branch with its own finish; the plan stays', async () => {
  const before = (await planner.entity(planEntity).get(id)).finish_on
  const { page, go, calm, close } = await sit(browser, app, planner, { lang: 'en' })
  await go(`/schedule/plan/${id}?tab=crash`)
  const slider = page.getByRole('slider', { name: 'Choose the finish' })
  await slider.waitFor()
  await settled(page)
  await slider.focus()
  await slider.press('Home')
  await page.getByText('Proved shortest', { exact: true }).waitFor()
  const promised = await figure(page, 'Computed with it').innerText()
  await page.getByRole('button', { name: 'Into a what-if branch' }).click()
  const name = `As short as can be ${Date.now()}`
  await page.getByRole('dialog').getByLabel('Name of the branch').fill(name)
  await page.getByRole('dialog').getByRole('button', { name: 'Into a what-if branch' }).click()
  await page.getByRole('heading', { level: 1, name }).waitFor()
  const made = await planner.entity(planEntity).list({ filter: { name: { eq: name } } })
  expect(made.items[0]).toMatchObject({ branch_of: id, finish_on: promised })
  expect(promised < String(before)).toBe(true)
  expect((await planner.entity(planEntity).get(id)).finish_on).toBe(before)
  calm()
  await close()
})

test('inputs are typed and pasted like in a spreadsheet, and kept with the plan', async () => {
  const { project } = await planner.entity(planEntity).get(id)
  const made = await planner.entity(planEntity).create({ name: '两条线', project, start_on: '2026-03-02' })
  const ids = Object.fromEntries(['开挖', '底板', '管线', '通水'].map(name => [name, crypto.randomUUID()]))
  const row = (name: string, days: number) => ({
    kind: 'task.add',
    task: { id: ids[name], name, kind: 'task', duration: days * 480, constraint: { type: 'asap' } },
  })
  const link = (from: string, to: string) => ({
    kind: 'link.add',
    link: {
      ...{ id: crypto.randomUUID(), from: ids[from], to: ids[to], type: 'FS' },
      lag: { kind: 'working', minutes: 0 },
    },
  })
  const edits = [
    row('开挖', 6),
    row('底板', 4),
    row('管线', 5),
    row('通水', 4),
    link('开挖', '底板'),
    link('管线', '通水'),
    { kind: 'resource.add', resource: { id: crypto.randomUUID(), name: '塔吊', kind: 'work', maxUnits: 2 } },
  ]
  await planner.entity(planEntity).run(made.id, 'edit', { base: 0, edits })

  const { page, go, calm, accessible, said, close } = await sit(browser, app, planner)
  await go(`/schedule/plan/${made.id}?tab=crash`)
  await page.getByText('还没有可以缩短的任务').waitFor()
  const grid = page.getByRole('grid', { name: '哪些任务能缩短' })
  const cell = (name: string, column: number) =>
    grid.getByRole('row').filter({ hasText: name }).getByRole('gridcell').nth(column)
  // Typed: from the shortest duration to what a day costs, without the mouse.
  await cell('开挖', 4).click()
  await page.keyboard.type('4')
  await page.keyboard.press('Tab')
  await page.keyboard.type('3000')
  await page.keyboard.press('Enter')
  await figure(page, '最短').waitFor()
  await expect.poll(() => cell('开挖', 7).innerText()).toBe('3,000.00')
  // Pasted: matched by name, whatever the order; one row is a stranger.
  await page.getByText('全部未完成', { exact: true }).click()
  await cell('开挖', 1).click()
  await grid.evaluate((element, text) => {
    const data = new DataTransfer()
    data.setData('text/plain', text)
    element.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))
  }, '管线\t3\t1,000\t每天\n底板\t2\t5000\t合计\n外电\t1\t1\t每天')
  await page.getByText(/1 行没有对上任务（例如“外电”）/).waitFor()
  // Ten days; cut one for 2,500, two for 6,000, three for 10,000.
  await page.getByText('列成表').click()
  const rows = page.locator('details tbody tr')
  await expect.poll(() => rows.count()).toBe(4)
  expect(await rows.nth(2).innerText()).toMatch(/6,000\.00/)
  expect(await rows.nth(3).innerText()).toMatch(/10,000\.00/)
  await page.getByLabel('间接费（元/日历天）').fill('3,900')
  await page.getByLabel('间接费（元/日历天）').press('Enter')
  await expect.poll(() => page.getByRole('heading', { name: /所选方案/ }).innerText()).toContain('最省')
  await page
    .getByText('两条关键线路都经过它')
    .or(page.getByText(/条关键线路中有/))
    .first()
    .waitFor()
  await accessible()
  // Another way to do a task: with a second crane it takes two days. Taken where it is cheaper than days of the others.
  await page.getByRole('combobox', { name: '选择任务' }).click()
  await page.getByTitle('4 通水', { exact: true }).click()
  await page.getByRole('button', { name: '添加做法' }).click()
  const ways = page.getByRole('grid', { name: '做法' })
  await ways.getByText('现在的做法').waitFor()
  await ways.getByRole('row').nth(2).getByRole('gridcell').nth(2).click()
  for (const typed of ['加一台塔吊', '2', '1500', '塔吊[200%]']) {
    await page.keyboard.press('Enter')
    await page.keyboard.insertText(typed)
    await page.keyboard.press('Tab')
  }
  await ways.getByText('快 2 天，+1,500.00').waitFor()
  await expect.poll(() => rows.count()).toBe(5)
  expect(await rows.nth(3).innerText()).toMatch(/9,500\.00/)
  expect(await rows.nth(4).innerText()).toMatch(/13,500\.00/)
  const slider = page.getByRole('slider', { name: '选择完工日期' })
  await slider.focus()
  await slider.press('Home')
  await page.getByText(/改为“加一台塔吊”，快 2 天，多花 1,500：/).waitFor()
  await page.getByText('已证明最省', { exact: true }).waitFor()
  await accessible()
  await page.getByRole('button', { name: '保存设定' }).click()
  await said('设定已保存')
  const kept = readCrash((await planner.entity(planEntity).get(made.id)).crash)
  expect(kept.ok && kept.crash).toMatchObject({
    indirect: '3900',
    tasks: [
      { task: ids.开挖, days: 4, cost: '3000', per: 'day' },
      { task: ids.底板, days: 2, cost: '5000', per: 'all' },
      { task: ids.管线, days: 3, cost: '1000', per: 'day' },
    ],
    alternatives: [
      { task: ids.通水, name: '现在的做法', days: 4, cost: '0', resources: [] },
      { task: ids.通水, name: '加一台塔吊', days: 2, cost: '1500', resources: [{ units: 2 }] },
    ],
  })
  await page.getByRole('button', { name: '采纳到计划' }).click()
  await said('赶工：4 个任务调整（其中 1 个换做法）')
  const after = await load(made.id)
  expect(after.tasks.find(({ id: own }) => own === ids.通水)).toMatchObject({ duration: 960, fixedCost: '1500.00' })
  expect(after.assignments.map(({ task, units }) => [task, units])).toEqual([[ids.通水, 2]])
  // The plan now follows it; taken back, it does not.
  const inUse = ways.getByRole('row').filter({ hasText: '现用' })
  await expect.poll(() => inUse.innerText()).toContain('加一台塔吊')
  await page.getByRole('button', { name: '撤销' }).click()
  await expect.poll(() => inUse.innerText()).toContain('现在的做法')
  expect((await load(made.id)).assignments).toEqual([])
  calm()
  await close()
})

test('on a phone the page fits; a foreman is told that costs are not for him, and gets none from the server', async () => {
  const phone = await sit(browser, app, planner, { phone: true, dark: true })
  await phone.go(`/schedule/plan/${id}?tab=crash`)
  await figure(phone.page, '最短').waitFor()
  await settled(phone.page)
  expect(await phone.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
  await phone.accessible()
  phone.calm()
  await phone.close()

  expect(JSON.stringify(await foreman.entity(planEntity).get(id))).not.toContain('"crash"')
  await expect(
    foreman.entity(planEntity).patch(id, (await planner.entity(planEntity).get(id)).version, { crash: null }),
  ).rejects.toMatchObject({ status: 403 })
  const desk = await sit(browser, app, foreman)
  await desk.go(`/schedule/plan/${id}?tab=crash`)
  await desk.page.getByText('赶工费用不对您的角色开放').waitFor()
  await desk.accessible()
  desk.calm()
  await desk.close()
})
