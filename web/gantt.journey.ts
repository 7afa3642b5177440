// The Gantt of the real page: a named baseline drawn and compared, duration advice in the task's panel, what may not be edited.
import type { PlanEdit } from '@yingzao/engines/schedule'
import { plan as planEntity } from '@yingzao/modules/schedule/plan.entity'
import { newId } from '@yingzao/platform/client'
import { type Person, type TestApp, testApp } from '@yingzao/platform/testing'
import { launchBrowser } from '@yingzao/platform/testing/browser'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { builtWeb, sit } from './testing/browse.ts'
import { durationOf, finished, planWith, row } from './testing/small-plan.ts'

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

const edit = (plan: string, base: number, ...edits: PlanEdit[]) =>
  pmo.entity(planEntity).run(plan, 'edit', { base, edits })
const cell = (page: Page, at: number, column: string) =>
  page.locator(`.yzg-row[data-row="${at - 1}"] .yzg-col-${column}`)

test('a named baseline is chosen on the Gantt: its name, and by how many days each task is later', async () => {
  const name = `丙${newId().slice(-4)}站`
  const task = row('接地网敷设', 5)
  const { plan } = await planWith(app, pmo, name, [task])
  await pmo.entity(planEntity).run(plan, 'keep_baseline', { name: '首次例会' })
  await edit(plan, 1, { kind: 'task.set', id: task.id, patch: { duration: 7 * 480 } })
  const { page, go, calm, accessible, close } = await sit(browser, app, pmo)
  await go(`/schedule/plan/${plan}`)
  await page.locator('.yzg-button[aria-label="显示"]').click()
  await page.getByRole('menuitemcheckbox', { name: '首次例会' }).click()
  await page.getByRole('menuitemcheckbox', { name: '偏差列' }).click()
  await page.keyboard.press('Escape')
  await expect.poll(() => page.locator('.yzg-compared').allInnerTexts()).toEqual(['首次例会'])
  // Five days end on Friday the 6th, seven on Tuesday the 10th.
  await expect.poll(() => cell(page, 1, 'baseline_finish').innerText()).toBe('2026-03-06')
  expect(await cell(page, 1, 'finish_variance').innerText()).toBe('+4天')
  await accessible()
  // Remembered in this browser.
  await page.reload()
  await expect.poll(() => page.locator('.yzg-compared').allInnerTexts()).toEqual(['首次例会'])
  await expect.poll(() => cell(page, 1, 'finish_variance').innerText()).toBe('+4天')
  calm()
  await close()
})

test("in the task's panel history speaks under the duration: evidence, taken with one click, undone; who only looks takes nothing", async () => {
  const name = `丁${newId().slice(-4)}站`
  await planWith(
    app,
    pmo,
    `${name}一期`,
    [3, 4, 4, 5, 5].map((days, i) => finished(`${i + 1} 段疏散平台安装`, days)),
  )
  const short = row('6 段疏散平台安装', 2)
  const { plan, project } = await planWith(app, pmo, name, [short])
  const { page, go, calm, accessible, close } = await sit(browser, app, pmo)
  await go(`/schedule/plan/${plan}?task=${short.id}`)
  const open = async (of: Page) => {
    await cell(of, 1, 'name').click()
    await of.keyboard.press('Alt+Enter')
  }
  await open(page)
  const note = page.getByRole('note', { name: '工期建议' })
  await note.waitFor()
  expect(await note.innerText()).toContain('P50 4 天，P80 5 天')
  expect(await note.innerText()).toContain('短于 P50')
  await accessible()
  await note.getByRole('button', { name: /同类项目中名称相近的 5 个/ }).click()
  const evidence = page.getByRole('dialog', { name: '依据：6 段疏散平台安装' })
  await evidence.getByRole('link', { name: '3 段疏散平台安装' }).waitFor()
  await page.keyboard.press('Escape')
  await expect.poll(() => evidence.count()).toBe(0)

  await note.getByRole('button', { name: '“6 段疏散平台安装”采用 P50：4 天' }).click()
  await expect.poll(() => cell(page, 1, 'duration').innerText()).toBe('4天')
  await expect.poll(() => note.innerText()).toContain('与历史相符')
  await expect.poll(() => durationOf(pmo, plan, short.id)).toBe(4)
  await page.getByRole('button', { name: '撤销', exact: true }).click()
  await expect.poll(() => durationOf(pmo, plan, short.id)).toBe(2)
  calm()
  await close()

  // An engineer sees only this project: no finished work, so nothing is said.
  const engineer = await app.as('engineer', { at: { kind: 'project', id: project } })
  const alone = await sit(browser, app, engineer)
  await alone.go(`/schedule/plan/${plan}`)
  await open(alone.page)
  await alone.page.locator('.yzg-panel-body').waitFor()
  expect(await alone.page.getByRole('note', { name: '工期建议' }).count()).toBe(0)
  alone.calm()
  await alone.close()
})
