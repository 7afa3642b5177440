// Where guarantees are shown beyond their own list: on their contract and their project.
import { definePages } from '@yingzao/ui/pages'

const tab = {
  label: { zh: '保函', en: 'Guarantees' },
  page: 'guarantees',
  order: 40,
  needs: 'guarantee',
  load: () => import('./guarantees-tab.tsx'),
}

export default definePages({ tabs: { contract: [tab], project: [tab] } })
