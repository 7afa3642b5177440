// 合同检查: what is unusual about the terms, and against which rule. Told before it is submitted, and stops nothing.
import { bondCap } from '@yingzao/engines/contract-money'
import { add, compare, formatAmount, formatPercent, isZero } from '@yingzao/engines/money'
import { asSystem, type Ctx, get } from '@yingzao/kernel/server'
import { counterparty } from '../counterparty/counterparty.entity.ts'
import { limitOn, type ParameterCode, writtenOn } from '../parameter/public.ts'
import { contract } from './contract.entity.ts'
import { figuresBy, ordersOf, totalOf } from './figures.ts'
import type { Concern } from './figures-shape.ts'
import type { Contract } from './terms.ts'

export async function concernsOf(ctx: Ctx, of: Contract, differences: number): Promise<Concern[]> {
  const concerns: Concern[] = []
  const say = (code: Concern['code'], values: Concern['values'] = {}) => concerns.push({ code, values })
  const gross = of.gross_amount ?? '0'
  // By the day it was signed, or else written: what the law says later does not judge it.
  const on = of.signed_on ?? writtenOn(ctx, of)
  const limit = (code: ParameterCode) => limitOn(ctx, code, on, of.company)
  const [retention, months] = [await limit('retention_share'), await limit('warranty_months')]
  const [performance, progress] = [await limit('performance_bond_share'), await limit('public_progress_share')]
  if (differences > 0) say('bill', { count: differences })
  if (of.retention_mode !== 'none' && retention !== null && compare(of.retention_share ?? '0', retention) > 0)
    say('retention_share', { share: formatPercent(of.retention_share), most: formatPercent(retention) })
  if (months !== null && (of.warranty_months ?? 0) > Number(months))
    say('warranty', { months: of.warranty_months ?? 0, most: Number(months) })
  const cap = performance === null ? null : bondCap(gross, performance)
  if (of.form !== 'framework' && cap !== null && compare(of.performance_bond_amount ?? '0', cap) > 0)
    say('performance_bond', { cap: formatAmount(cap), most: formatPercent(performance) })
  if (of.direction === 'income' && of.public_client && progress !== null && compare(of.progress_share, progress) < 0)
    say('progress_share', { share: formatPercent(of.progress_share), least: formatPercent(progress) })
  if (of.plan.length > 0 && compare(of.planned_amount ?? '0', gross) !== 0)
    say('plan_sum', { planned: formatAmount(of.planned_amount ?? '0'), sum: formatAmount(gross) })
  if (of.pricing === 'unit' && of.pricing_standard !== 'none' && of.deviation_threshold === null)
    say('no_deviation_clause')
  const system = asSystem(ctx)
  const party = await get(system, counterparty, of.counterparty)
  if (party.qualification === 'expired') say('qualification', { name: party.name })
  if (of.form === 'order' && of.parent !== null) {
    const above = await get(system, contract, of.parent)
    const orders = await ordersOf(ctx, of.parent)
    const { sum } = totalOf(orders.filter(id => id !== of.id).map(await figuresBy(ctx, orders)))
    const room = above.ceiling_amount
    if (room !== null && !isZero(room) && compare(add(sum, gross), room) > 0)
      say('ceiling', { ceiling: formatAmount(room) })
  }
  return concerns
}
