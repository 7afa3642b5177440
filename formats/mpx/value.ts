// Values of MPX fields, written as the settings of the file say: order of dates, separators, currency, words.
import { dayNumber, daysInMonth } from '@yingzao/engines/schedule/civil'
import type { ConstraintType, DurationUnit, LinkType } from '@yingzao/engines/schedule/plan'
import { plainDecimal } from '../codec.ts'
import { constraintTypes, type Language, languages, monthsOf } from './language.ts'

/** Records 10, 11 and 12. */
export interface Settings {
  language: Language
  currency: string
  thousands: string
  decimal: string
  /** 0 = month/day/year, 1 = day/month/year, 2 = year/month/day. */
  dateOrder: number
  dateSeparator: string
  timeSeparator: string
  am: string
  pm: string
  /** Minutes of a day at which a date without a time starts and ends. */
  defaultStart: number
  defaultFinish: number
  minutesPerDay: number
  minutesPerWeek: number
}

export interface Duration {
  /** Working minutes, or elapsed ones, as exactly as the text says. */
  exactMinutes: number
  unit: DurationUnit
  elapsed: boolean
  estimated: boolean
}

export interface DateValue {
  day: number
  /** Minutes of the day, where the text says a time. */
  minute?: number
}

/** Years of Microsoft Project run from 1984. */
const century = (year: number): number => (year > 99 ? year : year >= 84 ? 1900 + year : 2000 + year)

export interface Values {
  number(text: string): number | undefined
  money(text: string): string | undefined
  flag(text: string): boolean | undefined
  time(text: string): number | undefined
  date(text: string): DateValue | undefined
  duration(text: string): Duration | undefined
  constraint(text: string): ConstraintType | undefined
  priority(text: string): number | undefined
  accrual(text: string): number | undefined
  linkType(text: string): LinkType | undefined
}

/** Nothing was entered: blank, `NA`, `NV`, `NC` … */
export const isBlank = (text: string): boolean => /^\s*(?:n\.?[advcp]\.?|нд|н\/д|暂缺|)\s*$/i.test(text)

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

