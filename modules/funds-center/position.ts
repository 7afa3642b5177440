// Where the money stands: accounts, ageing, invoices, what projects occupy, wage accounts, this month's plans.

import { add, compare, type Decimal, divide, r2, subtract, sum } from '@yingzao/engines/money'
import { type Aged, ageing, settleNamed } from '@yingzao/engines/receivable'
import type { PlainDate } from '@yingzao/kernel/entity'
import { all, asSystem, type Ctx, metrics } from '@yingzao/kernel/server'
import { sql } from 'kysely'
import { bankAccount } from '../bank-account/bank-account.entity.ts'
import { cashLedger } from '../bank-account/cash.ledger.ts'
import { projectsOfBonds } from '../bid/public.ts'
import { fundsRule } from '../funds-plan/funds-rule.entity.ts'
import { refundsOf } from '../funds-plan/public.ts'
import { limitOn } from '../parameter/public.ts'
import { project } from '../project/project.entity.ts'
import { type Facts, seen, shifted } from './facts.ts'
import type { AccountLine, Age, Funds, ProjectCash, WageAccount } from './shape.ts'

export async function accountLines(ctx: Ctx, until: PlainDate, before: PlainDate): Promise<AccountLine[]> {
  const names = ['cash.balance', 'cash.received', 'cash.paid']
  const now = await metrics(ctx, names, { by: ['account'], until })
  const past = await metrics(ctx, names, { by: ['account'], until: before })
  const accounts = await all(ctx, bankAccount, { fields: ['name', 'type', 'active', 'project'], sort: ['name'] })
  const values = (answer: typeof now) => new Map(answer.rows.map(row => [row.key[0], row.values]))
  const [at, yesterday] = [values(now), values(past)]
  return accounts
    .filter(each => each.active && at.has(each.id))
    .map(each => {
      const of = (name: string): Decimal => at.get(each.id)?.[name] ?? '0.00'
      const today = (name: string) => subtract(of(name), yesterday.get(each.id)?.[name] ?? '0.00')
      return {
        ...{ account: each.id, name: each.name, type: each.type, project: each.project, balance: of('cash.balance') },
        ...{ receivedToday: today('cash.received'), paidToday: today('cash.paid') },
      }
    })
}

/** Due and not settled, both ways, by how long it is overdue; and what falls due within some days. */
export function openOf({ contracts, today }: Facts, windows: readonly number[]) {
  const buckets = new Map<string, { receivable: Decimal; payable: Decimal }>()
  const due = windows.map(days => ({ days, in: '0.00' as Decimal, out: '0.00' as Decimal }))
  const total = { receivable: '0.00' as Decimal, payable: '0.00' as Decimal }
  const count = (income: boolean, aged: Aged) => {
    const side = income ? 'receivable' : 'payable'
    total[side] = add(total[side], aged.open)
    for (const { from, to, amount } of aged.buckets) {
      const name = from === null ? 'not_due' : to === null ? `>${from - 1}` : `${from}–${to}`
      const bucket = buckets.get(name) ?? { receivable: '0.00', payable: '0.00' }
      bucket[side] = add(bucket[side], amount)
      buckets.set(name, bucket)
    }
    for (const window of due) {
      const open = r2(sum(aged.items.filter(({ days }) => days >= -window.days).map(each => each.open)))
      if (income) window.in = add(window.in, open)
      else window.out = add(window.out, open)
    }
  }
  for (const of of contracts) {
    const { dues, paid, named = [] } = of.cash()
    if (dues.length === 0) continue
    const [left, income] = [settleNamed(dues, { money: paid, named }, today), of.direction === 'income']
    count(income, ageing(left.dues, left.money, today))
    // 应退: owed by the other side.
    const back = refundsOf(of, today).map(({ amount }) => ({ id: of.id, dueOn: of.cash().refundOn ?? today, amount }))
    if (back.length > 0) count(!income, ageing(back, '0', today))
  }
  const ages = [...buckets].map(([bucket, of]): Age => ({ bucket, ...of }))
  return { ...total, due, ageing: ages }
}

