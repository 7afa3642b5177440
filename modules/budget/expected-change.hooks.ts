// An expected change lies where its project lies and counts for the item whose target it will use.
import { absolute, add, compare, isZero, negate } from '@yingzao/engines/money'
import { balancesBy } from '@yingzao/kernel/ledgers/read'
import { asSystem, get, hooks, refuse, refuseInput } from '@yingzao/kernel/server'
import { project } from '../project/project.entity.ts'
import { expectedChange } from './expected-change.entity.ts'
import { expectedLedger } from './expected-change.ledger.ts'
import { budgetedItems } from './public.ts'

export default hooks(expectedChange, {
  async beforeSave(ctx, record) {
    if (record.state !== 'draft' || record.reverses !== null) return undefined
    if (isZero(record.amount ?? '0')) throw refuseInput([{ path: 'amount', code: 'budget.expects_nothing' }])
    const system = asSystem(ctx)
    const { company } = await get(system, project, record.project)
    const targets = await budgetedItems(system, record.project, [record.item])
    return { company, budget_item: targets.get(record.item) ?? record.item }
  },
  // What a variation has taken up stays.
  async beforeReverse(ctx, mirror, original) {
    const [of] = await balancesBy(asSystem(ctx), expectedLedger.name, { expected: [original.id] })
    const open = add(of?.posted.open ?? '0', of?.reserved.open ?? '0')
    if (compare(open, '0') <= 0) throw refuse('budget.expected_used', { name: original.name })
    const wanted = absolute(mirror.amount ?? '0')
    const taken = compare(wanted, open) > 0 ? open : wanted
    return { amount: original.amount?.startsWith('-') ? taken : negate(taken) }
  },
})
