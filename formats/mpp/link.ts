// Links between tasks.
import type { Lag, Link } from '@yingzao/engines/schedule/plan'
import type { LossLog } from '../loss.ts'
import { linkType } from '../mspdi/record.ts'
import { u16 } from './bytes.ts'
import type { Table } from './table.ts'
import { shownAs } from './value.ts'

const field = { id: 0, from: 2, to: 5, type: 7, lag: 9, unit: 10 }

/** Links in the order of the file; numbers of tasks are not checked yet. */
export function readLinks(table: Table, losses: LossLog): Link[] {
  const { reader } = table
  const links: Link[] = []
  let last = -1
  for (let i = 0; i < table.count; i++) {
    const record = table.record(i, 0)
    // Marked records are deleted, repeated or falling numbers are outdated copies.
    if (u16(record.meta[0] ?? new Uint8Array(2), 0) !== 0) continue
    const id = reader.integer(record, field.id)
    const from = reader.integer(record, field.from)
    const to = reader.integer(record, field.to)
    if (id === undefined || from === undefined || to === undefined || id <= last) continue
    last = id
    if (from === to) continue
    const number = reader.short(record, field.type) ?? 1
    const type = linkType.read(String(number))
    if (type === undefined) losses.add('value', 'PredecessorLink/Type', String(number))
    const shown = shownAs(reader.short(record, field.unit))
    links.push({
      id: `${from}-${to}`,
      from: String(from),
      to: String(to),
      type: type ?? 'FS',
      lag: lagOf(reader.integer(record, field.lag) ?? 0, shown),
      ...(shown.unit && { lagUnit: shown.unit }),
    })
  }
  return links
}

/** Percents are stored as they are, times in tenths of a minute. */
function lagOf(stored: number, shown: ReturnType<typeof shownAs>): Lag {
  if (shown.percent) return { kind: shown.elapsed ? 'elapsed_percent' : 'percent', percent: stored }
  return { kind: shown.elapsed ? 'elapsed' : 'working', minutes: Math.round(stored / 10) }
}
