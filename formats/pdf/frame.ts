// The paper being filled: where the body stands, what is drawn so far, when a new page begins; and rows of a ruled grid, which
// flow over pages.
import { A3, A4, type Head, type Mark, type Measure, type Page, type Sheet, type Tone } from './sheet.ts'
import { wrap } from './wrap.ts'

export const margin = { left: 40, right: 40, top: 34, bottom: 50 } as const
export const pad = { x: 4, y: 3 } as const
/** Height of a line of text, in sizes. */
export const leading = 1.42
/** Where the baseline stands in it. */
const rise = 1.06

export interface GridCell {
  readonly x: number
  readonly w: number
  readonly lines: readonly string[]
  readonly size: number
  readonly align: 'left' | 'center' | 'right'
  readonly bold?: boolean
  readonly tone?: Tone
  readonly shaded?: boolean
  readonly indent?: number
  readonly picture?: string
}

export interface Frame {
  readonly left: number
  readonly width: number
  readonly measure: Measure
  /** What is left of this page. */
  room(): number
  /** Of an empty page. */
  readonly full: number
  /** Moves down. */
  down(by: number): void
  /** A page begins unless so much is left. */
  need(height: number): void
  breakPage(): void
  readonly y: () => number
  add(mark: Mark): void
  text(
    text: string,
    x: number,
    top: number,
    size: number,
    options?: {
      readonly bold?: boolean
      readonly tone?: Tone
      readonly width?: number
      readonly align?: GridCell['align']
    },
  ): void
  row(cells: readonly GridCell[]): void
  /** Drawn again at the top of every page while it is set. */
  repeat(draw: (() => void) | null): void
  end(): void
}

const pictureHeight = 26

/** `put` takes each page as soon as it is full. */
export function openFrame(sheet: Sheet, measure: Measure, put: (page: Page) => void): Frame {
  const paper = sheet.paper === 'A3' ? A3 : A4
  const width = sheet.landscape ? paper.height : paper.width
  const height = sheet.landscape ? paper.width : paper.height
  const left = margin.left
  const inner = width - margin.left - margin.right
  const bottom = height - margin.bottom - (sheet.note === '' ? 0 : 12)
  let marks: Mark[] = []
  let y: number = margin.top
  let top: number = margin.top
  let first = true
  let repeated: (() => void) | null = null

  const frame: Frame = {
    left,
    width: inner,
    measure,
    full: bottom - margin.top - 22,
    room: () => bottom - y,
    y: () => y,
    down: by => {
      y += by
    },
    need(height) {
      // A page that is empty gets no emptier.
      if (y + height > bottom && y > top + 1) frame.breakPage()
    },
    breakPage() {
      put({ width, height, marks })
      marks = []
      first = false
      y = margin.top
      continued(frame, sheet.head, inner)
      top = y
      repeated?.()
    },
    add: mark => void marks.push(mark),
    text(text, x, top, size, { bold = false, tone, width, align = 'left' } = {}) {
      if (text === '') return
      const wide = measure(text, size, bold)
      const space = width ?? wide
      const at = align === 'left' ? x : align === 'right' ? x + space - wide : x + (space - wide) / 2
      marks.push({
        ...{ is: 'text', x: at, y: top + size * rise, size, text, width: wide },
        ...(bold ? { bold } : {}),
        ...(tone ? { tone } : {}),
      })
    },
    row(cells) {
      let rest = cells
      for (;;) {
        const height = heightOf(rest)
        if (height <= frame.room()) return drawRow(frame, rest, height)
        const fresh = frame.full - (repeated ? 30 : 0)
        if (height <= fresh / 2 || frame.room() < 60) {
          const before = y
          frame.need(height)
          if (y === before) return drawRow(frame, rest, height)
          continue
        }
        // Taller than what any page leaves: as many lines as fit, the rest on the next.
        const [here, later] = split(rest, frame.room())
        drawRow(frame, here, heightOf(here))
        frame.breakPage()
        rest = later
      }
    },
    repeat: draw => {
      repeated = draw
    },
    end: () => put({ width, height, marks }),
  }
  if (first) headline(frame, sheet.head, inner, sheet)
  top = y
  return frame
}

const heightOf = (cells: readonly GridCell[]): number =>
  Math.max(
    ...cells.map(
      ({ lines, size, picture }) =>
        lines.length * size * leading + 2 * pad.y + (picture === undefined ? 0 : pictureHeight + 2),
    ),
  )

function split(cells: readonly GridCell[], room: number): [readonly GridCell[], readonly GridCell[]] {
  const count = (size: number) => Math.max(1, Math.floor((room - 2 * pad.y) / (size * leading)))
  return [
    cells.map(({ picture: _, ...cell }) => ({ ...cell, lines: cell.lines.slice(0, count(cell.size)) })),
    cells.map(cell => ({ ...cell, lines: cell.lines.slice(count(cell.size)) })),
  ]
}

