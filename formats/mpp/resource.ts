// Resources with their rates and availability over time.
import type { Availability, Minute, RateEntry, Resource } from '@yingzao/engines/schedule/plan'
import { plainDecimal } from '../codec.ts'
import type { Draft } from '../field.ts'
import { f64, i32, u16, u32 } from './bytes.ts'
import type { CustomValues } from './custom-field.ts'
import { minuteOfTenths } from './date.ts'
import type { FieldReader, RecordBytes } from './field-map.ts'
import type { Table } from './table.ts'
import { extraReader, noteOf } from './text.ts'
import { flag, integer, moneyOf, type StoredField, storedFieldsOf, text, units } from './value.ts'

const resource = storedFieldsOf<Resource>()

const resourceFields: readonly StoredField<Resource>[] = [
  resource(27, 'uid', integer),
  resource(1, 'name', text),
  resource(3, 'group', text),
  resource(10, 'code', text),
  resource(35, 'email', text),
  resource(299, 'unitLabel', text),
  resource(4, 'maxUnits', units),
  resource(686, 'generic', flag),
  resource(696, 'inactive', flag),
]

/** Fields read by hand. */
const field = {
  uid: 27,
  row: 0,
  notes: 20,
  isWork: 298,
  isCost: 735,
  rates: [61, 62, 63, 64, 65],
  standardRate: 6,
  overtimeRate: 7,
  costPerUse: 18,
  availability: 276,
  availableFrom: 57,
  availableTo: 58,
}

/** Numbers of the resources with the index of the record that counts: of several the first. */
export function resourceRows(table: Table): Map<number, number> {
  const rows = new Map<number, number>()
  const need = table.reader.map.size(0)
  for (let i = 0; i < table.count; i++) {
    const record = table.record(i, 0)
    if ((record.fixed[0]?.length ?? 0) < need) continue
    const id = table.reader.integer(record, field.uid)
    // Every resource has a name or another value of variable length; a record without any was deleted.
    if (id !== undefined && !rows.has(id) && table.reader.variable.has(id)) rows.set(id, i)
  }
  return rows
}

export function resourceReader(
  table: Table,
  custom: CustomValues,
  ofResource: ReadonlyMap<number, string>,
): (record: RecordBytes) => Resource | undefined {
  const { reader } = table
  const extra = extraReader('resource', reader)
  return record => {
    const draft: Draft<Resource> = {}
    for (const f of resourceFields) f.read(reader, record, draft)
    // Project keeps a nameless resource 0 in every file.
    if (record.id === 0 && !draft.name) return undefined
    const notes = noteOf(reader, record, field.notes)
    if (notes) draft.notes = notes
    const calendar = ofResource.get(record.id)
    if (calendar !== undefined) draft.calendar = calendar
    const rates = ratesOf(reader, record)
    if (rates.length > 0) draft.rates = rates
    const availability = availabilityOf(reader, record)
    if (availability.length > 0) draft.availability = availability
    const values = custom(record)
    if (values) draft.custom = values
    const more = extra(record)
    if (more) draft.extra = more
    return {
      ...draft,
      id: String(record.id),
      name: draft.name ?? '',
      kind: reader.bit(record, field.isWork) ? 'work' : reader.bit(record, field.isCost) ? 'cost' : 'material',
    }
  }
}

/** Beyond these, a period has no beginning or no end. */
const firstMinute = minuteOfTenths(14_400)
const lastMinute = (minuteOfTenths(0) / 1440 + 24_107) * 1440 + 1439

const rateSize = 44

/**
 * Rate tables A to E: rows of 44 bytes after a head of 16, each with its end in tenths of a minute. Project stores the
 * last minute of the period; where it stores the next one's first minute, that is the round one.
 */
function ratesOf(reader: FieldReader, record: RecordBytes): RateEntry[] {
  const rates: RateEntry[] = []
  field.rates.forEach((number, table) => {
    const data = reader.bytes(record, number)
    const rows: { to: Minute; entry: RateEntry }[] = []
    if (data)
      for (let at = 16; at + rateSize <= data.length; at += rateSize) {
        const tenths = u32(data, at + 40)
        const end = minuteOfTenths(tenths)
        if (end < lastMinute && tenths % 10 !== 0) continue
        rows.push({
          to: end >= lastMinute ? lastMinute : end % 5 === 0 ? end - 1 : end,
          entry: entryOf(f64(data, at), f64(data, at + 16), f64(data, at + 32)),
        })
      }
    else if (table === 0) {
      const [perHour = 0, overtime = 0, perUse = 0] = [field.standardRate, field.overtimeRate, field.costPerUse].map(
        f => reader.real(record, f),
      )
      rows.push({ to: lastMinute, entry: entryOf(perHour, overtime, perUse) })
    }
    rows.sort((a, b) => a.to - b.to)
    const isTable = rows.length > 1 || rows.some(({ entry }) => Object.keys(entry).length > 0)
    if (!isTable) return
    rows.forEach(({ to, entry }, i) => {
      const before = rows[i - 1]
      rates.push({
        ...(table > 0 && { table }),
        ...(before && { from: before.to + 1 }),
        ...(to < lastMinute && { to }),
        ...entry,
      })
    })
  })
  return rates
}

function entryOf(perHour: number, overtime: number, perUse: number): RateEntry {
  const amounts = {
    perHour: plainDecimal(perHour.toFixed(6)),
    overtimePerHour: plainDecimal(overtime.toFixed(6)),
    perUse: moneyOf(perUse),
  }
  return Object.fromEntries(Object.entries(amounts).filter(([, amount]) => amount !== '0'))
}

/** Periods of 20 bytes: start in tenths of a minute, units; the end is the next period's start. */
function availabilityOf(reader: FieldReader, record: RecordBytes): Availability[] {
  const data = reader.bytes(record, field.availability)
  const periods: Availability[] = []
  if (!data) return periods
  const count = u16(data, 0)
  for (let i = 0, at = 12; i < count && at + 24 <= data.length; i++, at += 20) {
    const stored = f64(data, at + 4)
    if (stored === 0) continue
    const from = minuteOfTenths(i32(data, at))
    const to = minuteOfTenths(i32(data, at + 20)) - 1
    periods.push({
      ...(from > firstMinute && { from }),
      ...(to < lastMinute && { to }),
      units: Math.round(stored) / 10_000,
    })
  }
  return periods.sort((a, b) => (a.from ?? 0) - (b.from ?? 0))
}

export const claimedResourceFields: ReadonlySet<number> = new Set([
  ...resourceFields.map(f => f.field),
  ...Object.values(field).flat(),
])
