// The state of a form: values, what changed against the record, and what is wrong with it.
import type { EntityMeta, FieldMeta, Json, Problem, RecordJson } from '@yingzao/kernel/entity'
import { useCallback, useMemo, useState } from 'react'
import { useMeta } from '../data/meta.ts'
import { checkValue, type Errors } from '../field/check.ts'
import { text as fieldText } from '../field/text.ts'
import { useText } from '../text/language.tsx'
import { isWritable } from './fields-form.tsx'
import { today } from './moment.ts'
import { type Row, rowsOf } from './rows.ts'

export type Values = Readonly<Record<string, Json>>

export const sameValue = (a: Json | undefined, b: Json | undefined) =>
  JSON.stringify(a ?? null) === JSON.stringify(b ?? null)

/** Values a new record starts with. Today and myself are shown; other defaults that are formulas are the server's to fill. */
export function startValues(fields: readonly FieldMeta[], user: string, given: Values = {}): Values {
  const values: Record<string, Json> = {}
  const known = new Map([
    ['=today()', today()],
    ['=current_user()', user],
  ])
  for (const field of fields) {
    const start = typeof field.default === 'string' ? (known.get(field.default) ?? field.default) : field.default
    if (start !== undefined && !(typeof start === 'string' && start.startsWith('='))) values[field.name] = start
    else if (field.kind === 'flag') values[field.name] = false
  }
  return { ...values, ...given }
}

/** What a line may carry to the server: its id and what a person may write. */
const writableRow = (line: EntityMeta | undefined, row: Row): Json => {
  const kept: Record<string, Json> = {}
  for (const field of line?.fields ?? []) {
    const value = row[field.name]
    if (isWritable(field) && value !== undefined) kept[field.name] = value
  }
  // Rows made here carry no id of the server yet.
  return typeof row.id === 'string' && !row.id.startsWith('new') ? { id: row.id, ...kept } : kept
}

/** Lines as a change: only rows that differ travel; rows no longer there are removed. */
function linesPatch(line: EntityMeta | undefined, before: Json | undefined, after: Json | undefined): Json {
  const known = new Map(rowsOf(before).map(row => [String(row.id), row]))
  const rows = rowsOf(after)
  const upsert = rows
    .filter(row => {
      const old = known.get(String(row.id))
      return !old || !sameValue(writableRow(line, old), writableRow(line, row))
    })
    .map(row => writableRow(line, row))
  const left = new Set(rows.map(row => String(row.id)))
  const remove = [...known.keys()].filter(id => !left.has(id))
  return { upsert, remove }
}

export interface DraftForm {
  readonly values: Values
  readonly errors: Errors
  readonly dirty: boolean
  set(name: string, value: Json): void
  /** Checks everything; the messages by field, empty when nothing speaks against saving. */
  check(shown: readonly FieldMeta[]): Errors
  touch(name: string): void
  refused(problem: Problem): Errors
  reset(values?: Values): void
  /** What a create sends. */
  input(): Values
  /** What a change sends: only what differs from the record. */
  patch(): Values
}

export function useDraft(
  fields: readonly FieldMeta[],
  lineOf: (name: string) => EntityMeta | undefined,
  record: RecordJson | null,
  given: Values = {},
): DraftForm {
  const t = useText(fieldText)
  const me = useMeta().me.id
  const [start, setStart] = useState<Values>(() => (record ? record : startValues(fields, me, given)))
  const [values, setValues] = useState<Values>(start)
  const [errors, setErrors] = useState<Errors>({})
  const dirty = useMemo(
    () => fields.some(field => isWritable(field) && !sameValue(values[field.name], start[field.name])),
    [fields, values, start],
  )
  const messageOf = useCallback((field: FieldMeta, value: Json | undefined) => checkValue(field, value, t), [t])

  const without = (all: Errors, name: string): Errors =>
    Object.fromEntries(Object.entries(all).filter(([path]) => path !== name && !path.startsWith(`${name}.`)))

  const lineErrors = (field: FieldMeta, value: Json | undefined): Record<string, string> => {
    const found: Record<string, string> = {}
    if (field.kind !== 'lines') return found
    const line = lineOf(field.of)
    rowsOf(value).forEach((row, at) => {
      for (const each of line?.fields ?? []) {
        const wrong = isWritable(each) ? messageOf(each, row[each.name]) : null
        if (wrong) found[`${field.name}.${at}.${each.name}`] = wrong
      }
    })
    return found
  }

  return {
    values,
    errors,
    dirty,
    set: (name, value) => {
      setValues(before => ({ ...before, [name]: value }))
      setErrors(before =>
        name in before || Object.keys(before).some(path => path.startsWith(`${name}.`))
          ? without(before, name)
          : before,
      )
    },
    touch: name => {
      const field = fields.find(each => each.name === name)
      // An empty required field is no mistake before one tries to save.
      const value = values[name]
      if (!field || value === undefined || value === null || value === '') return
      const wrong = messageOf(field, value)
      setErrors(before => (wrong ? { ...before, [name]: wrong } : without(before, name)))
    },
    check: shown => {
      const found: Record<string, string> = {}
      for (const field of shown) {
        if (!isWritable(field)) continue
        const wrong = messageOf(field, values[field.name])
        if (wrong) found[field.name] = wrong
        Object.assign(found, lineErrors(field, values[field.name]))
      }
      setErrors(found)
      return found
    },
    refused: problem => {
      const found: Record<string, string> = {}
      for (const error of problem.errors ?? []) found[error.path] = error.message
      setErrors(found)
      return found
    },
    reset: next => {
      const base = next ?? startValues(fields, me, given)
      setStart(base)
      setValues(base)
      setErrors({})
    },
    input: () =>
      Object.fromEntries(
        fields.flatMap(field => {
          const value = values[field.name]
          if (!isWritable(field) || value === undefined) return []
          return [
            [field.name, field.kind === 'lines' ? rowsOf(value).map(row => writableRow(lineOf(field.of), row)) : value],
          ]
        }),
      ),
    patch: () =>
      Object.fromEntries(
        fields.flatMap(field => {
          const [before, after] = [start[field.name], values[field.name]]
          if (!isWritable(field) || sameValue(before, after)) return []
          return [[field.name, field.kind === 'lines' ? linesPatch(lineOf(field.of), before, after) : (after ?? null)]]
        }),
      ),
  }
}
