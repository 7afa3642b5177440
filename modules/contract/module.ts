// 合同: contents page. What was agreed on either side; the ledger of what was measured, due, paid and invoiced of it.
import { defineModule, sequence, step } from '@yingzao/kernel/entity'
import { billItem } from './bill-item.entity.ts'
import { contract, contractLine } from './contract.entity.ts'
import { contractLedger, contractLimits } from './contract.ledger.ts'

export default defineModule({
  name: 'contract',
  label: { zh: '合同', en: 'Contracts' },
  needs: ['organisation', 'project', 'cost-item', 'counterparty', 'budget'],
  entities: [contract, contractLine, billItem],
  ledgers: [contractLedger],
  limits: contractLimits,
  flows: [
    {
      name: 'contract',
      label: { zh: '合同审批', en: 'Approval of contracts' },
      root: sequence(
        step('manager', { zh: '项目经理', en: 'Project manager' }, { role: 'project_manager' }),
        step('finance', { zh: '财务', en: 'Finance' }, { role: 'finance' }),
        step('boss', { zh: '总经理', en: 'Managing director' }, { role: 'boss' }),
      ),
      escalation: step('over_budget', { zh: '超预算加签', en: 'Beyond the target' }, { role: 'boss' }),
    },
  ],
  refusals: {
    bill_fixed: {
      zh: '合同已提交，清单不能再改，请办理变更',
      en: 'The contract is submitted: its bill stands, agree a variation instead',
    },
    item: { zh: '支出合同的明细必须选择成本科目', en: 'Say which cost item this line is for' },
  },
  menu: { under: 'cost', order: 20, icon: 'contract', items: [{ entity: 'contract' }] },
})
