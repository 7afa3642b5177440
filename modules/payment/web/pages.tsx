// Pages of payments beyond the generic screens: the cashier's queue, and how old receivables and payables are.
import { definePages } from '@yingzao/ui/pages'

export default definePages({
  pages: {
    queue: { label: { zh: '待付款', en: 'To pay' }, load: () => import('./queue-page.tsx') },
    ageing: { label: { zh: '应收应付账龄', en: 'Ageing' }, load: () => import('./ageing-page.tsx') },
  },
})
