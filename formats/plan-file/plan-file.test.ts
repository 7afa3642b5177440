// Any file dropped on the import is recognised, read or refused with a message that names the way out.
import { readFile } from 'node:fs/promises'
import { defaultOptions } from '@yingzao/engines/schedule/plan'
import iconv from 'iconv-lite'
import { describe, expect, test } from 'vitest'
import { lossLabel } from '../loss-label.ts'
import {
  detectPlanFile,
  type PlanReading,
  type PlanReadOptions,
  planFormatOf,
  readPlanFile,
  refusalMessage,
  writePlanFile,
} from './index.ts'

const xml = (body: string, prolog = '<?xml version="1.0" encoding="UTF-8"?>'): string =>
  `${prolog}<Project xmlns="http://schemas.microsoft.com/project"><Name>a</Name><StartDate>2024-03-01T08:00:00</StartDate>${body}</Project>`
const task = (name: string, more = ''): string =>
  `<Task><UID>1</UID><ID>1</ID><Name>${name}</Name><Duration>PT8H0M0S</Duration>${more}</Task>`
const read = (content: string | Uint8Array, options: PlanReadOptions = {}): Promise<PlanReading> =>
  readPlanFile(typeof content === 'string' ? Buffer.from(content) : content, 'file', options)
const codeOf = async (content: string | Uint8Array, options: PlanReadOptions = {}): Promise<string> => {
  const reading = await read(content, options)
  return reading.ok ? 'read' : reading.error.code
}
const nameOf = async (content: string | Uint8Array): Promise<string | undefined> => {
  const reading = await read(content)
  return reading.ok ? reading.plans[0]?.tasks[0]?.name : reading.error.code
}

const ole = (stream: string): Buffer =>
  Buffer.concat([
    Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]),
    Buffer.alloc(512),
    Buffer.from(stream, 'utf16le'),
  ])

describe('what is not ours to read is recognised and refused with the way out', () => {
  test.each([
    ['plan.mpp', ole('Props14'), 'mpp.broken', 'XML'],
    ['plan.dat', ole('nothing known'), 'mpp.broken', 'XML'],
    ['book.xls', ole('Workbook'), 'plan_file.spreadsheet', 'Excel'],
    ['letter.doc', ole('WordDocument'), 'plan_file.ole', 'XML'],
    ['old.mpx', Buffer.from('MPX,Microsoft Project for Windows,4.0,ANSI\r\n'), 'mpx.no_task', 'XML'],
    [
      'p6.xml',
      Buffer.from(
        '<?xml version="1.0"?><!-- x --><APIBusinessObjects xmlns="http://xmlns.oracle.com/Primavera/P6"></APIBusinessObjects>',
      ),
      'p6.no_project',
      'XER',
    ],
    [
      'a.planner',
      Buffer.from('<?xml version="1.0"?><project name="" mrproject-version="2">'),
      'plan_file.planner',
      'Planner',
    ],
    [
      'a.gan',
      Buffer.from('<?xml version="1.0"?><project name="x" view-date="2024-01-01">'),
      'plan_file.ganttproject',
      'GanttProject',
    ],
    ['a.fts', Buffer.from([0x1c, 0, 0, 0, 0x8b, 0, 0, 0, 1]), 'plan_file.fasttrack', 'FastTrack'],
    ['a.pod', Buffer.from([0xac, 0xed, 0, 5]), 'plan_file.projectlibre', 'ProjectLibre'],
    ['a.xlsx', Buffer.from('PK\u0003\u0004....[Content_Types].xml'), 'plan_file.spreadsheet', 'Excel'],
    ['a.zip', Buffer.from('PK\u0003\u0004....readme'), 'plan_file.zip', 'xer'],
    ['a.pdf', Buffer.from('%PDF-1.7'), 'plan_file.pdf', 'PDF'],
    ['page.html', Buffer.from('<html><body>'), 'plan_file.xml', 'XML'],
    ['empty.xml', Buffer.alloc(0), 'plan_file.empty', '导出'],
    ['blank.xml', Buffer.from('  \r\n '), 'plan_file.empty', '导出'],
    ['a.txt', Buffer.from('hello'), 'plan_file.unknown', '.xer'],
  ])('%s → %s', async (name, bytes, code, wayOut) => {
    const reading = await readPlanFile(bytes, name)
    expect(reading.ok ? 'read' : reading.error.code).toBe(code)
    if (!reading.ok) expect(refusalMessage(reading.error).zh).toContain(wayOut)
  })

  test('every code has a message in both languages, an unknown one shows itself', () => {
    expect(refusalMessage({ code: 'format.too_large', values: { limit: 1048576 } }).en).toContain('1 MB')
    expect(refusalMessage({ code: 'constructor', values: {} }).en).toContain('constructor')
  })

  test('the format to write follows from the file name', () => {
    expect([planFormatOf('a.XML'), planFormatOf('b.xer'), planFormatOf('c.mpp')]).toEqual(['mspdi', 'xer', undefined])
  })
})

