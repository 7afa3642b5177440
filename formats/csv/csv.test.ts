// CSV survives encodings, delimiters, quotes and evil texts.
import { PassThrough } from 'node:stream'
import fc from 'fast-check'
import iconv from 'iconv-lite'
import { describe, expect, test } from 'vitest'
import { type CellValue, type Column, cellText, guardText, Refused, readCsv, unguardText, writeCsv } from './index.ts'

async function read(bytes: Uint8Array): Promise<string[][]> {
  const rows: string[][] = []
  for await (const row of readCsv(bytes)) rows.push(row.cells.map(cellText))
  return rows
}

async function write(
  columns: readonly Column[],
  rows: readonly (readonly CellValue[])[],
  options = {},
): Promise<Buffer> {
  const stream = new PassThrough()
  const parts: Buffer[] = []
  stream.on('data', (part: Buffer) => parts.push(part))
  await writeCsv(stream, columns, rows, options)
  return Buffer.concat(parts)
}

const text: Column = { header: '名称', kind: 'text' }

describe('reading', () => {
  test.each([
    ['UTF-8 with mark', Buffer.from('\ufeff姓名,单价\r\n张三,12.5\r\n')],
    ['UTF-8', Buffer.from('姓名,单价\n张三,12.5')],
    ['GBK from Excel', iconv.encode('姓名,单价\r\n张三,12.5\r\n', 'gbk')],
    ['UTF-16 with tabs', iconv.encode('姓名\t单价\r\n张三\t12.5\r\n', 'utf16le', { addBOM: true })],
    ['semicolons, announced', Buffer.from('sep=;\r\n姓名;单价\r\n张三;12.5\r\n')],
  ])('%s', async (_, bytes) => {
    expect(await read(bytes)).toEqual([
      ['姓名', '单价'],
      ['张三', '12.5'],
    ])
  })

  test('quotes, line breaks in fields, blank lines and short rows', async () => {
    expect(await read(Buffer.from('a,b,c\r\n"1\r\n2","say ""hi""",\r\n\r\n,,3\r\n'))).toEqual([
      ['a', 'b', 'c'],
      ['1\r\n2', 'say "hi"'],
      ['', '', '3'],
    ])
  })

  test('limits and cancelling end it with a code', async () => {
    const codeOf = async (options: Parameters<typeof readCsv>[1]): Promise<string> => {
      try {
        for await (const _ of readCsv(Buffer.from('a,b\n1,2\n3,4\n'), options));
        return 'not refused'
      } catch (error) {
        return error instanceof Refused ? error.refusal.code : String(error)
      }
    }
    expect(await codeOf({ limits: { bytes: 3 } })).toBe('format.too_large')
    expect(await codeOf({ limits: { records: 2 } })).toBe('format.too_many')
    expect(await codeOf({ limits: { fieldLength: 0 } })).toBe('format.field_too_long')
    expect(await codeOf({ signal: AbortSignal.abort() })).toBe('format.cancelled')
  })
})

describe('writing', () => {
  test('real numbers stay numbers, texts that a spreadsheet would evaluate do not', async () => {
    const bytes = await write(
      [text, { header: '数', kind: 'number' }],
      [
        ['=HYPERLINK("http://x")', -5],
        ['-2+3', '-12.50'],
        ['正常', null],
      ],
    )
    const lines = bytes.toString('utf8').split('\r\n')
    expect(lines[0]).toBe('\ufeff"名称","数"')
    expect(lines[1]).toBe(`"'=HYPERLINK(""http://x"")",-5`)
    expect(lines[2]).toBe(`"'-2+3",-12.50`)
    expect(lines[3]).toBe('"正常",')
  })

  test('GB18030 for old Excel', async () => {
    const bytes = await write([text], [['签证']], { encoding: 'gb18030' })
    expect(iconv.decode(bytes, 'gb18030')).toBe('"名称"\r\n"签证"\r\n')
  })

  test('any text comes back unchanged and never begins with a sign in the file', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.string({ unit: 'binary', minLength: 1 }).filter(s => !/[\ud800-\udfff]/.test(s)),
          { minLength: 1, maxLength: 8 },
        ),
        async texts => {
          const bytes = await write(
            [text],
            texts.map(t => [t]),
          )
          expect((await read(bytes)).slice(1)).toEqual(texts.map(t => [t]))
        },
      ),
      { numRuns: 60 },
    )
    fc.assert(
      fc.property(fc.string(), s => {
        expect(unguardText(guardText(s))).toBe(s)
        expect(guardText(s)).not.toMatch(/^[=+\-@\t\r＝＋－＠]/)
      }),
    )
  })
})