/** 应开未开 and 未到票, as the invoice pages count them. */
export async function invoicesOf(ctx: Ctx, until: PlainDate): Promise<Funds['invoices']> {
  const { rows } = await metrics(ctx, ['invoice_due', 'invoice_paid', 'invoice_invoiced'], {
    by: ['contract', 'direction'],
    until,
  })
  const total: Record<'toIssue' | 'toReceive', Decimal> = { toIssue: '0.00', toReceive: '0.00' }
  for (const { key, values } of rows) {
    const of = (name: string): Decimal => values[`invoice_${name}`] ?? '0.00'
    const income = key[1] === 'income'
    const base = income && compare(of('due'), of('paid')) > 0 ? of('due') : of('paid')
    const missing = subtract(base, of('invoiced'))
    if (compare(missing, '0') <= 0) continue
    const side = income ? 'toIssue' : 'toReceive'
    total[side] = add(total[side], missing)
  }
  return total
}

/** Of a project's accounts only: no money came in or went out of the project. */
const within: ReadonlySet<string | null> = new Set(['opening', 'transfer', 'labour_share'])

/** 项目资金占用: by contracts, with what was paid before the take-over, and what moved without one; now and at the end of each of the last twelve months. */
export async function projectCash(ctx: Ctx, until: PlainDate): Promise<{ months: string[]; projects: ProjectCash[] }> {
  const months = Array.from({ length: 12 }, (_, at) => shifted(until.slice(0, 7), at - 11))
  const { rows } = await metrics(ctx, ['income.received', 'expense.paid'], { by: ['project', 'period'], until })
  const cash = await metrics(ctx, ['cash.received', 'cash.paid'], {
    by: ['project', 'period', 'purpose', 'contract'],
    until,
  })
  const beside = cash.rows.filter(({ key: [, , purpose = null, contract] }) => !contract && !within.has(purpose))
  const moved = new Map<string, { period: string; received: Decimal; paid: Decimal }[]>()
  for (const { key, values } of [...rows, ...beside, ...(await bondsOfProjects(ctx, until))]) {
    const [of, period] = key
    if (!of) continue
    const move = {
      period: period ?? '',
      received: values['income.received'] ?? values['cash.received'] ?? '0.00',
      paid: values['expense.paid'] ?? values['cash.paid'] ?? '0.00',
    }
    moved.set(of, [...(moved.get(of) ?? []), move])
  }
  const found = await all(ctx, project, {
    filter: { id: { in: [...moved.keys()] } },
    fields: ['name', 'short_name'],
  })
  const names = new Map(found.map(each => [String(each.id), each.short_name ?? each.name]))
  const projects = [...moved].map(([id, moves]): ProjectCash => {
    const until_ = (month: string) => {
      const own = moves.filter(({ period }) => period <= month)
      return { received: r2(sum(own.map(each => each.received))), paid: r2(sum(own.map(each => each.paid))) }
    }
    const { received, paid } = until_('9')
    return {
      ...{ project: id, name: names.get(id) ?? '', received, paid, occupied: subtract(received, paid) },
      past: months.map(month => {
        const at = until_(month)
        return subtract(at.received, at.paid)
      }),
    }
  })
  return { months, projects: projects.sort((a, b) => compare(a.occupied, b.occupied)) }
}

type MetricRows = Awaited<ReturnType<typeof metrics>>['rows']

