// What-if branches at a browser: made, edited on the ordinary Gantt, compared with the plan, taken over with a decision, undone.
import type { Plan, PlanEdit, Task } from '@yingzao/engines/schedule'
import { plan as planEntity } from '@yingzao/modules/schedule/plan.entity'
import { newId } from '@yingzao/platform/client'
import { type Person, type TestApp, testApp } from '@yingzao/platform/testing'
import { launchBrowser } from '@yingzao/platform/testing/browser'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { builtWeb, sit } from './testing/browse.ts'

let app: TestApp
let browser: Browser
let pmo: Person

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
    make: '建立试算方案',
    name: '方案名称',
    tag: '试算方案',
    compare: '比较',
    takeOver: '并入原计划',
    take: '并入',
    allMine: '全部取方案',
    done: '已并入原计划',
    earlier: '早 2 天',
    changed: '改动',
    conflicts: '两边都改过的地方（1）',
    publish: '发布',
    version: '版本名称',
    published: '发布版 第 1 版',
    asNow: '正是现在这样',
    keep: '保存命名基线',
    baseline: '基线名称',
    differences: '逐个任务的差别',
    pick: '比较哪些',
    simulate: '模拟各方案的把握',
  },
  en: {
    more: 'More actions',
    make: 'New what-if branch',
    name: 'Name of the branch',
    tag: 'What-if branch',
    compare: 'Compare',
    takeOver: 'Take over',
    take: 'Take over',
    allMine: 'All from the branch',
    done: 'The plan has taken it over',
    earlier: '2 days earlier',
    changed: 'Changed',
    conflicts: 'Changed on both sides (1)',
    publish: 'Publish',
    version: 'Version',
    published: 'Published: 第 1 版',
    asNow: 'as it is now',
    keep: 'Keep a named baseline',
    baseline: 'Name of the baseline',
    differences: 'Differences by task',
    pick: 'What to compare',
    simulate: 'Simulate all',
  },
} as const

const row = (name: string, days: number, more: Partial<Task> = {}): Task => ({
  ...{ id: newId(), name, kind: 'task', duration: days * 480, constraint: { type: 'asap' } },
  ...more,
})
const last = (id: string, days: number): PlanEdit => ({ kind: 'task.set', id, patch: { duration: days * 480 } })
const load = (id: string) => pmo.entity(planEntity).read<{ plan: Plan; revision: number }>(id, 'load')
const edit = async (id: string, ...edits: PlanEdit[]) =>
  pmo.entity(planEntity).run(id, 'edit', { base: (await load(id)).revision, edits })

/** Excavation, slab, and a milestone behind them. */
async function planOf(name: string) {
  const project = await pmo
    .entity('project')
    .create({ name, type: 'rail', company: app.company, start_on: '2026-03-02', finish_on: '2026-03-31' })
  const made = await pmo.entity(planEntity).create({ name, project: project.id as never, start_on: '2026-03-02' })
  const [dig, slab, done] = [row('土方开挖', 5), row('底板混凝土', 2), row('底板完成', 0, { kind: 'milestone' })]
  const fs = (from: Task, to: Task): PlanEdit => ({
    ...{ kind: 'link.add' },
    link: { id: newId(), from: from.id, to: to.id, type: 'FS', lag: { kind: 'working', minutes: 0 } },
  })
  const add = (task: Task): PlanEdit => ({ kind: 'task.add', task })
  await edit(made.id, add(dig), add(slab), add(done), fs(dig, slab), fs(slab, done))
  return { id: made.id, project: project.id, dig: dig.id, slab: slab.id }
}

