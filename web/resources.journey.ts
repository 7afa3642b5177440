// Too much asked of one crane: seen on the heat map, levelled as a proposal, accepted in part, seen in the Gantt, taken back.
import { type Person, type TestApp, testApp } from '@yingzao/platform/testing'
import { launchBrowser } from '@yingzao/platform/testing/browser'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { builtWeb, sit } from './testing/browse.ts'

let app: TestApp
let browser: Browser
let planner: Person
let project: string

beforeAll(async () => {
  app = await testApp({ web: builtWeb })
  browser = await launchBrowser()
  const pmo = await app.as('pmo')
  const made = await pmo.entity('project').create({
    name: '云溪路站',
    type: 'rail',
    company: app.company,
    start_on: '2026-03-02',
    finish_on: '2026-04-30',
  })
  project = made.id
  planner = await app.as('planner', { at: { kind: 'project', id: project }, name: '何清扬' })
})
afterAll(async () => {
  await browser?.close()
  await app?.close()
})

const emptyPlan = async (name: string) =>
  (await planner.entity<string>('plan').create({ name, project, start_on: '2026-03-02' })).id

/** A plan of its own, whose only crane is asked for nine days of lifting in the first week; `roof` needs no crane. */
async function overloaded(name: string) {
  const plan = await emptyPlan(name)
  const task = (title: string, days: number) => ({
    kind: 'task.add',
    task: { id: crypto.randomUUID(), name: title, kind: 'task', duration: days * 480, constraint: { type: 'asap' } },
  })
  const lifts = [task('钢构吊装', 3), task('楼板吊装', 2), task('墙板吊装', 4)]
  const roof = task('屋面吊装', 1)
  const crane = crypto.randomUUID()
  const edits = [
    ...lifts,
    roof,
    { kind: 'resource.add', resource: { id: crane, name: '塔吊 1', kind: 'work', maxUnits: 1 } },
    ...lifts.map(lift => ({
      kind: 'assignment.add',
      assignment: { id: crypto.randomUUID(), task: lift.task.id, resource: crane, units: 1 },
    })),
  ]
  await planner.entity('plan').run(plan, 'edit', { edits, base: 0 })
  const startOf = async (title: string) =>
    (await planner.entity('task').list({ filter: { plan: { eq: plan }, name: { eq: title } } })).items[0]?.start_on
  return { plan, roof: roof.task.id, startOf }
}

test('a planner levels an overloaded plan, takes a part of it, sees the dates and undoes', async () => {
  const { plan, startOf } = await overloaded('总进度计划')
  const { page, go, calm, accessible, close } = await sit(browser, app, planner)
  await go(`/schedule/plan/${plan}`)
  await page.getByRole('tab', { name: '资源', exact: true }).click()
  await page.getByText('1 种资源，1 处超载').waitFor()

  // Nine days of lifting in a week of five: too much, and it says which tasks.
  const cell = page.getByRole('button', { name: '塔吊 1，2026-03-02 起一周，负荷 180%，超载' }).first()
  await cell.focus()
  await page.keyboard.press('Enter')
  await page.getByRole('link', { name: '墙板吊装' }).waitFor()
  await expect.poll(() => page.locator('.yz-res-parts tbody tr').count()).toBe(3)
  await accessible()

  await page.getByText('资源平衡 ▲ 1').click()
  // Long enough that it is the planner who ends the search, on any machine.
  await page.getByText('2 分钟').click()
  await page.getByRole('button', { name: '计算方案' }).click()
  await page.getByText('正在寻找方案').first().waitFor()
  await page.getByRole('button', { name: '就用目前最好的' }).click()
  await page.getByText('已证明最优').waitFor()
  const consequence = page.locator('.yz-res-foot')
  await expect.poll(() => consequence.innerText()).toContain('采纳 2 / 2 项：2026-03-12 完工')
  await accessible()

  // Only one of the two moves: its consequence stands there before anything is written.
  await page.locator('.yz-res-moves tbody input[type=checkbox]').first().click()
  await expect.poll(() => consequence.innerText()).toContain('采纳 1 / 2 项')
  await expect.poll(() => consequence.innerText()).toContain('剩 1 处超载')
  const moved = await page.locator('.yz-res-moves tbody tr:not([data-out]) a').innerText()
  expect(await startOf(moved)).toBe('2026-03-02')
  await page.getByRole('button', { name: '采纳所选' }).click()
  await expect.poll(() => startOf(moved)).not.toBe('2026-03-02')
  const later = String(await startOf(moved))

  // The Gantt shows it; the history has it in one line; undo gives the old dates back.
  await page.getByRole('tab', { name: '横道图', exact: true }).click()
  await page.locator('[role=treegrid]').getByText(later).first().waitFor()
  await page.getByRole('button', { name: '修改记录' }).click()
  await page.getByText(/^资源平衡：移动 1 个任务/).waitFor()
  await page.getByRole('button', { name: '撤销我的上一次修改' }).click()
  await expect.poll(() => startOf(moved)).toBe('2026-03-02')
  calm()
  await close()
})

