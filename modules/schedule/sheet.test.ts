// A plan kept in a spreadsheet comes in as its reader says, goes out as a sheet, and comes in again the same.
import { type Person, type TestApp, testApp } from '@yingzao/platform/testing/app'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { plan } from './plan.entity.ts'
import { task } from './task.entity.ts'

let app: TestApp
let planner: Person
let project: string
beforeAll(async () => {
  app = await testApp()
  const pmo = await app.as('pmo')
  const made = await pmo.entity<string>('project').create({ name: '云溪路站', type: 'rail', company: app.company })
  project = made.id
  planner = await app.as('planner', { at: { kind: 'project', id: project } })
})
afterAll(() => app?.close())

interface Seen {
  readonly format: string
  readonly plans: readonly { readonly tasks: number; readonly finish?: string }[]
  readonly face: {
    readonly week: number
    readonly columns: readonly { readonly header: string; readonly key: string | null }[]
  }
  readonly loss: readonly unknown[]
}
async function upload(content: Blob, name: string) {
  const form = new FormData()
  form.append('file', content, name)
  return planner.transport.call<{ id: string }>('POST', '/files', { raw: form })
}
const datesOf = async (id: string) =>
  (await planner.entity(task).list({ filter: { plan: { eq: id as never } } })).items
    .map(each => [each.name, each.start_on, each.finish_on])
    .sort()

test('columns and week as chosen; the exported sheet comes in again with the same dates', async () => {
  const rows = ['活,几天,从', '挖,6,2026-03-02', '浇,3,'].join('\n')
  const file = await upload(new Blob([rows]), '计划.csv')
  const see = (table?: object) =>
    planner.perform<Seen>('schedule.import_preview', { file: [file], ...(table ? { table } : {}) })
  expect((await see()).plans[0]?.tasks).toBe(0)
  const table = { columns: { 活: 'name', 几天: 'duration', 从: 'start' }, week: 6 }
  const seen = await see(table)
  expect(seen).toMatchObject({ format: 'csv', face: { week: 6 }, plans: [{ tasks: 2 }], loss: [] })

  const made = await planner.perform<{ plan: string }>('schedule.import', {
    file: [file],
    project,
    name: '表格',
    table,
  })
  // Monday to Saturday.
  expect(await datesOf(made.plan)).toEqual([
    ['挖', '2026-03-02', '2026-03-07'],
    ['浇', '2026-03-02', '2026-03-04'],
  ])
  const written = await planner
    .entity(plan)
    .read<{ name: string; base64: string }>(made.plan, 'file', { format: 'xlsx' })
  expect(written.name).toBe('表格.xlsx')
  const sheet = await upload(new Blob([Buffer.from(written.base64, 'base64')]), written.name)
  const wanted = { file: [sheet], project, name: '又一次', table: { week: 6 } }
  const again = await planner.perform<{ plan: string }>('schedule.import', wanted)
  expect(await datesOf(again.plan)).toEqual(await datesOf(made.plan))
})

test('the template can be filled in and read', async () => {
  const { name, base64 } = await planner.perform<{ name: string; base64: string }>('schedule.sheet_template')
  const file = await upload(new Blob([Buffer.from(base64, 'base64')]), name)
  const seen = await planner.perform<Seen>('schedule.import_preview', { file: [file] })
  expect(seen).toMatchObject({ format: 'xlsx', plans: [{ tasks: 5 }], loss: [] })
  expect(seen.face.columns.every(column => column.key !== null)).toBe(true)
})

test('a broken or empty sheet is refused with the way out', async () => {
  const refused = async (content: string, name: string) => {
    const file = await upload(new Blob([content]), name)
    return planner.perform('schedule.import_preview', { file: [file] }).then(
      () => null,
      (error: unknown) => error,
    )
  }
  for (const [content, name] of [
    ['PK\u0003\u0004no workbook', '坏.xlsx'],
    ['\n', '空.csv'],
  ] as const)
    expect(await refused(content, name)).toMatchObject({ problem: { status: 422, code: 'schedule.unreadable' } })
})
