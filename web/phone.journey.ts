// The same at phone width: tabs below, cards instead of a grid, one column of fields.

import { type Person, type TestApp, testApp } from '@yingzao/platform/testing'
import { launchBrowser } from '@yingzao/platform/testing/browser'
import { yard, yardModule, yardServices } from '@yingzao/platform/testing/yard'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { builtWeb, sit } from './testing/browse.ts'

let app: TestApp
let browser: Browser
let keeper: Person

beforeAll(async () => {
  const menu = { under: 'material', order: 10 } as const
  app = await testApp({ modules: [{ ...yardModule, menu }], registrations: yardServices, web: builtWeb })
  browser = await launchBrowser()
  keeper = await app.as('yard_keeper', { name: '李思雨' })
  for (const name of ['城东料场', '城西料场'])
    await keeper.entity(yard).create({ name, company: app.company, kind: 'steel' })
})
afterAll(async () => {
  await browser?.close()
  await app?.close()
})

const fits = async (page: Page) =>
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)

const words = {
  zh: {
    menu: '菜单',
    yards: '料场',
    create: '新建',
    name: '名称',
    company: '公司',
    save: '保存',
    edit: '编辑',
    found: '共 2 条',
  },
  en: {
    menu: 'Menu',
    yards: 'Yard',
    create: 'New',
    name: 'Name',
    company: 'Company',
    save: 'Save',
    edit: 'Edit',
    found: '2 records',
  },
} as const

describe.each(['zh', 'en'] as const)('on a phone in %s', lang => {
  test('a record is found, made and changed with a thumb', async () => {
    const w = words[lang]
    const { page, go, calm, accessible, close } = await sit(browser, app, keeper, { lang, phone: true })
    await go('/')
    await accessible()
    await page.getByRole('button', { name: w.menu }).click()
    await page.getByRole('dialog').getByRole('link', { name: w.yards, exact: true }).click()
    await page.getByRole('button', { name: '城东料场' }).waitFor()
    await fits(page)
    await accessible()
    const name = `江边料场 ${lang}`
    await page.getByRole('button', { name: w.create, exact: true }).click()
    await page.getByLabel(w.name).fill(name)
    await page.getByLabel(w.company).fill('测试')
    await page.getByRole('option', { name: '测试集团' }).click()
    await fits(page)
    await accessible()
    await page.getByRole('button', { name: w.save, exact: true }).click()
    await page.getByRole('heading', { level: 1, name }).waitFor()
    await page.getByRole('button', { name: w.edit }).waitFor()
    await fits(page)
    await accessible()
    calm()
    await close()
  })
})
