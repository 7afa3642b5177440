// 合同清单: the bill of quantities of a contract, line by line. What is measured refers to it.
import { allow, entity, f, form, table } from '@yingzao/kernel/entity'

export const billItem = entity('bill_item', {
  label: { zh: '合同清单项', en: 'Bill item' },
  title: 'title',
  fields: {
    title: f.text(
      { zh: '清单项', en: 'Bill item' },
      { formula: 'code + " " + name', max: 260, indexed: true, quiet: true },
    ),
    contract: f.ref('contract', { zh: '合同', en: 'Contract' }, { required: true, indexed: true, onDelete: 'with' }),
    project: f.ref('project', { zh: '项目', en: 'Project' }, { system: true, quiet: true, indexed: true }),
    company: f.orgUnit({ zh: '公司', en: 'Company' }, { system: true, quiet: true }),
    group: f.choice(
      { zh: '分类', en: 'Group' },
      {
        works: { zh: '分部分项', en: 'Works' },
        measure: { zh: '措施项目', en: 'Preliminaries' },
        other: { zh: '其他项目', en: 'Other' },
        change: { zh: '变更新增', en: 'By variation' },
      },
      { required: true, default: 'works' },
    ),
    code: f.text(
      { zh: '项目编码', en: 'Code' },
      { required: true, max: 40, indexed: true, hint: { zh: '如 010101001001', en: 'Such as 010101001001' } },
    ),
    name: f.text({ zh: '项目名称', en: 'Name' }, { required: true, max: 200 }),
    feature: f.longText({ zh: '项目特征', en: 'Description' }, { max: 4000 }),
    unit: f.text({ zh: '计量单位', en: 'Unit' }, { required: true, max: 20 }),
    qty: f.number({ zh: '工程量', en: 'Quantity' }, { required: true, scale: 4 }),
    /** Σ of effective variations of this item. */
    changed_qty: f.number({ zh: '变更工程量', en: 'Changed by' }, { system: true, scale: 4, default: '0' }),
    current_qty: f.number({ zh: '现工程量', en: 'Quantity now' }, { formula: 'qty + changed_qty', scale: 4 }),
    price: f.number({ zh: '综合单价', en: 'Unit price' }, { required: true, scale: 6, group: 'commercial' }),
    /** 含税 or 不含税, as the contract is written; see `contract.price_mode`. */
    price_mode: f.choice(
      { zh: '单价口径', en: 'Price is' },
      { gross: { zh: '含税', en: 'Gross' }, net: { zh: '不含税', en: 'Net' } },
      { system: true, default: 'gross' },
    ),
    tax_rate: f.percent({ zh: '税率', en: 'VAT rate' }, { required: true, min: '0', max: '1', default: '0.09' }),
    gross_amount: f.money(
      { zh: '合价（含税）', en: 'Amount (gross)' },
      {
        formula:
          'if price_mode = "gross" then round(qty * price, 2) else round(qty * price, 2) + round(round(qty * price, 2) * tax_rate, 2)',
        group: 'commercial',
      },
    ),
    net_amount: f.money(
      { zh: '合价（不含税）', en: 'Amount (net)' },
      {
        formula:
          'if price_mode = "gross" then round(round(qty * price, 2) / (1 + tax_rate), 2) else round(qty * price, 2)',
        group: 'commercial',
      },
    ),
    item: f.ref('cost_item', { zh: '成本科目', en: 'Cost item' }, { where: 'leaf and active', indexed: true }),
    /** 单位工程 / 分部, as the bill was written. */
    section: f.text({ zh: '所属部分', en: 'Section' }, { max: 300, quiet: true }),
    /** Came into the bill by it. */
    variation: f.ref('variation', { zh: '来自变更', en: 'By variation' }, { system: true, indexed: true }),
    /** Of an item that the client allowed at another price: the one of the bill that it is about. */
    beside: f.ref(
      'bill_item',
      { zh: '原清单项', en: 'Item of the bill' },
      { system: true, quiet: true, indexed: true },
    ),
    supplement: f.ref('contract', { zh: '来自补充协议', en: 'By supplement' }, { system: true, quiet: true }),
    note: f.text({ zh: '备注', en: 'Note' }, { max: 200 }),
  },
  place: { company: 'company', project: 'project' },
  unique: [['contract', 'code']],
  access: [
    allow('cost_engineer', 'read create update delete export import', { fields: { commercial: 'edit' } }),
    allow('project_manager', 'read export', { fields: { commercial: 'read' } }),
    allow('pmo', 'read export', { fields: { commercial: 'read' } }),
    allow('boss', 'read export', { fields: { commercial: 'read' } }),
    allow('finance', 'read export', { fields: { commercial: 'read' } }),
    allow('legal', 'read export', { fields: { commercial: 'read' } }),
    // What he fills in quantities of; no price.
    allow('foreman', 'read'),
  ],
  views: {
    list: table('code name unit qty changed_qty current_qty price gross_amount group item feature contract', {
      sort: 'code',
    }),
    form: form(
      'contract group section code name feature unit qty price price_mode tax_rate gross_amount net_amount item note',
    ),
  },
})

declare module '@yingzao/kernel/entity' {
  interface Entities {
    bill_item: typeof billItem
  }
}
