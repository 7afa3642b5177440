// Approval in the browser: two taps on the phone, the trail beside the document, a flow drawn, tried and published as cards.
import { newId } from '@yingzao/platform/client'
import { type Person, type TestApp, testApp } from '@yingzao/platform/testing'
import { launchBrowser } from '@yingzao/platform/testing/browser'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { builtWeb, sit } from './testing/browse.ts'

let app: TestApp
let browser: Browser
let pmo: Person
let manager: Person
let finance: Person

beforeAll(async () => {
  app = await testApp({ web: builtWeb })
  browser = await launchBrowser()
  pmo = await app.as('pmo', { name: '沈知行' })
  manager = await app.as('project_manager', { name: '江一帆' })
  finance = await app.as('finance', { name: '顾惠敏' })
})
afterAll(async () => {
  await browser?.close()
  await app?.close()
})

async function requested(amount: `${number}`) {
  const name = `立项 ${newId().slice(-6)}`
  const project = await pmo.entity('project').create({
    name: `项目 ${name}`,
    type: 'rail',
    company: app.company,
    manager: manager.user,
    contract_amount: amount,
  })
  const gate = await manager
    .entity('project_gate')
    .create({ name, project: project.id, gate: 'approve_start', reason: '合同已签订' })
  await manager.entity('project_gate').run(gate.id, 'submit')
  return { name, gate: gate.id, project: project.id }
}
const stateOf = async (gate: string) => (await manager.entity('project_gate').get(gate)).state

test('on a phone the to-do is approved in two taps, and the next sees who said what', async () => {
  const { name, gate, project } = await requested('800000.00')
  const starter = await sit(browser, app, manager)
  await starter.go(`/project/project_gate/${gate}`)
  await starter.page.getByRole('button', { name: '催办' }).click()
  await starter.said('催办')
  starter.calm()
  await starter.close()

  // He is told, and from there finds the way to his to-do.
  const phone = await sit(browser, app, pmo, { phone: true })
  await phone.go('/inbox')
  await phone.page.getByRole('link', { name: `关口申请“${name}”（合同额（含税） 800,000.00）仍在等您审批` }).waitFor()
  await phone.accessible()
  await phone.go('/approval/inbox')
  const row = phone.page.getByRole('listitem').filter({ hasText: name })
  await phone.accessible()
  await row.getByRole('button', { name: `同意“${name}”` }).tap()
  const dialog = phone.page.getByRole('dialog')
  await dialog.waitFor()
  await phone.accessible()
  await dialog.getByRole('button', { name: '同意', exact: true }).tap()
  await row.waitFor({ state: 'detached' })
  expect(await stateOf(gate)).toBe('pending')
  phone.calm()
  await phone.close()

  const desk = await sit(browser, app, finance)
  await desk.go(`/project/project_gate/${gate}`)
  const trail = desk.page.getByRole('tabpanel').filter({ hasText: '财务会签' })
  await trail.getByText('沈知行').first().waitFor()
  await trail.getByRole('button', { name: '流程图' }).click()
  const diagram = desk.page.getByRole('dialog')
  await diagram.locator('[data-drawn]').waitFor()
  expect(await diagram.locator('.djs-shape.yz-now').getAttribute('data-element-id')).toBe('task_finance')
  expect(await diagram.locator('[data-element-id="task_office"].yz-done').count()).toBe(1)
  // Start, split, the approved branch and the one that is asked: each way into them is behind it.
  expect(await diagram.locator('.djs-connection.yz-done').count()).toBe(3)
  expect(await diagram.getByTitle('Powered by bpmn.io').isVisible()).toBe(true)
  await desk.accessible()
  await diagram.locator('.ant-modal-close').click()
  await diagram.waitFor({ state: 'hidden' })
  await desk.accessible()
  await desk.page.getByRole('button', { name: '同意', exact: true }).click()
  const asked = desk.page.getByRole('dialog')
  await asked.getByLabel('意见').fill('资金已落实')
  await asked.getByRole('button', { name: '填入：已核对，无误' }).click()
  await desk.accessible()
  await asked.getByRole('button', { name: '同意', exact: true }).click()
  await trail.getByText('资金已落实；已核对，无误').waitFor()
  expect(await stateOf(gate)).toBe('effective')
  expect((await pmo.entity('project').get(project)).stage).toBe('ready')
  desk.calm()
  await desk.close()
})

