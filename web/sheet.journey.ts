// A plan kept in Excel: its columns are matched, put right by hand, imported, and given back as a sheet.
import { plan } from '@yingzao/modules/schedule/plan.entity'
import { type TestApp, testApp } from '@yingzao/platform/testing'
import { launchBrowser } from '@yingzao/platform/testing/browser'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { builtWeb, sit } from './testing/browse.ts'

let app: TestApp
let browser: Browser

beforeAll(async () => {
  app = await testApp({ web: builtWeb })
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser?.close()
  await app?.close()
})

const sheet = [
  '云溪路站施工进度计划表,,,,,',
  '序号,做什么,工期（天）,开始时间,完成时间,前置任务',
  '一,土方工程,,,,',
  '1,土方开挖,10,2026-03-02,2026-03-11,',
  '2,垫层,3,2026-03-12,2026-03-14,1',
  '二,主体结构,,,,',
  '3,底板,14,2026-03-15,2026-03-28,2',
].join('\n')

test.each([
  ['zh', '任务名称', '导入 5 个任务', '导出计划文件'],
  ['en', 'Task name', 'Import 5 tasks', 'Export plan file'],
] as const)(
  'a sheet whose headers say too little is put right and imported, in %s',
  async (lang, name, confirm, exported) => {
    const pmo = await app.as('pmo')
    const project = await pmo.entity<string>('project').create({
      ...{ name: `云溪路站 ${lang}`, type: 'rail', company: app.company },
      start_on: '2026-03-02',
      finish_on: '2026-04-30',
    })
    const planner = await app.as('planner', { at: { kind: 'project', id: project.id } })
    const desk = await sit(browser, app, planner, { lang })
    const { page } = desk
    await desk.go('/schedule/import')
    const file = { name: '进度.csv', mimeType: 'text/csv', buffer: Buffer.from(sheet) }
    await page.locator('input[type=file]').setInputFiles(file)

    // “做什么” says nothing to us: the planner says it.
    await page.getByRole('alert').first().waitFor()
    await desk.accessible()
    const picker = page.getByRole('combobox', { name: /做什么/ })
    await picker.click()
    await page.locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden)').getByText(name, { exact: true }).click()
    await page.getByRole('button', { name: confirm }).waitFor()
    await desk.accessible()
    await page.getByRole('button', { name: confirm }).click()
    await page.locator('.yzg-row').first().waitFor()
    const [made] = (await planner.entity(plan).list({ filter: { project: { eq: project.id } } })).items
    expect(made).toMatchObject({ task_count: 5, finish_on: '2026-03-28', late_days: 0 })

    await page.getByRole('button', { name: lang === 'zh' ? '更多操作' : 'More actions' }).click()
    await page.getByRole('menuitem', { name: exported }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('Excel').click()
    await dialog.getByText(/\.xlsx[ （]/).waitFor()
    await desk.accessible()
    desk.calm()
    await desk.close()
  },
)
