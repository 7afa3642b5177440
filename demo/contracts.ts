// The demo's contracts: the station's income contract and what it is built with, with their bill and variations, consistent with the
// targets of commerce.ts; the shoring heads for overrun. And two bids with their bonds.
import type { Decimal, Id, PlainDate } from '@yingzao/kernel/entity'
import { bid } from '@yingzao/modules/bid/bid.entity'
import { bidBond } from '@yingzao/modules/bid/bid-bond.entity'
import { billItem } from '@yingzao/modules/contract/bill-item.entity'
import { contract } from '@yingzao/modules/contract/contract.entity'
import { variation } from '@yingzao/modules/contract/variation.entity'
import { costItem } from '@yingzao/modules/cost-item/cost-item.entity'
import { counterparty } from '@yingzao/modules/counterparty/counterparty.entity'
import type { Client } from '@yingzao/platform/client'
import type { Both } from './plan/builder.ts'

interface Contracts {
  readonly project: Id<'project'>
  /** Gross sum of the income contract. */
  readonly sum: number
  readonly company: Id<'org_unit'>
  readonly today: PlainDate
  readonly engineer: Client
  readonly head: Client
  readonly manager: Client
  readonly accountant: Client
  readonly boss: Client
  readonly t: (both: Both) => string
}

type Kind = 'subcontract' | 'labour' | 'purchase' | 'rental' | 'service'
/** Cost item, thousandths of the income contract (net), VAT in percent, days since it was signed. */
const bought: readonly (readonly [
  item: string,
  share: number,
  rate: number,
  days: number,
  kind: Kind,
  party: Both,
  name: Both,
])[] = [
  [
    '04.01',
    128,
    9,
    250,
    'subcontract',
    ['中岳岩土工程有限公司', 'Zhongyue Geotechnical'],
    ['基坑支护专业分包', 'Shoring'],
  ],
  [
    '04.02',
    47,
    9,
    240,
    'subcontract',
    ['中岳岩土工程有限公司', 'Zhongyue Geotechnical'],
    ['土方开挖与外运', 'Earthworks'],
  ],
  [
    '01.01',
    104,
    3,
    245,
    'labour',
    ['同心建筑劳务有限公司', 'Tongxin Construction Labour'],
    ['主体结构劳务', 'Structural labour'],
  ],
  [
    '02.01',
    113,
    13,
    230,
    'purchase',
    ['东江钢铁贸易有限公司', 'Dongjiang Steel Trading'],
    ['钢筋采购', 'Reinforcement'],
  ],
  [
    '02.02',
    82,
    13,
    225,
    'purchase',
    ['云州恒信商品混凝土有限公司', 'Hengxin Ready-mix Concrete'],
    ['商品混凝土采购', 'Ready-mixed concrete'],
  ],
  [
    '02.03',
    37,
    13,
    220,
    'purchase',
    ['东江钢铁贸易有限公司', 'Dongjiang Steel Trading'],
    ['钢支撑与型钢', 'Steel struts'],
  ],
  [
    '02.06',
    15,
    13,
    120,
    'purchase',
    ['青禾防水材料有限公司', 'Qinghe Waterproofing'],
    ['防水卷材采购', 'Waterproofing membrane'],
  ],
  [
    '03.01',
    34,
    13,
    235,
    'rental',
    ['大华塔机租赁有限公司', 'Dahua Tower Crane Rental'],
    ['塔机与龙门吊租赁', 'Crane rental'],
  ],
  [
    '04.05',
    70,
    9,
    60,
    'subcontract',
    ['远山机电安装有限公司', 'Yuanshan M&E'],
    ['机电安装专业分包', 'M&E installation'],
  ],
  [
    '05.04',
    9,
    6,
    228,
    'service',
    ['明测工程检测有限公司', 'Mingce Testing'],
    ['基坑监测与材料检测', 'Monitoring and testing'],
  ],
]

