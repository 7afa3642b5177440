// A planner at work in a real Chromium: typing, dragging, undoing, two people at once, a phone, pictures and print.

import axe from 'axe-core'
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { GanttHandle } from './gantt.tsx'
import { type Harness, launchChromium, serveHarness } from './harness/serve.ts'

declare global {
  interface Window {
    gantt?: GanttHandle
  }
}

let harness: Harness
let browser: Browser
const contexts: BrowserContext[] = []
const strangers: string[] = []
const problems: string[] = []

beforeAll(async () => {
  harness = await serveHarness()
  browser = await launchChromium()
}, 180_000)
afterAll(async () => {
  await browser?.close()
  await harness?.close()
})

afterEach(async () => {
  for (const context of contexts.splice(0)) await context.close()
})

async function open(query: string, options: BrowserContextOptions = {}, context?: BrowserContext): Promise<Page> {
  const owner = context ?? (await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options }))
  if (!context) contexts.push(owner)
  const page = await owner.newPage()
  page.setDefaultTimeout(30_000)
  page.on('request', request => {
    if (!request.url().startsWith(harness.url) && !/^(blob|data):/.test(request.url())) strangers.push(request.url())
  })
  page.on('pageerror', error => problems.push(String(error)))
  page.on('console', message => {
    if (message.type() === 'error') problems.push(message.text())
  })
  await page.goto(`${harness.url}?${query}`)
  await page.waitForFunction(() => window.gantt !== undefined && document.querySelector('.yzg-row') !== null)
  // A plan under way opens where work is, once its dates are computed; the tests speak of its first rows.
  await expect.poll(() => page.locator('.yzg-status').innerText()).not.toMatch(/正在计算|Computing/)
  await expect
    .poll(async () => {
      await page.evaluate(() => {
        for (const place of document.querySelectorAll('.yzg-time-scroll, .yzg-grid-scroll')) place.scrollTop = 0
      })
      await page.waitForTimeout(100)
      return page.locator('.yzg-time-scroll').evaluate(place => place.scrollTop)
    })
    .toBe(0)
  return page
}

const cell = (page: Page, row: number, column: string) =>
  page.locator(`.yzg-row[data-row="${row - 1}"] .yzg-col-${column}`)
const value = (page: Page, row: number, column: string) => cell(page, row, column).innerText()
/** Where a bar stands once it no longer moves. */
async function still(page: Page, task: string) {
  for (let before = await rect(page, task); ; ) {
    await page.waitForTimeout(150)
    const now = await rect(page, task)
    if (now.x === before.x && now.y === before.y && now.width === before.width) return now
    before = now
  }
}
const rows = (page: Page) => page.locator('.yzg-status span').first().innerText()
/** Waits until the cell shows the text: computed values arrive from the worker. */
const shows = async (page: Page, row: number, column: string, text: string) =>
  expect.poll(() => value(page, row, column), { timeout: 30_000 }).toBe(text)
async function type(page: Page, row: number, column: string, text: string): Promise<void> {
  await cell(page, row, column).click()
  await page.keyboard.type(text)
  await page.keyboard.press('Enter')
}
const rect = async (page: Page, task: string) => {
  const found = await page.evaluate(id => {
    const box = window.gantt?.rectOf(id)
    return box ? { x: box.x, y: box.y, width: box.width, height: box.height } : undefined
  }, task)
  if (!found) throw new Error(`The bar of ${task} is hidden`)
  return found
}
const paste = (page: Page, text: string) =>
  page.evaluate(words => {
    const data = new DataTransfer()
    data.setData('text/plain', words)
    document.activeElement?.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
    )
  }, text)

