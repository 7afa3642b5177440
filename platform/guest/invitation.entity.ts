// 外部邀请: an outside party let in to one record, until a day, for what is named here and nothing else. Its history is sealed.
import { allow, entity, f, form, table } from '@yingzao/kernel/entity'

export const guestInvitation = entity('guest_invitation', {
  label: { zh: '外部邀请', en: 'Guest invitation' },
  title: 'who',
  internal: true,
  discussion: false,
  fields: {
    /** Name and party: what the history of the record shows. */
    who: f.text({ zh: '外部人员', en: 'Guest' }, { system: true, required: true, max: 200 }),
    entity: f.text({ zh: '对象', en: 'Entity' }, { system: true, required: true, max: 80, quiet: true }),
    record: f.text({ zh: '记录', en: 'Record' }, { system: true, required: true, max: 36, quiet: true }),
    subject: f.text({ zh: '单据', en: 'Document' }, { system: true, max: 300 }),
    name: f.text({ zh: '姓名', en: 'Name' }, { system: true, required: true, max: 60 }),
    party: f.text({ zh: '单位', en: 'Party' }, { system: true, required: true, max: 120, indexed: true }),
    role: f.choice(
      { zh: '身份', en: 'Role' },
      {
        client: { zh: '建设单位', en: 'Client' },
        supervisor: { zh: '监理', en: 'Supervisor' },
        subcontractor: { zh: '分包', en: 'Subcontractor' },
        supplier: { zh: '供应商', en: 'Supplier' },
        expert: { zh: '专家', en: 'Expert' },
        other: { zh: '其他', en: 'Other' },
      },
      { system: true, required: true },
    ),
    mail: f.text({ zh: '邮箱', en: 'E-mail' }, { system: true, required: true, max: 120 }),
    phone: f.text({ zh: '电话', en: 'Phone' }, { system: true, max: 30 }),
    acts: f.multiChoice(
      { zh: '可以', en: 'May' },
      {
        confirm: { zh: '确认或拒绝', en: 'Confirm or refuse' },
        answer: { zh: '答复', en: 'Answer' },
        comment: { zh: '留言', en: 'Comment' },
        attach: { zh: '上传附件', en: 'Add files' },
        print: { zh: '打印和下载', en: 'Print and download' },
      },
      { system: true },
    ),
    fields: f.json({ zh: '可见字段', en: 'Fields shown' }, { system: true, quiet: true }),
    attachments: f.json({ zh: '可见附件', en: 'Attachments shown' }, { system: true, quiet: true }),
    until: f.instant({ zh: '有效至', en: 'Until' }, { system: true, required: true, indexed: true }),
    message: f.longText({ zh: '附言', en: 'Message' }, { system: true, max: 1000 }),
    lang: f.choice(
      { zh: '邮件语言', en: 'Language of letters' },
      { zh: { zh: '中文', en: 'Chinese' }, en: { zh: '英文', en: 'English' } },
      { system: true, required: true, default: 'zh', quiet: true },
    ),
    inviter: f.user({ zh: '邀请人', en: 'Invited by' }, { system: true, required: true, indexed: true }),
    standing: f.choice(
      { zh: '状态', en: 'Standing' },
      {
        open: { zh: '有效', en: 'Active', tone: 'good' },
        over: { zh: '已过期', en: 'Expired' },
        withdrawn: { zh: '已收回', en: 'Withdrawn', tone: 'warn' },
      },
      { system: true, required: true, default: 'open', indexed: true },
    ),
    letter: f.choice(
      { zh: '邮件', en: 'Letter' },
      {
        waiting: { zh: '发送中', en: 'Waiting' },
        sent: { zh: '已发出', en: 'Sent' },
        failed: { zh: '未送达', en: 'Not delivered', tone: 'bad' },
      },
      { system: true, required: true, default: 'waiting' },
    ),
    opened_at: f.instant({ zh: '首次打开', en: 'First opened' }, { system: true }),
    outcome: f.choice(
      { zh: '结果', en: 'Outcome' },
      {
        confirmed: { zh: '已确认', en: 'Confirmed', tone: 'good' },
        refused: { zh: '不认可', en: 'Refused', tone: 'bad' },
        answered: { zh: '已答复', en: 'Answered', tone: 'info' },
      },
      { system: true },
    ),
  },
  place: { owner: ['inviter'] },
  indexes: [['record']],
  verbs: {
    withdraw: {
      label: { zh: '收回邀请', en: 'Withdraw' },
      when: 'standing = "open"',
      tone: 'danger',
    },
  },
  access: [allow('administrator', 'read export withdraw'), allow('member', 'read withdraw', { scope: 'own' })],
  views: {
    list: table('who role subject standing outcome until opened_at letter inviter acts created_at', {
      sort: '-created_at',
    }),
    form: form(
      { label: { zh: '外部人员', en: 'Guest' }, fields: 'name party role mail phone' },
      { label: { zh: '邀请', en: 'Invitation' }, fields: 'subject acts until message inviter' },
      { label: { zh: '进展', en: 'Progress' }, fields: 'standing letter opened_at outcome' },
    ),
  },
})

declare module '@yingzao/kernel/entity' {
  interface Entities {
    guest_invitation: typeof guestInvitation
  }
}
