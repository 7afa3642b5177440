// Values of MPX records as the elements of Project's XML that hold the same.
import { formatDay, formatMinute } from '@yingzao/engines/schedule/civil'
import type { LossLog } from '../loss.ts'
import { fieldId, type Owner } from '../mspdi/custom-field.ts'
import { constraintType } from '../mspdi/record.ts'
import { durationFormat } from '../mspdi/unit.ts'
import { money } from '../mspdi/value.ts'
import type { XmlNode } from '../xml/record.ts'
import type { FieldKind, FieldSpec } from './field.ts'
import { isBlank, type Settings, type Values } from './value.ts'

export const node = (
  name: string,
  fields: Readonly<Record<string, string | undefined>> = {},
  children: XmlNode[] = [],
): XmlNode => ({
  name,
  fields: new Map(Object.entries(fields).flatMap(([key, text]) => (text === undefined ? [] : [[key, text] as const]))),
  children,
})

/** Exact to the second: the reader of Project's XML rounds, and reports what it rounded. */
export const isoDuration = (minutes: number): string => {
  const seconds = Math.round(Math.abs(minutes * 60))
  const whole = Math.floor(seconds / 60)
  return `${minutes < 0 ? '-' : ''}PT${Math.floor(whole / 60)}H${whole % 60}M${seconds % 60}S`
}

/** Turns the text of a field into the text of its element; undefined for nothing, a loss for what is not understood. */
export interface FieldTexts {
  text(kind: FieldKind, text: string, path: string): string | undefined
  /** A field of a record, put where its element belongs. */
  put(record: XmlNode, spec: FieldSpec, text: string): void
  instant(text: string, isFinish: boolean): { at: number; isDay: boolean } | undefined
}

/** Path of the one loss for all dates whose format shows no time: they begin and end with the usual day. */
const withoutTime = 'Date format (12)'

/** What Project writes where nobody entered anything. */
const untouched = /^(0|PT0H0M0S)$/

export function fieldTexts(of: Owner, settings: Settings, values: Values, losses: LossLog): FieldTexts {
  const instant = (text: string, isFinish: boolean) => {
    const date = values.date(text)
    if (!date) return undefined
    const minute = date.minute ?? (isFinish ? settings.defaultFinish : settings.defaultStart)
    return { at: date.day * 1440 + minute, isDay: date.minute === undefined }
  }

  const read = (kind: FieldKind, text: string, path: string): string | undefined => {
    switch (kind) {
      case 'text':
        // A line break inside a text is written as the DEL character.
        return text.replaceAll('\x7f', '\n').replace(/\r\n?/g, '\n')
      case 'integer': {
        const n = values.number(text)
        return n === undefined ? undefined : String(Math.trunc(n))
      }
      case 'number': {
        const n = values.number(text)
        return n === undefined ? undefined : String(n)
      }
      case 'percent': {
        const n = values.number(text)
        if (n !== undefined && !Number.isInteger(n)) losses.add('rounded', path, text)
        return n === undefined ? undefined : String(Math.round(n))
      }
      case 'units': {
        const n = values.number(text)
        return n === undefined ? undefined : String(text.includes('%') ? n / 100 : n)
      }
      case 'money': {
        const amount = values.money(text)
        return amount === undefined ? undefined : money.write(amount)
      }
      case 'flag': {
        const flag = values.flag(text)
        return flag === undefined ? undefined : flag ? '1' : '0'
      }
      case 'fixed': {
        // Fixed = of fixed duration; otherwise of fixed units.
        const flag = values.flag(text)
        return flag === undefined ? undefined : flag ? '1' : '0'
      }
      case 'start':
      case 'finish': {
        const found = instant(text, kind === 'finish')
        if (found?.isDay) losses.add('rounded', withoutTime, text)
        return found && `${formatMinute(found.at)}:00`
      }
      case 'duration': {
        const found = values.duration(text)
        return found && isoDuration(found.exactMinutes)
      }
      case 'tenths': {
        const found = values.duration(text)
        return found && String(Math.round(found.exactMinutes * 10))
      }
      case 'constraint': {
        const type = values.constraint(text)
        return type && constraintType.write(type)
      }
      case 'priority': {
        const n = values.priority(text)
        return n === undefined ? undefined : String(n)
      }
      case 'accrual': {
        const n = values.accrual(text)
        return n === undefined ? undefined : String(n)
      }
      case 'rate':
        return ratePerHour(text, values)
    }
  }

  const text = (kind: FieldKind, written: string, path: string): string | undefined => {
    if (written.trim() === '' || (kind !== 'text' && isBlank(written))) return undefined
    const value = read(kind, kind === 'text' ? written : written.trim(), path)
    if (value === undefined) losses.add('value', path, written)
    return value
  }

  return {
    instant,
    text,
    put(record, spec, written) {
      const value = text(spec.kind, written, `${record.name}/${spec.element}`)
      if (value === undefined) return
      if (spec.in === undefined) {
        record.fields.set(spec.element, value)
        if (spec.element === 'Duration') {
          const found = values.duration(written)
          if (found)
            record.fields.set('DurationFormat', String(durationFormat(found.unit, found.elapsed, found.estimated)))
          if (found?.estimated) record.fields.set('Estimated', '1')
        }
      } else if (spec.in === 'custom') {
        if (!untouched.test(value) || spec.kind === 'text')
          record.children.push(node('ExtendedAttribute', { FieldID: fieldId(of, spec.element), Value: value }))
      } else {
        let baseline = record.children.find(c => c.name === 'Baseline')
        if (!baseline) {
          if (untouched.test(value)) return
          baseline = node('Baseline', { Number: '0' })
          record.children.push(baseline)
        }
        baseline.fields.set(spec.element, value)
      }
    },
  }
}

/** `£10,00/h`, `$80.00/d`: an amount for a unit of time, by the hour. */
function ratePerHour(text: string, values: Values): string | undefined {
  const slash = text.lastIndexOf('/')
  const amount = values.money(slash < 0 ? text : text.slice(0, slash))
  const unit = slash < 0 ? undefined : values.duration(`1${text.slice(slash + 1)}`)
  if (amount === undefined || (slash >= 0 && !unit)) return undefined
  const hours = unit ? unit.exactMinutes / 60 : 1
  return hours === 1 || hours <= 0 ? amount : String(Number((Number(amount) / hours).toFixed(6)))
}

/** First and last day of an exception. */
export const period = (fromDay: number, toDay: number): XmlNode =>
  node('TimePeriod', { FromDate: `${formatDay(fromDay)}T00:00:00`, ToDate: `${formatDay(toDay)}T23:59:00` })
