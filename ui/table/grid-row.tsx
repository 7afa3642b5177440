// biome-ignore-all lint/a11y/useSemanticElements: rows are positioned by the virtualiser, which a <table> cannot do
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid holds the focus and names its cell (aria-activedescendant)
// biome-ignore-all lint/a11y/useKeyWithClickEvents: keys are handled by the grid; a click only moves the active cell
// Rows of a grid: of data, of a group, of sums. Drawn again only when something of theirs changed.
import { type MouseEvent, memo, type ReactNode } from 'react'
import type { CellAt, GridColumn, GridFoot, GridRow, Selection, Step } from './grid-type.ts'

interface Shared<R> {
  readonly gridId: string
  readonly index: number
  readonly start: number
  readonly columns: readonly GridColumn<R>[]
  readonly offsets: readonly (number | null)[]
  /** The active cell, when it is in this row. */
  readonly cursor: number | null
}

interface DataProps<R> extends Shared<R> {
  readonly row: R
  readonly depth: number
  readonly picked: boolean
  readonly selection: Pick<Selection<R>, 'rowLabel'> | undefined
  /** Depth in a tree, from 1; undefined outside of trees. */
  readonly level: number | undefined
  readonly open: boolean | undefined
  readonly state: string | undefined
  /** The cell being edited, when it is in this row. */
  readonly editing: { readonly column: number; readonly typed: string | undefined } | null
  readonly editor:
    | ((row: R, key: string, typed: string | undefined, done: (move?: Step) => void) => ReactNode)
    | undefined
  readonly onClick: (event: MouseEvent, at: CellAt) => void
  readonly onPick: (index: number, range: boolean) => void
  readonly onLeave: (at: CellAt, move?: Step) => void
}

function DrawDataRow<R>(props: DataProps<R>) {
  const { gridId, index, columns, offsets, cursor, row, depth, picked, selection, editing, editor } = props
  const classes = ['yz-tr']
  if (cursor !== null) classes.push('yz-cursor-row')
  if (picked) classes.push('yz-picked')
  if (props.state) classes.push(props.state)
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      aria-selected={selection ? picked : undefined}
      aria-level={props.level}
      aria-expanded={props.open}
      className={classes.join(' ')}
      style={{ transform: `translateY(${props.start}px)` }}
    >
      {selection && (
        <div role="gridcell" className="yz-td yz-pick yz-pinned" style={{ left: 0 }}>
          <input
            type="checkbox"
            tabIndex={-1}
            aria-label={selection.rowLabel(row)}
            checked={picked}
            onChange={() => {}}
            onClick={event => props.onPick(index, event.shiftKey)}
          />
        </div>
      )}
      {columns.map((column, at) => {
        const isEditing = editing?.column === at
        const wrong = column.invalid?.(row)
        const left = offsets[at] ?? null
        const cell = ['yz-td']
        if (column.figure) cell.push('yz-end')
        if (left !== null) cell.push('yz-pinned')
        if (cursor === at) cell.push('yz-cursor')
        if (isEditing) cell.push('yz-editing')
        if (wrong) cell.push('yz-wrong')
        return (
          <div
            key={column.key}
            id={`${gridId}-${index}-${at}`}
            role="gridcell"
            aria-colindex={at + (selection ? 2 : 1)}
            aria-readonly={editor && !column.editable?.(row) ? true : undefined}
            aria-invalid={wrong ? true : undefined}
            title={wrong}
            className={cell.join(' ')}
            style={{
              ...(left === null ? {} : { left }),
              ...(at === 0 && depth ? { paddingLeft: 8 + depth * 16 } : {}),
            }}
            onClick={event => props.onClick(event, { row: index, column: at })}
          >
            {isEditing && editor
              ? editor(row, column.key, editing.typed, move => props.onLeave({ row: index, column: at }, move))
              : column.render(row)}
          </div>
        )
      })}
    </div>
  )
}
// memo() forgets that the component is generic.
export const DataRow = memo(DrawDataRow) as typeof DrawDataRow

interface GroupProps<R> extends Shared<R> {
  readonly group: GridRow<R> & { readonly kind: 'group' }
  readonly picks: boolean
  readonly onToggle: () => void
}

export function GroupRow<R>({ gridId, index, start, columns, offsets, cursor, group, picks, onToggle }: GroupProps<R>) {
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      aria-level={1}
      aria-expanded={group.open}
      className={cursor === null ? 'yz-tr yz-group' : 'yz-tr yz-group yz-cursor-row'}
      style={{ transform: `translateY(${start}px)` }}
    >
      {picks && <div role="gridcell" className="yz-td yz-pick yz-pinned" style={{ left: 0 }} />}
      {columns.map((column, at) => {
        const left = offsets[at] ?? null
        const cell = ['yz-td']
        if (column.figure) cell.push('yz-end')
        if (at === 0) cell.push('yz-group-title')
        if (left !== null) cell.push('yz-pinned')
        if (cursor === at) cell.push('yz-cursor')
        return (
          <div
            key={column.key}
            id={`${gridId}-${index}-${at}`}
            role="gridcell"
            className={cell.join(' ')}
            style={left === null ? undefined : { left }}
          >
            {at === 0 ? (
              <button type="button" tabIndex={-1} className="yz-group-button" onClick={onToggle}>
                <span aria-hidden="true">{group.open ? '▾' : '▸'}</span> {group.title}
              </button>
            ) : (
              group.cells[column.key]
            )}
          </div>
        )
      })}
    </div>
  )
}

interface FootProps<R> {
  readonly columns: readonly GridColumn<R>[]
  readonly offsets: readonly (number | null)[]
  readonly picks: boolean
  readonly foot: GridFoot
  /** How many stand below it. */
  readonly below: number
}

export function FootRow<R>({ columns, offsets, picks, foot: { label, cells }, below }: FootProps<R>) {
  return (
    <div className="yz-tfoot" role="row" style={{ bottom: `calc(var(--row) * ${below})` }}>
      {picks && <div role="gridcell" className="yz-td yz-pick yz-pinned" style={{ left: 0 }} />}
      {columns.map((column, at) => {
        const left = offsets[at] ?? null
        return (
          <div
            key={column.key}
            role="gridcell"
            className={`yz-td${column.figure ? ' yz-end' : ''}${left === null ? '' : ' yz-pinned'}`}
            style={left === null ? undefined : { left }}
          >
            {cells[column.key] ?? (at === 0 ? label : null)}
          </div>
        )
      })}
    </div>
  )
}
