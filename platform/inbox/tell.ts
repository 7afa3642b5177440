// Whoever comes to stand in a field that tells (`tells` of an entity) gets a message, in the transaction that put him there.
import { dueAt } from '@yingzao/kernel/approval/due'
import type { Ctx } from '@yingzao/kernel/context'
import type { Entity, Id, Tell } from '@yingzao/kernel/entity'
import { isId } from '@yingzao/kernel/entity'
import { holds } from '@yingzao/kernel/records/can'
import { shapeOf } from '@yingzao/kernel/registry'
import type { Hooks, News, Teller } from '@yingzao/kernel/serve'
import { asSystem, createAll, later, patchAll } from '@yingzao/kernel/server'
import { message } from './message.entity.ts'
import { commonTells } from './news.ts'

export const DELIVER = 'platform.deliver_messages'
/** Working hours after which its reader is reminded of an urgent message that he has not read. */
const patience = 4
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
      .map(person => ({ ...{ person, entity, record: String(after.id), tell: name, urgent, by } }))
  })
  await send(ctx, letters, together)
}

interface Letter {
  readonly person: Id<'user'>
  readonly entity: string
  readonly record: string
  readonly tell: string
  readonly urgent: boolean
  readonly by: Id<'user'> | null
}

/** News that the kernel and the platform tell, not a field: of approval, of comments. */
export const inboxTeller = (together: number | null): Teller => ({
  is: 'teller',
  async tell(ctx, { entity, record, told, over }) {
    await settle(ctx, entity, record, over)
    const by = ctx.principal.user
    const letters = told.flatMap(({ tell, people }) =>
      people.filter(isPerson).map(person => {
        const urgent = commonTells.get(tell)?.urgent ?? false
        return { person, entity, record, tell, urgent, by }
      }),
    )
    await send(ctx, letters, together)
  },
})

/** What somebody need not do any more he need not read either, nor get a letter about. */
async function settle(ctx: Ctx, entity: string, record: string, over: News['over']): Promise<void> {
  const system = asSystem(ctx)
  for (const { tells, people } of over) {
    const open = {
      ...{ entity: { eq: entity }, record: { eq: record }, read_at: { empty: true } },
      ...{ person: { in: [...people] }, tell: { in: [...tells] } },
    }
    await patchAll(system, message, open, { read_at: ctx.now })
  }
}

async function send(ctx: Ctx, letters: readonly Letter[], together: number | null): Promise<void> {
  if (letters.length === 0) return
  const mail = together === null ? 'none' : 'waiting'
  const remind_at = letters.some(each => each.urgent) ? await dueAt(ctx, patience) : null
  // Nobody's: whoever caused a message must not come to own it, and so to see when it was read.
  const system = asSystem(ctx)
  const nobody: Ctx = { ...system, principal: { ...system.principal, user: null } }
  await createAll(
    nobody,
    message,
    letters.map(each => ({ ...each, mail, remind_at: each.urgent ? remind_at : null })),
  )
  await soon(nobody, new Set(letters.map(each => each.person)), together)
}

/** What happens close together goes out in one letter. */
export async function soon(ctx: Ctx, people: Iterable<string>, together: number | null): Promise<void> {
  if (together === null) return
  const runAt = new Date(Math.ceil(Date.parse(ctx.now) / together + 0.5) * together).toISOString()
  for (const person of people) await later(ctx, DELIVER, { person }, { key: `deliver:${person}`, runAt })
}

const isPerson = (value: unknown): value is Id<'user'> => isId(value)
const peopleIn = (value: unknown): readonly Id<'user'>[] =>
  Array.isArray(value) ? [...new Set(value.filter(isPerson))] : isPerson(value) ? [value] : []
