// writePdf(): pages of marks as PDF 1.7 with the letters that occur of Noto Sans SC embedded. What is written can be searched
// and copied: every glyph carries its character (ToUnicode).
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { create, type Font } from 'fontkit'
import PDFDocument from 'pdfkit'
import { footOf, layOut } from './layout.ts'
import { legibleWith } from './legible.ts'
import { hues, type Mark, type Measure, type Page, type Sheet } from './sheet.ts'

const require = createRequire(import.meta.url)
const fontOf = (name: string): Font => {
  const font = create(readFileSync(require.resolve(`@expo-google-fonts/noto-sans-sc/${name}/NotoSansSC_${name}.ttf`)))
  if (!('hasGlyphForCodePoint' in font)) throw new TypeError(`${name} is no single font`)
  return font
}
/** Read once, when the first page is printed: 10.5 MB each. Shared by all documents, glyphs are decoded once. */
let fonts: { readonly regular: Font; readonly medium: Font } | null = null
const fontsOf = () => {
  fonts ??= { regular: fontOf('400Regular'), medium: fontOf('500Medium') }
  return fonts
}

let legible: ((letter: string) => string) | null = null
/** A text as this font can write it; both weights have the same letters. */
function written(text: string): string {
  legible ??= legibleWith(codePoint => fontsOf().regular.hasGlyphForCodePoint(codePoint))
  let told = ''
  for (const letter of text) told += legible(letter)
  return told
}
const writtenMark = (mark: Mark): Mark => (mark.is === 'text' ? { ...mark, text: written(mark.text) } : mark)

const colours = {
  ink: '#1a1d21',
  soft: '#5b6470',
  bad: '#b3261e',
  line: '#aab2bd',
  strong: '#5b6470',
  shade: '#f1f3f6',
}
/** Advances in thousandths, by character; the same in every document. */
const advances = { regular: new Map<string, number>(), medium: new Map<string, number>() }

function measurer(doc: PDFKit.PDFDocument): Measure {
  const advance = (letter: string, font: 'regular' | 'medium'): number => {
    const known = advances[font].get(letter)
    if (known !== undefined) return known
    const wide = doc.font(font, 1000).widthOfString(written(letter))
    advances[font].set(letter, wide)
    return wide
  }
  return (text, size, bold = false) => {
    let sum = 0
    for (const letter of text) sum += advance(letter, bold ? 'medium' : 'regular')
    return (sum * size) / 1000
  }
}

function open(sheet: Sheet): PDFKit.PDFDocument {
  const { regular, medium } = fontsOf()
  const doc = new PDFDocument({
    ...{
      autoFirstPage: false,
      // Every text of a long list would stay in it, and few stand there twice.
      fontLayoutCache: false,
      bufferPages: true,
      margin: 0,
      pdfVersion: '1.7',
      lang: sheet.lang === 'zh' ? 'zh-CN' : 'en',
    },
    info: {
      ...{ Title: [sheet.head.title, sheet.head.about[0] ?? ''].filter(Boolean).join(' '), Author: sheet.about.author },
      ...{ Subject: sheet.about.subject, Keywords: sheet.about.keywords, Creator: 'Yingzao', Producer: 'Yingzao' },
    },
  })
  // It takes a font that is open already (PDFFontFactory.open), which its types do not say.
  Reflect.apply(doc.registerFont, doc, ['regular', regular])
  Reflect.apply(doc.registerFont, doc, ['medium', medium])
  return doc
}

export interface WriteOptions {
  /** Asked between rows; what it answers is waited for. It throws to give up. */
  readonly pause?: () => Promise<void> | null
  /** Told after each page. */
  readonly onPage?: (count: number) => void
}