describe('the keyboard', () => {
  test('typing over a cell renames the task and Enter goes on to the next row', async () => {
    const page = await open('lang=zh')
    await type(page, 4, 'name', 'Drawing review')
    await shows(page, 4, 'name', 'Drawing review')
    expect(await page.locator('.yzg-cell.yzg-active').getAttribute('id')).toContain('-4-name')
    await page.keyboard.press('F2')
    await page.keyboard.press('End')
    await page.keyboard.type('A')
    await page.keyboard.press('Escape')
    await shows(page, 5, 'name', '管线迁改')
  })

  test('a Chinese input method composes in the cell without losing its first letter', async () => {
    const page = await open('lang=zh')
    await cell(page, 4, 'name').click()
    const input = await page.context().newCDPSession(page)
    await input.send('Input.imeSetComposition', { text: 'tu', selectionStart: 2, selectionEnd: 2 })
    await input.send('Input.imeSetComposition', { text: 'tu zhi', selectionStart: 6, selectionEnd: 6 })
    await input.send('Input.insertText', { text: '图纸' })
    expect(await page.locator('.yzg-input').inputValue()).toBe('图纸')
    await page.keyboard.press('Enter')
    await shows(page, 4, 'name', '图纸')
  })

  test('a longer task moves its successors; undo and redo', async () => {
    const page = await open('lang=zh')
    await page.evaluate(() => window.gantt?.jumpTo('t32'))
    const before = await value(page, 32, 'start')
    await type(page, 31, 'duration', '40d')
    await shows(page, 31, 'duration', '40天')
    await expect.poll(() => value(page, 32, 'start')).not.toBe(before)
    await page.keyboard.press('Control+z')
    await shows(page, 32, 'start', before)
    await page.keyboard.press('Control+y')
    await shows(page, 31, 'duration', '40天')
  })

  test('predecessors are typed as in Microsoft Project; a cycle is refused and names its tasks', async () => {
    const page = await open('lang=zh')
    await page.setViewportSize({ width: 1900, height: 900 })
    await page.locator('.yzg-splitter').focus()
    for (let i = 0; i < 12; i++) await page.keyboard.press('ArrowRight')
    await type(page, 6, 'predecessors', '5FS+2d，4SS')
    await shows(page, 6, 'predecessors', '5FS+2天,4SS')
    await type(page, 4, 'predecessors', '8')
    expect(await page.locator('.yzg-message').innerText()).toContain('会形成循环')
    expect(await page.locator('.yzg-message').innerText()).toContain('塔吊与龙门吊安装')
    await page.keyboard.press('Escape')
    await type(page, 4, 'predecessors', '999')
    expect(await page.locator('.yzg-message').innerText()).toContain('没有第“999”行任务')
    await page.keyboard.press('Escape')
    await page.keyboard.press('Escape')
    await shows(page, 4, 'predecessors', '1')
  })

  test('rows are inserted, indented, moved, removed and brought back', async () => {
    const page = await open('lang=zh')
    expect(await rows(page)).toBe('383 个任务')
    await cell(page, 5, 'name').click()
    await page.keyboard.press('Insert')
    await page.keyboard.type('现场踏勘')
    await page.keyboard.press('Enter')
    await shows(page, 5, 'name', '现场踏勘')
    expect(await rows(page)).toBe('384 个任务')
    await cell(page, 5, 'name').click()
    await page.keyboard.press('Alt+Shift+ArrowUp')
    await shows(page, 4, 'name', '现场踏勘')
    await cell(page, 5, 'name').click()
    await page.keyboard.press('Alt+Shift+ArrowRight')
    const level = () => page.locator('.yzg-row[data-row="4"]').getAttribute('aria-level')
    await expect.poll(level).toBe('4')
    expect(await page.locator('.yzg-row[data-row="3"]').getAttribute('aria-expanded')).toBe('true')
    await page.keyboard.press('Alt+Shift+ArrowLeft')
    await expect.poll(level).toBe('3')
    await cell(page, 3, 'name').click()
    await page.keyboard.press('Delete')
    await expect.poll(() => rows(page)).toBe('376 个任务')
    await page.keyboard.press('Control+z')
    await expect.poll(() => rows(page)).toBe('384 个任务')
  })

  test('rows from Excel are pasted into the empty line at the end, filled down and copied', async () => {
    const page = await open('lang=zh&empty=1')
    expect(await page.locator('.yzg-empty').innerText()).toContain('还没有任务')
    await page.getByRole('button', { name: '添加第一个任务' }).click()
    await page.keyboard.type('准备')
    await page.keyboard.press('Enter')
    await shows(page, 1, 'name', '准备')
    await paste(page, '任务名称\t工期\t前置任务\n挖土\t3d\t1\n垫层\t2d\t2\n钢筋\t5d\t3FS+1d\n')
    await shows(page, 4, 'name', '钢筋')
    await shows(page, 4, 'duration', '5天')
    await shows(page, 4, 'start', '2026-09-10')
    await cell(page, 2, 'duration').click()
    await cell(page, 4, 'duration').click({ modifiers: ['Shift'] })
    await page.keyboard.press('Control+d')
    await shows(page, 4, 'duration', '3天')
    // Filled down as one edit: one step back and one forth.
    await page.keyboard.press('Control+z')
    await shows(page, 4, 'duration', '5天')
    await shows(page, 3, 'duration', '2天')
    await page.keyboard.press('Control+y')
    await shows(page, 4, 'duration', '3天')
    // What is typed goes to all selected rows with Ctrl+Enter, also as one edit.
    await cell(page, 2, 'percent').click()
    await cell(page, 4, 'percent').click({ modifiers: ['Shift'] })
    await page.keyboard.type('40')
    await page.keyboard.press('Control+Enter')
    for (const row of [2, 3, 4]) await shows(page, row, 'percent', '40%')
    await page.keyboard.press('Control+z')
    for (const row of [2, 3, 4]) await shows(page, row, 'percent', '0%')
    await cell(page, 2, 'duration').click()
    await cell(page, 4, 'duration').click({ modifiers: ['Shift'] })
    const copied = await page.evaluate(() => {
      const data = new DataTransfer()
      document.activeElement?.dispatchEvent(
        new ClipboardEvent('copy', { clipboardData: data, bubbles: true, cancelable: true }),
      )
      return data.getData('text/plain')
    })
    expect(copied.split('\n').length).toBe(4)
    expect(copied).toContain('垫层\t3天')
    await cell(page, 1, 'name').click()
    await paste(page, '任务名称\t工期\n准备\t很久')
    expect(await page.locator('.yzg-message').innerText()).toContain('第 1 行“工期”')
    await shows(page, 1, 'duration', '1天?')
  })

  test('Tab walks along the row and leaves the grid at its end', async () => {
    const page = await open('lang=en')
    await cell(page, 4, 'finish').click()
    for (let i = 0; i < 5; i++) await page.keyboard.press('Tab')
    expect(await page.evaluate(() => document.activeElement?.className)).toBe('yzg-input')
    await page.keyboard.press('Tab')
    expect(await page.evaluate(() => document.activeElement?.className)).not.toBe('yzg-input')
  })
})

