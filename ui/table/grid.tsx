// The grid: virtual rows, sticky head and first column, cells that hold the keyboard. It knows no entity.
// biome-ignore-all lint/a11y/useSemanticElements: rows are positioned by the virtualiser, which a <table> cannot do
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid holds the focus and names its cell (aria-activedescendant)
import { useVirtualizer } from '@tanstack/react-virtual'
import {
  type ClipboardEvent,
  type CSSProperties,
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
  useState,
} from 'react'
import './grid.css'

export interface GridColumn<R> {
  readonly key: string
  /** Plain words: for screen readers and tooltips. */
  readonly title: string
  readonly head?: ReactNode
  readonly width: number
  readonly figure?: boolean
  readonly sorted?: 'ascending' | 'descending' | undefined
  readonly render: (row: R) => ReactNode
  readonly editable?: (row: R) => boolean
  readonly invalid?: (row: R) => string | undefined
}
export type GridRow<R> =
  | { readonly kind: 'row'; readonly key: string; readonly row: R; readonly depth?: number }
  | {
      readonly kind: 'group'
      readonly key: string
      readonly title: ReactNode
      readonly open: boolean
      readonly cells: Readonly<Record<string, ReactNode>>
    }
export interface CellAt {
  readonly row: number
  readonly column: number
}

interface Props<R> {
  readonly label: string
  readonly columns: readonly GridColumn<R>[]
  readonly rows: readonly GridRow<R>[]
  /** All rows there are, when known. */
  readonly rowCount?: number
  readonly rowHeight?: number
  readonly foot?: Readonly<Record<string, ReactNode>>
  readonly footLabel?: string
  readonly selection?: {
    readonly keys: ReadonlySet<string>
    readonly rowLabel: (row: R) => string
    readonly allLabel: string
    readonly set: (keys: ReadonlySet<string>) => void
  }
  readonly rowState?: (row: R) => string | undefined
  readonly onOpen?: (row: R) => void
  /** Rows that open and close: arrows right and left do it, and rows tell their level. */
  readonly tree?: { readonly isOpen: (row: R) => boolean; readonly toggle: (row: R) => void }
  readonly onToggleGroup?: (key: string) => void
  readonly onSort?: (key: string, add: boolean) => void
  readonly headMenu?: (key: string, button: ReactNode) => ReactNode
  readonly onResize?: (key: string, width: number) => void
  readonly onMove?: (key: string, to: string) => void
  readonly onNearEnd?: () => void
  /** The editor of a cell; `done` leaves it: stay, next row or next column. */
  readonly editor?: (
    row: R,
    key: string,
    typed: string | undefined,
    done: (move?: 'down' | 'right' | 'left') => void,
  ) => ReactNode
  readonly onCopy?: (row: R, key: string) => string
  readonly onPaste?: (at: CellAt, text: string) => void
  readonly onPasteEmpty?: (text: string) => void
  /** Grows with its rows instead of filling the page. */
  readonly grow?: boolean
  readonly onClear?: (row: R, key: string) => void
  readonly onKey?: (event: KeyboardEvent, at: CellAt) => boolean
  readonly empty?: ReactNode
  readonly describedBy?: string
}

const overscan = 12

