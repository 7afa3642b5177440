// 用户: a person who may sign in. Disabled when leaving, never deleted. Passwords and sessions are kept elsewhere.
import { allow, entity, f, form, table } from '@yingzao/kernel/entity'

export const user = entity('user', {
  label: { zh: '用户', en: 'User' },
  title: 'name',
  fields: {
    name: f.text({ zh: '姓名', en: 'Name' }, { required: true, max: 60, indexed: true }),
    login: f.text(
      { zh: '登录名', en: 'Login' },
      { required: true, unique: true, max: 60, pattern: '^[a-z0-9][a-z0-9._@-]*$' },
    ),
    phone: f.text({ zh: '手机', en: 'Phone' }, { max: 30, input: 'phone', group: 'contact', mask: 'phone' }),
    email: f.text({ zh: '邮箱', en: 'E-mail' }, { max: 200, input: 'email', group: 'contact' }),
    employee_no: f.text({ zh: '工号', en: 'Employee no.' }, { max: 40, unique: true }),
    post: f.text({ zh: '岗位', en: 'Post' }, { max: 60 }),
    main_department: f.orgUnit({ zh: '主部门', en: 'Main department' }),
    side_departments: f.multiRef('org_unit', { zh: '兼职部门', en: 'Side departments' }),
    manager: f.user({ zh: '直接上级', en: 'Manager' }),
    lang: f.choice(
      { zh: '语言', en: 'Language' },
      { zh: { zh: '中文', en: 'Chinese' }, en: { zh: '英文', en: 'English' } },
      { required: true, default: 'zh', quiet: true, group: 'preference' },
    ),
    theme: f.choice(
      { zh: '外观', en: 'Theme' },
      {
        system: { zh: '跟随系统', en: 'As the system' },
        light: { zh: '浅色', en: 'Light' },
        dark: { zh: '深色', en: 'Dark' },
      },
      { required: true, default: 'system', quiet: true, group: 'preference' },
    ),
    signature: f.file(
      { zh: '签名图片', en: 'Picture of the signature' },
      {
        max: 1,
        accept: 'image',
        // Who could read it could copy it: it is shown to its owner and printed in trails, nowhere else.
        group: 'signature',
        hint: { zh: '打印审批过程时显示在姓名下', en: 'Printed under the name in approval trails' },
      },
    ),
    active: f.flag({ zh: '在职', en: 'Active' }, { default: true }),
    left_on: f.date({ zh: '离职日期', en: 'Left on' }),
  },
  place: { department: 'main_department', owner: ['id'] },
  access: [
    allow('administrator', 'read create update delete export import', {
      fields: { contact: 'edit', preference: 'edit', signature: 'edit' },
    }),
    allow('member', 'read', { fields: { contact: 'masked' } }),
    // Everybody chooses language and theme; name, login and posts are the administrator's.
    allow('member', 'read update', {
      scope: 'own',
      fields: { basic: 'read', contact: 'edit', preference: 'edit', signature: 'edit' },
    }),
  ],
  views: {
    list: table('name login employee_no post main_department manager active', { sort: 'name' }),
    form: form(
      'name login employee_no post main_department side_departments manager',
      'phone email signature',
      'active left_on',
    ),
  },
})

declare module '@yingzao/kernel/entity' {
  interface Entities {
    user: typeof user
  }
}
