// From facts to flows, and from flows to the curve. Nothing counts twice: a contract's money is what is not paid of it, placed by
// requests first, then by approved plans, then by its terms; beside it only plan lines and requests without a contract, claims,
// taxes and bonds.
import {
  type CashMonth,
  cashForecast,
  type ForecastMonth,
  lastDayOf,
  type PlannedFlow,
  plannedFlows,
} from '@yingzao/engines/cash-forecast'
import { type Decimal, isZero, r2, sum } from '@yingzao/engines/money'
import { flowsOf, refundsOf } from '../funds-plan/public.ts'
import { type Facts, type OpenRequest, type PlannedLine, shifted } from './facts.ts'
import type { Curve, ExpectedFlow } from './shape.ts'

/** What somebody supposes. Collections are income of contracts; a line of a plan keeps its own probability and days. */
export interface Scenario {
  readonly chance: Decimal
  readonly late: number
  readonly project: string | null
  readonly delay: number
}
export const asPlanned: Scenario = { chance: '1', late: 0, project: null, delay: 0 }

const dayAfter = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)

/** An order to look at, not an amount: exact comparison of thousands would take longer than everything else. */
export const larger = (a: ExpectedFlow, b: ExpectedFlow): number => Number(b.amount) - Number(a.amount)

function grouped<T>(list: Iterable<T>, keyOf: (each: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const each of list) {
    const group = groups.get(keyOf(each))
    if (group) group.push(each)
    else groups.set(keyOf(each), [each])
  }
  return groups
}

const known = (asked: readonly OpenRequest[]) => asked.map(({ id, on, rest }) => ({ id, on, amount: rest }))

export function expectedFlows(facts: Facts, supposed: Scenario = asPlanned): ExpectedFlow[] {
  const { today, contracts, lines, planned, requests } = facts
  const ids = new Set(contracts.map(each => String(each.id)))
  const linesOf = grouped(
    lines.filter(each => each.contract !== null),
    each => each.contract ?? '',
  )
  const requestsOf = grouped(requests, each => each.contract ?? '')
  const titles = new Map(requests.map(each => [each.id, each.name]))
  const months = grouped(planned, each => each.slice(0, 36))
  const found = contracts.flatMap((of): ExpectedFlow[] => {
    const late = supposed.project === null || supposed.project === of.project ? supposed.delay : 0
    const income = of.direction === 'income'
    const own = new Map((linesOf.get(of.id) ?? []).map(line => [line.month, line]))
    const asked = requestsOf.get(of.id) ?? []
    const flows = plannedFlows(flowsOf(of, today, late), {
      requests: known(asked.filter(each => each.kind !== 'overpaid')),
      // A client pays what he owes whether or not a plan names it; what is paid out keeps to the plan.
      months: (months.get(of.project) ?? []).flatMap(key => {
        const month = key.slice(37)
        const line = own.get(month)
        if (!line) return income ? [] : [{ month, amount: '0.00' as const, probability: '1' as const }]
        return [{ month, amount: line.open, probability: line.probability }]
      }),
      today,
    })
    // 应退 goes the other way; no plan names it.
    const refunds = plannedFlows(refundsOf(of, today), {
      ...{ requests: known(asked.filter(each => each.kind === 'overpaid')), months: [], today },
    })
    const expected = (flow: PlannedFlow, direction: ExpectedFlow['direction']): ExpectedFlow => {
      const line = flow.why === 'funds_plan' ? own.get(flow.on.slice(0, 7)) : undefined
      const request = flow.why === 'request' && flow.id !== undefined ? flow.id : null
      const collected = direction === 'income' && flow.why !== 'funds_plan' && flow.why !== 'request'
      return {
        entity: request ? 'payment_request' : line ? 'funds_plan' : 'contract',
        record: request ?? line?.plan ?? of.id,
        name: request ? (titles.get(request) ?? of.name) : of.name,
        ...{ project: of.project, projectName: of.projectName, contract: of.id, direction },
        on: collected && supposed.late > 0 ? dayAfter(flow.on, supposed.late) : flow.on,
        ...{ amount: flow.amount, why: flow.why },
        probability: collected ? supposed.chance : flow.probability,
      }
    }
    return [
      ...flows.map(flow => expected(flow, of.direction)),
      ...refunds.map(flow => expected(flow, income ? 'expense' : 'income')),
    ]
  })
  const outside = lines.flatMap((line): ExpectedFlow[] => {
    if ((line.contract !== null && ids.has(line.contract)) || isZero(line.free)) return []
    const end = lastDayOf(line.month)
    return [planFlow(facts, line, end < today ? today : end)]
  })
  const asked = requests
    .filter(each => each.contract === null || !ids.has(each.contract))
    .map(
      (each): ExpectedFlow => ({
        ...{ entity: 'payment_request', record: each.id, name: each.name, project: each.project, contract: null },
        ...{ projectName: facts.names.get(each.project ?? '') ?? null, direction: 'expense', on: each.on },
        ...{ amount: r2(each.rest), probability: '1', why: 'request' },
      }),
    )
  const others = facts.others.map(each => ({ ...each, projectName: facts.names.get(each.project ?? '') ?? null }))
  return [...found, ...outside, ...asked, ...others].sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0))
}

