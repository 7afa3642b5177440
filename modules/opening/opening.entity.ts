// 期初: what a running project had measured, due, paid, invoiced and spent when it was taken over, balanced and compared with totals.
import { allow, entity, f, form, post, table } from '@yingzao/kernel/entity'
import { debtKinds, debtLedger } from '../bank-account/debt.ledger.ts'
import { budgetLedger } from '../budget/budget.ledger.ts'
import { advanceLedger } from '../claim/advance.ledger.ts'
import { contractLedger } from '../contract/contract.ledger.ts'
import { costLedger } from '../cost-center/cost.ledger.ts'

const sums = { group: 'commercial' } as const
const control = {
  group: 'commercial',
  hint: { zh: '原账上的合计；填写则必须与明细相等', en: 'As in the old books; where given it must equal the lines' },
} as const
const contractFigures = [
  ...['measured_amount', 'measured_net_amount', 'due_amount', 'advanced_amount', 'recovered_amount'],
  ...['retained_amount', 'deducted_amount', 'claims_before', 'paid_amount', 'invoiced_amount'],
] as const
const total = (lines: string, field: string) => ({ formula: `sum(${lines}.${field})`, ...sums })

const size = ['measured_amount', 'cost_amount', 'owed_to_us_amount', 'owed_by_us_amount', 'advance_amount']
  .map(name => `(if ${name} = null then 0 else ${name})`)
  .join(' + ')
