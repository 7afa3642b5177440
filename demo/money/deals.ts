// The contracts of the demo's three projects over two years, as data: with whom, for what, signed when, how far by which month.
import type { Both } from '../plan/builder.ts'
import type { Site } from './desk.ts'

export type Kind = 'works' | 'subcontract' | 'labour' | 'purchase' | 'rental' | 'service'
/** Months before today's month. */
export type MonthsAgo = number

export interface Deal {
  readonly key: string
  readonly site: Site['key']
  readonly direction: 'income' | 'expense'
  readonly kind: Kind
  readonly name: Both
  /** Key of the counterparty: its Chinese name. */
  readonly party: string
  /** Cost item of an expense. */
  readonly item?: string
  /** Income gross, expense net of VAT, as contractors here agree it. */
  readonly sum: number
  readonly rate: 3 | 6 | 9 | 13
  readonly signed: MonthsAgo
  /** Share of what is certified that is paid by the month. */
  readonly progress: number
  readonly advance?: number
  /** Done in all, by month. */
  readonly steps: readonly (readonly [MonthsAgo, number])[]
  readonly settled?: { readonly month: MonthsAgo; readonly submitted: number; readonly approved: number }
  /** Of what the wage account pays. */
  readonly wages?: boolean
  /** The client pays the claim of a month so much later, or only a part of it. */
  readonly late?: Readonly<Record<MonthsAgo, number>>
  readonly partly?: Readonly<Record<MonthsAgo, number>>
  /** Deducted from the claim of a month. */
  readonly deducted?: Readonly<Record<MonthsAgo, { readonly what: Both; readonly amount: number }>>
  /** How far the papers of the newest step have come; without it all the way. */
  readonly newest?:
    | 'measured'
    | 'claimed'
    | 'claim_at_boss'
    | 'asked'
    | 'asked_at_cost'
    | 'asked_at_head'
    | 'asked_at_clerk'
    | 'rejected'
  readonly bill?: boolean
  /** Owed to a client: set against what he owes on that contract, in that month, in place of being paid. */
  readonly netted?: { readonly against: string; readonly month: MonthsAgo }
  /** 收付款计划: milestone, month from today's, share. */
  readonly plan?: readonly (readonly [milestone: Both, month: number, share: number])[]
}

const goods = { progress: 0.95 } as const
const trade = { progress: 0.8 } as const

