// 桩号: what people call places along an alignment, and how far they really lie from its start. At a broken chain (断链) the
// count jumps: `back = ahead`, as survey books write it. Ahead larger: a short chain (短链), numbers that do not exist; ahead
// smaller: a long chain (长链), numbers that occur twice.

/** Metres of the count as written: K12+340.5 is 12340.5. */
export interface Alignment {
  /** Letters before the number: K, DK, YDK. */
  readonly prefix: string
  /** Numbers of its two ends. */
  readonly from: number
  readonly to: number
  /** Along the alignment. */
  readonly breaks: readonly { readonly back: number; readonly ahead: number }[]
}

/** A part of the alignment without a jump; `at`: metres from the start of the alignment to its beginning. */
interface Zone {
  readonly from: number
  readonly to: number
  readonly at: number
}

export type AlignmentError = { readonly code: 'length' } | { readonly code: 'break'; readonly index: number }

export interface Line {
  readonly prefix: string
  readonly zones: readonly Zone[]
  /** Metres from end to end. */
  readonly length: number
}
export type LineOutcome =
  | { readonly ok: true; readonly line: Line }
  | { readonly ok: false; readonly error: AlignmentError }

/** A longer line, or a jump larger than this, is a typing error. */
const LONGEST = 5_000_000

/** Reads an alignment with its broken chains. Each must lie after the one before it and leave some length between them. */
export function openAlignment({ prefix, from, to, breaks }: Alignment): LineOutcome {
  const zones: Zone[] = []
  let [start, at] = [from, 0]
  for (const [index, { back, ahead }] of breaks.entries()) {
    if (![back, ahead].every(Number.isFinite) || back <= start || Math.abs(ahead) > LONGEST)
      return { ok: false, error: { code: 'break', index } }
    zones.push({ from: start, to: back, at })
    at += back - start
    start = ahead
  }
  if (![from, to].every(Number.isFinite) || to <= start || at + to - start > LONGEST)
    return {
      ok: false,
      error: breaks.length > 0 && to <= start ? { code: 'break', index: breaks.length - 1 } : { code: 'length' },
    }
  zones.push({ from: start, to, at })
  return { ok: true, line: { prefix, zones, length: at + to - start } }
}

export type ChainageError =
  /** Not written as a chainage. */
  | { readonly code: 'syntax' }
  /** Before the start or after the end. */
  | { readonly code: 'outside' }
  /** Skipped by a short chain. */
  | { readonly code: 'skipped' }
  /** Counted twice by a long chain: say which, as K10+490(1) or K10+490(2). */
  | { readonly code: 'ambiguous'; readonly count: number }
export type ChainageOutcome =
  | { readonly ok: true; readonly at: number }
  | { readonly ok: false; readonly error: ChainageError }

const written = /^([A-Za-z]{0,6})\s*(-?\d{1,4})\s*\+\s*(\d{1,3}(?:\.\d{1,3})?)\s*(?:[（(](\d)[)）])?$/
const metresOnly = /^(\d{1,7}(?:\.\d{1,3})?)$/
const EPSILON = 1e-6

/**
 * Metres from the start of the alignment. Reads `K12+340.5`, `k12+340.5`, `12+340.5`, plain metres `12340.5`, full-width plus
 * and digits, and `(2)` where a long chain counts a number twice. Letters, where there are any, must be the alignment's.
 */
export function parseChainage(line: Line, text: string): ChainageOutcome {
  const plain = text.normalize('NFKC').trim().replace(/\s+/g, '')
  const match = written.exec(plain)
  const metres = match ? null : metresOnly.exec(plain)
  if (!match && !metres) return { ok: false, error: { code: 'syntax' } }
  const letters = match?.[1] ?? ''
  if (letters !== '' && letters.toUpperCase() !== line.prefix.toUpperCase())
    return { ok: false, error: { code: 'syntax' } }
  const label = match ? Number(match[2]) * 1000 + Number(match[3]) : Number(metres?.[1])
  const found = placesOf(line, label)
  const wanted = match?.[4] === undefined ? null : Number(match[4])
  if (wanted !== null) {
    const place = found[wanted - 1]
    return place === undefined ? { ok: false, error: { code: 'outside' } } : { ok: true, at: place }
  }
  const [first] = found
  if (found.length > 1) return { ok: false, error: { code: 'ambiguous', count: found.length } }
  if (first !== undefined) return { ok: true, at: first }
  const [low, high] = [Math.min(...line.zones.map(zone => zone.from)), Math.max(...line.zones.map(zone => zone.to))]
  return { ok: false, error: { code: label > low && label < high ? 'skipped' : 'outside' } }
}

/** Every place that carries a number, from the start on. The two names of one point (back = ahead) are one place. */
function placesOf(line: Line, label: number): number[] {
  const places: number[] = []
  for (const zone of line.zones) {
    if (label < zone.from - EPSILON || label > zone.to + EPSILON) continue
    const at = zone.at + Math.min(Math.max(label, zone.from), zone.to) - zone.from
    if (!places.some(known => Math.abs(known - at) < EPSILON)) places.push(at)
  }
  return places
}

/** What a place is called; a number that occurs twice says which it is. Places outside are those of the nearest end. */
export function formatChainage(line: Line, at: number, digits = 3): string {
  const place = Math.min(Math.max(0, at), line.length)
  // At a broken chain the name ahead is used, as work goes on from there.
  let zone = line.zones[0] ?? { from: 0, to: 0, at: 0 }
  for (const each of line.zones) if (place >= each.at - EPSILON) zone = each
  const scale = 10 ** digits
  const label = Math.round((zone.from + place - zone.at) * scale) / scale
  const [sign, size] = [label < 0 ? '-' : '', Math.abs(label)]
  const kilometres = Math.floor(size / 1000 + 1e-12)
  const rest = Math.round((size - kilometres * 1000) * scale) / scale
  const [whole = '0', part] = String(rest).split('.')
  const name = `${line.prefix}${sign}${kilometres}+${whole.padStart(3, '0')}${part ? `.${part}` : ''}`
  const same = placesOf(line, label)
  if (same.length < 2) return name
  const nth = same.reduce(
    (best, each, i) => (Math.abs(each - place) < Math.abs((same[best] ?? 0) - place) ? i : best),
    0,
  )
  return `${name}(${nth + 1})`
}

/** Round places for an axis: every so many metres of the count, whatever jumps lie between. */
export function ticksOf(line: Line, step: number): readonly { readonly at: number; readonly label: string }[] {
  const ticks: { at: number; label: string }[] = []
  for (const zone of line.zones)
    for (let label = Math.ceil(zone.from / step - 1e-9) * step; label <= zone.to + EPSILON; label += step) {
      const at = zone.at + label - zone.from
      if (!ticks.some(known => Math.abs(known.at - at) < EPSILON)) ticks.push({ at, label: formatChainage(line, at) })
    }
  return ticks
}
