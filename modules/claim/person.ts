// Who claims: his company, his department, the card he was paid to last, and what he owes the company, since when.

import { add, type Decimal, isDecimal, r2, subtract, sum } from '@yingzao/engines/money'
import { ageing, type Due } from '@yingzao/engines/receivable'
import { asId, type Id } from '@yingzao/kernel/entity'
import { balanceOf } from '@yingzao/kernel/ledgers/audit'
import { entriesBy } from '@yingzao/kernel/ledgers/read'
import { asSystem, type Ctx, get, list, refuse } from '@yingzao/kernel/server'
import { project } from '../project/project.entity.ts'
import { advance } from './advance.entity.ts'
import { advanceLedger } from './advance.ledger.ts'
import { claim } from './claim.entity.ts'

export interface Whose {
  readonly person: Id<'user'>
  readonly company: Id<'org_unit'>
  readonly department: Id<'org_unit'> | null
}

/** The project's company, else that of his department. */
export async function whoseIs(ctx: Ctx, person: Id<'user'>, of: Id<'project'> | null): Promise<Whose> {
  const system = asSystem(ctx)
  const user = await get(system, 'user', person)
  const department = typeof user.main_department === 'string' ? asId('org_unit', user.main_department) : null
  if (of !== null) return { person, department, company: (await get(system, project, of)).company }
  for (let at: string | null = department; at !== null; ) {
    const unit = await get(system, 'org_unit', at)
    if (unit.type === 'company') return { person, department, company: asId('org_unit', unit.id) }
    at = typeof unit.parent === 'string' ? unit.parent : null
  }
  throw refuse('claim.no_company')
}

/** Bank and card of his newest document that names one. */
export async function lastCard(ctx: Ctx, person: Id<'user'>) {
  const found = []
  for (const of of [claim, advance]) {
    const { items } = await list(asSystem(ctx), of, {
      filter: { person: { eq: person }, pay_number: { empty: false } },
      sort: ['-created_at'],
      limit: 1,
    })
    found.push(...items)
  }
  const [last] = found.sort((a, b) => (a.created_at < b.created_at ? 1 : -1))
  return { pay_bank: last?.pay_bank ?? null, pay_number: last?.pay_number ?? null }
}

export interface Owed {
  /** Paid out and not settled, also not by what waits for approval. */
  readonly owed: Decimal
  readonly overdue: Decimal
}

/** `except`: a document whose own reservation does not count. */
export async function owedBy(ctx: Ctx, person: Id<'user'>): Promise<Owed> {
  const system = asSystem(ctx)
  const { posted, reserved } = await balanceOf(system, advanceLedger.name, { person })
  const settled = add(posted.settled ?? '0', reserved.settled ?? '0')
  const owed = r2(subtract(posted.lent ?? '0', settled))
  if (owed.startsWith('-')) return { owed: '0.00', overdue: '0.00' }
  const entries = await entriesBy(system, advanceLedger.name, { person: [person] }, { some: ['lent'] })
  const dues = entries.map((each): Due => {
    const lent = typeof each.lent === 'string' && isDecimal(each.lent) ? each.lent : '0'
    return { id: String(each.id), dueOn: typeof each.due_on === 'string' ? each.due_on : each.on, amount: lent }
  })
  const { items } = ageing(dues, settled.startsWith('-') ? '0' : settled, ctx.today)
  return { owed, overdue: r2(sum(items.filter(({ days }) => days > 0).map(each => each.open))) }
}
