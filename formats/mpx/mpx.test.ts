// MPX of Project 4 to 98: the same plan in any language, with any separators and code page; broken files are refused.
import { compute, formatMinute } from '@yingzao/engines/schedule'
import type { Plan } from '@yingzao/engines/schedule/plan'
import fc from 'fast-check'
import iconv from 'iconv-lite'
import { describe, expect, test } from 'vitest'
import { type PlanReading, type PlanReadOptions, readPlanFile, writePlanFile } from '../plan-file/index.ts'
import { fieldsOf } from './table.ts'

const calendar = [
  '20,Standard,0,1,1,1,1,1,0',
  '25,1',
  ...[2, 3, 4, 5, 6].map(day => `25,${day},08:00,12:00,13:00,17:00`),
  '25,7',
]
const head = [
  'MPX,Microsoft Project for Windows,4.0,ANSI',
  '10,$,1,2,",",.',
  '11,2,0,1,8.00,40.00,$10.00/h,$15.00/h,1,0',
  '12,1,1,480,/,:,,,0,1',
  ...calendar,
  `30,Metro,Line 3,Lee,Standard,01/03/24 08:00,,0${','.repeat(20)}Subject,Author,`,
]
const columns = '61,98,90,1,3,40,70,91,68,50,51,44,58,95,20,4,110,46,80,81,92'
const english = [
  ...head,
  '60,Unique ID,ID,Name,Outline Level,Duration,Predecessors,Constraint Type,Constraint Date,Start,Finish,% Complete,Actual Start,Priority,Work,Text1,Flag1,Duration1,Fixed,Milestone,Delay',
  columns,
  '70,11,1,Works,1,5d,,As Soon As Possible,,01/03/24 08:00,,0%,NA,Medium,0h,,No,0d,No,No,0ed',
  '70,12,2,"Dig, ""deep""",2,2d,,Start No Earlier Than,04/03/24 08:00,04/03/24 08:00,05/03/24 17:00,50%,04/03/24 08:00,High,16h,crew A,Yes,1w,Yes,No,0ed',
  '71,first line\x7fsecond line',
  '70,13,3,Build,2,1.5w?,"2FS+1d,1SS",As Soon As Possible,,07/03/24 08:00,,0%,NA,Do Not Level,"1,000h",,No,0d,No,No,2ed',
  '70,14,4,Done,2,0d,3FF-50%,As Late As Possible,,,,0%,NA,Lowest,0h,,No,0d,No,Yes,0ed',
]
const withResources = [
  ...english.slice(0, head.length),
  '40,ID,Unique ID,Name,Initials,Max Units,Standard Rate,Overtime Rate,Cost Per Use,Accrue At,Group',
  '41,40,49,1,2,41,42,43,44,45,3',
  '50,1,21,Electrician,E,2,$80.00/d,$20.00/h,$30.00,Prorated,Site',
  '51,on call',
  '55,Standard,2,2,2,2,2,2,1',
  '56,7,08:00,12:00',
  '57,04/03/24,05/03/24,0',
  '57,09/03/24,,1,08:00,10:00',
  ...english.slice(head.length, head.length + 4),
  '75,1,0.5,8h,4h,2h,0h,$80.00,$40.00,$20.00,04/03/24 08:00,05/03/24 17:00,0d,21',
  '76,,0,0,NA,NA',
  ...english.slice(head.length + 4),
]

const text = (lines: readonly string[]): string => `${lines.join('\r\n')}\r\n`
const read = (bytes: string | Uint8Array, options: PlanReadOptions = {}): Promise<PlanReading> =>
  readPlanFile(typeof bytes === 'string' ? Buffer.from(bytes) : bytes, 'plan.mpx', options)
async function readingOf(bytes: string | Uint8Array): Promise<Extract<PlanReading, { ok: true }>> {
  const reading = await read(bytes)
  if (!reading.ok) throw new Error(reading.error.code)
  return reading
}
async function planOf(bytes: string | Uint8Array): Promise<Plan> {
  const { plans } = await readingOf(bytes)
  if (!plans[0]) throw new Error('no plan')
  return plans[0]
}

