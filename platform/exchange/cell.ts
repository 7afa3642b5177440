// One value ↔ one cell. Reading is generous with how people write dates, numbers and choices; writing is exact.

import { type Cell, type CellValue, type Column, cellText } from '@yingzao/formats/table'
import type { FieldDef, Json, Label } from '@yingzao/kernel/entity'
import { isDecimal, isPlainDate } from '@yingzao/kernel/entity'
import { instantIn, naiveIn } from './zone.ts'

/** The spreadsheet column a field becomes. */
export function sheetColumn(header: string, def: FieldDef, lang: 'zh' | 'en', required = false): Column {
  const kinds: Partial<Record<FieldDef['kind'], Column['kind']>> = {
    integer: 'number',
    number: 'number',
    money: 'number',
    duration: 'number',
    date: 'date',
    instant: 'instant',
    flag: 'text',
  }
  const choices = choicesOf(def, lang)
  const note = noteOf(def, lang)
  return {
    header,
    kind: kinds[def.kind] ?? 'text',
    ...(def.kind === 'money' ? { decimals: 2 } : {}),
    ...(choices ? { choices } : {}),
    ...(required ? { required: true } : {}),
    ...(note ? { note } : {}),
    width: def.kind === 'long_text' ? 40 : Math.min(40, Math.max(12, header.length * 2 + 2)),
  }
}

const flagText = { true: { zh: '是', en: 'Yes' }, false: { zh: '否', en: 'No' } } as const

function choicesOf(def: FieldDef, lang: 'zh' | 'en'): readonly string[] | undefined {
  if (def.kind === 'flag') return [flagText.true[lang], flagText.false[lang]]
  if (def.kind !== 'choice') return undefined
  return Object.values(def.options).flatMap(option => (option.retired ? [] : [option[lang]]))
}

const kindNotes: Partial<Record<FieldDef['kind'], Label>> = {
  date: { zh: '日期，例如 2026-11-21', en: 'Date, such as 2026-11-21' },
  instant: { zh: '时间，例如 2026-11-21 14:05', en: 'Date and time, such as 2026-11-21 14:05' },
  percent: { zh: '百分比，例如 85%', en: 'Percentage, such as 85%' },
  duration: { zh: '分钟数', en: 'Minutes' },
  multi_choice: { zh: '多个选项用顿号或分号分开', en: 'Several choices, separated by semicolons' },
  multi_ref: { zh: '多个名称用分号分开', en: 'Several names, separated by semicolons' },
  user: { zh: '姓名或登录名', en: 'Name or login' },
  org_unit: { zh: '名称或编码', en: 'Name or code' },
}

function noteOf(def: FieldDef, lang: 'zh' | 'en'): string | undefined {
  const options =
    def.kind === 'multi_choice'
      ? Object.values(def.options)
          .map(option => option[lang])
          .join(lang === 'zh' ? '、' : '; ')
      : ''
  const required = def.required ? { zh: '必填', en: 'Required' }[lang] : ''
  const parts = [required, def.hint?.[lang], kindNotes[def.kind]?.[lang], options, def.unit?.[lang]].filter(Boolean)
  return parts.length ? parts.join('\n') : undefined
}

/** A value as it is written: choices by label, references by title, moments in the organisation's zone. */
export function writeCell(
  value: Json | undefined,
  def: FieldDef,
  how: { readonly lang: 'zh' | 'en'; readonly zone: string; readonly title: (entity: string, id: string) => string },
): CellValue {
  if (value === null || value === undefined) return null
  switch (def.kind) {
    case 'flag':
      return typeof value === 'boolean' ? flagText[value ? 'true' : 'false'][how.lang] : String(value)
    case 'choice':
      return def.options[String(value)]?.[how.lang] ?? String(value)
    case 'multi_choice':
      return Array.isArray(value)
        ? value.map(each => def.options[String(each)]?.[how.lang] ?? String(each)).join('；')
        : null
    case 'ref':
      return how.title(def.to, String(value))
    case 'user':
    case 'org_unit':
      return how.title(def.kind, String(value))
    case 'multi_ref':
      return Array.isArray(value) ? value.map(each => how.title(def.to, String(each))).join('；') : null
    case 'instant':
      return naiveIn(how.zone, String(value))
    case 'percent':
      return isDecimal(value) ? `${shift(value, 2)}%` : String(value)
    default:
      return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
        ? value
        : JSON.stringify(value)
  }
}

/** A cell that names records: they are looked up together, later. */
export interface Named {
  readonly named: string
  readonly texts: readonly string[]
  readonly many: boolean
}
export type Parsed =
  | { readonly value: Json }
  | { readonly ref: Named }
  | { readonly code: string; readonly values: Readonly<Record<string, Json>> }

const bad = (code: string, text: string, more: Readonly<Record<string, Json>> = {}): Parsed => ({
  code: `exchange.${code}`,
  values: { text: text.slice(0, 80), ...more },
})

