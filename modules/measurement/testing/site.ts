// A project with its people, a target cost and contracts in force: what tests of measuring and paying start from.
import { isZero, multiply, r2, subtract, sum } from '@yingzao/engines/money'
import type { Decimal, Id, InputOf, PatchOf, PlainDate } from '@yingzao/kernel/entity'
import { balanceOf } from '@yingzao/kernel/ledgers/audit'
import { systemContext } from '@yingzao/platform/http/context'
import type { Person, TestApp } from '@yingzao/platform/testing/app'
import { budget } from '../../budget/budget.entity.ts'
import { billItem } from '../../contract/bill-item.entity.ts'
import { contract } from '../../contract/contract.entity.ts'
import { contractLedger } from '../../contract/contract.ledger.ts'
import { costLedger } from '../../cost-center/cost.ledger.ts'
import { costItem } from '../../cost-item/cost-item.entity.ts'
import { counterparty } from '../../counterparty/counterparty.entity.ts'
import { project } from '../../project/project.entity.ts'
import { measurement } from '../measurement.entity.ts'

let count = 0

export interface Bill {
  readonly code: string
  readonly qty: Decimal
  readonly price: Decimal
}

export async function site(app: TestApp) {
  const [pmo, boss, finance, keeper] = [
    await app.as('pmo'),
    await app.as('boss'),
    await app.as('finance'),
    await app.as('cost_engineer'),
  ]
  const made = await pmo.entity(project).create({ name: `项目 ${++count}`, type: 'building', company: app.company })
  const place = { kind: 'project', id: made.id } as const
  const manager = await app.as('project_manager', { at: place })
  const item = async (name: string) => (await keeper.entity(costItem).create({ code: `M${++count}`, name })).id
  const items = [await item('分包'), await item('签证')] as const
  const party = await keeper.entity(counterparty).create({
    ...{ name: `单位 ${count}`, roles: ['subcontractor', 'client'], taxpayer: 'person' },
  })
  const plan = await keeper.entity(budget).create({
    ...{ name: '目标成本', project: made.id },
    lines: items.map(each => ({ item: each, qty: '1', price: '100000000' })),
  })
  await keeper.entity(budget).run(plan.id, 'submit')
  await manager.entity(budget).run(plan.id, 'approve')
  await boss.entity(budget).run(plan.id, 'approve')

  /** Through its whole approval: whoever is asked next approves. */
  const pass = async (entity: string, id: string) => {
    await keeper.entity<string>(entity).run(id, 'submit')
    let last: { readonly state?: unknown; readonly escalated?: unknown } = {}
    for (const who of [manager, finance, boss]) {
      if (last.state === 'effective') break
      last = (await who.entity<string>(entity).run(id, 'approve')) as typeof last
    }
    return last
  }
  /** A contract in force, by lines of a cost item and a gross amount, or by a bill of which the sum is the line. */
  const sign = async (
    sums: readonly Decimal[],
    more: Omit<PatchOf<typeof contract>, 'lines' | 'plan'> & Partial<Pick<InputOf<typeof contract>, 'lines'>> = {},
    bill: readonly Bill[] = [],
  ): Promise<Id<'contract'>> => {
    const { id } = await keeper.entity(contract).create({
      ...{ name: `合同 ${++count}`, project: made.id, counterparty: party.id, progress_share: '1' },
      ...{ retention_mode: 'none', kind: 'subcontract' },
      lines: sums.map((amount, at) => ({ name: '土建', item: items[at] ?? items[0], amount })),
      ...more,
    })
    // What the bill does not say of the sum, it says as one more item.
    const worth = sum(bill.map(({ qty, price }) => r2(multiply(qty, price))))
    const rest = subtract(sums[0] ?? '0', worth)
    const whole = bill.length === 0 || isZero(rest) ? bill : [...bill, { code: '999', qty: '1' as const, price: rest }]
    for (const { code, qty, price } of whole)
      await keeper.entity(billItem).create({ contract: id, code, name: code, unit: 'm3', qty, price, item: items[0] })
    await pass('contract', id)
    await keeper.entity(contract).run(id, 'sign', { signed_on: '2025-01-01' })
    return id
  }
  const billOf = async (of: Id<'contract'>) =>
    new Map(
      (await keeper.entity(billItem).list({ filter: { contract: { eq: of } } })).items.map(each => [
        each.code,
        each.id,
      ]),
    )
  /** This period's quantities by code of the bill. */
  const write = async (
    of: Id<'contract'>,
    on: PlainDate,
    quantities: Readonly<Record<string, Decimal>>,
    final = false,
  ) => {
    const bill = await billOf(of)
    return keeper.entity(measurement).create({
      ...{ contract: of, measured_on: on },
      lines: Object.entries(quantities).map(([code, qty]) => ({ bill_item: bill.get(code) ?? null, qty, final })),
    })
  }
  /** Of a lump sum: this period's amount of its first cost item, approved. */
  const lump = async (of: Id<'contract'>, on: PlainDate, amount: Decimal) => {
    const { id } = await keeper.entity(measurement).create({
      ...{ contract: of, measured_on: on },
      lines: [{ kind: 'lump', item: items[0], amount }],
    })
    await pass('measurement', id)
    return id
  }
  const system = systemContext(app.host, 'test')
  const ledger = async (of: Id<'contract'>, direction: 'income' | 'expense' = 'expense') =>
    (await balanceOf(system, contractLedger.name, { project: made.id, contract: of, direction })).posted
  const cost = async (at: 0 | 1 = 0) =>
    (await balanceOf(system, costLedger.name, { project: made.id, item: items[at] })).posted.amount
  return {
    ...{ project: made.id, pmo, keeper, manager, boss, finance, items, party, pass, sign, write, lump, ledger, cost },
    ...{ billOf, system },
  }
}
export type Site = Awaited<ReturnType<typeof site>>
export const refused = (code: string) => ({ problem: { code } })
export const person = (app: TestApp, role: string, at: Site): Promise<Person> =>
  app.as(role, { at: { kind: 'project', id: at.project } })
