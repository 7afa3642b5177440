// kill -9 of a server while eight approve at once: what was acknowledged is there with its postings, nothing is half, and the
// next server goes on where it stopped. Every run kills at another moment, eight approvals being at eight stages of theirs.
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { afterAll, expect, test } from 'vitest'
import { testServer } from '../database.ts'

const repository = join(dirname(fileURLToPath(import.meta.url)), '../../..')
const program = join(repository, 'platform/testing/kill/approval-process.ts')
const COUNT = 24
const IN_FLIGHT = 8

interface Event {
  readonly url: string
  readonly connection: { readonly database: string }
  readonly home: string
  readonly cookies: readonly string[]
  readonly documents: readonly string[]
  readonly wrong: readonly unknown[]
  readonly loaded?: boolean
}
const folder = mkdtempSync(join(tmpdir(), 'yingzao-kill-'))
const children: ChildProcess[] = []
let made: Event | null = null

/** A process, and what it says next. */
function launch(...args: readonly string[]) {
  const child = spawn(process.execPath, ['--import', 'tsx', program, ...args], { cwd: repository })
  children.push(child)
  let complaint = ''
  child.stderr.on('data', text => {
    complaint += text
  })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const next = async (): Promise<Event> => {
    const { value, done } = await lines.next()
    if (done) throw new Error(`it ended: ${complaint}`)
    return JSON.parse(value)
  }
  return { child, next }
}

afterAll(async () => {
  for (const child of children) child.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
  if (!made) return
  const server = new pg.Client(testServer())
  await server.connect()
  await server.query(`drop database if exists "${made.connection.database}" with (force)`)
  await server.end()
  rmSync(made.home, { recursive: true, force: true })
})

/** Approves them, eight at once; each under the key of its document, so that one sent again is done once. */
async function approve(url: string, { cookies, documents }: Event, done: (id: string) => void): Promise<void> {
  const queue = documents.entries()
  const approver = async () => {
    for (const [at, id] of queue) {
      const headers = { cookie: cookies[at % cookies.length] ?? '', 'x-yingzao-client': 'web', 'idempotency-key': id }
      const json = { 'content-type': 'application/json' }
      const answer = await fetch(`${url}/api/v1/transfer/${id}/approve`, {
        ...{ method: 'POST', headers: { ...headers, ...json }, body: '{}' },
      })
      expect(await answer.json()).toMatchObject({ id, state: 'effective' })
      done(id)
    }
  }
  await Promise.all(Array.from({ length: IN_FLIGHT }, approver))
}

test('a server killed between approvals and their postings loses nothing acknowledged and leaves nothing half', async () => {
  const [first, second] = [launch(`${COUNT}`), launch('next', folder)]
  made = await first.next()
  const { connection, home, documents } = made
  const acknowledged: string[] = []
  const enough = 1 + Math.floor(Math.random() * (COUNT / 2))
  const ended = new Promise(resolve => first.child.once('exit', resolve))
  await expect(
    approve(made.url, made, id => {
      acknowledged.push(id)
      if (acknowledged.length === enough) first.child.kill('SIGKILL')
    }),
  ).rejects.toThrow('fetch failed')
  await ended

  const db = new pg.Client({ ...testServer(), database: connection.database })
  await db.connect()
  const count = async (text: string, values: unknown[] = []) => (await db.query(text, values)).rows[0]?.n
  // Its sessions end by themselves: what they had begun and not committed is rolled back.
  const others = `select count(*)::int as n from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`
  await expect.poll(() => count(others), { timeout: 60_000 }).toBe(0)
  const half = `select d.state, d.number, i.state as approval,
      (select count(*)::int from t_main.posting p where p.document = d.id) as postings,
      (select count(*)::int from t_main.cash_ledger e where e.document = d.id) as entries,
      (select count(*)::int from t_main.cash_ledger_reserved r where r.document = d.id) as reserved,
      (select count(*)::int from t_main.approval_task t where t.instance = i.id and t.state = 'open') as open,
      (select count(*)::int from t_main.approval_trail t where t.instance = i.id and t.act = 'approved') as approvals,
      (select count(*)::int from t_main.change c where c.record = d.id and c.action = 'approve') as changes,
      (select count(*)::int from t_main.idempotency k where k.key = d.id::text and k.answer is not null) as answers,
      d.id = any($1::uuid[]) as acknowledged
    from t_main.transfer d join t_main.approval_instance i on i.document = d.id`
  const whole = { state: 'effective', approval: 'approved', postings: 1, entries: 2, reserved: 0, open: 0 }
  const waits = { state: 'pending', approval: 'running', postings: 0, entries: 0, reserved: 1, open: 2 }
  const { rows } = await db.query(half, [acknowledged])
  expect(rows).toHaveLength(COUNT)
  for (const row of rows)
    expect(row).toMatchObject(
      row.acknowledged || row.state === 'effective'
        ? { ...whole, approvals: 1, changes: 1, answers: 1 }
        : { ...waits, approvals: 0, changes: 0, answers: 0 },
    )
  expect(new Set(rows.map(row => row.number)).size).toBe(COUNT)

  // The browser did not hear of some: it asks again for all, and each is done once.
  expect(await second.next()).toEqual({ loaded: true })
  second.child.stdin?.write(`${JSON.stringify({ connection, home })}\n`)
  const { url, wrong } = await second.next()
  expect(wrong).toEqual([])
  const again: string[] = []
  await approve(url, made, id => again.push(id))
  expect(again.toSorted()).toEqual([...documents].toSorted())
  const after = await db.query(half, [documents])
  for (const row of after.rows) expect(row).toMatchObject({ ...whole, approvals: 1, changes: 1, answers: 1 })
  const balances =
    await db.query(`select b.received::text, b.paid::text, b.paid_reserved::text from t_main.cash_ledger_balance b
    where b.period = ''`)
  expect(balances.rows.map(row => Object.values(row))).toEqual(
    Array(2).fill([`${1_000_000 + COUNT / 2}.00`, `${COUNT / 2}.00`, '0.00']),
  )
  await db.end()
}, 300_000)
