// Words of the bid pages.
import { words } from '@yingzao/ui/text/words'

export const text = words({
  title: { zh: '投标统计', en: 'Bids won' },
  from: { zh: '定标日期自', en: 'Decided from' },
  to: { zh: '至', en: 'until' },
  byCount: { zh: '中标率（项数）', en: 'Won, by number' },
  byAmount: { zh: '中标率（金额）', en: 'Won, by amount' },
  countNote: { zh: '中标 {won} 项，定标 {decided} 项', en: '{won} of {decided} decided' },
  amountNote: { zh: '报价 {won} / {decided}', en: '{won} of {decided}' },
  open: { zh: '进行中', en: 'Under way' },
  failed: { zh: '流标', en: 'Tender failed' },
  dropped: { zh: '弃标', en: 'Dropped' },
  outstanding: { zh: '未退保证金', en: 'Bonds outstanding' },
  noBonds: { zh: '没有未退的保证金。', en: 'No bond is outstanding.' },
  bond: { zh: '保证金', en: 'Bond' },
  amount: { zh: '金额', en: 'Amount' },
  left: { zh: '未退', en: 'Outstanding' },
  due: { zh: '应退日期', en: 'Due back on' },
  soon: { zh: '即将到期', en: 'Due soon' },
  overdue: { zh: '逾期', en: 'Overdue' },
  checks: { zh: '请注意', en: 'Please look at' },
  fine: { zh: '未发现异常。', en: 'Nothing unusual was found.' },
  c_over_cap: {
    zh: '超过估算价的法定比例（上限 {cap}，招标投标法实施条例第二十六条）',
    en: 'Above the legal share of the estimate ({cap}; Bidding Regulations §26)',
  },
  c_overdue: { zh: '应于 {day} 退回，尚有 {amount} 未退', en: 'Due back on {day}; {amount} is still out' },
})
