// 保函: guarantees given and received, with the day they run out; one whose obligation is open after that day is red.
import { allow, entity, f, form, table } from '@yingzao/kernel/entity'

const money = { group: 'commercial' } as const
const ending = (days: number, standing: string, urgent = false) => ({
  label: { zh: `我经办的保函 ${days} 天内到期`, en: `A guarantee I handle ends within ${days} days` },
  to: 'handler',
  when: `standing = "${standing}"`,
  text: {
    zh: '保函“{title}”将于 {valid_to} 到期，请续开或办理退回',
    en: 'Guarantee {title} ends on {valid_to}: have it extended, or returned',
  },
  urgent,
})

export const guarantee = entity('guarantee', {
  label: { zh: '保函', en: 'Guarantee' },
  title: 'title',
  apart: 'direction',
  fields: {
    title: f.text(
      { zh: '保函', en: 'Guarantee' },
      { formula: 'guarantee_no + " " + bank', max: 260, indexed: true, quiet: true },
    ),
    guarantee_no: f.text({ zh: '保函编号', en: 'Guarantee no.' }, { required: true, max: 60, indexed: true }),
    kind: f.choice(
      { zh: '类型', en: 'Kind' },
      {
        bid: { zh: '投标', en: 'Bid' },
        performance: { zh: '履约', en: 'Performance' },
        advance: { zh: '预付款', en: 'Advance payment' },
        quality: { zh: '质量', en: 'Quality' },
        payment: { zh: '支付', en: 'Payment' },
        wages: { zh: '农民工工资', en: 'Wages' },
      },
      { required: true, default: 'performance', indexed: true },
    ),
    direction: f.choice(
      { zh: '方向', en: 'Direction' },
      {
        given: { zh: '我方开出', en: 'Given by us', tone: 'info' },
        received: { zh: '收到', en: 'Received', tone: 'good' },
      },
      { required: true, default: 'given', indexed: true },
    ),
    project: f.ref('project', { zh: '项目', en: 'Project' }, { required: true, indexed: true }),
    company: f.orgUnit({ zh: '公司', en: 'Company' }, { system: true, quiet: true }),
    contract: f.ref('contract', { zh: '合同', en: 'Contract' }, { indexed: true, where: 'state = "effective"' }),
    counterparty: f.ref('counterparty', { zh: '对方单位', en: 'Other party' }, { required: true, indexed: true }),
    handler: f.user({ zh: '经办人', en: 'Handled by' }, { default: '=current_user()', indexed: true }),
    bank: f.text({ zh: '开立银行', en: 'Bank' }, { required: true, max: 100 }),
    amount: f.money({ zh: '金额', en: 'Amount' }, { required: true, min: '0.01', indexed: true, ...money }),
    /** Of a performance guarantee: what the law allows of the contract's sum (招标投标法实施条例 §58). */
    cap_amount: f.money({ zh: '法定上限', en: 'Most by law' }, { system: true, ...money }),
    within_law: f.choice(
      { zh: '上限核对', en: 'Against the law' },
      {
        within: { zh: '未超上限', en: 'Within', tone: 'good' },
        beyond: { zh: '超过上限', en: 'Beyond', tone: 'warn' },
      },
      { system: true, indexed: true },
    ),
    issued_on: f.date({ zh: '开立日期', en: 'Issued on' }),
    valid_to: f.date({ zh: '有效期至', en: 'Valid to' }, { required: true, indexed: true }),
    returned_on: f.date({ zh: '退回日期', en: 'Returned on' }, { indexed: true }),
    replaces_retention: f.flag(
      { zh: '替代质保金', en: 'Instead of retention' },
      {
        when: 'kind = "quality"',
        hint: { zh: '有效期内质保金可以提前释放', en: 'While it is valid the retention may be released early' },
      },
    ),
    standing: f.choice(
      { zh: '状态', en: 'Standing' },
      {
        valid: { zh: '有效', en: 'Valid', tone: 'good' },
        d30: { zh: '30 天内到期', en: 'Ends within 30 days', tone: 'warn' },
        d15: { zh: '15 天内到期', en: 'Ends within 15 days', tone: 'warn' },
        d7: { zh: '7 天内到期', en: 'Ends within 7 days', tone: 'warn' },
        expired: { zh: '过期未退', en: 'Expired, obligation open', tone: 'bad' },
        returned: { zh: '已退回', en: 'Returned', tone: 'neutral' },
      },
      { system: true, indexed: true },
    ),
    note: f.longText({ zh: '备注', en: 'Note' }, { max: 1000 }),
  },
  place: { company: 'company', project: 'project', owner: ['handler'] },
  unique: [['company', 'guarantee_no']],
  rules: {
    ends_after_start: {
      check: 'issued_on = null or valid_to >= issued_on',
      message: { zh: '有效期不能早于开立日期，请检查', en: 'It ends before it is issued: check both days' },
    },
  },
  tells: {
    d30: ending(30, 'd30'),
    d15: ending(15, 'd15'),
    d7: ending(7, 'd7', true),
    expired: {
      label: { zh: '我经办的保函过期未退', en: 'A guarantee I handle expired with its obligation open' },
      to: 'handler',
      when: 'standing = "expired"',
      text: {
        zh: '保函“{title}”已于 {valid_to} 过期而义务未了，请立即续开或取得退回',
        en: 'Guarantee {title} expired on {valid_to} with its obligation open: extend it or have it returned now',
      },
      urgent: true,
    },
  },
  access: [
    allow('finance', 'read create update delete export import', { fields: { commercial: 'edit' } }),
    allow('cost_engineer', 'read create update export import', { fields: { commercial: 'edit' } }),
    allow('project_manager', 'read export', { fields: { commercial: 'read' } }),
    allow('pmo', 'read export', { fields: { commercial: 'read' } }),
    allow('boss', 'read export', { fields: { commercial: 'read' } }),
    allow('cashier', 'read', { fields: { commercial: 'read' } }),
    allow('department_head', 'read', { scope: 'department_below', fields: { commercial: 'read' } }),
  ],
  views: {
    list: table('guarantee_no kind direction amount within_law valid_to standing counterparty contract bank project', {
      sort: 'valid_to',
    }),
    form: form(
      {
        label: { zh: '保函', en: 'Guarantee' },
        fields:
          'guarantee_no kind direction project contract counterparty bank amount cap_amount within_law issued_on valid_to handler',
      },
      { label: { zh: '了结', en: 'End' }, fields: 'returned_on replaces_retention standing note' },
    ),
  },
})

declare module '@yingzao/kernel/entity' {
  interface Entities {
    guarantee: typeof guarantee
  }
}
