// 项目成本中心: contents page. Cost as it is incurred, what is expected beside the books, and dynamic cost of every project.
import { askedCards, defineModule, f } from '@yingzao/kernel/entity'
import { costCards } from './cards.ts'
import { costLedger } from './cost.ledger.ts'
import { costAim } from './cost-aim.entity.ts'
import { costAlert } from './cost-alert.entity.ts'
import { costForecast } from './cost-forecast.entity.ts'
import { costMetrics } from './metrics.ts'

const until = f.date({ zh: '截至', en: 'As of' })

export default defineModule({
  name: 'cost-center',
  label: { zh: '项目成本中心', en: 'Cost center' },
  needs: ['organisation', 'project', 'cost-item', 'counterparty', 'budget', 'contract', 'schedule'],
  entities: [costForecast, costAlert, costAim],
  ledgers: [costLedger],
  metrics: costMetrics,
  cards: costCards,
  actions: [
    {
      name: 'cost_center.project',
      label: { zh: '项目动态成本', en: 'Dynamic cost of a project' },
      needs: 'budget:read',
      reads: true,
      input: { project: f.ref('project', { zh: '项目', en: 'Project' }, { required: true }), until },
    },
    {
      name: 'cost_center.company',
      label: { zh: '各项目动态成本', en: 'Dynamic cost of every project' },
      needs: 'budget:read',
      reads: true,
      input: { until },
    },
    {
      name: 'cost_center.work',
      label: { zh: '按 WBS 的成本与挣值', en: 'Cost by WBS and earned value' },
      needs: 'budget:read',
      reads: true,
      input: { project: f.ref('project', { zh: '项目', en: 'Project' }, { required: true }) },
    },
    {
      name: 'cost_center.contingency',
      label: { zh: '不可预见费消耗', en: 'Contingency of a project' },
      needs: 'budget:read',
      reads: true,
      input: { project: f.ref('project', { zh: '项目', en: 'Project' }, { required: true }) },
    },
    {
      name: 'cost_center.contingencies',
      label: { zh: '各项目不可预见费', en: 'Contingency of every project' },
      needs: 'budget:read',
      reads: true,
    },
    {
      ...{ name: 'cost_center.cards', label: { zh: '成本卡片', en: 'Cost cards' }, needs: 'budget:read', reads: true },
      input: askedCards,
    },
  ],
  menu: {
    under: 'cost',
    order: 5,
    icon: 'cost',
    items: [
      { page: 'overview', label: { zh: '项目成本中心', en: 'Cost center' }, needs: 'budget' },
      { entity: 'cost_alert', order: 15 },
      { entity: 'cost_forecast', order: 20 },
      { entity: 'cost_aim', order: 25 },
    ],
  },
})
