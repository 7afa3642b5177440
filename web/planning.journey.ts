// What a planner begins with and lives by, at a browser: templates, recurring tasks, periods of the plan, his own calendar feed.
import type { Plan, PlanEdit, Task } from '@yingzao/engines/schedule'
import type { Id } from '@yingzao/kernel/entity'
import { plan as planEntity } from '@yingzao/modules/schedule/plan.entity'
import { planTemplate } from '@yingzao/modules/schedule/template.entity'
import { newId } from '@yingzao/platform/client'
import { type Person, type TestApp, testApp } from '@yingzao/platform/testing'
import { launchBrowser } from '@yingzao/platform/testing/browser'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { builtWeb, sit } from './testing/browse.ts'

let app: TestApp
let browser: Browser
let pmo: Person
let count = 0

beforeAll(async () => {
  app = await testApp({ web: builtWeb })
  browser = await launchBrowser()
  pmo = await app.as('pmo', { name: '陆建国' })
})
afterAll(async () => {
  await browser?.close()
  await app?.close()
})

const words = {
  zh: {
    more: '更多操作',
    save: '存为模板',
    templateName: '模板名称',
    part: '取哪一部分',
    saved: '已存为模板',
    repeats: '参数与重复',
    addParameter: '添加参数',
    name: '名称',
    addBlock: '添加重复',
    addFlow: '添加搭接',
    keep: '保存',
    kept: '已保存',
    preview: '展开预览',
    newPlan: '新建计划',
    planName: '计划名称',
    start: '开始日期',
    create: '创建计划',
    suits: '适合本项目',
    becomes: '将有 12 个任务',
    insert: '插入模板',
    insertDo: '插入',
    inserted: '已插入 9 个任务',
    under: '放在哪个任务下',
    recurring: '周期任务',
    times: '次数',
    put: '展开到计划',
    will: '共 3 次',
    change: '按新规律展开',
    windows: '时段计划',
    month: '月',
    week: '周',
    next: '下一个',
    excel: '导出 Excel',
    title: '2026年3月计划',
    april: '2026年4月计划',
    feeds: '日历订阅',
    where: '用在哪里',
    newFeed: '新建订阅地址',
    end: '停用',
  },
  en: {
    more: 'More actions',
    save: 'Save as a template',
    templateName: 'Name',
    part: 'Which part',
    saved: 'Saved as a template',
    repeats: 'Parameters and repeats',
    addParameter: 'Add a parameter',
    name: 'Name',
    addBlock: 'Add a repeat',
    addFlow: 'Add a link',
    keep: 'Save',
    kept: 'Saved',
    preview: 'Laid out',
    newPlan: 'New plan',
    planName: 'Name',
    start: 'Start',
    create: 'Create the plan',
    suits: 'For this project',
    becomes: 'It will have 12 tasks',
    insert: 'Insert a template',
    insertDo: 'Insert',
    inserted: '9 tasks inserted',
    under: 'Below which task',
    recurring: 'Recurring task',
    times: 'Times',
    put: 'Put into the plan',
    will: '3 times',
    change: 'Follow the new rule',
    windows: 'Periods',
    month: 'Month',
    week: 'Week',
    next: 'Next',
    excel: 'Excel',
    title: 'Plan of Mar 2026',
    april: 'Plan of Apr 2026',
    feeds: 'Calendar feeds',
    where: 'Where it is used',
    newFeed: 'New feed',
    end: 'End',
  },
} as const

const row = (name: string, days: number, more: Partial<Task> = {}): Task => ({
  ...{ id: newId(), name, kind: 'task', duration: days * 480, constraint: { type: 'asap' } },
  ...more,
})
const load = (id: Id<'plan'>) => pmo.entity(planEntity).read<{ plan: Plan; revision: number }>(id, 'load')
const add = (task: Task): PlanEdit => ({ kind: 'task.add', task })
const link = (from: Task, to: Task): PlanEdit => ({
  ...{ kind: 'link.add' },
  link: { id: newId(), from: from.id, to: to.id, type: 'FS', lag: { kind: 'working', minutes: 0 } },
})

