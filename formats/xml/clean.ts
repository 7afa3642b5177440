// Replaces what XML 1.0 forbids but planning programs write: control characters and references to them (&#x0;).

import { characterName, illegal } from './character.ts'

const suspicious = new RegExp(`${illegal}|&#x?[0-9a-fA-F]*;?`, 'g')

const allowed = (code: number): boolean =>
  code === 9 ||
  code === 10 ||
  code === 13 ||
  (code >= 0x20 && code <= 0xd7ff) ||
  (code >= 0xe000 && code <= 0xfffd) ||
  (code >= 0x10000 && code <= 0x10ffff)

/** Longest tail that may be half a character reference or half a surrogate pair. */
const openTail = /(?:&#?x?[0-9a-fA-F]{0,8}|[\ud800-\udbff])$/

/**
 * A stage between decoding and parsing. `onBad` is told each replaced piece.
 *
 * @returns cleaned text; with `last` unset a possible half reference is kept back for the next call.
 */
export function xmlCleaner(onBad: (piece: string) => void): (text: string, last?: boolean) => string {
  let held = ''
  return (piece, last = false) => {
    let text = held + piece
    held = ''
    if (!last) {
      const tail = openTail.exec(text)
      if (tail) {
        held = tail[0]
        text = text.slice(0, tail.index)
      }
    }
    return text.replace(suspicious, found => {
      if (found.startsWith('&#')) {
        const digits = /^&#(x?)([0-9a-fA-F]+);$/.exec(found)
        const code = digits ? Number.parseInt(digits[2] ?? '', digits[1] ? 16 : 10) : Number.NaN
        if (allowed(code)) return found
      }
      onBad(found.startsWith('&#') ? found : characterName(found))
      return '\ufffd'
    })
  }
}
