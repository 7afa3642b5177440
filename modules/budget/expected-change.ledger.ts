// 预计变更台账: what is left of each expected change; no two documents take up the same part of it.
import { type Limit, ledger } from '@yingzao/kernel/entity'

export const expectedLedger = ledger('expected_ledger', {
  label: { zh: '预计变更台账', en: 'Ledger of expected changes' },
  dims: { expected: 'expected_change' },
  // Its size, without sign: less is expected as well as more.
  measures: { open: 2 },
  balance: ['expected'],
  words: { expected: { zh: '预计变更', en: 'Expected change' }, open: { zh: '未落实', en: 'Open' } },
})

export const expectedLimits: readonly Limit[] = [
  {
    name: 'expected_used_up',
    ledger: expectedLedger.name,
    outcome: 'block',
    check: 'open_change >= 0 or open_used >= 0',
    message: {
      zh: '这项预计变更所剩不足：刚有别的单据落实了它，或已红冲，请重新保存本单',
      en: 'Less is left of this expected change: another document has just taken it up, or it was reversed. Save this one anew',
    },
  },
]
