// The progress pages: the report for a thumb, and “Progress” beside the Gantt of a plan.
import { definePages } from '@yingzao/ui/pages'

export default definePages({
  pages: {
    report: { label: { zh: '报进度', en: 'Report progress' }, load: () => import('./report-page.tsx') },
  },
  tabs: {
    plan: [
      {
        label: { zh: '进度', en: 'Progress' },
        page: 'progress',
        needs: 'progress_report',
        load: () => import('./plan-progress.tsx'),
      },
    ],
  },
})
