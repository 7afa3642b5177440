// A list as a sheet: the rows, columns, order, groups and rights of the screen, a header on each page, sums, and who prints it.
import { type Decimal, EMPTY, formatAmount, isDecimal, sum } from '@yingzao/engines/money'
import type { Cell, Column } from '@yingzao/formats/pdf'
import { rightsOf } from '@yingzao/kernel/access/rights'
import { isNone, keyOf } from '@yingzao/kernel/access/rows'
import type { Ctx } from '@yingzao/kernel/context'
import type { Json, Query } from '@yingzao/kernel/entity'
import { Refusal, refuse } from '@yingzao/kernel/refuse'
import { shapeOf } from '@yingzao/kernel/registry'
import { aggregate, exportRows } from '@yingzao/kernel/server'
import { type ExchangeColumn, exportColumns } from '../exchange/column.ts'
import { companyOf } from './company.ts'
import { addsUp, labelOf, totalsLine } from './sheet-of-record.ts'
import type { Ending, Portion, SentSheet } from './thread-message.ts'
import { isFigure, moment, printed } from './value.ts'
import { say } from './words.ts'

/** More than that is no reading matter: about 300 pages. */
export const mostRows = 10_000
/** Columns that upright paper holds. */
const upright = 6

export interface ListPrint {
  readonly sheet: SentSheet
  /** Refuses `print.too_many_rows` on the way. */
  readonly rows: AsyncIterable<Portion>
  readonly ending: () => Ending
}

export interface ListPrintOptions {
  /** Names a saved view. */
  readonly title: string
  /** Rows of one value of this field stand together, with their sum. */
  readonly group: string | null
}

/** Refuses `access.denied` where the reader may not export, `query.field` for a group he may not see. */
export async function sheetOfList(
  ctx: Ctx,
  entity: string,
  asked: Query,
  { title, group }: ListPrintOptions,
): Promise<ListPrint> {
  if (isNone(rightsOf(ctx, entity).rows('export'))) throw refuse('access.denied', { function: 'export' })
  const query = group === null ? asked : { ...asked, sort: sortedBy(group, asked.sort ?? []) }
  await refuseTooMany(ctx, entity, query)
  const { def } = shapeOf(ctx.registry, entity)
  const { lang } = ctx
  const columns = exportColumns(ctx, entity, query.fields).filter(({ key, lines }) => key !== 'id' && lines === null)
  if (columns.length === 0) throw refuse('print.no_columns')
  const heads: Column[] = [
    { label: say(lang, 'no') },
    ...columns.map(({ name, def }) => ({
      label: labelOf(def, lang),
      ...(isFigure(def) ? { figure: true } : {}),
      ...(addsUp(name, def) ? { summed: true } : {}),
    })),
  ]
  const grouping = group === null ? null : exportColumns(ctx, entity, [group]).find(({ key }) => key === group)
  if (grouping === undefined) throw refuse('query.field', { field: group ?? '' })
  const apart = exportColumns(ctx, entity, def.apart === undefined ? [] : [def.apart]).find(
    ({ key }) => key === def.apart,
  )
  const seen: Seen = { count: 0, sums: noughts(columns), apart: new Set() }
  const by = say(lang, 'printedBy', { name: ctx.principal.name, at: moment(ctx.now, ctx.zone) })
  return {
    sheet: {
      landscape: columns.length > upright,
      lang,
      head: {
        company: await companyOf(ctx, null, null),
        title: title || def.label[lang],
        about: [
          query.search ? `“${query.search}”` : '',
          Object.keys(query.filter ?? {}).length > 0 ? say(lang, 'narrowed') : '',
        ].filter(each => each !== ''),
      },
      blocks: [
        { is: 'table', columns: heads, rows: 'follow', none: say(lang, 'noRows') },
        {
          is: 'signatures',
          boxes: [
            { label: say(lang, 'maker'), name: ctx.principal.name },
            { label: say(lang, 'checker'), name: '' },
            { label: say(lang, 'approver'), name: '' },
          ],
        },
      ],
      ...{ pictures: {}, foot: by, note: '', watermark: null },
      about: { author: ctx.principal.name, subject: def.label[lang], keywords: entity },
    },
    rows: portions({ ctx, entity, query, columns, grouping, heads, apart: apart ?? null }, seen),
    ending: () => ({
      foot: `${by} · ${say(lang, 'rows', { count: seen.count })}`,
      // What comes in and what goes out make no total: grouped, each has its own.
      ...(seen.apart.size < 2 && seen.sums.some(each => each !== null)
        ? { totals: totalsLine(lang, heads, [null, ...seen.sums]) }
        : {}),
    }),
  }
}

