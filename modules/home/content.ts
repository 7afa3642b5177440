// What stands on a card: metrics asked together, the first records of a list with its count and sums, or what its module reads.

import { add, type Decimal, isDecimal, sum } from '@yingzao/engines/money'
import type {
  Card,
  CardContent,
  CardFigure,
  CardFigureShown,
  CardList,
  CardRow,
  CardValue,
  Json,
  MetricAnswer,
} from '@yingzao/kernel/entity'
import { all, type Ctx, list, metrics, perform, Refusal } from '@yingzao/kernel/server'

const MOST = 6

type Of = Extract<CardFigure, { readonly metric: string }>
const isMetric = (figure: CardFigure): figure is Of => 'metric' in figure

/** Asks what the cards need: metrics of one query together, an action once for all its cards. */
export async function contentsOf(ctx: Ctx, cards: readonly Card[]): Promise<Map<string, CardContent | null>> {
  const found = new Map<string, CardContent | null>()
  const answers = await metricAnswers(ctx, cards)
  const asked = new Map<string, string[]>()
  for (const { reads, name } of cards) if (reads) asked.set(reads, [...(asked.get(reads) ?? []), name])
  const read = new Map<string, Readonly<Record<string, CardContent>>>()
  for (const [action, names] of asked)
    read.set(action, (await unlessRefused(() => readCards(ctx, action, names))) ?? {})
  for (const card of cards)
    found.set(
      card.name,
      card.reads !== undefined
        ? (read.get(card.reads)?.[card.name] ?? null)
        : await unlessRefused(async () => ({
            ...(await listed(ctx, card)),
            figures: await figures(ctx, card, answers),
          })),
    )
  return found
}

/** A sum that would have to leave out what is hidden is refused: that card says so, the others stand. */
async function unlessRefused<T>(read: () => Promise<T>): Promise<T | null> {
  try {
    return await read()
  } catch (error) {
    if (error instanceof Refusal) return null
    throw error
  }
}

/** The action of a module: told which cards are shown, it answers them by name. */
async function readCards(ctx: Ctx, action: string, cards: Json): Promise<Readonly<Record<string, CardContent>>> {
  const answer: unknown = await perform(ctx, action, { cards })
  return isCards(answer) ? answer : {}
}
const isCards = (value: unknown): value is Readonly<Record<string, CardContent>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const queryOf = (ctx: Ctx, { where, thisMonth }: Of) => {
  const all = { ...where, ...(thisMonth ? { period: ctx.today.slice(0, 7) } : {}) }
  return Object.keys(all).length > 0 ? { where: all } : {}
}

async function metricAnswers(ctx: Ctx, cards: readonly Card[]): Promise<Map<string, MetricAnswer>> {
  const groups = new Map<string, { query: ReturnType<typeof queryOf>; names: Set<string> }>()
  for (const figure of cards.flatMap(({ figures = [] }) => figures.filter(isMetric))) {
    const query = queryOf(ctx, figure)
    const key = JSON.stringify(query)
    const group = groups.get(key) ?? { query, names: new Set() }
    group.names.add(figure.metric)
    groups.set(key, group)
  }
  const answers = new Map<string, MetricAnswer>()
  for (const [key, { query, names }] of groups) answers.set(key, await metrics(ctx, [...names], query))
  return answers
}

async function figures(
  ctx: Ctx,
  { figures = [], list: of }: Card,
  answers: ReadonlyMap<string, MetricAnswer>,
): Promise<CardFigureShown[]> {
  const sums = of ? await sumsOf(ctx, of, figures) : []
  return figures.map((figure): CardFigureShown => {
    if (isMetric(figure)) {
      const query = queryOf(ctx, figure)
      const declared = ctx.registry.metrics.get(figure.metric)
      const value = answers.get(JSON.stringify(query))?.total[figure.metric] ?? null
      const label = figure.label ?? declared?.label ?? { zh: '', en: '' }
      return {
        ...{ label, value, unit: declared?.unit ?? 'number', ...toned(figure, value) },
        opens: { metric: figure.metric, title: label, ...query },
      }
    }
    const value = sums[of ? sumsAsked(figures).indexOf(figure) : -1] ?? null
    const opens = of ? { opens: { entity: of.entity, filter: of.filter } } : {}
    return {
      ...{ label: figure.label, value, unit: 'count' in figure ? 'number' : 'money' },
      ...toned(figure, value),
      ...opens,
    }
  })
}

const toned = ({ bad }: CardFigure, value: string | null): Pick<CardValue, 'tone'> =>
  value !== null && ((bad === 'negative' && value.startsWith('-')) || (bad === 'positive' && Number(value) > 0))
    ? { tone: 'bad' }
    : {}

const sumsAsked = (figures: readonly CardFigure[]) => figures.filter(each => !isMetric(each))

/** Of every record the reader sees; an amount that is hidden from him counts in none of his sums, as in his list. */
async function sumsOf(ctx: Ctx, of: CardList, figures: readonly CardFigure[]): Promise<Decimal[]> {
  const asked = sumsAsked(figures)
  if (asked.length === 0) return []
  const fields = asked.flatMap(each => ('sum' in each ? [each.sum] : []))
  const found: readonly Readonly<Record<string, unknown>>[] = await all(ctx, of.entity, {
    ...{ filter: of.filter, fields: fields.length > 0 ? fields : of.fields.split(' ').slice(0, 1) },
  })
  return asked.map((each): Decimal => {
    if (!('sum' in each)) return `${found.length}`
    const amounts = found.map(record => record[each.sum])
    return add('0.00', sum(amounts.filter((value): value is Decimal => typeof value === 'string' && isDecimal(value))))
  })
}

async function listed(ctx: Ctx, { list: of }: Card): Promise<Pick<CardContent, 'columns' | 'rows' | 'count'>> {
  if (!of) return {}
  const [first = 'number', ...others] = of.fields.split(' ')
  const page = await list(ctx, of.entity, {
    ...{ filter: of.filter, fields: [first, ...others], sort: [of.sort], limit: MOST, count: true },
  })
  const shape = ctx.registry.shapes.get(of.entity)
  const defOf = (name: string) => shape?.fields.get(name)?.def
  const shown = (name: string, value: Json | undefined): CardValue => {
    const def = defOf(name)
    if (value === null || value === undefined || value === '') return { value: null, unit: 'text' }
    const text = String(value)
    if (def?.kind === 'choice') return { value: def.options[text] ?? text, unit: 'text' }
    if (def?.kind === 'ref') return { value: page.refs[def.to]?.[text] ?? null, unit: 'text' }
    if (def?.kind === 'user' || def?.kind === 'org_unit')
      return { value: page.refs[def.kind]?.[text] ?? null, unit: 'text' }
    if (def?.kind === 'money') return { value: text, unit: 'money', ...(text.startsWith('-') ? { tone: 'bad' } : {}) }
    if (def?.kind === 'percent') return { value: text, unit: 'share' }
    if (def?.kind === 'date') return { value: text, unit: 'date' }
    return { value: text, unit: def?.kind === 'number' || def?.kind === 'integer' ? 'number' : 'text' }
  }
  return {
    columns: [first, ...others].map(name => defOf(name)?.label ?? { zh: name, en: name }),
    count: typeof page.count === 'number' ? page.count : (page.count?.value ?? page.items.length),
    rows: page.items.map((record): CardRow => {
      const values: Readonly<Record<string, Json | undefined>> = record
      const title = shown(first, values[first])
      return {
        title: title.value ?? '—',
        opens: { entity: of.entity, id: record.id },
        cells: others.map(name => shown(name, values[name])),
      }
    }),
  }
}
