// A drawing made outside the page, to be printed or saved.
import type { ReactNode } from 'react'
import { flushSync } from 'react-dom'
import { createRoot } from 'react-dom/client'

/** The SVG that a component renders. */
export function renderedDrawing(node: ReactNode): SVGSVGElement {
  const holder = document.createElement('div')
  const root = createRoot(holder)
  flushSync(() => root.render(node))
  const drawn = holder.querySelector('svg')?.cloneNode(true)
  root.unmount()
  if (!(drawn instanceof SVGSVGElement)) throw new Error('The sheet was not drawn')
  return drawn
}