const metro: readonly Deal[] = [
  // Before the station itself: the services under the crossing were moved, which is finished and settled.
  {
    ...{ key: 'm.before', site: 'metro', direction: 'income', kind: 'works' },
    name: ['云溪路站前期工程（管线迁改与交通疏解）', 'Yunxi Road, enabling works'],
    ...{ party: '云州轨道交通集团有限公司', sum: 13_400_000, rate: 9, signed: -23, progress: 0.8, advance: 0.1 },
    steps: [
      [-20, 0.4],
      [-15, 1],
    ],
    settled: { month: -12, submitted: 13_596_800, approved: 13_284_600 },
  },
  {
    ...{ key: 'm.pipes', site: 'metro', direction: 'expense', kind: 'subcontract', item: '04.99' },
    name: ['管线迁改专业分包', 'Diversion of services'],
    ...{ party: '云州管网工程有限公司', sum: 10_284_400, rate: 9, signed: -22, ...trade },
    steps: [
      [-19, 0.5],
      [-15, 1],
    ],
    settled: { month: -13, submitted: 11_386_000, approved: 11_067_420 },
  },
  {
    ...{ key: 'm.survey', site: 'metro', direction: 'expense', kind: 'service', item: '05.04' },
    name: ['岩土勘察与管线物探', 'Ground and services survey'],
    ...{ party: '中岳岩土工程有限公司', sum: 1_132_000, rate: 6, signed: -23, progress: 0.9 },
    steps: [[-20, 1]],
    settled: { month: -17, submitted: 1_199_920, approved: 1_199_920 },
  },
  {
    ...{ key: 'm.main', site: 'metro', direction: 'income', kind: 'works' },
    name: ['云溪路站土建及机电总承包', 'Yunxi Road Station, main contract'],
    ...{ party: '云州轨道交通集团有限公司', sum: 386_500_000, rate: 9, signed: -9, progress: 0.8, advance: 0.1 },
    steps: [
      [-6, 0.07],
      [-5, 0.12],
      [-4, 0.17],
      [-3, 0.22],
      [-2, 0.265],
      [-1, 0.305],
    ],
    late: { [-5]: 1 },
    partly: { [-2]: 0.6 },
    deducted: { [-4]: { what: ['甲方代缴施工水电', 'Power and water paid by the client'], amount: 186_400 } },
    plan: [
      [['预付款', 'Advance'], -8, 0.1],
      [['基坑见底', 'Pit dug'], -1, 0.19],
      [['主体结构至中板', 'Structure up to the middle slab'], 4, 0.22],
      [['主体封顶', 'Structure closed'], 8, 0.26],
      [['竣工结算', 'Settlement'], 14, 0.2],
      [['质保金', 'Retention'], 26, 0.03],
    ],
    newest: 'claimed',
  },
  {
    ...{ key: 'm.shoring', site: 'metro', direction: 'expense', kind: 'subcontract', item: '04.01' },
    name: ['基坑支护专业分包', 'Shoring'],
    ...{ party: '中岳岩土工程有限公司', sum: 49_472_000, rate: 9, signed: -9, progress: 0.8 },
    steps: [
      [-6, 0.3],
      [-3, 0.8],
      [-1, 0.93],
    ],
    deducted: { [-3]: { what: ['文明施工罚款', 'Fine: tidy site'], amount: 20_000 } },
    newest: 'claim_at_boss',
  },
  {
    ...{ key: 'm.earth', site: 'metro', direction: 'expense', kind: 'subcontract', item: '04.02', bill: true },
    name: ['土方开挖与外运', 'Earthworks'],
    ...{ party: '中岳岩土工程有限公司', sum: 18_165_500, rate: 9, signed: -8, ...trade },
    steps: [
      [-5, 0.22],
      [-2, 0.55],
      [-1, 0.62],
    ],
    deducted: { [-5]: { what: ['施工水电', 'Water and power'], amount: 38_650 } },
    newest: 'measured',
  },
  {
    ...{ key: 'm.labour', site: 'metro', direction: 'expense', kind: 'labour', item: '01.01', wages: true },
    name: ['主体结构劳务', 'Structural labour'],
    ...{ party: '同心建筑劳务有限公司', sum: 40_196_000, rate: 3, signed: -8, progress: 0.85 },
    steps: [
      [-4, 0.12],
      [-2, 0.25],
    ],
    newest: 'asked_at_cost',
  },
  {
    ...{ key: 'm.rebar', site: 'metro', direction: 'expense', kind: 'purchase', item: '02.01' },
    name: ['钢筋采购', 'Reinforcement'],
    ...{ party: '东江钢铁贸易有限公司', sum: 43_674_500, rate: 13, signed: -8, ...goods },
    steps: [
      [-5, 0.14],
      [-2, 0.32],
    ],
  },
  {
    ...{ key: 'm.concrete', site: 'metro', direction: 'expense', kind: 'purchase', item: '02.02' },
    name: ['商品混凝土采购', 'Ready-mixed concrete'],
    ...{ party: '云州恒信商品混凝土有限公司', sum: 31_693_000, rate: 13, signed: -8, ...goods },
    steps: [
      [-4, 0.19],
      [-2, 0.31],
    ],
    newest: 'asked_at_clerk',
  },
  {
    ...{ key: 'm.struts', site: 'metro', direction: 'expense', kind: 'purchase', item: '02.03' },
    name: ['钢支撑与型钢', 'Steel struts'],
    ...{ party: '东江钢铁贸易有限公司', sum: 14_300_500, rate: 13, signed: -7, ...goods },
    steps: [
      [-4, 0.5],
      [-1, 0.82],
    ],
    newest: 'asked_at_head',
  },
  {
    ...{ key: 'm.membrane', site: 'metro', direction: 'expense', kind: 'purchase', item: '02.06' },
    name: ['防水卷材采购', 'Waterproofing membrane'],
    ...{ party: '青禾防水材料有限公司', sum: 5_797_500, rate: 13, signed: -4, ...goods },
    steps: [[-1, 0.12]],
    newest: 'rejected',
  },
  {
    ...{ key: 'm.crane', site: 'metro', direction: 'expense', kind: 'rental', item: '03.01' },
    name: ['塔机与龙门吊租赁', 'Crane rental'],
    ...{ party: '大华塔机租赁有限公司', sum: 13_141_000, rate: 13, signed: -8, progress: 0.9 },
    steps: [
      [-3, 0.42],
      [-1, 0.55],
    ],
  },
  {
    ...{ key: 'm.mep', site: 'metro', direction: 'expense', kind: 'subcontract', item: '04.05' },
    name: ['机电安装专业分包', 'M&E installation'],
    ...{ party: '远山机电安装有限公司', sum: 27_055_000, rate: 9, signed: -2, ...trade, advance: 0.1 },
    steps: [],
  },
  {
    ...{ key: 'm.monitor', site: 'metro', direction: 'expense', kind: 'service', item: '05.04' },
    name: ['基坑监测与材料检测', 'Monitoring and testing'],
    ...{ party: '明测工程检测有限公司', sum: 3_478_500, rate: 6, signed: -8, progress: 0.9 },
    steps: [[-3, 0.42]],
  },
]

