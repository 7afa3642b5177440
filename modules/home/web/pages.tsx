// The home page: cards and parts as the person arranged them; every project's health for whoever may read projects, and one's
// own work of the coming days.
import { definePages } from '@yingzao/ui/pages'

export default definePages({
  front: () => import('./front.tsx'),
  home: [
    {
      ...{ name: 'home.projects', label: { zh: '项目总览', en: 'Projects' }, order: 50, span: 12, needs: ['project'] },
      load: () => import('./portfolio.tsx'),
    },
    {
      ...{ name: 'home.work', label: { zh: '未来 14 天的工作', en: 'Work of the next 14 days' }, order: 70, span: 12 },
      needs: ['task', 'plan'],
      load: () => import('./my-work.tsx'),
    },
  ],
})
