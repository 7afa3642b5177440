// 项目成本中心: contents page. Cost as it is incurred, what is expected beside the books, and dynamic cost of every project.
import { defineModule, f } from '@yingzao/kernel/entity'
import { costLedger } from './cost.ledger.ts'
import { costForecast } from './cost-forecast.entity.ts'
import { costMetrics } from './metrics.ts'

const until = f.date({ zh: '截至', en: 'As of' })

export default defineModule({
  name: 'cost-center',
  label: { zh: '项目成本中心', en: 'Cost center' },
  needs: ['project', 'cost-item', 'counterparty', 'budget', 'contract', 'schedule'],
  entities: [costForecast],
  ledgers: [costLedger],
  metrics: costMetrics,
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
  ],
  menu: {
    under: 'cost',
    order: 5,
    icon: 'cost',
    items: [
      { page: 'overview', label: { zh: '项目成本中心', en: 'Cost center' }, needs: 'budget' },
      { entity: 'cost_forecast', order: 20 },
    ],
  },
})
