// Pages of the tax rates beyond the generic screens: the rates that ship.
import { definePages } from '@yingzao/ui/pages'

const label = { zh: '载入常用税率', en: 'Load the common rates' }

export default definePages({
  pages: { standard: { label, load: () => import('./standard-page.tsx') } },
  listActions: { tax_rate: [{ label, page: 'standard' }] },
})
