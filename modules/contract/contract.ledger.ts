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
    /** The same without VAT. */
    sum_net: 2,
    /** The sum as first agreed, without changes and supplements. */
    original: 2,
    /** Σ|变更|: changes by their size, whatever their sign. */
    changed: 2,
    /** Asked of the client and not answered yet; no part of the sum. */
    claimed: 2,
    /** 自报产值: what we say is built of an income contract, before the client confirms it. */
    reported: 2,
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
    /** 抵账: of it set against what the other owed us, without money. */
    netted: 2,
    /** 预收款: of it received as an advance. */
    in_advance: 2,
    invoiced: 2,
    /** 质保金 held back. */
    retained: 2,
    advanced: 2,
    recovered: 2,
    /** Fines, client's material, water and power, less rewards. */
    deducted: 2,
    /** 应退: paid beyond what the settlement left. */
    refundable: 2,
    /** 已退: of it given back. */
    given_back: 2,
    /** Progress claims before the take-over: the next one is that many later. */
    claims: 0,
  },
  balance: ['project', 'contract', 'direction'],
  words: {
    sum: { zh: '合同额', en: 'Contract sum' },
    sum_net: { zh: '合同额（不含税）', en: 'Contract sum (net)' },
    original: { zh: '原合同额', en: 'Original sum' },
    changed: { zh: '变更金额绝对值', en: 'Changes by size' },
    claimed: { zh: '申报未批变更', en: 'Claimed changes' },
    measured: { zh: '累计计量', en: 'Measured' },
    measured_net: { zh: '累计计量（不含税）', en: 'Measured (net)' },
    due: { zh: '应收应付', en: 'Due' },
    requested: { zh: '付款申请', en: 'Asked for' },
    paid: { zh: '已收付', en: 'Paid' },
    netted: { zh: '抵账', en: 'Netted' },
    in_advance: { zh: '预收款', en: 'Received in advance' },
    invoiced: { zh: '已开票', en: 'Invoiced' },
    retained: { zh: '质保金', en: 'Retained' },
    advanced: { zh: '预付款', en: 'Advanced' },
    recovered: { zh: '预付款扣回', en: 'Recovered' },
    deducted: { zh: '扣款', en: 'Deducted' },
    given_back: { zh: '已退', en: 'Given back' },
    contract: { zh: '合同', en: 'Contract' },
  },
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
  // A settlement may: what was paid beyond it is to be given back (应退).
  limit(
    'contract_below_paid',
    'block',
    'sum_change >= 0 or refundable_change > 0 or (sum_used >= paid_used and sum_used >= requested_used)',
    {
      zh: '合同额会低于已付与在途付款，请先处理付款',
      en: 'The sum would fall below what is paid or asked for: see to the payments first',
    },
  ),
  limit('contract_much_changed', 'warn', 'changed_change <= 0 or changed_used <= original * 0.1', {
    zh: '变更累计超过原合同额 10%',
    en: 'Changes add up to more than 10 % of the original sum',
  }),
  // What was given back by mistake is asked for and paid again by the mirror: no new request.
  limit(
    'contract_over_requested',
    'block',
    'direction = "income" or requested_change <= 0 or given_back_change < 0 or requested_used <= due',
    {
      zh: '申请金额超过应付余额，请按计量、预付或结算的应付申请',
      en: 'More is asked for than is due: measure, or settle, first',
    },
  ),
  limit(
    'contract_invoice_first',
    'block',
    'against_invoice_change <= 0 or given_back_change < 0 or against_invoice_used <= invoiced',
    {
      zh: '合同约定先票后款，申请金额超过已收发票，请先登记发票',
      en: 'The contract pays against invoices, and more is asked for than was invoiced: enter the invoice first',
    },
  ),
  limit(
    'contract_before_invoice',
    'warn',
    'direction = "income" or requested_change <= 0 or given_back_change < 0 or against_invoice_change > 0 or requested_used <= invoiced',
    { zh: '申请金额超过已收发票', en: 'More is asked for than was invoiced' },
  ),
  limit('contract_over_given_back', 'block', 'given_back_change <= 0 or paid_used >= due', {
    zh: '退款超过应退余额，请核对合同的应退',
    en: 'More is given back than was overpaid: check what is to be given back on the contract',
  }),
  limit(
    'contract_over_refund_asked',
    'block',
    'direction = "expense" or requested_change <= 0 or requested_used <= paid + given_back - due',
    {
      zh: '申请金额超过应退余额，请核对合同的应退',
      en: 'More is asked for than is to be given back: check it on the contract',
    },
  ),
  limit(
    'contract_over_paid',
    'block',
    'direction = "income" or paid_change <= 0 or paid_used - netted_used <= requested - netted',
    {
      zh: '付款超过已批准的付款申请',
      en: 'More is paid than was approved',
    },
  ),
  limit('contract_over_netted', 'block', 'netted_change <= 0 or paid_used <= due', {
    zh: '抵账金额超过合同的应收或应付余额，请核对两份合同的到期未收付',
    en: 'More is netted than is due on one of the contracts: check what is open on both',
  }),
  limit('contract_over_invoiced', 'warn', 'invoiced_change <= 0 or invoiced_used <= sum', {
    zh: '累计发票超过合同额（含变更）',
    en: 'Invoices exceed the contract with its changes',
  }),
]
