// 关口申请: a project passes a gate of its life cycle — approved to start, suspended, completed, terminated — when its approval is given.
import { allow, entity, f, form, table } from '@yingzao/kernel/entity'

export const projectGate = entity('project_gate', {
  kind: 'document',
  label: { zh: '关口申请', en: 'Gate request' },
  title: 'name',
  number: 'GK-{yyyy}{mm}-{seq:4}',
  fields: {
    name: f.text({ zh: '事项', en: 'Subject' }, { required: true, max: 120 }),
    project: f.ref('project', { zh: '项目', en: 'Project' }, { required: true, indexed: true }),
    /** Each is the project's transition of that name. */
    gate: f.choice(
      { zh: '关口', en: 'Gate' },
      {
        approve_start: { zh: '立项', en: 'Approval to start', tone: 'info' },
        suspend: { zh: '停工', en: 'Suspension', tone: 'warn' },
        complete: { zh: '完工', en: 'Completion', tone: 'good' },
        terminate: { zh: '终止', en: 'Termination', tone: 'bad' },
      },
      { required: true, default: 'approve_start' },
    ),
    planned_on: f.date({ zh: '拟实施日期', en: 'Planned for' }),
    reason: f.longText({ zh: '理由与依据', en: 'Reasons' }, { required: true, max: 4000 }),
    condition: f.longText({ zh: '批复条件', en: 'Conditions of approval' }, { max: 2000 }),
    /** Always the project's: nobody types it. */
    contract_amount: f.money({ zh: '合同额（含税）', en: 'Contract sum (gross)' }, { group: 'commercial' }),
    company: f.orgUnit({ zh: '公司', en: 'Company' }, { system: true, quiet: true }),
    department: f.orgUnit({ zh: '部门', en: 'Department' }, { system: true, quiet: true }),
  },
  place: { company: 'company', department: 'department', project: 'project' },
  approval: 'project_gate',
  access: [
    allow('project_manager', 'read create update delete submit withdraw', { fields: { commercial: 'read' } }),
    allow('pmo', 'read create update delete submit withdraw close export', { fields: { commercial: 'read' } }),
    allow('boss', 'read export', { fields: { commercial: 'read' } }),
    allow('finance', 'read export', { fields: { commercial: 'read' } }),
    allow('department_head', 'read', { scope: 'department_below', fields: { commercial: 'read' } }),
  ],
  views: {
    list: table('number name project gate state planned_on contract_amount created_by', { sort: '-created_at' }),
    form: form('name project gate planned_on contract_amount', 'reason', 'condition'),
  },
})

declare module '@yingzao/kernel/entity' {
  interface Entities {
    project_gate: typeof projectGate
  }
}
