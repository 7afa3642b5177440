// 预警设置: how early a project wants to be warned, and how long a warning may stay unanswered. Without one the defaults hold.
import { defaultLimits } from '@yingzao/engines/foresight'
import { allow, entity, f, form, table } from '@yingzao/kernel/entity'

export const escalateDays = 2

export const warningSetting = entity('warning_setting', {
  label: { zh: '预警设置', en: 'Warning settings' },
  title: 'project',
  fields: {
    project: f.ref('project', { zh: '项目', en: 'Project' }, { required: true, unique: true, onDelete: 'with' }),
    company: f.orgUnit({ zh: '公司', en: 'Company' }, { system: true, quiet: true }),
    slack_days: f.integer(
      { zh: '余量少于（工作日）', en: 'Room below (working days)' },
      {
        ...{ min: 0, max: 60, required: true, default: defaultLimits.slackDays },
        hint: {
          zh: '0：真正会推迟时才预警；3：余量不足 3 天就预警',
          en: '0: only what really moves; 3: also while fewer than 3 days of room are left',
        },
      },
    ),
    least_days: f.integer(
      { zh: '推迟至少（工作日）', en: 'Delay of at least (working days)' },
      { min: 1, max: 60, required: true, default: defaultLimits.leastDays },
    ),
    horizon_days: f.integer(
      { zh: '向前看（天）', en: 'Look ahead (days)' },
      { min: 7, max: 3650, required: true, default: defaultLimits.horizonDays },
    ),
    escalate_days: f.integer(
      { zh: '未确认几个工作日后升级', en: 'Escalate unanswered after (working days)' },
      {
        ...{ min: 1, max: 60, required: true, default: escalateDays },
        hint: {
          zh: '先报项目经理和部门负责人，再过同样天数报公司领导',
          en: 'First to project manager and head of department, after as many days again to management',
        },
      },
    ),
  },
  place: { company: 'company', project: 'project' },
  access: [
    allow('pmo', 'read create update delete export'),
    allow('project_manager', 'read create update delete'),
    allow('planner', 'read create update'),
    allow('boss', 'read'),
    allow('department_head', 'read'),
  ],
  views: {
    list: table('project slack_days least_days horizon_days escalate_days'),
    form: form('project', 'slack_days least_days horizon_days escalate_days'),
  },
})

declare module '@yingzao/kernel/entity' {
  interface Entities {
    warning_setting: typeof warningSetting
  }
}
