// Numbers of the cost center: what they are, how they come about, who sees them.
import { type Label, metric } from '@yingzao/kernel/entity'
import { budgetLedger } from '../budget/budget.ledger.ts'
import { contractLedger } from '../contract/contract.ledger.ts'
import { costLedger } from './cost.ledger.ts'

const money = (label: Label, says: Label, value: string, seen: string) =>
  ({ label, says, value, seen, unit: 'money' }) as const
const budget = 'budget.total_amount'
const contract = 'contract.gross_amount'

export const costMetrics = [
  metric(
    budgetLedger,
    'cost.target',
    money(
      { zh: '目标成本', en: 'Target cost' },
      { zh: '生效的目标成本，成本口径', en: 'The effective target cost, on cost basis' },
      ...(['target', budget] as const),
    ),
  ),
  metric(
    budgetLedger,
    'cost.committed',
    money(
      { zh: '已签约与变更', en: 'Contracts and changes' },
      {
        zh: '生效的支出合同与变更（C + V），成本口径',
        en: 'Effective expense contracts and changes (C + V), on cost basis',
      },
      ...(['committed', budget] as const),
    ),
  ),
  metric(
    budgetLedger,
    'cost.contracted',
    money(
      { zh: '已签约', en: 'Contracted' },
      { zh: '生效的支出合同（C），成本口径', en: 'Effective expense contracts (C), on cost basis' },
      ...(['committed - changed', budget] as const),
    ),
  ),
  metric(
    budgetLedger,
    'cost.changes',
    money(
      { zh: '变更签证', en: 'Changes' },
      {
        zh: '生效的支出变更签证与结算差异（V），成本口径',
        en: 'Effective changes of expense contracts and differences of settlements (V), on cost basis',
      },
      ...(['changed', budget] as const),
    ),
  ),
  metric(
    budgetLedger,
    'cost.direct',
    money(
      { zh: '非合同成本', en: 'Without contract' },
      { zh: '报销、无合同付款、点工等（N）', en: 'Claims, payments and day work without a contract (N)' },
      ...(['direct', budget] as const),
    ),
  ),
  metric(
    budgetLedger,
    'cost.estimated',
    money(
      { zh: '预计变更', en: 'Expected changes' },
      {
        zh: '预计发生、尚未由变更签证落实的成本（E）',
        en: 'Changes expected that no variation has taken up yet (E)',
      },
      ...(['estimated', budget] as const),
    ),
  ),
  metric(budgetLedger, 'cost.left', {
    ...money(
      { zh: '待签约', en: 'Still to bind' },
      { zh: '各科目目标成本的余额（W），不小于 0', en: 'What is left of each target (W), never below zero' },
      ...([
        'if target > committed + direct + estimated then target - committed - direct - estimated else 0',
        budget,
      ] as const),
    ),
    per: ['project', 'item'],
  }),
  metric(budgetLedger, 'cost.over', {
    label: { zh: '超支科目', en: 'Items over' },
    says: {
      zh: '已签约、预计变更与非合同超过目标成本的科目数',
      en: 'Items whose contracts, expected changes and direct cost exceed the target',
    },
    ...{ value: 'if committed + direct + estimated > target then 1 else 0', unit: 'number', seen: budget },
    per: ['project', 'item'],
  }),
  metric(
    budgetLedger,
    'cost.pending',
    money(
      { zh: '审批中', en: 'In approval' },
      {
        zh: '审批中的单据占用的目标成本，已预计的部分不重复占用',
        en: 'What documents in approval hold of the target beyond what was expected',
      },
      ...(['committed_reserved + direct_reserved + estimated_reserved', budget] as const),
    ),
  ),
  metric(
    costLedger,
    'cost.incurred',
    money(
      { zh: '已发生', en: 'Incurred' },
      {
        zh: '已计量、已报销、已领用的成本（A），不看是否付款',
        en: 'Measured, claimed, issued (A), whether paid or not',
      },
      ...(['amount', budget] as const),
    ),
  ),
  metric(contractLedger, 'income.sum', {
    ...money(
      { zh: '收入合同额', en: 'Income contracts' },
      { zh: '收入合同与已批变更，含税', en: 'Income contracts and agreed changes, gross' },
      ...(['sum', contract] as const),
    ),
    where: { direction: 'income' },
  }),
  metric(contractLedger, 'income.sum_net', {
    ...money(
      { zh: '收入合同额（不含税）', en: 'Income contracts (net)' },
      { zh: '收入合同与已批变更，不含税', en: 'Income contracts and agreed changes, net' },
      ...(['sum_net', contract] as const),
    ),
    where: { direction: 'income' },
  }),
  metric(contractLedger, 'income.claimed', {
    ...money(
      { zh: '申报未批变更', en: 'Claimed changes' },
      { zh: '已向甲方申报、尚未批复的变更签证', en: 'Changes claimed from the client and not answered' },
      ...(['claimed', contract] as const),
    ),
    where: { direction: 'income' },
  }),
  metric(contractLedger, 'income.measured', {
    ...money(
      { zh: '甲方确认产值', en: 'Output confirmed' },
      { zh: '甲方确认的累计计量，含税', en: 'Measured and confirmed by the client, gross' },
      ...(['measured', contract] as const),
    ),
    where: { direction: 'income' },
  }),
  metric(contractLedger, 'income.measured_net', {
    ...money(
      { zh: '收入（不含税）', en: 'Revenue (net)' },
      { zh: '甲方确认的累计计量，不含税', en: 'Measured and confirmed by the client, net' },
      ...(['measured_net', contract] as const),
    ),
    where: { direction: 'income' },
  }),
  metric(contractLedger, 'income.received', {
    ...money(
      { zh: '已收款', en: 'Received' },
      { zh: '收入合同累计收款', en: 'Received on income contracts' },
      ...(['paid', contract] as const),
    ),
    where: { direction: 'income' },
  }),
  metric(contractLedger, 'income.collected', {
    label: { zh: '回款率', en: 'Collected' },
    says: { zh: '收入合同已收款 ÷ 甲方确认产值，含税', en: 'Received ÷ output confirmed of income contracts, gross' },
    ...{ value: 'if measured = 0 then null else paid / measured', unit: 'share', seen: contract },
    where: { direction: 'income' },
  }),
  metric(contractLedger, 'expense.sum', {
    ...money(
      { zh: '支出合同额', en: 'Expense contracts' },
      { zh: '支出合同与变更，含税', en: 'Expense contracts with their changes, gross' },
      ...(['sum', contract] as const),
    ),
    where: { direction: 'expense' },
  }),
  metric(contractLedger, 'expense.measured', {
    ...money(
      { zh: '支出合同计量', en: 'Measured of expense contracts' },
      { zh: '支出合同累计计量，含税', en: 'Measured of expense contracts, gross' },
      ...(['measured', contract] as const),
    ),
    where: { direction: 'expense' },
  }),
  metric(contractLedger, 'expense.paid', {
    ...money(
      { zh: '已付款', en: 'Paid' },
      { zh: '支出合同累计付款', en: 'Paid on expense contracts' },
      ...(['paid', contract] as const),
    ),
    where: { direction: 'expense' },
  }),
] as const
