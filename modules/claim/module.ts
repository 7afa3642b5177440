// 报销与借支: contents page. What people spent for the company, what they were lent, and the ledger of what they owe.
import { choice, defineModule, sequence, step } from '@yingzao/kernel/entity'
import { advance } from './advance.entity.ts'
import { advanceLedger, advanceLimits, advanceMetrics } from './advance.ledger.ts'
import { claim, claimLine } from './claim.entity.ts'

const manager = step('manager', { zh: '项目经理', en: 'Project manager' }, { role: 'project_manager' })
const head = step('head', { zh: '部门负责人', en: 'Head of department' }, { role: 'department_head' })
const finance = step('finance', { zh: '财务', en: 'Finance' }, { role: 'finance' })
const boss = step('boss', { zh: '总经理', en: 'Managing director' }, { role: 'boss' })
const escalation = step('escalation', { zh: '超限加签', en: 'Beyond a limit' }, { role: 'boss' })

/** 项目费用由项目经理、公司费用由部门负责人先批; from 50,000 the managing director too. */
const chain = (amount: string) =>
  sequence(
    choice([{ when: 'project != null', block: manager }], head),
    finance,
    choice([{ when: `${amount} >= 50000`, block: boss }], sequence()),
  )

export default defineModule({
  name: 'claim',
  label: { zh: '报销与借支', en: 'Claims and advances' },
  needs: [
    'organisation',
    'project',
    'cost-item',
    'budget',
    'cost-center',
    'bank-account',
    'contract',
    'invoice',
    'parameter',
    'schedule',
  ],
  entities: [claim, claimLine, advance],
  ledgers: [advanceLedger],
  limits: advanceLimits,
  metrics: [...advanceMetrics],
  flows: [
    { name: 'claim', label: { zh: '报销审批', en: 'Approval of claims' }, root: chain('total_amount'), escalation },
    { name: 'advance', label: { zh: '借支审批', en: 'Approval of advances' }, root: chain('amount'), escalation },
  ],
  refusals: {
    no_company: {
      zh: '您还没有所属部门，请联系管理员，或选择项目',
      en: 'You belong to no department yet: ask an administrator, or choose a project',
    },
    no_cost_item: {
      zh: '该费用科目没有对应的成本科目，请财务在“费用科目”中设置，或换一个科目',
      en: 'This expense item posts to no cost item: have finance set it, or choose another',
    },
    invoice_of_contract: {
      zh: '这张发票已登记在合同“{contract}”下，由合同付款，不能再报销',
      en: 'This invoice is registered under the contract {contract}, which pays it: it cannot be claimed',
    },
    invoice_of_claim: {
      zh: '这张发票已由报销单 {claim} 报销，不能再由合同付款',
      en: 'This invoice was claimed by {claim}: a contract cannot pay it again',
    },
    invoice_claimed: {
      zh: '这张发票已经报销过，请核对发票号码',
      en: 'This invoice is claimed already: check its number',
    },
  },
  menu: {
    under: 'funds',
    order: 40,
    icon: 'claim',
    items: [{ entity: 'claim' }, { entity: 'advance' }],
  },
})
