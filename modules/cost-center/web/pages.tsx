// Pages of the cost center: every project, and a project's own.
import { definePages } from '@yingzao/ui/pages'

export default definePages({
  pages: { overview: { label: { zh: '项目成本中心', en: 'Cost center' }, load: () => import('./overview.tsx') } },
  tabs: {
    cost_alert: [{ label: { zh: '由来', en: 'What made it' }, needs: 'budget', load: () => import('./alert-tab.tsx') }],
    project: [
      {
        label: { zh: '成本中心', en: 'Cost center' },
        page: 'cost',
        needs: 'budget',
        load: () => import('./project-tab.tsx'),
      },
    ],
  },
})
