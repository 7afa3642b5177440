// A person at a browser, for journeys: signed in, in a language and at a width, watched for errors and foreign requests.

import { fileURLToPath } from 'node:url'
import type { Person, TestApp } from '@yingzao/platform/testing'
import { accessible } from '@yingzao/platform/testing/accessible'
import { slowedDown } from '@yingzao/platform/testing/browser'
import type { Browser, Page } from 'playwright-core'
import { expect, onTestFailed } from 'vitest'

/** The built web app, as `npm run build` leaves it. */
export const builtWeb = fileURLToPath(new URL('../../dist/web', import.meta.url))

export interface Desk {
  readonly page: Page
  /** Opens an address of the app and waits until it stands. */
  go(path: string): Promise<void>
  /** The words were said in a notice, also when it has gone again: it stays for two seconds, which a loaded machine misses. */
  said(words: string): Promise<void>
  /** Answers to requests whose address matches stay away until the function given back is called. */
  hold(address: RegExp): Promise<() => void>
  /** Nothing broke, nothing was blocked, no request left the host. */
  calm(): void
  /** axe-core finds nothing serious or critical on the page as it is now. */
  accessible(): Promise<void>
  close(): Promise<void>
}

export interface At {
  readonly lang?: 'zh' | 'en'
  readonly phone?: boolean
  readonly dark?: boolean
  /** Problems this journey causes on purpose: status codes of answers. */
  readonly expects?: readonly number[]
}

declare global {
  interface Window {
    /** What notices have said since the page was opened. */
    said: string[]
  }
}

function listen() {
  window.said = []
  new MutationObserver(changes => {
    for (const { addedNodes } of changes)
      for (const node of addedNodes)
        if (node instanceof Element)
          for (const notice of [node, ...node.querySelectorAll('*')])
            if (notice.matches('.ant-message-notice, .ant-message-notice-wrapper'))
              window.said.push(notice.textContent ?? '')
  }).observe(document, { subtree: true, childList: true })
}

let seats = 0

/** Sits a person down at a browser of their own; without a person nobody is signed in. */
export async function sit(
  browser: Browser,
  app: Pick<TestApp, 'url'>,
  person: Person | null,
  at: At = {},
): Promise<Desk> {
  const { lang = 'zh', phone = false, dark = false, expects = [] } = at
  const context = await browser.newContext({
    locale: lang === 'zh' ? 'zh-CN' : 'en-US',
    viewport: phone ? { width: 390, height: 844 } : { width: 1440, height: 900 },
    colorScheme: dark ? 'dark' : 'light',
    hasTouch: phone,
    isMobile: phone,
    acceptDownloads: true,
    reducedMotion: 'reduce',
  })
  const { hostname } = new URL(app.url)
  if (person) {
    const [name = '', value = ''] = person.cookie.split('=')
    await context.addCookies([{ name, value, domain: hostname, path: '/' }])
    await person.session.update({ lang })
  }
  const page = await context.newPage()
  page.setDefaultTimeout(40_000)
  await slowedDown(page)
  await page.addInitScript(listen)
  // What the person saw when it went wrong.
  onTestFailed(async ({ task }) => {
    if (!page.isClosed()) await page.screenshot({ path: `test-results/${task.id}-${seat}.png` })
  })
  const seat = ++seats
  const problems: string[] = []
  page.on('pageerror', error => problems.push(`page error: ${error.message}`))
  page.on('console', message => {
    if (message.type() !== 'error') return
    // The browser reports refused requests here; those a journey causes on purpose are named by it.
    const status = /status of (\d+)/.exec(message.text())?.[1]
    if (status && [401, ...expects].includes(Number(status))) return
    problems.push(`console: ${message.text()}`)
  })
  page.on('request', request => {
    const url = new URL(request.url())
    if (['http:', 'https:', 'ws:', 'wss:'].includes(url.protocol) && url.hostname !== hostname)
      problems.push(`left the host: ${request.url()}`)
  })
  return {
    page,
    async go(path) {
      await page.goto(app.url + path)
      await page.locator('h1').first().waitFor()
    },
    said: words => expect.poll(() => page.evaluate(() => window.said.join('\n'))).toContain(words),
    async hold(address) {
      let release = () => {}
      const released = new Promise<void>(resolve => {
        release = resolve
      })
      await page.route(address, async route => {
        await released
        await route.continue()
      })
      return release
    },
    calm: () => expect(problems).toEqual([]),
    accessible: () => accessible(page),
    close: () => context.close(),
  }
}
