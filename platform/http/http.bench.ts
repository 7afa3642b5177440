// 16 clients, 80 % list of 50 and 20 % create: the whole of Yingzao (session, rights, rules, change row, titles) against a
// bare Fastify + Kysely handler without rights on the same database, in the same run. Goal: 60 % of its throughput.
import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Tables } from '@yingzao/kernel/context'
import { openDatabase } from '@yingzao/kernel/database'
import { createAll } from '@yingzao/kernel/server'
import Fastify from 'fastify'
import { Kysely, PostgresDialect, sql } from 'kysely'
import { type TestApp, testApp } from '../testing/app.ts'
import { yardModule, yardServices } from '../testing/yard.ts'
import { systemContext } from './context.ts'
import type { Load, Loaded } from './http.load.ts'

type Report = (
  name: string,
  median: number,
  more?: { baseline?: { name: string; ms: number }; target?: number; unit?: string },
) => void

const ROWS = 20_000
const CLIENTS = 16

export default async function bench(report: Report): Promise<void> {
  const app = await testApp({
    modules: [yardModule],
    registrations: yardServices,
    limits: { requests: { max: 10_000_000, timeWindow: 60_000 } },
  })
  const bare = await bareServer(app)
  const clients = fork(fileURLToPath(new URL('./http.load.ts', import.meta.url)), { execArgv: ['--import', 'tsx'] })
  const load = (asked: Load) =>
    new Promise<Loaded>((resolve, reject) => {
      clients.once('message', (loaded: Loaded) => resolve(loaded))
      clients.once('exit', () => reject(new Error('the clients ended')))
      clients.send(asked)
    })
  try {
    await fill(app)
    const keeper = await app.as('yard_keeper')
    const row = { company: app.company, area: '12.5', kind: 'steel', covered: true, opened_on: '2026-03-01' }
    const ours: Load = {
      port: Number(new URL(app.url).port),
      clients: CLIENTS,
      seconds: 5,
      headers: { cookie: keeper.cookie, 'x-yingzao-client': 'web' },
      list: '/api/v1/yard?limit=50&sort=-created_at',
      create: '/api/v1/yard',
      row,
    }
    const theirs: Load = { ...ours, port: bare.port, headers: {}, list: '/yard', create: '/yard' }
    await load({ ...ours, seconds: 2 })
    await load({ ...theirs, seconds: 2 })
    const runs = { ours: [] as Loaded[], theirs: [] as Loaded[] }
    for (let turn = 0; turn < 3; turn++) {
      runs.ours.push(await load(ours))
      runs.theirs.push(await load(theirs))
    }
    const failed = [...runs.ours, ...runs.theirs].reduce((sum, each) => sum + each.failed, 0)
    if (failed > 0) throw new Error(`${failed} requests failed`)
    const median = (loaded: readonly Loaded[], of: (each: Loaded) => number) =>
      loaded.map(of).sort((a, b) => a - b)[1] ?? 0
    const base = median(runs.theirs, each => each.perSecond)
    report(
      'http 80/20 at 16 clients',
      median(runs.ours, each => each.perSecond),
      {
        baseline: { name: 'bare Fastify + Kysely', ms: base },
        target: base * 0.6,
        unit: 'op/s',
      },
    )
    const name = 'bare'
    report(
      'http list of 50, p95',
      median(runs.ours, each => each.list.p95),
      { baseline: { name, ms: median(runs.theirs, each => each.list.p95) } },
    )
    report(
      'http create, p95',
      median(runs.ours, each => each.create.p95),
      { baseline: { name, ms: median(runs.theirs, each => each.create.p95) }, target: 25 },
    )
  } finally {
    clients.removeAllListeners('exit')
    clients.kill()
    await bare.close()
    await app.close()
  }
}

export async function fill(app: TestApp): Promise<void> {
  const ctx = systemContext(app.host, 'bench')
  for (let from = 0; from < ROWS; from += 1000)
    await createAll(
      ctx,
      'yard',
      Array.from({ length: 1000 }, (_, n) => ({
        name: `料场 ${from + n}`,
        company: app.company,
        area: '12.5',
        kind: 'steel',
      })),
    )
  await sql`insert into bare_yard select ${sql.raw(fields)} from ${sql.table('t_main.yard')}`.execute(app.host.db)
  await sql`analyze`.execute(app.host.db)
  // The audit chain works off what the filling left behind; both sides are measured when it is done.
  for (let left = 1; left > 0; ) {
    const { rows } = await sql<{ left: number }>`select (select count(*) from ${sql.table('t_main.change')})
      - (select number from ${sql.table('t_main.change_chain')}) as left`.execute(app.host.db)
    left = rows[0]?.left ?? 0
    await new Promise(resolve => setTimeout(resolve, 100))
  }
}

/** What a record of ours shows: the bare handler answers the same fields. */
const fields = `id, version, name, company, keeper, area, kind, covered, opened_on, rent_amount, photo,
  created_at, created_by, updated_at, updated_by`

/** What somebody would write in an hour: no session, no rights, no history, one table. */
export async function bareServer(app: TestApp): Promise<{ readonly port: number; close(): Promise<void> }> {
  await sql`create table bare_yard as select ${sql.raw(fields)} from ${sql.table('t_main.yard')} limit 0`.execute(
    app.host.db,
  )
  await sql`alter table bare_yard add primary key (id), alter column version set default 1,
    alter column created_at set default now(), alter column updated_at set default now()`.execute(app.host.db)
  await sql`create index on bare_yard (created_at, id)`.execute(app.host.db)
  // The driver as it comes, with values read as ours are: what is our own way of sending statements is ours alone.
  const { pool } = openDatabase({ ...app.database, max: 6, onError: () => {} })
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) })
  const server = Fastify()
  server.get('/yard', async () => ({
    items: await db
      .selectFrom('bare_yard')
      .selectAll()
      .orderBy('created_at', 'desc')
      .orderBy('id', 'desc')
      .limit(50)
      .execute(),
  }))
  server.post<{ Body: Record<string, unknown> }>('/yard', async (request, reply) => {
    reply.code(201)
    return db.insertInto('bare_yard').values(request.body).returningAll().executeTakeFirstOrThrow()
  })
  await server.listen({ host: '127.0.0.1', port: 0 })
  const address = server.server.address()
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    async close() {
      await server.close()
      await db.destroy()
    },
  }
}
