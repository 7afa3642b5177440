// 组织: companies, departments, people, posts and who holds which role where. The nouns are the kernel's; this module adds the verbs and pages.
import { defineModule } from '@yingzao/kernel/entity'

const everywhere = ['company', 'department', 'project'] as const

export default defineModule({
  name: 'organisation',
  label: { zh: '组织', en: 'Organisation' },
  roles: {
    boss: { label: { zh: '总经理', en: 'Managing director' }, at: ['company'] },
    pmo: { label: { zh: '项目管理办公室', en: 'PMO' }, at: ['company'] },
    department_head: { label: { zh: '部门负责人', en: 'Head of department' }, at: ['department'] },
    finance: { label: { zh: '财务', en: 'Finance' }, at: ['company'] },
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
  refusals: {},
  menu: {
    under: 'system',
    order: 10,
    icon: 'team',
    items: [
      { entity: 'org_unit' },
      { entity: 'user' },
      { entity: 'role_holding' },
      { entity: 'role' },
      { entity: 'grant' },
    ],
  },
})
