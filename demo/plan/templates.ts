// Plan templates of the demo enterprise, as a PMO keeps them: a tower block, a running tunnel between two metro stations, and
// a software project.
import type { PlanTemplate, TemplateFlow } from '@yingzao/engines/plan-template'
import type { Link, Resource, Task } from '@yingzao/engines/schedule/plan'
import type { Both, Lang } from './builder.ts'

export interface DemoTemplate {
  readonly name: Both
  readonly type: 'building' | 'rail' | 'software'
  readonly description: Both
  readonly content: (lang: Lang) => PlanTemplate
}

const DAY = 480
/** A row: key, name, working days (0 = milestone, null = summary), what comes before ("a", "a SS+3d"), trade. */
type Row = readonly [key: string, name: Both, days: number | null, after?: string, trade?: string, under?: string]

interface Words {
  readonly rows: readonly Row[]
  readonly trades: Readonly<Record<string, Both>>
  readonly parameters: readonly {
    readonly key: string
    readonly name: Both
    readonly count: number
    readonly first: number
  }[]
  readonly repeats: Readonly<Record<string, string>>
  readonly flows: readonly (readonly [
    block: string,
    from: string,
    to: string,
    type?: TemplateFlow['type'],
    days?: number,
  ])[]
}

function contentOf(lang: Lang, words: Words): PlanTemplate {
  const say = ([zh, en]: Both) => (lang === 'zh' ? zh : en)
  const keys = new Set(words.rows.map(([key]) => key))
  const links: Link[] = []
  const tasks = words.rows.map(([key, name, days, after, , under]): Task => {
    for (const each of after?.split(', ') ?? []) {
      const match = /^(\S+?)(?: (FS|SS|FF))?(?:\+(\d+)d)?$/.exec(each)
      const from = match?.[1] ?? ''
      if (!keys.has(from)) throw new Error(`no task ${each}`)
      const type = match?.[2] === 'SS' || match?.[2] === 'FF' ? match[2] : 'FS'
      const lag = { kind: 'working', minutes: Number(match?.[3] ?? 0) * DAY } as const
      links.push({ id: `${from}>${key}`, from, to: key, type, lag, lagUnit: 'd' })
    }
    return {
      ...{ id: key, name: say(name), kind: days === null ? 'summary' : days === 0 ? 'milestone' : 'task' },
      ...{ duration: (days ?? 0) * DAY, durationUnit: 'd', constraint: { type: 'asap' } },
      ...(days === 0 ? { milestone: true } : {}),
      ...(under === undefined ? {} : { parent: under }),
    }
  })
  return {
    ...{ minutesPerDay: DAY, tasks, links, repeats: words.repeats },
    resources: Object.entries(words.trades).map(([id, name]): Resource => ({ id, name: say(name), kind: 'work' })),
    assignments: words.rows.flatMap(([task, , days, , trade]) =>
      trade === undefined ? [] : [{ id: `${task}-${trade}`, task, resource: trade, units: 1, work: (days ?? 0) * DAY }],
    ),
    parameters: words.parameters.map(each => ({ ...each, name: say(each.name) })),
    flows: words.flows.map(([block, from, to, type = 'FS', days = 0]) => ({ block, from, to, type, lag: days * DAY })),
  }
}

export const templates: readonly DemoTemplate[] = [
  {
    name: ['住宅楼（剪力墙，含地下室）', 'Tower block, shear walls, with basement'],
    type: 'building',
    description: [
      '从场地移交到竣工备案；标准层、砌体、抹灰、安装按层流水。层数和地下层数可调。',
      'From site possession to completion; floors, brickwork, plaster and services flow floor by floor. Floors and basements are parameters.',
    ],
    content: lang => contentOf(lang, towerBlock),
  },
  {
    name: ['地铁区间（盾构）', 'Metro running tunnel, shield-driven'],
    type: 'rail',
    description: [
      '始发井具备条件到区间移交；掘进按每 100 环一段，联络通道按座数展开。',
      'From the launch shaft to hand-over; driving by stretches of 100 rings, cross passages by their number.',
    ],
    content: lang => contentOf(lang, runningTunnel),
  },
  {
    name: ['软件项目（分期上线）', 'Software, released in stages'],
    type: 'software',
    description: [
      '立项、需求、架构、若干迭代、集成测试、上线与验收；迭代数可调。',
      'Start, requirements, architecture, a number of iterations, integration test, release and acceptance.',
    ],
    content: lang => contentOf(lang, software),
  },
]

