// Rows of a file → records: columns mapped, lines of one record gathered, cells read, names found.

import { type Cell, cellText, type Row, readTable } from '@yingzao/formats/table'
import type { Ctx } from '@yingzao/kernel/context'
import type { Json } from '@yingzao/kernel/entity'
import { refuse } from '@yingzao/kernel/refuse'
import { readCell } from './cell.ts'
import { type ExchangeColumn, importColumns, knownColumns } from './column.ts'
import { type Mapped, mapColumns } from './mapping.ts'
import type { Resolver } from './reference.ts'

export const MOST_ROWS = 100_000

export interface CellError {
  readonly row: number
  readonly key: string | null
  readonly code: string
  readonly values: Readonly<Record<string, Json>>
}
/** One record of the file, with the rows it stands in. */
export interface Item {
  readonly rows: readonly Row[]
  readonly values: ReadonlyMap<string, Cell>
  readonly lines: ReadonlyMap<string, readonly { readonly row: number; readonly cells: ReadonlyMap<string, Cell> }[]>
}
export interface ReadItem {
  readonly item: Item
  readonly id: string | null
  readonly input: Readonly<Record<string, Json>>
  readonly errors: readonly CellError[]
}
export interface Sheet {
  readonly mapped: readonly Mapped[]
  /** First values of each column, for people to recognise it. */
  readonly samples: readonly (readonly string[])[]
  readonly items: readonly Item[]
}

/** Reads the whole table. Refuses `exchange.empty`, `exchange.no_columns`, `exchange.too_many_rows` and unreadable files. */
export async function readItems(
  ctx: Ctx,
  entity: string,
  bytes: Uint8Array,
  mapping: Readonly<Record<string, string | null>> | undefined,
): Promise<Sheet> {
  const limits = { inflatedBytes: 400_000_000, records: 1_000_000, fieldLength: 1_000_000 }
  const columns = importColumns(ctx, entity)
  let mapped: readonly Mapped[] | null = null
  const samples: string[][] = []
  const items: Item[] = []
  let rows = 0
  for await (const row of readTable(bytes, { limits })) {
    if (!mapped) {
      mapped = mapRow(ctx, entity, row, columns, mapping)
      continue
    }
    if (++rows > MOST_ROWS) throw refuse('exchange.too_many_rows', { limit: MOST_ROWS })
    if (rows <= 3)
      mapped.forEach((_, at) => {
        const text = cellText(row.cells[at])
        if (text !== '') samples[at] = [...(samples[at] ?? []), text.slice(0, 100)]
      })
    addRow(items, mapped, row)
  }
  if (mapped && !mapped.some(each => each.column)) throw refuse('exchange.no_columns', { entity })
  if (!mapped || items.length === 0) throw refuse('exchange.empty')
  return { mapped, samples: mapped.map((_, at) => samples[at] ?? []), items }
}

function mapRow(
  ctx: Ctx,
  entity: string,
  header: Row,
  columns: readonly ExchangeColumn[],
  mapping: Readonly<Record<string, string | null>> | undefined,
): readonly Mapped[] {
  const headers = header.cells.map(cell => cellText(cell).trim())
  // A column that is surely a field nobody may fill must not be guessed to be another one.
  const writable = new Set(columns.map(column => column.key))
  const closed = knownColumns(ctx, entity).filter(column => !writable.has(column.key))
  return mapColumns(headers, [...columns, ...closed], mapping).map(each =>
    each.column && !writable.has(each.column.key) ? { ...each, column: null, sure: true } : each,
  )
}

/** A row in which only line columns are filled belongs to the record above it. */
function addRow(items: Item[], mapped: readonly Mapped[], row: Row): void {
  const values = new Map<string, Cell>()
  const lines = new Map<string, Map<string, Cell>>()
  mapped.forEach(({ column }, at) => {
    const cell = row.cells[at]
    if (!column || !cell || cell.kind === 'empty') return
    if (column.lines === null) values.set(column.key, cell)
    else lines.set(column.lines, (lines.get(column.lines) ?? new Map<string, Cell>()).set(column.name, cell))
  })
  const last = items.at(-1)
  const goesOn = values.size === 0 && lines.size > 0 && last !== undefined
  if (values.size === 0 && lines.size === 0) return
  const merged = new Map(goesOn ? last.lines : [])
  for (const [field, cells] of lines) merged.set(field, [...(merged.get(field) ?? []), { row: row.number, cells }])
  const item: Item = {
    rows: goesOn ? [...last.rows, row] : [row],
    values: goesOn ? last.values : values,
    lines: merged,
  }
  if (goesOn) items[items.length - 1] = item
  else items.push(item)
}

/** Cells → values of the record store; every cell at fault is named. Names are looked up for the whole chunk at once. */
export async function readChunk(
  zone: string,
  mapped: readonly Mapped[],
  items: readonly Item[],
  resolver: Resolver,
): Promise<readonly ReadItem[]> {
  const columns = mapped.flatMap(({ column }) => (column ? [column] : []))
  const wanted = new Map<string, Set<string>>()
  const eachCell = function* (
    item: Item,
  ): Generator<{ column: ExchangeColumn; cell: Cell | undefined; line: number; row: number }> {
    const first = item.rows[0]?.number ?? 0
    for (const column of columns) {
      if (column.lines === null) yield { column, cell: item.values.get(column.key), line: -1, row: first }
      else
        for (const [line, { cells, row }] of (item.lines.get(column.lines) ?? []).entries())
          yield { column, cell: cells.get(column.name), line, row }
    }
  }
  for (const item of items)
    for (const { column, cell } of eachCell(item)) {
      const parsed = readCell(cell, column.def, zone)
      if ('ref' in parsed) {
        const texts = wanted.get(parsed.ref.named) ?? new Set<string>()
        for (const text of parsed.ref.texts) texts.add(text)
        wanted.set(parsed.ref.named, texts)
      }
    }
  await resolver.prepare(wanted)
  return items.map(item => {
    const input: Record<string, Json> = {}
    const lines = new Map<string, Record<string, Json>[]>()
    const errors: CellError[] = []
    let id: string | null = null
    for (const { column, cell, line, row } of eachCell(item)) {
      const parsed = readCell(cell, column.def, zone)
      const value = 'ref' in parsed ? named(resolver, parsed.ref) : parsed
      if ('code' in value) {
        errors.push({ row, key: column.key, code: value.code, values: value.values })
        continue
      }
      if (column.key === 'id') id = typeof value.value === 'string' ? value.value.toLowerCase() : null
      else if (column.lines === null) input[column.name] = value.value
      else {
        const all = lines.get(column.lines) ?? []
        const target = all[line] ?? {}
        target[column.name] = value.value
        all[line] = target
        lines.set(column.lines, all)
      }
    }
    for (const [field, all] of lines) input[field] = all
    return { item, id, input, errors }
  })
}

function named(
  resolver: Resolver,
  ref: { readonly named: string; readonly texts: readonly string[]; readonly many: boolean },
): { readonly value: Json } | { readonly code: string; readonly values: Readonly<Record<string, Json>> } {
  const ids: string[] = []
  for (const text of ref.texts) {
    const found = resolver.find(ref.named, text)
    if ('code' in found) return { code: found.code, values: { text: text.slice(0, 80) } }
    ids.push(found.id)
  }
  return { value: ref.many ? ids : (ids[0] ?? null) }
}
