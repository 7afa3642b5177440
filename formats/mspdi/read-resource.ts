// Resources of Microsoft Project XML with their rates and availability over time.
import { parseMinute } from '@yingzao/engines/schedule/civil'
import type { Availability, RateEntry, Resource } from '@yingzao/engines/schedule/plan'
import { type Draft, recordReader } from '../field.ts'
import type { LossLog } from '../loss.ts'
import { child, childrenOf, type XmlNode } from '../xml/record.ts'
import type { CustomFields } from './custom-field.ts'
import { id, int, yes } from './node.ts'
import { rateSpec, resourceSpec } from './record.ts'

/** Project writes these for "since ever" and "for ever". */
const unbounded = (text: string): boolean => /^(1984-01-01|2049-12-31)/.test(text)

/** Reads one resource; undefined for blank rows and for the nameless resource 0 that Project keeps in every file. */
export function resourceReader(
  losses: LossLog,
  custom: CustomFields,
): (node: XmlNode, row: number) => Resource | undefined {
  const readResource = recordReader(resourceSpec, losses)
  const readRate = recordReader(rateSpec, losses)

  const resource = (node: XmlNode, row: number): Resource | undefined => {
    if (yes(node, 'IsNull')) {
      losses.add('row', 'Resource', id(node, 'ID'))
      return undefined
    }
    const draft: Draft<Resource> = {}
    const extra = readResource(node, draft)
    if (draft.uid === 0 && !draft.name) return undefined
    const values = custom.values('resource', node)
    if (values) draft.custom = values
    if (extra) draft.extra = extra
    const calendar = int(node, 'CalendarUID')
    if (calendar !== undefined && calendar >= 0) draft.calendar = String(calendar)
    const rates = ratesOf(node)
    if (rates.length > 0) draft.rates = rates
    const availability = availabilityOf(node)
    if (availability.length > 0) draft.availability = availability
    const type = int(node, 'Type')
    return {
      ...draft,
      id: String(draft.uid ?? `resource-${row}`),
      name: draft.name ?? '',
      kind: yes(node, 'IsCostResource') || type === 2 ? 'cost' : type === 0 ? 'material' : 'work',
    }
  }

  const ratesOf = (node: XmlNode): RateEntry[] => {
    const listed = childrenOf(child(node, 'Rates'), 'Rate')
    const rates: RateEntry[] = []
    // A file may list the tables B to E only: table A is the resource's own rates then.
    const hasFirst = listed.some(part => (int(part, 'RateTable') ?? 0) === 0)
    for (const part of hasFirst ? listed : [node, ...listed]) {
      for (const edge of ['RatesFrom', 'RatesTo']) if (unbounded(part.fields.get(edge) ?? '')) part.fields.delete(edge)
      const draft: Draft<RateEntry> = {}
      if (part !== node) readRate(part, draft)
      else for (const field of rateSpec.fields) field.read(part.fields.get(field.element) ?? '', draft)
      if (!draft.table) delete draft.table
      const filled = [draft.perHour, draft.overtimePerHour, draft.perUse].some(v => v !== undefined && v !== '0')
      if (filled || listed.length > 1) rates.push(draft)
    }
    return rates
  }

  const availabilityOf = (node: XmlNode): Availability[] =>
    childrenOf(child(node, 'AvailabilityPeriods'), 'AvailabilityPeriod').map(part => {
      const edge = (name: string): number | undefined => {
        const written = part.fields.get(name) ?? ''
        return unbounded(written) ? undefined : parseMinute(written)
      }
      const from = edge('AvailableFrom')
      const to = edge('AvailableTo')
      return {
        ...(from !== undefined && { from }),
        ...(to !== undefined && { to }),
        units: Number(part.fields.get('AvailableUnits') ?? 0) || 0,
      }
    })

  return resource
}
