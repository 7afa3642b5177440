// XER's resources with rates and limits, roles, and the notebook texts of activities.

import { parseMinute } from '@yingzao/engines/schedule/civil'
import type { Availability, RateEntry, Resource } from '@yingzao/engines/schedule/plan'
import { finite, plainDecimal } from '../codec.ts'
import { type Draft, recordReader } from '../field.ts'
import type { LossLog } from '../loss.ts'
import type { Codes } from './code.ts'
import { resourceSpec } from './record.ts'
import { rowsOf, type XerFile } from './table.ts'

/** Id of the generic resource that stands for a role. */
export const roleId = (id: string): string => `role-${id}`

const priceColumns = ['cost_per_qty', 'cost_per_qty2', 'cost_per_qty3', 'cost_per_qty4', 'cost_per_qty5']

export function readResources(
  file: XerFile,
  calendars: ReadonlySet<string>,
  codes: Codes,
  losses: LossLog,
): { resources: Resource[]; ids: ReadonlySet<string> } {
  const readFields = recordReader(resourceSpec, losses)
  const units = new Map([...rowsOf(file, 'UMEASURE')].map(row => [row.get('unit_id'), row.get('unit_abbrev')]))
  const rates = readRates(file)
  const resources: Resource[] = []
  for (const row of rowsOf(file, 'RSRC')) {
    const id = row.get('rsrc_id') ?? ''
    const draft: Draft<Resource> = {}
    const extra = readFields({ fields: row, children: [] }, draft)
    const kind = row.get('rsrc_type')
    const kept = kind === 'RT_Equip' ? { ...extra, rsrc_type: kind } : extra
    const unit = units.get(row.get('unit_id'))
    const calendar = row.get('clndr_id')
    const custom = codes.of('RSRC', id)
    const uid = Number(id)
    resources.push({
      ...draft,
      id,
      ...(Number.isInteger(uid) && { uid }),
      name: draft.name ?? '',
      kind: kind === 'RT_Mat' ? 'material' : 'work',
      ...(unit && { unitLabel: unit }),
      ...(calendar !== undefined && calendars.has(calendar) && { calendar }),
      ...rates.get(id),
      ...(custom && { custom }),
      ...(kept && { extra: kept }),
    })
  }
  for (const row of rowsOf(file, 'ROLES')) {
    const short = row.get('role_short_name')
    const role = row.get('role_id') ?? ''
    resources.push({
      id: roleId(role),
      name: row.get('role_name') ?? short ?? '',
      kind: 'work',
      generic: true,
      ...(short && { code: short }),
      // Ids change where a plan is kept; this tells a role from a resource when it is written again.
      extra: { role_id: role },
    })
  }
  return { resources, ids: new Set(resources.map(r => r.id)) }
}

function readRates(file: XerFile): Map<string, Pick<Resource, 'rates' | 'availability' | 'maxUnits'>> {
  const byResource = new Map<string, { rates: RateEntry[]; availability: Availability[] }>()
  const rows = [...rowsOf(file, 'RSRCRATE')].sort((a, b) =>
    (a.get('start_date') ?? '').localeCompare(b.get('start_date') ?? ''),
  )
  for (const row of rows) {
    const id = row.get('rsrc_id') ?? ''
    const own = byResource.get(id) ?? { rates: [], availability: [] }
    byResource.set(id, own)
    const from = parseMinute(row.get('start_date') ?? '')
    for (const [table, column] of priceColumns.entries()) {
      const price = row.get(column)
      if (price === undefined || (table > 0 && !finite(price))) continue
      own.rates.push({
        ...(table > 0 && { table }),
        ...(from !== undefined && { from }),
        perHour: plainDecimal(price.replace(',', '.')),
      })
    }
    const limit = finite(row.get('max_qty_per_hr') ?? '')
    if (limit !== undefined) own.availability.push({ ...(from !== undefined && { from }), units: limit })
  }
  const result = new Map<string, Pick<Resource, 'rates' | 'availability' | 'maxUnits'>>()
  for (const [id, { rates, availability }] of byResource) {
    const first = availability[0]
    result.set(id, {
      ...(rates.length > 0 && { rates }),
      ...(first && { availability, maxUnits: first.units }),
    })
  }
  return result
}

/** The topic of notes that have none. */
export const plainTopic = 'Notes'

/** Notebook topics of each activity as plain text, one after another. */
export function readNotes(file: XerFile): Map<string, string> {
  const topics = new Map([...rowsOf(file, 'MEMOTYPE')].map(row => [row.get('memo_type_id'), row.get('memo_type')]))
  const notes = new Map<string, string>()
  for (const row of rowsOf(file, 'TASKMEMO')) {
    const id = row.get('task_id') ?? ''
    const text = plainText(row.get('task_memo') ?? '')
    if (text === '') continue
    const topic = topics.get(row.get('memo_type_id'))
    const before = notes.get(id)
    notes.set(
      id,
      `${before === undefined ? '' : `${before}\n\n`}${topic && topic !== plainTopic ? `${topic}\n` : ''}${text}`,
    )
  }
  return notes
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' }

/** P6 keeps notes as HTML. */
function plainText(html: string): string {
  return html
    .replace(/<head[\s\S]*?<\/head>|<style[\s\S]*?<\/style>/gi, '')
    .replace(/<(br|\/p|\/div|\/li|\/tr)\b[^>]*>/gi, '\n')
    .replace(/<[^>]*>/g, '')
    .replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(\w{2,6}));/gi, (whole, dec, hex, name) => {
      if (name) return entities[String(name).toLowerCase()] ?? whole
      const code = dec ? Number(dec) : Number.parseInt(hex, 16)
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : ''
    })
    .replace(/[ \t]+\n/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}
