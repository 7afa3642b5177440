// Words of the company's resource load.
import { words } from '@yingzao/ui/text/words'

export const companyText = words({
  title: { zh: '资源负荷', en: 'Resource load' },
  by: { zh: '按什么看', en: 'Look by' },
  resource: { zh: '班组与机械', en: 'Crews and machines' },
  person: { zh: '人员', en: 'People' },
  department: { zh: '部门', en: 'Departments' },
  project: { zh: '项目', en: 'Projects' },
  company: { zh: '公司', en: 'Company' },
  allCompanies: { zh: '全部公司', en: 'All companies' },
  reading: { zh: '已读 {done} / {all} 份执行计划', en: '{done} of {all} current plans read' },
  sum: {
    zh: '{plans} 份执行计划，{rows} 行中 {scarce} 行超载。',
    en: '{plans} current {plans:plan|plans}, {scarce} of {rows} {rows:row|rows} overloaded.',
  },
  sumGood: {
    zh: '{plans} 份执行计划，没有超载。',
    en: '{plans} current {plans:plan|plans}, nothing overloaded.',
  },
  failed: {
    zh: '{count} 份计划算不出负荷，未计入：{names}。',
    en: '{count} {count:plan has|plans have} no load to show and {count:is|are} left out: {names}.',
  },
  none: { zh: '还没有执行计划用到资源', en: 'No current plan uses resources yet' },
  noneNext: {
    zh: '在计划的横道图“资源”一栏填写班组、机械或人员，这里就会把所有项目加在一起。',
    en: 'Write crews, machines or people into the column “Resources” of a plan’s Gantt: here all projects are added up.',
  },
  toPlans: { zh: '打开计划', en: 'Open the plans' },
  nobody: { zh: '还没有资源对应到人', en: 'No resource stands for a person yet' },
  nobodyNext: {
    zh: '在“计划资源”里打开一项资源，填写“对应人员”：同一个人在几个项目里的工作就会加在一起。',
    en: 'Open a resource in the list “Resources” and say which person it is: the work of one person in several projects then adds up.',
  },
  toResources: { zh: '打开计划资源', en: 'Open the resources' },
  pick: { zh: '点一格或一根柱子，看是哪些项目。', en: 'Choose a cell or a bar to see which projects make it.' },
  nothing: { zh: '这段时间没有工作。', en: 'No work in this time.' },
  projectOf: { zh: '项目', en: 'Project' },
  resourceOf: { zh: '资源', en: 'Resource' },
  work: { zh: '负荷（日）', en: 'Days of work' },
  availableOf: { zh: '可用（日）', en: 'Days available' },
  pooled: {
    zh: '不同项目里同名的班组、机械算作一处；同一个人只算一份可用时间。',
    en: 'Crews and machines of one name are added up across projects; a person counts once.',
  },
})
