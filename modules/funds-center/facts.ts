// Everything the forecast stands on, read once: contracts, approved plans, payment requests, claims, taxes, bonds.
import { add, compare, type Decimal, isZero, r2, subtract, sum } from '@yingzao/engines/money'
import { type Due, settleOldest } from '@yingzao/engines/receivable'
import { asId, type PlainDate, type RecordOf } from '@yingzao/kernel/entity'
import { balancesBy } from '@yingzao/kernel/ledgers/read'
import { all, asSystem, type Ctx, list, metrics, Refusal } from '@yingzao/kernel/server'
import { instantIn } from '@yingzao/platform/exchange/zone'
import { payableLedger } from '../bank-account/payable.ledger.ts'
import { bidBond } from '../bid/bid-bond.entity.ts'
import { advance } from '../claim/advance.entity.ts'
import { claim } from '../claim/claim.entity.ts'
import { fundsPlan } from '../funds-plan/funds-plan.entity.ts'
import { fundsPlanLedger } from '../funds-plan/funds-plan.ledger.ts'
import { type CashOfContract, contractCash } from '../funds-plan/public.ts'
import { invoice } from '../invoice/invoice.entity.ts'
import { prepaymentsOf, vatMonths } from '../invoice/public.ts'
import { vatPrepayment } from '../invoice/vat-prepayment.entity.ts'
import { loanStandings } from '../loan/public.ts'
import { paymentRequest } from '../payment/request.entity.ts'
import { project } from '../project/project.entity.ts'
import type { ExpectedFlow } from './shape.ts'

/** What is left of one line of an approved plan. */
export interface PlannedLine {
  readonly plan: string
  readonly name: string
  readonly project: string
  readonly month: string
  readonly key: string
  readonly kind: string
  readonly direction: 'in' | 'out'
  readonly contract: string | null
  readonly probability: Decimal
  /** Approved and not paid or received yet. */
  readonly open: Decimal
  /** The same less what requests took of it. */
  readonly free: Decimal
}
export interface OpenRequest {
  readonly id: string
  readonly name: string
  readonly kind: string
  readonly project: string | null
  readonly contract: string | null
  readonly on: string
  readonly rest: Decimal
}
export interface Facts {
  readonly today: string
  readonly contracts: readonly CashOfContract[]
  readonly lines: readonly PlannedLine[]
  /** `project month` of approved plans. */
  readonly planned: ReadonlySet<string>
  readonly requests: readonly OpenRequest[]
  /** Not of contracts: claims, advances, taxes, bonds. */
  readonly others: readonly ExpectedFlow[]
  readonly names: ReadonlyMap<string, string>
}

/** What a reader has no right to is not there for him. */
export async function seen<T>(read: Promise<readonly T[]>): Promise<readonly T[]> {
  try {
    return await read
  } catch (error) {
    if (error instanceof Refusal && (error.code === 'access.denied' || error.code === 'invoice.no_rate')) return []
    throw error
  }
}

/** As of the end of a past day only what the ledgers and plans knew then; today also what waits to be paid. */
export async function factsOf(ctx: Ctx, until: PlainDate): Promise<Facts> {
  const now = until >= ctx.today
  const contracts = await contractCash(ctx, { until })
  const { lines, planned } = await plansOf(ctx, until)
  const requests = now ? await seen(requestsOf(ctx)) : []
  const others = [
    ...(await bondsOf(ctx, until)),
    ...(await debtsOf(ctx, until)),
    ...(await seen(interestOf(ctx, until))),
    ...(now ? [...(await seen(claimsOf(ctx))), ...(await taxesOf(ctx))] : []),
  ]
  const ids = [...lines.map(each => each.project), ...requests.map(each => each.project)].filter(each => each !== null)
  const names = new Map(contracts.map(each => [String(each.project), each.projectName]))
  const more = [...new Set(ids)].filter(id => !names.has(id))
  if (more.length > 0)
    for (const each of await all(asSystem(ctx), project, {
      filter: { id: { in: more } },
      fields: ['name', 'short_name'],
    }))
      names.set(each.id, each.short_name ?? each.name)
  return { today: until, contracts, lines, planned, requests, others, names }
}

