// Values of Microsoft Project XML: how each element's text becomes a value of the plan model and back.
import { formatMinute, parseMinute } from '@yingzao/engines/schedule/civil'
import { type Codec, finite, plainDecimal } from '../codec.ts'

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
  read: parseMinute,
  write: v => `${formatMinute(v)}:00`,
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
  exact: t => Number.isInteger(exactMinutes(t) ?? 0),
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
