// 首页: contents page. What everybody sees first: the health of the projects and the work of the coming days.
import { defineModule } from '@yingzao/kernel/entity'

export default defineModule({
  name: 'home',
  label: { zh: '首页', en: 'Home' },
  needs: ['project', 'schedule'],
})
