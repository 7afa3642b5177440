// A planner at the harness page, for the journeys: opens a plan, reads and types cells, finds bars; watched for errors.

import { launchBrowser, slowedDown } from '@yingzao/platform/testing/browser'
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect } from 'vitest'
import type { GanttHandle } from '../gantt.tsx'
import { type Harness, serveHarness } from './serve.ts'

declare global {
  interface Window {
    gantt?: GanttHandle
  }
}

/** Opens the harness page with this query; in a context of its own unless given that of a colleague. */
export type Open = (query: string, options?: BrowserContextOptions, colleague?: BrowserContext) => Promise<Page>

/** Serves the harness to one browser for the tests of a file; after each nothing was broken and no request left the host. */
export function planner(): Open {
  let harness: Harness
  let browser: Browser
  const contexts: BrowserContext[] = []
  const problems: string[] = []

  beforeAll(async () => {
    harness = await serveHarness()
    browser = await launchBrowser()
  })
  afterAll(async () => {
    await browser?.close()
    await harness?.close()
  })
  afterEach(async () => {
    for (const context of contexts.splice(0)) await context.close()
    expect(problems.splice(0)).toEqual([])
  })

  return async (query, options = {}, colleague) => {
    const context = colleague ?? (await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options }))
    if (!colleague) contexts.push(context)
    const page = await context.newPage()
    page.setDefaultTimeout(30_000)
    await slowedDown(page)
    page.on('request', request => {
      if (!request.url().startsWith(harness.url) && !/^(blob|data):/.test(request.url()))
        problems.push(`left the host: ${request.url()}`)
    })
    page.on('pageerror', error => problems.push(String(error)))
    page.on('console', message => {
      if (message.type() === 'error') problems.push(message.text())
    })
    await page.goto(`${harness.url}?${query}`)
    await page.waitForFunction(() => window.gantt !== undefined && document.querySelector('.yzg-row') !== null)
    await fromTheTop(page)
    await expect.poll(() => page.locator('.yzg-status').innerText()).not.toMatch(/正在计算|Computing/)
    await expect.poll(() => page.locator('.yzg-row[data-row="0"]').count()).toBe(1)
    return page
  }
}

/** A plan under way opens where work is; the tests speak of its first rows. Who turned the wheel stays where he is. */
const fromTheTop = (page: Page) =>
  page.evaluate(() => {
    for (const place of document.querySelectorAll('.yzg-time-scroll, .yzg-grid-scroll')) {
      place.dispatchEvent(new WheelEvent('wheel'))
      place.scrollTop = 0
    }
  })

/** Rows are counted from 1, as they are on the screen. */
export const cell = (page: Page, row: number, column: string) =>
  page.locator(`.yzg-row[data-row="${row - 1}"] .yzg-col-${column}`)

export const value = (page: Page, row: number, column: string) => cell(page, row, column).innerText()

/** Waits until the cell shows the text: computed values arrive from the worker. */
export const shows = (page: Page, row: number, column: string, text: string) =>
  expect.poll(() => value(page, row, column)).toBe(text)

/** Waits until the message of the moment contains the words. */
export const says = (page: Page, words: string) =>
  expect.poll(() => page.locator('.yzg-message').innerText()).toContain(words)

/** Waits until the line below tells this many tasks. */
export const counts = (page: Page, words: string) =>
  expect.poll(() => page.locator('.yzg-status span').first().innerText()).toBe(words)

/** Types over the cell and confirms. */
export async function type(page: Page, row: number, column: string, text: string): Promise<void> {
  await cell(page, row, column).click()
  await page.keyboard.type(text)
  await page.keyboard.press('Enter')
}

/** Pastes where the focus is, as Ctrl+V would. */
export const paste = (page: Page, text: string) =>
  page.evaluate(words => {
    const data = new DataTransfer()
    data.setData('text/plain', words)
    document.activeElement?.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
    )
  }, text)

export interface Bar {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** Where the task's bar stands now, in CSS pixels of the page. */
export async function rect(page: Page, task: string): Promise<Bar> {
  const found = await page.evaluate(id => {
    const box = window.gantt?.rectOf(id)
    return box ? { x: box.x, y: box.y, width: box.width, height: box.height } : undefined
  }, task)
  if (!found) throw new Error(`The bar of ${task} is hidden`)
  return found
}

/** Where a bar stands once it no longer moves: the same in four frames, however long the machine takes for them. */
export async function still(page: Page, task: string): Promise<Bar> {
  await page.evaluate(async id => {
    const place = () => JSON.stringify(window.gantt?.rectOf(id))
    let before = place()
    for (let same = 0; same < 4; ) {
      await new Promise(resolve => requestAnimationFrame(resolve))
      const now = place()
      same = now === before ? same + 1 : 0
      before = now
    }
  }, task)
  return rect(page, task)
}
