// A small module for tests of the platform: a yard with its delivery slips; every kind of field that travels is in it.

import { allow, defineModule, entity, f, table } from '@yingzao/kernel/entity'
import { act } from '@yingzao/kernel/serve'
import { handle, patch } from '@yingzao/kernel/server'

export const yard = entity('yard', {
  label: { zh: '料场', en: 'Yard' },
  title: 'name',
  fields: {
    name: f.text({ zh: '名称', en: 'Name' }, { required: true, unique: true, max: 100, indexed: true }),
    company: f.orgUnit({ zh: '公司', en: 'Company' }, { required: true }),
    keeper: f.user({ zh: '管理员', en: 'Keeper' }),
    area: f.number({ zh: '面积', en: 'Area' }, { scale: 1, unit: { zh: '平方米', en: 'm²' } }),
    opened_on: f.date({ zh: '启用日期', en: 'Opened on' }),
    covered: f.flag({ zh: '有棚', en: 'Covered' }),
    kind: f.choice(
      { zh: '类别', en: 'Kind' },
      { steel: { zh: '钢材', en: 'Steel' }, brick: { zh: '砖', en: 'Brick' } },
    ),
    rent_amount: f.money({ zh: '租金', en: 'Rent' }, { group: 'cost' }),
    photo: f.file({ zh: '照片', en: 'Photo' }, { max: 3, accept: 'image' }),
  },
  place: { company: 'company', owner: ['keeper'] },
  verbs: {
    rename: {
      label: { zh: '改名', en: 'Rename' },
      input: { name: f.text({ zh: '新名称', en: 'New name' }, { required: true }) },
    },
    summary: { label: { zh: '摘要', en: 'Summary' }, reads: true, input: { deep: f.flag({ zh: '详细', en: 'Deep' }) } },
  },
  access: [
    allow('yard_keeper', 'read create update delete export import rename', { fields: { cost: 'edit' } }),
    allow('yard_clerk', 'read export'),
    allow('yard_hand', 'read create update', { scope: 'own' }),
  ],
  views: { list: table('name company kind area opened_on', { sort: 'name' }) },
})

export const slipLine = entity('slip_line', {
  label: { zh: '送货明细', en: 'Slip line' },
  kind: 'line',
  fields: {
    item: f.text({ zh: '材料', en: 'Item' }, { required: true, max: 100 }),
    qty: f.number({ zh: '数量', en: 'Quantity' }, { required: true, scale: 3 }),
    price_rate: f.money({ zh: '单价', en: 'Price' }),
    amount: f.money({ zh: '金额', en: 'Amount' }, { formula: 'qty * price_rate' }),
  },
  access: [],
})

export const slip = entity('slip', {
  label: { zh: '送货单', en: 'Delivery slip' },
  title: 'code',
  fields: {
    code: f.text({ zh: '编号', en: 'Code' }, { required: true, unique: true, max: 40 }),
    yard: f.ref('yard', { zh: '料场', en: 'Yard' }, { required: true }),
    company: f.orgUnit({ zh: '公司', en: 'Company' }, { required: true }),
    on: f.date({ zh: '日期', en: 'Date' }, { required: true }),
    arrived_at: f.instant({ zh: '到场时间', en: 'Arrived at' }),
    marks: f.multiChoice(
      { zh: '标记', en: 'Marks' },
      { urgent: { zh: '加急', en: 'Urgent' }, night: { zh: '夜间', en: 'Night' } },
    ),
    share_pct: f.percent({ zh: '我方承担', en: 'Our share' }),
    note: f.longText({ zh: '备注', en: 'Note' }, { max: 2000 }),
    lines: f.lines('slip_line', { zh: '明细', en: 'Lines' }),
    total_amount: f.money({ zh: '合计', en: 'Total' }, { formula: 'sum(lines.amount)' }),
  },
  place: { company: 'company' },
  access: [
    allow('yard_keeper', 'read create update delete export import'),
    allow('yard_clerk', 'read create update export import'),
  ],
})

export const yardModule = defineModule({
  name: 'yard',
  label: { zh: '料场', en: 'Yard' },
  entities: [yard, slip, slipLine],
  roles: {
    yard_keeper: { label: { zh: '料场主管', en: 'Yard keeper' }, at: ['company'] },
    yard_clerk: { label: { zh: '材料员', en: 'Clerk' }, at: ['company'] },
    yard_hand: { label: { zh: '装卸工', en: 'Hand' }, at: ['company'] },
  },
  actions: [
    {
      name: 'yard.count',
      label: { zh: '点数', en: 'Count' },
      input: { by: f.integer({ zh: '步长', en: 'By' }, { required: true }) },
    },
  ],
  refusals: { shut: { zh: '料场“{name}”已关闭，请先启用', en: 'Yard “{name}” is shut: open it first' } },
})

/** How often the action ran: idempotency is seen in it. */
export const counted = { times: 0 }

export const yardServices = [
  handle(yard, {
    rename: async (ctx, record, { name }) => {
      const renamed = await patch(ctx, yard, record.id, undefined, { name: String(name) })
      return { name: renamed.name }
    },
    summary: async (_, record, { deep }) => ({ name: record.name, deep: deep === true }),
  }),
  act('yard.count', async (_, { by }) => {
    counted.times += Number(by)
    return { times: counted.times }
  }),
]

declare module '@yingzao/kernel/entity' {
  interface Entities {
    yard: typeof yard
    slip: typeof slip
    slip_line: typeof slipLine
  }
}
