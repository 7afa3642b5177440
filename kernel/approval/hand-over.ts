// 离职交接: tasks of a leaver, those too whose turn has not come, go to his successor; where that is whoever submitted, to the superior instead.
import { sql } from 'kysely'
import type { Ctx } from '../context.ts'
import { judge } from '../documents/approve.ts'
import { lockRecord } from '../records/lock.ts'
import { Refusal } from '../refuse.ts'
import { asSystem } from '../system.ts'
import { peopleFor } from './approver.ts'

/** How many documents wait for the person. */
export async function openTasksOf(ctx: Ctx, user: string): Promise<number> {
  const { rows } = await sql<{
    count: number
  }>`select count(*)::integer as count from ${sql.id(ctx.tenant, 'approval_task')} t
    join ${sql.id(ctx.tenant, 'approval_instance')} i on i.id = t.instance and i.state = 'running'
    where t."user" = ${user}::uuid and t.state in ('open', 'waiting', 'held')`.execute(ctx.db)
  return rows[0]?.count ?? 0
}

/** Joins the running transaction. Returns how many tasks moved. */
export async function handTasks(ctx: Ctx, leaver: string, successor: string): Promise<number> {
  const system = asSystem(ctx)
  const { rows } = await sql<{
    task: string
    entity: string
    document: string
  }>`select t.id as task, i.entity, i.document
    from ${sql.id(ctx.tenant, 'approval_task')} t
      join ${sql.id(ctx.tenant, 'approval_instance')} i on i.id = t.instance and i.state = 'running'
    where t."user" = ${leaver}::uuid and t.state in ('open', 'waiting', 'held') order by i.document, t.id`.execute(
    ctx.db,
  )
  let moved = 0
  for (const { task, entity, document } of rows) {
    const shape = ctx.registry.shapes.get(entity)
    if (!shape) continue
    const pass = async (to: string) => {
      const { draft } = await lockRecord(system, shape, document, {})
      await judge(
        system,
        shape,
        draft,
        { is: 'transfer', by: leaver, to, task, system: true },
        { name: 'transfer', said: null },
      )
      moved++
    }
    // All that are his at one place move at once.
    if (!(await isStill(ctx, task))) continue
    try {
      await pass(successor)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      const { draft } = await lockRecord(system, shape, document, {})
      const [above] = await peopleFor(system, shape, draft, { is: 'superior', user: leaver }, null)
      if (above !== undefined && above !== successor) await pass(above)
    }
  }
  return moved
}

async function isStill(ctx: Ctx, task: string): Promise<boolean> {
  const { rows } = await sql`select from ${sql.id(ctx.tenant, 'approval_task')}
    where id = ${task}::uuid and state in ('open', 'waiting', 'held')`.execute(ctx.db)
  return rows.length > 0
}