test('a proposal whose plan has changed meanwhile says so and is not accepted; cleared levelling is one edit', async () => {
  const { plan, roof, startOf } = await overloaded('调整计划')
  const { page, go, calm, close } = await sit(browser, app, planner, { lang: 'en' })
  await go(`/schedule/plan/${plan}?tab=resources`)
  await page.getByText('Levelling ▲ 1').click()
  await page.getByText('Long, 2 min').click()
  await page.getByRole('button', { name: 'Propose' }).click()
  await page.getByRole('button', { name: 'Take the best so far' }).click()
  await page.getByRole('button', { name: 'Accept selected' }).waitFor()
  const { revision = 0 } = (await planner.entity('plan').get(plan)) ?? {}
  const edit = { kind: 'task.set', id: roof, patch: { duration: 960 } }
  await planner.entity('plan').run(plan, 'edit', { edits: [edit], base: Number(revision) })
  await page.getByText('the proposal is out of date').waitFor()
  await expect.poll(() => page.getByRole('button', { name: 'Accept selected' }).isDisabled()).toBe(true)
  await page.getByRole('button', { name: 'Compute again' }).click()
  await page.getByRole('button', { name: 'Take the best so far' }).click()
  await page.getByText('Proved optimal').waitFor()
  await page.getByRole('button', { name: 'Accept selected' }).click()
  await page.getByText('1 resource, none overloaded.').waitFor()
  await page.getByRole('button', { name: 'Clear levelling' }).click()
  await page.getByText('1 resource, 1 overload on 1 of them.').waitFor()
  await expect.poll(() => startOf('墙板吊装')).toBe('2026-03-02')
  calm()
  await close()
})

test('a published plan gets another lift: levelling leaves every published start where people expect it', async () => {
  const { plan, roof, startOf } = await overloaded('已发布的计划')
  const { items: lifts } = await planner.entity('task').list({ filter: { plan: { eq: plan }, id: { ne: roof } } })
  const [first, second, third] = lifts.map(each => each.id)
  const follows = (from: string | undefined, to: string | undefined) => ({
    kind: 'link.add',
    link: { id: crypto.randomUUID(), from, to, type: 'FS', lag: { kind: 'working', minutes: 0 } },
  })
  const edits = [follows(first, second), follows(second, third)]
  await planner.entity('plan').run(plan, 'edit', { edits, base: 1 })
  const pmo = await app.as('pmo')
  await pmo.entity('plan').run(plan, 'publish', { name: '三月版' })
  const told = await Promise.all(['钢构吊装', '楼板吊装', '墙板吊装'].map(startOf))
  const [crane] = (await planner.entity('plan_resource').list({ filter: { plan: { eq: plan } } })).items
  const assignment = { id: crypto.randomUUID(), task: roof, resource: crane?.id, units: 1 }
  await planner.entity('plan').run(plan, 'edit', { edits: [{ kind: 'assignment.add', assignment }], base: 2 })

  const { page, go, calm, accessible, close } = await sit(browser, app, planner)
  await go(`/schedule/plan/${plan}?tab=resources`)
  await page.getByText('资源平衡 ▲ 1').click()
  await page.getByText('少动已发布的开始日期').click()
  await page.getByText('以发布版本“三月版”的开始日期为准').waitFor()
  await page.getByText('2 分钟').click()
  const propose = page.getByRole('button', { name: '计算方案' })
  await propose.focus()
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: '就用目前最好的' }).waitFor()
  // The keyboard stays where it was while the search runs.
  expect(await page.evaluate(() => document.activeElement?.textContent)).toContain('计算方案')
  await page.getByRole('button', { name: '就用目前最好的' }).click()
  const figure = page.locator('.yz-res-figures > div').filter({ hasText: '已发布日期变动' })
  // Of the roof the start was published too: it is the only one that moves.
  await expect.poll(() => figure.innerText()).toContain('0 → 1')
  await accessible()
  await page.getByRole('button', { name: '采纳所选' }).click()
  await expect.poll(() => startOf('屋面吊装')).toBe('2026-03-13')
  expect(await Promise.all(['钢构吊装', '楼板吊装', '墙板吊装'].map(startOf))).toEqual(told)
  calm()
  await close()
})

