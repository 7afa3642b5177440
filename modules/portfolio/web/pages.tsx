// The portfolio's page: Gantt, roadmap, bottlenecks, on-time rate, promises.
import { definePages } from '@yingzao/ui/pages'

export default definePages({
  pages: { overview: { label: { zh: '项目组合', en: 'Portfolio' }, load: () => import('./overview.tsx') } },
})
