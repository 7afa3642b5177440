// Table, timeline and panel share a window in a real Chromium: however the splitter is dragged, none is cut off.
import { expect, test } from 'vitest'
import { planner } from './harness/planner.ts'

const open = planner()

test('the table is dragged as wide as it goes: timeline and panel keep their room, and give it back', async () => {
  const page = await open('lang=zh', { viewport: { width: 1280, height: 800 } })
  const wide = (selector: string) => page.locator(selector).evaluate(element => element.getBoundingClientRect().width)
  const splitter = page.locator('.yzg-splitter')
  const box = await splitter.boundingBox()
  if (!box) throw new Error('no splitter')
  await page.mouse.move(box.x, box.y + 300)
  await page.mouse.down()
  await page.mouse.move(1275, box.y + 300, { steps: 4 })
  await page.mouse.up()
  await expect.poll(() => wide('.yzg-time')).toBeGreaterThanOrEqual(230)
  const table = await wide('.yzg-grid')
  expect(table).toBeGreaterThan(900)
  await page.evaluate(() => window.gantt?.open('t6'))
  const panel = page.locator('.yzg-panel')
  await panel.getByRole('tab').first().waitFor()
  const right = await panel.evaluate(element => element.getBoundingClientRect().right)
  expect(right).toBeLessThanOrEqual(1280)
  expect(await wide('.yzg-time')).toBeGreaterThanOrEqual(230)
  // The arrow keys move it from where it stands, not from where it was dragged.
  const narrow = await wide('.yzg-grid')
  await splitter.focus()
  await page.keyboard.press('ArrowLeft')
  await expect.poll(() => wide('.yzg-grid')).toBeLessThan(narrow)
  expect(await wide('.yzg-grid')).toBeGreaterThan(narrow - 30)
})
