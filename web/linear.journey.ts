// A line by chainage: the planner says where tasks lie, two crews meet on the chart, the foreman reports from a phone, and the
// share waits for the planner; printed on A3.
import { type Person, type TestApp, testApp } from '@yingzao/platform/testing'
import { launchBrowser } from '@yingzao/platform/testing/browser'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { builtWeb, sit } from './testing/browse.ts'

let app: TestApp
let browser: Browser
let pmo: Person
let planner: Person
let foreman: Person
let project: string

beforeAll(async () => {
  app = await testApp({ web: builtWeb })
  browser = await launchBrowser()
  pmo = await app.as('pmo')
  project = (await pmo.entity<string>('project').create({ name: '区间隧道', type: 'rail', company: app.company })).id
  planner = await app.as('planner', { at: { kind: 'project', id: project }, name: '何清扬' })
  foreman = await app.as('foreman', { at: { kind: 'project', id: project }, name: '赵铁柱' })
})
afterAll(async () => {
  await browser?.close()
  await app?.close()
})

/** A plan of its own with two crews that start from both ends on the same day, and the line they work on. */
async function drives(name: string, placed: boolean) {
  const plan = (await pmo.entity<string>('plan').create({ name, project, start_on: '2026-03-02' })).id
  const task = (title: string) => ({
    kind: 'task.add',
    task: { id: crypto.randomUUID(), name: title, kind: 'task', duration: 9600, constraint: { type: 'asap' } },
  })
  const [east, west] = [task('东端掘进'), task('西端掘进')]
  await pmo.entity<string>('plan').run(plan, 'edit', { base: 0, edits: [east, west] })
  if (!placed) return plan
  await pmo.entity<string>('plan').run(plan, 'make_current', {})
  const line = await planner.entity<string>('alignment').create({
    project,
    name: `${name}线路`,
    from_chainage: 'DK10+000',
    to_chainage: 'DK11+000',
    left_name: '左线',
    right_name: '右线',
  })
  const lay = (one: typeof east, from_chainage: string, to_chainage: string) =>
    planner.entity<string>('stretch').create({
      task: one.task.id,
      alignment: line.id,
      work: '掘进',
      from_chainage,
      to_chainage,
      rate_m: '40',
      unit_m: '1.5',
      unit_name: '环',
    })
  await lay(east, 'DK10+000', 'DK11+000')
  await lay(west, 'DK11+000', 'DK10+000')
  return plan
}

test('a plan without a line says what to do, and the way leads to a form that makes one', async () => {
  const plan = await drives('还没有线路', false)
  const { page, go, calm, accessible, close } = await sit(browser, app, planner)
  await go(`/schedule/plan/${plan}?tab=location`)
  const start = page.getByRole('link', { name: '新建线路' })
  // Lines belong to the project: another test may have made one already.
  await start.or(page.getByText('线路上还没有任务')).first().waitFor()
  await accessible()
  calm()
  await close()
})

test('crews that meet are told where and when; a pace above the rate is told; the chart is printed', async () => {
  const plan = await drives('两头掘进', true)
  const { page, go, calm, accessible, close } = await sit(browser, app, planner)
  await go(`/schedule/plan/${plan}?tab=location`)
  await pickLine(page, '两头掘进线路')
  const meeting = page.getByRole('row', { name: /同时在同一处/ })
  await meeting.getByText('DK10+500').waitFor()
  // 1,000 m in 20 days is 50 a day, with a crew that does 40.
  await page.getByText('计划快于生产率，需 25 天').first().waitFor()
  await accessible()
  await page.evaluate(() => {
    window.print = () => {
      document.title = `printed ${document.querySelectorAll('.yz-lin-print svg .yz-lin-plan').length}`
    }
  })
  await page.getByRole('button', { name: '导出' }).click()
  await page.getByRole('menuitem', { name: '打印或存为 PDF，A3 横向' }).click()
  await expect.poll(() => page.title()).toBe('printed 2')
  await page.evaluate(() => window.dispatchEvent(new Event('afterprint')))
  // A line is a door to its task, by keyboard.
  await page.getByRole('link', { name: /^东端掘进：/ }).focus()
  await page.keyboard.press('Enter')
  await page.waitForURL(url => url.pathname === `/schedule/plan/${plan}` && url.search.includes('task'))
  calm()
  await close()
})

test('the foreman reports from where to where on a phone, and the share waits for the planner', async () => {
  const plan = await drives('手机填报', true)
  const { page, go, said, calm, accessible, close } = await sit(browser, app, foreman, {
    phone: true,
    expects: [422],
  })
  await go(`/schedule/plan/${plan}?tab=location`)
  await pickLine(page, '手机填报线路')
  await page.getByRole('button', { name: '报桩号' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('combobox', { name: '区段' }).click()
  await page.getByTitle('东端掘进 · 掘进').click()
  await dialog.getByLabel('自桩号').fill('DK10+000')
  await dialog.getByLabel('至桩号').fill('DK10+2500')
  await accessible()
  await dialog.locator('.ant-modal-footer .ant-btn-primary').click()
  // Not a chainage: said in words, the dialog stays.
  await dialog.getByText('读不懂桩号“DK10+2500”').first().waitFor()
  await dialog.getByLabel('至桩号').fill('DK10+250')
  await dialog.locator('.ant-modal-footer .ant-btn-primary').click()
  await said('已填报，等计划员采纳')
  await page.getByText('25%').first().waitFor()
  await expect
    .poll(async () =>
      (await planner.entity('progress_report').list({ filter: { plan: { eq: plan } } })).items.map(each =>
        Number(each.percent),
      ),
    )
    .toEqual([0.25])
  calm()
  await close()
})

async function pickLine(page: import('playwright-core').Page, name: string) {
  const select = page.getByRole('combobox', { name: '线路' })
  await select.waitFor()
  await select.click()
  await page.getByTitle(name, { exact: true }).last().click()
}
