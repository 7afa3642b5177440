// 成本预警: dynamic cost beyond its target, a contract nearly used up, a margin below its aim. Found and kept in step by a job;
// each leads to the entries and documents that made it.
import { allow, board, entity, f, table } from '@yingzao/kernel/entity'

const money = { system: true, group: 'commercial' } as const

export const costAlert = entity('cost_alert', {
  label: { zh: '成本预警', en: 'Cost alert' },
  title: 'code',
  number: 'CB-{yyyy}{mm}-{seq:4}',
  fields: {
    code: f.serial({ zh: '编号', en: 'No.' }),
    kind: f.choice(
      { zh: '类型', en: 'Kind' },
      {
        over_target: { zh: '动态成本超目标', en: 'Dynamic cost beyond the target', tone: 'bad' },
        item_over: { zh: '科目超目标', en: 'Item beyond its target', tone: 'bad' },
        contract_used: { zh: '合同将用完', en: 'Contract nearly used up', tone: 'warn' },
        contingency_ahead: { zh: '不可预见费用得过快', en: 'Contingency drawn ahead of the work', tone: 'warn' },
        margin_low: { zh: '毛利低于目标', en: 'Margin below its aim', tone: 'warn' },
      },
      { system: true, required: true, default: 'over_target', indexed: true },
    ),
    level: f.choice(
      { zh: '程度', en: 'Level' },
      { warn: { zh: '提醒', en: 'Warning', tone: 'warn' }, escalate: { zh: '严重', en: 'Serious', tone: 'bad' } },
      { system: true, required: true, default: 'warn', indexed: true },
    ),
    handling: f.choice(
      { zh: '处理', en: 'Handling' },
      {
        raised: { zh: '待确认', en: 'To acknowledge', tone: 'bad' },
        acknowledged: { zh: '已确认', en: 'Acknowledged', tone: 'warn' },
        closed: { zh: '已消除', en: 'Gone', tone: 'good' },
      },
      { system: true, required: true, default: 'raised', indexed: true },
    ),
    project: f.ref('project', { zh: '项目', en: 'Project' }, { system: true, indexed: true, onDelete: 'with' }),
    company: f.orgUnit({ zh: '公司', en: 'Company' }, { system: true, quiet: true }),
    item: f.ref('cost_item', { zh: '成本科目', en: 'Cost item' }, { system: true, onDelete: 'clear' }),
    contract: f.ref('contract', { zh: '合同', en: 'Contract' }, { system: true, onDelete: 'clear' }),
    /** Target, contract sum, or the margin aimed at. */
    limit_amount: f.money({ zh: '目标或合同额', en: 'Target or sum' }, money),
    /** Dynamic cost, measured, or the margin expected. */
    actual_amount: f.money({ zh: '现值', en: 'Now' }, money),
    share: f.percent(
      { zh: '比例', en: 'Share' },
      { ...money, hint: { zh: '现值 ÷ 目标；毛利为毛利率', en: 'Of the target; of a margin its rate' } },
    ),
    responsible: f.user({ zh: '须处理人', en: 'Who must act' }, { system: true, indexed: true }),
    told: f.multiRef('user', { zh: '已告知', en: 'Told' }, { system: true }),
    note: f.longText({ zh: '处理意见', en: 'What is done about it' }, { system: true }),
    raised_on: f.date({ zh: '发出', en: 'Raised' }, { system: true, indexed: true }),
    closed_on: f.date({ zh: '消除', en: 'Gone since' }, { system: true, quiet: true }),
    /** What it is about: the same is one record, raised again when it comes back. */
    about: f.text({ zh: '对象', en: 'About' }, { system: true, quiet: true, max: 160, unique: true }),
  },
  place: { company: 'company', project: 'project' },
  verbs: {
    acknowledge: {
      label: { zh: '确认并说明', en: 'Acknowledge' },
      when: 'handling = "raised"',
      tone: 'primary',
      input: { note: f.longText({ zh: '处理意见', en: 'What is done about it' }, { required: true, max: 2000 }) },
    },
  },
  tells: {
    must_act: {
      label: { zh: '有成本预警须我处理', en: 'A cost alert that I must act on' },
      to: 'told',
      when: 'handling = "raised"',
      text: {
        zh: '{project}：{kind}（{level}）{item}{contract} {actual_amount}，目标或合同额 {limit_amount}',
        en: '{project}: {kind} ({level}) {item}{contract} {actual_amount} against {limit_amount}',
      },
    },
  },
  access: [
    allow('cost_engineer', 'read acknowledge export', { fields: { commercial: 'read' } }),
    allow('project_manager', 'read acknowledge export', { fields: { commercial: 'read' } }),
    allow('pmo', 'read export', { fields: { commercial: 'read' } }),
    allow('boss', 'read export', { fields: { commercial: 'read' } }),
    allow('finance', 'read export', { fields: { commercial: 'read' } }),
  ],
  views: {
    list: table(
      'code kind level handling project item contract limit_amount actual_amount share responsible raised_on',
      {
        sort: '-raised_on',
      },
    ),
    board: board('handling'),
  },
})

declare module '@yingzao/kernel/entity' {
  interface Entities {
    cost_alert: typeof costAlert
  }
}
