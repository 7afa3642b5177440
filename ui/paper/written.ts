// The words of a drawing: where each stands and how it looks, and the same written on a canvas.

export interface Written {
  readonly words: string
  /** From the words' own pixels to the drawing's. */
  readonly matrix: DOMMatrix
  /** Where the first letter begins. */
  readonly x: number
  readonly y: number
  readonly font: string
  readonly fill: string
  /** Outside of it nothing is written: the window that the words stand in. */
  readonly clip: { readonly matrix: DOMMatrix; readonly box: DOMRect } | undefined
}

/** A drawing's own style is read in a shadow of the page, with the fonts that it needs. */
export async function wordsOf(drawing: SVGSVGElement): Promise<Written[]> {
  const holder = document.createElement('div')
  holder.style.cssText = 'position:fixed;left:-200000px;top:0;visibility:hidden'
  const copy = drawing.cloneNode(true)
  if (!(copy instanceof SVGSVGElement)) throw new Error('A drawing was no SVG')
  holder.attachShadow({ mode: 'open' }).append(copy)
  document.body.append(holder)
  try {
    const lines = Array.from(copy.querySelectorAll<SVGTextContentElement>('text:not(:has(tspan)), tspan')).filter(
      line => line.textContent.trim() !== '',
    )
    const letters = new Map<string, Set<string>>()
    for (const line of lines) {
      const font = fontOf(line)
      const known = letters.get(font) ?? new Set()
      for (const letter of line.textContent) known.add(letter)
      letters.set(font, known)
    }
    // A piece of the font that is not there yet would be boxes, and move what is centred.
    await Promise.all([...letters].map(([font, all]) => document.fonts.load(font, [...all].join(''))))
    const root = copy.getScreenCTM()?.inverse()
    return root ? lines.map(line => readLine(line, root)).filter(each => each !== undefined) : []
  } finally {
    holder.remove()
  }
}

function fontOf(line: SVGTextContentElement): string {
  const { fontWeight, fontSize, fontFamily } = getComputedStyle(line)
  return `${fontWeight} ${fontSize} ${fontFamily}`
}

function readLine(line: SVGTextContentElement, root: DOMMatrix): Written | undefined {
  const own = line.getScreenCTM()
  if (!own) return undefined
  const window = line.ownerSVGElement
  const around = window?.parentElement
  const outer = around instanceof SVGGraphicsElement ? around.getScreenCTM() : null
  const { x, y } = line.getStartPositionOfChar(0)
  return {
    words: line.textContent,
    matrix: root.multiply(own),
    ...{ x, y, font: fontOf(line), fill: getComputedStyle(line).fill },
    clip:
      window && outer
        ? {
            matrix: root.multiply(outer),
            box: new DOMRect(
              ...([numberOf(window, 'x'), numberOf(window, 'y')] as const),
              ...([numberOf(window, 'width'), numberOf(window, 'height')] as const),
            ),
          }
        : undefined,
  }
}

const numberOf = (element: Element, name: string): number => Number(element.getAttribute(name) ?? 0)

/** On a canvas of `scale` pixels for each of the drawing. */
export function write(
  ctx: CanvasRenderingContext2D,
  { words, matrix, x, y, font, fill, clip }: Written,
  scale: number,
): void {
  const enlarged = new DOMMatrix().scaleSelf(scale)
  ctx.save()
  if (clip) {
    ctx.setTransform(enlarged.multiply(clip.matrix))
    ctx.beginPath()
    ctx.rect(clip.box.x, clip.box.y, clip.box.width, clip.box.height)
    ctx.clip()
  }
  ctx.setTransform(enlarged.multiply(matrix))
  ctx.font = font
  ctx.fillStyle = fill
  ctx.fillText(words, x, y)
  ctx.restore()
}
