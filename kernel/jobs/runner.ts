// The job runner of a node: hands what was asked to graphile-worker, runs what the queue gives it, and writes what became
// of it. Each job runs on one node; when a node dies, its jobs run again on another.
import { randomInt } from 'node:crypto'
import type { Json } from '@yingzao/kernel/entity'
import { Logger, type Runner, run } from 'graphile-worker'
import { type Kysely, sql } from 'kysely'
import { Pool, type PoolConfig } from 'pg'
import { loadPrincipal } from '../access/principal.ts'
import type { Ctx, Tables } from '../context.ts'
import type { Direct } from '../direct.ts'
import type { SecretKeys } from '../records/secret.ts'
import { Refusal, refuse } from '../refuse.ts'
import type { Registry } from '../registry.ts'
import type { Input, JobProgress } from '../serve.ts'
import { systemCtx } from '../system.ts'
import { onAsked } from './later.ts'
import { schedule } from './schedule.ts'
import { cancelChannel } from './status.ts'

export interface JobsOptions {
  readonly db: Kysely<Tables>
  readonly direct: Direct
  /** To PostgreSQL itself, past a pooler: graphile-worker listens. */
  readonly connection: PoolConfig
  readonly registry: Registry
  readonly tenant: string
  readonly zone: string
  readonly keys?: SecretKeys
  /** Stored files, for jobs that read one. */
  readonly content?: Ctx['content']
  /** Jobs at once on this node; each may take a core and memory. */
  readonly concurrency?: number
  /** Milliseconds that a stop leaves running jobs before they are told to end. */
  readonly grace?: number
  readonly onError: (error: unknown, job?: string) => void
  readonly now?: () => Date
  /** While true, what is asked for waits and nothing is scheduled. */
  readonly resting?: () => boolean
}
export interface Jobs {
  wake(): void
  /** Takes no more, lets running ones end or gives them back to other nodes. */
  close(): Promise<void>
}

/** Thrown out of `progress` when somebody cancelled the job. */
export class Cancelled extends Error {
  override readonly name = 'Cancelled'
}
class Stopped extends Error {
  override readonly name = 'Stopped'
}

const runnerLock = 0x59_5b
const migrationLock = 0x59_5a_4a
const maxAttempts = 5
/** Begun so often and never ended: it takes its node down with it. */
const maxBegun = 20
/** Milliseconds: between looks for what was asked elsewhere, before a silent node counts as dead, between progress rows. */
const times = { look: 1000, dead: 5000, progress: 250, forget: 3_600_000 }

interface Claimed {
  readonly id: string
  readonly name: string
  readonly input: Input
  readonly lang: 'zh' | 'en'
  readonly asked_by: string | null
  readonly cause: string | null
  readonly attempts: number
}

