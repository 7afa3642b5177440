// 计量与支付: contents page. What was built, what is due for it, the settlement and the retention of a contract, on both sides.
import { defineModule, f, sequence, step } from '@yingzao/kernel/entity'
import { billLedger, billLimits } from './bill.ledger.ts'
import { dueLimits } from './due.limit.ts'
import { measurement } from './measurement.entity.ts'
import { measurementLine } from './measurement-line.entity.ts'
import { progressClaim, progressClaimLine } from './progress-claim.entity.ts'
import { retentionRelease } from './retention-release.entity.ts'
import { settlement, settlementLine } from './settlement.entity.ts'

const chain = () =>
  sequence(
    step('manager', { zh: '项目经理', en: 'Project manager' }, { role: 'project_manager' }),
    step('finance', { zh: '财务', en: 'Finance' }, { role: 'finance' }),
    step('boss', { zh: '总经理', en: 'Managing director' }, { role: 'boss' }),
  )

export default defineModule({
  name: 'measurement',
  label: { zh: '计量与支付', en: 'Measurement' },
  needs: [
    'organisation',
    'project',
    'cost-item',
    'counterparty',
    'contract',
    'budget',
    'guarantee',
    'cost-center',
    'schedule',
    'parameter',
  ],
  entities: [
    ...[measurement, measurementLine, progressClaim, progressClaimLine, settlement, settlementLine],
    retentionRelease,
  ],
  cards: [
    {
      name: 'measurement.review',
      label: { zh: '待审计量', en: 'Measurements to review' },
      says: { zh: '审批中的计量，含税，旧的在前', en: 'Measurements in approval, gross, the oldest first' },
      needs: 'measurement:export',
      home: { cost_engineer: 40, project_manager: 45 },
      size: 6,
      opens: { entity: 'measurement', filter: { state: { eq: 'pending' } } },
      list: {
        entity: 'measurement',
        filter: { state: { eq: 'pending' } },
        fields: 'name counterparty measured_on gross_amount',
        sort: 'measured_on',
      },
      figures: [
        { label: { zh: '待审份数', en: 'In approval' }, count: true },
        { label: { zh: '待审金额', en: 'Amount' }, sum: 'gross_amount' },
      ],
      empty: {
        zh: '没有审批中的计量。项目提交的计量会列在这里。',
        en: 'No measurement is in approval. Those that are submitted show here.',
      },
    },
  ],
  ledgers: [billLedger],
  limits: [...billLimits, ...dueLimits],
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
    { name: 'progress_claim', label: { zh: '进度款审批', en: 'Approval of progress claims' }, root: chain() },
    {
      name: 'settlement',
      label: { zh: '结算审批', en: 'Approval of settlements' },
      root: chain(),
      escalation: step('over_budget', { zh: '超预算加签', en: 'Beyond the target' }, { role: 'boss' }),
    },
    { name: 'retention_release', label: { zh: '质保金释放审批', en: 'Approval of releases' }, root: chain() },
  ],
  actions: [
    {
      name: 'measurement.start',
      label: { zh: '开始一期计量', en: 'Start a measurement' },
      needs: 'measurement:create',
      input: {
        contract: f.ref('contract', { zh: '合同', en: 'Contract' }, { required: true }),
        kind: measurement.def.fields.kind,
        measured_on: f.date({ zh: '计量截止日', en: 'Measured up to' }),
      },
    },
    {
      name: 'measurement.payment',
      label: { zh: '合同计量与支付', en: 'Measured and due of a contract' },
      needs: 'progress_claim:read',
      reads: true,
      input: {
        contract: f.ref('contract', { zh: '合同', en: 'Contract' }, { required: true }),
        as_of: f.date({ zh: '截至', en: 'As of' }),
      },
    },
  ],
  refusals: {
    nothing_open: {
      zh: '合同“{name}”的清单已全部计量，需要时请手工新建',
      en: 'All of the bill of {name} is measured: make a new measurement by hand if you need one',
    },
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
    measuring: {
      zh: '计量“{name}”还在审批，请等它生效再申请进度款',
      en: 'Measurement “{name}” is still in approval: claim once it is effective',
    },
    claim_moved: {
      zh: '计量、扣款或合同额在审批期间变了，请退回，重新提交后按新数计算',
      en: 'What it was computed from has changed meanwhile: return it, and submit it again with the new figures',
    },
    claim_whole: { zh: '进度款按累计计算，只能整单红冲', en: 'A claim is cumulative: reverse the whole of it' },
    recovery_terms: {
      zh: '合同“{name}”的预付款扣回条件不完整，请先在合同中补齐',
      en: 'The terms of {name} do not say how its advance is recovered: complete them there first',
    },
    advance_left: {
      zh: '超过合同约定的预付款，还可申请 {left} 元',
      en: 'More than the advance of the contract: {left} is left',
    },
    settle_missing: {
      zh: '合同或计量里的成本科目没有全部列出，请补齐（不再需要的填 0）',
      en: 'Some cost items of the contract or its measurements are not listed: add them, at zero if nothing comes of them',
    },
    accepted_on: {
      zh: '扣留质保金的结算请填竣工验收日期，质保金由此起算到期日',
      en: 'Retention is held: enter the day the work was accepted, from which its due day is counted',
    },
    settle_whole: { zh: '结算只能整单红冲', en: 'A settlement is reversed as a whole' },
    settle_moved: {
      zh: '合同额、计量或应付在审批期间变了，请退回后重新提交',
      en: 'The contract has moved meanwhile: return the settlement and submit it again',
    },
    released: {
      zh: '已按此结算释放质保金，请先红冲释放单',
      en: 'Retention was released by this settlement: reverse that release first',
    },
    claimed_open: {
      zh: '还有甲方未批复的变更，请先批复或撤回',
      en: 'Variations wait for the client’s answer: have them answered, or take them back, first',
    },
    pending_open: {
      zh: '合同还有审批中的变更、付款或释放单，请先办结',
      en: 'Changes, payments or releases of the contract are in approval: finish those first',
    },
    not_settled: { zh: '合同“{name}”还没有结算，请先结算', en: '{name} is not settled yet: settle it first' },
    release_left: {
      zh: '超过可释放的质保金，扣除返修后还可释放 {left} 元',
      en: 'More than can be released: {left} is left after repairs',
    },
    guarantee: {
      zh: '保函须属于本合同、在有效期内且不小于释放金额，请重新选择',
      en: 'It must stand for this contract, be valid on that day and cover what is released: choose another',
    },
    release_nothing: { zh: '请填释放金额或返修扣款', en: 'Enter what is released, or what repairs cost' },
    moved: {
      zh: '累计数量在此期间变了，请退回后重新提交',
      en: 'What stands in all has changed meanwhile: return it and submit it again',
    },
  },
  menu: {
    under: 'cost',
    order: 30,
    icon: 'contract',
    items: [
      { entity: 'measurement' },
      { entity: 'progress_claim' },
      { entity: 'settlement' },
      { entity: 'retention_release' },
    ],
  },
})
