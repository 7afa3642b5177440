// The pages of early warning: one warning with its chain of causes, those of a project, and mine on the home page.
import { definePages } from '@yingzao/ui/pages'

export default definePages({
  records: { warning: () => import('./warning-page.tsx') },
  tabs: {
    project: [
      {
        ...{ label: { zh: '预警', en: 'Warnings' }, page: 'warnings', needs: 'warning' },
        load: () => import('./project-warnings.tsx'),
      },
    ],
  },
  home: [
    {
      ...{ name: 'warning.open', label: { zh: '预警', en: 'Early warnings' }, order: 60, span: 12 },
      needs: ['warning', 'task'],
      load: () => import('./home-warnings.tsx'),
    },
  ],
})
