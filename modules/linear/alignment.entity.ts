// 线路: an alignment of a project with its count of metres and broken chains; where work along it lies is said in its terms.
import { allow, entity, f, form, table } from '@yingzao/kernel/entity'

const keeps = 'read create update delete export import'

export const alignment = entity('alignment', {
  label: { zh: '线路', en: 'Alignment' },
  title: 'name',
  fields: {
    project: f.ref('project', { zh: '项目', en: 'Project' }, { required: true, indexed: true, onDelete: 'with' }),
    company: f.orgUnit({ zh: '公司', en: 'Company' }, { system: true, quiet: true }),
    name: f.text({ zh: '线路名称', en: 'Name' }, { required: true, max: 100 }),
    from_chainage: f.text(
      { zh: '起点桩号', en: 'From chainage' },
      { required: true, max: 40, hint: { zh: '如 K12+000、DK1+234.5', en: 'Such as K12+000, DK1+234.5' } },
    ),
    to_chainage: f.text({ zh: '终点桩号', en: 'To chainage' }, { required: true, max: 40 }),
    breaks: f.longText(
      { zh: '断链', en: 'Broken chains' },
      {
        max: 4000,
        hint: {
          zh: '每行一处，沿线路顺序，如 K10+500 = K10+520：后者大为短链，小为长链',
          en: 'One a line along the alignment, such as K10+500 = K10+520: a larger second number skips metres, a smaller one counts some twice',
        },
      },
    ),
    left_name: f.text({ zh: '左侧名称', en: 'Name of the left side' }, { max: 20, default: '左' }),
    right_name: f.text({ zh: '右侧名称', en: 'Name of the right side' }, { max: 20, default: '右' }),
    buffer_m: f.number(
      { zh: '同时作业间距（m）', en: 'Metres between crews' },
      { scale: 1, min: '0', max: '10000', default: '0' },
    ),
    buffer_days: f.number(
      { zh: '先后作业间隔（天）', en: 'Days between crews' },
      { scale: 1, min: '0', max: '365', default: '0' },
    ),
    length_m: f.number({ zh: '长度（m）', en: 'Length (m)' }, { system: true, scale: 3 }),
  },
  place: { company: 'company', project: 'project' },
  unique: [['project', 'name']],
  access: [
    ...['pmo', 'project_manager', 'planner'].map(role => allow(role, keeps)),
    ...['boss', 'department_head', 'technical_lead', 'cost_engineer', 'engineer', 'foreman'].map(role =>
      allow(role, 'read'),
    ),
    ...['quality_officer', 'safety_officer', 'observer'].map(role => allow(role, 'read')),
  ],
  views: {
    list: table('name project from_chainage to_chainage length_m buffer_m buffer_days', { sort: 'name' }),
    form: form('project name from_chainage to_chainage breaks left_name right_name buffer_m buffer_days'),
  },
})

declare module '@yingzao/kernel/entity' {
  interface Entities {
    alignment: typeof alignment
  }
}
