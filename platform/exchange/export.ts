// The rows of a query as a file, page by page: what the reader may see, never more, and nothing a spreadsheet evaluates.
import { PassThrough, type Readable } from 'node:stream'
import { writeCsv } from '@yingzao/formats/csv'
import type { CellValue } from '@yingzao/formats/table'
import { writeSheet } from '@yingzao/formats/xlsx'
import type { Ctx } from '@yingzao/kernel/context'
import type { Json, Query } from '@yingzao/kernel/entity'
import { exportRows as exportPages } from '@yingzao/kernel/server'
import { sheetColumn, writeCell } from './cell.ts'
import { type ExchangeColumn, exportColumns, importColumns } from './column.ts'

export type Format = { readonly kind: 'xlsx' } | { readonly kind: 'csv'; readonly encoding: 'utf-8' | 'gb18030' }
export type Write = (
  columns: Parameters<typeof writeCsv>[1],
  rows: Parameters<typeof writeCsv>[2],
  sheet: string,
) => Readable

/** Starts writing and returns the stream; an error on the way breaks the stream off, so no half file looks whole. */
export const writer =
  (format: Format, signal: AbortSignal): Write =>
  (columns, rows, sheet) => {
    const stream = new PassThrough({ highWaterMark: 256 * 1024 })
    const work =
      format.kind === 'xlsx'
        ? writeSheet(stream, columns, rows, { sheet, signal })
        : writeCsv(stream, columns, rows, { encoding: format.encoding, signal })
    work.catch((error: unknown) => stream.destroy(error instanceof Error ? error : new Error(String(error))))
    return stream
  }

export function exportRows(ctx: Ctx, entity: string, query: Query, zone: string, write: Write): Readable {
  const columns = exportColumns(ctx, entity, query.fields)
  const label = ctx.registry.entities.get(entity)?.def.label[ctx.lang] ?? entity
  return write(
    columns.map(column => sheetColumn(column.header, column.def, ctx.lang)),
    rowsOf(ctx, entity, query, columns, zone),
    label,
  )
}

async function* rowsOf(
  ctx: Ctx,
  entity: string,
  query: Query,
  columns: readonly ExchangeColumn[],
  zone: string,
): AsyncGenerator<readonly CellValue[]> {
  const fields = [...new Set(columns.flatMap(({ key, lines, name }) => (key === 'id' ? [] : [lines ?? name])))]
  for await (const page of exportPages(ctx, entity, { ...query, fields })) {
    const how = {
      lang: ctx.lang,
      zone,
      // What may not be seen has no title: its id tells nothing.
      title: (of: string, id: string) => page.refs[of]?.[id] ?? id,
    }
    for (const record of page.items) yield* recordRows(record, columns, how)
  }
}

/** A record is one row; with lines, one row for each of them, the record's own values in the first. */
function* recordRows(
  record: Readonly<Record<string, Json>>,
  columns: readonly ExchangeColumn[],
  how: Parameters<typeof writeCell>[2],
): Generator<readonly CellValue[]> {
  const linesOf = (field: string): readonly Json[] => {
    const value = record[field]
    return Array.isArray(value) ? value : []
  }
  const height = Math.max(1, ...columns.flatMap(({ lines }) => (lines === null ? [] : [linesOf(lines).length])))
  for (let at = 0; at < height; at++)
    yield columns.map(({ lines, name, def }) => {
      if (lines === null) return at === 0 ? writeCell(record[name], def, how) : null
      const line = linesOf(lines)[at]
      return isRecord(line) ? writeCell(line[name], def, how) : null
    })
}

const isRecord = (value: Json | undefined): value is Readonly<Record<string, Json>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The empty file to fill in: headers, hints, choices; the id is left out, new records get theirs by themselves. */
export function template(ctx: Ctx, entity: string, write: Write): Readable {
  const label = ctx.registry.entities.get(entity)?.def.label[ctx.lang] ?? entity
  const columns = importColumns(ctx, entity).filter(({ key }) => key !== 'id')
  return write(
    columns.map(({ header, def }) =>
      sheetColumn(header, def, ctx.lang, Boolean(def.required) && def.default === undefined),
    ),
    [],
    label,
  )
}
