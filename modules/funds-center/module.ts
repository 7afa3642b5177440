// 资金数据中心: contents page. Money at hand, what is due, what will come and go. No entities of its own.
import { askedCards, defineModule, f } from '@yingzao/kernel/entity'
import { fundsCards } from './cards.ts'
import { fundsMetrics } from './metrics.ts'

/** What somebody supposes: collections later, less likely, a project later. */
const scenario = {
  chance: f.percent({ zh: '回款把握', en: 'Chance of income' }, { min: '0', max: '1' }),
  late: f.integer({ zh: '回款推迟（天）', en: 'Collections later (days)' }, { min: 0, max: 365 }),
  project: f.ref('project', { zh: '推迟的项目', en: 'Project that is late' }),
  delay: f.integer({ zh: '项目推迟（天）', en: 'Project later (days)' }, { min: 0, max: 730 }),
}

export default defineModule({
  name: 'funds-center',
  label: { zh: '资金数据中心', en: 'Funds center' },
  needs: [
    'project',
    'schedule',
    'counterparty',
    'bank-account',
    'contract',
    'cost-center',
    'payment',
    'funds-plan',
    'invoice',
    'bid',
    'claim',
    'parameter',
    'loan',
  ],
  metrics: fundsMetrics,
  cards: fundsCards,
  actions: [
    {
      ...{
        name: 'funds_center.cards',
        label: { zh: '资金卡片', en: 'Cards of funds' },
        reads: true,
        input: askedCards,
      },
      needs: 'bank_account:read',
    },
    {
      name: 'funds_center.overview',
      label: { zh: '资金数据中心', en: 'Funds center' },
      needs: 'bank_account:read',
      reads: true,
      input: {
        months: f.integer({ zh: '预测月数', en: 'Months ahead' }, { min: 1, max: 36, default: 12 }),
        ...scenario,
        until: f.date({ zh: '截至', en: 'As of' }),
      },
    },
    {
      name: 'funds_center.flows',
      label: { zh: '预计收付明细', en: 'Expected flows' },
      needs: 'bank_account:read',
      reads: true,
      input: {
        ...scenario,
        from: f.date({ zh: '自', en: 'From' }, { required: true }),
        to: f.date({ zh: '至', en: 'To' }, { required: true }),
        until: f.date({ zh: '截至', en: 'As of' }),
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
