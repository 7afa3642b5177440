// Rows as the server sent them: a tap on a connection cuts the rows of one statement into cells, without the driver's text,
// event and object for each. Everything else goes on to the driver untouched.
import type { Duplex } from 'node:stream'
import type { FieldDef } from 'pg'
import type { Bytes } from './wire.ts'

/** Null is SQL's null. */
export type Cells = readonly (Bytes | null)[]
export interface Table {
  readonly columns: readonly Pick<FieldDef, 'name' | 'dataTypeID'>[]
  readonly rows: readonly Cells[]
}

export interface Tap {
  /** Where the rows of the running statement go; null = to the driver. Ends with the statement. */
  into: Cells[] | null
}

/** Each message is a letter, the length of what follows with these four bytes, and that. */
const header = 5
const message = { row: 0x44, done: 0x43, error: 0x45 } as const

/** Stands between a connection that was just opened, and idle, and its driver. */
export function tapped(stream: Duplex): Tap {
  const tap: Tap = { into: null }
  const driver = stream.listeners('data')
  stream.removeAllListeners('data')
  const pass = (part: Buffer) => {
    if (part.length > 0) for (const listen of driver) listen.call(stream, part)
  }
  /** The beginning of a message that is not whole yet, and how much of it is needed to go on. */
  let held: Buffer[] = []
  let missing = 0
  /** Bytes still to come of a message that is passed on. */
  let passing = 0
  stream.on('data', (chunk: Buffer) => {
    if (chunk.length < missing) {
      held.push(chunk)
      missing -= chunk.length
      return
    }
    const data = held.length > 0 ? Buffer.concat([...held, chunk]) : chunk
    held = []
    missing = 0
    /** Where what was not passed on yet begins. */
    let from = 0
    let at = Math.min(passing, data.length)
    passing -= at
    let rows = false
    while (at < data.length) {
      const whole = at + header > data.length ? header : 1 + data.readInt32BE(at + 1)
      const end = at + whole
      const isRow = data[at] === message.row
      const isEnd = data[at] === message.done || data[at] === message.error
      if ((isRow && !rows) || isEnd) {
        // The driver must know of the statement before its rows, or their end, are whose they are.
        pass(data.subarray(from, at))
        from = at
      }
      rows = isRow
      const taken = isRow ? tap.into : null
      if (end > data.length && (taken || whole === header)) {
        pass(data.subarray(from, at))
        held = [data.subarray(at)]
        missing = end - data.length
        return
      }
      if (taken) {
        taken.push(cellsOf(data, at + header, end))
        from = end
      } else if (isEnd) tap.into = null
      passing = Math.max(0, end - data.length)
      at = end
    }
    pass(data.subarray(from))
  })
  return tap
}

function cellsOf(data: Buffer, from: number, to: number): Cells {
  const bytes = data.toString('latin1', from, to)
  const cells = new Array<Bytes | null>(data.readInt16BE(from))
  let at = from + 2
  for (let index = 0; index < cells.length; index++) {
    const length = data.readInt32BE(at)
    at += 4
    cells[index] = length < 0 ? null : bytes.slice(at - from, at - from + length)
    if (length > 0) at += length
  }
  return cells
}