describe('the pointer', () => {
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
    expect(await page.locator('.yzg-card-drag').innerText()).toMatch(/影响 \d+ 个任务/)
    await expect.poll(() => value(page, 25, 'start')).not.toBe(start)
    await page.keyboard.press('Escape')
    await shows(page, 25, 'start', start)
    await page.mouse.up()
    await grab()
    await page.mouse.up()
    await expect.poll(() => value(page, 25, 'start')).not.toBe(start)
    expect(await page.locator('.yzg-button[aria-label="撤销"]').isEnabled()).toBe(true)
    await page.keyboard.press('Control+z')
    await shows(page, 25, 'start', start)
  })

  test('the right edge of a bar changes its duration, its triangle its progress', async () => {
    const page = await open('lang=zh')
    await page.evaluate(() => window.gantt?.jumpTo('t31'))
    for (let i = 0; i < 3; i++) await page.locator('.yzg-button[aria-label="放大"]').click()
    await page.evaluate(() => window.gantt?.jumpTo('t31'))
    const was = await value(page, 31, 'duration')
    let bar = await rect(page, 't31')
    await page.mouse.move(bar.x + bar.width - 2, bar.y + 4)
    await page.mouse.down()
    await page.mouse.move(bar.x + bar.width + 60, bar.y + 4, { steps: 5 })
    await page.mouse.up()
    await expect.poll(() => value(page, 31, 'duration')).not.toBe(was)
    bar = await rect(page, 't31')
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
    const draw = async (from: string, to: string) => {
      const a = await still(page, from)
      const b = await rect(page, to)
      await page.mouse.move(a.x + a.width / 2, a.y + a.height / 2)
      await page.mouse.move(a.x + a.width + 10, a.y + a.height / 2)
      await page.mouse.down()
      await page.mouse.move(b.x + 20, b.y, { steps: 4 })
      await page.mouse.move(b.x + 3, b.y + b.height / 2, { steps: 4 })
      const card = await page.locator('.yzg-card-drag').innerText()
      await page.mouse.up()
      return card
    }
    expect(await draw('t5', 't8')).toContain('完成-开始 (FS)')
    await page.evaluate(() => window.gantt?.open('t8'))
    await page.getByRole('tab', { name: '逻辑关系' }).click()
    expect(await page.locator('.yzg-link-row').allInnerTexts()).toEqual(
      expect.arrayContaining([expect.stringContaining('管线迁改')]),
    )
    await draw('t8', 't4')
    await expect.poll(() => page.locator('.yzg-message').innerText()).toContain('会形成循环')
  })

  test('hovering a bar explains its date; a double click opens the task with its reasons', async () => {
    const page = await open('lang=en')
    const bar = await rect(page, 't7')
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
})

