// A Microsoft Project file comes in as the plan its planner sees, with an account of what is left out.
import type { Plan } from '@yingzao/engines/schedule'
import { formatMinute } from '@yingzao/engines/schedule/civil'
import { describe, expect, test } from 'vitest'
import { type Loss, type PlanReading, readPlanFile, refusalMessage, writePlanFile } from '../plan-file/index.ts'
import { plainText } from './rtf.ts'
import { writeCompound } from './testing/compound.ts'
import { blankField, f64, flagsField, type MppParts, mppFile, stamp, u16, u32, weekData, wide } from './testing/file.ts'

const read = (parts: MppParts): Promise<PlanReading> => readPlanFile(mppFile(parts), 'plan.mpp')

async function planOf(parts: MppParts): Promise<{ plan: Plan; loss: Loss[] }> {
  const reading = await read(parts)
  const [plan] = reading.ok ? reading.plans : []
  if (!reading.ok || !plan) throw new Error(JSON.stringify(reading))
  return { plan, loss: reading.loss }
}

/** A task of one day on 2024-03-01, in row order. */
const task = (
  id: number,
  name: string,
  more: MppParts['task'] extends readonly (infer R)[] | undefined ? R : never = {},
) => ({
  ...{ 86: id, 23: id, 14: name, 249: 1, 1145: id, 29: 4800, 181: 7, 25: 500, 1279: true },
  ...{ 35: '2024-03-01T08:00', 36: '2024-03-01T17:00', 93: '2024-02-01T09:00' },
  ...more,
})
const standard = { 9: 1, 6: -1, 7: -1, 1: '标准', 8: weekData() }

describe('tasks', () => {
  test('rows stand in their order under their summaries, with dates, duration and progress', async () => {
    const { plan } = await planOf({
      calendar: [standard],
      task: [
        task(0, '某工程', { 249: 0 }),
        task(2, '基础', { 1145: 1 }),
        task(5, '垫层', { 249: 2, 1145: 3, 32: 40, 41: '2024-03-01T08:00', 0: 480_000 }),
        task(3, '开挖', { 249: 2, 1145: 2, 29: 9600, 181: 0x27 }),
        task(4, '完工', { 1145: 4, 29: 0, 24: true, 437: '2024-04-01T17:00' }),
      ],
    })
    expect(plan.tasks.map(t => [t.row, t.name, t.parent, t.kind, t.code])).toEqual([
      [0, '某工程', undefined, 'summary', '0'],
      [1, '基础', '0', 'summary', '1'],
      [2, '开挖', '2', 'task', '1.1'],
      [3, '垫层', '2', 'task', '1.2'],
      [4, '完工', '0', 'milestone', '2'],
    ])
    const [, , dig, pad, end] = plan.tasks
    expect([dig?.duration, dig?.durationUnit, dig?.estimated]).toEqual([960, 'd', true])
    expect([pad?.percentComplete, pad?.work, formatMinute(pad?.actualStart ?? 0)]).toEqual([
      40,
      480,
      '2024-03-01T08:00',
    ])
    expect(formatMinute(end?.deadline ?? 0)).toBe('2024-04-01T17:00')
    expect(formatMinute(dig?.stored?.finish ?? 0)).toBe('2024-03-01T17:00')
  })

  test('a constraint keeps its date, a manual task what was typed, an inactive one that it is', async () => {
    const { plan } = await planOf({
      calendar: [standard],
      task: [
        task(1, '不得早于', { 17: 4, 18: '2024-03-05T08:00' }),
        task(2, '手动', { 1280: true, 1283: '2024-03-04T08:00', 1284: '2024-03-06T17:00', 1288: 14_400, 1289: 7 }),
        task(3, '待定', { 1280: true, 1285: '春节后' }),
        task(4, '停用', { 1279: false }),
      ],
    })
    const [bound, manual, open, off] = plan.tasks
    expect([bound?.constraint.type, formatMinute(bound?.constraint.at ?? 0)]).toEqual([
      'start_no_earlier_than',
      '2024-03-05T08:00',
    ])
    expect([manual?.manual, formatMinute(manual?.manualStart ?? 0), manual?.manualDuration]).toEqual([
      true,
      '2024-03-04T08:00',
      1440,
    ])
    expect([open?.placeholder, open?.extra?.StartText]).toEqual([true, '春节后'])
    expect([bound?.inactive, off?.inactive]).toEqual([false, true])
  })

  test('blank rows keep their number and deleted tasks stay away', async () => {
    const { plan, loss } = await planOf({
      calendar: [standard],
      task: [
        task(1, '甲'),
        { 86: 7, [blankField]: 2 },
        task(2, '乙', { 23: 3 }),
        task(9, '删掉的', { [flagsField]: 2 }),
        task(9, '删掉的旧副本', { [flagsField]: 6 }),
      ],
    })
    expect(plan.tasks.map(t => [t.row, t.name])).toEqual([
      [1, '甲'],
      [3, '乙'],
    ])
    expect(loss).toContainEqual({ code: 'row', path: 'Task', count: 1, example: '2' })
  })

  test('baselines, notes, hyperlinks and custom fields under their own names come along', async () => {
    const alias = wide('班组')
    const fields = Buffer.concat([
      u32(16 + alias.length),
      u32(16 + alias.length),
      u32(1),
      u32(0x0b400033),
      u32(16),
      alias,
      u32(4),
      u32(0),
      u32(4),
      u32(0),
      u32(0),
      u32(0),
    ])
    const link = Buffer.concat([
      ...['图纸', 'https://example.org/a', '第 2 页'].flatMap(text => [Buffer.alloc(12), wide(text)]),
    ])
    const { plan } = await planOf({
      calendar: [standard],
      taskFields: fields,
      task: [
        task(1, '浇筑', {
          51: '混凝土一班',
          103: 2400,
          15: Buffer.from(
            "{\\rtf1\\ansi\\ansicpg936{\\fonttbl{\\f0\\fcharset134 SimSun;}}\\f0 \\'b1\\'b8\\'d7\\'a2\\par \\u37325?\\u35201?}",
          ),
          215: Buffer.concat([Buffer.alloc(12), link]),
          1299: '2024-02-26T08:00',
          1300: '2024-02-26T17:00',
          1301: 4800,
          1: 480_000,
        }),
      ],
    })
    const [t] = plan.tasks
    expect(t?.custom).toEqual({ 班组: '混凝土一班', Duration1: 'PT4H0M0S' })
    expect(plan.customFields?.map(f => [f.name, f.source, f.kind])).toEqual([
      ['班组', 'Text1', 'text'],
      ['Duration1', 'Duration1', 'duration'],
    ])
    expect(t?.notes).toBe('备注\n重要')
    expect([t?.extra?.Hyperlink, t?.extra?.HyperlinkAddress, t?.extra?.HyperlinkSubAddress]).toEqual([
      '图纸',
      'https://example.org/a',
      '第 2 页',
    ])
    expect(t?.baselines?.map(b => [b.number, formatMinute(b.start ?? 0), b.duration, b.work])).toEqual([
      [0, '2024-02-26T08:00', 480, 480],
    ])
  })
})

