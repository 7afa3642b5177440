// 无合同付款的成本: what a payment without a contract costs its project, and whose target it uses. One with a contract has none:
// its contract bound the sum, and measuring it is what costs.
import { f } from '@yingzao/kernel/entity'

/** A debt is paid back or lent, never spent. */
const spends = 'contract = null and project != null and not (kind = "borrowed" or kind = "payable" or kind = "lent")'
const costs = `${spends} and counts`

export const costFields = {
  counts: f.flag(
    { zh: '计入项目成本', en: 'Counts as cost of the project' },
    {
      ...{ default: true, when: spends },
      hint: {
        zh: '押金、保证金、代垫款等不是成本：关闭并在“说明”写明',
        en: 'Deposits and what is laid out for others are no cost: switch it off and say why in the note',
      },
    },
  ),
  item: f.ref('cost_item', { zh: '成本科目', en: 'Cost item' }, { when: costs, where: 'leaf and active' }),
  task: f.ref('task', { zh: '计划任务', en: 'Task' }, { when: costs }),
  deductible_rate: f.percent(
    { zh: '可抵扣税率', en: 'Deductible VAT' },
    {
      ...{ when: costs, min: '0', max: '1' },
      hint: { zh: '专票等可抵扣凭证的税率；不可抵扣留空', en: 'Of a voucher that is deductible; else empty' },
    },
  ),
  invoice_no: f.text(
    { zh: '发票号码', en: 'Invoice no.' },
    {
      ...{ when: costs, max: 40, indexed: true },
      hint: { zh: '数电票 20 位号码；旧票为 代码-号码', en: '20 digits; older ones code-number' },
    },
  ),
  /** 成本口径: net where input VAT is deductible. */
  cost_amount: f.money(
    { zh: '计入成本', en: 'Cost' },
    {
      formula: 'if item = null then 0 else round(amount / (1 + coalesce(deductible_rate, 0)), 2)',
      group: 'commercial',
    },
  ),
  /** The item whose target it uses: its own, or the nearest above that has one. */
  budget_item: f.ref('cost_item', { zh: '控制科目', en: 'Target of' }, { system: true, quiet: true }),
} as const
