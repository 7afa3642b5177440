// Stored formulas: when one changed, every record is computed again by the database, with the same rules as at save.
import { compileToSql } from '@yingzao/engines/formula'
import { type Kysely, sql } from 'kysely'
import type { Tables } from '../context.ts'
import { spliced } from '../query/splice.ts'
import type { ComputedField, Shape } from '../registry/shape.ts'
import { type Registry, shapeOf } from '../registry.ts'
import { quote } from './table.ts'

/** Tables whose formulas are not those their values were computed with. Records keep version and history: nobody changed them. */
export async function backfill(
  db: Kysely<Tables>,
  registry: Registry,
  schema: string,
  log: (line: string) => void,
): Promise<void> {
  const { rows } = await sql<{ name: string; formulas: Record<string, string> }>`
    select name, formulas from ${sql.id(schema, 'schema_table')}`.execute(db)
  const known = new Map(rows.map(row => [row.name, row.formulas]))
  const isStale = (shape: Shape) =>
    JSON.stringify(sorted(known.get(shape.name) ?? {})) !== JSON.stringify(formulasOf(shape))
  for (const shape of registry.shapes.values()) {
    if (shape.kind === 'line') continue
    const lines = shape.lines.map(each => each.of)
    const stale = [...lines, shape].filter(isStale)
    if (stale.length === 0) continue
    // Headers may sum their lines, so both are computed again, the lines first.
    await db.transaction().execute(async tx => {
      for (const each of [...lines, shape])
        for (const computed of each.computed) {
          log(`compute ${each.name}.${computed.field.name} again`)
          await recompute(tx, registry, schema, each, computed)
        }
      for (const each of stale)
        await sql`update ${sql.id(schema, 'schema_table')} set formulas = ${JSON.stringify(formulasOf(each))}::jsonb
          where name = ${each.name}`.execute(tx)
    })
  }
}

const sorted = (formulas: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(formulas).sort(([a], [b]) => (a < b ? -1 : 1)))
const formulasOf = (shape: Shape) =>
  sorted(Object.fromEntries(shape.computed.map(each => [each.field.name, each.source])))

async function recompute(
  db: Kysely<Tables>,
  registry: Registry,
  schema: string,
  shape: Shape,
  { field, ast, environment }: ComputedField,
): Promise<void> {
  const { text, values } = compileToSql(ast, {
    environment,
    column: ([name = ''], frame) => `${frame === 'doc' ? 'p' : 't'}.${quote(name)}`,
    lines: (name, alias) => {
      const of = shape.lines.find(each => each.field === name)?.of ?? shape
      return {
        from: `${quote(schema)}.${quote(of.name)} ${alias}`,
        where: `${alias}.parent = t.id`,
        column: ([inner = '']) => `${alias}.${quote(inner)}`,
      }
    },
    // Boot refuses stored formulas that ask for these.
    today: '2000-01-01',
    now: '2000-01-01T00:00:00Z',
    user: null,
  })
  const { kind } = field.def
  const value = spliced(text, values)
  const stored =
    kind === 'flag'
      ? sql`coalesce(${value}, false)`
      : kind === 'integer' || kind === 'duration'
        ? sql`round(${value})`
        : value
  const column = sql.id(field.name)
  const header = shape.parent ? shapeOf(registry, shape.parent.entity) : null
  await sql`update ${sql.id(schema, shape.name)} t set ${column} = ${stored}
    ${header ? sql`from ${sql.id(schema, header.name)} p where p.id = t.parent and` : sql`where`} t.${column} is distinct from ${stored}`.execute(
    db,
  )
}
