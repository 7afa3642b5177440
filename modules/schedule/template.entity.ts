// 计划模板: what a plan of a kind of project usually holds, without dates, with blocks that repeat by floors or segments. PMO
// keeps the register; whoever plans begins with one. Its rows live in `content` (engines/plan-template), edited like a plan.
import { allow, entity, f, form, table } from '@yingzao/kernel/entity'
import { project } from '../project/project.entity.ts'

export const planTemplate = entity('plan_template', {
  label: { zh: '计划模板', en: 'Plan template' },
  fields: {
    name: f.text({ zh: '模板名称', en: 'Name' }, { required: true, unique: true, max: 200 }),
    project_type: f.choice({ zh: '项目类型', en: 'Type of project' }, project.def.fields.type.options, {
      required: true,
      hint: {
        zh: '为这类项目新建计划时优先推荐',
        en: 'Offered first when a plan is begun for a project of this type',
      },
    }),
    description: f.longText({ zh: '说明', en: 'Description' }),
    /** With the counts it has itself. */
    task_count: f.integer({ zh: '任务数', en: 'Tasks' }, { system: true }),
    work_days: f.integer({ zh: '工作日', en: 'Working days' }, { system: true }),
    content: f.json({ zh: '内容', en: 'Content' }, { quiet: true }),
  },
  access: [
    allow('pmo', 'read create update delete export'),
    allow('planner', 'read'),
    allow('project_manager', 'read'),
    allow('technical_lead', 'read'),
    allow('department_head', 'read'),
    allow('boss', 'read'),
    allow('engineer', 'read'),
  ],
  views: {
    list: table('name project_type task_count work_days description', { sort: 'name' }),
    form: form('name project_type description'),
  },
})

declare module '@yingzao/kernel/entity' {
  interface Entities {
    plan_template: typeof planTemplate
  }
}
