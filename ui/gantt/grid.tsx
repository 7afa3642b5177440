// The tree grid: header, the pool of rows, and pointer selection.
import { type PointerEvent as ReactPointerEvent, type RefObject, useRef, useState } from 'react'
import { type ColumnId, columns } from './column.ts'
import type { Controller } from './controller.ts'
import { useStore } from './store.ts'
import { texts } from './texts.ts'

export interface GridRefs {
  scroller: RefObject<HTMLDivElement | null>
  rows: RefObject<HTMLDivElement | null>
}

export function GridHeader({ controller }: { controller: Controller }) {
  const places = useStore(controller.ui, state => state.columns)
  const lang = useStore(controller.surroundings, state => state.lang)
  const [drop, setDrop] = useState<ColumnId>()
  const header = useRef<HTMLDivElement>(null)
  const words = texts[lang].columns
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
    const target = event.currentTarget
    target.setPointerCapture(event.pointerId)
    const move = (moved: Event) => {
      if (!(moved instanceof PointerEvent)) return
      const width = Math.max(columns[id].min, Math.min(600, start + moved.clientX - startX))
      controller.ui.set({
        columns: controller.ui.get().columns.map(place => (place.id === id ? { id, width } : place)),
      })
    }
    const stop = () => {
      target.removeEventListener('pointermove', move)
      target.removeEventListener('pointerup', stop)
      target.removeEventListener('pointercancel', stop)
    }
    target.addEventListener('pointermove', move)
    target.addEventListener('pointerup', stop)
    target.addEventListener('pointercancel', stop)
  }

  function reorder(event: ReactPointerEvent, id: ColumnId): void {
    if (event.button !== 0 || event.pointerType === 'touch') return
    const target = event.currentTarget
    const startX = event.clientX
    let over: ColumnId | undefined
    const move = (moved: Event) => {
      if (!(moved instanceof PointerEvent) || Math.abs(moved.clientX - startX) < 5 || !header.current) return
      target.setPointerCapture(moved.pointerId)
      const at = moved.clientX - header.current.getBoundingClientRect().left
      over = cells.find(cell => at < cell.left + cell.width / 2)?.id
      setDrop(over)
    }
    const stop = (stopped: Event) => {
      target.removeEventListener('pointermove', move)
      target.removeEventListener('pointerup', stop)
      target.removeEventListener('pointercancel', stop)
      setDrop(undefined)
      if (stopped.type !== 'pointerup' || over === undefined || over === id) return
      const current = controller.ui.get().columns
      const moving = current.filter(place => place.id === id)
      const rest = current.filter(place => place.id !== id)
      const to = rest.findIndex(place => place.id === over)
      controller.ui.set({ columns: [...rest.slice(0, to), ...moving, ...rest.slice(to)] })
    }
    target.addEventListener('pointermove', move)
    target.addEventListener('pointerup', stop)
    target.addEventListener('pointercancel', stop)
  }

  return (
    <div className="yz-head" role="row" aria-rowindex={1} ref={header} style={{ width: x }}>
      {cells.map(({ id, left, width }) => (
        <div
          key={id}
          role="columnheader"
          className={`yz-head-cell yz-${columns[id].align}${drop === id ? ' yz-drop' : ''}`}
          style={{ left, width }}
          title={words[id]}
          onPointerDown={event => reorder(event, id)}
        >
          <span>{id === 'row' || id === 'flags' ? '' : words[id]}</span>
          <div className="yz-sizer" onPointerDown={event => resize(event, id)} />
        </div>
      ))}
    </div>
  )
}
