// Comments and attachments have no rights of their own: whoever reads the record reads them.
import type { Ctx } from '@yingzao/kernel/context'
import { refuse } from '@yingzao/kernel/refuse'
import { get } from '@yingzao/kernel/server'

/** Refuses `record.not_found` for a record the caller does not see, and entities that are not discussed. */
export async function demandDiscussion(
  ctx: Ctx,
  entity: string,
  record: string,
): Promise<{ readonly _can: readonly string[] }> {
  const def = ctx.registry.entities.get(entity)?.def
  if (!def || def.discussion === false) throw refuse('discussion.none')
  return get(ctx, entity, record)
}
