// What can be said about a value before the server is asked. The server decides; this only answers sooner.
import { type FieldMeta, isDecimal, isPlainDate, type Json } from '@yingzao/kernel/entity'
import type { Text } from '../text/language.tsx'
import { compare, scaleOf } from './decimal.ts'
import type { text } from './text.ts'

export type Errors = Readonly<Record<string, string>>

const isEmpty = (value: Json | undefined) =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)

/** A default that is a formula: an empty input is what the server fills. */
const filledByServer = (field: FieldMeta) => typeof field.default === 'string' && field.default.startsWith('=')

const email = /^[^\s@]+@[^\s@]+\.[^\s@]+$/

/** Message for a value that cannot be right; null when nothing speaks against it. */
export function checkValue(field: FieldMeta, value: Json | undefined, t: Text<typeof text>): string | null {
  if (isEmpty(value)) return field.required && !filledByServer(field) ? t('required') : null
  switch (field.kind) {
    case 'text':
    case 'long_text':
    case 'secret': {
      const length = [...String(value)].length
      if ('max' in field && field.max !== undefined && length > field.max)
        return t('tooLong', { max: field.max, length })
      if (field.kind === 'text' && field.input === 'email' && !email.test(String(value))) return t('notEmail')
      if (field.kind === 'text' && field.pattern && !new RegExp(field.pattern, 'u').test(String(value)))
        return t('badPattern')
      return null
    }
    case 'integer':
      if (typeof value !== 'number' || !Number.isSafeInteger(value)) return t('notInteger')
      if (field.min !== undefined && value < field.min) return t('tooSmall', { min: field.min })
      if (field.max !== undefined && value > field.max) return t('tooLarge', { max: field.max })
      return null
    case 'number':
    case 'money':
    case 'percent': {
      if (!isDecimal(value)) return t('notNumber')
      const scale = field.kind === 'money' ? 2 : field.kind === 'percent' ? 6 : (field.scale ?? 4)
      if (scaleOf(value) > scale) return t('tooPrecise', { scale: field.kind === 'percent' ? scale - 2 : scale })
      if (field.min !== undefined && compare(value, field.min) < 0) return t('tooSmall', { min: field.min })
      if (field.max !== undefined && compare(value, field.max) > 0) return t('tooLarge', { max: field.max })
      return null
    }
    case 'date':
      return isPlainDate(value) ? null : t('notDay')
    case 'duration':
      return typeof value === 'number' ? null : t('notDuration')
    case 'json':
      return typeof value === 'string' ? t('notJson') : null
    case 'lines':
      if (field.min !== undefined && Array.isArray(value) && value.length < field.min)
        return t('linesMin', { min: field.min })
      if (field.max !== undefined && Array.isArray(value) && value.length > field.max)
        return t('linesMax', { max: field.max })
      return null
    default:
      return null
  }
}
