// The main job: sign in, import a plan file, see it on the Gantt, change it, a colleague sees the change, take it back.

import { setPassword } from '@yingzao/platform/auth/credential'
import { type Person, type TestApp, testApp } from '@yingzao/platform/testing'
import { launchBrowser } from '@yingzao/platform/testing/browser'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { builtWeb, type Desk, sit } from './testing/browse.ts'

let app: TestApp
let browser: Browser
const password = 'Steel-7-crane-lifts'

beforeAll(async () => {
  app = await testApp({ web: builtWeb })
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser?.close()
  await app?.close()
})

const words = {
  zh: {
    account: '账号',
    password: '密码',
    signIn: '登录',
    plans: '计划',
    importPlan: '导入计划',
    project: '项目',
    confirm: '导入 3 个任务',
    differs: '底板混凝土',
    chart: '时间轴',
    list: '列表',
    days: (n: number) => `${n}天`,
    undo: '撤销',
    edits: '修改记录',
    more: '更多操作',
    portfolio: '项目总览',
    options: '计划选项',
    unreadable: '无法读取这个文件',
  },
  en: {
    account: 'Account',
    password: 'Password',
    signIn: 'Sign in',
    plans: 'Plan',
    importPlan: 'Import a plan',
    project: 'Project',
    confirm: 'Import 3 tasks',
    differs: '底板混凝土',
    chart: 'Timeline',
    list: 'List',
    days: (n: number) => `${n}d`,
    undo: 'Undo',
    edits: 'Edits',
    more: 'More actions',
    portfolio: 'Projects',
    options: 'Plan options',
    unreadable: 'This file cannot be read',
  },
} as const

/** Excavation 5 d, base slab 3 d after it, walls 4 d after that; the slab's stored dates are a day late. */
function planFile(): string {
  const week = [2, 3, 4, 5, 6]
    .map(
      day =>
        `<WeekDay><DayType>${day}</DayType><DayWorking>1</DayWorking><WorkingTimes><WorkingTime><FromTime>08:00:00</FromTime><ToTime>12:00:00</ToTime></WorkingTime><WorkingTime><FromTime>13:00:00</FromTime><ToTime>17:00:00</ToTime></WorkingTime></WorkingTimes></WeekDay>`,
    )
    .join('')
  const task = (uid: number, name: string, days: number, start: string, finish: string, after?: number) =>
    `<Task><UID>${uid}</UID><ID>${uid}</ID><Name>${name}</Name><OutlineLevel>1</OutlineLevel><Duration>PT${days * 8}H0M0S</Duration><DurationFormat>7</DurationFormat><Start>${start}T08:00:00</Start><Finish>${finish}T17:00:00</Finish>${
      after === undefined
        ? ''
        : `<PredecessorLink><PredecessorUID>${after}</PredecessorUID><Type>1</Type><LinkLag>0</LinkLag></PredecessorLink>`
    }</Task>`
  return `<?xml version="1.0" encoding="UTF-8"?><Project xmlns="http://schemas.microsoft.com/project"><Name>基坑</Name><Title>基坑与底板</Title><ScheduleFromStart>1</ScheduleFromStart><StartDate>2026-03-02T08:00:00</StartDate><CalendarUID>1</CalendarUID><MinutesPerDay>480</MinutesPerDay><MinutesPerWeek>2400</MinutesPerWeek><DaysPerMonth>20</DaysPerMonth><Calendars><Calendar><UID>1</UID><Name>Standard</Name><IsBaseCalendar>1</IsBaseCalendar><WeekDays>${week}</WeekDays></Calendar></Calendars><Tasks>${task(1, '土方开挖', 5, '2026-03-02', '2026-03-06')}${task(2, '底板混凝土', 3, '2026-03-10', '2026-03-12', 1)}${task(3, '侧墙', 4, '2026-03-12', '2026-03-17', 2)}</Tasks></Project>`
}
const upload = (text: string, name = '基坑.xml') => ({ name, mimeType: 'text/xml', buffer: Buffer.from(text) })

async function team(name: string) {
  const pmo = await app.as('pmo')
  const project = await pmo.entity('project').create({
    name,
    type: 'rail',
    company: app.company,
    start_on: '2026-03-02',
    finish_on: '2026-03-20',
  })
  const at = { kind: 'project', id: project.id } as const
  const planner = await app.as('planner', { at, name: '何清扬' })
  const colleague = await app.as('planner', { at, name: '温若兰' })
  return { pmo, project, planner, colleague }
}

/** Through the door, as everybody does. */
async function signIn(desk: Desk, person: Person, lang: 'zh' | 'en') {
  const w = words[lang]
  await setPassword(app.host, person.user, password, false)
  await person.session.update({ lang })
  const { me } = await person.session.get()
  await desk.go('/schedule/plan')
  await desk.page.getByLabel(w.account).fill(me.login)
  await desk.page.getByLabel(w.password, { exact: true }).fill(password)
  await desk.page.getByRole('button', { name: w.signIn, exact: true }).click()
  await desk.page.getByRole('heading', { level: 1, name: w.plans }).waitFor()
}

const cell = (page: Page, row: number, column: string) =>
  page.locator(`.yzg-row[data-row="${row - 1}"] .yzg-col-${column}`)
const shows = (page: Page, row: number, column: string, text: string) =>
  expect.poll(() => cell(page, row, column).innerText(), { timeout: 30_000 }).toBe(text)

