// The page of a project, in a real browser: people are added and their part ends, plans are there, each tab has an address.

import { type Person, type TestApp, testApp } from '@yingzao/platform/testing'
import { launchBrowser } from '@yingzao/platform/testing/browser'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { builtWeb, sit } from './testing/browse.ts'

let app: TestApp
let browser: Browser
let pmo: Person
let site: string
beforeAll(async () => {
  app = await testApp({ web: builtWeb })
  browser = await launchBrowser()
  pmo = await app.as('pmo')
  const made = await pmo
    .entity<string>('project')
    .create({ name: '云溪路站', type: 'rail', company: app.company, finish_on: '2026-12-31' })
  site = made.id
  await pmo.entity<string>('plan').create({ name: '总进度计划', project: site, start_on: '2026-03-02' })
}, 60_000)
afterAll(async () => {
  await browser?.close()
  await app?.close()
})

const words = {
  zh: {
    overview: '概览',
    members: '成员',
    plans: '计划',
    history: '历史',
    add: '添加成员',
    person: '人员',
    role: '角色',
    engineer: '工程师',
    end: '结束任职',
    actions: '的操作',
    import: '导入计划',
  },
  en: {
    overview: 'Overview',
    members: 'Members',
    plans: 'Plans',
    history: 'History',
    add: 'Add a member',
    person: 'Person',
    role: 'Role',
    engineer: 'Engineer',
    end: 'End',
    actions: 'Actions for',
    import: 'Import a plan',
  },
} as const

describe.each([
  ['zh', false],
  ['en', true],
] as const)('in %s, on a phone: %s', (lang, phone) => {
  const w = words[lang]
  test('a member is added, sees the project, and his part ends; the plan is one tab away', async () => {
    const engineer = await app.as(undefined, { name: `温若兰 ${lang}` })
    const { page, go, calm, accessible, close } = await sit(browser, app, pmo, { lang, phone })
    await go(`/project/project/${site}`)
    await page.getByRole('tab', { name: w.overview }).waitFor()
    await accessible()
    await page.getByRole('tab', { name: w.members }).click()
    await page.getByRole('button', { name: w.add }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel(w.person).fill(engineer.name)
    await page.getByRole('option', { name: engineer.name }).click()
    await dialog.getByLabel(w.role).fill('engineer')
    await page
      .getByRole('option')
      .filter({ hasText: new RegExp(`^${w.engineer}`) })
      .click()
    await dialog.getByRole('button', { name: w.add }).click()
    const row = page.getByRole('row').filter({ hasText: engineer.name })
    await row.waitFor()
    await accessible()
    expect((await engineer.entity('project').list()).items.map(each => each.name)).toEqual(['云溪路站'])

    await row.getByRole('button', { name: w.actions }).click()
    await page.getByRole('menuitem', { name: w.end }).click()
    await dialog.getByRole('button', { name: w.end }).click()
    await dialog.waitFor({ state: 'detached' })
    const held = { filter: { user: { eq: engineer.user } } }
    expect((await pmo.entity('project_member').list(held)).items[0]?.to_on).not.toBeNull()
    calm()

    // Each tab has its address, so that it can be sent to somebody.
    await page.getByRole('tab', { name: w.plans }).click()
    await page.getByRole('link', { name: '总进度计划' }).waitFor()
    expect(new URL(page.url()).searchParams.get('tab')).toBe('plans')
    await page.reload()
    await page.getByRole('link', { name: w.import }).waitFor()
    await accessible()
    await page.getByRole('tab', { name: w.history }).click()
    await page.getByText('云溪路站').first().waitFor()
    calm()
    await close()
  })
})
