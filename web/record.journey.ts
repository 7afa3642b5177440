// The life of a record in any entity's generic screens: created, found, edited, deleted, restored, looked back on.

import { type Person, type TestApp, testApp } from '@yingzao/platform/testing'
import { launchBrowser } from '@yingzao/platform/testing/browser'
import { yardModule, yardServices } from '@yingzao/platform/testing/yard'
import type { Browser } from 'playwright-core'
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
})
afterAll(async () => {
  await browser?.close()
  await app?.close()
})

const words = {
  zh: {
    entity: '料场',
    create: '新建',
    save: '保存',
    name: '名称',
    company: '公司',
    rent: '租金',
    edit: '编辑',
    history: '历史',
    more: '更多操作',
    remove: '删除',
    bin: '回收站',
    restore: '恢复',
    created: '已新建',
    saved: '已保存',
    found: '共 1 条',
    steel: '钢材',
    kind: '类别',
    search: '搜索料场',
    select: '选择',
    restored: '已恢复 1 条',
  },
  en: {
    entity: 'Yard',
    create: 'New',
    save: 'Save',
    name: 'Name',
    company: 'Company',
    rent: 'Rent',
    edit: 'Edit',
    history: 'History',
    more: 'More actions',
    remove: 'Delete',
    bin: 'Recycle bin',
    restore: 'Restore',
    created: 'Created',
    saved: 'Saved',
    found: '1 record',
    steel: 'Steel',
    kind: 'Kind',
    search: 'Search Yard',
    select: 'Select',
    restored: '1 record restored',
  },
} as const

describe.each(['zh', 'en'] as const)('in %s', lang => {
  const w = words[lang]
  test('a record is created, found, edited, deleted and restored, and its history tells it', async () => {
    const { page, go, calm, accessible, said, close } = await sit(browser, app, keeper, { lang })
    const name = `城东料场 ${lang}`
    await go('/yard/yard')
    await page.getByRole('button', { name: w.create, exact: true }).first().click()
    await page.getByLabel(w.name).fill(name)
    await page.getByLabel(w.company).fill('测试')
    await page.getByRole('option', { name: '测试集团' }).click()
    await page.getByLabel(w.kind).click()
    await page.getByTitle(w.steel).click()
    await page.getByLabel(w.rent).fill('12,345.5')
    await accessible()
    await page.keyboard.press('Control+s')
    await page.getByRole('heading', { level: 1, name }).waitFor()
    expect(await page.getByText('12,345.50').count()).toBe(1)
    await accessible()

    // Found by its name in the list.
    await go('/yard/yard')
    await page.getByLabel(w.search).fill(name)
    await page.getByText(w.found, { exact: true }).waitFor()
    await accessible()
    await page.getByRole('link', { name }).click()

    // Edited from the keyboard.
    await page.getByRole('heading', { level: 1, name }).waitFor()
    await page.keyboard.press('e')
    await page.getByLabel(w.rent).fill('99')
    await page.keyboard.press('Control+s')
    await page.getByRole('button', { name: w.edit }).waitFor()
    await page.getByRole('tab', { name: w.history }).click()
    await page.locator('.yz-diff').getByText('99.00').waitFor()
    expect(await page.locator('.yz-diff del').first().innerText()).toContain('12,345.50')

    // Deleted, seen in the bin, restored.
    await page.getByRole('button', { name: w.more }).click()
    await page.getByRole('menuitem', { name: w.remove }).click()
    await page.getByRole('dialog').getByRole('button', { name: w.remove }).click()
    await page.getByRole('grid', { name: w.entity }).waitFor()
    await page.getByRole('button', { name: w.more }).click()
    await page.getByRole('menuitem', { name: w.bin }).click()
    await page.getByRole('checkbox', { name: `${w.select} ${name}` }).click()
    await page.getByRole('button', { name: w.restore, exact: true }).click()
    await said(w.restored)
    await go('/yard/yard')
    await page.getByRole('link', { name }).waitFor()
    calm()
    await close()
  })
})