describe.each([
  ['zh', false],
  ['en', false],
  ['zh', true],
  ['en', true],
] as const)('in %s, phone: %s', (lang, phone) => {
  const w = words[lang]
  test('a planner imports a plan, changes it, a colleague sees it at once, the planner takes it back', async () => {
    const { planner, colleague, project } = await team(`云溪路站 ${lang} ${phone ? 'm' : 'd'}`)
    const desk = await sit(browser, app, null, { lang, phone })
    const { page } = desk
    await signIn(desk, planner, lang)
    await page.getByRole('link', { name: w.importPlan }).first().click()
    await page.getByRole('heading', { level: 1, name: w.importPlan }).waitFor()
    await desk.accessible()

    // The file is read and compared before anything is written.
    await page.locator('input[type=file]').setInputFiles(upload(planFile()))
    await page.getByRole('button', { name: w.confirm }).waitFor()
    await page.locator('.yz-difference').getByText(w.differs).first().waitFor()
    await desk.accessible()
    await page.getByRole('button', { name: w.confirm }).click()

    // On the Gantt: three tasks with the dates we compute.
    await page.getByRole('heading', { level: 1, name: '基坑与底板' }).waitFor()
    await shows(page, 1, 'name', '土方开挖')
    await desk.accessible()
    const list = await planner.entity('plan').list({ filter: { project: { eq: project.id } } })
    const id = list.items[0]?.id ?? ''
    expect(list.items[0]).toMatchObject({ task_count: 3, finish_on: '2026-03-17', late_days: 0 })

    const other = await sit(browser, app, colleague, { lang, phone })
    await other.go(`/schedule/plan/${id}`)
    await shows(other.page, 1, 'name', '土方开挖')

    // Ten days instead of five: the colleague sees it without asking.
    const watched = phone ? 'dates' : 'finish'
    const before = await cell(other.page, 3, watched).innerText()
    if (phone) {
      await planner.entity('plan').run(id, 'edit', {
        base: 0,
        edits: [{ kind: 'task.set', id: await firstTask(planner, id), patch: { duration: 4800 } }],
      })
    } else {
      await cell(page, 1, 'duration').click()
      await page.keyboard.type('10d')
      await page.keyboard.press('Enter')
      await shows(page, 1, 'duration', w.days(10))
      await shows(other.page, 1, 'duration', w.days(10))
    }
    await expect.poll(() => cell(other.page, 3, watched).innerText(), { timeout: 30_000 }).not.toBe(before)
    await expect.poll(() => cell(page, 3, watched).innerText(), { timeout: 30_000 }).not.toBe(before)
    await page.locator('.yz-plan-figures .yz-tag-bad').waitFor()

    if (phone) await planner.entity('plan').run(id, 'undo')
    else await page.keyboard.press('Control+z')
    await expect.poll(() => cell(other.page, 3, watched).innerText(), { timeout: 30_000 }).toBe(before)
    await page.locator('.yz-plan-figures .yz-tag-good').waitFor()
    expect((await planner.entity('plan').get(id)).finish_on).toBe('2026-03-17')

    desk.calm()
    other.calm()
    await desk.close()
    await other.close()
  })
})

async function firstTask(person: Person, plan: string): Promise<string> {
  const page = await person.entity('task').list({ filter: { plan: { eq: plan } }, sort: ['position'], limit: 1 })
  return page.items[0]?.id ?? ''
}

async function imported(planner: Person, project: string): Promise<string> {
  const form = new FormData()
  form.append('file', new Blob([planFile()]), '基坑.xml')
  const file = await planner.transport.call<{ id: string }>('POST', '/files', { raw: form })
  const made = await planner.perform<{ plan: string }>('schedule.import', { file: [file], project, name: '总进度' })
  return made.plan
}

describe.each(['zh', 'en'] as const)('in %s', lang => {
  const w = words[lang]
  test('options and edits of a plan open beside the chart', async () => {
    const { planner, project } = await team(`侧墙 ${lang}`)
    const id = await imported(planner, project.id)
    const { page, go, calm, accessible, close } = await sit(browser, app, planner, { lang })
    await go(`/schedule/plan/${id}`)
    await shows(page, 1, 'name', '土方开挖')
    await page.getByRole('button', { name: w.options }).click()
    await page.getByRole('dialog').waitFor()
    await accessible()
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'hidden' })

    await cell(page, 2, 'duration').click()
    await page.keyboard.type('6d')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: w.edits }).click()
    await page.locator('.yz-edits').getByText('底板混凝土').waitFor()
    await accessible()
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
    calm()
    await close()
  })

  test('a file that is no plan is refused with the way out, and nothing is written', async () => {
    const { planner, project } = await team(`不是计划 ${lang}`)
    const { page, go, calm, accessible, close } = await sit(browser, app, planner, { lang, expects: [422] })
    await go('/schedule/import')
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: 'plan.mpp', mimeType: 'application/octet-stream', buffer: mpp() })
    await page.getByText(w.unreadable, { exact: true }).waitFor()
    expect(await page.getByRole('alert').innerText()).toContain('XML')
    await accessible()
    expect((await planner.entity('plan').list({ filter: { project: { eq: project.id } } })).items).toEqual([])
    calm()
    await close()
  })

  test('the home page shows the health of the projects, at a desk and on a phone', async () => {
    const { pmo, planner, project } = await team(`首页 ${lang}`)
    await imported(planner, project.id)
    for (const phone of [false, true]) {
      const { page, go, calm, accessible, close } = await sit(browser, app, pmo, { lang, phone })
      await go('/')
      await page.getByRole('heading', { level: 2, name: w.portfolio }).waitFor()
      await page.getByRole('link', { name: `首页 ${lang}` }).waitFor()
      await accessible()
      // Nothing sticks out of a phone.
      expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true)
      calm()
      await close()
    }
  })
})

/** The first bytes of Microsoft's compound files. */
const mpp = () => Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, ...new Array<number>(600).fill(0)])
