// What other modules may ask of a counterparty on the server.
import type { Id, PlainDate } from '@yingzao/kernel/entity'
import { asSystem, type Ctx, get, refuse } from '@yingzao/kernel/server'
import { counterparty } from './counterparty.entity.ts'

/** Refuses a new contract with a company that is blacklisted on one of those days. What runs already goes on. */
export async function demandContractable(
  ctx: Ctx,
  id: Id<'counterparty'>,
  ...days: readonly PlainDate[]
): Promise<void> {
  const { name, standing, blacklist_reason, blacklisted_from, blacklisted_to } = await get(
    asSystem(ctx),
    counterparty,
    id,
  )
  if (standing !== 'blacklisted') return
  const listed = (on: PlainDate) =>
    (blacklisted_from === null || on >= blacklisted_from) && (blacklisted_to === null || on <= blacklisted_to)
  if (!days.some(listed)) return
  throw refuse('counterparty.blacklisted', { name, reason: blacklist_reason ?? '' })
}
