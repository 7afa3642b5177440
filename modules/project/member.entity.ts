// 项目成员: who takes part in a project, in which role, from when to when. A membership *is* a role held at the project.
import { allow, entity, f, table } from '@yingzao/kernel/entity'

export const projectMember = entity('project_member', {
  label: { zh: '项目成员', en: 'Project member' },
  title: 'user',
  fields: {
    project: f.ref('project', { zh: '项目', en: 'Project' }, { required: true, indexed: true, onDelete: 'with' }),
    company: f.orgUnit({ zh: '公司', en: 'Company' }, { system: true, quiet: true }),
    user: f.user({ zh: '人员', en: 'Person' }, { required: true, indexed: true }),
    role: f.ref('role', { zh: '角色', en: 'Role' }, { required: true, where: 'list contains(places, "project")' }),
    from_on: f.date({ zh: '起', en: 'From' }),
    to_on: f.date({ zh: '止', en: 'To' }),
    duty: f.text({ zh: '职责', en: 'Duty' }, { max: 200 }),
  },
  place: { company: 'company', project: 'project' },
  unique: [['project', 'user', 'role']],
  rules: {
    period: {
      check: 'from_on = null or to_on = null or to_on >= from_on',
      message: { zh: '截止日期不能早于起始日期', en: 'The end lies before the beginning' },
    },
  },
  tells: {
    joined: {
      label: { zh: '我加入了项目', en: 'I joined a project' },
      to: 'user',
      text: { zh: '您已加入“{project}”，角色：{role}', en: 'You joined “{project}” as {role}' },
    },
  },
  access: [
    allow('pmo', 'read create update delete export import'),
    allow('project_manager', 'read create update delete export'),
    allow('boss', 'read export'),
    allow('department_head', 'read'),
    allow('planner', 'read'),
    allow('cost_engineer', 'read'),
    allow('technical_lead', 'read'),
    allow('engineer', 'read'),
    allow('foreman', 'read'),
    allow('observer', 'read'),
  ],
  views: { list: table('project user role from_on to_on duty', { sort: 'project' }) },
})

declare module '@yingzao/kernel/entity' {
  interface Entities {
    project_member: typeof projectMember
  }
}
