// 成本科目: contents page. The standard tree of cost items, expense items that post to them, and what each project uses.
import { defineModule, f } from '@yingzao/kernel/entity'
import { costItem, expenseItem, projectCostItem } from './cost-item.entity.ts'

export default defineModule({
  name: 'cost-item',
  label: { zh: '成本科目', en: 'Cost items' },
  needs: ['organisation', 'project'],
  entities: [costItem, expenseItem, projectCostItem],
  actions: [
    {
      name: 'cost_item.standard',
      label: { zh: '标准科目', en: 'Standard items' },
      needs: 'cost_item:create',
      reads: true,
    },
    {
      name: 'cost_item.load_standard',
      label: { zh: '载入标准科目', en: 'Load the standard items' },
      needs: 'cost_item:create',
    },
    {
      name: 'cost_item.choose',
      label: { zh: '选用科目', en: 'Choose items' },
      needs: 'project_cost_item:create',
      input: {
        project: f.ref('project', { zh: '项目', en: 'Project' }, { required: true }),
        items: f.json({ zh: '科目', en: 'Items' }, { required: true }),
      },
    },
  ],
  refusals: {
    nothing_above: {
      zh: '上级科目 {code} 不存在，请先新建上级，或改正编码',
      en: 'There is no item {code} above it: make that first, or correct the code',
    },
    choice: {
      zh: '选用的科目必须是现有的末级科目，请刷新后重新选择',
      en: 'Only existing items at the lowest level can be chosen: look at the list again',
    },
  },
  menu: {
    under: 'data',
    order: 20,
    icon: 'cost',
    items: [{ entity: 'cost_item' }, { entity: 'expense_item' }, { entity: 'project_cost_item' }],
  },
})
