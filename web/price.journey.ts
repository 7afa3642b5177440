// Money typed into a plan: a price on the resources tab, a fixed cost in the task panel, totals that follow, and undo.
import type { PlanEdit } from '@yingzao/engines/schedule'
import type { Id } from '@yingzao/kernel/entity'
import { project as projectEntity } from '@yingzao/modules/project/project.entity'
import { plan as planEntity } from '@yingzao/modules/schedule/plan.entity'
import { type Person, type TestApp, testApp } from '@yingzao/platform/testing'
import { launchBrowser } from '@yingzao/platform/testing/browser'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { builtWeb, sit } from './testing/browse.ts'

let app: TestApp
let browser: Browser
let planner: Person
let engineer: Person
let foreman: Person
let project: Id<'project'>

beforeAll(async () => {
  app = await testApp({ web: builtWeb })
  browser = await launchBrowser()
  const pmo = await app.as('pmo')
  project = (
    await pmo.entity(projectEntity).create({ name: '配套用房', type: 'building', company: app.company as never })
  ).id
  const at = { kind: 'project', id: project } as const
  planner = await app.as('planner', { at })
  engineer = await app.as('cost_engineer', { at, name: '田静' })
  foreman = await app.as('foreman', { at })
})
afterAll(async () => {
  await browser?.close()
  await app?.close()
})

async function masonry(): Promise<{ id: string; task: string }> {
  const made = await planner.entity(planEntity).create({ name: '砌筑计划', project, start_on: '2026-03-02' })
  const [task, crew, bricks] = [crypto.randomUUID(), crypto.randomUUID(), crypto.randomUUID()]
  const edits: PlanEdit[] = [
    { kind: 'task.add', task: { id: task, name: '砌筑', kind: 'task', duration: 2400, constraint: { type: 'asap' } } },
    { kind: 'resource.add', resource: { id: crew, name: '瓦工', kind: 'work' } },
    { kind: 'resource.add', resource: { id: bricks, name: '砖', kind: 'material', unitLabel: '千块' } },
    { kind: 'assignment.add', assignment: { id: crypto.randomUUID(), task, resource: crew, units: 2 } },
    { kind: 'assignment.add', assignment: { id: crypto.randomUUID(), task, resource: bricks, units: 12 } },
  ]
  await planner.entity(planEntity).run(made.id, 'edit', { base: 0, edits })
  return { id: made.id, task }
}
const total = async (id: string) => (await planner.entity(planEntity).get(id)).cost_amount

test('a cost engineer types prices by the day and by the unit, and a fixed cost; the total follows and undo takes back', async () => {
  const { id, task } = await masonry()
  const { page, go, calm, accessible, close } = await sit(browser, app, engineer)
  await go(`/schedule/plan/${id}?tab=resources`)
  await page.getByText('单价', { exact: true }).click()
  const grid = page.getByRole('grid', { name: '资源单价' })
  const cell = (name: string, column: number) =>
    grid.getByRole('row').filter({ hasText: name }).getByRole('gridcell').nth(column)
  await cell('瓦工', 3).click()
  await page.keyboard.type('360')
  await page.keyboard.press('Enter')
  // By the hour it is 45; two for five days are 3,600.
  await expect.poll(() => cell('瓦工', 2).innerText()).toBe('45.00')
  await expect.poll(() => total(id)).toBe('3600.00')
  await expect.poll(() => cell('瓦工', 6).innerText()).toBe('3,600.00')
  await cell('砖', 4).click()
  await page.keyboard.type('620.5')
  await page.keyboard.press('Enter')
  await expect.poll(() => total(id)).toBe('11046.00')
  await accessible()

  await go(`/schedule/plan/${id}?task=${task}`)
  await page.locator('.yzg-row[aria-selected="true"]').click()
  await page.keyboard.press('Alt+Enter')
  const panel = page.getByRole('complementary', { name: '砌筑' })
  await panel.getByLabel('固定成本').fill('800')
  await panel.getByLabel('固定成本').press('Enter')
  await expect.poll(() => total(id)).toBe('11846.00')
  await panel.getByText('11,846.00').waitFor()
  await accessible()
  await page.getByRole('button', { name: '撤销' }).last().click()
  await expect.poll(() => total(id)).toBe('11046.00')
  calm()
  await close()
})

test('a foreman sees no money in the panel and no prices', async () => {
  const { id, task } = await masonry()
  const { page, go, calm, close } = await sit(browser, app, foreman)
  await go(`/schedule/plan/${id}?task=${task}`)
  await page.locator('.yzg-row[aria-selected="true"]').click()
  await page.keyboard.press('Alt+Enter')
  const panel = page.getByRole('complementary', { name: '砌筑' })
  await panel.waitFor()
  expect(await panel.getByText('固定成本').count()).toBe(0)
  await page.getByRole('tab', { name: '资源' }).click()
  await page.locator('.yz-res-head').waitFor()
  expect(await page.getByText('单价', { exact: true }).count()).toBe(0)
  calm()
  await close()
})
