// Pages that judge a plan: what they show of the demo's metro station is what the engines say of the same plan.
import { estimateDuration, planStanding, recordedCosts, WEEK } from '@yingzao/engines/earned-value'
import { checkQuality } from '@yingzao/engines/quality'
import { simulate } from '@yingzao/engines/risk'
import { compute, formatMinute, type Plan } from '@yingzao/engines/schedule'
import { plan as planEntity } from '@yingzao/modules/schedule/plan.entity'
import { revivedPlan } from '@yingzao/modules/schedule/revive'
import { type PlanRisk, readRisk, riskModel } from '@yingzao/modules/schedule/risk'
import { type Person, type TestApp, testApp } from '@yingzao/platform/testing'
import { launchBrowser } from '@yingzao/platform/testing/browser'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { builtWeb, sit } from './testing/browse.ts'
import { demo, peopleOf, stationOf } from './testing/demo.ts'

let app: TestApp
let browser: Browser
let pmo: Person
let boss: Person
let id: string
let plan: Plan

beforeAll(async () => {
  app = await testApp({ web: builtWeb, prepared: demo })
  browser = await launchBrowser()
  const as = await peopleOf(app)
  pmo = await as('pmo')
  boss = await as('boss')
  id = await stationOf(pmo)
  const loaded = await pmo.entity(planEntity).read<{ plan: Plan }>(id, 'load')
  plan = revivedPlan(loaded.plan)
}, 240_000)
afterAll(async () => {
  await browser?.close()
  await app?.close()
})

const day = (at: number) => formatMinute(Math.round(at)).slice(0, 10)

test('the boss sees how well the plan is built, and a finding leads to its task on the Gantt', async () => {
  const outcome = checkQuality(plan)
  if (!outcome.ok) throw new Error(outcome.error.code)
  const { score, checks } = outcome.quality
  const lags = checks.find(check => check.id === 'lags')
  const worst = lags?.findings[0]?.task
  const row = plan.tasks.findIndex(task => task.id === worst)
  expect(lags?.passed).toBe(false)

  const { page, go, calm, accessible, close } = await sit(browser, app, boss)
  await go(`/schedule/plan/${id}`)
  await page.getByRole('tab', { name: '计划质量' }).click()
  const score_ = page.locator('.yz-analysis-score')
  await score_.waitFor()
  expect(Number(await score_.innerText())).toBe(score)
  await expect.poll(() => page.locator('.yz-check').count()).toBe(14)
  expect(await page.locator('.yz-check .yz-tag-bad').count()).toBe(checks.filter(each => each.passed === false).length)
  await page.locator('summary', { hasText: '正延隔' }).click()
  await page.getByText(`${lags?.count} 个，共查 ${lags?.of} 个`).waitFor()
  await accessible()
  await page
    .getByRole('link', { name: plan.tasks[row]?.name ?? '', exact: true })
    .first()
    .click()
  const chosen = page.locator('.yzg-row[aria-selected="true"]')
  await expect.poll(() => chosen.innerText()).toContain(plan.tasks[row]?.name ?? '')
  expect(await chosen.innerText()).toContain(String(row + 1))
  calm()
  await close()
})