function drawRow(frame: Frame, cells: readonly GridCell[], height: number): void {
  const top = frame.y()
  for (const { x, w, shaded } of cells) if (shaded) frame.add({ is: 'box', x, y: top, w, h: height })
  for (const { x, w, lines, size, align, bold, tone, picture, indent = 0 } of cells) {
    const tall = lines.length * size * leading + (picture === undefined ? 0 : pictureHeight + 2)
    // Short cells stand in the middle of a row of a few lines, at the top of a tall one.
    const start = height - tall > 60 ? pad.y : (height - tall) / 2
    lines.forEach((line, at) => {
      frame.text(line, x + pad.x + indent, top + start + at * size * leading, size, {
        ...{ width: w - 2 * pad.x - indent, align },
        ...(bold ? { bold } : {}),
        ...(tone ? { tone } : {}),
      })
    })
    if (picture !== undefined)
      frame.add({
        ...{ is: 'picture', picture, x: x + pad.x, y: top + start + lines.length * size * leading + 1 },
        ...{ w: w - 2 * pad.x, h: pictureHeight },
      })
  }
  const [first] = cells
  const last = cells.at(-1)
  if (first && last) {
    const [from, to] = [first.x, last.x + last.w]
    for (const y of [top, top + height]) frame.add({ is: 'line', x1: from, y1: y, x2: to, y2: y })
    for (const x of [...cells.map(cell => cell.x), to])
      frame.add({ is: 'line', x1: x, y1: top, x2: x, y2: top + height })
  }
  frame.down(height)
}

const codeSide = 62

/** Company, title and code of the first page. */
function headline(frame: Frame, { company, title, about, logo, code }: Head, width: number, sheet: Sheet): void {
  const { left } = frame
  const top = frame.y()
  const aside = code ? codeSide + 12 : 0
  if (logo !== undefined) {
    const picture = sheet.pictures[logo]
    const ratio = picture ? picture.width / picture.height : 1
    const w = Math.min(110, 34 * ratio)
    frame.add({ is: 'picture', picture: logo, x: left, y: top, w, h: w / ratio })
  }
  // Centred on the paper as long as that leaves the code alone.
  const space = width - 2 * Math.max(aside, logo === undefined ? 0 : 116)
  const middle = left + (width - space) / 2
  let y = top + 2
  for (const line of company === '' ? [] : wrap(company, space, 10.5, frame.measure)) {
    frame.text(line, middle, y, 10.5, { width: space, align: 'center', tone: 'soft' })
    y += 10.5 * leading
  }
  y += 3
  for (const line of wrap(title, space, 17, frame.measure, true)) {
    frame.text(line, middle, y, 17, { bold: true, width: space, align: 'center' })
    y += 17 * leading
  }
  if (code) {
    const x = left + width - codeSide - 2
    drawMatrix(frame, code.matrix, x, top, codeSide)
    let under = top + codeSide + 2
    for (const line of wrap(code.text, codeSide + 14, 5.4, frame.measure)) {
      frame.text(line, x - 7, under, 5.4, { width: codeSide + 14, align: 'center', tone: 'soft' })
      under += 5.4 * 1.2
    }
    y = Math.max(y, under - 15)
  }
  y += 4
  const words = about.filter(each => each !== '').join('    ')
  for (const line of wrap(words, width - aside, 9, frame.measure)) {
    if (line !== '') frame.text(line, left, y, 9)
    y += line === '' ? 0 : 9 * leading
  }
  frame.down(y + 4 - top)
}

/** What page it belongs to, on the second and later ones. */
function continued(frame: Frame, { company, title, about }: Head, width: number): void {
  const y = frame.y()
  const [number = ''] = about
  const text = `${title}${number === '' ? '' : `  ${number}`}`
  const [line = ''] = wrap(text, width * 0.62, 8, frame.measure)
  const [name = ''] = wrap(company, width * 0.36, 8, frame.measure)
  frame.text(line, frame.left, y, 8, { tone: 'soft' })
  frame.text(name, frame.left, y, 8, { tone: 'soft', width, align: 'right' })
  frame.add({ is: 'line', x1: frame.left, y1: y + 14, x2: frame.left + width, y2: y + 14 })
  frame.down(20)
}

/** Neighbouring dark modules of a row are one box: fewer marks, and no hairlines between them. */
function drawMatrix(
  frame: Frame,
  { size, dark }: { size: number; dark: readonly boolean[] },
  x: number,
  y: number,
  side: number,
) {
  const unit = side / size
  for (let row = 0; row < size; row++)
    for (let from = 0; from < size; from++) {
      if (!dark[row * size + from]) continue
      let to = from
      while (to + 1 < size && dark[row * size + to + 1]) to++
      frame.add({ is: 'box', x: x + from * unit, y: y + row * unit, w: (to - from + 1) * unit, h: unit, dark: true })
      from = to
    }
}
