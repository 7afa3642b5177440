// Plans kept in spreadsheets: the layouts that people really use, what cannot be understood, and a round trip.
import { PassThrough } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { compute, formatMinute, type Plan, parseDay, type Task } from '@yingzao/engines/schedule'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { lossLog } from '../loss.ts'
import { type Choices, readChoices, readPlanTable } from './index.ts'
import { levelsOf } from './outline.ts'
import { guessWeek, workingDays } from './week.ts'
import { writePlanTable } from './write.ts'

const today = (parseDay('2026-03-01') ?? 0) * 1440
async function read(text: string, choices: Choices = {}) {
  const reading = await readPlanTable(Buffer.from(text), choices, { today })
  if (!reading.ok) throw new Error(reading.error.code)
  return reading
}
function datesOf(plan: Plan) {
  const outcome = compute(plan)
  if (!outcome.ok) throw new Error(outcome.error.code)
  return plan.tasks.map((task, at) => {
    const { start, finish } = outcome.schedule.tasks[at] ?? { start: 0, finish: 0 }
    return [task.name, formatMinute(start).slice(0, 10), formatMinute(finish).slice(0, 10)]
  })
}

describe('layouts', () => {
  test('a contractor’s sheet: title above, Chinese numbering, calendar days, dates and predecessors', async () => {
    const { plan, face, loss } = await read(
      [
        '云溪路站施工进度计划表,,,,,',
        '编制单位：项目部,,,,,',
        '序号,工作内容,工期（天）,开始时间,完成时间,前置任务,责任人',
        '一,土方工程,,,,,',
        '1,土方开挖,10,2026-03-02,2026-03-11,,张三',
        '2,垫层,3天,2026/3/12,2026/3/14,1,',
        '二,主体结构,,,,,',
        '3,底板,14,2026.3.15,2026年3月28日,2FS,李四',
        '4,底板完成,0,,,3,',
      ].join('\n'),
    )
    // Ten days from the 2nd to the 11th: every day of the week is worked.
    expect(face).toMatchObject({ week: 7, sheets: [] })
    expect(face.columns.map(({ header, key }) => [header, key])).toEqual([
      ['序号', 'row'],
      ['工作内容', 'name'],
      ['工期（天）', 'duration'],
      ['开始时间', 'start'],
      ['完成时间', 'finish'],
      ['前置任务', 'predecessors'],
      ['责任人', null],
    ])
    expect(plan.tasks.map(({ name, kind, parent }) => [name, kind, parent])).toEqual([
      ['土方工程', 'summary', undefined],
      ['土方开挖', 'task', '1'],
      ['垫层', 'task', '1'],
      ['主体结构', 'summary', undefined],
      ['底板', 'task', '4'],
      ['底板完成', 'milestone', '4'],
    ])
    expect(plan.tasks[1]?.custom).toEqual({ 责任人: '张三' })
    expect(datesOf(plan)).toEqual([
      ['土方工程', '2026-03-02', '2026-03-14'],
      ['土方开挖', '2026-03-02', '2026-03-11'],
      ['垫层', '2026-03-12', '2026-03-14'],
      ['主体结构', '2026-03-15', '2026-03-28'],
      ['底板', '2026-03-15', '2026-03-28'],
      ['底板完成', '2026-03-28', '2026-03-28'],
    ])
    expect(loss).toEqual([])
  })

  test('an English sheet: dotted WBS, working days, links with lags, progress in percent, crews', async () => {
    const { plan, face } = await read(
      [
        'WBS,Task name,Duration,Start,Finish,Predecessors,% complete,Resources,Fixed cost',
        '1,Station,,,,,,,',
        '1.1,Excavation,5d,2026-03-02,2026-03-06,,40%,"Crew A,Crane[50%]","12,000.50"',
        '1.2,Slab,2w,2026-03-10,2026-03-23,1.1FS+1d,,Crew B,',
        '1.3,Walls,10,2026-03-12,2026-03-25,1.2SS+2d,,Crew B,',
      ].join('\n'),
    )
    expect(face.week).toBe(5)
    expect(datesOf(plan).slice(1)).toEqual([
      ['Excavation', '2026-03-02', '2026-03-06'],
      ['Slab', '2026-03-10', '2026-03-23'],
      ['Walls', '2026-03-12', '2026-03-25'],
    ])
    expect(plan.tasks[1]).toMatchObject({ percentComplete: 40, fixedCost: '12000.50', code: '1.1' })
    expect(plan.resources.map(each => each.name)).toEqual(['Crew A', 'Crane', 'Crew B'])
    expect(plan.assignments.map(each => each.units)).toEqual([1, 0.5, 1, 1])
  })

  test('a column is what a person says it is, and the week too', async () => {
    const text = 'Was,Wie lange,Ab\nBaugrube,6,2026-03-02\n'
    const silent = await read(text)
    expect(silent.plan.tasks).toEqual([])
    expect(silent.face.columns.map(each => each.header)).toEqual(['Was', 'Wie lange', 'Ab'])
    const columns = { Was: 'name', 'Wie lange': 'duration', Ab: 'start' } as const
    const { plan } = await read(text, { columns, week: 6 })
    expect(datesOf(plan)).toEqual([['Baugrube', '2026-03-02', '2026-03-07']])
    expect(readChoices({ columns: { Was: 'name', x: 'nonsense', y: null }, week: 9, sheet: 3 })).toEqual({
      columns: { Was: 'name', y: null },
    })
  })
})

