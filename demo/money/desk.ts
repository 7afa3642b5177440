// Who does what with the demo's money, on which day: people of a project and of its company, documents made and passed on.
import type { Decimal } from '@yingzao/engines/money'
import type { Entity, Id, InputOf, PlainDate } from '@yingzao/kernel/entity'
import type { Client } from '@yingzao/platform/client'
import { type Diary, dayOf, workday } from '../diary.ts'
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
  /** The last working day. */
  readonly today: PlainDate
  readonly time: Diary
  readonly t: (both: Both) => string
  readonly as: (login: string) => Promise<Client>
  readonly cashier: Client
  readonly legal: Client
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

/** Made, looked over and handed in. */
export async function handIn<const E extends Entity>(
  { time }: Pick<Desk, 'time'>,
  who: Client,
  entity: E,
  input: InputOf<E>,
) {
  const made = await who.entity(entity).create(input)
  await time.after(0.2)
  await who.entity<string>(entity.name).run(made.id, 'submit')
  return made
}

/** What judges write; most write nothing. */
const opinions: readonly (Both | null)[] = [
  null,
  ['已核对，同意。', 'Checked; approved.'],
  null,
  ['同意。', 'Approved.'],
  null,
  ['与合同及现场情况一致，同意。', 'As in the contract and on site; approved.'],
  null,
]

/** Some day of the last week, for what still lies on a desk. */
export const lately = ({ time }: Pick<Desk, 'time'>, index: number): Promise<void> =>
  time.until(workday(time.lastDay, -(index % 5)), 9 + (index % 3))

/** By one after the other until it counts, each in his own time. */
export async function pass(
  desk: Pick<Desk, 'time' | 't'>,
  { id }: Pick<Document, 'id'>,
  entity: string,
  judges: readonly Client[],
): Promise<void> {
  for (const [at, judge] of judges.entries()) {
    const state = await agree(desk, judge, entity, id, at)
    if (state !== 'pending') return
  }
  throw new Error(`the demo’s ${entity} ${id} waits for somebody else`)
}

/** One of them; answers the state of the document then. */
export async function agree(
  { time, t }: Pick<Desk, 'time' | 't'>,
  judge: Client,
  entity: string,
  id: string,
  at = 0,
): Promise<string | null> {
  await time.after(4)
  const said = opinions[((id.codePointAt(id.length - 1) ?? 0) + at) % opinions.length]
  return stateOf(await judge.entity<string>(entity).run(id, 'approve', said ? { opinion: t(said) } : {}))
}
