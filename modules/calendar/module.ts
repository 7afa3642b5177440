// 日历: contents page.
import { defineModule } from '@yingzao/kernel/entity'
import { calendarException, workCalendar } from './calendar.entity.ts'

export default defineModule({
  name: 'calendar',
  label: { zh: '工作日历', en: 'Work calendars' },
  needs: ['organisation'],
  entities: [workCalendar, calendarException],
  refusals: {
    bad_shift: {
      zh: '“{text}”不是有效的工作时段；请写成 08:00-12:00 13:00-17:00，时段不能重叠',
      en: '“{text}” is no working time: write 08:00-12:00 13:00-17:00, without overlap',
    },
    no_work: {
      zh: '日历“{name}”没有任何工作时间，无法排程；请至少保留一个工作日',
      en: 'Calendar “{name}” has no working time at all: keep at least one working day',
    },
    cycle: { zh: '日历不能继承自己（{names}）', en: 'A calendar cannot inherit from itself ({names})' },
  },
  menu: { under: 'plan', order: 40, icon: 'calendar', items: [{ entity: 'calendar' }] },
})
