// What tests of invoices stand on: a legal entity with a tax id, a project, an income and an expense contract in force.
import { creditCodeCheck } from '@yingzao/engines/identity'
import type { Decimal, Id } from '@yingzao/kernel/entity'
import type { TestApp } from '@yingzao/platform/testing/app'
import { budget } from '../../budget/budget.entity.ts'
import { contract } from '../../contract/contract.entity.ts'
import { costItem } from '../../cost-item/cost-item.entity.ts'
import { counterparty } from '../../counterparty/counterparty.entity.ts'
import { project } from '../../project/project.entity.ts'
import { invoice } from '../invoice.entity.ts'

let count = 0
/** A valid code of no real company. */
export function creditCode(of: number): string {
  const first = `91990000MA${String(of).padStart(7, '0')}`
  return `${first}${creditCodeCheck(first)}`
}
/** 20 digits, another one each time. */
export const invoiceNo = () => `2611200000${String(++count).padStart(10, '0')}`
export const ourTaxId = creditCode(1)

/** Gives the root company its tax id; once for an application. */
export async function ourCompany(app: TestApp): Promise<void> {
  const admin = await app.as('administrator')
  const { version } = await admin.entity('org_unit').get(app.company)
  await admin.entity('org_unit').patch(app.company, version, { tax_id: ourTaxId })
}

/** A project with its people and both contracts, signed: income 10,900,000 and a subcontract of 4,360,000, gross. */
export async function invoiceSite(app: TestApp, method: 'general' | 'simplified' = 'general') {
  const [pmo, boss, finance, chief, keeper] = [
    await app.as('pmo'),
    await app.as('boss'),
    await app.as('finance'),
    await app.as('finance'),
    await app.as('cost_engineer'),
  ]
  const made = await pmo.entity(project).create({
    ...{ name: `河滨新城 ${++count} 号楼`, type: 'building', company: app.company, address: '云州市河滨区滨江路 1 号' },
    tax_method: method,
  })
  const place = { kind: 'project', id: made.id } as const
  const manager = await app.as('project_manager', { at: place })
  const item = (await keeper.entity(costItem).create({ code: `V${++count}`, name: '分包' })).id
  const party = async (name: string) => {
    const code = creditCode(100 + ++count)
    const { id } = await keeper.entity(counterparty).create({
      ...{ name: `${name} ${count}`, roles: ['client', 'subcontractor'], taxpayer: 'general', credit_code: code },
    })
    return { id, name: `${name} ${count}`, taxId: code }
  }
  const [client, sub] = [await party('河滨置业'), await party('中岳岩土')]
  const plan = await keeper
    .entity(budget)
    .create({ name: '目标成本', project: made.id, lines: [{ item, qty: '1', price: '99000000' }] })
  await keeper.entity(budget).run(plan.id, 'submit')
  await manager.entity(budget).run(plan.id, 'approve')
  await boss.entity(budget).run(plan.id, 'approve')
  const agree = async (of: Id<'counterparty'>, direction: 'income' | 'expense', gross: Decimal, more: object = {}) => {
    const { id } = await keeper.entity(contract).create({
      ...{ name: `合同 ${++count}`, project: made.id, counterparty: of, direction, kind: 'subcontract' },
      lines: [{ name: '工程款', item, amount: gross, tax_rate: '0.09' }],
      ...more,
    })
    await keeper.entity(contract).run(id, 'submit')
    await manager.entity(contract).run(id, 'approve')
    await finance.entity(contract).run(id, 'approve')
    await boss.entity(contract).run(id, 'approve')
    await keeper.entity(contract).run(id, 'sign', { signed_on: '2026-01-05' })
    return id
  }
  const income = await agree(client.id, 'income', '10900000.00', { kind: 'works' })
  const expense = await agree(sub.id, 'expense', '4360000.00')
  const line = (amount: Decimal, more: object = {}) => ({
    name: '*建筑服务*工程款',
    amount,
    tax_rate: '0.09' as const,
    ...more,
  })
  const write = (direction: 'in' | 'out', more: object = {}) =>
    keeper.entity(invoice).create({
      ...{ invoice_no: invoiceNo(), direction, issued_on: '2026-11-05' },
      ...{ contract: direction === 'out' ? income : expense, counterparty: direction === 'out' ? client.id : sub.id },
      lines: [line('1090000.00')],
      ...more,
    })
  const approve = async (id: Id<'invoice'>) => {
    const done = await keeper.entity(invoice).run(id, 'submit')
    const { direction, project: of } = await keeper.entity(invoice).get(id)
    if (direction === 'out' && of !== null) await manager.entity(invoice).run(id, 'approve')
    await finance.entity(invoice).run(id, 'approve')
    return done
  }
  const people = { pmo, boss, finance, chief, keeper, manager }
  return { project: made.id, ...people, item, client, sub, party, income, expense, agree, line, write, approve }
}
export type InvoiceSite = Awaited<ReturnType<typeof invoiceSite>>
