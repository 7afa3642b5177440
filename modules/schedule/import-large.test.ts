// A large plan file: written by a job that tells how far it is and can be cancelled; cut off, nothing of it is there.
import type { Plan } from '@yingzao/engines/schedule'
import { defaultOptions } from '@yingzao/engines/schedule'
import { writePlanFile } from '@yingzao/formats/plan-file'
import { type Person, type TestApp, testApp } from '@yingzao/platform/testing/app'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { project } from '../project/project.entity.ts'
import { plan } from './plan.entity.ts'
import { reckon } from './reckon.ts'
import { task } from './task.entity.ts'

const count = 5200
let app: TestApp
let planner: Person
let site: string
let content: Uint8Array<ArrayBuffer>
beforeAll(async () => {
  app = await testApp()
  const pmo = await app.as('pmo')
  site = (await pmo.entity(project).create({ name: '车站', type: 'rail', company: app.company as never })).id
  planner = await app.as('planner', { at: { kind: 'project', id: site } })
  content = largeFile()
}, 60_000)
afterAll(() => app?.close())

/** A chain of tasks, one day each. */
function largeFile(): Uint8Array<ArrayBuffer> {
  const day = [
    { from: 480, to: 720 },
    { from: 780, to: 1020 },
  ]
  const value: Plan = {
    name: '大计划',
    mode: 'ms',
    options: { ...defaultOptions, start: 29_700_000 - (29_700_000 % 1440) + 480, calendar: 'c' },
    calendars: [{ id: 'c', name: '标准', week: [[], day, day, day, day, day, []], workWeeks: [], exceptions: [] }],
    tasks: Array.from({ length: count }, (_, n) => ({
      id: `t${n}`,
      name: `任务 ${n + 1}`,
      kind: 'task',
      duration: 480,
      constraint: { type: 'asap' },
    })),
    links: Array.from({ length: count / 2 }, (_, n) => ({
      id: `l${n}`,
      from: `t${n}`,
      to: `t${n + 1}`,
      type: 'FS',
      lag: { kind: 'working', minutes: 0 },
    })),
    resources: [],
    assignments: [],
  }
  return new Uint8Array(writePlanFile(value, 'mspdi', reckon(value)).bytes)
}

const begin = async (name: string, project = site) => {
  const file = await planner.upload(new Blob([content]), '大计划.xml')
  return planner.perform<{ plan: string; job: string; tasks: number }>('schedule.import', {
    file: [file],
    project,
    name,
  })
}
const tasksOf = async (id: string) =>
  Number(
    (await planner.entity(task).aggregate({ filter: { plan: { eq: id } }, measures: [{ fn: 'count' }] }))[0]
      ?.values[0] ?? 0,
  )
const plansCalled = async (name: string) =>
  (await planner.entity(plan).list({ filter: { name: { eq: name } } })).items.length
/** Does something while rows are being written and cannot be committed: their links wait for a lock. */
async function whileWriting(job: () => Promise<string>, act: (job: string) => Promise<void>): Promise<void> {
  await app.host.db.transaction().execute(async held => {
    await sql`lock table t_main.task_link in share row exclusive mode`.execute(held)
    const id = await job()
    await expect
      .poll(async () => {
        const { state, progress } = await planner.jobs.get(id)
        return state === 'running' && progress > 0.2
      })
      .toBe(true)
    await act(id)
  })
}

test('cancelled while it writes, nothing of it is there', async () => {
  const asked = { job: '', plan: '' }
  await whileWriting(
    async () => Object.assign(asked, await begin('不要了')).job,
    job => planner.jobs.cancel(job),
  )
  expect(await planner.jobs.wait(asked.job)).toMatchObject({ state: 'cancelled' })
  expect(await plansCalled('不要了')).toBe(0)
  expect(await tasksOf(asked.plan)).toBe(0)
}, 120_000)

test('cut off from its database while it writes, nothing of it is there; then it is done again, whole and once', async () => {
  const asked = { job: '', plan: '', tasks: 0 }
  await whileWriting(
    async () => Object.assign(asked, await begin('断电')).job,
    async () => {
      // What a killed server leaves behind: its transaction, ended by PostgreSQL (whose own cleaning workers are let be).
      const { rows } = await sql<{ killed: boolean }>`select pg_terminate_backend(pid) as killed from pg_stat_activity
        where datname = current_database() and pid <> pg_backend_pid() and backend_xid is not null
          and usename = current_user`.execute(app.host.db)
      expect(rows.length).toBeGreaterThan(0)
      expect(await plansCalled('断电')).toBe(0)
      expect(await tasksOf(asked.plan)).toBe(0)
    },
  )
  expect(asked.tasks).toBe(count)
  const seen = new Set<number>()
  const ended = await planner.jobs.wait(asked.job, state => void seen.add(state.progress))
  expect(ended).toMatchObject({ state: 'done', progress: 1, result: { plan: asked.plan } })
  expect(seen.size).toBeGreaterThan(2)
  expect(await plansCalled('断电')).toBe(1)
  expect(await tasksOf(asked.plan)).toBe(count)
  expect(await planner.entity(plan).get(asked.plan)).toMatchObject({
    ...{ task_count: count, current: true, created_by: planner.user },
  })
}, 300_000)

test('a project that the reader does not see is refused before any job begins', async () => {
  const pmo = await app.as('pmo')
  const other = await pmo.entity(project).create({ name: '别处', type: 'rail', company: app.company as never })
  await expect(begin('越界', other.id)).rejects.toMatchObject({ problem: { status: 404 } })
}, 60_000)
