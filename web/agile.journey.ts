// A team at work: backlog ranked and estimated, a sprint started and closed, cards moved to a limit, the plan told; by phone too.
import { asId } from '@yingzao/kernel/entity'
import { agileBoard } from '@yingzao/modules/agile/board.entity'
import { sprint } from '@yingzao/modules/agile/sprint.entity'
import { workItem } from '@yingzao/modules/agile/work-item.entity'
import { project } from '@yingzao/modules/project/project.entity'
import { plan } from '@yingzao/modules/schedule/plan.entity'
import { task } from '@yingzao/modules/schedule/task.entity'
import { newId } from '@yingzao/platform/client'
import { type Person, type TestApp, testApp } from '@yingzao/platform/testing'
import { launchBrowser } from '@yingzao/platform/testing/browser'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { builtWeb, sit } from './testing/browse.ts'

let app: TestApp
let browser: Browser
let pmo: Person
beforeAll(async () => {
  app = await testApp({ web: builtWeb })
  browser = await launchBrowser()
  pmo = await app.as('pmo', { name: '沈知行' })
})
afterAll(async () => {
  await browser?.close()
  await app?.close()
})

const day = (from: number) =>
  new Date(Date.now() + from * 86_400_000).toISOString().slice(0, 10) as `${number}-${number}-${number}`

/** A project with a board, a sprint to come and some items, made for one journey. */
async function team(titles: readonly string[]) {
  const made = await pmo
    .entity(project)
    .create({ name: `ERP 升级 ${newId().slice(-4)}`, short_name: 'ERP', type: 'software', company: app.company })
  const lead = await app.as('project_manager', { at: { kind: 'project', id: made.id }, name: '江一帆' })
  const items = []
  for (const title of titles) items.push(await lead.entity(workItem).create({ title, project: made.id, estimate: '3' }))
  const board = (await lead.entity(agileBoard).list({ filter: { project: { eq: made.id } } })).items[0]
  const next = await lead
    .entity(sprint)
    .create({ name: '迭代 1', project: made.id, start_on: day(-1), finish_on: day(12), capacity: '8' })
  return { project: made.id, lead, items, board: board?.id ?? '', boardVersion: board?.version ?? 0, sprint: next }
}

const part = (page: Page, name: string) => page.getByRole('region', { name, exact: true })
const titles = (page: Page, name: string) => part(page, name).locator('.yz-backlog-title').allTextContents()
const lane = (page: Page, name: string) => page.locator('.yz-lane').filter({ has: page.getByRole('heading', { name }) })
/** A card shows where it goes before the server knows; only then it goes on from there. */
const settled = (page: Page) => expect.poll(() => page.locator('.yz-tr-busy').count()).toBe(0)
const cards = (page: Page, name: string) => lane(page, name).locator('.yz-board-title').allTextContents()

