// 往来单位: whoever contracts with us, on either side. One company may be customer and supplier at once.
import { allow, entity, f, form, table } from '@yingzao/kernel/entity'

const company = 'taxpayer = "general" or taxpayer = "small"'

export const counterparty = entity('counterparty', {
  label: { zh: '往来单位', en: 'Counterparty' },
  title: 'name',
  number: 'WL-{seq:6}',
  fields: {
    code: f.serial({ zh: '编号', en: 'No.' }),
    name: f.text(
      { zh: '单位名称', en: 'Name' },
      {
        required: true,
        max: 200,
        indexed: true,
        hint: { zh: '按营业执照全称填写', en: 'The full name on its business licence' },
      },
    ),
    short_name: f.text({ zh: '简称', en: 'Short name' }, { max: 60 }),
    roles: f.multiChoice(
      { zh: '往来类型', en: 'Roles' },
      {
        client: { zh: '甲方', en: 'Client' },
        supplier: { zh: '供应商', en: 'Supplier' },
        subcontractor: { zh: '分包', en: 'Subcontractor' },
        labour: { zh: '劳务队', en: 'Labour team' },
        rental: { zh: '租赁', en: 'Rental' },
        service: { zh: '服务', en: 'Services' },
      },
      { required: true },
    ),
    taxpayer: f.choice(
      { zh: '纳税人类型', en: 'Taxpayer' },
      {
        general: { zh: '一般纳税人', en: 'General taxpayer' },
        small: { zh: '小规模纳税人', en: 'Small-scale taxpayer' },
        person: { zh: '自然人', en: 'Natural person' },
        foreign: { zh: '境外单位', en: 'Foreign entity' },
      },
      { required: true, default: 'general' },
    ),
    credit_code: f.text(
      { zh: '统一社会信用代码', en: 'Unified social credit code' },
      {
        // Room for spaces, which are taken out.
        max: 30,
        unique: true,
        when: company,
        required: true,
        hint: { zh: '18 位，营业执照上方', en: '18 characters, on the business licence' },
      },
    ),
    identity_no: f.secret(
      { zh: '身份证号', en: 'Identity number' },
      { mask: 'identity', group: 'identity', when: 'taxpayer = "person"' },
    ),
    legal_person: f.text({ zh: '法定代表人', en: 'Legal representative' }, { max: 60 }),
    contact: f.text({ zh: '联系人', en: 'Contact' }, { max: 60 }),
    phone: f.text({ zh: '联系电话', en: 'Phone' }, { max: 30, input: 'phone', mask: 'phone', group: 'contact' }),
    email: f.text({ zh: '电子邮箱', en: 'E-mail' }, { max: 120, input: 'email', group: 'contact' }),
    address: f.text({ zh: '注册地址', en: 'Registered address' }, { max: 300 }),
    handler: f.user(
      { zh: '经办人', en: 'Kept by' },
      { hint: { zh: '资质到期时通知此人', en: 'Told when a qualification runs out' } },
    ),
    accounts: f.lines('counterparty_account', { zh: '银行账户', en: 'Bank accounts' }, { max: 50 }),
    qualifications: f.lines('counterparty_qualification', { zh: '资质证照', en: 'Qualifications' }, { max: 100 }),
    /** Of the qualifications, the day on which the next one ends. Kept by a hook. */
    qualified_to: f.date({ zh: '资质到期', en: 'Qualified until' }, { system: true, indexed: true }),
    qualification: f.choice(
      { zh: '资质状态', en: 'Qualification' },
      {
        none: { zh: '未登记', en: 'None on file', tone: 'neutral' },
        valid: { zh: '有效', en: 'Valid', tone: 'good' },
        expiring: { zh: '即将到期', en: 'Expiring', tone: 'warn' },
        expired: { zh: '已过期', en: 'Expired', tone: 'bad' },
      },
      { system: true, default: 'none', indexed: true },
    ),
    standing: f.choice(
      { zh: '合作状态', en: 'Standing' },
      {
        good: { zh: '正常', en: 'Good', tone: 'good' },
        blacklisted: { zh: '黑名单', en: 'Blacklisted', tone: 'bad' },
      },
      { system: true, default: 'good', indexed: true },
    ),
    blacklist_reason: f.longText({ zh: '列入原因', en: 'Why blacklisted' }, { system: true }),
    blacklisted_from: f.date({ zh: '列入日期', en: 'Blacklisted from' }, { system: true }),
    blacklisted_to: f.date({ zh: '解除日期', en: 'Blacklisted until' }, { system: true }),
    note: f.longText({ zh: '备注', en: 'Note' }),
  },
  tells: {
    expiring: {
      label: { zh: '经办单位的资质即将到期', en: 'A qualification of a company I keep is expiring' },
      to: 'handler',
      when: 'qualification = "expiring"',
      text: {
        zh: '“{title}”的资质将于 {qualified_to} 到期，请提前更新',
        en: 'A qualification of {title} ends on {qualified_to}: have it renewed',
      },
    },
    expired: {
      label: { zh: '经办单位的资质已过期', en: 'A qualification of a company I keep has expired' },
      to: 'handler',
      when: 'qualification = "expired"',
      text: {
        zh: '“{title}”的资质已于 {qualified_to} 到期',
        en: 'A qualification of {title} ended on {qualified_to}',
      },
      urgent: true,
    },
  },
  verbs: {
    blacklist: {
      label: { zh: '列入黑名单', en: 'Blacklist' },
      tone: 'danger',
      when: 'standing = "good"',
      input: {
        reason: f.longText({ zh: '原因', en: 'Reason' }, { required: true, max: 2000 }),
        from_on: f.date({ zh: '自', en: 'From' }),
        to_on: f.date({ zh: '至', en: 'Until' }, { hint: { zh: '留空为长期', en: 'Empty: for good' } }),
      },
    },
    lift: {
      label: { zh: '解除黑名单', en: 'Lift the blacklisting' },
      when: 'standing = "blacklisted"',
      input: { reason: f.longText({ zh: '原因', en: 'Reason' }, { required: true, max: 2000 }) },
    },
  },
  access: [
    allow('finance', 'read create update delete export import blacklist lift', {
      fields: { bank: 'edit', contact: 'edit', identity: 'edit' },
    }),
    allow('cost_engineer', 'read create update delete export import blacklist', {
      fields: { bank: 'masked', contact: 'edit', identity: 'masked' },
    }),
    allow('pmo', 'read create update export import blacklist lift', {
      fields: { bank: 'masked', contact: 'edit', identity: 'masked' },
    }),
    allow('boss', 'read export blacklist lift unmask', {
      fields: { bank: 'masked', contact: 'read', identity: 'masked' },
    }),
    allow('cashier', 'read unmask', { fields: { bank: 'read', contact: 'read', identity: 'masked' } }),
    allow('legal', 'read export blacklist lift unmask', {
      fields: { bank: 'masked', contact: 'read', identity: 'masked' },
    }),
    allow('project_manager', 'read', { fields: { contact: 'read' } }),
    allow('department_head', 'read', { fields: { contact: 'read' } }),
    allow('storekeeper', 'read', { fields: { contact: 'masked' } }),
    allow('labour_officer', 'read', { fields: { contact: 'read' } }),
    allow('technical_lead', 'read', { fields: { contact: 'masked' } }),
    allow('engineer', 'read', { fields: { contact: 'masked' } }),
    allow('quality_officer', 'read'),
    allow('safety_officer', 'read'),
    allow('planner', 'read'),
    allow('foreman', 'read'),
  ],
  views: {
    list: table('code name roles taxpayer credit_code qualification qualified_to standing contact phone', {
      sort: 'name',
    }),
    form: form(
      {
        label: { zh: '基本信息', en: 'Basics' },
        fields: 'code name short_name roles taxpayer credit_code identity_no legal_person standing',
      },
      { label: { zh: '联系方式', en: 'Contact' }, fields: 'contact phone email address handler' },
      { label: { zh: '银行账户', en: 'Bank accounts' }, fields: 'accounts' },
      { label: { zh: '资质证照', en: 'Qualifications' }, fields: 'qualification qualified_to qualifications' },
      {
        label: { zh: '其他', en: 'More' },
        fields: 'blacklist_reason blacklisted_from blacklisted_to note',
      },
    ),
  },
})

