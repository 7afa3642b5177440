// Rights in the administrator's own screen: a field granted, a colleague sees it at once, taken back; appointed and ended; asked why.
import { type Person, type TestApp, testApp } from '@yingzao/platform/testing'
import { launchBrowser } from '@yingzao/platform/testing/browser'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { builtWeb, sit } from './testing/browse.ts'

let app: TestApp
let browser: Browser
let administrator: Person
let planner: Person
let metro: string

beforeAll(async () => {
  app = await testApp({ web: builtWeb })
  browser = await launchBrowser()
  administrator = await app.as('administrator', { name: '罗亚东' })
  planner = await app.as('planner', { name: '何清扬' })
  const pmo = await app.as('pmo')
  const made = await pmo.entity('project').create({
    name: '云溪路站',
    type: 'rail',
    company: app.company,
    contract_amount: '386500000.00',
  })
  metro = made.id
})
afterAll(async () => {
  await browser?.close()
  await app?.close()
})

const words = {
  zh: {
    planner: '计划工程师',
    observer: '观察者',
    details: '项目 的授权明细',
    group: '合同额（含税） 等 3 项',
    read: '查看',
    close: '关闭',
    saveOne: '保存 1 处修改',
    affects: '立即影响现任 1 人，可撤销。',
    change: '合同额（含税） 等 3 项：隐藏 → 查看',
    save: /^保\s?存$/,
    changed: '已改',
    shipped: '恢复出厂',
    holders: '任职人员',
    appoint: /^任\s?命$/,
    person: '人员',
    place: '任职单位',
    atCompany: '测试集团',
    end: /^到\s?期$/,
    endNow: '立即免去',
    undo: /^撤\s?销$/,
    rights: '权限',
    why: '查某人的权限',
    entity: '对象',
    project: '项目',
    record: '记录（不选则看整体）',
    via: '计划工程师 · 测试集团 · 范围：全部',
    none: '所任角色都没有此项授权',
    readGrant: '授权：修改',
    grants: '系统管理员',
    loses: '您将失去修改授权的权限',
    anyway: '我知道，仍然保存',
    last: '将没有人能再管理权限',
  },
  en: {
    planner: 'Planner',
    observer: 'Observer',
    details: 'Details of Project',
    group: 'Contract sum (gross) and others, 3 in all',
    read: 'Read',
    close: 'Close',
    saveOne: 'Save 1 change',
    affects: 'This reaches 1 person at once and can be undone.',
    change: 'Contract sum (gross) and others, 3 in all: Hidden → Read',
    save: 'Save',
    changed: 'Changed',
    shipped: 'Back to shipped',
    holders: 'Who holds it',
    appoint: 'Appoint',
    person: 'Person',
    place: 'Place',
    atCompany: '测试集团',
    end: 'End',
    endNow: 'Remove now',
    undo: 'Undo',
    rights: 'Rights',
    why: 'What somebody may do',
    entity: 'Entity',
    project: 'Project',
    record: 'Record (empty: in general)',
    via: 'Planner · 测试集团 · scope: All',
    none: 'No role of this person grants it',
    readGrant: 'Grant: Edit',
    grants: 'Administrator',
    loses: 'You lose the right to change grants',
    anyway: 'I understand, save it',
    last: 'nobody could administer rights',
  },
} as const