describe('finding and filtering', () => {
  test('search jumps, the funnel keeps matches with their summaries, critical and levels', async () => {
    const page = await open('lang=zh')
    await page.keyboard.press('Tab')
    await page.getByLabel('查找任务').fill('消防验收')
    await page.keyboard.press('Enter')
    await expect.poll(() => page.locator('.yzg-row.yzg-selected').innerText()).toContain('消防验收')
    await page.locator('.yzg-search .yzg-button').click()
    await expect.poll(() => page.locator('.yzg-row:not([hidden])').count()).toBe(3)
    await page.locator('.yzg-search .yzg-button').click()
    await page.locator('.yzg-button[aria-label="级别"]').click()
    await page.getByRole('menuitem', { name: '全部折叠' }).click()
    await expect.poll(() => page.locator('.yzg-row:not([hidden])').count()).toBe(4)
    await page.locator('.yzg-button[aria-label="筛选"]').click()
    await page.getByRole('menuitemcheckbox', { name: '里程碑' }).click()
    await expect.poll(() => page.locator('.yzg-row[data-row="2"]').innerText()).toContain('前期与场地')
  })

  test('columns are chosen', async () => {
    const page = await open('lang=zh')
    await page.locator('.yzg-button[aria-label="列"]').click()
    await page.getByRole('menuitemcheckbox', { name: '编码' }).click()
    await page.getByRole('menuitemcheckbox', { name: '最迟完成' }).click()
    await page.keyboard.press('Escape')
    expect(await page.locator('.yzg-head-cell').allInnerTexts()).toEqual(expect.arrayContaining(['编码', '最迟完成']))
  })
})

describe('a plan without dates from the server', () => {
  test('is computed here, shows no date that is not known, and then what the server would have sent', async () => {
    const page = await open('lang=zh&compute=worker')
    expect(await page.locator('.yzg-rows').innerText()).not.toContain('1970')
    await expect
      .poll(() => page.locator('.yzg-status').innerText(), { timeout: 30_000 })
      .toContain('计划完工 2029-04-02')
    await page.evaluate(() => window.gantt?.jumpTo('t9'))
    await shows(page, 9, 'finish', '2026-11-25')
    expect(await page.locator('.yzg-rows').innerText()).not.toContain('1970')
  })

  test('a plan of hundreds of pages says how to print less', async () => {
    const page = await open('lang=zh&tasks=10000')
    await page.locator('.yzg-button[aria-label="导出"]').click()
    await page.getByRole('menuitem', { name: '打印 A4 横向' }).click()
    expect(await page.locator('.yzg-message').innerText()).toContain('最多 40 页')
    expect(await page.locator('.yzg-print').count()).toBe(0)
  })
})

describe('two people', () => {
  test('a colleague’s change arrives while a cell is edited: nothing typed is lost, both changes stay', async () => {
    const mine = await open('lang=zh&room=pair')
    const theirs = await open('lang=zh&room=pair', {}, mine.context())
    await cell(mine, 6, 'name').click()
    await mine.keyboard.press('F2')
    await mine.keyboard.press('End')
    await mine.keyboard.type('（夜间）')
    await expect.poll(() => cell(theirs, 6, 'name').getAttribute('data-presence')).toBe('林工')
    await cell(theirs, 4, 'name').click()
    await theirs.keyboard.press('Insert')
    await theirs.keyboard.type('图纸交底')
    await theirs.keyboard.press('Enter')
    await shows(mine, 4, 'name', '图纸交底')
    expect(await mine.locator('.yzg-input').inputValue()).toBe('交通导改（夜间）')
    await mine.keyboard.press('Enter')
    await shows(mine, 7, 'name', '交通导改（夜间）')
    await shows(theirs, 7, 'name', '交通导改（夜间）')
    await mine.keyboard.press('Control+z')
    await shows(theirs, 7, 'name', '交通导改')
    await shows(theirs, 4, 'name', '图纸交底')
  })

  test('an edit waits visibly for the server; a refused one is taken back with its words', async () => {
    const slow = await open('lang=zh&delay=1500')
    await type(slow, 4, 'name', '慢')
    await expect.poll(() => slow.locator('.yzg-status').innerText()).toContain('1 项修改等待确认')
    expect(await slow.locator('.yzg-row[data-row="3"]').getAttribute('class')).toContain('yzg-pending')
    await expect.poll(() => slow.locator('.yzg-status').innerText(), { timeout: 30_000 }).not.toContain('等待确认')
    const refused = await open('lang=zh&refuse=1')
    await type(refused, 4, 'name', '不行')
    await expect.poll(() => refused.locator('.yzg-message').innerText()).toContain('您没有编辑权限')
    await shows(refused, 4, 'name', '施工图会审')
  })

  test('a read-only plan can be looked at but not changed', async () => {
    const page = await open('lang=zh&readonly=1')
    await cell(page, 4, 'name').click()
    await page.keyboard.type('x')
    await page.keyboard.press('Delete')
    await shows(page, 4, 'name', '施工图会审')
    expect(await rows(page)).toBe('383 个任务')
    expect(await page.locator('.yzg-button[aria-label="撤销"]').count()).toBe(0)
  })
})

