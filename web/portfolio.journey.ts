// The company at a glance: projects against their promises on one Gantt, the link between two of them, the roadmap, what holds
// them up, and from a rate to its tasks; by keyboard, on a phone, and by somebody who sees one project only.
import { type Person, type TestApp, testApp } from '@yingzao/platform/testing'
import { launchBrowser } from '@yingzao/platform/testing/browser'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { builtWeb, sit } from './testing/browse.ts'

let app: TestApp
let browser: Browser
let pmo: Person
let boss: Person
let supplier: Awaited<ReturnType<typeof site>>
let buyer: Awaited<ReturnType<typeof site>>

const DAY = 86_400_000
/** A Monday eight weeks ago: what was promised then is past, what hangs on it is still to come. */
const monday = (() => {
  const at = new Date(Date.now() - 56 * DAY)
  at.setUTCDate(at.getUTCDate() - ((at.getUTCDay() + 6) % 7))
  return at.toISOString().slice(0, 10)
})()
const after = (days: number) => new Date(Date.parse(`${monday}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10)
const minute = (day: string, hour: number) => Date.parse(`${day}T00:00:00Z`) / 60_000 + hour * 60

/** A project with tasks of so many days one after the other, promised as they stand; its plan is the current one. */
async function site(name: string, tasks: readonly (readonly [string, number])[], contract: string) {
  const project = await pmo
    .entity<string>('project')
    .create({ name, type: 'industrial', company: app.company, finish_on: contract })
  // Every day is worked, so that no public holiday changes a figure.
  const calendar = await pmo.entity<string>('calendar').create({ name: `${name}日历`, prc_holidays: false })
  const plan = await pmo
    .entity<string>('plan')
    .create({ name: `${name}计划`, project: project.id, calendar: calendar.id, start_on: monday })
  const rows = tasks.map(([title, days]) => ({
    ...{ id: crypto.randomUUID(), name: title, kind: days === 0 ? 'milestone' : 'task', duration: days * 480 },
    constraint: { type: 'asap' },
  }))
  const links = rows.slice(1).map((row, i) => ({
    ...{ id: crypto.randomUUID(), from: rows[i]?.id, to: row.id, type: 'FS' },
    lag: { kind: 'working', minutes: 0 },
  }))
  const run = async (verb: string, input: object) => pmo.entity<string>('plan').run(plan.id, verb, input)
  await run('edit', {
    base: 0,
    edits: [...rows.map(task => ({ kind: 'task.add', task })), ...links.map(link => ({ kind: 'link.add', link }))],
  })
  await run('set_baseline', { number: 0 })
  await run('make_current', {})
  const id = (title: string) => rows.find(row => row.name === title)?.id ?? ''
  const set = async (title: string, patch: object) => {
    const { revision } = await pmo.entity<string>('plan').get(plan.id)
    await run('edit', { base: revision, edits: [{ kind: 'task.set', id: id(title), patch }] })
  }
  return { project: String(project.id), plan: String(plan.id), id, set }
}

beforeAll(async () => {
  app = await testApp({ web: builtWeb })
  browser = await launchBrowser()
  pmo = await app.as('pmo')
  boss = await app.as('boss')
  supplier = await site(
    '构件厂',
    [
      ['深化设计', 5],
      ['模具', 5],
      ['生产', 50],
      ['首批出厂', 0],
    ],
    after(90),
  )
  buyer = await site(
    '总装厂房',
    [
      ['基础', 60],
      ['吊装', 10],
      ['封顶', 0],
    ],
    after(85),
  )
  await pmo
    .entity<string>('cross_link')
    .create({ from_task: supplier.id('首批出厂'), to_task: buyer.id('吊装'), note: '构件到场' })
  const done = (from: number, to: number) => ({
    ...{ percentComplete: 100, actualStart: minute(after(from), 8), actualFinish: minute(after(to), 17) },
  })
  await supplier.set('深化设计', done(0, 4))
  await supplier.set('模具', done(7, 16))
  await buyer.set('基础', { percentComplete: 40, actualStart: minute(monday, 8), duration: 80 * 480 })
})
afterAll(async () => {
  await browser?.close()
  await app?.close()
})

test('the boss sees all projects, folds one open by keyboard, and opens a milestone in its plan', async () => {
  const { page, go, calm, accessible, close } = await sit(browser, app, boss)
  await go('/portfolio/overview')
  await page.getByText('全部 2 个进行中的项目').waitFor()
  const grid = page.getByRole('treegrid')
  await grid.getByText('总装厂房').waitFor()
  await page.getByText('1 条跨项目搭接').waitFor()
  await page.locator('.yzg-gantt').waitFor()
  await accessible()

  // Folded at first: its milestones stand on its bar. Alt+→ opens the row.
  expect(await grid.getByText('首批出厂').count()).toBe(0)
  await grid.getByText('构件厂').click()
  await page.keyboard.press('Alt+ArrowRight')
  await grid.getByText('首批出厂').click()
  await page.keyboard.press('Enter')
  await page.waitForURL(url => url.pathname === `/schedule/plan/${supplier.plan}` && url.search.includes('task'))
  calm()
  await close()
})

test('groups, filters and the look stand in the address; the roadmap is printed on A3', async () => {
  const { page, go, calm, accessible, close } = await sit(browser, app, boss, { dark: true })
  await go('/portfolio/overview?tab=roadmap&group=type')
  const bar = page.getByRole('link', { name: /^构件厂：/ })
  await bar.waitFor()
  await accessible()
  await page.evaluate(() => {
    window.print = () => {
      document.title = `printed ${document.querySelectorAll('.yz-pf-print svg .yz-rm-bar').length}`
    }
  })
  await page.getByRole('button', { name: '导出', exact: true }).click()
  await page.getByRole('menuitem', { name: '打印或存为 PDF，A3 横向' }).click()
  await expect.poll(() => page.title()).toBe('printed 2')
  await page.evaluate(() => window.dispatchEvent(new Event('afterprint')))
  await bar.focus()
  await page.keyboard.press('Enter')
  await page.waitForURL(url => url.pathname === `/project/project/${supplier.project}`)
  calm()
  await close()
})

test('from the on-time rate to the very tasks it counts', async () => {
  const { page, go, calm, accessible, close } = await sit(browser, app, boss)
  await go('/portfolio/overview?tab=onTime')
  const row = page.getByRole('row', { name: /构件厂/ })
  await row.waitFor()
  // Two were due by now and finished, one of them late.
  await expect
    .poll(() => row.locator('td').allInnerTexts())
    .toEqual(expect.arrayContaining(['50%', '2', '1', '1', '0']))
  await accessible()
  await row.getByRole('link', { name: '1', exact: true }).last().click()
  await page.waitForURL('**/schedule/task?**')
  await page.getByText('共 1 条').waitFor()
  await page.getByText('模具', { exact: true }).first().waitFor()
  expect(await page.getByText('深化设计', { exact: true }).count()).toBe(0)
  calm()
  await close()
})

test('forecast against promise in working days, and what holds the other project up', async () => {
  const { page, go, calm, accessible, close } = await sit(browser, app, boss, { lang: 'en' })
  await go('/portfolio/overview?tab=promise')
  await page
    .getByRole('row', { name: /总装厂房/ })
    .getByText('working days late')
    .first()
    .waitFor()
  await accessible()
  await page.getByRole('tab', { name: 'Bottlenecks' }).click()
  await page.getByText('No resource is overloaded in the next 8 weeks').waitFor()
  await page.getByRole('heading', { name: 'Tasks that hold other projects up' }).waitFor()
  await accessible()
  calm()
  await close()
})

test('on a phone the projects are cards with small bars', async () => {
  const { page, go, calm, accessible, close } = await sit(browser, app, boss, { phone: true })
  await go('/portfolio/overview')
  const card = page.getByRole('listitem').filter({ hasText: '构件厂' })
  await card.first().waitFor()
  expect(await card.first().locator('.yz-timeline').count()).toBe(1)
  const wide = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth)
  expect(wide).toBe(false)
  await accessible()
  calm()
  await close()
})

test('who sees one project is told that it is not all of them', async () => {
  const foreman = await app.as('foreman', { at: { kind: 'project', id: buyer.project } })
  const { page, go, calm, close } = await sit(browser, app, foreman)
  await go('/portfolio/overview')
  await page.getByText('只含您有权查看的 1 个项目').waitFor()
  await page.getByText('另有 1 条搭接的一端您无权查看').waitFor()
  expect(await page.getByText('构件厂').count()).toBe(0)
  calm()
  await close()
})
