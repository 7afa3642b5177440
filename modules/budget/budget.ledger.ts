// 目标成本台账: per project and cost item the target, and what of it is bound by contracts or spent without one.
import { type Label, type Limit, ledger } from '@yingzao/kernel/entity'

export const budgetLedger = ledger('budget_ledger', {
  label: { zh: '目标成本台账', en: 'Target cost ledger' },
  dims: {
    /** The item that has the target. */
    item: 'cost_item',
    /** The item it was bound or spent for: the same, or one below it. */
    spent_on: 'cost_item',
    /** 任务 of the plan (WBS) it is for, where the document says so. */
    task: 'task',
  },
  measures: {
    target: 2,
    /** Contracts and their changes (C + V). */
    committed: 2,
    /** Of that what changes, site instructions and the differences of settlements (V) make; the rest is as signed (C). */
    changed: 2,
    /** Cost without a contract (N). */
    direct: 2,
    /** What is expected and not yet in approval (E): what realises it posts the same with the opposite sign. */
    estimated: 2,
    /** 采购申请 not yet ordered: what orders it posts the same with the opposite sign, so that the gate counts the difference. */
    requisitioned: 2,
  },
  balance: ['project', 'item'],
  words: {
    target: { zh: '目标成本', en: 'Target' },
    committed: { zh: '已签约与变更', en: 'Contracts and changes' },
    changed: { zh: '变更签证', en: 'Changes' },
    direct: { zh: '非合同', en: 'Without contract' },
    estimated: { zh: '预计变更', en: 'Expected changes' },
    requisitioned: { zh: '申请未订', en: 'Requisitioned' },
    task: { zh: '任务', en: 'Task' },
    item: { zh: '成本科目', en: 'Cost item' },
  },
})

const binds = 'committed_change + direct_change + requisitioned_change'
const spends = `${binds} + estimated_change`
const used = 'committed_used + direct_used + requisitioned_used + estimated_used'
/** What takes up an expectation counts with the difference. An expectation alone is said, and never stopped. */
const limit = (name: string, outcome: Limit['outcome'], check: string, message: Label): Limit => ({
  ...{ name, ledger: budgetLedger.name, outcome, message },
  check: `${spends} <= 0 or ${outcome === 'warn' ? '' : `${binds} <= 0 or `}${check}`,
})

/** 超预算控制: warned of from 90 %, one more person asked over 100 %, stopped over 105 % and where there is no target. */
export const budgetLimits: readonly Limit[] = [
  limit('budget_nearly_used', 'warn', `${used} < target * 0.9`, {
    zh: '已用目标成本达到 90%',
    en: 'Of the target 90 % or more is used',
  }),
  limit('budget_exceeded', 'escalate', `${used} <= target`, {
    zh: '超过目标成本，须加签审批',
    en: 'Beyond the target: one more person is asked',
  }),
  limit('budget_far_exceeded', 'block', `${used} <= target * 1.05`, {
    zh: '超过目标成本 5% 以上，请先调整目标成本',
    en: 'More than 5 % beyond the target: adjust the target first',
  }),
  {
    name: 'budget_below_used',
    ledger: budgetLedger.name,
    outcome: 'block',
    check: `target_change >= 0 or target_used >= ${used}`,
    message: {
      zh: '某个科目的目标成本会低于已用金额，请提高该科目，或先处理已签合同与费用',
      en: 'The target of an item would fall below what is used of it: raise that item, or undo what uses it first',
    },
  },
]
