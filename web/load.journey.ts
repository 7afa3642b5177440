// One surveyor, two sites, the same week: neither plan alone shows it, the company's resource load does.
import { type Person, type TestApp, testApp } from '@yingzao/platform/testing'
import { launchBrowser } from '@yingzao/platform/testing/browser'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { builtWeb, sit } from './testing/browse.ts'

let app: TestApp
let browser: Browser
let pmo: Person
let boss: Person

/** A Monday two weeks ahead: what is past is no bottleneck. */
const monday = (() => {
  const at = new Date(Date.now() + 14 * 86_400_000)
  at.setUTCDate(at.getUTCDate() - ((at.getUTCDay() + 6) % 7))
  return at.toISOString().slice(0, 10)
})()

async function site(name: string) {
  const project = await pmo.entity('project').create({ name, type: 'rail', company: app.company })
  // Every day of the week is worked, so that no public holiday of that week changes the figures.
  const plan = await pmo
    .entity<string>('plan')
    .create({ name: `${name}计划`, project: project.id, start_on: monday, calendar: await daily() })
  const [task, resource] = [crypto.randomUUID(), crypto.randomUUID()]
  await pmo.entity('plan').run(plan.id, 'edit', {
    base: 0,
    edits: [
      {
        kind: 'task.add',
        task: { id: task, name: '放线', kind: 'task', duration: 2400, constraint: { type: 'asap' } },
      },
      { kind: 'resource.add', resource: { id: resource, name: '测量员', kind: 'work', maxUnits: 1 } },
      { kind: 'assignment.add', assignment: { id: crypto.randomUUID(), task, resource, units: 1 } },
    ],
  })
  return { plan: plan.id, resource }
}

let calendar: string | undefined
async function daily(): Promise<string> {
  calendar ??= String((await pmo.entity('calendar').create({ name: '天天干', prc_holidays: false })).id)
  return calendar
}

beforeAll(async () => {
  app = await testApp({ web: builtWeb })
  browser = await launchBrowser()
  pmo = await app.as('pmo')
  boss = await app.as('boss')
})
afterAll(async () => {
  await browser?.close()
  await app?.close()
})

test('the bottleneck of the company is a person asked for twice', async () => {
  const { page, go, calm, accessible, close } = await sit(browser, app, pmo)
  await go('/schedule/load')
  await page.getByText('还没有执行计划用到资源').waitFor()
  const sites = [await site('东站'), await site('西站')]
  // It hears of the new plans by itself.
  await page.getByText('2 份执行计划，没有超载。').waitFor()
  await page.getByText('人员', { exact: true }).click()
  await page.getByText('还没有资源对应到人').waitFor()
  for (const { resource } of sites) {
    const row = await pmo.entity('plan_resource').get(resource)
    await pmo.entity('plan_resource').patch(resource, row.version, { user: boss.user })
  }
  await page.reload()
  await page.getByText('人员', { exact: true }).click()
  await page.getByText('2 份执行计划，1 行中 1 行超载。').waitFor()
  await page
    .getByRole('button', { name: `${boss.name}，${monday} 起一周，负荷 200%，超载` })
    .first()
    .click()
  await page.getByRole('link', { name: '西站' }).waitFor()
  await accessible()
  await page.getByRole('link', { name: '东站' }).click()
  await page.getByRole('tab', { name: '资源', exact: true, selected: true }).waitFor()
  calm()
  await close()
})

test('the boss sees it on a phone, in English, by month and project', async () => {
  await site('南站')
  const { page, go, calm, accessible, close } = await sit(browser, app, boss, { phone: true, lang: 'en' })
  await go('/schedule/load')
  await page.getByText('Projects', { exact: true }).click()
  await page.getByRole('rowheader', { name: /南站/ }).waitFor()
  await page.getByText('Month', { exact: true }).click()
  await page.getByRole('rowheader', { name: /南站/ }).waitFor()
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
  await accessible()
  calm()
  await close()
})
