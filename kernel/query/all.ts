// all(): a whole set at once, for services that compute over it (a plan's tasks). Screens read pages.
import type { Query } from '@yingzao/kernel/entity'
import type { Ctx } from '../context.ts'
import { presenter } from '../records/present.ts'
import { type EntityRef, entityShape, type Got, got } from '../records/typed.ts'
import { refuse } from '../refuse.ts'
import { conditionsOf, read, rowsOf, statementsOf } from './list.ts'
import { question } from './readable.ts'
import { sortKeys } from './sort.ts'

/** More than any one computation holds; beyond, the caller is asking the wrong question. */
const most = 200_000

/** Every record that the query finds and the reader may see; without lines and without titles of what they refer to. */
export async function all<E extends EntityRef>(
  ctx: Ctx,
  entity: E,
  query: Pick<Query, 'filter' | 'where' | 'sort' | 'fields'> = {},
): Promise<Got<E>[]> {
  const shape = entityShape(ctx, entity)
  const about = question(ctx, shape)
  const keys = await sortKeys(about, query.sort ?? [], 'all')
  const view = presenter(ctx, shape, query.fields)
  const rows = rowsOf(ctx, shape, {})
  const statements = statementsOf(ctx, shape, rows, keys, null, conditionsOf(about, query), view.columns, most + 1)
  const found = await read(ctx, statements, most + 1)
  if (found.length > most) throw refuse('query.limit', { max: most })
  return found.map(row => got<E>(view.present(ctx, row)))
}
