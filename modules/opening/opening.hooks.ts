// An opening balances: each contract once and in its project, what an expense contract cost is what was measured of it, totals as
// in the old books. A project is taken over once per contract, and nothing is taken back that later documents build on.
import { add, compare, type Decimal, isDecimal, isZero, negate, r2, sum } from '@yingzao/engines/money'
import type { Id, RecordOf } from '@yingzao/kernel/entity'
import { balanceOf, type LedgerEntry } from '@yingzao/kernel/ledgers/audit'
import { entriesBy } from '@yingzao/kernel/ledgers/read'
import { asSystem, type Ctx, get, hooks, refuse, refuseInput } from '@yingzao/kernel/server'
import { debtLedger } from '../bank-account/debt.ledger.ts'
import { advanceLedger } from '../claim/advance.ledger.ts'
import { contract } from '../contract/contract.entity.ts'
import { contractLedger } from '../contract/contract.ledger.ts'
import { counterparty } from '../counterparty/counterparty.entity.ts'
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
      if (await builtOn(system, of.id, [record.id]))
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
  async beforeReverse(ctx, mirror, original) {
    if (wholeness.some(name => compare(mirror[name] ?? '0', negate(original[name] ?? '0')) !== 0))
      throw refuse('opening.whole')
    await refuseDependents(asSystem(ctx), original, original.id)
    const back = (name: (typeof counted)[number]) => negate(original[name] ?? '0.00')
    return Object.fromEntries(counted.map(name => [name, back(name)]))
  },
  async afterSave(ctx, after, before) {
    if (!after) return
    const moved = after.state !== before?.state
    // Asked when a void is asked for, and once more when it happens: somebody may have built on it while it waited.
    const voided = after.void_reason !== null && (moved || before?.void_reason === null)
    if (voided) await refuseDependents(asSystem(ctx), after, after.id)
    else if (moved && after.state === 'effective' && after.reverses !== null)
      await refuseDependents(asSystem(ctx), after, after.reverses)
  },
})

const counted = ['income_measured_amount', 'expense_measured_amount', 'owed_to_us_amount', 'owed_by_us_amount'] as const
const wholeness = [
  ...(['measured_amount', 'due_amount', 'advanced_amount', 'paid_amount', 'invoiced_amount'] as const),
  ...(['retained_amount', 'cost_amount', 'advance_amount'] as const),
] as const

const owedBy = (debts: Opening['debts'], kinds: readonly Opening['debts'][number]['kind'][]): Decimal =>
  r2(sum(debts.filter(line => kinds.includes(line.kind)).map(line => line.amount)))

const contractsOf = (record: Opening): Id<'contract'>[] => [...new Set(record.contracts.map(line => line.contract))]

/** Refused with the document that stands in the way; `of` may be the mirror of it. */
async function refuseDependents(system: Ctx, of: Opening, original: string): Promise<void> {
  const own = [of.id, original]
  for (const id of contractsOf(of)) {
    const by = await builtOn(system, id, own)
    if (by) throw refuse('opening.built_on', { name: (await get(system, contract, id)).name, document: by })
  }
  for (const { counterparty: party, kind } of of.debts) {
    const dims = { company: [of.company], counterparty: [party], kind: [kind] }
    const by = await settledBy(system, debtLedger.name, dims, ['settled', 'asked'], own)
    if (by) throw refuse('opening.settled', { name: (await get(system, counterparty, party)).name, document: by })
  }
  for (const { person } of of.advances) {
    const by = await settledBy(system, advanceLedger.name, { person: [person] }, ['settled'], own)
    const { name } = by ? await get(system, 'user', person) : { name: null }
    if (by) throw refuse('opening.settled', { name: String(name), document: by })
  }
}

const moves = ['measured', 'due', 'requested', 'paid', 'invoiced', 'retained', 'recovered', 'deducted'] as const

/** The newest document besides these that moved the contract, where its moves are not all taken back; null: none. */
async function builtOn(system: Ctx, of: Id<'contract'>, own: readonly string[]): Promise<string | null> {
  const entries = await entriesBy(system, contractLedger.name, { contract: [of] }, { some: moves })
  const others = entries.filter(each => !own.includes(each.document) && !taken(entries, each))
  const standing = moves.some(name => !isZero(totalOf(others, name)))
  const last = others.at(-1)
  return standing && last ? named(system, last) : null
}

/** What settled more of the debt than would be left of it without this opening. */
async function settledBy(
  system: Ctx,
  ledger: string,
  of: Parameters<typeof entriesBy>[2],
  some: readonly string[],
  own: readonly string[],
): Promise<string | null> {
  const arisen = ledger === debtLedger.name ? 'arisen' : 'lent'
  const entries = await entriesBy(system, ledger, of, { some: [arisen, ...some] })
  const others = entries.filter(each => !own.includes(each.document))
  const last = others.findLast(each => some.some(name => compare(amountOf(each[name]), '0') > 0))
  const left = totalOf(others, arisen)
  return last && some.some(name => compare(totalOf(others, name), left) > 0) ? named(system, last) : null
}

const amountOf = (value: unknown): Decimal => (typeof value === 'string' && isDecimal(value) ? value : '0')
const totalOf = (entries: readonly LedgerEntry[], name: string): Decimal =>
  sum(entries.map(each => amountOf(each[name])))
/** An earlier opening of the contract that was taken back itself is no move. */
const taken = (entries: readonly LedgerEntry[], { entity, document }: LedgerEntry): boolean =>
  entity === opening.name &&
  moves.every(name =>
    isZero(
      totalOf(
        entries.filter(each => each.document === document),
        name,
      ),
    ),
  )

async function named(system: Ctx, { entity, document }: LedgerEntry): Promise<string> {
  const { number } = await get(system, entity, document)
  const { label } = system.registry.entities.get(entity)?.def ?? { label: { zh: entity, en: entity } }
  return `${label[system.lang]} ${typeof number === 'string' ? number : ''}`.trim()
}
