// The demo's base data and target costs: companies on both sides, cost items, tax rates, accounts, and what the metro station
// may cost, adjusted once.
import { creditCodeCheck } from '@yingzao/engines/identity'
import type { Id, PlainDate } from '@yingzao/kernel/entity'
import { budget } from '@yingzao/modules/budget/budget.entity'
import { costItem } from '@yingzao/modules/cost-item/cost-item.entity'
import { counterparty } from '@yingzao/modules/counterparty/counterparty.entity'
import type { Client } from '@yingzao/platform/client'
import type { Both } from './plan/builder.ts'

interface Commerce {
  readonly finance: Client
  readonly t: (both: Both) => string
  readonly today: PlainDate
  readonly unit: (key: string) => Id<'org_unit'>
}

type Role = 'client' | 'supplier' | 'subcontractor' | 'labour' | 'rental' | 'service'
/** Days from today on which the qualification ends; null: none on file. */
const companies: readonly (readonly [
  name: Both,
  roles: readonly Role[],
  taxpayer: 'general' | 'small',
  ends: number | null,
])[] = [
  [['云州轨道交通集团有限公司', 'Yunzhou Rail Transit Group'], ['client'], 'general', null],
  [['云州城建投资有限公司', 'Yunzhou Urban Construction Investment'], ['client', 'supplier'], 'general', null],
  [['云州恒信商品混凝土有限公司', 'Hengxin Ready-mix Concrete'], ['supplier'], 'general', 400],
  [['云州恒信混凝土（集团）有限责任公司', 'Hengxin Concrete Group Ltd'], ['supplier'], 'general', 420],
  [['东江钢铁贸易有限公司', 'Dongjiang Steel Trading'], ['supplier'], 'general', 210],
  [['青禾防水材料有限公司', 'Qinghe Waterproofing'], ['supplier', 'subcontractor'], 'general', 18],
  [['中岳岩土工程有限公司', 'Zhongyue Geotechnical'], ['subcontractor'], 'general', 530],
  [['远山机电安装有限公司', 'Yuanshan M&E'], ['subcontractor'], 'general', 96],
  [['宏远劳务有限公司', 'Hongyuan Labour'], ['labour'], 'general', -12],
  [['同心建筑劳务有限公司', 'Tongxin Construction Labour'], ['labour'], 'small', 260],
  [['大华塔机租赁有限公司', 'Dahua Tower Crane Rental'], ['rental'], 'general', 75],
  [['明测工程检测有限公司', 'Mingce Testing'], ['service'], 'general', 310],
]

