// Pages of the counterparties beyond the generic screens: companies that are probably registered twice.
import { definePages } from '@yingzao/ui/pages'

export default definePages({
  pages: { alike: { label: { zh: '单位查重', en: 'Duplicate companies' }, load: () => import('./alike-page.tsx') } },
  listActions: { counterparty: [{ label: { zh: '查重', en: 'Find duplicates' }, page: 'alike' }] },
})
