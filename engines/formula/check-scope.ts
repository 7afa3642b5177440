// The names in sight while checking: the record's fields, its header, the rows being looped over, one step of references.
import type { Ast } from './ast.ts'
import { closest } from './closest.ts'
import { isFunctionName } from './function-names.ts'
import type { Environment, FormulaError, FormulaErrorCode, FormulaType } from './type.ts'
import type { FieldPath, Moment } from './typed.ts'

/** A place where bare names are looked up, or a variable that stands for a row. */
export interface Frame {
  id: string
  fields: Record<string, FormulaType>
  /** Names in it need no prefix. */
  bare: boolean
  variable?: string
  /** What `uses` puts before its names. */
  prefix: string
}

export type Place = { at: number; to: number }

/** A name or path found: the field it reads, its type and the frame it stands in. */
export interface Found {
  field: FieldPath
  type: FormulaType
  frame: Frame
}

export interface NameScope {
  errors: FormulaError[]
  uses: Set<string>
  moments: Set<Moment>
  /** Notes an error and gives undefined, which the callers pass on. */
  refuse: (code: FormulaErrorCode, place: Place, values?: Record<string, string>) => undefined
  /** Checks something with one more frame in sight. */
  within: <T>(frame: Frame, look: () => T) => T
  frame: (id: string) => Frame | undefined
  /** How many rows are being looped over. */
  loops: () => number
  /** The field a name or path reads, or the row a variable stands for; complains when there is none. */
  locate: (ast: Ast) => { row: Frame } | Found | undefined
  /** As locate, without complaining. */
  peek: (ast: Ast) => { row: Frame } | Found | undefined
}

const own = (fields: Record<string, FormulaType>, name: string): FormulaType | undefined =>
  Object.hasOwn(fields, name) ? fields[name] : undefined

export function nameScope(env: Environment): NameScope {
  const errors: FormulaError[] = []
  const base: Frame = { id: 'fields', fields: env.fields, bare: true, prefix: '' }
  let frames: Frame[] = env.doc
    ? [base, { id: 'doc', fields: env.doc, bare: false, variable: 'doc', prefix: 'doc.' }]
    : [base]

  function refuse(code: FormulaErrorCode, place: Place, values: Record<string, string> = {}): undefined {
    errors.push({ code, at: place.at, to: place.to, values })
    return undefined
  }

  function within<T>(frame: Frame, look: () => T): T {
    const outer = frames
    frames = [...frames, frame]
    try {
      return look()
    } finally {
      frames = outer
    }
  }

  /** A bare name, innermost frame first. */
  function lookUp(name: string): { row: Frame } | Found | undefined {
    for (const frame of frames.toReversed()) {
      if (frame.variable === name) return { row: frame }
      const type = frame.bare ? own(frame.fields, name) : undefined
      if (type) return { frame, type, field: { frame: frame.id, path: [name] } }
    }
    return undefined
  }

  function unknown(place: Place, name: string, among: readonly string[]): undefined {
    const meant = isFunctionName(name) ? `${name}()` : closest(name, among)
    return refuse('formula.unknown_name', place, { name: name.slice(0, 60), meant: meant ?? '' })
  }

  function locate(ast: Ast): { row: Frame } | Found | undefined {
    if (ast.op === 'name') {
      const names = (): string[] =>
        frames.flatMap(({ variable, bare, fields }) => [
          ...(variable ? [variable] : []),
          ...(bare ? Object.keys(fields) : []),
        ])
      return lookUp(ast.name) ?? unknown(ast, ast.name, names())
    }
    if (ast.op !== 'path') return undefined
    if (ast.of.op !== 'name' && ast.of.op !== 'path') return refuse('formula.path', ast, { name: ast.name })
    const of = locate(ast.of)
    return of && step(of, ast)
  }

  /** One step further along a path: a row's field, or the field of a referenced record. */
  function step(of: { row: Frame } | Found, ast: Ast & { op: 'path' }): Found | undefined {
    const nameAt = { at: ast.to - ast.name.length, to: ast.to }
    if ('row' in of) {
      const type = own(of.row.fields, ast.name)
      if (!type) return unknown(nameAt, ast.name, Object.keys(of.row.fields))
      return { field: { frame: of.row.id, path: [ast.name] }, type, frame: of.row }
    }
    const [ref, beyond] = of.field.path
    if (of.type.kind !== 'ref') return refuse('formula.path', ast, { name: ast.name })
    const fields = beyond === undefined ? env.refs?.(of.type.entity) : undefined
    if (!fields) return refuse('formula.reference', ast, { name: ast.name })
    const type = own(fields, ast.name)
    if (!type) return unknown(nameAt, ast.name, Object.keys(fields))
    return { field: { frame: of.field.frame, path: [ref, ast.name] }, type, frame: of.frame }
  }

  function peek(ast: Ast): { row: Frame } | Found | undefined {
    const before = errors.length
    const found = locate(ast)
    errors.length = before
    return found
  }

  return {
    errors,
    uses: new Set(),
    moments: new Set(),
    refuse,
    within,
    frame: id => frames.find(frame => frame.id === id),
    loops: () => frames.filter(frame => frame.id !== 'fields' && frame.id !== 'doc').length,
    locate,
    peek,
  }
}
