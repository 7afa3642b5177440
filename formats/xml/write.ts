// Writes XML from a small tree of elements; text is escaped, characters that XML forbids are replaced.

import { characterName, illegal } from './character.ts'

/** A name with text (undefined = leave out), a nested element, or nothing. */
export type ElementContent = readonly [name: string, text: string | undefined] | Element | false | undefined

export interface Element {
  name: string
  content: readonly ElementContent[]
}

export const element = (name: string, content: readonly ElementContent[]): Element => ({ name, content })

const special = new RegExp(`[&<>\\r]|${illegal}`, 'g')

/** Escaped text; `onBad` is told characters that had to be replaced. */
export function escapeXml(text: string, onBad?: (char: string) => void): string {
  return text.replace(special, c => {
    switch (c) {
      case '&':
        return '&amp;'
      case '<':
        return '&lt;'
      case '>':
        return '&gt;'
      case '\r':
        return '&#13;'
      default:
        onBad?.(characterName(c))
        return '\ufffd'
    }
  })
}

/** Appends an element and all in it to `out`, indented by tabs. */
export function writeElement(el: Element, out: string[], indent: string, onBad?: (char: string) => void): void {
  out.push(`${indent}<${el.name}>\n`)
  writeContent(el.content, out, `${indent}\t`, onBad)
  out.push(`${indent}</${el.name}>\n`)
}

/** Appends what is in an element, without its own tags. */
export function writeContent(
  content: readonly ElementContent[],
  out: string[],
  indent: string,
  onBad?: (char: string) => void,
): void {
  for (const item of content) {
    if (!item) continue
    if ('content' in item) writeElement(item, out, indent, onBad)
    else if (item[1] !== undefined) out.push(`${indent}<${item[0]}>${escapeXml(item[1], onBad)}</${item[0]}>\n`)
  }
}
