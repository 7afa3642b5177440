// Durations as people write them: 5d, 3w, 4h, 30m, 1mo, 2ed (elapsed), 5天, 3周, 2日历天; read and written, zh and en.
import type { DurationUnit, Lag, PlanOptions } from '../schedule/plan.ts'

type Lang = 'zh' | 'en'

export interface Duration {
  /** Working minutes, or elapsed minutes when `elapsed`. */
  minutes: number
  unit: DurationUnit
  elapsed: boolean
  estimated: boolean
}

type UnitOptions = Pick<PlanOptions, 'minutesPerDay' | 'minutesPerWeek' | 'daysPerMonth'>

/** Longest spelling first, so that "mo" is not read as "m" and "日历天" not as "天". */
const SPELLINGS: readonly (readonly [RegExp, DurationUnit])[] = [
  [/^(mons?|months?|mo|个月|月)$/, 'mo'],
  [/^(minutes?|mins?|m|分钟|分)$/, 'm'],
  [/^(hours?|hrs?|h|小时|时)$/, 'h'],
  [/^(days?|dys?|d|个工作日|工作日|天|日)$/, 'd'],
  [/^(weeks?|wks?|w|周|星期)$/, 'w'],
  [/^(years?|yrs?|y|年)$/, 'y'],
]

/** Minutes of one unit: working time by the plan's options, elapsed time by the clock. */
export function unitMinutes(unit: DurationUnit, elapsed: boolean, options: UnitOptions): number {
  const day = elapsed ? 1440 : options.minutesPerDay
  switch (unit) {
    case 'm':
      return 1
    case 'h':
      return 60
    case 'd':
      return day
    case 'w':
      return elapsed ? 7 * 1440 : options.minutesPerWeek
    case 'mo':
      return elapsed ? 30 * 1440 : day * options.daysPerMonth
    case 'y':
      return elapsed ? 365 * 1440 : day * options.daysPerMonth * 12
  }
}

/** Full-width digits and signs, as a Chinese input method types them, become plain ones. */
export const plainWidth = (text: string): string =>
  text.replace(/[！-～]/g, char => String.fromCharCode(char.charCodeAt(0) - 0xfee0)).replace(/\u3000/g, ' ')

/** Reads a duration; undefined when it is none. A bare number counts in `defaultUnit`. A "?" marks an estimate. */
export function parseDuration(
  text: string,
  options: UnitOptions,
  defaultUnit: DurationUnit = 'd',
): Duration | undefined {
  const match = /^(\d+(?:\.\d*)?|\.\d+)\s*(\D*)$/.exec(plainWidth(text).trim().toLowerCase())
  if (!match) return undefined
  let word = (match[2] ?? '').trim()
  const estimated = word.endsWith('?')
  if (estimated) word = word.slice(0, -1).trim()
  let elapsed = false
  const calendar = /^(?:e|日历|自然)(.+)$/.exec(word)
  if (calendar) {
    elapsed = true
    word = calendar[1] ?? ''
  }
  const unit = word === '' && !elapsed ? defaultUnit : SPELLINGS.find(([spelling]) => spelling.test(word))?.[1]
  if (!unit) return undefined
  const minutes = Math.round(Number(match[1]) * unitMinutes(unit, elapsed, options))
  return Number.isSafeInteger(minutes) ? { minutes, unit, elapsed, estimated } : undefined
}

const WORDS: Record<Lang, Record<DurationUnit, string>> = {
  zh: { m: '分', h: '小时', d: '天', w: '周', mo: '月', y: '年' },
  en: { m: 'm', h: 'h', d: 'd', w: 'w', mo: 'mo', y: 'y' },
}

const number = (value: number): string => String(Math.round(value * 100) / 100)

/** Writes a duration in its unit: 5天, 2.5d, 3ed, 2日历天; "?" behind an estimate. */
export function formatDuration(
  lang: Lang,
  minutes: number,
  options: UnitOptions,
  {
    unit = 'd',
    elapsed = false,
    estimated = false,
  }: { unit?: DurationUnit; elapsed?: boolean; estimated?: boolean } = {},
): string {
  const value = number(minutes / unitMinutes(unit, elapsed, options))
  const mark = estimated ? '?' : ''
  if (lang === 'zh') return `${value}${elapsed ? '日历' : ''}${WORDS.zh[unit]}${mark}`
  return `${value}${elapsed ? 'e' : ''}${WORDS.en[unit]}${mark}`
}

/** Reads a lag with its sign: +2d, -1w, +50%, +50e%, 3天; undefined when it is none. */
export function parseLag(text: string, options: UnitOptions): { lag: Lag; unit?: DurationUnit } | undefined {
  const plain = plainWidth(text).trim()
  if (plain === '') return { lag: { kind: 'working', minutes: 0 } }
  const sign = plain.startsWith('-') ? -1 : 1
  const body = plain.replace(/^[+-]\s*/, '')
  const percent = /^(\d+(?:\.\d+)?)\s*(e)?%$/i.exec(body)
  if (percent) {
    return { lag: { kind: percent[2] ? 'elapsed_percent' : 'percent', percent: sign * Number(percent[1]) } }
  }
  const duration = parseDuration(body, options)
  if (!duration) return undefined
  return {
    lag: { kind: duration.elapsed ? 'elapsed' : 'working', minutes: sign * duration.minutes },
    unit: duration.unit,
  }
}

/** Writes a lag with its sign; '' when there is none. */
export function formatLag(lang: Lang, lag: Lag, unit: DurationUnit | undefined, options: UnitOptions): string {
  if (lag.kind === 'percent' || lag.kind === 'elapsed_percent') {
    if (lag.percent === 0) return ''
    return `${lag.percent > 0 ? '+' : '-'}${number(Math.abs(lag.percent))}${lag.kind === 'percent' ? '' : 'e'}%`
  }
  if (lag.minutes === 0) return ''
  const text = formatDuration(lang, Math.abs(lag.minutes), options, {
    unit: unit ?? 'd',
    elapsed: lag.kind === 'elapsed',
  })
  return `${lag.minutes > 0 ? '+' : '-'}${text}`
}
