// A project with a target for one cost item, a company to contract with, and the people who write and approve.
import type { Decimal, Id, Json } from '@yingzao/kernel/entity'
import { balanceOf } from '@yingzao/kernel/ledgers/audit'
import { systemContext } from '@yingzao/platform/http/context'
import type { TestApp } from '@yingzao/platform/testing/app'
import { budget } from '../../budget/budget.entity.ts'
import { budgetLedger } from '../../budget/budget.ledger.ts'
import { costItem } from '../../cost-item/cost-item.entity.ts'
import { counterparty } from '../../counterparty/counterparty.entity.ts'
import { project } from '../../project/project.entity.ts'
import { contract } from '../contract.entity.ts'
import { variation } from '../variation.entity.ts'

let count = 0
/** Of this process; for codes and names of one's own. */
export const next = () => ++count

export async function contractSite(app: TestApp, target: Decimal = '1000000.00') {
  const [pmo, boss, finance, keeper, head] = [
    ...[await app.as('pmo'), await app.as('boss'), await app.as('finance')],
    ...[await app.as('cost_engineer'), await app.as('cost_engineer')],
  ]
  if (!pmo || !boss || !finance || !keeper || !head) throw new Error('nobody')
  const made = await pmo.entity(project).create({ name: `项目 ${next()}`, type: 'building', company: app.company })
  const place = { kind: 'project', id: made.id } as const
  const manager = await app.as('project_manager', { at: place })
  const item = (await keeper.entity(costItem).create({ code: `C${next()}`, name: '分包' })).id
  const party = await keeper.entity(counterparty).create({
    ...{ name: `单位 ${count}`, roles: ['subcontractor'], taxpayer: 'person' },
  })
  const plan = await keeper
    .entity(budget)
    .create({ name: '目标成本', project: made.id, lines: [{ item, qty: '1', price: target }] })
  await keeper.entity(budget).run(plan.id, 'submit')
  await manager.entity(budget).run(plan.id, 'approve')
  await boss.entity(budget).run(plan.id, 'approve')
  const write = (amount: Decimal, more: object = {}) =>
    keeper.entity(contract).create({
      ...{ name: '土方分包', project: made.id, counterparty: party.id, direction: 'expense', kind: 'subcontract' },
      lines: [{ name: '土方开挖', item, amount, tax_rate: '0.09' }],
      ...more,
    })
  const approve = async (id: Id<'contract'>) => {
    await keeper.entity(contract).run(id, 'submit')
    await manager.entity(contract).run(id, 'approve')
    await finance.entity(contract).run(id, 'approve')
    return boss.entity(contract).run(id, 'approve')
  }
  /** Approved and signed. */
  const agree = async (amount: Decimal, more: object = {}) => {
    const { id } = await write(amount, more)
    await approve(id)
    await keeper.entity(contract).run(id, 'sign', { signed_on: '2026-03-01' })
    return id
  }
  const change = (of: Id<'contract'>, lines: readonly Json[], more: Readonly<Record<string, Json>> = {}) =>
    keeper.entity<string>(variation.name).create({ name: '设计变更', contract: of, lines, ...more })
  /** By the project manager and the other cost engineer. */
  const allow = async (id: string) => {
    const submitted = await keeper.entity(variation).run(id, 'submit')
    await manager.entity(variation).run(id, 'approve')
    await head.entity(variation).run(id, 'approve')
    return submitted
  }
  const figures = (id: Id<'contract'>) => keeper.entity(contract).run(id, 'figures')
  const committed = async () =>
    (await balanceOf(systemContext(app.host, 'test'), budgetLedger.name, { project: made.id, item })).posted.committed
  return {
    ...{ project: made.id, pmo, keeper, head, manager, finance, boss, item, party },
    ...{ write, approve, agree, change, allow, figures, committed },
  }
}
