// biome-ignore-all lint/a11y/useSemanticElements: rows are positioned by the virtualiser, which a <table> cannot do
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid holds the focus and names its cell (aria-activedescendant)
// The head of a grid: names, sort marks, widths and order of columns.
import { type ReactNode, useState } from 'react'
import type { GridColumn, Selection } from './grid-type.ts'

interface Props<R> {
  readonly columns: readonly GridColumn<R>[]
  readonly offsets: readonly (number | null)[]
  readonly selection: Selection<R> | undefined
  readonly rowKeys: () => readonly string[]
  readonly onSort: ((key: string, add: boolean) => void) | undefined
  readonly menu: ((key: string, button: ReactNode) => ReactNode) | undefined
  readonly onResize: ((key: string, width: number) => void) | undefined
  readonly onMove: ((key: string, to: string) => void) | undefined
}

export function GridHead<R>({ columns, offsets, selection, rowKeys, onSort, menu, onResize, onMove }: Props<R>) {
  const [dragged, setDragged] = useState<string | null>(null)
  const keys = selection ? rowKeys() : []
  const all = selection !== undefined && keys.length > 0 && selection.keys.size >= keys.length
  return (
    <div className="yz-thead" role="row" aria-rowindex={1}>
      {selection && (
        <div role="columnheader" className="yz-td yz-pick yz-pinned" style={{ left: 0 }}>
          <input
            type="checkbox"
            aria-label={selection.allLabel}
            checked={all}
            ref={box => {
              if (box) box.indeterminate = selection.keys.size > 0 && !all
            }}
            onChange={event => selection.set(new Set(event.target.checked ? keys : []))}
          />
        </div>
      )}
      {columns.map((column, index) => {
        const left = offsets[index] ?? null
        const name = (
          <>
            <span className="yz-clip" title={column.title}>
              {column.head ?? column.title}
            </span>
            {column.sorted && (
              <span aria-hidden="true" className="yz-sort">
                {column.sorted === 'ascending' ? '↑' : '↓'}
              </span>
            )}
          </>
        )
        const head =
          onSort && column.sortable ? (
            <button type="button" className="yz-th-button" onClick={event => onSort(column.key, event.shiftKey)}>
              {name}
            </button>
          ) : (
            <span className="yz-th-button">{name}</span>
          )
        const classes = ['yz-td', 'yz-th']
        if (column.figure) classes.push('yz-end')
        if (left !== null) classes.push('yz-pinned')
        if (dragged === column.key) classes.push('yz-dragged')
        return (
          <div
            key={column.key}
            role="columnheader"
            aria-sort={column.sorted}
            aria-colindex={index + (selection ? 2 : 1)}
            className={classes.join(' ')}
            style={left === null ? undefined : { left }}
            draggable={onMove !== undefined}
            onDragStart={event => {
              event.dataTransfer.effectAllowed = 'move'
              event.dataTransfer.setData('text/plain', column.title)
              setDragged(column.key)
            }}
            onDragEnd={() => setDragged(null)}
            onDragOver={event => {
              if (dragged) event.preventDefault()
            }}
            onDrop={event => {
              event.preventDefault()
              if (dragged && dragged !== column.key) onMove?.(dragged, column.key)
              setDragged(null)
            }}
          >
            {menu ? menu(column.key, head) : head}
            {onResize && <Resizer width={column.width} onResize={width => onResize(column.key, width)} />}
          </div>
        )
      })}
    </div>
  )
}

/** Drags a column's edge. */
function Resizer({ width, onResize }: { width: number; onResize: (width: number) => void }) {
  return (
    <span
      className="yz-resizer"
      aria-hidden="true"
      draggable={false}
      onPointerDown={event => {
        event.preventDefault()
        event.stopPropagation()
        const start = event.clientX
        const target = event.currentTarget
        target.setPointerCapture(event.pointerId)
        const follow = (moved: PointerEvent) => onResize(Math.max(56, Math.round(width + moved.clientX - start)))
        const stop = () => {
          target.removeEventListener('pointermove', follow)
          target.removeEventListener('pointerup', stop)
        }
        target.addEventListener('pointermove', follow)
        target.addEventListener('pointerup', stop)
      }}
    />
  )
}
