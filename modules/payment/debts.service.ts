// 往来与借款: what is owed outside contracts, from the ledgers of debts and of advances, as its reader may see it.
import { add, type Decimal, isZero, r2, subtract, sum } from '@yingzao/engines/money'
import { ageing } from '@yingzao/engines/receivable'
import { isPlainDate, type PlainDate } from '@yingzao/kernel/entity'
import { act, type Ctx, metrics, titlesOf } from '@yingzao/kernel/server'
import { debtKinds } from '../bank-account/debt.ledger.ts'
import type { Advanced, Debt, Debts, Internal } from './debts-shape.ts'

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

export default act('payment.debts', async (ctx): Promise<Debts> => {
  const debts = await standings(ctx, 'debt', ['kind', 'counterparty', 'company'])
  const advances = await standings(ctx, 'advance', ['person', 'company'])
  const { rows: internal } = await metrics(ctx, ['debt.internal'], {
    by: ['company', 'project'],
    where: { kind: 'internal' },
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
            ...{ company: companies[company ?? ''] ?? null, project: projects[project ?? ''] ?? null },
          },
        ]
      }),
    ),
  }
})
