// What the reader may do with a record now: the functions held for this row that its state, stage and conditions allow.
import { type DocumentState, inviting, unmasking } from '@yingzao/kernel/entity'
import { rightsOf } from '../access/rights.ts'
import type { Ctx } from '../context.ts'
import type { Compiled, Shape } from '../registry/shape.ts'
import type { DatabaseRow, Flags } from './flag.ts'

/** Document actions and the states they start from. Who must approve is the flow's to say; here it is only the state. */
export const documentActions: Readonly<Record<string, readonly DocumentState[]>> = {
  submit: ['draft', 'rejected'],
  withdraw: ['pending'],
  approve: ['pending'],
  reject: ['pending'],
  return: ['pending'],
  transfer: ['pending'],
  add_signer: ['pending'],
  take_back: ['pending'],
  copy_to: ['pending'],
  remind: ['pending'],
  reverse: ['effective'],
  void: ['effective'],
  close: ['effective'],
}

/** It is effective, and whether it is voided waits for those who approve. Nothing builds on it meanwhile. */
export const isVoiding = ({ state, void_reason }: DatabaseRow): boolean =>
  state === 'effective' && (void_reason ?? null) !== null
const editable: readonly unknown[] = ['draft', 'rejected'] satisfies DocumentState[]

/**
 * In `_can` of a submitted document: supporting papers may still be added to it, by whoever holds the right to change it,
 * and none is taken away (单据生效后只增不减). A document that can be edited says `update` instead.
 */
export const attaching = 'attach'

/** A mirror document is what it mirrors, negated: nobody edits it. */
export const isEditable = (shape: Shape, record: DatabaseRow): boolean =>
  shape.kind !== 'document' || (editable.includes(record.state) && (record.reverses ?? null) === null)

/** Does the state of the record allow the function? Rights are asked separately. */
export function isPossible(ctx: Ctx, shape: Shape, fn: string, record: DatabaseRow): boolean {
  if (fn === 'update')
    return isEditable(shape, record) || [...shape.fields.values()].some(field => field.def.open === true)
  if (fn === 'delete') return isEditable(shape, record)
  // Whoever is asked may change what his step lets him, while it waits for him.
  if (fn === 'amend') return record.state === 'pending'
  const judged = isVoiding(record) ? 'pending' : record.state
  if (shape.kind === 'document' && documentActions[fn] && !documentActions[fn].some(state => state === judged))
    return false
  const transition = shape.def.transitions?.filter(each => each.action === fn) ?? []
  if (transition.length > 0 && !transition.some(each => each.from.some(stage => stage === record.stage))) return false
  const condition = shape.conditions.verbs.get(fn)
  return condition === undefined || holds(ctx, condition, record)
}

/** True only on true: null is not enough. */
export const holds = (
  ctx: Ctx,
  condition: Compiled,
  record: DatabaseRow,
  lines?: Readonly<Record<string, readonly DatabaseRow[]>>,
  doc?: DatabaseRow,
): boolean =>
  condition.run({
    fields: record,
    ...(lines ? { lines } : {}),
    ...(doc ? { doc } : {}),
    today: ctx.today,
    now: ctx.now,
    user: ctx.principal.user,
  }) === true

/** Verbs whose condition looks at lines can only be judged where the lines are at hand. */
const needsLines = (shape: Shape, fn: string): boolean =>
  shape.conditions.verbs
    .get(fn)
    ?.uses.some(name => shape.lines.some(({ field }) => name === field || name.startsWith(`${field}.`))) ?? false

export interface Can {
  of(ctx: Ctx, row: DatabaseRow, record: DatabaseRow, lines?: boolean): string[]
  /** Only the flags of a row and whether it is deleted decide, no value of the record. */
  readonly byFlags: boolean
}

/** Asks the flags it needs now; answers per row. */
export function canOf(
  { principal, registry }: Pick<Ctx, 'principal' | 'registry'>,
  shape: Shape,
  ask: Flags['ask'],
): Can {
  const rights = rightsOf({ principal, registry }, shape.name)
  const offered = principal.kind === 'system' ? allFunctions(shape) : rights.functions
  const reading = Object.entries(shape.def.verbs ?? {}).flatMap(([name, verb]) => (verb.reads ? [name] : []))
  const functions = [...new Set([...offered, ...reading])]
    .filter(fn => !['read', 'create', 'import', 'export'].includes(fn))
    .map(fn => ({
      fn,
      holdsFor: ask(rights.rows(reading.includes(fn) ? 'read' : fn)),
      always: isAlwaysPossible(shape, fn),
      needsLines: needsLines(shape, fn),
    }))
  const discussed = shape.kind === 'document' && shape.def.discussion !== false
  const of: Can['of'] = (ctx, row, record, lines = false) => {
    if (row.deleted_at !== null && row.deleted_at !== undefined)
      return functions.some(({ fn, holdsFor }) => fn === 'delete' && holdsFor(row)) ? ['restore'] : []
    const can: string[] = []
    for (const { fn, holdsFor, always, needsLines } of functions)
      if (holdsFor(row) && (always || (needsLines && !lines) || isPossible(ctx, shape, fn, record))) can.push(fn)
    if (
      discussed &&
      !isEditable(shape, record) &&
      functions.some(({ fn, holdsFor }) => fn === 'update' && holdsFor(row))
    )
      can.push(attaching)
    return can
  }
  return { of, byFlags: !discussed && functions.every(({ always }) => always) }
}

/** Whatever the record's state. */
const isAlwaysPossible = (shape: Shape, fn: string): boolean =>
  shape.kind !== 'document' &&
  !shape.conditions.verbs.has(fn) &&
  !shape.def.transitions?.some(each => each.action === fn)

export const allFunctions = (shape: Shape): string[] => [
  ...['read', 'create', 'update', 'delete', 'export', 'import'],
  ...(shape.kind === 'document' ? Object.keys(documentActions) : []),
  ...Object.keys(shape.def.verbs ?? {}),
  ...(shape.def.transitions ?? []).map(each => each.action),
  ...(shape.def.guests ? [inviting] : []),
  ...(isMasking(shape) ? [unmasking] : []),
]
const isMasking = (shape: Shape): boolean =>
  [shape, ...shape.lines.map(each => each.of)].some(each =>
    [...each.fields.values()].some(({ def }) => 'mask' in def && def.mask !== undefined),
  )