/** Midnight after the day, where the company is. */
function endOf(zone: string, day: string): string {
  const next = new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10)
  const end = instantIn(zone, next)
  if (end === null) throw new Error(`no day: ${day}`)
  return end
}

async function plansOf(ctx: Ctx, until: string): Promise<Pick<Facts, 'lines' | 'planned'>> {
  const month = until.slice(0, 7)
  const plans: RecordOf<typeof fundsPlan>[] = []
  let after: string | undefined
  do {
    const page = await list(ctx, fundsPlan, {
      filter: {
        ...{ state: { eq: 'effective' }, month: { ge: month }, reverses: { empty: true } },
        ...(until < ctx.today ? { effective_at: { lt: endOf(ctx.zone, until) } } : {}),
      },
      fields: ['name', 'project', 'month', 'out_amount', 'lines'],
      limit: 500,
      ...(after === undefined ? {} : { after }),
    })
    plans.push(...page.items.filter(each => each.out_amount !== undefined))
    after = page.next ?? undefined
  } while (after !== undefined)
  if (plans.length === 0) return { lines: [], planned: new Set() }
  const rows = await balancesBy(asSystem(ctx), fundsPlanLedger.name, {
    project: [...new Set(plans.map(each => each.project))],
    month: [...new Set(plans.map(each => each.month))],
  })
  const books = new Map(rows.map(row => [`${row.dims.project} ${row.dims.month} ${row.dims.plan_line}`, row]))
  // A plan and its supplements have one balance for one line.
  const found = new Map<string, PlannedLine>()
  for (const plan of plans)
    for (const line of plan.lines) {
      const key = line.key ?? line.kind
      const id = `${plan.project} ${plan.month} ${key} ${line.direction}`
      const book = books.get(`${plan.project} ${plan.month} ${key}`)
      if (found.has(id) || !book) continue
      const of = (name: string): Decimal => book.posted[name] ?? '0.00'
      const outward = line.direction === 'out'
      const open = outward ? subtract(of('planned_out'), of('paid')) : subtract(of('planned_in'), of('received'))
      const used = subtract(subtract(of('planned_out'), of('used')), book.reserved.used ?? '0.00')
      found.set(id, {
        ...{ plan: plan.id, name: plan.name ?? plan.month, project: plan.project, month: plan.month, key },
        ...{ kind: line.kind, direction: line.direction, contract: line.contract },
        ...{ probability: outward ? '1' : (line.probability ?? '1'), open: positive(open) },
        free: positive(outward ? used : open),
      })
    }
  return { lines: [...found.values()], planned: new Set(plans.map(each => `${each.project} ${each.month}`)) }
}

const positive = (value: Decimal): Decimal => (compare(value, '0') > 0 ? r2(value) : '0.00')

const toPay = { stage: { in: ['to_pay', 'part_paid'] }, reverses: { empty: true } } as const
async function restsOf(ctx: Ctx, ids: readonly string[]): Promise<ReadonlyMap<string | null | undefined, Decimal>> {
  const rows = ids.length === 0 ? [] : await balancesBy(asSystem(ctx), payableLedger.name, { payable: [...ids] })
  return new Map(
    rows.map(({ dims, posted }) => [dims.payable, subtract(posted.approved ?? '0.00', posted.paid ?? '0.00')]),
  )
}

