// Rules over other records: what they read one step over a reference, as it stands in the transaction of the write.
import type { Row } from '@yingzao/engines/formula'
import { sql } from 'kysely'
import { isOneOf } from '../access/predicate.ts'
import type { Ctx } from '../context.ts'
import type { FieldError } from '../refuse.ts'
import { type Compiled, type Shape, targetOf } from '../registry/shape.ts'
import { holds } from './can.ts'
import { type Draft, lineRow } from './draft.ts'

/** Referenced records by entity and id. */
export type Reached = ReadonlyMap<string, ReadonlyMap<string, Row>>

/** A draft to be judged, and where its mistakes are told. */
export interface Judged {
  readonly draft: Draft
  readonly prefix: string
  readonly paths?: ReadonlyMap<string, string>
}

/**
 * Judges the rules that look at other records, after the references were found good: whether a rule holds must not tell about
 * a record that the writer may not refer to. The values are read by the system, as every rule's are; a refusal shows none.
 */
export async function judge(ctx: Ctx, shape: Shape, judged: readonly Judged[], errors: FieldError[]): Promise<void> {
  const rulesOf = (of: Shape) => of.conditions.rules.filter(({ check }) => check.reaches.size > 0)
  const own = rulesOf(shape)
  const inner = shape.lines.map(({ field, of }) => ({ field, of, rules: rulesOf(of) }))
  const rules = [...own, ...inner.flatMap(each => each.rules)]
  if (rules.length === 0 || errors.some(({ code }) => code === 'field.reference')) return
  const wrong = new Set(errors.map(({ path }) => path))
  const drafts = judged.map(each => each.draft)
  const reached = await reach(
    ctx,
    shape,
    drafts,
    rules.map(({ check }) => check),
  )
  for (const { draft, prefix, paths } of judged) {
    const doc = seen(shape, draft.values, reached)
    const lines = Object.fromEntries(
      shape.lines.map(({ field, of }) => [
        field,
        (draft.lines[field] ?? []).map(line => seen(of, lineRow(line), reached)),
      ]),
    )
    const put = (of: Shape, at: string, { name, check }: (typeof rules)[number], holding: boolean) => {
      // What is missing already has its own message.
      const told = check.uses.some(used => wrong.has(`${at}${used}`) || wrong.has(`${at}${used.split('.')[0]}`))
      if (!holding && !told)
        errors.push({ path: `${at}${check.uses[0]?.split('.')[0] ?? ''}`, code: `${of.name}.${name}` })
    }
    for (const rule of own) put(shape, prefix, rule, holds(ctx, rule.check, { ...doc, id: draft.id }, lines))
    for (const { field, of, rules } of inner)
      for (const [index, line] of (lines[field] ?? []).entries())
        for (const rule of rules) {
          const at = `${prefix}${paths?.get(String(line.id)) ?? `${field}.${index}`}.`
          put(of, at, rule, holds(ctx, rule.check, line, undefined, doc))
        }
  }
}

/** One statement for each entity that the conditions look at. Records of the same call count as they will be stored. */
async function reach(
  ctx: Ctx,
  shape: Shape,
  drafts: readonly Draft[],
  conditions: readonly Compiled[],
): Promise<Reached> {
  const fields = new Map<string, Set<string>>()
  for (const { reaches } of conditions)
    for (const [entity, names] of reaches) fields.set(entity, new Set([...(fields.get(entity) ?? []), ...names]))
  const ids = new Map<string, Set<string>>()
  const collect = (of: Shape, values: Row) => {
    for (const [name, target] of referencesOf(of)) {
      const id = values[name]
      if (typeof id !== 'string' || !fields.has(target)) continue
      ids.set(target, (ids.get(target) ?? new Set()).add(id))
    }
  }
  for (const draft of drafts) {
    collect(shape, draft.values)
    for (const { field, of } of shape.lines) for (const line of draft.lines[field] ?? []) collect(of, line.values)
  }
  const reached = new Map<string, Map<string, Row>>([...fields.keys()].map(entity => [entity, new Map()]))
  for (const [entity, wanted] of ids) {
    const columns = [...(fields.get(entity) ?? [])].map(name => sql.id('t', name))
    const { rows } = await sql<Row>`select ${sql.join([sql.id('t', 'id'), ...columns])}
      from ${sql.id(ctx.tenant, entity)} t where ${isOneOf(sql`t.id`, [...wanted])}`.execute(ctx.db)
    for (const row of rows) reached.get(entity)?.set(String(row.id), row)
  }
  for (const draft of drafts) reached.get(shape.name)?.set(draft.id, { ...draft.values, id: draft.id })
  return reached
}

/** The row with the records it refers to in place of their ids, as far as they were asked for. */
function seen(shape: Shape, row: Row, reached: Reached): Row {
  const whole: Record<string, unknown> = { ...row }
  for (const [name, target] of referencesOf(shape)) {
    const id = row[name]
    const found = reached.get(target)
    if (found && typeof id === 'string') whole[name] = found.get(id) ?? { id }
  }
  return whole
}

const references = new WeakMap<Shape, readonly (readonly [name: string, target: string])[]>()
/** Fields that point at one record. */
function referencesOf(shape: Shape): readonly (readonly [name: string, target: string])[] {
  const known = references.get(shape)
  if (known) return known
  const made = [...shape.fields.values()].flatMap(({ name, def, column }) => {
    const target = targetOf(def)
    return target !== null && column ? [[name, target] as const] : []
  })
  references.set(shape, made)
  return made
}
