// The audit chain and the change feed on a real PostgreSQL, with several writers and several nodes.
import { randomBytes } from 'node:crypto'
import type { Id } from '@yingzao/kernel/entity'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { type Direct, openDirect } from '../direct.ts'
import { create, history, patch, write } from '../records.ts'
import { contract, project, supplier } from '../testing/enterprise.ts'
import { tenant, testWorld, type World } from '../testing/world.ts'
import { type AuditLine, auditText, exportAudit } from './audit.ts'
import { sealKey } from './chain.ts'
import { eraseFromHistory } from './erase.ts'
import { createFeed, type FeedBatch } from './feed.ts'
import { startSealer } from './sealer.ts'
import { verifyAudit } from './verify.ts'

let world: World
const key = sealKey(randomBytes(32))
const open: { close(): Promise<void> }[] = []
const errors: unknown[] = []

beforeAll(async () => {
  world = await testWorld()
})
afterEach(async () => {
  for (const each of open.splice(0).reverse()) await each.close()
  expect(errors.splice(0)).toEqual([])
})
afterAll(() => world.drop())

function node(): { direct: Direct; sealer: ReturnType<typeof startSealer> } {
  const direct = openDirect({ connection: { connectionString: world.url }, onError: () => {} })
  const sealer = startSealer({ direct, tenant, key, onError: error => errors.push(error) })
  open.push(direct, sealer)
  return { direct, sealer }
}
function feedOf(direct: Direct) {
  const feed = createFeed({ db: world.system.db, direct, tenant, onError: error => errors.push(error) })
  open.push(feed)
  return feed
}
async function until(condition: () => Promise<boolean> | boolean): Promise<void> {
  for (let attempt = 0; !(await condition()); attempt++) {
    if (attempt > 800) throw new Error('waited in vain')
    await new Promise(resolve => setTimeout(resolve, 25))
  }
}
const count = async (what: string): Promise<number> =>
  (await sql<{ n: number }>`select count(*) as n from ${sql.id(tenant, what)}`.execute(world.system.db)).rows[0]?.n ??
  -1
const allSealed = () => until(async () => (await count('change')) === (await count('change_seal')))
async function exported(): Promise<AuditLine[]> {
  const lines: AuditLine[] = []
  for await (const line of exportAudit({ db: world.system.db, tenant, key })) lines.push(line)
  return lines
}
const verified = (lines: readonly AuditLine[]) => verifyAudit(lines.map(line => auditText(line).trimEnd()))
const newContract = (name: string) =>
  create(world.system, contract, {
    name,
    project: world.projects.tower,
    contact: '13800000000',
    lines: [{ what: 'pile', qty: '1', price: '2' }],
  })

test('C1 what was written before the first sealer started is sealed and exported', async () => {
  node()
  await allSealed()
  const report = await verified(await exported())
  expect(report).toMatchObject({ ok: true, tenant, erased: 0, changes: await count('change') })
})

test('C2 of several nodes one seals; when it dies another goes on with the same chain', async () => {
  const first = node()
  await allSealed()
  const second = node()
  await newContract('Before')
  await allSealed()
  const holder = await sql<{
    pid: number
  }>`select pid from pg_locks where locktype = 'advisory' and objid = hashtext(${tenant})::oid
    and database = (select oid from pg_database where datname = current_database())`.execute(world.system.db)
  expect(holder.rows.length).toBe(1)
  await sql`select pg_terminate_backend(${holder.rows[0]?.pid})`.execute(world.system.db)
  await newContract('After')
  await allSealed()
  expect(first.direct.session ?? second.direct.session).not.toBeNull()
  expect(await verified(await exported())).toMatchObject({ ok: true })
  errors.length = 0
})

test('C1 a change is never numbered before one that is committed later but began earlier', async () => {
  const { direct } = node()
  const feed = feedOf(direct)
  await allSealed()
  const seen: string[] = []
  feed.subscribe(null, ({ changes }) => void seen.push(...changes.map(each => each.record)))
  let release = (): void => {}
  const held = new Promise<void>(resolve => {
    release = resolve
  })
  const names: Record<string, string> = {}
  const slow = write(world.system, async ctx => {
    names.slow = (await create(ctx, supplier, { name: 'Slow' })).id
    await held
  })
  await until(() => names.slow !== undefined)
  names.fast = (await create(world.system, supplier, { name: 'Fast' })).id
  await new Promise(resolve => setTimeout(resolve, 100))
  expect(seen).toEqual([])
  release()
  await slow
  await until(() => seen.length === 2)
  expect(seen).toEqual([names.slow, names.fast])
})

