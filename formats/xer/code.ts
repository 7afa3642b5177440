// XER's user-defined fields and activity codes as custom values.

import { formatMinute, parseMinute } from '@yingzao/engines/schedule/civil'
import type { Custom, CustomField } from '@yingzao/engines/schedule/plan'
import { finite } from '../codec.ts'
import { pushTo } from '../group.ts'
import type { LossLog } from '../loss.ts'
import { rowsOf, type XerFile } from './table.ts'

const ownerOf = new Map<string, CustomField['of']>([
  ['TASK', 'task'],
  ['RSRC', 'resource'],
  ['TASKRSRC', 'assignment'],
  ['PROJWBS', 'task'],
])

const kindOfType = new Map<string, CustomField['kind']>([
  ['FT_INT', 'number'],
  ['FT_FLOAT_2_DECIMALS', 'number'],
  ['FT_FLOAT', 'number'],
  ['FT_MONEY', 'money'],
  ['FT_START_DATE', 'date'],
  ['FT_END_DATE', 'date'],
])

export interface Codes {
  /** Custom values of a row by its table and id. */
  of(table: string, id: string): Custom | undefined
  fields: CustomField[]
}

export function readCodes(file: XerFile, losses: LossLog): Codes {
  const fields: CustomField[] = []
  const taken = new Set<string>()
  const values = new Map<string, Record<string, string | number | boolean>>()
  const define = (of: CustomField['of'], wanted: string, source: string, kind: CustomField['kind']): CustomField => {
    let name = wanted
    for (let n = 2; taken.has(`${of} ${name}`); n++) name = `${wanted} (${n})`
    taken.add(`${of} ${name}`)
    return { of, name, kind, source }
  }
  const put = (key: string, name: string, value: string | number | boolean): void => {
    const record = values.get(key) ?? {}
    record[name] = value
    values.set(key, record)
  }

  const types = new Map<string, { table: string; label: string; field: CustomField }>()
  for (const row of rowsOf(file, 'UDFTYPE')) {
    const table = row.get('table_name') ?? ''
    const of = ownerOf.get(table)
    const label = row.get('udf_type_label') ?? row.get('udf_type_name') ?? ''
    if (!of) {
      losses.add('structure', `UDFTYPE ${table}`, label)
      continue
    }
    const kind = kindOfType.get(row.get('logical_data_type') ?? '') ?? 'text'
    // The same field may exist for activities and for WBS elements: both are tasks here.
    const twin = [...types.values()].find(
      t => t.table !== table && t.field.of === of && t.label === label && t.field.kind === kind,
    )
    const field = twin?.field ?? define(of, label, row.get('udf_type_name') ?? label, kind)
    types.set(row.get('udf_type_id') ?? '', { table, label, field })
    if (!twin) fields.push(field)
  }
  for (const row of rowsOf(file, 'UDFVALUE')) {
    const type = types.get(row.get('udf_type_id') ?? '')
    if (!type) {
      losses.add('reference', 'UDFVALUE.udf_type_id', row.get('udf_type_id'))
      continue
    }
    const key = `${type.table} ${row.get('fk_id')}`
    const day = row.get('udf_date')
    const number = row.get('udf_number')
    const at = day === undefined ? undefined : parseMinute(day)
    if (at !== undefined) put(key, type.field.name, formatMinute(at))
    else if (number !== undefined)
      put(key, type.field.name, type.field.kind === 'money' ? number : (finite(number) ?? number))
    else if (row.has('udf_text')) put(key, type.field.name, row.get('udf_text') ?? '')
  }

  const codeTypes = new Map<string, CustomField>()
  for (const row of rowsOf(file, 'ACTVTYPE')) {
    const name = row.get('actv_code_type') ?? ''
    codeTypes.set(row.get('actv_code_type_id') ?? '', define('task', name, name, 'code'))
  }
  const codes = new Map([...rowsOf(file, 'ACTVCODE')].map(row => [row.get('actv_code_id') ?? '', row]))
  const pathOf = (id: string): string => {
    const path: string[] = []
    const seen = new Set<string>()
    for (let at: string | undefined = id; at && !seen.has(at); at = codes.get(at)?.get('parent_actv_code_id')) {
      const row = codes.get(at)
      if (!row) break
      seen.add(at)
      path.unshift(row.get('short_name') ?? row.get('actv_code_name') ?? '')
    }
    return path.join('.')
  }
  const listed = new Map<string, { value: string; label?: string }[]>()
  for (const [id, row] of codes) {
    const type = row.get('actv_code_type_id') ?? ''
    const label = row.get('actv_code_name')
    pushTo(listed, type, { value: pathOf(id), ...(label && { label }) })
  }
  for (const [id, field] of codeTypes) {
    const list = listed.get(id)
    fields.push(list ? { ...field, values: list } : field)
  }
  for (const row of rowsOf(file, 'TASKACTV')) {
    const field = codeTypes.get(row.get('actv_code_type_id') ?? '')
    const code = row.get('actv_code_id') ?? ''
    if (field && codes.has(code)) put(`TASK ${row.get('task_id')}`, field.name, pathOf(code))
    else losses.add('reference', 'TASKACTV.actv_code_id', code)
  }
  return { of: (table, id) => values.get(`${table} ${id}`), fields }
}
