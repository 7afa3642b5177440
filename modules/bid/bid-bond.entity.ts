// 投标保证金: paid for a bid, given back with interest, or forfeited. paid = Σ returned + forfeited + outstanding; interest is other income.
import { allow, entity, f, form, table } from '@yingzao/kernel/entity'

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
    amount: f.money({ zh: '金额', en: 'Amount' }, { required: true, min: '0.01', group: 'commercial' }),
    /** 招标投标法实施条例 §26: 2 % of the estimate. */
    cap_amount: f.money({ zh: '法定上限', en: 'Legal maximum' }, { system: true, group: 'commercial' }),
    paid_on: f.date({ zh: '缴纳日期', en: 'Paid on' }, { open: true }),
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
    /** Money itself moves by cash documents; here stands what came back. */
    returns: f.lines('bid_bond_return', { zh: '退回', en: 'Returned' }, { max: 50, open: true }),
    returned_amount: f.money({ zh: '已退', en: 'Returned' }, { formula: 'sum(returns.amount)', group: 'commercial' }),
    interest_amount: f.money(
      { zh: '利息（其他收益）', en: 'Interest (other income)' },
      { formula: 'sum(returns.interest)', group: 'commercial' },
    ),
    forfeited_amount: f.money({ zh: '没收', en: 'Forfeited' }, { min: '0', open: true, group: 'commercial' }),
    forfeit_reason: f.text(
      { zh: '没收原因', en: 'Why forfeited' },
      { max: 300, open: true, when: 'forfeited_amount != null and forfeited_amount > 0', required: true },
    ),
    outstanding_amount: f.money(
      { zh: '未退', en: 'Outstanding' },
      { formula: 'amount - sum(returns.amount) - coalesce(forfeited_amount, 0)', group: 'commercial', indexed: true },
    ),
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
  rules: {
    not_overdrawn: {
      check: 'outstanding_amount >= 0',
      message: {
        zh: '退回与没收合计超过已缴金额；利息请填在“利息”列',
        en: 'More came back or was forfeited than was paid: interest goes into its own column',
      },
    },
  },
  verbs: { concerns: { label: { zh: '保证金检查', en: 'What to look at' }, reads: true } },
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
  approval: 'bid_bond',
  access: [
    allow('cost_engineer', 'read create update delete submit withdraw export', { fields: { commercial: 'edit' } }),
    allow('pmo', 'read create update delete submit withdraw export', { fields: { commercial: 'edit' } }),
    allow('finance', 'read create update submit withdraw export', { fields: { commercial: 'edit' } }),
    allow('cashier', 'read', { fields: { commercial: 'read' } }),
    allow('boss', 'read export void', { fields: { commercial: 'read' } }),
  ],
  views: {
    list: table(
      'number name bid form state alert amount returned_amount forfeited_amount outstanding_amount interest_amount due_back_on valid_to',
      { sort: '-created_at' },
    ),
    form: form(
      {
        label: { zh: '保证金', en: 'Bond' },
        fields: 'name bid form payee amount cap_amount paid_on valid_to due_back_on handler',
      },
      { label: { zh: '退回', en: 'Returned' }, fields: 'returns forfeited_amount forfeit_reason' },
      { label: { zh: '合计', en: 'Totals' }, fields: 'returned_amount interest_amount outstanding_amount alert' },
    ),
  },
})

export const bidBondReturn = entity('bid_bond_return', {
  kind: 'line',
  label: { zh: '退回', en: 'Return' },
  fields: {
    on: f.date({ zh: '日期', en: 'On' }, { required: true }),
    amount: f.money({ zh: '本金', en: 'Of the bond' }, { required: true, min: '0', group: 'commercial' }),
    interest: f.money({ zh: '利息', en: 'Interest' }, { min: '0', group: 'commercial' }),
    note: f.text({ zh: '说明', en: 'Note' }, { max: 200 }),
  },
  access: [],
})

declare module '@yingzao/kernel/entity' {
  interface Entities {
    bid_bond: typeof bidBond
    bid_bond_return: typeof bidBondReturn
  }
}
