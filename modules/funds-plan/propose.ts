// The lines a month is proposed to have: requests approved and not paid yet, then what contracts will pay by their terms and the
// progress of their plans, each with how it comes about.
import { lastDayOf } from '@yingzao/engines/cash-forecast'
import { add, compare, type Decimal, formatAmount, isDecimal, isZero, r2, subtract, sum } from '@yingzao/engines/money'
import { asId, type Id, isId } from '@yingzao/kernel/entity'
import { entriesBy } from '@yingzao/kernel/ledgers/read'
import { all, asSystem, type Ctx } from '@yingzao/kernel/server'
import { payableLedger } from '../bank-account/payable.ledger.ts'
import { contractCash, flowsOf } from './contract-cash.ts'
import { monthOf } from './public.ts'

export interface ProposedLine {
  readonly direction: 'in' | 'out'
  readonly kind: 'contract' | 'claim' | 'other'
  readonly contract: Id<'contract'> | null
  readonly counterparty: Id<'counterparty'> | null
  readonly amount: Decimal
  readonly probability: Decimal | null
  readonly note: string | null
  readonly why: string
  readonly key?: string
  readonly payable: string | null
  readonly carried_from: string | null
  readonly carried_amount: Decimal | null
}

const words = {
  due: ['到期应收付', 'due'],
  plan: ['收付款计划', 'payment plan'],
  progress: ['按进度计量', 'progress'],
  settlement: ['结算款', 'settlement'],
  retention: ['质保金', 'retention'],
} as const

/** Of a month from this one on. What is overdue belongs to this month. */
export async function proposeLines(ctx: Ctx, project: Id<'project'>, month: string): Promise<ProposedLine[]> {
  const zh = ctx.lang === 'zh'
  const system = asSystem(ctx)
  const open = await openPayables(system, project)
  const asked = new Map<string, Decimal>()
  const carried = open.map((each): ProposedLine => {
    if (each.contract) asked.set(each.contract, add(asked.get(each.contract) ?? '0', each.rest))
    const moves = each.plan_month !== null && each.plan_month < month
    return {
      ...{ direction: 'out', kind: each.contract ? 'contract' : each.claim ? 'claim' : 'other' },
      ...{ contract: each.contract, counterparty: each.counterparty, amount: each.rest, probability: null },
      note: each.name,
      why: zh
        ? `${each.number ?? ''} 已批未付 ${formatAmount(each.rest)}`
        : `${each.number ?? ''}: approved, ${formatAmount(each.rest)} not paid`,
      payable: each.id,
      carried_from: moves ? each.plan_month : null,
      carried_amount: moves ? each.rest : null,
      ...(moves && each.plan_line !== null ? { key: each.plan_line } : {}),
    }
  })
  const contracts = (await contractCash(ctx, { project })).flatMap((of): ProposedLine[] => {
    const inMonth = flowsOf(of, ctx.today).filter(({ on }) => monthOf(on) === month)
    const known = of.direction === 'expense' ? (asked.get(of.id) ?? '0') : '0'
    const amount = r2(subtract(sum(inMonth.map(each => each.amount)), known))
    if (compare(amount, '0') <= 0) return []
    const parts = (Object.keys(words) as (keyof typeof words)[]).flatMap(why => {
      const of_ = inMonth.filter(each => each.why === why)
      const last = of_.at(-1)
      if (!last) return []
      const total = formatAmount(r2(sum(of_.map(each => each.amount))))
      return [zh ? `${words[why][0]} ${total}（${last.on}）` : `${words[why][1]} ${total} (${last.on})`]
    })
    if (!isZero(known)) parts.push(zh ? `减已批未付 ${formatAmount(known)}` : `less approved ${formatAmount(known)}`)
    return [
      {
        ...{ direction: of.direction === 'income' ? 'in' : 'out', kind: 'contract', contract: of.id },
        ...{ counterparty: of.counterparty, amount, probability: of.direction === 'income' ? '1' : null, note: null },
        ...{ why: parts.join(zh ? '；' : '; ').slice(0, 300), payable: null, carried_from: null, carried_amount: null },
      },
    ]
  })
  return [...carried, ...contracts]
}

interface Open {
  readonly id: string
  readonly claim: boolean
  readonly rest: Decimal
  readonly contract: Id<'contract'> | null
  readonly counterparty: Id<'counterparty'> | null
  readonly name: string | null
  readonly number: string | null
  readonly plan_month: string | null
  readonly plan_line: string | null
}

/** Approved documents of the project that wait for the cashier. */
async function openPayables(system: Ctx, project: string): Promise<Open[]> {
  const rests = new Map<string, { entity: string; rest: Decimal; contract: unknown; counterparty: unknown }>()
  for (const entry of await entriesBy(system, payableLedger.name, { project: [project] })) {
    const id = String(entry.payable)
    const amount = (value: unknown) => (typeof value === 'string' && isDecimal(value) ? value : '0')
    const before = rests.get(id)
    const rest = subtract(add(before?.rest ?? '0', amount(entry.approved)), amount(entry.paid))
    // The document itself writes the first entry.
    rests.set(
      id,
      before
        ? { ...before, rest }
        : { entity: entry.entity, rest, contract: entry.contract, counterparty: entry.counterparty },
    )
  }
  const found: Open[] = []
  for (const entity of new Set([...rests.values()].map(each => each.entity))) {
    const ids = [...rests].filter(([, each]) => each.entity === entity && compare(each.rest, '0') > 0).map(([id]) => id)
    if (ids.length === 0) continue
    for (const row of await all(system, entity, { filter: { id: { in: ids } } })) {
      const of = rests.get(row.id)
      const text = (value: unknown) => (typeof value === 'string' ? value : null)
      found.push({
        ...{ id: row.id, claim: entity !== 'payment_request', rest: r2(of?.rest ?? '0') },
        contract: isId(of?.contract) ? asId('contract', of.contract) : null,
        counterparty: isId(of?.counterparty) ? asId('counterparty', of.counterparty) : null,
        ...{ name: text(row.name), number: text(row.number) },
        ...{ plan_month: text(row.plan_month), plan_line: text(row.plan_line) },
      })
    }
  }
  return found.sort((a, b) => (a.id < b.id ? -1 : 1))
}

export const isOver = (month: string, today: string): boolean => lastDayOf(month) < today
