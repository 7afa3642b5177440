// The Gantt with 10,000 tasks in a real Chromium: first paint after data, frames while scrolling, zooming and dragging.
import { launchBrowser } from '@yingzao/platform/testing/browser'
import type { Page } from 'playwright-core'
import type { GanttHandle } from './gantt.tsx'
import type { FrameTimes } from './harness/frame-times.ts'
import { serveHarness } from './harness/serve.ts'

type Report = (name: string, median: number, more: { p95: number; target?: number }) => void

/** What the harness page offers (see harness/main.tsx and harness/frame-times.ts). */
declare global {
  interface Window {
    gantt?: GanttHandle
    frameTimes: FrameTimes
  }
}

const FRAME = 1000 / 60

export default async function bench(report: Report): Promise<void> {
  const harness = await serveHarness()
  const browser = await launchBrowser()
  try {
    const paints: number[] = []
    for (let i = 0; i < 5; i++) {
      const page = await openPage(`${harness.url}?tasks=10000`)
      paints.push(
        await page.evaluate(() => performance.getEntriesByName('gantt first paint')[0]?.duration ?? Number.NaN),
      )
      await page.close()
    }
    const tell = (name: string, values: readonly number[], target: number) =>
      report(name, median(values), { p95: quantile(values, 0.95), target })
    tell('Gantt of 10,000 tasks: first paint after data', paints, 300)

    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
    const page = await context.newPage()
    await openPage(`${harness.url}?tasks=10000`, page)
    await page.waitForTimeout(1500)
    const idle = await frames(page, () => page.waitForTimeout(1500))
    report('  frame of the idle page', median(idle), { p95: quantile(idle, 0.95) })
    tell('  frame, scroll down by wheel', await scrollFrames(page, 0, 180), 20)
    tell('  frame, scroll sideways', await scrollFrames(page, 120, 0), 20)
    tell('  frame, jump scroll (4 screens a frame)', await jumpFrames(page), 20)
    tell('  frame, zoom by wheel', await zoomFrames(page), 20)
    const drag = await drags(page)
    tell('  frame, drag with live preview', drag.frames, 20)
    tell('  drag: consequence on the screen after a move', drag.answers, 100)
    tell('  edit: computed date on the screen after Enter, as people type', await edits(page, BETWEEN_KEYS), 50)
    tell('  edit: the same when Enter follows the last key at once', await edits(page, 0), 50)
  } finally {
    await browser.close()
    await harness.close()
  }

  async function openPage(url: string, given?: Page): Promise<Page> {
    const page = given ?? (await browser.newPage({ viewport: { width: 1440, height: 900 } }))
    await page.goto(url)
    await page.waitForFunction(() => performance.getEntriesByName('gantt first paint').length > 0, undefined, {
      timeout: 60_000,
    })
    return page
  }
}

/** Intervals between animation frames while something happens. */
async function frames(page: Page, during: () => Promise<unknown>): Promise<number[]> {
  await page.evaluate(() => window.frameTimes.start())
  await during()
  return page.evaluate(() => window.frameTimes.stop())
}

async function scrollFrames(page: Page, dx: number, dy: number): Promise<number[]> {
  await page.mouse.move(1000, 500)
  return frames(page, async () => {
    for (let i = 0; i < 90; i++) {
      await page.mouse.wheel(dx * (i < 45 || dy > 0 ? 1 : -1), dy)
      await page.waitForTimeout(FRAME)
    }
  })
}

/** The hardest case: every row and link in view is another one on every frame. */
const jumpFrames = (page: Page): Promise<number[]> =>
  frames(page, () => page.evaluate(() => window.frameTimes.jump(3100, 120)))

async function zoomFrames(page: Page): Promise<number[]> {
  await page.mouse.move(1000, 500)
  await page.keyboard.down('Control')
  const found = await frames(page, async () => {
    for (let i = 0; i < 80; i++) {
      await page.mouse.wheel(0, i % 40 < 20 ? -60 : 60)
      await page.waitForTimeout(FRAME)
    }
  })
  await page.keyboard.up('Control')
  return found
}

/** An early task whose move reaches thousands of others. */
const EARLY = { task: 't31', row: 30 }
const shown = (column: string) => `.yzg-row[data-row="${EARLY.row}"] .yzg-col-${column}`

async function drags(page: Page): Promise<{ frames: number[]; answers: number[] }> {
  await page.evaluate(task => window.gantt?.jumpTo(task), EARLY.task)
  await page.waitForTimeout(300)
  const box = await page.evaluate(task => {
    const { x, y } = window.gantt?.rectOf(task) ?? { x: 0, y: 0 }
    return { x, y }
  }, EARLY.task)
  if (box.x === 0) throw new Error('The bar to drag is not in view')
  const y = box.y + 4
  await page.mouse.move(box.x + 6, y)
  await page.mouse.down()
  await page.mouse.move(box.x + 20, y, { steps: 3 })
  await page.waitForTimeout(400)
  const found = await frames(page, async () => {
    for (let i = 0; i < 90; i++) {
      await page.mouse.move(box.x + 20 + 4 * (i < 45 ? i : 90 - i), y)
      await page.waitForTimeout(FRAME)
    }
  })
  const answers: number[] = []
  for (let i = 1; i <= 15; i++) {
    await expect(page, shown('start'), { type: 'pointermove' })
    await page.mouse.move(box.x + 220 + (i % 2 === 0 ? i : -i) * 8, y)
    answers.push(await answered(page))
    await page.waitForTimeout(100)
  }
  await page.keyboard.press('Escape')
  await page.mouse.up()
  await page.waitForTimeout(300)
  return { frames: found, answers }
}

/** A fast typist (120 words a minute) leaves 100 ms between two keys; a key is held for about as long. */
const BETWEEN_KEYS = 80

/** A duration is typed; its finish is computed with the whole plan and drawn. */
async function edits(page: Page, pause: number): Promise<number[]> {
  const answers: number[] = []
  for (let i = 1; i <= 15; i++) {
    await page.locator(shown('duration')).click()
    await page.keyboard.type(`${(pause > 0 ? 20 : 100) + 5 * i}d`)
    await expect(page, shown('finish'), { type: 'keydown', key: 'Enter' })
    await page.waitForTimeout(pause)
    // Held until the answer: Chromium puts off what workers say behind every key that goes down or up.
    await page.keyboard.down('Enter')
    answers.push(await answered(page))
    await page.keyboard.up('Enter')
    await page.waitForTimeout(200)
  }
  return answers
}

/** Listens before the event is sent: the page itself takes the time. */
const expect = (page: Page, selector: string, event: Parameters<FrameTimes['expect']>[1]): Promise<void> =>
  page.evaluate(([where, what]) => window.frameTimes.expect(where, what), [selector, event] as const)
const answered = (page: Page): Promise<number> => page.evaluate(() => window.frameTimes.answer())

const quantile = (values: readonly number[], share: number): number => {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}
const median = (values: readonly number[]): number => quantile(values, 0.5)
