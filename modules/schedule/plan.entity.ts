// 计划: a project's plan. Its tasks and links are edited by commands (`plan.edit`) with undo; dates are computed, never stored as input.
import { allow, entity, f, form, table } from '@yingzao/kernel/entity'

/** Whoever plans; to publish, and to take a branch over, is for who answers for the plan. */
const costs = { fields: { commercial: 'read' } } as const
const pricing = { fields: { commercial: 'edit' } } as const
const planning = 'read create update delete export edit undo redo set_baseline make_current keep_baseline branch'

export const plan = entity('plan', {
  label: { zh: '计划', en: 'Plan' },
  fields: {
    name: f.text({ zh: '计划名称', en: 'Name' }, { required: true, max: 200 }),
    project: f.ref('project', { zh: '项目', en: 'Project' }, { required: true, indexed: true, onDelete: 'with' }),
    company: f.orgUnit({ zh: '公司', en: 'Company' }, { system: true, quiet: true, indexed: true }),
    current: f.flag(
      { zh: '执行计划', en: 'Current plan' },
      {
        system: true,
        hint: {
          zh: '项目的进度和预计完工取自执行计划',
          en: 'Progress and forecast of the project come from its current plan',
        },
      },
    ),
    /** 试算方案: what if? It is its original at a revision and its own edits (read.ts); never a project's current plan. */
    branch_of: f.ref(
      'plan',
      { zh: '试算自', en: 'Branch of' },
      {
        system: true,
        indexed: true,
        hint: {
          zh: '试算方案从哪份计划分出；不参与项目的进度和预计完工',
          en: 'Which plan this what-if branch came from; it does not count for the project',
        },
      },
    ),
    branch_revision: f.integer({ zh: '分出时的修订号', en: 'Branched at revision' }, { system: true, quiet: true }),
    taken_over_revision: f.integer({ zh: '并入为修订号', en: 'Taken over as revision' }, { system: true, quiet: true }),
    mode: f.choice(
      { zh: '计算规则', en: 'Rules' },
      { ms: { zh: 'Microsoft Project', en: 'Microsoft Project' }, p6: { zh: 'Primavera P6', en: 'Primavera P6' } },
      { required: true, default: 'ms' },
    ),
    calendar: f.ref(
      'calendar',
      { zh: '项目日历', en: 'Project calendar' },
      { hint: { zh: '留空为周一至周五、法定节假日休息', en: 'Empty = Monday to Friday with PRC public holidays' } },
    ),
    start_on: f.date({ zh: '开始日期', en: 'Start' }, { required: true }),
    status_on: f.date({ zh: '状态日期', en: 'Status date' }),
    /** PlanOptions and the calendars of the plan, as the engine reads them. */
    options: f.json({ zh: '计算选项', en: 'Options' }, { system: true, quiet: true }),
    calendars: f.json({ zh: '计划日历', en: 'Calendars' }, { system: true, quiet: true }),
    more: f.json({ zh: '其他属性', en: 'More' }, { system: true, quiet: true }),
    /** What is assumed of its risks (risk.ts); changed like any field, with history. */
    risk: f.json({ zh: '风险设定', en: 'Risk inputs' }, { quiet: true }),
    /** What its risk events cost when they happen, by event: apart, since everybody who opens the plan reads the rest. */
    risk_costs: f.json({ zh: '风险事件费用', en: 'Cost of risk events' }, { quiet: true, group: 'commercial' }),
    /** What finishing earlier costs (crash.ts): all of it is money. */
    crash: f.json({ zh: '赶工设定', en: 'Crash inputs' }, { quiet: true, group: 'commercial' }),
    source: f.text({ zh: '导入自', en: 'Imported from' }, { system: true, max: 300 }),
    source_file: f.file({ zh: '导入文件', en: 'Imported file' }, { quiet: true }),
    /** Counts the accepted edits; two browsers compare it to know what they miss. */
    revision: f.integer({ zh: '修订号', en: 'Revision' }, { system: true, required: true, default: 0 }),
    task_count: f.integer({ zh: '任务数', en: 'Tasks' }, { projected: true }),
    finish_on: f.date({ zh: '计算完工', en: 'Computed finish' }, { projected: true }),
    /** From the first to the last day that the oldest baselines of its tasks promised. */
    promised_start_on: f.date({ zh: '承诺开始', en: 'Promised start' }, { projected: true, quiet: true }),
    promised_on: f.date({ zh: '承诺完工', en: 'Promised finish' }, { projected: true }),
    critical_count: f.integer({ zh: '关键任务', en: 'Critical tasks' }, { projected: true }),
    progress_pct: f.percent({ zh: '进度', en: 'Progress' }, { projected: true }),
    /** Who may read this may know what the plan costs, wherever its money stands (costs.ts). */
    cost_amount: f.money({ zh: '计划成本', en: 'Planned cost' }, { projected: true, group: 'commercial' }),
    late_days: f.integer(
      { zh: '滞后天数', en: 'Days late' },
      {
        projected: true,
        hint: { zh: '计算完工晚于合同竣工的天数', en: 'Days by which the computed finish passes the contract finish' },
      },
    ),
  },
  place: { company: 'company', project: 'project' },
  verbs: {
    load: {
      label: { zh: '打开', en: 'Open' },
      reads: true,
      /** An earlier state of the plan; without it as it is now. */
      input: { revision: f.integer({ zh: '修订号', en: 'Revision' }, { min: 0 }) },
    },
    edits: {
      label: { zh: '取得修改', en: 'Read edits' },
      reads: true,
      input: { since: f.integer({ zh: '自修订号', en: 'Since revision' }, { required: true, min: 0 }) },
    },
    loads: {
      label: { zh: '资源负荷', en: 'Resource load' },
      reads: true,
      input: {
        unit: f.choice(
          { zh: '时间单位', en: 'Period' },
          { week: { zh: '周', en: 'Week' }, month: { zh: '月', en: 'Month' } },
          { required: true, default: 'week' },
        ),
      },
    },
    file: {
      label: { zh: '导出计划文件', en: 'Export plan file' },
      reads: true,
      input: {
        format: f.choice(
          { zh: '格式', en: 'Format' },
          {
            mspdi: { zh: 'Microsoft Project (XML)', en: 'Microsoft Project (XML)' },
            xer: { zh: 'Primavera P6 (XER)', en: 'Primavera P6 (XER)' },
            ics: { zh: '日历 (iCalendar)', en: 'Calendar (iCalendar)' },
            xlsx: { zh: 'Excel', en: 'Excel' },
          },
          { required: true },
        ),
      },
    },
    standings: { label: { zh: '历次状态', en: 'Past standings' }, reads: true },
    /** A year, quarter, month or week of the plan as an Excel file. */
    window_sheet: {
      label: { zh: '导出时段计划', en: 'Export a period of the plan' },
      reads: true,
      input: {
        unit: f.choice(
          { zh: '时段', en: 'Period' },
          {
            all: { zh: '总进度', en: 'Whole plan' },
            year: { zh: '年', en: 'Year' },
            quarter: { zh: '季', en: 'Quarter' },
            month: { zh: '月', en: 'Month' },
            week: { zh: '周', en: 'Week' },
          },
          { required: true, default: 'month' },
        ),
        on: f.date({ zh: '包含的日期', en: 'A day in it' }, { required: true }),
        depth: f.integer({ zh: '层级', en: 'Levels' }, { min: 1, max: 20 }),
      },
    },
    cross_links: { label: { zh: '跨计划搭接', en: 'Cross-plan links' }, reads: true },
    edit: {
      label: { zh: '编辑', en: 'Edit' },
      input: {
        /** The revision the editor saw: what others changed since then must not be overwritten unseen. */
        base: f.integer({ zh: '基于修订号', en: 'Based on revision' }, { required: true, min: 0 }),
        edits: f.json({ zh: '修改', en: 'Edits' }, { required: true }),
        summary: f.text({ zh: '内容', en: 'What' }, { max: 300 }),
      },
    },
    /** As `edit`, for who prices a plan without planning it: nothing but costs. */
    price: {
      label: { zh: '编辑费用', en: 'Edit costs' },
      input: {
        base: f.integer({ zh: '基于修订号', en: 'Based on revision' }, { required: true, min: 0 }),
        edits: f.json({ zh: '修改', en: 'Edits' }, { required: true }),
        summary: f.text({ zh: '内容', en: 'What' }, { max: 300 }),
      },
    },
    undo: { label: { zh: '撤销', en: 'Undo' } },
    redo: { label: { zh: '重做', en: 'Redo' } },
    set_baseline: {
      label: { zh: '保存基线', en: 'Set baseline' },
      input: { number: f.integer({ zh: '基线号', en: 'Baseline no.' }, { min: 0, max: 10, default: 0 }) },
    },
    make_current: {
      label: { zh: '设为执行计划', en: 'Make current' },
      tone: 'primary',
      when: 'branch_of = null',
    },
    keep_baseline: {
      label: { zh: '保存命名基线', en: 'Keep a named baseline' },
      input: {
        name: f.text({ zh: '基线名称', en: 'Name' }, { required: true, max: 200 }),
        note: f.text({ zh: '说明', en: 'Note' }, { max: 2000 }),
      },
    },
    publish: {
      label: { zh: '发布', en: 'Publish' },
      when: 'branch_of = null',
      input: {
        name: f.text({ zh: '版本名称', en: 'Version' }, { required: true, max: 200 }),
        note: f.text({ zh: '发布说明', en: 'What is new' }, { max: 2000 }),
      },
    },
    branch: {
      label: { zh: '试算方案', en: 'What-if branch' },
      input: { name: f.text({ zh: '方案名称', en: 'Name' }, { required: true, max: 200 }) },
    },
    review: { label: { zh: '查看并入内容', en: 'Review take-over' }, reads: true },
    take_over: {
      label: { zh: '并入原计划', en: 'Take over' },
      when: 'branch_of != null',
      input: {
        /** Of the original and of the branch, as whoever decides has seen them. */
        revision: f.integer({ zh: '原计划修订号', en: 'Revision of the original' }, { required: true, min: 0 }),
        branch_revision: f.integer({ zh: '方案修订号', en: 'Revision of the branch' }, { required: true, min: 0 }),
        /** Place of each conflict → `mine` (the branch) or `theirs` (the original). */
        decisions: f.json({ zh: '取舍', en: 'Decisions' }),
      },
    },
  },
  access: [
    allow('pmo', `${planning} publish take_over`, pricing),
    allow('project_manager', `${planning} publish take_over`, pricing),
    allow('planner', planning, pricing),
    allow('boss', 'read export', costs),
    allow('department_head', 'read', costs),
    allow('technical_lead', 'read'),
    // Prices what others plan: the money of a plan and nothing else of it.
    allow('cost_engineer', 'read update price undo redo', { fields: { basic: 'read', commercial: 'edit' } }),
    allow('engineer', 'read'),
    allow('foreman', 'read'),
    allow('quality_officer', 'read'),
    allow('safety_officer', 'read'),
    allow('observer', 'read'),
  ],
  views: {
    list: table(
      'name project current branch_of mode start_on finish_on late_days task_count critical_count progress_pct status_on',
      { sort: '-created_at' },
    ),
    form: form('name project calendar mode start_on status_on'),
  },
})

