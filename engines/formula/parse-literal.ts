// Literals of the formula language: numbers, text and dates, from the nodes of the grammar.
import { Exact } from '../money/decimal.ts'
import { LITERAL_SCALE, NUMBER_DIGITS } from './number.ts'
import { childrenOf, type Node, type Reading, refuse, textOf, unsupported } from './parse-node.ts'
import { partsOf } from './plain-date.ts'

/** Canonical digits: `- 2` → `-2`, `1e3` → `1000`, `.50` → `0.5`. */
export function numberOf(node: Node, reading: Reading): string {
  const text = textOf(node, reading)
  const value = new Exact(/[\d.][\d.eE+-]*$/.exec(text)?.[0] ?? '')
  if (value.e >= NUMBER_DIGITS || value.decimalPlaces() > LITERAL_SCALE)
    refuse('formula.number', node.from, node.to, { digits: `${NUMBER_DIGITS}`, places: `${LITERAL_SCALE}` })
  return `${text.startsWith('-') && !value.isZero() ? '-' : ''}${value.toFixed()}`
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '"': '"', '\\': '\\' }

export function stringOf(node: Node, reading: Reading): string {
  const inside = textOf(node, reading).slice(1, -1)
  const value = inside.replace(/\\(u[0-9a-fA-F]{4}|.)/gs, (whole, code: string, at: number) => {
    if (code.length === 5) return String.fromCharCode(Number.parseInt(code.slice(1), 16))
    const start = node.from + 1 + at
    return ESCAPES[code] ?? refuse('formula.text', start, start + 2, { found: whole })
  })
  // PostgreSQL stores neither NUL nor half a surrogate pair.
  const bad = /\0|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/.exec(value)?.[0]
  if (bad !== undefined)
    refuse('formula.text', node.from, node.to, { found: `\\u${bad.charCodeAt(0).toString(16).padStart(4, '0')}` })
  return value
}

/** `date("2025-01-31")` or `@"2025-01-31"`; other moments and durations are outside the subset. */
export function dateOf(node: Node, reading: Reading): string {
  const [first, , parameters] = childrenOf(node)
  const literal = first?.name === 'AtLiteral' ? childrenOf(first)[0] : dateArgument(first, parameters, reading)
  if (literal?.name !== 'StringLiteral') return unsupported(node, reading)
  const value = stringOf(literal, reading)
  if (!partsOf(value)) refuse('formula.date', literal.from, literal.to, { found: value.slice(0, 40) })
  return value
}

/** The one argument of `date(…)`. */
function dateArgument(word: Node | undefined, parameters: Node | undefined, reading: Reading): Node | undefined {
  if (!word || parameters?.name !== 'PositionalParameters' || textOf(word, reading) !== 'date') return undefined
  const [argument, second] = childrenOf(parameters)
  return second ? undefined : argument
}
