// 合同台账: what was agreed, measured, due, asked for, paid and invoiced of each contract, gross.
import { type Label, type Limit, ledger } from '@yingzao/kernel/entity'

export const contractLedger = ledger('contract_ledger', {
  label: { zh: '合同台账', en: 'Contract ledger' },
  dims: {
    contract: 'contract',
    direction: 'text',
    /** Of `due`: when it is to be paid. Of `paid`: what falls due then was settled by it; without it the oldest. */
    due_on: 'date',
  },
  measures: {
    /** Current sum: the original and every effective change; the settled sum after settlement. */
    sum: 2,
    /** Asked of the client and not answered yet; no part of the sum. */
    claimed: 2,
    /** 累计计量, with measured changes. */
    measured: 2,
    /** The same on the tax's basis: revenue of an income contract. */
    measured_net: 2,
    /** 应付 or 应收: due by advance, progress, settlement and release of retention. */
    due: 2,
    /** 付款申请: asked for of what is due. */
    requested: 2,
    /** Of it what the contract pays only against an invoice (先票后款). */
    against_invoice: 2,
    /** 已付 or 已收. */
    paid: 2,
    invoiced: 2,
    /** 质保金 held back. */
    retained: 2,
    advanced: 2,
    recovered: 2,
    /** Fines, client's material, water and power, less rewards. */
    deducted: 2,
  },
  balance: ['project', 'contract', 'direction'],
})

const limit = (name: string, outcome: Limit['outcome'], check: string, message: Label): Limit => ({
  ...{ name, ledger: contractLedger.name, outcome, check, message },
})

export const contractLimits: readonly Limit[] = [
  limit('contract_over_measured', 'block', 'measured_change <= 0 or measured_used <= sum', {
    zh: '累计计量超过合同额（含变更），请先办理变更',
    en: 'More is measured than the contract with its changes: agree a variation first',
  }),
  limit('contract_below_measured', 'block', 'sum_change >= 0 or sum_used >= measured_used', {
    zh: '合同额会低于累计计量，请先核减计量',
    en: 'The sum would fall below what is measured: reduce the measurement first',
  }),
  limit('contract_over_requested', 'block', 'direction = "income" or requested_change <= 0 or requested_used <= due', {
    zh: '申请金额超过应付余额，请按计量、预付或结算的应付申请',
    en: 'More is asked for than is due: measure, or settle, first',
  }),
  limit('contract_invoice_first', 'block', 'against_invoice_change <= 0 or against_invoice_used <= invoiced', {
    zh: '合同约定先票后款，申请金额超过已收发票，请先登记发票',
    en: 'The contract pays against invoices, and more is asked for than was invoiced: enter the invoice first',
  }),
  limit(
    'contract_before_invoice',
    'warn',
    'direction = "income" or requested_change <= 0 or against_invoice_change > 0 or requested_used <= invoiced',
    { zh: '申请金额超过已收发票', en: 'More is asked for than was invoiced' },
  ),
  limit('contract_over_paid', 'block', 'direction = "income" or paid_change <= 0 or paid_used <= requested', {
    zh: '付款超过已批准的付款申请',
    en: 'More is paid than was approved',
  }),
  limit('contract_over_invoiced', 'warn', 'invoiced_change <= 0 or invoiced_used <= sum', {
    zh: '累计发票超过合同额（含变更）',
    en: 'Invoices exceed the contract with its changes',
  }),
]
