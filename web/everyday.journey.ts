// Everyday screens of any module: the tree of departments, a verb that asks, files in a field and beside the record.
import { type Person, type TestApp, testApp } from '@yingzao/platform/testing'
import { launchBrowser } from '@yingzao/platform/testing/browser'
import { yardModule, yardServices } from '@yingzao/platform/testing/yard'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { builtWeb, sit } from './testing/browse.ts'

let app: TestApp
let browser: Browser
let keeper: Person
let administrator: Person

beforeAll(async () => {
  const menu = { under: 'material', order: 10 } as const
  app = await testApp({ modules: [{ ...yardModule, menu }], registrations: yardServices, web: builtWeb })
  browser = await launchBrowser()
  keeper = await app.as('yard_keeper', { name: '李思雨' })
  administrator = await app.as('administrator', { name: '罗亚东' })
})
afterAll(async () => {
  await browser?.close()
  await app?.close()
})

/** The smallest PNG there is: one pixel. */
const pixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
)

const words = {
  zh: {
    below: '在“测试集团”下新建',
    name: '名称',
    save: '保存',
    open: '展开',
    list: '列表',
    tree: '树',
    rename: '改名',
    newName: '新名称',
    required: '请填写',
    edit: '编辑',
    photo: '照片',
    files: '附件',
    add: '添加文件',
    remove: '删除',
  },
  en: {
    below: 'New below “测试集团”',
    name: 'Name',
    save: 'Save',
    open: 'Open',
    list: 'List',
    tree: 'Tree',
    rename: 'Rename',
    newName: 'New name',
    required: 'Please fill this in',
    edit: 'Edit',
    photo: 'Photo',
    files: 'Attachments',
    add: 'Add file',
    remove: 'Delete',
  },
} as const

describe.each(['zh', 'en'] as const)('in %s', lang => {
  const w = words[lang]

  test('departments stand as a tree: one is made below the company and found there, from the keyboard, too', async () => {
    const name = `工程管理部 ${lang}`
    const { page, go, calm, accessible, close } = await sit(browser, app, administrator, { lang })
    await go('/kernel/org_unit')
    await page.getByRole('link', { name: w.below }).click()
    await page.getByRole('textbox', { name: w.name }).first().fill(name)
    await page.keyboard.press('Control+s')
    await page.getByRole('heading', { level: 1, name }).waitFor()
    await go('/kernel/org_unit')
    await page.getByRole('link', { name, exact: true }).waitFor()
    await accessible()
    // Folded and opened again by the arrow keys.
    const grid = page.locator('.yz-table')
    await grid.focus()
    await page.keyboard.press('Home')
    await page.keyboard.press('ArrowLeft')
    await page.getByRole('link', { name, exact: true }).waitFor({ state: 'detached' })
    await page.keyboard.press('ArrowRight')
    await page.getByRole('link', { name, exact: true }).waitFor()
    calm()
    await close()
  })

  test('a verb asks for what it needs, refuses without it, and does it', async () => {
    const made = await keeper.entity('yard').create({ name: `河口料场 ${lang}`, company: app.company })
    const { page, go, calm, accessible, close } = await sit(browser, app, keeper, { lang })
    await go(`/yard/yard/${made.id}`)
    await page.getByRole('button', { name: w.rename }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel(w.newName).waitFor()
    await accessible()
    await dialog.getByRole('button', { name: w.rename }).click()
    await dialog.getByText(w.required).waitFor()
    await dialog.getByLabel(w.newName).fill(`北岸料场 ${lang}`)
    await dialog.getByRole('button', { name: w.rename }).click()
    await page.getByRole('heading', { level: 1, name: `北岸料场 ${lang}` }).waitFor()
    calm()
    await close()
  })

  test('a picture goes into a file field, a drawing beside the record; both are seen and taken away', async () => {
    const made = await keeper.entity('yard').create({ name: `城南料场 ${lang}`, company: app.company })
    const { page, go, calm, accessible, close } = await sit(browser, app, keeper, { lang })
    await go(`/yard/yard/${made.id}`)
    await page.getByRole('button', { name: w.edit }).click()
    await page
      .locator('input[type=file]')
      .first()
      .setInputFiles({ name: '门.png', mimeType: 'image/png', buffer: pixel })
    await page.getByText('门.png').waitFor()
    await page.keyboard.press('Control+s')
    await page.getByRole('button', { name: w.edit }).waitFor()
    await page
      .getByRole('link', { name: /门\.png/ })
      .or(page.getByRole('img', { name: /门\.png/ }))
      .first()
      .waitFor()

    await page.getByRole('tab', { name: w.files }).click()
    await page
      .locator('.yz-attachments input[type=file]')
      .first()
      .setInputFiles({ name: '总图.txt', mimeType: 'text/plain', buffer: Buffer.from('总平面图') })
    await page.locator('.yz-files').getByText('总图.txt').waitFor()
    await accessible()
    const [kept] = await keeper.entity('yard').attachments.list(made.id)
    expect(kept).toMatchObject({ name: '总图.txt', size: Buffer.byteLength('总平面图') })
    await page.getByRole('button', { name: `${w.remove} 总图.txt` }).click()
    await page.getByRole('dialog').getByRole('button', { name: w.remove }).click()
    await page.locator('.yz-files').getByText('总图.txt').waitFor({ state: 'detached' })
    expect(await keeper.entity('yard').attachments.list(made.id)).toEqual([])
    calm()
    await close()
  })
})
