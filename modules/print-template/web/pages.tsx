// Pages of print templates: all forms, and one of them being arranged.
import { definePages } from '@yingzao/ui/pages'

export default definePages({
  pages: {
    templates: { label: { zh: '打印模板', en: 'Print templates' }, load: () => import('./templates.tsx') },
  },
})