test('links keep type and lag; those that name no row, or lead from a summary into itself, are reported', async () => {
  const { plan, loss } = await planOf({
    calendar: [standard],
    task: [task(1, '分部'), task(2, '甲', { 249: 2 }), task(3, '乙', { 249: 2 }), task(4, '丙')],
    link: [
      { 0: 1, 2: 2, 5: 3, 7: 1, 9: 9600, 10: 7 },
      { 0: 2, 2: 2, 5: 4, 7: 3, 9: 50, 10: 19 },
      { 0: 3, 2: 3, 5: 4, 7: 0, 9: -14_400, 10: 8 },
      { 0: 4, 2: 8, 5: 4, 7: 1 },
      { 0: 5, 2: 1, 5: 2, 7: 1 },
      { 0: 6, 2: 2, 5: 3, 7: 1, [flagsField]: 1 },
    ],
  })
  expect(plan.links.map(l => [l.id, l.type, l.lag, l.lagUnit])).toEqual([
    ['2-3', 'FS', { kind: 'working', minutes: 960 }, 'd'],
    ['2-4', 'SS', { kind: 'percent', percent: 50 }, undefined],
    ['3-4', 'FF', { kind: 'elapsed', minutes: -1440 }, 'd'],
  ])
  expect(loss.map(l => [l.code, l.path, l.example])).toEqual([
    ['reference', 'PredecessorLink', '1-2'],
    ['reference', 'PredecessorLink/PredecessorUID', '8'],
  ])
})

