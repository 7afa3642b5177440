// What closing a month adds to its page: what the next month still waits for.
import { definePages } from '@yingzao/ui/pages'

export default definePages({
  tabs: {
    month_closing: [{ label: { zh: '未清事项', en: 'Still open' }, load: () => import('./open-tab.tsx') }],
  },
})
