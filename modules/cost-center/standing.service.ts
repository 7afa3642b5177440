// 项目成本中心: dynamic cost by cost item of a project, and of every project; from the ledgers, as far as the asker sees them.
import { add, compare, type Decimal, divide, subtract, sum } from '@yingzao/engines/money'
import { asId, isPlainDate, type MetricQuery, type MetricRow } from '@yingzao/kernel/entity'
import { act, all, type Ctx, get, metrics } from '@yingzao/kernel/server'
import { costItem } from '../cost-item/cost-item.entity.ts'
import { project } from '../project/project.entity.ts'
import { costForecast } from './cost-forecast.entity.ts'
import { figuresOf, type Leaf, levelOf, type Reckoned, reckonLeaf } from './reckon.ts'
import type { CompanyCost, CostFigures, CostRow, Income, ProjectCost, ProjectLine } from './shape.ts'

export const costs = [
  ...(['cost.target', 'cost.committed', 'cost.changes', 'cost.estimated', 'cost.direct'] as const),
  ...(['cost.pending', 'cost.incurred'] as const),
] as const
const incomes = [
  ...['income.sum', 'income.sum_net', 'income.claimed', 'income.measured', 'income.measured_net', 'income.received'],
  'expense.paid',
]

const untilOf = (input: Readonly<Record<string, unknown>>): Pick<MetricQuery, 'until'> =>
  isPlainDate(input.until) ? { until: input.until } : {}
const of = (row: Pick<MetricRow, 'values'>, name: string): Decimal => row.values[name] ?? '0.00'

export const leafOf = (row: Pick<MetricRow, 'values'>, forecast: Forecast | undefined): Leaf => ({
  target: of(row, 'cost.target'),
  committed: of(row, 'cost.committed'),
  changes: of(row, 'cost.changes'),
  direct: of(row, 'cost.direct'),
  pending: of(row, 'cost.pending'),
  incurred: of(row, 'cost.incurred'),
  estimated: of(row, 'cost.estimated'),
  uncommitted: forecast?.uncommitted ?? null,
})

interface Forecast {
  readonly id: string
  readonly uncommitted: Decimal | null
}

/** By project and item. Forecasts are what people expect now: of a past day there are none. */
export async function forecastsOf(ctx: Ctx, of: string | null, past: boolean): Promise<Map<string, Forecast>> {
  if (past) return new Map()
  const found = await all(ctx, costForecast, of === null ? {} : { filter: { project: { eq: of } } })
  return new Map(
    found.map(each => [`${each.project} ${each.item}`, { id: each.id, uncommitted: each.uncommitted_amount ?? null }]),
  )
}

const nothing: Pick<MetricRow, 'values'> = { values: {} }

export async function projectCost(ctx: Ctx, id: string, past: Pick<MetricQuery, 'until'>): Promise<ProjectCost> {
  const where = { project: id }
  const [byItem, byMonth, income, forecasts, items] = await Promise.all([
    metrics(ctx, costs, { where, by: ['item'], ...past }),
    metrics(ctx, ['cost.incurred', 'cost.committed', 'cost.target'], { where, by: ['item', 'period'], ...past }),
    metrics(ctx, incomes, { where, ...past }),
    forecastsOf(ctx, id, past.until !== undefined),
    all(ctx, costItem, { fields: ['code', 'title', 'parent', 'leaf'], sort: ['code'] }),
  ])
  const known = new Map(items.map(each => [String(each.id), each]))
  const leaves = new Map<string, Reckoned>()
  for (const row of byItem.rows) {
    const [item] = row.key
    if (item) leaves.set(item, reckonLeaf(leafOf(row, forecasts.get(`${id} ${item}`))))
  }
  for (const [key] of forecasts) {
    const item = key.slice(37)
    if (!leaves.has(item)) leaves.set(item, reckonLeaf(leafOf(nothing, forecasts.get(key))))
  }
  // Every item above one that has figures is a row, too.
  const below = new Map<string, Reckoned[]>()
  const above = (item: string): string[] => {
    const path: string[] = []
    for (let at: string | null = item; at !== null && !path.includes(at); at = known.get(at)?.parent ?? null)
      path.push(at)
    return path
  }
  for (const [item, reckoned] of leaves)
    for (const each of above(item)) below.set(each, [...(below.get(each) ?? []), reckoned])
  const rows = items.flatMap((each): CostRow[] => {
    const parts = below.get(each.id)
    if (!parts) return []
    const figures = figuresOf(parts)
    return [
      {
        ...figures,
        item: each.id,
        parent: each.parent,
        depth: above(each.id).length - 1,
        code: each.code,
        title: each.title ?? each.code,
        leaf: each.leaf,
        forecast: forecasts.get(`${id} ${each.id}`)?.id ?? null,
        level: levelOf(figures),
      },
    ]
  })
  const total = figuresOf([...leaves.values()])
  const gained = incomeOf(income.total)
  return {
    rows,
    total,
    income: gained,
    margin: gained.net === null ? null : subtract(gained.net, total.expected),
    marginSoFar: gained.revenue === null ? null : subtract(gained.revenue, total.incurred),
    months: byMonth.rows.flatMap(({ key: [item, month], values }) => {
      const top = item ? above(item).at(-1) : undefined
      return top && month
        ? [
            {
              ...{ month, item: top, incurred: values['cost.incurred'] ?? '0.00' },
              ...{ committed: values['cost.committed'] ?? '0.00', target: values['cost.target'] ?? '0.00' },
            },
          ]
        : []
    }),
  }
}

