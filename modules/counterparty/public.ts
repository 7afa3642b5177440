// What other modules may ask of a counterparty on the server.
import type { Id, PlainDate } from '@yingzao/kernel/entity'
import { asSystem, type Ctx, get, refuse } from '@yingzao/kernel/server'
import { counterparty } from './counterparty.entity.ts'

/** Refuses a new contract with a company that is blacklisted on that day. What runs already goes on. */
export async function demandContractable(ctx: Ctx, id: Id<'counterparty'>, on: PlainDate): Promise<void> {
  const { name, standing, blacklist_reason, blacklisted_from, blacklisted_to } = await get(
    asSystem(ctx),
    counterparty,
    id,
  )
  if (standing !== 'blacklisted') return
  if ((blacklisted_from !== null && on < blacklisted_from) || (blacklisted_to !== null && on > blacklisted_to)) return
  throw refuse('counterparty.blacklisted', { name, reason: blacklist_reason ?? '' })
}
