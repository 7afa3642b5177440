// Pages of payments beyond the generic screens: the cashier's queue, how old receivables and payables are, and what is owed outside contracts.
import { definePages } from '@yingzao/ui/pages'

const tab = {
  label: { zh: '收付款', en: 'Payments' },
  page: 'payments',
  order: 20,
  needs: 'payment_request',
  load: () => import('./payments-tab.tsx'),
}

export default definePages({
  tabs: { contract: [tab], project: [tab] },
  pages: {
    queue: { label: { zh: '待付款', en: 'To pay' }, load: () => import('./queue-page.tsx') },
    debts: { label: { zh: '往来与借款', en: 'Debts and loans' }, load: () => import('./debts-page.tsx') },
    ageing: { label: { zh: '应收应付账龄', en: 'Ageing' }, load: () => import('./ageing-page.tsx') },
  },
})
