// What is written to a workbook comes back as it was, and hostile workbooks are refused.
import { PassThrough } from 'node:stream'
import { deflateRawSync } from 'node:zlib'
import ExcelJS from 'exceljs'
import { describe, expect, test } from 'vitest'
import {
  type Cell,
  type CellValue,
  type Column,
  listSheets,
  Refused,
  type Row,
  readSheet,
  writeSheet,
} from './index.ts'

async function all(rows: AsyncIterable<Row>): Promise<Row[]> {
  const found: Row[] = []
  for await (const row of rows) found.push(row)
  return found
}

async function workbookOf(columns: readonly Column[], rows: readonly (readonly CellValue[])[]): Promise<Buffer> {
  const stream = new PassThrough()
  const parts: Buffer[] = []
  stream.on('data', (part: Buffer) => parts.push(part))
  await writeSheet(stream, columns, rows)
  return Buffer.concat(parts)
}

const refusal = async (work: Promise<unknown>): Promise<string> => {
  try {
    await work
    return 'not refused'
  } catch (error) {
    return error instanceof Refused ? error.refusal.code : String(error)
  }
}

/** A zip of deflated parts, made by hand so that its headers may lie. */
function zipOf(parts: Readonly<Record<string, string | Buffer>>): Buffer {
  const local: Buffer[] = []
  const central: Buffer[] = []
  let offset = 0
  for (const [name, content] of Object.entries(parts)) {
    const data = deflateRawSync(content)
    const size = Buffer.byteLength(content)
    const head = Buffer.alloc(30)
    head.writeUInt32LE(0x04034b50, 0)
    head.writeUInt16LE(20, 4)
    head.writeUInt16LE(8, 8)
    head.writeUInt32LE(data.length, 18)
    head.writeUInt32LE(size, 22)
    head.writeUInt16LE(name.length, 26)
    const entry = Buffer.alloc(46)
    entry.writeUInt32LE(0x02014b50, 0)
    entry.writeUInt16LE(20, 6)
    entry.writeUInt16LE(8, 10)
    entry.writeUInt32LE(data.length, 20)
    entry.writeUInt32LE(size, 24)
    entry.writeUInt16LE(name.length, 28)
    entry.writeUInt32LE(offset, 42)
    local.push(head, Buffer.from(name), data)
    central.push(entry, Buffer.from(name))
    offset += 30 + name.length + data.length
  }
  const directory = Buffer.concat(central)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(Object.keys(parts).length, 8)
  end.writeUInt16LE(Object.keys(parts).length, 10)
  end.writeUInt32LE(directory.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...local, directory, end])
}

const book = (sheet: string, more: Record<string, string> = {}): Buffer =>
  zipOf({
    'xl/workbook.xml': '<workbook xmlns:r="r"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>',
    'xl/_rels/workbook.xml.rels':
      '<Relationships><Relationship Id="rId1" Type="x/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
    'xl/worksheets/sheet1.xml': sheet,
    ...more,
  })

const columns: Column[] = [
  { header: '名称', kind: 'text', required: true, note: '必填' },
  { header: '金额', kind: 'number', decimals: 2 },
  { header: '日期', kind: 'date' },
  { header: '时刻', kind: 'instant' },
  { header: '有效', kind: 'flag', choices: ['是', '否'] },
]

describe('a workbook we wrote', () => {
  test('gives back texts, exact money, dates and flags', async () => {
    const bytes = await workbookOf(columns, [
      ['开挖', '12345.10', '2024-03-01', '2024-03-01T08:30:15', true],
      [' 前后空格 \r\n第二行\t', '0.1', '1900-03-01', null, false],
      ['', '12345678901234567890.12', '', '', undefined],
    ])
    const rows = await all(readSheet(bytes))
    expect(rows[0]?.cells.map(c => c.kind)).toEqual(['text', 'text', 'text', 'text', 'text'])
    expect(rows[1]?.cells).toEqual([
      { kind: 'text', text: '开挖' },
      { kind: 'number', number: 12345.1, text: '12345.1' },
      { kind: 'date', iso: '2024-03-01' },
      { kind: 'date', iso: '2024-03-01T08:30:15' },
      { kind: 'flag', flag: true },
    ] satisfies Cell[])
    expect(rows[2]?.cells[0]).toEqual({ kind: 'text', text: ' 前后空格 \r\n第二行\t' })
    expect(rows[2]?.cells[2]).toEqual({ kind: 'date', iso: '1900-03-01' })
    // More digits than a spreadsheet keeps: written as text rather than rounded.
    expect(rows[3]?.cells[1]).toEqual({ kind: 'text', text: '12345678901234567890.12' })
  })

  test('holds no formula, whatever the text', async () => {
    const evil = [
      '=1+1',
      '+1',
      '-1',
      '@SUM(A1)',
      '\t=1',
      '\r=1',
      '=cmd|"/C calc"!A0',
      '_x0041_',
      '\u0001\u007f',
      '\ud800',
    ]
    const bytes = await workbookOf(
      [{ header: 'a', kind: 'text' }],
      evil.map(t => [t]),
    )
    expect((await all(readSheet(bytes))).slice(1).map(r => r.cells[0])).toEqual(
      evil.map(text => ({ kind: 'text', text })),
    )
    const opened = new ExcelJS.Workbook()
    await opened.xlsx.load(new Uint8Array(bytes).buffer)
    opened.eachSheet(sheet => sheet.eachRow(row => row.eachCell(cell => expect(cell.formula).toBeFalsy())))
  })
})

