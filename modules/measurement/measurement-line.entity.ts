// A line of a measurement: a bill item by quantity, a cost item of a lump sum by share or amount, a measured change, day work.
import { entity, f } from '@yingzao/kernel/entity'

const bill = 'kind = "bill"'
const byQty = 'kind = "bill" or kind = "daywork"'
const money = { group: 'commercial' } as const

export const measurementLine = entity('measurement_line', {
  kind: 'line',
  label: { zh: '计量明细', en: 'Line' },
  fields: {
    kind: f.choice(
      { zh: '类别', en: 'Kind' },
      {
        bill: { zh: '清单项', en: 'Bill item' },
        lump: { zh: '总价项', en: 'Lump sum' },
        variation: { zh: '变更签证', en: 'Measured change' },
        daywork: { zh: '计日工', en: 'Day work' },
      },
      { required: true, default: 'bill' },
    ),
    bill_item: f.ref('bill_item', { zh: '清单项', en: 'Bill item' }, { when: bill, required: true }),
    what: f.text({ zh: '内容', en: 'What' }, { max: 200 }),
    item: f.ref(
      'cost_item',
      { zh: '成本科目', en: 'Cost item' },
      {
        where: 'leaf and active',
        hint: { zh: '清单项按清单上的科目', en: 'Of a bill item: that of the bill' },
      },
    ),
    unit: f.text({ zh: '单位', en: 'Unit' }, { max: 20 }),
    planned_qty: f.number({ zh: '合同工程量', en: 'In the bill' }, { system: true, scale: 4 }),
    /** Of a lump sum: what it comes to, with changes. */
    planned_amount: f.money({ zh: '合同金额', en: 'Agreed amount' }, { system: true, ...money }),
    before_qty: f.number({ zh: '上期末累计', en: 'Before' }, { system: true, scale: 4 }),
    qty: f.number({ zh: '本期数量', en: 'This period' }, { when: byQty, scale: 4 }),
    after_qty: f.number(
      { zh: '本期末累计', en: 'In all' },
      { formula: 'if kind = "bill" then before_qty + qty else null', scale: 4 },
    ),
    price: f.number(
      { zh: '单价', en: 'Price' },
      {
        when: byQty,
        scale: 6,
        ...money,
        hint: { zh: '清单项按清单单价', en: 'Of a bill item: that of the bill' },
      },
    ),
    /** Cumulative, of the lump sum of its cost item; says the amount. */
    to_share: f.percent({ zh: '累计完成至', en: 'Done in all' }, { when: 'kind = "lump"', min: '0', max: '1' }),
    amount: f.money(
      { zh: '本期金额（含税）', en: 'Amount (gross)' },
      { when: 'kind = "lump" or kind = "variation"', ...money },
    ),
    tax_rate: f.percent({ zh: '税率', en: 'VAT rate' }, { min: '0', max: '1' }),
    /** 最终工程量: nothing more comes; too little of it is then priced as the contract says. */
    final: f.flag(
      { zh: '此项已完', en: 'Complete' },
      {
        when: bill,
        hint: { zh: '不再有后续工程量；少于约定幅度时按合同调价', en: 'Nothing more comes of it' },
      },
    ),
    task: f.ref('task', { zh: '计划任务', en: 'Task' }),
    before_amount: f.money({ zh: '上期末累计金额', en: 'Before (gross)' }, { system: true, ...money }),
    gross_amount: f.money({ zh: '本期金额', en: 'This period (gross)' }, { system: true, ...money }),
    net_amount: f.money({ zh: '本期不含税', en: 'This period (net)' }, { system: true, ...money }),
    over_qty: f.number({ zh: '超清单', en: 'Beyond the bill' }, { system: true, scale: 4 }),
    final_change: f.integer({ zh: '完成标记变化', en: 'Change of complete' }, { system: true, quiet: true }),
    note: f.text({ zh: '备注', en: 'Note' }, { max: 200 }),
  },
  access: [],
})

declare module '@yingzao/kernel/entity' {
  interface Entities {
    measurement_line: typeof measurementLine
  }
}
