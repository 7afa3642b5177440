// Pages of the contracts beyond the generic screens: the register, bills from files, and how a contract or a variation stands.
import { definePages } from '@yingzao/ui/pages'

export default definePages({
  pages: {
    register: { label: { zh: '合同台账', en: 'Contract register' }, load: () => import('./register-page.tsx') },
    'bill-import': { label: { zh: '导入清单', en: 'Import a bill' }, load: () => import('./bill-import-page.tsx') },
  },
  listActions: {
    contract: [{ label: { zh: '合同台账', en: 'Register' }, page: 'register' }],
    bill_item: [{ label: { zh: '从清单文件导入', en: 'From a bill file' }, page: 'bill-import' }],
    variation: [{ label: { zh: '由清单编制', en: 'From a bill file' }, page: 'bill-import' }],
    budget: [{ label: { zh: '由清单编制', en: 'From a bill file' }, page: 'bill-import', module: 'contract' }],
  },
  tabs: {
    contract: [
      {
        label: { zh: '执行', en: 'Standing' },
        page: 'standing',
        needs: 'contract',
        load: () => import('./standing-tab.tsx'),
      },
      { label: { zh: '清单', en: 'Bill' }, page: 'bill', needs: 'bill_item', load: () => import('./bill-tab.tsx') },
      {
        label: { zh: '变更签证', en: 'Variations' },
        page: 'variations',
        needs: 'variation',
        load: () => import('./variations-tab.tsx'),
      },
    ],
    variation: [{ label: { zh: '检查', en: 'Checks' }, load: () => import('./variation-checks.tsx') }],
    project: [
      {
        label: { zh: '合同', en: 'Contracts' },
        page: 'contracts',
        needs: 'contract',
        load: () => import('./project-tab.tsx'),
      },
    ],
  },
})
