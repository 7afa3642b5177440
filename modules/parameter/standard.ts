// The limits that ship, as data: each with the days it holds and its source. What is no law says so.
import type { Decimal, PlainDate } from '@yingzao/kernel/entity'

export interface StandardParameter {
  readonly zh: string
  readonly en: string
  readonly unit: 'money' | 'share' | 'day_rate' | 'year_rate' | 'days' | 'months'
  readonly values: readonly (readonly [value: Decimal, from: PlainDate, to: PlainDate | null])[]
  readonly basis: string
}

const always = '2000-01-01'
const own = '公司内部规定，可按公司调整'

export const standardParameters = {
  payment_without_contract: {
    ...{ zh: '无合同付款限额', en: 'Payment without a contract', unit: 'money' },
    values: [['50000', always, null]],
    basis: own,
  },
  payment_check_from: {
    ...{ zh: '付款复核起点', en: 'Payments checked from', unit: 'money' },
    values: [],
    basis: '公司内部规定：所付单据的批准金额达到时，付款须由制单人以外的财务人员复核；0 为全部付款，没有取值为不复核',
  },
  advance_of_person: {
    ...{ zh: '个人借支累计限额', en: 'Advances of one person', unit: 'money' },
    values: [['50000', always, null]],
    basis: own,
  },
  invoice_tax_tolerance: {
    ...{ zh: '发票税额尾差（每行）', en: 'Rounding of tax, each line', unit: 'money' },
    values: [['0.06', always, null]],
    basis: '开票软件尾差惯例，可按公司调整',
  },
  bid_bond_share: {
    ...{ zh: '投标保证金上限（占估算价）', en: 'Bid bond, of the estimate', unit: 'share' },
    values: [['0.02', '2012-02-01', null]],
    basis: '招标投标法实施条例第二十六条',
  },
  performance_bond_share: {
    ...{ zh: '履约保证金上限（占合同额）', en: 'Performance bond, of the sum', unit: 'share' },
    values: [['0.1', '2012-02-01', null]],
    basis: '招标投标法实施条例第五十八条',
  },
  retention_share: {
    ...{ zh: '质保金上限（占结算额）', en: 'Retention, of the settlement', unit: 'share' },
    values: [
      ['0.05', '2016-12-27', '2017-06-30'],
      ['0.03', '2017-07-01', null],
    ],
    basis: '建质〔2016〕295号；建质〔2017〕138号第七条',
  },
  warranty_months: {
    ...{ zh: '缺陷责任期上限', en: 'Defects liability', unit: 'months' },
    values: [['24', '2016-12-27', null]],
    basis: '建质〔2016〕295号；建质〔2017〕138号第二条',
  },
  public_progress_share: {
    ...{ zh: '政府与国企项目进度款下限', en: 'Progress payments of public clients, at least', unit: 'share' },
    values: [['0.8', '2022-08-01', null]],
    basis: '财建〔2022〕183号',
  },
  refund_days: {
    ...{ zh: '结算应退期限', en: 'Overpaid money back after a settlement', unit: 'days' },
    values: [['30', always, null]],
    basis: '财建〔2022〕183号：结算审核后多付的应在 30 日内退回；其他项目参照执行，可按公司调整',
  },
  late_day_rate: {
    ...{ zh: '中小企业逾期利率（未约定时）', en: 'Late interest where none is agreed', unit: 'day_rate' },
    values: [['0.0005', '2020-09-01', null]],
    basis: '保障中小企业款项支付条例（国务院令第728号第十五条；2025-06-01 起为第802号第十七条）',
  },
  wage_inflow_days: {
    ...{ zh: '工资专户最长未转入天数', en: 'Wage account without money in', unit: 'days' },
    values: [['31', '2020-05-01', null]],
    basis: '保障农民工工资支付条例第二十四条：人工费用拨付周期不得超过 1 个月',
  },
  internal_loan_rate: {
    ...{ zh: '内部借款年利率', en: 'Rate of internal loans', unit: 'year_rate' },
    values: [['0', always, null]],
    basis: own,
  },
} as const satisfies Readonly<Record<string, StandardParameter>>

export type ParameterCode = keyof typeof standardParameters