const towerBlock: Words = {
  trades: {
    earth: ['土方班组', 'Earthworks crew'],
    pile: ['桩基班组', 'Piling crew'],
    steel: ['钢筋班组', 'Rebar crew'],
    form: ['模板班组', 'Formwork crew'],
    pour: ['混凝土班组', 'Concrete crew'],
    proof: ['防水班组', 'Waterproofing crew'],
    brick: ['砌筑班组', 'Bricklayers'],
    plaster: ['抹灰班组', 'Plasterers'],
    fit: ['安装班组', 'M&E crew'],
    finish: ['装修班组', 'Finishing crew'],
    facade: ['外墙班组', 'Façade crew'],
  },
  parameters: [
    { key: 'floors', name: ['层数', 'Floors'], count: 18, first: 1 },
    { key: 'basements', name: ['地下层数', 'Basements'], count: 1, first: 1 },
  ],
  repeats: {
    floor: 'floors',
    basement: 'basements',
    bricks: 'floors',
    plastering: 'floors',
    services: 'floors',
    fitout: 'floors',
  },
  flows: [
    ['basement', 'b-pour', 'b-steel'],
    ['floor', 'pour', 'steel'],
    ['bricks', 'bricks', 'bricks'],
    ['plastering', 'plastering', 'plastering'],
    ['services', 'services', 'services'],
    ['fitout', 'fitout', 'fitout'],
  ],
  rows: [
    ['prep', ['施工准备', 'Preparation'], null],
    ['site', ['场地移交', 'Site possession'], 0, undefined, undefined, 'prep'],
    ['camp', ['临建及水电接入', 'Site camp, power and water'], 15, 'site', undefined, 'prep'],
    ['drawings', ['图纸会审与交底', 'Drawing review and briefing'], 8, 'site', undefined, 'prep'],
    ['ground', ['基坑与桩基', 'Pit and piles'], null],
    ['piles', ['桩基施工', 'Piling'], 30, 'camp, drawings', 'pile', 'ground'],
    ['dig', ['土方开挖与支护', 'Excavation and support'], 25, 'piles', 'earth', 'ground'],
    ['pile-test', ['桩基检测', 'Pile tests'], 10, 'piles', undefined, 'ground'],
    ['raft', ['垫层、防水与筏板', 'Blinding, waterproofing and raft'], 20, 'dig, pile-test', 'proof', 'ground'],
    ['under', ['地下结构', 'Basement structure'], null],
    ['basement', ['地下{n}层', 'Basement level {n}'], null, undefined, undefined, 'under'],
    ['b-steel', ['钢筋绑扎', 'Rebar'], 5, 'raft', 'steel', 'basement'],
    ['b-form', ['模板支设', 'Formwork'], 5, 'b-steel SS+2d', 'form', 'basement'],
    ['b-pour', ['混凝土浇筑', 'Concrete'], 2, 'b-steel, b-form', 'pour', 'basement'],
    ['zero', ['正负零', 'Ground level reached'], 0, 'b-pour', undefined, 'under'],
    ['main', ['主体结构', 'Superstructure'], null],
    ['floor', ['第{n}层', 'Floor {n}'], null, undefined, undefined, 'main'],
    ['steel', ['{n}层钢筋绑扎', 'Floor {n} rebar'], 2, 'zero', 'steel', 'floor'],
    ['form', ['{n}层模板支设', 'Floor {n} formwork'], 3, 'steel SS+1d', 'form', 'floor'],
    ['pour', ['{n}层混凝土浇筑', 'Floor {n} concrete'], 1, 'steel, form', 'pour', 'floor'],
    ['top', ['结构封顶', 'Topping out'], 0, 'pour', undefined, 'main'],
    ['inner', ['二次结构与装修', 'Masonry, services and finishes'], null],
    ['bricks', ['{n}层砌体', 'Floor {n} brickwork'], 4, 'pour+28d', 'brick', 'inner'],
    ['plastering', ['{n}层抹灰', 'Floor {n} plaster'], 4, 'bricks+7d', 'plaster', 'inner'],
    ['services', ['{n}层水电安装', 'Floor {n} services'], 4, 'bricks', 'fit', 'inner'],
    ['fitout', ['{n}层装修', 'Floor {n} finishes'], 5, 'plastering+10d, services', 'finish', 'inner'],
    ['outer', ['屋面与外墙', 'Roof and façade'], null],
    ['roof', ['屋面防水与保温', 'Roofing'], 20, 'top', 'proof', 'outer'],
    ['facade', ['外墙保温与涂料', 'Façade'], 45, 'top+14d, bricks FF+10d', 'facade', 'outer'],
    ['lifts', ['电梯安装与验收', 'Lifts'], 40, 'top+20d', 'fit', 'outer'],
    ['outside', ['室外管网与道路', 'External works'], 35, 'facade', 'earth', 'outer'],
    ['end', ['验收', 'Acceptance'], null],
    ['fire', ['消防验收', 'Fire inspection'], 10, 'fitout, lifts', undefined, 'end'],
    ['check', ['分户验收与整改', 'Flat-by-flat inspection'], 20, 'fitout, facade', undefined, 'end'],
    ['accept', ['竣工验收', 'Final acceptance'], 5, 'fire, check, outside, roof', undefined, 'end'],
    ['done', ['竣工备案', 'Completion filed'], 0, 'accept+10d', undefined, 'end'],
  ],
}

