// 综合进度管控 from end to end, one plan and four people: imported, levelled and taken in part, promised as a baseline, reported
// late from the site, warned of at the other department, and judged by its earned value.
import { formatDay, parseDay } from '@yingzao/engines/schedule'
import { crossLink } from '@yingzao/modules/schedule/cross-link.entity'
import { plan } from '@yingzao/modules/schedule/plan.entity'
import { task } from '@yingzao/modules/schedule/task.entity'
import { plannedProject } from '@yingzao/modules/warning/testing/plans'
import { type Person, type TestApp, testApp } from '@yingzao/platform/testing'
import { launchBrowser } from '@yingzao/platform/testing/browser'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
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

const today = () => {
  const now = new Date()
  return Date.UTC(now.getFullYear(), now.getMonth(), now.getDate()) / 86_400_000
}
const day = (shift: number) => formatDay(today() + shift)

/** Three lifts with one crane, every day of the week; the first is under way since eight days, the hand-over waits for it. */
function planFile(): string {
  const hours =
    '<WorkingTimes><WorkingTime><FromTime>08:00:00</FromTime><ToTime>12:00:00</ToTime></WorkingTime><WorkingTime><FromTime>13:00:00</FromTime><ToTime>17:00:00</ToTime></WorkingTime></WorkingTimes>'
  const week = [1, 2, 3, 4, 5, 6, 7]
    .map(each => `<WeekDay><DayType>${each}</DayType><DayWorking>1</DayWorking>${hours}</WeekDay>`)
    .join('')
  const lift = (uid: number, name: string, from: number, days: number, cost: number, more = '') =>
    `<Task><UID>${uid}</UID><ID>${uid}</ID><Name>${name}</Name><OutlineLevel>1</OutlineLevel><Duration>PT${days * 8}H0M0S</Duration><DurationFormat>7</DurationFormat><Start>${day(from)}T08:00:00</Start><Finish>${day(from + days - 1)}T17:00:00</Finish><FixedCost>${cost * 100}</FixedCost>${more}</Task>`
  const begun = `<PercentComplete>25</PercentComplete><ActualStart>${day(-8)}T08:00:00</ActualStart><ActualDuration>PT24H0M0S</ActualDuration><RemainingDuration>PT72H0M0S</RemainingDuration>`
  const soon = `<ConstraintType>4</ConstraintType><ConstraintDate>${day(1)}T08:00:00</ConstraintDate>`
  const after =
    '<PredecessorLink><PredecessorUID>1</PredecessorUID><Type>1</Type><LinkLag>0</LinkLag></PredecessorLink>'
  const assigned = (uid: number, days: number) =>
    `<Assignment><UID>${uid}</UID><TaskUID>${uid}</TaskUID><ResourceUID>1</ResourceUID><Units>1</Units><Work>PT${days * 8}H0M0S</Work></Assignment>`
  return `<?xml version="1.0" encoding="UTF-8"?><Project xmlns="http://schemas.microsoft.com/project"><Name>吊装</Name><Title>吊装计划</Title><ScheduleFromStart>1</ScheduleFromStart><StartDate>${day(-8)}T08:00:00</StartDate><StatusDate>${day(-1)}T17:00:00</StatusDate><CalendarUID>1</CalendarUID><MinutesPerDay>480</MinutesPerDay><MinutesPerWeek>3360</MinutesPerWeek><DaysPerMonth>30</DaysPerMonth><Calendars><Calendar><UID>1</UID><Name>Standard</Name><IsBaseCalendar>1</IsBaseCalendar><WeekDays>${week}</WeekDays></Calendar></Calendars><Tasks>${lift(1, '钢构吊装', -8, 12, 60_000, begun)}${lift(2, '楼板吊装', 1, 4, 40_000, soon)}${lift(3, '墙板吊装', 1, 3, 30_000, soon)}${lift(4, '机电移交', 4, 1, 5000, after)}</Tasks><Resources><Resource><UID>1</UID><ID>1</ID><Name>塔吊 1</Name><Type>1</Type><MaxUnits>1</MaxUnits></Resource></Resources><Assignments>${assigned(1, 12)}${assigned(2, 4)}${assigned(3, 3)}</Assignments></Project>`
}

