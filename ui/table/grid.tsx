// biome-ignore-all lint/a11y/useSemanticElements: rows are positioned by the virtualiser, which a <table> cannot do
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid holds the focus and names its cell (aria-activedescendant)
// The grid: virtual rows, pinned head and first columns, one active cell that the keyboard moves. It knows no entity.
import { useVirtualizer } from '@tanstack/react-virtual'
import {
  type ClipboardEvent,
  type CSSProperties,
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
  useCallback,
  useEffect,
  useId,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react'
import { flushSync } from 'react-dom'
import { GridHead } from './grid-head.tsx'
import { DataRow, FootRow, GroupRow } from './grid-row.tsx'
import {
  type CellAt,
  type GridColumn,
  type GridFoot,
  type GridRow,
  pickWidth,
  pinnedOffsets,
  type Selection,
  type Step,
  type TreeControl,
} from './grid-type.ts'
import './grid.css'

export type { CellAt, GridColumn, GridRow, Step } from './grid-type.ts'

interface Props<R> {
  readonly label: string
  readonly columns: readonly GridColumn<R>[]
  readonly rows: readonly GridRow<R>[]
  /** All rows there are with the head, −1 when not known. */
  readonly rowCount?: number
  readonly rowHeight?: number
  /** How many of the first columns stay while scrolling sideways. */
  readonly pinned?: number
  /** Rows of sums that stay at the bottom. */
  readonly feet?: readonly GridFoot[]
  readonly selection?: Selection<R>
  readonly tree?: TreeControl<R>
  readonly rowState?: (row: R) => string | undefined
  readonly onOpen?: (row: R) => void
  readonly onToggleGroup?: (key: string) => void
  readonly onSort?: (key: string, add: boolean) => void
  readonly headMenu?: (key: string, button: ReactNode) => ReactNode
  readonly onResize?: (key: string, width: number) => void
  readonly onMove?: (key: string, to: string) => void
  readonly onNearEnd?: () => void
  /** The editor of a cell; `done` leaves it: stay, next row or next column. */
  readonly editor?: (row: R, key: string, typed: string | undefined, done: (move?: Step) => void) => ReactNode
  readonly onCopy?: (row: R, key: string) => string
  readonly onPaste?: (at: CellAt, text: string) => void
  /** Pasted while there is no row yet. */
  readonly onPasteEmpty?: (text: string) => void
  readonly onClear?: (row: R, key: string) => void
  /** Keys of the caller's own; true when taken. */
  readonly onKey?: (event: KeyboardEvent, at: CellAt) => boolean
  /** Makes this cell active and takes the focus, whenever it is another object. */
  readonly start?: CellAt | null
  readonly empty?: ReactNode
  readonly describedBy?: string
}

export function Grid<R>(props: Props<R>) {
  const { columns, rows, selection, tree, rowHeight = 34, pinned = 1 } = props
  /** Rows below groups or below each other: they tell their level, and some open. */
  const nested = tree !== undefined || rows[0]?.kind === 'group'
  const id = useId()
  const scroller = useRef<HTMLDivElement>(null)
  const [active, setActive] = useState<CellAt | null>(null)
  const [editing, setEditing] = useState<{ at: CellAt; typed: string | undefined } | null>(null)
  const lastPicked = useRef<number | null>(null)

  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
    scrollPaddingStart: rowHeight,
    scrollPaddingEnd: rowHeight * (props.feet?.length ?? 0),
  })
  const items = virtual.getVirtualItems()

  const last = items.at(-1)?.index ?? 0
  const { onNearEnd } = props
  useEffect(() => {
    if (rows.length > 0 && last >= rows.length - 20) onNearEnd?.()
  }, [last, rows.length, onNearEnd])

  // Rows and columns may go while a cell is active.
  const row = active && rows.length > 0 ? Math.min(active.row, rows.length - 1) : null
  const column = active && columns.length > 0 ? Math.min(active.column, columns.length - 1) : null
  const at = row === null || column === null ? null : { row, column }
  useLayoutEffect(() => {
    if (row !== null) virtual.scrollToIndex(row, { align: 'auto' })
  }, [row, virtual])
  useLayoutEffect(() => {
    if (column !== null)
      document.getElementById(`${id}-${row}-${column}`)?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }, [row, column, id])

  const { start } = props
  useEffect(() => {
    if (!start) return
    setActive(start)
    scroller.current?.focus({ preventScroll: true })
  }, [start])

  const widths = columns.map(each => each.width)
  const widthText = widths.join(' ')
  // biome-ignore lint/correctness/useExhaustiveDependencies: the text says all about the widths
  const offsets = useMemo(
    () => pinnedOffsets(widths, pinned, selection !== undefined),
    [widthText, pinned, selection !== undefined],
  )
  const picks = selection ? pickWidth : 0
  const style: CSSProperties & Record<'--columns' | '--width' | '--row', string> = {
    '--columns': `${selection ? `${pickWidth}px ` : ''}${widths.map(width => `${width}px`).join(' ')} minmax(24px, 1fr)`,
    '--width': `${widths.reduce((sum, width) => sum + width, picks + 24)}px`,
    '--row': `${rowHeight}px`,
    scrollPaddingLeft: offsets.reduce<number>(
      (sum, left, index) => sum + (left === null ? 0 : (widths[index] ?? 0)),
      picks,
    ),
  }

  const dataAt = (index: number): R | null => {
    const found = rows[index]
    return found?.kind === 'row' ? found.row : null
  }
  const move = (to: CellAt) =>
    setActive({
      row: Math.max(0, Math.min(rows.length - 1, to.row)),
      column: Math.max(0, Math.min(columns.length - 1, to.column)),
    })
  const edit = (cell: CellAt, typed?: string): boolean => {
    const found = dataAt(cell.row)
    if (!props.editor || !found || !columns[cell.column]?.editable?.(found)) return false
    setActive(cell)
    setEditing({ at: cell, typed })
    return true
  }
  const rowKeys = () => rows.flatMap(each => (each.kind === 'row' ? [each.key] : []))

  const pick = (index: number, range: boolean) => {
    const found = rows[index]
    if (!selection || found?.kind !== 'row') return
    const keys = new Set(selection.keys)
    const on = !keys.has(found.key)
    const from = range && lastPicked.current !== null ? lastPicked.current : index
    for (const each of rows.slice(Math.min(from, index), Math.max(from, index) + 1)) {
      if (each.kind !== 'row') continue
      if (on) keys.add(each.key)
      else keys.delete(each.key)
    }
    lastPicked.current = index
    selection.set(keys)
  }
  const leave = (cell: CellAt, step?: Step) => {
    setEditing(null)
    const right = step === 'right' ? 1 : step === 'left' ? -1 : 0
    move({ row: cell.row + (step === 'down' ? 1 : 0), column: cell.column + right })
    // Leaving by a click elsewhere must not pull the focus back.
    if (scroller.current?.contains(document.activeElement) || document.activeElement === document.body)
      scroller.current?.focus({ preventScroll: true })
  }
  const click = (event: MouseEvent, cell: CellAt) => {
    if (event.target instanceof Element && event.target.closest('a,button,input,.yz-editing')) return
    setActive(cell)
    if (event.detail === 2 && !edit(cell)) {
      const found = dataAt(cell.row)
      if (found) props.onOpen?.(found)
    }
  }
  // Rows are memoised: they get handlers that never change and read the latest of these.
  const latest = useRef({ click, leave, pick, props })
  latest.current = { click, leave, pick, props }
  const onClick = useCallback((event: MouseEvent, cell: CellAt) => latest.current.click(event, cell), [])
  const onLeave = useCallback((cell: CellAt, step?: Step) => latest.current.leave(cell, step), [])
  const onPick = useCallback((index: number, range: boolean) => latest.current.pick(index, range), [])
  const editor = useCallback(
    (each: R, key: string, typed: string | undefined, done: (move?: Step) => void) =>
      latest.current.props.editor?.(each, key, typed, done),
    [],
  )
  const rowLabel = useMemo(() => ({ rowLabel: (each: R) => latest.current.props.selection?.rowLabel(each) ?? '' }), [])

  const onKeyDown = (event: KeyboardEvent) => {
    if (editing || event.defaultPrevented || event.target !== scroller.current) return
    const here = at ?? { row: 0, column: 0 }
    const taken = () => event.preventDefault()
    if (props.onKey?.(event, here)) return taken()
    const page = Math.max(1, Math.floor((scroller.current.clientHeight ?? 400) / rowHeight) - 2)
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
      const opens = event.key === 'ArrowRight'
      const turns = (opens || event.key === 'ArrowLeft') && here.column === 0 && !command
      if (turns && found?.kind === 'group' && found.open !== opens) props.onToggleGroup?.(found.key)
      else if (turns && tree && found?.kind === 'row' && tree.isOpen(found.row) !== opens) tree.toggle(found.row)
      else move(to)
      return taken()
    }
    if (event.key === 'Enter' || event.key === 'F2') {
      taken()
      if (found?.kind === 'group') return props.onToggleGroup?.(found.key)
      if (!command && edit(here)) return
      if (found?.kind === 'row' && event.key === 'Enter') props.onOpen?.(found.row)
      return
    }
    if (event.key === ' ' && selection) {
      taken()
      return pick(here.row, event.shiftKey)
    }
    if (command && event.key.toLowerCase() === 'a' && selection) {
      taken()
      return selection.set(new Set(rowKeys()))
    }
    if (event.key === 'Escape' && selection?.keys.size) {
      taken()
      return selection.set(new Set())
    }
    if ((event.key === 'Delete' || event.key === 'Backspace') && at && found?.kind === 'row') {
      const target = columns[at.column]
      if (target?.editable?.(found.row) && props.onClear) {
        taken()
        props.onClear(found.row, target.key)
      }
      return
    }
    if (!at || command || event.altKey) return
    // An input method begins with "Process": the editor must stand before the first letter is composed.
    if (event.key === 'Process') flushSync(() => void edit(at, ''))
    else if (event.key.length === 1 && edit(at, event.key)) taken()
  }

  const onCopy = (event: ClipboardEvent) => {
    if (editing || !at || !props.onCopy || window.getSelection()?.toString()) return
    const found = dataAt(at.row)
    const key = columns[at.column]?.key
    if (!found || !key) return
    event.preventDefault()
    const copy = props.onCopy
    const picked = rows.flatMap(each => (each.kind === 'row' && selection?.keys.has(each.key) ? [each.row] : []))
    const text = picked.length
      ? picked.map(each => columns.map(one => copy(each, one.key)).join('\t')).join('\n')
      : copy(found, key)
    event.clipboardData.setData('text/plain', text)
  }
  const onPaste = (event: ClipboardEvent) => {
    if (editing) return
    const text = event.clipboardData.getData('text/plain')
    if (at && props.onPaste) props.onPaste(at, text)
    else if (rows.length === 0 && props.onPasteEmpty) props.onPasteEmpty(text)
    else return
    event.preventDefault()
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: its role is grid or treegrid
    // biome-ignore lint/a11y/useAriaPropsSupportedByRole: both roles support them
    <div
      ref={scroller}
      className="yz-table"
      role={nested ? 'treegrid' : 'grid'}
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
        if (event.target === scroller.current && rows.length > 0) setActive(now => now ?? { row: 0, column: 0 })
      }}
    >
      <GridHead
        columns={columns}
        offsets={offsets}
        selection={selection}
        rowKeys={rowKeys}
        onSort={props.onSort}
        menu={props.headMenu}
        onResize={props.onResize}
        onMove={props.onMove}
      />
      {rows.length === 0 ? (
        <div role="row" tabIndex={-1}>
          <div role="gridcell" tabIndex={-1}>
            {props.empty}
          </div>
        </div>
      ) : (
        <div className="yz-tbody" role="rowgroup" style={{ height: virtual.getTotalSize() }}>
          {items.map(item => {
            const found = rows[item.index]
            if (!found) return null
            const shared = {
              gridId: id,
              index: item.index,
              start: item.start,
              columns,
              offsets,
              cursor: at?.row === item.index ? at.column : null,
            }
            return found.kind === 'group' ? (
              <GroupRow<R>
                key={found.key}
                {...shared}
                group={found}
                picks={selection !== undefined}
                onToggle={() => props.onToggleGroup?.(found.key)}
              />
            ) : (
              <DataRow<R>
                key={found.key}
                {...shared}
                row={found.row}
                depth={found.depth ?? 0}
                picked={selection?.keys.has(found.key) ?? false}
                selection={selection ? rowLabel : undefined}
                level={tree ? (found.depth ?? 0) + 1 : nested ? 2 : undefined}
                open={tree?.isOpen(found.row)}
                state={props.rowState?.(found.row)}
                editing={editing?.at.row === item.index ? { column: editing.at.column, typed: editing.typed } : null}
                editor={props.editor ? editor : undefined}
                onClick={onClick}
                onPick={onPick}
                onLeave={onLeave}
              />
            )
          })}
        </div>
      )}
      {rows.length > 0 &&
        props.feet?.map((foot, at, feet) => (
          <FootRow<R>
            key={foot.key}
            columns={columns}
            offsets={offsets}
            picks={selection !== undefined}
            foot={foot}
            below={feet.length - 1 - at}
          />
        ))}
    </div>
  )
}
