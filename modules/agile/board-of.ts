// The board of a project: made with its first work item, locked while a limit is checked.
import type { Id } from '@yingzao/kernel/entity'
import { lockRecord } from '@yingzao/kernel/records/lock'
import { shapeOf } from '@yingzao/kernel/registry'
import { asSystem, type Ctx, create, get, list } from '@yingzao/kernel/server'
import { project } from '../project/project.entity.ts'
import { agileBoard } from './board.entity.ts'

export const boardOf = async (ctx: Ctx, projectId: string) =>
  (await list(asSystem(ctx), agileBoard, { filter: { project: { eq: projectId } }, limit: 1 })).items[0]

/** Two first items at once make one board: the second waits for the project's row. */
export async function ensureBoard(ctx: Ctx, projectId: Id<'project'>): Promise<void> {
  if (await boardOf(ctx, projectId)) return
  const system = asSystem(ctx)
  await lockRecord(system, shapeOf(ctx.registry, project.name), projectId, {})
  if (await boardOf(ctx, projectId)) return
  const { name, short_name } = await get(system, project, projectId)
  await create(system, agileBoard, { name: (short_name ?? name).slice(0, 100), project: projectId })
}

/** Until the end of the transaction nobody else moves a card into a limited lane of this board. */
export async function lockBoard(ctx: Ctx, id: string): Promise<void> {
  await lockRecord(asSystem(ctx), shapeOf(ctx.registry, agileBoard.name), id, {})
}