export function valuesOf(settings: Settings): Values {
  const { language } = settings
  const months = monthsOf(language)
  const allowed = [language, ...languages]

  const number = (text: string): number | undefined => {
    const plain = (settings.thousands === '' ? text : text.replaceAll(settings.thousands, ''))
      .replace(settings.decimal === '' ? '.' : settings.decimal, '.')
      .replace(/[\s\u00a0%]/g, '')
    return /^[-+]?(\d+(\.\d*)?|\.\d+)$/.test(plain) && plain.length < 30 ? Number(plain) : undefined
  }

  const clockPattern = new RegExp(
    `(\\d{1,2})${escaped(settings.timeSeparator || ':')}(\\d{2})(?:${escaped(settings.timeSeparator || ':')}(\\d{2}))?\\s*(${[settings.am, settings.pm, 'am', 'pm'].filter(Boolean).map(escaped).join('|')})?(?![\\d])`,
    'i',
  )
  const clock = (text: string): { minute: number; rest: string } | undefined => {
    const m = clockPattern.exec(text)
    if (!m) return undefined
    const hour = Number(m[1])
    const half = m[4]?.toLowerCase()
    const isPm = half !== undefined && (half === settings.pm.toLowerCase() || half === 'pm')
    const hours = half === undefined ? hour : (hour % 12) + (isPm ? 12 : 0)
    if (hours > 24 || Number(m[2]) > 59) return undefined
    return { minute: hours * 60 + Number(m[2]), rest: text.slice(0, m.index) + text.slice(m.index + m[0].length) }
  }

  const date = (text: string): DateValue | undefined => {
    // Time and date may share their separator (9.30 or 9:30): a date with three numbers is looked for first.
    const separated = settings.timeSeparator === settings.dateSeparator
    const time = separated ? undefined : clock(text)
    const rest = time?.rest ?? text
    const numbers = [...rest.matchAll(/\d+/g)].map(m => Number(m[0]))
    const word = [...rest.toLowerCase().matchAll(/\p{L}+/gu)].map(m => months.get(m[0])).find(m => m !== undefined)
    const [a = 0, b = 0, c = 0] = numbers
    const [year, month, day] =
      word !== undefined && numbers.length >= 2
        ? a > 31
          ? [a, word, b]
          : [b, word, a]
        : numbers.length < 3
          ? []
          : a > 31 || settings.dateOrder === 2
            ? [a, b, c]
            : settings.dateOrder === 1
              ? [c, b, a]
              : [c, a, b]
    if (year === undefined || month === undefined || day === undefined) return undefined
    const full = century(year)
    if (full > 9999 || month < 1 || month > 12 || day < 1 || day > daysInMonth(full, month)) return undefined
    return { day: dayNumber(full, month, day), ...(time && { minute: time.minute }) }
  }

  /** Unit and whether it is elapsed, in the language of the file or in English. */
  const unitOf = (word: string): { unit: DurationUnit; elapsed: boolean } | undefined => {
    for (const { units, elapsed } of [language, ...languages.slice(0, 1)]) {
      const plain = units[word]
      if (Object.hasOwn(units, word) && plain) return { unit: plain, elapsed: false }
      const cut = word.replace(elapsed, '')
      const inner = Object.hasOwn(units, cut) ? units[cut] : undefined
      if (cut !== word && inner) return { unit: inner, elapsed: true }
    }
    return undefined
  }

  const minutesOf = (unit: DurationUnit, elapsed: boolean): number => {
    const day = elapsed ? 1440 : settings.minutesPerDay
    switch (unit) {
      case 'm':
        return 1
      case 'h':
        return 60
      case 'd':
        return day
      case 'w':
        return elapsed ? 10_080 : settings.minutesPerWeek
      case 'mo':
        return day * (elapsed ? 30 : 20)
      default:
        return day * (elapsed ? 365 : 240)
    }
  }

  const duration = (text: string): Duration | undefined => {
    const m = /^\s*([-+]?[\d.,'\s\u00a0]*\d[.,]?)\s*([^\d\s?][^?]*?)?\s*(\?)?\s*$/.exec(text)
    const amount = m ? number(m[1] ?? '') : undefined
    if (!m || amount === undefined) return undefined
    const found =
      m[2] === undefined ? { unit: 'd' as const, elapsed: false } : unitOf(m[2].toLowerCase().replace(/\s/g, ''))
    if (!found) return undefined
    const exactMinutes = Number((amount * minutesOf(found.unit, found.elapsed)).toFixed(4))
    if (Math.abs(exactMinutes) > 1e12) return undefined
    return { ...found, exactMinutes, estimated: m[3] === '?' }
  }

  /** Position of a word in the same list of any language, the file's own first. */
  const position = (text: string, words: (of: Language) => readonly string[]): number | undefined => {
    const plain = text.trim().toLowerCase().replace('ß', 'ss')
    for (const item of allowed) {
      const at = words(item).indexOf(plain)
      if (at >= 0) return at
    }
    return undefined
  }

  return {
    number,
    duration,
    date,
    time: text => clock(text)?.minute,
    money(text) {
      const plain = text.replaceAll(settings.currency || '\u0000', '').replace(/[^\d.,'\s\u00a0+-]/g, '')
      const inBrackets = /^\s*\(.*\)\s*$/.test(text)
      const n = number(plain)
      return n === undefined ? undefined : plainDecimal((inBrackets ? -n : n).toFixed(4))
    },
    flag(text) {
      const plain = text.trim().toLowerCase()
      if (plain === '1' || plain === '-1') return true
      if (plain === '0') return false
      if (allowed.some(l => l.yes === plain)) return true
      return allowed.some(l => l.no === plain) ? false : undefined
    },
    constraint(text) {
      const at = /^\s*[0-7]\s*$/.test(text) ? Number(text) : position(text, l => l.constraints)
      return at === undefined ? undefined : constraintTypes[at]
    },
    priority(text) {
      const at = position(text, l => l.priorities)
      if (at !== undefined) return (at + 1) * 100
      const n = number(text)
      return n !== undefined && n >= 0 && n <= 9 ? (n + 1) * 100 : undefined
    },
    accrual(text) {
      const at = position(text, l => l.accrual)
      return at === undefined ? undefined : at + 1
    },
    linkType(text) {
      const plain = text.trim().toUpperCase()
      if (plain === '') return 'FS'
      for (const { links } of [language, ...languages.slice(0, 1)]) if (Object.hasOwn(links, plain)) return links[plain]
      return undefined
    },
  }
}
