// Values while a formula runs in JavaScript: reading them from records, narrowing them, giving them back.
import { type Decimal, Exact, isDecimal, toDecimal } from '../money/decimal.ts'
import { LITERAL_SCALE, NUMBER_DIGITS } from './number.ts'
import { partsOf } from './plain-date.ts'
import type { FormulaType } from './type.ts'

/** number → Exact, text, choice, reference and date → string, flag → boolean, instant → microseconds since 1970 UTC. */
export type Cell = Exact | string | boolean | bigint | null

/** What a formula gives: numbers as decimal strings (≤ 20 places, no trailing zeros), dates and instants as ISO text. */
export type Value = Decimal | string | boolean | null

/** A record as the API carries it: numbers as decimal strings or safe numbers, a reference as its id or as an object with `id`. */
export type Row = Readonly<Record<string, unknown>>

export function toValue(cell: Cell): Value {
  if (typeof cell === 'bigint') return instantText(cell)
  return cell instanceof Exact ? toDecimal(cell) : cell
}

export function number(cell: Cell | undefined): Exact {
  if (cell instanceof Exact) return cell
  throw new TypeError('a formula mixed up its types: expected a number')
}

/** An integer as a JavaScript number, NaN for a fraction (however small). */
export const whole = (value: Exact): number => (value.isInteger() ? value.toNumber() : Number.NaN)

export function text(cell: Cell | undefined): string {
  if (typeof cell === 'string') return cell
  throw new TypeError('a formula mixed up its types: expected text')
}

/** Reads a field's value. Throws a TypeError that names the field when the record holds something of another type. */
export function readCell(value: unknown, type: FormulaType, name: string): Cell {
  if (value === null || value === undefined) return null
  const cell = cellOf(value, type)
  if (cell === undefined) throw new TypeError(`${name} holds no ${type.kind}: ${String(value).slice(0, 40)}`)
  return cell
}

function cellOf(value: unknown, type: FormulaType): Cell | undefined {
  switch (type.kind) {
    case 'number':
      return numberCell(value)
    case 'text':
    case 'any_choice':
      return typeof value === 'string' ? value : undefined
    case 'flag':
      return typeof value === 'boolean' ? value : undefined
    case 'date':
      return typeof value === 'string' && partsOf(value) ? value : undefined
    case 'instant':
      return typeof value === 'string' ? instantCell(value) : undefined
    case 'ref': {
      const id = typeof value === 'object' && value !== null && 'id' in value ? value.id : value
      return typeof id === 'string' ? id.toLowerCase() : undefined
    }
    default:
      return undefined
  }
}

function numberCell(value: unknown): Exact | undefined {
  const digits = typeof value === 'string' ? value : typeof value === 'number' ? String(value) : ''
  if (!isDecimal(digits)) return undefined
  const exact = new Exact(digits)
  return exact.e < NUMBER_DIGITS && exact.decimalPlaces() <= LITERAL_SCALE ? exact : undefined
}

const INSTANT = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}:\d{2})(?:\.(\d{1,6}))?(Z|[+-]\d{2}:\d{2})$/

/** ISO 8601 with seconds and a zone, at most microseconds (what PostgreSQL keeps). */
export function instantCell(value: string): bigint | undefined {
  const [, date, time, fraction = '', zone] = INSTANT.exec(value) ?? []
  const seconds = Date.parse(`${date}T${time}${zone}`) / 1000
  return Number.isNaN(seconds) ? undefined : BigInt(seconds) * 1_000_000n + BigInt(fraction.padEnd(6, '0'))
}

function instantText(micros: bigint): string {
  const whole = micros / 1000n - (micros % 1000n < 0n ? 1n : 0n)
  const rest = micros - whole * 1000n
  const text = new Date(Number(whole)).toISOString()
  return rest === 0n ? text : text.replace('Z', `${String(rest).padStart(3, '0')}Z`)
}
