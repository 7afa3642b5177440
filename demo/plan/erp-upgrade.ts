// ERP 升级: an IT project in the same system: discovery, fit-gap, build in waves, data, tests, cut-over, hypercare.
import type { Calendar, Plan } from '@yingzao/engines/schedule/plan'
import { type Both, type Lang, planOf } from './builder.ts'

const streams: readonly { key: string; name: Both; days: number; crew: string }[] = [
  { key: 'fin', name: ['财务与总账', 'Finance and general ledger'], days: 20, crew: 'finance' },
  { key: 'pur', name: ['采购与供应商', 'Procurement and suppliers'], days: 18, crew: 'supply' },
  { key: 'inv', name: ['库存与仓储', 'Inventory and warehouse'], days: 22, crew: 'supply' },
  { key: 'prd', name: ['生产与工单', 'Production and work orders'], days: 26, crew: 'maker' },
  { key: 'prj', name: ['项目与成本', 'Projects and cost'], days: 24, crew: 'finance' },
]

export function erpUpgrade(lang: Lang, start: number, calendars: readonly Calendar[]): Plan {
  const p = planOf({
    name: ['ERP 升级实施计划', 'ERP upgrade programme'],
    lang,
    start,
    calendars,
    resources: {
      lead: { name: ['解决方案架构师', 'Solution architect'], max: 1 },
      finance: { name: ['财务顾问', 'Finance consultant'], max: 2 },
      supply: { name: ['供应链顾问', 'Supply-chain consultant'], max: 2 },
      maker: { name: ['制造顾问', 'Manufacturing consultant'], max: 1 },
      coder: { name: ['开发工程师', 'Developer'], max: 4 },
      tester: { name: ['测试工程师', 'Tester'], max: 2 },
      data: { name: ['数据工程师', 'Data engineer'], max: 2 },
      ops: { name: ['运维工程师', 'Operations engineer'], max: 1 },
    },
  })
  p.summary('start', ['启动与规划', 'Start and planning'], () => {
    p.task('charter', ['立项与章程', 'Charter'], 5)
    p.task('team', ['组建项目组', 'Team formed'], 8, { after: 'charter' })
    p.task('kick', ['项目启动会', 'Kick-off'], 0, { milestone: true, after: 'team' })
    p.task('scope', ['范围与验收标准确认', 'Scope and acceptance criteria signed'], 10, {
      after: 'kick',
      crew: { lead: 1 },
    })
  })
  p.summary('env', ['环境', 'Environments'], () => {
    p.task('buy', ['服务器与授权采购', 'Servers and licences bought'], 30, { after: 'kick' })
    p.task('dev', ['开发环境搭建', 'Development environment'], 6, { after: 'kick', crew: { ops: 1 } })
    p.task('test-env', ['测试环境搭建', 'Test environment'], 8, { after: ['buy', 'dev'], crew: { ops: 1 } })
    p.task('prod', ['生产环境与灾备', 'Production and disaster recovery'], 15, { after: 'test-env', crew: { ops: 1 } })
    p.task('load', ['压力测试', 'Load test'], 8, { after: ['prod', 'wave-2'], crew: { tester: 1, ops: 1 } })
  })
  p.summary('design', ['蓝图设计', 'Blueprint'], () => {
    for (const s of streams) {
      p.task(`fit-${s.key}`, [`${s.name[0]}差异分析`, `${s.name[1]}: fit-gap`], 10, {
        after: 'scope',
        crew: { [s.crew]: 1 },
      })
      p.task(`to-be-${s.key}`, [`${s.name[0]}蓝图`, `${s.name[1]}: blueprint`], 8, {
        after: `fit-${s.key}`,
        crew: { [s.crew]: 1, lead: 0.2 },
      })
    }
    p.task('blueprint', ['蓝图评审签字', 'Blueprint signed'], 0, {
      milestone: true,
      after: streams.map(s => `to-be-${s.key}`),
      deadline: 92,
    })
  })
  p.summary('build', ['配置与开发', 'Configuration and build'], () => {
    for (const s of streams) {
      p.summary(`build-${s.key}`, s.name, () => {
        p.task(`conf-${s.key}`, [`${s.name[0]}配置`, `${s.name[1]}: configure`], s.days - 8, {
          after: ['blueprint', 'dev'],
          crew: { [s.crew]: 1 },
        })
        p.task(`dev-${s.key}`, [`${s.name[0]}二次开发`, `${s.name[1]}: custom build`], s.days, {
          after: `conf-${s.key} SS+5d`,
          crew: { coder: 1 },
        })
        p.task(`face-${s.key}`, [`${s.name[0]}接口`, `${s.name[1]}: interfaces`], 12, {
          after: `dev-${s.key} SS+10d`,
          crew: { coder: 0.5 },
        })
        p.task(`unit-${s.key}`, [`${s.name[0]}单元测试`, `${s.name[1]}: unit tests`], 6, {
          after: [`dev-${s.key}`, `face-${s.key}`, `conf-${s.key}`],
          crew: { tester: 0.5 },
        })
      })
    }
    p.task('wave-1', ['第一批功能冻结', 'Wave 1 frozen'], 0, {
      milestone: true,
      after: ['unit-fin', 'unit-pur', 'unit-inv'],
    })
    p.task('wave-2', ['第二批功能冻结', 'Wave 2 frozen'], 0, {
      milestone: true,
      after: ['unit-prd', 'unit-prj', 'wave-1'],
    })
  })
  p.summary('data', ['数据迁移', 'Data migration'], () => {
    p.task('clean', ['主数据清洗', 'Master data cleaned'], 35, { after: 'scope', crew: { data: 1 } })
    p.task('map', ['映射与转换程序', 'Mapping and conversion'], 25, {
      after: ['blueprint', 'clean SS+15d'],
      crew: { data: 1 },
    })
    for (const n of [1, 2, 3])
      p.task(`mock-${n}`, [`第${n}次模拟迁移`, `Mock migration ${n}`], 5, {
        after: n === 1 ? ['map', 'clean', 'test-env'] : `mock-${n - 1} FS+5d`,
        crew: { data: 2 },
      })
    p.task('reconcile', ['余额与数量核对签字', 'Balances and quantities reconciled, signed'], 6, {
      after: 'mock-3',
      crew: { finance: 1, data: 1 },
    })
  })
  p.summary('test', ['测试', 'Tests'], () => {
    p.task('sit-1', ['集成测试第一轮', 'Integration test, round 1'], 15, {
      after: ['wave-1', 'test-env', 'mock-1'],
      crew: { tester: 2 },
    })
    p.task('sit-2', ['集成测试第二轮', 'Integration test, round 2'], 12, {
      after: ['wave-2', 'sit-1', 'mock-2'],
      crew: { tester: 2 },
    })
    p.task('uat', ['用户验收测试', 'User acceptance test'], 15, { after: 'sit-2' })
    p.task('defects', ['缺陷修复', 'Defects fixed'], 8, { after: 'uat SS+5d', crew: { coder: 3 } })
    p.task('uat-sign', ['UAT 签字', 'UAT signed'], 0, { milestone: true, after: ['uat', 'defects'], deadline: 158 })
  })
  p.summary('people', ['培训与推广', 'Training'], () => {
    p.task('sop', ['操作手册编写', 'Manuals written'], 20, { after: 'wave-1' })
    p.task('key', ['关键用户培训', 'Key users trained'], 8, { after: ['sop', 'test-env'] })
    p.task('all', ['全员培训', 'Everyone trained'], 15, { after: ['key', 'sit-2'] })
  })
  p.summary('go', ['上线与支持', 'Go-live and support'], () => {
    p.task('drill', ['上线演练', 'Cut-over rehearsal'], 4, {
      after: ['uat-sign', 'reconcile', 'prod', 'load'],
      crew: { ops: 1, data: 1 },
    })
    p.task('decide', ['上线决策会', 'Go/no-go'], 0, { milestone: true, after: ['drill', 'all'] })
    p.task('cut', ['停机切换', 'Cut-over'], 3, { after: 'decide FS+2d', crew: { ops: 1, data: 2 } })
    p.task('live', ['正式上线', 'Live'], 0, { milestone: true, after: 'cut', deadline: 170 })
    p.task('hyper', ['上线支持', 'Hypercare'], 30, { after: 'live' })
    p.task('close', ['首次月结', 'First month-end close'], 8, { after: 'live FS+18d', crew: { finance: 1 } })
    p.task('accept', ['项目验收与复盘', 'Acceptance and review'], 5, { after: ['hyper', 'close'] })
  })
  return p.done()
}