/** A plan of one floor: rebar and concrete below a summary. */
async function floorPlan(type: 'building' | 'rail') {
  const name = `住宅楼 ${++count}`
  const project = await pmo.entity('project').create({ name, type, company: app.company, start_on: '2026-03-02' })
  const made = await pmo
    .entity(planEntity)
    .create({ name: `总计划 ${count}`, project: project.id, start_on: '2026-03-02' })
  const floor = row('第{n}层', 0)
  const [steel, pour] = [row('钢筋', 3, { parent: floor.id }), row('混凝土', 2, { parent: floor.id })]
  const edits = [add(floor), add(steel), add(pour), link(steel, pour)]
  await pmo.entity(planEntity).run(made.id, 'edit', { base: 0, edits })
  return { project: project.id, plan: made.id, floor, steel, pour }
}

async function floorTemplate(type: 'building' | 'rail') {
  const from = await floorPlan(type)
  const made = await pmo.perform<{ template: Id<'plan_template'> }>('schedule.make_template', {
    ...{ plan: from.plan, task: from.floor.id, name: `标准层 ${count}`, project_type: type },
  })
  const record = await pmo.entity(planTemplate).get(made.template)
  const content = JSON.parse(JSON.stringify(record.content))
  await pmo.entity(planTemplate).patch(made.template, record.version, {
    content: {
      ...content,
      parameters: [{ key: 'f', name: '层数', count: 3, first: 1 }],
      repeats: { [from.floor.id]: 'f' },
      flows: [{ block: from.floor.id, from: from.pour.id, to: from.steel.id, type: 'FS', lag: 0 }],
    },
  })
  return { ...from, template: made.template, name: record.name }
}

