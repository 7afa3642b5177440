// Whoever comes to stand in a field that tells (`tells` of an entity) gets a message, in the transaction that put him there.
import type { Ctx } from '@yingzao/kernel/context'
import type { Entity, Id, Tell } from '@yingzao/kernel/entity'
import { isId } from '@yingzao/kernel/entity'
import { holds } from '@yingzao/kernel/records/can'
import { shapeOf } from '@yingzao/kernel/registry'
import type { Hooks } from '@yingzao/kernel/serve'
import { asSystem, createAll, later } from '@yingzao/kernel/server'
import { message } from './message.entity.ts'

export const DELIVER = 'platform.deliver_messages'
type Row = Readonly<Record<string, unknown>>

/**
 * One hook per entity that tells. `together`: letters go out too, one for what happens within so many milliseconds; null: no
 * letters.
 */
export const tellHooks = (entities: readonly Entity[], together: number | null): readonly Hooks[] =>
  entities.flatMap(({ name, def: { tells } }) =>
    tells
      ? [
          {
            is: 'hooks',
            entity: name,
            afterSave: (ctx, after, before) => tell(ctx, name, tells, together, after, before),
          },
        ]
      : [],
  )

async function tell(
  ctx: Ctx,
  entity: string,
  tells: Readonly<Record<string, Tell>>,
  together: number | null,
  after: Row | null,
  before: Row | null,
): Promise<void> {
  if (!after) return
  const { conditions } = shapeOf(ctx.registry, entity)
  const by = ctx.principal.user
  const letters = Object.entries(tells).flatMap(([name, { to, urgent = false }]) => {
    const condition = conditions.tells.get(name)
    const named = (row: Row | null) => (!row || (condition && !holds(ctx, condition, row)) ? [] : peopleIn(row[to]))
    const known = new Set(named(before))
    return named(after)
      .filter(person => !known.has(person) && person !== by)
      .map(person => ({
        ...{ person, entity, record: String(after.id), tell: name, urgent, by },
        mail: together === null ? 'none' : 'waiting',
      }))
  })
  if (letters.length === 0) return
  // Nobody's: whoever caused a message must not come to own it, and so to see when it was read.
  const system = asSystem(ctx)
  const nobody: Ctx = { ...system, principal: { ...system.principal, user: null } }
  await createAll(nobody, message, letters)
  if (together === null) return
  const runAt = new Date(Math.ceil(Date.parse(ctx.now) / together + 0.5) * together).toISOString()
  for (const person of new Set(letters.map(each => each.person)))
    await later(nobody, DELIVER, { person }, { key: `deliver:${person}`, runAt })
}

const isPerson = (value: unknown): value is Id<'user'> => isId(value)
const peopleIn = (value: unknown): readonly Id<'user'>[] =>
  Array.isArray(value) ? [...new Set(value.filter(isPerson))] : isPerson(value) ? [value] : []
