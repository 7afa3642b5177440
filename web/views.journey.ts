// A list as a board and as a calendar: cards and bars moved by mouse, keyboard and thumb, undone, seen by a colleague.

import { type Person, type TestApp, testApp } from '@yingzao/platform/testing'
import { launchBrowser } from '@yingzao/platform/testing/browser'
import { yard, yardModule, yardServices } from '@yingzao/platform/testing/yard'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { builtWeb, sit } from './testing/browse.ts'

let app: TestApp
let browser: Browser
let keeper: Person
let clerk: Person

beforeAll(async () => {
  const menu = { under: 'material', order: 10 } as const
  app = await testApp({ modules: [{ ...yardModule, menu }], registrations: yardServices, web: builtWeb })
  browser = await launchBrowser()
  keeper = await app.as('yard_keeper', { name: '李思雨' })
  clerk = await app.as('yard_clerk', { name: '赵敏' })
  await keeper.batch(
    ['码头', '城北', '河西', '东站'].map((name, at) => ({
      op: 'create' as const,
      entity: 'yard',
      input: {
        name: `${name}料场`,
        company: app.company,
        kind: at < 3 ? 'brick' : null,
        rent_amount: '1000.50',
        opened_on: `2026-11-${String(at + 3).padStart(2, '0')}`,
      },
    })),
  )
})
afterAll(async () => {
  await browser?.close()
  await app?.close()
})

const lane = (page: Page, name: string) => page.locator('.yz-lane').filter({ has: page.getByRole('heading', { name }) })
const names = (page: Page, name: string) => lane(page, name).locator('.yz-board-title').allTextContents()
const kindOf = async (name: string) =>
  (await keeper.entity(yard).list({ filter: { name: { eq: name } } })).items[0]?.kind ?? null

test('a card moves to another lane by mouse, keyboard and menu, a colleague sees it, and undo brings it back', async () => {
  const { page, go, calm, accessible, close } = await sit(browser, app, keeper)
  const other = await sit(browser, app, clerk)
  await go('/yard/yard')
  await page.getByTitle('看板').click()
  await expect.poll(() => names(page, '砖')).toEqual(['城北料场', '河西料场', '码头料场'])
  await expect.poll(() => names(page, '（未填）')).toEqual(['东站料场'])
  // The address carries the board to a colleague, who may look but not move.
  await other.go(new URL(page.url()).pathname + new URL(page.url()).search)
  await expect.poll(() => names(other.page, '砖')).toHaveLength(3)
  expect(await other.page.getByRole('button', { name: '移动 码头料场' }).count()).toBe(0)

  await page.getByText('码头料场').dragTo(lane(page, '钢材').locator('.yz-lane-cards'))
  // The notice stays while the pointer is on it.
  const undo = page.getByRole('button', { name: /^撤 ?销$/ })
  await undo.hover()
  await expect.poll(() => names(page, '钢材')).toEqual(['码头料场'])
  await expect.poll(() => kindOf('码头料场')).toBe('steel')
  await expect.poll(() => names(other.page, '钢材')).toEqual(['码头料场'])
  await undo.click()
  await expect.poll(() => names(page, '砖')).toContain('码头料场')
  await expect.poll(() => kindOf('码头料场')).toBe('brick')

  await page.getByRole('link', { name: '城北料场' }).focus()
  await page.keyboard.press('Alt+ArrowLeft')
  await expect.poll(() => kindOf('城北料场')).toBe('steel')
  await expect.poll(() => names(page, '钢材')).toEqual(['城北料场'])

  await lane(page, '砖').getByText('河西料场').hover()
  await page.getByRole('button', { name: '移动 河西料场' }).click()
  await page.getByRole('menuitem', { name: '钢材' }).click()
  await expect.poll(() => names(page, '钢材')).toEqual(['城北料场', '河西料场'])
  await accessible()
  calm()
  other.calm()
  await other.close()
  await close()
})

test('on a phone the board is swiped lane by lane and cards move by their menu', async () => {
  const { page, go, calm, accessible, close } = await sit(browser, app, keeper, { phone: true, lang: 'en' })
  await go('/yard/yard?look=board&group=kind')
  await expect.poll(() => names(page, '(none)')).toEqual(['东站料场'])
  await page.getByRole('button', { name: 'Move 东站料场' }).click()
  await page.getByRole('menuitem', { name: 'Brick' }).click()
  await expect.poll(() => kindOf('东站料场')).toBe('brick')
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
  await accessible()
  calm()
  await close()
})

test('the calendar shows what falls into a month; a bar is moved to another day; a day makes a new record', async () => {
  const { page, go, calm, accessible, close } = await sit(browser, app, keeper)
  await go('/yard/yard?look=calendar&month=%222026-11%22')
  const bar = page.locator('.yz-month-bar-of', { hasText: '码头料场' })
  await bar.waitFor()
  const day = (number: number) =>
    page
      .locator('.yz-month-day:not(.yz-month-other)')
      .filter({ has: page.locator('.yz-month-number', { hasText: new RegExp(`^${number}$`) }) })
  await bar.dragTo(day(18))
  await expect
    .poll(async () => (await keeper.entity(yard).list({ filter: { name: { eq: '码头料场' } } })).items[0]?.opened_on)
    .toBe('2026-11-18')
  await accessible()
  await page.getByRole('button', { name: '上个月' }).click()
  await page.getByText('2026年10月').waitFor()
  await bar.waitFor({ state: 'detached' })
  await page.getByRole('button', { name: '下个月' }).click()
  await bar.waitFor()
  await day(20).hover()
  await page.getByRole('button', { name: '2026-11-20 新建' }).click()
  await expect.poll(() => page.getByRole('textbox', { name: '启用日期' }).inputValue()).toBe('2026-11-20')
  calm()
  await close()
})

test('on a phone the calendar shows the day that was tapped', async () => {
  const { page, go, calm, accessible, close } = await sit(browser, app, keeper, { phone: true })
  await go('/yard/yard?look=calendar&month=%222026-11%22')
  await page.getByRole('button', { name: '2026-11-04：1 项' }).click()
  await page.getByRole('link', { name: '城北料场' }).waitFor()
  await accessible()
  calm()
  await close()
})
