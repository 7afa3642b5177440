// Pages of accounts beyond the generic screens: what they hold day by day, and the cash book behind.
import { definePages } from '@yingzao/ui/pages'

export default definePages({
  pages: { cash: { label: { zh: '资金日报', en: 'Cash by day' }, load: () => import('./cash-page.tsx') } },
})
