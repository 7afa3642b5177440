// 资金数据中心 on paper and as a workbook: accounts of the day, 13 weeks and the months ahead with what makes them red, ageing, what is
// due, money of projects and wage accounts.
import { compare, type Decimal, isZero } from '@yingzao/engines/money'
import type { Label } from '@yingzao/kernel/entity'
import { type ReportColumn, type ReportSection, report, wordsIn } from '@yingzao/kernel/server'
import { overview } from './funds.service.ts'
import type { Curve, ExpectedFlow, Funds } from './shape.ts'

const words = {
  title: { zh: '资金日报与资金预测', en: 'Funds: position and forecast' },
  basis: {
    zh: '含税，单位：元。合同以未付金额为限按付款条件排期，合同外计入申请、计划、税费与保证金，互不重复；到期含逾期。',
    en: 'Gross, in CNY. Of a contract no more than is unpaid, by its terms; beside contracts requests, plans, taxes and bonds, each once.',
  },
  asOf: { zh: '截至', en: 'As of' },
  supposed: { zh: '情景', en: 'Supposed' },
  balance: { zh: '账户余额', en: 'Balance' },
  receivedToday: { zh: '今日流入', en: 'In today' },
  paidToday: { zh: '今日流出', en: 'Out today' },
  receivable: { zh: '应收未收', en: 'Receivable' },
  payable: { zh: '应付未付', en: 'Payable' },
  peak: { zh: '资金缺口峰值', en: 'Peak financing' },
  toIssue: { zh: '应开未开发票', en: 'Invoices to issue' },
  toReceive: { zh: '未到发票', en: 'Invoices to receive' },
  planRate: { zh: '本月计划执行率', en: 'Plan of the month kept' },
  accounts: { zh: '账户余额（资金日报）', en: 'Accounts today' },
  account: { zh: '账户', en: 'Account' },
  curve: { zh: '资金预测曲线（按月）', en: 'Cash forecast by month' },
  weeks: { zh: '13 周资金预测', en: '13 weeks ahead' },
  monthsAhead: { zh: '{count} 个月资金预测', en: '{count} months ahead' },
  period: { zh: '期间', en: 'Period' },
  week: { zh: '周（周一）', en: 'Week from' },
  opening: { zh: '期初', en: 'Opening' },
  in: { zh: '流入', en: 'In' },
  out: { zh: '流出', en: 'Out' },
  closing: { zh: '期末', en: 'Closing' },
  state: { zh: '状态', en: 'State' },
  negative: { zh: '缺口', en: 'Short' },
  below_safety: { zh: '低于安全存量', en: 'Below the safety line' },
  safety: { zh: '安全存量', en: 'Safety line' },
  shortOnes: { zh: '资金紧张的月份及主要支出', en: 'Months that are short, and what weighs most' },
  cause: { zh: '主要支出', en: 'Most goes to' },
  day: { zh: '日期', en: 'Day' },
  amount: { zh: '金额', en: 'Amount' },
  ageing: { zh: '应收应付账龄', en: 'Ageing' },
  overdue: { zh: '逾期', en: 'Overdue' },
  not_due: { zh: '未到期', en: 'Not due' },
  overdueDays: { zh: '逾期 {days} 天', en: '{days} days overdue' },
  dueList: { zh: '到期收付', en: 'What is due' },
  dueIn: { zh: '{days} 天内到期', en: 'Due within {days} days' },
  flows: { zh: '主要预计收付', en: 'Largest flows expected' },
  what: { zh: '事由', en: 'What' },
  project: { zh: '项目', en: 'Project' },
  why: { zh: '依据', en: 'Why' },
  occupied: { zh: '项目资金占用', en: 'Money of projects' },
  received: { zh: '累计收款', en: 'Received' },
  paid: { zh: '累计付款', en: 'Paid' },
  net: { zh: '净额', en: 'Net' },
  wages: { zh: '农民工工资专户', en: 'Wage accounts' },
  wagesDue: { zh: '应发工资', en: 'Wages due' },
  lastIn: { zh: '最近转入', en: 'Last money in' },
  short: { zh: '余额不足', en: 'Too little' },
  no_inflow: { zh: '超过一个月未转入', en: 'Nothing in for a month' },
  covered: { zh: '足额', en: 'Covered' },
  total: { zh: '合计', en: 'Total' },
  vatOf: { zh: '{month} 应交增值税', en: 'VAT of {month}' },
  prepaymentOf: { zh: '{month} 预缴税款', en: 'Prepayment of {month}' },
  due: { zh: '已到期应收付', en: 'Due' },
  plan: { zh: '收付款计划', en: 'Payment plan' },
  progress: { zh: '进度款', en: 'Progress' },
  settlement: { zh: '结算款', en: 'Settlement' },
  retention: { zh: '质保金', en: 'Retention' },
  refund: { zh: '应退', en: 'To be given back' },
  request: { zh: '付款申请', en: 'Payment request' },
  funds_plan: { zh: '资金计划', en: 'Funds plan' },
  claim: { zh: '报销与借支', en: 'Claims and advances' },
  tax: { zh: '税费', en: 'Taxes' },
  bond: { zh: '保证金退回', en: 'Bonds returned' },
  debt: { zh: '往来与借款', en: 'Debts and loans' },
  interest: { zh: '借款利息', en: 'Interest of loans' },
} as const satisfies Record<string, Label>

