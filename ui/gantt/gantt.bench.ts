// The Gantt with 10,000 tasks in a real Chromium: first paint after data, frames while scrolling, zooming and dragging.
import type { Page } from 'playwright-core'
import type { GanttHandle } from './gantt.tsx'
import type { FrameTimes } from './harness/frame-times.ts'
import { launchChromium, serveHarness } from './harness/serve.ts'

type Report = (
  name: string,
  median: number,
  more?: { baseline?: { name: string; ms: number }; target?: number; unit?: string },
) => void

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
  const browser = await launchChromium()
  try {
    const paints: number[] = []
    for (let i = 0; i < 5; i++) {
      const page = await openPage(`${harness.url}?tasks=10000`)
      paints.push(
        await page.evaluate(() => performance.getEntriesByName('gantt first paint')[0]?.duration ?? Number.NaN),
      )
      await page.close()
    }
    report('Gantt of 10,000 tasks: first paint after data', median(paints), { target: 300 })

    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
    const page = await context.newPage()
    await openPage(`${harness.url}?tasks=10000`, page)
    await page.waitForTimeout(1500)
    const idle = await frames(page, () => page.waitForTimeout(1500))
    const empty = { name: 'idle page', ms: quantile(idle, 0.95) }
    report('  scroll down by wheel, p95 frame', quantile(await scrollFrames(page, 0, 180), 0.95), {
      target: 20,
      baseline: empty,
    })
    report('  scroll sideways, p95 frame', quantile(await scrollFrames(page, 120, 0), 0.95), {
      target: 20,
      baseline: empty,
    })
    report('  jump scroll (4 screens a frame), p95 frame', quantile(await jumpFrames(page), 0.95), {
      target: 20,
      baseline: empty,
    })
    report('  zoom by wheel, p95 frame', quantile(await zoomFrames(page), 0.95), { target: 20, baseline: empty })
    const drag = await dragFrames(page)
    report('  drag with live preview, p95 frame', quantile(drag.frames, 0.95), { target: 20, baseline: empty })
    report('  drag: consequence shown after a move', drag.preview, { target: 100 })
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
async function dragFrames(page: Page): Promise<{ frames: number[]; preview: number }> {
  await page.evaluate(() => window.gantt?.jumpTo('t31'))
  await page.waitForTimeout(300)
  const box = await page.evaluate(() => {
    const { x, y } = window.gantt?.rectOf('t31') ?? { x: 0, y: 0 }
    return { x, y }
  })
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
  const waits: number[] = []
  for (let i = 1; i <= 5; i++) {
    const words = await page.locator('.yzg-row[data-row="30"] .yzg-col-start').innerText()
    const from = performance.now()
    await page.mouse.move(box.x + 220 + i * 40, y)
    await page.waitForFunction(
      before => document.querySelector('.yzg-row[data-row="30"] .yzg-col-start')?.textContent !== before,
      words,
      { polling: 'raf' },
    )
    waits.push(performance.now() - from)
  }
  await page.keyboard.press('Escape')
  await page.mouse.up()
  return { frames: found, preview: median(waits) }
}

const quantile = (values: readonly number[], share: number): number => {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}
const median = (values: readonly number[]): number => quantile(values, 0.5)
