// Lists of any entity: sorted, filtered, grouped, summed, edited in place, kept as a view, walked by keyboard.

import { type Person, type TestApp, testApp } from '@yingzao/platform/testing'
import { launchBrowser } from '@yingzao/platform/testing/browser'
import { yard, yardModule, yardServices } from '@yingzao/platform/testing/yard'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
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
  const steps = Array.from({ length: 230 }, (_, at) => ({
    op: 'create' as const,
    entity: 'yard',
    input: {
      name: `料场 ${String(at + 1).padStart(3, '0')}`,
      company: app.company,
      kind: at % 3 === 0 ? 'brick' : 'steel',
      rent_amount: `${(at + 1) * 10}.50`,
      area: `${at}.5`,
      opened_on: `2026-${String((at % 12) + 1).padStart(2, '0')}-01`,
    },
  }))
  await keeper.batch(steps)
})
afterAll(async () => {
  await browser?.close()
  await app?.close()
})

test('filter, sort, group and sums speak of all rows, and the address carries them to a colleague', async () => {
  const { page, go, calm, accessible, said, close } = await sit(browser, app, keeper)
  await go('/yard/yard')
  await page.getByText('共 230 条').waitFor()
  // Group by kind: counts over all rows, not only the loaded.
  await page.getByRole('button', { name: '分组' }).click()
  await page.getByRole('menuitem', { name: '类别' }).click()
  await page.getByRole('row', { name: /砖 ?77/ }).waitFor()
  await accessible()
  await page.getByRole('button', { name: '按类别分组' }).click()
  await page.getByRole('menuitem', { name: '不分组' }).click()

  // A column brought in by the chooser, with the sum of all rows below.
  await page.getByRole('button', { name: '列', exact: true }).click()
  await page.getByRole('checkbox', { name: '租金' }).check()
  await page.keyboard.press('Escape')
  await page.mouse.click(700, 20)
  const sum = 10 * ((230 * 231) / 2) + 230 * 0.5
  await page
    .getByRole('row')
    .last()
    .getByText(sum.toLocaleString('zh-CN', { minimumFractionDigits: 2 }))
    .waitFor()

  // At least 2,000 of rent, brick only.
  await page.getByRole('button', { name: '筛选' }).click()
  await page.getByRole('combobox', { name: '字段' }).click()
  await page.getByRole('option', { name: '租金' }).click()
  await page.getByRole('textbox', { name: '租金 大于等于' }).fill('2,000')
  await page.getByRole('button', { name: '添加条件' }).click()
  await page.getByRole('combobox', { name: '字段' }).nth(1).fill('类别')
  await page.keyboard.press('Enter')
  await page.getByRole('combobox', { name: '类别 是其中之一' }).click()
  await page.getByRole('option', { name: '砖' }).click()
  await page.getByText('共 10 条').waitFor()
  await accessible()
  await page.mouse.click(700, 20)
  // Sorted where an index makes it quick: the name; a column without one offers no sorting.
  expect(await page.getByRole('columnheader', { name: '租金' }).getByRole('button').count()).toBe(0)
  await page.getByRole('columnheader', { name: '名称' }).getByRole('button').click()
  await page.getByRole('row').nth(1).getByText('料场 229').waitFor()

  // The same address at a colleague's screen.
  const other = await sit(browser, app, await app.as('yard_keeper'))
  await other.page.goto(page.url())
  await other.page.getByText('共 10 条').waitFor()
  await other.page.getByRole('row').nth(1).getByText('料场 229').waitFor()
  other.calm()
  await other.close()

  // One who may not see the rent gets the rest of the conditions; the rent's neither filters nor sorts for him.
  const reader = await sit(browser, app, clerk)
  await reader.page.goto(page.url())
  await reader.page.getByText('共 77 条').waitFor()
  reader.calm()
  await reader.close()

  // Kept as a view under a name, found again after leaving.
  await page.getByRole('button', { name: '默认视图' }).click()
  await page.getByRole('menuitem', { name: '另存为新视图' }).click()
  await page.getByLabel('视图名称').fill('大砖场')
  await page.getByRole('dialog').getByRole('button', { name: '保存' }).click()
  await said('视图已保存')
  await go('/yard/yard')
  await page.getByRole('button', { name: '默认视图' }).click()
  await page.getByRole('menuitem', { name: '大砖场' }).click()
  await page.getByText('共 10 条').waitFor()
  calm()
  await close()
})

