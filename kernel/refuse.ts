// refuse(): the one way to say an expected no. Anything else that is thrown is a bug.
import type { HistoryEntry, Json, RecordJson } from '@yingzao/kernel/entity'

/** A field at fault, by path: `lines.2.amount`. */
export interface FieldError {
  readonly path: string
  readonly code: string
  readonly values?: Readonly<Record<string, Json>>
}

export class Refusal extends Error {
  readonly code: string
  readonly values: Readonly<Record<string, Json>>
  readonly errors: readonly FieldError[]
  /** Of a stale write: the record as it is now and who changed it, as the writer may see them. */
  readonly current?: RecordJson
  readonly changed?: HistoryEntry

  constructor(
    code: string,
    values: Refusal['values'] = {},
    errors: Refusal['errors'] = [],
    stale: { readonly current?: RecordJson; readonly changed?: HistoryEntry } = {},
  ) {
    super(`${code} ${JSON.stringify(values)}${errors.map(each => ` ${each.path}: ${each.code}`).join('')}`)
    this.name = 'Refusal'
    this.code = code
    this.values = values
    this.errors = errors
    if (stale.current) this.current = stale.current
    if (stale.changed) this.changed = stale.changed
  }
}

/** `throw refuse('budget.exceeded', { available, asked })`; the message in both languages lives with the module. */
export const refuse = (code: string, values?: Refusal['values'], errors?: Refusal['errors']) =>
  new Refusal(code, values, errors)

/** All that is wrong with an input, at once. */
export const refuseInput = (errors: readonly FieldError[]) =>
  new Refusal('record.invalid', { count: errors.length }, errors)