describe('a file of Microsoft Project 98', () => {
  test('tasks, outline, durations, constraints, progress and links', async () => {
    const plan = await planOf(text(english))
    expect(plan).toMatchObject({ name: 'Metro', company: 'Line 3', author: 'Author', mode: 'ms' })
    expect(plan.options).toMatchObject({ minutesPerDay: 480, minutesPerWeek: 2400, splitsInProgressTasks: false })
    expect(plan.tasks.map(t => [t.uid, t.row, t.name, t.kind, t.parent, t.duration])).toEqual([
      [11, 1, 'Works', 'summary', undefined, 2400],
      [12, 2, 'Dig, "deep"', 'task', '11', 960],
      [13, 3, 'Build', 'task', '11', 3600],
      [14, 4, 'Done', 'milestone', '11', 0],
    ])
    expect(plan.tasks[1]).toMatchObject({
      ...{ percentComplete: 50, priority: 600, effort: 'fixed_duration', notes: 'first line\nsecond line', work: 960 },
      ...{
        constraint: { type: 'start_no_earlier_than' },
        custom: { Text1: 'crew A', Flag1: true, Duration1: 'PT40H0M0S' },
      },
    })
    expect(plan.tasks[2]).toMatchObject({
      estimated: true,
      durationUnit: 'w',
      priority: 1000,
      work: 60000,
      levelingDelay: 2880,
    })
    expect(plan.tasks[3]?.constraint).toEqual({ type: 'alap' })
    expect(plan.links.map(l => [l.from, l.to, l.type, l.lag])).toEqual([
      ['12', '13', 'FS', { kind: 'working', minutes: 480 }],
      ['11', '13', 'SS', { kind: 'working', minutes: 0 }],
      ['13', '14', 'FF', { kind: 'percent', percent: -50 }],
    ])
  })

  test('it computes by Microsoft’s rules', async () => {
    const plan = await planOf(text(english.filter(line => !line.startsWith('70,13') && !line.startsWith('70,14'))))
    const outcome = compute(plan)
    if (!outcome.ok) throw new Error(outcome.error.code)
    expect(formatMinute(outcome.schedule.tasks[1]?.finish ?? 0)).toBe('2024-03-05T17:00')
  })

  test('resources with rates and their own calendars, assignments and notes', async () => {
    const plan = await planOf(text(withResources))
    expect(plan.resources[0]).toMatchObject({
      ...{ name: 'Electrician', maxUnits: 2, group: 'Site', notes: 'on call', calendar: '2' },
      rates: [{ perHour: '10', overtimePerHour: '20', perUse: '30' }],
    })
    expect(plan.calendars[1]).toMatchObject({ name: 'Electrician', parent: '1', resourceOwned: true })
    expect(plan.calendars[1]?.week[6]).toEqual([{ from: 480, to: 720 }])
    expect(plan.calendars[1]?.week[1]).toBeUndefined()
    expect(plan.calendars[1]?.exceptions.map(e => [e.toDay - e.fromDay, e.shifts])).toEqual([
      [1, []],
      [0, [{ from: 480, to: 600 }]],
    ])
    expect(plan.assignments).toMatchObject([
      {
        task: '12',
        resource: '21',
        units: 0.5,
        work: 480,
        actualWork: 120,
        cost: '80',
        baselines: [{ number: 0, work: 240, cost: '40' }],
      },
    ])
  })

  test('successors and unique numbers say the same links', async () => {
    const plan = await planOf(
      text([
        ...head,
        '61,98,90,1,40,71,75,74',
        '70,11,1,A,1d,2FS+1d,,',
        '70,12,2,B,1d,,13SS,11FS+1d',
        '70,13,3,C,1d,,,',
        '70,13,9,D,1d,,,',
      ]),
    )
    expect(plan.links.map(l => [l.from, l.to, l.type])).toEqual([
      ['11', '12', 'FS'],
      ['12', '13', 'SS'],
    ])
    expect(plan.tasks).toHaveLength(4)
  })

  test('without numbers the English headings say what the columns are', async () => {
    const plan = await planOf(text(english.filter(line => !line.startsWith('61,'))))
    expect(plan.tasks.map(t => t.duration)).toEqual([2400, 960, 3600, 0])
  })

  test('what has no place is named; dates without a time take the usual day', async () => {
    const { loss, plans } = await readingOf(
      text([
        ...english,
        '70',
        '72,1,01/03/24,01/06/24,480,0,2,8,0,1,0,0000000',
        '75,9,1,8h',
        '80,other',
        '70,15,5,E,1,1d,77FS,Whenever,,01/03/24,01/03/24,5.5%',
      ]),
    )
    expect(loss.map(l => `${l.code} ${l.path}`)).toEqual([
      'row Task',
      'structure Task (recurring)',
      'structure Project (names)',
      'value Task/ConstraintType',
      'rounded Date format (12)',
      'rounded Task/PercentComplete',
      'reference Task/Predecessors',
      'reference Assignment/ResourceUID',
    ])
    expect(formatMinute(plans[0]?.tasks[4]?.stored?.finish ?? 0)).toBe('2024-03-01T17:00')
  })

  test('as Microsoft Project XML it is the same plan', async () => {
    const plan = await planOf(text(withResources))
    const { bytes } = writePlanFile(plan, 'mspdi')
    const back = await readPlanFile(bytes, 'plan.xml')
    expect(back.ok && back.plans[0]?.tasks).toMatchObject(plan.tasks)
    expect(back.ok && back.plans[0]?.links).toEqual(plan.links)
    expect(back.ok && back.plans[0]?.assignments).toMatchObject(plan.assignments)
  })
})

