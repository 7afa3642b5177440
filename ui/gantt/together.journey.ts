// Several people on one plan: a colleague’s change, a slow and a refusing server, a reader who may not edit.
import { expect, test } from 'vitest'
import { cell, counts, planner, says, shows, type } from './harness/planner.ts'

const open = planner()

test('a colleague’s change arrives while a cell is edited: nothing typed is lost, both changes stay', async () => {
  const mine = await open('lang=zh&room=pair')
  const theirs = await open('lang=zh&room=pair', {}, mine.context())
  await cell(mine, 6, 'name').click()
  await mine.keyboard.press('F2')
  await mine.keyboard.press('End')
  await mine.keyboard.type('（夜间）')
  await expect.poll(() => cell(theirs, 6, 'name').getAttribute('data-presence')).toBe('林工')
  await cell(theirs, 4, 'name').click()
  await theirs.keyboard.press('Insert')
  await theirs.keyboard.type('图纸交底')
  await theirs.keyboard.press('Enter')
  await shows(mine, 4, 'name', '图纸交底')
  expect(await mine.locator('.yzg-input').inputValue()).toBe('交通导改（夜间）')
  await mine.keyboard.press('Enter')
  await shows(mine, 7, 'name', '交通导改（夜间）')
  await shows(theirs, 7, 'name', '交通导改（夜间）')
  await mine.keyboard.press('Control+z')
  await shows(theirs, 7, 'name', '交通导改')
  await shows(theirs, 4, 'name', '图纸交底')
})

test('an edit waits visibly for the server; a refused one is taken back with its words', async () => {
  const slow = await open('lang=zh&hold=1')
  await type(slow, 4, 'name', '慢')
  await expect.poll(() => slow.locator('.yzg-status').innerText()).toContain('1 项修改等待确认')
  await expect.poll(() => slow.locator('.yzg-row[data-row="3"]').getAttribute('class')).toContain('yzg-pending')
  await slow.evaluate(() => window.dispatchEvent(new Event('answer')))
  await expect.poll(() => slow.locator('.yzg-status').innerText()).not.toContain('等待确认')
  const refused = await open('lang=zh&refuse=1')
  await type(refused, 4, 'name', '不行')
  await says(refused, '您没有编辑权限')
  await shows(refused, 4, 'name', '施工图会审')
})

test('a read-only plan can be looked at but not changed', async () => {
  const page = await open('lang=zh&readonly=1')
  await cell(page, 4, 'name').click()
  await page.keyboard.type('x')
  await page.keyboard.press('Delete')
  await shows(page, 4, 'name', '施工图会审')
  await counts(page, '383 个任务')
  expect(await page.locator('.yzg-button[aria-label="撤销"]').count()).toBe(0)
})
