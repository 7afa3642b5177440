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
