// 项目成本中心 on paper and as a workbook: dynamic cost as a tree, revenue against target and actual, months, alerts; and of every
// project.
import { add, type Decimal, isZero } from '@yingzao/engines/money'
import { asId, type Label } from '@yingzao/kernel/entity'
import {
  all,
  type Ctx,
  get,
  type Input,
  type ReportColumn,
  type ReportRow,
  type ReportSection,
  report,
  wordsIn,
} from '@yingzao/kernel/server'
import { project } from '../project/project.entity.ts'
import { costAlert } from './cost-alert.entity.ts'
import type { CostFigures, ProjectCost } from './shape.ts'
import { ofCompany, ofProject } from './standing.service.ts'

const words = {
  title: { zh: '项目动态成本表', en: 'Dynamic cost of the project' },
  companyTitle: { zh: '各项目动态成本汇总表', en: 'Dynamic cost of every project' },
  basis: { zh: '成本口径（可抵扣的按不含税），单位：元', en: 'Cost basis (net where input VAT is deductible), in CNY' },
  asOf: { zh: '截至', en: 'As of' },
  project: { zh: '项目', en: 'Project' },
  item: { zh: '成本科目', en: 'Cost item' },
  dynamic: { zh: '动态成本', en: 'Dynamic cost' },
  target: { zh: '目标成本', en: 'Target' },
  contracted: { zh: '已签约', en: 'Contracted' },
  changes: { zh: '变更签证', en: 'Changes' },
  estimated: { zh: '预计变更', en: 'Expected changes' },
  direct: { zh: '非合同', en: 'Without contract' },
  uncommitted: { zh: '待签约', en: 'Still to bind' },
  expected: { zh: '动态成本', en: 'Dynamic cost' },
  incurred: { zh: '已发生', en: 'Incurred' },
  toGo: { zh: '待发生', en: 'To go' },
  pending: { zh: '审批中', en: 'In approval' },
  deviation: { zh: '偏差', en: 'Deviation' },
  deviationRatio: { zh: '偏差率', en: 'Deviation %' },
  total: { zh: '合计', en: 'Total' },
  three: { zh: '三算对比', en: 'Revenue, target and actual' },
  what: { zh: '项目', en: 'What' },
  whole: { zh: '全部', en: 'In all' },
  soFar: { zh: '截至目前', en: 'So far' },
  revenue: { zh: '收入（不含税）', en: 'Revenue (net)' },
  cost: { zh: '成本（预计；已发生）', en: 'Cost (expected; incurred)' },
  margin: { zh: '毛利', en: 'Margin' },
  marginRatio: { zh: '毛利率', en: 'Margin %' },
  months: { zh: '按月已发生成本', en: 'Incurred by month' },
  month: { zh: '月份', en: 'Month' },
  inMonth: { zh: '当月发生', en: 'In the month' },
  cumulative: { zh: '累计发生', en: 'Incurred to date' },
  committedToDate: { zh: '累计签约与变更', en: 'Bound to date' },
  targetToDate: { zh: '目标成本', en: 'Target' },
  trend: { zh: '累计已发生、已签约与目标成本', en: 'Incurred, bound and target to date' },
  alerts: { zh: '未消除的成本预警', en: 'Open cost alerts' },
  alert: { zh: '预警', en: 'Alert' },
  level: { zh: '程度', en: 'Level' },
  limit: { zh: '目标或合同额', en: 'Target or sum' },
  now: { zh: '现值', en: 'Now' },
  since: { zh: '发出', en: 'Raised' },
  incomeSum: { zh: '收入合同额', en: 'Income contracts' },
  received: { zh: '已收款', en: 'Received' },
  paid: { zh: '已付款', en: 'Paid' },
  over: { zh: '超支科目', en: 'Items over' },
} as const satisfies Record<string, Label>

type Say = (word: keyof typeof words) => string
const columns = [
  ...(['target', 'contracted', 'changes', 'estimated', 'direct', 'uncommitted', 'expected'] as const),
  ...(['incurred', 'toGo', 'pending', 'deviation'] as const),
] as const
const figures = (of: CostFigures) => [...columns.map(name => of[name]), of.deviationRatio]
const money = (say: Say, names: readonly (keyof typeof words)[]): ReportColumn[] =>
  names.map(name => ({ label: say(name), kind: 'money' }))

const scopeOf = (ctx: Ctx, say: Say, input: Input, name?: string): (readonly [string, string])[] => [
  ...(name === undefined ? [] : [[say('project'), name] as const]),
  [say('asOf'), typeof input.until === 'string' ? input.until : ctx.today],
]

export const projectReport = report(ofProject, async (ctx, cost, input) => {
  const say = wordsIn(ctx.lang, words)
  const { name } = await get(ctx, project, asId('project', String(input.project)))
  const { total } = cost
  return {
    title: say('title'),
    scope: scopeOf(ctx, say, input, name),
    basis: say('basis'),
    sections: [
      {
        is: 'figures',
        items: (['target', 'expected', 'deviation', 'incurred', 'toGo', 'pending'] as const).map(word => ({
          ...{ label: say(word), value: total[word] },
          kind: 'money' as const,
        })),
      },
      {
        ...{ is: 'table', title: say('dynamic') },
        columns: [
          { label: say('item') },
          ...money(say, columns),
          { label: say('deviationRatio'), kind: 'percent' as const },
        ],
        rows: cost.rows.map(row => ({
          values: [row.title, ...figures(row)],
          depth: row.depth,
          strong: !row.leaf,
          bad: row.level === 'block' || row.level === 'escalate',
        })),
        totals: [say('total'), ...figures(total)],
      },
      threeWays(say, cost),
      ...months(say, cost),
      ...(await alerts(ctx, say, String(input.project))),
    ],
  }
})