type Say = (word: keyof typeof words, values?: Readonly<Record<string, string | number>>) => string
const money = (say: Say, ...names: readonly (keyof typeof words)[]): ReportColumn[] =>
  names.map(name => ({ label: say(name), kind: 'money' }))

export const fundsReport = report(overview, (ctx, funds) => {
  const say: Say = wordsIn(ctx.lang, words)
  const { base, scenario, safety, invoices } = funds
  const amount = (word: keyof typeof words, value: Decimal) => ({ label: say(word), value, kind: 'money' as const })
  return {
    title: say('title'),
    scope: [[say('asOf'), funds.today]],
    basis: say('basis'),
    sections: [
      {
        is: 'figures',
        items: [
          ...[amount('balance', funds.balance), amount('receivedToday', funds.receivedToday)],
          ...[amount('paidToday', funds.paidToday), amount('receivable', funds.receivable)],
          ...[amount('payable', funds.payable), amount('peak', base.peak)],
          ...[amount('toIssue', invoices.toIssue), amount('toReceive', invoices.toReceive)],
          { label: say('planRate'), value: funds.plan.rate, kind: 'percent' },
        ],
      },
      accounts(say, funds),
      {
        ...{ is: 'chart', title: say('curve'), periods: base.months.map(each => each.period) },
        series: [
          { label: say('in'), as: 'bar', tone: 'good', values: base.months.map(each => each.in) },
          { label: say('out'), as: 'bar', tone: 'warn', values: base.months.map(each => each.out) },
          { label: say('closing'), as: 'line', tone: 'accent', values: base.months.map(each => each.closing) },
          ...(scenario
            ? [
                {
                  ...({ label: say('supposed'), as: 'line', tone: 'soft', dashed: true } as const),
                  values: scenario.months.map(each => each.closing),
                },
              ]
            : []),
        ],
        ...(isZero(safety) ? {} : { limit: { label: say('safety'), value: safety } }),
      },
      forecast(say, say('monthsAhead', { count: base.months.length }), 'period', base.months, scenario?.months),
      ...shortMonths(say, base),
      forecast(say, say('weeks'), 'week', base.weeks, scenario?.weeks),
      {
        ...{ is: 'table', title: say('dueList') },
        columns: [{ label: say('period') }, ...money(say, 'in', 'out')],
        rows: funds.due.map(({ days, in: into, out }) => ({ values: [say('dueIn', { days }), into, out] })),
      },
      {
        ...{ is: 'table', title: say('ageing') },
        columns: [{ label: say('overdue') }, ...money(say, 'receivable', 'payable')],
        rows: funds.ageing.map(({ bucket, receivable, payable }) => ({
          values: [bucket === 'not_due' ? say('not_due') : say('overdueDays', { days: bucket }), receivable, payable],
        })),
        totals: [say('total'), funds.receivable, funds.payable],
      },
      {
        ...{ is: 'table', title: say('flows') },
        columns: [
          { label: say('what') },
          { label: say('day'), kind: 'date' },
          { label: say('project') },
          { label: say('why') },
          ...money(say, 'in', 'out'),
        ],
        rows: funds.flows.map(flow => ({
          values: [
            ...[nameOf(say, flow), flow.on, flow.projectName, say(flow.why)],
            ...(flow.direction === 'income' ? [flow.amount, null] : [null, flow.amount]),
          ],
        })),
      },
      {
        ...{ is: 'table', title: say('occupied') },
        columns: [{ label: say('project') }, ...money(say, 'received', 'paid', 'net')],
        rows: funds.projects.map(each => ({ values: [each.name, each.received, each.paid, each.occupied] })),
      },
      ...wages(say, funds),
    ],
  }
})

