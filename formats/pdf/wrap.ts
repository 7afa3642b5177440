// Breaking a text into lines: Chinese between any two characters, Latin between words, and no line begins with a closing mark
// or ends with an opening one (避头尾, GB/T 15834 §4 on where marks may stand).
import type { Measure } from './sheet.ts'

const closing = /^[，。、；：？！）】》〉」』”’…—～·％%,.;:?!)\]}°℃]/u
const opening = /[（【《〈「『“‘([{¥]$/u
/** A run that Latin writing keeps together, a run of spaces, or one character of another script. */
const pieces = /[!-~¡-ɏͰ-ϿЀ-ӿ−]+|[\s ]+|./gsu

/** Tabs and other control characters have no glyph. */
export const clean = (text: string): string => text.replace(/\r\n?/g, '\n').replace(/[^\P{Cc}\n]/gu, ' ')

/** At least one line; each fits into `width` unless a single character does not. */
export function wrap(text: string, width: number, size: number, measure: Measure, bold = false): string[] {
  const lines: string[] = []
  for (const part of clean(text).split('\n')) {
    if (measure(part, size, bold) <= width) lines.push(part)
    else lines.push(...wrapOne(part, width, size, measure, bold))
  }
  return lines
}

function wrapOne(text: string, width: number, size: number, measure: Measure, bold: boolean): string[] {
  const lines: string[] = []
  let line = ''
  let used = 0
  const end = () => {
    lines.push(line.trimEnd())
    line = ''
    used = 0
  }
  for (const piece of unitsOf(text)) {
    const wide = measure(piece, size, bold)
    if (used + wide <= width) {
      line += piece
      used += wide
      continue
    }
    if (piece.trim() === '') {
      end()
      continue
    }
    if (line !== '') end()
    if (wide <= width) {
      line = piece
      used = wide
      continue
    }
    // Longer than a line: an address, a code, a sum without spaces.
    for (const letter of piece) {
      const one = measure(letter, size, bold)
      if (used + one > width && line !== '') end()
      line += letter
      used += one
    }
  }
  if (line !== '' || lines.length === 0) end()
  return lines
}

/** Pieces with the marks that may not be parted from them. */
function unitsOf(text: string): string[] {
  const units: string[] = []
  for (const [piece] of text.matchAll(pieces)) {
    const last = units.at(-1)
    const glued = last !== undefined && last.trim() !== '' && (closing.test(piece) || opening.test(last))
    if (glued && last.length < 40) units[units.length - 1] = last + piece
    else units.push(piece)
  }
  return units
}
