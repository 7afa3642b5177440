// Importing: chunk by chunk, each record whole or not at all, the same file twice without doubling anything.
import { createHash } from 'node:crypto'
import type { Ctx } from '@yingzao/kernel/context'
import { type Id, isId, type Json } from '@yingzao/kernel/entity'
import { Refusal } from '@yingzao/kernel/refuse'
import { create, get, list, patch, write } from '@yingzao/kernel/server'
import { sql } from 'kysely'
import type { ImportChoice } from '../client/shapes.ts'
import type { CellError, ReadItem } from './read.ts'

export interface Outcome {
  readonly created: number
  readonly updated: number
  readonly errors: readonly CellError[]
}

/** How a record of the file meets what is there. */
export type Step =
  | { readonly op: 'create'; readonly id: Id; readonly input: Readonly<Record<string, Json>> }
  | { readonly op: 'update'; readonly id: Id; readonly version: number; readonly input: Readonly<Record<string, Json>> }

/** The id of a new record follows from the import and the row: a job that is run again creates nothing twice. */
function idOfRow(run: string, row: number): Id {
  const hex = createHash('sha256').update(`${run} ${row}`).digest('hex')
  const text = `${run.slice(0, 13)}-7${hex.slice(1, 4)}-${((Number.parseInt(hex.slice(4, 5), 16) & 3) | 8).toString(16)}${hex.slice(5, 8)}-${hex.slice(8, 20)}`
  if (!isId(text)) throw new Error(`no id: ${text}`)
  return text
}

/** Decides for each readable record of a chunk whether it is new. `match`: the field whose value finds the old one. */
export async function planSteps(
  ctx: Ctx,
  entity: string,
  run: string,
  items: readonly ReadItem[],
  choice: ImportChoice,
): Promise<ReadonlyMap<ReadItem, Step>> {
  const field = choice.match === undefined ? (items.some(item => item.id !== null) ? 'id' : null) : choice.match
  const keyOf = (item: ReadItem) => (field === 'id' ? item.id : field === null ? null : item.input[field])
  const keys = [...new Set(items.map(keyOf).filter(key => typeof key === 'string'))]
  const found = new Map<string, { id: Id; version: number }>()
  if (field !== null && keys.length > 0) {
    const page = await list(ctx, entity, {
      filter: { [field]: { in: field === 'id' ? keys.filter(isId) : keys } },
      fields: field === 'id' ? [] : [field],
      limit: 500,
    })
    for (const record of page.items) {
      const key = field === 'id' ? record.id : record[field]
      if (typeof key === 'string' && isId(record.id)) found.set(key, { id: record.id, version: record.version })
    }
  }
  return new Map(
    items.map((item): [ReadItem, Step] => {
      const key = keyOf(item)
      const known = typeof key === 'string' ? found.get(key) : undefined
      if (known) return [item, { op: 'update', ...known, input: item.input }]
      const id = isId(item.id) ? item.id : idOfRow(run, item.item.rows[0]?.number ?? 0)
      return [item, { op: 'create', id, input: filled(item.input) }]
    }),
  )
}

/** Empty cells of a new record are not given, so that defaults apply. */
const filled = (input: Readonly<Record<string, Json>>): Readonly<Record<string, Json>> =>
  Object.fromEntries(
    Object.entries(input)
      .filter(([, value]) => value !== null)
      .map(([name, value]) => [
        name,
        Array.isArray(value) ? value.map(each => (isObject(each) ? filled(each) : each)) : value,
      ]),
  )
const isObject = (value: Json): value is Readonly<Record<string, Json>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export async function apply(ctx: Ctx, entity: string, step: Step): Promise<void> {
  if (step.op === 'create') {
    await create(ctx, entity, { id: step.id, ...step.input })
    return
  }
  const shape = ctx.registry.shapes.get(entity)
  const withLines = shape?.lines.filter(({ field }) => step.input[field] !== undefined) ?? []
  const before = withLines.length > 0 ? await get(ctx, entity, step.id) : null
  const input: Record<string, Json> = { ...step.input }
  for (const { field } of withLines) input[field] = linesPatch(before?.[field], input[field])
  await patch(ctx, entity, step.id, step.version, input)
}

/** The file's lines take the places of the old ones, one by one; what is over is removed. */
function linesPatch(before: unknown, given: Json | undefined): Json {
  const old = Array.isArray(before)
    ? before.flatMap(line => (isObject(line) && typeof line.id === 'string' ? [line.id] : []))
    : []
  const lines = Array.isArray(given) ? given.filter(isObject) : []
  return {
    upsert: lines.map((line, at) => (old[at] === undefined ? line : { id: old[at], ...line })),
    remove: old.slice(lines.length),
  }
}

/** What the store says no to, told by row and column. */
export function errorsOf(item: ReadItem, refusal: Refusal): readonly CellError[] {
  const row = item.item.rows[0]?.number ?? 0
  if (refusal.errors.length === 0) return [{ row, key: null, code: refusal.code, values: refusal.values }]
  return refusal.errors.map(({ path, code, values = {} }) => {
    const [field = '', line, inner] = path.split('.')
    const at = Number(line)
    const lineRow = inner === undefined ? undefined : item.item.lines.get(field)?.[at]?.row
    return {
      row: lineRow ?? row,
      key: path === '' ? null : inner === undefined ? field : `${field}.${inner}`,
      code,
      values,
    }
  })
}

/** Writes one chunk: all of it in one transaction, or, when that is refused, record by record. */
export async function runChunk(ctx: Ctx, entity: string, steps: ReadonlyMap<ReadItem, Step>): Promise<Outcome> {
  const good = [...steps].filter(([item]) => item.errors.length === 0)
  const count = (done: readonly (readonly [ReadItem, Step])[], op: Step['op']) =>
    done.filter(([, step]) => step.op === op).length
  try {
    await write(ctx, async inside => {
      for (const [, step] of good) await apply(inside, entity, step)
    })
    return { created: count(good, 'create'), updated: count(good, 'update'), errors: [] }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
  }
  const done: (readonly [ReadItem, Step])[] = []
  const errors: CellError[] = []
  for (const [item, step] of good)
    try {
      await write(ctx, inside => apply(inside, entity, step))
      done.push([item, step])
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      errors.push(...errorsOf(item, error))
    }
  return { created: count(done, 'create'), updated: count(done, 'update'), errors }
}

/**
 * Tries a chunk and takes it back: what the store would say, rules and limits included. A row sees the good rows before it,
 * as it will when they are written (a tree's rows refer to those above).
 */
export async function rehearse(
  ctx: Ctx,
  entity: string,
  steps: ReadonlyMap<ReadItem, Step>,
): Promise<readonly CellError[]> {
  let errors: CellError[] = []
  try {
    await write(ctx, async inside => {
      errors = []
      for (const [item, step] of steps) {
        if (item.errors.length > 0) continue
        await sql`savepoint rehearsed`.execute(inside.db)
        try {
          await apply(inside, entity, step)
        } catch (error) {
          if (!(error instanceof Refusal)) throw error
          errors.push(...errorsOf(item, error))
          await sql`rollback to savepoint rehearsed`.execute(inside.db)
        }
        await sql`release savepoint rehearsed`.execute(inside.db)
      }
      throw rehearsed
    })
  } catch (error) {
    if (error !== rehearsed) throw error
  }
  return errors
}
const rehearsed = new Error('rehearsed')
