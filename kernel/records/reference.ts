// References must point at something that is there and that the writer may see; to him an invisible record is a missing one.
import { compileToSql } from '@yingzao/engines/formula'
import { type RawBuilder, sql } from 'kysely'
import { isOneOf, predicate } from '../access/predicate.ts'
import { rightsOf } from '../access/rights.ts'
import type { Ctx } from '../context.ts'
import { firstly } from '../driver.ts'
import { spliced } from '../query/splice.ts'
import { overReference } from '../query/step.ts'
import type { FieldError } from '../refuse.ts'
import { type Compiled, type Shape, targetOf } from '../registry/shape.ts'
import { shapeOf } from '../registry.ts'
import { quote } from '../schema/table.ts'
import type { Draft } from './draft.ts'

interface Wanted {
  readonly id: string
  readonly path: string
  /** Only units of this type. */
  readonly type: string | null
  /** `where` of the field: what it may point at. */
  readonly condition: Compiled | null
}
/** By entity. */
export type References = Map<string, Wanted[]>

/** What a reference points at: its type, and which of the conditions it was asked for hold for it. */
interface Target {
  readonly type: string | null
  readonly holds: ReadonlyMap<Compiled, boolean>
}
/** References that were looked up, by entity and id; null where the writer can see nothing. */
export type Targets = Map<string, Map<string, Target | null>>

/** References of a draft that are new since `before`; those that were there may stay, even to what was deleted since. */
export function collectReferences(
  shape: Shape,
  draft: Draft,
  before: Draft | null,
  prefix: string,
  into: References,
): void {
  const collect = (
    of: Shape,
    values: Readonly<Record<string, unknown>>,
    old: Readonly<Record<string, unknown>> | undefined,
    at: string,
  ) => {
    for (const { name, def, system } of of.fields.values()) {
      const target = targetOf(def)
      const value = values[name]
      if (target === null || system || value === null || value === undefined) continue
      const kept = old?.[name]
      const ids = (Array.isArray(value) ? value : [value]).filter(id =>
        Array.isArray(kept) ? !kept.includes(id) : kept !== id,
      )
      const list = into.get(target) ?? []
      for (const id of ids)
        list.push({
          id: String(id),
          path: `${at}${name}`,
          type: def.kind === 'org_unit' ? (def.type ?? null) : null,
          condition: of.conditions.targets.get(name) ?? null,
        })
      into.set(target, list)
    }
  }
  collect(shape, draft.values, before?.values, prefix)
  for (const { field, of } of shape.lines)
    draft.lines[field]?.forEach((line, index) => {
      const old = before?.lines[field]?.find(each => each.id === line.id)
      collect(of, line.values, old?.values, `${prefix}${field}.${index}.`)
    })
}

/** Records that a create would make, and the digest of its input: are they there already? */
export interface Expected {
  readonly shape: Shape
  readonly ids: readonly string[]
}
export interface Looked {
  readonly targets: Targets
  /** Of the expected that are there: the input they were made from, null for one made otherwise. */
  readonly there: ReadonlyMap<string, string | null>
}

/** One statement for all references, and for records that may be there already. */
export async function lookUp(
  ctx: Ctx,
  wanted: References,
  expected: Expected | null = null,
  known: Targets = new Map(),
): Promise<Looked> {
  const there = new Map<string, string | null>()
  const parts: RawBuilder<unknown>[] = []
  const conditions = new Map<string, Compiled[]>()
  for (const [entity, list] of wanted) {
    const found = known.get(entity) ?? new Map<string, Target | null>()
    known.set(entity, found)
    const asked = [...new Set(list.flatMap(each => each.condition ?? []))]
    const ids = [...new Set(list.map(each => each.id))].filter(id => {
      const before = found.get(id)
      return before === undefined || asked.some(each => before?.holds.has(each) === false)
    })
    if (ids.length === 0) continue
    for (const id of ids) found.set(id, null)
    conditions.set(entity, asked)
    const holds = asked.map(each => sql`coalesce(${conditionSql(ctx, entity, each)}, false)`)
    parts.push(sql`select ${sql.lit(entity)} as entity, t.id, ${entity === 'org_unit' ? sql`t.type` : sql`null`} as type,
        array[${sql.join(holds)}]::boolean[] as holds from ${sql.id(ctx.tenant, entity)} t
      where ${isOneOf(sql`t.id`, ids)} and t.deleted_at is null
        and ${predicate(rightsOf(ctx, entity).rows('read'), { tenant: ctx.tenant, entity, alias: 't' })}`)
  }
  if (expected && expected.ids.length > 0)
    parts.push(sql`select null as entity, t.id, c.request as type, null as holds
      from ${sql.id(ctx.tenant, expected.shape.name)} t
      left join ${sql.id(ctx.tenant, 'change')} c on c.record = t.id and c.op = 'create' and c.entity = ${expected.shape.name}
      where ${isOneOf(sql`t.id`, expected.ids)}`)
  if (parts.length > 0) {
    const statement = sql<{ entity: string | null; id: string; type: string | null; holds: boolean[] }>`${sql.join(
      parts,
      sql` union all `,
    )}`.compile(ctx.db)
    const { rows } = await ctx.db.executeQuery(firstly(statement))
    for (const { entity, id, type, holds } of rows)
      if (entity === null) there.set(id, type)
      else
        known.get(entity)?.set(id, {
          type,
          holds: new Map(conditions.get(entity)?.map((condition, index) => [condition, holds[index] === true])),
        })
  }
  return { targets: known, there }
}

