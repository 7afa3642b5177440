// Declarations → the tables they want: entities, their join tables, and the indexes that lists rely on.
import type { EntityDef } from '@yingzao/kernel/entity'
import { approvalTables } from '../approval/table.ts'
import { ledgerTables } from '../ledgers/table.ts'
import { type Shape, targetOf, wholeOf } from '../registry/shape.ts'
import { uniqueSets } from '../registry/unique.ts'
import type { Registry } from '../registry.ts'
import { blindIndexColumn, columnsOf, joinTable } from './column.ts'
import { kernelTables } from './kernel-tables.ts'
import { type ColumnDef, type ForeignKey, type IndexDef, index, indexName, type TableDef } from './table.ts'

export const wantedTables = (registry: Registry, more: readonly TableDef[] = []): TableDef[] => [
  ...kernelTables,
  ...approvalTables,
  ...ledgerTables(registry),
  ...[...registry.shapes.values()].flatMap(shape => [entityTable(shape), ...joinTables(shape)]),
  ...more,
]

const instant = 'timestamp(3) with time zone'
const recordColumns = {
  id: { type: 'uuid', notNull: true },
  version: { type: 'integer', notNull: true, default: '1' },
  created_at: { type: instant, notNull: true },
  created_by: { type: 'uuid' },
  updated_at: { type: instant, notNull: true },
  updated_by: { type: 'uuid' },
  deleted_at: { type: instant },
  deleted_by: { type: 'uuid' },
} satisfies Record<string, ColumnDef>
const lineColumns = {
  id: { type: 'uuid', notNull: true },
  parent: { type: 'uuid', notNull: true },
  position: { type: 'integer', notNull: true },
} satisfies Record<string, ColumnDef>

function entityTable(shape: Shape): TableDef {
  const columns: Record<string, ColumnDef> = { ...(shape.kind === 'line' ? lineColumns : recordColumns) }
  for (const { name, def } of shape.fields.values())
    if (!(name in columns)) Object.assign(columns, columnsOf(name, def))
  if (shape.searched.length > 0) columns._search = { type: 'tsvector' }
  if (wholeOf(shape)) columns.deleted_with = { type: 'uuid' }
  const references: ForeignKey[] = [...shape.fields.values()].flatMap(({ name, column, def }) => {
    const to = targetOf(def)
    // created_by and updated_by are plain ids: a write must not look up its author three times.
    return to && column && name !== 'created_by' && name !== 'updated_by' ? [{ column, to }] : []
  })
  if (shape.parent) references.push({ column: 'parent', to: shape.parent.entity, cascade: true })
  return { name: shape.name, module: shape.module, columns, key: ['id'], indexes: indexesOf(shape), references }
}

const living = 'deleted_at is null'

/**
 * Every sort of a list is an index over (sort, created_at, id) of the living, and the same led by each field that rights
 * are compared with, so that the newest 50 of one project are read, not searched for.
 */
function indexesOf(shape: Shape): IndexDef[] {
  const { name, def } = shape
  if (shape.kind === 'line') return [index(name, ['parent', 'position']), ...uniques(shape)]
  const places = placeColumns(def)
  const sorts = [...shape.sortable].filter(field => field !== 'created_at')
  const found = new Map<string, IndexDef>()
  const add = (on: readonly string[]) => {
    const made = index(name, on, { where: living })
    found.set(made.name, made)
  }
  for (const lead of [[], ...places.map(place => [place])]) {
    add([...lead, 'created_at', 'id'])
    for (const sort of sorts) if (sort !== lead[0]) add([...lead, sort, 'created_at', 'id'])
  }
  for (const owner of ownerColumns(def)) add([owner, 'created_at', 'id'])
  for (const field of shape.fields.values()) {
    if (targetOf(field.def) && field.column && !field.system && !places.includes(field.name))
      add([field.name, 'created_at', 'id'])
    if (field.def.kind === 'secret') add([blindIndexColumn(field.name)])
  }
  for (const set of def.indexes ?? []) if (set.length > 1) add(set)
  const all = [
    ...found.values(),
    ...uniques(shape),
    index(name, ['deleted_at', 'id'], { where: 'deleted_at is not null' }),
  ]
  if (wholeOf(shape)) all.push(index(name, ['deleted_with'], { where: 'deleted_with is not null' }))
  if (shape.searched.length > 0) all.push(index(name, ['_search'], { using: 'gin' }))
  return all
}

/** Columns that places of roles and scopes are compared with; `id` has its key already. */
export const placeColumns = ({ place }: EntityDef): string[] => [
  ...new Set(
    [place, place?.beside]
      .flatMap(each => [each?.company, each?.department, each?.project])
      .flatMap(column => (column && column !== 'id' ? [column] : [])),
  ),
]
export const ownerColumns = ({ place }: EntityDef): string[] => [
  ...new Set(['created_by', ...(place?.owner ?? [])].filter(column => column !== 'id')),
]

/** Unique within a company when the entity has one, within the parent for lines; the recycle bin does not count. */
function uniques(shape: Shape): IndexDef[] {
  const { company } = shape.def.place ?? {}
  return uniqueSets(shape.def).map(fields => ({
    name: indexName('uq', shape.name, fields),
    on: [
      ...(shape.kind === 'line' ? ['parent'] : []),
      ...(company && company !== 'id' && !fields.includes(company)
        ? [`(coalesce(${company}, '00000000-0000-0000-0000-000000000000'::uuid))`]
        : []),
      ...fields.map(field => (shape.fields.get(field)?.def.kind === 'secret' ? blindIndexColumn(field) : field)),
    ],
    unique: true,
    ...(shape.kind === 'line' ? {} : { where: living }),
  }))
}

function joinTables(shape: Shape): TableDef[] {
  return [...shape.fields.values()].flatMap(({ name, def }) => {
    if (def.kind !== 'multi_ref') return []
    const table = joinTable(shape.name, name)
    return [
      {
        name: table,
        module: shape.module,
        columns: {
          source: { type: 'uuid', notNull: true },
          target: { type: 'uuid', notNull: true },
          position: { type: 'integer', notNull: true },
        },
        key: ['source', 'target'],
        indexes: [index(table, ['target'])],
        references: [
          { column: 'source', to: shape.name, cascade: true },
          { column: 'target', to: def.to },
        ],
      },
    ]
  })
}
