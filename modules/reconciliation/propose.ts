// Which entries a line of a statement may be: the same amount, at most three days apart, the name or reference if it fits.
import { compare, type Decimal, subtract, sum } from '@yingzao/engines/money'

export interface Side {
  readonly id: string
  /** 'YYYY-MM-DD'. */
  readonly on: string
  /** In less out. */
  readonly net: Decimal
  readonly name: string | null
  readonly ref: string | null
}
export interface Proposal {
  readonly line: string
  readonly entries: readonly string[]
}
const days = (a: string, b: string) => Math.abs(Date.parse(a) - Date.parse(b)) / 86_400_000
const within = 3
const same = (a: Decimal, b: Decimal) => compare(a, b) === 0
const fits = (a: string | null, b: string | null) => a !== null && b !== null && (a.includes(b) || b.includes(a))

/** Lower is better. */
const distance = (line: Side, entry: Side) =>
  days(line.on, entry.on) -
  (fits(line.name, entry.name) ? 10 : 0) -
  (line.ref !== null && line.ref === entry.ref ? 100 : 0)

/**
 * Each line gets one entry of its amount; else several that add up to it: those with its reference, those of one day, or two or
 * three nearby. An entry is proposed once. The best pairs are taken first, so that two equal amounts keep their names.
 */
export function propose(lines: readonly Side[], entries: readonly Side[]): Proposal[] {
  const free = new Map(entries.map(each => [each.id, each]))
  const found: Proposal[] = []
  const done = new Set<string>()
  const take = (line: Side, of: readonly Side[]) => {
    for (const { id } of of) free.delete(id)
    done.add(line.id)
    found.push({ line: line.id, entries: of.map(each => each.id) })
  }
  const byNet = new Map<string, Side[]>()
  for (const entry of entries) {
    const key = Number(entry.net).toFixed(2)
    byNet.set(key, [...(byNet.get(key) ?? []), entry])
  }
  const pairs = lines.flatMap(line =>
    (byNet.get(Number(line.net).toFixed(2)) ?? [])
      .filter(entry => days(line.on, entry.on) <= within)
      .map(entry => ({ line, entry, far: distance(line, entry) })),
  )
  for (const { line, entry } of pairs.sort((a, b) => a.far - b.far))
    if (!done.has(line.id) && free.has(entry.id)) take(line, [entry])
  for (const line of lines) {
    if (done.has(line.id)) continue
    const near = [...free.values()].filter(
      each => days(line.on, each.on) <= within && each.net.startsWith('-') === line.net.startsWith('-'),
    )
    const several = together(line, near)
    if (several) take(line, several)
  }
  return found
}

/** Above this many nearby entries, pairs and triples would be guesses. */
const fewest = 24

function together(line: Side, near: readonly Side[]): readonly Side[] | null {
  const adds = (of: readonly Side[]) => of.length > 1 && same(sum(of.map(each => each.net)), line.net)
  const ref = line.ref === null ? [] : near.filter(each => each.ref === line.ref)
  if (adds(ref)) return ref
  for (const on of new Set(near.map(each => each.on))) {
    const day = near.filter(each => each.on === on)
    if (adds(day)) return day
  }
  if (near.length > fewest) return null
  for (const [at, a] of near.entries())
    for (const [next, b] of near.entries()) {
      if (next <= at) continue
      const rest = subtract(line.net, sum([a.net, b.net]))
      if (same(rest, '0')) return [a, b]
      const c = near.slice(next + 1).find(each => same(each.net, rest))
      if (c) return [a, b, c]
    }
  return null
}