async function requestsOf(ctx: Ctx): Promise<OpenRequest[]> {
  const fields = ['name', 'kind', 'project', 'contract', 'due_on', 'amount', 'state']
  const [approved, pending] = [
    await all(ctx, paymentRequest, { filter: { state: { eq: 'effective' }, ...toPay }, fields }),
    await all(ctx, paymentRequest, { filter: { state: { eq: 'pending' }, reverses: { empty: true } }, fields }),
  ]
  const rests = await restsOf(
    ctx,
    approved.map(each => each.id),
  )
  return [...approved, ...pending].flatMap(each => {
    // Paying back counts with the debt it pays back.
    if (each.kind === 'borrowed' || each.kind === 'payable' || each.kind === 'interest') return []
    if (each.amount === undefined) return []
    const rest = each.state === 'pending' ? each.amount : (rests.get(each.id) ?? '0.00')
    if (isZero(rest)) return []
    const on = each.due_on !== null && each.due_on > ctx.today ? each.due_on : ctx.today
    return [{ id: each.id, name: each.name, kind: each.kind, project: each.project, contract: each.contract, on, rest }]
  })
}

const outside = { contract: null, projectName: null, probability: '1' } as const

/** Approved claims and staff advances that wait for the cashier: now. */
async function claimsOf(ctx: Ctx): Promise<ExpectedFlow[]> {
  const found: ExpectedFlow[] = []
  for (const { name: entity } of [claim, advance]) {
    const rows = await all(ctx, entity, { filter: { state: { eq: 'effective' }, ...toPay } })
    const rests = await restsOf(
      ctx,
      rows.map(each => each.id),
    )
    for (const row of rows) {
      const amount = rests.get(row.id) ?? '0.00'
      // Who may read the document and not its money is told of none.
      if (compare(amount, '0') <= 0 || !('amount' in row || 'pay_amount' in row)) continue
      const [name, of] = [String(row.name ?? ''), typeof row.project === 'string' ? row.project : null]
      found.push({
        ...outside,
        ...{ entity, record: row.id, name, project: of, direction: 'expense', on: ctx.today, amount, why: 'claim' },
      })
    }
  }
  return found
}

/** Bid bonds paid in cash come back: what is out at the end of that day. */
async function bondsOf(ctx: Ctx, until: PlainDate): Promise<ExpectedFlow[]> {
  const { rows } = await metrics(ctx, ['bond.outstanding'], { by: ['bond'], until })
  const out = new Map(rows.flatMap(({ key: [of], values }) => (of ? [[of, values['bond.outstanding'] ?? '0']] : [])))
  const open = [...out].filter(([, amount]) => compare(amount, '0') > 0).map(([of]) => of)
  if (open.length === 0) return []
  const bonds = await all(ctx, bidBond, { filter: { id: { in: open } }, fields: ['name', 'due_back_on', 'valid_to'] })
  return bonds.map((each): ExpectedFlow => {
    const on = each.due_back_on ?? each.valid_to ?? until
    return {
      ...{ ...outside, entity: bidBond.name, record: each.id, name: each.name, project: null },
      ...{ direction: 'income', on: on > until ? on : until, amount: r2(out.get(each.id) ?? '0'), why: 'bond' },
      due_on: each.due_back_on ?? each.valid_to,
    }
  })
}

/** 往来与借款: what arose and is not settled, oldest first, on the day it is to be settled; a request to pay back is part of it. */
async function debtsOf(ctx: Ctx, until: PlainDate): Promise<ExpectedFlow[]> {
  const { rows } = await metrics(ctx, ['debt.arisen', 'debt.settled'], {
    by: ['counterparty', 'kind', 'due_on'],
    until,
  })
  const debts = new Map<string, { kind: string; dues: Due[]; settled: Decimal }>()
  for (const { key, values } of rows) {
    const [party, kind, on] = key
    if (!party || !kind || kind === 'internal') continue
    const debt = debts.get(`${party} ${kind}`) ?? { kind, dues: [], settled: '0.00' }
    const arisen = values['debt.arisen'] ?? '0.00'
    if (!isZero(arisen)) debt.dues.push({ id: party, dueOn: on ?? until, amount: arisen })
    debts.set(`${party} ${kind}`, { ...debt, settled: add(debt.settled, values['debt.settled'] ?? '0.00') })
  }
  return [...debts.values()].flatMap(({ kind, dues, settled }) =>
    settleOldest(dues, positive(settled)).items.flatMap(({ dueOn, open }): ExpectedFlow[] =>
      isZero(open)
        ? []
        : [
            {
              ...{ ...outside, entity: 'debt', record: '', name: kind, project: null },
              direction: kind === 'receivable' || kind === 'lent' ? 'income' : 'expense',
              ...{ on: dueOn > until ? dueOn : until, amount: r2(open), why: 'debt' },
            },
          ],
    ),
  )
}

