// The time–location chart: a look at a plan beside its Gantt.
import { definePages } from '@yingzao/ui/pages'

export default definePages({
  tabs: {
    plan: [
      {
        label: { zh: '时间–里程', en: 'Location' },
        page: 'location',
        needs: 'stretch',
        load: () => import('./location-tab.tsx'),
      },
    ],
  },
})
