// Reads CSV row by row: encoding and delimiter are found out, quotes and line breaks handled by papaparse.
import { Readable } from 'node:stream'
import Papa from 'papaparse'
import { type Cell, emptyCell, type Row } from '../cell.ts'
import { defaultLimits, type ReadLimits, type ReadOptions, Refused } from '../limit.ts'
import { chunksOf, decode, decoded, type Encoding, guessEncoding } from '../text.ts'
import { unguardText } from './guard.ts'

export interface CsvReadOptions extends ReadOptions {
  encoding?: Encoding
  /** One character; found out when absent (comma, semicolon, tab, bar). */
  delimiter?: string
}

const sampleSize = 1 << 20
/** papaparse reads what is left of a chunk again after every few rows: small chunks keep that from growing with their square. */
const chunk = 1 << 12

/**
 * Rows of a CSV file; every cell is text or empty, blank lines are skipped. Throws `Refused` on a limit.
 *
 * @param bytes UTF-8, UTF-16 with mark, GB18030 or a Windows code page
 */
export async function* readCsv(bytes: Uint8Array, options: CsvReadOptions = {}): AsyncGenerator<Row> {
  const limits: ReadLimits = { ...defaultLimits, ...options.limits }
  if (bytes.length > limits.bytes) throw new Refused('format.too_large', { limit: limits.bytes })
  const encoding = options.encoding ?? guessEncoding(bytes.subarray(0, sampleSize))
  const sample = decode(bytes.subarray(0, 65536), encoding)
  // Excel's own first line, saying which delimiter follows.
  const announced = /^sep=(.)\r?\n/i.exec(sample)
  const delimiter = options.delimiter ?? announced?.[1] ?? guessDelimiter(sample)
  const parser = Papa.parse(Papa.NODE_STREAM_INPUT, { delimiter })
  const source = Readable.from(decoded(chunksOf(bytes, chunk), encoding))
  source.on('error', error => parser.destroy(error))
  source.pipe(parser)
  let line = 0
  let cellCount = 0
  try {
    for await (const fields of parser) {
      line++
      if (options.signal?.aborted) throw new Refused('format.cancelled')
      if (!isFields(fields) || (line === 1 && announced)) continue
      cellCount += fields.length
      if (line > limits.records) throw new Refused('format.too_many', { what: 'records', limit: limits.records })
      if (cellCount > limits.records * 10)
        throw new Refused('format.too_many', { what: 'cells', limit: limits.records * 10 })
      const cells = fields.map((field): Cell => {
        if (field.length > limits.fieldLength) throw new Refused('format.field_too_long', { limit: limits.fieldLength })
        return field === '' ? emptyCell : { kind: 'text', text: unguardText(field) }
      })
      while (cells.at(-1)?.kind === 'empty') cells.pop()
      if (cells.length > 0) yield { number: line, cells }
    }
  } finally {
    source.destroy()
    parser.destroy()
  }
}

const isFields = (value: unknown): value is string[] => Array.isArray(value) && value.every(v => typeof v === 'string')

/** The candidate that occurs most outside quotes in the first line. */
function guessDelimiter(sample: string): string {
  const outside = sample.replace(/"(?:[^"]|"")*"/g, '')
  const firstLine = outside.split(/\r?\n|\r/).find(l => l.trim() !== '') ?? ''
  const counted = [',', ';', '\t', '|'].map(d => ({ d, n: firstLine.split(d).length }))
  return counted.reduce((best, next) => (next.n > best.n ? next : best)).d
}
