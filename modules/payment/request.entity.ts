// 付款申请: asks that something due be paid, to whom and on which account of his. Approved, it waits for the cashier.
import { allow, entity, f, form, post, table } from '@yingzao/kernel/entity'
import { debtLedger } from '../bank-account/debt.ledger.ts'
import { payableLedger, payStages, payTransitions } from '../bank-account/payable.ledger.ts'
import { budgetLedger } from '../budget/budget.ledger.ts'
import { isSettled } from '../contract/contract.entity.ts'
import { contractLedger } from '../contract/contract.ledger.ts'
import { costLedger } from '../cost-center/cost.ledger.ts'
import { paperLedger } from '../invoice/paper.ledger.ts'
import { costFields } from './cost-fields.ts'
import { payeeFields } from './payee.ts'
import { planFields, requestUsesPlan } from './plan-fields.ts'

export const paymentRequest = entity('payment_request', {
  kind: 'document',
  label: { zh: '付款申请', en: 'Payment request' },
  title: 'name',
  number: 'FKSQ-{yyyy}{mm}-{seq:4}',
  fields: {
    name: f.text(
      { zh: '付款事由', en: 'What is paid' },
      { required: true, max: 200, indexed: true, hint: { zh: '如 9 月进度款', en: 'Such as “Progress, September”' } },
    ),
    kind: f.choice(
      { zh: '款项类型', en: 'Kind' },
      {
        advance: { zh: '预付款', en: 'Advance' },
        progress: { zh: '进度款', en: 'Progress' },
        settlement: { zh: '结算款', en: 'Settlement' },
        retention: { zh: '质保金', en: 'Retention' },
        overpaid: { zh: '退还应退款', en: 'Overpaid, given back' },
        wages: { zh: '代发农民工工资', en: 'Wages paid for him' },
        borrowed: { zh: '归还借入款', en: 'Loan paid back' },
        payable: { zh: '偿付往来款', en: 'Payable settled' },
        lent: { zh: '借出款', en: 'Lent' },
        interest: { zh: '支付借款利息', en: 'Interest of a loan' },
        other: { zh: '其他', en: 'Other' },
      },
      { required: true, default: 'progress', indexed: true },
    ),
    contract: f.ref(
      'contract',
      { zh: '合同', en: 'Contract' },
      {
        ...{ indexed: true, where: `direction = "expense" or ${isSettled}` },
        hint: {
          zh: '无合同付款留空；退还应退款时选已结算的收入合同',
          en: 'Empty: none behind it; of what was overpaid the settled income contract',
        },
      },
    ),
    counterparty: f.ref(
      'counterparty',
      { zh: '收款单位', en: 'Paid to' },
      { indexed: true, hint: { zh: '按合同时自动带出', en: 'Taken from the contract' } },
    ),
    payee_ending: f.text(
      { zh: '收款账号（尾号）', en: 'To account (last digits)' },
      {
        max: 40,
        hint: {
          zh: '须是该单位已登记的账户：填账号或尾号，留空用默认账户',
          en: 'One that is registered of him: the number or its last digits; empty: his default',
        },
      },
    ),
    ...payeeFields,
    amount: f.money(
      { zh: '申请金额', en: 'Amount' },
      { required: true, min: '0.01', group: 'commercial', indexed: true },
    ),
    ...costFields,
    loan: f.ref(
      'loan',
      { zh: '借款合同', en: 'Loan' },
      { when: 'kind = "borrowed" or kind = "lent" or kind = "interest"', indexed: true },
    ),
    back_on: f.date({ zh: '约定归还日', en: 'To be paid back by' }, { when: 'kind = "lent"', required: true }),
    due_on: f.date({ zh: '要求付款日', en: 'To be paid by' }, { indexed: true }),
    project: f.ref('project', { zh: '项目', en: 'Project' }, { indexed: true }),
    company: f.orgUnit({ zh: '付款公司', en: 'Paying company' }, { type: 'company', indexed: true }),
    handler: f.user({ zh: '经办人', en: 'Handled by' }, { default: '=current_user()', indexed: true }),
    note: f.longText({ zh: '说明', en: 'Note' }, { max: 2000 }),
    /** 先票后款: the contract pays this kind against invoices. */
    against_invoice: f.flag({ zh: '先票后款', en: 'Against invoice' }, { system: true }),
    /** 三流一致: what of contract, invoices and account is not one company; needs a mandate or a three-party agreement. */
    findings: f.multiChoice(
      { zh: '三流核对', en: 'Three flows' },
      {
        payee: { zh: '收款户名不是合同对方', en: 'Account is not of the contract’s party', tone: 'warn' },
        seller: { zh: '发票开票方不是合同对方', en: 'Invoice is not of the contract’s party', tone: 'warn' },
      },
      { system: true },
    ),
    /** Its own id: what payments of it count against. */
    payable: f.text({ zh: '待付', en: 'Payable' }, { system: true, quiet: true, max: 40 }),
    /** 无合同付款限额 of the day it was written. */
    uncontracted_limit: f.money(
      { zh: '无合同付款限额', en: 'Limit without a contract' },
      { system: true, quiet: true, group: 'commercial' },
    ),
    /** What came back of it is payable anew from that day. */
    again_on: f.date({ zh: '退款后应付日', en: 'Due again on' }, { system: true, quiet: true }),
    ...planFields,
  },
  place: { company: 'company', project: 'project', owner: ['handler'] },
  stages: payStages,
  transitions: payTransitions,
  verbs: {
    close_rest: {
      label: { zh: '关闭余额', en: 'Close the rest' },
      when: 'state = "effective" and (stage = "to_pay" or stage = "part_paid") and reverses = null',
      input: { reason: f.longText({ zh: '原因', en: 'Reason' }, { required: true, max: 2000 }) },
    },
  },
  rules: {
    interest_of_loan: {
      check: 'kind != "interest" or loan != null',
      message: { zh: '支付利息须选择借款合同', en: 'Interest is paid on a loan: choose it' },
    },
    debt_of_whom: {
      check: 'contract = null or not (kind = "borrowed" or kind = "payable" or kind = "lent" or kind = "interest")',
      message: {
        zh: '往来与借款不挂合同，请清空合同并选择收款单位',
        en: 'A debt is outside contracts: clear the contract and choose who is paid',
      },
    },
  },
  amount: 'amount',
  approval: 'payment_request',
  posting: [
    post(contractLedger, {
      when: 'contract != null',
      dims: { contract: 'contract', direction: 'if kind = "overpaid" then "income" else "expense"' },
      measures: { requested: 'amount', against_invoice: 'if against_invoice then amount else 0' },
      reserve: true,
    }),
    post(payableLedger, {
      dims: { payable: 'payable', counterparty: 'counterparty', contract: 'contract' },
      measures: {
        approved: 'amount',
        uncontracted: 'if contract = null then amount else 0',
        over_limit:
          'if contract = null and uncontracted_limit != null and amount > uncontracted_limit then amount - uncontracted_limit else 0',
      },
      reserve: true,
    }),
    // Behind a contract its sum is bound already, and measuring it is what costs; without one the request is both.
    post(budgetLedger, {
      when: 'item != null',
      dims: { item: 'budget_item', spent_on: 'item', task: 'task' },
      measures: { direct: 'cost_amount' },
      reserve: true,
    }),
    post(costLedger, {
      when: 'item != null',
      dims: { item: 'item', counterparty: 'counterparty', task: 'task' },
      measures: { amount: 'cost_amount' },
    }),
    post(paperLedger, {
      when: 'invoice_no != null and contract = null',
      dims: { paper: 'invoice_no' },
      measures: { used: 'amount' },
      reserve: true,
    }),
    post(debtLedger, {
      when: 'kind = "borrowed" or kind = "payable"',
      dims: { counterparty: 'counterparty', kind: 'kind' },
      measures: { asked: 'amount' },
      reserve: true,
    }),
    requestUsesPlan,
  ],
  // 关闭余额 is a mirror of what is left: entries are only added, and a mirror gives back in every ledger at once.
  reversal: { negate: ['amount'] },
  tells: {
    rejected: {
      label: { zh: '我的付款申请被驳回', en: 'A payment request of mine was rejected' },
      to: 'handler',
      when: 'state = "rejected"',
      text: { zh: '付款申请“{title}”被驳回，请修改后重新提交', en: '{title} was rejected: change it and submit again' },
    },
    paid: {
      label: { zh: '我的付款申请已付款', en: 'A payment request of mine was paid' },
      to: 'handler',
      when: 'stage = "paid"',
      text: { zh: '付款申请“{title}”已付清', en: '{title} is paid' },
    },
  },
  access: [
    allow('project_manager', 'read create update delete submit withdraw export close_rest', {
      fields: { commercial: 'edit', bank: 'masked' },
    }),
    allow('cost_engineer', 'read create update delete submit withdraw export import close_rest', {
      fields: { commercial: 'edit', bank: 'masked' },
    }),
    allow('finance', 'read create update delete submit withdraw export import close_rest void', {
      fields: { commercial: 'edit', bank: 'read' },
    }),
    allow('cashier', 'read export', { fields: { commercial: 'read', bank: 'read' } }),
    allow('pmo', 'read export', { fields: { commercial: 'read' } }),
    allow('boss', 'read export void unmask', { fields: { commercial: 'read', bank: 'masked' } }),
    allow('department_head', 'read', { scope: 'department_below', fields: { commercial: 'read' } }),
  ],
  views: {
    list: table('number name kind counterparty contract project amount due_on state stage', { sort: '-created_at' }),
    form: form(
      {
        label: { zh: '付款', en: 'Payment' },
        fields: 'name kind contract counterparty loan payee_ending amount due_on project company handler',
      },
      { label: { zh: '成本', en: 'Cost' }, fields: 'counts item task deductible_rate invoice_no cost_amount' },
      {
        label: { zh: '收款账户', en: 'Payee' },
        fields: 'payee_name payee_bank payee_bank_code payee_number against_invoice findings',
      },
      { label: { zh: '其他', en: 'More' }, fields: 'note' },
    ),
  },
})

declare module '@yingzao/kernel/entity' {
  interface Entities {
    payment_request: typeof paymentRequest
  }
}