const accounts = (say: Say, funds: Funds): ReportSection => ({
  ...{ is: 'table', title: say('accounts') },
  columns: [{ label: say('account') }, ...money(say, 'receivedToday', 'paidToday', 'balance')],
  rows: funds.accounts.map(row => ({ values: [row.name, row.receivedToday, row.paidToday, row.balance] })),
  totals: [say('total'), funds.receivedToday, funds.paidToday, funds.balance],
})

function forecast(
  say: Say,
  title: string,
  period: 'period' | 'week',
  rows: Curve['months'],
  supposed: Curve['months'] | undefined,
): ReportSection {
  return {
    ...{ is: 'table', title },
    columns: [
      { label: say(period) },
      ...money(say, 'opening', 'in', 'out', 'closing', ...(supposed ? (['supposed'] as const) : [])),
      { label: say('state') },
    ],
    rows: rows.map((row, at) => ({
      values: [
        ...[row.period, row.opening, row.in, row.out, row.closing],
        ...(supposed ? [supposed[at]?.closing ?? null] : []),
        row.alert ? say(row.alert) : '',
      ],
      bad: row.alert === 'negative',
    })),
  }
}

/** A red month as a group, below it what weighs most in it. */
function shortMonths(say: Say, { short }: Curve): ReportSection[] {
  if (short.length === 0) return []
  return [
    {
      ...{ is: 'table', title: say('shortOnes') },
      columns: [
        { label: say('cause') },
        { label: say('day'), kind: 'date' },
        { label: say('why') },
        ...money(say, 'amount', 'closing'),
      ],
      rows: short.flatMap(each => [
        {
          values: [`${each.period} ${say(each.alert)}`, '', '', '', each.closing],
          ...{ strong: true, bad: each.alert === 'negative' },
        },
        ...each.causes.map(flow => ({
          ...{ values: [nameOf(say, flow), flow.on, say(flow.why), flow.amount, ''], depth: 1 },
        })),
      ]),
    },
  ]
}

function wages(say: Say, funds: Funds): ReportSection[] {
  if (funds.wages.length === 0) return []
  return [
    {
      ...{ is: 'table', title: say('wages') },
      columns: [
        { label: say('account') },
        ...money(say, 'balance', 'wagesDue'),
        { label: say('lastIn'), kind: 'date' },
        { label: say('state') },
      ],
      rows: funds.wages.map(each => ({
        values: [each.name, each.balance, each.due, each.lastIn, say(each.alert ?? 'covered')],
        bad: each.alert !== null && compare(each.due, '0') > 0,
      })),
    },
  ]
}

function nameOf(say: Say, { why, entity, name }: ExpectedFlow): string {
  if (why === 'tax') return say(entity === 'invoice' ? 'vatOf' : 'prepaymentOf', { month: name })
  return why === 'debt' ? say('debt') : name
}
