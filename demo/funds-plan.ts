// The demo's funds plans: this month's decided and in force, next month's waiting for finance.
import type { Id, PlainDate } from '@yingzao/kernel/entity'
import { fundsPlan } from '@yingzao/modules/funds-plan/funds-plan.entity'
import type { Client } from '@yingzao/platform/client'
import { type Diary, dayOf, workday } from './diary.ts'
import type { Both } from './plan/builder.ts'

interface FundsPlans {
  readonly project: Id<'project'>
  readonly today: PlainDate
  readonly time: Diary
  readonly manager: Client
  readonly t: (both: Both) => string
  readonly as: (login: string) => Promise<Client>
}

type Line = readonly ['in' | 'out', 'wages' | 'tax' | 'claim' | 'other', `${number}`, Both]
/** Beside what contracts and requests say. */
const own: readonly Line[] = [
  ['out', 'wages', '86000', ['项目部管理人员工资', 'Wages of the site office']],
  ['out', 'tax', '24000', ['预缴增值税', 'VAT prepaid']],
  ['out', 'claim', '12000', ['报销与备用金', 'Claims and petty cash']],
  ['out', 'other', '18000', ['现场水电费', 'Power and water on site']],
]

export async function loadFundsPlans({ project, today, time, manager, t, as }: FundsPlans): Promise<void> {
  const [year = 0, month = 1] = today.split('-').map(Number)
  for (const at of [0, 1]) {
    const of = new Date(Date.UTC(year, month - 1 + at, 1)).toISOString().slice(0, 7)
    // Next month's has just been handed in; this month's was as it began.
    await time.until(at === 1 ? workday(time.lastDay, -2) : dayOf(today, 0, 3), 9)
    const { id } = await manager.entity(fundsPlan).create({
      ...{ project, month: of },
      lines: own.map(([direction, kind, amount, note]) => ({ direction, kind, amount, note: t(note) })),
    })
    await manager.entity(fundsPlan).run(id, 'generate')
    await time.after(1)
    await manager.entity(fundsPlan).run(id, 'submit')
    if (at === 1) continue
    await time.after(4)
    const finance = await whoMay(as, ['finance', 'finance.yu'], id)
    const { lines } = await finance.entity(fundsPlan).get(id)
    const petty = lines.find(line => line.kind === 'claim' && line.why === null)
    if (petty) await finance.entity(fundsPlan).run(id, 'decide', { amounts: [{ id: petty.id, amount: '8000' }] })
    await finance.entity(fundsPlan).run(id, 'approve')
    await time.after(6)
    const boss = await whoMay(as, ['boss', 'build.gm', 'make.gm'], id)
    await boss.entity(fundsPlan).run(id, 'approve')
  }
}

/** Whose step it is: the nearest who holds the role at the project's company. */
async function whoMay(as: FundsPlans['as'], logins: readonly string[], id: Id<'funds_plan'>): Promise<Client> {
  for (const login of logins) {
    const client = await as(login)
    const { items } = await client.entity(fundsPlan).list({ filter: { id: { eq: id } }, limit: 1 })
    const [found] = items
    if (found && '_can' in found && Array.isArray(found._can) && found._can.includes('approve')) return client
  }
  throw new Error('nobody of the demo may approve the funds plan')
}
