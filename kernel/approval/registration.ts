// What the kernel registers for approval: checks of a definition, and the clock that reminds and passes on.
import { sql } from 'kysely'
import type { Ctx } from '../context.ts'
import { judge } from '../documents/approve.ts'
import { list } from '../query/list.ts'
import { lockRecord } from '../records/lock.ts'
import { run } from '../records/run.ts'
import { write } from '../records/transaction.ts'
import { Refusal, refuse } from '../refuse.ts'
import type { Found } from '../registry.ts'
import { hooks, job, type Registration } from '../serve.ts'
import { asSystem } from '../system.ts'
import { approvalAbsence } from './absence.entity.ts'
import { peopleFor } from './approver.ts'
import { approvalFlow } from './flow.entity.ts'
import { faultOf, readFlow } from './read-flow.ts'

const file = 'kernel/approval/registration.ts'

/** An edition that cannot judge its documents is not kept; a published one is not changed, the next edition is. */
const soundFlow = hooks(approvalFlow, {
  async beforeSave(ctx, record, before) {
    const shape = ctx.registry.shapes.get(record.entity)
    const names = [shape?.def.approval, shape?.def.reversal?.approval]
    if (!shape || !names.includes(record.name)) throw refuse('approval.flow_unknown', { flow: record.name })
    const changed = JSON.stringify(before?.content) !== JSON.stringify(record.content)
    if (before?.stage === 'published' && changed) throw refuse('approval.flow_published')
    const read = readFlow(record.content)
    if (!read.ok) throw refuse('approval.flow_form', { at: read.at, reason: read.reason })
    if (read.flow.name !== record.name) throw refuse('approval.flow_unknown', { flow: read.flow.name })
    if (record.stage !== 'published' || before?.stage === 'published') return undefined
    const roles = await list(asSystem(ctx), 'role', { limit: 200 })
    const fault = faultOf(ctx.registry, shape, read.flow, new Set(roles.items.map(role => String(role.code))))
    if (fault) throw refuse('approval.flow_fault', { step: fault.step ?? '—', reason: fault.reason })
    // Two who publish at once: the second waits for the first, and its edition takes the place of that.
    const one = `${ctx.tenant} approval_flow ${record.name} ${record.entity}`
    await sql`select pg_advisory_xact_lock(hashtextextended(${one}, 0))`.execute(ctx.db)
    return { edition: await nextEdition(ctx, record.name), published_at: ctx.now }
  },
  async afterSave(ctx, after, before) {
    if (after?.stage !== 'published' || before?.stage === 'published') return
    const others = await list(asSystem(ctx), approvalFlow, {
      filter: { name: { eq: after.name }, entity: { eq: after.entity }, stage: { eq: 'published' } },
      limit: 50,
    })
    for (const { id } of others.items) if (id !== after.id) await run(asSystem(ctx), approvalFlow, id, 'retire')
  },
})

async function nextEdition(ctx: Ctx, name: string): Promise<number> {
  const { rows } = await sql<{
    last: number | null
  }>`select max(edition) as last from ${sql.id(ctx.tenant, 'approval_flow')}
    where name = ${name}`.execute(ctx.db)
  return (rows[0]?.last ?? 0) + 1
}

/** Nobody puts somebody else's tasks into other hands, except an administrator. */
const ownAbsence = hooks(approvalAbsence, {
  async beforeSave({ principal }, record, before) {
    const mine = [record.person, before?.person ?? record.person].every(person => person === principal.user)
    const administers = principal.roles.some(held => held.role === 'administrator')
    if (principal.kind !== 'system' && !mine && !administers) throw refuse('approval.own_absence')
    return undefined
  },
})

interface Due {
  readonly task: string
  readonly user: string
  readonly entity: string
  readonly document: string
  readonly gone: boolean
}

/** 超时: what is due is reminded or passed on; tasks of people who are not there any more go to their superior. */
const due = job('approval.due', {
  label: { zh: '审批超时处理', en: 'Overdue approvals' },
  every: '*/5 * * * *',
  async run(ctx, _input, progress) {
    const of = (name: string) => sql.id(ctx.tenant, name)
    const { rows } = await sql<Due>`select t.id as task, t."user", i.entity, i.document,
        not (u.active and u.deleted_at is null and (u.left_on is null or u.left_on >= ${ctx.today}::date)) as gone
      from ${of('approval_task')} t join ${of('approval_instance')} i on i.id = t.instance and i.state = 'running'
        join ${of('user')} u on u.id = t."user"
      where t.state = 'open' and (t.due_at <= ${ctx.now}::timestamptz
        or not (u.active and u.deleted_at is null and (u.left_on is null or u.left_on >= ${ctx.today}::date)))
      order by t.due_at nulls last`.execute(ctx.db)
    let accident: unknown
    for (const [index, each] of rows.entries()) {
      await progress(index / rows.length)
      try {
        await expire(ctx, each)
      } catch (error) {
        // Somebody was faster, or nobody stands above: it stays as it is.
        if (!(error instanceof Refusal)) accident ??= error
      }
    }
    // Everybody had his turn: one document that cannot be handled holds up none of the others. The job is tried again.
    if (accident !== undefined) throw accident
    return { handled: rows.length }
  },
})

const expire = (ctx: Ctx, { task, user, entity, document, gone }: Due): Promise<unknown> =>
  write(asSystem(ctx), async ctx => {
    const shape = ctx.registry.shapes.get(entity)
    if (!shape) return
    const { draft } = await lockRecord(ctx, shape, document, {})
    if (!gone) return judge(ctx, shape, draft, { is: 'expire', task }, { name: 'expire', said: null })
    const [to] = await peopleFor(ctx, shape, draft, { is: 'superior', user }, null)
    if (to === undefined) return
    return judge(
      ctx,
      shape,
      draft,
      { is: 'transfer', by: user, to, task, system: true },
      { name: 'transfer', said: null },
    )
  })

export const approvalRegistrations: readonly (Found<Registration> & { readonly module: string })[] = [
  soundFlow,
  ownAbsence,
  due,
].map(value => ({ value, file, module: 'kernel' }))
