// An installation in full use is backed up while it works, destroyed, and restored elsewhere: people go on where they were.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { auditText, exportAudit } from '@yingzao/kernel/change/audit'
import { sealKey } from '@yingzao/kernel/change/chain'
import { verifyAudit } from '@yingzao/kernel/change/verify'
import { allow, defineModule, entity, f, ledger, post, step } from '@yingzao/kernel/entity'
import { later } from '@yingzao/kernel/jobs/later'
import { balanceOf, differences } from '@yingzao/kernel/ledgers/audit'
import { job } from '@yingzao/kernel/serve'
import { create, list } from '@yingzao/kernel/server'
import type pg from 'pg'
import { afterAll, expect, test } from 'vitest'
import { createClient, newId } from '../client/index.ts'
import { systemContext } from '../http/context.ts'
import { type Connection, connect } from '../postgres/connection.ts'
import { type Person, type TestApp, type TestOptions, testApp } from '../testing/app.ts'
import { testDatabase } from '../testing/database.ts'
import { writeBackup } from './backup.ts'
import { tablesOf } from './catalog.ts'
import { restoreBackup } from './restore.ts'
import { prepareSession, tableName } from './session.ts'

const label = (zh: string, en: string) => ({ zh, en })
const spent = ledger('spent', {
  label: label('支出', 'Spent'),
  dims: {},
  measures: { amount: 2 },
  balance: ['project'],
})
const bill = entity('bill', {
  kind: 'document',
  label: label('付款单', 'Bill'),
  title: 'why',
  number: 'FK-{yyyy}-{seq:4}',
  fields: {
    project: f.ref('project', label('项目', 'Project'), { required: true }),
    why: f.text(label('事由', 'Why'), { required: true }),
    amount: f.money(label('金额', 'Amount'), { required: true }),
    account: f.secret(label('账号', 'Account'), { group: 'bank' }),
  },
  place: { project: 'project' },
  approval: 'bill_flow',
  posting: [post(spent, { measures: { amount: 'amount' }, dims: {}, reserve: true })],
  reversal: { negate: ['amount'] },
  access: [
    allow('pmo', 'read create update submit withdraw reverse', { fields: { bank: 'edit' } }),
    allow('boss', 'read', { fields: { bank: 'read' } }),
  ],
})
const bills = defineModule({
  name: 'bill',
  label: label('付款', 'Bills'),
  needs: ['project'],
  entities: [bill],
  ledgers: [spent],
  flows: [
    { name: 'bill_flow', label: label('审批', 'Flow'), root: step('boss', label('总经理', 'Boss'), { role: 'boss' }) },
  ],
})

/** The first node is in the middle of it when the backup is taken; the restored one does it from the start. */
let begun = (): void => {}
const interrupted = new Promise<void>(resolve => {
  begun = resolve
})
let destroyed = false
const remind = job('bill.remind', {
  label: label('提醒', 'Remind'),
  async run(ctx, { name, long }, { signal }) {
    if (long && !destroyed) {
      begun()
      await new Promise<void>(resolve => signal.addEventListener('abort', () => resolve()))
      signal.throwIfAborted()
    }
    await create(ctx, 'calendar', { name: String(name) })
    return null
  },
})
const parts: TestOptions = { more: [bills], registrations: [remind] }

const cleanup: (() => Promise<unknown>)[] = []
afterAll(async () => {
  for (const clean of cleanup.reverse()) await clean()
})

const audit = (app: TestApp) => {
  const key = sealKey(Buffer.alloc(32, 'seal'))
  async function* lines() {
    for await (const line of exportAudit({ db: app.host.db, tenant: app.host.tenant, key }))
      yield auditText(line).trim()
  }
  return verifyAudit(lines())
}
/** Every change is in the chain. */
async function sealed(app: TestApp): Promise<void> {
  const waiting = `select count(*)::int as n from t_main.change c
    where not exists (select from t_main.change_seal s where s.change = c.id)`
  await until(async () => (await query(app.database, waiting))[0]?.n === 0)
}
async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise(resolve => setTimeout(resolve, 50))
}
async function using<T>(connection: Connection, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = await connect(connection)
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}
const query = (connection: Connection, text: string) =>
  using(connection, async client => (await client.query(text)).rows)

/** Rows of each table, and a sum over what is in them, computed otherwise than by the backup itself. */
const sums = (connection: Connection) =>
  using(connection, async client => {
    await prepareSession(client)
    const found = []
    for (const table of await tablesOf(client)) {
      const text = `select count(*)::int as rows, coalesce(sum(hashtextextended(t::text, 7)::numeric), 0)::text as sum from ${tableName(table)} t`
      found.push({ table: `${table.schema}.${table.name}`, ...(await client.query(text)).rows[0] })
    }
    return found
  })

/** Two projects' worth of work: plans, documents in several states with papers, comments, sessions, history, jobs. */
async function work(app: TestApp) {
  const pmo = await app.as('pmo')
  const boss = await app.as('boss')
  const site = await pmo
    .entity<string>('project')
    .create({ name: '车站', type: 'rail', company: app.company, finish_on: '2026-12-31' })
  const plan = await pmo.entity<string>('plan').create({ name: '总计划', project: site.id, start_on: '2026-03-02' })
  const task = (name: string) => ({
    kind: 'task.add',
    task: { id: newId(), name, kind: 'task', duration: 2400, constraint: { type: 'asap' } },
  })
  await pmo.entity('plan').run(plan.id, 'edit', { base: 0, edits: [task('开挖'), task('底板')] })
  const made = async (why: string, amount: string) => {
    const { id } = await pmo.entity<string>('bill').create({ project: site.id, why, amount, account: '6222 0000 1111' })
    const photo = await pmo.entity('bill').attachments.add(id, new Blob([`%PDF-1.4 ${why}`.repeat(9000)]), '发票.pdf')
    await pmo.entity('bill').run(id, 'submit')
    return { id, photo }
  }
  const { id: paid, photo } = await made('混凝土', '1200.50')
  await boss.entity('bill').run(paid, 'approve')
  await pmo.entity('bill').run(await paidAndBack(), 'reverse', { reason: '重复' })
  const { id: pending } = await made('钢筋', '800.25')
  await pmo.entity('bill').comments.add(paid, '发票已到')
  return { pmo, boss, site, plan, paid, pending, photo }

  async function paidAndBack() {
    const { id } = await made('模板', '300.00')
    await boss.entity('bill').run(id, 'approve')
    return id
  }
}

