// An import from upload to result: preview with every error, confirm as a job, the refused rows as a file to correct.
import { buffer } from 'node:stream/consumers'
import { cellText, detectTable, readTable } from '@yingzao/formats/table'
import { rightsOf } from '@yingzao/kernel/access/rights'
import { isNone } from '@yingzao/kernel/access/rows'
import type { Ctx } from '@yingzao/kernel/context'
import type { Json } from '@yingzao/kernel/entity'
import { isId } from '@yingzao/kernel/entity'
import { refuse } from '@yingzao/kernel/refuse'
import type { ImportChoice, ImportPreview, ImportRow } from '../client/shapes.ts'
import type { FileStore } from '../files/store.ts'
import type { StoredFile } from '../files/upload.ts'
import { renderMessage } from '../messages/render.ts'
import { own } from '../tables/typed.ts'
import { importColumns } from './column.ts'
import { type CellError, type ReadItem, readChunk, readItems, type Sheet } from './read.ts'
import { createResolver } from './reference.ts'
import { planSteps, rehearse, runChunk, type Step } from './run.ts'

export const CHUNK = 100
const SHOWN = 20
/** So many records are tried and taken back for the preview; the rest is checked cell by cell. */
const REHEARSED = 50
const MOST_ERRORS = 20_000

export interface Parts {
  readonly files: FileStore
  readonly zone: string
}

export function demandImport(ctx: Ctx, entity: string): void {
  if (isNone(rightsOf(ctx, entity).rows('import'))) throw refuse('exchange.not_importable')
}

/** Remembers the upload as an import of the caller's and says what it would do. */
export async function startImport(
  ctx: Ctx,
  parts: Parts,
  entity: string,
  file: StoredFile,
  choice: ImportChoice,
): Promise<ImportPreview> {
  const bytes = await buffer(await parts.files.read(file.sha256))
  const preview = await previewOf(ctx, parts, entity, file.id, bytes, choice)
  await own(ctx.db, ctx.tenant)
    .insertInto('import_run')
    .values({
      id: file.id,
      entity,
      file: file.id,
      by: ctx.principal.user ?? '',
      at: ctx.now,
      choice: JSON.stringify(choice),
      errors: '[]',
      job: null,
    })
    .execute()
  return preview
}

async function previewOf(
  ctx: Ctx,
  parts: Parts,
  entity: string,
  id: string,
  bytes: Uint8Array,
  choice: ImportChoice,
): Promise<ImportPreview> {
  const sheet = await readItems(ctx, entity, bytes, choice.mapping)
  const found = new Map<ReadItem, Step['op'] | 'error'>()
  const errors = new Map<ReadItem, readonly CellError[]>()
  let tried = 0
  for await (const steps of chunksOf(ctx, parts, entity, id, sheet, choice)) {
    const rehearsing = new Map([...steps].slice(0, Math.max(0, REHEARSED - tried)))
    tried += steps.size
    const refused = byRow(await rehearse(ctx, entity, rehearsing))
    for (const [item, step] of steps) {
      const mine = [...item.errors, ...item.item.rows.flatMap(row => refused.get(row.number) ?? [])]
      errors.set(item, mine)
      found.set(item, mine.length > 0 ? 'error' : step.op)
    }
  }
  const required = importColumns(ctx, entity).filter(
    ({ def, lines }) => def.required && def.default === undefined && lines === null,
  )
  const taken = new Set(sheet.mapped.flatMap(({ column }) => (column ? [column.key] : [])))
  const all = [...found]
  const bad = all.filter(([, op]) => op === 'error')
  const row = ([item, op]: [ReadItem, ImportRow['op']]) => rowOf(ctx, sheet, item, op, errors.get(item) ?? [])
  return {
    id,
    columns: sheet.mapped.map(({ header, column, sure }, at) => ({
      header,
      field: column?.key ?? null,
      sure,
      samples: sheet.samples[at] ?? [],
    })),
    missing: required.filter(({ key }) => !taken.has(key)).map(({ key }) => key),
    rows: { total: all.length, good: all.length - bad.length, bad: bad.length },
    first: all.slice(0, SHOWN).map(row),
    bad: bad.slice(0, SHOWN).map(row),
  }
}

function rowOf(ctx: Ctx, sheet: Sheet, item: ReadItem, op: ImportRow['op'], errors: readonly CellError[]): ImportRow {
  const first = item.item.rows[0]
  return {
    row: first?.number ?? 0,
    op,
    cells: Object.fromEntries(sheet.mapped.map(({ header }, at) => [header, cellText(first?.cells[at])])),
    errors: errors.map(({ key, code, values }) => ({
      field: key,
      code,
      message: renderMessage(ctx.registry, code, values, ctx.lang),
    })),
  }
}

/** Chunk by chunk: cells read, names found, old records found, duplicates within the file told. */
async function* chunksOf(
  ctx: Ctx,
  parts: Parts,
  entity: string,
  run: string,
  sheet: Sheet,
  choice: ImportChoice,
): AsyncGenerator<ReadonlyMap<ReadItem, Step>> {
  const resolver = createResolver(ctx)
  const met = new Map<string, number>()
  for (let at = 0; at < sheet.items.length; at += CHUNK) {
    const items = await readChunk(parts.zone, sheet.mapped, sheet.items.slice(at, at + CHUNK), resolver)
    const steps = await planSteps(ctx, entity, run, items, choice)
    yield new Map([...steps].map(([item, step]) => [withDuplicate(item, step, met), step]))
  }
}

function withDuplicate(item: ReadItem, step: Step, met: Map<string, number>): ReadItem {
  const row = item.item.rows[0]?.number ?? 0
  const before = met.get(step.id)
  if (before === undefined) {
    met.set(step.id, row)
    return item
  }
  return { ...item, errors: [...item.errors, { row, key: null, code: 'exchange.twice', values: { row: before } }] }
}

