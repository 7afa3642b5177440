// 日历: working time of a company or plan. Weekdays as shifts "08:00-12:00 13:00-17:00"; days that differ are lines.
import { allow, entity, f, form, table } from '@yingzao/kernel/entity'

const shiftHint = {
  zh: '如 08:00-12:00 13:00-17:00；留空为休息',
  en: 'Such as 08:00-12:00 13:00-17:00; empty = day off',
}
const day = (zh: string, en: string, usual: string) => f.text({ zh, en }, { max: 120, hint: shiftHint, default: usual })
const usual = '08:00-12:00 13:00-17:00'

export const workCalendar = entity('calendar', {
  label: { zh: '工作日历', en: 'Work calendar' },
  fields: {
    name: f.text({ zh: '名称', en: 'Name' }, { required: true, unique: true, max: 100 }),
    parent: f.ref('calendar', { zh: '继承自', en: 'Inherits from' }),
    prc_holidays: f.flag({ zh: '中国法定节假日与调休', en: 'PRC holidays and make-up days' }),
    monday: day('星期一', 'Monday', usual),
    tuesday: day('星期二', 'Tuesday', usual),
    wednesday: day('星期三', 'Wednesday', usual),
    thursday: day('星期四', 'Thursday', usual),
    friday: day('星期五', 'Friday', usual),
    saturday: day('星期六', 'Saturday', ''),
    sunday: day('星期日', 'Sunday', ''),
    exceptions: f.lines('calendar_exception', { zh: '例外日期', en: 'Exceptions' }),
    note: f.longText({ zh: '说明', en: 'Note' }),
  },
  access: [
    allow('member', 'read'),
    allow('pmo', 'read create update delete export import'),
    allow('planner', 'read create update'),
  ],
  views: {
    list: table('name parent prc_holidays monday saturday sunday'),
    form: form(
      'name parent prc_holidays',
      { label: { zh: '每周', en: 'Week' }, fields: 'monday tuesday wednesday thursday friday saturday sunday' },
      'exceptions note',
    ),
  },
})

export const calendarException = entity('calendar_exception', {
  kind: 'line',
  label: { zh: '例外', en: 'Exception' },
  fields: {
    name: f.text({ zh: '名称', en: 'Name' }, { required: true, max: 100 }),
    from_on: f.date({ zh: '起', en: 'From' }, { required: true }),
    to_on: f.date({ zh: '止', en: 'To' }, { required: true }),
    shifts: f.text({ zh: '工作时段', en: 'Working time' }, { max: 120, hint: shiftHint }),
  },
  rules: {
    period: {
      check: 'to_on >= from_on',
      message: { zh: '截止日期不能早于起始日期', en: 'The end lies before the beginning' },
    },
  },
  access: [],
})

declare module '@yingzao/kernel/entity' {
  interface Entities {
    calendar: typeof workCalendar
    calendar_exception: typeof calendarException
  }
}
