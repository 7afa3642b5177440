// Words of numbers that explain themselves.
import { words } from '../text/words.ts'

export const text = words({
  says: { zh: '含义', en: 'Meaning' },
  formula: { zh: '公式', en: 'Formula' },
  ledger: { zh: '台账', en: 'Ledger' },
  asOf: { zh: '截至', en: 'As of' },
  now: { zh: '当前', en: 'Now' },
  seenBy: { zh: '可见角色', en: 'Seen by' },
  and: { zh: '、', en: ', ' },
  entries: { zh: '分录', en: 'Entries' },
  pending: { zh: '审批中', en: 'In approval' },
  pendingOf: { zh: '审批中的{what}', en: '{what} in approval' },
  none: { zh: '没有分录。', en: 'There are no entries.' },
  more: { zh: '更多', en: 'More' },
  day: { zh: '日期', en: 'Day' },
  document: { zh: '单据', en: 'Document' },
  countsIn: { zh: '计入 {month}', en: 'counts in {month}' },
  hidden: { zh: '您无权查看的单据', en: 'A document you may not see' },
})
