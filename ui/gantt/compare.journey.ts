// What a planner compares and traces on the chart: named baselines, work that rests in between, float paths.
import { accessible } from '@yingzao/platform/testing/accessible'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { cell, planner, shows, value } from './harness/planner.ts'
import { begunTask, comingTask } from './harness/rest.ts'
import { stationPlan } from './harness/station.ts'

const open = planner()

const days = (text: string) => Number(/^([+-]?\d+)/.exec(text)?.[1])
const between = (later: string, earlier: string) => (Date.parse(later) - Date.parse(earlier)) / 86_400_000

test('two named baselines are chosen in the view menu: their names, dates and deviations follow', async () => {
  const page = await open('lang=zh&baselines=1')
  await page.setViewportSize({ width: 1900, height: 900 })
  await page.locator('.yzg-button[aria-label="显示"]').click()
  const choose = (name: string) => page.getByRole('menuitemcheckbox', { name, exact: true })
  await choose('基准').click()
  await choose('十一月版').click()
  await choose('偏差列').click()
  await expect.poll(() => page.locator('.yzg-compared').allInnerTexts()).toEqual(['十一月版'])
  await expect.poll(() => value(page, 10, 'baseline_finish')).not.toBe('')
  const finish = await value(page, 10, 'finish')
  const november = await value(page, 10, 'baseline_finish')
  expect(days(await value(page, 10, 'finish_variance'))).toBe(between(finish, november))

  // A second one stands beside the first, and the table says what lies between the two.
  await choose('投标计划').click()
  await choose('偏差列').click()
  await expect.poll(() => page.locator('.yzg-compared').allInnerTexts()).toEqual(['十一月版', '投标计划'])
  await expect.poll(() => value(page, 10, 'second_finish')).not.toBe('')
  expect(days(await value(page, 10, 'baseline_change'))).toBe(21)
  expect(days(await value(page, 10, 'second_variance'))).toBe(between(finish, await value(page, 10, 'second_finish')))
  await accessible(page)

  // A third takes the place of the second; none is left when none is wanted.
  await choose('基准').click()
  await expect.poll(() => page.locator('.yzg-compared').allInnerTexts()).toEqual(['十一月版', '基准'])
  await choose('不显示基准').click()
  await expect.poll(() => page.locator('.yzg-compared').count()).toBe(0)
})

/** Colours of a bar's upper edge from its left to its right end, as the canvas shows them. */
const colours = (page: Page, task: string) =>
  page.evaluate(id => {
    const rect = window.gantt?.rectOf(id)
    const canvas = document.querySelector<HTMLCanvasElement>('.yzg-time-body canvas')
    const box = canvas?.getBoundingClientRect()
    const context = canvas?.getContext('2d')
    if (!rect || !canvas || !box || !context) return []
    const ratio = canvas.width / box.width
    const y = Math.round((rect.top - box.top + 2) * ratio)
    const from = Math.round((rect.left - box.left + 3) * ratio)
    const width = Math.max(1, Math.round((rect.width - 6) * ratio))
    const { data } = context.getImageData(from, y, width, 1)
    return Array.from({ length: width }, (_, i) => data.slice(4 * i, 4 * i + 3).join())
  }, task)

/** In how many pieces the bar is filled; lines drawn across it (today, the status date) leave no gap. */
async function pieces(page: Page, task: string): Promise<number> {
  const row = await colours(page, task)
  const bar = row.at(-1)
  const gaps = row.join('|').split(bar ?? '?')
  return 1 + gaps.filter(gap => gap.split('|').filter(Boolean).length > 8).length
}

test('begun work rests until it is resumed, a split task between its pieces: the bar is open there', async () => {
  const plan = stationPlan({ lang: 'zh', tasks: 400 })
  const tasks = [begunTask(plan), comingTask(plan)].flatMap(task => task?.id ?? [])
  expect(tasks).toHaveLength(2)
  for (const [query, count] of [
    ['lang=zh', 1],
    ['lang=zh&rest=1', 2],
  ] as const) {
    const page = await open(query)
    for (const task of tasks) {
      await page.evaluate(id => window.gantt?.jumpTo(id), task)
      await expect.poll(() => pieces(page, task)).toBe(count)
    }
  }
})

test('float paths: numbered from the one without room, chosen by keyboard, followed to their tasks, kept in the table', async () => {
  const page = await open('lang=zh')
  await page.getByRole('button', { name: /^浮时路径/ }).click()
  const paths = page.locator('.yzg-path > button')
  await expect.poll(() => paths.count()).toBeGreaterThan(3)
  await accessible(page)
  // The list has the keyboard: down to the second path, Enter goes to its first task.
  await page.keyboard.press('ArrowDown')
  await expect.poll(() => paths.nth(1).getAttribute('aria-expanded')).toBe('true')
  const first = (await page.locator('.yzg-path li').first().innerText()).replace(/^\d+\s*/, '')
  await page.keyboard.press('Enter')
  await expect.poll(() => page.locator('.yzg-row[aria-selected="true"] .yzg-col-name').innerText()).toBe(first)

  // Only tasks of paths stay in the table.
  const rows = () => page.locator('.yzg-row:not([hidden]) .yzg-col-row').allInnerTexts()
  const skipped = async () =>
    (await rows())
      .map(Number)
      .sort((a, b) => a - b)
      .some((row, i, all) => row - (all[i - 1] ?? row) > 1)
  expect(await skipped()).toBe(false)
  await page.getByText('只显示路径上的任务').click()
  await expect.poll(skipped).toBe(true)
  await page.getByText('只显示路径上的任务').click()
  await expect.poll(skipped).toBe(false)

  // Another target: the paths are others, and end there.
  await page.evaluate(() => window.gantt?.jumpTo('t32'))
  await cell(page, 32, 'name').click()
  const target = await value(page, 32, 'name')
  await page.getByRole('button', { name: '用所选任务' }).click()
  await expect.poll(() => paths.first().innerText()).toContain(`→ ${target}`)
  const room = await paths.first().innerText()

  // They follow an edit, and the look ends with Escape.
  await cell(page, 32, 'duration').click()
  await page.keyboard.type('90d')
  await page.keyboard.press('Enter')
  await shows(page, 32, 'duration', '90天')
  await expect.poll(() => paths.first().innerText()).toContain(room.split('\n')[0] ?? '')
  await paths.first().focus()
  await page.keyboard.press('Escape')
  await expect.poll(() => page.locator('.yzg-paths').count()).toBe(0)
})
