// Pages of the target cost beyond the generic screens: where the targets of a project stand.
import { definePages } from '@yingzao/ui/pages'

export default definePages({
  tabs: {
    project: [
      {
        label: { zh: '目标成本', en: 'Target cost' },
        page: 'target-cost',
        needs: 'budget',
        load: () => import('./standing-tab.tsx'),
      },
    ],
  },
})
