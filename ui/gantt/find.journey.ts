// Finding in a plan: search, filter, levels, chosen columns.
import { expect, test } from 'vitest'
import { planner } from './harness/planner.ts'

const open = planner()

test('search jumps, the funnel keeps matches with their summaries, critical and levels', async () => {
  const page = await open('lang=zh')
  await page.getByLabel('查找任务').fill('消防验收')
  await page.keyboard.press('Enter')
  await expect.poll(() => page.locator('.yzg-row.yzg-selected').innerText()).toContain('消防验收')
  await page.locator('.yzg-search .yzg-button').click()
  await expect.poll(() => page.locator('.yzg-row:not([hidden])').count()).toBe(3)
  await page.locator('.yzg-search .yzg-button').click()
  await page.locator('.yzg-button[aria-label="级别"]').click()
  await page.getByRole('menuitem', { name: '全部折叠' }).click()
  await expect.poll(() => page.locator('.yzg-row:not([hidden])').count()).toBe(4)
  await page.locator('.yzg-button[aria-label="筛选"]').click()
  await page.getByRole('menuitemcheckbox', { name: '里程碑' }).click()
  await expect.poll(() => page.locator('.yzg-row[data-row="2"]').innerText()).toContain('前期与场地')
})

test('columns are chosen', async () => {
  const page = await open('lang=zh')
  await page.locator('.yzg-button[aria-label="列"]').click()
  await page.getByRole('menuitemcheckbox', { name: '编码' }).click()
  await page.getByRole('menuitemcheckbox', { name: '最迟完成' }).click()
  await page.keyboard.press('Escape')
  const heads = page.locator('.yzg-head-cell')
  await expect.poll(() => heads.allInnerTexts()).toEqual(expect.arrayContaining(['编码', '最迟完成']))
})
