// 成本科目 (CBS) and 费用科目: trees whose shape is their code, 01 above 01.02. Only leaves are posted to.
import { allow, entity, f, form, table } from '@yingzao/kernel/entity'

const code = f.text(
  { zh: '编码', en: 'Code' },
  {
    required: true,
    unique: true,
    indexed: true,
    max: 40,
    pattern: '^[0-9A-Za-z]+([.][0-9A-Za-z]+){0,7}$',
    hint: {
      zh: '分级编码，如 01.02；上级由编码得出，须已存在',
      en: 'By levels, such as 01.02; the code says what it belongs to, which must be there',
    },
  },
)
const name = f.text({ zh: '名称', en: 'Name' }, { required: true, max: 100, indexed: true })
const title = f.text({ zh: '科目', en: 'Item' }, { formula: 'code + " " + name', max: 150, indexed: true, quiet: true })
const leaf = f.flag({ zh: '末级', en: 'Leaf' }, { system: true, default: true, indexed: true })
const active = f.flag({ zh: '启用', en: 'In use' }, { default: true })
const note = f.longText({ zh: '说明', en: 'Note' })

const kinds = {
  labour: { zh: '人工', en: 'Labour' },
  material: { zh: '材料', en: 'Material' },
  machine: { zh: '机械', en: 'Machinery' },
  subcontract: { zh: '分包', en: 'Subcontract' },
  measure: { zh: '措施', en: 'Preliminaries' },
  overhead: { zh: '间接费', en: 'Overhead' },
  tax: { zh: '税金', en: 'Taxes' },
  other: { zh: '其他', en: 'Other' },
} as const

const writes = 'read create update delete export import'
const access = [
  allow('finance', writes),
  allow('cost_engineer', writes),
  allow('pmo', writes),
  allow('boss', 'read export'),
  allow('member', 'read'),
]

export const costItem = entity('cost_item', {
  label: { zh: '成本科目', en: 'Cost item' },
  title: 'title',
  tree: 'parent',
  fields: {
    title,
    code,
    name,
    kind: f.choice({ zh: '成本类别', en: 'Kind of cost' }, kinds, {
      hint: { zh: '下级随上级', en: 'Items below follow the one above' },
    }),
    unit: f.text({ zh: '计量单位', en: 'Unit' }, { max: 20 }),
    /** 不可预见费、预备费: nothing is bound or spent on it, only drawn into other items. */
    contingency: f.flag(
      { zh: '不可预见费', en: 'Contingency' },
      {
        ...{ default: false, indexed: true },
        hint: {
          zh: '不直接签约或报销，由目标成本调剂、调整动用',
          en: 'Nothing is bound or spent on it: a version of the target draws on it',
        },
      },
    ),
    leaf,
    active,
    parent: f.ref('cost_item', { zh: '上级科目', en: 'Belongs to' }, { system: true, indexed: true }),
    note,
  },
  access,
  views: {
    list: table('title kind unit leaf contingency active note', { sort: 'code' }),
    form: form('code name kind unit contingency active note', 'parent leaf'),
  },
})

export const expenseItem = entity('expense_item', {
  label: { zh: '费用科目', en: 'Expense item' },
  title: 'title',
  tree: 'parent',
  fields: {
    title,
    code,
    name,
    cost_item: f.ref(
      'cost_item',
      { zh: '对应成本科目', en: 'Posts to cost item' },
      {
        where: 'leaf and active',
        hint: { zh: '报销等费用计入项目成本时用', en: 'Where a claim of this kind counts as project cost' },
      },
    ),
    leaf,
    active,
    parent: f.ref('expense_item', { zh: '上级科目', en: 'Belongs to' }, { system: true, indexed: true }),
    note,
  },
  access,
  views: {
    list: table('title cost_item leaf active note', { sort: 'code' }),
    form: form('code name cost_item active note', 'parent leaf'),
  },
})

/** 项目成本科目: the leaves a project reckons with. A project that chose none may use all. */
export const projectCostItem = entity('project_cost_item', {
  label: { zh: '项目成本科目', en: 'Cost item of a project' },
  title: 'cost_item',
  fields: {
    project: f.ref('project', { zh: '项目', en: 'Project' }, { required: true, indexed: true, onDelete: 'with' }),
    company: f.orgUnit({ zh: '公司', en: 'Company' }, { system: true, quiet: true }),
    cost_item: f.ref(
      'cost_item',
      { zh: '成本科目', en: 'Cost item' },
      { required: true, indexed: true, where: 'leaf and active' },
    ),
    responsible: f.user({ zh: '责任人', en: 'Responsible' }),
    note: f.text({ zh: '说明', en: 'Note' }, { max: 200 }),
  },
  place: { company: 'company', project: 'project' },
  unique: [['project', 'cost_item']],
  access: [
    allow('cost_engineer', 'read create update delete export import'),
    allow('project_manager', 'read create update delete export import'),
    allow('pmo', 'read create update delete export import'),
    allow('finance', 'read export'),
    allow('boss', 'read export'),
    allow('planner', 'read'),
    allow('technical_lead', 'read'),
    allow('engineer', 'read'),
    allow('storekeeper', 'read'),
    allow('labour_officer', 'read'),
    allow('foreman', 'read'),
  ],
  views: { list: table('project cost_item responsible note', { sort: 'project' }) },
})

declare module '@yingzao/kernel/entity' {
  interface Entities {
    cost_item: typeof costItem
    expense_item: typeof expenseItem
    project_cost_item: typeof projectCostItem
  }
}