export async function startJobs(options: JobsOptions): Promise<Jobs> {
  const { db, direct, registry, tenant, zone, concurrency = 2, grace = 5000, onError, now = () => new Date() } = options
  const resting = options.resting ?? (() => false)
  const table = sql.id(tenant, 'job')
  const me = randomInt(1, 2 ** 31)
  const running = new Map<string, AbortController>()
  const missing = new Map<number, number>()
  let closing = false
  let forgotAt = 0

  const pool = new Pool({ ...options.connection, max: 2 + Math.min(2, concurrency), application_name: 'yingzao jobs' })
  pool.on('error', error => onError(error))
  pool.on('connect', client => client.on('error', error => onError(error)))
  const unlisten = direct.listen(cancelChannel, {
    onNews(payload) {
      const [of, id = ''] = payload.split(' ')
      if (of === tenant) running.get(id)?.abort(new Cancelled())
    },
    // Others see by the lock that this node lives; it ends with the session.
    onConnect: () => void direct.query('select pg_advisory_lock($1, $2)', [runnerLock, me]).catch(onError),
  })

  async function work(id: string, attempt: number): Promise<void> {
    const { rows } = await sql<Claimed>`update ${table} j set state = 'running', runner = ${me}, started_at = now(),
        attempts = attempts + 1, progress = 0, note = null, error = null
      where id = ${id}::uuid and state = 'waiting' and not cancel
      returning id, name, input, lang, asked_by, attempts, coalesce(cause, (select c.id from ${sql.id(tenant, 'change')} c
        where c.xid = j.xid and c.xid <> '0' order by c.id limit 1)) as cause`.execute(db)
    const claimed = rows[0]
    if (!claimed) return
    const abort = new AbortController()
    running.set(id, abort)
    if (closing) abort.abort(new Stopped())
    try {
      if (claimed.attempts > maxBegun) throw refuse('job.gave_up', { attempts: maxBegun })
      const job = registry.jobs.get(claimed.name)
      if (!job) throw new Error(`no job is called "${claimed.name}" in this version`)
      const { keys, content } = options
      const system = systemCtx({
        ...{ db, registry, tenant, zone, lang: claimed.lang, cause: claimed.cause, now: now() },
        from: `job ${claimed.name}`,
        ...(keys ? { keys } : {}),
      })
      const ctx = await inNameOf(
        job.as === 'asker' ? claimed.asked_by : null,
        content ? { ...system, content } : system,
      )
      const result = await job.run(ctx, claimed.input, progressOf(id, abort))
      await finish(id, 'done', { result: result ?? null })
    } catch (error) {
      await fail(id, claimed.name, error, abort.signal, attempt)
    } finally {
      running.delete(id)
    }
  }

  /** Somebody who is gone since he asked may do nothing any more. */
  async function inNameOf(user: string | null, ctx: Ctx): Promise<Ctx> {
    if (user === null) return ctx
    const principal = await loadPrincipal({ db, registry, tenant, user, today: ctx.today })
    if (!principal) throw refuse('access.denied', { function: 'job' })
    return { ...ctx, principal }
  }

  function progressOf(id: string, abort: AbortController): JobProgress {
    let told = 0
    const progress = async (done: number, note?: { zh: string; en: string }) => {
      abort.signal.throwIfAborted()
      const at = performance.now()
      if (at - told < times.progress && done < 1) return
      told = at
      const { rows } = await sql<{ cancel: boolean }>`update ${table} set progress = ${Math.min(1, Math.max(0, done))},
          note = coalesce(${note ? JSON.stringify(note) : null}::jsonb, note)
        where id = ${id}::uuid and runner = ${me} and state = 'running' returning cancel`.execute(db)
      // Given to another node meanwhile, or cancelled while the news could not be heard.
      if (!rows[0]) abort.abort(new Stopped())
      else if (rows[0].cancel) abort.abort(new Cancelled())
      abort.signal.throwIfAborted()
    }
    return Object.assign(progress, { signal: abort.signal })
  }

  async function fail(id: string, name: string, error: unknown, signal: AbortSignal, attempt: number): Promise<void> {
    const reason = signal.aborted ? signal.reason : error
    if (reason instanceof Cancelled) return finish(id, 'cancelled', {})
    if (reason instanceof Stopped) {
      await sql`update ${table} set state = 'waiting', runner = null, handed_at = null
        where id = ${id}::uuid and runner = ${me} and state = 'running'`.execute(db)
      return
    }
    if (error instanceof Refusal) {
      const { code, values, errors } = error
      return finish(id, 'failed', { error: { code, values, errors: JSON.parse(JSON.stringify(errors)) } })
    }
    onError(error, name)
    if (attempt >= maxAttempts) return finish(id, 'failed', { error: { code: 'job.bug', values: {}, errors: [] } })
    await sql`update ${table} set state = 'waiting', runner = null where id = ${id}::uuid and runner = ${me}`.execute(
      db,
    )
    // graphile-worker tries again, later each time.
    throw error
  }

  const finish = async (id: string, state: string, what: { readonly result?: Json; readonly error?: Json }) => {
    await sql`update ${table} set state = ${state}, finished_at = now(), runner = null,
        progress = case when ${state} = 'done' then 1 else progress end,
        result = ${JSON.stringify(what.result ?? null)}::jsonb, error = ${what.error ? JSON.stringify(what.error) : null}::jsonb
      where id = ${id}::uuid and runner = ${me} and state = 'running'`.execute(db)
  }

  /** From our table to the queue, on whichever node looks first. */
  async function handOver(): Promise<void> {
    for (let handed = 100; handed === 100 && !closing && !resting(); ) {
      const { rows } = await sql`with due as (select id, run_at from ${table}
          where state = 'waiting' and handed_at is null order by run_at limit 100 for update skip locked),
        handed as (update ${table} j set handed_at = now() from due where j.id = due.id)
        select (graphile_worker.add_job(${task}, json_build_object('id', due.id), run_at := due.run_at,
          max_attempts := ${maxAttempts}::integer, job_key := due.id::text)).id from due`.execute(db)
      handed = rows.length
    }
  }

  /** Jobs of nodes that are gone run again. */
  async function recover(): Promise<void> {
    const { rows } = await sql<{ runner: number }>`select distinct runner from ${table} where state = 'running'
      and runner <> ${me} and not exists (select from pg_locks l where l.locktype = 'advisory' and l.classid = ${runnerLock}
        and l.objid = runner::oid and l.database = (select oid from pg_database where datname = current_database()))`.execute(
      db,
    )
    const at = performance.now()
    const silent = new Set(rows.map(row => row.runner))
    for (const runner of missing.keys()) if (!silent.has(runner)) missing.delete(runner)
    for (const runner of silent) {
      const since = missing.get(runner) ?? at
      missing.set(runner, since)
      if (at - since < times.dead) continue
      await sql`update ${table} set state = 'waiting', runner = null, handed_at = null
        where state = 'running' and runner = ${runner}`.execute(db)
    }
  }

  async function look(): Promise<void> {
    await recover()
    if (resting()) return
    await schedule({ db, registry, tenant, zone, now: now() })
    await handOver()
    if (performance.now() - forgotAt < times.forget && forgotAt !== 0) return
    forgotAt = performance.now()
    await sql`delete from ${table} where finished_at < now() - interval '30 days'`.execute(db)
  }

  const task = `yingzao ${tenant}`
  const queue = await startQueue(pool, concurrency, {
    [task]: async (payload, { job }) => {
      const named = typeof payload === 'object' && payload !== null && 'id' in payload
      if (named && typeof payload.id === 'string') await work(payload.id, job.attempts)
    },
  })
  let looking: Promise<void> = Promise.resolve()
  let asked = false
  const wake = () => {
    if (asked || closing) return
    asked = true
    looking = looking.then(() => {
      asked = false
      return handOver().catch(onError)
    })
  }
  const timer = setInterval(() => {
    looking = looking.then(() => (closing ? undefined : look().catch(onError)))
  }, times.look)
  const deaf = onAsked(registry, wake)
  looking = look().catch(onError)

  async function stop(): Promise<void> {
    closing = true
    clearInterval(timer)
    deaf()
    await looking
    const told = setTimeout(() => {
      for (const each of running.values()) each.abort(new Stopped())
    }, grace)
    // Code that does not listen is left behind: its row is taken over when this process has ended.
    const patience = new Promise<void>(resolve => setTimeout(resolve, grace + 5000).unref())
    await Promise.race([queue.stop(), patience])
    clearTimeout(told)
    unlisten()
    await direct.query('select pg_advisory_unlock($1, $2)', [runnerLock, me]).catch(() => {})
    await Promise.race([pool.end(), patience])
  }
  let stopped: Promise<void> | undefined
  return {
    wake,
    close() {
      stopped ??= stop()
      return stopped
    },
  }
}

/** Nodes that start at once make the queue's schema one after the other. */
async function startQueue(
  pgPool: Pool,
  concurrency: number,
  taskList: NonNullable<Parameters<typeof run>[0]['taskList']>,
): Promise<Runner> {
  const guard = await pgPool.connect()
  try {
    await guard.query('select pg_advisory_lock($1)', [migrationLock])
    return await run({
      ...{ pgPool, concurrency, taskList, noHandleSignals: true, noPreparedStatements: true },
      logger: new Logger(() => () => {}),
      pollInterval: 2000,
    })
  } finally {
    await guard.query('select pg_advisory_unlock($1)', [migrationLock]).catch(() => {})
    guard.release()
  }
}
