// Pages of funds plans beyond the generic screens: the company's month, and how a plan is decided and kept.
import { definePages } from '@yingzao/ui/pages'

export default definePages({
  pages: {
    company: { label: { zh: '公司资金计划', en: 'Funds plans of the company' }, load: () => import('./company.tsx') },
  },
  tabs: {
    funds_plan: [
      { label: { zh: '核定与执行', en: 'Decided and kept' }, page: 'kept', load: () => import('./plan-tab.tsx') },
    ],
  },
  listActions: {
    funds_plan: [{ label: { zh: '公司资金计划', en: 'Funds plans of the company' }, page: 'company' }],
  },
})