/** The bytes of the PDF and how many pages it has. */
export async function writePdf(
  sheet: Sheet,
  { pause, onPage }: WriteOptions = {},
): Promise<{ readonly pdf: Uint8Array; readonly pages: number }> {
  const doc = open(sheet)
  const chunks: Buffer[] = []
  const written = new Promise<void>((resolve, reject) => {
    doc.on('data', (chunk: Buffer) => chunks.push(chunk))
    doc.on('end', resolve)
    doc.on('error', reject)
  })
  const measure = measurer(doc)
  let [width, height, count] = [0, 0, 0]
  const put = (page: Page) => {
    ;({ width, height } = page)
    doc.addPage({ size: [page.width, page.height], margin: 0 })
    if (sheet.watermark !== null) drawWatermark(doc, sheet.watermark, page, measure)
    for (const mark of page.marks) drawMark(doc, sheet, mark)
    count += 1
    onPage?.(count)
  }
  const pages = await layOut(sheet, measure, put, pause)
  for (let at = 0; at < pages; at++) {
    doc.switchToPage(at)
    for (const mark of footOf(sheet, { width, height }, at + 1, pages, measure)) drawMark(doc, sheet, mark)
  }
  doc.end()
  await written
  return { pdf: Buffer.concat(chunks), pages }
}

/** The same pages as data, foot included: for a preview that a browser draws. */
export async function pagesOf(sheet: Sheet): Promise<Page[]> {
  const doc = open(sheet)
  doc.addPage({ margin: 0 })
  const measure = measurer(doc)
  const pages: Page[] = []
  const total = await layOut(sheet, measure, page => void pages.push(page))
  return pages.map((page, at) => ({
    ...page,
    marks: [...page.marks, ...footOf(sheet, page, at + 1, total, measure)].map(writtenMark),
  }))
}

function drawMark(doc: PDFKit.PDFDocument, sheet: Sheet, mark: Mark): void {
  switch (mark.is) {
    case 'text':
      doc
        .font(mark.bold ? 'medium' : 'regular', mark.size)
        .fillColor(mark.tone === 'bad' ? colours.bad : mark.tone === 'soft' ? colours.soft : colours.ink)
        .text(written(mark.text), mark.x, mark.y, { lineBreak: false, baseline: 'alphabetic' })
      return
    case 'line':
      doc
        .lineWidth(mark.strong ? 0.6 : 0.4)
        .strokeColor(mark.strong ? colours.strong : colours.line)
        .moveTo(mark.x1, mark.y1)
        .lineTo(mark.x2, mark.y2)
        .stroke()
      return
    case 'box':
      doc
        .rect(mark.x, mark.y, mark.w, mark.h)
        .fill(mark.dark ? '#000000' : mark.hue === undefined ? colours.shade : hues[mark.hue])
      return
    case 'path': {
      const [first, ...rest] = mark.points
      if (!first || rest.length === 0) return
      doc.save().lineWidth(1.2).lineJoin('round').strokeColor(hues[mark.hue])
      if (mark.dashed) doc.dash(3, { space: 2 })
      doc.moveTo(first[0], first[1])
      for (const [x, y] of rest) doc.lineTo(x, y)
      doc.stroke().restore()
      return
    }
    case 'picture': {
      const picture = sheet.pictures[mark.picture]
      if (picture) doc.image(Buffer.from(picture.bytes), mark.x, mark.y, { fit: [mark.w, mark.h] })
    }
  }
}

/** Across the page, light enough to read over. */
function drawWatermark(doc: PDFKit.PDFDocument, text: string, page: Page, measure: Measure): void {
  const wide = measure(text, 1, true)
  const size = Math.min(110, (Math.hypot(page.width, page.height) * 0.5) / wide)
  const [x, y] = [page.width / 2, page.height / 2]
  doc.save()
  doc.rotate(-35, { origin: [x, y] })
  doc
    .font('medium', size)
    .fillColor('#8a94a3', 0.16)
    .text(written(text), x - (wide * size) / 2, y + size * 0.35, { lineBreak: false, baseline: 'alphabetic' })
  doc.restore()
  doc.fillOpacity(1)
}