const incomeOf = (values: MetricRow['values']): Income => ({
  sum: values['income.sum'] ?? null,
  net: values['income.sum_net'] ?? null,
  claimed: values['income.claimed'] ?? null,
  measured: values['income.measured'] ?? null,
  revenue: values['income.measured_net'] ?? null,
  received: values['income.received'] ?? null,
})

/** Of a project: sums of its items, and what forecasts change in some of them. */
function summed(row: Pick<MetricRow, 'values'>, corrections: readonly Correction[]): CostFigures & { over: number } {
  const target = of(row, 'cost.target')
  const [committed, direct] = [of(row, 'cost.committed'), of(row, 'cost.direct')]
  const estimated = of(row, 'cost.estimated')
  const uncommitted = add(of(row, 'cost.left'), sum(corrections.map(each => each.uncommitted)))
  const expected = sum([committed, estimated, direct, uncommitted])
  const incurred = of(row, 'cost.incurred')
  const deviation = subtract(target, expected)
  return {
    ...{
      target,
      committed,
      changes: of(row, 'cost.changes'),
      estimated,
      direct,
      uncommitted,
      expected,
      incurred,
      deviation,
    },
    contracted: subtract(committed, of(row, 'cost.changes')),
    pending: of(row, 'cost.pending'),
    toGo: subtract(expected, incurred),
    deviationRatio: divide(subtract(expected, target), target, 6) ?? null,
    over: Number(of(row, 'cost.over')) + corrections.reduce((count, each) => count + each.over, 0),
  }
}

/** What a forecast adds to W of an item, and whether the item exceeds its target because of it. */
interface Correction {
  readonly uncommitted: Decimal
  readonly over: number
}

async function correctionsOf(ctx: Ctx, forecasts: ReadonlyMap<string, Forecast>): Promise<Map<string, Correction[]>> {
  const found = new Map<string, Correction[]>()
  if (forecasts.size === 0) return found
  const keys = [...forecasts.keys()].map(key => key.split(' '))
  const where = { project: keys.map(([of = '']) => of), item: keys.map(([, item = '']) => item) }
  const { rows } = await metrics(ctx, costs, { where, by: ['project', 'item'] })
  const known = new Map(rows.map(row => [row.key.join(' '), row]))
  for (const [key, forecast] of forecasts) {
    const row = known.get(key) ?? nothing
    const [before, after] = [reckonLeaf(leafOf(row, undefined)), reckonLeaf(leafOf(row, forecast))]
    const isOver = ({ standing }: Reckoned) => Number(compare(standing.deviation, '0') < 0)
    const project = key.slice(0, 36)
    found.set(project, [
      ...(found.get(project) ?? []),
      {
        uncommitted: subtract(after.standing.uncommitted, before.standing.uncommitted),
        over: isOver(after) - isOver(before),
      },
    ])
  }
  return found
}

/** Projects whose money the asker sees, the worst deviation first. */
export async function companyCost(ctx: Ctx, past: Pick<MetricQuery, 'until'>): Promise<CompanyCost> {
  const [booked, income, corrections] = await Promise.all([
    metrics(ctx, [...costs, 'cost.left', 'cost.over'], { by: ['project'], ...past }),
    metrics(ctx, incomes, { by: ['project'], ...past }),
    forecastsOf(ctx, null, past.until !== undefined).then(forecasts => correctionsOf(ctx, forecasts)),
  ])
  const bookedBy = new Map(booked.rows.map(row => [row.key[0] ?? '', row]))
  const incomeBy = new Map(income.rows.map(row => [row.key[0] ?? '', row.values]))
  const ids = [...new Set([...bookedBy.keys(), ...incomeBy.keys(), ...corrections.keys()])].filter(Boolean)
  const shown = new Map(
    (await all(ctx, project, { filter: { id: { in: ids } }, fields: ['name', 'short_name', 'stage'] })).map(each => [
      String(each.id),
      each,
    ]),
  )
  const lines = ids.map((id): ProjectLine => {
    const figures = summed(bookedBy.get(id) ?? nothing, corrections.get(id) ?? [])
    const values = incomeBy.get(id) ?? {}
    const gained = incomeOf(values)
    const margin = gained.net === null ? null : subtract(gained.net, figures.expected)
    const record = shown.get(id)
    return {
      ...figures,
      project: id,
      name: record?.short_name ?? record?.name ?? '',
      stage: record?.stage ?? '',
      income: gained,
      paid: values['expense.paid'] ?? null,
      margin,
      marginRatio: margin === null ? null : (divide(margin, gained.net ?? '0', 6) ?? null),
    }
  })
  const { over: _, ...total } = summed({ values: booked.total }, [...corrections.values()].flat())
  return { lines: lines.sort((a, b) => compare(a.deviation, b.deviation)), total }
}

export const ofProject = act('cost_center.project', async (ctx, input): Promise<ProjectCost> => {
  const id = asId('project', String(input.project))
  await get(ctx, project, id)
  return projectCost(ctx, id, untilOf(input))
})

export const ofCompany = act(
  'cost_center.company',
  (ctx, input): Promise<CompanyCost> => companyCost(ctx, untilOf(input)),
)
