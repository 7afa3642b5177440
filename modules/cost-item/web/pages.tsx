// Pages of the cost items beyond the generic screens: the standard trees, and what a project chooses of them.
import { definePages } from '@yingzao/ui/pages'

const standard = { label: { zh: '载入标准科目', en: 'Load the standard items' }, page: 'standard' }

export default definePages({
  pages: { standard: { label: standard.label, load: () => import('./standard-page.tsx') } },
  listActions: { cost_item: [standard], expense_item: [{ ...standard, module: 'cost-item' }] },
  tabs: {
    project: [
      {
        label: { zh: '成本科目', en: 'Cost items' },
        page: 'cost-items',
        needs: 'project_cost_item',
        load: () => import('./choice-tab.tsx'),
      },
    ],
  },
})
