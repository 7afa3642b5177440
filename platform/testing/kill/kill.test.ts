// 20 × kill -9 of the server process or of PostgreSQL while records are written: nothing acknowledged is lost, every start is
// clean, the books agree, and the sealer goes on with its chain.
import { type ChildProcess, spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { auditText, exportAudit } from '@yingzao/kernel/change/audit'
import { sealKey } from '@yingzao/kernel/change/chain'
import { verifyAudit } from '@yingzao/kernel/change/verify'
import { openDatabase } from '@yingzao/kernel/database'
import { differences } from '@yingzao/kernel/ledgers/audit'
import { startNode } from '@yingzao/kernel/node'
import { buildRegistry } from '@yingzao/kernel/registry/build'
import { systemCtx } from '@yingzao/kernel/system'
import { books } from '@yingzao/kernel/testing/books'
import { findings, tenant } from '@yingzao/kernel/testing/world'
import { sql } from 'kysely'
import { afterAll, expect, test } from 'vitest'
import { isAlive, readPidFile } from '../../postgres/process.ts'
import { startPostgres } from '../../postgres/supervisor.ts'
import { silentLog } from '../../runtime/log.ts'

const repository = join(dirname(fileURLToPath(import.meta.url)), '../../..')
const program = join(repository, 'platform/testing/kill/writer-process.ts')
const folder = mkdtempSync(join(tmpdir(), 'yingzao-kill-'))
chmodSync(folder, 0o755)
const home = join(folder, 'home')
const acked: string[] = []
const posted: string[] = []
let child: ChildProcess | null = null

afterAll(async () => {
  child?.kill('SIGKILL')
  const found = readPidFile(join(home, 'database'))
  if (found && isAlive(found.pid)) process.kill(found.pid, 'SIGINT')
  for (let n = 0; found && isAlive(found.pid) && n < 400; n++) await sleep(25)
  rmSync(folder, { recursive: true, force: true })
})

async function launch(): Promise<void> {
  const started = spawn(process.execPath, ['--import', 'tsx', program, home], { cwd: repository })
  child = started
  let complaint = ''
  started.stderr.on('data', text => {
    complaint += text
  })
  await new Promise<void>((done, fail) => {
    createInterface({ input: started.stdout }).on('line', line => {
      const event: { started?: object; acked?: string; posted?: string } = JSON.parse(line)
      if (event.started) done()
      if (event.acked) acked.push(event.acked)
      if (event.posted) posted.push(event.posted)
    })
    started.once('exit', code => fail(new Error(`ended with ${code} before it wrote: ${complaint}`)))
  })
}
async function more(count: number): Promise<void> {
  const goal = acked.length + count
  for (let n = 0; acked.length < goal; n++) {
    if (n > 3000) throw new Error('nothing is written any more')
    await sleep(20)
  }
}

test('nothing acknowledged is lost', async () => {
  await launch()
  for (let round = 0; round < 20; round++) {
    // Written again after the last kill, by the same process or by a new one.
    await more(5 + (round % 7))
    if (round % 2 === 0) {
      const postmaster = readPidFile(join(home, 'database'))?.pid
      if (postmaster) process.kill(postmaster, 'SIGKILL')
    } else {
      const ended = new Promise(resolve => child?.once('exit', resolve))
      child?.kill('SIGKILL')
      await ended
      await launch()
    }
  }
  await more(5)
  const ended = new Promise(resolve => child?.once('exit', resolve))
  child?.kill('SIGKILL')
  await ended

  const server = await startPostgres(home, silentLog)
  const { db } = openDatabase({ ...server.connection, max: 4, onError: () => {} })
  const registry = buildRegistry(findings([], [books]))
  const key = sealKey(Buffer.alloc(32, 7))
  const errors: unknown[] = []
  const node = await startNode({
    ...{ db, registry, tenant, zone: 'Asia/Shanghai', connection: server.connection, seal: key },
    onError: error => errors.push(error),
  })
  const missing = async (table: string, ids: readonly string[], only: ReturnType<typeof sql>) =>
    (
      await sql`select id from unnest(${[...ids]}::uuid[]) as a(id) where not exists (select from ${sql.id(tenant, table)} t where t.id = a.id and ${only})`.execute(
        db,
      )
    ).rows
  expect(acked.length).toBeGreaterThan(100)
  expect(await missing('t_supplier', acked, sql`true`)).toEqual([])
  expect(await missing('t_fund', posted, sql`t.state = 'effective'`)).toEqual([])
  expect(await differences(systemCtx({ db, registry, tenant, zone: 'Asia/Shanghai', from: 'test' }), 't_cost')).toEqual(
    [],
  )

  const unsealed = async () =>
    (
      await sql`select id from ${sql.id(tenant, 'change')} c where not exists (select from ${sql.id(tenant, 'change_seal')} s where s.change = c.id) limit 1`.execute(
        db,
      )
    ).rows.length
  for (let n = 0; (await unsealed()) > 0; n++) {
    if (n > 400) throw new Error('the sealer does not go on')
    await sleep(25)
  }
  const lines: string[] = []
  for await (const line of exportAudit({ db, tenant, key })) lines.push(auditText(line).trimEnd())
  const report = await verifyAudit(lines)
  const { rows } = await sql<{ n: number }>`select count(*) as n from ${sql.id(tenant, 'change')}`.execute(db)
  expect(report).toMatchObject({ ok: true, first: null, changes: rows[0]?.n })
  expect(errors).toEqual([])
  await node.close()
  await db.destroy()
  await server.stop()
}, 400_000)
