// Values of Microsoft Project XML: how each element's text becomes a value of the plan model and back.
import { isoOfMinute, minuteOfIso } from '../civil.ts'

/** `read` gives undefined for text that is no such value; `write` gives undefined for a value not to be written. */
export interface Codec<T> {
  read(text: string): T | undefined
  write(value: T): string | undefined
}

export const text: Codec<string> = { read: t => t, write: v => v }

const finite = (t: string): number | undefined => {
  const n = t.trim() === '' ? Number.NaN : Number(t)
  return Number.isFinite(n) ? n : undefined
}

export const number: Codec<number> = { read: finite, write: v => String(v) }

export const integer: Codec<number> = {
  read: t => {
    const n = finite(t)
    return n === undefined ? undefined : Math.trunc(n)
  },
  write: v => String(Math.round(v)),
}

export const flag: Codec<boolean> = {
  read: t => {
    const v = t.trim()
    return v === '1' || v === 'true' || v === '-1' ? true : v === '0' || v === 'false' ? false : undefined
  },
  write: v => (v ? '1' : '0'),
}

/** An element that says the contrary of the model's field (Active ↔ inactive). */
export const notFlag: Codec<boolean> = {
  read: t => {
    const v = flag.read(t)
    return v === undefined ? undefined : !v
  },
  write: v => (v ? '0' : '1'),
}

export const date: Codec<number> = {
  read: minuteOfIso,
  write: v => `${isoOfMinute(v)}:00`,
}

const isoDuration =
  /^\s*(-?)P(?:(\d+(?:\.\d+)?)Y)?(?:(\d+(?:\.\d+)?)M)?(?:(\d+(?:\.\d+)?)D)?(?:T(?:(\d+(?:\.\d+)?)H)?(?:(\d+(?:\.\d+)?)M)?(?:(\d+(?:\.\d+)?)S)?)?\s*$/

/**
 * Exact minutes of an ISO 8601 duration; Project writes hours, minutes, seconds. A day counts 24 hours, a month 30
 * days, a year 365, as xsd:duration arithmetic does without a start date.
 */
export function exactMinutes(t: string): number | undefined {
  const m = isoDuration.exec(t)
  if (!m || m[0].trim().length < 3) return undefined
  const part = (i: number): number => Number(m[i] ?? 0)
  const minutes =
    part(2) * 525_600 +
    part(3) * 43_200 +
    part(4) * 1440 +
    part(5) * 60 +
    part(6) +
    Math.round((part(7) * 10) / 60) / 10
  return m[1] === '-' ? -minutes : minutes
}

/** Whole minutes; Project's own resolution is a tenth of a minute. */
export const duration: Codec<number> = {
  read: t => {
    const exact = exactMinutes(t)
    return exact === undefined ? undefined : Math.round(exact)
  },
  write: v => {
    const abs = Math.abs(Math.round(v))
    return `${v < 0 ? '-' : ''}PT${Math.floor(abs / 60)}H${abs % 60}M0S`
  },
}

/** Tenths of a minute ↔ minutes (lags, slacks, delays). */
export const tenths: Codec<number> = {
  read: t => {
    const n = finite(t)
    return n === undefined ? undefined : Math.round(n / 10)
  },
  write: v => String(Math.round(v * 10)),
}

/** Thousandths of a minute ↔ minutes: Baseline work and variance elements of some writers. */
export const ratio: Codec<number> = { read: finite, write: v => String(v) }

/** Money is written in hundredths of the currency; the model keeps a decimal string. Digits are moved, never multiplied. */
export const money: Codec<string> = {
  read: t => {
    const m = /^\s*(-?)(\d*)(?:\.(\d*))?\s*$/.exec(t)
    if (!m) {
      const n = finite(t)
      return n === undefined ? undefined : plainDecimal((n / 100).toFixed(6))
    }
    const whole = (m[2] ?? '').padStart(3, '0')
    if ((m[2] ?? '') === '' && (m[3] ?? '') === '') return undefined
    return plainDecimal(`${m[1]}${whole.slice(0, -2)}.${whole.slice(-2)}${m[3] ?? ''}`)
  },
  write: v => {
    const m = /^(-?)(\d+)(?:\.(\d*))?$/.exec(v)
    if (!m) return undefined
    const fraction = (m[3] ?? '').padEnd(2, '0')
    return plainDecimal(`${m[1]}${m[2]}${fraction.slice(0, 2)}.${fraction.slice(2)}`)
  },
}

/** A plain decimal (rates): kept as text without needless zeros. */
export const decimal: Codec<string> = {
  read: t => {
    const trimmed = t.trim()
    if (/^-?\d+(\.\d*)?$/.test(trimmed)) return plainDecimal(trimmed)
    const n = finite(trimmed)
    return n === undefined ? undefined : plainDecimal(n.toFixed(6))
  },
  write: v => v,
}

/** `007.50` → `7.5`. */
export function plainDecimal(v: string): string {
  const negative = v.startsWith('-')
  let body = negative ? v.slice(1) : v
  if (body.includes('.')) body = body.replace(/0+$/, '').replace(/\.$/, '')
  body = body.replace(/^0+(?=\d)/, '')
  if (body.startsWith('.')) body = `0${body}`
  return negative && /[1-9]/.test(body) ? `-${body}` : body || '0'
}

/** Minutes within a day of `08:00:00`. */
export const timeOfDay: Codec<number> = {
  read: t => {
    const m = /(?:^|T)(\d\d):(\d\d)(?::\d\d)?/.exec(t.trim())
    return m ? Number(m[1]) * 60 + Number(m[2]) : undefined
  },
  write: v => {
    const rest = v % 1440
    return `${String(Math.floor(rest / 60)).padStart(2, '0')}:${String(rest % 60).padStart(2, '0')}:00`
  },
}

/** A number that stands for one of a list, in the order of the numbers; undefined entries are unused numbers. */
export function choice<T extends string>(...names: readonly T[]): Codec<T> {
  return {
    read: t => names[Number(t.trim() === '' ? Number.NaN : t)],
    write: v => {
      const i = names.indexOf(v)
      return i < 0 ? undefined : String(i)
    },
  }
}
