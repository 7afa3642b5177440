// A process of its own that starts the database of a home and writes acknowledged rows: what tests kill.
// node --import tsx platform/testing/postgres-process.ts HOME [write]
// One JSON line per event on stdout: {"started":{pid,adopted,postmaster}}, then {"acked":id} …; SIGTERM stops in order.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { readPidFile } from '../postgres/process.ts'
import { startPostgres } from '../postgres/supervisor.ts'
import { createLog } from '../runtime/log.ts'

const [home = '', mode] = process.argv.slice(2)
const say = (event: object) => process.stdout.write(`${JSON.stringify(event)}\n`)

let stopping = false
process.on('SIGTERM', () => {
  stopping = true
})

const server = await startPostgres(home, createLog('warn'))
const pool = new pg.Pool({ ...server.connection, max: 2 })
pool.on('error', () => {})
const data = [join(home, 'database'), join(home, 'database-elsewhere/database')].find(existsSync) ?? ''
say({ started: { pid: process.pid, adopted: server.adopted, postmaster: readPidFile(data)?.pid } })

if (mode === 'write') {
  await pool.query('create table if not exists acked (id bigint generated always as identity primary key)')
  while (!stopping) {
    try {
      const { rows } = await pool.query('insert into acked default values returning id')
      say({ acked: Number(rows[0]?.id) })
    } catch {
      await sleep(20) // the database is down for a moment: the row was not acknowledged
    }
  }
}
while (!stopping) await sleep(20)
await pool.end()
await server.stop()
say({ stopped: true })