/** What a project's bid paid for bonds and got back, before and after it was won: as cash of the project. */
async function bondsOfProjects(ctx: Ctx, until: PlainDate): Promise<MetricRows> {
  const names = ['bond.paid', 'bond.returned', 'bond.interest']
  const { rows } = await metrics(ctx, names, { by: ['bond', 'period'], until })
  const bonds = [...new Set(rows.flatMap(({ key: [bond] }) => bond ?? []))]
  // Who sees bonds and no bids (the cashier) is not told whose they are.
  const projects = new Map(await seen(projectsOfBonds(ctx, bonds)))
  return rows.flatMap(({ key: [bond = null, period = null], values }) => {
    const project = bond === null ? undefined : projects.get(bond)
    const of = (name: string): Decimal => values[name] ?? '0.00'
    const received = add(of('bond.returned'), of('bond.interest'))
    return project
      ? [{ key: [project, period], values: { 'cash.received': received, 'cash.paid': of('bond.paid') } }]
      : []
  })
}

/** What is out of cash bonds, and when it is due back. */
export function bondsOut({ others, today }: Facts, windows: readonly number[]): Funds['bonds'] {
  const bonds = others.filter(each => each.why === 'bond')
  const total = (of: typeof bonds): Decimal => r2(sum(of.map(each => each.amount)))
  const until = (days: number) =>
    new Date(Date.parse(`${today}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
  const dueBy = (day: string) => bonds.filter(({ due_on }) => (due_on ?? '9') <= day)
  return {
    ...{ count: bonds.length, outstanding: total(bonds) },
    overdue: total(bonds.filter(({ due_on }) => (due_on ?? '9') < today)),
    due: windows.map(days => ({ days, amount: total(dueBy(until(days))) })),
  }
}

/** 农民工工资专户: what is in it against the wages that are planned or asked for, and when money last came in (条例 §24, §26). */
export async function wageAccounts(ctx: Ctx, facts: Facts, accounts: readonly AccountLine[]): Promise<WageAccount[]> {
  const own = accounts.filter(each => each.type === 'wage')
  if (own.length === 0) return []
  const { rows } = await sql<{ account: string; last: string | null }>`select account::text, max("on")::text as last
    from ${sql.id(ctx.tenant, cashLedger.name)} where account = any(${own.map(each => each.account)}::uuid[])
      and received > 0 and "on" <= ${facts.today}::date group by 1`.execute(ctx.db)
  const longest = await limitOn(ctx, 'wage_inflow_days', facts.today)
  const lasts = new Map(rows.map(row => [row.account, row.last]))
  const next = shifted(facts.today.slice(0, 7), 1)
  return own.map(each => {
    const planned = facts.lines.filter(
      line => line.project === each.project && line.kind === 'wages' && line.direction === 'out' && line.month <= next,
    )
    const asked = facts.requests.filter(request => request.kind === 'wages' && request.project === each.project)
    const due = r2(sum([...planned.map(line => line.free), ...asked.map(request => request.rest)]))
    const last = lasts.get(each.account) ?? null
    const idle =
      longest !== null && (last === null || (Date.parse(facts.today) - Date.parse(last)) / 86_400_000 > Number(longest))
        ? 'no_inflow'
        : null
    return {
      ...{ account: each.account, name: each.name, project: each.project, balance: each.balance, due, lastIn: last },
      alert: compare(each.balance, due) < 0 ? 'short' : idle,
    }
  })
}

export async function planOfMonth(ctx: Ctx, month: string): Promise<Funds['plan']> {
  const { total } = await metrics(ctx, ['plan.out', 'plan.used', 'plan.paid'], { where: { month } })
  const of = (name: string): Decimal => total[name] ?? '0.00'
  return {
    ...{ out: of('plan.out'), used: of('plan.used'), paid: of('plan.paid') },
    rate: divide(of('plan.paid'), of('plan.out'), 6) ?? null,
  }
}

/** Of every company whose accounts the reader sees. */
export async function safetyLine(ctx: Ctx): Promise<Decimal> {
  const companies = new Set((await all(ctx, bankAccount, { fields: ['company'] })).map(each => each.company))
  const rules = await all(asSystem(ctx), fundsRule, { filter: { project: { empty: true } } })
  return r2(sum(rules.flatMap(each => (companies.has(each.company) ? [each.safety_amount ?? '0'] : []))))
}
