// Who does what with the demo's money, on which day: people of a project and of its company, documents made and passed on.
import type { Decimal } from '@yingzao/engines/money'
import type { Entity, Id, InputOf, PlainDate } from '@yingzao/kernel/entity'
import type { Client } from '@yingzao/platform/client'
import type { Both } from '../plan/builder.ts'

/** Of one project: who enters its contracts, and who is asked for what. */
export interface Site {
  readonly key: 'metro' | 'erp' | 'line'
  readonly project: Id<'project'>
  readonly company: Id<'org_unit'>
  readonly engineer: Client
  readonly manager: Client
  readonly head: Client
  readonly clerk: Client
  readonly boss: Client
}

export interface Desk {
  readonly today: PlainDate
  readonly t: (both: Both) => string
  readonly as: (login: string) => Promise<Client>
  readonly cashier: Client
  readonly sites: readonly Site[]
  /** By code, by Chinese name, by key. */
  readonly items: ReadonlyMap<string, Id<'cost_item'>>
  readonly parties: ReadonlyMap<string, Id<'counterparty'>>
  readonly accounts: ReadonlyMap<string, Id<'bank_account'>>
}

export const siteOf = ({ sites }: Pick<Desk, 'sites'>, key: Site['key']): Site => {
  const found = sites.find(each => each.key === key)
  if (!found) throw new Error(`the demo has no project ${key}`)
  return found
}

/** A working day of the month so many months from today's; never later than today. Days from 3 to 28 stay in their month. */
export function dayOf(today: PlainDate, months: number, day: number): PlainDate {
  const [year = 0, month = 1] = today.split('-').map(Number)
  const at = new Date(Date.UTC(year, month - 1 + months, day))
  const weekend = [2, 0, 0, 0, 0, 0, 1][at.getUTCDay()] ?? 0
  at.setUTCDate(at.getUTCDate() - weekend)
  const found = at.toISOString().slice(0, 10) as PlainDate
  return months <= 0 && found > today ? today : found
}
export const monthOf = (today: PlainDate, months: number): string => dayOf(today, months, 15).slice(0, 7)

export function known<V>(map: ReadonlyMap<string, V>, key: string): V {
  const found = map.get(key)
  if (found === undefined) throw new Error(`the demo does not know ${key}`)
  return found
}

export const money = (amount: number): Decimal => (Math.round(amount * 100) / 100).toFixed(2) as Decimal

/** What the door answers with of a document. */
interface Document {
  readonly id: string
  readonly state: string
}
const stateOf = (answer: unknown): string | null =>
  typeof answer === 'object' && answer !== null && 'state' in answer && typeof answer.state === 'string'
    ? answer.state
    : null

/** Made and handed in. */
export async function handIn<const E extends Entity>(who: Client, entity: E, input: InputOf<E>) {
  const made = await who.entity(entity).create(input)
  await who.entity<string>(entity.name).run(made.id, 'submit')
  return made
}

/** By one after the other until it counts. */
export async function pass({ id }: Pick<Document, 'id'>, entity: string, judges: readonly Client[]): Promise<void> {
  for (const judge of judges) {
    const state = stateOf(await judge.entity<string>(entity).run(id, 'approve'))
    if (state !== 'pending') return
  }
  throw new Error(`the demo’s ${entity} ${id} waits for somebody else`)
}

/** A few at a time: the loading is faster, and nobody waits behind a crowd. */
export async function abreast<T>(items: readonly T[], work: (item: T) => Promise<void>, width = 4): Promise<void> {
  const open = [...items]
  await Promise.all(
    Array.from({ length: Math.min(width, open.length) }, async () => {
      for (let item = open.shift(); item !== undefined; item = open.shift()) await work(item)
    }),
  )
}
