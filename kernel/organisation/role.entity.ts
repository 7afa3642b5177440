// 角色与授权: roles, who holds them where, and what they may do. Shipped rows are seeded; administrators edit them as data.
import { allow, entity, f, table } from '@yingzao/kernel/entity'

const everything = 'read create update delete export'

export const role = entity('role', {
  label: { zh: '角色', en: 'Role' },
  title: { zh: 'label_zh', en: 'label_en' },
  fields: {
    code: f.text({ zh: '代码', en: 'Code' }, { required: true, unique: true, max: 60, pattern: '^[a-z][a-z0-9_]*$' }),
    label_zh: f.text({ zh: '名称', en: 'Name (Chinese)' }, { required: true, max: 60 }),
    label_en: f.text({ zh: '英文名称', en: 'Name (English)' }, { required: true, max: 60 }),
    places: f.multiChoice(
      { zh: '可任职于', en: 'Held at' },
      {
        company: { zh: '公司', en: 'Company' },
        department: { zh: '部门', en: 'Department' },
        project: { zh: '项目', en: 'Project' },
      },
      { required: true },
    ),
    shipped: f.flag({ zh: '系统自带', en: 'Shipped' }, { system: true }),
  },
  place: { root: true },
  access: [allow('administrator', everything), allow('member', 'read')],
  views: { list: table('code label_zh label_en places shipped', { sort: 'code' }) },
})

export const roleHolding = entity('role_holding', {
  label: { zh: '任职', en: 'Role held' },
  title: 'role',
  fields: {
    user: f.user({ zh: '人员', en: 'Person' }, { required: true }),
    role: f.ref('role', { zh: '角色', en: 'Role' }, { required: true }),
    at_kind: f.choice(
      { zh: '任职范围', en: 'Held at' },
      {
        company: { zh: '公司', en: 'Company' },
        department: { zh: '部门', en: 'Department' },
        project: { zh: '项目', en: 'Project' },
      },
      { required: true },
    ),
    at_id: f.text({ zh: '任职单位', en: 'Place' }, { required: true, max: 36 }),
    from: f.date({ zh: '起', en: 'From' }),
    to: f.date({ zh: '止', en: 'To' }),
    /** Where the holding belongs: nobody hands out roles beyond the part of the organisation he administers. */
    unit: f.orgUnit({ zh: '所属组织', en: 'Within' }, { system: true, quiet: true }),
  },
  place: { department: 'unit', owner: ['user'] },
  unique: [['user', 'role', 'at_id', 'from']],
  rules: {
    period: {
      check: 'from = null or to = null or to >= from',
      message: { zh: '截止日期不能早于起始日期，请检查', en: 'The end lies before the beginning: check both dates' },
    },
  },
  access: [allow('administrator', everything), allow('member', 'read', { scope: 'own' })],
  views: { list: table('user role at_kind at_id from to', { sort: 'user' }) },
})

export const grant = entity('grant', {
  label: { zh: '授权', en: 'Grant' },
  title: 'entity',
  fields: {
    role: f.ref('role', { zh: '角色', en: 'Role' }, { required: true }),
    entity: f.text({ zh: '对象', en: 'Entity' }, { required: true, max: 60, indexed: true }),
    functions: f.json({ zh: '功能', en: 'Functions' }, { required: true }),
    scope: f.json({ zh: '数据范围', en: 'Scope' }, { required: true }),
    fields: f.json({ zh: '字段权限', en: 'Field rights' }),
    /** Which shipped line this began as, and its digest then: an untouched grant follows the next version, an edited one does not. */
    shipped: f.text({ zh: '来源', en: 'Shipped as' }, { system: true, quiet: true }),
    shipped_hash: f.text({ zh: '来源摘要', en: 'Shipped digest' }, { system: true, quiet: true }),
    /** What the next version ships instead, when an administrator has edited this one. */
    offered: f.json({ zh: '新版建议', en: 'Offered' }, { system: true, quiet: true }),
  },
  place: { root: true },
  access: [allow('administrator', everything)],
  views: { list: table('role entity functions scope fields', { sort: 'entity' }) },
})

declare module '@yingzao/kernel/entity' {
  interface Entities {
    role: typeof role
    role_holding: typeof roleHolding
    grant: typeof grant
  }
}