test('work asks for a welder: the sheet says who can weld, levelling who does it, undo gives the trade back', async () => {
  const plan = await emptyPlan('焊接计划')
  const weld = (name: string) => ({
    kind: 'task.add',
    task: { id: crypto.randomUUID(), name, kind: 'task', duration: 1440, constraint: { type: 'asap' } },
  })
  const welds = [weld('钢柱焊接'), weld('钢梁焊接')]
  const resource = (name: string) => ({
    kind: 'resource.add',
    resource: { id: crypto.randomUUID(), name, kind: 'work', maxUnits: 1 },
  })
  const [trade, li, wang] = [resource('焊工'), resource('李师傅'), resource('王师傅')]
  const assignments = welds.map(({ task }) => ({
    kind: 'assignment.add',
    assignment: { id: crypto.randomUUID(), task: task.id, resource: trade.resource.id, units: 1 },
  }))
  await planner.entity('plan').run(plan, 'edit', { edits: [trade, li, wang, ...welds, ...assignments], base: 0 })
  const doneBy = async () => {
    const { items } = await planner.entity('task_assignment').list({ filter: { plan: { eq: plan } } })
    return new Set(items.map(each => each.resource))
  }
  const { page, go, calm, accessible, close } = await sit(browser, app, planner)
  await go(`/schedule/plan/${plan}?tab=resources`)
  await page.getByText('资源表', { exact: true }).click()
  await page.getByRole('checkbox', { name: '“焊工”代表工种' }).click()
  await page.getByText('还没有人会').waitFor()
  for (const who of ['李师傅', '王师傅']) {
    await page.getByRole('textbox', { name: `“${who}”的工种、技能` }).fill('焊工、电工')
    await page.keyboard.press('Enter')
  }
  await page.getByText('会做的：李师傅、王师傅').waitFor()
  await accessible()

  await page.getByText('资源平衡', { exact: true }).click()
  await page.getByText('2 分钟').click()
  // A search that is ended midway leaves the plan as it was.
  const before = (await planner.entity('plan').get(plan)).revision
  await page.getByRole('button', { name: '计算方案' }).click()
  await page.getByRole('button', { name: '就用目前最好的' }).waitFor()
  await page.getByRole('button', { name: '取消' }).click()
  await page.getByText('正在寻找方案').first().waitFor({ state: 'detached' })
  expect((await planner.entity('plan').get(plan)).revision).toBe(before)
  await page.getByRole('button', { name: '计算方案' }).click()
  await page.getByRole('button', { name: '就用目前最好的' }).click()
  await page.getByText('由 李师傅 承担').waitFor()
  await page.getByText('由 王师傅 承担').waitFor()
  await page.getByRole('button', { name: '采纳所选' }).click()
  await expect.poll(doneBy).toEqual(new Set([li.resource.id, wang.resource.id]))
  await page.getByRole('button', { name: '撤销' }).click()
  await expect.poll(doneBy).toEqual(new Set([trade.resource.id]))
  // What they can do is a field of the list of resources, too.
  const [row] = (await planner.entity('plan_resource').list({ filter: { id: { eq: li.resource.id } } })).items
  expect(row?.skill).toBe('焊工、电工')
  calm()
  await close()
})

test('a plan without resources says where they come from; a phone shows the load', async () => {
  const bare = await emptyPlan('备选计划')
  const { plan } = await overloaded('手机上的计划')
  const { page, go, calm, close } = await sit(browser, app, planner, { phone: true, dark: true })
  await go(`/schedule/plan/${bare}?tab=resources`)
  await page.getByText('这份计划还没有资源分配').waitFor()
  await page.getByRole('link', { name: '打开横道图' }).waitFor()
  await go(`/schedule/plan/${plan}?tab=resources`)
  await page
    .getByRole('button', { name: /^塔吊 1，2026-03-02 起一周/ })
    .first()
    .waitFor()
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
  calm()
  await close()
})
