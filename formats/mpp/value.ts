// Values as .mpp stores them, turned into those of the plan model; used by the declarations of tasks, resources, assignments.
import type { DurationUnit, Minute } from '@yingzao/engines/schedule/plan'
import { plainDecimal } from '../codec.ts'
import type { Draft } from '../field.ts'
import { durationDisplay } from '../mspdi/unit.ts'
import type { FieldReader, RecordBytes } from './field-map.ts'

/** An amount of money, stored in hundredths. Less than a tenth of a hundredth is rounding. */
export const moneyOf = (hundredths: number): string =>
  Math.abs(hundredths) < 0.1 ? '0' : plainDecimal((hundredths / 100).toFixed(6))

export interface DurationShown {
  unit?: DurationUnit
  elapsed: boolean
  percent: boolean
  estimated: boolean
}

/** Stands for the unit that the project prefers. */
const preferred = 21

/**
 * The number of a duration's unit: Project XML's DurationFormat, 32 added when the duration is an estimate.
 *
 * @param usual the unit the project prefers
 */
export function shownAs(format: number | undefined, usual = 7): DurationShown {
  const key = ((format ?? 0) & 0x3f) | ((usual & 0x1f) << 6)
  const known = shown.get(key)
  if (known) return known
  const found = displayOf(format, usual)
  shown.set(key, found)
  return found
}

/** Every duration of a plan shows one of a few units. */
const shown = new Map<number, DurationShown>()

function displayOf(format: number | undefined, usual: number): DurationShown {
  const number = (format ?? 0) & 0x1f
  const plain = number === preferred || number === 0 ? usual & 0x1f : number
  return { ...durationDisplay(plain), estimated: ((format ?? 0) & 0x20) !== 0 }
}

/** How one stored field becomes a value. */
export type Read<T> = (reader: FieldReader, record: RecordBytes, field: number) => T | undefined

export const short: Read<number> = (reader, record, field) => reader.short(record, field)
export const integer: Read<number> = (reader, record, field) => reader.integer(record, field)
export const flag: Read<boolean> = (reader, record, field) => reader.bit(record, field)
export const notFlag: Read<boolean> = (reader, record, field) => {
  const bit = reader.bit(record, field)
  return bit === undefined ? undefined : !bit
}
/** Undefined when empty. */
export const text: Read<string> = (reader, record, field) => reader.text(record, field) || undefined
export const guid: Read<string> = (reader, record, field) => reader.guid(record, field)

export const date: Read<Minute> = (reader, record, field) => reader.date(record, field)

/** A percentage; other numbers stand for "none". */
export const percent: Read<number> = (reader, record, field) => {
  const value = reader.short(record, field)
  return value === undefined || value > 100 ? undefined : value
}

/** Minutes, stored in tenths; −1 stands for none. */
export const duration: Read<number> = (reader, record, field) => {
  const tenths = reader.integer(record, field)
  return tenths === undefined || tenths === -1 ? undefined : Math.round(tenths / 10)
}

/** Minutes of work, stored in thousandths. */
export const work: Read<number> = (reader, record, field) => {
  const stored = reader.real(record, field)
  return stored === undefined ? undefined : Math.abs(stored) < 1000 ? 0 : Math.round(stored / 1000)
}

export const money: Read<string> = (reader, record, field) => {
  const stored = reader.real(record, field)
  return stored === undefined ? undefined : moneyOf(stored)
}

/** 1 = 100 %, stored as 10000. */
export const units: Read<number> = (reader, record, field) => {
  const stored = reader.real(record, field)
  return stored === undefined ? undefined : Math.round(stored) / 10_000
}

/** The value unless it is nothing: Project stores zeros everywhere, the plan leaves them out. */
export const unlessZero =
  <T extends number | string>(read: Read<T>): Read<T> =>
  (reader, record, field) => {
    const value = read(reader, record, field)
    return value === 0 || value === '0' ? undefined : value
  }

export const choice =
  <T extends string>(...names: readonly T[]): Read<T> =>
  (reader, record, field) => {
    const value = reader.short(record, field)
    return value === undefined ? undefined : names[value]
  }

/** A field of the file that is a field of the plan. */
export interface StoredField<T> {
  field: number
  read(reader: FieldReader, record: RecordBytes, into: Draft<T>): void
}

/** Declares fields of `T`: `f(25, 'priority', short)`. */
export function storedFieldsOf<T>() {
  return <K extends keyof T & string>(field: number, key: K, read: Read<NonNullable<T[K]>>): StoredField<T> => ({
    field,
    read(reader, record, into) {
      const value = read(reader, record, field)
      if (value !== undefined) into[key] = value
    },
  })
}