export async function loadContracts(of: Contracts): Promise<void> {
  const { engineer, head, manager, accountant, boss, project, sum, today, t } = of
  const items = new Map<string, Id<'cost_item'>>()
  for await (const item of engineer.entity(costItem).all({ fields: ['code'] })) items.set(item.code, item.id)
  const parties = new Map<string, Id<'counterparty'>>()
  for await (const each of engineer.entity(counterparty).all({ fields: ['name'] })) parties.set(each.name, each.id)
  const known = <V>(map: ReadonlyMap<string, V>, key: string): V => {
    const found = map.get(key)
    if (found === undefined) throw new Error(`the demo does not know ${key}`)
    return found
  }
  const share = (thousandths: number): Decimal => `${Math.round((sum * thousandths) / 1000)}.00` as Decimal
  const dayBefore = (days: number) =>
    new Date(Date.parse(`${today}T00:00:00Z`) - days * 86_400_000).toISOString().slice(0, 10) as PlainDate

  const agree = async (id: Id<'contract'>, signed_on: PlainDate) => {
    await engineer.entity(contract).run(id, 'submit')
    await manager.entity(contract).run(id, 'approve')
    await accountant.entity(contract).run(id, 'approve')
    await boss.entity(contract).run(id, 'approve', { opinion: t(['同意', 'Agreed']) })
    await engineer.entity(contract).run(id, 'sign', { signed_on })
  }
  const change = async (of: Id<'contract'>, name: Both, line: object, more: object = {}) => {
    const { id } = await engineer.entity<string>(variation.name).create({
      ...{ name: t(name), contract: of, lines: [{ ...line }], ...more },
    })
    await engineer.entity<string>(variation.name).run(id, 'submit')
    await manager.entity<string>(variation.name).run(id, 'approve')
    return id
  }

  const advance = `${Math.round(sum / 10)}.00` as Decimal
  const income = await engineer.entity(contract).create({
    ...{
      name: t(['云溪路站土建及机电总承包', 'Yunxi Road Station, main contract']),
      direction: 'income',
      kind: 'works',
    },
    ...{ project, counterparty: known(parties, t(['云州轨道交通集团有限公司', 'Yunzhou Rail Transit Group'])) },
    ...{ pricing_standard: 'gb2013', deviation_threshold: '0.15', deviation_scope: 'segment' },
    ...{ deviation_factor_above: '0.9', deviation_factor_below: '1.1', public_client: true },
    ...{ advance_amount: advance, recovery: 'linear', recovery_from: '0.2', recovery_to: '0.8', pay_days: 28 },
    lines: [{ name: t(['土建与机电安装', 'Structure and M&E']), amount: `${sum}.00` as Decimal }],
    plan: [
      { milestone: t(['预付款', 'Advance']), due_on: dayBefore(240), share: '0.1' },
      { milestone: t(['按月进度款', 'Monthly progress']), due_on: dayBefore(-180), share: '0.7' },
      { milestone: t(['竣工结算', 'Settlement']), due_on: dayBefore(-420), share: '0.17' },
      { milestone: t(['质保金', 'Retention']), due_on: dayBefore(-785), share: '0.03' },
    ],
  })
  await agree(income.id, dayBefore(260))

  const made = new Map<string, Id<'contract'>>()
  for (const [item, thousandths, rate, days, kind, party, name] of bought) {
    const goods = kind === 'purchase' || kind === 'rental'
    const { id } = await engineer.entity(contract).create({
      ...{
        name: t(name),
        direction: 'expense',
        kind,
        project,
        counterparty: known(parties, t(party)),
        price_mode: 'net',
      },
      ...{ pricing: goods ? 'unit' : 'lump', retention_mode: goods ? 'none' : 'at_settlement', deductible: true },
      lines: [
        {
          ...{ name: t(name), item: known(items, item), amount: share(thousandths) },
          tax_rate: `${rate / 100}` as Decimal,
        },
      ],
    })
    if (item === '04.02') await bill(engineer, id, known(items, item), Number(share(thousandths)), t)
    await agree(id, dayBefore(days))
    made.set(item, id)
  }

  // The shoring: deeper than drawn. It goes beyond its target, so that one more person is asked.
  const lump = { unit: t(['项', 'item']), tax_rate: '0.09' as const }
  const deeper = await change(
    known(made, '04.01'),
    ['地连墙加深及旋喷桩加固', 'Deeper diaphragm wall and jet grouting'],
    { ...lump, name: t(['加深与加固', 'Deepening']), price: share(8), item: known(items, '04.01') },
    { cause: 'ground', borne_by: 'self', time_days: 12 },
  )
  await head.entity<string>(variation.name).run(deeper, 'approve')
  await boss.entity<string>(variation.name).run(deeper, 'approve', {
    opinion: t(['现场条件所迫，同意；尽快向甲方申报', 'The ground leaves no choice; claim it from the client']),
  })
  // Claimed from the client: the one answered in part, the other still waiting.
  const claim = await change(
    income.id,
    ['地连墙加深签证', 'Deeper diaphragm wall'],
    { ...lump, name: t(['加深与加固', 'Deepening']), price: `${Math.round(sum * 0.0085)}.00` },
    { kind: 'site', cause: 'ground', time_days: 12 },
  )
  await head.entity<string>(variation.name).run(claim, 'approve')
  const { id: answer } = (await engineer.entity<string>(variation.name).run(claim, 'answer')) as { readonly id: string }
  const opened = await engineer.entity<string>('variation_answer').get(answer)
  const [line] = opened.lines as readonly { readonly id: string }[]
  await engineer.entity<string>('variation_answer').patch(answer, opened.version, {
    ...{ letter_no: t(['云轨工〔签〕018号', 'YR-018']), note: t(['旋喷桩单价核减', 'Price of the grouting reduced']) },
    lines: { upsert: [{ id: line?.id ?? '', price: `${Math.round(sum * 0.0062)}.00` }] },
  })
  await engineer.entity<string>('variation_answer').run(answer, 'submit')
  await manager.entity<string>('variation_answer').run(answer, 'approve')
  const waiting = await change(
    income.id,
    ['管线迁改签证', 'Diversion of services'],
    { ...lump, name: t(['燃气与通信管线迁改', 'Gas and telecom']), price: `${Math.round(sum * 0.0024)}.00` },
    { kind: 'site', cause: 'client', time_days: 5 },
  )
  await head.entity<string>(variation.name).run(waiting, 'approve')
  // In approval still.
  await change(
    known(made, '04.02'),
    ['淤泥外运增加', 'More mud to carry away'],
    { ...lump, name: t(['淤泥外运', 'Mud']), price: share(1), item: known(items, '04.02') },
    { kind: 'site', cause: 'ground', borne_by: 'client' },
  )
  await loadBids(of, parties, dayBefore)
}