test('levels are said, dotted, numbered the Chinese way, or indented', () => {
  const rows = (cells: string[], as: 'level' | 'code' | 'row' | 'name') =>
    cells.map(cell => ({ level: '', code: '', row: '', name: 'x', [as]: cell }))
  expect(levelsOf(rows(['1', '2', '3', '2', '1'], 'level'))).toEqual([0, 1, 2, 1, 0])
  expect(levelsOf(rows(['A', 'A.1', 'A.1.1', 'B'], 'code'))).toEqual([0, 1, 2, 0])
  expect(levelsOf(rows(['一', '（一）', '1', '2', '（二）', '二'], 'row'))).toEqual([0, 1, 2, 2, 1, 0])
  expect(levelsOf(rows(['主体', '  一层', '    柱', '  二层', '装修'], 'name'))).toEqual([0, 1, 2, 1, 0])
  expect(levelsOf(rows(['1', '2', '3'], 'row'))).toEqual([0, 0, 0])
  // A level that is jumped over is no level.
  expect(levelsOf(rows(['1', '4', '2'], 'level'))).toEqual([0, 1, 1])
})

test('the working week is the one in which dates and durations agree', () => {
  const day = (text: string) => parseDay(text) ?? 0
  const row = (from: string, to: string, days?: number) => ({ from: day(from), to: day(to), days })
  expect(guessWeek([row('2026-03-02', '2026-03-13', 10)])).toBe(5)
  expect(guessWeek([row('2026-03-02', '2026-03-14', 12)])).toBe(6)
  expect(guessWeek([row('2026-03-02', '2026-03-13', 12)])).toBe(7)
  expect(guessWeek([row('2026-03-02', '2026-03-07')])).toBe(6)
  expect(guessWeek([])).toBe(5)
  expect(workingDays(day('2026-03-01'), day('2026-03-31'), 5)).toBe(22)
})

test('what is not understood is told by column and value, and loses only itself', async () => {
  const { plan, loss } = await read(
    [
      '任务名称,工期,开始时间,前置任务,完成百分比,固定成本',
      '开挖,很久,下周一,9,abc,很贵',
      ',3,,,,',
      '垫层,2,2026-03-05,"1,77",,',
    ].join('\n'),
  )
  expect(plan.tasks.map(each => each.name)).toEqual(['开挖', '垫层'])
  expect(plan.links.map(({ from, to }) => [from, to])).toEqual([['1', '2']])
  expect(loss.map(({ code, path, example }) => `${code} ${path} ${example}`)).toEqual([
    'value 工期 很久',
    'value 开始时间 下周一',
    'row 任务名称 3',
    'value 固定成本 很贵',
    'value 完成百分比 abc',
    'reference 前置任务 开挖: 9',
  ])
})