const line: readonly Deal[] = [
  {
    ...{ key: 'l.pods', site: 'line', direction: 'income', kind: 'works' },
    name: ['人才公寓整体卫浴首批供货及安装', 'Bathroom pods for staff housing, first lot'],
    ...{ party: '云州城建投资有限公司', sum: 46_200_000, rate: 13, signed: -15, progress: 0.85, advance: 0.2 },
    steps: [
      [-6, 0.14],
      [-3, 0.33],
      [-1, 0.43],
    ],
    newest: 'measured',
  },
  {
    ...{ key: 'l.design', site: 'line', direction: 'expense', kind: 'service', item: '10.01' },
    name: ['工艺规划与厂房改造设计', 'Process and building design'],
    ...{ party: '东岭工业设计院有限公司', sum: 1_280_000, rate: 6, signed: -21, progress: 0.9 },
    steps: [[-18, 1]],
    settled: { month: -16, submitted: 1_356_800, approved: 1_356_800 },
  },
  {
    ...{ key: 'l.hall', site: 'line', direction: 'expense', kind: 'subcontract', item: '04.06' },
    name: ['厂房改造与耐磨地坪', 'Hall conversion and floor'],
    ...{ party: '云州联筑装饰工程有限公司', sum: 4_860_000, rate: 9, signed: -16, ...trade },
    steps: [[-11, 1]],
    settled: { month: -9, submitted: 5_402_700, approved: 5_238_160 },
  },
  {
    ...{ key: 'l.press', site: 'line', direction: 'expense', kind: 'purchase', item: '10.02' },
    name: ['SMC 压机与模具采购', 'SMC presses and moulds'],
    ...{ party: '宁港重型机械有限公司', sum: 11_650_000, rate: 13, signed: -13, progress: 0.9, advance: 0.3 },
    steps: [
      [-8, 0.6],
      [-5, 1],
    ],
  },
  {
    ...{ key: 'l.robot', site: 'line', direction: 'expense', kind: 'purchase', item: '10.03' },
    name: ['机器人与输送线采购', 'Robots and conveyors'],
    ...{ party: '捷控自动化设备有限公司', sum: 7_920_000, rate: 13, signed: -11, progress: 0.9, advance: 0.3 },
    steps: [
      [-4, 0.45],
      [-1, 0.75],
    ],
    newest: 'asked_at_clerk',
  },
  {
    ...{ key: 'l.install', site: 'line', direction: 'expense', kind: 'subcontract', item: '10.04' },
    name: ['设备安装调试', 'Installation and commissioning'],
    ...{ party: '远山机电安装有限公司', sum: 2_360_000, rate: 9, signed: -4, ...trade },
    steps: [[-2, 0.35]],
  },
  {
    ...{ key: 'l.mes', site: 'line', direction: 'expense', kind: 'service', item: '10.05' },
    name: ['产线 MES 与视觉检测', 'MES and visual inspection'],
    ...{ party: '数禾软件有限公司', sum: 1_850_000, rate: 6, signed: -6, progress: 0.9 },
    steps: [
      [-3, 0.3],
      [-1, 0.5],
    ],
  },
  {
    ...{ key: 'l.yard', site: 'line', direction: 'expense', kind: 'rental', item: '03.01' },
    name: ['成品堆场吊装设备租赁', 'Lifting gear of the storage yard'],
    ...{ party: '云州城建投资有限公司', sum: 240_000, rate: 13, signed: -8, progress: 1 },
    steps: [[-4, 0.6]],
    netted: { against: 'l.pods', month: -2 },
  },
  {
    ...{ key: 'l.sheet', site: 'line', direction: 'expense', kind: 'purchase', item: '02.99' },
    name: ['SMC 片材采购', 'SMC sheet'],
    ...{ party: '川陵复合材料有限公司', sum: 6_400_000, rate: 13, signed: -7, ...goods },
    steps: [
      [-4, 0.22],
      [-1, 0.45],
    ],
    newest: 'claim_at_boss',
  },
]

