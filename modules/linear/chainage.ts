// Alignments and chainages as records say them, read by the engine; refusals say what is wrong in words.
import {
  type ChainageError,
  formatChainage,
  type Line,
  openAlignment,
  parseChainage,
} from '@yingzao/engines/time-location'
import { type Ctx, refuse } from '@yingzao/kernel/server'

/** The columns of an alignment that say where it runs. */
export interface AlignmentText {
  readonly from_chainage: string
  readonly to_chainage: string
  readonly breaks: string | null
}

const label = /^([A-Za-z]{0,6})(-?\d{1,4})\+(\d{1,3}(?:\.\d{1,3})?)$/
const plain = (text: string) => text.normalize('NFKC').replace(/\s+/g, '')

/** The number and the letters of a chainage, without an alignment to place it on. */
function numberOf(text: string): { readonly prefix: string; readonly metres: number } | undefined {
  const match = label.exec(plain(text))
  return match ? { prefix: match[1] ?? '', metres: Number(match[2]) * 1000 + Number(match[3]) } : undefined
}

const words = {
  zh: {
    syntax: (text: string) => `“${text}”不是桩号，应写成 K12+340.5`,
    length: '终点应在起点之后',
    break: (text: string) => `断链“${text}”应写成 K10+500 = K10+520，并按线路顺序`,
  },
  en: {
    syntax: (text: string) => `“${text}” is no chainage, such as K12+340.5`,
    length: 'its end must lie after its start',
    break: (text: string) => `broken chain “${text}” is not like K10+500 = K10+520, or not in the order of the line`,
  },
} as const

/** Refuses `linear.alignment`. */
export function lineOf({ lang }: Pick<Ctx, 'lang'>, { from_chainage, to_chainage, breaks }: AlignmentText): Line {
  const say = words[lang]
  const wrong = (why: string) => refuse('linear.alignment', { why })
  const [from, to] = [numberOf(from_chainage), numberOf(to_chainage)]
  if (!from) throw wrong(say.syntax(from_chainage))
  if (!to || (to.prefix !== '' && to.prefix !== from.prefix)) throw wrong(say.syntax(to_chainage))
  const lines = (breaks ?? '').split(/\r?\n/).filter(each => each.trim() !== '')
  const jumps = lines.map(each => {
    const [back, ahead, ...more] = plain(each).split('=').map(numberOf)
    if (!back || !ahead || more.length > 0) throw wrong(say.break(each.trim()))
    return { back: back.metres, ahead: ahead.metres }
  })
  const outcome = openAlignment({ prefix: from.prefix, from: from.metres, to: to.metres, breaks: jumps })
  if (outcome.ok) return outcome.line
  throw wrong(outcome.error.code === 'length' ? say.length : say.break(lines[outcome.error.index]?.trim() ?? ''))
}

const why: Readonly<Record<'zh' | 'en', (error: ChainageError, text: string) => string>> = {
  zh: (error, text) =>
    ({
      syntax: '写法不对',
      outside: '在线路之外',
      skipped: '被短链跳过，没有这个桩号',
      ambiguous: `长链中出现多次，请写成 ${text}(1) 或 ${text}(2)`,
    })[error.code],
  en: (error, text) =>
    ({
      syntax: 'it is not written as one',
      outside: 'it lies outside the alignment',
      skipped: 'a short chain leaves it out',
      ambiguous: `a long chain counts it more than once: write ${text}(1) or ${text}(2)`,
    })[error.code],
}

/** Metres along the line. Refuses `linear.chainage`. */
export function placeOf({ lang }: Pick<Ctx, 'lang'>, line: Line, text: string): number {
  const read = parseChainage(line, text)
  if (read.ok) return read.at
  const [from, to] = [formatChainage(line, 0), formatChainage(line, line.length)]
  throw refuse('linear.chainage', { text, from, to, why: why[lang](read.error, text) })
}