/** What a cell means for a field; empty is null (the store then says whether that is allowed). */
export function readCell(cell: Cell | undefined, def: FieldDef, zone: string): Parsed {
  if (cell?.kind === 'error') return bad('cell_error', cell.error)
  const raw = cellText(cell)
  const text = raw.normalize('NFKC').trim()
  if (text === '') return { value: def.kind === 'multi_choice' || def.kind === 'multi_ref' ? [] : null }
  switch (def.kind) {
    case 'text':
    case 'long_text':
    case 'serial':
    case 'secret':
      return { value: raw.trim() }
    case 'integer':
    case 'duration': {
      const digits = plainNumber(text)
      return digits !== null && /^-?\d{1,15}(\.0*)?$/.test(digits) ? { value: Number(digits) } : bad('no_integer', text)
    }
    case 'number':
    case 'money': {
      const digits = plainNumber(text)
      return digits === null ? bad('no_number', text) : { value: digits }
    }
    case 'percent': {
      const digits = plainNumber(text.replace(/%$/, ''))
      if (digits === null) return bad('no_number', text)
      return { value: text.endsWith('%') ? shift(digits, -2) : digits }
    }
    case 'date': {
      const date = cell?.kind === 'date' ? cell.iso.slice(0, 10) : readDate(text)
      return date !== null && isPlainDate(date) ? { value: date } : bad('no_date', text)
    }
    case 'instant': {
      const instant = instantIn(zone, cell?.kind === 'date' ? cell.iso : text)
      return instant === null ? bad('no_instant', text) : { value: instant }
    }
    case 'flag': {
      if (/^(true|是|yes|y|1|√|✓|t)$/i.test(text)) return { value: true }
      return /^(false|否|no|n|0|×|f)$/i.test(text) ? { value: false } : bad('no_flag', text)
    }
    case 'choice': {
      const found = optionOf(def.options, text)
      return found === null ? bad('no_choice', text, { choices: labels(def.options) }) : { value: found }
    }
    case 'multi_choice': {
      const found = split(text).map(each => ({ each, option: optionOf(def.options, each) }))
      const missing = found.find(({ option }) => option === null)
      if (missing) return bad('no_choice', missing.each, { choices: labels(def.options) })
      return { value: found.flatMap(({ option }) => (option === null ? [] : [option])) }
    }
    case 'ref':
      return { ref: { named: def.to, texts: [raw.trim()], many: false } }
    case 'user':
    case 'org_unit':
      return { ref: { named: def.kind, texts: [raw.trim()], many: false } }
    case 'multi_ref':
      return { ref: { named: def.to, texts: split(raw), many: true } }
    case 'lines':
    case 'file':
    case 'json':
      return bad('no_cell', text)
  }
}

const split = (text: string): string[] =>
  text
    .split(/[;；、|\n]/)
    .map(each => each.trim())
    .filter(Boolean)

const same = (a: string, b: string) => a.normalize('NFKC').toLowerCase() === b.normalize('NFKC').toLowerCase()

function optionOf(options: Readonly<Record<string, Label>>, text: string): string | null {
  const found = Object.entries(options).find(
    ([code, label]) => same(code, text) || same(label.zh, text) || same(label.en, text),
  )
  return found?.[0] ?? null
}
const labels = (options: Readonly<Record<string, Label>>) => Object.values(options).map(option => option.zh)

/** Thousands separators, currency signs and a trailing 元 are how people write; parentheses are how accountants subtract. */
function plainNumber(text: string): string | null {
  const bare = text.replace(/[,\s_¥$€]/g, '').replace(/元$/, '')
  const negative = /^\((.+)\)$/.exec(bare)
  const digits = negative?.[1] !== undefined ? `-${negative[1]}` : bare
  const match = /^([+-]?)0*(\d+)(?:\.(\d*))?$/.exec(digits) ?? /^([+-]?)(0?)\.(\d+)$/.exec(digits)
  if (!match) return scientific(digits)
  const fraction = (match[3] ?? '').replace(/0+$/, '')
  const whole = match[2] || '0'
  const plain = fraction ? `${whole}.${fraction}` : whole
  return match[1] === '-' && /[1-9]/.test(plain) ? `-${plain}` : plain
}

/** 1.2E+3, as spreadsheets save large numbers. */
function scientific(text: string): string | null {
  const match = /^([+-]?\d+(?:\.\d+)?)e([+-]?\d{1,2})$/i.exec(text)
  if (!match?.[1] || !match[2]) return null
  const mantissa = plainNumber(match[1])
  return mantissa === null ? null : shift(mantissa, Number(match[2]))
}

/** Moves the decimal point: `shift('0.85', 2)` is '85'. */
export function shift(decimal: string, places: number): string {
  const negative = decimal.startsWith('-')
  const [whole = '0', fraction = ''] = decimal.replace(/^-/, '').split('.')
  const digits = whole + fraction
  const point = whole.length + places
  const padded = point < 1 ? '0'.repeat(1 - point) + digits : digits.padEnd(point, '0')
  const at = Math.max(point, 1)
  const text = `${padded.slice(0, at).replace(/^0+(?=\d)/, '')}.${padded.slice(at)}`.replace(/\.?0*$/, '')
  return negative && /[1-9]/.test(text) ? `-${text}` : text
}

/** 2026-11-21, 2026/11/21, 2026.11.21, 2026年11月21日, 20261121. */
function readDate(text: string): string | null {
  const match =
    /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(text.split(/[ T]/)[0] ?? '') ??
    /^(\d{4})(\d{2})(\d{2})$/.exec(text)
  return match ? `${match[1]}-${match[2]?.padStart(2, '0')}-${match[3]?.padStart(2, '0')}` : null
}