export function Grid<R>(props: Props<R>) {
  const { columns, rows, selection, rowHeight = 34 } = props
  const id = useId()
  const scroller = useRef<HTMLDivElement>(null)
  const [active, setActive] = useState<CellAt | null>(null)
  const [editing, setEditing] = useState<{ at: CellAt; typed: string | undefined } | null>(null)
  const [dragged, setDragged] = useState<string | null>(null)
  const lastPicked = useRef<number | null>(null)

  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan,
    scrollPaddingStart: rowHeight,
    scrollPaddingEnd: props.foot ? rowHeight : 0,
  })
  const items = virtual.getVirtualItems()

  const last = items.at(-1)?.index ?? 0
  const { onNearEnd } = props
  useEffect(() => {
    if (rows.length > 0 && last >= rows.length - 20) onNearEnd?.()
  }, [last, rows.length, onNearEnd])

  // Rows and columns may go while a cell is active.
  const at =
    active && rows.length > 0 && columns.length > 0
      ? { row: Math.min(active.row, rows.length - 1), column: Math.min(active.column, columns.length - 1) }
      : null
  const activeRow = at?.row
  useLayoutEffect(() => {
    if (activeRow !== undefined) virtual.scrollToIndex(activeRow, { align: 'auto' })
  }, [activeRow, virtual])
  const activeColumn = at?.column
  useLayoutEffect(() => {
    const cell = activeColumn === undefined ? null : document.getElementById(`${id}-${activeRow}-${activeColumn}`)
    cell?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }, [activeRow, activeColumn, id])

  const template = `${selection ? '36px ' : ''}${columns.map(column => `${column.width}px`).join(' ')} minmax(24px, 1fr)`
  const width = columns.reduce((sum, column) => sum + column.width, (selection ? 36 : 0) + 24)

  const cellRow = (index: number): R | null => {
    const found = rows[index]
    return found?.kind === 'row' ? found.row : null
  }
  const mayEdit = (cell: CellAt) => {
    const row = cellRow(cell.row)
    const column = columns[cell.column]
    return Boolean(props.editor && row && column?.editable?.(row))
  }
  const move = (to: CellAt) =>
    setActive({
      row: Math.max(0, Math.min(rows.length - 1, to.row)),
      column: Math.max(0, Math.min(columns.length - 1, to.column)),
    })
  const edit = (cell: CellAt, typed?: string) => {
    if (!mayEdit(cell)) return false
    setActive(cell)
    setEditing({ at: cell, typed })
    return true
  }
  const leave = (cell: CellAt, to?: 'down' | 'right' | 'left') => {
    setEditing(null)
    move(
      to === 'down'
        ? { row: cell.row + 1, column: cell.column }
        : to === 'right'
          ? { row: cell.row, column: cell.column + 1 }
          : to === 'left'
            ? { row: cell.row, column: cell.column - 1 }
            : cell,
    )
    scroller.current?.focus({ preventScroll: true })
  }
  const pick = (index: number, range: boolean) => {
    if (!selection) return
    const found = rows[index]
    if (found?.kind !== 'row') return
    const keys = new Set(selection.keys)
    const on = !keys.has(found.key)
    const from = range && lastPicked.current !== null ? lastPicked.current : index
    for (const row of rows.slice(Math.min(from, index), Math.max(from, index) + 1)) {
      if (row.kind !== 'row') continue
      if (on) keys.add(row.key)
      else keys.delete(row.key)
    }
    lastPicked.current = index
    selection.set(keys)
  }

  const onKeyDown = (event: KeyboardEvent) => {
    if (editing || event.defaultPrevented) return
    if (event.target !== scroller.current) return
    const here = at ?? { row: 0, column: 0 }
    if (props.onKey?.(event, here)) return event.preventDefault()
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 400) / rowHeight) - 2)
    const command = event.ctrlKey || event.metaKey
    const found = rows[here.row]
    const steps: Record<string, CellAt | undefined> = {
      ArrowDown: { row: command ? rows.length - 1 : here.row + (at ? 1 : 0), column: here.column },
      ArrowUp: { row: command ? 0 : here.row - 1, column: here.column },
      ArrowRight: { row: here.row, column: command ? columns.length - 1 : here.column + 1 },
      ArrowLeft: { row: here.row, column: command ? 0 : here.column - 1 },
      PageDown: { row: here.row + page, column: here.column },
      PageUp: { row: here.row - page, column: here.column },
      Home: { row: command ? 0 : here.row, column: 0 },
      End: { row: command ? rows.length - 1 : here.row, column: columns.length - 1 },
    }
    const to = steps[event.key]
    if (to && !event.altKey) {
      if (found?.kind === 'group' && event.key === 'ArrowRight' && !found.open) props.onToggleGroup?.(found.key)
      else if (found?.kind === 'group' && event.key === 'ArrowLeft' && found.open) props.onToggleGroup?.(found.key)
      else if (
        props.tree &&
        found?.kind === 'row' &&
        here.column === 0 &&
        !command &&
        event.key === 'ArrowRight' &&
        !props.tree.isOpen(found.row)
      )
        props.tree.toggle(found.row)
      else if (
        props.tree &&
        found?.kind === 'row' &&
        here.column === 0 &&
        !command &&
        event.key === 'ArrowLeft' &&
        props.tree.isOpen(found.row)
      )
        props.tree.toggle(found.row)
      else move(to)
      return event.preventDefault()
    }
    if (event.key === 'Enter' || event.key === 'F2') {
      event.preventDefault()
      if (found?.kind === 'group') return props.onToggleGroup?.(found.key)
      if (!command && edit(here)) return
      const row = cellRow(here.row)
      if (row && event.key === 'Enter') props.onOpen?.(row)
      return
    }
    if (event.key === ' ' && selection) {
      event.preventDefault()
      return pick(here.row, event.shiftKey)
    }
    if (command && event.key.toLowerCase() === 'a' && selection) {
      event.preventDefault()
      return selection.set(new Set(rows.flatMap(row => (row.kind === 'row' ? [row.key] : []))))
    }
    if (event.key === 'Escape' && selection?.keys.size) return selection.set(new Set())
    if ((event.key === 'Delete' || event.key === 'Backspace') && at && mayEdit(at)) {
      const row = cellRow(at.row)
      const key = columns[at.column]?.key
      if (row && key && props.onClear) {
        event.preventDefault()
        props.onClear(row, key)
      }
      return
    }
    if (event.key.length === 1 && !command && !event.altKey && at && edit(at, event.key)) event.preventDefault()
  }
  const onCopy = (event: ClipboardEvent) => {
    if (editing || !at || !props.onCopy || window.getSelection()?.toString()) return
    const row = cellRow(at.row)
    const key = columns[at.column]?.key
    if (!row || !key) return
    event.preventDefault()
    const picked = selection?.keys.size
      ? rows.flatMap(each => (each.kind === 'row' && selection.keys.has(each.key) ? [each.row] : []))
      : null
    const text = picked
      ? picked.map(each => columns.map(column => props.onCopy?.(each, column.key) ?? '').join('\t')).join('\n')
      : props.onCopy(row, key)
    event.clipboardData.setData('text/plain', text)
  }
  const onPaste = (event: ClipboardEvent) => {
    if (editing) return
    const text = event.clipboardData.getData('text/plain')
    if (at && props.onPaste) props.onPaste(at, text)
    else if (!at && props.onPasteEmpty) props.onPasteEmpty(text)
    else return
    event.preventDefault()
  }
  const onCellClick = (event: MouseEvent, cell: CellAt) => {
    if (event.target instanceof Element && event.target.closest('a,button,input')) return
    if (editing && (editing.at.row !== cell.row || editing.at.column !== cell.column)) setEditing(null)
    setActive(cell)
    if (event.detail === 2 && !edit(cell)) {
      const row = cellRow(cell.row)
      if (row) props.onOpen?.(row)
    }
  }

  const allPicked = selection && rows.length > 0 && selection.keys.size >= rows.filter(row => row.kind === 'row').length
  const style: CSSProperties & Record<'--grid-columns' | '--grid-width' | '--row', string> = {
    '--grid-columns': template,
    '--grid-width': `${width}px`,
    '--row': `${rowHeight}px`,
  }
  const stickyLeft = selection ? 36 : 0

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: its role is grid or treegrid
    // biome-ignore lint/a11y/useAriaPropsSupportedByRole: both roles support them
    <div
      ref={scroller}
      className="yz-grid"
      role={props.tree ? 'treegrid' : 'grid'}
      aria-label={props.label}
      aria-rowcount={props.rowCount ?? rows.length + 1}
      aria-colcount={columns.length + (selection ? 1 : 0)}
      aria-multiselectable={selection ? true : undefined}
      aria-activedescendant={at ? `${id}-${at.row}-${at.column}` : undefined}
      aria-describedby={props.describedBy}
      tabIndex={0}
      style={style}
      onKeyDown={onKeyDown}
      onCopy={onCopy}
      onPaste={onPaste}
      onFocus={event => {
        if (event.target === scroller.current && !active && rows.length > 0) setActive({ row: 0, column: 0 })
      }}
    >
      <div className="yz-grid-head" role="row" aria-rowindex={1}>
        {selection && (
          <div role="columnheader" className="yz-cell yz-pick yz-sticky" style={{ left: 0 }}>
            <input
              type="checkbox"
              aria-label={selection.allLabel}
              checked={Boolean(allPicked)}
              ref={box => {
                if (box) box.indeterminate = selection.keys.size > 0 && !allPicked
              }}
              onChange={event =>
                selection.set(
                  new Set(event.target.checked ? rows.flatMap(row => (row.kind === 'row' ? [row.key] : [])) : []),
                )
              }
            />
          </div>
        )}
        {columns.map((column, index) => {
          const name = (
            <span className="yz-clip" title={column.title}>
              {column.head ?? column.title}
            </span>
          )
          const mark = column.sorted && (
            <span aria-hidden="true" className="yz-sort">
              {column.sorted === 'ascending' ? '↑' : '↓'}
            </span>
          )
          const head = props.onSort ? (
            <button
              type="button"
              className="yz-head-button"
              onClick={event => props.onSort?.(column.key, event.shiftKey)}
            >
              {name}
              {mark}
            </button>
          ) : (
            <span className="yz-head-button">{name}</span>
          )
          return (
            <div
              key={column.key}
              role="columnheader"
              aria-sort={column.sorted ?? undefined}
              aria-colindex={index + (selection ? 2 : 1)}
              className={`yz-cell yz-head-cell${column.figure ? ' yz-right' : ''}${index === 0 ? ' yz-sticky' : ''}${dragged === column.key ? ' yz-dragged' : ''}`}
              style={index === 0 ? { left: stickyLeft } : undefined}
              draggable={Boolean(props.onMove)}
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
                if (dragged && dragged !== column.key) props.onMove?.(dragged, column.key)
                setDragged(null)
              }}
            >
              {props.headMenu ? props.headMenu(column.key, head) : head}
              {props.onResize && <Resizer width={column.width} onResize={next => props.onResize?.(column.key, next)} />}
            </div>
          )
        })}
      </div>
      {rows.length === 0 ? (
        props.empty
      ) : (
        <div className="yz-grid-body" role="rowgroup" style={{ height: virtual.getTotalSize() }}>
          {items.map(item => {
            const found = rows[item.index]
            if (!found) return null
            const isActiveRow = at?.row === item.index
            if (found.kind === 'group')
              return (
                <div
                  key={found.key}
                  role="row"
                  aria-rowindex={item.index + 2}
                  aria-expanded={found.open}
                  className={`yz-grid-row yz-group${isActiveRow ? ' yz-active-row' : ''}`}
                  style={{ transform: `translateY(${item.start}px)` }}
                >
                  {selection && <div role="gridcell" className="yz-cell yz-sticky" style={{ left: 0 }} />}
                  {columns.map((column, index) => (
                    <div
                      key={column.key}
                      id={`${id}-${item.index}-${index}`}
                      role="gridcell"
                      className={`yz-cell${column.figure ? ' yz-right' : ''}${index === 0 ? ' yz-group-title yz-sticky' : ''}${isActiveRow && at.column === index ? ' yz-active' : ''}`}
                      style={index === 0 ? { left: stickyLeft } : undefined}
                    >
                      {index === 0 ? (
                        <button
                          type="button"
                          tabIndex={-1}
                          className="yz-group-button"
                          onClick={() => props.onToggleGroup?.(found.key)}
                        >
                          <span aria-hidden="true">{found.open ? '▾' : '▸'}</span> {found.title}
                        </button>
                      ) : (
                        found.cells[column.key]
                      )}
                    </div>
                  ))}
                </div>
              )
            const picked = selection?.keys.has(found.key) ?? false
            const state = props.rowState?.(found.row)
            return (
              <div
                key={found.key}
                role="row"
                aria-rowindex={item.index + 2}
                aria-selected={selection ? picked : undefined}
                aria-level={props.tree ? (found.depth ?? 0) + 1 : undefined}
                aria-expanded={props.tree ? props.tree.isOpen(found.row) : undefined}
                className={`yz-grid-row${isActiveRow ? ' yz-active-row' : ''}${picked ? ' yz-picked' : ''}${state ? ` ${state}` : ''}`}
                style={{ transform: `translateY(${item.start}px)` }}
              >
                {selection && (
                  <div role="gridcell" className="yz-cell yz-pick yz-sticky" style={{ left: 0 }}>
                    <input
                      type="checkbox"
                      tabIndex={-1}
                      aria-label={selection.rowLabel(found.row)}
                      checked={picked}
                      onChange={() => {}}
                      onClick={event => pick(item.index, event.shiftKey)}
                    />
                  </div>
                )}
                {columns.map((column, index) => {
                  const here = { row: item.index, column: index }
                  const isEditing = editing?.at.row === item.index && editing.at.column === index
                  const wrong = column.invalid?.(found.row)
                  return (
                    // The grid itself holds the keyboard (aria-activedescendant); a click only moves the active cell.
                    // biome-ignore lint/a11y/useKeyWithClickEvents: keys are handled by the grid
                    <div
                      key={column.key}
                      id={`${id}-${item.index}-${index}`}
                      role="gridcell"
                      tabIndex={-1}
                      aria-colindex={index + (selection ? 2 : 1)}
                      aria-readonly={props.editor && !column.editable?.(found.row) ? true : undefined}
                      aria-invalid={wrong ? true : undefined}
                      title={wrong}
                      className={`yz-cell${column.figure ? ' yz-right' : ''}${index === 0 ? ' yz-sticky' : ''}${isActiveRow && at.column === index ? ' yz-active' : ''}${isEditing ? ' yz-editing' : ''}${wrong ? ' yz-wrong' : ''}`}
                      style={{
                        ...(index === 0 ? { left: stickyLeft } : {}),
                        ...(index === 0 && found.depth ? { paddingLeft: 8 + found.depth * 16 } : {}),
                      }}
                      onClick={event => onCellClick(event, here)}
                    >
                      {isEditing && props.editor
                        ? props.editor(found.row, column.key, editing.typed, to => leave(here, to))
                        : column.render(found.row)}
                    </div>
                  )
                })}
              </div>
            )
          })}
        </div>
      )}
      {props.foot && rows.length > 0 && (
        <div className="yz-grid-foot" role="row">
          {selection && <div role="gridcell" className="yz-cell yz-sticky" style={{ left: 0 }} />}
          {columns.map((column, index) => (
            <div
              key={column.key}
              role="gridcell"
              className={`yz-cell${column.figure ? ' yz-right' : ''}${index === 0 ? ' yz-sticky' : ''}`}
              style={index === 0 ? { left: stickyLeft } : undefined}
            >
              {props.foot?.[column.key] ?? (index === 0 ? props.footLabel : null)}
            </div>
          ))}
        </div>
      )}
    </div>
  )
}

/** Drags a column's width; widths from the keyboard are set in the columns panel. */
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
