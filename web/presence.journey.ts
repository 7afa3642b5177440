// Two planners at two browsers on two nodes: each sees that the other has the plan open, where, and when that ends.
import { type Person, type TestApp, testApp } from '@yingzao/platform/testing'
import { launchBrowser } from '@yingzao/platform/testing/browser'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { builtWeb, sit } from './testing/browse.ts'

let app: TestApp
let other: TestApp
let browser: Browser

beforeAll(async () => {
  app = await testApp({ web: builtWeb })
  other = await app.node()
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser?.close()
  await app?.close()
})

const cell = (page: Page, row: number, column: string) =>
  page.locator(`.yzg-row[data-row="${row - 1}"] .yzg-col-${column}`)

/** A plan of two rows, made as the screen makes one. */
async function newPlan(planner: Person, project: string): Promise<string> {
  const plan = await planner.entity<string>('plan').create({ name: '基坑支护', project, start_on: '2026-03-02' })
  const { plan: loaded } = await planner.entity('plan').read<{ plan: { options: { start: number } } }>(plan.id, 'load')
  const task = (name: string) => ({
    kind: 'task.add',
    task: { id: crypto.randomUUID(), name, kind: 'task', duration: 480, constraint: { type: 'asap' } },
  })
  expect(loaded.options.start).toBeGreaterThan(0)
  await planner.entity('plan').run(plan.id, 'edit', { base: 0, edits: [task('冠梁'), task('第一道支撑')] })
  return plan.id
}

test.each([
  ['zh', '何清扬 也在看此计划', (task: string) => `温若兰 在：${task}`],
  ['en', '何清扬 has this plan open', (task: string) => `温若兰 is at: ${task}`],
] as const)('a colleague’s face and cell are seen through another node, in %s', async (lang, here, at) => {
  const pmo = await app.as('pmo')
  const project = await pmo.entity('project').create({
    name: `支护 ${lang}`,
    type: 'rail',
    company: app.company,
    start_on: '2026-03-02',
    finish_on: '2026-06-30',
  })
  const place = { kind: 'project', id: project.id } as const
  const planner = await app.as('planner', { at: place, name: '何清扬' })
  const colleague = await app.as('planner', { at: place, name: '温若兰' })
  const id = await newPlan(planner, project.id)

  const mine = await sit(browser, app, planner, { lang })
  await mine.go(`/schedule/plan/${id}`)
  await cell(mine.page, 1, 'name').getByText('冠梁').waitFor()
  expect(await mine.page.locator('.yzg-people').count()).toBe(0)

  const theirs = await sit(browser, other, colleague, { lang })
  await theirs.go(`/schedule/plan/${id}`)
  await theirs.page.getByRole('button', { name: here }).waitFor()

  await cell(theirs.page, 2, 'duration').click()
  await mine.page.getByRole('button', { name: at('第一道支撑') }).waitFor()
  await expect.poll(() => cell(mine.page, 2, 'duration').getAttribute('data-presence')).toBe('温若兰')
  expect(await cell(mine.page, 2, 'name').getAttribute('data-presence')).toBeNull()
  await mine.accessible()

  // Their face leads to where they are.
  await mine.page.getByRole('button', { name: at('第一道支撑') }).click()
  await expect.poll(() => mine.page.locator('.yzg-row.yzg-selected').getAttribute('data-row')).toBe('1')

  mine.calm()
  theirs.calm()
  await theirs.close()
  await expect.poll(() => mine.page.locator('.yzg-people').count(), { timeout: 15_000 }).toBe(0)
  expect(await mine.page.locator('[data-presence]').count()).toBe(0)
  await mine.close()
})
