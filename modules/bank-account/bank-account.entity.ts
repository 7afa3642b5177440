// 资金账户: where own money lies. Its number is a secret, shown by its last four digits.
import { allow, entity, f, form, table } from '@yingzao/kernel/entity'

const inBank = 'type != "cash" and type != "petty"'

export const bankAccount = entity('bank_account', {
  label: { zh: '资金账户', en: 'Account' },
  title: 'name',
  fields: {
    name: f.text(
      { zh: '账户名称', en: 'Name' },
      {
        required: true,
        unique: true,
        max: 100,
        indexed: true,
        hint: { zh: '如 建行基本户 5678', en: 'Such as “CCB main 5678”' },
      },
    ),
    type: f.choice(
      { zh: '账户类型', en: 'Type' },
      {
        basic: { zh: '基本户', en: 'Basic account' },
        general: { zh: '一般户', en: 'General account' },
        wage: { zh: '农民工工资专户', en: 'Wage account', tone: 'info' },
        bond: { zh: '保证金户', en: 'Bond account' },
        cash: { zh: '现金', en: 'Cash' },
        petty: { zh: '备用金', en: 'Petty cash' },
      },
      { required: true, default: 'general', indexed: true },
    ),
    company: f.orgUnit({ zh: '所属法人', en: 'Legal entity' }, { required: true, type: 'company', indexed: true }),
    project: f.ref(
      'project',
      { zh: '所属项目', en: 'Project' },
      { indexed: true, hint: { zh: '农民工工资专户必填', en: 'A wage account belongs to a project' } },
    ),
    bank: f.text({ zh: '开户行', en: 'Bank and branch' }, { max: 200, when: inBank, required: true }),
    number: f.secret(
      { zh: '账号', en: 'Account number' },
      { group: 'bank', mask: 'card', when: inBank, required: true },
    ),
    /** Shown to all who see the account: enough to tell two apart. */
    ending: f.text({ zh: '尾号', en: 'Ends in' }, { system: true, max: 4 }),
    /** The project whose wage account in use this is: two saved at once cannot both be. */
    wage_of: f.ref('project', { zh: '专户项目', en: 'Wage account of' }, { system: true, unique: true, quiet: true }),
    opened_on: f.date({ zh: '开户日期', en: 'Opened on' }),
    closed_on: f.date({ zh: '销户日期', en: 'Closed on' }),
    opening_amount: f.money(
      { zh: '期初余额', en: 'Opening balance' },
      { required: true, default: '0', group: 'balance' },
    ),
    opening_on: f.date(
      { zh: '期初日期', en: 'Balance as of' },
      { required: true, default: '=today()', group: 'balance' },
    ),
    overdraft_amount: f.money(
      { zh: '允许透支', en: 'Overdraft allowed' },
      { min: '0', required: true, default: '0', group: 'balance', hint: { zh: '0 为不允许透支', en: '0: none' } },
    ),
    holder: f.user({ zh: '保管人', en: 'Kept by' }),
    active: f.flag({ zh: '启用', en: 'In use' }, { default: true }),
    note: f.longText({ zh: '备注', en: 'Note' }),
  },
  place: { company: 'company', project: 'project', owner: ['holder'] },
  rules: {
    wage_project: {
      check: 'type != "wage" or project != null',
      message: {
        zh: '农民工工资专户必须指定项目（保障农民工工资支付条例 §26）',
        en: 'A wage account belongs to a project: choose it (Regulation on wages of migrant workers §26)',
      },
    },
    closed_after_opened: {
      check: 'opened_on = null or closed_on = null or closed_on >= opened_on',
      message: { zh: '销户日期不能早于开户日期', en: 'It is closed before it was opened: check both dates' },
    },
    closed_not_active: {
      check: 'closed_on = null or not(active)',
      message: { zh: '已销户的账户请取消“启用”', en: 'A closed account is not in use: clear that mark' },
    },
    wage_no_overdraft: {
      check: 'type != "wage" or overdraft_amount = 0',
      message: { zh: '农民工工资专户不能透支', en: 'A wage account has no overdraft' },
    },
  },
  access: [
    allow('finance', 'read create update delete export import', { fields: { bank: 'edit', balance: 'edit' } }),
    allow('cashier', 'read export', { fields: { bank: 'read', balance: 'read' } }),
    allow('boss', 'read export unmask', { fields: { bank: 'masked', balance: 'read' } }),
    allow('cost_engineer', 'read', { fields: { bank: 'masked' } }),
    allow('project_manager', 'read', { fields: { bank: 'masked', balance: 'read' } }),
    allow('labour_officer', 'read', { fields: { bank: 'masked' } }),
  ],
  views: {
    list: table('name type company project bank ending opening_amount opening_on overdraft_amount active', {
      sort: 'name',
    }),
    form: form(
      { label: { zh: '账户', en: 'Account' }, fields: 'name type company project bank number ending holder active' },
      {
        label: { zh: '期初与透支', en: 'Opening balance and overdraft' },
        fields: 'opening_amount opening_on overdraft_amount',
      },
      { label: { zh: '其他', en: 'More' }, fields: 'opened_on closed_on note' },
    ),
  },
})

declare module '@yingzao/kernel/entity' {
  interface Entities {
    bank_account: typeof bankAccount
  }
}
