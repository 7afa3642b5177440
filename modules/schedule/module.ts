// 计划与进度: contents page. Plans, tasks, links, resources, assignments; computed by engines/schedule, edited by commands with undo.
import { defineModule, f, step } from '@yingzao/kernel/entity'
import { planBaseline } from './baseline.entity.ts'
import { planCopy } from './copy.entity.ts'
import { crossLink } from './cross-link.entity.ts'
import { plan, planEdit } from './plan.entity.ts'
import { planPublication } from './publication.entity.ts'
import { planResource, task, taskAssignment, taskLink } from './task.entity.ts'
import { planTemplate } from './template.entity.ts'

/** Of a spreadsheet: which sheet, what each header is, how many days a week are worked. */
const sheetChoices = f.json({ zh: '表格的读法', en: 'How the sheet is read' })

export default defineModule({
  name: 'schedule',
  label: { zh: '计划与进度', en: 'Schedule' },
  needs: ['project', 'calendar'],
  entities: [
    plan,
    planEdit,
    planBaseline,
    planCopy,
    task,
    taskLink,
    planResource,
    taskAssignment,
    crossLink,
    planTemplate,
    planPublication,
  ],
  flows: [
    {
      name: 'plan_publication',
      label: { zh: '计划发布审批', en: 'Approval of plan publications' },
      root: step('manager', { zh: '项目经理', en: 'Project manager' }, { role: 'project_manager' }),
    },
  ],
  actions: [
    {
      name: 'schedule.import_preview',
      label: { zh: '导入预览', en: 'Import preview' },
      needs: 'plan:create',
      reads: true,
      input: { file: f.file({ zh: '计划文件', en: 'Plan file' }, { required: true }), table: sheetChoices },
    },
    {
      name: 'schedule.sheet_template',
      label: { zh: 'Excel 模板', en: 'Excel template' },
      needs: 'plan:create',
      reads: true,
    },
    {
      name: 'schedule.import',
      label: { zh: '导入计划', en: 'Import plan' },
      needs: 'plan:create',
      input: {
        file: f.file({ zh: '计划文件', en: 'Plan file' }, { required: true }),
        project: f.ref('project', { zh: '项目', en: 'Project' }, { required: true }),
        name: f.text({ zh: '计划名称', en: 'Name' }, { required: true, max: 200 }),
        index: f.integer({ zh: '文件中的第几个计划', en: 'Which plan of the file' }, { default: 0, min: 0 }),
        make_current: f.flag({ zh: '设为执行计划', en: 'Make it the current plan' }),
        table: sheetChoices,
      },
    },
    {
      name: 'schedule.history',
      label: { zh: '已完成任务的历史', en: 'History of finished tasks' },
      needs: 'task:read',
      reads: true,
      input: {
        most: f.integer({ zh: '最多任务数', en: 'At most so many tasks' }, { min: 1, max: 5000, default: 5000 }),
      },
    },
    {
      name: 'schedule.my_calendar',
      label: { zh: '我的任务和里程碑（日历）', en: 'My tasks and milestones (calendar)' },
      needs: 'task:read',
      reads: true,
      calendar: true,
    },
    {
      name: 'schedule.make_template',
      label: { zh: '存为模板', en: 'Save as a template' },
      needs: 'plan_template:create',
      input: {
        plan: f.ref('plan', { zh: '计划', en: 'Plan' }, { required: true }),
        task: f.ref(
          'task',
          { zh: '只取这个摘要任务', en: 'Only this summary' },
          { hint: { zh: '留空取整份计划', en: 'Empty = the whole plan' } },
        ),
        name: f.text({ zh: '模板名称', en: 'Name' }, { required: true, max: 200 }),
        project_type: planTemplate.def.fields.project_type,
        description: f.longText({ zh: '说明', en: 'Description' }),
      },
    },
    {
      name: 'schedule.expand_template',
      label: { zh: '展开模板', en: 'Lay a template out' },
      needs: 'plan:edit',
      reads: true,
      input: {
        template: f.ref('plan_template', { zh: '模板', en: 'Template' }, { required: true }),
        plan: f.ref('plan', { zh: '计划', en: 'Plan' }, { required: true }),
        under: f.ref('task', { zh: '放在哪个任务下', en: 'Below which task' }),
        counts: f.json({ zh: '各参数的数量', en: 'Counts of its parameters' }),
      },
    },
    {
      name: 'schedule.start_plan',
      label: { zh: '从模板新建计划', en: 'New plan from a template' },
      needs: 'plan:create',
      input: {
        template: f.ref('plan_template', { zh: '模板', en: 'Template' }, { required: true }),
        project: f.ref('project', { zh: '项目', en: 'Project' }, { required: true }),
        name: f.text({ zh: '计划名称', en: 'Name' }, { required: true, max: 200 }),
        start_on: f.date({ zh: '开始日期', en: 'Start' }, { required: true }),
        calendar: f.ref('calendar', { zh: '项目日历', en: 'Project calendar' }),
        counts: f.json({ zh: '各参数的数量', en: 'Counts of its parameters' }),
      },
    },
  ],
  refusals: {
    task_elsewhere: {
      zh: '任务属于另一个项目的计划，请选择本项目的任务',
      en: 'The task belongs to the plan of another project: choose one of this project',
    },
    invalid_template: {
      zh: '模板内容不对（{where}），请改正后再保存',
      en: 'The content of the template is not right ({where}): correct it and save again',
    },
    template_count: {
      zh: '“{parameter}”须是 1 到 500 的整数',
      en: '“{parameter}” must be a whole number from 1 to 500',
    },
    template_too_large: {
      zh: '这样会有 {count} 个任务，一次最多 5000 个；请减少数量，或分几次插入',
      en: 'This makes {count} tasks and at most 5,000 are laid out at once: use smaller counts or insert in parts',
    },
    no_such_task: {
      zh: '计划里没有这个任务，请重新选择',
      en: 'The plan has no such task: choose another',
    },
    unreadable: { zh: '读不了这个文件：{reason}。{way_out}', en: 'This file cannot be read: {reason}. {way_out}' },
    changed: {
      zh: '{by}刚刚修改了“{task}”的{field}，请核对后再改',
      en: '{by} has just changed {field} of “{task}”: look at it before you change it again',
    },
    cycle: {
      zh: '这样连接会形成循环：{tasks}。请去掉其中一条搭接关系',
      en: 'This would make a loop: {tasks}. Remove one of these links',
    },
    invalid_edit: { zh: '无法执行这项修改：{reason}', en: 'This edit cannot be made: {reason}' },
    incomputable: {
      zh: '这份计划无法计算（{reason}），请先改正后再试',
      en: 'This plan cannot be computed ({reason}): correct it and try again',
    },
    use_options: {
      zh: '开始日期、状态日期和计算规则请在横道图的“计划选项”里修改，这样可以撤销，也不会与别人冲突',
      en: 'Change start, status date and rules in “Plan options” on the Gantt: there they can be undone and merge with others’ edits',
    },
    no_such_person: {
      zh: '负责人须是您能看到的在职人员，请重新选择',
      en: 'Only somebody active whom you can see can be responsible: choose another person',
    },
    nothing_to_undo: { zh: '没有可撤销的修改', en: 'There is nothing of yours left to undo' },
    undo_blocked: {
      zh: '这项修改之后{by}又改了同一处（{task}），不能直接撤销',
      en: '{by} has since changed the same place ({task}), so this can no longer be undone directly',
    },
    invalid_risk: {
      zh: '风险设定里的 {where} 不对：三个数须由小到大，百分比在 0 到 100 之间。请改正后再保存',
      en: '{where} of the risk inputs is not right: the three numbers must ascend and shares lie between 0 and 100. Correct it and save again',
    },
    only_costs: {
      zh: '您可以修改费用，不能修改{what}；请计划工程师修改',
      en: 'You may change costs, not {what}: ask the planner',
    },
    invalid_crash: {
      zh: '赶工设定里的 {where} 不对：工期须大于 0，金额是不带单位的数字。请改正后再保存',
      en: '{where} of the crash inputs is not right: durations are above 0, amounts are plain numbers. Correct it and save again',
    },
    published_stays: {
      zh: '“{name}”已经发布，不能改名或删除；请发布一个新版本',
      en: '“{name}” has been published and can be neither renamed nor removed: publish a new version',
    },
    unreadable_version: {
      zh: '还原不出“{plan}”的这个版本（{reason}），请从仍在的计划重新建立试算方案',
      en: 'This version of “{plan}” cannot be restored ({reason}): make a new branch of the plan as it is',
    },
    has_branches: {
      zh: '这份计划还有试算方案（{names}），请先并入或删除它们',
      en: 'This plan still has what-if branches ({names}): take them over or delete them first',
    },
    original_gone: {
      zh: '原计划已在回收站，请先恢复原计划，再恢复试算方案',
      en: 'The original plan is in the recycle bin: restore it first, then its branch',
    },
    stays_in_project: {
      zh: '计划连同它的任务属于一个项目，不能改到别的项目；请导出计划文件，再导入到那个项目',
      en: 'A plan and its tasks belong to one project and cannot be moved to another: export the plan and import it there',
    },
    nothing_to_take_over: {
      zh: '试算方案与原计划没有差别，没有可并入的内容',
      en: 'The branch does not differ from its original: there is nothing to take over',
    },
    no_branch: {
      zh: '“{name}”不是试算方案，请选择要并入的试算方案',
      en: '{name} is no what-if branch: choose the one to be taken over',
    },
    publish_original: {
      zh: '“{name}”是试算方案，请先并入原计划，或把事项改为“并入试算方案”',
      en: '{name} is a what-if branch: take it over, or choose “Take a branch over”',
    },
    seen_before: {
      zh: '原计划或试算方案刚刚有了新的修改，请重新核对后再并入',
      en: 'The original or the branch has just been edited: look at it again before you take it over',
    },
    undecided: {
      zh: '有 {count} 处两边都改过，请逐一选择取哪一边（例如“{task}”）',
      en: '{count} {count:place was|places were} changed on both sides: choose a side for each (such as “{task}”)',
    },
    cross_link_needs: {
      zh: '请选择紧前任务：它在另一份计划里',
      en: 'Choose the predecessor: a task of another plan',
    },
    cross_link_not_yours: {
      zh: '跨计划搭接由紧后计划“{plan}”的编制人建立，您没有编辑这份计划的权限；请联系其计划员',
      en: 'A cross-plan link is made by who edits the successor’s plan “{plan}”, which you may not: ask its planner',
    },
    cross_link_same_plan: {
      zh: '两个任务在同一份计划里，请在横道图上直接连接',
      en: 'Both tasks are in one plan: link them on its Gantt',
    },
    too_many_tasks: {
      zh: '计划最多 {limit} 个任务，文件中有 {count} 个；请拆分后导入',
      en: 'A plan holds at most {limit} tasks and the file has {count}: split it first',
    },
  },
  menu: {
    under: 'plan',
    order: 20,
    icon: 'gantt',
    items: [
      { entity: 'plan' },
      { entity: 'task' },
      { page: 'load', label: { zh: '资源负荷', en: 'Resource load' }, needs: 'plan_resource' },
      { entity: 'plan_resource' },
      { entity: 'cross_link' },
      { entity: 'plan_template' },
      { entity: 'plan_publication' },
    ],
  },
})
