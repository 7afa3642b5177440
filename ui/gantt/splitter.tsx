// The bar between table and timeline: drag it, or move it with the arrow keys.
import type { KeyboardEvent, PointerEvent as ReactPointerEvent } from 'react'
import type { Controller } from './controller.ts'
import { useStore } from './store.ts'
import { texts } from './texts.ts'
import { trackPointer } from './track-pointer.ts'

const MIN = 160
/** What the timeline keeps, also beside the open panel (grid.css says the same to a table remembered wider). */
const LEAST_TIME = 240

export function Splitter({ controller }: { controller: Controller }) {
  const width = useStore(controller.ui, state => state.gridWidth)
  const lang = useStore(controller.surroundings, state => state.lang)

  const widest = (element: Element) => Math.max(MIN, (element.parentElement?.clientWidth ?? 1200) - LEAST_TIME)
  /** As it stands: in a narrow window the table is less wide than it was dragged. */
  const widthOf = (element: Element) => element.previousElementSibling?.clientWidth ?? width
  const set = (element: Element, next: number) =>
    controller.ui.set({ gridWidth: Math.max(MIN, Math.min(widest(element), next)) })
  function drag(event: ReactPointerEvent<HTMLDivElement>): void {
    event.preventDefault()
    const element = event.currentTarget
    const start = event.clientX - widthOf(element)
    trackPointer(element, event.pointerId, moved => set(element, moved.clientX - start))
  }
  function key(event: KeyboardEvent<HTMLDivElement>): void {
    const step = event.key === 'ArrowLeft' ? -24 : event.key === 'ArrowRight' ? 24 : 0
    if (step === 0) return
    event.preventDefault()
    set(event.currentTarget, widthOf(event.currentTarget) + step)
  }

  return (
    // biome-ignore lint/a11y/useSemanticElements: <hr> cannot be dragged; this is the ARIA window splitter.
    <div
      className="yzg-splitter"
      role="separator"
      tabIndex={0}
      aria-orientation="vertical"
      aria-label={texts[lang].splitter}
      aria-valuenow={Math.round(width)}
      aria-valuemin={MIN}
      onPointerDown={drag}
      onKeyDown={key}
    />
  )
}
