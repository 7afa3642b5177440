// 不可预见费消耗: what the versions of the target set aside and drew, against the progress of the work and what may still ask for it.
import { contingencyStanding } from '@yingzao/engines/dynamic-cost'
import { add, type Decimal, divide, isZero, multiply, parseDecimal, r2, subtract, sum } from '@yingzao/engines/money'
import {
  asId,
  type Id,
  isPlainDate,
  type MetricEntries,
  type MetricEntry,
  type PlainDate,
  type RecordOf,
} from '@yingzao/kernel/entity'
import { act, all, type Ctx, get, metricEntries, metrics } from '@yingzao/kernel/server'
import { budget } from '../budget/budget.entity.ts'
import { contingencyItems } from '../budget/public.ts'
import { variation } from '../contract/variation.entity.ts'
import { project } from '../project/project.entity.ts'
import { plan } from '../schedule/plan.entity.ts'
import { readRisk, standingsOf } from '../schedule/public.ts'
import type { ContingencyFigures, ContingencyLine, Draw, ProjectContingency } from './contingency-shape.ts'

type Budget = RecordOf<typeof budget>
const fields = [
  ...(['project', 'name', 'number', 'version_no', 'draw_cause', 'draw_risk', 'draw_variation', 'reason'] as const),
]
const DAY = 86_400_000
const numberOf = (day: PlainDate): number => Date.parse(`${day}T00:00:00Z`) / DAY
function dayOf(count: number): PlainDate | null {
  // Beyond a century it is not a forecast any more.
  if (!Number.isFinite(count) || count > 73_000) return null
  const day = new Date(count * DAY).toISOString().slice(0, 10)
  return isPlainDate(day) ? day : null
}

interface Move {
  readonly of: Budget
  readonly on: PlainDate
  readonly amount: Decimal
}

/**
 * By project, oldest first: what each version of its target put into contingency or took out of it, from the ledger, as far as
 * the asker sees it: also of versions older than the mark on the cost item.
 */
async function movesOf(ctx: Ctx, of: string | null): Promise<Map<string, Move[]>> {
  const items = [...(await contingencyItems(ctx))]
  const found = new Map<string, Move[]>()
  if (items.length === 0) return found
  const entries: MetricEntry[] = []
  let after: string | null = null
  do {
    const page: MetricEntries = await metricEntries(
      ctx,
      'cost.target',
      { where: { item: items, ...(of === null ? {} : { project: of }) } },
      after,
    )
    entries.push(...page.items)
    after = page.next
  } while (after !== null)
  const ids = [...new Set(entries.map(each => each.document))]
  const versions = new Map(
    (await all(ctx, budget, { filter: { id: { in: ids } }, fields })).map(each => [each.id, each]),
  )
  const byVersion = new Map<string, Move>()
  for (const { document, on, measures } of entries) {
    const version = versions.get(asId('budget', document))
    const amount = add(byVersion.get(document)?.amount ?? '0.00', measures.target ?? '0')
    if (version) byVersion.set(document, { of: version, on, amount })
  }
  for (const move of byVersion.values())
    if (!isZero(move.amount)) found.set(move.of.project, [...(found.get(move.of.project) ?? []), move])
  for (const moves of found.values()) moves.sort((a, b) => (a.of.version_no ?? 0) - (b.of.version_no ?? 0))
  return found
}

function figuresOf(ctx: Ctx, moves: readonly Move[], progress: Decimal | null, exposure: Decimal) {
  const { usedUpOn, covered, ...standing } = contingencyStanding({
    moves: moves.map(({ on, amount }) => ({ day: numberOf(on), amount })),
    today: numberOf(ctx.today),
    ...{ progress, exposure },
  })
  const figures: ContingencyFigures = { ...standing, progress, usedUpOn: usedUpOn === null ? null : dayOf(usedUpOn) }
  return { figures, covered }
}

