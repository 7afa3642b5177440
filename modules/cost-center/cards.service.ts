// What the cards of the cost center show: the same figures as its pages, by the same hands.
import { compare, type Decimal, divide, subtract, sum } from '@yingzao/engines/money'
import type { CardContent, CardLink, CardRow, CardsRead, CardValue, Label } from '@yingzao/kernel/entity'
import { act, type Ctx, metrics, titlesOf } from '@yingzao/kernel/server'
import { figuresOf, reckonLeaf } from './reckon.ts'
import type { ProjectLine } from './shape.ts'
import { companyCost, costs, forecastsOf, leafOf } from './standing.service.ts'
import { usedContracts } from './used.ts'

const MOST = 6
const label = (zh: string, en: string): Label => ({ zh, en })
const project = label('项目', 'Project')
const target = label('目标成本', 'Target')
const expected = label('动态成本', 'Dynamic cost')
const deviation = label('偏差', 'Deviation')

export const amount = (value: Decimal | null, opens?: CardLink): CardValue => ({
  ...{ value, unit: 'money' },
  ...(value?.startsWith('-') ? { tone: 'bad' } : {}),
  ...(opens ? { opens } : {}),
})
const share = (value: Decimal | null): CardValue => ({
  ...{ value, unit: 'share' },
  ...(value?.startsWith('-') ? { tone: 'bad' } : {}),
})
const costTab = (id: string): CardLink => ({ entity: 'project', id, tab: 'cost' })

export default act('cost_center.cards', async (ctx, input): Promise<CardsRead> => {
  const asked = Array.isArray(input.cards) ? input.cards : ['cost.items', 'cost.used']
  const { lines, total } = await companyCost(ctx, {})
  return {
    'cost.margin': marginCard(lines),
    'cost.projects': {
      columns: [project, target, expected, deviation],
      rows: lines.slice(0, MOST).map(line => ({
        ...{ title: line.name, opens: costTab(line.project) },
        cells: [
          amount(line.target, { metric: 'cost.target', title: line.name, where: { project: line.project } }),
          amount(line.expected, costTab(line.project)),
          amount(line.deviation, costTab(line.project)),
        ],
      })),
      total: [amount(total.target), amount(total.expected), amount(total.deviation)],
      count: lines.length,
    },
    ...(asked.includes('cost.used') ? { 'cost.used': await usedCard(ctx) } : {}),
    ...(asked.includes('cost.items') ? { 'cost.items': await itemsCard(ctx, lines) } : {}),
  }
})

/** Those that have an income contract the reader sees; the total is of all of them, not of the rows shown. */
function marginCard(lines: readonly ProjectLine[]): CardContent {
  const sold = lines.flatMap(({ margin, income: { net }, ...line }) =>
    margin === null || net === null ? [] : [{ ...line, margin, net }],
  )
  sold.sort((a, b) => compare(a.marginRatio ?? '-9', b.marginRatio ?? '-9'))
  const all = { net: sum(sold.map(each => each.net)), margin: sum(sold.map(each => each.margin)) }
  return {
    columns: [
      project,
      label('收入（不含税）', 'Income (net)'),
      label('预计毛利', 'Margin'),
      label('毛利率', 'Margin %'),
    ],
    rows: sold.slice(0, MOST).map(line => ({
      ...{ title: line.name, opens: costTab(line.project) },
      cells: [
        amount(line.net, { metric: 'income.sum_net', title: line.name, where: { project: line.project } }),
        amount(line.margin, costTab(line.project)),
        share(line.marginRatio),
      ],
    })),
    total: [amount(all.net), amount(all.margin), share(divide(all.margin, all.net, 6) ?? null)],
    count: sold.length,
  }
}

/** Read for the projects that have such items only. */
async function itemsCard(ctx: Ctx, lines: readonly ProjectLine[]): Promise<CardContent> {
  const over = lines.filter(line => line.over > 0)
  if (over.length === 0) return { rows: [] }
  const ids = over.map(line => line.project)
  const [{ rows }, forecasts] = await Promise.all([
    metrics(ctx, costs, { where: { project: ids }, by: ['project', 'item'] }),
    forecastsOf(ctx, null, false),
  ])
  const left = new Set(forecasts.keys())
  const reckoned = rows.map(row => {
    const key = row.key.join(' ')
    left.delete(key)
    return { key: row.key, figures: figuresOf([reckonLeaf(leafOf(row, forecasts.get(key)))]) }
  })
  for (const key of left) {
    const [of = '', item = ''] = key.split(' ')
    if (ids.includes(of))
      reckoned.push({ key: [of, item], figures: figuresOf([reckonLeaf(leafOf({ values: {} }, forecasts.get(key)))]) })
  }
  const found = reckoned
    .filter(({ figures }) => compare(figures.deviation, '0') < 0)
    .sort((a, b) => compare(a.figures.deviation, b.figures.deviation))
  const titles = await titlesOf(
    ctx,
    'cost_item',
    found.flatMap(({ key: [, item] }) => item ?? []),
  )
  const names = new Map(over.map(line => [line.project, line.name]))
  const sumOf = (name: 'target' | 'expected'): Decimal => sum(found.map(({ figures }) => figures[name]))
  return {
    columns: [label('成本科目', 'Cost item'), target, expected, deviation],
    rows: found.slice(0, MOST).map(({ key: [of = '', item = ''], figures }): CardRow => {
      const title = titles[item ?? ''] ?? '—'
      const where = { project: of ?? '', item: item ?? '' }
      return {
        ...{ title, note: names.get(of ?? '') ?? '', opens: costTab(of ?? '') },
        cells: [
          amount(figures.target, { metric: 'cost.target', title, where }),
          amount(figures.expected, costTab(of ?? '')),
          amount(figures.deviation, costTab(of ?? '')),
        ],
      }
    }),
    total: [amount(sumOf('target')), amount(sumOf('expected')), amount(subtract(sumOf('target'), sumOf('expected')))],
    count: found.length,
  }
}

async function usedCard(ctx: Ctx): Promise<CardContent> {
  const found = await usedContracts(ctx, '0.9')
  const titles = await titlesOf(
    ctx,
    'contract',
    found.map(each => each.contract),
  )
  return {
    columns: [
      label('合同', 'Contract'),
      label('现合同额', 'Sum'),
      label('累计计量', 'Measured'),
      label('使用率', 'Used'),
    ],
    rows: found.slice(0, MOST).map(each => {
      const title = titles[each.contract] ?? '—'
      const where = { contract: each.contract }
      return {
        ...{ title, opens: { entity: 'contract', id: each.contract, tab: 'standing' } },
        cells: [
          amount(each.sum, { metric: 'expense.sum', title, where }),
          amount(each.measured, { metric: 'expense.measured', title, where }),
          { ...share(each.share), tone: compare(each.share, '1') >= 0 ? 'bad' : 'warn' },
        ],
      }
    }),
    count: found.length,
  }
}