export const opening = entity('opening', {
  kind: 'document',
  label: { zh: '期初', en: 'Opening' },
  title: 'name',
  number: 'QC-{yyyy}{mm}-{seq:4}',
  fields: {
    name: f.text({ zh: '名称', en: 'Name' }, { required: true, max: 100, indexed: true }),
    project: f.ref(
      'project',
      { zh: '项目', en: 'Project' },
      { indexed: true, hint: { zh: '公司的往来与借款留空', en: 'Empty for debts of the company' } },
    ),
    company: f.orgUnit(
      { zh: '公司', en: 'Company' },
      {
        type: 'company',
        indexed: true,
        hint: { zh: '选了项目时随项目', en: 'That of the project where one is chosen' },
      },
    ),
    as_on: f.date({ zh: '截止日期', en: 'As of' }, { required: true, indexed: true }),
    contracts: f.lines('opening_contract', { zh: '合同期初', en: 'Contracts' }, { max: 1000 }),
    costs: f.lines('opening_cost', { zh: '成本期初', en: 'Cost to date' }, { max: 2000 }),
    debts: f.lines('opening_debt', { zh: '往来与借款期初', en: 'Debts outside contracts' }, { max: 2000 }),
    advances: f.lines('opening_advance', { zh: '个人借支期初', en: 'Advances of staff' }, { max: 2000 }),
    income_measured_amount: f.money({ zh: '甲方确认产值', en: 'Measured by the client' }, { system: true, ...sums }),
    expense_measured_amount: f.money({ zh: '分包计量', en: 'Measured of others' }, { system: true, ...sums }),
    measured_amount: f.money({ zh: '累计计量', en: 'Measured' }, total('contracts', 'measured_amount')),
    due_amount: f.money({ zh: '累计应收应付', en: 'Due' }, total('contracts', 'due_amount')),
    advanced_amount: f.money({ zh: '累计预付', en: 'Advanced' }, total('contracts', 'advanced_amount')),
    paid_amount: f.money({ zh: '累计已收已付', en: 'Paid' }, total('contracts', 'paid_amount')),
    invoiced_amount: f.money({ zh: '累计发票', en: 'Invoiced' }, total('contracts', 'invoiced_amount')),
    retained_amount: f.money({ zh: '累计质保金', en: 'Retained' }, total('contracts', 'retained_amount')),
    cost_amount: f.money({ zh: '累计成本（成本口径）', en: 'Cost to date (cost basis)' }, total('costs', 'amount')),
    owed_to_us_amount: f.money({ zh: '应收与借出', en: 'Owed to us' }, { system: true, ...sums }),
    owed_by_us_amount: f.money({ zh: '应付与借入', en: 'Owed by us' }, { system: true, ...sums }),
    advance_amount: f.money({ zh: '个人借支', en: 'Advances' }, total('advances', 'amount')),
    /** How much is taken over, for the powers to approve it. */
    size_amount: f.money({ zh: '期初规模', en: 'Size' }, { formula: size, quiet: true, ...sums }),
    control_measured_amount: f.money({ zh: '控制数：计量', en: 'Control: measured' }, control),
    control_due_amount: f.money({ zh: '控制数：应收应付', en: 'Control: due' }, control),
    control_paid_amount: f.money({ zh: '控制数：已收已付', en: 'Control: paid' }, control),
    control_invoiced_amount: f.money({ zh: '控制数：发票', en: 'Control: invoiced' }, control),
    control_cost_amount: f.money({ zh: '控制数：成本', en: 'Control: cost' }, control),
    control_owed_to_us_amount: f.money({ zh: '控制数：应收与借出', en: 'Control: owed to us' }, control),
    control_owed_by_us_amount: f.money({ zh: '控制数：应付与借入', en: 'Control: owed by us' }, control),
    control_advance_amount: f.money({ zh: '控制数：个人借支', en: 'Control: advances' }, control),
    note: f.longText({ zh: '说明', en: 'Note' }, { max: 2000 }),
  },
  place: { company: 'company', project: 'project' },
  amount: 'size_amount',
  approval: 'opening',
  posting: [
    post(contractLedger, {
      each: 'contracts',
      dims: { contract: 'contract', direction: 'direction', on: 'doc.as_on' },
      measures: {
        measured: 'measured_amount',
        measured_net: 'measured_net_amount',
        // An advance is due like any payment; what is paid of it stands in `paid`.
        due: 'due_amount + advanced_amount',
        requested: 'if direction = "expense" then paid_amount else 0',
        paid: 'paid_amount',
        invoiced: 'invoiced_amount',
        retained: 'retained_amount',
        advanced: 'advanced_amount',
        recovered: 'recovered_amount',
        deducted: 'deducted_amount',
        claims: 'claims_before',
      },
      // Not reserved: what is asked for is judged beside what becomes due with it.
    }),
    post(costLedger, {
      each: 'costs',
      dims: { item: 'item', contract: 'contract', on: 'doc.as_on' },
      measures: { amount: 'amount' },
    }),
    // What a contract spends is bound by the contract already.
    post(budgetLedger, {
      each: 'costs',
      when: 'contract = null',
      dims: { item: 'item', on: 'doc.as_on' },
      measures: { direct: 'amount' },
      reserve: true,
    }),
    post(debtLedger, {
      each: 'debts',
      dims: { counterparty: 'counterparty', kind: 'kind', due_on: 'due_on', loan: 'loan', on: 'doc.as_on' },
      measures: { arisen: 'amount' },
    }),
    post(advanceLedger, {
      each: 'advances',
      dims: { person: 'person', due_on: 'due_on', on: 'doc.as_on' },
      measures: { granted: 'amount', lent: 'amount' },
    }),
  ],
  // 红冲: whole, by its own approval, while nothing depends on it.
  reversal: {
    negate: [
      ...contractFigures.map(name => `contracts.${name}`),
      ...['costs.amount', 'debts.amount', 'advances.amount'],
    ],
    approval: 'opening',
  },
  access: [
    allow('finance', 'read create update delete submit withdraw export import void reverse', {
      fields: { commercial: 'edit' },
    }),
    allow('cost_engineer', 'read create update delete submit withdraw export import', {
      fields: { commercial: 'edit' },
    }),
    allow('project_manager', 'read export', { fields: { commercial: 'read' } }),
    allow('pmo', 'read export', { fields: { commercial: 'read' } }),
    allow('boss', 'read export void reverse', { fields: { commercial: 'read' } }),
  ],
  views: {
    list: table(
      'number name project company as_on state measured_amount due_amount paid_amount invoiced_amount cost_amount',
      {
        sort: '-as_on',
      },
    ),
    form: form(
      { label: { zh: '期初', en: 'Opening' }, fields: 'name project company as_on' },
      { label: { zh: '合同期初', en: 'Contracts' }, fields: 'contracts' },
      { label: { zh: '成本期初', en: 'Cost to date' }, fields: 'costs' },
      { label: { zh: '往来与借款', en: 'Debts outside contracts' }, fields: 'debts' },
      { label: { zh: '个人借支', en: 'Advances of staff' }, fields: 'advances' },
      {
        label: { zh: '合计', en: 'Totals' },
        fields:
          'measured_amount income_measured_amount expense_measured_amount due_amount advanced_amount paid_amount invoiced_amount retained_amount cost_amount owed_to_us_amount owed_by_us_amount advance_amount',
      },
      {
        label: { zh: '控制数', en: 'Control totals' },
        fields:
          'control_measured_amount control_due_amount control_paid_amount control_invoiced_amount control_cost_amount control_owed_to_us_amount control_owed_by_us_amount control_advance_amount',
      },
      { label: { zh: '其他', en: 'More' }, fields: 'note' },
    ),
  },
})

const amount = { required: true, default: '0', min: '0', group: 'commercial' } as const