const runningTunnel: Words = {
  trades: {
    shield: ['盾构机组', 'Shield crew'],
    haul: ['水平运输', 'Haulage'],
    freeze: ['冻结班组', 'Freezing crew'],
    lining: ['二衬班组', 'Lining crew'],
    survey: ['测量监测', 'Survey and monitoring'],
  },
  parameters: [
    { key: 'stretches', name: ['百环段数', 'Stretches of 100 rings'], count: 9, first: 1 },
    { key: 'passages', name: ['联络通道数', 'Cross passages'], count: 2, first: 1 },
  ],
  repeats: { left: 'stretches', right: 'stretches', passage: 'passages' },
  flows: [
    ['left', 'left', 'left'],
    ['right', 'right', 'right'],
    ['passage', 'p-dig', 'p-freeze', 'SS', 10],
  ],
  rows: [
    ['prep', ['始发准备', 'Launch'], null],
    ['shaft', ['始发井移交', 'Launch shaft handed over'], 0, undefined, undefined, 'prep'],
    ['ground', ['端头加固及检测', 'Ground treatment at the portal'], 35, 'shaft', undefined, 'prep'],
    ['cradle', ['始发架、反力架安装', 'Cradle and thrust frame'], 12, 'shaft', 'shield', 'prep'],
    ['assemble', ['盾构机下井组装调试', 'Shield assembled and tested'], 30, 'cradle', 'shield', 'prep'],
    ['ready', ['始发条件验收', 'Ready to launch'], 0, 'ground, assemble', undefined, 'prep'],
    ['drive-left', ['左线掘进', 'Left drive'], null],
    ['trial', ['左线试掘进（前100环）', 'Left trial drive (first 100 rings)'], 25, 'ready', 'shield', 'drive-left'],
    ['left', ['左线第{n}个百环', 'Left stretch {n}'], 12, 'trial', 'shield', 'drive-left'],
    ['left-out', ['左线贯通', 'Left breakthrough'], 0, 'left', undefined, 'drive-left'],
    ['turn', ['盾构机转场、二次始发', 'Shield turned and launched again'], 40, 'left-out', 'shield'],
    ['drive-right', ['右线掘进', 'Right drive'], null],
    ['right', ['右线第{n}个百环', 'Right stretch {n}'], 11, 'turn', 'shield', 'drive-right'],
    ['right-out', ['右线贯通', 'Right breakthrough'], 0, 'right', undefined, 'drive-right'],
    ['passages', ['联络通道', 'Cross passages'], null],
    ['passage', ['{n}号联络通道', 'Cross passage {n}'], null, undefined, undefined, 'passages'],
    ['p-freeze', ['{n}号冻结', 'Freeze {n}'], 45, 'right-out', 'freeze', 'passage'],
    ['p-dig', ['{n}号开挖初支', 'Excavate {n}'], 20, 'p-freeze', 'freeze', 'passage'],
    ['p-line', ['{n}号防水与二衬', 'Waterproofing and lining {n}'], 18, 'p-dig', 'lining', 'passage'],
    ['p-thaw', ['{n}号解冻注浆', 'Thaw and grout {n}'], 30, 'p-line', 'freeze', 'passage'],
    ['close', ['收尾', 'Closing'], null],
    ['doors', ['洞门施工', 'Portal rings'], 20, 'left-out, right-out', 'lining', 'close'],
    ['clean', ['区间清理与堵漏', 'Cleaning and leak sealing'], 25, 'doors, p-line', 'lining', 'close'],
    ['survey', ['贯通与断面测量', 'Breakthrough and clearance survey'], 8, 'right-out', 'survey', 'close'],
    ['hand', ['区间移交铺轨', 'Handed over for track'], 0, 'clean, survey, p-thaw', undefined, 'close'],
  ],
}

