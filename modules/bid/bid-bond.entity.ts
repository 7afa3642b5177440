// 投标保证金: approved here, paid by the cashier, given back with interest, or forfeited. paid = Σ returned + forfeited + outstanding
// stands in the ledger of bonds; interest is other income. A guarantee or insurance moves no money.
import { allow, entity, f, form, post, table } from '@yingzao/kernel/entity'
import { payableLedger, payStages, payTransitions } from '../bank-account/payable.ledger.ts'
import { bondLedger } from './bond.ledger.ts'

const standing = (zh: string, en: string) => f.money({ zh, en }, { system: true, group: 'commercial' })

export const bidBond = entity('bid_bond', {
  kind: 'document',
  label: { zh: '投标保证金', en: 'Bid bond' },
  title: 'name',
  number: 'BZJ-{yyyy}{mm}-{seq:4}',
  fields: {
    name: f.text({ zh: '名称', en: 'Name' }, { required: true, max: 200, indexed: true }),
    bid: f.ref('bid', { zh: '投标', en: 'Bid' }, { required: true, indexed: true }),
    company: f.orgUnit({ zh: '公司', en: 'Company' }, { system: true, quiet: true }),
    form: f.choice(
      { zh: '形式', en: 'Form' },
      {
        cash: { zh: '现金', en: 'Cash' },
        guarantee: { zh: '保函', en: 'Guarantee' },
        insurance: { zh: '保证保险', en: 'Insurance' },
      },
      { required: true, default: 'cash' },
    ),
    payee: f.text({ zh: '收款人或受益人', en: 'Payee or beneficiary' }, { max: 200 }),
    payee_bank: f.text({ zh: '收款开户行', en: 'Payee’s bank' }, { max: 200, when: 'form = "cash"' }),
    payee_number: f.secret(
      { zh: '收款账号', en: 'Payee’s account' },
      { group: 'bank', mask: 'card', when: 'form = "cash"' },
    ),
    amount: f.money({ zh: '金额', en: 'Amount' }, { required: true, min: '0.01', group: 'commercial' }),
    /** 招标投标法实施条例 §26: 2 % of the estimate. */
    cap_amount: f.money({ zh: '法定上限', en: 'Legal maximum' }, { system: true, group: 'commercial' }),
    pay_by: f.date({ zh: '缴纳截止', en: 'To be paid by' }, { indexed: true }),
    paid_on: f.date({ zh: '缴纳日期', en: 'Paid on' }, { system: true }),
    valid_to: f.date({ zh: '有效期至', en: 'Valid until' }, { open: true, indexed: true }),
    due_back_on: f.date(
      { zh: '应退日期', en: 'Due back on' },
      {
        ...{ open: true, indexed: true },
        hint: {
          zh: '签订合同后 5 日内退还并付利息（招标投标法实施条例第五十七条）',
          en: 'With interest within 5 days after the contract is signed (§57)',
        },
      },
    ),
    handler: f.user({ zh: '经办人', en: 'Handled by' }, { default: '=current_user()', indexed: true }),
    /** As the ledger of bonds says; kept by hooks. */
    paid_amount: standing('已缴', 'Paid'),
    returned_amount: standing('已退', 'Returned'),
    interest_amount: standing('利息（其他收益）', 'Interest (other income)'),
    forfeited_amount: standing('没收', 'Forfeited'),
    outstanding_amount: f.money(
      { zh: '未退', en: 'Outstanding' },
      { system: true, group: 'commercial', indexed: true },
    ),
    /** Its own id: what payments of it count against. */
    payable: f.text({ zh: '待付', en: 'Payable' }, { system: true, quiet: true, max: 40 }),
    /** Made when money already stood in its ledger; an older one is carried into it. */
    in_ledger: f.flag({ zh: '已入台账', en: 'In the ledger' }, { system: true, quiet: true }),
    alert: f.choice(
      { zh: '提醒', en: 'Alert' },
      {
        none: { zh: '正常', en: 'None' },
        due: { zh: '即将到期', en: 'Due soon', tone: 'warn' },
        overdue: { zh: '逾期未退', en: 'Overdue', tone: 'bad' },
      },
      { system: true, default: 'none', indexed: true },
    ),
  },
  place: { company: 'company', owner: ['handler'] },
  stages: payStages,
  transitions: payTransitions,
  verbs: {
    concerns: { label: { zh: '保证金检查', en: 'What to look at' }, reads: true },
    carry: {
      label: { zh: '登记为接管前已缴', en: 'Paid before the take-over' },
      when: 'state = "effective" and form = "cash" and stage = "to_pay" and reverses = null',
      input: {
        paid_on: f.date({ zh: '缴纳日期', en: 'Paid on' }, { required: true }),
        returned_amount: f.money({ zh: '其中已退', en: 'Of it returned' }, { min: '0' }),
        interest_amount: f.money({ zh: '已收利息', en: 'Interest received' }, { min: '0' }),
        forfeited_amount: f.money({ zh: '其中已没收', en: 'Of it forfeited' }, { min: '0' }),
      },
    },
    close_rest: {
      label: { zh: '关闭余额', en: 'Close the rest' },
      when: 'state = "effective" and form = "cash" and (stage = "to_pay" or stage = "part_paid") and reverses = null',
      input: { reason: f.longText({ zh: '原因', en: 'Reason' }, { required: true, max: 2000 }) },
    },
  },
  tells: {
    due: {
      label: { zh: '经办的投标保证金即将到期', en: 'A bid bond I handle is due soon' },
      to: 'handler',
      when: 'alert = "due"',
      text: {
        zh: '“{title}”的投标保证金应于 {due_back_on} 前退回',
        en: 'The bid bond “{title}” is due back by {due_back_on}',
      },
    },
    overdue: {
      label: { zh: '经办的投标保证金逾期未退', en: 'A bid bond I handle is overdue' },
      to: 'handler',
      when: 'alert = "overdue"',
      text: {
        zh: '“{title}”的投标保证金应于 {due_back_on} 退回，至今未退清，请催退',
        en: 'The bid bond “{title}” was due back on {due_back_on} and is not back: ask for it',
      },
      urgent: true,
    },
  },
  amount: 'amount',
  approval: 'bid_bond',
  posting: [
    post(payableLedger, {
      when: 'form = "cash"',
      dims: { payable: 'payable' },
      measures: { approved: 'amount' },
      reserve: true,
    }),
    // Cash counts when it is paid; a guarantee is out as soon as it is approved.
    post(bondLedger, {
      when: 'form != "cash"',
      dims: { bond: 'id', form: 'form' },
      measures: { paid: 'amount' },
    }),
  ],
  // 关闭余额 is a mirror of what is left.
  reversal: { negate: ['amount'] },
  access: [
    allow('cost_engineer', 'read create update delete submit withdraw export', {
      fields: { commercial: 'edit', bank: 'edit' },
    }),
    allow('pmo', 'read create update delete submit withdraw export close_rest', {
      fields: { commercial: 'edit', bank: 'edit' },
    }),
    allow('finance', 'read create update delete submit withdraw export void carry close_rest', {
      fields: { commercial: 'edit', bank: 'edit' },
    }),
    allow('cashier', 'read export', { fields: { commercial: 'read', bank: 'read' } }),
    allow('boss', 'read export void unmask', { fields: { commercial: 'read', bank: 'masked' } }),
  ],
  views: {
    list: table(
      'number name amount outstanding_amount alert due_back_on stage state bid form paid_amount returned_amount forfeited_amount interest_amount valid_to',
      { sort: '-created_at' },
    ),
    form: form(
      {
        label: { zh: '保证金', en: 'Bond' },
        fields: 'name bid form payee payee_bank payee_number amount cap_amount pay_by valid_to due_back_on handler',
      },
      {
        label: { zh: '台账', en: 'Standing' },
        fields: 'paid_on paid_amount returned_amount interest_amount forfeited_amount outstanding_amount alert',
      },
    ),
  },
})

declare module '@yingzao/kernel/entity' {
  interface Entities {
    bid_bond: typeof bidBond
  }
}
