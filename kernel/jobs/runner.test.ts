// Jobs on a real PostgreSQL: asked for in a transaction, run once by one of several nodes, followed, cancelled, survived.
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { openDatabase } from '../database.ts'
import { openDirect } from '../direct.ts'
import { create, get, history, list, patch, write } from '../records.ts'
import { refuse } from '../refuse.ts'
import type { JobProgress } from '../serve.ts'
import { job } from '../serve.ts'
import { supplier } from '../testing/enterprise.ts'
import { tenant, testWorld, type World } from '../testing/world.ts'
import { later } from './later.ts'
import { type Jobs, startJobs } from './runner.ts'
import { schedule } from './schedule.ts'
import { cancelJob, type JobStatus, jobStatus } from './status.ts'

let world: World
const label = { zh: '任务', en: 'Job' }
const ran: string[] = []
let failures = 0
const gates = new Map<string, () => void>()
const errors: unknown[] = []
const open: (() => Promise<void>)[] = []

async function wait(progress: JobProgress): Promise<void> {
  for (let n = 0; ; n++) {
    await progress(Math.min(0.9, n / 100), { zh: `第 ${n} 步`, en: `step ${n}` })
    await new Promise(resolve => setTimeout(resolve, 20))
  }
}
const jobs = [
  job('enterprise.add', {
    label,
    async run(ctx, { name }) {
      const made = await create(ctx, supplier, { name: String(name) })
      ran.push(String(name))
      return { id: made.id, cause: ctx.cause }
    },
  }),
  job('enterprise.refused', {
    label,
    run: async () => {
      throw refuse('enterprise.odd', { n: 3 })
    },
  }),
  job('enterprise.flaky', {
    label,
    run: async () => {
      failures += 1
      if (failures < 2) throw new Error('the network was away')
      return { tries: failures }
    },
  }),
  job('enterprise.long', { label, run: (_ctx, _input, progress) => wait(progress).then(() => null) }),
  job('enterprise.gate', {
    label,
    async run(_ctx, { name }) {
      await new Promise<void>(resolve => gates.set(String(name), resolve))
      return null
    },
  }),
  job('enterprise.mine', {
    label,
    as: 'asker',
    run: async (ctx, { name }) => ({ id: (await create(ctx, supplier, { name: String(name) })).id }),
  }),
  job('enterprise.nightly', { label, every: '0 2 * * *', run: async () => void ran.push('nightly') }),
]

beforeAll(async () => {
  world = await testWorld(jobs)
})
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close()
  expect(errors.splice(0)).toEqual([])
})
afterAll(() => world.drop())

/** A node of its own: pool, direct connection, runner. */
async function node(more: { grace?: number } = {}): Promise<Jobs & { die(): Promise<void> }> {
  const { db } = openDatabase({ connectionString: world.url, max: 4, onError: () => {} })
  const direct = openDirect({ connection: { connectionString: world.url }, onError: () => {} })
  const running = await startJobs({
    ...{ db, direct, tenant, zone: 'Asia/Shanghai', registry: { ...world.system.registry } },
    connection: { connectionString: world.url },
    onError: error => errors.push(error),
    ...more,
  })
  open.push(async () => {
    await running.close()
    await direct.close()
    await db.destroy()
  })
  return { ...running, die: () => direct.close() }
}
async function ended(id: string): Promise<JobStatus> {
  for (let attempt = 0; attempt < 800; attempt++) {
    const status = await jobStatus(world.system, id)
    if (status.state !== 'waiting' && status.state !== 'running') return status
    await new Promise(resolve => setTimeout(resolve, 20))
  }
  throw new Error('the job does not end')
}
async function until(condition: () => Promise<boolean> | boolean): Promise<void> {
  for (let attempt = 0; !(await condition()); attempt++) {
    if (attempt > 800) throw new Error('waited in vain')
    await new Promise(resolve => setTimeout(resolve, 20))
  }
}
const stateOf = async (id: string) => (await jobStatus(world.system, id)).state

