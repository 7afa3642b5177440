// What the demo's projects may cost, item by item: approved, adjusted once, moved between items; and what their cost engineers
// expect beside the books, which is why the station heads for overrun.
import type { Decimal } from '@yingzao/engines/money'
import type { Id } from '@yingzao/kernel/entity'
import { budget } from '@yingzao/modules/budget/budget.entity'
import { expectedChange } from '@yingzao/modules/budget/expected-change.entity'
import { costForecast } from '@yingzao/modules/cost-center/cost-forecast.entity'
import { dayOf, type Story } from '../diary.ts'
import type { Both } from '../plan/builder.ts'
import { agree, type Desk, handIn, known, lately, pass, type Site, siteOf } from './desk.ts'

/** In thousands, on cost basis: as first approved. */
const first: Readonly<Record<Site['key'], Readonly<Record<string, number>>>> = {
  metro: {
    ...{ '01.01': 45_607, '01.02': 3_479, '02.01': 51_018, '02.02': 37_104, '02.03': 17_006, '02.06': 6_957 },
    ...{ '02.08': 10_436, '02.99': 386, '03.01': 15_847, '03.03': 4_638, '04.01': 49_472, '04.02': 20_098 },
    ...{ '04.05': 33_239, '04.06': 3_479, '04.99': 11_209, '05.01': 10_049, '05.02': 6_571, '05.04': 5_798 },
    ...{ '06.01': 13_141, '06.02': 2_319, '06.03': 387, '09.01': 5_411 },
  },
  line: {
    ...{ '02.99': 6_900, '03.01': 300, '04.06': 5_100, '06.01': 550, '06.03': 120, '09.01': 500 },
    ...{ '10.01': 1_350, '10.02': 11_900, '10.03': 8_200, '10.04': 2_600, '10.05': 2_400 },
  },
  erp: {
    ...{ '06.01': 250, '06.03': 100, '09.01': 200 },
    ...{ '08.01': 2_950, '08.02': 1_600, '08.03': 5_450, '08.04': 950 },
  },
}
/** What an adjustment or a transfer made of it. */
const shoring = { '01.01': 46_767, '01.02': 4_252, '03.01': 16_620, '04.01': 51_791, '04.02': 19_325, '09.01': 3_092 }
const steel = { '02.01': 51_791, '02.02': 36_331 }
const robots = { '10.03': 8_720, '10.05': 2_000, '09.01': 380 }

const yuan = (thousands: number): Decimal => `${thousands * 1000}.00` as Decimal

/** Why contingency is drawn: the station's pit, by its risk register; else quantities. */
const drawn = ({ t }: Desk, site: Site['key']) =>
  site === 'metro'
    ? { draw_cause: 'risk' as const, draw_risk: t(['基坑进水', 'The pit is flooded']) }
    : { draw_cause: 'quantity' as const }

export async function loadTarget(desk: Desk, site: Site): Promise<void> {
  const { engineer, manager, boss, project } = site
  const made = await handIn(desk, engineer, budget, {
    ...{ name: desk.t(['目标成本', 'Target cost']), project },
    lines: Object.entries(first[site.key]).map(([code, thousands]) => ({
      ...{ item: known(desk.items, code), qty: '1' as const, price: yuan(thousands) },
    })),
  })
  await pass(desk, made, budget.name, [manager, boss])
}

/** A new version of the target that counts now. */
async function revise(
  desk: Desk,
  { key, engineer, manager, boss, project }: Site,
  month: number,
  how: 'adjust' | 'reallocate',
  reason: Both,
  then: Readonly<Record<string, number>>,
  until: 'effective' | 'at_boss' = 'effective',
): Promise<void> {
  if (until === 'at_boss') await lately(desk, 2)
  else await desk.time.until(dayOf(desk.today, month, 6), 9)
  const { items } = await engineer
    .entity(budget)
    .list({ filter: { project: { eq: project }, state: { eq: 'effective' } }, limit: 1 })
  const { id } = (await engineer.entity(budget).run(items[0]?.id ?? '', how)) as { id: Id<'budget'> }
  const record = await engineer.entity(budget).get(id)
  const prices = new Map(Object.entries(then).map(([code, thousands]) => [known(desk.items, code), yuan(thousands)]))
  await engineer.entity(budget).patch(id, record.version, {
    reason: desk.t(reason),
    ...(then['09.01'] === undefined ? {} : drawn(desk, key)),
    lines: {
      upsert: record.lines.flatMap(({ id, item }) => {
        const price = prices.get(item)
        return price ? [{ id, price }] : []
      }),
    },
  })
  await desk.time.after(3)
  await engineer.entity(budget).run(id, 'submit')
  if (until === 'at_boss') await agree(desk, manager, budget.name, id)
  else await pass(desk, { id }, budget.name, [manager, boss])
}

const adjustStation = (desk: Desk) =>
  revise(
    desk,
    siteOf(desk, 'metro'),
    -5,
    'adjust',
    ['基坑支护方案变更，动用不可预见费', 'The shoring scheme changed: contingency is drawn on'],
    shoring,
  )
const moveToRobots = (desk: Desk) =>
  revise(
    desk,
    siteOf(desk, 'line'),
    -4,
    'reallocate',
    ['视觉检测并入机器人工作站，科目间调剂', 'Inspection is built into the robot cells'],
    robots,
  )
const moveToSteel = (desk: Desk) =>
  revise(
    desk,
    siteOf(desk, 'metro'),
    0,
    'reallocate',
    ['钢筋涨价，由商品混凝土节余调入', 'Reinforcement is dearer: moved from concrete'],
    steel,
    'at_boss',
  )

/** E and W of the station, in thousands: what is coming and is in no contract yet. */
const expected: readonly (readonly [code: string, change: number | null, open: number | null, why: Both])[] = [
  [
    '04.01',
    2_319,
    null,
    [
      '第二道旋喷桩加固已议价，变更单待报；地连墙渗漏处理按监测报告估列',
      'Second jet grouting is agreed, its variation not in yet',
    ],
  ],
  [
    '02.01',
    null,
    9_277,
    ['按近三月市场价上涨 6.8%，剩余 2,860 t 重新询价', 'Steel is 6.8 % dearer; 2,860 t asked anew'],
  ],
  ['02.02', null, 6_184, ['C45 及以上标号占比提高，运距加价', 'More high grades, longer haul']],
  ['01.01', null, 9_276, ['赶工两班制，主体劳务补差谈判中', 'Two shifts to catch up; supplement being negotiated']],
  ['09.01', null, 0, ['不可预见费已全部动用', 'Contingency is used up']],
]

/** What the cost engineer learns in the last two months, one thing after the other. */
async function foresee(desk: Desk): Promise<void> {
  const { engineer, project } = siteOf(desk, 'metro')
  for (const [at, [code, change, open, why]] of expected.entries()) {
    await desk.time.until(dayOf(desk.today, at < 2 ? -2 : -1, 16 + 3 * (at % 3)), 16)
    const of = { project, item: known(desk.items, code), reason: desk.t(why) }
    if (change !== null) {
      const name = desk.t(['第二道旋喷桩加固', 'Second jet grouting'])
      const made = await engineer.entity(expectedChange).create({ ...of, name, amount: yuan(change) })
      await engineer.entity(expectedChange).run(made.id, 'submit')
    }
    if (open !== null) await engineer.entity(costForecast).create({ ...of, uncommitted_amount: yuan(open) })
  }
}

export const targetStories = (desk: Desk): readonly Story[] =>
  [adjustStation, moveToRobots, moveToSteel, foresee].map(each => () => each(desk))
