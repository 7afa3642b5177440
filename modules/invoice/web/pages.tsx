// Pages of invoices beyond the generic screens: what is not invoiced, VAT, prepayment, the intake of electronic ones.
import { definePages } from '@yingzao/ui/pages'

const tab = {
  ...{ label: { zh: '发票', en: 'Invoices' }, page: 'invoices', needs: 'invoice', order: 30 },
  load: () => import('./invoices-tab.tsx'),
}

export default definePages({
  pages: {
    vat: { label: { zh: '发票与增值税', en: 'Invoices and VAT' }, load: () => import('./vat-page.tsx') },
    intake: {
      label: { zh: '导入电子发票', en: 'Take in electronic invoices' },
      load: () => import('./intake-page.tsx'),
    },
  },
  tabs: {
    project: [tab],
    contract: [tab],
  },
  dialogs: { invoice: { redden: () => import('./redden-dialog.tsx') } },
  listActions: { invoice: [{ label: { zh: '导入电子发票', en: 'Take in electronic invoices' }, page: 'intake' }] },
})
