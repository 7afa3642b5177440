// The project's page: who takes part in it. Plans and documents are added by their own modules.
import { definePages } from '@yingzao/ui/pages'

export default definePages({
  tabs: {
    project: [
      {
        label: { zh: '成员', en: 'Members' },
        page: 'members',
        needs: 'project_member',
        load: () => import('./members-tab.tsx'),
      },
    ],
  },
})
