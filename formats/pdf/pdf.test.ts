// Laying out and writing: what is put on a sheet stands on its pages, whole, in order and within the margins.
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Block, layOut, type Measure, type Page, type Sheet, wrap, writePdf } from './index.ts'
import { readPdf } from './testing/read-pdf.ts'

/** Chinese letters are as wide as they are high, others half of that. */
const measure: Measure = (text, size) =>
  [...text].reduce((sum, letter) => sum + (/[ -~]/.test(letter) ? size / 2 : size), 0)

const sheet = (...blocks: Block[]): Sheet => ({
  ...{ landscape: false, lang: 'zh', head: { company: '测试集团', title: '审批单', about: ['单号 A-1'] }, blocks },
  ...{ pictures: {}, foot: '打印：张三', note: '', watermark: null },
  about: { author: '张三', subject: '', keywords: 'YZ1-X' },
})
async function pagesOf(made: Sheet): Promise<Page[]> {
  const pages: Page[] = []
  await layOut(made, measure, page => void pages.push(page))
  return pages
}
const textsOf = (pages: readonly Page[]) =>
  pages.flatMap(page => page.marks.flatMap(mark => (mark.is === 'text' ? [mark.text] : [])))

test('lines break between Chinese letters and between words, never before a closing mark, and lose nothing', () => {
  expect(wrap('钢筋混凝土，模板。', 50, 10, measure)).toEqual(['钢筋混凝', '土，模板。'])
  expect(wrap('steel bars and formwork', 60, 10, measure)).toEqual(['steel bars', 'and formwork'])
  expect(wrap('', 50, 10, measure)).toEqual([''])
  const letters = fc.string({
    unit: fc.constantFrom('钢', '筋', 'a', 'B', '7', ' ', '，', '。', '（', '-', '\n'),
    maxLength: 80,
  })
  fc.assert(
    fc.property(letters, fc.integer({ min: 20, max: 200 }), (text, width) => {
      const lines = wrap(text, width, 10, measure)
      expect(lines.join('').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''))
      for (const line of lines) expect(measure(line, 10)).toBeLessThanOrEqual(Math.max(width, 10))
    }),
    { numRuns: 200 },
  )
})

test('every row of a table stands on some page once, in order, between the margins, below a header', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.integer({ min: 1, max: 400 }), fc.integer({ min: 0, max: 999_999 })), { maxLength: 120 }),
      fc.boolean(),
      async (rows, landscape) => {
        const cells = rows.map(([length, amount], at) => [`<${at}>`, '文'.repeat(length), `${amount}.00`])
        const columns = [{ label: '序号' }, { label: '内容' }, { label: '金额', figure: true }]
        const pages = await pagesOf({
          ...sheet({ is: 'table', columns, rows: [cells], totals: ['', '合计', '0.00'] }),
          landscape,
        })
        const seen = textsOf(pages).filter(text => /^<\d+>$/.test(text))
        expect(seen).toEqual(cells.map(([number]) => number))
        expect(textsOf(pages).join('').match(/文/g)?.length ?? 0).toBe(rows.reduce((sum, [length]) => sum + length, 0))
        for (const { marks, width, height } of pages) {
          for (const mark of marks) {
            if (mark.is !== 'text') continue
            expect(mark.x).toBeGreaterThanOrEqual(39.9)
            expect(mark.x + mark.width).toBeLessThanOrEqual(width - 39.9)
            expect(mark.y).toBeLessThan(height - 45)
          }
        }
      },
    ),
    { numRuns: 25 },
  )
})

test('a text longer than a page flows on, a figure wider than its column is set smaller, negative amounts are red', async () => {
  const pages = await pagesOf(
    sheet(
      { is: 'pairs', columns: 2, pairs: [{ label: '说明', value: '长文'.repeat(4000), wide: true }] },
      {
        ...{ is: 'table', columns: [{ label: '项目' }, { label: '金额', figure: true }] },
        rows: [[['甲', '1.00']], [['乙', `−${'9'.repeat(60)}.00`]]],
      },
    ),
  )
  expect(pages.length).toBeGreaterThan(2)
  expect(
    textsOf(pages)
      .join('')
      .match(/长文|长|文/g)
      ?.join('').length,
  ).toBe(8000)
  const amount = pages.flatMap(page => page.marks).find(mark => mark.is === 'text' && mark.text.startsWith('−9'))
  expect(amount).toMatchObject({ tone: 'bad' })
})

test('the file holds its text for every reader, says how many pages it has, and carries its watermark', async () => {
  const rows = Array.from({ length: 120 }, (_, at) => [
    `${at + 1}`,
    `第 ${at + 1} 项 Effective office 钢筋`,
    '−1,234.00',
  ])
  const columns = [{ label: '序号' }, { label: '名称' }, { label: '金额', figure: true }]
  const made = {
    ...sheet({ is: 'table', columns, rows: [rows] }, { is: 'page' }, { is: 'text', text: '完' }),
    watermark: '副本',
  }
  const { pdf, pages } = await writePdf(made)
  const read = readPdf(pdf)
  expect(read).toHaveLength(pages)
  expect(read.at(-1)?.text).toContain(`第 ${pages} 页 / 共 ${pages} 页`)
  for (const page of read) expect(page.text).toContain('副本')
  const all = read.map(page => page.text).join('\n')
  for (let at = 1; at <= 120; at++) expect(all).toContain(`第 ${at} 项 Effective office 钢筋`)
  expect(all).toContain('−1,234.00')
  expect(Buffer.from(pdf).toString('latin1')).toContain('/ToUnicode')
  expect(pdf.length).toBeLessThan(60_000)
})

test('what the font cannot draw is said in what it can: rare letters and pictures by their number, and nothing vanishes', async () => {
  const pairs = [
    { label: '联系人', value: '𠮷田 㐂一 𫖯' },
    { label: '说明', value: '已到货✅，质量👍🏽；👨‍👩‍👧 한' },
    { label: '负责人', value: '\u{2F81A}A\u200B，①级' },
  ]
  const { pdf } = await writePdf(sheet({ is: 'pairs', columns: 1, pairs }))
  const text = readPdf(pdf)
    .map(page => page.text)
    .join('\n')
  for (const words of [
    '[U+20BB7]田 㐂一 𫖯',
    '已到货✓，质量[U+1F44D]；[U+1F468][U+1F469][U+1F467] [U+D55C]',
    '冬A，①级',
  ])
    expect(text).toContain(words)
  expect(text).not.toContain('\uFFFD')
})
