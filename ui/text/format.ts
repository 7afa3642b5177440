// Formats: thousands, two places for money, trimmed quantities, ISO days, "—" for nothing (never for zero).
import { isDecimal, type Json } from '@yingzao/kernel/entity'

export const empty = '—'

/** A true minus sign aligns with digits; a hyphen does not. */
const minus = (text: string) => text.replace('-', '−')

export interface Formats {
  money(value: Json | undefined): string
  /** 万元 in Chinese, thousands in English: for cockpits; rounded once from the exact amount. */
  moneyShort(value: Json | undefined): string
  /** The same on an axis, whose steps are round: without noughts behind the point. */
  moneyTick(value: number): string
  number(value: Json | undefined, scale?: number): string
  integer(value: Json | undefined): string
  /** A fraction: "0.0912" → "9.12%". */
  percent(value: Json | undefined): string
  date(value: Json | undefined): string
  month(value: Json | undefined): string
  /** In the reader's zone, to the minute. */
  instant(value: Json | undefined): string
  /** "3 minutes ago" up to a week, then the day. */
  ago(value: Json | undefined, now?: number): string
  /** Minutes as days of 8 hours, hours and minutes. */
  duration(minutes: Json | undefined): string
  bytes(size: number): string
}

const numeric = (value: Json | undefined): Intl.StringNumericLiteral | number | null => {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null
  return isDecimal(value) ? value : null
}
export const isNegative = (value: Json | undefined): boolean =>
  typeof value === 'number' ? value < 0 : isDecimal(value) && value.startsWith('-') && /[1-9]/.test(value)

const pad = (part: number) => String(part).padStart(2, '0')
const day = (at: Date) => `${at.getFullYear()}-${pad(at.getMonth() + 1)}-${pad(at.getDate())}`
const clock = (at: Date) => `${pad(at.getHours())}:${pad(at.getMinutes())}`
const moment = (value: Json | undefined): Date | null => {
  if (typeof value !== 'string' || value === '') return null
  const at = new Date(value)
  return Number.isNaN(at.getTime()) ? null : at
}

function make(lang: 'zh' | 'en'): Formats {
  const locale = lang === 'zh' ? 'zh-CN' : 'en-US'
  const fixed = (places: number) =>
    new Intl.NumberFormat(locale, { minimumFractionDigits: places, maximumFractionDigits: places })
  const [whole, two] = [fixed(0), fixed(2)]
  const trimmed = new Map<number, Intl.NumberFormat>()
  const upTo = (places: number) => {
    const known = trimmed.get(places) ?? new Intl.NumberFormat(locale, { maximumFractionDigits: places })
    trimmed.set(places, known)
    return known
  }
  const ratio = new Intl.NumberFormat(locale, {
    style: 'percent',
    minimumFractionDigits: 2,
    maximumFractionDigits: 2,
  })
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' })
  const say = (format: Intl.NumberFormat, value: Json | undefined) => {
    const known = numeric(value)
    return known === null ? empty : minus(format.format(known))
  }
  const short = (value: Json | undefined): string => {
    const known = numeric(value)
    if (known === null) return empty
    const amount = Number(known)
    return lang === 'zh' ? `${minus(two.format(amount / 10_000))}万` : `${minus(upTo(1).format(amount / 1000))}k`
  }
  return {
    money: value => say(two, value),
    moneyShort: short,
    moneyTick: value => short(value).replace('.00', ''),
    number: (value, scale = 4) => say(upTo(scale), value),
    integer: value => say(whole, value),
    percent: value => say(ratio, value),
    date: value => (typeof value === 'string' && value ? value.slice(0, 10) : empty),
    month: value => {
      if (typeof value !== 'string' || !value) return empty
      return lang === 'zh' ? `${value.slice(0, 4)}年${value.slice(5, 7)}月` : value.slice(0, 7)
    },
    instant: value => {
      const at = moment(value)
      return at ? `${day(at)} ${clock(at)}` : empty
    },
    ago: (value, now = Date.now()) => {
      const at = moment(value)
      if (!at) return empty
      const seconds = Math.round((at.getTime() - now) / 1000)
      const past = Math.abs(seconds)
      if (past < 60) return relative.format(0, 'minute')
      if (past < 3600) return relative.format(Math.trunc(seconds / 60), 'minute')
      if (past < 86_400) return relative.format(Math.trunc(seconds / 3600), 'hour')
      if (past < 7 * 86_400) return relative.format(Math.trunc(seconds / 86_400), 'day')
      return day(at)
    },
    duration: minutes => {
      if (typeof minutes !== 'number' || !Number.isFinite(minutes)) return empty
      const total = Math.abs(Math.round(minutes))
      const unit = lang === 'zh' ? { d: '天', h: '小时', m: '分' } : { d: 'd', h: 'h', m: 'min' }
      const parts = [
        [Math.trunc(total / 480), unit.d],
        [Math.trunc((total % 480) / 60), unit.h],
        [total % 60, unit.m],
      ] as const
      const text = parts
        .filter(([amount]) => amount > 0)
        .map(([amount, name]) => `${whole.format(amount)} ${name}`)
        .join(' ')
      return `${minutes < 0 ? '−' : ''}${text || `0 ${unit.d}`}`
    },
    bytes: size => {
      const step = size < 1024 ? 0 : Math.min(3, Math.floor(Math.log2(size) / 10))
      return `${upTo(step === 0 ? 0 : 1).format(size / 1024 ** step)} ${['B', 'kB', 'MB', 'GB'][step]}`
    },
  }
}

const made = { zh: make('zh'), en: make('en') }
export const formats = (lang: 'zh' | 'en'): Formats => made[lang]