const dayAfter = (today: PlainDate, days: number) =>
  new Date(Date.parse(`${today}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)

/** Credit codes of no real company. */
function creditCode(of: number): string {
  const first = `91990000MA${String(of).padStart(7, '0')}`
  return `${first}${creditCodeCheck(first)}`
}

export async function loadCommerce({ finance, t, today, unit }: Commerce): Promise<void> {
  await finance.perform('cost_item.load_standard')
  await finance.perform('tax_rate.load_standard')
  for (const [index, [name, roles, taxpayer, ends]] of companies.entries()) {
    const made = await finance.entity(counterparty).create({
      ...{ name: t(name), roles, taxpayer, credit_code: creditCode(8001 + index) },
      accounts: [
        {
          bank: t(['云州银行云溪支行', 'Bank of Yunzhou, Yunxi branch']),
          number: `62220209${String(10_000_000 + index * 7919)}`,
          main: true,
        },
      ],
      ...(ends === null
        ? {}
        : {
            qualifications: [
              {
                kind: roles.includes('labour') ? ('labour' as const) : ('grade' as const),
                name: roles.includes('labour')
                  ? t(['施工劳务资质', 'Labour qualification'])
                  : t(['资质证书', 'Certificate of qualification']),
                number: `YZ-${2000 + index}`,
                valid_to: dayAfter(today, ends) as PlainDate,
              },
            ],
          }),
    })
    if (index === 8)
      await finance.entity(counterparty).run(made.id, 'blacklist', {
        reason: t(['拖欠工人工资，经住建部门通报', 'Owed wages to workers; reported by the authority']),
      })
  }
  for (const [name, type, company, amount] of accounts)
    await finance.entity('bank_account' as string).create({
      ...{
        name: t(name),
        type,
        company: unit(company),
        opening_amount: amount,
        opening_on: `${today.slice(0, 4)}-01-01`,
      },
      ...(type === 'cash'
        ? {}
        : {
            bank: t(['云州银行营业部', 'Bank of Yunzhou']),
            number: `62220201${String(20_000_000 + name[0].length * 104_729 + company.length * 7919)}`,
          }),
    })
  for (const company of ['group', 'build', 'make'])
    await finance.entity('month_closing' as string).create({ company: unit(company) })
}

const accounts: readonly (readonly [
  name: Both,
  type: 'basic' | 'general' | 'bond' | 'cash',
  company: string,
  amount: `${number}`,
])[] = [
  [['集团基本户', 'Group, main account'], 'basic', 'group', '8600000.00'],
  [['建设基本户', 'Construction, main account'], 'basic', 'build', '23800000.00'],
  [['建设保证金户', 'Construction, bonds'], 'bond', 'build', '1200000.00'],
  [['智造一般户', 'Manufacturing, general account'], 'general', 'make', '5400000.00'],
  [['建设库存现金', 'Construction, cash'], 'cash', 'build', '36000.00'],
]

/** Shares of the contract sum in thousandths, first as made, then as adjusted. */
const shares: readonly (readonly [code: string, first: number, then: number])[] = [
  ['01.01', 118, 121],
  ['01.02', 9, 11],
  ['02.01', 132, 132],
  ['02.02', 96, 94],
  ['02.03', 44, 44],
  ['02.06', 18, 18],
  ['02.08', 27, 27],
  ['03.01', 41, 43],
  ['03.03', 12, 12],
  ['04.01', 128, 134],
  ['04.02', 52, 50],
  ['04.05', 86, 86],
  ['05.01', 26, 26],
  ['05.02', 17, 17],
  ['05.04', 11, 11],
  ['06.01', 34, 34],
  ['06.02', 6, 6],
  ['09.01', 14, 8],
]

interface Target {
  readonly project: Id<'project'>
  readonly contract: number
  readonly engineer: Client
  readonly manager: Client
  readonly boss: Client
  readonly finance: Client
  readonly company: Id<'org_unit'>
  readonly today: PlainDate
  readonly t: (both: Both) => string
}

/** Written, approved, adjusted after the shoring turned out dearer, approved again; and the project's wage account. */
export async function loadTarget({
  project,
  contract,
  engineer,
  manager,
  boss,
  finance,
  company,
  today,
  t,
}: Target): Promise<void> {
  const items = new Map<string, Id<'cost_item'>>()
  for await (const item of engineer.entity(costItem).all({ fields: ['code'] })) items.set(item.code, item.id)
  const amount = (thousandth: number) => `${Math.round((contract * thousandth) / 1000)}` as `${number}`
  const lines = shares.flatMap(([code, first]) => {
    const item = items.get(code)
    return item ? [{ item, qty: '1' as const, price: amount(first) }] : []
  })
  const approve = async (id: string) => {
    await engineer.entity(budget).run(id, 'submit')
    await manager.entity(budget).run(id, 'approve')
    await boss.entity(budget).run(id, 'approve', { opinion: t(['同意', 'Agreed']) })
  }
  const first = await engineer.entity(budget).create({ name: t(['目标成本', 'Target cost']), project, lines })
  await approve(first.id)
  const { id } = (await engineer.entity(budget).run(first.id, 'adjust')) as { id: Id<'budget'> }
  const record = await engineer.entity(budget).get(id)
  const then = new Map(shares.map(([code, , share]) => [items.get(code), amount(share)]))
  await engineer.entity(budget).patch(id, record.version, {
    reason: t(['基坑支护方案变更，动用不可预见费', 'The shoring scheme changed: contingency is drawn on']),
    lines: { upsert: record.lines.map(line => ({ id: line.id, price: then.get(line.item) ?? line.price ?? '0' })) },
  })
  await approve(id)
  await finance.entity('bank_account' as string).create({
    ...{ name: t(['云溪路站农民工工资专户', 'Yunxi Road, wage account']), type: 'wage', company, project },
    ...{ bank: t(['云州银行云溪支行', 'Bank of Yunzhou, Yunxi branch']), number: '6222020166880001' },
    ...{ opening_amount: '654000.00', opening_on: `${today.slice(0, 4)}-01-01` },
  })
}