describe('encodings', () => {
  test.each([
    ['UTF-8 with mark', iconv.encode(xml(`<Tasks>${task('地铁')}</Tasks>`), 'utf8', { addBOM: true })],
    [
      'UTF-16 little-endian',
      iconv.encode(xml(`<Tasks>${task('地铁')}</Tasks>`, '<?xml version="1.0" encoding="UTF-16"?>'), 'utf16le', {
        addBOM: true,
      }),
    ],
    [
      'UTF-16 big-endian without mark',
      iconv.encode(xml(`<Tasks>${task('地铁')}</Tasks>`, '<?xml version="1.0"?>'), 'utf-16be', { addBOM: false }),
    ],
    [
      'declared GBK',
      iconv.encode(xml(`<Tasks>${task('地铁')}</Tasks>`, '<?xml version="1.0" encoding="GBK"?>'), 'gbk'),
    ],
    [
      'declared UTF-16 but stored as UTF-8',
      Buffer.from(xml(`<Tasks>${task('地铁')}</Tasks>`, '<?xml version="1.0" encoding="UTF-16"?>')),
    ],
  ])('%s', async (_, bytes) => {
    expect(await nameOf(bytes)).toBe('地铁')
  })

  test('a prefix on every element does not matter', async () => {
    const prefixed = xml(`<Tasks>${task('x')}</Tasks>`)
      .replace(/<(\/?)(?=[A-Z])/g, '<$1p:')
      .replace('xmlns=', 'xmlns:p=')
    expect(await nameOf(prefixed)).toBe('x')
  })

  test('characters that XML forbids are replaced and reported, wherever a chunk ends', async () => {
    const bytes = Buffer.from(xml(`<Tasks>${task('a\u0007b&#x0;c&#27;d&#65;&#x1F600;')}</Tasks>`))
    const expected = 'a\ufffdb\ufffdc\ufffddA😀'
    for (const size of [1, 2, 3, 7, 1000]) {
      const chunks = async function* (): AsyncGenerator<Uint8Array> {
        for (let i = 0; i < bytes.length; i += size) yield bytes.subarray(i, i + size)
      }
      const reading = await readPlanFile(chunks(), 'a.xml')
      expect(reading.ok && reading.plans[0]?.tasks[0]?.name).toBe(expected)
      expect(reading.ok && reading.loss).toContainEqual({ code: 'bytes', path: 'file', count: 3, example: 'U+0007' })
    }
  })
})

