// 资金流水: money in and out of each account. The balance of an account is what its entries sum up to.
import { type Limit, ledger } from '@yingzao/kernel/entity'

export const cashLedger = ledger('cash_ledger', {
  label: { zh: '资金流水', en: 'Cash ledger' },
  dims: {
    account: 'bank_account',
    counterparty: 'counterparty',
    contract: 'contract',
    /** What for: opening, progress, advance, settlement, retention, wages, claim, transfer, interest, … */
    purpose: 'text',
  },
  measures: {
    received: 2,
    paid: 2,
    /** What the account may be overdrawn by; moved when the account's permission changes. */
    overdraft: 2,
  },
  balance: ['account'],
  moved: true,
})

export const cashLimits: readonly Limit[] = [
  {
    name: 'cash_short',
    ledger: cashLedger.name,
    outcome: 'block',
    check: 'paid_change - received_change - overdraft_change <= 0 or received - paid_used + overdraft >= 0',
    message: {
      zh: '账户余额不足，请换账户或先调拨',
      en: 'The account does not hold that much: choose another or transfer money first',
    },
  },
]
