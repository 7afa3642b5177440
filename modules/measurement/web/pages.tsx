// Pages of measuring and paying: how a measurement begins, its sheet, a claim as a statement, a contract's money.
import { definePages } from '@yingzao/ui/pages'

export default definePages({
  beginnings: { measurement: () => import('./new-measurement.tsx') },
  tabs: {
    measurement: [{ label: { zh: '计量表', en: 'Sheet' }, page: 'sheet', load: () => import('./sheet-tab.tsx') }],
    progress_claim: [
      { label: { zh: '计算表', en: 'Statement' }, page: 'statement', load: () => import('./statement-tab.tsx') },
    ],
    settlement: [{ label: { zh: '检查', en: 'Checks' }, load: () => import('./settlement-checks.tsx') }],
    contract: [
      {
        label: { zh: '计量与支付', en: 'Measured and due' },
        page: 'payment',
        order: 10,
        needs: 'progress_claim',
        load: () => import('./payment-tab.tsx'),
      },
    ],
  },
})