test('C3 every change of 8 concurrent writers reaches every subscriber once, in order, also after a reconnect', async () => {
  const { direct } = node()
  const other = openDirect({ connection: { connectionString: world.url }, onError: () => {} })
  open.push(other)
  const [near, far] = [feedOf(direct), feedOf(other)]
  await allSealed()
  const start = await near.position()
  const heard: FeedBatch[][] = [[], []]
  near.subscribe(start, batch => void heard[0]?.push(batch))
  far.subscribe(start, batch => void heard[1]?.push(batch))
  const tower = world.projects.tower
  await Promise.all(
    Array.from({ length: 8 }, async (_, writer) => {
      for (let n = 0; n < 25; n++) {
        await create(world.system, contract, { name: `C${writer}-${n}`, project: tower })
        if (writer === 0 && n === 10)
          await sql`select pg_terminate_backend(pid) from pg_stat_activity
            where application_name = 'yingzao direct' and datname = current_database()`.execute(world.system.db)
      }
    }),
  )
  await until(() => heard.every(batches => batches.flatMap(each => each.changes).length >= 200))
  const [left = [], right = []] = heard.map(batches => batches.flatMap(each => each.changes.map(change => change.id)))
  expect(left.length).toBe(200)
  expect(right).toEqual(left)
  expect(new Set(left).size).toBe(200)
  const again = await near.between(start, await near.position(), 1000)
  expect(again?.map(each => each.id)).toEqual(left)
  expect(await near.between(start, await near.position(), 100)).toBeNull()
  expect(again?.[0]).toMatchObject({
    entity: 't_contract',
    op: 'create',
    version: 1,
    fields: expect.arrayContaining(['name']),
  })
  expect(await verified(await exported())).toMatchObject({ ok: true })
  errors.length = 0
})

test('C4 the export shows each kind of tampering and names the row', async () => {
  node()
  for (let n = 0; n < 10; n++) await newContract(`Sealed ${n}`)
  await allSealed()
  const lines = await exported()
  const rows = lines.flatMap((line, index) => ('number' in line ? [{ line, index }] : []))
  const at = (n: number) => rows.at(-n) ?? expect.unreachable()
  const without = (index: number) => lines.filter((_, i) => i !== index)
  const swap = (a: number, b: number) =>
    lines.map((line, i) => (i === a ? (lines[b] ?? line) : i === b ? (lines[a] ?? line) : line))
  const replace = (index: number, line: AuditLine) => lines.map((each, i) => (i === index ? line : each))
  const { line: victim, index } = at(4)
  if (!victim.change) expect.unreachable()
  const where = { line: index + 1, number: victim.number, change: victim.change.id, entity: 't_contract' }

  const altered = {
    ...victim,
    change: { ...victim.change, diff: { ...victim.change.diff, name: [null, 'Forged'] as const } },
  }
  expect((await verified(replace(index, altered))).first).toMatchObject({ damage: 'altered', ...where })
  const backdated = { ...victim, change: { ...victim.change, at: '2020-01-01T00:00:00.000Z' } }
  expect((await verified(replace(index, backdated))).first).toMatchObject({ damage: 'altered', ...where })
  expect((await verified(without(index))).first).toMatchObject({
    damage: 'missing',
    number: victim.number,
    line: index + 1,
  })
  expect((await verified(replace(index, { ...victim, change: null }))).first).toMatchObject({
    damage: 'missing',
    number: victim.number,
  })
  expect((await verified(swap(index, at(2).index))).first).toMatchObject({ damage: 'reordered', number: victim.number })
  const twice = [...lines.slice(0, index + 1), victim, ...lines.slice(index + 1)]
  expect((await verified(twice)).first).toMatchObject({ damage: 'inserted', line: index + 2, change: where.change })
  // Renumbered so that no number is missing: its hash gives it away.
  const renumbered = lines.flatMap((line, i): AuditLine[] =>
    'number' in line && i > index
      ? [{ ...line, number: line.number + 1 }]
      : i === index
        ? [line, { ...victim, number: victim.number + 1 }]
        : [line],
  )
  expect((await verified(renumbered)).first).toMatchObject({ damage: 'inserted', number: victim.number + 1 })
  // Cut off at the end.
  expect((await verified(lines.slice(0, -1))).first).toMatchObject({ damage: 'unreadable' })
  expect((await verified([...lines.slice(0, -3), ...lines.slice(-1)])).first).toMatchObject({ damage: 'missing' })
  expect((await verifyAudit(['hello'])).first).toMatchObject({ damage: 'unreadable', line: 1 })
  const report = await verifyAudit(
    lines.map(line => auditText(line).trimEnd()),
    { key: '00'.repeat(16) },
  )
  expect(report.first).toMatchObject({ damage: 'forged', line: 1 })
})

test('C4 a chain that was computed anew is not the one that was signed', async () => {
  const { sealer } = node()
  await newContract('Signed')
  await allSealed()
  await sealer.close()
  const real = await exported()
  const forgedKey = sealKey(randomBytes(32))
  const forged: AuditLine[] = []
  for await (const line of exportAudit({ db: world.system.db, tenant, key: forgedKey })) forged.push(line)
  // Its own key throughout, but the checkpoints in the database carry the installation's.
  expect(forged.some(line => 'checkpoint' in line)).toBe(true)
  expect((await verified(forged)).first).toMatchObject({ damage: 'forged' })
  expect((await verified(real)).ok).toBe(true)
})

