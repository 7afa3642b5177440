// 预警: contents page. Late work of one department is told to the other before it hits, and does not go quiet unanswered.
import { defineModule } from '@yingzao/kernel/entity'
import { warningSetting } from './setting.entity.ts'
import { warning } from './warning.entity.ts'

export default defineModule({
  name: 'warning',
  label: { zh: '预警', en: 'Early warning' },
  needs: ['organisation', 'project', 'schedule'],
  entities: [warning, warningSetting],
  refusals: {
    past_due: {
      zh: '处理期限 {due_on} 已过，请选今天或以后的日期',
      en: 'The date {due_on} has passed: choose today or later',
    },
    no_such_person: {
      zh: '处理人须是在职人员，请重新选择',
      en: 'Only somebody active can be asked to act: choose another person',
    },
  },
  menu: {
    under: 'plan',
    order: 23,
    icon: 'warning',
    items: [{ entity: 'warning' }, { entity: 'warning_setting' }],
  },
})
