// 资金数据中心: contents page. Money at hand, what is due, what will come and go. No entities of its own.
import { defineModule, f } from '@yingzao/kernel/entity'
import { fundsMetrics } from './metrics.ts'

export default defineModule({
  name: 'funds-center',
  label: { zh: '资金数据中心', en: 'Funds center' },
  needs: ['project', 'schedule', 'counterparty', 'bank-account', 'contract', 'cost-center', 'payment'],
  metrics: fundsMetrics,
  actions: [
    {
      name: 'funds_center.overview',
      label: { zh: '资金数据中心', en: 'Funds center' },
      needs: 'bank_account:read',
      reads: true,
      input: {
        months: f.integer({ zh: '预测月数', en: 'Months ahead' }, { min: 1, max: 36, default: 12 }),
        chance: f.percent({ zh: '回款把握', en: 'Chance of income' }, { min: '0', max: '1' }),
      },
    },
  ],
  menu: {
    under: 'funds',
    order: 5,
    icon: 'bank',
    items: [{ page: 'overview', label: { zh: '资金数据中心', en: 'Funds center' }, needs: 'bank_account' }],
  },
})