export const openingContract = entity('opening_contract', {
  kind: 'line',
  label: { zh: '合同期初', en: 'Contract' },
  fields: {
    contract: f.ref(
      'contract',
      { zh: '合同', en: 'Contract' },
      {
        required: true,
        where: 'state = "effective"',
        hint: { zh: '先登记合同与变更并审批', en: 'Register and approve the contract and its changes first' },
      },
    ),
    direction: f.choice(
      { zh: '收支', en: 'Direction' },
      { income: { zh: '收入', en: 'Income', tone: 'good' }, expense: { zh: '支出', en: 'Expense', tone: 'info' } },
      { required: true, default: 'expense' },
    ),
    measured_amount: f.money({ zh: '累计计量（含税）', en: 'Measured (gross)' }, amount),
    measured_net_amount: f.money({ zh: '累计计量（不含税）', en: 'Measured (net)' }, amount),
    due_amount: f.money(
      { zh: '累计应收应付', en: 'Due' },
      { ...amount, hint: { zh: '进度款合计，不含预付款', en: 'By progress claims, without the advance' } },
    ),
    advanced_amount: f.money({ zh: '累计预付', en: 'Advanced' }, amount),
    recovered_amount: f.money({ zh: '累计扣回', en: 'Recovered' }, amount),
    retained_amount: f.money({ zh: '累计质保金', en: 'Retained' }, amount),
    deducted_amount: f.money({ zh: '累计扣款', en: 'Deducted' }, { ...amount, min: '-999999999999' }),
    claims_before: f.integer(
      { zh: '已报进度款期数', en: 'Progress claims so far' },
      {
        ...{ required: true, default: 0, min: 0, max: 999 },
        hint: {
          zh: '接管前的期数；按期定额扣回预付款时，下一期从此续算',
          en: 'Before the take-over: an advance recovered by a fixed amount each period goes on from here',
        },
      },
    ),
    paid_amount: f.money(
      { zh: '累计已收已付', en: 'Paid' },
      { ...amount, hint: { zh: '含预付款', en: 'With the advance' } },
    ),
    invoiced_amount: f.money({ zh: '累计发票', en: 'Invoiced' }, amount),
  },
  rules: {
    recovered: {
      check: 'recovered_amount <= advanced_amount',
      message: {
        zh: '累计扣回不能超过累计预付，请核对',
        en: 'More is recovered than was advanced: check both',
      },
    },
    net: {
      check: 'measured_net_amount <= measured_amount',
      message: {
        zh: '不含税计量不能大于含税计量，请核对',
        en: 'What is measured net exceeds the gross: check both',
      },
    },
    paid: {
      check: 'direction = "income" or paid_amount <= due_amount + advanced_amount',
      message: {
        zh: '累计已付超过累计应付与预付，请补应付或核对',
        en: 'More is paid than due and advanced: enter what is due, or check both',
      },
    },
  },
  access: [],
})

export const openingCost = entity('opening_cost', {
  kind: 'line',
  label: { zh: '成本期初', en: 'Cost' },
  fields: {
    item: f.ref('cost_item', { zh: '成本科目', en: 'Cost item' }, { required: true, where: 'leaf and active' }),
    contract: f.ref(
      'contract',
      { zh: '支出合同', en: 'Expense contract' },
      {
        where: 'state = "effective" and direction = "expense"',
        hint: { zh: '无合同的成本留空', en: 'Empty for cost without a contract' },
      },
    ),
    amount: f.money(
      { zh: '累计成本（成本口径）', en: 'Cost to date (cost basis)' },
      { required: true, group: 'commercial' },
    ),
    note: f.text({ zh: '说明', en: 'Note' }, { max: 200 }),
  },
  access: [],
})

export const openingDebt = entity('opening_debt', {
  kind: 'line',
  label: { zh: '往来与借款期初', en: 'Debt' },
  fields: {
    kind: f.choice({ zh: '类型', en: 'Kind' }, debtKinds, { required: true, default: 'receivable' }),
    counterparty: f.ref('counterparty', { zh: '对方单位', en: 'Counterparty' }, { required: true }),
    loan: f.ref(
      'loan',
      { zh: '借款合同', en: 'Loan' },
      { hint: { zh: '选择后从截止日期起计息', en: 'It earns interest from the day taken over' } },
    ),
    amount: f.money({ zh: '尚欠金额', en: 'Still owed' }, { required: true, min: '0.01', group: 'commercial' }),
    due_on: f.date(
      { zh: '约定日期', en: 'Due on' },
      { hint: { zh: '留空为截止日期', en: 'Empty: the day taken over' } },
    ),
    note: f.text({ zh: '说明', en: 'Note' }, { max: 200 }),
  },
  access: [],
})

export const openingAdvance = entity('opening_advance', {
  kind: 'line',
  label: { zh: '个人借支期初', en: 'Advance' },
  fields: {
    person: f.user({ zh: '借支人', en: 'Lent to' }, { required: true }),
    amount: f.money({ zh: '尚欠金额', en: 'Still owed' }, { required: true, min: '0.01', group: 'commercial' }),
    due_on: f.date(
      { zh: '归还日期', en: 'To be settled by' },
      { hint: { zh: '留空为截止日期', en: 'Empty: the day taken over' } },
    ),
    note: f.text({ zh: '说明', en: 'Note' }, { max: 200 }),
  },
  access: [],
})

declare module '@yingzao/kernel/entity' {
  interface Entities {
    opening_debt: typeof openingDebt
    opening_advance: typeof openingAdvance
    opening: typeof opening
    opening_contract: typeof openingContract
    opening_cost: typeof openingCost
  }
}
