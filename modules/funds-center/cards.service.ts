// What the cards of the funds center show.
import { add, compare, type Decimal, isZero, multiply, r2, subtract, sum } from '@yingzao/engines/money'
import {
  type CardContent,
  type CardLink,
  type CardsRead,
  type CardValue,
  isPlainDate,
  type Label,
  type PlainDate,
} from '@yingzao/kernel/entity'
import { act, all, type Ctx, metrics } from '@yingzao/kernel/server'
import { bankAccount } from '../bank-account/bank-account.entity.ts'
import { type Facts, factsOf } from './facts.ts'
import { expectedFlows } from './flows.ts'
import { openOf, planOfMonth } from './position.ts'
import type { ExpectedFlow } from './shape.ts'

const MOST = 6
/** Money that only changes its account, and what was there at the start, came from nobody and went to nobody. */
const own: ReadonlySet<string> = new Set(['transfer', 'opening'])
const label = (zh: string, en: string): Label => ({ zh, en })
const amount = (value: Decimal, opens?: CardLink): CardValue => ({
  ...{ value, unit: 'money' },
  ...(value.startsWith('-') ? { tone: 'bad' } : {}),
  ...(opens ? { opens } : {}),
})
const center: CardLink = { module: 'funds-center', page: 'overview' }

export default act('funds_center.cards', async (ctx, input): Promise<CardsRead> => {
  const asked = Array.isArray(input.cards) ? input.cards : []
  const wants = (name: string) => asked.length === 0 || asked.includes(name)
  const facts = wants('funds.cash') || wants('funds.due') ? await factsOf(ctx, ctx.today) : null
  return {
    ...(facts && wants('funds.cash') ? { 'funds.cash': await cashCard(ctx, expectedFlows(facts)) } : {}),
    ...(facts && wants('funds.due') ? { 'funds.due': dueCard(facts) } : {}),
    ...(wants('funds.accounts') ? { 'funds.accounts': await accountsCard(ctx) } : {}),
    ...(wants('funds.plan') ? { 'funds.plan': await planCard(ctx) } : {}),
  }
})

/** What comes in counts by its probability, as in the forecast. */
const within = (ctx: Ctx, flows: readonly ExpectedFlow[], direction: ExpectedFlow['direction']): Decimal => {
  const until = dayAfter(ctx.today, 30)
  return r2(
    sum(
      flows
        .filter(each => each.direction === direction && each.on <= until)
        .map(each => (direction === 'income' ? multiply(each.amount, each.probability) : each.amount)),
    ),
  )
}

async function cashCard(ctx: Ctx, flows: readonly ExpectedFlow[]): Promise<CardContent> {
  const period = ctx.today.slice(0, 7)
  const [balance, month] = await Promise.all([
    metrics(ctx, ['cash.balance']),
    metrics(ctx, ['cash.received', 'cash.paid'], { where: { period }, by: ['purpose'] }),
  ])
  const held = balance.total['cash.balance']
  if (held === null || held === undefined) return { figures: [] }
  const moved = month.rows.filter(({ key: [purpose] }) => !own.has(purpose ?? ''))
  const purposes = moved.flatMap(({ key: [purpose] }) => (purpose ? [purpose] : []))
  const figure = (zh: string, en: string, value: Decimal, opens: CardLink) => ({
    label: label(zh, en),
    ...amount(value, opens),
  })
  const ofMonth = (zh: string, en: string, metric: 'cash.received' | 'cash.paid') =>
    figure(zh, en, add('0.00', sum(moved.map(({ values }) => values[metric] ?? '0'))), {
      ...{ metric, title: label(zh, en), where: { period, purpose: purposes.length > 0 ? purposes : ['—'] } },
    })
  const [into, out] = [within(ctx, flows, 'income'), within(ctx, flows, 'expense')]
  return {
    figures: [
      figure('账户余额', 'Balance', held, { metric: 'cash.balance', title: label('账户余额', 'Balance') }),
      ofMonth('本月收款', 'In this month', 'cash.received'),
      ofMonth('本月付款', 'Out this month', 'cash.paid'),
      figure('30 天内预计收', 'Expected in, 30 days', into, center),
      figure('30 天内预计付', 'Expected out, 30 days', out, center),
      figure('30 天后预计余额', 'Balance in 30 days', subtract(add(held, into), out), center),
    ],
  }
}

function dueCard(facts: Facts): CardContent {
  const { due } = openOf(facts, [7, 30])
  if (due.every(each => isZero(each.in) && isZero(each.out))) return { rows: [] }
  return {
    columns: [label('期限', 'Within'), label('应收', 'Receivable'), label('应付', 'Payable'), label('差额', 'Net')],
    rows: due.map(({ days, in: into, out }) => ({
      title: label(`${days} 天内`, `${days} days`),
      opens: center,
      cells: [amount(into), amount(out), amount(subtract(into, out))],
    })),
  }
}

async function planCard(ctx: Ctx): Promise<CardContent> {
  const month = ctx.today.slice(0, 7)
  const { out, used, paid, rate } = await planOfMonth(ctx, month)
  const figure = (zh: string, en: string, value: Decimal, metric: string) => ({
    label: label(zh, en),
    ...amount(value, { metric, title: label(zh, en), where: { month } }),
  })
  return {
    figures: [
      figure('计划支出', 'Planned out', out, 'plan.out'),
      figure('已申请', 'Asked for', used, 'plan.used'),
      figure('已付', 'Paid', paid, 'plan.paid'),
      { label: label('执行率', 'Carried out'), value: rate, unit: 'share' },
    ],
  }
}

async function accountsCard(ctx: Ctx): Promise<CardContent> {
  const [{ rows }, accounts] = await Promise.all([
    metrics(ctx, ['cash.balance'], { by: ['account'] }),
    all(ctx, bankAccount, { fields: ['name', 'active'] }),
  ])
  const held = new Map(rows.map(({ key: [id], values }) => [id, values['cash.balance'] ?? '0.00']))
  const found = accounts
    .flatMap(each => {
      const balance = held.get(each.id)
      return each.active && balance !== undefined ? [{ ...each, balance }] : []
    })
    .sort((a, b) => compare(b.balance, a.balance))
  return {
    columns: [label('账户', 'Account'), label('余额', 'Balance')],
    rows: found.slice(0, MOST).map(each => ({
      ...{ title: each.name, opens: { entity: 'bank_account', id: each.id } },
      cells: [amount(each.balance, { metric: 'cash.balance', title: each.name, where: { account: each.id } })],
    })),
    total: [amount(add('0.00', sum(found.map(each => each.balance))))],
    count: found.length,
  }
}

function dayAfter(day: PlainDate, days: number): PlainDate {
  const found = new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
  return isPlainDate(found) ? found : day
}
