// Reads a plan: from its rows, or, when it is a branch (试算方案), from the plan it branched off and what was edited since.
//
// A branch has no rows of its own. It is its original at one revision and the edits made on it, so it costs nothing to make,
// every task keeps its id (that is how differences are named), and no list, search or sum of tasks ever meets it. After many
// edits it is read from its newest copy (`copy.ts`).
import { applyEdits, type Plan, type PlanEdit, readEdits } from '@yingzao/engines/schedule'
import type { Id } from '@yingzao/kernel/entity'
import { all, asSystem, type Ctx, get, refuse } from '@yingzao/kernel/server'
import { readCopy } from './copy.ts'
import { type PlanRecord, readRows } from './keep.ts'
import { plan, planEdit } from './plan.entity.ts'

/**
 * The whole plan as the engine reads it. The right to open the plan is the caller's to check: whoever may open it sees all
 * of it, since half a network has no dates.
 */
export async function readPlan(ctx: Ctx, record: PlanRecord): Promise<Plan> {
  if (record.branch_of === null) return readRows(ctx, record)
  const start = (await readCopy(ctx, record)) ?? { revision: 0, plan: await readBase(ctx, record) }
  const edits = await editsOf(ctx, record.id, start.revision, 'edits', ['revision'])
  return { ...applied(record, start.plan, edits), name: record.name }
}

/** What a branch began with: its original as it was then. */
export async function readBase(ctx: Ctx, record: PlanRecord): Promise<Plan> {
  if (record.branch_of === null) throw new Error('only a branch has a base')
  const original = await get(asSystem(ctx), plan, record.branch_of)
  return readPlanAt(ctx, original, record.branch_revision ?? 0)
}

/** The plan as it was at a revision: everything done since is taken back. */
export async function readPlanAt(ctx: Ctx, record: PlanRecord, revision: number): Promise<Plan> {
  const copy = revision < record.revision ? await readCopy(ctx, record, revision) : undefined
  if (copy) return copy.plan
  const now = await readPlan(ctx, record)
  if (revision >= record.revision) return now
  return applied(record, now, await editsOf(ctx, record.id, revision, 'inverse', ['-revision']))
}

async function editsOf(
  ctx: Ctx,
  id: Id<'plan'>,
  since: number,
  field: 'edits' | 'inverse',
  sort: ['revision' | '-revision'],
): Promise<PlanEdit[]> {
  const filter = { plan: { eq: id }, revision: { gt: since } }
  const rows = await all(asSystem(ctx), planEdit, { filter, fields: [field, 'revision'], sort })
  const edits: PlanEdit[] = []
  for (const row of rows) {
    const read = readEdits(row[field], Number.POSITIVE_INFINITY)
    if (!read.ok) throw refuse('schedule.invalid_edit', { reason: JSON.stringify(read.error) })
    for (const edit of read.edits) edits.push(edit)
  }
  return edits
}

function applied(record: PlanRecord, to: Plan, edits: readonly PlanEdit[]): Plan {
  if (edits.length === 0) return to
  const outcome = applyEdits(to, edits)
  if (outcome.ok) return outcome.plan
  throw refuse('schedule.unreadable_version', { plan: record.name, reason: outcome.error.code })
}