describe('languages, separators and code pages', () => {
  const settings = (delimiter: string, order: number, separator: string, decimal: string): string[] =>
    [
      'MPX,Microsoft Project for Windows,4.0,ANSI',
      `10,€,1,2,${decimal === ',' ? '.' : ' '},"${decimal}"`,
      '11,2,0,1,8,40,0,0,1,1',
      `12,${order},1,480,${separator},:,,,0,1`,
      ...calendar,
    ].map(line =>
      fieldsOf(line, ',')
        .map(f => (f.includes(delimiter) ? `"${f}"` : f))
        .join(delimiter),
    )
  const languages: readonly (readonly [string, string, string, string[], string])[] = [
    ['German', ';', '.', ['Ja', '1,5t', '1EA+2ft', 'Muß anfangen am', 'Nicht abgleichen', 'NV'], '4.3.24'],
    ['French', ';', '/', ['Oui', '1,5j', '1FD+2je', 'Doit commencer le', 'Ne pas niveler', 'NC'], '4/3/24'],
    ['Spanish', ';', '/', ['Sí', '1,5d', '1FC+2ed', 'Debe comenzar el', 'No redistribuir', 'NOD'], '4/3/24'],
    ['Italian', ';', '/', ['Sì', '1,5g', '1FI+2eg', 'Deve iniziare il', 'Non livellare', ''], '4/3/24'],
    ['Portuguese', ';', '-', ['Sim', '1,5d', '1TI+2ed', 'Deve iniciar em', 'Não redistribuir', 'ND'], '4-3-24'],
    ['Swedish', ';', '-', ['Ja', '1,5d', '1AB+2fd', 'Måste börja', 'Utjämna inte', ''], '24-3-4'],
    ['Russian', ';', '.', ['Да', '1,5д', '1ОН+2пд', 'Фиксированное начало', 'Не выравнивать', 'НД'], '4.3.24'],
    ['Chinese', ',', '/', ['是', '1.5工作日', '1FS+2ed', '必须开始于', '不调配', ''], '24/3/4'],
  ]
  test.each(languages)('%s', async (name, delimiter, separator, words, date) => {
    const [yes = '', duration = '', link = '', constraint = '', priority = '', none = ''] = words
    const order = name === 'Swedish' || name === 'Chinese' ? 2 : 1
    const rows = [
      ['61', '90', '1', '40', '70', '91', '68', '95', '110', '58'],
      ['70', '1', '甲', duration, '', '', '', '', '', none],
      ['70', '2', '乙', duration, link, constraint, `${date} 08:00`, priority, yes, none],
    ].map(row => row.join(delimiter))
    const { plans, loss } = await readingOf(
      text([...settings(delimiter, order, separator, delimiter === ';' ? ',' : '.'), ...rows]),
    )
    expect(loss.filter(l => l.path !== 'Project/StartDate')).toEqual(
      none === 'NOD' ? [expect.objectContaining({ path: 'Task/ActualStart' })] : [],
    )
    const [plan] = plans
    expect(plan?.tasks[1]).toMatchObject({
      ...{ duration: 720, constraint: { type: 'must_start_on' }, priority: 1000, custom: { Flag1: true } },
    })
    expect(formatMinute(plan?.tasks[1]?.constraint.at ?? 0)).toBe('2024-03-04T08:00')
    expect(plan?.links).toMatchObject([{ from: '1', to: '2', type: 'FS', lag: { kind: 'elapsed', minutes: 2880 } }])
  })

  test.each([
    ['0', '3/4/24 9:30 PM', '2024-03-04T21:30'],
    ['1', 'Mon 04/03/1998', '1998-03-04T08:00'],
    ['2', '24/03/04 12:00 AM', '2024-03-04T00:00'],
    ['1', '4 March 2024 09:30', '2024-03-04T09:30'],
    ['0', "Mar 4, '84", '1984-03-04T08:00'],
    ['1', '04/03/83', '2083-03-04T08:00'],
  ])('date order %s reads %s', async (order, written, expected) => {
    const plan = await planOf(
      text([head[0] ?? '', `12,${order},0,480,/,:,AM,PM,0,1`, ...calendar, '61,90,1,40,58', `70,1,A,1d,"${written}"`]),
    )
    expect(formatMinute(plan.tasks[0]?.actualStart ?? 0)).toBe(expected)
  })

  const page = (label: string): string =>
    text([
      `MPX,x,4.0,${label}`,
      ...calendar,
      '61,90,1,40',
      ...['Überprüfung', 'Señal', 'Größe', 'façade'].map((n, i) => `70,${i + 1},${n},1d`),
    ])
  test.each([
    ['850', 'cp850'],
    ['437', 'cp437'],
    ['MAC', 'macintosh'],
    ['ANSI', 'windows-1252'],
    ['ANSI', 'utf8'],
  ])('code page %s as %s', async (label, encoding) => {
    const plan = await planOf(iconv.encode(page(label), encoding))
    expect(plan.tasks.map(t => t.name)).toEqual(['Überprüfung', 'Señal', 'Größe', 'façade'])
  })

  test.each([
    ['Chinese', 'gb18030', '深圳地铁三号线主体结构施工进度计划'],
    ['Korean', 'euc-kr', '요구 사항 수집 및 제품 기획 착수 회의'],
    ['Japanese', 'shift_jis', 'プロジェクトの進捗状況を確認する会議'],
    ['Russian', 'windows-1251', 'Устройство монолитных фундаментов здания'],
  ])('%s text of an ANSI file is recognised', async (_, encoding, name) => {
    const lines = text([head[0] ?? '', ...calendar, '61,90,1,40', `70,1,${name},1d`])
    expect((await planOf(iconv.encode(lines, encoding))).tasks[0]?.name).toBe(name)
  })
})

