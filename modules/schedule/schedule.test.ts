// Planning through the door people use: two planners, one plan, over HTTP on a real database.
import type { Plan, PlanEdit, Task } from '@yingzao/engines/schedule'
import { chainFile } from '@yingzao/formats/mpp/testing/file'
import { newId } from '@yingzao/platform/client'
import { type Person, type TestApp, testApp } from '@yingzao/platform/testing/app'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { project } from '../project/project.entity.ts'
import { plan } from './plan.entity.ts'
import { task } from './task.entity.ts'

let app: TestApp
let pmo: Person
let planner: Person
let colleague: Person
let metro: string
beforeAll(async () => {
  app = await testApp()
  pmo = await app.as('pmo')
  metro = (
    await pmo
      .entity(project)
      .create({ name: '地铁车站', type: 'rail', company: app.company, start_on: '2026-03-02', finish_on: '2026-03-31' })
  ).id
  const at = { kind: 'project', id: metro } as const
  planner = await app.as('planner', { at, name: '何清扬' })
  colleague = await app.as('planner', { at, name: '温若兰' })
})
afterAll(() => app?.close())

interface Loaded {
  readonly plan: Plan
  readonly revision: number
}
const load = (who: Person, id: string) => who.entity(plan).read<Loaded>(id, 'load')
const edit = (who: Person, id: string, base: number, ...edits: PlanEdit[]) =>
  who.entity(plan).run(id, 'edit', { base, edits })
const row = (name: string, days: number): Task => ({
  id: newId(),
  name,
  kind: 'task',
  duration: days * 480,
  constraint: { type: 'asap' },
})
const newPlan = () =>
  planner.entity(plan).create({ name: '总进度计划', project: metro as never, mode: 'ms', start_on: '2026-03-02' })

/** Excavation, then base slab; the second waits for the first. */
async function smallPlan() {
  const made = await newPlan()
  const [dig, slab] = [row('土方开挖', 5), row('底板混凝土', 3)]
  await edit(
    planner,
    made.id,
    0,
    { kind: 'task.add', task: dig },
    { kind: 'task.add', task: slab },
    {
      kind: 'link.add',
      link: { id: newId(), from: dig.id, to: slab.id, type: 'FS', lag: { kind: 'working', minutes: 0 } },
    },
  )
  return { id: made.id, dig: dig.id, slab: slab.id }
}
const dates = async (id: string) => {
  const page = await planner.entity(task).list({ filter: { plan: { eq: id } }, sort: ['position'] })
  return page.items.map(each => [each.name, each.start_on, each.finish_on, each.critical])
}

test('a planner adds tasks and a link, and lists show the computed dates', async () => {
  const { id } = await smallPlan()
  expect(await dates(id)).toEqual([
    ['土方开挖', '2026-03-02', '2026-03-06', true],
    ['底板混凝土', '2026-03-09', '2026-03-11', true],
  ])
  expect(await planner.entity(plan).get(id)).toMatchObject({
    revision: 1,
    task_count: 2,
    finish_on: '2026-03-11',
    late_days: 0,
  })
})

test("a colleague's browser gets the same edit and both see the same plan", async () => {
  const { id, dig } = await smallPlan()
  const before = await load(colleague, id)
  await edit(planner, id, 1, { kind: 'task.set', id: dig, patch: { duration: 4800 } })
  const news = await colleague
    .entity(plan)
    .read<{ revision: number; edits: { edits: PlanEdit[] }[] }>(id, 'edits', { since: before.revision })
  expect(news).toMatchObject({
    revision: 2,
    edits: [{ revision: 2, edits: [{ kind: 'task.set', id: dig, patch: { duration: 4800 } }] }],
  })
  expect((await dates(id))[1]).toEqual(['底板混凝土', '2026-03-16', '2026-03-18', true])
})

