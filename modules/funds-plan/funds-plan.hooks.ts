// A plan is of its project and month, and there is one; its lines say what they count as, and are approved as asked until
// somebody decides otherwise.
import { compare } from '@yingzao/engines/money'
import { asId, type RecordOf } from '@yingzao/kernel/entity'
import { asSystem, type Ctx, get, hooks, list, patch, refuse } from '@yingzao/kernel/server'
import { standingOf } from '../bank-account/public.ts'
import { contract } from '../contract/contract.entity.ts'
import { project } from '../project/project.entity.ts'
import { fundsPlan } from './funds-plan.entity.ts'
import { monthOf } from './public.ts'

type Plan = RecordOf<typeof fundsPlan>

export default hooks(fundsPlan, {
  async beforeSave(ctx, record, before) {
    if (before && before.state === 'effective') return undefined
    const system = asSystem(ctx)
    if (before && (before.project !== record.project || before.month !== record.month) && record.kind === 'supplement')
      throw refuse('funds_plan.stays')
    const of = await get(system, project, record.project)
    if (record.kind === 'initial') {
      // Two at the same moment come one after the other: the project is held until the transaction ends.
      await patch(system, project.name, record.project, undefined, {})
      await refuseSecond(system, record)
    }
    const lines = []
    for (const line of record.lines) {
      const agreed = line.contract === null ? null : await get(system, contract, line.contract)
      if (agreed && agreed.project !== record.project) throw refuse('funds_plan.other_project', { name: agreed.name })
      if (agreed && (agreed.direction === 'income') !== (line.direction === 'in'))
        throw refuse('funds_plan.other_way', { name: agreed.name })
      const counterparty = agreed?.counterparty ?? line.counterparty
      lines.push({
        ...line,
        counterparty,
        // What was carried keeps the line its request stands in.
        key: line.carried_from === null ? (agreed?.id ?? counterparty ?? line.kind) : line.key,
        ...(record.state === 'pending' ? {} : { approved_amount: line.amount }),
      })
    }
    return {
      company: of.company,
      name: record.name ?? `${of.short_name ?? of.name} ${record.month}`,
      lines,
    }
  },
  async afterSave(ctx, after, before) {
    if (!after || after.reverses !== null || after.state === before?.state) return
    if (after.state === 'pending' && after.lines.length === 0) throw refuse('funds_plan.no_lines')
    if (after.state === 'effective') await carry(ctx, after)
    if (after.state === 'closed' && after.month >= monthOf(ctx.today))
      throw refuse('funds_plan.month_not_over', { month: after.month })
  },
})

/** A project has one plan of a month; what comes on top is a supplement. */
async function refuseSecond(ctx: Ctx, { id, project: of, month }: Plan): Promise<void> {
  const { items } = await list(ctx, fundsPlan, {
    filter: {
      ...{ project: { eq: of }, month: { eq: month }, kind: { eq: 'initial' }, id: { ne: id } },
      ...{ state: { in: ['draft', 'pending', 'effective', 'closed', 'rejected'] }, reverses: { empty: true } },
    },
    fields: ['name'],
    limit: 1,
  })
  const [there] = items
  if (there) throw refuse('funds_plan.has_plan', { name: there.name ?? month })
}

/** 上月未付: the requests stand in this month from now on; one that was paid in the meantime stops it, or it would count twice. */
async function carry(ctx: Ctx, plan: Plan): Promise<void> {
  const system = asSystem(ctx)
  for (const line of plan.lines) {
    if (line.carried_from === null || line.payable === null) continue
    const id = asId('payment_request', line.payable)
    await patch(system, 'payment_request', id, undefined, { plan_month: plan.month })
    const { rest } = await standingOf(system, plan.company, line.payable)
    if (compare(rest, line.carried_amount ?? '0') !== 0)
      throw refuse('funds_plan.request_moved', { note: line.note ?? '' })
  }
}