/** 三算对比: revenue, target and actual, of the whole project and so far. */
function threeWays(say: Say, { total, income, margin, marginSoFar }: ProjectCost): ReportSection {
  return {
    ...{ is: 'table', title: say('three') },
    columns: [{ label: say('what') }, ...money(say, ['whole', 'soFar'])],
    rows: [
      { values: [say('revenue'), income.net, income.revenue] },
      { values: [say('target'), total.target, null] },
      { values: [say('cost'), total.expected, total.incurred] },
      { values: [say('margin'), margin, marginSoFar], strong: true },
    ],
  }
}

function months(say: Say, cost: ProjectCost): ReportSection[] {
  const all = [...new Set(cost.months.map(each => each.month))].sort()
  if (all.length === 0) return []
  const of = (month: string, name: 'incurred' | 'committed' | 'target'): Decimal =>
    cost.months.reduce<Decimal>((sum, each) => (each.month === month ? add(sum, each[name]) : sum), '0.00')
  const toDate = (name: 'incurred' | 'committed' | 'target') => {
    let sum: Decimal = '0.00'
    return all.map(month => {
      sum = add(sum, of(month, name))
      return sum
    })
  }
  const [incurred, committed, target] = [toDate('incurred'), toDate('committed'), toDate('target')]
  return [
    {
      ...{ is: 'chart', title: say('trend'), periods: all },
      series: [
        { label: say('targetToDate'), as: 'line', tone: 'soft', dashed: true, values: target },
        { label: say('committedToDate'), as: 'line', tone: 'good', values: committed },
        { label: say('cumulative'), as: 'line', tone: 'accent', values: incurred },
        { label: say('inMonth'), as: 'bar', tone: 'accent', values: all.map(month => of(month, 'incurred')) },
      ],
    },
    {
      ...{ is: 'table', title: say('months') },
      columns: [{ label: say('month') }, ...money(say, ['inMonth', 'cumulative', 'committedToDate', 'targetToDate'])],
      rows: all.map(
        (month, at): ReportRow => ({
          values: [month, of(month, 'incurred'), incurred[at] ?? null, committed[at] ?? null, target[at] ?? null],
        }),
      ),
    },
  ]
}

async function alerts(ctx: Ctx, say: Say, id: string): Promise<ReportSection[]> {
  const { fields } = costAlert.def
  const found = await all(ctx, costAlert, {
    filter: { project: { eq: id }, handling: { ne: 'closed' } },
    fields: ['kind', 'level', 'limit_amount', 'actual_amount', 'raised_on'],
  })
  if (found.length === 0) return []
  return [
    {
      ...{ is: 'table', title: say('alerts') },
      columns: [
        { label: say('alert') },
        { label: say('level') },
        ...money(say, ['limit', 'now']),
        { label: say('since'), kind: 'date' },
      ],
      rows: found.map(each => ({
        values: [
          fields.kind.options[each.kind]?.[ctx.lang] ?? each.kind,
          fields.level.options[each.level]?.[ctx.lang] ?? each.level,
          each.limit_amount ?? null,
          each.actual_amount ?? null,
          each.raised_on ?? null,
        ],
        bad: each.level === 'escalate',
      })),
    },
  ]
}

export const companyReport = report(ofCompany, (ctx, { lines, total }, input) => {
  const say = wordsIn(ctx.lang, words)
  const of = (some: readonly (Decimal | null)[]) =>
    some.some(each => each === null) ? null : some.reduce<Decimal>((sum, each) => add(sum, each ?? '0'), '0.00')
  return {
    title: say('companyTitle'),
    scope: scopeOf(ctx, say, input),
    basis: say('basis'),
    sections: [
      {
        is: 'figures',
        items: (['target', 'expected', 'deviation', 'incurred'] as const).map(word => ({
          ...{ label: say(word), value: total[word] },
          kind: 'money' as const,
        })),
      },
      {
        ...{ is: 'table', title: say('dynamic') },
        columns: [
          { label: say('project') },
          ...money(say, ['incomeSum', 'received', 'target', 'expected', 'incurred', 'paid', 'deviation']),
          { label: say('deviationRatio'), kind: 'percent' },
          ...money(say, ['margin']),
          { label: say('marginRatio'), kind: 'percent' },
          { label: say('over'), kind: 'integer' },
        ],
        rows: lines.map(line => ({
          values: [
            ...[line.name, line.income.sum, line.income.received, line.target, line.expected, line.incurred],
            ...[line.paid, line.deviation, line.deviationRatio, line.margin, line.marginRatio],
            String(line.over),
          ],
          bad: !isZero(line.deviation) && line.deviation.startsWith('-'),
        })),
        totals: [
          ...[say('total'), of(lines.map(line => line.income.sum)), of(lines.map(line => line.income.received))],
          ...[total.target, total.expected, total.incurred, of(lines.map(line => line.paid)), total.deviation],
          ...[total.deviationRatio, of(lines.map(line => line.margin)), null, null],
        ],
      },
    ],
  }
})