describe.each([
  { lang: 'zh', saved: '已保存', refused: '请输入数字' },
  { lang: 'en', saved: 'Saved', refused: 'Enter a number' },
] as const)('in $lang', ({ lang, saved, refused }) => {
  test('cells are edited from the keyboard; what cannot be is said and not saved', async () => {
    const { page, go, calm, said, close } = await sit(browser, app, keeper, { lang })
    await go('/yard/yard')
    const grid = page.getByRole('grid')
    await page.getByRole('link', { name: '料场 001' }).waitFor()
    await grid.focus()
    for (const key of ['ArrowDown', 'ArrowRight', 'ArrowRight', 'ArrowRight']) await page.keyboard.press(key)
    await page.keyboard.type(lang === 'zh' ? '432.1' : '543.2')
    await page.keyboard.press('Enter')
    await page.locator('#yz-said').getByText(saved).waitFor({ state: 'attached' })
    const [found] = (await keeper.entity(yard).list({ filter: { name: { eq: '料场 002' } } })).items
    expect(found?.area).toBe(lang === 'zh' ? '432.1' : '543.2')
    // The cursor went down a row; a word is no number.
    await page.keyboard.type('1x')
    await page.keyboard.press('Enter')
    await said(refused)
    const [kept] = (await keeper.entity(yard).list({ filter: { name: { eq: '料场 003' } } })).items
    expect(kept?.area).toBe('2.5')
    // Home and End of a list that is loaded piece by piece.
    const last = page.getByRole('link', { name: '料场 230' })
    await expect
      .poll(async () => {
        await page.keyboard.press('Control+End')
        return last.count()
      })
      .toBe(1)
    expect(await page.getByRole('row').count()).toBeLessThan(80)
    calm()
    await close()
  })
})

test('several rows are changed at once and deleted at once', async () => {
  const { page, go, calm, accessible, said, close } = await sit(browser, app, keeper)
  await go('/yard/yard?q=料场 10')
  await page.getByText('共 10 条').waitFor()
  await page.getByRole('checkbox', { name: '选择 料场 100' }).click()
  await page.getByRole('checkbox', { name: '选择 料场 104' }).click({ modifiers: ['Shift'] })
  await page.getByText('已选 5 条').waitFor()
  await accessible()
  await page.getByRole('button', { name: '批量修改' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('combobox', { name: '字段' }).click()
  await page.getByRole('option', { name: '有棚' }).click()
  await dialog.getByRole('checkbox', { name: '有棚' }).check()
  await dialog.getByRole('button', { name: '应用' }).click()
  await said('已修改 5 条')
  const { items } = await keeper.entity(yard).list({ filter: { covered: { eq: true } } })
  expect(items.length).toBe(5)
  await page.getByRole('checkbox', { name: '选择 料场 100' }).click()
  await page.getByRole('checkbox', { name: '选择 料场 101' }).click()
  await page.getByRole('button', { name: '删除', exact: true }).click()
  await page.getByRole('dialog').getByRole('button', { name: '删除' }).click()
  await said('已删除 2 条')
  await page.getByText('共 8 条').waitFor()
  calm()
  await close()
})

test('a reader without the right finds no way to change, and an empty list says what will be here', async () => {
  const { page, go, calm, accessible, close } = await sit(browser, app, clerk)
  await go('/yard/yard')
  await page.getByRole('link', { name: '料场 001' }).waitFor()
  expect(await page.getByRole('button', { name: '新建' }).count()).toBe(0)
  expect(await page.getByText('租金').count()).toBe(0)
  await page.getByRole('gridcell', { name: '0.5' }).first().dblclick()
  await page.getByRole('heading', { level: 1, name: '料场 001' }).waitFor()
  await go('/yard/slip')
  await page.getByText('还没有送货单').waitFor()
  await accessible()
  await go('/yard/yard/new')
  await go('/nowhere/at_all')
  await page.getByText('没有这个页面').waitFor()
  calm()
  await close()
})
