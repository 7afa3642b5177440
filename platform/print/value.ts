// A value as it stands on paper (domain brief §14): thousands, two places for money, trimmed quantities, ISO days, "—" for nothing.
import { type Decimal, EMPTY, formatAmount, formatPercent, round, scaleOf } from '@yingzao/engines/money'
import { type FieldDef, isDecimal, type Json } from '@yingzao/kernel/entity'
import { naiveIn } from '../exchange/zone.ts'

export interface Reading {
  readonly lang: 'zh' | 'en'
  readonly zone: string
  /** Titles of records that the reader may see. */
  readonly refs: Readonly<Record<string, Readonly<Record<string, string>>>>
}

const figures: ReadonlySet<string> = new Set(['integer', 'number', 'money', 'percent', 'duration'])
export const isFigure = (def: FieldDef): boolean => figures.has(def.kind)
const flags = { true: { zh: '是', en: 'Yes' }, false: { zh: '否', en: 'No' } }
const between = { zh: '、', en: ', ' }

/** What is masked comes as a text that is none of its kind: it is printed as it stands. */
export function printed(value: Json | undefined, def: FieldDef, how: Reading): string {
  if (value === null || value === undefined || value === '') return EMPTY
  const { lang } = how
  const title = (entity: string, id: Json) => how.refs[entity]?.[String(id)] ?? EMPTY
  switch (def.kind) {
    case 'money':
      return isDecimal(value) ? formatAmount(value) : String(value)
    case 'number':
      return isDecimal(value) ? trimmed(value, def.scale ?? 4) : String(value)
    case 'integer':
      return isDecimal(String(value)) ? formatAmount(decimal(String(value)), 0) : String(value)
    case 'percent':
      return isDecimal(value) ? formatPercent(value) : String(value)
    case 'duration':
      return typeof value === 'number' ? duration(value, lang) : String(value)
    case 'instant':
      return moment(String(value), how.zone)
    case 'flag':
      return typeof value === 'boolean' ? flags[value ? 'true' : 'false'][lang] : String(value)
    case 'choice':
      return def.options[String(value)]?.[lang] ?? String(value)
    case 'multi_choice':
      return joined(value, lang, each => def.options[String(each)]?.[lang] ?? String(each))
    case 'ref':
      return title(def.to, value)
    case 'user':
    case 'org_unit':
      return title(def.kind, value)
    case 'multi_ref':
      return joined(value, lang, each => title(def.to, each))
    case 'file':
      return joined(value, lang, each =>
        typeof each === 'object' && each !== null && 'name' in each ? String(each.name) : '',
      )
    case 'json':
    case 'lines':
      return EMPTY
    default:
      return String(value)
  }
}

export const moment = (instant: string, zone: string): string => naiveIn(zone, instant).replace('T', ' ').slice(0, 16)

function joined(value: Json, lang: 'zh' | 'en', say: (each: Json) => string): string {
  if (!Array.isArray(value)) return String(value)
  return value.length === 0 ? EMPTY : value.map(each => say(each)).join(between[lang])
}

const decimal = (text: string): Decimal => (isDecimal(text) ? text : '0')

/** At most so many places, without zeros at the end. */
function trimmed(value: Decimal, scale: number): string {
  const short = round(value, scale)
    .replace(/(\.\d*?)0+$/, '$1')
    .replace(/\.$/, '')
  return formatAmount(decimal(short), isDecimal(short) ? scaleOf(short) : 0)
}

/** Minutes, in days of eight hours. */
function duration(minutes: number, lang: 'zh' | 'en'): string {
  const unit = lang === 'zh' ? (['天', '小时', '分'] as const) : (['d', 'h', 'min'] as const)
  const total = Math.abs(Math.round(minutes))
  const parts = [Math.trunc(total / 480), Math.trunc((total % 480) / 60), total % 60]
  const text = parts.flatMap((part, i) => (part > 0 ? [`${part} ${unit[i]}`] : [])).join(' ')
  return `${minutes < 0 ? '−' : ''}${text || `0 ${unit[0]}`}`
}
