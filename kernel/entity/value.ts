// Values as they travel: in JSON, in TypeScript and to the database. Dates stay strings; money is a decimal string.

declare const idOf: unique symbol
/** A uuid (v7, made by whoever creates the record) that belongs to entity `E`. */
export type Id<E extends string = string> = string & { readonly [idOf]: E }

/** A decimal number as text: "1234.50". Never a float. */
export type Decimal = `${number}`
/** A calendar day: "2026-11-21". */
export type PlainDate = `${number}-${number}-${number}`
/** A moment: ISO 8601 in UTC, "2026-11-21T14:05:00.000Z". */
export type Instant = `${PlainDate}T${string}Z`

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json }

/** An attached file: content lives in the file store under its SHA-256. */
export interface FileRef {
  id: Id<'file'>
  name: string
  size: number
  type: string
}

export interface Label {
  zh: string
  en: string
}

const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/
export const isId = (value: unknown): value is Id => typeof value === 'string' && uuidPattern.test(value)

/** Brands a uuid that is known to belong to `E`; throws on anything else. */
export function asId<E extends string>(_entity: E, value: string): Id<E> {
  if (!isId(value)) throw new TypeError(`not an id: ${value}`)
  return value as Id<E>
}

const decimalPattern = /^-?(0|[1-9]\d*)(\.\d+)?$/
export const isDecimal = (value: unknown): value is Decimal => typeof value === 'string' && decimalPattern.test(value)

const datePattern = /^(\d{4})-(\d{2})-(\d{2})$/
/** True for a day that exists: "2026-02-29" is not one. */
export function isPlainDate(value: unknown): value is PlainDate {
  if (typeof value !== 'string') return false
  const match = datePattern.exec(value)
  if (!match) return false
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])]
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
  return days !== undefined && day >= 1 && day <= days
}

const instantPattern = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?Z$/
export const isInstant = (value: unknown): value is Instant =>
  typeof value === 'string' &&
  instantPattern.test(value) &&
  isPlainDate(value.slice(0, 10)) &&
  !Number.isNaN(Date.parse(value))
