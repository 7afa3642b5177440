// Two people at two browsers: what one saves the other sees, and nobody overwrites anybody unseen.

import { type Person, type TestApp, testApp } from '@yingzao/platform/testing'
import { launchBrowser } from '@yingzao/platform/testing/browser'
import { yard, yardModule, yardServices } from '@yingzao/platform/testing/yard'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { builtWeb, sit } from './testing/browse.ts'

let app: TestApp
let browser: Browser
let li: Person
let wang: Person

beforeAll(async () => {
  const menu = { under: 'material', order: 10 } as const
  app = await testApp({ modules: [{ ...yardModule, menu }], registrations: yardServices, web: builtWeb })
  browser = await launchBrowser()
  li = await app.as('yard_keeper', { name: '李思雨' })
  wang = await app.as('yard_keeper', { name: '王建国' })
})
afterAll(async () => {
  await browser?.close()
  await app?.close()
})

const makeYard = (name: string) =>
  li.entity(yard).create({ name, company: app.company, kind: 'steel', rent_amount: '100.00', area: '5.0' })

test('a colleague’s change shows in an open list and an open record without a reload', async () => {
  const made = await makeYard('城西料场')
  const list = await sit(browser, app, li)
  const record = await sit(browser, app, li)
  await list.go('/yard/yard')
  await record.go(`/yard/yard/${made.id}`)
  await list.page.getByRole('link', { name: '城西料场' }).waitFor()
  await wang.entity(yard).patch(made.id, made.version, { name: '城西新料场' })
  await list.page.getByRole('link', { name: '城西新料场' }).waitFor()
  await record.page.getByRole('heading', { level: 1, name: '城西新料场' }).waitFor()
  list.calm()
  record.calm()
  await list.close()
  await record.close()
})

test('two edits of one record: both values are shown, the second decides, the other field of the first stays', async () => {
  const made = await makeYard('冲突料场')
  const desk = await sit(browser, app, li, { expects: [409] })
  const { page } = desk
  await desk.go(`/yard/yard/${made.id}`)
  await page.getByRole('button', { name: '编辑' }).click()
  await page.getByLabel('租金').fill('200')
  await page.getByLabel('面积').fill('8')
  await wang.entity(yard).patch(made.id, made.version, { rent_amount: '300.00', covered: true })
  await page.getByText('刚刚修改了这条记录').waitFor()
  await page.keyboard.press('Control+s')
  const dialog = page.getByRole('dialog')
  await dialog.getByText('王建国同时修改了这条记录').waitFor()
  const rent = dialog.getByRole('row', { name: '租金' })
  expect(await rent.innerText()).toMatch(/300\.00[\s\S]*200\.00/)
  // The area only I changed is not asked about.
  expect(await dialog.getByRole('row', { name: '面积' }).getByRole('radio').count()).toBe(0)
  await desk.accessible()
  await rent.getByRole('radio').nth(1).check()
  await dialog.getByRole('button', { name: '按选择保存' }).click()
  await page.getByRole('button', { name: '编辑' }).waitFor()
  const now = await li.entity(yard).get(made.id)
  expect([now.rent_amount, now.area, now.covered]).toEqual(['200.00', '8.0', true])
  desk.calm()
  await desk.close()
})

test('an edit in the list that comes too late asks as well; the colleague’s value may stay', async () => {
  const made = await makeYard('列表料场')
  const desk = await sit(browser, app, li, { expects: [409] })
  const { page } = desk
  await desk.go('/yard/yard?q=列表料场')
  const row = page.getByRole('row').filter({ hasText: '列表料场' })
  const area = row.getByRole('gridcell').nth(4)
  await area.click()
  await page.keyboard.press('F2')
  await page.keyboard.press('Control+a')
  await page.keyboard.type('77')
  // The colleague is faster, and the live news must not take the open cell away.
  await wang.entity(yard).patch(made.id, made.version, { area: '66.0' })
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: '放弃我的修改' }).click()
  await area.getByText('66').waitFor()
  expect((await li.entity(yard).get(made.id)).area).toBe('66.0')
  desk.calm()
  await desk.close()
})

test('a comment appears at the other’s screen while it is being read', async () => {
  const made = await makeYard('讨论料场')
  const [a, b] = [await sit(browser, app, li), await sit(browser, app, wang)]
  await a.go(`/yard/yard/${made.id}`)
  await b.go(`/yard/yard/${made.id}`)
  const comment = a.page.getByPlaceholder('写评论')
  await comment.click()
  await comment.fill('棚顶漏雨，先不要卸水泥')
  await comment.press('Control+Enter')
  await b.page.getByText('棚顶漏雨，先不要卸水泥').waitFor()
  await b.accessible()
  a.calm()
  b.calm()
  await a.close()
  await b.close()
})

test('leaving a form with unsaved changes asks first, and keeps what was typed', async () => {
  const made = await makeYard('未保存料场')
  const desk = await sit(browser, app, li)
  const { page } = desk
  await desk.go(`/yard/yard/${made.id}`)
  await page.keyboard.press('e')
  await page.getByLabel('名称').fill('改了一半')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: '留在本页' }).click()
  await page.getByRole('link', { name: '首页' }).first().click()
  await page.getByRole('dialog').getByText('离开而不保存？').waitFor()
  await page.getByRole('button', { name: '留在本页' }).click()
  expect(await page.getByLabel('名称').inputValue()).toBe('改了一半')
  await page.getByRole('link', { name: '首页' }).first().click()
  await page.getByRole('button', { name: '不保存，离开' }).click()
  await page.getByRole('heading', { level: 1, name: '李思雨，您好' }).waitFor()
  desk.calm()
  await desk.close()
})