describe('hostile files end in a clear error', () => {
  const laughs = `<!DOCTYPE x [<!ENTITY a "ha">${'bcdefghij'
    .split('')
    .map((c, i) => `<!ENTITY ${c} "&${'abcdefghi'[i]};&${'abcdefghi'[i]};">`)
    .join('')}]>`
  test.each([
    ['billion laughs', xml(`<Tasks>${task('&j;')}</Tasks>`, laughs), {}, 'xml.entity'],
    [
      'external entity',
      xml(`<Tasks>${task('&e;')}</Tasks>`, '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'),
      {},
      'xml.entity',
    ],
    ['deep nesting', xml('<Tasks>'.repeat(100_000)), {}, 'format.too_deep'],
    [
      'too many tasks',
      xml(`<Tasks>${'<Task><UID>1</UID></Task>'.repeat(1001)}</Tasks>`),
      { limits: { tasks: 1000 } },
      'format.too_many',
    ],
    [
      'too many links',
      xml(
        `<Tasks>${task('x', '<PredecessorLink><PredecessorUID>2</PredecessorUID></PredecessorLink>'.repeat(11))}</Tasks>`,
      ),
      { limits: { records: 10 } },
      'format.too_many',
    ],
    ['too large', xml('x'.repeat(2000)), { limits: { bytes: 1000 } }, 'format.too_large'],
    [
      'one endless text',
      xml(`<Tasks>${task('x'.repeat(3_000_000))}`),
      { limits: { fieldLength: 1_000_000 } },
      'format.field_too_long',
    ],
    [
      'one endless tag',
      `<Project ${'a'.repeat(3_000_000)}`,
      { limits: { fieldLength: 1_000_000 } },
      'format.field_too_long',
    ],
    ['cut off halfway', xml(`<Tasks>${task('x')}`).slice(0, -20), {}, 'xml.malformed'],
    ['cut off in the task list', xml(`<Tasks>${task('x')}`).replace('</Project>', ''), {}, 'xml.malformed'],
    ['mismatched tags', xml('<Tasks></Task>'), {}, 'xml.malformed'],
    ['cancelled before it began', xml(''), { signal: AbortSignal.abort() }, 'format.cancelled'],
  ])('%s', async (_, content, options, code) => {
    expect(await codeOf(content, options)).toBe(code)
  })

  test('a name of 10 MB on one line is read like any other', async () => {
    expect(await nameOf(xml(`<Tasks>${task('长'.repeat(3_300_000))}</Tasks>`))).toHaveLength(3_300_000)
  })

  test('reading stops between chunks when cancelled', async () => {
    const stop = new AbortController()
    let given = 0
    const endless = async function* (): AsyncGenerator<Uint8Array> {
      yield Buffer.from(xml('').replace('</Project>', '<Tasks>'))
      for (;;) {
        if (++given === 3) stop.abort()
        yield Buffer.from('<Task><UID>1</UID></Task>'.repeat(4000))
      }
    }
    expect(await readPlanFile(endless(), 'a.xml', { signal: stop.signal })).toMatchObject({
      error: { code: 'format.cancelled' },
    })
    expect(given).toBeLessThan(10)
  })

  test('evil names and numbers do no harm', async () => {
    const reading = await read(
      xml(
        `<__proto__><toString>1</toString></__proto__><constructor>x</constructor>
        <ExtendedAttributes><ExtendedAttribute><FieldID>188743731</FieldID><Alias>__proto__</Alias></ExtendedAttribute></ExtendedAttributes>
        <Calendars><Calendar><UID>1</UID><BaseCalendarUID>1</BaseCalendarUID></Calendar><Calendar><UID>1</UID></Calendar></Calendars>
        <Tasks><Task><UID>1e999</UID><OutlineLevel>4294967296</OutlineLevel><Duration>PT99999999999999999999H</Duration><ConstraintType>constructor</ConstraintType><__proto__>x</__proto__></Task>
        ${task('ok', '<OutlineLevel>-5</OutlineLevel><CalendarUID>77</CalendarUID><ExtendedAttribute><FieldID>188743731</FieldID><Value>v</Value></ExtendedAttribute>')}${task('same number')}</Tasks>`,
      ),
    )
    if (!reading.ok) throw new Error(reading.error.code)
    expect(reading.plans[0]?.tasks.map(t => t.name)).toEqual(['', 'ok'])
    expect(Object.entries(reading.plans[0]?.tasks[1]?.custom ?? {})).toEqual([['__proto__', 'v']])
    expect(Object.getPrototypeOf({})).toBe(Object.prototype)
    expect(reading.loss.map(l => l.path)).toEqual(
      expect.arrayContaining([
        'Calendar/UID',
        'Task/UID',
        'Task/ConstraintType',
        'Task/CalendarUID',
        'Project/__proto__/toString',
      ]),
    )
  })

  test('detection needs no more than the beginning', () => {
    expect(detectPlanFile(Buffer.from(xml('').slice(0, 120)), 'x')).toEqual({ readable: true, format: 'mspdi' })
    expect(detectPlanFile(Buffer.from('ERMHDR\t20.12'), 'x')).toEqual({ readable: true, format: 'xer' })
  })
})

describe('what is written names what it leaves behind', () => {
  test.each(['mspdi', 'xer'] as const)('%s: who is responsible', format => {
    const { loss } = writePlanFile(
      {
        name: 'p',
        mode: 'ms',
        options: { ...defaultOptions, calendar: '1' },
        calendars: [],
        tasks: [
          { id: '1', name: '开挖', kind: 'task', duration: 480, constraint: { type: 'asap' }, responsible: 'somebody' },
        ],
        links: [],
        resources: [],
        assignments: [],
      },
      format,
    )
    expect(loss).toContainEqual({ code: 'target', path: 'task/responsible', count: 1, example: '开挖' })
    expect(lossLabel('task/responsible')).toEqual({ zh: '任务负责人', en: 'Who is responsible for a task' })
  })

  test('every path that a writer names has words in both languages', async () => {
    const writers = ['plan-file/write', 'xer/write', 'xer/write-task', 'mspdi/write', 'mspdi/write-task']
    const sources = await Promise.all(writers.map(each => readFile(new URL(`../${each}.ts`, import.meta.url), 'utf8')))
    const paths = sources
      .join('\n')
      .matchAll(/'((?:assignment|calendar|link|options|resource|summary|task)\/[A-Za-z0-9 ]+)'/g)
    const found = [...new Set([...paths].map(([, path = '']) => path))]
    expect(found.length).toBeGreaterThan(25)
    expect(found.filter(path => !lossLabel(path))).toEqual([])
  })
})
