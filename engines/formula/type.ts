// What a formula may talk about: types of values, the environment of names, and errors with their place.

/** The type of a value, a field or a whole formula. */
export type FormulaType =
  | { kind: 'number' }
  | { kind: 'text' }
  | { kind: 'flag' }
  | { kind: 'date' }
  | { kind: 'instant' }
  /** An id (UUID) of another record; its own fields are reached by `project.code`. */
  | { kind: 'ref'; entity: string }
  | { kind: 'list'; of: FormulaType }
  | { kind: 'lines'; entity: string; fields: Record<string, FormulaType> }
  | { kind: 'null' }
  /** A text out of a fixed set; a literal outside `options` is refused. */
  | { kind: 'any_choice'; options?: readonly string[] }

export type Kind = FormulaType['kind']

/**
 * The names a formula sees. `fields` are the bare names: the record's, or inside `each:` the line's, where `doc` then
 * holds the header's, reached as `doc.x`. `refs` gives the fields of a referenced entity, for one step only.
 */
export interface Environment {
  fields: Record<string, FormulaType>
  doc?: Record<string, FormulaType>
  refs?: (entity: string) => Record<string, FormulaType> | undefined
}

export const ERROR_CODES = [
  'formula.empty',
  'formula.too_long',
  'formula.too_deep',
  'formula.syntax',
  'formula.incomplete',
  'formula.lookalike',
  'formula.not_supported',
  'formula.number',
  'formula.text',
  'formula.date',
  'formula.unknown_name',
  'formula.unknown_function',
  'formula.arguments',
  'formula.scale',
  'formula.type',
  'formula.compare',
  'formula.branches',
  'formula.lines',
  'formula.not_lines',
  'formula.loops',
  'formula.path',
  'formula.reference',
  'formula.choice',
  'formula.id',
  'formula.result',
] as const

export type FormulaErrorCode = (typeof ERROR_CODES)[number]

/** An error and its place: characters `at` (included) to `to` (excluded) of the source. `values` fill the message. */
export interface FormulaError {
  code: FormulaErrorCode
  at: number
  to: number
  values: Record<string, string>
}
