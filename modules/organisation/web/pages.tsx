// Pages of the organisation: what an administrator does for one person.
import { definePages } from '@yingzao/ui/pages'

export default definePages({
  tabs: { user: [{ label: { zh: '账号', en: 'Account' }, load: () => import('./account-tab.tsx') }] },
})
