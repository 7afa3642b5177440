// The plan changed by pointer: bars dragged, stretched and linked, explained on hovering, zoomed by the wheel.
import { expect, test } from 'vitest'
import { planner, rect, says, shows, still, value } from './harness/planner.ts'

const open = planner()

test('dragging a bar shows what it means for the project before it is dropped, and Esc takes it back', async () => {
  const page = await open('lang=zh')
  await page.evaluate(() => window.gantt?.jumpTo('t25'))
  const start = await value(page, 25, 'start')
  const grab = async () => {
    let bar = await still(page, 't25')
    // The hand shows that the bar is under the pointer: the window may still come to rest on a slow machine.
    await expect
      .poll(async () => {
        bar = await rect(page, 't25')
        await page.mouse.move(bar.x + bar.width / 2, bar.y + bar.height / 2)
        await page.mouse.move(bar.x + bar.width / 2 - 1, bar.y + bar.height / 2)
        return page
          .locator('.yzg-time-scroll')
          .evaluate(place => (place instanceof HTMLElement ? place.style.cursor : ''))
      })
      .toBe('grab')
    await page.mouse.down()
    await page.mouse.move(bar.x + 40, bar.y + 5)
    await page.mouse.move(bar.x + 240, bar.y + 5, { steps: 6 })
    await expect.poll(() => page.locator('.yzg-card-drag').innerText()).toContain('计划完工')
  }
  await grab()
  await expect.poll(() => page.locator('.yzg-card-drag').innerText()).toMatch(/影响 \d+ 个任务/)
  await expect.poll(() => value(page, 25, 'start')).not.toBe(start)
  await page.keyboard.press('Escape')
  await shows(page, 25, 'start', start)
  await page.mouse.up()
  await grab()
  await page.mouse.up()
  await expect.poll(() => value(page, 25, 'start')).not.toBe(start)
  await expect.poll(() => page.locator('.yzg-button[aria-label="撤销"]').isEnabled()).toBe(true)
  await page.keyboard.press('Control+z')
  await shows(page, 25, 'start', start)
})

test('the right edge of a bar changes its duration, its triangle its progress', async () => {
  const page = await open('lang=zh')
  await page.evaluate(() => window.gantt?.jumpTo('t31'))
  for (let i = 0; i < 3; i++) await page.locator('.yzg-button[aria-label="放大"]').click()
  await page.evaluate(() => window.gantt?.jumpTo('t31'))
  const was = await value(page, 31, 'duration')
  let bar = await still(page, 't31')
  await page.mouse.move(bar.x + bar.width - 2, bar.y + 4)
  await page.mouse.down()
  await page.mouse.move(bar.x + bar.width + 60, bar.y + 4, { steps: 5 })
  await page.mouse.up()
  await expect.poll(() => value(page, 31, 'duration')).not.toBe(was)
  bar = await still(page, 't31')
  await page.mouse.move(bar.x + 1, bar.y + bar.height - 2)
  await page.mouse.down()
  await page.mouse.move(bar.x + bar.width / 2, bar.y + bar.height - 2, { steps: 5 })
  await page.mouse.up()
  await page.evaluate(() => window.gantt?.open('t31'))
  await page.getByRole('tab', { name: '进展' }).click()
  await expect
    .poll(async () => Number(await page.getByLabel('完成率 %', { exact: true }).inputValue()))
    .toBeGreaterThan(30)
})

test('a link is drawn from one bar to another and refused where it would close a cycle', async () => {
  const page = await open('lang=zh')
  await page.evaluate(() => window.gantt?.jumpTo('t5'))
  const card = page.locator('.yzg-card-drag')
  const draw = async (from: string, to: string) => {
    const a = await still(page, from)
    const b = await rect(page, to)
    await page.mouse.move(a.x + a.width / 2, a.y + a.height / 2)
    await page.mouse.move(a.x + a.width + 10, a.y + a.height / 2)
    await page.mouse.down()
    await page.mouse.move(b.x + 20, b.y, { steps: 4 })
    await page.mouse.move(b.x + 3, b.y + b.height / 2, { steps: 4 })
    // Over the other bar it says what link it would be, before the button is let go.
    await expect.poll(() => card.innerText()).toContain('完成-开始 (FS)')
    await page.mouse.up()
  }
  await draw('t5', 't8')
  await page.evaluate(() => window.gantt?.open('t8'))
  await page.getByRole('tab', { name: '逻辑关系' }).click()
  await page.locator('.yzg-link-row', { hasText: '管线迁改' }).waitFor()
  await draw('t8', 't4')
  await says(page, '会形成循环')
})

test('hovering a bar explains its date; a double click opens the task with its reasons', async () => {
  const page = await open('lang=en')
  const bar = await still(page, 't7')
  await page.mouse.move(bar.x + bar.width / 2, bar.y + 4)
  await expect.poll(() => page.locator('.yzg-card').innerText()).toContain('As it actually happened')
  await page.mouse.dblclick(bar.x + bar.width / 2, bar.y + 4)
  await page.getByRole('tab', { name: 'Why' }).click()
  await expect.poll(() => page.locator('.yzg-panel').innerText()).toContain('Total float')
})

test('ctrl+wheel zooms at the pointer, from hours to years', async () => {
  const page = await open('lang=zh')
  await page.evaluate(() => window.gantt?.jumpTo('t6'))
  const bar = await still(page, 't6')
  await page.mouse.move(bar.x, bar.y)
  await page.keyboard.down('Control')
  for (let i = 0; i < 12; i++) await page.mouse.wheel(0, -200)
  await page.keyboard.up('Control')
  await expect.poll(async () => (await rect(page, 't6')).width).toBeGreaterThan(bar.width * 10)
  const close = await still(page, 't6')
  expect(Math.abs(close.x - bar.x)).toBeLessThan(60)
  await page.locator('.yzg-button[aria-label="适合窗口"]').click()
  await expect.poll(async () => (await rect(page, 't2')).width).toBeGreaterThan(500)
})
