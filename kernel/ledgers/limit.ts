// Limits over a balance as it would become: warn, ask one more person, or stop. Checked on locked rows only.
import { add, type Decimal } from '@yingzao/engines/money'
import type { Limit } from '@yingzao/kernel/entity'
import type { Ctx } from '../context.ts'
import type { Amounts, Balance } from './balance.ts'
import { reservedColumn } from './table.ts'

/** The names of the limits that were hit, by what follows. A refusal says the limit's message and no balance: its reader may not see it. */
export type Verdict = Readonly<Record<Limit['outcome'], readonly string[]>>
export const passed: Verdict = { warn: [], escalate: [], block: [] }

export const unite = (verdicts: readonly Verdict[]): Verdict => {
  const of = (outcome: Limit['outcome']) => [...new Set(verdicts.flatMap(each => each[outcome]))]
  return { warn: of('warn'), escalate: of('escalate'), block: of('block') }
}

export function checkLimits(
  ctx: Ctx,
  ledger: string,
  { dims, posted, reserved }: Pick<Balance, 'dims' | 'posted' | 'reserved'>,
  change: Amounts,
): Verdict {
  const fields: Record<string, string | null> = { ...dims }
  for (const [measure, value] of Object.entries(posted)) {
    const pending: Decimal = reserved[measure] ?? '0'
    fields[measure] = value
    fields[reservedColumn(measure)] = pending
    fields[`${measure}_used`] = add(value, pending)
    fields[`${measure}_change`] = change[measure] ?? '0'
  }
  const scope = { fields, today: ctx.today, now: ctx.now, user: ctx.principal.user }
  const hit = (ctx.registry.checks.get(ledger) ?? []).filter(({ allows }) => allows(scope) !== true)
  const of = (outcome: Limit['outcome']) => hit.flatMap(({ limit }) => (limit.outcome === outcome ? [limit.name] : []))
  return { warn: of('warn'), escalate: of('escalate'), block: of('block') }
}
