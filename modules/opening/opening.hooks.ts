// An opening balances: each contract once and in its project, what an expense contract cost is what was measured of it, totals as
// in the old books. A project is taken over once per contract, and nothing is taken back that later documents build on.
import { add, compare, type Decimal, r2, sum } from '@yingzao/engines/money'
import type { Id, RecordOf } from '@yingzao/kernel/entity'
import { balanceOf } from '@yingzao/kernel/ledgers/audit'
import { asSystem, type Ctx, get, hooks, metricEntries, refuse, refuseInput } from '@yingzao/kernel/server'
import { contract } from '../contract/contract.entity.ts'
import { contractLedger } from '../contract/contract.ledger.ts'
import { project } from '../project/project.entity.ts'
import { opening } from './opening.entity.ts'

type Opening = RecordOf<typeof opening>
interface Fault {
  readonly path: string
  readonly code: string
  readonly values?: Readonly<Record<string, string>>
}
const controls = ['measured', 'due', 'paid', 'invoiced', 'cost', 'owed_to_us', 'owed_by_us', 'advance'] as const

export default hooks(opening, {
  async beforeSave(ctx, record) {
    if (!['draft', 'rejected'].includes(record.state)) return undefined
    const system = asSystem(ctx)
    const errors: Fault[] = []
    const company = record.project === null ? record.company : (await get(system, project, record.project)).company
    if (company === null) throw refuseInput([{ path: 'project', code: 'opening.whose' }])
    const { contracts, costs, debts, advances } = record
    if (contracts.length + costs.length + debts.length + advances.length === 0)
      errors.push({ path: 'contracts', code: 'opening.empty' })
    if (record.project === null && contracts.length + costs.length > 0)
      errors.push({ path: 'project', code: 'opening.of_project' })
    const owed = { to: owedBy(debts, ['receivable', 'lent']), by: owedBy(debts, ['payable', 'borrowed']) }
    const seen = new Set<string>()
    const measured = { income: '0.00' as Decimal, expense: '0.00' as Decimal }
    for (const [at, line] of record.contracts.entries()) {
      const path = `contracts.${at}.contract`
      const of = await get(system, contract, line.contract)
      if (of.project !== record.project) errors.push({ path, code: 'opening.other_project' })
      if (of.direction !== line.direction) errors.push({ path: `contracts.${at}.direction`, code: 'opening.direction' })
      if (seen.has(of.id)) errors.push({ path, code: 'opening.twice' })
      seen.add(of.id)
      measured[line.direction] = add(measured[line.direction], line.measured_amount)
      if (await movedBy(system, of.id, record.id))
        errors.push({ path, code: 'opening.begun', values: { name: of.name } })
      const key = { project: of.project, contract: of.id, direction: of.direction }
      const { posted } = await balanceOf(system, contractLedger.name, key)
      if (compare(line.measured_amount, posted.sum ?? '0') > 0)
        errors.push({
          path: `contracts.${at}.measured_amount`,
          code: 'opening.over_sum',
          values: { sum: posted.sum ?? '0' },
        })
      if (line.direction !== 'expense') continue
      const basis = of.deductible ? line.measured_net_amount : line.measured_amount
      const cost = add('0.00', sum(record.costs.filter(each => each.contract === of.id).map(each => each.amount)))
      if (compare(basis, cost) !== 0)
        errors.push({
          path: `contracts.${at}.${of.deductible ? 'measured_net_amount' : 'measured_amount'}`,
          code: 'opening.cost_differs',
          values: { measured: basis, cost },
        })
    }
    for (const [at, line] of record.costs.entries())
      if (line.contract !== null && !seen.has(line.contract))
        errors.push({ path: `costs.${at}.contract`, code: 'opening.cost_alone' })
    for (const name of controls) {
      const counted = name === 'owed_to_us' ? owed.to : name === 'owed_by_us' ? owed.by : record[`${name}_amount`]
      const [told, found] = [record[`control_${name}_amount`], counted ?? '0.00']
      if (told !== null && compare(told, found) !== 0)
        errors.push({ path: `control_${name}_amount`, code: 'opening.control', values: { sum: found } })
    }
    if (errors.length > 0) throw refuseInput(errors)
    return {
      ...{ company, income_measured_amount: measured.income, expense_measured_amount: measured.expense },
      ...{ owed_to_us_amount: owed.to, owed_by_us_amount: owed.by },
      debts: debts.map(line => ({ ...line, due_on: line.due_on ?? record.as_on })),
      advances: advances.map(line => ({ ...line, due_on: line.due_on ?? record.as_on })),
    }
  },
  async afterSave(ctx, after, before) {
    if (after?.state !== 'void' || before?.state === 'void') return
    const system = asSystem(ctx)
    for (const id of contractsOf(after)) {
      const by = await movedBy(system, id, after.id)
      if (by !== null) throw refuse('opening.built_on', { name: (await get(system, contract, id)).name })
    }
  },
})

const owedBy = (debts: Opening['debts'], kinds: readonly Opening['debts'][number]['kind'][]): Decimal =>
  r2(sum(debts.filter(line => kinds.includes(line.kind)).map(line => line.amount)))

const contractsOf = (record: Opening): Id<'contract'>[] => [...new Set(record.contracts.map(line => line.contract))]

/** A document besides this one that measured, paid or invoiced the contract; the contract’s own sum does not count. */
async function movedBy(ctx: Ctx, of: Id<'contract'>, self: string): Promise<string | null> {
  const { items } = await metricEntries(ctx, 'opening_moved', { where: { contract: of } })
  return items.find(each => each.document !== self)?.document ?? null
}
