// 区段: where along an alignment a task works, from which chainage to which. 桩号填报: what of it is done, as told from the site.
import { allow, entity, f, form, table } from '@yingzao/kernel/entity'

const keeps = 'read create update delete export import'
const planners = ['pmo', 'project_manager', 'planner']
const reporters = ['technical_lead', 'engineer', 'foreman']
const readers = ['boss', 'department_head', 'cost_engineer', 'quality_officer', 'safety_officer', 'observer']
const own = { scope: 'own' } as const

const inPlan = {
  plan: f.ref('plan', { zh: '计划', en: 'Plan' }, { system: true, indexed: true }),
  project: f.ref('project', { zh: '项目', en: 'Project' }, { system: true, indexed: true }),
  company: f.orgUnit({ zh: '公司', en: 'Company' }, { system: true, quiet: true }),
} as const
const side = f.choice(
  { zh: '侧', en: 'Side' },
  {
    both: { zh: '两侧', en: 'Both sides' },
    left: { zh: '左侧', en: 'Left' },
    right: { zh: '右侧', en: 'Right' },
  },
  { required: true, default: 'both' },
)
const place = { company: 'company', project: 'project' } as const

export const stretch = entity('stretch', {
  label: { zh: '区段', en: 'Stretch' },
  title: 'name',
  fields: {
    task: f.ref('task', { zh: '任务', en: 'Task' }, { required: true, indexed: true, onDelete: 'with' }),
    alignment: f.ref('alignment', { zh: '线路', en: 'Alignment' }, { required: true, indexed: true }),
    work: f.text(
      { zh: '工作类别', en: 'Kind of work' },
      {
        required: true,
        max: 60,
        hint: { zh: '同类的画成一条带，如 掘进、管片、轨道', en: 'Alike ones share a strip: drive, lining, track' },
      },
    ),
    from_chainage: f.text(
      { zh: '自桩号', en: 'From chainage' },
      {
        required: true,
        max: 40,
        hint: { zh: '按施工方向：从这里开始', en: 'In the direction of the work: it starts here' },
      },
    ),
    to_chainage: f.text({ zh: '至桩号', en: 'To chainage' }, { required: true, max: 40 }),
    side,
    spread: f.choice(
      { zh: '推进方式', en: 'How it moves' },
      {
        line: { zh: '沿线推进', en: 'A front along the line' },
        block: { zh: '整段同时', en: 'The whole stretch at once' },
      },
      { required: true, default: 'line' },
    ),
    rate_m: f.number({ zh: '生产率（m/天）', en: 'Rate (m a day)' }, { scale: 2, min: '0.01' }),
    unit_m: f.number(
      { zh: '单元长（m）', en: 'Length of a unit (m)' },
      {
        scale: 3,
        min: '0.01',
        hint: { zh: '管片环宽、跨径等，图上按单元分格', en: 'Width of a ring, a span: the strip is cut into them' },
      },
    ),
    unit_name: f.text({ zh: '单元名称', en: 'What a unit is called' }, { max: 10 }),
    name: f.text({ zh: '名称', en: 'Name' }, { system: true, max: 700 }),
    from_m: f.number({ zh: '起点里程（m）', en: 'Start along the line (m)' }, { system: true, quiet: true, scale: 3 }),
    to_m: f.number({ zh: '终点里程（m）', en: 'End along the line (m)' }, { system: true, quiet: true, scale: 3 }),
    length_m: f.number({ zh: '长度（m）', en: 'Length (m)' }, { system: true, scale: 3 }),
    done_pct: f.percent({ zh: '按桩号完成', en: 'Done by chainage' }, { projected: true }),
    ...inPlan,
  },
  place,
  access: [...planners.map(role => allow(role, keeps)), ...[...reporters, ...readers].map(role => allow(role, 'read'))],
  views: {
    list: table('task work alignment from_chainage to_chainage side length_m done_pct spread rate_m plan', {
      sort: 'from_m',
    }),
    form: form('task alignment work from_chainage to_chainage side spread rate_m unit_m unit_name'),
  },
})

export const chainageReport = entity('chainage_report', {
  label: { zh: '桩号填报', en: 'Chainage report' },
  title: 'name',
  fields: {
    stretch: f.ref('stretch', { zh: '区段', en: 'Stretch' }, { required: true, indexed: true, onDelete: 'with' }),
    from_chainage: f.text({ zh: '自桩号', en: 'From chainage' }, { required: true, max: 40 }),
    to_chainage: f.text({ zh: '至桩号', en: 'To chainage' }, { required: true, max: 40 }),
    side,
    reported_on: f.date({ zh: '截至日期', en: 'As of' }, { required: true, default: '=today()', indexed: true }),
    note: f.longText({ zh: '说明', en: 'Note' }, { max: 2000 }),
    name: f.text({ zh: '名称', en: 'Name' }, { system: true, max: 200 }),
    task: f.ref('task', { zh: '任务', en: 'Task' }, { system: true, indexed: true }),
    ...inPlan,
    from_m: f.number({ zh: '起点里程（m）', en: 'Start along the line (m)' }, { system: true, quiet: true, scale: 3 }),
    to_m: f.number({ zh: '终点里程（m）', en: 'End along the line (m)' }, { system: true, quiet: true, scale: 3 }),
    reporter: f.user({ zh: '填报人', en: 'Reported by' }, { system: true, indexed: true }),
    /** What was proposed to the planner because of it. */
    proposal: f.ref('progress_report', { zh: '进度填报', en: 'Progress report' }, { system: true, onDelete: 'clear' }),
  },
  place: { ...place, owner: ['reporter'] },
  rules: {
    not_ahead: {
      check: 'reported_on <= today()',
      message: {
        zh: '截至日期不能晚于今天，请检查日期',
        en: 'The day the report speaks of has not come yet: check the date',
      },
    },
  },
  access: [
    ...planners.map(role => allow(role, 'read create delete export')),
    ...reporters.map(role => allow(role, 'read create')),
    ...reporters.map(role => allow(role, 'delete', own)),
    ...readers.map(role => allow(role, 'read')),
  ],
  views: {
    list: table('stretch from_chainage to_chainage side reported_on reporter proposal note', { sort: '-reported_on' }),
    form: form('stretch from_chainage to_chainage side reported_on note'),
  },
})

declare module '@yingzao/kernel/entity' {
  interface Entities {
    stretch: typeof stretch
    chainage_report: typeof chainageReport
  }
}