test('the backlog is ranked by mouse and keys, estimated in place and planned into a sprint that is then played through', async () => {
  const { lead, items, board, boardVersion, sprint: next, project: of } = await team(['总账', '凭证', '报表'])
  const { page, go, calm, accessible, said, close } = await sit(browser, app, lead, { expects: [422] })
  await go(`/agile/agile_board/${board}?tab=backlog`)
  await expect.poll(() => titles(page, '待办列表')).toEqual(['总账', '凭证', '报表'])
  await page.getByRole('link', { name: '报表' }).focus()
  await page.keyboard.press('Alt+ArrowUp')
  await expect.poll(() => titles(page, '待办列表')).toEqual(['总账', '报表', '凭证'])
  await expect
    .poll(async () =>
      (await lead.entity(workItem).list({ filter: { project: { eq: of } }, sort: ['rank'] })).items.map(
        each => each.title,
      ),
    )
    .toEqual(['总账', '报表', '凭证'])

  await page.getByRole('button', { name: '估算 总账：3 点' }).click()
  await page.getByRole('textbox', { name: '总账 的点数' }).fill('8')
  await page.keyboard.press('Enter')
  await expect.poll(async () => (await lead.entity(workItem).get(items[0]?.id ?? '')).estimate).toBe('8.0')

  await page.locator('.yz-backlog-row', { hasText: '总账' }).dragTo(part(page, '迭代 1').locator('.yz-backlog-none'))
  await expect.poll(() => titles(page, '迭代 1')).toEqual(['总账'])
  await page.getByRole('checkbox', { name: '选择 报表' }).check()
  await page.getByRole('button', { name: /^移 ?到$/ }).click()
  await page.getByRole('menuitem', { name: '迭代 1' }).click()
  await expect.poll(() => titles(page, '迭代 1')).toEqual(['总账', '报表'])
  await part(page, '迭代 1').getByText('超过容量 8').waitFor()
  await part(page, '迭代 1').getByRole('textbox', { name: '在“迭代 1”添加工作项' }).fill('对账')
  await page.keyboard.press('Enter')
  await expect.poll(() => titles(page, '迭代 1')).toEqual(['总账', '报表', '对账'])
  await accessible()

  // The limit that the team set is kept by the server, and seen on the board.
  await lead.entity(agileBoard).patch(board, boardVersion, { doing_limit: 1, beyond_limit: 'refuse' })
  for (const title of ['总账', '报表']) {
    const found = await lead.entity(workItem).list({ filter: { project: { eq: of }, title: { eq: title } } })
    await lead.entity(workItem).run(found.items[0]?.id ?? '', 'make_ready')
  }
  await lead.entity(sprint).run(next.id, 'start')
  await go(`/agile/agile_board/${board}`)
  await expect.poll(() => cards(page, '就绪')).toEqual(['总账', '报表'])
  await page.getByText('总账').dragTo(lane(page, '进行中').locator('.yz-lane-cards'))
  await expect.poll(() => cards(page, '进行中')).toEqual(['总账'])
  await settled(page)
  await lane(page, '进行中').getByText('1 项，上限 1').waitFor({ state: 'attached' })
  await page.getByRole('link', { name: '报表' }).focus()
  await page.keyboard.press('Alt+ArrowRight')
  await said('“进行中”上限为 1 项，现在已有 1 项')
  await expect.poll(() => cards(page, '就绪')).toEqual(['报表'])
  await settled(page)
  await accessible()

  await page.getByRole('link', { name: '总账' }).focus()
  await page.keyboard.press('Alt+ArrowRight')
  await expect.poll(() => cards(page, '评审')).toEqual(['总账'])
  await settled(page)
  await page.getByRole('link', { name: '总账' }).focus()
  await page.keyboard.press('Alt+ArrowRight')
  await expect.poll(() => cards(page, '完成')).toEqual(['总账'])

  await expect.poll(async () => (await lead.entity(workItem).get(items[0]?.id ?? '')).stage).toBe('done')
  await go(`/agile/sprint/${next.id}?tab=burn`)
  await page.getByRole('img', { name: '承诺 11 点，剩余 3 点' }).waitFor()
  await accessible()
  await page
    .getByRole('button', { name: /^关闭迭代$/ })
    .first()
    .click()
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^关闭迭代$/ })
    .click()
  await expect.poll(async () => (await lead.entity(sprint).get(next.id)).stage).toBe('closed')
  expect(await lead.entity(sprint).get(next.id)).toMatchObject({ committed: '11.0', completed: '8.0' })

  await go(`/agile/agile_board/${board}?tab=flow`)
  await page.getByText('历史只有 0 周').waitFor()
  await page.getByRole('img', { name: /累积|各阶段/ }).waitFor()
  await accessible()
  calm()
  await close()
})

