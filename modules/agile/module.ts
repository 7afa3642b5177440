// 敏捷: contents page. Backlog, sprints and boards of a project; figures from the log of what happened; progress for the plan.
import { defineModule, f } from '@yingzao/kernel/entity'
import { agileBoard } from './board.entity.ts'
import { retroItem, sprint, standUp } from './sprint.entity.ts'
import { workEvent, workItem } from './work-item.entity.ts'

const project = f.ref('project', { zh: '项目', en: 'Project' }, { required: true })

export default defineModule({
  name: 'agile',
  label: { zh: '敏捷', en: 'Agile' },
  needs: ['project', 'schedule', 'calendar'],
  entities: [agileBoard, workItem, workEvent, sprint, standUp, retroItem],
  actions: [
    {
      name: 'agile.my_calendar',
      label: { zh: '我的迭代与工作项（日历）', en: 'My sprints and work items (calendar)' },
      needs: 'work_item:read',
      reads: true,
      calendar: true,
    },
    {
      name: 'agile.rank',
      label: { zh: '排序', en: 'Rank' },
      needs: 'work_item:update',
      input: {
        items: f.json({ zh: '工作项', en: 'Work items' }, { required: true }),
        before: f.ref('work_item', { zh: '排在谁之前', en: 'In front of' }),
      },
    },
    {
      name: 'agile.flow',
      label: { zh: '流动指标', en: 'Flow figures' },
      needs: 'work_event:read',
      reads: true,
      input: {
        project,
        unit: f.choice(
          { zh: '单位', en: 'Unit' },
          { items: { zh: '项数', en: 'Items' }, points: { zh: '点数', en: 'Points' } },
          { required: true, default: 'items' },
        ),
      },
    },
    {
      name: 'agile.plan_proposals',
      label: { zh: '主计划进度建议', en: 'Progress proposed to the plan' },
      needs: 'work_event:read',
      reads: true,
      input: { project },
    },
    {
      name: 'agile.apply_progress',
      label: { zh: '写入主计划', en: 'Apply to the plan' },
      needs: 'plan:edit',
      input: {
        project,
        base: f.integer({ zh: '基于修订号', en: 'Based on revision' }, { required: true, min: 0 }),
        sources: f.json({ zh: '史诗与迭代', en: 'Epics and sprints' }, { required: true }),
      },
    },
    {
      name: 'agile.place_in_plan',
      label: { zh: '在主计划中建任务', en: 'Make a task in the plan' },
      needs: 'plan:edit',
      input: {
        project,
        sources: f.json({ zh: '史诗与迭代', en: 'Epics and sprints' }, { required: true }),
        parent: f.ref('task', { zh: '上级任务', en: 'Under' }),
      },
    },
    {
      name: 'agile.take_over',
      label: { zh: '接管历史', en: 'Take over a history' },
      needs: 'work_item:import',
      input: {
        project,
        sprints: f.json({ zh: '迭代', en: 'Sprints' }),
        items: f.json({ zh: '工作项', en: 'Work items' }, { required: true }),
      },
    },
  ],
  refusals: {
    limit_full: {
      zh: '“{stage}”上限为 {limit} 项，现在已有 {count} 项。请先完成或退回其中一项；需要放宽时由项目经理修改看板上限',
      en: '“{stage}” is limited to {limit} and holds {count} already. Finish one of them first; the project manager may raise the limit',
    },
    sprint_closed: {
      zh: '迭代“{name}”已关闭，不能再放入或移出工作项；请选择未关闭的迭代',
      en: 'Sprint “{name}” is closed: nothing goes in or out any more. Choose one that is open',
    },
    project_fixed: {
      zh: '“{name}”的历史属于原来的项目，不能换项目。请在另一个项目新建，并取消这一个',
      en: 'The history of “{name}” belongs to its project, so it cannot change it. Make a new one there and cancel this one',
    },
    sprint_not_planned: {
      zh: '未完成的工作项只能移到同一项目、尚未关闭的其他迭代，请重新选择',
      en: 'Unfinished items can only go to another open sprint of the same project: choose another one',
    },
    unknown_items: {
      zh: '有工作项已不存在或不在同一项目，请刷新后再试',
      en: 'Some of the items are gone or belong to another project: reload and try again',
    },
    no_plan: {
      zh: '项目还没有执行计划。请先在“计划”中新建或导入一份',
      en: 'The project has no current plan. Make or import one under “Plans” first',
    },
    not_in_plan: {
      zh: '任务“{task}”不在项目的执行计划中，请重新选择',
      en: 'Task “{task}” is not in the current plan of the project: choose another one',
    },
    task_is_summary: {
      zh: '“{task}”是摘要任务，进度由下级汇总。请选择下级任务，或在它下面新建一个',
      en: '“{task}” is a summary whose progress comes from below. Choose a task under it, or make a new one there',
    },
    task_taken: {
      zh: '任务“{task}”已经对应“{other}”，请另选一个任务',
      en: 'Task “{task}” already stands for “{other}”: choose another task',
    },
    nothing_to_apply: {
      zh: '没有可写入的进度：所选史诗和迭代没有对应计划任务，或与计划一致',
      en: 'There is nothing to apply: what was chosen has no task in the plan, or agrees with it',
    },
    bad_take_over: {
      zh: '第 {where} 处写法不对：{reason}。请改正后整批再试，什么都还没有写入',
      en: '{where} is not right: {reason}. Correct it and send the whole again; nothing has been written',
    },
    too_much_history: {
      zh: '历史超过 {limit} 个事件，无法一次计算',
      en: 'There are more than {limit} events: too many to compute at once. Narrow the project down',
    },
  },
  menu: {
    under: 'delivery',
    order: 10,
    icon: 'board',
    items: [{ entity: 'agile_board' }, { entity: 'work_item' }, { entity: 'sprint' }],
  },
})
