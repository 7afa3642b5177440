// Computed and conditional fields while typing: the server's own formulas, run here on what stands in the form.
// The server computes again at save; this only shows the result sooner. The engine is fetched when a form first needs it.
import type { Ast, Scope, Value } from '@yingzao/engines/formula'
import type { EntityMeta, FieldMeta, Json } from '@yingzao/kernel/entity'
import { isDecimal } from '@yingzao/kernel/entity'
import { formulaEnvironment, type NamedFields } from '@yingzao/kernel/entity/formula-type'
import { useCallback, useEffect, useMemo, useState } from 'react'
import { entityOf, useMeta } from '../data/meta.ts'
import type { Values } from './draft.ts'
import { momentOf } from './moment.ts'
import { rowsOf } from './rows.ts'

type Engine = typeof import('./formula-engine.ts')
type LineOf = (name: string) => EntityMeta | undefined
type Formula = (scope: Scope) => Value

let engine: Engine | null = null

const named = (fields: readonly FieldMeta[]): NamedFields => fields.map(field => [field.name, field])

/** The server sent it parsed and checked; anything else makes compiling throw, and the field then stays as saved. */
const isAst = (value: Json | undefined): value is Json & Ast => typeof value === 'object' && value !== null

interface Program {
  readonly computed: readonly { readonly field: FieldMeta; readonly run: Formula }[]
  readonly conditions: ReadonlyMap<string, Formula>
  readonly lines: readonly { readonly field: string; readonly program: Program }[]
}

function compile(
  loaded: Pick<Engine, 'compileToJs'>,
  entity: EntityMeta,
  lineOf: LineOf,
  header?: EntityMeta,
): Program {
  const fieldsOf = (name: string) => {
    const line = lineOf(name)
    return line && named(line.fields)
  }
  const environment = formulaEnvironment(entity.name, named(entity.fields), fieldsOf, header && named(header.fields))
  const formula = (ast: Json | undefined): Formula | null => {
    if (!isAst(ast)) return null
    try {
      return loaded.compileToJs(ast, environment)
    } catch {
      return null
    }
  }
  return {
    computed: entity.fields.flatMap(field => {
      const run = formula(field.ast)
      return run ? [{ field, run }] : []
    }),
    conditions: new Map(
      entity.fields.flatMap(field => {
        const run = formula(field.whenAst)
        return run ? [[field.name, run] as const] : []
      }),
    ),
    lines: entity.fields.flatMap(field => {
      const line = field.kind === 'lines' ? lineOf(field.of) : undefined
      return line ? [{ field: field.name, program: compile(loaded, line, lineOf, entity) }] : []
    }),
  }
}

/** What the field stores: rounded once to its scale, as the server does. */
function stored({ assign }: Engine, field: FieldMeta, value: Value): Json {
  switch (field.kind) {
    case 'money':
      return isDecimal(value) ? assign(value, { scale: 2 }) : null
    case 'number':
      return isDecimal(value) ? assign(value, { scale: field.scale ?? 4 }) : null
    case 'percent':
      return isDecimal(value) ? assign(value, { scale: 6 }) : null
    case 'integer':
    case 'duration':
      return isDecimal(value) ? Number(assign(value, { scale: 0 })) : null
    default:
      return value
  }
}

/** Half-typed values (a word where a number belongs) give no result yet. */
function attempt(run: Formula, scope: Scope): Value {
  try {
    return run(scope)
  } catch {
    return null
  }
}

function fill(loaded: Engine, program: Program, values: Values, user: string, doc?: Values): Values {
  const next: Record<string, Json> = { ...values }
  // Lines first: the header's formulas sum them.
  for (const { field, program: line } of program.lines)
    if (values[field] !== undefined)
      next[field] = rowsOf(values[field]).map(row => fill(loaded, line, row, user, values))
  const scope = (): Scope => ({ fields: next, ...(doc ? { doc } : {}), ...momentOf(user) })
  // A formula may use another's result, in any order of declaration: as many rounds as there are formulas suffice.
  for (let round = 0; round < program.computed.length; round++) {
    let changed = false
    for (const { field, run } of program.computed) {
      const value = stored(loaded, field, attempt(run, scope()))
      if (next[field.name] !== value) {
        next[field.name] = value
        changed = true
      }
    }
    if (!changed) break
  }
  return next
}

const needs = (entity: EntityMeta, lineOf: LineOf): boolean =>
  entity.fields.some(
    field =>
      field.ast !== undefined ||
      field.whenAst !== undefined ||
      (field.kind === 'lines' && lineOf(field.of)?.fields.some(each => each.ast !== undefined)),
  )

/** The values with everything computed, and whether a conditional field is to be shown. */
export function useLiveFormulas(
  entity: EntityMeta,
  values: Values,
): { readonly values: Values; readonly shows: (field: FieldMeta) => boolean } {
  const meta = useMeta()
  const [loaded, setLoaded] = useState(engine)
  const wanted = useMemo(() => needs(entity, name => entityOf(meta, name)), [entity, meta])
  useEffect(() => {
    if (!wanted || loaded) return
    let gone = false
    void import('./formula-engine.ts').then(found => {
      engine = found
      if (!gone) setLoaded(found)
    })
    return () => {
      gone = true
    }
  }, [wanted, loaded])
  const program = useMemo(
    () => (wanted && loaded ? compile(loaded, entity, name => entityOf(meta, name)) : null),
    [wanted, loaded, entity, meta],
  )
  const user = meta.me.id
  const filled = useMemo(
    () => (program && loaded ? fill(loaded, program, values, user) : values),
    [program, loaded, values, user],
  )
  const shows = useCallback(
    (field: FieldMeta) => {
      const run = program?.conditions.get(field.name)
      return !run || attempt(run, { fields: filled, ...momentOf(user) }) === true
    },
    [program, filled, user],
  )
  return { values: filled, shows }
}
