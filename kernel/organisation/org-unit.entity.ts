// 组织单元: companies and departments as one tree. A group is a root company with companies below it.
import { allow, entity, f, table } from '@yingzao/kernel/entity'

export const orgUnit = entity('org_unit', {
  label: { zh: '组织', en: 'Organisation unit' },
  title: 'name',
  tree: 'parent',
  fields: {
    name: f.text({ zh: '名称', en: 'Name' }, { required: true, max: 100, indexed: true }),
    code: f.text({ zh: '编码', en: 'Code' }, { max: 40, unique: true }),
    type: f.choice(
      { zh: '类型', en: 'Type' },
      { company: { zh: '公司', en: 'Company' }, department: { zh: '部门', en: 'Department' } },
      { required: true, default: 'department' },
    ),
    parent: f.orgUnit({ zh: '上级', en: 'Belongs to' }),
    leader: f.user({ zh: '负责人', en: 'Leader' }),
    tax_id: f.text(
      { zh: '统一社会信用代码', en: 'Unified social credit code' },
      { max: 18, pattern: '^[0-9A-Z]{15,18}$', when: 'type = "company"' },
    ),
    order: f.integer({ zh: '排序', en: 'Order' }, { default: 0, quiet: true }),
    active: f.flag({ zh: '启用', en: 'Active' }, { default: true }),
  },
  // A unit belongs where its parent is: whoever administers a company administers what is below it, not the company itself.
  place: { department: 'parent' },
  access: [allow('administrator', 'read create update delete export import'), allow('member', 'read')],
  views: { list: table('name code type parent leader active', { sort: 'name' }) },
})

declare module '@yingzao/kernel/entity' {
  interface Entities {
    org_unit: typeof orgUnit
  }
}
