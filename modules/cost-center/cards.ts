// Cards of the cost center on the home page: margin of the projects, what my projects cost, items that deviate, output and money in.
import type { Card } from '@yingzao/kernel/entity'

const center = { module: 'cost-center', page: 'overview' } as const
const none = {
  zh: '还没有目标成本与合同：先编制目标成本，再登记合同。',
  en: 'No target cost or contract yet: make a target cost, then enter contracts.',
}

const openAlerts = { handling: { in: ['raised', 'acknowledged'] } } as const

export const costCards: readonly Card[] = [
  {
    name: 'cost.alerts',
    label: { zh: '成本预警', en: 'Cost alerts' },
    says: {
      zh: '未消除的：动态成本超目标、科目超目标、合同将用完、毛利低于目标',
      en: 'Not gone yet: cost beyond its target, contracts nearly used up, margins below their aim',
    },
    needs: 'cost_alert:read',
    home: { cost_engineer: 15, project_manager: 35, boss: 45 },
    size: 6,
    opens: { entity: 'cost_alert', filter: openAlerts },
    list: {
      entity: 'cost_alert',
      filter: openAlerts,
      fields: 'kind project item contract level share',
      sort: '-raised_on',
    },
    figures: [{ label: { zh: '未消除', en: 'Open' }, count: true, bad: 'positive' }],
    empty: {
      zh: '没有成本预警。动态成本、合同使用与毛利每十分钟检查一次。',
      en: 'No cost alert. Dynamic cost, contracts and margins are looked at every ten minutes.',
    },
  },
  {
    name: 'cost.margin',
    label: { zh: '项目毛利排行', en: 'Margin of the projects' },
    says: {
      zh: '不含税收入合同 − 动态成本，毛利率低的在前',
      en: 'Net income contracts − dynamic cost, the lowest first',
    },
    needs: 'budget:read',
    home: { boss: 40 },
    size: 6,
    opens: center,
    reads: 'cost_center.cards',
    empty: none,
  },
  {
    name: 'cost.projects',
    label: { zh: '动态成本与目标', en: 'Dynamic cost against the target' },
    says: { zh: '成本口径，偏差大的在前', en: 'On cost basis, the worst deviation first' },
    needs: 'budget:read',
    home: { project_manager: 30, boss: 42 },
    size: 6,
    opens: center,
    reads: 'cost_center.cards',
    empty: none,
  },
  {
    name: 'cost.items',
    label: { zh: '超支与偏差科目', en: 'Cost items that deviate' },
    says: {
      zh: '动态成本超过目标的末级科目，成本口径',
      en: 'Leaves whose dynamic cost exceeds the target, on cost basis',
    },
    needs: 'cost_forecast:create',
    home: { cost_engineer: 20 },
    size: 6,
    opens: center,
    reads: 'cost_center.cards',
    empty: {
      zh: '没有超支科目。新的合同或变更使动态成本超过目标时会列在这里。',
      en: 'No item exceeds its target. Those that contracts or changes push beyond it show here.',
    },
  },
  {
    name: 'cost.used',
    label: { zh: '合同使用超 90%', en: 'Contracts used beyond 90 %' },
    says: { zh: '支出合同累计计量 ÷ 现合同额，含税', en: 'Measured ÷ current sum of expense contracts, gross' },
    needs: 'contract:read',
    home: { cost_engineer: 35 },
    size: 6,
    opens: { module: 'contract', page: 'register' },
    reads: 'cost_center.cards',
    empty: {
      zh: '没有计量超过 90% 的支出合同。',
      en: 'No expense contract is measured beyond 90 %.',
    },
  },
  {
    name: 'cost.output',
    label: { zh: '产值与回款', en: 'Output and money received' },
    says: {
      zh: '收入合同，含税；回款率 = 已收 ÷ 甲方确认产值',
      en: 'Income contracts, gross; received ÷ output confirmed',
    },
    needs: 'contract:read',
    home: { project_manager: 20, boss: 25 },
    size: 6,
    opens: { module: 'contract', page: 'register' },
    figures: [
      { metric: 'income.measured' },
      { metric: 'income.received' },
      { metric: 'income.collected' },
      { metric: 'income.measured', thisMonth: true, label: { zh: '本月产值', en: 'Output this month' } },
      { metric: 'income.received', thisMonth: true, label: { zh: '本月收款', en: 'Received this month' } },
    ],
    empty: {
      zh: '还没有收入合同的计量与收款：登记合同后在“计量”填报产值。',
      en: 'Nothing measured or received on income contracts yet: enter a measurement of one.',
    },
  },
]