export const counterpartyAccount = entity('counterparty_account', {
  kind: 'line',
  label: { zh: '银行账户', en: 'Bank account' },
  fields: {
    holder: f.text(
      { zh: '户名', en: 'Account name' },
      { max: 200, hint: { zh: '与单位名称不同时填写', en: 'Where it differs from the name' } },
    ),
    bank: f.text({ zh: '开户行', en: 'Bank and branch' }, { required: true, max: 200 }),
    number: f.secret({ zh: '账号', en: 'Account number' }, { required: true, mask: 'card', group: 'bank' }),
    bank_code: f.text({ zh: '联行号', en: 'Bank code (CNAPS)' }, { max: 12, pattern: '^[0-9]{12}$' }),
    main: f.flag({ zh: '默认', en: 'Default' }),
  },
  access: [],
})

export const counterpartyQualification = entity('counterparty_qualification', {
  kind: 'line',
  label: { zh: '资质证照', en: 'Qualification' },
  fields: {
    kind: f.choice(
      { zh: '类别', en: 'Kind' },
      {
        licence: { zh: '营业执照', en: 'Business licence' },
        grade: { zh: '建筑业企业资质', en: 'Construction qualification' },
        safety: { zh: '安全生产许可证', en: 'Work safety permit' },
        labour: { zh: '劳务资质', en: 'Labour qualification' },
        system: { zh: '体系认证', en: 'Management system certificate' },
        other: { zh: '其他', en: 'Other' },
      },
      { required: true, default: 'licence' },
    ),
    name: f.text({ zh: '名称与等级', en: 'Name and grade' }, { max: 200 }),
    number: f.text({ zh: '证书编号', en: 'Certificate no.' }, { max: 100 }),
    issued_on: f.date({ zh: '发证日期', en: 'Issued on' }),
    valid_to: f.date({ zh: '有效期至', en: 'Valid until' }, { hint: { zh: '长期有效留空', en: 'Empty: no end' } }),
  },
  rules: {
    period: {
      check: 'issued_on = null or valid_to = null or valid_to >= issued_on',
      message: { zh: '有效期不能早于发证日期，请检查', en: 'It ends before it was issued: check both dates' },
    },
  },
  access: [],
})

declare module '@yingzao/kernel/entity' {
  interface Entities {
    counterparty: typeof counterparty
    counterparty_account: typeof counterpartyAccount
    counterparty_qualification: typeof counterpartyQualification
  }
}