test('J1 a job is asked for with the transaction, or not at all, and names the change that caused it', async () => {
  await node()
  let rolledBack = ''
  await expect(
    write(world.system, async ctx => {
      rolledBack = await later(ctx, 'enterprise.add', { name: 'Never' })
      throw refuse('enterprise.odd')
    }),
  ).rejects.toThrow('enterprise.odd')
  await expect(jobStatus(world.system, rolledBack)).rejects.toThrow('job.not_found')
  const { asked, cause } = await write(world.system, async ctx => {
    const made = await create(ctx, supplier, { name: 'Cause' })
    return { cause: made.id, asked: await later(ctx, 'enterprise.add', { name: 'Effect' }) }
  })
  const done = await ended(asked)
  const [change] = await history(world.system, supplier, cause)
  expect(done).toMatchObject({ state: 'done', progress: 1, result: { cause: change?.id }, error: null })
  expect((await list(world.system, supplier, { search: 'Never' })).items).toEqual([])
})

test('J2 three nodes run 60 jobs, each once', async () => {
  const nodes = [await node(), await node(), await node()]
  ran.length = 0
  const ids = await write(world.system, async ctx => {
    const asked: string[] = []
    for (let n = 0; n < 60; n++) asked.push(await later(ctx, 'enterprise.add', { name: `S${n}` }))
    return asked
  })
  for (const each of nodes) each.wake()
  for (const id of ids) expect(await ended(id)).toMatchObject({ state: 'done' })
  expect([...ran].sort()).toEqual([...new Set(ran)].sort())
  expect(ran.length).toBe(60)
})

test('J3 the same key while it waits is the same job with the last input; another time is kept', async () => {
  const { system } = world
  const first = await later(system, 'enterprise.add', { name: 'Key 1' }, { key: 'k' })
  const never = '2099-01-01T00:00:00Z'
  expect(await later(system, 'enterprise.add', { name: 'Key 2' }, { key: 'k', runAt: never })).toBe(first)
  // Or the earlier one, where news must not put it off.
  const soon = '2098-01-01T00:00:00Z'
  const runAtOf = async () =>
    (
      await sql<{
        at: string
      }>`select run_at::text as at from ${sql.id(tenant, 'job')} where id = ${first}::uuid`.execute(system.db)
    ).rows[0]?.at.slice(0, 4)
  for (const runAt of [soon, never])
    await later(system, 'enterprise.add', { name: 'Key 2' }, { key: 'k', runAt, earliest: true })
  expect(await runAtOf()).toBe('2098')
  await node()
  expect(await ended(await later(system, 'enterprise.add', { name: 'Another' }))).toMatchObject({ state: 'done' })
  expect(await stateOf(first)).toBe('waiting')
  const runAt = new Date(Date.now() + 50).toISOString()
  expect(await later(system, 'enterprise.add', { name: 'Key 2' }, { key: 'k', runAt })).toBe(first)
  const { result } = await ended(first)
  const id = typeof result === 'object' && result !== null && 'id' in result ? String(result.id) : ''
  expect(await get(system, supplier, id)).toMatchObject({ name: 'Key 2' })
})

test('J4 a refusal ends the job with its code; an accident is tried again', async () => {
  await node()
  expect(await ended(await later(world.system, 'enterprise.refused'))).toMatchObject({
    state: 'failed',
    error: { code: 'enterprise.odd', values: { n: 3 } },
  })
  expect(await ended(await later(world.system, 'enterprise.flaky'))).toMatchObject({
    state: 'done',
    result: { tries: 2 },
  })
  expect(errors.splice(0)).toHaveLength(1)
})

test('J5 a running job tells how far it is and ends soon after it is cancelled; a waiting one never starts', async () => {
  await node()
  const long = await later(world.system, 'enterprise.long')
  await until(async () => (await jobStatus(world.system, long)).progress > 0)
  expect((await jobStatus(world.system, long)).note?.zh).toMatch(/^第 \d+ 步$/)
  await cancelJob(world.system, long)
  expect(await ended(long)).toMatchObject({ state: 'cancelled' })
  const waiting = await later(world.system, 'enterprise.add', { name: 'Late' }, { runAt: '2099-01-01T00:00:00Z' })
  expect(await cancelJob(world.system, waiting)).toMatchObject({ state: 'cancelled' })
})

test('J5 everybody follows his own jobs only, an administrator all', async () => {
  const [mine, other, boss] = [
    await world.person('lead@tower'),
    await world.person('lead@tower'),
    await world.person('administrator@group'),
  ]
  const id = await later(mine.ctx, 'enterprise.add', { name: 'Mine' }, { runAt: '2099-01-01T00:00:00Z' })
  expect(await jobStatus(mine.ctx, id)).toMatchObject({ state: 'waiting', label })
  await expect(jobStatus(other.ctx, id)).rejects.toThrow('job.not_found')
  await expect(cancelJob(other.ctx, id)).rejects.toThrow('job.not_found')
  await expect(jobStatus(mine.ctx, 'no id')).rejects.toThrow('job.not_found')
  expect(await cancelJob(boss.ctx, id)).toMatchObject({ state: 'cancelled' })
})

