// Pages of the agile module: the board of a project, what a sprint needs beside its fields, the way in from a project.
import { definePages } from '@yingzao/ui/pages'

export default definePages({
  records: { agile_board: () => import('./board-page.tsx') },
  tabs: {
    project: [
      {
        label: { zh: '敏捷', en: 'Agile' },
        page: 'agile',
        needs: 'work_item',
        load: () => import('./project-tab.tsx'),
      },
    ],
    sprint: [
      {
        label: { zh: '看板', en: 'Board' },
        page: 'board',
        needs: 'work_item',
        load: () => import('./sprint-board-tab.tsx'),
      },
      { label: { zh: '燃尽', en: 'Burn-down' }, page: 'burn', load: () => import('./sprint-burn-tab.tsx') },
      {
        label: { zh: '站会', en: 'Stand-ups' },
        page: 'stand_up',
        needs: 'stand_up',
        load: () => import('./stand-up-tab.tsx'),
      },
      {
        label: { zh: '评审与回顾', en: 'Review and retrospective' },
        page: 'review',
        needs: 'retro_item',
        load: () => import('./review-tab.tsx'),
      },
    ],
  },
})