test('two people edit different fields of one task and neither loses anything', async () => {
  const { id, dig } = await smallPlan()
  await edit(planner, id, 1, { kind: 'task.set', id: dig, patch: { duration: 960 } })
  await edit(colleague, id, 1, { kind: 'task.set', id: dig, patch: { name: '土方与支撑' } })
  const { plan: now } = await load(planner, id)
  expect(now.tasks[0]).toMatchObject({ name: '土方与支撑', duration: 960 })
})

test('the second to change the same field is told who was faster and to what', async () => {
  const { id, dig } = await smallPlan()
  await edit(planner, id, 1, { kind: 'task.set', id: dig, patch: { duration: 960 } })
  await expect(edit(colleague, id, 1, { kind: 'task.set', id: dig, patch: { duration: 1440 } })).rejects.toMatchObject({
    problem: { code: 'schedule.changed', detail: expect.stringContaining('何清扬') },
  })
})

test('a loop is refused with the names of its tasks and nothing is written', async () => {
  const { id, dig, slab } = await smallPlan()
  const back = { id: newId(), from: slab, to: dig, type: 'FS', lag: { kind: 'working', minutes: 0 } } as const
  await expect(edit(planner, id, 1, { kind: 'link.add', link: back })).rejects.toMatchObject({
    problem: { code: 'schedule.cycle', detail: expect.stringContaining('底板混凝土') },
  })
  expect((await load(planner, id)).plan.links).toHaveLength(1)
})

test('an edit that changes nothing is accepted and leaves nothing to undo', async () => {
  const { id, dig } = await smallPlan()
  await edit(planner, id, 1, { kind: 'task.set', id: dig, patch: { duration: 5 * 480 } })
  expect((await load(planner, id)).revision).toBe(1)
})

test('undo and redo work in a later session and bring back removed rows', async () => {
  const { id, dig } = await smallPlan()
  await edit(planner, id, 1, { kind: 'task.remove', ids: [dig] })
  expect((await load(planner, id)).plan.tasks).toHaveLength(1)
  const later = await app.again(planner)
  await later.entity(plan).run(id, 'undo')
  const restored = await load(later, id)
  expect(restored.plan.tasks.map(each => each.name)).toEqual(['土方开挖', '底板混凝土'])
  expect(restored.plan.links).toHaveLength(1)
  await later.entity(plan).run(id, 'redo')
  expect((await load(later, id)).plan.tasks).toHaveLength(1)
})

test('what somebody else has changed since cannot be undone over his head', async () => {
  const { id, dig } = await smallPlan()
  await edit(planner, id, 1, { kind: 'task.set', id: dig, patch: { duration: 960 } })
  await edit(colleague, id, 2, { kind: 'task.set', id: dig, patch: { duration: 480 } })
  await expect(planner.entity(plan).run(id, 'undo')).rejects.toMatchObject({
    problem: { code: 'schedule.undo_blocked' },
  })
})

test('the project turns late when its current plan passes the contract date', async () => {
  const { id, dig } = await smallPlan()
  await planner.entity(plan).run(id, 'make_current')
  expect(await pmo.entity(project).get(metro)).toMatchObject({ health: 'good', forecast_finish_on: '2026-03-11' })
  await edit(planner, id, 1, { kind: 'task.set', id: dig, patch: { duration: 30 * 480 } })
  expect(await pmo.entity(project).get(metro)).toMatchObject({ health: 'late' })
})

test('a plan opens, is edited and undone also where the organisation has very many tasks and edits', async () => {
  const { id, dig } = await smallPlan()
  const { db } = app.host
  // In the recycle bin, where they disturb nobody; the tables are as large all the same.
  for (const [table, columns, values] of [
    ['task', 'name, kind, duration', "'x', 'task', 0"],
    ['plan_edit', 'revision, edits, inverse', "1, '[]', '[]'"],
  ]) {
    await sql
      .raw(`insert into t_main.${table} (id, plan, created_at, updated_at, deleted_at, ${columns})
      select gen_random_uuid(), '${id}', now(), now(), now(), ${values} from generate_series(1, 21000)`)
      .execute(db)
    await sql.raw(`analyze t_main.${table}`).execute(db)
  }
  await edit(planner, id, 1, { kind: 'task.set', id: dig, patch: { duration: 960 } })
  await planner.entity(plan).run(id, 'undo')
  expect((await load(planner, id)).plan.tasks.map(each => each.name)).toEqual(['土方开挖', '底板混凝土'])
  expect(await planner.entity(plan).read(id, 'edits', { since: 1 })).toMatchObject({ revision: 3 })
})