describe('calendars', () => {
  const exception = (
    from: string,
    to: string,
    type: number,
    more: readonly [at: number, byte: number][],
    name = '',
  ): Buffer => {
    const bytes = Buffer.alloc(92)
    stamp(`${from}T00:00`).copy(bytes, 0, 2)
    stamp(`${to}T00:00`).copy(bytes, 2, 2)
    bytes.writeUInt16LE(type, 72)
    for (const [at, byte] of more) bytes[at] = byte
    const text = name === '' ? Buffer.alloc(0) : wide(name)
    bytes.writeUInt32LE(text.length, 88)
    return Buffer.concat([bytes, text, Buffer.alloc((4 - (text.length % 4)) % 4)])
  }

  test('holidays, recurring days off, other working weeks and a resource calendar on its base', async () => {
    const { plan } = await planOf({
      task: [task(1, '甲')],
      calendar: [
        {
          ...standard,
          8: weekData(
            u16(3),
            u16(0),
            exception('2024-05-01', '2024-05-03', 1, [], '劳动节'),
            exception(
              '2024-01-01',
              '2024-12-31',
              6,
              [
                [76, 0b0100000],
                [78, 2],
              ],
              '隔周五',
            ),
            exception(
              '2024-01-01',
              '2026-12-31',
              2,
              [
                [76, 9],
                [77, 1],
              ],
              '国庆',
            ),
            u32(0),
            weekData(),
            stamp('2024-06-01T00:00').subarray(2),
            stamp('2024-06-30T00:00').subarray(2),
            Buffer.alloc(8),
            u32(6),
            wide('夏时').subarray(0, 6),
            Buffer.alloc(2),
          ),
        },
        {
          9: 2,
          6: 1,
          7: 1,
          8: Buffer.concat(Array.from({ length: 7 }, () => Buffer.concat([u16(1), Buffer.alloc(58)]))),
        },
      ],
      resource: [{ 27: 1, 0: 1, 1: '钢筋班', 298: true, 4: 80_000, 6: 50 }],
    })
    const [base, own] = plan.calendars
    expect(base?.week[0]).toEqual([])
    expect(base?.week[1]).toEqual([
      { from: 480, to: 720 },
      { from: 780, to: 1020 },
    ])
    expect(base?.exceptions.map(e => [e.name, e.recurrence])).toEqual([
      ['隔周五', { kind: 'weekly', every: 2, days: [5] }],
      ['劳动节', undefined],
      ['国庆', { kind: 'yearly_day', every: 1, month: 10, day: 1 }],
    ])
    expect(base?.workWeeks.map(w => [w.name, w.toDay - w.fromDay])).toEqual([['夏时', 29]])
    expect([own?.parent, own?.name, own?.resourceOwned, own?.week[1]]).toEqual(['1', '钢筋班', true, undefined])
    expect(plan.resources[0]).toMatchObject({
      name: '钢筋班',
      kind: 'work',
      maxUnits: 8,
      calendar: '2',
      rates: [{ perHour: '50' }],
    })
  })
})

describe('work', () => {
  /** Work over time: a head, totals, then blocks of work in minutes over working minutes. */
  const planned = (...blocks: readonly [work: number, minutes: number][]): Uint8Array => {
    const parts: Uint8Array[] = [u16(blocks.length), Buffer.alloc(14), Buffer.alloc(28)]
    let work = 0
    let elapsed = 0
    for (const [w, minutes] of blocks) {
      work += w
      elapsed += minutes
      parts.push(f64(work * 1000), Buffer.alloc(16), u32(elapsed * 80))
    }
    return Buffer.concat(parts)
  }

  test('an assignment brings units, work and dates; a pause in its work splits the task', async () => {
    const { plan, loss } = await planOf({
      calendar: [standard],
      task: [task(1, '砌筑', { 29: 9600, 35: '2024-03-04T08:00', 36: '2024-03-07T17:00', 71: true })],
      resource: [
        { 27: 1, 0: 1, 1: '瓦工', 298: true },
        { 27: 2, 0: 2, 1: '砖', 299: '千块' },
        { 27: 3, 0: 3, 1: '差旅', 735: true },
      ],
      assignment: [
        {
          ...{ 0: 1, 1: 1, 2: 1, 7: 5000, 8: 480_000, 12: 480_000, 20: '2024-03-04T08:00', 21: '2024-03-07T17:00' },
          49: planned([240, 480], [0, 960], [240, 480]),
        },
        { 0: 2, 1: 1, 2: 65, 7: 10_000, 20: '2024-03-04T08:00', 49: planned() },
      ],
    })
    expect(plan.resources.map(r => [r.name, r.kind])).toEqual([
      ['瓦工', 'work'],
      ['砖', 'material'],
      ['差旅', 'cost'],
    ])
    expect(plan.assignments.map(a => [a.task, a.resource, a.units, a.work])).toEqual([['1', '1', 0.5, 480]])
    expect(plan.tasks[0]?.segments?.map(s => [formatMinute(s.start), formatMinute(s.finish)])).toEqual([
      ['2024-03-04T08:00', '2024-03-04T17:00'],
      ['2024-03-07T08:00', '2024-03-07T17:00'],
    ])
    expect(loss).toContainEqual({ code: 'field', path: 'Task/Marked', count: 1 })
  })

  test('values that no name is known for are reported under their number', async () => {
    const { loss } = await planOf({ calendar: [standard], task: [task(1, '甲', { 1407: '进行中', 203: u32(1) })] })
    expect(loss.map(l => [l.code, l.path])).toEqual([
      ['structure', 'Task/Recurring'],
      ['field', 'Task/Board'],
    ])
  })
})

