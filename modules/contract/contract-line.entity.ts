// Lines of a contract: what it is for by cost item, entered 含税 or 不含税 as the contract says, and when it is to be paid.
import { entity, f } from '@yingzao/kernel/entity'

export const contractLine = entity('contract_line', {
  kind: 'line',
  label: { zh: '合同明细', en: 'Line' },
  fields: {
    name: f.text({ zh: '内容', en: 'What' }, { required: true, max: 200 }),
    item: f.ref('cost_item', { zh: '成本科目', en: 'Cost item' }, { where: 'leaf and active' }),
    tax_rate: f.percent({ zh: '税率', en: 'VAT rate' }, { required: true, min: '0', max: '1', default: '0.09' }),
    /** 含税 or 不含税: `doc.price_mode`. */
    amount: f.money(
      { zh: '金额', en: 'Amount' },
      {
        ...{ required: true, group: 'commercial' },
        hint: { zh: '按合同的金额口径填写', en: 'Gross or net, as the contract says' },
      },
    ),
    net_amount: f.money(
      { zh: '不含税金额', en: 'Net' },
      {
        formula: 'if doc.price_mode = "net" then amount else round(amount / (1 + tax_rate), 2)',
        group: 'commercial',
      },
    ),
    tax_amount: f.money(
      { zh: '税额', en: 'VAT' },
      {
        formula:
          'if doc.price_mode = "net" then round(amount * tax_rate, 2) else amount - round(amount / (1 + tax_rate), 2)',
        group: 'commercial',
      },
    ),
    gross_amount: f.money(
      { zh: '含税金额', en: 'Gross' },
      {
        formula: 'if doc.price_mode = "net" then amount + round(amount * tax_rate, 2) else amount',
        group: 'commercial',
      },
    ),
    task: f.ref('task', { zh: '计划任务', en: 'Task' }, { hint: { zh: '成本按任务归集', en: 'Cost by WBS' } }),
    note: f.text({ zh: '说明', en: 'Note' }, { max: 200 }),
    /** The item whose target it uses: its own, or the nearest above that has one. */
    budget_item: f.ref('cost_item', { zh: '控制科目', en: 'Target of' }, { system: true, quiet: true }),
  },
  access: [],
})

/** 收付款计划: on a day, or some days after a task of a plan is finished. */
export const contractDue = entity('contract_due', {
  kind: 'line',
  label: { zh: '收付款计划', en: 'Payment plan' },
  fields: {
    milestone: f.text({ zh: '节点', en: 'Milestone' }, { required: true, max: 200 }),
    task: f.ref(
      'task',
      { zh: '计划任务', en: 'Task' },
      { hint: { zh: '任务完成后开始计算', en: 'It falls due after this is finished' } },
    ),
    days_after: f.integer({ zh: '完成后天数', en: 'Days after it' }, { when: 'task != null', min: 0, max: 3650 }),
    due_on: f.date({ zh: '到期日', en: 'Due on' }, { when: 'task = null' }),
    share: f.percent(
      { zh: '比例', en: 'Share' },
      {
        min: '0',
        max: '1',
        when: 'amount = null',
        hint: { zh: '占合同额；或直接填金额', en: 'Of the sum; or say the amount' },
      },
    ),
    amount: f.money({ zh: '金额（含税）', en: 'Amount (gross)' }, { min: '0', group: 'commercial' }),
    planned_amount: f.money({ zh: '计划金额', en: 'Planned' }, { system: true, group: 'commercial' }),
  },
  rules: {
    some: {
      check: 'amount != null or share != null',
      message: { zh: '请填比例或金额', en: 'Say a share or an amount' },
    },
    when: {
      check: 'task != null or due_on != null',
      message: { zh: '请填到期日，或选择计划任务', en: 'Say a due date, or choose a task' },
    },
  },
  access: [],
})

declare module '@yingzao/kernel/entity' {
  interface Entities {
    contract_line: typeof contractLine
    contract_due: typeof contractDue
  }
}
