// Words of the pages of cash.
import { words } from '@yingzao/ui/text/words'
import { purposeLabels } from '../purpose.ts'

export const text = words({
  title: { zh: '资金日报', en: 'Cash by day' },
  from: { zh: '自', en: 'From' },
  to: { zh: '至', en: 'To' },
  account: { zh: '资金账户', en: 'Account' },
  all: { zh: '全部账户', en: 'All accounts' },
  opening: { zh: '期初余额', en: 'Opening' },
  received: { zh: '收入', en: 'In' },
  paid: { zh: '支出', en: 'Out' },
  closing: { zh: '期末余额', en: 'Closing' },
  reserved: { zh: '审批中占用', en: 'Kept, in approval' },
  total: { zh: '合计', en: 'Total' },
  accounts: { zh: '账户余额', en: 'Accounts' },
  book: { zh: '账户流水', en: 'Cash book' },
  on: { zh: '日期', en: 'Date' },
  purpose: { zh: '用途', en: 'What for' },
  anyPurpose: { zh: '全部用途', en: 'All purposes' },
  party: { zh: '对方', en: 'Counterparty' },
  document: { zh: '单据', en: 'Document' },
  balance: { zh: '余额', en: 'Balance' },
  older: { zh: '更早的流水', en: 'Older entries' },
  export: { zh: '导出', en: 'Export' },
  none: { zh: '这段时间没有流水', en: 'No entries in these days' },
  noAccounts: {
    zh: '没有您可以查看余额的账户。账户由财务登记。',
    en: 'There is no account whose balance you may see. Finance registers accounts.',
  },
  out: { zh: '停用', en: 'Out of use' },
  ...purposeLabels,
})

export const purposes = [
  ...([
    'interest',
    'fee',
    'other_in',
    'other_out',
    'advance',
    'progress',
    'settlement',
    'retention',
    'overpaid',
    'bond',
  ] as const),
  ...(['wages', 'other', 'claim', 'loan', 'repayment', 'transfer', 'labour_share', 'internal_loan'] as const),
] as const
type Purpose = (typeof purposes)[number]

/** The word for a purpose; the purpose itself where another module brought one. */
export const purposeWord = (t: (name: Purpose | 'opening_') => string, purpose: string): string => {
  if (purpose === 'opening') return t('opening_')
  const known = purposes.find(each => each === purpose)
  return known ? t(known) : purpose
}