test('earned value says the figures of the engine; without a baseline it offers to set one', async () => {
  const computed = compute(plan)
  if (!computed.ok) throw new Error(computed.error.code)
  const outcome = planStanding(plan, computed.schedule, plan.options.statusDate ?? 0, recordedCosts(plan))
  if (!outcome.ok) throw new Error(outcome.error.code)
  const { standing } = outcome
  expect(standing.unit).toBe('cost')
  expect(standing.amounts.ac).not.toBeNull()
  const finish = day(standing.start + estimateDuration(standing.schedule).expected * WEEK)

  const { page, go, calm, accessible, close } = await sit(browser, app, boss, { lang: 'en', phone: true })
  await go(`/schedule/plan/${id}?tab=value`)
  const figure = (label: string) => page.locator('.yz-figures > div', { hasText: label }).locator('dd').first()
  await figure('Forecast finish').waitFor()
  expect(await figure('Forecast finish').innerText()).toBe(finish)
  const inThousands = (amount: string | null) =>
    `${new Intl.NumberFormat('en-US', { maximumFractionDigits: 1 }).format(Number(amount) / 1000)}k`
  expect(await figure('Earned value EV').innerText()).toBe(inThousands(standing.amounts.ev))
  expect(await figure('Actual cost AC').innerText()).toBe(inThousands(standing.amounts.ac))
  expect(await figure('SPI(t)').innerText()).toBe((standing.schedule.spit ?? 0).toFixed(2))
  await page.getByRole('img', { name: /^Planned value, earned value/ }).waitFor()
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
  await accessible()
  calm()
  await close()

  const bare = await pmo.entity(planEntity).create({
    name: '比选方案',
    project: (await pmo.entity(planEntity).get(id)).project,
    start_on: '2026-11-02',
    status_on: '2026-11-21',
  })
  const task = { id: crypto.randomUUID(), name: '土方开挖', kind: 'task', duration: 4800, constraint: { type: 'asap' } }
  await pmo.entity(planEntity).run(bare.id, 'edit', { base: 0, edits: [{ kind: 'task.add', task }] })
  const desk = await sit(browser, app, pmo)
  await desk.go(`/schedule/plan/${bare.id}?tab=value`)
  await desk.page.getByText('计划还没有基线').waitFor()
  const button = desk.page.locator('.yz-notice').getByRole('button', { name: '保存基线' })
  await button.click()
  await desk.page.getByRole('dialog').getByRole('button', { name: '保存基线' }).click()
  // No costs: working days stand in for money, and the page says so.
  await desk.page.getByText('计划里没有费用').waitFor()
  desk.calm()
  await desk.close()
})