test('files that are none end in an error, whatever is in them', async () => {
  const codeOf = async (bytes: Buffer) => {
    const reading = await readPlanTable(bytes, {}, { today })
    return reading.ok ? 'ok' : reading.error.code
  }
  expect(await codeOf(Buffer.from(''))).toBe('plan_table.empty')
  expect(await codeOf(Buffer.from('\n\n'))).toBe('plan_table.empty')
  expect(await codeOf(Buffer.from('%PDF-1.7'))).toBe('table.unknown')
  expect(await codeOf(Buffer.from('PK\u0003\u0004broken'))).toMatch(/^(xlsx|zip)\./)
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(fc.string({ unit: 'grapheme', maxLength: 12 }), { maxLength: 8 }), { maxLength: 12 }),
      async rows => {
        const text = [
          '任务名称,工期,开始时间,完成时间,前置任务,完成百分比,层级,资源',
          ...rows.map(row => row.join(',')),
        ].join('\n')
        const reading = await readPlanTable(Buffer.from(text), {}, { today })
        if (reading.ok) compute(reading.plan)
      },
    ),
    { numRuns: 300 },
  )
})

test('a plan written as a sheet reads back with the same tasks, links and dates', async () => {
  const days = fc.integer({ min: 0, max: 15 })
  const drawn = fc.array(
    fc.record({ days, after: fc.option(fc.nat(20)), lag: fc.integer({ min: -2, max: 3 }), inside: fc.boolean() }),
    {
      minLength: 1,
      maxLength: 14,
    },
  )
  await fc.assert(
    fc.asyncProperty(drawn, fc.constantFrom(5, 6, 7), fc.constantFrom('zh', 'en'), async (rows, week, lang) => {
      const { plan } = await read('任务名称,工期\n开挖,1', { week: week === 5 ? 5 : week === 6 ? 6 : 7 })
      const own = rows.map(
        ({ days, inside }, at): Task => ({
          ...{ id: `t${at}`, name: `任务 ${at}`, constraint: { type: 'asap' } },
          ...(inside && at > 0 ? { parent: 's' } : {}),
          ...(days === 0 ? { kind: 'milestone', duration: 0 } : { kind: 'task', duration: days * 480 }),
        }),
      )
      const outer: Task = { id: 's', name: '分部', kind: 'summary', duration: 0, constraint: { type: 'asap' } }
      const tasks = [...own.filter(each => !each.parent), outer, ...own.filter(each => each.parent)]
      if (!own.some(each => each.parent)) tasks.splice(tasks.indexOf(outer), 1)
      const links = rows.flatMap(({ after, lag }, at) =>
        after !== null && after < at
          ? [
              {
                id: `l${at}`,
                from: `t${after}`,
                to: `t${at}`,
                type: 'FS',
                lag: { kind: 'working', minutes: lag * 480 },
              } as const,
            ]
          : [],
      )
      const whole: Plan = { ...plan, tasks, links }
      const outcome = compute(whole)
      if (!outcome.ok) throw new Error(outcome.error.code)
      const stream = new PassThrough()
      const [bytes] = await Promise.all([
        buffer(stream),
        writePlanTable(stream, whole, outcome.schedule, lang, lossLog()),
      ])
      const again = await readPlanTable(bytes, { week: week === 5 ? 5 : week === 6 ? 6 : 7 }, { today })
      if (!again.ok) throw new Error(again.error.code)
      expect(again.loss).toEqual([])
      expect(again.plan.tasks.map(({ name, kind, duration }) => [name, kind, duration])).toEqual(
        tasks.map(({ name, kind, duration }) => [name, kind, duration]),
      )
      expect(again.plan.links).toHaveLength(links.length)
      expect(datesOf(again.plan)).toEqual(datesOf(whole))
    }),
    { numRuns: 25 },
  )
})