/** Before anything is rendered, where the rows to print can be counted: those that may be exported are those that may be read. */
async function refuseTooMany(ctx: Ctx, entity: string, { where, filter, search }: Query): Promise<void> {
  const rights = rightsOf(ctx, entity)
  if (keyOf(rights.rows('export')) !== keyOf(rights.rows('read'))) return
  const narrowing = {
    ...(where === undefined ? {} : { where }),
    ...(filter === undefined ? {} : { filter }),
    ...(search === undefined ? {} : { search }),
  }
  const [row] = await aggregate(ctx, entity, { ...narrowing, measures: [{ fn: 'count' }] }).catch((error: unknown) => {
    // A condition on what some rows hide is not counted by; the rows themselves will tell.
    if (error instanceof Refusal && error.code === 'query.field') return []
    throw error
  })
  if (Number(row?.values[0] ?? 0) > mostRows) throw refuse('print.too_many_rows', { limit: mostRows })
}

/** What was read so far. Sums are of the rows printed and no others, so that they are right for whoever prints. */
interface Seen {
  count: number
  /** By column; null where nothing adds up, or where a row hides its amount: a sum without it would be wrong. */
  readonly sums: (Decimal | null)[]
  /** Which values of the field that is summed apart. */
  readonly apart: Set<string>
}

interface Asked {
  readonly ctx: Ctx
  readonly entity: string
  readonly query: Query
  readonly columns: readonly ExchangeColumn[]
  readonly grouping: ExchangeColumn | null
  readonly apart: ExchangeColumn | null
  readonly heads: readonly Column[]
}
type Row = Readonly<Record<string, Json>>

const noughts = (columns: readonly ExchangeColumn[]): (Decimal | null)[] =>
  columns.map(({ name, def }) => (addsUp(name, def) ? '0' : null))

const sortedBy = (group: string, sort: readonly string[]): string[] => {
  const [first] = sort
  return first?.replace(/^-/, '') === group ? [...sort] : [group, ...sort]
}

function count(seen: Seen, columns: readonly ExchangeColumn[], rows: readonly Row[]): void {
  seen.count += rows.length
  columns.forEach(({ name }, at) => {
    const before = seen.sums[at]
    if (before === null || before === undefined) return
    const amounts = rows.flatMap(row => {
      const value = row[name]
      return typeof value === 'string' && isDecimal(value) ? [value] : []
    })
    seen.sums[at] = rows.some(row => !(name in row)) ? null : sum([before, ...amounts])
  })
}

async function* portions(asked: Asked, seen: Seen): AsyncGenerator<Portion> {
  const { ctx, entity, query, columns, grouping, apart } = asked
  const names = [...columns, ...(grouping ? [grouping] : []), ...(apart ? [apart] : [])].map(({ name }) => name)
  const open: { group?: Group } = {}
  for await (const page of exportRows(ctx, entity, { ...query, fields: [...new Set(names)] })) {
    if (seen.count + page.items.length > mostRows) throw refuse('print.too_many_rows', { limit: mostRows })
    const how = { lang: ctx.lang, zone: ctx.zone, refs: page.refs }
    const rows: readonly Row[] = page.items
    const cells: (readonly Cell[])[] = []
    for (const row of rows) {
      const key: string = grouping ? JSON.stringify(row[grouping.name] ?? null) : ''
      if (grouping && open.group?.key !== key) {
        if (open.group) cells.push(groupSum(asked, open.group))
        open.group = { key, count: 0, sums: noughts(columns), apart: new Set() }
        cells.push(
          across(asked, `${labelOf(grouping.def, ctx.lang)} ${printed(row[grouping.name], grouping.def, how)}`),
        )
      }
      count(seen, columns, [row])
      if (apart) seen.apart.add(JSON.stringify(row[apart.name] ?? null))
      if (apart) open.group?.apart.add(JSON.stringify(row[apart.name] ?? null))
      if (open.group) count(open.group, columns, [row])
      cells.push([
        String(seen.count),
        ...columns.map(({ name, def }) => (name in row ? printed(row[name], def, how) : EMPTY)),
      ])
    }
    yield cells
  }
  if (open.group) yield [groupSum(asked, open.group)]
}

interface Group extends Seen {
  /** Of the value that its rows share. */
  readonly key: string
}
const strong = (texts: readonly string[]): readonly Cell[] => texts.map(text => ({ text, strong: true }))

/** Words stand in the first column that is no number. */
const firstText = (heads: readonly Column[]): number =>
  Math.max(
    0,
    heads.findIndex(({ figure }, at) => at > 0 && !figure),
  )
const across = ({ heads }: Asked, text: string): readonly Cell[] =>
  strong(heads.map((_, at) => (at === firstText(heads) ? text : '')))

/** How many they are, and what they come to. */
const groupSum = ({ ctx, heads }: Asked, { count, sums, apart }: Group): readonly Cell[] =>
  strong(
    [null, ...sums].map((value, at) =>
      at === firstText(heads)
        ? say(ctx.lang, 'subtotal', { count })
        : value === null || apart.size > 1
          ? ''
          : formatAmount(value),
    ),
  )
