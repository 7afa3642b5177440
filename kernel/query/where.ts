// `where`: a FEEL condition over the fields the reader was granted, compiled to SQL. What he may not read is no name to it.

import {
  checkFormula,
  compileToSql,
  describeError,
  type Environment,
  type FormulaError,
  parseFormula,
} from '@yingzao/engines/formula'
import { type RawBuilder, sql } from 'kysely'
import { rightsOf } from '../access/rights.ts'
import { isNone, keyOf } from '../access/rows.ts'
import { refuse } from '../refuse.ts'
import { environmentOf, typesOf, withReferences } from '../registry/formula-type.ts'
import { type FieldShape, targetOf } from '../registry/shape.ts'
import { shapeOf } from '../registry.ts'
import type { Question } from './readable.ts'
import { spliced } from './splice.ts'
import { overReference } from './step.ts'

export function whereCondition(question: Question, source: string): RawBuilder<unknown> {
  const { ctx, shape } = question
  const environment = grantedNames(question)
  const parsed = parseFormula(source)
  const bad = (error: FormulaError | undefined) =>
    refuse('query.where', { at: (error?.at ?? 0) + 1, reason: error ? describeError(error, ctx.lang) : '' })
  if (!parsed.ok) throw bad(parsed.errors[0])
  const checked = checkFormula(parsed.ast, environment, { kind: 'flag' })
  if (!checked.ok) throw bad(checked.errors[0])

  // Its placeholders are numbered from 1; the text is cut at them, so that kysely numbers them within the whole statement.
  const parts: unknown[] = []
  const part = (value: RawBuilder<unknown>): string => `\u0000${parts.push(value) - 1}\u0000`
  const column = (path: readonly string[]): string => {
    const { field, uniform, value } = question.field(path.join('.'))
    return uniform && path.length === 1 ? `t."${field.column ?? field.name}"` : part(value)
  }
  const { text, values } = compileToSql(parsed.ast, {
    environment,
    column,
    lines: (name, alias) => {
      const of = shape.lines.find(each => each.field === name)?.of ?? shapeOf(ctx.registry, shape.name)
      return {
        from: `"${ctx.tenant}"."${of.name}" ${alias}`,
        where: `${alias}.parent = t.id`,
        column: ([name = '', further]) => {
          const own = `${alias}."${name}"`
          const def = of.fields.get(name)?.def
          const entity = def ? (targetOf(def) ?? '') : ''
          if (further === undefined) return own
          // As the line's own fields: only what is readable everywhere.
          if (rightsOf(ctx, entity).field(further, 'read') !== 'all') throw refuse('query.field', { field: further })
          return part(overReference(ctx, entity, sql`${sql.id('r', further)}`, sql.raw(own), 'all'))
        },
      }
    },
    today: ctx.today,
    now: ctx.now,
    user: ctx.principal.user,
    condition: true,
  })
  return spliced(text, values, parts)
}

/** Lines count only when the lines field and the line's field are readable on every row the reader sees. */
function grantedNames({ ctx, shape, rights }: Question): Environment {
  const everywhere = (name: string) => keyOf(rights.field(name, 'read')) === keyOf(rights.rows('read'))
  const readable = ({ name, def }: FieldShape) =>
    def.kind === 'lines' ? everywhere(name) : !isNone(rights.field(name, 'read'))
  const environment = environmentOf(ctx.registry.shapes, shape, readable)
  for (const { field, of } of shape.lines) {
    const type = environment.fields[field]
    if (type?.kind !== 'lines') continue
    const granted = [...of.fields.values()].filter(each => everywhere(`${field}.${each.name}`))
    environment.fields[field] = { ...type, fields: typesOf(granted) }
  }
  return withReferences(
    ctx.registry.shapes,
    environment,
    (target, field) => !isNone(rightsOf(ctx, target.name).field(field.name, 'read')),
  )
}
