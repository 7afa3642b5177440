// Intervals of an amount, [from, to): the condition that FEEL reads, and the interval that a designer shows for it.

/** `amount >= 50000 and amount < 500000`; either end may be open, both not. Ends are decimal texts. */
export function inBand(field: string, from: string | null, to: string | null): string {
  const parts = [...(from === null ? [] : [`${field} >= ${from}`]), ...(to === null ? [] : [`${field} < ${to}`])]
  return parts.join(' and ')
}

const shape = /^([a-z_][\w.]*) (>=|<) (\d+(?:\.\d+)?)(?: and \1 < (\d+(?:\.\d+)?))?$/

/** The interval a condition stands for, or null when it is some other formula. */
export function bandOf(when: string): { field: string; from: string | null; to: string | null } | null {
  const found = shape.exec(when.trim())
  if (!found) return null
  const [, field = '', sign, first = '', second] = found
  if (sign === '<') return second === undefined ? { field, from: null, to: first } : null
  return { field, from: first, to: second ?? null }
}
