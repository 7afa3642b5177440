// Text in formulas: everything by code point, as PostgreSQL does under collate "C".

/** −, 0 or + as a stands before, at or after b by code points (not by UTF-16 units, which put 😀 before ﬀ). */
export function compareText(a: string, b: string): number {
  const length = Math.min(a.length, b.length)
  for (let i = 0; i < length; i++) {
    const [x, y] = [a.charCodeAt(i), b.charCodeAt(i)]
    if (x !== y) return codePointRank(x) - codePointRank(y)
  }
  return a.length - b.length
}

/** Surrogates stand for code points above the whole basic plane. */
const codePointRank = (unit: number): number => (unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit)

// Only A–Z and a–z: PostgreSQL's result for other letters depends on the server's locale and version.
export const upperCase = (text: string): string => text.replace(/[a-z]+/g, letters => letters.toUpperCase())
export const lowerCase = (text: string): string => text.replace(/[A-Z]+/g, letters => letters.toLowerCase())

export const textLength = (text: string): number => {
  let length = 0
  for (const _ of text) length++
  return length
}

/** `start` counts from 1, or from the end when negative (stopping at the beginning); null when it is 0 or no integer. */
export function substring(text: string, start: number, length = Number.POSITIVE_INFINITY): string | null {
  if (!Number.isInteger(start) || start === 0) return null
  if (length !== Number.POSITIVE_INFINITY && !Number.isInteger(length)) return null
  const points = [...text]
  const from = Math.max(start > 0 ? start - 1 : points.length + start, 0)
  return points.slice(from, from + Math.max(length, 0)).join('')
}