test('a finding of the retrospective becomes an item; the plan is told of an epic, and takes it back', async () => {
  const { lead, project: of, board, sprint: next } = await team(['总账'])
  const made = await lead.entity(plan).create({ name: '总计划', project: of, start_on: day(-20) })
  const build = { id: newId(), name: '财务开发', kind: 'task', duration: 48_000, constraint: { type: 'asap' } }
  await lead.entity(plan).run(made.id, 'edit', { base: 0, edits: [{ kind: 'task.add', task: build }] })
  const epic = await lead
    .entity(workItem)
    .create({ title: '财务', kind: 'epic', project: of, plan_task: asId('task', build.id) })
  for (const title of ['付款', '收款']) {
    const item = await lead.entity(workItem).create({ title, project: of, parent: epic.id, estimate: '5' })
    if (title === '付款') for (const verb of ['begin', 'finish']) await lead.entity(workItem).run(item.id, verb)
  }
  const { page, go, calm, accessible, close } = await sit(browser, app, lead)
  await go(`/agile/sprint/${next.id}?tab=review`)
  await page.getByRole('textbox', { name: '在“要改进”添加一条' }).fill('评审等太久')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: '转为行动项' }).click()
  await page.getByRole('dialog').getByRole('textbox', { name: '行动' }).fill('每天固定评审')
  await page.getByRole('dialog').getByRole('button', { name: '转为行动项' }).click()
  await page.getByRole('link', { name: '每天固定评审' }).waitFor()
  await accessible()

  await go(`/agile/agile_board/${board}?tab=plan`)
  await page.getByText('→ 50%').waitFor()
  await accessible()
  await page.getByRole('button', { name: '写入计划（1）' }).click()
  const percent = async () => (await lead.entity(task).get(build.id)).percent_complete
  await expect.poll(percent).toBe('50.00')
  await page.getByText('计划与看板一致').waitFor()
  await page.getByRole('button', { name: /^撤 ?销$/ }).click()
  await expect.poll(percent).toBeNull()
  await page.getByText('→ 50%').waitFor()
  calm()
  await close()
})

test('on a phone the backlog is ranked and the board played by menus, and the stand-up note is written', async () => {
  const { lead, items, board, sprint: next, project: of } = await team(['Ledger', 'Journal'])
  const [ledger] = items
  if (!ledger) throw new Error('no item')
  await lead.entity(workItem).patch(ledger.id, ledger.version, { sprint: next.id })
  await lead.entity(sprint).run(next.id, 'start')
  const { page, go, calm, accessible, close } = await sit(browser, app, lead, { phone: true, lang: 'en' })
  await go(`/agile/agile_board/${board}?tab=backlog`)
  await expect.poll(() => titles(page, '迭代 1')).toEqual(['Ledger'])
  await page.getByRole('button', { name: 'Move Journal' }).click()
  await page.getByRole('menuitem', { name: '迭代 1' }).click()
  await expect.poll(() => titles(page, '迭代 1')).toEqual(['Ledger', 'Journal'])
  await page.getByRole('button', { name: 'Move Journal' }).click()
  await page.getByRole('menuitem', { name: 'To the top' }).click()
  await expect.poll(() => titles(page, '迭代 1')).toEqual(['Journal', 'Ledger'])
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
  await accessible()

  await lead.entity(workItem).run(ledger.id, 'make_ready')
  await go(`/agile/agile_board/${board}`)
  await page.getByRole('button', { name: 'Move Ledger' }).click()
  await page.getByRole('menuitem', { name: 'In progress' }).click()
  await expect.poll(async () => (await lead.entity(workItem).get(ledger.id)).stage).toBe('doing')
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
  await accessible()

  await go(`/agile/sprint/${next.id}?tab=stand_up`)
  await page.getByRole('textbox', { name: 'Done since last time' }).fill('Chart of accounts')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect
    .poll(async () => (await lead.entity('stand_up').list({ filter: { project: { eq: of } } })).items[0]?.done_text)
    .toBe('Chart of accounts')
  await page.getByRole('definition').getByText('Chart of accounts').waitFor()
  await accessible()
  calm()
  await close()
})

test('a work item is offered the sprints of its own project only', async () => {
  const one = await team([])
  const other = await team([])
  await other.lead
    .entity(sprint)
    .create({ name: '别处的迭代', project: other.project, start_on: day(-1), finish_on: day(12) })
  const { page, go, calm, close } = await sit(browser, app, pmo)
  await go(`/agile/work_item/new?given=${encodeURIComponent(JSON.stringify({ project: one.project }))}`)
  await page.getByRole('combobox', { name: '迭代' }).click()
  await expect.poll(() => page.locator('.ant-select-item-option').allInnerTexts()).toEqual(['迭代 1'])
  calm()
  await close()
})
