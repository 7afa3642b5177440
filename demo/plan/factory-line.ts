// 工厂产线: an assembly line for prefabricated bathroom pods: building, long-lead machines, installation, ramp-up.
import type { Calendar, Plan } from '@yingzao/engines/schedule/plan'
import { type Both, type Lang, planOf } from './builder.ts'

const stations: readonly { key: string; name: Both; weeks: number }[] = [
  { key: 'frame', name: ['钢框架焊接工位', 'Frame welding station'], weeks: 14 },
  { key: 'panel', name: ['墙板装配工位', 'Wall panel station'], weeks: 10 },
  { key: 'tile', name: ['机器人贴砖工位', 'Robotic tiling station'], weeks: 20 },
  { key: 'pipe', name: ['管线装配工位', 'Pipe and wiring station'], weeks: 8 },
  { key: 'seal', name: ['防水打胶工位', 'Sealing station'], weeks: 9 },
  { key: 'test', name: ['闭水检测工位', 'Leak test station'], weeks: 12 },
  { key: 'pack', name: ['包装下线工位', 'Packing station'], weeks: 6 },
]

export function factoryLine(lang: Lang, start: number, calendars: readonly Calendar[]): Plan {
  const p = planOf({
    name: ['整体卫浴生产线建设计划', 'Bathroom-pod production line'],
    lang,
    start,
    calendars,
    resources: {
      design: { name: ['工艺工程师', 'Process engineer'], max: 2 },
      buyer: { name: ['采购工程师', 'Buyer'], max: 1 },
      civil: { name: ['土建班组', 'Civil crew'], max: 2 },
      fitter: { name: ['设备安装班组', 'Fitters'], max: 3 },
      electric: { name: ['电气自动化工程师', 'Automation engineer'], max: 2 },
      quality: { name: ['质量工程师', 'Quality engineer'], max: 1 },
    },
  })
  p.summary('plan', ['方案与工艺', 'Concept and process'], () => {
    p.task('layout', ['工艺布局方案', 'Layout concept'], 15, { crew: { design: 2 } })
    p.task('sim', ['产线节拍仿真', 'Takt simulation'], 10, { after: 'layout', crew: { design: 1 } })
    p.task('freeze', ['布局冻结', 'Layout frozen'], 0, { milestone: true, after: 'sim' })
    p.task('safety', ['安全与环评手续', 'Safety and environmental permits'], 45, { after: 'layout' })
  })
  p.summary('house', ['厂房改造', 'Building'], () => {
    p.task('floor', ['地坪加固', 'Floor strengthened'], 20, { after: ['freeze', 'safety SS+20d'], crew: { civil: 1 } })
    p.task('pit', ['设备基础与地沟', 'Machine foundations and trenches'], 18, {
      after: 'floor SS+8d',
      crew: { civil: 1 },
    })
    p.task('crane-rail', ['行车轨道', 'Crane rails'], 12, { after: 'floor', crew: { fitter: 1 } })
    p.task('power', ['动力配电', 'Power distribution'], 20, { after: 'pit', crew: { electric: 1 } })
    p.task('air', ['压缩空气与除尘', 'Compressed air and dust extraction'], 15, { after: 'pit', crew: { fitter: 1 } })
    p.task('network', ['工业网络与 MES 机房', 'Industrial network and MES room'], 12, {
      after: 'power SS+5d',
      crew: { electric: 1 },
    })
    p.task('house-ready', ['厂房具备安装条件', 'Building ready for installation'], 0, {
      milestone: true,
      after: ['power', 'air', 'crane-rail', 'floor'],
      deadline: 125,
    })
  })
  for (const s of stations) {
    p.summary(`st-${s.key}`, s.name, () => {
      p.task(`${s.key}-spec`, [`${s.name[0]}技术规格书`, `${s.name[1]}: specification`], 8, {
        after: 'freeze',
        crew: { design: 0.5 },
      })
      p.task(`${s.key}-buy`, [`${s.name[0]}询价定标`, `${s.name[1]}: quotes and award`], 12, {
        after: `${s.key}-spec`,
        crew: { buyer: 0.3 },
      })
      p.task(`${s.key}-make`, [`${s.name[0]}设备制造`, `${s.name[1]}: manufacture`], s.weeks * 5, {
        after: `${s.key}-buy`,
      })
      p.task(`${s.key}-fat`, [`${s.name[0]}出厂验收 FAT`, `${s.name[1]}: factory acceptance`], 3, {
        after: `${s.key}-make`,
        crew: { design: 1 },
      })
      p.task(`${s.key}-ship`, [`${s.name[0]}运输到场`, `${s.name[1]}: delivery`], 5, { after: `${s.key}-fat` })
      p.task(`${s.key}-set`, [`${s.name[0]}就位安装`, `${s.name[1]}: installation`], 8, {
        after: [`${s.key}-ship`, 'house-ready'],
        crew: { fitter: 1 },
      })
      p.task(`${s.key}-wire`, [`${s.name[0]}电气接线`, `${s.name[1]}: wiring`], 6, {
        after: `${s.key}-set`,
        crew: { electric: 1 },
      })
      p.task(`${s.key}-run`, [`${s.name[0]}空载调试`, `${s.name[1]}: dry run`], 5, {
        after: `${s.key}-wire`,
        crew: { electric: 1 },
      })
    })
  }
  p.summary('mes', ['MES 与追溯', 'MES and traceability'], () => {
    p.task('mes-spec', ['MES 需求', 'MES requirements'], 15, { after: 'freeze' })
    p.task('mes-build', ['MES 开发配置', 'MES build'], 45, { after: 'mes-spec' })
    p.task('mes-link', ['设备联网采集', 'Machines connected'], 15, {
      after: ['mes-build', 'network', 'tile-run', 'test-run', 'frame-run'],
      crew: { electric: 1 },
    })
  })
  p.summary('ramp', ['联调与爬坡', 'Integration and ramp-up'], () => {
    p.task('line', ['整线联动', 'Whole line linked'], 12, {
      after: [...stations.map(s => `${s.key}-run`), 'mes-link'],
      crew: { electric: 2, design: 1 },
    })
    p.task('hire', ['操作工招聘培训', 'Operators hired and trained'], 30, { after: 'house-ready' })
    p.task('pilot', ['首批试制 20 套', 'Pilot run of 20 pods'], 10, { after: ['line', 'hire'], crew: { quality: 1 } })
    p.task('audit', ['过程审核与整改', 'Process audit and corrections'], 8, { after: 'pilot', crew: { quality: 1 } })
    p.task('half', ['产能 50%', '50 % capacity'], 20, { after: 'audit' })
    p.task('full', ['产能 100% 达产', 'Full capacity'], 30, { after: 'half' })
    p.task('accept', ['SAT 验收移交', 'Site acceptance and hand-over'], 5, { after: 'full' })
    p.task('done', ['投产', 'In production'], 0, { milestone: true, after: 'accept', deadline: 331 })
  })
  return p.done()
}
