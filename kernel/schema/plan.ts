// The difference between the tables as wanted and as they are: what to do, what needs a migration, what is kept.
import type { Migration } from '../registry.ts'
import type { ActualTable } from './catalog.ts'
import { type ColumnDef, type IndexDef, indexName, quote, quoteColumn, type TableDef } from './table.ts'

export interface SchemaPlan {
  /** In one transaction. */
  readonly statements: readonly string[]
  /** Each on its own, without locking writers out: indexes of tables with rows, checks of new foreign keys. */
  readonly afterwards: readonly string[]
  /** What only a person can decide: boot refuses until a migration file says it. */
  readonly refused: readonly Refused[]
  /** Tables of modules that are no longer installed: kept with their data. */
  readonly kept: readonly string[]
}

export interface Refused {
  readonly module: string
  readonly message: string
  /** The migration file to write: the next number of its module. */
  readonly file: string
  readonly sql: string
}
type Unfit = Omit<Refused, 'file'>

/** From this many rows on an index is built beside the writers. */
const largeTable = 10_000

export function planSchema(
  schema: string,
  wanted: readonly TableDef[],
  actual: ReadonlyMap<string, ActualTable>,
  /** Module of each known table, the modules installed now, and the migration files there are. */
  known: {
    readonly owner: ReadonlyMap<string, string>
    readonly modules: ReadonlySet<string>
    readonly migrations: readonly Pick<Migration, 'module' | 'name'>[]
  },
): SchemaPlan {
  const statements: string[] = []
  const keys: string[] = []
  const afterwards: string[] = []
  const refused: Unfit[] = []
  const at = (name: string) => `${quote(schema)}.${quote(name)}`

  for (const table of wanted) {
    const now = actual.get(table.name)
    if (!now) {
      const columns = Object.entries(table.columns).map(([name, column]) => `  ${quote(name)} ${columnSql(column)}`)
      statements.push(
        `create table ${at(table.name)} (\n${[...columns, `  primary key (${table.key.map(quote).join(', ')})`].join(',\n')}\n)`,
      )
    } else {
      for (const [name, column] of Object.entries(table.columns)) {
        const have = now.columns.get(name)
        if (!have) statements.push(`alter table ${at(table.name)} add column ${quote(name)} ${columnSql(column)}`)
        else if (have.type !== column.type)
          refused.push({
            module: table.module,
            message: `${table.name}.${name} is ${have.type} in the database and ${column.type} in the declaration`,
            sql: `alter table ${quote(table.name)} alter column ${quote(name)} type ${column.type} using ${quote(name)}::${column.type};`,
          })
        else if (have.notNull && !column.notNull && !table.key.includes(name))
          statements.push(`alter table ${at(table.name)} alter column ${quote(name)} drop not null`)
      }
      refused.push(...goneColumns(table, now))
    }
    planIndexes(table, now)
    if (table.appendOnly && !now?.triggers.has('append_only'))
      statements.push(
        `create trigger append_only before update or delete or truncate on ${at(table.name)} execute function yingzao.append_only()`,
      )
    for (const { column, to, cascade } of table.references ?? []) {
      const name = indexName('fk', table.name, [column, to])
      if (now?.references.has(name)) continue
      const add = `alter table ${at(table.name)} add constraint ${quote(name)} foreign key (${quote(column)}) references ${at(to)} (id)${cascade ? ' on delete cascade' : ''}`
      if (!now || now.rows === 0) keys.push(add)
      else {
        keys.push(`${add} not valid`)
        afterwards.push(`alter table ${at(table.name)} validate constraint ${quote(name)}`)
      }
    }
  }
  const { kept, gone } = goneTables()
  refused.push(...gone)
  return { statements: [...statements, ...keys], afterwards, refused: refused.map(named), kept }

  function planIndexes(table: TableDef, now: ActualTable | undefined): void {
    const names = new Set((table.indexes ?? []).map(each => each.name))
    for (const each of table.indexes ?? []) {
      const have = now?.indexes.get(each.name)
      if (have?.valid) continue
      const large = now !== undefined && now.rows >= largeTable
      // Left behind by a build that was interrupted.
      if (have) afterwards.push(`drop index concurrently if exists ${at(each.name)}`)
      ;(large ? afterwards : statements).push(indexSql(at(table.name), each, large))
    }
    for (const name of now?.indexes.keys() ?? [])
      if (!names.has(name) && /^(ix|uq)_.*_[0-9a-f]{8}$/.test(name)) statements.push(`drop index if exists ${at(name)}`)
  }

  /** One file a module holds all that it needs now. */
  function named(unfit: Unfit): Refused {
    const numbers = known.migrations.flatMap(({ module, name }) =>
      module === unfit.module ? [Number.parseInt(name, 10) || 0] : [],
    )
    const next = String(Math.max(0, ...numbers) + 1).padStart(3, '0')
    return { ...unfit, file: `modules/${unfit.module}/migrations/${next}-what-changed.sql` }
  }

  function goneTables() {
    const names = new Set(wanted.map(table => table.name))
    const kept: string[] = []
    const gone: Unfit[] = []
    for (const name of actual.keys()) {
      const owner = known.owner.get(name)
      // Not ours to judge: made by an extension or by hand.
      if (names.has(name) || owner === undefined) continue
      if (!known.modules.has(owner)) kept.push(name)
      else
        gone.push({
          module: owner,
          message: `table ${name} is in the database, but module "${owner}" no longer declares it`,
          sql: `alter table ${quote(name)} rename to …;  -- or, to delete its data: drop table ${quote(name)};`,
        })
    }
    return { kept, gone }
  }
}

function goneColumns(table: TableDef, now: ActualTable): Unfit[] {
  const missing = Object.entries(table.columns).filter(([name]) => !now.columns.has(name))
  return [...now.columns].flatMap(([name, { type }]) => {
    if (name in table.columns) return []
    const renamed = missing.find(([, column]) => column.type === type)?.[0]
    const drop = `alter table ${quote(table.name)} drop column ${quote(name)};`
    return [
      {
        module: table.module,
        message: `${table.name}.${name} is in the database and no longer declared`,
        sql: renamed
          ? `alter table ${quote(table.name)} rename column ${quote(name)} to ${quote(renamed)};  -- or, to delete its data: ${drop}`
          : drop,
      },
    ]
  })
}

const columnSql = ({ type, notNull, default: value }: ColumnDef): string =>
  `${type}${notNull ? ' not null' : ''}${value === undefined ? '' : ` default ${value}`}`

const indexSql = (table: string, { name, on, unique, using, where }: IndexDef, concurrently: boolean): string =>
  `create ${unique ? 'unique ' : ''}index ${concurrently ? 'concurrently ' : ''}if not exists ${quote(name)} on ${table}${using ? ` using ${using}` : ''} (${on.map(quoteColumn).join(', ')})${where ? ` where ${where}` : ''}`
