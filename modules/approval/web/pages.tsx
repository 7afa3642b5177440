// Pages of approval: my boxes, the flows; the trail beside every document; what waits for me on the home page.
import { definePages } from '@yingzao/ui/pages'

export default definePages({
  pages: {
    inbox: { label: { zh: '我的审批', en: 'My approvals' }, load: () => import('./inbox.tsx') },
    flows: { label: { zh: '审批流程', en: 'Approval flows' }, load: () => import('./flows.tsx') },
  },
  documentTabs: [{ label: { zh: '审批', en: 'Approval' }, load: () => import('./trail-tab.tsx') }],
  home: [
    {
      ...{ name: 'approval.todo', label: { zh: '待我审批', en: 'Waiting for my approval' }, order: 10, span: 12 },
      load: () => import('./home-todo.tsx'),
    },
  ],
})