describe.each(['zh', 'en'] as const)('%s', lang => {
  const w = words[lang]

  test('a branch is made, edited, compared and taken over; the place that both changed is decided', async () => {
    const { id, dig } = await planOf(`总计划 ${lang}`)
    const { page, go, calm, accessible, close } = await sit(browser, app, pmo, { lang })
    await go(`/schedule/plan/${id}`)
    await page.getByRole('button', { name: w.make }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel(w.name).fill('两班开挖')
    await dialog.getByRole('button', { name: w.make }).click()
    // The branch stands open, marked, with the same tasks on an ordinary Gantt.
    await page.locator('.yz-tag', { hasText: w.tag }).waitFor()
    await page.getByRole('heading', { name: '两班开挖' }).waitFor()
    const branch = new URL(page.url()).pathname.split('/').at(-1) ?? ''
    expect(branch).not.toBe(id)
    await page.locator('.yzg-row').first().waitFor()
    expect(await page.locator('.yzg-row', { hasText: '土方开挖' }).count()).toBe(1)
    await accessible()
    await edit(branch, last(dig, 3))
    await edit(id, last(dig, 6))

    await page.getByRole('tab', { name: w.compare }).click()
    const figures = page.locator('.yz-compare-table')
    await figures.waitFor()
    // 6 days in the plan now, 3 in the branch: Wednesday the 11th against Friday the 6th, a weekend between.
    await expect.poll(() => figures.innerText()).toContain('2026-03-06')
    expect(await figures.innerText()).toContain('2026-03-11')
    const changes = page.locator('.yz-compare-rows')
    expect(await changes.locator('tbody tr').count()).toBe(3)
    expect(await changes.locator('tbody tr', { hasText: w.changed }).first().innerText()).toContain('土方开挖')
    await accessible()
    await page.getByRole('button', { name: w.simulate }).click()
    await figures.getByText('P80').waitFor()
    await accessible()
    await changes.getByRole('link', { name: '底板混凝土' }).click()
    await expect.poll(() => page.locator('.yzg-row[aria-selected="true"]').innerText()).toContain('底板混凝土')

    await page.getByRole('button', { name: w.takeOver }).click()
    const drawer = page.locator('.ant-drawer-content-wrapper')
    await drawer.getByText(w.conflicts).waitFor()
    const take = drawer.getByRole('button', { name: w.take, exact: true })
    expect(await take.isDisabled()).toBe(true)
    await accessible()
    await drawer.getByRole('button', { name: w.allMine }).click()
    await take.click()
    await page.getByText(w.done).waitFor()
    await expect.poll(() => new URL(page.url()).pathname).toContain(id)
    expect((await load(id)).plan.tasks.find(task => task.id === dig)?.duration).toBe(3 * 480)
    // One edit: one undo takes it back.
    await pmo.entity(planEntity).run(id, 'undo')
    expect((await load(id)).plan.tasks.find(task => task.id === dig)?.duration).toBe(6 * 480)
    calm()
    await close()
  })

  test('a version is published and a baseline kept; both are compared with the plan of now', async () => {
    const { id, dig } = await planOf(`发布 ${lang}`)
    const { page, go, calm, accessible, close } = await sit(browser, app, pmo, { lang, phone: lang === 'en' })
    await go(`/schedule/plan/${id}`)
    const ask = async (what: string, label: string, name: string) => {
      await page.getByRole('button', { name: w.more }).click()
      await page.getByRole('menuitem', { name: what }).click()
      const dialog = page.getByRole('dialog')
      await dialog.getByLabel(label).fill(name)
      await dialog.getByRole('button', { name: what }).click()
      await dialog.waitFor({ state: 'hidden' })
    }
    await ask(w.publish, w.version, '第 1 版')
    await page.getByText(w.published).waitFor()
    await page.getByText(w.asNow).waitFor()
    await edit(id, last(dig, 7))
    await ask(w.keep, w.baseline, '调整后')
    await edit(id, last(dig, 4))
    await page.getByRole('tab', { name: w.compare }).click()
    const figures = page.locator('.yz-compare-table')
    await figures.waitFor()
    // Of itself: the latest baseline against the plan as it is now.
    await expect.poll(() => figures.innerText()).toContain('2026-03-12')
    expect(await figures.innerText()).toContain('2026-03-09')
    await page.getByRole('heading', { name: w.differences }).waitFor()
    await accessible()
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(
      lang === 'en' ? 390 : 1440,
    )
    calm()
    await close()
  })
})
