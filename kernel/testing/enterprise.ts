// The declarations that kernel tests work with: projects with members, contracts with lines and prices, notes, suppliers.
import { allow, defineModule, entity, f, table } from '@yingzao/kernel/entity'

const label = (en: string) => ({ zh: en, en })

export const project = entity('t_project', {
  label: { zh: '项目', en: 'Project' },
  title: 'name',
  number: 'XM-{yyyy}{mm}-{seq:4}',
  fields: {
    code: f.serial(label('Code')),
    name: f.text(label('Name'), { required: true, max: 50, indexed: true }),
    company: f.orgUnit(label('Company'), { required: true, type: 'company' }),
    department: f.orgUnit(label('Department'), { type: 'department' }),
    manager: f.user(label('Manager')),
    budget: f.money(label('Budget'), { group: 'commercial', indexed: true }),
  },
  place: { company: 'company', department: 'department', project: 'id', owner: ['manager'] },
  stages: {
    planned: { label: label('Planned') },
    active: { label: label('Active') },
    closed: { label: label('Closed') },
  },
  transitions: [
    { from: ['planned'], to: 'active', action: 'start', label: label('Start'), when: 'manager != null' },
    { from: ['active'], to: 'closed', action: 'finish', label: label('Finish') },
  ],
  access: [
    allow('director', 'read create update delete export start finish', { fields: { commercial: 'edit' } }),
    allow('clerk', 'read'),
    allow('lead', 'read update start', { fields: { commercial: 'read' } }),
    allow('head', 'read create update', { scope: 'department_below' }),
  ],
})

export const member = entity('t_member', {
  label: { zh: '成员', en: 'Member' },
  title: 'user',
  fields: {
    project: f.ref('t_project', label('Project'), { required: true }),
    user: f.user(label('User'), { required: true }),
    role: f.text(label('Role'), { required: true }),
    from_on: f.date(label('From')),
    to_on: f.date(label('To')),
  },
  place: { project: 'project' },
  unique: [['project', 'user', 'role']],
  access: [allow('director', 'read create update delete')],
})

export const contractLine = entity('t_contract_line', {
  kind: 'line',
  label: label('Line'),
  fields: {
    what: f.text(label('What'), { required: true }),
    qty: f.number(label('Quantity'), { required: true, scale: 4, min: '0' }),
    price: f.number(label('Price'), { scale: 6, group: 'commercial' }),
    amount: f.money(label('Amount'), { formula: 'round(qty * price, 2)', group: 'commercial' }),
  },
  rules: { some: { check: 'qty > 0', message: label('A line needs a quantity') } },
  access: [],
})

export const contract = entity('t_contract', {
  label: { zh: '合同', en: 'Contract' },
  title: 'name',
  number: 'HT-{yyyy}-{seq:3}',
  fields: {
    code: f.serial(label('Code')),
    name: f.text(label('Name'), { required: true, max: 100 }),
    project: f.ref('t_project', label('Project'), { required: true }),
    supplier: f.ref('t_supplier', label('Supplier'), { where: 'name != "Blacklisted"' }),
    type: f.choice(
      label('Type'),
      { works: label('Works'), goods: label('Goods') },
      { required: true, default: 'works' },
    ),
    tags: f.multiChoice(label('Tags'), { urgent: label('Urgent'), framework: label('Framework') }),
    watchers: f.multiRef('user', label('Watchers')),
    signed_on: f.date(label('Signed on'), { indexed: true }),
    due_on: f.date(label('Due on'), { default: '=today()' }),
    discount: f.percent(label('Discount'), { group: 'commercial' }),
    lines: f.lines('t_contract_line', label('Lines')),
    total: f.money(label('Total'), { formula: 'sum(lines.amount)', group: 'commercial', indexed: true }),
    bank_card: f.secret(label('Card'), { group: 'bank', mask: 'card' }),
    contact: f.text(label('Contact phone'), { group: 'contact', mask: 'phone' }),
    crane: f.text(label('Crane type'), { when: 'type = "works"' }),
    note: f.longText(label('Note')),
    counted: f.integer(label('Counted'), { system: true }),
    forecast_on: f.date(label('Forecast'), { projected: true }),
    x_rating: f.integer(label('Rating')),
  },
  place: { project: 'project' },
  rules: {
    order: {
      check: 'signed_on = null or due_on = null or due_on >= signed_on',
      message: label('Due before it is signed'),
    },
  },
  verbs: {
    count: { label: label('Count'), input: { by: f.integer(label('By'), { required: true }) } },
    peek: {
      label: label('Peek'),
      reads: true,
      input: { on: f.date(label('On'), { default: '=today()' }), twice: f.flag(label('Twice'), { default: true }) },
    },
  },
  access: [
    allow('director', 'read create update delete export count', {
      fields: { commercial: 'edit', bank: 'edit', contact: 'edit' },
    }),
    allow('lead', 'read create update delete export', {
      fields: { commercial: 'edit', bank: 'masked', contact: 'read' },
    }),
    allow('clerk', 'read create update', { fields: { contact: 'masked' } }),
    allow('head', 'read', { scope: 'department_below', fields: { commercial: 'read' } }),
    allow('writer', 'read create update', { scope: 'own' }),
    allow('staff', 'read update', { scope: 'department' }),
    allow('planner', 'read export', { scope: 'my_projects', fields: { contact: 'read' } }),
    allow('auditor', 'read export', { fields: { commercial: 'read', bank: 'masked' } }),
  ],
  views: { list: table('code name project total') },
})

export const supplier = entity('t_supplier', {
  label: { zh: '供应商', en: 'Supplier' },
  title: 'name',
  fields: {
    name: f.text(label('Name'), { required: true, unique: true }),
    tax_id: f.text(label('Tax id'), { group: 'tax' }),
    parent: f.ref('t_supplier', label('Parent')),
    used_by: f.orgUnit(label('Used by'), { type: 'company' }),
  },
  tree: 'parent',
  indexes: [['parent', 'tax_id']],
  access: [
    allow('director', 'read create update delete', { fields: { tax: 'edit' } }),
    allow('clerk', 'read create'),
    allow('lead', 'read'),
  ],
})

export const enterprise = defineModule({
  name: 'enterprise',
  label: label('Enterprise'),
  entities: [project, member, contract, contractLine, supplier],
  roles: {
    director: { label: label('Director'), at: ['company'] },
    clerk: { label: label('Clerk'), at: ['company', 'project'] },
    lead: { label: label('Project lead'), at: ['project'] },
    head: { label: label('Head'), at: ['department'] },
    writer: { label: label('Writer'), at: ['company', 'project'] },
    staff: { label: label('Staff'), at: ['company'] },
    planner: { label: label('Planner'), at: ['company'] },
    /** Ships no grant: administrators give it named places. */
    named: { label: label('Named'), at: ['company'] },
    auditor: { label: label('Auditor'), at: ['department'] },
  },
  actions: [
    { name: 'enterprise.tally', label: label('Tally'), input: { add: f.integer(label('Add'), { required: true }) } },
  ],
  refusals: { odd: { zh: '不能是奇数', en: 'No odd numbers' } },
  scopes: {
    project: {
      entity: 't_project',
      members: { entity: 't_member', project: 'project', user: 'user', from: 'from_on', to: 'to_on', role: 'role' },
    },
  },
})

declare module '@yingzao/kernel/entity' {
  interface Entities {
    t_project: typeof project
    t_member: typeof member
    t_contract: typeof contract
    t_contract_line: typeof contractLine
    t_supplier: typeof supplier
  }
}
