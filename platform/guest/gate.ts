// What an organisation lets wait for a confirmation from outside: the declared action of a record is refused until a guest confirmed
// the record as it stands; what was changed since must be confirmed again.
import type { Ctx } from '@yingzao/kernel/context'
import type { Entity, Json } from '@yingzao/kernel/entity'
import { holds } from '@yingzao/kernel/records/can'
import { refuse } from '@yingzao/kernel/refuse'
import { shapeOf } from '@yingzao/kernel/registry'
import type { Hooks } from '@yingzao/kernel/serve'
import { asSystem, get, list } from '@yingzao/kernel/server'
import { guestAnswer } from './answer.entity.ts'
import { policyOf } from './policy.ts'
import { namesIn } from './principal.ts'
import { digestOfSeen } from './seen.ts'

type Row = Readonly<Record<string, unknown>>

/** One hook per entity that declares an action which may wait. */
export const gateHooks = (entities: readonly Entity[]): readonly Hooks[] =>
  entities.flatMap(({ name, def }) => {
    const before = def.guests?.confirm?.before
    if (before === undefined) return []
    return [
      {
        is: 'hooks',
        entity: name,
        async beforeSave(ctx, record, kept) {
          if (ctx.action !== before || kept === null) return undefined
          if (!(await isAsked(ctx, name, record)) || (await isConfirmed(ctx, name, String(record.id)))) return undefined
          throw refuse('guest.confirmation')
        },
      },
    ]
  })

async function isAsked(ctx: Ctx, entity: string, record: Row): Promise<boolean> {
  const condition = shapeOf(ctx.registry, entity).conditions.guests
  return (condition === null || holds(ctx, condition, record)) && (await policyOf(ctx)).required.has(entity)
}

/** Does the declared action of the record wait for a guest? */
export async function waitsFor(ctx: Ctx, entity: string, id: string): Promise<boolean> {
  if (ctx.registry.shapes.get(entity)?.def.guests?.confirm?.before === undefined) return false
  const record: Readonly<Record<string, Json>> = await get(asSystem(ctx), entity, id)
  return isAsked(ctx, entity, record)
}

/** Did somebody outside confirm it as it stands now, and nobody refuse that afterwards? */
export async function isConfirmed(ctx: Ctx, entity: string, id: string): Promise<boolean> {
  const { items } = await list(asSystem(ctx), guestAnswer, {
    filter: { record: { eq: id }, entity: { eq: entity } },
    sort: ['-said_at'],
    limit: 50,
  })
  for (const each of items) {
    if (each.kind === 'answer') continue
    const now = await digestOfSeen(ctx, entity, id, { fields: namesIn(each.fields), files: namesIn(each.files) })
    if (now === each.digest) return each.kind === 'confirm'
  }
  return false
}
