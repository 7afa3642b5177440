// Numbers of the funds center.
import { metric } from '@yingzao/kernel/entity'
import { cashLedger } from '../bank-account/cash.ledger.ts'
import { contractLedger } from '../contract/contract.ledger.ts'

const cash = { unit: 'money', seen: 'bank_account.opening_amount' } as const
const contract = { unit: 'money', seen: 'contract.gross_amount' } as const

export const fundsMetrics = [
  metric(cashLedger, 'cash.balance', {
    ...cash,
    label: { zh: '账户余额', en: 'Balance' },
    says: { zh: '账户全部收入减支出，含期初', en: 'All that came in less all that went out, opening included' },
    value: 'received - paid',
  }),
  metric(cashLedger, 'cash.received', {
    ...cash,
    label: { zh: '流入', en: 'In' },
    says: { zh: '账户收入（含调拨转入）', en: 'Came in, transfers included' },
    value: 'received',
  }),
  metric(cashLedger, 'cash.paid', {
    ...cash,
    label: { zh: '流出', en: 'Out' },
    says: { zh: '账户支出（含调拨转出）', en: 'Went out, transfers included' },
    value: 'paid',
  }),
  metric(contractLedger, 'receivable.open', {
    ...contract,
    label: { zh: '应收未收', en: 'Receivable' },
    says: { zh: '收入合同到期应收减已收', en: 'Due on income contracts less received' },
    value: 'due - paid',
    where: { direction: 'income' },
  }),
  metric(contractLedger, 'payable.open', {
    ...contract,
    label: { zh: '应付未付', en: 'Payable' },
    says: { zh: '支出合同应付减已付', en: 'Due on expense contracts less paid' },
    value: 'due - paid',
    where: { direction: 'expense' },
  }),
] as const
