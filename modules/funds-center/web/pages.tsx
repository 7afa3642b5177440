// The page of the funds center.
import { definePages } from '@yingzao/ui/pages'

export default definePages({
  pages: { overview: { label: { zh: '资金数据中心', en: 'Funds center' }, load: () => import('./overview.tsx') } },
})
