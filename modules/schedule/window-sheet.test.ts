// A month of a plan as an Excel file: the rows of the page, for whoever may export the plan.
import { cellText, readSheet } from '@yingzao/formats/xlsx'
import { asId } from '@yingzao/kernel/entity'
import { newId } from '@yingzao/platform/client'
import { type Person, type TestApp, testApp } from '@yingzao/platform/testing/app'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { project } from '../project/project.entity.ts'
import { plan } from './plan.entity.ts'

let app: TestApp
let planner: Person
let foreman: Person
beforeAll(async () => {
  app = await testApp()
  const pmo = await app.as('pmo')
  const site = (await pmo.entity(project).create({ name: '车站', type: 'rail', company: app.company })).id
  const at = { kind: 'project', id: site } as const
  planner = await app.as('planner', { at })
  foreman = await app.as('foreman', { at })
})
afterAll(() => app?.close())

test('the month has its tasks with planned shares and the quantity that the site reported; a foreman may not export', async () => {
  const site = (await planner.entity(project).list()).items[0]?.id
  if (!site) throw new Error('no project')
  const made = await planner.entity(plan).create({ name: '总计划', project: site, start_on: '2026-03-02' })
  const dig = { id: newId(), name: '挖土', kind: 'task', duration: 30 * 480, constraint: { type: 'asap' } }
  const later = { ...dig, id: newId(), name: '回填', constraint: { type: 'start_no_earlier_than', at: 29_640_000 } }
  await planner.entity(plan).run(made.id, 'edit', {
    base: 0,
    edits: [dig, later].map(task => ({ kind: 'task.add', task })),
  })
  await foreman.entity('progress_report').create({
    ...{ task: asId('task', dig.id), reported_on: '2026-03-03', done_qty: '10', total_qty: '3000', qty_unit: 'm³' },
  })
  const ask = { unit: 'month', on: '2026-03-20' }
  const file = await planner.entity(plan).read<{ name: string; base64: string }>(made.id, 'window_sheet', ask)
  expect(file.name).toBe('总计划 2026年3月计划.xlsx')
  const rows: string[][] = []
  for await (const row of readSheet(Buffer.from(file.base64, 'base64'))) rows.push(row.cells.map(cellText))
  expect(rows).toHaveLength(2)
  expect(rows[1]?.slice(0, 4)).toEqual(['1', '挖土', '2026-03-02', expect.stringMatching(/^2026-04-/)])
  // 22 working days of 30 lie in March.
  expect(rows[1]?.slice(4, 8)).toEqual(['0', '73', '73', '0'])
  expect(rows[1]?.slice(8, 12)).toEqual(['0', '2200', 'm³', '新开工'])
  await expect(foreman.entity(plan).read(made.id, 'window_sheet', ask)).rejects.toMatchObject({ status: 403 })
})
