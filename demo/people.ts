// The demo enterprise's people: 40 of them, in every role, each somewhere. Names and logins are invented.
import type { Both } from './plan/builder.ts'

export interface Unit {
  readonly key: string
  readonly name: Both
  readonly type: 'company' | 'department'
  readonly parent?: string
  /** Of a company below the group: stands in front of its numbers. */
  readonly code?: string
}

export const units: readonly Unit[] = [
  { key: 'group', name: ['恒筑集团', 'Hengzhu Group'], type: 'company' },
  {
    key: 'build',
    name: ['恒筑建设工程有限公司', 'Hengzhu Construction'],
    type: 'company',
    parent: 'group',
    code: 'JS',
  },
  {
    key: 'make',
    name: ['恒筑智造科技有限公司', 'Hengzhu Manufacturing'],
    type: 'company',
    parent: 'group',
    code: 'ZZ',
  },
  { key: 'g-pmo', name: ['项目管理办公室', 'PMO'], type: 'department', parent: 'group' },
  { key: 'g-fin', name: ['财务中心', 'Finance'], type: 'department', parent: 'group' },
  { key: 'g-hr', name: ['人力资源中心', 'Human Resources'], type: 'department', parent: 'group' },
  { key: 'g-it', name: ['数字化中心', 'Digital'], type: 'department', parent: 'group' },
  { key: 'b-eng', name: ['工程管理部', 'Engineering'], type: 'department', parent: 'build' },
  { key: 'b-cost', name: ['成本合约部', 'Cost and Contracts'], type: 'department', parent: 'build' },
  { key: 'b-safe', name: ['质量安全部', 'Quality and Safety'], type: 'department', parent: 'build' },
  { key: 'b-metro', name: ['云溪路站项目部', 'Yunxi Road Station team'], type: 'department', parent: 'b-eng' },
  { key: 'm-prod', name: ['生产部', 'Production'], type: 'department', parent: 'make' },
  { key: 'm-proc', name: ['工艺装备部', 'Process and Equipment'], type: 'department', parent: 'make' },
  { key: 'm-supply', name: ['供应链部', 'Supply Chain'], type: 'department', parent: 'make' },
]

/** Where a role is held: a unit key, or `project:` and a project key. */
export interface Person {
  readonly login: string
  readonly name: Both
  readonly unit: string
  readonly post: Both
  readonly roles: readonly (readonly [role: string, at: string])[]
}

const person = (
  login: string,
  zh: string,
  en: string,
  unit: string,
  post: Both,
  ...roles: Person['roles']
): Person => ({ login, name: [zh, en], unit, post, roles })

