// Which column of a file is which field: by label or name in either language, then by likeness.
import type { ExchangeColumn } from './column.ts'

export interface Mapped {
  readonly header: string
  readonly column: ExchangeColumn | null
  /** False for a guess by likeness: people should look at it. */
  readonly sure: boolean
}

/** `given` is what a person chose: header → key, null to leave out. A field is taken once. */
export function mapColumns(
  headers: readonly string[],
  columns: readonly ExchangeColumn[],
  given: Readonly<Record<string, string | null>> = {},
): readonly Mapped[] {
  const taken = new Set<ExchangeColumn>()
  const result = headers.map((header): Mapped | null => {
    const key = given[header]
    if (key === null) return { header, column: null, sure: true }
    const column =
      key === undefined
        ? columns.find(each => !taken.has(each) && each.names.some(name => plain(name) === plain(header)))
        : columns.find(each => !taken.has(each) && each.key === key)
    if (!column) return key === undefined ? null : { header, column: null, sure: true }
    taken.add(column)
    return { header, column, sure: true }
  })
  return result.map((mapped, index) => {
    if (mapped) return mapped
    const header = headers[index] ?? ''
    const best = likest(
      header,
      columns.filter(each => !taken.has(each)),
    )
    if (best) taken.add(best)
    return { header, column: best, sure: best === null }
  })
}

/** Without stars, units in parentheses, spaces and punctuation. */
const plain = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\*/g, '')
    .replace(/[\s_:：·.-]+/g, '')

const withoutUnit = (text: string) => plain(text.replace(/[(（][^)）]*[)）]/g, ''))

/** Likeness from which a guess is offered (shared pairs of letters, Dice's coefficient). */
const LEAST = 0.6

function likest(header: string, columns: readonly ExchangeColumn[]): ExchangeColumn | null {
  const wanted = withoutUnit(header)
  if (wanted === '') return null
  let best: ExchangeColumn | null = null
  let score = LEAST
  for (const column of columns) {
    if (column.key === 'id') continue
    for (const name of column.names) {
      const found = likeness(wanted, withoutUnit(name))
      if (found > score || (best === null && found === score)) {
        best = column
        score = found
      }
    }
  }
  return best
}

function likeness(a: string, b: string): number {
  if (a === b) return 1
  const [short, long] = a.length <= b.length ? [a, b] : [b, a]
  // People write 项目名称 for 名称: a label found whole inside a header is most likely meant.
  if (short.length >= 2 && long.includes(short)) return LEAST + ((1 - LEAST) * short.length) / long.length
  const [left, right] = [pairs(a), pairs(b)]
  if (left.length === 0 || right.length === 0) return 0
  const rest = [...right]
  let shared = 0
  for (const pair of left) {
    const at = rest.indexOf(pair)
    if (at < 0) continue
    rest.splice(at, 1)
    shared++
  }
  return (2 * shared) / (left.length + right.length)
}

/** Headers are short; one of a hostile length is cut. */
const pairs = (text: string): string[] => {
  const letters = [...text.slice(0, 100)]
  return letters.slice(1).map((letter, at) => `${letters[at]}${letter}`)
}