test('C4 what somebody changes in the database itself is found', async () => {
  node()
  const made = await newContract('Honest')
  await allSealed()
  const { db } = world.system
  const change = (await history(world.system, contract, made.id))[0]?.id
  await sql`update ${sql.id(tenant, 'change')} set diff = jsonb_set(diff, '{name}', '[null, "Dishonest"]') where id = ${change}`.execute(
    db,
  )
  expect((await verified(await exported())).first).toMatchObject({ damage: 'altered', change, record: made.id })
  await sql`update ${sql.id(tenant, 'change')} set diff = jsonb_set(diff, '{name}', '[null, "Honest"]') where id = ${change}`.execute(
    db,
  )
  expect((await verified(await exported())).ok).toBe(true)
  await sql`insert into ${sql.id(tenant, 'change')} (id, xid, at, "from", entity, record, version, op, diff)
    values ('00000000-0000-7000-8000-000000000001', '3', now(), 'nowhere', 't_contract', ${made.id}, 1, 'update', '{}')`.execute(
    db,
  )
  expect((await verified(await exported())).first).toMatchObject({ damage: 'inserted', record: made.id })
  await sql`delete from ${sql.id(tenant, 'change')} where id = '00000000-0000-7000-8000-000000000001'`.execute(db)
  expect((await verified(await exported())).ok).toBe(true)
})

test('C5 an erased value is gone from the history and from the export, and the chain stays valid', async () => {
  node()
  const made = await newContract('Person')
  await patch(world.system, contract, made.id, made.version, { contact: '13911112222', note: 'kept' })
  expect(await eraseFromHistory(world.system, 't_contract', made.id, ['contact'])).toBe(2)
  await allSealed()
  const lines = await exported()
  const text = lines.map(auditText).join('')
  expect(text).not.toContain('13911112222')
  expect(text).toContain('kept')
  const report = await verified(lines)
  expect(report).toMatchObject({ ok: true, erased: 2 })
  const entries = await history(world.system, contract, made.id)
  expect(entries[0]?.action).toBe('erase')
  expect(entries[1]?.diff.find(each => each.field === 'contact')).toMatchObject({ before: null, after: null })
  // The other fields of an opened row are still sealed, and an erasure cannot be undone by writing something else.
  const index = lines.findIndex(line => 'opened' in line)
  const row = lines[index]
  if (!row || !('number' in row) || !row.change) expect.unreachable()
  const tamper = (diff: typeof row.change.diff): AuditLine[] =>
    lines.map((line, i) => (i === index && row.change ? { ...row, change: { ...row.change, diff } } : line))
  expect((await verified(tamper({ ...row.change.diff, name: [null, 'X'] }))).first).toMatchObject({ damage: 'altered' })
  expect((await verified(tamper({ ...row.change.diff, contact: [null, 'X'] }))).first).toMatchObject({
    damage: 'altered',
  })
})

test('C2 after a restore into another server the chain goes on where it ended', async () => {
  node()
  await newContract('Old server')
  await allSealed()
  await Promise.all(
    open
      .splice(0)
      .reverse()
      .map(each => each.close()),
  )
  const { db } = world.system
  // As restored: transaction numbers of a server that was far ahead, the last changes not yet sealed.
  const late = await newContract('Not yet sealed')
  await sql`update ${sql.id(tenant, 'change')} set xid = ((xid::text::bigint + 1000000000)::text)::xid8`.execute(db)
  await sql`update ${sql.id(tenant, 'change_chain')} set xid = ((xid::text::bigint + 1000000000)::text)::xid8`.execute(
    db,
  )
  const fresh = await newContract('New server')
  node()
  await allSealed()
  const lines = await exported()
  expect(await verified(lines)).toMatchObject({ ok: true })
  const records = lines.flatMap(line => ('number' in line ? [line.change?.record] : []))
  expect(records.slice(-2)).toEqual([late.id, fresh.id])
  const newest = await newContract('Newest')
  await allSealed()
  expect((await exported()).flatMap(line => ('number' in line ? [line.change?.record] : [])).at(-1)).toBe(newest.id)
})

test('a value of a project renamed by a person is sealed with his name', async () => {
  node()
  const { ctx, id } = await world.person('director@group')
  await patch(ctx, project, world.projects.bridge, 1, { name: 'Bridge 2' })
  await allSealed()
  const last = (await exported()).flatMap(line => ('number' in line ? [line.change] : [])).at(-1)
  expect(last).toMatchObject({ by: id satisfies Id<'user'>, diff: { name: ['Bridge', 'Bridge 2'] } })
})
