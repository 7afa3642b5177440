// Excel and CSV in and out of any list, attachments of any record.
import { readFileSync } from 'node:fs'
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

test('a file is dropped, each wrong row says why, the good rows come in, the list goes out as it is filtered', async () => {
  const { page, go, calm, accessible, close } = await sit(browser, app, keeper)
  await go('/yard/yard')
  await page.getByRole('button', { name: '导入' }).click()
  const csv =
    '名称,公司,类别,租金,启用日期\n甲场,测试集团,钢材,"1,200.00",2026/3/5\n乙场,测试集团,砖,80.5,2026-04-01\n丙场,没有这家公司,砖,1,2026-04-01\n丁场,测试集团,砖,很多,2026-04-01\n'
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: '料场.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) })
  await page.getByText('2 行可以导入').waitFor()
  await page.getByText('2 行有问题').waitFor()
  await accessible()
  await page.getByRole('button', { name: '跳过问题行，导入 2 行' }).click()
  await page.getByText('导入完成').waitFor()
  const [errors] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: '下载问题行' }).click(),
  ])
  const wrong = readFileSync(await errors.path(), 'utf8')
  expect(wrong).toContain('很多')
  expect(wrong).toContain('没有这家公司')
  expect(wrong).not.toContain('甲场')
  await page
    .getByRole('button', { name: 'Close' })
    .or(page.getByRole('button', { name: '关闭' }))
    .click()
  await page.getByText('共 2 条').waitFor()
  const [found] = (await keeper.entity(yard).list({ filter: { name: { eq: '甲场' } } })).items
  expect([found?.rent_amount, found?.opened_on, found?.kind]).toEqual(['1200.00', '2026-03-05', 'steel'])

  await page.getByLabel('搜索料场').fill('乙')
  await page.getByText('共 1 条').waitFor()
  await page.getByRole('button', { name: '更多操作' }).click()
  const [out] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: '导出 CSV' }).click(),
  ])
  const text = readFileSync(await out.path(), 'utf8')
  expect(text).toContain('乙场')
  expect(text).not.toContain('甲场')
  calm()
  await close()
})

test('a photo is attached, shows itself, opens by the rights of its record, and goes again', async () => {
  const made = await keeper.entity(yard).create({ name: '照片料场', company: app.company })
  const { page, go, calm, accessible, said, close } = await sit(browser, app, keeper)
  await go(`/yard/yard/${made.id}`)
  await page.getByRole('tab', { name: '附件' }).click()
  // One red pixel.
  const png = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==',
    'base64',
  )
  await page.locator('input[type=file]').first().setInputFiles({ name: '现场.png', mimeType: 'image/png', buffer: png })
  await said('已上传 现场.png')
  const picture = page.locator('.yz-files img')
  await picture.waitFor()
  await expect.poll(() => picture.evaluate(image => image instanceof HTMLImageElement && image.naturalWidth)).toBe(1)
  await accessible()
  const file = await page.locator('.yz-file').getAttribute('href')
  expect((await fetch(app.url + file)).status).toBe(401)
  await page.getByRole('button', { name: '删除 现场.png' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '删除' }).click()
  await picture.waitFor({ state: 'detached' })
  calm()
  await close()
})