export const people: readonly Person[] = [
  person('boss', '陆建国', 'Lu Jianguo', 'group', ['董事长', 'Chairman'], ['boss', 'group']),
  person('pmo', '沈知行', 'Shen Zhixing', 'g-pmo', ['PMO 主任', 'Head of PMO'], ['pmo', 'group']),
  person('pmo.wen', '温若兰', 'Wen Ruolan', 'g-pmo', ['计划主管', 'Planning lead'], ['pmo', 'build']),
  person('finance', '顾惠敏', 'Gu Huimin', 'g-fin', ['财务总监', 'CFO'], ['finance', 'group']),
  person('finance.yu', '于佳', 'Yu Jia', 'g-fin', ['会计', 'Accountant'], ['finance', 'build']),
  person('legal', '程思远', 'Cheng Siyuan', 'group', ['法务主管', 'Head of legal'], ['legal', 'group']),
  person('cashier', '苗小雨', 'Miao Xiaoyu', 'g-fin', ['出纳', 'Cashier'], ['cashier', 'group']),
  person('hr', '秦晓燕', 'Qin Xiaoyan', 'g-hr', ['人力总监', 'HR director'], ['human_resources', 'group']),
  person(
    'it',
    '罗亚东',
    'Luo Yadong',
    'g-it',
    ['数字化总监', 'CIO'],
    ['department_head', 'g-it'],
    ['observer', 'group'],
  ),
  person('build.gm', '马振华', 'Ma Zhenhua', 'build', ['总经理', 'Managing director'], ['boss', 'build']),
  person('make.gm', '叶国平', 'Ye Guoping', 'make', ['总经理', 'Managing director'], ['boss', 'make']),
  person('eng.head', '石磊', 'Shi Lei', 'b-eng', ['工程部经理', 'Engineering manager'], ['department_head', 'b-eng']),
  person('cost.head', '方雅琴', 'Fang Yaqin', 'b-cost', ['成本部经理', 'Cost manager'], ['cost_engineer', 'group']),
  person(
    'safe.head',
    '严守安',
    'Yan Shouan',
    'b-safe',
    ['安全总监', 'Safety director'],
    ['safety_officer', 'project:metro'],
    ['observer', 'build'],
  ),
  person('pm', '周毅', 'Zhou Yi', 'b-metro', ['项目经理', 'Project manager'], ['project_manager', 'project:metro']),
  person(
    'planner',
    '何清扬',
    'He Qingyang',
    'b-metro',
    ['计划工程师', 'Planner'],
    ['planner', 'project:metro'],
    ['planner', 'project:line'],
  ),
  person(
    'tech',
    '许文博',
    'Xu Wenbo',
    'b-metro',
    ['技术负责人', 'Technical lead'],
    ['technical_lead', 'project:metro'],
  ),
  person('cost', '田静', 'Tian Jing', 'b-metro', ['成本员', 'Cost engineer'], ['cost_engineer', 'project:metro']),
  person('foreman', '赵铁柱', 'Zhao Tiezhu', 'b-metro', ['施工员', 'Foreman'], ['foreman', 'project:metro']),
  person('foreman.li', '李大海', 'Li Dahai', 'b-metro', ['施工员', 'Foreman'], ['foreman', 'project:metro']),
  person(
    'quality',
    '孙正平',
    'Sun Zhengping',
    'b-metro',
    ['质量员', 'Quality officer'],
    ['quality_officer', 'project:metro'],
  ),
  person('safety', '吴平安', 'Wu Pingan', 'b-metro', ['安全员', 'Safety officer'], ['safety_officer', 'project:metro']),
  person('store', '郑有才', 'Zheng Youcai', 'b-metro', ['材料员', 'Storekeeper'], ['storekeeper', 'project:metro']),
  person(
    'labour',
    '钱多多',
    'Qian Duoduo',
    'b-metro',
    ['劳资专管员', 'Labour officer'],
    ['labour_officer', 'project:metro'],
  ),
  person('survey', '蒋测', 'Jiang Ce', 'b-metro', ['测量工程师', 'Surveyor'], ['engineer', 'project:metro']),
  person('mep', '杜明', 'Du Ming', 'b-metro', ['机电工程师', 'M&E engineer'], ['engineer', 'project:metro']),
  person('document', '白雪', 'Bai Xue', 'b-metro', ['资料员', 'Document controller'], ['engineer', 'project:metro']),
  person(
    'erp.pm',
    '江一帆',
    'Jiang Yifan',
    'g-it',
    ['信息化项目经理', 'IT project manager'],
    ['project_manager', 'project:erp'],
  ),
  person('architect', '林深', 'Lin Shen', 'g-it', ['架构师', 'Architect'], ['technical_lead', 'project:erp']),
  person('dev.chen', '陈默', 'Chen Mo', 'g-it', ['开发工程师', 'Developer'], ['engineer', 'project:erp']),
  person('dev.huang', '黄可', 'Huang Ke', 'g-it', ['开发工程师', 'Developer'], ['engineer', 'project:erp']),
  person('tester', '宋晓彤', 'Song Xiaotong', 'g-it', ['测试工程师', 'Tester'], ['quality_officer', 'project:erp']),
  person('ops', '高远', 'Gao Yuan', 'g-it', ['运维工程师', 'Operations engineer'], ['engineer', 'project:erp']),
  person(
    'erp.key',
    '曹颖',
    'Cao Ying',
    'g-fin',
    ['关键用户（成本会计）', 'Key user, cost accountant'],
    ['cost_engineer', 'project:erp'],
  ),
  person(
    'line.pm',
    '彭启航',
    'Peng Qihang',
    'm-proc',
    ['产线项目经理', 'Line project manager'],
    ['project_manager', 'project:line'],
  ),
  person(
    'process',
    '袁工',
    'Yuan Gong',
    'm-proc',
    ['工艺工程师', 'Process engineer'],
    ['technical_lead', 'project:line'],
  ),
  person(
    'automation',
    '丁锐',
    'Ding Rui',
    'm-proc',
    ['自动化工程师', 'Automation engineer'],
    ['engineer', 'project:line'],
  ),
  person(
    'buyer',
    '谢采薇',
    'Xie Caiwei',
    'm-supply',
    ['采购工程师', 'Buyer'],
    ['engineer', 'project:line'],
    ['cost_engineer', 'project:line'],
  ),
  person(
    'make.head',
    '卢生产',
    'Lu Shengchan',
    'm-prod',
    ['生产部经理', 'Production manager'],
    ['department_head', 'm-prod'],
    ['observer', 'project:line'],
  ),
  person(
    'line.quality',
    '康准',
    'Kang Zhun',
    'm-prod',
    ['质量工程师', 'Quality engineer'],
    ['quality_officer', 'project:line'],
  ),
  person(
    'client',
    '监理代表 任重',
    'Ren Zhong, supervisor',
    'b-metro',
    ['监理工程师', 'Supervising engineer'],
    ['observer', 'project:metro'],
  ),
]
