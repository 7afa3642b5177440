// What other modules ask of measuring and settling.
import type { Id, PlainDate } from '@yingzao/kernel/entity'
import { all, type Ctx } from '@yingzao/kernel/server'
import { settlement } from './settlement.entity.ts'

export interface SettledContract {
  readonly settlement: Id<'settlement'>
  readonly settled_on: PlainDate
  /** When its balance is due; of a settlement that finds too much paid, by when that goes back. */
  readonly due_on: PlainDate
  readonly retention_due_on: PlainDate | null
}

/** Which of these contracts were settled by the end of that day. Rights are the caller's to check. */
export async function settledBy(
  system: Ctx,
  ids: readonly Id<'contract'>[],
  until: string,
): Promise<ReadonlyMap<string, SettledContract>> {
  if (ids.length === 0) return new Map()
  const rows = await all(system, settlement, {
    filter: { contract: { in: ids }, state: { eq: 'effective' }, reverses: { empty: true } },
    fields: ['contract', 'settled_on', 'due_on', 'retention_due_on'],
  })
  return new Map(
    rows
      .filter(({ settled_on }) => settled_on <= until)
      .map(({ id, contract, settled_on, due_on, retention_due_on }) => [
        contract,
        { settlement: id, settled_on, due_on: due_on ?? settled_on, retention_due_on },
      ]),
  )
}
