// 计划发布申请: who plans but does not publish asks for it. Approved, exactly what was submitted is published, or the branch is
// taken over as it was reviewed.
import { allow, entity, f, form, table } from '@yingzao/kernel/entity'

export const planPublication = entity('plan_publication', {
  kind: 'document',
  label: { zh: '计划发布申请', en: 'Plan publication' },
  title: 'name',
  number: 'JHFB-{yyyy}{mm}-{seq:4}',
  fields: {
    name: f.text({ zh: '版本名称', en: 'Version' }, { required: true, max: 200, indexed: true }),
    kind: f.choice(
      { zh: '事项', en: 'What' },
      { publish: { zh: '发布计划', en: 'Publish' }, take_over: { zh: '并入试算方案', en: 'Take a branch over' } },
      { required: true, default: 'publish' },
    ),
    plan: f.ref(
      'plan',
      { zh: '计划', en: 'Plan' },
      { required: true, indexed: true, hint: { zh: '并入时选试算方案', en: 'To take over: the branch' } },
    ),
    note: f.longText({ zh: '说明', en: 'What is new' }, { max: 2000 }),
    project: f.ref('project', { zh: '项目', en: 'Project' }, { system: true, indexed: true }),
    company: f.orgUnit({ zh: '公司', en: 'Company' }, { system: true, quiet: true }),
    /** What follows is as it stood when it was submitted. */
    finish_on: f.date({ zh: '计划完工', en: 'Finish' }, { system: true }),
    published_finish_on: f.date({ zh: '上次发布的完工', en: 'Finish as last published' }, { system: true }),
    task_count: f.integer({ zh: '任务数', en: 'Tasks' }, { system: true }),
    revision: f.integer({ zh: '修订号', en: 'Revision' }, { system: true }),
    /** Of a branch: the revision of its original. */
    original_revision: f.integer({ zh: '原计划修订号', en: 'Revision of the original' }, { system: true, quiet: true }),
    /** Of a branch: place of each conflict → `mine` or `theirs`. */
    decisions: f.json({ zh: '取舍', en: 'Decisions' }, { quiet: true }),
    dates: f.json({ zh: '各任务日期', en: 'Dates' }, { system: true, quiet: true }),
  },
  place: { company: 'company', project: 'project' },
  approval: 'plan_publication',
  tells: {
    rejected: {
      label: { zh: '我的计划发布申请被驳回', en: 'A publication I asked for was rejected' },
      to: 'created_by',
      when: 'state = "rejected"',
      text: { zh: '计划发布“{title}”被驳回', en: 'The publication {title} was rejected' },
    },
    published: {
      label: { zh: '我的计划已发布', en: 'What I asked for is published' },
      to: 'created_by',
      when: 'state = "effective"',
      text: { zh: '计划“{title}”已批准发布', en: '{title} is approved and published' },
    },
  },
  access: [
    allow('planner', 'read create update delete submit withdraw export'),
    allow('project_manager', 'read create update delete submit withdraw export'),
    allow('pmo', 'read create update delete submit withdraw export'),
    allow('boss', 'read export'),
  ],
  views: {
    list: table('number name kind plan project finish_on published_finish_on state created_by created_at', {
      sort: '-created_at',
    }),
    form: form('name kind plan note', 'project finish_on published_finish_on task_count revision'),
  },
})

declare module '@yingzao/kernel/entity' {
  interface Entities {
    plan_publication: typeof planPublication
  }
}
