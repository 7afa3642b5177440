// Values as PostgreSQL writes them → as the API speaks them, or straight → the JSON text of the same value.
import { types } from 'pg'

const oid = {
  bool: 16,
  bytea: 17,
  int8: 20,
  int2: 21,
  int4: 23,
  text: 25,
  json: 114,
  bpchar: 1042,
  varchar: 1043,
} as const
const date = { date: 1082, timestamptz: 1184, dateArray: 1182 } as const
const decimal = { numeric: 1700, numericArray: 1231 } as const
const uuid = 2950
const jsonb = 3802

const asText = (value: string): string => value
/** `{2026-01-01,NULL}`: dates and numbers need no quoting, so the text of an array is easily read. */
const textArray = (value: string): (string | null)[] =>
  value === '{}'
    ? []
    : value
        .slice(1, -1)
        .split(',')
        .map(each => (each === 'NULL' ? null : each))

/** "2026-11-21 14:05:00.12+00" → "2026-11-21T14:05:00.120Z", whatever zone the session has. */
export function parseInstant(text: string): string {
  // Sessions are in UTC; a list has hundreds of these, so they are not worth a Date.
  if (text.length >= 22 && text.endsWith('+00') && text[4] === '-') {
    const places = text.length > 22 ? text.slice(20, -3) : ''
    if (places.length <= 3) return `${text.slice(0, 10)}T${text.slice(11, 19)}.${places.padEnd(3, '0')}Z`
  }
  return new Date(text.replace(' ', 'T').replace(/([+-]\d\d)$/, '$1:00')).toISOString()
}

/** Money, numbers and dates stay text (never a float, never a shifted day); counts are numbers; instants are ISO in UTC. */
const parsers = new Map<number, (value: string) => unknown>([
  [oid.int8, Number],
  [date.date, asText],
  [decimal.numeric, asText],
  [date.timestamptz, parseInstant],
  [date.dateArray, textArray],
  [decimal.numericArray, textArray],
])

/** What makes a value of the text of a type. */
export const parserOf = (type: number): ((text: string) => unknown) => parsers.get(type) ?? types.getTypeParser(type)

/** UTF-8 with a letter for each byte: what cells hold, cheap to cut and to join. Plain letters look the same either way. */
export type Bytes = string
export const bytesOf = (text: string): Bytes => (foreign.test(text) ? Buffer.from(text).toString('latin1') : text)
const textOf = (bytes: Bytes): string => (foreign.test(bytes) ? Buffer.from(bytes, 'latin1').toString() : bytes)
const foreign = /[^ -~]/

/** The value of a cell. */
export const readCell = (type: number, cell: Bytes): unknown => parserOf(type)(textOf(cell))

/** A quotation mark, a backslash, and what comes before the space. */
const escaped = /["\\]|[^ -\xff]/
const quoted = (cell: Bytes): Bytes => (escaped.test(cell) ? bytesOf(JSON.stringify(textOf(cell))) : `"${cell}"`)
const quotedPlainly = (cell: Bytes): Bytes => `"${cell}"`

const writers = new Map<number, (cell: Bytes) => Bytes>([
  [oid.bool, cell => (cell === 't' ? 'true' : 'false')],
  [oid.bytea, () => 'null'],
  ...[oid.int2, oid.int4, oid.int8].map(type => [type, asText] as const),
  ...[oid.text, oid.varchar, oid.bpchar].map(type => [type, quoted] as const),
  ...[uuid, date.date, decimal.numeric].map(type => [type, quotedPlainly] as const),
  ...[oid.json, jsonb].map(type => [type, asText] as const),
  [date.timestamptz, cell => `"${parseInstant(cell)}"`],
])

/** What writes a cell of a type as JSON: the same as `JSON.stringify` of its value. Bytes never leave the store. */
export const writerOf = (type: number): ((cell: Bytes) => Bytes) =>
  writers.get(type) ?? (cell => bytesOf(JSON.stringify(readCell(type, cell)) ?? 'null'))
