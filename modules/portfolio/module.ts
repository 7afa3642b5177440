// 项目组合: contents page. All projects on one chart, what holds them up, whether promises were kept. No entities of its own.
import { defineModule, f } from '@yingzao/kernel/entity'

export default defineModule({
  name: 'portfolio',
  label: { zh: '项目组合', en: 'Portfolio' },
  needs: ['project', 'schedule', 'progress', 'warning', 'home'],
  actions: [
    {
      name: 'portfolio.lines',
      label: { zh: '项目组合', en: 'Portfolio' },
      needs: 'project:read',
      reads: true,
      input: { all: f.flag({ zh: '含已关闭项目', en: 'Closed projects too' }) },
    },
    {
      name: 'portfolio.on_time',
      label: { zh: '按期率', en: 'On-time rate' },
      needs: 'task:read',
      reads: true,
      input: { months: f.integer({ zh: '月数', en: 'Months' }, { min: 1, max: 36, default: 12 }) },
    },
    {
      name: 'portfolio.held_up',
      label: { zh: '拖住其他项目的工作', en: 'What holds other projects up' },
      needs: 'plan:read',
      reads: true,
    },
  ],
  menu: {
    under: 'plan',
    order: 5,
    icon: 'portfolio',
    items: [{ page: 'overview', label: { zh: '项目组合', en: 'Portfolio' }, needs: 'project' }],
  },
})
