// 合同: contents page. What was agreed on either side; the ledger of what was measured, due, paid and invoiced of it.
import { choice, defineModule, f, parallel, sequence, step } from '@yingzao/kernel/entity'
import { billItem } from './bill-item.entity.ts'
import { billMapping } from './bill-mapping.entity.ts'
import { contract } from './contract.entity.ts'
import { contractLedger, contractLimits } from './contract.ledger.ts'
import { contractDue, contractLine } from './contract-line.entity.ts'
import { variation, variationLine } from './variation.entity.ts'
import { variationAnswer, variationAnswerLine } from './variation-answer.entity.ts'

const billFile = f.file({ zh: '清单文件', en: 'Bill of quantities' }, { required: true })
const prices = f.choice(
  { zh: '文件中的单价', en: 'Prices in the file' },
  { gross: { zh: '含税', en: 'Gross' }, net: { zh: '不含税', en: 'Net' } },
  { hint: { zh: '留空则与合同的金额口径相同', en: 'Empty: as the contract is written' } },
)
const mapping = f.json({
  zh: '科目对应（编码开头 → 成本科目）',
  en: 'Cost items (beginning of the code → cost item)',
})

const billChanges = {
  file: billFile,
  contract: f.ref('contract', { zh: '合同', en: 'Contract' }, { required: true }),
  reads: f.choice(
    { zh: '文件中的工程量', en: 'Quantities in the file' },
    {
      changes: { zh: '增减数量', en: 'More or less by' },
      revised: { zh: '变更后数量', en: 'After the change' },
    },
    { default: 'changes' },
  ),
  tax_rate: f.percent({ zh: '税率', en: 'VAT rate' }, { min: '0', max: '1' }),
  ...{ prices, mapping },
}

/** Claimed of the client and not answered in full. */
const waiting = {
  direction: { eq: 'income' },
  state: { eq: 'effective' },
  answer: { in: ['waiting', 'partly'] },
}

