// The MPX container: lines of numbered records, their fields divided by the character that follows "MPX" in the first line.
import { type ReadLimits, Refused } from '../limit.ts'

export interface MpxRecord {
  /** `70` for a task … */
  number: string
  fields: readonly string[]
  /** Line in the file, 1 = the first. */
  line: number
}

export interface MpxHeader {
  delimiter: string
  program: string
  version: string
  /** ANSI, MAC, 437 or 850. */
  codePage: string
}

/** No MPX record has as many; a hostile line may have any number. */
const maxFields = 500

/** The first line: `MPX,Microsoft Project for Windows,4.0,ANSI`. Undefined when it is none. */
export function readHeader(text: string): MpxHeader | undefined {
  const [, delimiter, rest = ''] = /^\ufeff?\s*MPX([^\w\s"]|\t)([^\r\n]{0,400})/.exec(text) ?? []
  if (delimiter === undefined) return undefined
  const [program = '', version = '', codePage = ''] = fieldsOf(rest, delimiter)
  return { delimiter, program: program.trim(), version: version.trim(), codePage: codePage.trim().toUpperCase() }
}

/** Every record behind the header; stops to breathe every some thousand lines. */
export function* recordsOf(text: string, delimiter: string, limits: ReadLimits): Generator<MpxRecord | undefined> {
  let line = 0
  let count = 0
  for (let at = 0; at < text.length; ) {
    const end = endOfRecord(text, at)
    if (end - at > limits.fieldLength) throw new Refused('format.field_too_long', { limit: limits.fieldLength })
    const content = text.slice(at, end)
    at = end + (text[end] === '\r' && text[end + 1] === '\n' ? 2 : 1)
    line++
    if (line === 1 || content.trim() === '') continue
    if (++count > limits.records) throw new Refused('format.too_many', { what: 'records', limit: limits.records })
    const [number = '', ...fields] = fieldsOf(content, delimiter)
    yield { number: number.trim(), fields, line }
    if (count % 5000 === 0) yield undefined
  }
}

/** A line break inside quotes belongs to the field, unless the next line begins a record: then the quote never ended. */
function endOfRecord(text: string, from: number): number {
  let quotes = 0
  for (let at = from; at < text.length; at++) {
    const c = text.charCodeAt(at)
    if (c === 34) quotes++
    else if ((c === 10 || c === 13) && (quotes % 2 === 0 || startsRecord.test(text.slice(at, at + 8)))) return at
  }
  return text.length
}

const startsRecord = /^[\r\n]+(?:\d\d?[,;\t]|\d\d?[\r\n])/

/** Fields of one record; a field with the delimiter in it stands in quotes, a quote in it is doubled. */
export function fieldsOf(content: string, delimiter: string): string[] {
  const fields: string[] = []
  for (let at = 0; at <= content.length; ) {
    if (fields.length >= maxFields) throw new Refused('format.too_many', { what: 'columns', limit: maxFields })
    if (content[at] === '"') {
      let value = ''
      let from = at + 1
      let close = content.indexOf('"', from)
      while (close >= 0 && content[close + 1] === '"') {
        value += content.slice(from, close + 1)
        from = close + 2
        close = content.indexOf('"', from)
      }
      value += content.slice(from, close < 0 ? content.length : close)
      const next = close < 0 ? -1 : content.indexOf(delimiter, close)
      // What stands between the closing quote and the delimiter belongs to nothing but is kept.
      if (close >= 0) value += content.slice(close + 1, next < 0 ? content.length : next)
      fields.push(value)
      if (next < 0) break
      at = next + delimiter.length
    } else {
      const next = content.indexOf(delimiter, at)
      fields.push(content.slice(at, next < 0 ? content.length : next))
      if (next < 0) break
      at = next + delimiter.length
    }
  }
  return fields
}
