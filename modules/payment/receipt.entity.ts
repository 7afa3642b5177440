// 收款: money that came in, on which contract and for which of its dues; the labour share goes to the wage account (分账).
import { allow, entity, f, form, post, table } from '@yingzao/kernel/entity'
import { cashLedger } from '../bank-account/cash.ledger.ts'
import { debtLedger } from '../bank-account/debt.ledger.ts'
import { bondLedger } from '../bid/bond.ledger.ts'
import { advanceLedger } from '../claim/advance.ledger.ts'
import { isSettled } from '../contract/contract.entity.ts'
import { contractLedger } from '../contract/contract.ledger.ts'
import { fundsPlanLedger } from '../funds-plan/funds-plan.ledger.ts'

/** 退票: money that was returned moves back on that day, not on the day it came. */
const onOf = (of: 'doc.' | '') => `if ${of}returned_on = null then ${of}received_on else ${of}returned_on`
const ofDebt = 'kind = "borrowed" or kind = "receivable" or kind = "lent"'
const interest = 'if interest_amount = null then 0 else interest_amount'
const share = 'if wage_share = null then 0 else round(amount * wage_share, 2)'

export const receipt = entity('receipt', {
  kind: 'document',
  label: { zh: '收款', en: 'Receipt' },
  title: 'name',
  number: 'SK-{yyyy}{mm}-{seq:4}',
  fields: {
    name: f.text(
      { zh: '摘要', en: 'What came in' },
      { max: 200, indexed: true, hint: { zh: '留空取合同名称', en: 'Empty: the name of the contract' } },
    ),
    kind: f.choice(
      { zh: '款项类型', en: 'Kind' },
      {
        advance: { zh: '预付款', en: 'Advance' },
        progress: { zh: '进度款', en: 'Progress' },
        settlement: { zh: '结算款', en: 'Settlement' },
        retention: { zh: '质保金', en: 'Retention' },
        overpaid: { zh: '收回应退款', en: 'Overpaid, given back to us' },
        bond: { zh: '保证金退回', en: 'Bond returned' },
        repayment: { zh: '归还借支', en: 'Advance repaid' },
        borrowed: { zh: '借入款', en: 'Borrowed' },
        receivable: { zh: '收回往来款', en: 'Receivable collected' },
        lent: { zh: '收回借出款', en: 'Loan paid back to us' },
        interest: { zh: '借出款利息', en: 'Interest of a loan' },
        other: { zh: '其他', en: 'Other' },
      },
      { required: true, default: 'progress', indexed: true },
    ),
    contract: f.ref(
      'contract',
      { zh: '合同', en: 'Contract' },
      {
        ...{ indexed: true, where: `direction = "income" or ${isSettled}` },
        hint: {
          zh: '收入合同；收回应退款时选已结算的支出合同',
          en: 'An income contract; of what was overpaid the settled expense contract',
        },
      },
    ),
    counterparty: f.ref(
      'counterparty',
      { zh: '付款单位', en: 'Paid by' },
      { indexed: true, hint: { zh: '按合同时自动带出', en: 'Taken from the contract' } },
    ),
    person: f.user({ zh: '还款人', en: 'Repaid by' }, { when: 'kind = "repayment"', required: true, indexed: true }),
    loan: f.ref(
      'loan',
      { zh: '借款合同', en: 'Loan' },
      { when: 'kind = "borrowed" or kind = "lent" or kind = "interest"', indexed: true },
    ),
    due_on: f.date({ zh: '约定归还日', en: 'To be paid back by' }, { when: 'kind = "borrowed"', required: true }),
    bond: f.ref(
      'bid_bond',
      { zh: '投标保证金', en: 'Bid bond' },
      { when: 'kind = "bond"', indexed: true, where: 'state = "effective" and form = "cash"' },
    ),
    interest_amount: f.money(
      { zh: '其中利息', en: 'Of it interest' },
      {
        ...{ when: 'kind = "bond"', min: '0', group: 'commercial' },
        hint: { zh: '利息为其他收益，不冲减本金', en: 'Other income: it settles nothing' },
      },
    ),
    account: f.ref(
      'bank_account',
      { zh: '收款账户', en: 'Into account' },
      { required: true, indexed: true, where: 'active' },
    ),
    amount: f.money({ zh: '金额', en: 'Amount' }, { required: true, min: '0.01', group: 'commercial', indexed: true }),
    received_on: f.date({ zh: '到账日期', en: 'Received on' }, { required: true, default: '=today()', indexed: true }),
    bank_ref: f.text({ zh: '银行流水号', en: 'Bank reference' }, { max: 60, indexed: true }),
    /** Of a mirror: the day on which the money went back. */
    returned_on: f.date({ zh: '退回日期', en: 'Returned on' }, { system: true }),
    lines: f.lines('receipt_line', { zh: '指定冲抵', en: 'Settles' }, { max: 100 }),
    allocated_amount: f.money(
      { zh: '指定冲抵金额', en: 'Of it settles what is named' },
      { formula: 'sum(lines.amount)', group: 'commercial' },
    ),
    /** 应退: of it what had been asked for against invoices. */
    against_invoice_amount: f.money(
      { zh: '冲减先票后款', en: 'Of it against invoices' },
      { system: true, quiet: true, group: 'commercial' },
    ),
    /** 预收: beyond everything due when it came in. */
    excess_amount: f.money({ zh: '其中预收', en: 'Of it in advance' }, { system: true, group: 'commercial' }),
    wage_share: f.percent(
      { zh: '人工费比例', en: 'Labour share' },
      {
        min: '0',
        max: '1',
        group: 'commercial',
        hint: {
          zh: '按约定比例拨入项目农民工工资专户；留空沿用该合同上次的比例',
          en: 'Goes to the project’s wage account; empty: as with the last receipt of the contract',
        },
      },
    ),
    wage_account: f.ref('bank_account', { zh: '工资专户', en: 'Wage account' }, { system: true }),
    wage_amount: f.money({ zh: '拨入专户', en: 'To the wage account' }, { formula: share, group: 'commercial' }),
    general_amount: f.money(
      { zh: '留存账户', en: 'Into the account' },
      { formula: `amount - (${share})`, group: 'commercial' },
    ),
    project: f.ref('project', { zh: '项目', en: 'Project' }, { indexed: true }),
    company: f.orgUnit({ zh: '公司', en: 'Company' }, { system: true, quiet: true }),
    /** Where it stands in the funds plan of its project. */
    plan_month: f.text({ zh: '计划月份', en: 'Month of the plan' }, { system: true, quiet: true, max: 7 }),
    plan_line: f.text({ zh: '计划行', en: 'Line of the plan' }, { system: true, quiet: true, max: 40 }),
    note: f.longText({ zh: '说明', en: 'Note' }, { max: 2000 }),
  },
  place: { company: 'company', project: 'project' },
  rules: {
    not_in_future: {
      check: 'received_on <= today()',
      message: { zh: '到账日期不能晚于今天', en: 'It is received in the future: check the date' },
    },
    debt_of_whom: {
      check: `not (${ofDebt} or kind = "interest") or (contract = null and counterparty != null)`,
      message: {
        zh: '往来与借款不挂合同，请清空合同并选择付款单位',
        en: 'A debt is outside contracts: clear the contract and choose who pays',
      },
    },
    allocated_within: {
      check: 'allocated_amount = null or allocated_amount <= amount',
      message: { zh: '指定冲抵超过收款金额，请核对', en: 'More is settled than came in: check the lines' },
    },
    interest_of_loan: {
      check: 'kind != "interest" or loan != null',
      message: { zh: '收取利息须选择借款合同', en: 'Interest is received on a loan: choose it' },
    },
    interest_within: {
      check: 'interest_amount = null or interest_amount <= amount',
      message: { zh: '利息不能超过收款金额，请核对', en: 'The interest exceeds what came in: check both' },
    },
    lines_of_contract: {
      check: '(contract != null and kind != "overpaid") or count(lines) = 0',
      message: {
        zh: '指定冲抵须先选择收入合同',
        en: 'Choose the income contract whose dues it settles',
      },
    },
  },
  amount: 'amount',
  approval: 'receipt',
  verbs: {
    give_back: {
      label: { zh: '退回', en: 'Returned' },
      tone: 'danger',
      when: 'state = "effective" and reverses = null',
      input: {
        returned_on: f.date(
          { zh: '退回日期', en: 'Returned on' },
          {
            ...{ required: true, default: '=today()' },
            hint: {
              zh: '退票或原路退回：账户在这一天减少；登记有误请用红冲',
              en: 'The bank or we sent it back: the account has less from that day; what was entered wrongly is reversed',
            },
          },
        ),
        reason: f.longText({ zh: '原因', en: 'Reason' }, { required: true, max: 2000 }),
      },
    },
  },
  posting: [
    post(cashLedger, {
      dims: {
        ...{ account: 'account', counterparty: 'counterparty', contract: 'contract' },
        ...{ purpose: 'kind', on: onOf('') },
      },
      measures: { received: `general_amount - (${interest})` },
    }),
    post(cashLedger, {
      when: 'interest_amount != null',
      dims: { account: 'account', counterparty: 'counterparty', purpose: '"interest"', on: onOf('') },
      measures: { received: 'interest_amount' },
    }),
    post(bondLedger, {
      when: 'bond != null',
      dims: { bond: 'bond', form: '"cash"', on: onOf('') },
      measures: { returned: `amount - (${interest})`, interest },
      reserve: true,
    }),
    post(cashLedger, {
      when: 'wage_account != null',
      dims: {
        ...{ account: 'wage_account', counterparty: 'counterparty', contract: 'contract' },
        ...{ purpose: '"labour_share"', on: onOf('') },
      },
      measures: { received: 'wage_amount' },
    }),
    post(contractLedger, {
      each: 'lines',
      dims: { contract: 'doc.contract', direction: '"income"', due_on: 'due_on', on: onOf('doc.') },
      measures: { paid: 'amount' },
    }),
    // What names nothing settles the oldest, and is an advance beyond that.
    post(contractLedger, {
      when: 'contract != null and kind != "overpaid"',
      dims: { contract: 'contract', direction: '"income"', on: onOf('') },
      measures: { paid: 'amount - (if allocated_amount = null then 0 else allocated_amount)' },
    }),
    // 应退: what was asked for and paid too much is neither any more.
    post(contractLedger, {
      when: 'contract != null and kind = "overpaid"',
      dims: { contract: 'contract', direction: '"expense"', on: onOf('') },
      measures: {
        ...{ given_back: 'amount', paid: '-amount', requested: '-amount' },
        against_invoice: 'if against_invoice_amount = null then 0 else -against_invoice_amount',
      },
      reserve: true,
    }),
    post(contractLedger, {
      when: 'contract != null and kind = "advance"',
      dims: { contract: 'contract', direction: '"income"', on: onOf('') },
      measures: { in_advance: 'amount' },
    }),
    post(advanceLedger, {
      when: 'kind = "repayment"',
      dims: { person: 'person', on: onOf('') },
      measures: { settled: 'amount' },
    }),
    post(debtLedger, {
      when: ofDebt,
      dims: { counterparty: 'counterparty', kind: 'kind', due_on: 'due_on', loan: 'loan', on: onOf('') },
      measures: {
        arisen: 'if kind = "borrowed" then amount else 0',
        settled: 'if kind = "borrowed" then 0 else amount',
      },
      reserve: true,
    }),
    post(debtLedger, {
      when: 'kind = "interest"',
      dims: { counterparty: 'counterparty', kind: '"lent"', loan: 'loan', on: onOf('') },
      measures: { interest: 'amount' },
    }),
    post(fundsPlanLedger, {
      when: 'plan_line != null',
      dims: { month: 'plan_month', plan_line: 'plan_line', contract: 'contract', counterparty: 'counterparty' },
      measures: { received: 'amount' },
    }),
  ],
  reversal: { negate: ['amount', 'interest_amount', 'against_invoice_amount', 'lines.amount'] },
  access: [
    allow('cashier', 'read create update delete submit withdraw export import', { fields: { commercial: 'edit' } }),
    allow('finance', 'read create update delete submit withdraw export import reverse give_back', {
      fields: { commercial: 'edit' },
    }),
    allow('boss', 'read export', { fields: { commercial: 'read' } }),
    allow('project_manager', 'read export', { fields: { commercial: 'read' } }),
    allow('cost_engineer', 'read export', { fields: { commercial: 'read' } }),
    allow('pmo', 'read export', { fields: { commercial: 'read' } }),
  ],
  views: {
    list: table('number name kind counterparty project account amount excess_amount received_on state', {
      sort: '-created_at',
    }),
    form: form(
      {
        label: { zh: '收款', en: 'Receipt' },
        fields:
          'contract kind counterparty person bond loan due_on account amount interest_amount received_on bank_ref name project',
      },
      {
        label: { zh: '人工费分账', en: 'Labour share' },
        fields: 'wage_share wage_account wage_amount general_amount',
      },
      { label: { zh: '冲抵', en: 'What it settles' }, fields: 'lines allocated_amount excess_amount' },
      { label: { zh: '其他', en: 'More' }, fields: 'returned_on note' },
    ),
  },
})

export const receiptLine = entity('receipt_line', {
  kind: 'line',
  label: { zh: '冲抵', en: 'Settles' },
  fields: {
    due_on: f.date({ zh: '应收日期', en: 'Due on' }, { required: true }),
    amount: f.money({ zh: '冲抵金额', en: 'Amount' }, { required: true, min: '0.01', group: 'commercial' }),
    note: f.text({ zh: '说明', en: 'Note' }, { max: 200 }),
  },
  access: [],
})

declare module '@yingzao/kernel/entity' {
  interface Entities {
    receipt: typeof receipt
    receipt_line: typeof receiptLine
  }
}