test('an observer opens the plan and may not change it; a stranger does not know it exists', async () => {
  const { id } = await smallPlan()
  const observer = await app.as('observer', { at: { kind: 'project', id: metro } })
  expect((await load(observer, id)).plan.tasks).toHaveLength(2)
  await expect(edit(observer, id, 1, { kind: 'task.add', task: row('私加', 1) })).rejects.toMatchObject({
    problem: { status: 403 },
  })
  const stranger = await app.as()
  await expect(load(stranger, id)).rejects.toMatchObject({ problem: { status: 404 } })
})

/** Two tasks, one link; the second starts later in the file than it has to. */
function smallFile(): string {
  const at = (day: string) =>
    `<Start>${day}T08:00:00</Start><Finish>${day}T17:00:00</Finish><EarlyStart>${day}T08:00:00</EarlyStart><EarlyFinish>${day}T17:00:00</EarlyFinish>`
  return `<?xml version="1.0" encoding="UTF-8"?><Project xmlns="http://schemas.microsoft.com/project"><Name>demo</Name><ScheduleFromStart>1</ScheduleFromStart><StartDate>2026-03-02T08:00:00</StartDate><CalendarUID>1</CalendarUID><MinutesPerDay>480</MinutesPerDay><MinutesPerWeek>2400</MinutesPerWeek><DaysPerMonth>20</DaysPerMonth><Calendars><Calendar><UID>1</UID><Name>Standard</Name><IsBaseCalendar>1</IsBaseCalendar><WeekDays>${[2, 3, 4, 5, 6].map(day => `<WeekDay><DayType>${day}</DayType><DayWorking>1</DayWorking><WorkingTimes><WorkingTime><FromTime>08:00:00</FromTime><ToTime>12:00:00</ToTime></WorkingTime><WorkingTime><FromTime>13:00:00</FromTime><ToTime>17:00:00</ToTime></WorkingTime></WorkingTimes></WeekDay>`).join('')}</WeekDays></Calendar></Calendars><Tasks><Task><UID>1</UID><ID>1</ID><Name>支模</Name><OutlineLevel>1</OutlineLevel><Duration>PT8H0M0S</Duration>${at('2026-03-02')}</Task><Task><UID>2</UID><ID>2</ID><Name>浇筑</Name><OutlineLevel>1</OutlineLevel><Duration>PT8H0M0S</Duration>${at('2026-03-05')}<PredecessorLink><PredecessorUID>1</PredecessorUID><Type>1</Type><LinkLag>0</LinkLag></PredecessorLink></Task></Tasks></Project>`
}

test('a Microsoft Project file is previewed with its differences and imported as a plan', async () => {
  const form = new FormData()
  form.append('file', new Blob([smallFile()]), '计划.xml')
  const file = await planner.transport.call<{ id: string; name: string; size: number; type: string }>(
    'POST',
    '/files',
    { raw: form },
  )
  const preview = await planner.perform<{
    plans: { tasks: number; check: { total: number; differences: { name: string; field: string }[] } }[]
  }>('schedule.import_preview', { file: [file] })
  expect(preview.plans[0]).toMatchObject({ tasks: 2, links: 1 })
  expect(preview.plans[0]?.check.differences).toContainEqual(
    expect.objectContaining({ name: '浇筑', field: 'earlyStart' }),
  )
  const done = await planner.perform<{ plan: string }>('schedule.import', {
    file: [file],
    project: metro,
    name: '导入的计划',
  })
  expect(await dates(done.plan)).toEqual([
    ['支模', '2026-03-02', '2026-03-02', true],
    ['浇筑', '2026-03-03', '2026-03-03', true],
  ])
})

