// Texts of boards and calendars.
import { words } from '../text/words.ts'

export const text = words({
  look: { zh: '查看方式', en: 'Look' },
  table: { zh: '表格', en: 'Table' },
  board: { zh: '看板', en: 'Board' },
  calendar: { zh: '日历', en: 'Calendar' },
  lanes: { zh: '按{name}分列', en: 'Lanes by {name}' },
  none: { zh: '（未填）', en: '(none)' },
  moveTo: { zh: '移到', en: 'Move to' },
  moveCard: { zh: '移动 {name}', en: 'Move {name}' },
  moved: { zh: '“{name}”已移到“{lane}”', en: '“{name}” moved to “{lane}”' },
  cannotMove: { zh: '“{name}”现在不能移到“{lane}”', en: '“{name}” cannot be moved to “{lane}” now' },
  rescheduled: { zh: '“{name}”已改到 {day}', en: '“{name}” moved to {day}' },
  newIn: { zh: '在“{name}”新建', en: 'New in “{name}”' },
  newOn: { zh: '{day} 新建', en: 'New on {day}' },
  limit: { zh: '{count} 项，上限 {limit}', en: '{count} of at most {limit}' },
  beyondLimit: {
    zh: '{count} 项，超过上限 {limit}：先完成，再拉新的',
    en: '{count}, beyond the limit of {limit}: finish before you pull more',
  },
  emptyLane: { zh: '没有记录', en: 'Nothing here' },
  boardKeys: {
    zh: 'Alt+←→ 把卡片移到相邻的列',
    en: 'Alt+←→ moves a card to the next lane',
  },
  today: { zh: '今天', en: 'Today' },
  before: { zh: '上个月', en: 'Previous month' },
  after: { zh: '下个月', en: 'Next month' },
  by: { zh: '按{name}', en: 'By {name}' },
  more: { zh: '还有 {count} 项', en: '{count} more' },
  onDay: { zh: '{day}：{count} 项', en: '{day}: {count} {count:record|records}' },
  nothingOn: { zh: '{day} 没有记录', en: 'Nothing on {day}' },
  tooMany: {
    zh: '本月超过 {count} 条，只显示其中一部分；请加筛选条件。',
    en: 'More than {count} this month: only some are shown. Add conditions to narrow them.',
  },
})