describe('what is no plan ends in a clear error', () => {
  test.each([
    ['no tasks', 'MPX,x,4.0,ANSI\r\n20,Standard\r\n', {}, 'mpx.no_task'],
    ['too many records', text(english), { limits: { records: 5 } }, 'format.too_many'],
    ['too many tasks', text(english), { limits: { tasks: 2 } }, 'format.too_many'],
    ['too many fields', text([...head, `70${',x'.repeat(600)}`]), {}, 'format.too_many'],
    [
      'a huge field',
      text([...head, `70,${'x'.repeat(2000)}`]),
      { limits: { fieldLength: 1000 } },
      'format.field_too_long',
    ],
    [
      'a quote that never ends',
      text([...head, `70,"${'x'.repeat(2000)}`]),
      { limits: { fieldLength: 1000 } },
      'format.field_too_long',
    ],
    [
      'too many links',
      text([...head, '61,90,1,70', `70,1,A,"${'2,'.repeat(50)}"`]),
      { limits: { records: 40 } },
      'format.too_many',
    ],
  ])('%s', async (_, content, options, code) => {
    const reading = await read(content, options)
    expect(reading.ok ? 'read' : reading.error.code).toBe(code)
  })

  test('records that contradict each other lose nothing that they agree on', async () => {
    const { plans, loss } = await readingOf(
      text([
        'MPX,x,4.0,ANSI',
        '25,2,08:00,12:00',
        '51,note of nobody',
        '55,Nothing',
        '75,1',
        '60,ID,Name',
        '61,90,1,40,999',
        '61,1',
        '70,1,A,1d,x',
        '99,?',
      ]),
    )
    expect(plans[0]?.tasks.map(t => t.name)).toEqual(['A'])
    expect(loss.map(l => l.path)).toEqual([
      ...[
        'Record 61',
        'Record 60',
        'Calendar (25)',
        'Notes (51)',
        'Calendar (55)',
        'Assignment (75)',
        'Task/999',
        'Record 99',
      ],
      'Project/StartDate',
    ])
  })

  test('any damaged file is read or refused, never a crash', async () => {
    const bytes = Buffer.from(text(withResources))
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.constantFrom(0, 10, 0x22, 0x2c, 0x2d, 0x39, 0x3b, 0x25, 0xff)), {
          minLength: 1,
          maxLength: 8,
        }),
        fc.nat(bytes.length),
        async (flips, length) => {
          const damaged = Buffer.from(bytes)
          for (const [at, value] of flips) damaged[at] = value
          const reading = await read(length % 3 === 0 ? damaged.subarray(0, length) : damaged)
          expect(reading.ok || reading.error.code.length > 0).toBe(true)
        },
      ),
      { numRuns: 200 },
    )
  })
})
