// Earned value page: what was true on earlier status dates stands beside what is true now.
import type { PlanEdit } from '@yingzao/engines/schedule'
import { parseMinute } from '@yingzao/engines/schedule'
import { project as projectEntity } from '@yingzao/modules/project/project.entity'
import { plan as planEntity } from '@yingzao/modules/schedule/plan.entity'
import { type Person, type TestApp, testApp } from '@yingzao/platform/testing'
import { launchBrowser } from '@yingzao/platform/testing/browser'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { builtWeb, sit } from './testing/browse.ts'

let app: TestApp
let browser: Browser
let planner: Person
let id: string

beforeAll(async () => {
  app = await testApp({ web: builtWeb })
  browser = await launchBrowser()
  const pmo = await app.as('pmo')
  const project = (
    await pmo.entity(projectEntity).create({ name: '泵房', type: 'building', company: app.company as never })
  ).id
  planner = await app.as('planner', { at: { kind: 'project', id: project } })
  id = (await planner.entity(planEntity).create({ name: '泵房计划', project, start_on: '2026-03-02' })).id
  const edit = (...edits: PlanEdit[]) => planner.entity(planEntity).run(id, 'edit', { base: 999, edits })
  const minute = (text: string) => parseMinute(text) ?? 0
  const task = crypto.randomUUID()
  await edit({
    kind: 'task.add',
    task: {
      ...{ id: task, name: '开挖', kind: 'task', duration: 4800, constraint: { type: 'asap' } },
      ...{ fixedCost: '10000.00', cost: '10000.00' },
    },
  })
  await planner.entity(planEntity).run(id, 'set_baseline', { number: 0 })
  for (const [day, share] of [
    ['2026-03-04', 20],
    ['2026-03-06', 40],
  ] as const)
    await edit(
      { kind: 'options.set', patch: { statusDate: minute(`${day}T17:00`) } },
      {
        kind: 'task.set',
        id: task,
        patch: {
          ...{ percentComplete: share, actualDuration: 48 * share, remainingDuration: 4800 - 48 * share },
          actualStart: minute('2026-03-02T08:00'),
        },
      },
    )
})
afterAll(async () => {
  await browser?.close()
  await app?.close()
})

test('the trend shows each status date with its own figures', async () => {
  const { page, go, calm, accessible, close } = await sit(browser, app, planner)
  await go(`/schedule/plan/${id}?tab=value`)
  await page.getByRole('img', { name: '各状态日期的 SPI、SPI(t) 和 CPI。' }).waitFor()
  const rows = page.locator('section', { hasText: '历次状态' }).locator('tbody tr')
  expect(await rows.allInnerTexts()).toEqual([
    expect.stringMatching(/2026-03-06.*5,000\.00.*4,000\.00.*—.*0\.8/s),
    expect.stringMatching(/2026-03-04.*3,000\.00.*2,000\.00.*—.*0\.67/s),
  ])
  await accessible()
  calm()
  await close()
})
