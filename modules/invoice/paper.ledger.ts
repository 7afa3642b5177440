// 票据占用: what each invoice was used for, under whichever contract, claim or payment. One paper is used once, also by two at once.
import { type Limit, ledger } from '@yingzao/kernel/entity'

export const paperLedger = ledger('paper_ledger', {
  label: { zh: '票据占用台账', en: 'Ledger of papers used' },
  /** Number of a fully digital invoice; code and number of an older one. */
  dims: { paper: 'text' },
  measures: { used: 2 },
  balance: ['paper'],
  words: { paper: { zh: '发票', en: 'Invoice' }, used: { zh: '已用金额', en: 'Used' } },
})

export const paperLimits: readonly Limit[] = [
  {
    name: 'paper_used',
    ledger: paperLedger.name,
    outcome: 'block',
    // Nothing of it was used before.
    check: 'used_change <= 0 or used_used = used_change',
    message: {
      zh: '这张发票刚被另一张单据使用：一张发票只能报销、付款或计入合同一次',
      en: 'Another document has just used this invoice: it is claimed, paid or counted under a contract once',
    },
  },
]