export default defineModule({
  name: 'contract',
  label: { zh: '合同', en: 'Contracts' },
  needs: ['organisation', 'project', 'cost-item', 'counterparty', 'budget', 'schedule', 'parameter'],
  entities: [
    contract,
    contractLine,
    contractDue,
    billItem,
    billMapping,
    variation,
    variationLine,
    variationAnswer,
    variationAnswerLine,
  ],
  cards: [
    {
      name: 'contract.claimed',
      label: { zh: '签证申报未批', en: 'Claimed from the client, not answered' },
      says: {
        zh: '收入合同的变更签证，含税，等得久的在前',
        en: 'Variations of income contracts, gross, the longest waiting first',
      },
      needs: 'variation:read',
      home: { cost_engineer: 30, project_manager: 42 },
      size: 6,
      opens: { entity: 'variation', filter: waiting },
      list: {
        entity: 'variation',
        filter: waiting,
        fields: 'name project happened_on gross_amount approved_amount',
        sort: 'happened_on',
      },
      figures: [
        { label: { zh: '未批份数', en: 'Waiting' }, count: true },
        { label: { zh: '申报金额', en: 'Claimed' }, sum: 'gross_amount' },
        { label: { zh: '其中已批', en: 'Of it approved' }, sum: 'approved_amount' },
      ],
      empty: {
        zh: '没有等待批复的变更签证。',
        en: 'No variation waits for the client’s answer.',
      },
    },
  ],
  ledgers: [contractLedger],
  limits: contractLimits,
  actions: [
    {
      name: 'contract.register',
      label: { zh: '合同台账', en: 'Contract register' },
      needs: 'contract:read',
      reads: true,
      input: { project: f.ref('project', { zh: '项目', en: 'Project' }) },
    },
    {
      name: 'contract.bill_preview',
      label: { zh: '清单导入预览', en: 'Preview of a bill' },
      needs: 'bill_item:import',
      reads: true,
      input: { file: billFile },
    },
    {
      name: 'contract.bill_import',
      label: { zh: '导入清单', en: 'Import a bill of quantities' },
      needs: 'bill_item:import',
      input: {
        file: billFile,
        contract: f.ref('contract', { zh: '合同', en: 'Contract' }, { required: true }),
        tax_rate: f.percent({ zh: '税率', en: 'VAT rate' }, { min: '0', max: '1' }),
        ...{ prices, mapping },
      },
    },
    {
      name: 'contract.bill_changes',
      label: { zh: '变更清单比对', en: 'What a bill changes' },
      needs: 'bill_item:import',
      reads: true,
      input: billChanges,
    },
    {
      name: 'contract.bill_variation',
      label: { zh: '由清单编制变更签证', en: 'Make a variation from a bill' },
      needs: 'bill_item:import',
      input: { ...billChanges, name: f.text({ zh: '事由', en: 'Subject' }, { max: 200 }) },
    },
    {
      name: 'contract.bill_budget',
      label: { zh: '由清单编制目标成本', en: 'Make a target cost from a bill' },
      needs: 'budget:create',
      input: {
        file: billFile,
        project: f.ref('project', { zh: '项目', en: 'Project' }, { required: true }),
        name: f.text({ zh: '名称', en: 'Name' }, { max: 100 }),
        mapping,
      },
    },
  ],
  flows: [
    {
      name: 'contract',
      label: { zh: '合同审批', en: 'Approval of contracts' },
      root: sequence(
        step('manager', { zh: '项目经理', en: 'Project manager' }, { role: 'project_manager' }),
        parallel(
          step('finance', { zh: '财务', en: 'Finance' }, { role: 'finance' }),
          // Not asked where the company has none: a step for nobody would stop every contract.
          choice(
            [{ when: 'legal_review', block: step('legal', { zh: '法务', en: 'Legal counsel' }, { role: 'legal' }) }],
            sequence(),
          ),
        ),
        step('boss', { zh: '总经理', en: 'Managing director' }, { role: 'boss' }),
      ),
      escalation: step('over_budget', { zh: '超预算加签', en: 'Beyond the target' }, { role: 'boss' }),
    },
    {
      name: 'variation',
      label: { zh: '变更签证审批', en: 'Approval of variations' },
      root: sequence(
        step('manager', { zh: '项目经理', en: 'Project manager' }, { role: 'project_manager' }),
        step('cost', { zh: '成本', en: 'Cost' }, { role: 'cost_engineer' }),
      ),
      escalation: step('over_budget', { zh: '超预算加签', en: 'Beyond the target' }, { role: 'boss' }),
    },
    {
      name: 'variation_answer',
      label: { zh: '变更批复审批', en: 'Approval of answers to variations' },
      root: step('manager', { zh: '项目经理', en: 'Project manager' }, { role: 'project_manager' }),
    },
  ],
  refusals: {
    expected_elsewhere: {
      zh: '这项预计变更属于别的项目或成本科目，请在本行选择相同科目的预计变更',
      en: 'That change is expected of another project or cost item: choose one of this line’s item',
    },
    expected_used: {
      zh: '这项预计变更已全部落实或已红冲，请留空或另选',
      en: 'That change has come already or is expected no more: leave it empty or choose another',
    },
    expected_other_way: {
      zh: '预计变更是增加，本行是减少（或相反），请另选或留空',
      en: 'More was expected and this line is less, or the other way round: choose another or leave it empty',
    },
    bill_fixed: {
      zh: '合同已提交，清单不能再改，请办理变更',
      en: 'The contract is submitted: its bill stands, agree a variation instead',
    },
    no_lines: {
      zh: '请至少填写一行合同明细，或按清单生成',
      en: 'Give the contract a line, or make its lines from the bill',
    },
    framework_lines: {
      zh: '框架合同没有明细，金额由其订单汇总；请删除明细，或改为单份合同',
      en: 'A framework has no lines, its orders make its sum: remove the lines, or make it a single contract',
    },
    order_parent: { zh: '订单应挂在框架合同下，请重新选择', en: 'An order belongs to a framework: choose one' },
    supplement_parent: {
      zh: '补充协议应挂在单份合同或订单下，请重新选择',
      en: 'A supplement belongs to a single contract or an order: choose one',
    },
    other_party: {
      zh: '对方单位与收支方向须与所属合同一致，请修改',
      en: 'The other party and the direction are those of the contract it belongs to: correct them',
    },
    other_project: { zh: '补充协议须与所属合同在同一项目', en: 'A supplement is of the same project as its contract' },
    other_mode: {
      zh: '补充协议的金额口径须与所属合同一致，请修改',
      en: 'A supplement is written gross or net as its contract is: change it',
    },
    parent_over: {
      zh: '所属合同已结算或终止，不能再签补充协议',
      en: 'The contract is settled or terminated: no supplement can be added to it',
    },
    recovery_missing: { zh: '请填写预付款扣回的这一项条件', en: 'Say this term of the recovery of the advance' },
    advance_over_sum: { zh: '预付款不能超过合同额，请修改', en: 'The advance exceeds the contract sum: correct it' },
    contract_sum_not_positive: {
      zh: '合同额须大于零才能约定预付款，请填写明细',
      en: 'An advance needs a contract sum above zero: fill in the lines',
    },
    advance_negative: { zh: '预付款不能为负，请修改', en: 'An advance is not negative: correct it' },
    material_share_out_of_range: {
      zh: '主材比重须大于 0 且不超过 100%',
      en: 'The share of material is above 0 and at most 100 %',
    },
    threshold_below_zero: {
      zh: '起扣点低于零：预付款 ÷ 主材比重超过合同额，请降低预付款或提高主材比重',
      en: 'Recovery would begin before anything is measured: lower the advance or raise the share of material',
    },
    linear_range: {
      zh: '起扣进度须小于扣完进度，且都在 0–100% 之间',
      en: 'Recovery begins before it ends, both within 0–100 %',
    },
    fixed_not_positive: { zh: '每期扣回金额须大于零', en: 'The amount recovered each period is above zero' },
    bill_differs: {
      zh: '清单与合同明细有 {count} 个科目不一致，请在“合同检查”中核对差额，或“按清单生成明细”',
      en: 'Bill and lines differ for {count} cost items: compare them under the checks, or make the lines from the bill',
    },
    unreadable: { zh: '读不了这个清单文件：{reason}', en: 'This bill cannot be read: {reason}' },
    too_many_items: {
      zh: '清单超过 {limit} 项，请按单位工程分开导入',
      en: 'The bill holds more than {limit} items: import it in parts',
    },
    changes_nothing: {
      zh: '文件与合同现有清单没有差别，没有可编制的变更',
      en: 'The file changes nothing of the bill: there is no variation to make',
    },
    too_many_changes: {
      zh: '一份变更签证最多 {limit} 行，请按单位工程或专业分开导入',
      en: 'A variation has {limit} lines at most: import the file in parts',
    },
    unmapped: {
      zh: '有 {count} 个清单项没有对应成本科目，请先选择科目',
      en: '{count} bill items belong to no cost item yet: choose one for each group first',
    },
    codes_taken: {
      zh: '清单编码 {codes} 已在原合同或另一份审批中的补充协议里，请改用新编码；增减原有清单项请办理变更',
      en: 'The codes {codes} are in the contract’s bill, or in another supplement that waits: use new ones, or make a variation for items that are there',
    },
    no_bill: { zh: '合同还没有清单，请先录入或导入', en: 'The contract has no bill yet: enter or import one first' },
    supplement_measured: {
      zh: '补充协议的清单已并入原合同且已有计量，不能作废，请办理变更或新的补充协议',
      en: 'Its items joined a contract that was measured since: agree a variation or another supplement instead',
    },
    measured_already: {
      zh: '合同已有计量，计价标准不能再改',
      en: 'Something is measured already: the pricing standard stands',
    },
    not_in_force: {
      zh: '合同“{name}”不在履行中，请先签订或恢复履行',
      en: '“{name}” is not in force: sign it, or resume it, first',
    },
    not_changed: {
      zh: '框架合同与补充协议没有变更；请选择单份合同或订单',
      en: 'Frameworks and supplements have no variations: choose a single contract or an order',
    },
    over: {
      zh: '合同“{name}”已进入结算或终止，不能再办变更',
      en: '“{name}” is being settled or is terminated: no variation can be made',
    },
    other_bill: { zh: '清单项不属于这份合同，请重新选择', en: 'The bill item is of another contract: choose again' },
    answer_line: {
      zh: '行号须是变更中的一行，且只能出现一次',
      en: 'The number is that of one line of the variation, and stands here once',
    },
    answered_already: {
      zh: '这一行已经批复，请删除该行，或先作废原批复',
      en: 'This line was answered already: remove it here, or void that answer first',
    },
    answered: {
      zh: '甲方已批复，不能红冲；请先作废批复',
      en: 'The client answered already: void the answer first',
    },
    over_claimed: {
      zh: '批复金额不能超过申报金额；甲方多批的部分请另报变更',
      en: 'No more is approved than was claimed: claim the rest by a variation of its own',
    },
    answer_in_work: {
      zh: '批复“{name}”还没有生效，请先完成或删除它',
      en: 'The answer “{name}” is not effective yet: finish or delete that first',
    },
    item: { zh: '支出合同的明细必须选择成本科目', en: 'Say which cost item this line is for' },
  },
  menu: {
    under: 'cost',
    order: 20,
    icon: 'contract',
    items: [
      { entity: 'contract' },
      { page: 'register', label: { zh: '合同台账', en: 'Contract register' }, needs: 'contract' },
      { entity: 'variation' },
      { entity: 'variation_answer' },
      { entity: 'bill_mapping' },
    ],
  },
})
