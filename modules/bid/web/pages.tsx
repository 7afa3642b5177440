// Pages of the bids beyond the generic screens: how many are won, and which bonds are still out.
import { definePages } from '@yingzao/ui/pages'

export default definePages({
  pages: { report: { label: { zh: '投标统计', en: 'Bids won' }, load: () => import('./report-page.tsx') } },
  listActions: { bid: [{ label: { zh: '投标统计', en: 'Bids won' }, page: 'report' }] },
  tabs: {
    bid_bond: [{ label: { zh: '检查', en: 'Checks' }, load: () => import('./bond-checks.tsx') }],
  },
})
