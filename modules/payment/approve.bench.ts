// Approve and post, 8 in flight, over HTTP: the last approval of payment requests (session, rights, three steps' trail, limits of
// two ledgers, postings, reservations, message, history) against a bare handler that writes the same rows by hand.
import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Tables } from '@yingzao/kernel/context'
import { openDatabase } from '@yingzao/kernel/database'
import { asId } from '@yingzao/kernel/entity'
import { differences } from '@yingzao/kernel/ledgers/audit'
import { systemContext } from '@yingzao/platform/http/context'
import { type Person, type TestApp, testApp } from '@yingzao/platform/testing/app'
import Fastify from 'fastify'
import { Kysely, PostgresDialect, sql } from 'kysely'
import { v7 } from 'uuid'
import { budget } from '../budget/budget.entity.ts'
import { contract } from '../contract/contract.entity.ts'
import { contractLedger } from '../contract/contract.ledger.ts'
import { costItem } from '../cost-item/cost-item.entity.ts'
import { counterparty } from '../counterparty/counterparty.entity.ts'
import { project } from '../project/project.entity.ts'
import { paymentRequest } from './request.entity.ts'
import type { Load, Loaded } from './testing/approve.load.ts'
import { duesModule, testDue } from './testing/dues.ts'

type Site = Awaited<ReturnType<typeof site>>
type Report = (
  name: string,
  median: number,
  more?: { p95?: number; baseline?: { name: string; ms: number }; target?: number; unit?: string },
) => void

const IN_FLIGHT = 8
const ROUNDS = 5
const EACH = Number(process.env.YINGZAO_BENCH_APPROVALS ?? 64)
const WARM = 64

export default async function bench(report: Report): Promise<void> {
  const app = await testApp({
    more: [duesModule],
    limits: { requests: { max: 10_000_000, timeWindow: 60_000 } },
  })
  const bare = await bareServer(app)
  const clients = fork(fileURLToPath(new URL('./testing/approve.load.ts', import.meta.url)), {
    execArgv: ['--import', 'tsx'],
  })
  const load = (asked: Load) =>
    new Promise<Loaded>((resolve, reject) => {
      clients.once('message', (loaded: Loaded) => resolve(loaded))
      clients.once('exit', () => reject(new Error('the clients ended')))
      clients.send(asked)
    })
  try {
    const people = [await app.as('finance'), await app.as('finance')]
    const documents = await waiting(app, people, WARM + ROUNDS * EACH)
    const port = Number(new URL(app.url).port)
    const runs = { ours: [] as Loaded[], theirs: [] as Loaded[] }
    for (let round = 0, at = 0; round <= ROUNDS; round++) {
      const some = documents.slice(at, at + (round === 0 ? WARM : EACH))
      at += some.length
      const ours = await load({
        ...{ port, clients: IN_FLIGHT },
        calls: some.map((id, n) => ({
          path: `/api/v1/payment_request/${id}/approve`,
          headers: {
            ...{ cookie: people[n % people.length]?.cookie ?? '', 'x-yingzao-client': 'web' },
            'idempotency-key': v7(),
          },
        })),
      })
      const theirs = await load({
        ...{ port: bare.port, clients: IN_FLIGHT },
        calls: some.map((id, n) => ({ path: `/approve/${id}/${n % IN_FLIGHT}`, headers: {} })),
      })
      // The first round warms both sides up.
      if (round === 0) continue
      runs.ours.push(ours)
      runs.theirs.push(theirs)
    }
    const failed = [...runs.ours, ...runs.theirs].flatMap(each => each.failed)
    if (failed.length > 0) throw new Error(`${failed.length} failed: ${failed[0]}`)
    await verify(app, documents)
    const [ours, theirs] = [figures(runs.ours), figures(runs.theirs)]
    const name = 'bare Fastify + Kysely'
    report(`approve and post over HTTP, ${IN_FLIGHT} in flight`, ours.p50, {
      ...{ p95: ours.p95, target: 60, baseline: { name, ms: theirs.p50 } },
    })
    report(`approve and post over HTTP, ${IN_FLIGHT} in flight: p95`, ours.p95, {
      ...{ baseline: { name, ms: theirs.p95 } },
    })
    report(`approve and post over HTTP, ${IN_FLIGHT} in flight: throughput`, ours.perSecond, {
      ...{ unit: 'actions/s', baseline: { name, ms: theirs.perSecond } },
    })
  } finally {
    clients.removeAllListeners('exit')
    clients.kill()
    await bare.close()
    await app.close()
  }
}

