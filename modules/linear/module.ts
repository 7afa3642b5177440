// 线性工程: contents page. Work along an alignment by chainage: where tasks lie, what is done, who gets in whose way.
import { defineModule, f } from '@yingzao/kernel/entity'
import { alignment } from './alignment.entity.ts'
import { chainageReport, stretch } from './stretch.entity.ts'

export default defineModule({
  name: 'linear',
  label: { zh: '线性工程', en: 'Linear works' },
  needs: ['project', 'schedule', 'progress'],
  entities: [alignment, stretch, chainageReport],
  actions: [
    {
      name: 'linear.chart',
      label: { zh: '时间–里程图', en: 'Time–location chart' },
      needs: 'stretch:read',
      reads: true,
      input: { plan: f.ref('plan', { zh: '计划', en: 'Plan' }, { required: true }) },
    },
  ],
  refusals: {
    alignment: {
      zh: '线路的桩号不对：{why}。请改正起点、终点或断链',
      en: 'The chainages of the alignment are not right: {why}. Correct its ends or broken chains',
    },
    chainage: {
      zh: '读不懂桩号“{text}”：{why}。线路 {from} 至 {to}，请按 {from} 的写法填写',
      en: 'Chainage “{text}” cannot be read: {why}. The alignment runs from {from} to {to}: write it like {from}',
    },
    no_length: {
      zh: '“自桩号”和“至桩号”是同一处，请检查',
      en: 'Both chainages are the same place: check them',
    },
    other_project: {
      zh: '任务“{task}”不属于线路“{alignment}”的项目，请选择本项目的线路',
      en: 'Task “{task}” is not of the project of alignment “{alignment}”: choose an alignment of its project',
    },
    branch: {
      zh: '试算方案没有自己的任务，请在原计划上填写区段',
      en: 'A what-if branch has no tasks of its own: say it on the original plan',
    },
    still_used: {
      zh: '改动后区段“{stretch}”的桩号“{text}”不再存在，请先改这个区段',
      en: 'With this change chainage “{text}” of stretch “{stretch}” no longer exists: change the stretch first',
    },
    beside: {
      zh: '所报桩号不在区段 {from} 至 {to} 内，请检查',
      en: 'What is reported lies outside the stretch {from} to {to}: check it',
    },
  },
  menu: {
    under: 'plan',
    order: 27,
    icon: 'line',
    items: [{ entity: 'alignment' }, { entity: 'stretch' }, { entity: 'chainage_report' }],
  },
})
