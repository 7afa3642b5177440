// 公司资金计划: every project a reader sees in one month: who asked for what, what was approved, and what was used of it.
import { add, compare, type Decimal, divide, subtract } from '@yingzao/engines/money'
import { act, all, type Ctx, metrics, titlesOf } from '@yingzao/kernel/server'
import { project } from '../project/project.entity.ts'
import { fundsPlan } from './funds-plan.entity.ts'
import { monthOf } from './public.ts'
import type { CompanyPlans, PlanFigures, PlanOfProject, Unplanned } from './shape.ts'

type Sums = Omit<PlanFigures, 'rate_in' | 'rate_out'>
const nothing: Sums = {
  ...{ asked_in: '0.00', asked_out: '0.00', approved_in: '0.00', approved_out: '0.00' },
  ...{ used: '0.00', paid: '0.00', received: '0.00', unplanned: '0.00' },
}
const plus = (one: Sums, two: Partial<Sums>): Sums => {
  const of = (name: keyof Sums): Decimal => add(one[name], two[name] ?? '0.00')
  return {
    ...{ asked_in: of('asked_in'), asked_out: of('asked_out'), approved_in: of('approved_in') },
    ...{ approved_out: of('approved_out'), used: of('used'), paid: of('paid') },
    ...{ received: of('received'), unplanned: of('unplanned') },
  }
}
const rated = (of: Sums): PlanFigures => ({
  ...of,
  rate_out: divide(of.paid, of.approved_out, 6) ?? null,
  rate_in: divide(of.received, of.approved_in, 6) ?? null,
})

/** Drafts are their writers' own; what was taken back was not asked for. */
const asked = ['pending', 'effective', 'closed']

export default act('funds_plan.company', async (ctx, input): Promise<CompanyPlans> => {
  const month = typeof input.month === 'string' ? input.month : monthOf(ctx.today)
  const plans = (
    await all(ctx, fundsPlan, {
      filter: { month: { eq: month }, reverses: { empty: true }, state: { in: ['draft', ...asked] } },
      sort: ['created_at'],
    })
  ).filter(each => each.out_amount !== undefined)
  const { rows } = await metrics(ctx, ['plan.out', 'plan.in', 'plan.used', 'plan.paid', 'plan.received'], {
    where: { month },
    by: ['project', 'plan_line'],
  })
  const running = await all(ctx, project, { fields: ['name', 'short_name', 'stage'], sort: ['name'] })
  const names = new Map(running.map(each => [String(each.id), each.short_name ?? each.name]))
  const sums = new Map<string, Sums>()
  const beyond: Omit<Unplanned, 'title'>[] = []
  for (const plan of plans)
    if (asked.includes(plan.state))
      sums.set(
        plan.project,
        plus(sums.get(plan.project) ?? nothing, {
          asked_in: plan.in_amount ?? '0.00',
          asked_out: plan.out_amount ?? '0.00',
        }),
      )
  for (const { key, values } of rows) {
    const [of, line] = key
    if (!of || !line) continue
    const value = (name: string): Decimal => values[name] ?? '0.00'
    const over = subtract(value('plan.used'), value('plan.out'))
    const unplanned = compare(over, '0') > 0 ? over : '0.00'
    if (unplanned !== '0.00')
      beyond.push({
        ...{ project: of, projectName: names.get(of) ?? '', line, beyond: unplanned },
        ...{ planned: value('plan.out'), used: value('plan.used') },
      })
    sums.set(
      of,
      plus(sums.get(of) ?? nothing, {
        ...{ approved_in: value('plan.in'), approved_out: value('plan.out'), used: value('plan.used') },
        ...{ paid: value('plan.paid'), received: value('plan.received'), unplanned },
      }),
    )
  }
  for (const plan of plans) if (!sums.has(plan.project)) sums.set(plan.project, nothing)
  const listed = [...sums].map(([id, of]): PlanOfProject => {
    const own = plans.filter(each => each.project === id)
    return {
      ...{ project: id, name: names.get(id) ?? '', ...rated(of) },
      plans: own.map(each => ({
        id: each.id,
        name: each.name ?? month,
        state: each.state,
        kind: each.kind ?? 'initial',
      })),
    }
  })
  return {
    month,
    rows: listed.sort((a, b) => compare(b.asked_out, a.asked_out) || (a.name < b.name ? -1 : 1)),
    total: rated([...sums.values()].reduce(plus, nothing)),
    unplanned: await titled(ctx, beyond),
    missing: running
      .filter(each => each.stage === 'active' && !plans.some(plan => plan.project === each.id))
      .map(each => ({ project: each.id, name: each.short_name ?? each.name })),
  }
})

/** Contracts and counterparties by the name their reader may see. */
async function titled(ctx: Ctx, found: readonly Omit<Unplanned, 'title'>[]): Promise<Unplanned[]> {
  const ids = found.map(each => each.line).filter(line => line.length === 36)
  const titles = {
    ...(await titlesOf(ctx, 'contract', ids)),
    ...(await titlesOf(ctx, 'counterparty', ids)),
  }
  return found.map(each => ({ ...each, title: titles[each.line] ?? null })).sort((a, b) => compare(b.beyond, a.beyond))
}
