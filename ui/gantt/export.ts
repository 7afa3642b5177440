// PNG pictures and printed sheets, drawn anew from the scene: sharp at any size, always in the light colours of paper.

import { MINUTES_PER_DAY } from '@yingzao/engines/schedule/civil'
import { saveBlob } from '../data/download.ts'
import { fileName } from '../paper/picture.ts'
import { MOST_SHEETS, SHEETS } from '../paper/size.ts'
import { printPages } from '../print.ts'
import { minuteOfWallClock } from './civil.ts'
import type { Controller } from './controller.ts'
import { formatDate } from './date-text.ts'
import { drawPage, gridWidthOf, type PageLayout, pageHeight, rowsPerPage, scaleFor } from './draw-page.ts'
import type { ColumnPlace } from './grid-body.ts'
import type { Scene } from './scene.ts'
import { palettes } from './theme.ts'
import { toMinute } from './time-scale.ts'
import { placesOf } from './ui-state.ts'

/** Browsers refuse canvases beyond about 16,384 pixels a side. */
const LARGEST_SIDE = 16_000
const SHARPNESS = 2

const PLAN_COLUMNS = placesOf(['row', 'name', 'duration', 'start', 'finish'])
const paperColumns = ({ given }: Scene): readonly ColumnPlace[] => (given ? placesOf(given.columns) : PLAN_COLUMNS)

/** Draws pages on canvases of their own. */
function canvasOf(
  controller: Controller,
  scene: Scene,
  places: readonly ColumnPlace[],
  page: PageLayout,
): HTMLCanvasElement {
  const canvas = document.createElement('canvas')
  const scale = Math.min(SHARPNESS, LARGEST_SIDE / page.width, LARGEST_SIDE / page.height)
  canvas.width = Math.round(page.width * scale)
  canvas.height = Math.round(page.height * scale)
  const ctx = canvas.getContext('2d')
  if (!ctx) throw new Error('This browser has no 2D canvas')
  ctx.setTransform(scale, 0, 0, scale, 0, 0)
  drawPage(ctx, scene, controller.sheet(), places, page)
  return canvas
}

const onPaper = (controller: Controller): Scene => ({
  ...controller.scene(),
  palette: palettes.light,
  selected: new Set<string>(),
  presence: new Map(),
})

const words = (controller: Controller) => {
  const { text, lang, outline, dates } = controller.sheet()
  const now = minuteOfWallClock(new Date())
  return {
    title: outline.plan.title || outline.plan.name,
    subtitle: `${text.columns.start} ${formatDate(lang, dates.projectStart)}　${text.project_finish} ${formatDate(lang, dates.projectFinish)}`,
    printed: text.printed(formatDate(lang, now)),
  }
}

/** The plan's span with a little air, as origin and length in minutes. */
function spanOf(scene: Scene): { origin: number; span: number } {
  const { dates } = scene
  const length = Math.max(MINUTES_PER_DAY, dates.projectFinish - dates.projectStart)
  return { origin: dates.projectStart - length * 0.02, span: length * 1.12 }
}

/** Pictures of the view, or of all rows over the whole span; a plan too tall for one canvas gives several. */
export function pictures(controller: Controller, what: 'view' | 'plan'): HTMLCanvasElement[] {
  const scene = onPaper(controller)
  const look = controller.stage()?.look()
  const { title, subtitle, printed } = words(controller)
  const count = scene.rows.tasks.length
  if (what === 'view' && look) {
    const { view } = look
    const firstRow = Math.min(count - 1, Math.max(0, Math.floor(view.scrollTop / view.rowHeight)))
    const lastRow = Math.min(count - 1, firstRow + Math.max(1, Math.floor(view.height / view.rowHeight)) - 1)
    const places = controller.columns().filter(place => place.id !== 'flags')
    const page: PageLayout = {
      width: 48 + gridWidthOf(places) + view.width,
      height: pageHeight(lastRow - firstRow + 1),
      firstRow,
      lastRow,
      origin: toMinute(view, view.scrollLeft),
      ppm: view.ppm,
      title,
      subtitle,
      footer: printed,
    }
    return [canvasOf(controller, scene, places, page)]
  }
  const { origin, span } = spanOf(scene)
  const paper = paperColumns(scene)
  const ppm = Math.min(20 / MINUTES_PER_DAY, Math.max(900, Math.min(4000, (span / MINUTES_PER_DAY) * 4)) / span)
  const width = Math.round(48 + gridWidthOf(paper) + span * ppm)
  const perPicture = Math.min(count, rowsPerPage(LARGEST_SIDE / SHARPNESS))
  const pages = Math.max(1, Math.ceil(count / Math.max(1, perPicture)))
  return Array.from({ length: pages }, (_, i) => {
    const firstRow = i * perPicture
    const lastRow = Math.min(count, firstRow + perPicture) - 1
    const footer = pages > 1 ? `${controller.words().page(i + 1, pages)}　${printed}` : printed
    return canvasOf(controller, scene, paper, {
      width,
      height: pageHeight(lastRow - firstRow + 1),
      firstRow,
      lastRow,
      origin,
      ppm,
      title,
      subtitle,
      footer,
    })
  })
}

export async function downloadPictures(controller: Controller, what: 'view' | 'plan'): Promise<void> {
  const canvases = pictures(controller, what)
  for (const [i, canvas] of canvases.entries()) {
    const picture = await new Promise<Blob | null>(resolve => canvas.toBlob(resolve, 'image/png'))
    if (!picture) continue
    saveBlob(picture, `${fileName(words(controller).title)}${canvases.length > 1 ? `-${i + 1}` : ''}.png`)
  }
}

/** Landscape pages with the whole span across and as many rows as fit down. */
export function sheets(controller: Controller, size: 'A3' | 'A4'): HTMLCanvasElement[] {
  const scene = onPaper(controller)
  const { width, height } = SHEETS[size]
  const { title, subtitle, printed } = words(controller)
  const { origin, span } = spanOf(scene)
  const paper = paperColumns(scene)
  const places = size === 'A3' || scene.given ? paper : paper.filter(place => place.id !== 'finish')
  const perPage = rowsPerPage(height)
  const count = scene.rows.tasks.length
  const pages = Math.max(1, Math.ceil(count / perPage))
  return Array.from({ length: pages }, (_, i) =>
    canvasOf(controller, scene, places, {
      width,
      height,
      firstRow: i * perPage,
      lastRow: Math.min(count, (i + 1) * perPage) - 1,
      origin,
      ppm: scaleFor(width, places, span),
      title,
      subtitle,
      footer: `${controller.words().page(i + 1, pages)}　${printed}`,
    }),
  )
}

/** Prints the sheets: canvases in a container that is all there is on paper; gone again afterwards. */
export function printSheets(controller: Controller, size: 'A3' | 'A4'): void {
  const pages = Math.ceil(controller.rows().tasks.length / rowsPerPage(SHEETS[size].height))
  if (pages > MOST_SHEETS) {
    controller.say('error', controller.words().too_many_pages(pages, MOST_SHEETS))
    return
  }
  printPages(sheets(controller, size), size, 'yzg-print')
}
