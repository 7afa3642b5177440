// Resources with rates and availability as elements of Microsoft Project XML.
import type { Resource } from '@yingzao/engines/schedule/plan'
import { fieldTexts } from '../field.ts'
import type { LossLog } from '../loss.ts'
import { type Element, element } from '../xml/write.ts'
import { resourceOrder } from './order.ts'
import { rateSpec, resourceSpec } from './record.ts'
import { date } from './value.ts'
import type { Numbers } from './write.ts'
import type { CustomWriter } from './write-custom.ts'
import { recordElement } from './write-record.ts'

/** Project's words for "since ever" and "for ever". */
const ever = { from: '1984-01-01T00:00:00', to: '2049-12-31T23:59:00' }

export function resourceElement(
  resource: Resource,
  row: number,
  numbers: Numbers,
  custom: CustomWriter,
  losses: LossLog,
): Element {
  const texts = fieldTexts(resourceSpec.fields, resource)
  texts.UID = String(numbers.resource.get(resource.id) ?? 0)
  texts.ID = String(row)
  texts.Type = resource.kind === 'work' ? '1' : resource.kind === 'material' ? '0' : '2'
  texts.IsCostResource = resource.kind === 'cost' ? '1' : '0'
  texts.IsNull = '0'
  const calendar = resource.calendar === undefined ? undefined : numbers.calendar.get(resource.calendar)
  if (calendar !== undefined) texts.CalendarUID = String(calendar)
  const format = resource.kind === 'material' ? '8' : '2'
  const rates = resource.rates ?? []
  const usual = rates.find(r => !r.table && r.from === undefined) ?? rates.find(r => !r.table)
  if (usual) {
    if (usual.perHour !== undefined) Object.assign(texts, { StandardRate: usual.perHour, StandardRateFormat: format })
    if (usual.overtimePerHour !== undefined)
      Object.assign(texts, { OvertimeRate: usual.overtimePerHour, OvertimeRateFormat: '2' })
    const perUse = fieldTexts(rateSpec.fields, usual).CostPerUse
    if (perUse !== undefined) texts.CostPerUse = perUse
  }
  const isPlain = rates.length === 1 && rates[0]?.from === undefined && rates[0]?.to === undefined && !rates[0]?.table
  const nested: Element[] = [...custom.values('resource', resource.custom)]
  if (resource.availability && resource.availability.length > 0)
    nested.push(
      element(
        'AvailabilityPeriods',
        resource.availability.map(a =>
          element('AvailabilityPeriod', [
            ['AvailableFrom', a.from === undefined ? ever.from : date.write(a.from)],
            ['AvailableTo', a.to === undefined ? ever.to : date.write(a.to)],
            ['AvailableUnits', String(a.units)],
          ]),
        ),
      ),
    )
  if (rates.length > 0 && !isPlain)
    nested.push(
      element(
        'Rates',
        rates.map(rate => {
          const t = fieldTexts(rateSpec.fields, rate)
          return element('Rate', [
            ['RatesFrom', t.RatesFrom ?? ever.from],
            ['RatesTo', t.RatesTo ?? ever.to],
            ['RateTable', t.RateTable ?? '0'],
            ['StandardRate', t.StandardRate],
            ['StandardRateFormat', t.StandardRate !== undefined ? format : undefined],
            ['OvertimeRate', t.OvertimeRate],
            ['OvertimeRateFormat', t.OvertimeRate !== undefined ? '2' : undefined],
            ['CostPerUse', t.CostPerUse],
          ])
        }),
      ),
    )
  return recordElement({ name: 'Resource', order: resourceOrder, texts, extra: resource.extra, nested }, losses)
}
