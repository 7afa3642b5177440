// The grid's heading row: column names, resized at their right edge and dragged to another place.
import { type PointerEvent as ReactPointerEvent, useRef, useState } from 'react'
import { type ColumnId, columns } from './column.ts'
import type { Controller } from './controller.ts'
import { useStore } from './store.ts'
import { trackPointer } from './track-pointer.ts'

export function GridHeader({ controller }: { controller: Controller }) {
  const places = useStore(controller.ui, () => controller.columns())
  useStore(controller.surroundings, state => state.lang)
  const compact = useStore(controller.ui, state => state.compact)
  const [drop, setDrop] = useState<ColumnId>()
  const header = useRef<HTMLDivElement>(null)
  useStore(controller.surroundings, state => state.given)
  const words = controller.words().columns
  let x = 0
  const cells = places.map(place => {
    const left = x
    x += place.width
    return { ...place, left }
  })

  function resize(event: ReactPointerEvent, id: ColumnId): void {
    event.preventDefault()
    event.stopPropagation()
    const startX = event.clientX
    const start = places.find(place => place.id === id)?.width ?? 0
    trackPointer(event.currentTarget, event.pointerId, moved => {
      const width = Math.max(columns[id].min, Math.min(600, start + moved.clientX - startX))
      controller.ui.set({
        columns: controller.ui.get().columns.map(place => (place.id === id ? { id, width } : place)),
      })
    })
  }

  function reorder(event: ReactPointerEvent, id: ColumnId): void {
    if (event.button !== 0 || event.pointerType === 'touch' || compact) return
    const startX = event.clientX
    let over: ColumnId | undefined
    trackPointer(
      event.currentTarget,
      event.pointerId,
      moved => {
        if ((over === undefined && Math.abs(moved.clientX - startX) < 5) || !header.current) return
        const at = moved.clientX - header.current.getBoundingClientRect().left
        over = cells.find(cell => at < cell.left + cell.width / 2)?.id
        setDrop(over)
      },
      done => {
        setDrop(undefined)
        if (!done || over === undefined || over === id) return
        const current = controller.ui.get().columns
        const rest = current.filter(place => place.id !== id)
        const to = rest.findIndex(place => place.id === over)
        const moving = current.filter(place => place.id === id)
        controller.ui.set({ columns: [...rest.slice(0, to), ...moving, ...rest.slice(to)] })
      },
    )
  }

  return (
    // biome-ignore lint/a11y/useSemanticElements: a virtual grid cannot be a <table>
    // biome-ignore lint/a11y/useFocusableInteractive: the focus follows the active cell
    <div className="yzg-head" role="row" aria-rowindex={1} ref={header} style={{ width: x }}>
      {cells.map(({ id, left, width }) => (
        // biome-ignore lint/a11y/useSemanticElements: a virtual grid cannot be a <table>
        // biome-ignore lint/a11y/useFocusableInteractive: the focus follows the active cell
        <div
          key={id}
          role="columnheader"
          className={`yzg-head-cell yzg-${columns[id].align}${drop === id ? ' yzg-drop' : ''}`}
          style={{ left, width }}
          title={words[id]}
          aria-label={words[id]}
          onPointerDown={event => reorder(event, id)}
        >
          <span>{id === 'row' || id === 'flags' ? '' : words[id]}</span>
          {compact ? null : <div className="yzg-sizer" onPointerDown={event => resize(event, id)} />}
        </div>
      ))}
    </div>
  )
}
