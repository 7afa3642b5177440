// Pages of the organisation: rights, and what an administrator does for one person.
import { definePages } from '@yingzao/ui/pages'

export default definePages({
  pages: {
    rights: { label: { zh: '权限', en: 'Rights' }, load: () => import('./rights/rights-page.tsx') },
    audit: { label: { zh: '审计', en: 'Audit' }, load: () => import('./audit-page.tsx') },
  },
  records: { role: () => import('./rights/role-page.tsx') },
  tabs: {
    user: [
      { label: { zh: '账号', en: 'Account' }, load: () => import('./account-tab.tsx') },
      { label: { zh: '权限', en: 'Rights' }, needs: 'grant', load: () => import('./rights/person-rights.tsx') },
    ],
  },
})
