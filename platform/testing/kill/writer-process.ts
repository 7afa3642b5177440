// A process of its own that writes acknowledged records through the kernel, with sealer and jobs: what the kill test kills.
// node --import tsx platform/testing/kill/writer-process.ts HOME
// One JSON line per event on stdout: {"started":{postmaster}}, then {"acked":id} …
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { sealKey } from '@yingzao/kernel/change/chain'
import { openDatabase } from '@yingzao/kernel/database'
import { startNode } from '@yingzao/kernel/node'
import { create, run } from '@yingzao/kernel/records'
import { buildRegistry } from '@yingzao/kernel/registry/build'
import { syncSchema } from '@yingzao/kernel/schema/sync'
import { systemCtx } from '@yingzao/kernel/system'
import { books, fund, item } from '@yingzao/kernel/testing/books'
import { project, supplier } from '@yingzao/kernel/testing/enterprise'
import { findings, tenant } from '@yingzao/kernel/testing/world'
import { sql } from 'kysely'
import { readPidFile } from '../../postgres/process.ts'
import { startPostgres } from '../../postgres/supervisor.ts'
import { silentLog } from '../../runtime/log.ts'

const [home = ''] = process.argv.slice(2)
const say = (event: object) => process.stdout.write(`${JSON.stringify(event)}\n`)

const server = await startPostgres(home, silentLog)
const { db } = openDatabase({ ...server.connection, max: 6, onError: () => {} })
const registry = buildRegistry(findings([], [books]))
await syncSchema(db, registry, tenant)
const zone = 'Asia/Shanghai'
await startNode({
  ...{ db, registry, tenant, zone, connection: server.connection, seal: sealKey(Buffer.alloc(32, 7)) },
  onError: () => {},
})
const system = () => systemCtx({ db, registry, tenant, zone, from: 'kill test' })

/** Made by the first life of this process, found by the others. */
async function one(table: string, make: () => Promise<{ readonly id: string }>): Promise<string> {
  const { rows } = await sql<{ id: string }>`select id from ${sql.id(tenant, table)} limit 1`.execute(db)
  return rows[0]?.id ?? (await make()).id
}
const company = await one('org_unit', () => create(system(), 'org_unit', { name: 'Group', type: 'company' }))
const tower = await one('t_project', () => create(system(), project.name, { name: 'Tower', company }))
const thing = await one('t_item', () => create(system(), item, { name: 'Thing' }))
say({ started: { postmaster: readPidFile(join(home, 'database'))?.pid } })

async function write(): Promise<never> {
  for (;;)
    try {
      const made = await create(system(), supplier, { name: `S ${Math.random()}` })
      say({ acked: made.id })
      const money = await create(system(), fund.name, { project: tower, item: thing, amount: '1' })
      await run(system(), fund.name, money.id, 'submit')
      say({ posted: money.id })
    } catch {
      // The database is away for a moment: this was not acknowledged.
      await sleep(20)
    }
}
await Promise.all([write(), write(), write()])