test('settings of the project are read; the plan can be written as Project XML', async () => {
  const { plan } = await planOf({
    calendar: [standard, { ...standard, 9: 2, 1: '六天制' }],
    task: [task(1, '甲')],
    props: {
      37748738: stamp('2024-03-01T08:00'),
      37748740: u16(1),
      37748744: wide('某工程'),
      37748748: wide('计划员'),
      37748750: wide('六天制'),
      37748756: u32(2),
      37748765: u32(450),
      37748805: stamp('2024-03-15T17:00'),
      37753787: wide('CNY'),
    },
  })
  expect([plan.name, plan.author, plan.options.calendar, plan.options.currency]).toEqual([
    '某工程',
    '计划员',
    '2',
    'CNY',
  ])
  expect([plan.options.minutesPerDay, plan.options.criticalSlackLimit]).toEqual([450, 900])
  expect([formatMinute(plan.options.start), formatMinute(plan.options.statusDate ?? 0)]).toEqual([
    '2024-03-01T08:00',
    '2024-03-15T17:00',
  ])
  const again = await readPlanFile(writePlanFile(plan, 'mspdi').bytes, 'plan.xml')
  expect(again.ok && again.plans[0]?.tasks.map(t => [t.name, t.duration])).toEqual([['甲', 480]])
})

describe('what cannot be read is refused with the way out', () => {
  const codeOf = async (bytes: Uint8Array, name = 'plan.mpp'): Promise<string> => {
    const reading = await readPlanFile(bytes, name)
    if (reading.ok) return 'read'
    const { zh, en } = refusalMessage(reading.error)
    expect(zh + en).not.toContain(reading.error.code)
    return reading.error.code
  }

  test('a password to open is recognised; one to write only does not keep anyone out', async () => {
    const locked = (flag: number) =>
      mppFile({ calendar: [standard], fileProps: { 893386752: Buffer.from([flag]), 893386756: Buffer.alloc(64, 7) } })
    expect([await codeOf(locked(1)), await codeOf(locked(3)), await codeOf(locked(2))]).toEqual([
      'mpp.password',
      'mpp.password',
      'read',
    ])
  })

  test('Project 98, other programs and half a file', async () => {
    const old = writeCompound({ '   1': { Props: u32(0) } })
    const reading = await readPlanFile(old, 'old.mpp')
    expect(reading.ok || reading.error).toEqual({ code: 'mpp.version', values: { version: '98' } })
    expect(await codeOf(writeCompound({ WordDocument: u32(0) }), 'a.doc')).toBe('plan_file.ole')
    expect(await codeOf(writeCompound({ Contents: u32(0) }), 'a.bin')).toBe('plan_file.ole')
    const whole = mppFile({ calendar: [standard], task: [task(1, '甲')] })
    expect(await codeOf(whole.subarray(0, whole.length / 2))).toBe('mpp.broken')
    expect(await codeOf(whole.subarray(0, 600))).toBe('mpp.broken')
  })

  test('more tasks than allowed are refused', async () => {
    const bytes = mppFile({ calendar: [standard], task: [1, 2, 3].map(id => task(id, '甲')) })
    const reading = await readPlanFile(bytes, 'plan.mpp', { limits: { tasks: 2 } })
    expect(reading.ok || reading.error).toEqual({ code: 'format.too_many', values: { what: 'tasks', limit: 2 } })
  })
})

describe('notes', () => {
  test.each([
    ['plain words', 'plain words'],
    ['{\\rtf1\\ansi Hello\\par World\\tab !}', 'Hello\nWorld\t!'],
    ["{\\rtf1\\ansi\\ansicpg1252 caf\\'e9 \\u8364?}", 'café €'],
    ['{\\rtf1{\\*\\generator x;}{\\colortbl;\\red0;}{\\info{\\title t}}a\\{b\\}\\~c}', 'a{b}\u00a0c'],
    ['{\\rtf1\\uc2\\u26045?? \\bin3 abc end', '施  end'],
  ])('%s', (rtf, text) => {
    expect(plainText(rtf)).toBe(text)
  })

  test('groups without end are given up', () => {
    expect(plainText(`{\\rtf1 a${'{'.repeat(50_000)}deep`)).toBe('a')
  })
})
