// 计量与支付: contents page. What was built, what is due for it, the settlement and the retention of a contract, on both sides.
import { defineModule, sequence, step } from '@yingzao/kernel/entity'
import { billLedger, billLimits } from './bill.ledger.ts'
import { measurement } from './measurement.entity.ts'
import { measurementLine } from './measurement-line.entity.ts'

export default defineModule({
  name: 'measurement',
  label: { zh: '计量与支付', en: 'Measurement' },
  needs: ['organisation', 'project', 'cost-item', 'counterparty', 'contract', 'cost-center', 'schedule'],
  entities: [measurement, measurementLine],
  ledgers: [billLedger],
  limits: billLimits,
  flows: [
    {
      name: 'measurement',
      label: { zh: '计量审批', en: 'Approval of measurements' },
      root: sequence(
        step('manager', { zh: '项目经理', en: 'Project manager' }, { role: 'project_manager' }),
        step('finance', { zh: '财务', en: 'Finance' }, { role: 'finance' }),
      ),
      escalation: step('over_bill', { zh: '超清单加签', en: 'Beyond the bill' }, { role: 'boss' }),
    },
  ],
  refusals: {
    not_in_force: {
      zh: '合同“{name}”不在履行中，请先签订或恢复履行',
      en: '{name} is not in force: sign it, or resume it, first',
    },
    settled: {
      zh: '合同已结算，计量与应付不能再改，请先作废结算',
      en: 'The contract is settled: void its settlement before you take anything back',
    },
    kind: {
      zh: '收入合同选“自报产值”或“甲方确认产值”，支出合同选“分包产值”',
      en: 'Income is reported or confirmed; expense is of the subcontractor: choose the one that fits the contract',
    },
    open: {
      zh: '“{name}”还没有生效，请先完成或删除它',
      en: '“{name}” is not effective yet: finish or delete that first',
    },
    not_after: {
      zh: '{period} 已经计量，截止日须在其后的月份；要更正请在下期填负数或红冲',
      en: '{period} is measured: choose a day in a later month. To correct, enter a negative quantity or reverse it',
    },
    other_contract: { zh: '不是本合同的清单项，请重新选择', en: 'No item of this contract’s bill: choose another' },
    below_zero: {
      zh: '累计不能小于 0，请核对本期数',
      en: 'What stands in all would fall below zero: check this period',
    },
    over_lump: {
      zh: '累计超过 100%，总价项不能多计，请先办理变更',
      en: 'More than 100 % of a lump sum: agree a variation first',
    },
    no_lump: {
      zh: '合同明细里没有这个科目，请重新选择',
      en: 'The contract has no line for it: choose another cost item',
    },
    item: { zh: '请选择成本科目，成本才能归集', en: 'Say the cost item, so that the cost is counted there' },
    what: { zh: '请写明内容', en: 'Say what it is' },
    price: { zh: '请填单价', en: 'Enter its price' },
    reversed_below: {
      zh: '后面的计量已扣减了这些数量，红冲后累计会小于 0，请少冲一些',
      en: 'Later measurements took some of it back already: reverse less, or it would fall below zero',
    },
    moved: {
      zh: '累计数量在此期间变了，请退回后重新提交',
      en: 'What stands in all has changed meanwhile: return it and submit it again',
    },
  },
  menu: { under: 'cost', order: 30, icon: 'contract', items: [{ entity: 'measurement' }] },
})