/** Three items that add up to the sum of the contract to the fen; the last one is a lump sum of what is left. */
async function bill(
  engineer: Client,
  of: Id<'contract'>,
  item: Id<'cost_item'>,
  sum: number,
  t: Contracts['t'],
): Promise<void> {
  const [dig, carry] = [Math.floor((sum * 0.55) / 42), Math.floor((sum * 0.4) / 36)]
  const rest = Math.round((sum - dig * 42 - carry * 36) * 100) / 100
  const rows: readonly (readonly [string, Both, Both, number, number])[] = [
    ['040101002001', ['挖基坑土方', 'Excavation'], ['m³', 'm³'], dig, 42],
    ['040103002001', ['余方弃置', 'Carrying away'], ['m³', 'm³'], carry, 36],
    ['041107002001', ['排水降水', 'Dewatering'], ['项', 'item'], 1, rest],
  ]
  for (const [code, name, unit, qty, price] of rows)
    await engineer.entity(billItem).create({
      ...{ contract: of, code, name: t(name), unit: t(unit), qty: `${qty}` as Decimal, price: `${price}` as Decimal },
      ...{ item, tax_rate: '0.09' },
    })
}

async function loadBids(
  { company, head, accountant, boss, t }: Contracts,
  parties: ReadonlyMap<string, Id<'counterparty'>>,
  dayBefore: (days: number) => PlainDate,
): Promise<void> {
  const client = parties.get(t(['云州城建投资有限公司', 'Yunzhou Urban Construction Investment'])) ?? null
  const enter = async (name: Both, estimate: Decimal, price: Decimal, days: number) => {
    const { id } = await head.entity(bid).create({
      ...{ name: t(name), company, client, type: 'municipal', estimate_amount: estimate, due_on: dayBefore(days) },
      opening_on: dayBefore(days),
    })
    await head.entity(bid).run(id, 'submit')
    await accountant.entity(bid).run(id, 'approve')
    await boss.entity(bid).run(id, 'approve')
    await head.entity(bid).run(id, 'enroll', { on: dayBefore(days + 20) })
    await head.entity(bid).run(id, 'hand_in', { on: dayBefore(days), amount: price })
    return id
  }
  const lost = await enter(['长宁街综合管廊', 'Changning Street utility tunnel'], '86000000.00', '83420000.00', 45)
  const { version } = await head.entity(bid).get(lost)
  await head.entity(bid).patch(lost, version, {
    bidders: {
      upsert: [
        { name: t(['本单位', 'Ourselves']), own: true, price: '83420000.00', rank: 2 },
        { name: t(['云建一局', 'Yunjian First']), price: '82760000.00', rank: 1 },
      ],
    },
  })
  await head.entity(bid).run(lost, 'open_bids', { on: dayBefore(45) })
  await head.entity(bid).run(lost, 'lose', { on: dayBefore(38), reason: t(['报价第二', 'Second by price']) })
  await enter(['滨江路改造二标', 'Riverside Road, lot 2'], '124000000.00', '119800000.00', 3)
  const bond = await head.entity(bidBond).create({
    ...{ name: t(['综合管廊投标保证金', 'Utility tunnel, bid bond']), bid: lost, amount: '800000.00' },
    ...{ paid_on: dayBefore(50), due_back_on: dayBefore(20) },
  })
  await head.entity(bidBond).run(bond.id, 'submit')
  await accountant.entity(bidBond).run(bond.id, 'approve')
  await boss.entity(bidBond).run(bond.id, 'approve')
  const paid = await head.entity(bidBond).get(bond.id)
  await accountant.entity(bidBond).patch(bond.id, paid.version, {
    returns: { upsert: [{ on: dayBefore(15), amount: '500000.00', interest: '1062.50' }] },
  })
}