/** One accepted command list on a plan: what was done, how to take it back, by whom (created_by). */
export const planEdit = entity('plan_edit', {
  label: { zh: '计划修改', en: 'Plan edit' },
  internal: true,
  title: 'summary',
  fields: {
    plan: f.ref('plan', { zh: '计划', en: 'Plan' }, { required: true, onDelete: 'with' }),
    project: f.ref('project', { zh: '项目', en: 'Project' }, { system: true }),
    company: f.orgUnit({ zh: '公司', en: 'Company' }, { system: true }),
    revision: f.integer({ zh: '修订号', en: 'Revision' }, { required: true }),
    summary: f.text({ zh: '内容', en: 'What' }, { max: 300 }),
    edits: f.json({ zh: '修改', en: 'Edits' }, { required: true }),
    inverse: f.json({ zh: '逆修改', en: 'Inverse' }, { required: true }),
    undone: f.flag({ zh: '已撤销', en: 'Undone' }),
    /** An undo or redo points at the edit it concerns. */
    of: f.ref('plan_edit', { zh: '针对', en: 'Of' }),
  },
  place: { company: 'company', project: 'project' },
  unique: [['plan', 'revision']],
  indexes: [['plan', 'revision']],
  access: [allow('pmo', 'read'), allow('project_manager', 'read'), allow('planner', 'read')],
})

declare module '@yingzao/kernel/entity' {
  interface Entities {
    plan: typeof plan
    plan_edit: typeof planEdit
  }
}
