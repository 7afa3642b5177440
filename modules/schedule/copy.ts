// 留底 of plans: a branch that was edited a thousand times, and the revision that a branch began with, are read at once instead
// of being made again from every edit since. A copy says what the edits say; without it everything reads the same, slower.
import type { Plan } from '@yingzao/engines/schedule'
import { all, asSystem, type Ctx, create, get, list, patch, writeProjected } from '@yingzao/kernel/server'
import { v7 as newId } from 'uuid'
import { planCopy } from './copy.entity.ts'
import type { PlanRecord } from './keep.ts'
import { plan } from './plan.entity.ts'
import { copyColumn, copyOf, planHead } from './rows.ts'

/** Opening a branch goes through fewer of its edits than this, and at most half as many more of its original. */
export const COPY_EVERY = 50

/** The plan as copied at a revision, or the newest copy; undefined when there is none. */
export async function readCopy(
  ctx: Ctx,
  record: PlanRecord,
  at?: number,
): Promise<{ readonly revision: number; readonly plan: Plan } | undefined> {
  const filter = { plan: { eq: record.id }, ...(at !== undefined && { revision: { eq: at } }) }
  const found = await list(asSystem(ctx), planCopy, {
    filter,
    fields: ['revision', 'content'],
    sort: ['-revision'],
    limit: 1,
  })
  const [row] = found.items
  if (!row?.content) return undefined
  const head = { name: record.name, ...(await headOf(ctx, record)) }
  return { revision: row.revision, plan: { ...head, ...copyOf(row.content) } }
}

/** A branch has the calendars and rules of the plan that it comes from. */
async function headOf(ctx: Ctx, record: PlanRecord): Promise<Pick<Plan, 'mode' | 'calendars'>> {
  if (record.branch_of !== null) return headOf(ctx, await get(asSystem(ctx), plan, record.branch_of))
  return { mode: record.mode, ...planHead(record) }
}

/**
 * After an edit: every so many of a branch it is copied, and of a plan those revisions that branches began with. Copies that
 * nobody reads any more go. `readAt` reads the plan at a revision.
 */
export async function keepCopies(
  ctx: Ctx,
  record: PlanRecord,
  revision: number,
  readAt: (revision: number) => Promise<Plan>,
): Promise<void> {
  if (revision % COPY_EVERY !== 0) return
  const system = asSystem(ctx)
  const branches = await all(system, plan, { filter: { branch_of: { eq: record.id } }, fields: ['branch_revision'] })
  const wanted = new Set(branches.map(each => each.branch_revision ?? 0).filter(at => revision - at >= COPY_EVERY / 2))
  if (record.branch_of !== null) wanted.add(revision)
  const kept = await all(system, planCopy, { filter: { plan: { eq: record.id } }, fields: ['revision'] })
  // A copy that nobody reads any more is written over: its plan may be large.
  const free = kept.filter(each => !wanted.delete(each.revision))
  for (const at of wanted) {
    const content = copyColumn(await readAt(at))
    const old = free.pop()
    const id = old?.id ?? newId()
    if (old) await patch(system, planCopy.name, id, undefined, { revision: at })
    else await create(system, planCopy.name, { id, plan: record.id, revision: at })
    await writeProjected(system, planCopy, [{ id, content }])
  }
}
