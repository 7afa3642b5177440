// The text of a PDF, page by page, as a reader that knows nothing of how it was made finds it: objects, streams, ToUnicode maps.
// For tests: it reads what pdfkit writes, line by line in the order of drawing.
import { inflateSync } from 'node:zlib'

interface Piece {
  readonly x: number
  readonly y: number
  readonly text: string
}
export interface ReadPage {
  /** Everything on the page: pieces of one height make a line, left to right. */
  readonly text: string
  readonly pieces: readonly Piece[]
}

export function readPdf(bytes: Uint8Array): ReadPage[] {
  const file = Buffer.from(bytes).toString('latin1')
  const objects = new Map<string, string>()
  for (const [, id = '', body = ''] of file.matchAll(/(\d+) 0 obj\n([\s\S]*?)\nendobj/g)) objects.set(id, body)
  const streamOf = (id: string): string => {
    const body = objects.get(id) ?? ''
    const at = /stream\r?\n/.exec(body)
    if (!at) return ''
    const raw = Buffer.from(body.slice(at.index + at[0].length, body.lastIndexOf('\nendstream')), 'latin1')
    return (body.includes('/FlateDecode') ? inflateSync(raw) : raw).toString('latin1')
  }
  const fontOf = (id: string): ReadonlyMap<string, string> => {
    const map = /\/ToUnicode (\d+) 0 R/.exec(objects.get(id) ?? '')?.[1]
    return map === undefined ? new Map() : readMap(streamOf(map))
  }
  const root = /\/Pages (\d+) 0 R/.exec(file)?.[1] ?? ''
  const kids = [...(/\/Kids \[([^\]]*)\]/.exec(objects.get(root) ?? '')?.[1] ?? '').matchAll(/(\d+) 0 R/g)]
  return kids.map(([, id = '']) => {
    const page = objects.get(id) ?? ''
    const contents = /\/Contents (\d+) 0 R/.exec(page)?.[1] ?? ''
    const resources = objects.get(/\/Resources (\d+) 0 R/.exec(page)?.[1] ?? '') ?? ''
    const fonts = new Map(
      [...resources.matchAll(/\/(F\d+) (\d+) 0 R/g)].map(([, name = '', of = '']) => [name, fontOf(of)] as const),
    )
    return readPage(streamOf(contents), fonts)
  })
}

function readMap(map: string): ReadonlyMap<string, string> {
  const letters = new Map<string, string>()
  const char = (hex: string) =>
    (hex.replaceAll(' ', '').match(/.{4}/g) ?? []).map(unit => String.fromCharCode(Number.parseInt(unit, 16))).join('')
  for (const [, block = ''] of map.matchAll(/beginbfrange([\s\S]*?)endbfrange/g))
    for (const [, from = '', , list = ''] of block.matchAll(/<(\w+)> <(\w+)> \[([^\]]*)\]/g))
      [...list.matchAll(/<([\w ]+)>/g)].forEach(([, hex = ''], i) => {
        letters.set((Number.parseInt(from, 16) + i).toString(16).padStart(4, '0'), char(hex))
      })
  return letters
}

function readPage(content: string, fonts: ReadonlyMap<string, ReadonlyMap<string, string>>): ReadPage {
  const pieces: Piece[] = []
  let font: ReadonlyMap<string, string> = new Map()
  let [x, y] = [0, 0]
  for (const line of content.split('\n')) {
    const chosen = /^\/(F\d+) [\d.]+ Tf$/.exec(line)?.[1]
    if (chosen !== undefined) font = fonts.get(chosen) ?? font
    const matrix = /^1 0 0 1 ([-\d.]+) ([-\d.]+) Tm$/.exec(line)
    if (matrix) [x, y] = [Number(matrix[1]), Number(matrix[2])]
    if (!line.endsWith(' TJ')) continue
    const glyphs = [...line.matchAll(/<(\w+)>/g)].flatMap(([, hex = '']) => hex.match(/.{4}/g) ?? [])
    pieces.push({ x, y, text: glyphs.map(glyph => font.get(glyph) ?? '\uFFFD').join('') })
  }
  const heights = [...new Set(pieces.map(piece => piece.y))].sort((a, b) => b - a)
  const lines = heights.map(height =>
    pieces
      .filter(piece => piece.y === height)
      .sort((a, b) => a.x - b.x)
      .map(piece => piece.text)
      .join(' '),
  )
  return { text: lines.join('\n'), pieces }
}