describe('a phone', () => {
  test('list and timeline take turns; a tap opens the task', async () => {
    const page = await open('lang=zh', { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true })
    expect(await page.locator('.yzg-head-cell').allInnerTexts()).toEqual(['任务名称', '起止'])
    await cell(page, 4, 'name').tap()
    await expect.poll(() => page.locator('.yzg-panel h2').innerText()).toBe('施工图会审')
    await page.locator('.yzg-panel .yzg-button[aria-label="关闭"]').tap()
    await page.getByRole('button', { name: '时间轴' }).tap()
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
})

describe('on paper', () => {
  test('a picture of the whole plan is downloaded', async () => {
    const page = await open('lang=zh')
    const names: string[] = []
    page.on('download', download => names.push(download.suggestedFilename()))
    await page.locator('.yzg-button[aria-label="导出"]').click()
    await page.getByRole('menuitem', { name: '整个计划 PNG' }).click()
    // Several pictures: the browser tells of them in any order.
    await expect
      .poll(() => names.toSorted().slice(0, 2))
      .toEqual(['地铁车站施工总进度计划-1.png', '地铁车站施工总进度计划-2.png'])
  })

  test('A3 landscape pages hold every row', async () => {
    const page = await open('lang=zh')
    await page.evaluate(() => {
      window.print = () => {}
    })
    await page.locator('.yzg-button[aria-label="导出"]').click()
    await page.getByRole('menuitem', { name: '打印 A3 横向' }).click()
    const pages = await page.locator('.yzg-print canvas').count()
    expect(pages).toBeGreaterThan(8)
    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1')
    expect(pdf.match(/\/Type\s*\/Page\b/g)?.length).toBe(pages)
    await page.evaluate(() => window.dispatchEvent(new Event('afterprint')))
    expect(await page.locator('.yzg-print').count()).toBe(0)
  })
})

describe('everywhere', () => {
  for (const query of ['lang=zh&theme=light', 'lang=zh&theme=dark', 'lang=en&theme=light', 'lang=en&theme=dark']) {
    test(`no serious accessibility problem (${query})`, async () => {
      const page = await open(query)
      await cell(page, 4, 'name').click()
      await page.evaluate(() => window.gantt?.open('t7'))
      await page.waitForSelector('.yzg-panel-body')
      await page.waitForTimeout(400)
      await page.evaluate(axe.source)
      const found = await page.evaluate(async () => {
        const result = await (window as unknown as { axe: typeof axe }).axe.run(document, {
          resultTypes: ['violations'],
        })
        return result.violations
          .filter(item => item.impact === 'serious' || item.impact === 'critical')
          .map(item => `${item.id}: ${item.nodes.map(node => node.html.slice(0, 160)).join(' | ')}`)
      })
      expect(found).toEqual([])
    })
  }

  test('English shows no Chinese word', async () => {
    const page = await open('lang=en')
    await page.evaluate(() => window.gantt?.open('t7'))
    await page.waitForSelector('.yzg-panel-body')
    for (const menu of ['Filter', 'Show', 'Columns', 'Level', 'Export']) {
      await page.locator(`.yzg-button[aria-label="${menu}"]`).click()
      await page.waitForTimeout(150)
      await page.keyboard.press('Escape')
    }
    const words = await page.evaluate(() =>
      [
        document.body.innerText,
        ...Array.from(
          document.querySelectorAll('[aria-label],[title]'),
          element => `${element.getAttribute('aria-label')} ${element.getAttribute('title')}`,
        ),
      ].join('\n'),
    )
    expect(words.match(/[\u4e00-\u9fff]+/g) ?? []).toEqual([])
  })

  test('no request left the host and nothing was reported as broken', () => {
    expect(strangers).toEqual([])
    expect(problems).toEqual([])
  })
})
