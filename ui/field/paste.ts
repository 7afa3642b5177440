// Text from the clipboard (Excel, a list, a message) read as a field's value.
import type { FieldMeta, Json } from '@yingzao/kernel/entity'
import { yesWords } from '../text/spoken.ts'
import { readDay, readDecimal, readDuration, shift } from './decimal.ts'

/** The value a cell's text stands for; text that does not fit comes back as text, so that checking can say why. */
export function readCell(field: FieldMeta, cell: string): Json {
  const text = cell.trim()
  if (text === '') return field.kind === 'flag' ? false : null
  switch (field.kind) {
    case 'integer': {
      const value = readDecimal(text)
      return value !== null && /^-?\d+$/.test(value) ? Number(value) : text
    }
    case 'number':
    case 'money':
      return readDecimal(text) ?? text
    case 'percent': {
      const value = readDecimal(text.replace(/[%\uff05]$/, ''))
      if (value === null) return text
      return /[%\uff05]$/.test(text) ? shift(value, -2) : value
    }
    case 'date':
      return readDay(text) ?? text
    case 'duration':
      return readDuration(text) ?? text
    case 'flag':
      return yesWords.has(text.toLowerCase())
    case 'choice': {
      const found = Object.entries(field.options).find(
        ([value, label]) => value === text || label.zh === text || label.en.toLowerCase() === text.toLowerCase(),
      )
      return found ? found[0] : text
    }
    case 'multi_choice':
      return text
        .split(/[,;\uff0c\uff1b\u3001]/)
        .map(part => part.trim())
        .filter(Boolean)
        .map(part => {
          const found = Object.entries(field.options).find(
            ([value, label]) => value === part || label.zh === part || label.en.toLowerCase() === part.toLowerCase(),
          )
          return found ? found[0] : part
        })
    default:
      return text
  }
}

/** A block of cells as Excel puts it on the clipboard: tabs, line breaks, quoted cells with breaks inside. */
export function readBlock(clip: string): readonly (readonly string[])[] {
  const rows: string[][] = []
  let row: string[] = []
  let cell = ''
  let quoted = false
  for (let at = 0; at < clip.length; at++) {
    const letter = clip[at]
    if (quoted) {
      if (letter === '"' && clip[at + 1] === '"') {
        cell += '"'
        at++
      } else if (letter === '"') quoted = false
      else cell += letter
    } else if (letter === '"' && cell === '') quoted = true
    else if (letter === '\t') {
      row.push(cell)
      cell = ''
    } else if (letter === '\n') {
      row.push(cell)
      rows.push(row)
      row = []
      cell = ''
    } else if (letter !== '\r') cell += letter
  }
  if (cell !== '' || row.length > 0) rows.push([...row, cell])
  return rows
}

/** Cells as text for Excel. */
export const writeBlock = (rows: readonly (readonly string[])[]): string =>
  rows
    .map(row => row.map(cell => (/["\t\n\r]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join('\t'))
    .join('\n')
