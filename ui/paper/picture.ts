// Drawings as files: the SVG itself, or pictures drawn from it, sharp at any size.
import { saveBlob } from '../data/download.ts'
import { sharpness } from './size.ts'
import { wordsOf, write } from './written.ts'

/** A name that every system takes. */
export const fileName = (title: string): string => title.replace(/[\\/:*?"<>|]/g, '_').trim() || 'plan'

export function saveDrawing(drawing: SVGSVGElement, title: string): void {
  saveBlob(
    new Blob([new XMLSerializer().serializeToString(drawing)], { type: 'image/svg+xml' }),
    `${fileName(title)}.svg`,
  )
}

/** Each drawing as a PNG, numbered when there are several. Throws when the browser cannot draw one. */
export async function savePictures(drawings: readonly SVGSVGElement[], title: string): Promise<void> {
  for (const [at, drawing] of drawings.entries()) {
    const number = drawings.length > 1 ? `-${at + 1}` : ''
    saveBlob(await pictureOf(drawing), `${fileName(title)}${number}.png`)
  }
}

/**
 * A drawing with its size in `width` and `height` and its style inside. Shapes are drawn anew as large as the picture is;
 * words are written by the page, since a drawing read as a picture sees none of the page's fonts and the Chinese one may be
 * among them.
 */
async function pictureOf(drawing: SVGSVGElement): Promise<Blob> {
  const [width, height] = [Number(drawing.getAttribute('width')), Number(drawing.getAttribute('height'))]
  const scale = sharpness(width, height)
  const canvas = document.createElement('canvas')
  canvas.width = Math.round(width * scale)
  canvas.height = Math.round(height * scale)
  const ctx = canvas.getContext('2d')
  if (!ctx) throw new Error('This browser has no 2D canvas')
  const written = await wordsOf(drawing)
  ctx.fillStyle = '#fff'
  ctx.fillRect(0, 0, canvas.width, canvas.height)
  ctx.drawImage(await shapesOf(drawing, canvas), 0, 0, canvas.width, canvas.height)
  for (const words of written) write(ctx, words, scale)
  const picture = await new Promise<Blob | null>(resolve => canvas.toBlob(resolve, 'image/png'))
  if (!picture) throw new Error('The browser gave no picture')
  return picture
}

async function shapesOf(drawing: SVGSVGElement, { width, height }: HTMLCanvasElement): Promise<HTMLImageElement> {
  const copy = drawing.cloneNode(true)
  if (!(copy instanceof SVGSVGElement)) throw new Error('A drawing was no SVG')
  for (const text of copy.querySelectorAll('text')) text.remove()
  copy.setAttribute('width', String(width))
  copy.setAttribute('height', String(height))
  const url = URL.createObjectURL(new Blob([new XMLSerializer().serializeToString(copy)], { type: 'image/svg+xml' }))
  try {
    const image = new Image()
    image.src = url
    await image.decode()
    return image
  } finally {
    URL.revokeObjectURL(url)
  }
}
