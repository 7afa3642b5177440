// Whoever comes to stand in a field that tells (`tells` of an entity) gets a message, in the transaction that put him there.
// The same message waits on each channel that reaches him.
import { dueAt } from '@yingzao/kernel/approval/due'
import type { Ctx } from '@yingzao/kernel/context'
import type { Entity, Id, Tell } from '@yingzao/kernel/entity'
import { isId } from '@yingzao/kernel/entity'
import { holds } from '@yingzao/kernel/records/can'
import { shapeOf } from '@yingzao/kernel/registry'
import type { Hooks, News, Teller } from '@yingzao/kernel/serve'
import { asSystem, createAll, later, patchAll } from '@yingzao/kernel/server'
import type { Channel, ChannelName } from './channel.ts'
import { message } from './message.entity.ts'
import { commonTells } from './news.ts'

export const DELIVER = 'platform.deliver_messages'
/** Working hours after which its reader is reminded of an urgent message that he has not read. */
const patience = 4
type Row = Readonly<Record<string, unknown>>

/** One hook per entity that tells. */
export const tellHooks = (entities: readonly Entity[], channels: readonly Channel[]): readonly Hooks[] =>
  entities.flatMap(({ name, def: { tells } }) =>
    tells
      ? [
          {
            is: 'hooks',
            entity: name,
            afterSave: (ctx, after, before) => tell(ctx, name, tells, channels, after, before),
          },
        ]
      : [],
  )

async function tell(
  ctx: Ctx,
  entity: string,
  tells: Readonly<Record<string, Tell>>,
  channels: readonly Channel[],
  after: Row | null,
  before: Row | null,
): Promise<void> {
  if (!after) return
  const { conditions } = shapeOf(ctx.registry, entity)
  const by = ctx.principal.user
  const letters = Object.entries(tells).flatMap(([name, { to, urgent = false, escalate }]) => {
    const condition = conditions.tells.get(name)
    const named = (row: Row | null) => (!row || (condition && !holds(ctx, condition, row)) ? [] : peopleIn(row[to]))
    const known = new Set(named(before))
    return named(after)
      .filter(person => !known.has(person) && person !== by)
      .map(person => ({
        ...{ person, entity, record: String(after.id), tell: name, urgent, by, hours: escalate?.hours ?? null },
      }))
  })
  await send(ctx, letters, channels)
}

interface Letter {
  readonly person: Id<'user'>
  readonly entity: string
  readonly record: string
  readonly tell: string
  readonly urgent: boolean
  readonly by: Id<'user'> | null
  /** Until the superior is told; null: never. */
  readonly hours: number | null
  readonly unread_by?: Id<'user'>
}

/** News that the kernel and the platform tell, not a field: of approval, of comments. */
export const inboxTeller = (channels: readonly Channel[]): Teller => ({
  is: 'teller',
  async tell(ctx, { entity, record, told, over }) {
    await settle(ctx, entity, record, over)
    const by = ctx.principal.user
    const letters = told.flatMap(({ tell, people }) =>
      people.filter(isPerson).map(person => {
        const urgent = commonTells.get(tell)?.urgent ?? false
        return { person, entity, record, tell, urgent, by, hours: null }
      }),
    )
    await send(ctx, letters, channels)
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

export async function send(ctx: Ctx, letters: readonly Letter[], channels: readonly Channel[]): Promise<void> {
  if (letters.length === 0) return
  const escalations = new Map<number, string>()
  for (const { hours } of letters) if (hours !== null) escalations.set(hours, await dueAt(ctx, hours))
  const remind_at = letters.some(each => each.urgent) ? await dueAt(ctx, patience) : null
  // Nobody's: whoever caused a message must not come to own it, and so to see when it was read.
  const system = asSystem(ctx)
  const nobody: Ctx = { ...system, principal: { ...system.principal, user: null } }
  const waiting = await waitingOn(
    nobody,
    channels,
    letters.map(each => each.person),
  )
  await createAll(
    nobody,
    message,
    letters.map(({ hours, ...each }) => ({
      ...{ ...each, ...waiting.of(each.person), remind_at: each.urgent ? remind_at : null },
      escalate_at: hours === null ? null : (escalations.get(hours) ?? null),
    })),
  )
  await soon(nobody, waiting)
}

/** On which channels messages to these people wait. */
interface Waiting {
  /** The fields of a message to this person. */
  of(person: string): Partial<Readonly<Record<ChannelName, 'waiting'>>>
  readonly reached: readonly { readonly channel: Channel; readonly people: ReadonlySet<string> }[]
}

export async function waitingOn(ctx: Ctx, channels: readonly Channel[], people: readonly string[]): Promise<Waiting> {
  const reached: { readonly channel: Channel; readonly people: ReadonlySet<string> }[] = []
  for (const channel of channels) reached.push({ channel, people: await channel.reaches(ctx, [...new Set(people)]) })
  const on = (person: string) => reached.filter(each => each.people.has(person)).map(each => each.channel.name)
  return { reached, of: person => Object.fromEntries(on(person).map(name => [name, 'waiting' as const])) }
}

/** What happens close together goes out as one. */
export async function soon(ctx: Ctx, { reached }: Waiting): Promise<void> {
  for (const { channel, people } of reached) {
    const { together } = channel
    const runAt = new Date(Math.ceil(Date.parse(ctx.now) / together + 0.5) * together).toISOString()
    for (const person of people) await askFor(ctx, channel, person, runAt)
  }
}

export const askFor = (ctx: Ctx, { name }: Channel, person: string, runAt: string): Promise<string> =>
  later(ctx, DELIVER, { person, channel: name }, { key: `deliver:${name}:${person}`, runAt, earliest: true })

const isPerson = (value: unknown): value is Id<'user'> => isId(value)
const peopleIn = (value: unknown): readonly Id<'user'>[] =>
  Array.isArray(value) ? [...new Set(value.filter(isPerson))] : isPerson(value) ? [value] : []
