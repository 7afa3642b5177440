// layOut(): a sheet becomes pages of marks. Nothing is cut: texts wrap, tables repeat their header, rows flow over pages.

import { drawChart } from './chart.ts'
import { type Frame, type GridCell, leading, margin, openFrame, pad } from './frame.ts'
import type { Block, Mark, Measure, Page, Pair, Sheet, SignatureBox } from './sheet.ts'
import { drawTable } from './table.ts'
import { wrap } from './wrap.ts'

const size = 9

/**
 * Lays the sheet out and hands each page over as soon as it is full; answers how many there are. The foot of a page says how
 * many follow, so it is made afterwards by `footOf`.
 *
 * @param pause called between rows: what it answers is waited for, so that others get their turn
 */
export async function layOut(
  sheet: Sheet,
  measure: Measure,
  put: (page: Page) => void,
  pause: () => Promise<void> | null = () => null,
): Promise<number> {
  let count = 0
  const frame = openFrame(sheet, measure, page => {
    count += 1
    put(page)
  })
  // Labels of one sheet are of one width, so that its grids stand in line.
  const labels = sheet.blocks.flatMap(block => (block.is === 'pairs' ? block.pairs : []))
  const widest = Math.max(0, ...labels.map(pair => measure(pair.label, size)))
  for (const block of sheet.blocks) await draw(frame, block, widest, pause)
  frame.end()
  return count
}

async function draw(frame: Frame, block: Block, widest: number, pause: () => Promise<void> | null): Promise<void> {
  switch (block.is) {
    case 'heading':
      // With the beginning of what it is the heading of.
      frame.need(100)
      frame.down(6)
      frame.text(block.text, frame.left, frame.y(), 10.5, { bold: true })
      frame.down(10.5 * leading + 3)
      return
    case 'text': {
      const letters = block.size ?? size
      for (const line of wrap(block.text, frame.width, letters, frame.measure, block.bold ?? false)) {
        frame.need(letters * leading)
        frame.text(line, frame.left, frame.y(), letters, {
          ...{ width: frame.width, align: block.align ?? 'left' },
          ...(block.bold ? { bold: true } : {}),
        })
        frame.down(letters * leading)
      }
      frame.down(3)
      return
    }
    case 'pairs':
      drawPairs(frame, block.columns, block.pairs, widest)
      frame.down(6)
      return
    case 'table':
      await drawTable(frame, block, pause)
      frame.down(6)
      return
    case 'signatures':
      drawSignatures(frame, block.boxes)
      return
    case 'chart':
      drawChart(frame, block)
      return
    case 'gap':
      if (block.height < frame.room()) frame.down(block.height)
      return
    case 'page':
      frame.breakPage()
  }
}

/** Fields as a ruled grid, label beside value, as approval forms have it. */
function drawPairs(frame: Frame, columns: 1 | 2 | 3, pairs: readonly Pair[], widest: number): void {
  const slot = frame.width / columns
  const label = Math.min(widest + 2 * pad.x + 1, (frame.width / Math.max(2, columns)) * 0.42)
  let row: GridCell[] = []
  let used = 0
  const flush = () => {
    if (row.length > 0) frame.row(row)
    row = []
    used = 0
  }
  pairs.forEach((pair, i) => {
    const next = pairs[i + 1]
    if (pair.wide && used > 0) flush()
    const x = frame.left + used * slot
    // The last of a row takes what is left of it, so that no grid ends ragged.
    const alone = pair.wide === true || used === columns - 1 || next === undefined || next.wide === true
    const right = alone ? frame.left + frame.width : x + slot
    const [at, wide] = [x + label, right - x - label]
    row.push(
      {
        x,
        w: label,
        lines: wrap(pair.label, label - 2 * pad.x, size, frame.measure),
        size,
        align: 'left',
        tone: 'soft',
        shaded: true,
      },
      {
        ...{ x: at, w: wide, size, align: 'left' },
        lines: wrap(pair.value, wide - 2 * pad.x, size, frame.measure),
        ...(pair.figure && /^[−-][\d,.]*[1-9]/.test(pair.value) ? { tone: 'bad' } : {}),
      },
    )
    used += 1
    if (alone) flush()
  })
  flush()
}

const signed = { width: 62, height: 26 }

function drawSignatures(frame: Frame, boxes: readonly SignatureBox[]): void {
  if (boxes.length === 0) return
  const perLine = Math.min(boxes.length, boxes.some(box => box.picture !== undefined) ? 3 : 4)
  const slot = frame.width / perLine
  for (let from = 0; from < boxes.length; from += perLine) {
    const line = boxes.slice(from, from + perLine)
    const tall = line.some(box => box.picture !== undefined)
    frame.need(tall ? 66 : 52)
    frame.down(tall ? 30 : 18)
    line.forEach((box, at) => {
      const x = frame.left + at * slot
      const [label = ''] = wrap(box.label, slot * 0.5, size, frame.measure)
      const wide = frame.measure(label, size) + 4
      frame.text(label, x, frame.y(), size)
      const y = frame.y() + size * leading + 1
      let name = x + wide + 4
      if (box.picture !== undefined) {
        frame.add({
          is: 'picture',
          picture: box.picture,
          x: name,
          y: y - signed.height - 1,
          w: signed.width,
          h: signed.height,
        })
        name += signed.width + 4
      }
      const room = x + slot - 14 - name
      const [text = ''] = wrap(box.name, Math.max(room, 20), size, frame.measure)
      frame.text(text, name, frame.y(), size)
      frame.add({ is: 'line', x1: x + wide, y1: y, x2: x + slot - 12, y2: y, strong: true })
      if (box.on !== undefined) frame.text(box.on, x + wide + 4, y + 1, 7, { tone: 'soft' })
    })
    frame.down(26)
  }
}

/** The foot of a page, once the number of pages is known. */
export function footOf(
  sheet: Sheet,
  page: Pick<Page, 'width' | 'height'>,
  number: number,
  total: number,
  measure: Measure,
): Mark[] {
  const top = page.height - margin.bottom + 14
  const width = page.width - margin.left - margin.right
  const pages = sheet.lang === 'zh' ? `第 ${number} 页 / 共 ${total} 页` : `Page ${number} of ${total}`
  const text = (words: string, y: number, right: boolean): Mark => {
    const wide = measure(words, 7.5)
    const x = right ? page.width - margin.right - wide : margin.left
    return { is: 'text', x, y, size: 7.5, text: words, width: wide, tone: 'soft' }
  }
  const side = measure(pages, 7.5)
  const [foot = ''] = wrap(typeof sheet.foot === 'string' ? sheet.foot : sheet.foot(), width - side - 12, 7.5, measure)
  const [note = ''] = wrap(sheet.note, width, 7.5, measure)
  return [
    { is: 'line', x1: margin.left, y1: top - 4, x2: margin.left + width, y2: top - 4 },
    ...(note === '' ? [] : [text(note, top - 9, false)]),
    ...(foot === '' ? [] : [text(foot, top + 8, false)]),
    text(pages, top + 8, true),
  ]
}