test('an .mpp is imported as the planner has it, without saving it as XML first', async () => {
  const form = new FormData()
  form.append('file', new Blob([new Uint8Array(chainFile(2, id => ({ 71: id === 2 })))]), '计划.mpp')
  const file = await planner.transport.call<{ id: string }>('POST', '/files', { raw: form })
  const preview = await planner.perform<{ format: string; loss: { path: string }[]; plans: { tasks: number }[] }>(
    'schedule.import_preview',
    { file: [file] },
  )
  expect([preview.format, preview.plans[0]?.tasks, preview.loss.map(l => l.path)]).toEqual(['mpp', 2, ['Task/Marked']])
  const done = await planner.perform<{ plan: string }>('schedule.import', {
    file: [file],
    project: metro,
    name: '来自 mpp',
  })
  expect(await dates(done.plan)).toEqual([
    ['工序 1', '2024-03-01', '2024-03-01', true],
    ['工序 2', '2024-03-04', '2024-03-04', true],
  ])
})

test('a file of another program is refused with the way out', async () => {
  const form = new FormData()
  form.append(
    'file',
    new Blob([new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, ...new Array(600).fill(0)])]),
    'plan.mpp',
  )
  const file = await planner.transport.call<{ id: string }>('POST', '/files', { raw: form })
  await expect(planner.perform('schedule.import_preview', { file: [file] })).rejects.toMatchObject({
    problem: { status: 422, code: 'schedule.unreadable', detail: expect.stringContaining('XML') },
  })
})

test('a plan is exported for Microsoft Project with its computed dates; an observer may not', async () => {
  const { id } = await smallPlan()
  const file = await planner.entity(plan).read<{ name: string; text: string }>(id, 'file', { format: 'mspdi' })
  expect(file.name).toBe('总进度计划.xml')
  expect(file.text).toContain('<Name>底板混凝土</Name>')
  expect(file.text).toContain('2026-03-09T08:00:00')
  const observer = await app.as('observer', { at: { kind: 'project', id: metro } })
  await expect(observer.entity(plan).read(id, 'file', { format: 'mspdi' })).rejects.toMatchObject({
    problem: { status: 403 },
  })
})

test('a plan that was imported and then edited goes out again as a file', async () => {
  const form = new FormData()
  form.append('file', new Blob([smallFile()]), '计划.xml')
  const file = await planner.transport.call<{ id: string }>('POST', '/files', { raw: form })
  const done = await planner.perform<{ plan: string }>('schedule.import', {
    file: [file],
    project: metro,
    name: '往返',
  })
  const [first] = (await load(planner, done.plan)).plan.tasks
  await edit(planner, done.plan, 0, { kind: 'task.set', id: first?.id ?? '', patch: { duration: 1440 } })
  for (const format of ['mspdi', 'xer']) {
    const written = await planner.entity(plan).read<{ text: string }>(done.plan, 'file', { format })
    expect(written.text).toContain('支模')
  }
})

test('a baseline keeps the cost of the day as the budget, whatever the task costs later', async () => {
  const made = await newPlan()
  const dig = { ...row('土方开挖', 5), cost: '120000.00' }
  await edit(planner, made.id, 0, { kind: 'task.add', task: dig })
  await planner.entity(plan).run(made.id, 'set_baseline', { number: 0 })
  const { revision } = await load(planner, made.id)
  await edit(planner, made.id, revision, { kind: 'task.set', id: dig.id, patch: { cost: '150000.00' } })
  const [after] = (await load(planner, made.id)).plan.tasks
  expect(after?.cost).toBe('150000.00')
  expect(after?.baselines?.[0]).toMatchObject({ number: 0, duration: 2400, cost: '120000.00' })
})
