// Pages of reconciliation: statements matched with the cash ledger.
import { definePages } from '@yingzao/ui/pages'

export default definePages({
  pages: { match: { label: { zh: '银行对账', en: 'Reconciliation' }, load: () => import('./match-page.tsx') } },
})