export interface ImportRun {
  readonly id: string
  readonly entity: string
  readonly choice: ImportChoice
  readonly file: { readonly sha256: string; readonly name: string }
  readonly job: string | null
}

/** The caller's own import; another's is not found. */
export async function findImport(ctx: Ctx, entity: string, id: string): Promise<ImportRun & { readonly errors: Json }> {
  const missing = refuse('record.not_found', { entity: 'import', id: id.slice(0, 80) })
  if (!isId(id) || ctx.principal.user === null) throw missing
  const row = await own(ctx.db, ctx.tenant)
    .selectFrom('import_run as r')
    .innerJoin('stored_file as f', 'f.id', 'r.file')
    .select(['r.id', 'r.entity', 'r.choice', 'r.errors', 'r.job', 'f.sha256', 'f.name'])
    .where('r.id', '=', id)
    .where('r.entity', '=', entity)
    .where('r.by', '=', ctx.principal.user)
    .executeTakeFirst()
  if (!row) throw missing
  return { ...row, choice: choiceOf(row.choice), file: { sha256: row.sha256, name: row.name } }
}

/** What a client chose, checked. */
export function choiceOf(value: Json | undefined): ImportChoice {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return {}
  const { mapping, match, skip_bad: skip } = value as Readonly<Record<string, Json>>
  return {
    ...(typeof mapping === 'object' && mapping !== null && !Array.isArray(mapping)
      ? {
          mapping: Object.fromEntries(
            Object.entries(mapping).flatMap(([header, key]) =>
              key === null || typeof key === 'string' ? [[header, key]] : [],
            ),
          ),
        }
      : {}),
    ...(match === null || typeof match === 'string' ? { match } : {}),
    ...(typeof skip === 'boolean' ? { skip_bad: skip } : {}),
  }
}

export interface ImportResult {
  readonly created: number
  readonly updated: number
  readonly bad: number
}

/** Does it, telling how far it is. Without `skip_bad` nothing is written while any cell is wrong. */
export async function runImport(
  ctx: Ctx,
  parts: Parts,
  run: ImportRun,
  told: (done: number) => Promise<void>,
): Promise<ImportResult> {
  const bytes = await buffer(await parts.files.read(run.file.sha256))
  const sheet = await readItems(ctx, run.entity, bytes, run.choice.mapping)
  if (!run.choice.skip_bad) {
    const errors: CellError[] = []
    for await (const steps of chunksOf(ctx, parts, run.entity, run.id, sheet, run.choice))
      for (const item of steps.keys()) errors.push(...item.errors)
    await keepErrors(ctx, run, errors)
    if (errors.length > 0) throw refuse('exchange.bad_rows', { count: new Set(errors.map(error => error.row)).size })
  }
  const errors: CellError[] = []
  let [created, updated, seen] = [0, 0, 0]
  for await (const steps of chunksOf(ctx, parts, run.entity, run.id, sheet, run.choice)) {
    for (const item of steps.keys()) errors.push(...item.errors)
    const outcome = await runChunk(ctx, run.entity, steps)
    created += outcome.created
    updated += outcome.updated
    errors.push(...outcome.errors)
    seen += steps.size
    await keepErrors(ctx, run, errors)
    await told(seen / sheet.items.length)
  }
  return { created, updated, bad: new Set(errors.map(error => error.row)).size }
}

async function keepErrors(ctx: Ctx, { id, entity }: ImportRun, errors: readonly CellError[]): Promise<void> {
  const labels = new Map(importColumns(ctx, entity).map(({ key, header }) => [key, header]))
  const rows = [...byRow(errors.slice(0, MOST_ERRORS))].map(([row, all]) => ({
    row,
    messages: all.map(({ key, code, values }) => {
      const text = renderMessage(ctx.registry, code, values, ctx.lang)
      return key === null ? text : `${labels.get(key) ?? key}：${text}`
    }),
  }))
  await own(ctx.db, ctx.tenant)
    .updateTable('import_run')
    .set({ errors: JSON.stringify(rows) })
    .where('id', '=', id)
    .execute()
}

function byRow(errors: readonly CellError[]): ReadonlyMap<number, readonly CellError[]> {
  const rows = new Map<number, CellError[]>()
  for (const error of errors) rows.set(error.row, [...(rows.get(error.row) ?? []), error])
  return rows
}

/** Rows of the original file that were refused, as they were, with a column that says why. */
export async function errorRows(
  parts: Parts,
  run: Awaited<ReturnType<typeof findImport>>,
): Promise<{
  readonly headers: readonly string[]
  readonly rows: AsyncGenerator<readonly string[]>
  readonly csv: boolean
}> {
  const bytes = await buffer(await parts.files.read(run.file.sha256))
  const messages = new Map<number, string>()
  for (const each of Array.isArray(run.errors) ? run.errors : [])
    if (
      typeof each === 'object' &&
      each !== null &&
      'row' in each &&
      'messages' in each &&
      Array.isArray(each.messages)
    )
      messages.set(Number(each.row), each.messages.map(String).join('；'))
  const table = readTable(bytes)
  const header = await table.next()
  const headers = header.done ? [] : header.value.cells.map(cell => cellText(cell))
  async function* rows(): AsyncGenerator<readonly string[]> {
    for await (const row of table) {
      const message = messages.get(row.number)
      if (message !== undefined) yield [...headers.map((_, at) => cellText(row.cells[at])), message]
    }
  }
  return { headers, rows: rows(), csv: detectTable(bytes) === 'csv' }
}