const tasksOf = async (who: Person, plan: string) =>
  (await who.entity('plan').read<{ plan: { tasks: { name: string }[] } }>(plan, 'load')).plan.tasks.map(
    each => each.name,
  )
const contentOf = async (who: Pick<Person, 'transport' | 'fileUrl'>, attachment: string) =>
  (await who.transport.fetch('GET', `/files/${attachment}`)).text()

test('backed up at work, destroyed, restored: the same rows and sums, audit green, and everybody goes on', async () => {
  const first = await testApp(parts)
  const { pmo, boss, site, plan, paid, pending, photo } = await work(first)
  const system = systemContext(first.host, 'test')
  const interruptedJob = await later(system, 'bill.remind', { name: '中断的作业', long: true })
  await interrupted
  const inAnHour = new Date(Date.now() + 3_600_000).toISOString()
  const waitingJob = await later(system, 'bill.remind', { name: '等待的作业' }, { key: 'k', runAt: inAnHour })
  await until(async () => (await query(first.database, `select 1 from graphile_worker._private_jobs`)).length === 2)
  await sealed(first)
  const papers = await contentOf(pmo, photo.file)
  const report = await audit(first)
  expect(report).toMatchObject({ ok: true, first: null })

  const backup = join(await mkdtemp(join(tmpdir(), 'yingzao-whole-')), 'all.yzb')
  cleanup.push(() => rm(join(backup, '..'), { recursive: true, force: true }))
  const written = await writeBackup(backup, { connection: first.database, home: first.home, version: '1.0.0' })
  const before = await sums(first.database)
  expect(written).toMatchObject({ tables: before.length, files: 3 })
  const balance = await balanceOf(system, 'spent', { project: site.id })
  expect(balance).toMatchObject({ posted: { amount: '1200.50' }, reserved: { amount: '800.25' } })
  await first.close()
  destroyed = true

  const database = await testDatabase()
  cleanup.push(database.drop)
  const home = await mkdtemp(join(tmpdir(), 'yingzao-restored-'))
  cleanup.push(() => rm(home, { recursive: true, force: true }))
  const installation = { connection: database.connection, home }
  await restoreBackup(backup, { ...installation, version: '1.0.0' })
  expect(await sums(database.connection)).toEqual(before)

  const second = await testApp({ ...parts, installation })
  cleanup.push(second.close)
  expect(await audit(second)).toMatchObject({ ok: true, key: report.key, changes: report.changes })

  // The sessions that were open still are.
  const again = (person: Person): Person => ({
    ...createClient({ url: second.url, kind: 'cli', cookie: person.cookie }),
    ...{ user: person.user, name: person.name, cookie: person.cookie },
  })
  const [pmoAgain, bossAgain] = [again(pmo), again(boss)]
  expect(await tasksOf(pmoAgain, plan.id)).toEqual(['开挖', '底板'])
  expect(await contentOf(pmoAgain, photo.file)).toBe(papers)
  expect(await pmoAgain.entity('bill').get(paid)).toMatchObject({ state: 'effective', account: '6222 0000 1111' })
  expect((await pmoAgain.entity('bill').comments.list(paid)).map(each => each.body)).toEqual(['发票已到'])

  // The books: nobody alters them, the balance is the sum of its entries, and the next document follows the last.
  for (const table of ['spent', 'posting'])
    await expect(query(database.connection, `delete from t_main.${table}`)).rejects.toThrow('are never changed')
  const restored = systemContext(second.host, 'test')
  expect(await differences(restored, 'spent')).toEqual([])
  expect(await balanceOf(restored, 'spent', { project: site.id })).toEqual(balance)
  await bossAgain.entity('bill').run(pending, 'approve')
  const next = await pmoAgain.entity<string>('bill').create({ project: site.id, why: '机械', amount: '10.00' })
  await pmoAgain.entity('bill').run(next.id, 'submit')
  expect((await pmoAgain.entity<string>('bill').get(next.id)).number).toMatch(/-0005$/)
  expect(await balanceOf(restored, 'spent', { project: site.id })).toMatchObject({
    posted: { amount: '2000.75' },
    reserved: { amount: '10.00' },
  })

  // The job that was running runs again, the waiting one is still waiting and runs when it is due; each once.
  expect(await later(restored, 'bill.remind', { name: '等待的作业' }, { key: 'k' })).toBe(waitingJob)
  const administrator = await second.as('administrator')
  for (const id of [interruptedJob, waitingJob])
    expect(await administrator.jobs.wait(id)).toMatchObject({ state: 'done' })
  for (const name of ['中断的作业', '等待的作业'])
    expect((await list(restored, 'calendar', { filter: { name: { eq: name } } })).items).toHaveLength(1)

  await sealed(second)
  const grown = await audit(second)
  expect(grown).toMatchObject({ ok: true, key: report.key })
  expect(grown.changes).toBeGreaterThan(report.changes)
}, 120_000)
