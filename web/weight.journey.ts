// How much a browser fetches before the first list stands: at most 450 kB as it travels.
import { type TestApp, testApp } from '@yingzao/platform/testing'
import { launchBrowser } from '@yingzao/platform/testing/browser'
import { yardModule, yardServices } from '@yingzao/platform/testing/yard'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { builtWeb, sit } from './testing/browse.ts'

let app: TestApp
let browser: Browser

beforeAll(async () => {
  const menu = { under: 'material', order: 10 } as const
  app = await testApp({ modules: [{ ...yardModule, menu }], registrations: yardServices, web: builtWeb })
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser?.close()
  await app?.close()
})

test('shell and a list weigh at most 450 kB', async () => {
  const keeper = await app.as('yard_keeper', { name: '李思雨' })
  const { page, go, calm, close } = await sit(browser, app, keeper)
  await go('/yard/yard')
  await page.getByText('还没有料场').waitFor()
  // Fonts are left out: they come only where the system has none for Chinese.
  const parts = await page.evaluate(() =>
    performance
      .getEntriesByType('resource')
      .filter((entry): entry is PerformanceResourceTiming => entry instanceof PerformanceResourceTiming)
      .filter(entry => /\.(js|css)$/.test(entry.name) && !entry.name.includes('noto-sans-sc'))
      .map(entry => ({ name: entry.name.split('/').at(-1) ?? '', size: entry.encodedBodySize })),
  )
  const total = parts.reduce((sum, part) => sum + part.size, 0)
  console.info(`shell and list: ${(total / 1000).toFixed(0)} kB in ${parts.length} files`)
  expect(total).toBeGreaterThan(100_000)
  expect(total).toBeLessThanOrEqual(450_000)
  calm()
  await close()
})
