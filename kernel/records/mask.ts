// How a masked reader sees a value: enough to recognise it, not enough to use it (domain §12).
import type { FieldDef, Json } from '@yingzao/kernel/entity'

const stars = (text: string, head: number, tail: number): string =>
  text.length <= head + tail
    ? '*'.repeat(text.length)
    : `${text.slice(0, head)}****${tail > 0 ? text.slice(-tail) : ''}`

/** Text keeps its shape (138****5678); any other kind of value is withheld. */
export function masked(value: unknown, field: FieldDef): Json {
  if (value === null || value === undefined) return null
  if (typeof value !== 'string' || !['text', 'long_text', 'serial', 'secret'].includes(field.kind)) return null
  switch (field.mask) {
    case 'phone':
      return stars(value, 3, 4)
    case 'identity':
      return stars(value, 6, 4).replace('****', '********')
    case 'card':
      return stars(value, 0, 4)
    case 'name':
      return [...value].map((letter, index) => (index === 0 ? letter : '*')).join('')
    default:
      return '****'
  }
}