test('import, level, compare, accept in part, baseline, report on the phone, warning at the other department, earned value', async () => {
  const project = await pmo.entity<string>('project').create({
    ...{ name: '云溪路站', type: 'rail', company: app.company, start_on: day(-8), finish_on: day(20) },
  })
  const at = { kind: 'project', id: project.id } as const
  const planner = await app.as('planner', { at, name: '何清扬' })
  const foreman = await app.as('foreman', { at, name: '赵铁柱' })
  const fitters = await plannedProject(app, pmo, '机电安装', formatDay(today() + 5), [['风管安装', 5]])

  // Imported: three lifts ask for one crane at once.
  const desk = await sit(browser, app, planner)
  const { page } = desk
  await desk.go('/schedule/import')
  await page.locator('input[type=file]').setInputFiles({
    ...{ name: '吊装.xml', mimeType: 'text/xml', buffer: Buffer.from(planFile()) },
  })
  await page.getByRole('button', { name: '导入 4 个任务' }).click()
  await page.getByRole('heading', { level: 1, name: '吊装计划' }).waitFor()
  const [made] = (await planner.entity(plan).list({ filter: { project: { eq: project.id } } })).items
  const id = made?.id ?? ''
  const tasks = async () => (await planner.entity(task).list({ filter: { plan: { eq: id } }, limit: 10 })).items
  const named = async (name: string) => (await tasks()).find(each => each.name === name)

  // Levelled, compared with the plan as it is, and accepted in part.
  await page.getByRole('tab', { name: '资源', exact: true }).click()
  await page.getByText(/^1 种资源，\d+ 处超载/).waitFor()
  await page.getByText(/^资源平衡 ▲/).click()
  await page.getByRole('button', { name: '计算方案' }).click()
  const consequence = page.locator('.yz-res-foot')
  await expect.poll(() => consequence.innerText(), { timeout: 60_000 }).toContain('采纳 2 / 2 项')
  await page.locator('.yz-res-moves tbody input[type=checkbox]').first().click()
  await expect.poll(() => consequence.innerText()).toContain('采纳 1 / 2 项')
  const moved = await page.locator('.yz-res-moves tbody tr:not([data-out]) a').innerText()
  await desk.accessible()
  expect((await named(moved))?.start_on).toBe(day(1))
  await page.getByRole('button', { name: '采纳所选' }).click()
  await expect.poll(async () => (await named(moved))?.start_on).not.toBe(day(1))
  expect((await named('钢构吊装'))?.start_on).toBe(day(-8))

  // Promised.
  await page.getByRole('tab', { name: '挣值' }).click()
  await page.locator('.yz-notice').getByRole('button', { name: '保存基线' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '保存基线' }).click()
  await page.getByText('SPI(t)').first().waitFor()
  await pmo.entity(plan).run(id, 'make_current', {})
  await pmo
    .entity(crossLink)
    .create({ from_task: (await named('机电移交'))?.id as never, to_task: fitters.ids[0] as never })
  const { revision } = await planner.entity(plan).get(id)
  const steel = (await named('钢构吊装'))?.id ?? ''
  const edits = [{ kind: 'task.set', id: steel, patch: { responsible: foreman.user } }]
  await planner.entity(plan).run(id, 'edit', { base: revision, edits })

  // The foreman says with his thumb that it takes nine more days.
  const phone = await sit(browser, app, foreman, { phone: true })
  await phone.go('/progress/report')
  await phone.page.getByRole('button', { name: '钢构吊装' }).click()
  await phone.page.getByRole('button', { name: '50%', exact: true }).click()
  await phone.page.getByText('日期、工程量、说明').click()
  await phone.page.getByLabel(/剩余/).fill('9')
  await phone.accessible()
  await phone.page.getByRole('button', { name: '发送' }).click()
  await phone.said('已发送，等计划工程师确认')
  phone.calm()
  await phone.close()

  // The planner sees what it does and takes it.
  await page.getByRole('tab', { name: '进度', exact: true }).click()
  await page.getByRole('button', { name: '采纳所选（1）' }).click()
  await expect.poll(async () => parseDay((await named('钢构吊装'))?.finish_on ?? '')).toBeGreaterThan(today() + 5)

  // The other department is warned, on its own page.
  const other = await sit(browser, app, fitters.planner)
  await other.go('/')
  const warned = other.page.locator('.yz-warnings > li', { hasText: '风管安装' })
  await vi.waitFor(
    async () => {
      if (!(await warned.isVisible())) await other.page.reload()
      await warned.waitFor({ timeout: 3000 })
    },
    { timeout: 60_000 },
  )
  await warned.getByText(/推迟 [\d.]+ 天/).waitFor()
  await other.accessible()
  other.calm()
  await other.close()

  // And the value says it: less was done than was planned by today.
  await page.getByRole('tab', { name: '挣值' }).click()
  const spi = page.locator('.yz-figures > div', { hasText: 'SPI(t)' }).locator('dd').first()
  await spi.waitFor()
  expect(Number(await spi.innerText())).toBeLessThan(1)
  await desk.accessible()
  desk.calm()
  await desk.close()
})
