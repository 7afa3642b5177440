// One surveyor, two sites, the same week: both plans levelled together, the weightier one first, taken and taken back by plan.
import { type Person, type TestApp, testApp } from '@yingzao/platform/testing'
import { launchBrowser } from '@yingzao/platform/testing/browser'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { builtWeb, sit } from './testing/browse.ts'

let app: TestApp
let browser: Browser
let pmo: Person

beforeAll(async () => {
  app = await testApp({ web: builtWeb })
  browser = await launchBrowser()
  pmo = await app.as('pmo')
})
afterAll(async () => {
  await browser?.close()
  await app?.close()
})

/** A site whose only task is five days of one surveyor, from Monday 2 March; due on the Friday. */
async function site(name: string, surveyor: Person['user']) {
  const project = await pmo
    .entity('project')
    .create({ name, type: 'rail', company: app.company, start_on: '2026-03-02', finish_on: '2026-03-06' })
  const plan = await pmo
    .entity<string>('plan')
    .create({ name: `${name}计划`, project: project.id, start_on: '2026-03-02' })
  const [task, resource] = [crypto.randomUUID(), crypto.randomUUID()]
  await pmo.entity('plan').run(plan.id, 'edit', {
    base: 0,
    edits: [
      {
        kind: 'task.add',
        task: { id: task, name: `${name}放线`, kind: 'task', duration: 2400, constraint: { type: 'asap' } },
      },
      { kind: 'resource.add', resource: { id: resource, name: '测量员', kind: 'work', maxUnits: 1 } },
      { kind: 'assignment.add', assignment: { id: crypto.randomUUID(), task, resource, units: 1 } },
    ],
  })
  const row = await pmo.entity('plan_resource').get(resource)
  await pmo.entity('plan_resource').patch(resource, row.version, { user: surveyor })
  const startOf = async () => (await pmo.entity('task').get(task)).start_on
  return { project: project.id, plan: plan.id, startOf }
}

test('the PMO levels two sites over their one surveyor; the more important one keeps its week; each is undone by itself', async () => {
  const surveyor = await app.as('engineer', { name: '林测量' })
  const [east, west] = [await site('东站', surveyor.user), await site('西站', surveyor.user)]
  const { page, go, calm, accessible, close } = await sit(browser, app, pmo)
  await go('/schedule/load')
  await page.getByText('一起平衡', { exact: true }).click()
  await page.getByText('共用 1 人').waitFor()
  // The western site matters most.
  await page.getByRole('combobox', { name: '“西站”的优先级' }).click()
  await page.getByText('最高（8）').click()
  await accessible()

  await page.getByText('2 分钟').click()
  const propose = page.getByRole('button', { name: '计算方案' })
  await propose.focus()
  await page.keyboard.press('Enter')
  await page.getByText('正在寻找方案').first().waitFor()
  // The keyboard stays where it was while the search runs.
  expect(await page.evaluate(() => document.activeElement?.textContent)).toContain('计算方案')
  await page.getByRole('button', { name: '就用目前最好的' }).click()
  const foot = page.locator('.yz-res-foot')
  await expect.poll(() => foot.innerText()).toContain('采纳 1 份计划的 1 项')
  await expect.poll(() => foot.innerText()).toContain('共用资源剩 0 处超载')
  await page.getByRole('button', { name: '1 个任务 · 东站' }).click()
  await page.getByText('西站：西站放线').waitFor()
  await accessible()

  // Without that move the surveyor would still be asked for twice, and it says so.
  await page.getByRole('checkbox', { name: '采纳“东站”的全部移动' }).click()
  await page.getByText('共用资源仍超载').waitFor()
  await page.getByText('▲ 林测量').waitFor()
  await page.getByRole('checkbox', { name: '采纳“东站”的全部移动' }).click()
  expect(await east.startOf()).toBe('2026-03-02')
  await page.getByRole('button', { name: '采纳所选' }).click()
  await expect.poll(east.startOf).toBe('2026-03-09')
  expect(await west.startOf()).toBe('2026-03-02')

  await page.getByRole('button', { name: '撤销“东站”' }).click()
  await expect.poll(east.startOf).toBe('2026-03-02')
  await page.getByText('已撤销', { exact: true }).waitFor()
  calm()
  await close()
})

test('what a planner may not edit stays, its people count; on a phone, in English', async () => {
  const surveyor = await app.as('engineer', { name: 'Lin' })
  const [north, south] = [await site('北站', surveyor.user), await site('南站', surveyor.user)]
  const planner = await app.as('planner', { at: { kind: 'project', id: north.project } })
  const administrator = await app.as('administrator')
  const [observer] = (await administrator.entity('role').list({ filter: { code: { eq: 'observer' } } })).items
  if (!observer) throw new Error('no observer')
  await administrator
    .entity('role_holding')
    .create({ user: planner.user, role: observer.id, at_kind: 'project', at_id: south.project })
  const { page, go, calm, accessible, close } = await sit(browser, app, planner, { lang: 'en', phone: true })
  await go('/schedule/load')
  await page.getByText('Level together', { exact: true }).click()
  await page.getByText('Not yours to edit').waitFor()
  await page.getByText('Long, 2 min').click()
  await page.getByRole('button', { name: 'Propose' }).click()
  await page.getByRole('button', { name: 'Take the best so far' }).click()
  await page.getByRole('button', { name: '1 task · 北站' }).click()
  await page.getByText('南站放线 of 南站').waitFor()
  await accessible()
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
  await page.getByRole('button', { name: 'Accept selected' }).click()
  await expect.poll(north.startOf).toBe('2026-03-09')
  expect(await south.startOf()).toBe('2026-03-02')
  calm()
  await close()
})
