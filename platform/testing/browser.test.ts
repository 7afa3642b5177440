// Journeys run in a real Chromium that comes with the packages.
import { expect, test } from 'vitest'
import { launchBrowser } from './browser.ts'

test('a real Chromium starts, runs a page and closes', async () => {
  const browser = await launchBrowser()
  const page = await browser.newPage()
  await page.setContent('<button onclick="this.textContent = 6 * 7">compute</button>')
  await page.getByRole('button').click()
  expect(await page.getByRole('button').textContent()).toBe('42')
  await browser.close()
})
