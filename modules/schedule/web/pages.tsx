// The planning pages: the Gantt of a plan, the import of a plan file, the load of all plans together.
import { definePages } from '@yingzao/ui/pages'

export default definePages({
  pages: {
    import: { label: { zh: '导入计划', en: 'Import a plan' }, load: () => import('./import-page.tsx') },
    load: { label: { zh: '资源负荷', en: 'Resource load' }, load: () => import('./company-load.tsx') },
  },
  tabs: {
    project: [
      { label: { zh: '计划', en: 'Plans' }, page: 'plans', needs: 'plan', load: () => import('./plans-tab.tsx') },
    ],
  },
  records: { plan: () => import('./plan-page.tsx'), plan_template: () => import('./template-page.tsx') },
  beginnings: { plan: () => import('./new-plan.tsx') },
  listActions: { plan: [{ label: { zh: '导入计划', en: 'Import a plan' }, page: 'import' }] },
})
