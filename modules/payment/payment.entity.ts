// 付款: the cashier pays what was approved, in one or several goes. A payment is undone only by money that comes back (退款).
import { allow, entity, f, form, post, table } from '@yingzao/kernel/entity'
import { cashLedger } from '../bank-account/cash.ledger.ts'
import { debtLedger } from '../bank-account/debt.ledger.ts'
import { payableLedger } from '../bank-account/payable.ledger.ts'
import { bondLedger } from '../bid/bond.ledger.ts'
import { advanceLedger } from '../claim/advance.ledger.ts'
import { contractLedger } from '../contract/contract.ledger.ts'
import { payeeFields } from './payee.ts'
import { paymentUsesPlan, planFields } from './plan-fields.ts'

/** A refund moves cash on its own day. */
const on = 'if refunded_on = null then paid_on else refunded_on'

export const payment = entity('payment', {
  kind: 'document',
  label: { zh: '付款', en: 'Payment' },
  title: 'name',
  number: 'FK-{yyyy}{mm}-{seq:4}',
  fields: {
    name: f.text({ zh: '付款事由', en: 'What is paid' }, { system: true, max: 200, indexed: true }),
    request: f.ref('payment_request', { zh: '付款申请', en: 'Payment request' }, { indexed: true }),
    claim: f.ref('claim', { zh: '报销单', en: 'Claim' }, { indexed: true }),
    advance: f.ref('advance', { zh: '借支单', en: 'Staff advance' }, { indexed: true }),
    bond: f.ref('bid_bond', { zh: '投标保证金', en: 'Bid bond' }, { indexed: true }),
    account: f.ref(
      'bank_account',
      { zh: '付款账户', en: 'From account' },
      { required: true, indexed: true, where: 'active' },
    ),
    amount: f.money(
      { zh: '付款金额', en: 'Amount' },
      {
        min: '0.01',
        group: 'commercial',
        indexed: true,
        hint: { zh: '留空则付清余额', en: 'Empty: all that is left to pay' },
      },
    ),
    paid_on: f.date({ zh: '付款日期', en: 'Paid on' }, { required: true, default: '=today()', indexed: true }),
    bank_ref: f.text({ zh: '银行流水号', en: 'Bank reference' }, { max: 60, indexed: true, open: true }),
    receipt: f.file({ zh: '银行回单', en: 'Bank receipt' }, { max: 10, open: true }),
    kind: f.text({ zh: '用途', en: 'What for' }, { system: true, max: 40, quiet: true }),
    contract: f.ref('contract', { zh: '合同', en: 'Contract' }, { system: true, indexed: true }),
    counterparty: f.ref('counterparty', { zh: '收款单位', en: 'Paid to' }, { system: true, indexed: true }),
    person: f.user({ zh: '收款人', en: 'Paid to (person)' }, { system: true, indexed: true }),
    ...payeeFields,
    project: f.ref('project', { zh: '项目', en: 'Project' }, { system: true, indexed: true }),
    company: f.orgUnit({ zh: '公司', en: 'Company' }, { system: true, quiet: true }),
    payable: f.text({ zh: '待付', en: 'Payable' }, { system: true, quiet: true, max: 40, indexed: true }),
    ...planFields,
    paid_month: f.text({ zh: '付款月份', en: 'Month of payment' }, { system: true, quiet: true, max: 7 }),
    /** Of an advance: when it is to be settled. */
    loan: f.ref('loan', { zh: '借款合同', en: 'Loan' }, { system: true, quiet: true }),
    due_on: f.date({ zh: '归还日期', en: 'To be settled by' }, { system: true, quiet: true }),
    /** 复核: whoever enters it is not who checks it. */
    to_check: f.flag(
      { zh: '须复核', en: 'To be checked' },
      { system: true, hint: { zh: '见“限额与参数”的付款复核起点', en: 'See “Payments checked from” under Limits' } },
    ),
    refunded_on: f.date({ zh: '退款日期', en: 'Refunded on' }, { system: true }),
    refund_ref: f.text({ zh: '退款流水号', en: 'Reference of the refund' }, { system: true, max: 60 }),
  },
  place: { company: 'company', project: 'project' },
  rules: {
    not_in_future: {
      check: 'paid_on <= today()',
      message: { zh: '付款日期不能晚于今天', en: 'It is paid in the future: check the date' },
    },
  },
  verbs: {
    refund: {
      label: { zh: '退款', en: 'Refund' },
      tone: 'danger',
      when: 'state = "effective" and reverses = null',
      input: {
        amount: f.money(
          { zh: '退回金额', en: 'Amount that came back' },
          { min: '0.01', hint: { zh: '留空为全额', en: 'Empty: all of it' } },
        ),
        refunded_on: f.date({ zh: '退款日期', en: 'Refunded on' }, { required: true, default: '=today()' }),
        bank_ref: f.text({ zh: '银行流水号', en: 'Bank reference' }, { max: 60 }),
        rest: f.choice(
          { zh: '退回部分', en: 'What came back' },
          {
            again: { zh: '重新待付', en: 'Is to be paid again' },
            close: { zh: '不再支付', en: 'Is paid no more' },
          },
          { required: true, default: 'again' },
        ),
        reason: f.longText({ zh: '原因', en: 'Reason' }, { required: true, max: 2000 }),
      },
    },
  },
  approval: 'payment',
  approvalWhen: 'to_check',
  posting: [
    // While it waits for its check the money stays in the account, and nobody else pays it out or pays the same again.
    post(cashLedger, {
      dims: { account: 'account', counterparty: 'counterparty', contract: 'contract', purpose: 'kind', on },
      measures: { paid: 'amount' },
      reserve: true,
    }),
    post(contractLedger, {
      when: 'contract != null and kind != "overpaid"',
      dims: { contract: 'contract', direction: '"expense"', on },
      measures: { paid: 'amount' },
      reserve: true,
    }),
    // 应退 of an income contract: less was received in the end.
    post(contractLedger, {
      when: 'contract != null and kind = "overpaid"',
      dims: { contract: 'contract', direction: '"income"', on },
      measures: { given_back: 'amount', paid: '-amount' },
    }),
    post(payableLedger, {
      dims: { payable: 'payable', counterparty: 'counterparty', contract: 'contract', person: 'person', on },
      measures: { paid: 'amount' },
      reserve: true,
    }),
    post(advanceLedger, {
      when: 'advance != null',
      dims: { person: 'person', due_on: 'due_on', on },
      measures: { lent: 'amount' },
    }),
    post(bondLedger, {
      when: 'bond != null',
      dims: { bond: 'bond', form: '"cash"', on },
      measures: { paid: 'amount' },
    }),
    post(debtLedger, {
      when: 'request != null and (kind = "borrowed" or kind = "payable" or kind = "lent")',
      dims: { counterparty: 'counterparty', kind: 'kind', due_on: 'due_on', loan: 'loan', on },
      measures: {
        arisen: 'if kind = "lent" then amount else 0',
        settled: 'if kind = "lent" then 0 else amount',
      },
    }),
    post(debtLedger, {
      when: 'request != null and kind = "interest"',
      dims: { counterparty: 'counterparty', kind: '"borrowed"', loan: 'loan', on },
      measures: { interest: 'amount' },
    }),
    ...paymentUsesPlan,
  ],
  reversal: { negate: ['amount'] },
  access: [
    allow('cashier', 'read create update delete submit withdraw export refund', {
      fields: { commercial: 'edit', bank: 'read' },
    }),
    allow('finance', 'read create update delete submit withdraw export refund', {
      fields: { commercial: 'edit', bank: 'read' },
    }),
    allow('boss', 'read export unmask', { fields: { commercial: 'read', bank: 'masked' } }),
    allow('project_manager', 'read export', { fields: { commercial: 'read', bank: 'masked' } }),
    allow('cost_engineer', 'read export', { fields: { commercial: 'read' } }),
    allow('pmo', 'read export', { fields: { commercial: 'read' } }),
  ],
  views: {
    list: table('number name counterparty person account amount paid_on project state', { sort: '-created_at' }),
    form: form(
      {
        label: { zh: '付款', en: 'Payment' },
        fields: 'name request claim advance bond account amount paid_on bank_ref receipt',
      },
      { label: { zh: '收款方', en: 'Payee' }, fields: 'counterparty person payee_name payee_bank payee_number' },
      { label: { zh: '其他', en: 'More' }, fields: 'contract project to_check refunded_on refund_ref' },
    ),
  },
})

declare module '@yingzao/kernel/entity' {
  interface Entities {
    payment: typeof payment
  }
}
