// Codecs: how one field's text becomes a value of the plan model and back; shared by the plan file formats.

/** `read` gives undefined for text that is no such value; `write` gives undefined for a value not to be written. */
export interface Codec<T> {
  read(text: string): T | undefined
  write(value: T): string | undefined
  /** False when the model is coarser than the text; absent = always exact. */
  exact?(text: string): boolean
}

export const text: Codec<string> = { read: t => t, write: v => v }

/** A finite number, or undefined. A decimal comma is accepted: programs write in the locale of their user. */
export const finite = (t: string): number | undefined => {
  const trimmed = t.trim()
  const n = trimmed === '' ? Number.NaN : Number(trimmed)
  if (Number.isFinite(n)) return n
  return /^-?\d+,\d+$/.test(trimmed) ? Number(trimmed.replace(',', '.')) : undefined
}

export const number: Codec<number> = { read: finite, write: v => String(v) }

export const integer: Codec<number> = {
  read: t => {
    const n = finite(t)
    return n === undefined ? undefined : Math.trunc(n)
  },
  write: v => String(Math.round(v)),
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

/** A word that stands for one of a list; the first word of a value is the one written. */
export function word<T extends string>(words: Readonly<Record<string, T>>): Codec<T> {
  const values = new Map(Object.entries(words))
  const back = new Map([...values].reverse().map(([from, to]) => [to, from]))
  return { read: t => values.get(t.trim()), write: v => back.get(v) }
}
