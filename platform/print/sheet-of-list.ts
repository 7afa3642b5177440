// A list as a sheet: the rows, columns, order and rights of the screen, a header on each page, sums, and who prints it.
import { type Decimal, EMPTY, isDecimal, sum } from '@yingzao/engines/money'
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

/** Refuses `access.denied` where the reader may not export. `title` names a saved view. */
export async function sheetOfList(ctx: Ctx, entity: string, query: Query, title: string): Promise<ListPrint> {
  if (isNone(rightsOf(ctx, entity).rows('export'))) throw refuse('access.denied', { function: 'export' })
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
  const seen: Seen = { count: 0, sums: columns.map(({ name, def }) => (addsUp(name, def) ? '0' : null)) }
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
    rows: portions(ctx, entity, query, columns, seen),
    ending: () => ({
      foot: `${by} · ${say(lang, 'rows', { count: seen.count })}`,
      ...(seen.sums.some(each => each !== null) ? { totals: totalsLine(lang, heads, [null, ...seen.sums]) } : {}),
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
}

async function* portions(
  ctx: Ctx,
  entity: string,
  query: Query,
  columns: readonly ExchangeColumn[],
  seen: Seen,
): AsyncGenerator<Portion> {
  const fields = [...new Set(columns.map(({ name }) => name))]
  for await (const page of exportRows(ctx, entity, { ...query, fields })) {
    if (seen.count + page.items.length > mostRows) throw refuse('print.too_many_rows', { limit: mostRows })
    const how = { lang: ctx.lang, zone: ctx.zone, refs: page.refs }
    const rows: readonly Readonly<Record<string, Json>>[] = page.items
    columns.forEach(({ name }, i) => {
      const before = seen.sums[i]
      if (before === null || before === undefined) return
      const hidden = rows.some(row => !(name in row))
      const amounts = rows.flatMap(row => {
        const value = row[name]
        return typeof value === 'string' && isDecimal(value) ? [value] : []
      })
      seen.sums[i] = hidden ? null : sum([before, ...amounts])
    })
    yield rows.map((row): readonly Cell[] => {
      seen.count += 1
      return [
        String(seen.count),
        ...columns.map(({ name, def }) => (name in row ? printed(row[name], def, how) : EMPTY)),
      ]
    })
  }
}
