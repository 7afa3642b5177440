// The plan on a phone: list and timeline take turns, two fingers zoom, a tap opens the task.
import { expect, test } from 'vitest'
import { cell, planner, rect, still } from './harness/planner.ts'

const open = planner()

test('list and timeline take turns; a tap opens the task', async () => {
  const page = await open('lang=zh', { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true })
  await expect.poll(() => page.locator('.yzg-head-cell').allInnerTexts()).toEqual(['任务名称', '起止'])
  await cell(page, 4, 'name').tap()
  await expect.poll(() => page.locator('.yzg-panel h2').innerText()).toBe('施工图会审')
  await page.locator('.yzg-panel .yzg-button[aria-label="关闭"]').tap()
  await page.getByRole('button', { name: '时间轴' }).tap()
  // The timeline shows the rows that the list showed.
  await still(page, 't2')
  expect(await page.locator('.yzg-time-scroll').evaluate(place => place.scrollTop)).toBe(0)
  await page.evaluate(() => window.gantt?.jumpTo('t6'))
  const bar = await still(page, 't6')
  const touch = await page.context().newCDPSession(page)
  const two = (d: number) => [
    { x: 200 - d, y: 400, id: 1 },
    { x: 200 + d, y: 400, id: 2 },
  ]
  await touch.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: two(40) })
  for (const d of [60, 90, 120])
    await touch.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: two(d) })
  await touch.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
  await expect.poll(async () => (await rect(page, 't6')).width).toBeGreaterThan(bar.width * 2)
  await page.evaluate(() => window.gantt?.jumpTo('t6'))
  const wide = await still(page, 't6')
  await page.touchscreen.tap(Math.max(10, Math.min(380, wide.x + wide.width / 2)), wide.y + wide.height / 2)
  await expect.poll(() => page.locator('.yzg-panel h2').innerText()).toBe('交通导改')
})

test('float paths and a named baseline are chosen below the bars they colour', async () => {
  const page = await open('lang=zh&baselines=1', {
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
  })
  const choose = async (name: string) => {
    await page.getByRole('button', { name: '显示', exact: true }).tap()
    await page.getByRole('menuitemcheckbox', { name }).tap()
  }
  await choose('浮时路径')
  await page.locator('.yzg-path > button').nth(1).tap()
  await expect.poll(() => page.locator('.yzg-path [aria-expanded="true"]').count()).toBe(1)
  // The chart stays in sight above the list, and a task of the path is brought into it.
  const [chart, list] = await Promise.all(
    ['.yzg-time-scroll', '.yzg-paths'].map(place => page.locator(place).boundingBox()),
  )
  expect(chart?.height).toBeGreaterThan(200)
  expect((chart?.y ?? 0) + (chart?.height ?? 0)).toBeLessThanOrEqual((list?.y ?? 0) + 1)
  await page.getByRole('button', { name: '关闭' }).tap()
  await expect.poll(() => page.locator('.yzg-paths').count()).toBe(0)
  await choose('十一月版')
  await expect
    .poll(() => page.getByRole('menuitemcheckbox', { name: '十一月版' }).getAttribute('aria-checked'))
    .toBe('true')
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
})
