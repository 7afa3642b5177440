// Variations of the demo's contracts: what the ground and the market cost, what of it is claimed of the client and answered.
import type { Decimal } from '@yingzao/engines/money'
import type { Id } from '@yingzao/kernel/entity'
import { variation } from '@yingzao/modules/contract/variation.entity'
import { variationAnswer } from '@yingzao/modules/contract/variation-answer.entity'
import { dayOf, type Story } from '../diary.ts'
import type { Both } from '../plan/builder.ts'
import { deals } from './deals.ts'
import { agree, known, lately, money, pass, siteOf } from './desk.ts'
import type { Life } from './live.ts'

interface Change {
  readonly deal: string
  readonly month: number
  readonly kind: 'change' | 'site'
  readonly name: Both
  readonly line: Both
  readonly amount: number
  readonly cause: 'design' | 'client' | 'ground' | 'scheme' | 'price' | 'rework'
  readonly borne?: 'client' | 'self' | 'subcontractor'
  readonly days?: number
  /** What the client allowed of it. */
  readonly answered?: { readonly amount: number; readonly letter: Both; readonly note: Both }
  /** Not approved yet. */
  readonly waits?: 'draft' | 'at_manager' | 'at_cost'
  /** Taken back by a mirror. */
  readonly reversed?: Both
}

const changes: readonly Change[] = [
  {
    ...{ deal: 'm.shoring', month: -4, kind: 'change', amount: 3_092_000, cause: 'ground', borne: 'self', days: 12 },
    name: ['地连墙加深及旋喷桩加固', 'Deeper diaphragm wall and jet grouting'],
    line: ['加深与加固', 'Deepening'],
  },
  {
    ...{ deal: 'm.main', month: -4, kind: 'site', amount: 3_285_250, cause: 'ground', days: 12 },
    name: ['地连墙加深签证', 'Deeper diaphragm wall'],
    line: ['加深与加固', 'Deepening'],
    answered: {
      ...{ amount: 2_396_300, letter: ['云轨工〔签〕018号', 'YR-018'] },
      note: ['旋喷桩单价核减', 'Price of the grouting reduced'],
    },
  },
  {
    ...{ deal: 'm.main', month: -3, kind: 'site', amount: 927_600, cause: 'client', days: 5 },
    name: ['燃气与通信管线二次迁改签证', 'Gas and telecom diverted again'],
    line: ['燃气与通信管线迁改', 'Gas and telecom'],
  },
  {
    ...{ deal: 'm.rebar', month: -3, kind: 'change', amount: 1_546_000, cause: 'price', borne: 'self' },
    name: ['HRB400E 钢筋调价', 'Price of reinforcement raised'],
    line: ['材料价差', 'Difference of price'],
  },
  {
    ...{ deal: 'm.main', month: -1, kind: 'change', amount: 1_680_400, cause: 'price', waits: 'at_manager' },
    name: ['主要材料价差调整申报', 'Prices of main material claimed'],
    line: ['钢筋、商品混凝土价差', 'Steel and concrete'],
  },
  {
    ...{
      deal: 'm.earth',
      month: 0,
      kind: 'site',
      amount: 386_500,
      cause: 'ground',
      borne: 'client',
      waits: 'at_manager',
    },
    name: ['淤泥外运增加', 'More mud to carry away'],
    line: ['淤泥外运', 'Mud'],
  },
  {
    ...{ deal: 'm.labour', month: -2, kind: 'site', amount: 128_600, cause: 'rework', borne: 'self' },
    name: ['侧墙返工用工', 'Side walls done again'],
    line: ['返工用工', 'Labour'],
    reversed: ['责任属模板分包，改列扣款', 'The formwork was to blame: deducted there'],
  },
  {
    ...{ deal: 'l.robot', month: -3, kind: 'change', amount: 600_000, cause: 'design', borne: 'client' },
    name: ['增设翻转工位与二次密封', 'Turning station and second sealing'],
    line: ['翻转工位一套', 'Turning station'],
  },
  {
    ...{ deal: 'l.pods', month: -3, kind: 'change', amount: 918_000, cause: 'client', days: 6 },
    name: ['B 户型卫浴改干湿分离', 'Type B with a separate shower'],
    line: ['B 户型 306 套差价', '306 pods of type B'],
    answered: {
      ...{ amount: 856_800, letter: ['城建安居函〔2026〕47号', 'CJ-47'] },
      note: ['五金件按甲指品牌价', 'Fittings at the price of the brand named'],
    },
  },
  {
    ...{
      deal: 'e.rollout',
      month: 0,
      kind: 'change',
      amount: 238_000,
      cause: 'client',
      borne: 'self',
      waits: 'at_cost',
    },
    name: ['增加项目核算接口', 'Interface to project accounting'],
    line: ['接口开发 34 人天', '34 days of development'],
  },
  {
    ...{ deal: 'm.monitor', month: 0, kind: 'change', amount: 96_000, cause: 'scheme', borne: 'self', waits: 'draft' },
    name: ['加密监测频率', 'Monitoring more often'],
    line: ['监测增加 2 个月', 'Two more months'],
  },
]

export const changeStories = (life: Life): readonly Story[] =>
  changes.map((each, at) => () => negotiate(life, each, at))

async function negotiate(life: Life, each: Change, at: number): Promise<void> {
  const { t, today, time } = life
  const deal = deals.find(({ key }) => key === each.deal)
  if (!deal) throw new Error(`the demo has no contract ${each.deal}`)
  const { engineer, manager, head, boss } = siteOf(life, deal.site)
  const happened_on = dayOf(today, each.month, 11)
  if (each.waits) await lately(life, at)
  else await time.until(happened_on, 13)
  const made = await engineer.entity(variation).create({
    ...{ name: t(each.name), kind: each.kind, contract: known(life.contracts, each.deal), cause: each.cause },
    ...{ borne_by: each.borne ?? 'client', time_days: each.days ?? 0, happened_on },
    lines: [
      {
        ...{ name: t(each.line), unit: t(['项', 'item']), price: money(each.amount) },
        tax_rate: `${deal.rate / 100}` as Decimal,
        ...(deal.item === undefined ? {} : { item: known(life.items, deal.item) }),
      },
    ],
  })
  if (each.waits === 'draft') return
  await time.after(0.5)
  await engineer.entity(variation).run(made.id, 'submit')
  if (each.waits === 'at_manager') return
  if (each.waits === 'at_cost') {
    await agree(life, manager, variation.name, made.id)
    return
  }
  await pass(life, made, variation.name, [manager, head, boss])
  if (each.reversed) {
    await time.after(40)
    const { mirror } = (await engineer.entity(variation).run(made.id, 'reverse', { reason: t(each.reversed) })) as {
      mirror: Id<'variation'>
    }
    await pass(life, { id: mirror }, variation.name, [manager, head])
  }
  if (!each.answered) return
  const answered_on = dayOf(today, each.month + 1, 8)
  await time.until(answered_on, 14)
  const { id } = (await engineer.entity(variation).run(made.id, 'answer')) as { id: Id<'variation_answer'> }
  const opened = await engineer.entity(variationAnswer).get(id)
  await engineer.entity(variationAnswer).patch(id, opened.version, {
    ...{ letter_no: t(each.answered.letter), note: t(each.answered.note) },
    answered_on,
    lines: { upsert: opened.lines.map(line => ({ id: line.id, price: money(each.answered?.amount ?? 0) })) },
  })
  await engineer.entity(variationAnswer).run(id, 'submit')
  await pass(life, { id }, variationAnswer.name, [manager])
}
