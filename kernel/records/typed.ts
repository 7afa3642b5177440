// The record store's types at its doors: an entity const gives its record's type, a name gives plain JSON.
import type { Entity, InputOf, PatchOf, RecordJson, RecordOf } from '@yingzao/kernel/entity'
import type { Ctx } from '../context.ts'
import { refuse } from '../refuse.ts'
import type { Shape } from '../registry/shape.ts'

/** The const of an *.entity.ts, or a name for callers that serve any entity. */
export type EntityRef = Entity | string
export type Got<E extends EntityRef> = E extends Entity
  ? RecordOf<E> & { readonly _can: readonly string[] }
  : E extends string
    ? RecordJson
    : never
export type Input<E extends EntityRef> = E extends Entity ? InputOf<E> : Readonly<Record<string, unknown>>
export type Patch<E extends EntityRef> = E extends Entity ? PatchOf<E> : Readonly<Record<string, unknown>>

/** The store builds records from the entity's own declaration; this is where that becomes their type. */
export const got = <E extends EntityRef>(record: RecordJson): Got<E> => record as unknown as Got<E>

/** The shape of an entity that a client named; lines are reached through their parent. */
export function entityShape(ctx: Ctx, entity: EntityRef): Shape {
  const name = typeof entity === 'string' ? entity : entity.name
  const shape = ctx.registry.shapes.get(name)
  if (!shape || shape.kind === 'line') throw refuse('record.unknown_entity', { entity: name })
  return shape
}
