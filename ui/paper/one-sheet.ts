// A drawing that is one sheet, whatever its height: what its menu does.
import type { ReactNode } from 'react'
import { printPages } from '../print.ts'
import type { PaperMenuProps } from './paper-menu.tsx'
import { saveDrawing, savePictures } from './picture.ts'
import { renderedDrawing } from './rendered.ts'

/** Width on paper, whatever the screen. */
const WIDTH = 1500

/** `draw` draws for paper at a width: as wide as a landscape sheet is for its height, so that it fits one. */
export function oneSheet(draw: (width: number) => ReactNode, title: string, className: string): PaperMenuProps {
  const drawn = () => {
    const first = renderedDrawing(draw(WIDTH))
    const wide = Math.ceil(Number(first.getAttribute('height')) * Math.SQRT2) + 2
    return wide > WIDTH ? renderedDrawing(draw(wide)) : first
  }
  return {
    async picture() {
      await savePictures([drawn()], title)
      return undefined
    },
    drawing: () => saveDrawing(drawn(), title),
    print(size) {
      printPages([drawn()], size, className)
      return undefined
    },
  }
}
