// What is netted is owed between the same two: one counterparty, one company of ours. How much is the ledger's to say.
import { asSystem, get, hooks, refuse, refuseInput } from '@yingzao/kernel/server'
import { contract } from '../contract/contract.entity.ts'
import { counterparty } from '../counterparty/counterparty.entity.ts'
import { netting } from './netting.entity.ts'

export default hooks(netting, {
  async beforeSave(ctx, record) {
    if (record.state !== 'draft' && record.state !== 'rejected') return undefined
    const system = asSystem(ctx)
    const [income, expense] = [
      await get(system, contract, record.income_contract),
      await get(system, contract, record.expense_contract),
    ]
    for (const { state, name } of [income, expense])
      if (state !== 'effective') throw refuse('payment.contract_not_signed', { name })
    const errors = [
      ...(income.direction === 'income' ? [] : [{ path: 'income_contract', code: 'payment.netting_side' }]),
      ...(expense.direction === 'expense' ? [] : [{ path: 'expense_contract', code: 'payment.netting_side' }]),
      ...(income.counterparty === expense.counterparty
        ? []
        : [{ path: 'expense_contract', code: 'payment.netting_party' }]),
      ...(income.company === expense.company ? [] : [{ path: 'expense_contract', code: 'payment.netting_company' }]),
    ]
    if (errors.length > 0) throw refuseInput(errors)
    return {
      name: record.name ?? (await get(system, counterparty, income.counterparty)).name,
      ...{ counterparty: income.counterparty, company: expense.company },
      ...{ project: expense.project, income_project: income.project },
      against_invoice: expense.invoice_first === true,
    }
  },
})
