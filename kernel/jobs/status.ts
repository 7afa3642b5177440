// jobStatus() and cancelJob(): everybody follows his own jobs, an administrator all of them.
import { isId, type Json, type Label } from '@yingzao/kernel/entity'
import { sql } from 'kysely'
import type { Ctx } from '../context.ts'
import { write } from '../records/transaction.ts'
import { refuse } from '../refuse.ts'

export interface JobStatus {
  readonly id: string
  readonly name: string
  readonly label: Label
  readonly state: 'waiting' | 'running' | 'done' | 'failed' | 'cancelled'
  /** 0–1. */
  readonly progress: number
  readonly note: Label | null
  readonly result: Json
  /** A refusal's code, values and errors by path, or `job.bug`. */
  readonly error: {
    readonly code: string
    readonly values: Readonly<Record<string, Json>>
    readonly errors: Json
  } | null
}
type Row = Omit<JobStatus, 'label'> & { readonly asked_by: string | null }

/** News to the node that runs the job: `tenant id`. */
export const cancelChannel = 'yingzao_job_cancel'

const isMine = (ctx: Ctx, row: Row): boolean =>
  ctx.principal.kind === 'system' ||
  (row.asked_by !== null && row.asked_by === ctx.principal.user) ||
  ctx.principal.roles.some(({ role }) => role === 'administrator')

/** Somebody else's job and none are one refusal. */
export async function jobStatus(ctx: Ctx, id: string): Promise<JobStatus> {
  const { rows } = isId(id)
    ? await sql<Row>`select id, name, state, progress, note, result, error, asked_by
        from ${sql.id(ctx.tenant, 'job')} where id = ${id}::uuid`.execute(ctx.db)
    : { rows: [] }
  const row = rows[0]
  if (!row || !isMine(ctx, row)) throw refuse('job.not_found')
  const { asked_by: _, ...status } = row
  return { ...status, label: ctx.registry.jobs.get(row.name)?.label ?? { zh: row.name, en: row.name } }
}

/** A waiting job never runs; a running one is told and ends as soon as its code looks. A finished one stays as it is. */
export async function cancelJob(ctx: Ctx, id: string): Promise<JobStatus> {
  await jobStatus(ctx, id)
  await write(ctx, ctx =>
    sql`with asked as (update ${sql.id(ctx.tenant, 'job')} set cancel = true,
          state = case state when 'waiting' then 'cancelled' else state end,
          finished_at = case state when 'waiting' then now() end
        where id = ${id}::uuid and state in ('waiting', 'running') returning id)
      select pg_notify(${cancelChannel}, ${`${ctx.tenant} ${id}`}) from asked`.execute(ctx.db),
  )
  return jobStatus(ctx, id)
}
