// 首页: contents page. What everybody sees first: the cards that the modules give his roles, as he arranged them, the health of
// the projects and the work of the coming days.
import { defineModule, f } from '@yingzao/kernel/entity'
import { homeLayout } from './home-layout.entity.ts'

const names = (zh: string, en: string) => f.json({ zh, en })

export default defineModule({
  name: 'home',
  label: { zh: '首页', en: 'Home' },
  needs: ['project', 'schedule'],
  entities: [homeLayout],
  actions: [
    { name: 'home.open', label: { zh: '打开首页', en: 'Open the home page' }, reads: true },
    {
      name: 'home.arrange',
      label: { zh: '调整首页', en: 'Arrange the home page' },
      input: {
        order: names('顺序', 'Order'),
        hidden: names('隐藏', 'Hidden'),
        added: names('添加', 'Added'),
      },
    },
    { name: 'home.reset', label: { zh: '恢复默认首页', en: 'Home page as it was given' } },
  ],
  refusals: {
    names: {
      zh: '卡片名称列表无效（最多 200 个），请刷新页面后重试',
      en: 'The list of cards is not valid (200 names at most): reload the page and try again',
    },
  },
})