export async function checkReferences(
  ctx: Ctx,
  wanted: References,
  /** Records made in the same call: they may refer to each other. */
  made: ReadonlySet<string>,
  errors: FieldError[],
  known: Targets = new Map(),
): Promise<void> {
  const others: References = new Map(
    [...wanted].map(([entity, list]) => [entity, list.filter(({ id }) => !made.has(id))]),
  )
  const { targets } = await lookUp(ctx, others, null, known)
  for (const [entity, list] of others)
    for (const { id, path, type, condition } of list) {
      const target = targets.get(entity)?.get(id)
      const fits =
        target && (type === null || target.type === type) && (!condition || target.holds.get(condition) === true)
      if (!fits) errors.push({ path, code: 'field.reference' })
    }
}

const conditionSql = (ctx: Ctx, entity: string, { ast, environment }: Compiled) => {
  const { fields } = shapeOf(ctx.registry, entity)
  const parts: RawBuilder<unknown>[] = []
  const { text, values } = compileToSql(ast, {
    environment,
    column: ([name = '', beyond]) => {
      const def = fields.get(name)?.def
      const own = `t.${quote(name)}`
      if (beyond === undefined || !def) return own
      // The condition is the declaration's: it looks at what is there, whoever writes.
      const other = overReference(ctx, targetOf(def) ?? '', sql`${sql.id('r', beyond)}`, sql.raw(own), 'all')
      return `\u0000${parts.push(other) - 1}\u0000`
    },
    today: ctx.today,
    now: ctx.now,
    user: ctx.principal.user,
    condition: true,
  })
  return spliced(text, values, parts)
}

/** New records of one call may hang on each other, but not in a circle; nothing older can be below them. */
export function checkNewTree(
  shape: Shape,
  drafts: readonly Draft[],
  path: (index: number) => string,
  errors: FieldError[],
): void {
  const { tree } = shape.def
  if (tree === undefined) return
  const parents = new Map(drafts.map(draft => [draft.id, draft.values[tree]]))
  for (const [index, draft] of drafts.entries()) {
    const seen = new Set<unknown>()
    for (let at: unknown = draft.id; parents.has(String(at)); at = parents.get(String(at))) {
      if (seen.has(at)) {
        errors.push({ path: `${path(index)}${tree}`, code: 'field.circle' })
        break
      }
      seen.add(at)
    }
  }
}

/** A tree stays a tree: no record is put below itself, also when two people move branches at once. */
export async function checkTree(ctx: Ctx, shape: Shape, draft: Draft, errors: FieldError[]): Promise<void> {
  const { tree } = shape.def
  const parent = tree === undefined ? null : draft.values[tree]
  if (tree === undefined || typeof parent !== 'string') return
  await sql`select pg_advisory_xact_lock(hashtext(${`${ctx.tenant} tree ${shape.name}`}))`.execute(ctx.db)
  const column = sql.id(tree)
  const { rows } = await sql<{ id: string }>`with recursive above(id) as (
      select ${parent}::uuid union select t.${column} from ${sql.id(ctx.tenant, shape.name)} t join above on above.id = t.id where t.${column} is not null)
    select id from above where id = ${draft.id}::uuid`.execute(ctx.db)
  if (rows.length > 0) errors.push({ path: tree, code: 'field.circle' })
}