const software: Words = {
  trades: {
    analyst: ['需求分析', 'Analysts'],
    architect: ['架构师', 'Architect'],
    developer: ['开发', 'Developers'],
    tester: ['测试', 'Testers'],
    operator: ['运维', 'Operations'],
  },
  parameters: [{ key: 'iterations', name: ['迭代数', 'Iterations'], count: 6, first: 1 }],
  repeats: { iteration: 'iterations' },
  flows: [
    ['iteration', 'build', 'build'],
    ['iteration', 'refine', 'refine'],
  ],
  rows: [
    ['start', ['立项', 'Start'], null],
    ['charter', ['立项批复', 'Charter approved'], 0, undefined, undefined, 'start'],
    ['team', ['团队组建与环境', 'Team and environments'], 8, 'charter', undefined, 'start'],
    ['scope', ['需求与方案', 'Requirements and solution'], null],
    ['survey', ['业务调研', 'Business survey'], 12, 'charter', 'analyst', 'scope'],
    ['spec', ['需求规格与评审', 'Specification and review'], 10, 'survey', 'analyst', 'scope'],
    ['arch', ['架构设计与评审', 'Architecture and review'], 8, 'spec SS+5d', 'architect', 'scope'],
    ['signed', ['需求基线', 'Requirements frozen'], 0, 'spec, arch', undefined, 'scope'],
    ['make', ['迭代开发', 'Iterations'], null],
    ['iteration', ['迭代{n}', 'Iteration {n}'], null, undefined, undefined, 'make'],
    ['refine', ['迭代{n}需求细化', 'Iteration {n} refinement'], 3, 'signed, team', 'analyst', 'iteration'],
    ['build', ['迭代{n}开发', 'Iteration {n} build'], 9, 'refine', 'developer', 'iteration'],
    ['test', ['迭代{n}测试', 'Iteration {n} test'], 5, 'build SS+5d', 'tester', 'iteration'],
    ['show', ['迭代{n}评审', 'Iteration {n} review'], 0, 'test, build', undefined, 'iteration'],
    ['prove', ['集成与验证', 'Integration'], null],
    ['sit', ['系统集成测试', 'System integration test'], 15, 'show', 'tester', 'prove'],
    ['load', ['性能与安全测试', 'Load and security tests'], 10, 'sit SS+5d', 'tester', 'prove'],
    ['uat', ['用户验收测试', 'User acceptance test'], 15, 'sit, load', 'analyst', 'prove'],
    ['live', ['上线', 'Release'], null],
    ['data', ['数据迁移演练', 'Data migration rehearsal'], 10, 'sit', 'developer', 'live'],
    ['train', ['培训', 'Training'], 8, 'uat SS+5d', 'analyst', 'live'],
    ['cut', ['切换上线', 'Cut-over'], 2, 'uat, data, train', 'operator', 'live'],
    ['care', ['上线保障', 'Hypercare'], 20, 'cut', 'developer', 'live'],
    ['accept', ['项目验收', 'Project accepted'], 0, 'care', undefined, 'live'],
  ],
}
