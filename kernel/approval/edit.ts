// Edits by somebody who is asked: the fields that his step lets him change, on a document that is frozen for everybody else.
import { blockAt } from '@yingzao/engines/approval'
import type { Ctx } from '../context.ts'
import { together } from '../driver.ts'
import { reserve } from '../ledgers/book.ts'
import { movementsOf } from '../ledgers/movement.ts'
import { difference } from '../records/change.ts'
import type { Draft } from '../records/draft.ts'
import { refuse } from '../refuse.ts'
import type { Shape } from '../registry/shape.ts'
import { prepare, routeOf } from './instance.ts'
import { type Instance, keep, loadInstance } from './keep.ts'

/** Names (`total`, `lines.price`) that an open task of the writer lets him change; null when none does. */
export async function editableBy(
  ctx: Ctx,
  document: string,
): Promise<{ instance: Instance; names: ReadonlySet<string> } | null> {
  const instance = await loadInstance(ctx, document, ['running'])
  if (!instance) return null
  const { flow, state } = instance
  const names = state.tasks
    .filter(task => task.state === 'open' && task.user === ctx.principal.user)
    .flatMap(task => {
      const step = blockAt(flow, state.tokens.find(token => token.id === task.token)?.path ?? '')
      return step?.is === 'step' ? Object.entries(step.fields ?? {}) : []
    })
    .flatMap(([name, rule]) => (rule === 'edit' ? [name] : []))
  return names.length === 0 ? null : { instance, names: new Set(names) }
}

/** After the save: what is reserved follows, limits are judged anew, the trail says what was changed from what to what. */
export async function afterEdit(
  ctx: Ctx,
  shape: Shape,
  before: Draft,
  after: Draft,
  instance: Instance,
): Promise<void> {
  if (before === after) return
  const { verdict, writes } = await reserve(
    ctx,
    { entity: shape.name, document: after.id },
    movementsOf(ctx, shape, after),
  )
  const [blocked] = verdict.block
  if (blocked !== undefined) throw refuse(`limit.${blocked}`)
  await together(ctx.db, writes())
  const { flow } = instance
  const route = JSON.stringify(routeOf(shape, flow, before)) !== JSON.stringify(routeOf(shape, flow, after))
  const prepared = await prepare(ctx, shape, after, instance, { is: 'edit', by: ctx.principal.user ?? '', route })
  const diff = Object.fromEntries(
    Object.entries(difference(shape, before, after)).map(([name, sides]) => [name, [...sides]]),
  )
  await keep(ctx, shape, after, prepared, { diff })
}
