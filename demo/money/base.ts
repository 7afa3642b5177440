// The demo's base data of money: companies on both sides, cost items, tax rates, accounts and the books that are closed.
import { creditCodeCheck } from '@yingzao/engines/identity'
import type { Id, PlainDate } from '@yingzao/kernel/entity'
import { costItem } from '@yingzao/modules/cost-item/cost-item.entity'
import { counterparty } from '@yingzao/modules/counterparty/counterparty.entity'
import type { Client } from '@yingzao/platform/client'
import { type Diary, dayOf } from '../diary.ts'
import type { Both } from '../plan/builder.ts'

interface Commerce {
  readonly admin: Client
  readonly finance: Client
  readonly t: (both: Both) => string
  readonly today: PlainDate
  readonly time: Diary
  readonly unit: (key: string) => Id<'org_unit'>
}

type Role = 'client' | 'supplier' | 'subcontractor' | 'labour' | 'rental' | 'service'
/** Days from today on which the qualification ends; null: none on file. */
export const companies: readonly (readonly [
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
  [['云州管网工程有限公司', 'Yunzhou Pipeline Works'], ['subcontractor'], 'general', 150],
  [['云州联筑装饰工程有限公司', 'Lianzhu Fit-out'], ['subcontractor'], 'general', 240],
  [['东岭工业设计院有限公司', 'Dongling Industrial Design'], ['service'], 'general', 600],
  [['宁港重型机械有限公司', 'Ninggang Heavy Machinery'], ['supplier'], 'general', null],
  [['捷控自动化设备有限公司', 'Jiekong Automation'], ['supplier'], 'general', null],
  [['川陵复合材料有限公司', 'Chuanling Composites'], ['supplier'], 'general', null],
  [['数禾软件有限公司', 'Shuhe Software'], ['supplier', 'service'], 'general', null],
  [['云算科技有限公司', 'Yunsuan Computing'], ['supplier'], 'general', null],
  [['远谋企业管理咨询有限公司', 'Yuanmou Consulting'], ['service'], 'general', null],
  // Companies of the group settle with each other.
  [['恒筑集团', 'Hengzhu Group'], ['service'], 'general', null],
  [['恒筑建设工程有限公司', 'Hengzhu Construction'], ['client'], 'general', null],
  [['恒筑智造科技有限公司', 'Hengzhu Manufacturing'], ['client'], 'general', null],
]

/** Beside the standard tree of a contractor: what a production line and software are made of. */
const moreItems: readonly (readonly [code: string, name: Both])[] = [
  ['08', ['软件与信息化', 'Software and IT']],
  ['08.01', ['软件许可', 'Licences']],
  ['08.02', ['硬件设备', 'Hardware']],
  ['08.03', ['实施服务', 'Roll-out']],
  ['08.04', ['数据治理与迁移', 'Data migration']],
  ['10', ['产线设备', 'Production line']],
  ['10.01', ['规划与设计', 'Planning and design']],
  ['10.02', ['主机与模具', 'Presses and moulds']],
  ['10.03', ['机器人与输送', 'Robots and conveyors']],
  ['10.04', ['安装调试', 'Installation']],
  ['10.05', ['产线软件与检测', 'Line software and inspection']],
]

const dayAfter = (today: PlainDate, days: number) =>
  new Date(Date.parse(`${today}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)

/** Credit codes of no real company. */
function creditCode(of: number): string {
  const first = `91990000MA${String(of).padStart(7, '0')}`
  return `${first}${creditCodeCheck(first)}`
}

export async function loadBase({ admin, finance, t, today, time, unit }: Commerce): Promise<void> {
  for (const [index, key] of ['group', 'build', 'make'].entries()) {
    const { version, tax_id } = await admin.entity('org_unit').get(unit(key))
    if (tax_id === null) await admin.entity('org_unit').patch(unit(key), version, { tax_id: creditCode(7001 + index) })
  }
  await finance.perform('cost_item.load_standard')
  for (const [code, name] of moreItems)
    await finance.entity(costItem).create({ code, name: t(name), ...(code.includes('.') ? {} : { kind: 'other' }) })
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
    if (index % 6 === 5) await time.after(0.5)
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
        opening_on: dayOf(today, -24, 3),
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
  [['集团基本户', 'Group, main account'], 'basic', 'group', '16850000.00'],

  [['建设基本户', 'Construction, main account'], 'basic', 'build', '14800000.00'],
  [['建设保证金户', 'Construction, bonds'], 'bond', 'build', '1200000.00'],
  [['智造一般户', 'Manufacturing, general account'], 'general', 'make', '11400000.00'],
  [['建设库存现金', 'Construction, cash'], 'cash', 'build', '36000.00'],
]