const erp: readonly Deal[] = [
  {
    ...{ key: 'e.build', site: 'erp', direction: 'income', kind: 'service' },
    name: ['信息化服务协议（恒筑建设）', 'IT services to Hengzhu Construction'],
    ...{ party: '恒筑建设工程有限公司', sum: 7_680_000, rate: 6, signed: -16, progress: 1 },
    steps: [
      [-12, 0.2],
      [-5, 0.5],
    ],
  },
  {
    ...{ key: 'e.make', site: 'erp', direction: 'income', kind: 'service' },
    name: ['信息化服务协议（恒筑智造）', 'IT services to Hengzhu Manufacturing'],
    ...{ party: '恒筑智造科技有限公司', sum: 5_120_000, rate: 6, signed: -16, progress: 1 },
    steps: [[-1, 0.3]],
    newest: 'claimed',
  },
  {
    ...{ key: 'e.blueprint', site: 'erp', direction: 'expense', kind: 'service', item: '08.03' },
    name: ['业务蓝图咨询', 'Blueprint consulting'],
    ...{ party: '远谋企业管理咨询有限公司', sum: 1_150_000, rate: 6, signed: -20, progress: 0.9 },
    steps: [[-16, 1]],
    settled: { month: -14, submitted: 1_219_000, approved: 1_196_740 },
  },
  {
    ...{ key: 'e.licence', site: 'erp', direction: 'expense', kind: 'purchase', item: '08.01' },
    name: ['ERP 软件许可', 'ERP licences'],
    ...{ party: '数禾软件有限公司', sum: 2_860_000, rate: 13, signed: -8, progress: 0.95, advance: 0.3 },
    steps: [[-4, 1]],
  },
  {
    ...{ key: 'e.server', site: 'erp', direction: 'expense', kind: 'purchase', item: '08.02' },
    name: ['服务器与存储', 'Servers and storage'],
    ...{ party: '云算科技有限公司', sum: 1_420_000, rate: 13, signed: -6, progress: 0.95 },
    steps: [[-4, 1]],
  },
  {
    ...{ key: 'e.rollout', site: 'erp', direction: 'expense', kind: 'service', item: '08.03' },
    name: ['ERP 实施服务', 'ERP roll-out'],
    ...{ party: '远谋企业管理咨询有限公司', sum: 3_900_000, rate: 6, signed: -6, progress: 0.85 },
    steps: [
      [-3, 0.28],
      [-1, 0.42],
    ],
    newest: 'claim_at_boss',
  },
  {
    ...{ key: 'e.data', site: 'erp', direction: 'expense', kind: 'service', item: '08.04' },
    name: ['数据治理与迁移', 'Data cleaning and migration'],
    ...{ party: '数禾软件有限公司', sum: 780_000, rate: 6, signed: -3, progress: 0.85 },
    steps: [[-1, 0.2]],
    newest: 'measured',
  },
]

export const deals: readonly Deal[] = [...metro, ...line, ...erp]
