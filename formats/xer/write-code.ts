// Custom values as XER's activity codes and user-defined fields.
import type { Custom, CustomField, Plan } from '@yingzao/engines/schedule/plan'
import { listedValues, splitPath } from '../code-path.ts'
import type { LossLog } from '../loss.ts'

type Values = Readonly<Record<string, string | undefined>>

export interface CodeRows {
  UDFTYPE: Values[]
  UDFVALUE: Values[]
  ACTVTYPE: Values[]
  ACTVCODE: Values[]
  TASKACTV: Values[]
}

interface CodeType {
  id: string
  codes: Map<string, string>
  listed: ReadonlySet<string> | undefined
}

/** Numbers of the rows that carry values. */
export interface CodeNumbers {
  project: number
  task(id: string): number | undefined
  resource(id: string): number | undefined
  assignment(id: string): number | undefined
}

const typeOfKind: Readonly<Record<CustomField['kind'], string>> = {
  text: 'FT_TEXT',
  number: 'FT_FLOAT_2_DECIMALS',
  money: 'FT_MONEY',
  date: 'FT_START_DATE',
  flag: 'FT_TEXT',
  duration: 'FT_TEXT',
  code: 'FT_TEXT',
}

const tableOf = { task: 'TASK', resource: 'RSRC', assignment: 'TASKRSRC' } as const

/** One writer for all plans of a file: types of the same name and kind are shared. */
export function codeRows(losses: LossLog): { rows: CodeRows; add(plan: Plan, numbers: CodeNumbers): void } {
  const rows: CodeRows = { UDFTYPE: [], UDFVALUE: [], ACTVTYPE: [], ACTVCODE: [], TASKACTV: [] }
  const fieldTypes = new Map<string, string>()
  const fieldType = (field: CustomField, table: string): string => {
    const key = `${table} ${field.kind} ${field.name}`
    const known = fieldTypes.get(key)
    if (known !== undefined) return known
    const id = String(fieldTypes.size + 1)
    fieldTypes.set(key, id)
    if (field.kind === 'flag' || field.kind === 'duration') losses.add('target', `custom/${field.kind}`, field.name)
    rows.UDFTYPE.push({
      udf_type_id: id,
      table_name: table,
      udf_type_name: field.source ?? field.name,
      udf_type_label: field.name,
      logical_data_type: typeOfKind[field.kind],
    })
    return id
  }
  const codeTypes = new Map<string, CodeType>()
  const codeType = (field: CustomField, project: number): CodeType => {
    const key = field.source === undefined ? `${project} ${field.name}` : field.name
    const known = codeTypes.get(key)
    if (known) return known
    const made: CodeType = { id: String(codeTypes.size + 1), codes: new Map(), listed: listedValues(field.values) }
    codeTypes.set(key, made)
    rows.ACTVTYPE.push({ actv_code_type_id: made.id, actv_code_type: field.name, proj_id: String(project) })
    for (const { value, label } of field.values ?? []) codeId(made, value, label)
    return made
  }
  const codeId = (type: CodeType, path: string, label?: string): string => {
    const known = type.codes.get(path)
    if (known !== undefined) return known
    const { parent, own } = splitPath(path, type.listed)
    const parentId = parent === undefined ? undefined : codeId(type, parent)
    const id = String(rows.ACTVCODE.length + 1)
    type.codes.set(path, id)
    rows.ACTVCODE.push({
      actv_code_id: id,
      parent_actv_code_id: parentId,
      actv_code_type_id: type.id,
      actv_code_name: label ?? own,
      short_name: own,
      seq_num: String(type.codes.size),
    })
    return id
  }

  return {
    rows,
    add(plan, numbers) {
      const fields = new Map((plan.customFields ?? []).map(f => [`${f.of} ${f.name}`, f]))
      for (const field of plan.customFields ?? [])
        if (field.of === 'task' && field.kind === 'code') codeType(field, numbers.project)
      const values = (
        of: CustomField['of'],
        table: string,
        id: number | undefined,
        custom: Custom | undefined,
      ): void => {
        if (id === undefined) return
        for (const [name, value] of Object.entries(custom ?? {})) {
          const field = fields.get(`${of} ${name}`) ?? guess(of, name, value)
          if (of === 'task' && field.kind === 'code' && table === 'TASK') {
            const type = codeType(field, numbers.project)
            rows.TASKACTV.push({
              task_id: String(id),
              actv_code_type_id: type.id,
              actv_code_id: codeId(type, String(value)),
              proj_id: String(numbers.project),
            })
            continue
          }
          rows.UDFVALUE.push({
            udf_type_id: fieldType(field, table),
            fk_id: String(id),
            proj_id: of === 'resource' ? undefined : String(numbers.project),
            ...fieldValue(field, value),
          })
        }
      }
      for (const task of plan.tasks)
        values('task', task.kind === 'summary' ? 'PROJWBS' : tableOf.task, numbers.task(task.id), task.custom)
      for (const resource of plan.resources)
        values('resource', tableOf.resource, numbers.resource(resource.id), resource.custom)
      for (const assignment of plan.assignments)
        values('assignment', tableOf.assignment, numbers.assignment(assignment.id), assignment.custom)
    },
  }
}

const guess = (of: CustomField['of'], name: string, value: string | number | boolean): CustomField => ({
  of,
  name,
  kind: typeof value === 'number' ? 'number' : typeof value === 'boolean' ? 'flag' : 'text',
})

function fieldValue(field: CustomField, value: string | number | boolean): Values {
  if (field.kind === 'date') return { udf_date: String(value).replace('T', ' ') }
  if (field.kind === 'number' || field.kind === 'money') return { udf_number: String(value) }
  return { udf_text: typeof value === 'boolean' ? (value ? 'Y' : 'N') : String(value) }
}
