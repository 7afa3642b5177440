// Fields as a question may use them: a hidden or masked field is as unknown as a misspelt one, and a field that is readable on
// some rows only is null on the others, so that no answer depends on a value its reader may not see.
import { type RawBuilder, sql } from 'kysely'
import { predicate } from '../access/predicate.ts'
import { type Rights, rightsOf } from '../access/rights.ts'
import { isNone, keyOf } from '../access/rows.ts'
import type { Ctx } from '../context.ts'
import { refuse } from '../refuse.ts'
import { isReachable } from '../registry/formula-type.ts'
import { type FieldShape, type Shape, targetOf } from '../registry/shape.ts'
import { overReference } from './step.ts'

export interface Readable {
  readonly field: FieldShape
  /** The value over alias `t`, null where it may not be read. */
  readonly value: RawBuilder<unknown>
  /** Another column of the field, null where the field may not be read. */
  readonly guarded: (column: RawBuilder<unknown>) => RawBuilder<unknown>
  /** Readable on every row the reader sees: may sort, group, be summed. */
  readonly uniform: boolean
}
export interface Question {
  readonly ctx: Ctx
  readonly shape: Shape
  readonly rights: Rights
  /** One's own or, over a reference, another record's (`project.code`). Throws `query.field` for what is unknown or may not be read. */
  field(name: string): Readable
}

export function question(ctx: Ctx, shape: Shape): Question {
  const rights = rightsOf(ctx, shape.name)
  const read = keyOf(rights.rows('read'))
  const known = new Map<string, Readable>()
  return {
    ctx,
    shape,
    rights,
    field(name) {
      const before = known.get(name)
      if (before) return before
      const step = name.indexOf('.')
      if (step >= 0) {
        const made = further(ctx, this.field(name.slice(0, step)), name.slice(step + 1), name)
        known.set(name, made)
        return made
      }
      const field = name === 'id' ? idField : shape.fields.get(name)
      const rows = field === idField ? rights.rows('read') : rights.field(name, 'read')
      if (!field || isNone(rows) || field.def.kind === 'lines') throw refuse('query.field', { field: name })
      const uniform = keyOf(rows) === read
      const guarded = (column: RawBuilder<unknown>) =>
        uniform
          ? column
          : sql`case when ${predicate(rows, { tenant: ctx.tenant, entity: shape.name, alias: 't' })} then ${column} end`
      const made: Readable = { field, uniform, guarded, value: guarded(sql`${sql.id('t', field.column ?? 'id')}`) }
      known.set(name, made)
      return made
    },
  }
}

/**
 * A field of the record that a reference points at: `project.code`. Empty where the reader may not see the reference, the
 * other record or that field of it; what may be read of no record at all is unknown.
 */
function further(ctx: Ctx, { field, value, uniform }: Readable, name: string, path: string): Readable {
  const entity = targetOf(field.def) ?? ''
  const found = ctx.registry.shapes.get(entity)?.fields.get(name)
  if (!field.column || field === idField || !found || !isReachable(found)) throw refuse('query.field', { field: path })
  const rows = rightsOf(ctx, entity).field(name, 'read')
  if (isNone(rows)) throw refuse('query.field', { field: path })
  const guarded = (column: RawBuilder<unknown>) => overReference(ctx, entity, column, value, rows)
  return {
    field: { ...found, name: path },
    uniform: uniform && rows === 'all',
    guarded,
    value: guarded(sql`${sql.id('r', name)}`),
  }
}

const idField: FieldShape = {
  name: 'id',
  column: 'id',
  system: true,
  group: 'basic',
  def: { kind: 'ref', to: 'id', label: { zh: '编号', en: 'Id' } },
}