describe.each(['zh', 'en'] as const)('%s', lang => {
  const w = words[lang]
  const phone = lang === 'en'

  test('a plan is kept as a template, its floor made to repeat, and looked at laid out', async () => {
    const { plan } = await floorPlan('building')
    const { page, go, said, calm, accessible, close } = await sit(browser, app, pmo, { lang })
    await go(`/schedule/plan/${plan}`)
    await page.getByRole('button', { name: w.more }).click()
    await page.getByRole('menuitem', { name: w.save }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel(w.templateName, { exact: false }).first().fill(`模板 ${lang} ${newId()}`)
    await accessible()
    await dialog.getByRole('button', { name: w.save }).click()
    await said(w.saved)
    await page.waitForURL(/plan_template/)
    await page.locator('.yzg-row', { hasText: '混凝土' }).waitFor()
    await page.getByRole('tab', { name: w.repeats }).click()
    await page.getByRole('button', { name: w.addParameter }).click()
    await page.getByLabel(w.name, { exact: true }).fill('层数')
    await page.getByRole('button', { name: w.addBlock }).click()
    await page.getByRole('button', { name: w.addFlow }).click()
    await accessible()
    await page.getByRole('button', { name: w.keep, exact: true }).click()
    await said(w.kept)
    await page.getByRole('tab', { name: w.preview }).click()
    await page.locator('.yzg-row', { hasText: '第3层' }).waitFor()
    await accessible()
    calm()
    await close()
  })

  test('a new plan is begun with the template for its type of project, with as many floors as asked', async () => {
    const { project, name } = await floorTemplate('building')
    const { page, go, calm, accessible, close } = await sit(browser, app, pmo, { lang, phone })
    await go(`/schedule/plan/new?given=${encodeURIComponent(JSON.stringify({ project }))}`)
    const card = page.locator('.yz-template-choice', { hasText: name })
    await card.getByRole('radio').click()
    await card.getByText(w.suits).waitFor()
    await card.getByRole('spinbutton').fill('4')
    await card.getByText(w.becomes).waitFor()
    await accessible()
    await page.getByLabel(w.planName, { exact: false }).first().fill('2 号楼')
    await page.getByLabel(w.start, { exact: false }).first().fill('2026-03-02')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: w.create }).click()
    await page.getByRole('heading', { name: '2 号楼' }).waitFor()
    const id = new URL(page.url()).pathname.split('/').at(-1) as Id<'plan'>
    const { plan } = await load(id)
    expect(plan.tasks.filter(each => each.kind === 'summary').map(each => each.name)).toEqual(
      [1, 2, 3, 4].map(n => `第${n}层`),
    )
    expect(plan.links).toHaveLength(4 + 3)
    calm()
    await close()
  })

  test('a template is inserted as one edit that Ctrl+Z takes back; a weekly meeting is laid out and changed as one', async () => {
    const { plan: id, name } = await floorTemplate('rail')
    const { page, go, said, calm, accessible, close } = await sit(browser, app, pmo, { lang })
    await go(`/schedule/plan/${id}`)
    const rows = page.locator('.yzg-row', { hasText: '钢筋' })
    await rows.first().waitFor()
    const open = async (what: string) => {
      await page.getByRole('button', { name: w.more }).click()
      await page.getByRole('menuitem', { name: what }).click()
      return page.getByRole('dialog')
    }
    const insert = await open(w.insert)
    await insert.locator('.yz-template-choice', { hasText: name }).getByRole('radio').click()
    await accessible()
    await insert.getByRole('button', { name: w.insertDo, exact: true }).click()
    await said(w.inserted)
    await expect.poll(async () => (await load(id)).plan.tasks.length).toBe(12)
    await page.locator('.yzg-row', { hasText: '第3层' }).click()
    await page.keyboard.press('Control+z')
    await expect.poll(async () => (await load(id)).plan.tasks.length).toBe(3)

    const recurring = await open(w.recurring)
    await recurring.getByLabel(w.name, { exact: true }).fill('监理例会')
    await recurring.getByLabel(w.times, { exact: true }).fill('3')
    await recurring.getByText(w.will).waitFor()
    await accessible()
    await recurring.getByRole('button', { name: w.put }).click()
    await page.locator('.yzg-row', { hasText: '监理例会 3' }).waitFor()
    await page.locator('.yzg-row', { hasText: '监理例会 2' }).click()
    const change = await open(w.recurring)
    await change.getByLabel(w.times, { exact: true }).fill('5')
    await change.getByRole('button', { name: w.change }).click()
    await page.locator('.yzg-row', { hasText: '监理例会 5' }).waitFor()
    await expect.poll(async () => (await load(id)).plan.tasks.filter(each => each.recurring).length).toBe(6)
    calm()
    await close()
  })

  test('the month of the plan shows its share, goes to the next and leaves as an Excel file', async () => {
    const { plan: id, pour } = await floorPlan('rail')
    await pmo.entity(planEntity).run(id, 'edit', {
      base: 1,
      edits: [
        { kind: 'task.set', id: pour.id, patch: { duration: 30 * 480 } },
        { kind: 'options.set', patch: { statusDate: 29_542_140 } },
      ],
    })
    const { page, go, calm, accessible, close } = await sit(browser, app, pmo, { lang, phone })
    await page.clock.setFixedTime(new Date('2026-03-10T09:00:00'))
    await go(`/schedule/plan/${id}?tab=window`)
    await page.getByRole('heading', { name: w.title }).waitFor()
    const table = page.locator('.yz-window-table')
    await table.getByRole('link', { name: '混凝土' }).waitFor()
    expect(await table.innerText()).toContain('63%')
    await accessible()
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: w.excel }).click(),
    ])
    expect(file.suggestedFilename()).toMatch(/\.xlsx$/)
    await page.getByRole('button', { name: w.next }).click()
    await page.getByRole('heading', { name: w.april }).waitFor()
    await expect.poll(() => table.getByRole('link').count()).toBe(1)
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(phone ? 390 : 1440)
    calm()
    await close()
  })

  test('a calendar feed is made, its address opens the calendar, and ended it does not', async () => {
    const person = await app.as('engineer', { name: '温若兰' })
    const { page, go, calm, accessible, close } = await sit(browser, app, person, { lang, phone })
    await go('/account')
    const section = page.locator('section', { has: page.getByRole('heading', { name: w.feeds }) })
    await section.getByLabel(w.where).fill('我的手机')
    await section.getByRole('button', { name: w.newFeed }).click()
    const address = await section.locator('code').innerText()
    expect((await fetch(address)).headers.get('content-type')).toContain('text/calendar')
    await accessible()
    await section.getByRole('button', { name: `${w.end} 我的手机` }).click()
    await page.getByRole('dialog').getByRole('button', { name: w.end }).click()
    await expect.poll(async () => (await fetch(address)).status).toBe(404)
    calm()
    await close()
  })
})
