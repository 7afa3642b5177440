// 成本台账: what was really spent, on cost basis, by project and cost item; posted when the work is measured, not when it is paid.
import { ledger } from '@yingzao/kernel/entity'

export const costLedger = ledger('cost_ledger', {
  label: { zh: '成本台账', en: 'Cost ledger' },
  dims: {
    item: 'cost_item',
    /** The contract that bound it; none for cost without a contract. */
    contract: 'contract',
    counterparty: 'counterparty',
    /** 任务 of the plan (WBS) it was spent on. */
    task: 'task',
  },
  measures: { amount: 2 },
  balance: ['project', 'item'],
  words: {
    amount: { zh: '成本', en: 'Cost' },
    item: { zh: '成本科目', en: 'Cost item' },
    contract: { zh: '合同', en: 'Contract' },
    counterparty: { zh: '往来单位', en: 'Counterparty' },
    task: { zh: '任务', en: 'Task' },
  },
})