describe.each(['zh', 'en'] as const)('in %s', lang => {
  const w = words[lang]

  test('a field is granted, the colleague sees it at once; back to shipped he does not', async () => {
    const desk = await sit(browser, app, administrator, { lang })
    const other = await sit(browser, app, planner, { lang })
    await other.go(`/project/project/${metro}`)
    await other.page.getByRole('heading', { level: 1, name: '云溪路站' }).waitFor()
    expect(await other.page.getByText('386,500,000.00').count()).toBe(0)

    const { page } = desk
    const row = (mark: string) =>
      page
        .getByRole('row')
        .filter({ has: page.getByRole('button', { name: w.details, exact: true }) })
        .getByText(mark)
    await desk.go('/organisation/rights')
    await desk.accessible()
    await page.getByRole('link', { name: w.planner, exact: true }).click()
    await page.getByRole('table').waitFor()
    await desk.accessible()
    await page.getByRole('button', { name: w.details, exact: true }).click()
    await page.getByRole('combobox', { name: w.group, exact: true }).click()
    await page.locator('.ant-select-dropdown:visible').getByTitle(w.read, { exact: true }).click()
    await desk.accessible()
    await page.getByRole('button', { name: w.close, exact: true }).click()
    await page.getByRole('button', { name: w.saveOne }).click()
    const sure = page.getByRole('dialog')
    await sure.getByText(w.affects).waitFor()
    await sure.getByText(w.change).waitFor()
    await sure.getByRole('button', { name: w.save }).click()
    await row(w.changed).waitFor()

    await other.go(`/project/project/${metro}`)
    await other.page.getByText('386,500,000.00').waitFor()

    await page.getByRole('button', { name: w.details, exact: true }).click()
    await page.getByRole('button', { name: w.shipped }).click()
    await page.getByRole('button', { name: w.close, exact: true }).click()
    await page.getByRole('button', { name: w.saveOne }).click()
    await page.getByRole('dialog').getByRole('button', { name: w.save }).click()
    await row(w.changed).waitFor({ state: 'detached' })
    await other.go(`/project/project/${metro}`)
    await other.page.getByRole('heading', { level: 1, name: '云溪路站' }).waitFor()
    expect(await other.page.getByText('386,500,000.00').count()).toBe(0)
    desk.calm()
    other.calm()
    await desk.close()
    await other.close()
  })

  test('somebody is appointed and ended, and the end is undone', async () => {
    const name = `田静 ${lang}`
    await app.as(undefined, { name })
    const { page, go, accessible, calm, close } = await sit(browser, app, administrator, { lang })
    await go('/organisation/rights')
    await page.getByRole('link', { name: w.observer, exact: true }).click()
    await page.getByRole('tab', { name: w.holders }).click()
    await page.getByRole('button', { name: w.appoint }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel(w.person, { exact: true }).fill(name)
    await page.getByRole('option', { name }).click()
    await dialog.getByLabel(w.place, { exact: true }).fill('测试')
    await page.getByRole('option', { name: w.atCompany }).click()
    await accessible()
    await dialog.getByRole('button', { name: w.appoint }).click()
    const row = page.getByRole('row', { name: new RegExp(name) })
    await row.waitFor()
    await row.getByRole('button', { name: w.end }).click()
    await page.getByRole('dialog').getByRole('button', { name: w.endNow }).click()
    // The notice stays while the pointer is on it.
    await page.getByRole('button', { name: w.undo }).hover()
    await row.waitFor({ state: 'detached' })
    await page.getByRole('button', { name: w.undo }).click()
    await row.waitFor()
    calm()
    await close()
  })

  test('why somebody may: the role, the place and the scope that give it', async () => {
    const { page, go, accessible, calm, close } = await sit(browser, app, administrator, { lang })
    await go('/organisation/rights')
    await page.getByRole('tab', { name: w.why }).click()
    await page.getByLabel(w.person, { exact: true }).fill('何清扬')
    await page.getByRole('option', { name: '何清扬' }).click()
    await page.getByLabel(w.entity, { exact: true }).fill(w.project)
    await page.locator('.ant-select-dropdown:visible').getByTitle(w.project, { exact: true }).last().click()
    await page.getByLabel(w.record).fill('云溪')
    await page.getByRole('option', { name: '云溪路站' }).click()
    await page.getByText(w.via).first().waitFor()
    await page.getByText(w.none).first().waitFor()
    await accessible()
    calm()
    await close()
  })

  test('taking one’s own right away is asked about, and the last administrator cannot', async () => {
    const { page, go, calm, said, close } = await sit(browser, app, administrator, {
      lang,
      expects: [409, 422, 403, 400],
    })
    await go('/organisation/rights')
    await page.getByRole('link', { name: w.grants, exact: true }).click()
    await page.getByRole('checkbox', { name: w.readGrant, exact: true }).uncheck()
    await page.getByRole('button', { name: w.saveOne }).click()
    await page.getByRole('dialog', { name: w.loses }).waitFor()
    await page.getByRole('dialog').getByRole('button', { name: w.anyway }).click()
    await said(w.last)
    calm()
    await close()
  })
})
