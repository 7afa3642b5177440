// Rows of the database → JSON text of the records, as this reader may see them: what presenting each and `JSON.stringify`
// give together, without an object for each row and a value for each cell. A list of fifty is a thousand cells.
import type { Ctx } from '../context.ts'
import { targetOf } from '../registry/shape.ts'
import type { Cells, Table } from '../tap.ts'
import { type Bytes, bytesOf, readCell, writerOf } from '../wire.ts'
import { secretText } from './column.ts'
import { type DatabaseRow, no } from './flag.ts'
import { masked } from './mask.ts'
import { asJson, type Presenter, type Shown } from './present.ts'

export interface JsonView {
  record(ctx: Ctx, cells: Cells): Bytes
  /** The row as everything else sees it. */
  row(cells: Cells): DatabaseRow
  /** Ids of what these rows show a reference to, by entity. */
  references(rows: readonly Cells[]): Map<string, Set<string>>
}

const views = new WeakMap<Presenter, JsonView>()

/** Of the rows of one presenter's select list. */
export function jsonView(view: Presenter, columns: Table['columns']): JsonView {
  const known = views.get(view)
  if (known) return known
  const made = viewOf(view, columns)
  views.set(view, made)
  return made
}

interface Column {
  readonly name: string
  readonly at: number
  readonly type: number
}

function viewOf(view: Presenter, columns: Table['columns']): JsonView {
  const all = columns.map(({ name, dataTypeID }, at): Column => ({ name, at, type: dataTypeID }))
  const byName = new Map(all.map(column => [column.name, column]))
  const flags = all.filter(({ name }) => name.startsWith('_f'))
  const at = (name: string) => byName.get(name)?.at ?? -1
  const [id, version, deleted] = [at('id'), at('version'), at('deleted_at')]
  const shown = view.fields.flatMap(field => {
    const column = byName.get(field.name)
    return column && !(field.sees === no && field.masks === no) ? [cellOf(field, column)] : []
  })
  const none: DatabaseRow = {}
  const flagsOf = (cells: Cells): DatabaseRow =>
    flags.length === 0 ? none : Object.fromEntries(flags.map(flag => [flag.name, cells[flag.at] === 't']))
  const row = (cells: Cells): DatabaseRow =>
    Object.fromEntries(
      all.map(({ name, at, type }) => {
        const cell = cells[at]
        return [name, cell === null || cell === undefined ? null : readCell(type, cell)]
      }),
    )
  let always: Bytes | null = null
  const canOf = (ctx: Ctx, cells: Cells, flagged: DatabaseRow): Bytes => {
    if (!view.can.byFlags) {
      const whole = row(cells)
      return JSON.stringify(view.can.of(ctx, whole, whole))
    }
    if (flags.length > 0) return JSON.stringify(view.can.of(ctx, flagged, flagged))
    always ??= JSON.stringify(view.can.of(ctx, none, none))
    return always
  }
  return {
    row,
    record(ctx, cells) {
      // In the bin more is said, and it is seldom asked for.
      if (cells[deleted] !== null) return bytesOf(JSON.stringify(view.present(ctx, row(cells))))
      const flagged = flagsOf(cells)
      let text = '{'
      for (const { key, at, sees, masks, write, mask } of shown) {
        const plain = sees(flagged)
        if (!plain && !masks(flagged)) continue
        const cell = cells[at]
        text += `${key}${cell === null || cell === undefined ? 'null' : plain ? write(ctx, cell) : mask(ctx, cell)},`
      }
      return `${text}"id":"${cells[id]}","version":${cells[version]},"_can":${canOf(ctx, cells, flagged)}}`
    },
    references(rows) {
      const found = new Map<string, Set<string>>()
      for (const { name, def, sees } of view.fields) {
        const target = targetOf(def)
        const column = byName.get(name)
        if (target === null || !column || sees === no) continue
        const ids = found.get(target) ?? new Set()
        let last: Bytes | null = null
        for (const cells of rows) {
          const cell = cells[column.at]
          // Neighbours in a list often refer to the same.
          if (cell === null || cell === undefined || cell === last || !sees(flagsOf(cells))) continue
          last = cell
          const value = readCell(column.type, cell)
          for (const id of Array.isArray(value) ? value : [value]) if (typeof id === 'string') ids.add(id)
        }
        if (ids.size > 0) found.set(target, ids)
      }
      return found
    },
  }
}

/** How one field is written. */
function cellOf({ name, def, of, sees, masks }: Shown, { at, type }: Column) {
  const plain = writerOf(type)
  const value = (ctx: Ctx, cell: Bytes): unknown =>
    def.kind === 'secret' ? secretText(ctx, of, name, readCell(type, cell)) : readCell(type, cell)
  return {
    key: `${bytesOf(JSON.stringify(name))}:`,
    at,
    sees,
    masks,
    write:
      def.kind === 'secret'
        ? (ctx: Ctx, cell: Bytes): Bytes => bytesOf(JSON.stringify(asJson(value(ctx, cell))))
        : (_: Ctx, cell: Bytes): Bytes => plain(cell),
    mask: (ctx: Ctx, cell: Bytes): Bytes => bytesOf(JSON.stringify(masked(value(ctx, cell), def))),
  }
}