function figures(runs: readonly Loaded[]) {
  const times = runs.flatMap(each => each.times).sort((a, b) => a - b)
  const at = (share: number) => times[Math.floor(times.length * share)] ?? 0
  return {
    p50: at(0.5),
    p95: at(0.95),
    perSecond: times.length / runs.reduce((sum, each) => sum + each.seconds, 0),
  }
}

/** Payment requests of eight contracts, turn by turn, that wait for finance as the last of three steps. */
export async function waiting(app: TestApp, finance: readonly Person[], count: number): Promise<readonly string[]> {
  const sites: Site[] = []
  for (let at = 0; at < IN_FLIGHT; at++) sites.push(await site(app, finance, at))
  const made: string[] = []
  let left = count
  const prepare = async (site: Site) => {
    while (left-- > 0) {
      const { id } = await site.keeper
        .entity(paymentRequest)
        .create({ name: '进度款', contract: site.contract, amount: '1000.00' })
      await site.keeper.entity(paymentRequest).run(id, 'submit')
      await site.manager.entity(paymentRequest).run(id, 'approve')
      await site.head.entity(paymentRequest).run(id, 'approve')
      made.push(id)
    }
  }
  await Promise.all(sites.map(prepare))
  const { state } = (await finance[0]?.entity(paymentRequest).get(asId('payment_request', made[0] ?? ''))) ?? {}
  if (state !== 'pending') throw new Error('nothing waits for finance')
  return made
}

/** A project with a target, its people, and a signed contract of which much is due. */
async function site(app: TestApp, [finance]: readonly Person[], at: number) {
  const [pmo, boss, keeper, head] = [
    ...[await app.as('pmo'), await app.as('boss')],
    ...[await app.as('cost_engineer'), await app.as('cost_engineer')],
  ]
  if (!pmo || !boss || !keeper || !head || !finance) throw new Error('nobody')
  const { id } = await pmo.entity(project).create({ name: `项目 ${at}`, type: 'building', company: app.company })
  const manager = await app.as('project_manager', { at: { kind: 'project', id } })
  const item = (await keeper.entity(costItem).create({ code: `B${at}`, name: '分包' })).id
  const party = await finance.entity(counterparty).create({
    ...{ name: `分包 ${at}`, roles: ['subcontractor'], taxpayer: 'person' },
    accounts: [{ bank: '云州银行', number: '6222000011112222', main: true }],
  })
  const lines = [{ item, qty: '1', price: '9000000' }] as const
  const plan = await keeper.entity(budget).create({ name: '目标成本', project: id, lines })
  await keeper.entity(budget).run(plan.id, 'submit')
  for (const each of [manager, boss]) await each.entity(budget).run(plan.id, 'approve')
  const { id: of } = await keeper.entity(contract).create({
    ...{ name: '土方分包', project: id, counterparty: party.id, direction: 'expense', kind: 'subcontract' },
    ...{ invoice_first: false, lines: [{ name: '土方', item, amount: '8000000.00', tax_rate: '0.09' }] },
  })
  await keeper.entity(contract).run(of, 'submit')
  for (const each of [manager, finance, boss]) await each.entity(contract).run(of, 'approve')
  await keeper.entity(contract).run(of, 'sign', { signed_on: '2026-01-05' })
  const due = await keeper.entity(testDue).create({
    ...{ name: '应付', project: id, contract: of, direction: 'expense', due: '8000000.00', due_on: '2026-03-31' },
  })
  await keeper.entity(testDue).run(due.id, 'submit')
  return { keeper, manager, head, contract: of }
}