async function exposureOf(ctx: Ctx, of: Id<'project'>, current: RecordOf<typeof plan> | undefined) {
  const read = current && readRisk(current.risk, current.risk_costs)
  const risks = (read?.ok ? read.risk.events : []).flatMap(({ name, probability, cost }) => {
    const amount = parseDecimal(cost)
    return amount === undefined || isZero(amount)
      ? []
      : [{ name, probability, amount: r2(multiply(amount, divide(`${probability}`, '100', 6) ?? '0')) }]
  })
  const waiting = await all(ctx, variation, {
    filter: { project: { eq: of }, direction: { eq: 'expense' }, state: { eq: 'pending' } },
    fields: ['gross_amount', 'net_amount', 'deductible'],
  })
  const expected = await metrics(ctx, ['cost.estimated'], { where: { project: of } })
  const total = (amounts: readonly (Decimal | null | undefined)[]) => add('0.00', sum(amounts.map(each => each ?? '0')))
  const pending = total(waiting.map(each => (each.deductible ? each.net_amount : each.gross_amount)))
  const estimated = expected.total['cost.estimated'] ?? '0.00'
  return { risks, pending, estimated, total: total([...risks.map(each => each.amount), pending, estimated]) }
}

/** Those of the project that the asker sees, by number. */
async function variationsOf(
  ctx: Ctx,
  project: string,
  numbers: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (numbers.length === 0) return new Map()
  const filter = { project: { eq: project }, number: { in: [...new Set(numbers)] } }
  const found = await all(ctx, variation, { filter, fields: ['number'] })
  return new Map(found.flatMap(({ id, number }) => (number === null ? [] : [[number, id] as const])))
}

export const ofProject = act('cost_center.contingency', async (ctx, input): Promise<ProjectContingency> => {
  const id = asId('project', String(input.project))
  const { progress_pct } = await get(ctx, project, id)
  const moves = (await movesOf(ctx, id)).get(id) ?? []
  const [found] = await all(ctx, plan, {
    filter: { project: { eq: id }, current: { eq: true } },
    fields: ['risk', 'risk_costs', 'revision'],
  })
  const current = found && (await get(ctx, plan, found.id))
  const exposure = await exposureOf(ctx, id, current)
  const { figures, covered } = figuresOf(ctx, moves, progress_pct ?? null, exposure.total)
  const variations = await variationsOf(
    ctx,
    id,
    moves.flatMap(({ of }) => of.draw_variation ?? []),
  )
  let left: Decimal = '0.00'
  const draws = moves.map(({ of, on, amount }): Draw => {
    left = add(left, amount)
    return {
      ...{ budget: of.id, name: of.name, number: of.number, version: of.version_no, on, amount, left },
      ...{ cause: of.draw_cause, risk: of.draw_risk, reason: of.reason },
      variation: variations.get(of.draw_variation ?? '') ?? null,
      variationName: of.draw_variation,
    }
  })
  const standings = current ? await standingsOf(ctx, current) : []
  const history = standings.flatMap(({ at, ev, bac }) => {
    const on = dayOf(Math.floor(at / 1440))
    const share = divide(ev, bac, 6)
    return on === null || share === undefined ? [] : [{ on, progress: share }]
  })
  return { ...figures, today: ctx.today, draws, history, exposure, covered }
})

/** Projects with contingency whose money the asker sees, the furthest ahead of its work first. */
export async function contingencyLines(ctx: Ctx): Promise<ContingencyLine[]> {
  const moves = await movesOf(ctx, null)
  const projects = await all(ctx, project, {
    filter: { id: { in: [...moves.keys()] } },
    fields: ['name', 'short_name', 'progress_pct'],
  })
  const lines = projects.map((each): ContingencyLine => {
    const { figures } = figuresOf(ctx, moves.get(each.id) ?? [], each.progress_pct ?? null, '0')
    return { ...figures, project: each.id, name: each.short_name ?? each.name }
  })
  const share = ({ drawnShare, progress }: ContingencyLine) => Number(subtract(drawnShare ?? '0', progress ?? '0'))
  return lines.sort((a, b) => share(b) - share(a))
}

export const ofCompany = act('cost_center.contingencies', async ctx => ({ lines: await contingencyLines(ctx) }))