test('a planner sees how sure the finish is, keeps other inputs with the plan, and computes again', async () => {
  const simulated = (risk: PlanRisk) => {
    const outcome = simulate(plan, riskModel(plan, risk), { iterations: risk.iterations, seed: risk.seed })
    if (!outcome.ok) throw new Error(outcome.error.code)
    return outcome.findings
  }
  const kept = async () => {
    const { risk, risk_costs } = await pmo.entity(planEntity).get(id)
    const read = readRisk(risk, risk_costs)
    if (!read.ok) throw new Error(read.where)
    return read.risk
  }
  const before = await kept()
  const p80 = (findings: ReturnType<typeof simulated>) => day(findings.finish.find(({ p }) => p === 0.8)?.at ?? 0)
  const keptFindings = simulated(before)

  const { page, go, calm, accessible, said, close } = await sit(browser, app, pmo)
  await go(`/schedule/plan/${id}?tab=risk`)
  const figure = (label: string) => page.locator('.yz-figures > div', { hasText: label }).locator('dd').first()
  await figure('P80 完工').waitFor()
  expect(await figure('P80 完工').innerText()).toBe(p80(keptFindings))
  expect(await figure('计算完工').innerText()).toBe(day(keptFindings.planned))
  await page.getByRole('img', { name: /^各完工日期出现的比例/ }).waitFor()
  // Finish and cost together, as points of the runs.
  await page.getByRole('img', { name: /^每点是一次模拟的完工日期和费用/ }).waitFor()
  await accessible()

  // Typed otherwise than what is kept, also when this is the second try.
  const [longer, iterations] = before.longer === 60 ? [70, 3000] : [60, 2000]
  await page.getByLabel('最坏长多少').fill(String(longer))
  await page.getByLabel('模拟次数').fill(String(iterations))
  await page.getByText('设置已更改，下面是更改之前的结果。').waitFor()
  await page.getByRole('button', { name: '保存设定' }).click()
  await said('风险设定已保存')
  await page.getByRole('button', { name: '重新计算' }).click()
  const wider = { ...before, longer, iterations }
  const widerP80 = p80(simulated(wider))
  await expect.poll(() => figure('P80 完工').innerText()).toBe(widerP80)
  expect(await kept()).toEqual(wider)
  calm()
  await close()

  // The boss sees what the planner kept, and has nothing to save.
  const phone = await sit(browser, app, boss, { phone: true, dark: true })
  await phone.go(`/schedule/plan/${id}?tab=risk`)
  const finish = phone.page.locator('.yz-figures > div', { hasText: 'P80 完工' }).locator('dd').first()
  await finish.waitFor()
  expect(await finish.innerText()).toBe(widerP80)
  expect(await phone.page.getByRole('button', { name: '保存设定' }).count()).toBe(0)
  expect(await phone.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
  await phone.accessible()
  phone.calm()
  await phone.close()
})

test('a planner types a class of tasks, a branch and weather; what is incomplete is said, and the result counts them', async () => {
  const made = await pmo.entity(planEntity).create({
    name: '围护比选',
    project: (await pmo.entity(planEntity).get(id)).project,
    start_on: '2026-11-02',
  })
  const add = (name: string) => ({
    kind: 'task.add',
    task: { id: crypto.randomUUID(), name, kind: 'task', duration: 4800, constraint: { type: 'asap' } },
  })
  const edits = ['土方开挖', '底板混凝土', '渗漏返工'].map(add)
  const links = edits.slice(1).map(({ task }, at) => ({
    kind: 'link.add',
    link: {
      id: crypto.randomUUID(),
      from: edits[at]?.task.id,
      to: task.id,
      type: 'FS',
      lag: { kind: 'working', minutes: 0 },
    },
  }))
  await pmo.entity(planEntity).run(made.id, 'edit', { base: 0, edits: [...edits, ...links] })

  const { page, go, calm, accessible, said, close } = await sit(browser, app, pmo)
  await go(`/schedule/plan/${made.id}?tab=risk`)
  await page.locator('.yz-figures').waitFor()
  const pick = async (at: number, option: string) => {
    await page.getByRole('combobox', { name: '哪些任务' }).nth(at).click()
    await page.locator('.ant-select-item-option', { hasText: option }).locator('visible=true').first().click()
    await page.keyboard.press('Escape')
  }
  await page.getByRole('button', { name: '添加类别' }).click()
  await page.getByRole('textbox', { name: '类别' }).fill('土方')
  await pick(0, '土方与地基')
  await page.getByRole('button', { name: '添加分支' }).click()
  const ways = page.getByRole('textbox', { name: '走法' })
  await ways.nth(0).fill('不漏')
  await ways.nth(1).fill('返工')
  await pick(2, '渗漏返工')
  const weights = page.getByRole('spinbutton', { name: '比重' })
  await weights.nth(0).fill('0')
  await weights.nth(1).fill('0')
  await page.getByText('有一处设定不完整：分支 1。').waitFor()
  await weights.nth(0).fill('70')
  await weights.nth(1).fill('30')
  await page.getByRole('button', { name: '添加天气' }).click()
  await page.getByRole('textbox', { name: '天气' }).fill('冬雨')
  for (const month of ['11月', '12月']) await page.getByLabel(`${month}不能施工的天数`, { exact: true }).fill('8')
  await accessible()
  await page.getByRole('button', { name: '保存设定' }).click()
  await said('风险设定已保存')
  await page.getByRole('button', { name: '重新计算' }).click()

  const read = readRisk((await pmo.entity(planEntity).get(made.id)).risk)
  if (!read.ok) throw new Error(read.where)
  expect(read.risk.classes).toMatchObject([{ name: '土方', picks: ['class:ground'] }])
  expect(read.risk.branches[0]?.ways.map(({ name, weight }) => [name, weight])).toEqual([
    ['不漏', 70],
    ['返工', 30],
  ])
  expect(read.risk.weather[0]?.lostDays.slice(9)).toEqual([0, 8, 8])
  const loaded = revivedPlan((await pmo.entity(planEntity).read<{ plan: Plan }>(made.id, 'load')).plan)
  const outcome = simulate(loaded, riskModel(loaded, read.risk), {
    iterations: read.risk.iterations,
    seed: read.risk.seed,
  })
  if (!outcome.ok) throw new Error('not simulated')
  const p80 = page.locator('.yz-figures > div', { hasText: 'P80 完工' }).locator('dd').first()
  await expect.poll(() => p80.innerText()).toBe(day(outcome.findings.finish.find(({ p }) => p === 0.8)?.at ?? 0))
  await page.getByText('1 个任务按类别估计。').waitFor()
  const taken = page.locator('.yz-section', { has: page.getByRole('heading', { level: 2, name: '分支' }) })
  await expect
    .poll(() => taken.getByRole('row', { name: /返工/ }).innerText())
    .toContain(`${Math.round(1000 * (outcome.findings.branches[0]?.ways[1] ?? 0)) / 10}%`)
  calm()
  await close()
})