test('J2 jobs of a node that died run again on another', async () => {
  const first = await node({ grace: 0 })
  const id = await later(world.system, 'enterprise.gate', { name: 'dead' })
  await until(() => gates.has('dead'))
  gates.delete('dead')
  // Its lock is gone, its process hangs.
  await first.die()
  await node()
  await until(() => gates.has('dead'))
  gates.get('dead')?.()
  expect(await ended(id)).toMatchObject({ state: 'done' })
  expect(
    (
      await sql<{ attempts: number }>`select attempts from ${sql.id(tenant, 'job')} where id = ${id}`.execute(
        world.system.db,
      )
    ).rows,
  ).toEqual([{ attempts: 2 }])
}, 40_000)

test('J2 a node that stops gives its unfinished job to another', async () => {
  const first = await node({ grace: 0 })
  const id = await later(world.system, 'enterprise.long')
  await until(async () => (await stateOf(id)) === 'running')
  await first.close()
  expect(await stateOf(id)).toBe('waiting')
  await node()
  await until(async () => (await stateOf(id)) === 'running')
  await cancelJob(world.system, id)
  expect(await ended(id)).toMatchObject({ state: 'cancelled' })
})

test('J6 a nightly job runs once for all nodes, and once for the nights that were missed', async () => {
  const { db, registry } = world.system
  await sql`delete from ${sql.id(tenant, 'job_schedule')}`.execute(db)
  await sql`delete from ${sql.id(tenant, 'job')} where name = 'enterprise.nightly'`.execute(db)
  const at = (now: string) => schedule({ db, registry, tenant, zone: 'Asia/Shanghai', now: new Date(now) })
  const asked = async () =>
    (
      await sql<{
        n: number
      }>`select count(*) as n from ${sql.id(tenant, 'job')} where name = 'enterprise.nightly'`.execute(db)
    ).rows[0]?.n
  await at('2026-11-21T10:00:00Z')
  await at('2026-11-21T17:59:59Z')
  expect(await asked()).toBe(0)
  await Promise.all([at('2026-11-21T18:00:00Z'), at('2026-11-21T18:00:00Z'), at('2026-11-21T18:00:01Z')])
  expect(await asked()).toBe(1)
  await at('2026-11-25T00:00:00Z')
  await at('2026-11-25T00:00:01Z')
  expect(await asked()).toBe(2)
})

test('J1 what a job writes is written by the system because of the change, and its owner is not it', async () => {
  await node()
  const { ctx } = await world.person('director@group')
  const made = await create(ctx, supplier, { name: 'Human' })
  const id = await later(ctx, 'enterprise.add', { name: 'Robot' })
  const { result } = await ended(id)
  const robot = typeof result === 'object' && result !== null && 'id' in result ? String(result.id) : ''
  const [entry] = await history(world.system, supplier, robot)
  expect(entry).toMatchObject({ by: null, from: 'job enterprise.add' })
  await patch(ctx, supplier, made.id, 1, { name: 'Human 2' })
})

test('J7 a job that runs as its asker does what he may do then, in his name', async () => {
  const [director, lead] = [await world.person('director@group'), await world.person('lead@tower')]
  const [allowed, denied] = [
    await later(director.ctx, 'enterprise.mine', { name: 'Mine to make' }),
    await later(lead.ctx, 'enterprise.mine', { name: 'Not mine' }),
  ]
  const gone = await world.person('director@group')
  const late = await later(gone.ctx, 'enterprise.mine', { name: 'Too late' })
  await patch(world.system, 'user', gone.id, undefined, { active: false })
  await node()
  const { result } = await ended(allowed)
  const id = typeof result === 'object' && result !== null && 'id' in result ? String(result.id) : ''
  expect((await history(world.system, supplier, id))[0]).toMatchObject({ op: 'create', by: { id: director.id } })
  for (const each of [denied, late])
    expect(await ended(each)).toMatchObject({ state: 'failed', error: { code: 'access.denied' } })
})
