// 计量台账: what was measured so far of each bill item, or of each cost item where there is no bill. Worth follows from quantity.
import { type Limit, ledger } from '@yingzao/kernel/entity'

export const billLedger = ledger('bill_ledger', {
  label: { zh: '计量台账', en: 'Measurement ledger' },
  dims: {
    contract: 'contract',
    /** reported · confirmed · subcontract: three kinds of output, never added up. */
    basis: 'text',
    /** What is counted: bill · lump · variation · daywork · settlement. */
    counted: 'text',
    bill_item: 'bill_item',
    item: 'cost_item',
  },
  measures: {
    qty: 4,
    gross: 2,
    net: 2,
    /** Beyond the quantity of the bill with its changes. */
    over_qty: 4,
    /** 1: the quantity is final, so that too little of it is priced by the deviation clause. */
    final: 0,
  },
  balance: ['contract', 'basis', 'counted', 'bill_item', 'item'],
})

export const billLimits: readonly Limit[] = [
  {
    name: 'measured_over_bill',
    ledger: billLedger.name,
    outcome: 'escalate',
    check: 'over_qty_change <= 0',
    message: {
      zh: '累计工程量超过清单（含变更）数量，须加签审批，或先办理变更',
      en: 'More is measured than the bill with its changes: one more person is asked; or agree a variation first',
    },
  },
]
