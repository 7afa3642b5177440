// 接管: items that were worked on in another tool, with the dates it kept. Their events say that they were taken over; the
// change log, sealed as it is, tells who did it and when (ADR 0018).
import { rightsOf } from '@yingzao/kernel/access/rights'
import { asId, type Id, isId } from '@yingzao/kernel/entity'
import { lockRecord } from '@yingzao/kernel/records/lock'
import { save } from '@yingzao/kernel/records/patch'
import { shapeOf } from '@yingzao/kernel/registry'
import { act, asSystem, type Ctx, createAll, get, list, refuse } from '@yingzao/kernel/server'
import { v7 as newId } from 'uuid'
import { project } from '../project/project.entity.ts'
import { ensureBoard } from './board-of.ts'
import { afterLast, gap } from './rank.ts'
import { sprint } from './sprint.entity.ts'
import { decimal } from './sprint.hooks.ts'
import { burnOf } from './sprint-burn.ts'
import { takingOver } from './take-over.ts'
import { readTaken, type Taken } from './take-over-shape.ts'
import { workEvent, workItem } from './work-item.entity.ts'

export const takeOver = act('agile.take_over', async (ctx, input) => {
  const owner = await get(ctx, project, String(input.project))
  const read = readTaken({ sprints: input.sprints, items: input.items }, ctx.now)
  if (!read.ok) throw refuse('agile.bad_take_over', { where: read.where, reason: read.reason })
  await refuseStrangers(ctx, read.taken)
  await ensureBoard(ctx, owner.id)
  return takingOver(ctx, () => write(ctx, owner, read.taken))
})

interface Owner {
  readonly id: Id<'project'>
  readonly company: Id<'org_unit'>
}

async function write(ctx: Ctx, owner: Owner, { sprints, items }: Taken) {
  const system = asSystem(ctx)
  const at = { project: owner.id, company: owner.company }
  const sprintIds = new Map(sprints.map(each => [each.key, asId('sprint', newId())]))
  const itemIds = new Map(items.map(each => [each.key, asId('work_item', newId())]))
  const sprintOf = (key: string | null) => (key === null ? null : (sprintIds.get(key) ?? null))
  if (sprints.length > 0)
    await createAll(
      system,
      sprint.name,
      sprints.map(({ key, ...each }) => ({ ...each, ...at, id: sprintIds.get(key) })),
    )
  const first = await afterLast(ctx, owner.id)
  // Epics before what is under them.
  const rows = items.map((each, index) => ({ each, index }))
  for (const epics of [true, false]) {
    const some = rows.filter(({ each }) => (each.kind === 'epic') === epics)
    if (some.length === 0) continue
    await createAll(
      system,
      workItem.name,
      some.map(({ each: { key, parent, history, blocked_reason, ...each }, index }) => ({
        ...each,
        ...at,
        id: itemIds.get(key),
        rank: first + index * gap,
        parent: parent === null ? null : (itemIds.get(parent) ?? null),
        estimate: history.at(-1)?.points ?? null,
        sprint: sprintOf(history.at(-1)?.sprint ?? null),
        blocked: blocked_reason !== '',
        blocked_reason,
      })),
    )
  }
  // Importing is granted somewhere; it must hold where these items are.
  const here = { import: rightsOf(ctx, workItem.name).rows('import') }
  const { allowed } = await lockRecord(ctx, shapeOf(ctx.registry, workItem.name), [...itemIds.values()][0] ?? '', here)
  if (!allowed.import) throw refuse('access.denied', { function: 'import' })
  for (const each of items)
    await reach(system, workItem.name, itemIds.get(each.key) ?? '', { stage: each.history.at(-1)?.stage ?? 'backlog' })
  const events = items.flatMap(each =>
    each.history.map(event => ({
      ...at,
      work_item: itemIds.get(each.key),
      at: event.at,
      stage: event.stage,
      kind: each.kind,
      points: event.points,
      sprint: sprintOf(event.sprint),
      epic: each.parent === null ? null : (itemIds.get(each.parent) ?? null),
      taken_over: true,
    })),
  )
  for (let from = 0; from < events.length; from += 1000)
    await createAll(system, workEvent.name, events.slice(from, from + 1000))
  for (const each of sprints) await settle(ctx, sprintIds.get(each.key) ?? '')
  return {
    sprints: Object.fromEntries(sprintIds),
    items: Object.fromEntries(itemIds),
    events: events.length,
  }
}

/** What a sprint promised and did, by the history that now stands in the log. */
async function settle(ctx: Ctx, id: string): Promise<void> {
  const system = asSystem(ctx)
  const record = await get(system, sprint, id)
  if (record.started_at === null) return
  const burn = await burnOf(system, record)
  const closed = record.closed_at !== null
  await reach(system, sprint.name, id, {
    stage: closed ? 'closed' : 'running',
    committed: decimal(burn.committed),
    ...(closed ? { completed: decimal(burn.completed) } : {}),
  })
}

/** Transitions were made elsewhere: the record goes straight to where they led. */
async function reach(ctx: Ctx, entity: string, id: string, values: Readonly<Record<string, string>>): Promise<void> {
  const shape = shapeOf(ctx.registry, entity)
  const { draft } = await lockRecord(ctx, shape, id, {})
  if (draft.values.stage === values.stage && Object.keys(values).length === 1) return
  await save(ctx, shape, draft, { ...draft, values: { ...draft.values, ...values } })
}

async function refuseStrangers(ctx: Ctx, { items }: Taken): Promise<void> {
  const named = [...new Set(items.flatMap(each => each.assignee ?? []))]
  if (named.length === 0) return
  const found = named.every(isId) ? await list(ctx, 'user', { filter: { id: { in: named } }, limit: 500 }) : null
  if ((found?.items.length ?? 0) < Math.min(500, named.length))
    throw refuse('agile.bad_take_over', { where: 'assignee', reason: '?' })
}
