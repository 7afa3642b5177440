// What other modules ask of funds plans: the line of a plan that money out counts on, and how strictly.
import { compare } from '@yingzao/engines/money'
import type { Id } from '@yingzao/kernel/entity'
import { balancesBy } from '@yingzao/kernel/ledgers/read'
import { all, asSystem, type Ctx, list } from '@yingzao/kernel/server'
import { fundsPlan } from './funds-plan.entity.ts'
import { fundsPlanLedger } from './funds-plan.ledger.ts'
import { fundsRule } from './funds-rule.entity.ts'

export { type CashOfContract, contractCash, flowsOf, refundsOf } from './contract-cash.ts'

export type FundsGate = 'off' | 'warn' | 'escalate'

/** Stands in a document that takes money out of a project; its postings to the ledger read it. */
export interface PlanPlace {
  readonly plan_month: string
  readonly plan_line: string | null
  readonly plan_gate: FundsGate
}

/** "2026-11" of a day. */
export const monthOf = (day: string): string => day.slice(0, 7)

/**
 * The first of `lines` (contract, counterparty, kind of money) that something is planned for in that month; the first of all
 * where nothing is. Money without a project is in no plan.
 */
export async function planPlace(
  ctx: Ctx,
  of: {
    readonly project: Id<'project'> | null
    readonly company: Id<'org_unit'> | null
    readonly month: string
    readonly lines: readonly (string | null)[]
  },
): Promise<PlanPlace> {
  const lines = of.lines.filter(each => each !== null)
  if (of.project === null) return { plan_month: of.month, plan_line: null, plan_gate: 'off' }
  const rows = await balancesBy(asSystem(ctx), fundsPlanLedger.name, {
    ...{ project: [of.project], month: [of.month], plan_line: lines },
  })
  const planned = new Set(
    rows.flatMap(({ dims, posted }) => (compare(posted.planned_out ?? '0', '0') > 0 ? [dims.plan_line] : [])),
  )
  return {
    plan_month: of.month,
    plan_line: lines.find(line => planned.has(line)) ?? lines[0] ?? 'other',
    plan_gate: await gateOf(ctx, of.company, of.project),
  }
}

/** As the project's rule says, else its company's. Without one a project is warned once it has a plan that was approved. */
async function gateOf(ctx: Ctx, company: string | null, project: Id<'project'>): Promise<FundsGate> {
  const system = asSystem(ctx)
  const scopes = [project, ...(company === null ? [] : [company])]
  const rules = await all(system, fundsRule, { filter: { scope: { in: scopes } }, fields: ['scope', 'gate'] })
  const rule = rules.find(each => each.scope === project) ?? rules[0]
  if (rule) return rule.gate
  const { items } = await list(system, fundsPlan, {
    filter: { project: { eq: project }, state: { in: ['effective', 'closed'] } },
    fields: ['month'],
    limit: 1,
  })
  return items.length > 0 ? 'warn' : 'off'
}
