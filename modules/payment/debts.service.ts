// 往来与借款: what is owed outside contracts, from the ledgers of debts and of advances, as its reader may see it.
import { add, type Decimal, isZero, r2, subtract, sum } from '@yingzao/engines/money'
import { ageing } from '@yingzao/engines/receivable'
import { isPlainDate, type PlainDate } from '@yingzao/kernel/entity'
import { act, all, type Ctx, metrics, titlesOf } from '@yingzao/kernel/server'
import { debtKinds } from '../bank-account/debt.ledger.ts'
import { bidBond } from '../bid/bid-bond.entity.ts'
import { internalInterest, loanStandings } from '../loan/public.ts'
import type { Advanced, BondOut, Debt, Debts, Internal, LoanRow } from './debts-shape.ts'

interface Standing {
  readonly key: readonly (string | null)[]
  readonly dues: { readonly id: string; readonly dueOn: PlainDate; readonly amount: Decimal }[]
  settled: Decimal
}

/** Money settles the oldest; without a day it was due when it arose. */
async function standings(ctx: Ctx, ledger: 'debt' | 'advance', by: readonly string[]): Promise<Standing[]> {
  const arisen = ledger === 'debt' ? 'debt.arisen' : 'advance.lent'
  const settled = `${ledger}.settled`
  const { rows } = await metrics(ctx, [arisen, settled], { by: [...by, 'due_on'] })
  const found = new Map<string, Standing>()
  for (const { key, values } of rows) {
    const [of, day] = [key.slice(0, -1), key.at(-1) ?? null]
    const id = JSON.stringify(of)
    const there = found.get(id) ?? { key: of, dues: [], settled: '0.00' as Decimal }
    found.set(id, there)
    const amount = values[arisen] ?? '0'
    if (!isZero(amount))
      there.dues.push({ id: String(there.dues.length), dueOn: isPlainDate(day) ? day : ctx.today, amount })
    there.settled = add(there.settled, values[settled] ?? '0')
  }
  return [...found.values()]
}

function owed({ dues, settled }: Standing, today: PlainDate) {
  const sorted = [...dues].sort((a, b) => (a.dueOn < b.dueOn ? -1 : 1))
  const { items, open } = ageing(sorted, settled, today)
  const next = items[0]?.dueOn
  return {
    ...{ arisen: r2(sum(dues.map(each => each.amount))), settled: r2(settled), open },
    overdue: r2(sum(items.filter(({ days }) => days > 0).map(each => each.open))),
    next_due: isPlainDate(next) ? next : null,
  }
}

const isKind = (kind: string | null): kind is Debt['kind'] => kind !== null && Object.hasOwn(debtKinds, kind)
const ids = (list: readonly (string | null | undefined)[]) => [
  ...new Set(list.filter(each => typeof each === 'string')),
]
const largest = <Row extends { readonly open: Decimal }>(rows: readonly Row[]): Row[] =>
  [...rows].sort((a, b) => Number(subtract(b.open, a.open)))

/** 未退投标保证金: cash of ours with others until it is due back. */
async function bondsOut(ctx: Ctx): Promise<BondOut[]> {
  const { rows } = await metrics(ctx, ['bond.outstanding'], { by: ['bond'] })
  const open = new Map(rows.flatMap(({ key: [of], values }) => (of ? [[of, values['bond.outstanding'] ?? '0']] : [])))
  const out = [...open].filter(([, amount]) => !isZero(amount)).map(([of]) => of)
  if (out.length === 0) return []
  const bonds = await all(ctx, bidBond, { filter: { id: { in: out } }, fields: ['name', 'due_back_on', 'valid_to'] })
  return bonds.map(each => {
    const due_on = each.due_back_on ?? each.valid_to
    const overdue = due_on !== null && due_on < ctx.today
    return { bond: each.id, name: each.name, open: r2(open.get(each.id) ?? '0'), due_on, overdue }
  })
}

export default act('payment.debts', async (ctx): Promise<Debts> => {
  const debts = await standings(ctx, 'debt', ['kind', 'counterparty', 'company'])
  const advances = await standings(ctx, 'advance', ['person', 'company'])
  const { rows: internal } = await metrics(ctx, ['debt.internal'], {
    by: ['company', 'project'],
    where: { kind: 'internal' },
  })
  const interest = internal.length === 0 ? null : await internalInterest(ctx, each => `${each.company} ${each.project}`)
  const loans = (await loanStandings(ctx, ctx.today)).map(({ loan, dues, ...of }): LoanRow => {
    const next = dues.find(each => !isZero(each.open))
    return {
      ...{ loan: loan.id, name: loan.name, kind: loan.kind, ...of },
      ...{ next_on: next?.on ?? null, next_amount: next?.open ?? null },
    }
  })
  const keys = [...debts.map(each => each.key.slice(1)), ...advances.map(each => each.key)]
  const parties = await titlesOf(ctx, 'counterparty', ids(debts.map(each => each.key[1])))
  const people = await titlesOf(ctx, 'user', ids(advances.map(each => each.key[0])))
  const companies = await titlesOf(
    ctx,
    'org_unit',
    ids([...keys.map(key => key[1]), ...internal.map(({ key }) => key[0])]),
  )
  const projects = await titlesOf(ctx, 'project', ids(internal.map(({ key }) => key[1])))
  return {
    bonds: largest(await bondsOut(ctx)),
    loans: largest(loans),
    debts: largest(
      debts.flatMap((each): Debt[] => {
        const [kind = null, counterparty, company] = each.key
        if (!isKind(kind) || !counterparty) return []
        const names = { name: parties[counterparty] ?? null, company: companies[company ?? ''] ?? null }
        return [{ kind, counterparty, ...names, ...owed(each, ctx.today) }]
      }),
    ),
    advances: largest(
      advances.flatMap((each): Advanced[] => {
        const [person, company] = each.key
        if (!person) return []
        return [
          { person, name: people[person] ?? null, company: companies[company ?? ''] ?? null, ...owed(each, ctx.today) },
        ]
      }),
    ),
    internal: largest(
      internal.flatMap(({ key, values }): Internal[] => {
        const [company, project] = key
        const open = values['debt.internal'] ?? '0'
        if (isZero(open)) return []
        return [
          {
            ...{ key: key.join(' '), open: r2(open) },
            interest: interest?.get(`${company} ${project}`) ?? '0.00',
            ...{ company: companies[company ?? ''] ?? null, project: projects[project ?? ''] ?? null },
          },
        ]
      }),
    ),
  }
})
