// Types and number bounds while checking: which types go together, and where a number is rounded.
import { LITERAL_SCALE, NUMBER_DIGITS, RANGE_DIGITS, VALUE_SCALE } from './number.ts'
import type { FormulaType } from './type.ts'
import type { Facts, List, Typed } from './typed.ts'

export const NUMBER = { kind: 'number' } satisfies FormulaType
export const TEXT = { kind: 'text' } satisfies FormulaType
export const FLAG = { kind: 'flag' } satisfies FormulaType
export const DATE = { kind: 'date' } satisfies FormulaType
export const NULL = { kind: 'null' } satisfies FormulaType

export const isText = (type: FormulaType): boolean => type.kind === 'text' || type.kind === 'any_choice'

/** The one type of two values, where null goes with everything; undefined when they differ. */
export function common(a: FormulaType, b: FormulaType): FormulaType | undefined {
  if (a.kind === 'null') return b
  if (b.kind === 'null') return a
  if (a.kind === 'ref' && b.kind === 'ref') return a.entity === b.entity ? a : undefined
  if (a.kind === 'any_choice' && b.kind === 'any_choice') return sameOptions(a.options, b.options) ? a : TEXT
  if (isText(a) && isText(b)) return TEXT
  if (a.kind === 'list' || a.kind === 'lines') return undefined
  return a.kind === b.kind ? a : undefined
}

const sameOptions = (a: readonly string[] = [], b: readonly string[] = []): boolean =>
  a.length === b.length && a.every((option, index) => option === b[index])

/** May a field of the type `expected` store this value? */
export function fits(value: Typed, expected: FormulaType): boolean {
  if (value.type.kind === 'null' || expected.kind === 'null') return true
  if (expected.kind === 'text') return isText(value.type) || value.type.kind === 'ref'
  if (expected.kind !== 'any_choice') return common(value.type, expected) !== undefined
  if (value.op === 'constant' && typeof value.value === 'string' && value.type.kind === 'text')
    return expected.options?.includes(value.value) ?? true
  return isText(value.type)
}

/** Anything of type null is null, whatever it was written as; SQL must know of which type. */
export const adopt = (value: Typed, type: FormulaType): Typed =>
  value.type.kind === 'null' ? { op: 'constant', value: null, ...plain(type) } : value

/** A list of nulls becomes a list of null numbers (dates …), for SQL's sake. */
export function retype(list: List, of: FormulaType): List {
  if (list.list === 'items') return { ...list, of, items: list.items.map(item => adopt(item, of)) }
  return list.list === 'rows' && list.item ? { ...list, of, item: adopt(list.item, of) } : { ...list, of }
}

// ── Bounds of numbers (typed.ts, Facts) ─────────────────────────────────────────────────────────────────────────────

export const plain = (type: FormulaType): Facts => ({ type, digits: 0, scale: 0 })

export const fieldFacts = (type: FormulaType): Facts =>
  type.kind === 'number' ? { type, digits: NUMBER_DIGITS, scale: LITERAL_SCALE } : plain(type)

export const widest = (items: readonly Facts[], more = 0): { digits: number; scale: number } => ({
  digits: Math.max(0, ...items.map(item => item.digits)) + more,
  scale: Math.max(0, ...items.map(item => item.scale)),
})

/** Rounds to 20 places where a number leaves arithmetic; nothing to do when it cannot have more. */
export function settled(of: Typed): Typed {
  if (of.type.kind !== 'number' || of.scale <= VALUE_SCALE) return of
  return { op: 'round', mode: 'half_up', of, type: NUMBER, digits: of.digits + 1, scale: VALUE_SCALE }
}

/** Makes a number that may be too large null when it is. */
export const ranged = (of: Typed): Typed =>
  of.digits <= RANGE_DIGITS ? of : { op: 'ranged', of, type: NUMBER, digits: RANGE_DIGITS, scale: of.scale }
