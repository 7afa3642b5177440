// refuse(): the one way to say an expected no. Anything else that is thrown is a bug.
import type { Json } from '@yingzao/kernel/entity'

export class Refusal extends Error {
  readonly code: string
  readonly values: Readonly<Record<string, Json>>
  /** Fields at fault, by path: `lines.2.amount`. */
  readonly errors: readonly {
    readonly path: string
    readonly code: string
    readonly values?: Readonly<Record<string, Json>>
  }[]

  constructor(code: string, values: Refusal['values'] = {}, errors: Refusal['errors'] = []) {
    super(`${code} ${JSON.stringify(values)}`)
    this.name = 'Refusal'
    this.code = code
    this.values = values
    this.errors = errors
  }
}

/** `throw refuse('budget.exceeded', { available, asked })`; the message in both languages lives with the module. */
export const refuse = (code: string, values?: Refusal['values'], errors?: Refusal['errors']) =>
  new Refusal(code, values, errors)
