// A work item belongs where its project is, keeps to the limits of the board, and each change of it is logged as it happens.

import type { RecordOf } from '@yingzao/kernel/entity'
import { aggregate, asSystem, type Ctx, create, get, hooks, list, refuse } from '@yingzao/kernel/server'
import { project } from '../project/project.entity.ts'
import { boardOf, ensureBoard, lockBoard } from './board-of.ts'
import { linkable } from './plan-task.ts'
import { afterLast } from './rank.ts'
import { sprint } from './sprint.entity.ts'
import { isTakingOver } from './take-over.ts'
import { workEvent, workItem, workStages } from './work-item.entity.ts'

type Item = RecordOf<typeof workItem>

export default hooks(workItem, {
  async beforeSave(ctx, record, before) {
    if (isTakingOver(ctx)) return undefined
    if (before && before.project !== record.project) throw refuse('agile.project_fixed', { name: record.title })
    if (record.plan_task !== (before?.plan_task ?? null)) await linkable(ctx, record)
    if (record.sprint !== (before?.sprint ?? null)) {
      // Whoever may move items in and out of sprints need not be told more of a closed one than its name.
      await refuseClosed(ctx, before?.sprint ?? null)
      await refuseClosed(ctx, record.sprint)
    }
    if (before && before.stage !== record.stage) await keepLimit(ctx, record)
    if (before) return undefined
    await ensureBoard(ctx, record.project)
    const { company } = await get(asSystem(ctx), project, record.project)
    return { company, rank: await afterLast(ctx, record.project) }
  },

  async afterSave(ctx, after, before) {
    // Brought back from the recycle bin its events come with it.
    if (!after || isTakingOver(ctx) || (before === null && after.version > 1)) return
    const told = ['stage', 'kind', 'estimate', 'sprint', 'parent', 'project'] as const
    if (before && told.every(name => after[name] === before[name])) return
    await create(asSystem(ctx), workEvent, {
      work_item: after.id,
      project: after.project,
      company: after.company,
      at: ctx.now,
      stage: after.stage ?? 'backlog',
      kind: after.kind,
      points: after.estimate,
      sprint: after.sprint,
      epic: after.parent,
    })
  },
})

async function refuseClosed(ctx: Ctx, id: string | null): Promise<void> {
  if (id === null) return
  const page = await list(asSystem(ctx), sprint, { filter: { id: { eq: id } }, limit: 1 })
  const found = page.items[0]
  if (found?.stage === 'closed') throw refuse('agile.sprint_closed', { name: found.name })
}

/** Epics are not work in progress; what the limit counts are the items under them. */
async function keepLimit(ctx: Ctx, record: Item): Promise<void> {
  const { stage } = record
  if (record.kind === 'epic' || (stage !== 'ready' && stage !== 'doing' && stage !== 'review')) return
  const board = await boardOf(ctx, record.project)
  const limit = board?.[`${stage}_limit`] ?? null
  if (!board || limit === null || board.beyond_limit !== 'refuse') return
  await lockBoard(ctx, board.id)
  const filter = {
    project: { eq: record.project },
    stage: { eq: stage },
    kind: { ne: 'epic' },
    id: { ne: record.id },
  }
  const rows = await aggregate(asSystem(ctx), workItem, { filter, measures: [{ fn: 'count' }] })
  const count = Number(rows[0]?.values[0] ?? 0)
  if (count >= limit) throw refuse('agile.limit_full', { stage: workStages[stage].label[ctx.lang], limit, count })
}
