// Pages that judge a plan: what they show of the demo's metro station is what the engines say of the same plan.
import { loadDemo } from '@yingzao/demo/load'
import { estimateDuration, planStanding, recordedCosts, WEEK } from '@yingzao/engines/earned-value'
import { checkQuality } from '@yingzao/engines/quality'
import { simulate } from '@yingzao/engines/risk'
import { compute, formatMinute, type Plan } from '@yingzao/engines/schedule'
import { plan as planEntity } from '@yingzao/modules/schedule/plan.entity'
import { revivedPlan } from '@yingzao/modules/schedule/revive'
import { type PlanRisk, riskModel, usualRisk } from '@yingzao/modules/schedule/risk'
import { type Person, type TestApp, testApp } from '@yingzao/platform/testing'
import { launchBrowser } from '@yingzao/platform/testing/browser'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { builtWeb, sit } from './testing/browse.ts'

let app: TestApp
let browser: Browser
let pmo: Person
let boss: Person
let id: string
let plan: Plan

beforeAll(async () => {
  app = await testApp({ web: builtWeb })
  browser = await launchBrowser()
  const admin = await app.as('administrator')
  const again = (user: string) => app.again({ ...admin, user: user as typeof admin.user, name: user })
  await loadDemo({
    lang: 'zh',
    today: '2026-11-21',
    as: async user => (user === null ? admin : again(user)),
    setPassword: async () => {},
    say: () => {},
  })
  const userOf = async (login: string) =>
    String((await admin.entity('user').list({ filter: { login: { eq: login } } })).items[0]?.id)
  pmo = await again(await userOf('pmo'))
  boss = await again(await userOf('boss'))
  const plans = await pmo.entity(planEntity).list({ sort: ['-task_count'] })
  id = String(plans.items[0]?.id)
  const loaded = await pmo.entity(planEntity).read<{ plan: Plan }>(id, 'load')
  plan = revivedPlan(loaded.plan)
}, 180_000)
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
  const p80 = (risk: PlanRisk) => day(simulated(risk).finish.find(({ p }) => p === 0.8)?.at ?? 0)

  const { page, go, calm, accessible, said, close } = await sit(browser, app, pmo)
  await go(`/schedule/plan/${id}?tab=risk`)
  const figure = (label: string) => page.locator('.yz-figures > div', { hasText: label }).locator('dd').first()
  await figure('P80 完工').waitFor()
  expect(await figure('P80 完工').innerText()).toBe(p80(usualRisk))
  expect(await figure('计算完工').innerText()).toBe(day(simulated(usualRisk).planned))
  await page.getByRole('img', { name: /^各完工日期出现的比例/ }).waitFor()
  await accessible()

  await page.getByLabel('最坏长多少').fill('60')
  await page.getByLabel('模拟次数').fill('2000')
  await page.getByText('设置已更改，下面是更改之前的结果。').waitFor()
  await page.getByRole('button', { name: '保存设定' }).click()
  await said('风险设定已保存')
  await page.getByRole('button', { name: '重新计算' }).click()
  const wider = { ...usualRisk, longer: 60, iterations: 2000 }
  await expect.poll(() => figure('P80 完工').innerText()).toBe(p80(wider))
  expect((await pmo.entity(planEntity).get(id)).risk).toEqual(wider)
  calm()
  await close()

  // The boss sees what the planner kept, and has nothing to save.
  const phone = await sit(browser, app, boss, { phone: true, dark: true })
  await phone.go(`/schedule/plan/${id}?tab=risk`)
  const finish = phone.page.locator('.yz-figures > div', { hasText: 'P80 完工' }).locator('dd').first()
  await finish.waitFor()
  expect(await finish.innerText()).toBe(p80(wider))
  expect(await phone.page.getByRole('button', { name: '保存设定' }).count()).toBe(0)
  expect(await phone.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
  await phone.accessible()
  phone.calm()
  await phone.close()
})
