// 项目: the register of projects with their life cycle (domain: project states and gates).
import { allow, board, calendar, entity, f, form, table } from '@yingzao/kernel/entity'

const anyStage = ['proposed', 'ready', 'active', 'suspended', 'completed', 'accepted', 'settling', 'warranty'] as const

export const project = entity('project', {
  label: { zh: '项目', en: 'Project' },
  title: 'name',
  number: 'XM-{yyyy}{mm}-{seq:4}',
  fields: {
    code: f.serial({ zh: '项目编号', en: 'Project no.' }),
    name: f.text({ zh: '项目名称', en: 'Name' }, { required: true, max: 200 }),
    short_name: f.text({ zh: '简称', en: 'Short name' }, { max: 40 }),
    type: f.choice(
      { zh: '类型', en: 'Type' },
      {
        building: { zh: '房屋建筑', en: 'Building' },
        municipal: { zh: '市政工程', en: 'Municipal works' },
        rail: { zh: '轨道交通', en: 'Rail transit' },
        industrial: { zh: '工业安装', en: 'Industrial plant' },
        software: { zh: '软件与信息化', en: 'Software' },
        product: { zh: '产品研发', en: 'Product development' },
        other: { zh: '其他', en: 'Other' },
      },
      { required: true, default: 'building' },
    ),
    company: f.orgUnit({ zh: '所属公司', en: 'Company' }, { required: true, type: 'company', indexed: true }),
    department: f.orgUnit({ zh: '承担部门', en: 'Department' }, { type: 'department', indexed: true }),
    manager: f.user({ zh: '项目经理', en: 'Project manager' }, { indexed: true }),
    client: f.text({ zh: '建设单位', en: 'Client' }, { max: 200 }),
    address: f.text({ zh: '地址', en: 'Address' }, { max: 300 }),
    start_on: f.date({ zh: '计划开工', en: 'Planned start' }),
    finish_on: f.date({ zh: '合同竣工', en: 'Contract finish' }),
    started_on: f.date({ zh: '实际开工', en: 'Actual start' }),
    completed_on: f.date({ zh: '实际完工', en: 'Actual completion' }),
    area_qty: f.number({ zh: '建筑面积', en: 'Floor area' }, { scale: 2, min: '0', unit: { zh: 'm²', en: 'm²' } }),
    contract_amount: f.money({ zh: '合同额（含税）', en: 'Contract sum (gross)' }, { min: '0', group: 'commercial' }),
    tax_method: f.choice(
      { zh: '计税方法', en: 'VAT method' },
      { general: { zh: '一般计税', en: 'General' }, simplified: { zh: '简易计税', en: 'Simplified' } },
      { default: 'general', group: 'commercial' },
    ),
    /** 预缴: away from home every receipt, at home what is received in advance (增值税预缴税款管理办法). Empty: away. */
    tax_place: f.choice(
      { zh: '施工地', en: 'Works are' },
      {
        away: { zh: '跨地（市）', en: 'Away from home' },
        home: { zh: '公司所在地（市）', en: 'In the company’s city' },
      },
      {
        ...{ default: 'away', group: 'commercial' },
        hint: {
          zh: '跨地（市）的收款都预缴增值税，本地的只有预收款预缴',
          en: 'Away VAT is prepaid on all receipts, at home on advances only',
        },
      },
    ),
    health: f.choice(
      { zh: '健康度', en: 'Health' },
      {
        good: { zh: '正常', en: 'On track', tone: 'good' },
        watch: { zh: '关注', en: 'Watch', tone: 'warn' },
        late: { zh: '滞后', en: 'Late', tone: 'bad' },
        unknown: { zh: '无计划', en: 'No plan', tone: 'neutral' },
      },
      { projected: true, default: 'unknown' },
    ),
    forecast_finish_on: f.date({ zh: '预计完工', en: 'Forecast finish' }, { projected: true }),
    progress_pct: f.percent({ zh: '进度', en: 'Progress' }, { projected: true }),
    description: f.longText({ zh: '概况', en: 'Description' }),
  },
  place: { company: 'company', department: 'department', project: 'id', owner: ['manager'] },
  indexes: [['company', 'stage'], ['name'], ['finish_on']],
  rules: {
    finish_after_start: {
      check: 'start_on = null or finish_on = null or finish_on >= start_on',
      message: {
        zh: '合同竣工不能早于计划开工，请检查两个日期',
        en: 'The contract finish lies before the planned start: check both dates',
      },
    },
  },
  stages: {
    proposed: { label: { zh: '立项中', en: 'Proposed' } },
    ready: { label: { zh: '待开工', en: 'Ready' }, tone: 'info' },
    active: { label: { zh: '在建', en: 'Active' }, tone: 'good' },
    suspended: { label: { zh: '停工', en: 'Suspended' }, tone: 'warn' },
    completed: { label: { zh: '完工', en: 'Completed' }, tone: 'info' },
    accepted: { label: { zh: '竣工验收', en: 'Accepted' }, tone: 'info' },
    settling: { label: { zh: '结算', en: 'Settling' }, tone: 'info' },
    warranty: { label: { zh: '质保期', en: 'In warranty' }, tone: 'info' },
    closed: { label: { zh: '关闭', en: 'Closed' } },
    terminated: { label: { zh: '终止', en: 'Terminated' }, tone: 'bad' },
  },
  transitions: [
    // Granted to nobody: an approved gate request does it.
    { from: ['proposed'], to: 'ready', action: 'approve_start', label: { zh: '立项通过', en: 'Approve' } },
    { from: ['ready'], to: 'active', action: 'start', label: { zh: '开工', en: 'Start' } },
    { from: ['active'], to: 'suspended', action: 'suspend', label: { zh: '停工', en: 'Suspend' } },
    { from: ['suspended'], to: 'active', action: 'resume', label: { zh: '复工', en: 'Resume' } },
    { from: ['active'], to: 'completed', action: 'complete', label: { zh: '完工', en: 'Complete' } },
    { from: ['completed'], to: 'accepted', action: 'accept', label: { zh: '竣工验收', en: 'Accept' } },
    { from: ['accepted'], to: 'settling', action: 'settle', label: { zh: '进入结算', en: 'Settle' } },
    { from: ['settling'], to: 'warranty', action: 'enter_warranty', label: { zh: '进入质保', en: 'Enter warranty' } },
    { from: ['warranty', 'settling'], to: 'closed', action: 'close', label: { zh: '关闭', en: 'Close' } },
    { from: anyStage, to: 'terminated', action: 'terminate', label: { zh: '终止', en: 'Terminate' } },
  ],
  tells: {
    managed: {
      label: { zh: '由我任项目经理', en: 'I became project manager' },
      to: 'manager',
      text: { zh: '您现在是“{name}”的项目经理', en: 'You are now the project manager of “{name}”' },
    },
  },
  access: [
    allow('boss', 'read export close terminate', { fields: { commercial: 'read' } }),
    allow(
      'pmo',
      'read create update delete export import start suspend resume complete accept settle enter_warranty close terminate',
      { fields: { commercial: 'edit' } },
    ),
    allow('department_head', 'read create update', { scope: 'department_below', fields: { commercial: 'read' } }),
    allow('finance', 'read export', { fields: { commercial: 'read' } }),
    allow('cost_engineer', 'read export', { fields: { commercial: 'read' } }),
    allow('cashier', 'read'),
    allow('project_manager', 'read update start suspend resume complete', { fields: { commercial: 'read' } }),
    allow('planner', 'read'),
    allow('technical_lead', 'read'),
    allow('engineer', 'read'),
    allow('foreman', 'read'),
    allow('quality_officer', 'read'),
    allow('safety_officer', 'read'),
    allow('storekeeper', 'read'),
    allow('labour_officer', 'read'),
    allow('observer', 'read'),
  ],
  views: {
    list: table(
      'code name type stage health progress_pct manager finish_on forecast_finish_on contract_amount company',
      { sort: '-created_at' },
    ),
    board: board('stage'),
    calendar: calendar('start_on', 'finish_on'),
    form: form(
      {
        label: { zh: '基本信息', en: 'Basics' },
        fields: 'code name short_name type company department manager client address',
      },
      {
        label: { zh: '工期', en: 'Dates' },
        fields: 'start_on finish_on started_on completed_on forecast_finish_on progress_pct health',
      },
      { label: { zh: '商务', en: 'Commercial' }, fields: 'contract_amount tax_method tax_place area_qty' },
      { label: { zh: '说明', en: 'Notes' }, fields: 'description' },
    ),
  },
})

declare module '@yingzao/kernel/entity' {
  interface Entities {
    project: typeof project
  }
}
