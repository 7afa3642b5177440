// 资金数据中心: money at hand, receivable and payable, what is due soon, and the cash of the coming months.
import { cashForecast } from '@yingzao/engines/cash-forecast'
import { compare, type Decimal, isDecimal, r2, subtract, sum } from '@yingzao/engines/money'
import { isPlainDate, type PlainDate } from '@yingzao/kernel/entity'
import { act, all, type Ctx, metrics } from '@yingzao/kernel/server'
import { bankAccount } from '../bank-account/bank-account.entity.ts'
import { project } from '../project/project.entity.ts'
import { expectedFlows } from './expected.ts'
import type { AccountLine, ExpectedFlow, Funds, ProjectCash } from './shape.ts'

const windows = [7, 30] as const
const mostFlows = 50

export default act('funds_center.overview', async (ctx, input): Promise<Funds> => {
  const count = typeof input.months === 'number' ? input.months : 12
  const chance = typeof input.chance === 'string' && isDecimal(input.chance) ? input.chance : '1'
  const [accounts, open, flows, projects] = await Promise.all([
    accountLines(ctx),
    metrics(ctx, ['receivable.open', 'payable.open']),
    expectedFlows(ctx),
    projectCash(ctx),
  ])
  const total = (name: 'balance' | 'receivedToday' | 'paidToday'): Decimal => r2(sum(accounts.map(each => each[name])))
  const balance = total('balance')
  const months = monthsFrom(ctx.today, count)
  const inMonth = (flow: ExpectedFlow) => flow.on.slice(0, 7)
  const of = (month: string, direction: ExpectedFlow['direction']) =>
    flows.filter(flow => inMonth(flow) === month && flow.direction === direction).map(flow => flow.amount)
  const {
    months: rows,
    peak,
    lowest,
  } = cashForecast(
    balance,
    months.map(period => ({
      period,
      in: of(period, 'income').map(amount => ({ amount, probability: chance })),
      out: of(period, 'expense'),
    })),
  )
  const last = months.at(-1) ?? ctx.today.slice(0, 7)
  const sumOf = (list: readonly ExpectedFlow[], direction: ExpectedFlow['direction']): Decimal =>
    r2(sum(list.filter(flow => flow.direction === direction).map(flow => flow.amount)))
  const beyond = flows.filter(flow => inMonth(flow) > last)
  return {
    accounts,
    balance,
    receivedToday: total('receivedToday'),
    paidToday: total('paidToday'),
    receivable: open.total['receivable.open'] ?? '0.00',
    payable: open.total['payable.open'] ?? '0.00',
    due: windows.map(days => {
      const until = addDays(ctx.today, days)
      const within = flows.filter(flow => flow.why === 'due' && flow.on <= until)
      return { days, in: sumOf(within, 'income'), out: sumOf(within, 'expense') }
    }),
    forecast: {
      months: rows,
      peak,
      lowest,
      later: { in: sumOf(beyond, 'income'), out: sumOf(beyond, 'expense') },
    },
    flows: flows
      .filter(flow => inMonth(flow) <= last)
      .sort((a, b) => compare(b.amount, a.amount))
      .slice(0, mostFlows)
      .sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0)),
    projects,
  }
})

async function accountLines(ctx: Ctx): Promise<AccountLine[]> {
  const yesterday = addDays(ctx.today, -1)
  const names = ['cash.balance', 'cash.received', 'cash.paid']
  const [now, before, accounts] = await Promise.all([
    metrics(ctx, names, { by: ['account'], until: ctx.today }),
    metrics(ctx, names, { by: ['account'], until: yesterday }),
    all(ctx, bankAccount, { fields: ['name', 'type', 'active'], sort: ['name'] }),
  ])
  const figure = (answer: typeof now, account: string, name: string): Decimal =>
    answer.rows.find(row => row.key[0] === account)?.values[name] ?? '0.00'
  const seen = new Set(now.rows.map(row => row.key[0]))
  return accounts
    .filter(each => each.active && seen.has(each.id))
    .map(each => ({
      account: each.id,
      name: each.name,
      type: each.type,
      balance: figure(now, each.id, 'cash.balance'),
      receivedToday: subtract(figure(now, each.id, 'cash.received'), figure(before, each.id, 'cash.received')),
      paidToday: subtract(figure(now, each.id, 'cash.paid'), figure(before, each.id, 'cash.paid')),
    }))
}

async function projectCash(ctx: Ctx): Promise<ProjectCash[]> {
  const { rows } = await metrics(ctx, ['income.received', 'expense.paid'], { by: ['project'] })
  const ids = rows.flatMap(({ key: [id] }) => (id ? [id] : []))
  const names = new Map(
    (await all(ctx, project, { filter: { id: { in: ids } }, fields: ['name', 'short_name'] })).map(each => [
      String(each.id),
      each.short_name ?? each.name,
    ]),
  )
  return rows
    .flatMap(({ key: [id], values }): ProjectCash[] => {
      if (!id) return []
      const [received, paid] = [values['income.received'] ?? '0.00', values['expense.paid'] ?? '0.00']
      return [{ project: id, name: names.get(id) ?? '', received, paid, occupied: subtract(received, paid) }]
    })
    .sort((a, b) => compare(a.occupied, b.occupied))
}

function monthsFrom(today: string, count: number): string[] {
  const [year = 0, month = 1] = today.split('-').map(Number)
  return Array.from({ length: Math.min(36, Math.max(1, count)) }, (_, at) =>
    new Date(Date.UTC(year, month - 1 + at, 1)).toISOString().slice(0, 7),
  )
}

function addDays(day: PlainDate, days: number): PlainDate {
  const found = new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
  return isPlainDate(found) ? found : day
}