const planFlow = ({ names }: Facts, line: PlannedLine, on: string): ExpectedFlow => ({
  ...{ entity: 'funds_plan', record: line.plan, name: line.name, project: line.project, contract: null },
  ...{ projectName: names.get(line.project) ?? null, on, amount: line.free, probability: line.probability },
  ...{ direction: line.direction === 'in' ? 'income' : 'expense', why: 'funds_plan' },
})

const causesShown = 3
const weeks = 13

export function curveOf(
  flows: readonly ExpectedFlow[],
  { opening, today, months: count, safety }: { opening: Decimal; today: string; months: number; safety: Decimal },
): Curve {
  const months = monthsFrom(today, count)
  const last = months.at(-1) ?? today.slice(0, 7)
  const byMonth = grouped(flows, flow => flow.on.slice(0, 7))
  const days = weeksFrom(today)
  const byWeek = grouped(flows, flow => days.findLast(day => flow.on >= day) ?? today)
  const end = dayAfter(days.at(-1) ?? today, 6)
  const inWeek = (day: string) => (byWeek.get(day) ?? []).filter(flow => flow.on <= end)
  const monthly = cashForecast(
    opening,
    months.map(period => cashOf(period, byMonth.get(period) ?? [])),
    safety,
  )
  const weekly = cashForecast(
    opening,
    days.map(day => cashOf(day, inWeek(day))),
    safety,
  )
  const beyond = flows.filter(flow => flow.on.slice(0, 7) > last)
  return {
    months: monthly.months,
    weeks: weekly.months,
    ...{ peak: monthly.peak, lowest: monthly.lowest },
    short: monthly.months.flatMap(month => shortOf(month, byMonth.get(month.period) ?? [])),
    later: { in: sumOf(beyond, 'income'), out: sumOf(beyond, 'expense') },
  }
}

function shortOf({ period, closing, alert }: ForecastMonth, flows: readonly ExpectedFlow[]): Curve['short'] {
  if (alert === null) return []
  const causes = flows
    .filter(flow => flow.direction === 'expense')
    .sort(larger)
    .slice(0, causesShown)
  return [{ period, closing, alert, causes }]
}

const cashOf = (period: string, flows: readonly ExpectedFlow[]): CashMonth => ({
  period,
  in: flows.filter(flow => flow.direction === 'income'),
  out: flows.flatMap(flow => (flow.direction === 'expense' ? [flow.amount] : [])),
})

/** Before probabilities. */
export const sumOf = (list: readonly ExpectedFlow[], direction: ExpectedFlow['direction']): Decimal =>
  r2(sum(list.filter(flow => flow.direction === direction).map(flow => flow.amount)))

export const monthsFrom = (today: string, count: number): string[] =>
  Array.from({ length: Math.min(36, Math.max(1, count)) }, (_, at) => shifted(today.slice(0, 7), at))

/** Today, then every Monday: thirteen weeks. */
function weeksFrom(today: string): string[] {
  const weekday = (new Date(`${today}T00:00:00Z`).getUTCDay() + 6) % 7
  return Array.from({ length: weeks }, (_, at) => (at === 0 ? today : dayAfter(today, 7 * at - weekday)))
}
