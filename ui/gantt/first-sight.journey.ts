// What a plan shows first: dates computed here, no date that is not known, contrast in light and dark, one language.
import { accessible } from '@yingzao/platform/testing/accessible'
import { expect, test } from 'vitest'
import { cell, planner, shows } from './harness/planner.ts'

const open = planner()

declare global {
  interface Window {
    /** Every text the rows have shown since the page was opened. */
    shown: string
  }
}

test('a plan without dates from the server shows no date that is not known, then what the server would have sent', async () => {
  const page = await open('lang=zh&compute=worker')
  await page.addInitScript(() => {
    window.shown = ''
    new MutationObserver(() => {
      window.shown += document.querySelector('.yzg-rows')?.textContent ?? ''
    }).observe(document, { subtree: true, childList: true, characterData: true })
  })
  await page.reload()
  await expect.poll(() => page.locator('.yzg-status').innerText()).toContain('计划完工 2029-04-02')
  await page.evaluate(() => window.gantt?.jumpTo('t9'))
  await shows(page, 9, 'finish', '2026-11-25')
  const shown = await page.evaluate(() => window.shown)
  expect(shown).toContain('2026-11-25')
  expect(shown).not.toContain('1970')
})

for (const query of ['lang=zh&theme=light', 'lang=zh&theme=dark', 'lang=en&theme=light', 'lang=en&theme=dark']) {
  test(`no serious accessibility problem (${query})`, async () => {
    const page = await open(query)
    await cell(page, 4, 'name').click()
    await page.evaluate(() => window.gantt?.open('t7'))
    await page.waitForSelector('.yzg-panel-body')
    await accessible(page)
  })
}

test('English shows no Chinese word', async () => {
  const page = await open('lang=en')
  await page.evaluate(() => window.gantt?.open('t7'))
  await page.waitForSelector('.yzg-panel-body')
  const words: string[] = []
  for (const menu of ['Filter', 'Show', 'Columns', 'Level', 'Export']) {
    await page.locator(`.yzg-button[aria-label="${menu}"]`).click()
    await page.getByRole('menu').waitFor()
    words.push(await page.evaluate(everyWord))
    await page.keyboard.press('Escape')
    await page.getByRole('menu').waitFor({ state: 'detached' })
  }
  expect(words.join('\n').match(/[\u4e00-\u9fff]+/g) ?? []).toEqual([])
})

const everyWord = () =>
  [
    document.body.innerText,
    ...Array.from(
      document.querySelectorAll('[aria-label],[title]'),
      element => `${element.getAttribute('aria-label')} ${element.getAttribute('title')}`,
    ),
  ].join('\n')
