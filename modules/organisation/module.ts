// 组织: companies, departments, people, posts and who holds which role where. The nouns are the kernel's; this module adds the verbs and pages.
import { defineModule, f } from '@yingzao/kernel/entity'

const everywhere = ['company', 'department', 'project'] as const

export default defineModule({
  name: 'organisation',
  label: { zh: '组织', en: 'Organisation' },
  roles: {
    boss: { label: { zh: '总经理', en: 'Managing director' }, at: ['company'] },
    pmo: { label: { zh: '项目管理办公室', en: 'PMO' }, at: ['company'] },
    department_head: { label: { zh: '部门负责人', en: 'Head of department' }, at: ['department'] },
    finance: { label: { zh: '财务', en: 'Finance' }, at: ['company'] },
    legal: { label: { zh: '法务', en: 'Legal counsel' }, at: ['company'] },
    cashier: { label: { zh: '出纳', en: 'Cashier' }, at: ['company'] },
    human_resources: { label: { zh: '人力资源', en: 'Human resources' }, at: ['company'] },
    project_manager: { label: { zh: '项目经理', en: 'Project manager' }, at: ['project', 'company'] },
    planner: { label: { zh: '计划工程师', en: 'Planner' }, at: ['project', 'company'] },
    cost_engineer: { label: { zh: '成本工程师', en: 'Cost engineer' }, at: ['project', 'company'] },
    technical_lead: { label: { zh: '技术负责人', en: 'Technical lead' }, at: ['project'] },
    engineer: { label: { zh: '工程师', en: 'Engineer' }, at: ['project'] },
    foreman: { label: { zh: '施工员', en: 'Foreman' }, at: ['project'] },
    quality_officer: { label: { zh: '质量员', en: 'Quality officer' }, at: ['project'] },
    safety_officer: { label: { zh: '安全员', en: 'Safety officer' }, at: ['project'] },
    storekeeper: { label: { zh: '材料员', en: 'Storekeeper' }, at: ['project'] },
    labour_officer: { label: { zh: '劳资专管员', en: 'Labour officer' }, at: ['project'] },
    observer: { label: { zh: '观察者', en: 'Observer' }, at: everywhere },
  },
  actions: [
    {
      name: 'organisation.hand_over_preview',
      label: { zh: '交接预览', en: 'Hand-over preview' },
      roles: ['administrator'],
      reads: true,
      input: { leaver: f.user({ zh: '离职人员', en: 'Leaver' }, { required: true }) },
    },
    {
      name: 'organisation.hand_over',
      label: { zh: '离职交接', en: 'Hand over' },
      roles: ['administrator'],
      input: {
        leaver: f.user({ zh: '离职人员', en: 'Leaver' }, { required: true }),
        successor: f.user({ zh: '接任人', en: 'Successor' }, { required: true }),
        left_on: f.date({ zh: '离职日期', en: 'Left on' }),
      },
    },
    {
      name: 'organisation.rights',
      label: { zh: '权限总览', en: 'Rights' },
      needs: 'grant:read',
      reads: true,
    },
    {
      name: 'organisation.holders',
      label: { zh: '任职人员', en: 'Who holds a role' },
      needs: 'grant:read',
      reads: true,
      input: { role: f.ref('role', { zh: '角色', en: 'Role' }, { required: true }) },
    },
    {
      name: 'organisation.places',
      label: { zh: '可任职的单位', en: 'Places' },
      needs: 'role_holding:create',
      reads: true,
      input: {
        kind: f.text({ zh: '种类', en: 'Kind' }, { required: true, max: 20 }),
        search: f.text({ zh: '名称', en: 'Name' }, { max: 100 }),
        ids: f.json({ zh: '编号', en: 'Ids' }),
      },
    },
    {
      name: 'organisation.why',
      label: { zh: '权限来源', en: 'Why somebody may' },
      needs: 'grant:read',
      reads: true,
      input: {
        user: f.user({ zh: '人员', en: 'Person' }, { required: true }),
        entity: f.text({ zh: '对象', en: 'Entity' }, { required: true, max: 60 }),
        record: f.text({ zh: '记录', en: 'Record' }, { max: 36 }),
      },
    },
    {
      name: 'organisation.decline_offer',
      label: { zh: '保留现有授权', en: 'Keep the grant as it is' },
      needs: 'grant:update',
      input: { grant: f.ref('grant', { zh: '授权', en: 'Grant' }, { required: true }) },
    },
    {
      name: 'organisation.issue_password',
      label: { zh: '签发新密码', en: 'Issue a password' },
      roles: ['administrator'],
      input: {
        user: f.user({ zh: '用户', en: 'User' }, { required: true }),
        password: f.text({ zh: '密码', en: 'Password' }, { required: true, max: 200 }),
      },
    },
  ],
  refusals: {
    same_person: {
      zh: '接任人不能是离职者本人，请另选一位',
      en: 'The successor must be somebody else: choose another person',
    },
    successor_left: {
      zh: '{name} 已停用，不能接任；请选择在职人员',
      en: '{name} has left and cannot take over: choose somebody active',
    },
  },
  menu: {
    under: 'system',
    order: 10,
    icon: 'team',
    items: [
      { entity: 'org_unit' },
      { entity: 'user' },
      { page: 'rights', label: { zh: '权限', en: 'Rights' }, needs: 'grant' },
      { entity: 'role_holding' },
      { page: 'audit', label: { zh: '审计', en: 'Audit' }, needs: 'grant' },
    ],
  },
})
