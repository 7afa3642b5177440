// Reads what people keep with a plan as JSON (risk inputs, crash inputs): what is left out is as usual, what is not understood is
// noted by its place, `events[2].probability`.
import { isDecimal } from '@yingzao/kernel/entity'

/** One object of the JSON, where it stands, and the places found wrong so far. */
export interface Reader {
  readonly from: Readonly<Record<string, unknown>>
  readonly where: string
  readonly wrong: string[]
}

export const bad = ({ where, wrong }: Reader, name: string) => void wrong.push(where + name)

/** An object of JSON; anything else is wrong and empty. */
export function objectOf(value: unknown, where: string, wrong: string[]): Readonly<Record<string, unknown>> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value))
    return Object.fromEntries(Object.entries(value))
  wrong.push(where)
  return {}
}

export function number(reader: Reader, name: string, least: number, most: number, usual?: number): number {
  const value = reader.from[name] ?? usual
  if (typeof value === 'number' && value >= least && value <= most) return value
  bad(reader, name)
  return least
}

export function whole(reader: Reader, name: string, least: number, most: number, usual: number): number {
  const value = number(reader, name, least, most, usual)
  if (!Number.isInteger(value)) bad(reader, name)
  return value
}

export function words(reader: Reader, name: string, least: number, most: number, usual?: string): string {
  const value = reader.from[name] ?? usual
  if (typeof value === 'string' && value.length >= least && value.length <= most) return value
  bad(reader, name)
  return ''
}

export function list<T>(reader: Reader, name: string, most: number, read: (reader: Reader) => T): T[] {
  const { from, wrong } = reader
  const rows = from[name] ?? []
  if (!Array.isArray(rows) || rows.length > most) {
    bad(reader, name)
    return []
  }
  return rows.map((row, at) => {
    const where = `${reader.where}${name}[${at}]`
    return read({ from: objectOf(row, where, wrong), where: `${where}.`, wrong })
  })
}

/** An amount as a decimal; empty = none. Below zero only where `least` says so. */
export function amount(reader: Reader, name: string, least = 0): string {
  const value = words(reader, name, 0, 20, '')
  if (value !== '' && (!isDecimal(value) || Number(value) < least)) bad(reader, name)
  return value
}