/** 利息: what each loan earns to its end, on the days it is paid; overdue today. Principal counts with the debts. */
async function interestOf(ctx: Ctx, until: PlainDate): Promise<ExpectedFlow[]> {
  return (await loanStandings(ctx, until)).flatMap(({ loan, dues }) =>
    dues.flatMap(({ on, open }): ExpectedFlow[] =>
      isZero(open)
        ? []
        : [
            {
              ...{ ...outside, entity: 'loan', record: loan.id, name: loan.name, project: null },
              direction: loan.kind === 'lent' ? 'income' : 'expense',
              ...{ on: on > until ? on : until, amount: open, why: 'interest' },
            },
          ],
    ),
  )
}

/** VAT of last month until its filing day, and of this month so far: due on the 15th of the month after (增值税法 §30). */
async function taxesOf(ctx: Ctx): Promise<ExpectedFlow[]> {
  const month = ctx.today.slice(0, 7)
  const before = shifted(month, -1)
  const found: ExpectedFlow[] = []
  for (const of of Number(ctx.today.slice(8)) <= 15 ? [before, month] : [month]) {
    const [vat] = await seen(payableOf(ctx, of))
    if (vat === undefined || isZero(vat)) continue
    found.push({
      ...{ ...outside, entity: invoice.name, record: '', name: of, project: null },
      ...{ direction: 'expense', on: `${shifted(of, 1)}-15`, amount: vat, why: 'tax' },
    })
  }
  if (Number(ctx.today.slice(8)) <= 15) found.push(...(await seen(prepaymentsDue(ctx, before))))
  return found
}

/** After what was carried over and prepaid. */
const payableOf = async (ctx: Ctx, month: string): Promise<Decimal[]> => [
  (await vatMonths(ctx, month)).get(month)?.payable ?? '0.00',
]

/** 预缴 of last month's receipts, project by project, as long as the filing day is ahead. */
async function prepaymentsDue(ctx: Ctx, month: string): Promise<ExpectedFlow[]> {
  const { rows } = await metrics(ctx, ['income.received'], { where: { period: month }, by: ['project'] })
  const found: ExpectedFlow[] = []
  for (const { key } of rows) {
    const [of] = key
    if (!of) continue
    const due = (await prepaymentsOf(ctx, asId('project', of))).months.find(each => each.month === month)
    const { items } = await list(ctx, vatPrepayment, {
      filter: { project: { eq: of }, month: { eq: month }, state: { eq: 'effective' } },
      fields: ['paid_amount'],
      limit: 100,
    })
    const open = subtract(due?.tax ?? '0.00', sum(items.map(each => each.paid_amount)))
    if (compare(open, '0') <= 0) continue
    found.push({
      ...{ ...outside, entity: vatPrepayment.name, record: '', name: month, project: of },
      ...{ direction: 'expense', on: `${shifted(month, 1)}-15`, amount: r2(open), why: 'tax' },
    })
  }
  return found
}

export const shifted = (month: string, by: number): string => {
  const [year = 0, number = 1] = month.split('-').map(Number)
  return new Date(Date.UTC(year, number - 1 + by, 1)).toISOString().slice(0, 7)
}