test('on a phone a step that must be signed is signed with a finger, and everybody sees the signature', async () => {
  const administrator = await app.as('administrator')
  const flows = administrator.entity('approval_flow')
  const label = { zh: '签批', en: 'Sign' }
  const content = {
    ...{ name: 'project_gate', label },
    root: { is: 'step', name: 'sign', label, who: { users: [pmo.user] }, sign: true },
  }
  const made = await flows.create({ name: 'project_gate', entity: 'project_gate', content })
  await flows.run(made.id, 'publish')
  const { name, gate } = await requested('3.00')
  await flows.run(made.id, 'retire')
  const phone = await sit(browser, app, pmo, { phone: true })
  await phone.go('/approval/inbox')
  await phone.page.getByRole('button', { name: `同意“${name}”` }).tap()
  const dialog = phone.page.getByRole('dialog')
  await dialog.getByRole('button', { name: '同意', exact: true }).tap()
  await dialog.getByText('请填写').waitFor()
  const box = await dialog.getByRole('img', { name: '在框内签名' }).boundingBox()
  if (!box) throw new Error('a pad that is there has a place')
  const { mouse } = phone.page
  await mouse.move(box.x + 40, box.y + 90)
  await mouse.down()
  for (let at = 1; at <= 12; at++) await mouse.move(box.x + 40 + at * 14, box.y + 90 + (at % 2 ? -30 : 20))
  await mouse.up()
  await dialog.getByRole('button', { name: '完成签名' }).tap()
  await dialog.getByRole('img', { name: '签名' }).waitFor()
  await phone.accessible()
  await dialog.getByRole('button', { name: '同意', exact: true }).tap()
  await dialog.waitFor({ state: 'hidden' })
  phone.calm()
  await phone.close()

  const desk = await sit(browser, app, manager, { dark: true })
  await desk.go(`/project/project_gate/${gate}`)
  const signature = desk.page.getByRole('img', { name: '沈知行 的签名' })
  await expect.poll(() => signature.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBeGreaterThan(300)
  await desk.accessible()
  expect(await stateOf(gate)).toBe('effective')
  desk.calm()
  await desk.close()
})

test('several are approved together, in English and dark on a phone, and one that cannot be says why', async () => {
  const made = [await requested('1.00'), await requested('2.00')]
  const late = await requested('3.00')
  const at = { lang: 'en', dark: true, phone: true, expects: [403, 409, 422] } as const
  const { page, go, calm, accessible, close } = await sit(browser, app, pmo, at)
  await go('/approval/inbox')
  for (const { name } of [...made, late]) await page.getByRole('checkbox', { name: `Select “${name}”` }).check()
  await page.getByRole('button', { name: 'Approve 3' }).click()
  const dialog = page.getByRole('dialog')
  await accessible()
  await manager.entity('project_gate').run(late.gate, 'withdraw')
  await dialog.getByRole('button', { name: 'Approve 3' }).click()
  await dialog.getByText('1 could not be approved').waitFor()
  expect(await dialog.getByText('Approved', { exact: true }).count()).toBe(2)
  await accessible()
  await dialog.getByRole('button', { name: 'Close' }).last().click()
  await dialog.waitFor({ state: 'hidden' })
  for (const { name } of made)
    await page.locator('.yz-box').getByRole('listitem').filter({ hasText: name }).waitFor({ state: 'detached' })
  await page.getByRole('tab', { name: 'Done' }).click()
  for (const { name } of made) await page.getByRole('link', { name }).waitFor()
  calm()
  await close()
})

test('an administrator draws a flow as cards, asks who would approve, and publishes it', async () => {
  const administrator = await app.as('administrator')
  const { page, go, said, calm, accessible, close } = await sit(browser, app, administrator)
  await go('/approval/flows')
  await page.getByRole('button', { name: '设计 项目关口审批' }).click()
  await page.getByRole('button', { name: /总经理审批/ }).waitFor()
  await accessible()
  await page.getByRole('button', { name: '在此添加' }).last().click()
  await page.getByRole('menuitem', { name: '审批人' }).click()
  const drawer = page.getByRole('dialog')
  await drawer.getByLabel('名称（中文）').fill('董事会备案')
  await page.getByRole('button', { name: /董事会备案/ }).waitFor()
  await drawer.locator('.ant-drawer-close').click()
  await drawer.waitFor({ state: 'hidden' })
  // Beside the tree: one more over a limit, and who gets a copy at the end.
  await page.getByRole('button', { name: '加一位审批人' }).click()
  await drawer.getByLabel('名称（中文）').fill('超限额加审')
  await drawer.locator('.ant-drawer-close').click()
  await drawer.waitFor({ state: 'hidden' })
  await page.getByRole('button', { name: /超限额加审/ }).waitFor()
  await page.getByRole('button', { name: '通过后抄送', exact: true }).click()
  await drawer.waitFor()
  await accessible()
  await drawer.locator('.ant-drawer-close').click()
  await drawer.waitFor({ state: 'hidden' })
  await page.getByText('流程图', { exact: true }).click()
  await page.locator('[data-drawn] [data-element-id^="task_step"]').waitFor()
  await accessible()
  await page.getByText('卡片', { exact: true }).click()
  await page.getByRole('button', { name: '试算', exact: true }).click()
  await page
    .getByRole('status')
    .getByText('董事会备案')
    .or(page.getByText(/将找不到审批人/))
    .first()
    .waitFor()
  await page.getByRole('button', { name: '发布', exact: true }).click()
  await said('已发布')
  const flows = await administrator.perform<{ flows: { published: { id: string } | null }[] }>('approval.flows')
  expect(flows.flows[0]?.published).not.toBeNull()
  const id = flows.flows[0]?.published?.id ?? ''
  const { content } = await administrator.entity('approval_flow').get(id)
  expect(content).toMatchObject({ escalation: { label: { zh: '超限额加审' } }, copies: [{ role: expect.any(String) }] })
  await administrator.entity('approval_flow').run(id, 'retire')
  calm()
  await close()
})

test('on a phone a flow is drawn as cards, too, its conditions in words', async () => {
  const desk = await sit(browser, app, await app.as('administrator'), { phone: true })
  const { page } = desk
  await desk.go('/approval/flows')
  await page.getByRole('listitem').filter({ hasText: '合同审批' }).getByRole('button').click()
  const card = page.getByRole('button', { name: '项目经理' }).first()
  await card.waitFor()
  const seen = await card.boundingBox()
  expect(seen && seen.x >= 0 && seen.x + seen.width <= 390 && seen.y < 844).toBe(true)
  await page.getByText('法务会签').first().waitFor()
  desk.calm()
  await desk.close()
})
