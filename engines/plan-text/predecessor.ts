// The predecessors cell: "3FS+2d,5SS" as in Microsoft Project, with codes for Primavera users; read and written, zh and en.
import type { DurationUnit, Lag, Link, LinkType, PlanOptions } from '../schedule/plan.ts'
import { formatLag, parseLag, plainWidth } from './duration.ts'

type Lang = 'zh' | 'en'

export interface PredecessorEntry {
  /** Task id. */
  from: string
  type: LinkType
  lag: Lag
  lagUnit?: DurationUnit
}

export type PredecessorOutcome =
  | { ok: true; entries: PredecessorEntry[] }
  | { ok: false; reason: 'syntax' | 'unknown'; part: string }

const TYPE_WORDS: readonly (readonly [string, LinkType])[] = [
  ['完成-开始', 'FS'],
  ['开始-开始', 'SS'],
  ['完成-完成', 'FF'],
  ['开始-完成', 'SF'],
  ['FS', 'FS'],
  ['SS', 'SS'],
  ['FF', 'FF'],
  ['SF', 'SF'],
]

/** Ways to read one entry, the longest reference first: codes may themselves hold "FS", "+" or "-". */
function readings(part: string): { ref: string; type: LinkType; lag: string }[] {
  const found = [{ ref: part, type: 'FS' as LinkType, lag: '' }]
  const upper = part.toUpperCase()
  for (let i = part.length - 1; i > 0; i--) {
    const rest = upper.slice(i).trimStart()
    const word = TYPE_WORDS.find(([spelling]) => rest.startsWith(spelling))
    const offset = part.length - rest.length
    if (word) {
      const lag = part.slice(offset + word[0].length).trim()
      if (lag === '' || /^[+-]/.test(lag)) found.push({ ref: part.slice(0, i).trim(), type: word[1], lag })
    } else if (/^[+-]/.test(rest)) found.push({ ref: part.slice(0, i).trim(), type: 'FS', lag: part.slice(offset) })
  }
  return found
}

/**
 * Reads the text of a predecessors cell.
 * @param resolve the task id for a row number or code, undefined when there is none
 */
export function parsePredecessors(
  text: string,
  resolve: (ref: string) => string | undefined,
  options: PlanOptions,
): PredecessorOutcome {
  const entries: PredecessorEntry[] = []
  for (const raw of plainWidth(text).split(/[,;、，；\n]/)) {
    const part = raw.trim()
    if (part === '') continue
    let entry: PredecessorEntry | undefined
    let readable = false
    for (const { ref, type, lag } of readings(part)) {
      const parsed = parseLag(lag, options)
      if (!parsed) continue
      readable ||= /^\S+$/.test(ref) && /\d/.test(ref)
      const from = resolve(ref)
      if (from === undefined) continue
      entry = { from, type, lag: parsed.lag, ...(parsed.unit ? { lagUnit: parsed.unit } : {}) }
      break
    }
    if (!entry) return { ok: false, reason: readable ? 'unknown' : 'syntax', part }
    const { from, type } = entry
    if (!entries.some(other => other.from === from && other.type === type)) entries.push(entry)
  }
  return { ok: true, entries }
}

/** Writes links as the cell shows them: the type is left out for a plain FS without lag. */
export function formatPredecessors(
  lang: Lang,
  links: readonly Link[],
  refOf: (task: string) => string,
  options: PlanOptions,
  end: 'from' | 'to' = 'from',
): string {
  return links
    .map(link => {
      const lag = formatLag(lang, link.lag, link.lagUnit, options)
      return `${refOf(link[end])}${link.type === 'FS' && lag === '' ? '' : link.type}${lag}`
    })
    .join(',')
}
