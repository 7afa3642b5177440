// 资金数据中心: money at hand, receivable and payable, what is due soon, and the cash of the coming months beside what one supposes.
import { compare, type Decimal, isDecimal, r2, sum } from '@yingzao/engines/money'
import { isId, isPlainDate, type PlainDate } from '@yingzao/kernel/entity'
import { act, type Ctx, type Input } from '@yingzao/kernel/server'
import { type Facts, factsOf } from './facts.ts'
import { asPlanned, curveOf, expectedFlows, larger, type Scenario, sumOf } from './flows.ts'
import {
  accountLines,
  bondsOut,
  invoicesOf,
  openOf,
  planOfMonth,
  projectCash,
  safetyLine,
  wageAccounts,
} from './position.ts'
import { type Flows, type Funds, reasons } from './shape.ts'

const windows = [7, 30] as const
const mostFlows = 50
const mostOfPeriod = 500

const dayOf = (ctx: Ctx, value: unknown): PlainDate => (isPlainDate(value) && value < ctx.today ? value : ctx.today)

function scenarioOf({ chance, late, project, delay }: Input): Scenario | null {
  const of: Scenario = {
    chance: typeof chance === 'string' && isDecimal(chance) ? chance : '1',
    late: typeof late === 'number' ? late : 0,
    project: isId(project) ? project : null,
    delay: typeof delay === 'number' ? delay : 0,
  }
  return compare(of.chance, '1') === 0 && of.late === 0 && of.delay === 0 ? null : of
}

export const overview = act('funds_center.overview', async (ctx, input): Promise<Funds> => {
  const months = typeof input.months === 'number' ? input.months : 12
  const today = dayOf(ctx, input.until)
  const facts = await factsOf(ctx, today)
  const accounts = await accountLines(ctx, today, addDays(today, -1))
  const total = (name: 'balance' | 'receivedToday' | 'paidToday'): Decimal => r2(sum(accounts.map(each => each[name])))
  const safety = await safetyLine(ctx)
  const of = { opening: total('balance'), today, months, safety }
  const flows = expectedFlows(facts)
  const base = curveOf(flows, of)
  const supposed = scenarioOf(input)
  const last = base.months.at(-1)?.period ?? today.slice(0, 7)
  const shown = flows.filter(flow => flow.on.slice(0, 7) <= last)
  const occupied = await projectCash(ctx, today)
  return {
    ...{ today, accounts, balance: of.opening },
    ...{ receivedToday: total('receivedToday'), paidToday: total('paidToday'), safety, base },
    ...openOf(facts, windows),
    invoices: await invoicesOf(ctx, today),
    plan: await planOfMonth(ctx, today.slice(0, 7)),
    scenario: supposed && curveOf(expectedFlows(facts, supposed), of),
    flows: [...shown]
      .sort(larger)
      .slice(0, mostFlows)
      .sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0)),
    sources: reasons.flatMap(why => {
      const own = shown.filter(flow => flow.why === why)
      return own.length === 0 ? [] : [{ why, in: sumOf(own, 'income'), out: sumOf(own, 'expense') }]
    }),
    ...occupied,
    wages: await wageAccounts(ctx, facts, accounts),
    bonds: bondsOut(facts, windows),
  }
})

/** What stands behind a month or week of the curve, largest first; with what was supposed. */
export const flows = act('funds_center.flows', async (ctx, input): Promise<Flows> => {
  const facts: Facts = await factsOf(ctx, dayOf(ctx, input.until))
  const found = expectedFlows(facts, scenarioOf(input) ?? asPlanned).filter(
    flow => flow.on >= String(input.from) && flow.on <= String(input.to),
  )
  return {
    rows: [...found].sort(larger).slice(0, mostOfPeriod),
    ...{ in: sumOf(found, 'income'), out: sumOf(found, 'expense') },
  }
})

function addDays(day: PlainDate, days: number): PlainDate {
  const found = new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
  return isPlainDate(found) ? found : day
}
