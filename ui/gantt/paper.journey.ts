// The plan on paper: pictures, pages, and what is too much to print.
import { expect, test } from 'vitest'
import { planner, says } from './harness/planner.ts'

const open = planner()

test('a picture of the whole plan is downloaded', async () => {
  const page = await open('lang=zh')
  const names: string[] = []
  page.on('download', download => names.push(download.suggestedFilename()))
  await page.locator('.yzg-button[aria-label="导出"]').click()
  await page.getByRole('menuitem', { name: '整个计划 PNG' }).click()
  // Several pictures: the browser tells of them in any order.
  await expect
    .poll(() => names.toSorted().slice(0, 2))
    .toEqual(['地铁车站施工总进度计划-1.png', '地铁车站施工总进度计划-2.png'])
})

test('A3 landscape pages hold every row', async () => {
  const page = await open('lang=zh')
  await page.evaluate(() => {
    window.print = () => {}
  })
  await page.locator('.yzg-button[aria-label="导出"]').click()
  await page.getByRole('menuitem', { name: '打印或存为 PDF，A3 横向' }).click()
  const sheets = page.locator('.yzg-print canvas')
  await expect.poll(() => sheets.count()).toBeGreaterThan(8)
  const pages = await sheets.count()
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1')
  expect(pdf.match(/\/Type\s*\/Page\b/g)?.length).toBe(pages)
  await page.evaluate(() => window.dispatchEvent(new Event('afterprint')))
  await expect.poll(() => page.locator('.yzg-print').count()).toBe(0)
})

test('a plan of hundreds of pages says how to print less', async () => {
  const page = await open('lang=zh&tasks=10000')
  await page.locator('.yzg-button[aria-label="导出"]').click()
  await page.getByRole('menuitem', { name: '打印或存为 PDF，A4 横向' }).click()
  await says(page, '最多 40 页')
  expect(await page.locator('.yzg-print').count()).toBe(0)
})