/** Nothing is lost, doubled or left over. */
async function verify(app: TestApp, documents: readonly string[]): Promise<void> {
  const ctx = systemContext(app.host, 'bench')
  const { rows } = await sql<{ effective: number; entries: number; reserved: number }>`select
      (select count(*)::integer from ${sql.id(app.host.tenant, paymentRequest.name)} where state = 'effective') as effective,
      (select count(*)::integer from ${sql.id(app.host.tenant, contractLedger.name)} where entity = ${paymentRequest.name}) as entries,
      (select count(*)::integer from ${sql.id(app.host.tenant, `${contractLedger.name}_reserved`)}) as reserved`.execute(
    app.host.db,
  )
  const [counted] = rows
  const all = documents.length
  const wrong = await differences(ctx, contractLedger.name)
  if (counted?.effective !== all || counted.entries !== all || counted.reserved !== 0 || wrong.length > 0)
    throw new Error(`lost or doubled: ${JSON.stringify([counted, wrong])} of ${all}`)
}

/** What somebody would write by hand: no session, no rights, no rules; the rows that an approval leaves, in one transaction. */
async function bareServer(app: TestApp): Promise<{ readonly port: number; close(): Promise<void> }> {
  const tables = ['document', 'task', 'trail', 'change', 'posting', 'entry', 'held']
  for (const each of tables)
    await sql`create table ${sql.id(`bare_${each}`)} (id uuid primary key, document uuid, key text, state text, amount numeric(20,2),
      at timestamptz, payload jsonb)`.execute(app.host.db)
  for (const each of tables.slice(1))
    await sql`create index on ${sql.id(`bare_${each}`)} (document)`.execute(app.host.db)
  await sql`create table bare_balance (key text primary key, amount numeric(20,2) not null, held numeric(20,2) not null)`.execute(
    app.host.db,
  )
  await sql`insert into bare_balance select n::text, 0, 0 from generate_series(0, ${IN_FLIGHT}::integer) n`.execute(
    app.host.db,
  )
  const { pool } = openDatabase({ ...app.database, max: 6, onError: () => {} })
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) })
  const server = Fastify()
  server.post<{ Params: { id: string; key: string } }>('/approve/:id/:key', async ({ params: { id, key } }) =>
    db.transaction().execute(async tx => {
      const now = new Date()
      const row = {
        document: id,
        key,
        amount: '1000.00',
        at: now,
        payload: JSON.stringify({ state: ['pending', 'x'] }),
      }
      await tx
        .insertInto('bare_document')
        .values({ ...row, id, state: 'pending' })
        .execute()
      await tx.selectFrom('bare_document').selectAll().where('id', '=', id).forUpdate().execute()
      await tx.selectFrom('bare_task').selectAll().where('document', '=', id).execute()
      await tx.selectFrom('bare_balance').selectAll().where('key', '=', key).forUpdate().execute()
      await tx
        .insertInto('bare_posting')
        .values({ ...row, id: v7() })
        .execute()
      await tx
        .insertInto('bare_entry')
        .values({ ...row, id: v7() })
        .execute()
      await sql`update bare_balance set amount = amount + 1000 where key = ${key}`.execute(tx)
      await tx.deleteFrom('bare_held').where('document', '=', id).execute()
      await tx
        .insertInto('bare_task')
        .values({ ...row, id: v7() })
        .execute()
      await tx
        .insertInto('bare_trail')
        .values({ ...row, id: v7() })
        .execute()
      await tx.updateTable('bare_document').set({ state: 'effective' }).where('id', '=', id).execute()
      await tx
        .insertInto('bare_change')
        .values({ ...row, id: v7() })
        .execute()
      return { id, state: 'effective' }
    }),
  )
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
