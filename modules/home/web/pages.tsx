// The home page: every project's health for whoever may read projects, and one's own work of the coming days.
import { definePages } from '@yingzao/ui/pages'

export default definePages({
  home: [
    { order: 10, span: 12, needs: ['project'], load: () => import('./portfolio.tsx') },
    { order: 20, span: 12, needs: ['task', 'plan'], load: () => import('./my-work.tsx') },
  ],
})
