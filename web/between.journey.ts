// What stands on the screen while an answer is still on its way: nothing wrong, nothing too faint, nothing typed in vain.

import { type Person, type TestApp, testApp } from '@yingzao/platform/testing'
import { launchBrowser } from '@yingzao/platform/testing/browser'
import { yard, yardModule, yardServices } from '@yingzao/platform/testing/yard'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { builtWeb, sit } from './testing/browse.ts'

let app: TestApp
let browser: Browser
let keeper: Person
beforeAll(async () => {
  const menu = { under: 'material', order: 10 } as const
  app = await testApp({ modules: [{ ...yardModule, menu }], registrations: yardServices, web: builtWeb })
  browser = await launchBrowser()
  keeper = await app.as('yard_keeper', { name: '李思雨' })
})
afterAll(async () => {
  await browser?.close()
  await app?.close()
})

const makeYard = (name: string, more = {}) =>
  keeper.entity(yard).create({ name, company: app.company, kind: 'brick', rent_amount: '100.00', ...more })

test('a card on its way to another lane is read as well as the others, in the dark, too', async () => {
  const made = await makeYard('过渡料场')
  await makeYard('留守料场')
  const { page, go, hold, calm, accessible, close } = await sit(browser, app, keeper, { dark: true })
  await go('/yard/yard?look=board&group=kind')
  const release = await hold(new RegExp(`/yard/${made.id}`))
  await page.getByRole('link', { name: '过渡料场' }).focus()
  await page.keyboard.press('Alt+ArrowLeft')
  await page.locator('.yz-tr-busy', { hasText: '过渡料场' }).waitFor()
  await accessible()
  release()
  await page.locator('.yz-tr-busy').waitFor({ state: 'detached' })
  expect((await keeper.entity(yard).get(made.id)).kind).toBe('steel')
  calm()
  await close()
})

test('a form being saved stays readable, and asking twice makes one record', async () => {
  const { page, go, hold, calm, accessible, close } = await sit(browser, app, keeper)
  await go('/yard/yard/new')
  await page.getByLabel('名称').fill('慢存料场')
  await page.getByLabel('公司').fill('测试')
  await page.getByRole('option', { name: '测试集团' }).click()
  const release = await hold(/\/api\/v1\/yard$/)
  await page.keyboard.press('Control+s')
  await page.locator('.ant-btn-loading').waitFor()
  await page.keyboard.press('Control+s')
  await accessible()
  release()
  await page.getByRole('heading', { level: 1, name: '慢存料场' }).waitFor()
  const { items } = await keeper.entity(yard).list({ filter: { name: { eq: '慢存料场' } } })
  expect(items.length).toBe(1)
  calm()
  await close()
})

test('Enter in a picker takes nobody who stood there before the words were typed', async () => {
  for (const name of ['韩春梅', '蒋文博']) await app.as(undefined, { name })
  const { page, go, hold, calm, close } = await sit(browser, app, keeper)
  await go('/yard/yard/new')
  const person = page.getByLabel('管理员')
  await person.click()
  await page.getByRole('option', { name: '韩春梅' }).waitFor()
  const release = await hold(/\/user\/query/)
  await person.fill('蒋文')
  // Whoever fits what was typed may be taken before the server answers; the others may not.
  await page.getByRole('option', { name: '韩春梅' }).waitFor({ state: 'detached' })
  await page.getByRole('option', { name: '蒋文博' }).waitFor()
  await page.keyboard.press('Enter')
  await page.locator('.ant-select-content-has-value', { hasText: '蒋文博' }).waitFor()
  release()
  calm()
  await close()
})

test('figures of one grouping never stand at the heads of another', async () => {
  await makeYard('分组料场甲', { covered: true })
  await makeYard('分组料场乙', { covered: false })
  const { page, go, hold, calm, close } = await sit(browser, app, keeper)
  await go('/yard/yard?q=分组料场')
  await page.getByRole('button', { name: '分组' }).click()
  await page.getByRole('menuitem', { name: '类别' }).click()
  const heads = page.locator('.yz-group')
  await expect.poll(() => heads.allInnerTexts()).toEqual([expect.stringMatching(/砖\s*2/)])
  const release = await hold(/\/yard\/(aggregate|query)/)
  await page.getByRole('button', { name: '按类别分组' }).click()
  await page.getByRole('menuitem', { name: '有棚' }).click()
  await page.getByRole('button', { name: '按有棚分组' }).waitFor()
  await expect.poll(() => heads.count()).toBe(0)
  await page.getByRole('link', { name: '分组料场甲' }).waitFor()
  release()
  await expect
    .poll(() => heads.allInnerTexts())
    .toEqual([expect.stringMatching(/否\s*1/), expect.stringMatching(/是\s*1/)])
  calm()
  await close()
})

test('Ctrl+K shows no record that the words typed do not name', async () => {
  await makeYard('甲字料场')
  const wanted = await makeYard('乙字料场')
  const { page, go, hold, calm, close } = await sit(browser, app, keeper)
  await go('/')
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox').fill('甲字')
  await page.getByRole('option', { name: '甲字料场' }).waitFor()
  const release = await hold(/\/search/)
  await page.getByRole('combobox').fill('乙字')
  await page.getByRole('option', { name: '甲字料场' }).waitFor({ state: 'detached' })
  await page.keyboard.press('Enter')
  release()
  await page.getByRole('option', { name: '乙字料场' }).waitFor()
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { level: 1, name: '乙字料场' }).waitFor()
  expect(page.url()).toContain(wanted.id)
  calm()
  await close()
})