describe('a workbook from elsewhere', () => {
  test('dates of both epochs, times, elapsed hours, errors and gaps', async () => {
    const styles =
      '<styleSheet><numFmts><numFmt numFmtId="164" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;"/><numFmt numFmtId="165" formatCode="[h]:mm"/></numFmts>' +
      '<cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="20"/><xf numFmtId="165"/><xf numFmtId="22"/></cellXfs></styleSheet>'
    const sheet =
      '<worksheet><sheetData><row r="3"><c r="A3" s="1"><v>45352</v></c><c r="B3" s="2"><v>0.354166666666667</v></c><c r="C3" s="3"><v>1.5</v></c>' +
      '<c r="E3" s="4"><v>45352.5</v></c><c r="F3" t="e"><v>#DIV/0!</v></c><c r="G3" t="d" s="1"><v>2015-04-18T00:00:00</v></c><c r="H3"><v>1E-3</v></c></row></sheetData></worksheet>'
    const bytes = book(sheet, { 'xl/styles.xml': styles })
    const [row] = await all(readSheet(bytes))
    expect(row).toEqual({
      number: 3,
      cells: [
        { kind: 'date', iso: '2024-03-01' },
        { kind: 'date', iso: '08:30:00' },
        { kind: 'number', number: 1.5, text: '1.5' },
        { kind: 'empty' },
        { kind: 'date', iso: '2024-03-01T12:00:00' },
        { kind: 'error', error: '#DIV/0!' },
        { kind: 'date', iso: '2015-04-18' },
        { kind: 'number', number: 0.001, text: '0.001' },
      ],
    })
    const since1904 = zipOf({
      'xl/workbook.xml':
        '<workbook xmlns:r="r"><workbookPr date1904="1"/><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>',
      'xl/worksheets/sheet1.xml': '<worksheet><sheetData><row><c s="0"><v>1</v></c></row></sheetData></worksheet>',
      'xl/styles.xml': '<styleSheet><cellXfs><xf numFmtId="14"/></cellXfs></styleSheet>',
    })
    expect((await all(readSheet(since1904)))[0]?.cells).toEqual([{ kind: 'date', iso: '1904-01-02' }])
  })

  test('rich and phonetic text is one plain text', async () => {
    const strings =
      '<sst><si><r><t>东</t></r><r><t xml:space="preserve"> 京</t></r><rPh><t>とうきょう</t></rPh></si></sst>'
    const bytes = book('<worksheet><sheetData><row><c t="s"><v>0</v></c></row></sheetData></worksheet>', {
      'xl/sharedStrings.xml': strings,
    })
    expect((await all(readSheet(bytes)))[0]?.cells).toEqual([{ kind: 'text', text: '东 京' }])
    expect(await listSheets(bytes)).toEqual([{ name: 'S', hidden: false }])
  })
})

describe('a hostile workbook is refused with a code', () => {
  const bomb = `<worksheet><sheetData><row><c><v>${'0'.repeat(4_000_000)}</v></c></row></sheetData></worksheet>`
  test.each([
    ['a zip bomb', book(bomb), { inflatedBytes: 1_000_000 }, 'format.inflates_too_much'],
    ['one endless text', book(bomb), { fieldLength: 1_000_000 }, 'format.field_too_long'],
    [
      'billion laughs',
      book('<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><worksheet><sheetData>&b;</sheetData></worksheet>'),
      {},
      'xml.entity',
    ],
    [
      'an external entity',
      book('<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><worksheet>&a;</worksheet>'),
      {},
      'xml.entity',
    ],
    ['deep nesting', book('<a>'.repeat(100_000)), {}, 'format.too_deep'],
    [
      'a column beyond the sheet',
      book('<worksheet><row><c r="ZZZZ1"><v>1</v></c></row></worksheet>'),
      {},
      'format.too_many',
    ],
    ['a path out of the zip', zipOf({ '../../etc/x': 'a' }), {}, 'xlsx.damaged'],
    ['a text file', Buffer.from('hello'), {}, 'xlsx.not_a_workbook'],
    ['a truncated zip', book('<worksheet/>').subarray(0, 200), {}, 'xlsx.damaged'],
    ['an old .xls', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, 0, 0]), {}, 'xlsx.old_format'],
  ])('%s', async (_, bytes, limits, code) => {
    expect(await refusal(all(readSheet(bytes, { limits })))).toBe(code)
  })

  test('reading stops when cancelled', async () => {
    expect(await refusal(all(readSheet(book('<worksheet/>'), { signal: AbortSignal.abort() })))).toBe(
      'format.cancelled',
    )
  })
})
