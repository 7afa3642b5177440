// What a planner types, pastes or drags becomes the right edits.
import { compute } from '@yingzao/engines/schedule'
import { dayNumber } from '@yingzao/engines/schedule/civil'
import { datesOf } from '@yingzao/engines/schedule/date-table'
import { applyEdits } from '@yingzao/engines/schedule/edit'
import { defaultOptions, type Plan, type Task } from '@yingzao/engines/schedule/plan'
import { describe, expect, test } from 'vitest'
import { cellEdits, editOf, editorText } from './cell-edit.ts'
import { copyRows, parseTable, readPaste } from './clipboard.ts'
import { type ColumnId, calendarNames, type Sheet } from './column.ts'
import { chainEdits, progressPatch } from './intent.ts'
import { outlineOf, rowsOf } from './outline.ts'
import { pasteEdits } from './paste.ts'
import { texts } from './texts.ts'
import { NEW_ROW } from './ui-state.ts'

const monday = dayNumber(2026, 11, 2) * 1440
const shifts = [
  { from: 480, to: 720 },
  { from: 780, to: 1020 },
]
const task = (id: string, more: Partial<Task> = {}): Task => ({
  id,
  name: id,
  kind: 'task',
  duration: 960,
  constraint: { type: 'asap' },
  ...more,
})
const plan: Plan = {
  name: 'P',
  mode: 'ms',
  options: { ...defaultOptions, calendar: 'c', start: monday + 480 },
  calendars: [
    { id: 'c', name: '标准', week: [[], shifts, shifts, shifts, shifts, shifts, []], workWeeks: [], exceptions: [] },
  ],
  tasks: [
    task('s', { kind: 'summary' }),
    task('a', { parent: 's', name: '绑钢筋' }),
    task('b', { parent: 's', name: '浇混凝土' }),
    task('m', { kind: 'milestone', milestone: true, duration: 0 }),
  ],
  links: [{ id: 'l1', from: 'a', to: 'b', type: 'FS', lag: { kind: 'working', minutes: 0 } }],
  resources: [{ id: 'r1', name: '钢筋班组', kind: 'work' }],
  assignments: [{ id: 'x1', task: 'a', resource: 'r1', units: 1 }],
}
function sheetOf(of: Plan): Sheet {
  const outcome = compute(of)
  if (!outcome.ok) throw new Error(outcome.error.code)
  return {
    outline: outlineOf(of),
    dates: datesOf(outcome.schedule),
    lang: 'zh',
    text: texts.zh,
    baseline: () => undefined,
    calendarName: calendarNames(of.calendars),
    people: new Map([
      ['u1', '何清扬'],
      ['u2', '何清'],
      ['u3', '温若兰'],
    ]),
  }
}
const sheet = sheetOf(plan)
let ids = 0
const newId = () => `new${++ids}`
/** The plan after typing into a cell, or the words of the refusal. */
function type(at: number, column: ColumnId, text: string, of: Sheet = sheet): Plan | string {
  const outcome = cellEdits(of, at, column, text, newId)
  if (!outcome.ok) return outcome.message
  const applied = applyEdits(of.outline.plan, outcome.edits)
  return applied.ok ? applied.plan : applied.error.code
}
const after = (at: number, column: ColumnId, text: string): Plan => {
  const next = type(at, column, text)
  if (typeof next === 'string') throw new Error(next)
  return next
}

describe('typing into cells', () => {
  test('confirming what the editor shows changes nothing, in every editable column', () => {
    for (const column of [
      'name',
      'duration',
      'start',
      'finish',
      'predecessors',
      'percent',
      'resources',
      'deadline',
      'leveling_delay',
    ] as const) {
      for (const at of [1, 2, 3])
        expect(cellEdits(sheet, at, column, editorText(sheet, at, column), newId)).toEqual({ ok: true, edits: [] })
    }
  })
  test('a duration keeps its unit; none makes a milestone and some a task again', () => {
    expect(after(1, 'duration', '1w').tasks[1]).toMatchObject({ duration: 2400, durationUnit: 'w' })
    expect(after(1, 'duration', '0').tasks[1]).toMatchObject({ kind: 'milestone', milestone: true })
    expect(after(3, 'duration', '2天').tasks[3]).toMatchObject({ kind: 'task', duration: 960 })
    expect(type(1, 'duration', 'soon')).toBe(texts.zh.errors.duration)
  })
  test('a levelling delay is written in calendar days, moves the task, and an empty one takes it back', () => {
    const delayed = after(1, 'leveling_delay', '3d')
    expect(delayed.tasks[1]).toMatchObject({ levelingDelay: 3 * 1440 })
    const held = sheetOf(delayed)
    expect(held.dates.start[1]).toBe(sheet.dates.start[1]! + 3 * 1440)
    expect(editorText(held, 1, 'leveling_delay')).toBe('3日历天')
    expect(cellEdits(held, 1, 'leveling_delay', '3日历天', newId)).toEqual({ ok: true, edits: [] })
    expect(after(1, 'leveling_delay', '36eh').tasks[1]).toMatchObject({ levelingDelay: 2160 })
    const freed = type(1, 'leveling_delay', '', held)
    expect(typeof freed === 'string' ? freed : freed.tasks[1]?.levelingDelay).toBeUndefined()
    expect(sheetOf(after(1, 'leveling_delay', '0')).dates.start[1]).toBe(sheet.dates.start[1])
    expect(type(1, 'leveling_delay', 'soon')).toBe(texts.zh.errors.duration)
    expect(editOf(sheet, 0, 'leveling_delay')).toBeUndefined()
  })
  test('a start becomes "no earlier than", an empty one frees the task', () => {
    expect(after(1, 'start', '11-9').tasks[1]?.constraint).toEqual({
      type: 'start_no_earlier_than',
      at: monday + 7 * 1440 + 480,
    })
    const held = sheetOf(after(1, 'start', '11-9'))
    expect(type(1, 'start', '', held)).toMatchObject({ tasks: [{}, { constraint: { type: 'asap' } }, {}, {}] })
  })
  test('a summary’s dates are computed from its subtasks', () => {
    expect(editOf(sheet, 0, 'start')).toBeUndefined()
    expect(editOf(sheet, 0, 'name')).toBe('name')
  })
  test('predecessors change only what differs', () => {
    expect(after(2, 'predecessors', '2SS+1d').links).toEqual([
      { id: 'l1', from: 'a', to: 'b', type: 'SS', lag: { kind: 'working', minutes: 480 }, lagUnit: 'd' },
    ])
    expect(after(2, 'predecessors', '').links).toEqual([])
    expect(after(3, 'predecessors', '2,3FF').links.length).toBe(3)
    expect(type(1, 'predecessors', '3')).toBe('schedule.edit.cycle')
    expect(type(2, 'predecessors', '77')).toBe(texts.zh.errors.predecessor_unknown('77'))
  })
  test('progress reports the dates it implies', () => {
    const half = after(1, 'percent', '50%').tasks[1]
    expect(half).toMatchObject({
      percentComplete: 50,
      actualStart: monday + 480,
      actualDuration: 480,
      remainingDuration: 480,
    })
    expect(after(1, 'percent', '100').tasks[1]).toMatchObject({
      actualFinish: monday + 1440 + 1020,
      remainingDuration: 0,
    })
    expect(type(1, 'percent', '101')).toBe(texts.zh.errors.percent)
    expect(progressPatch(task('z', { actualStart: 5 }), 0, { start: 1, finish: 2 })).toMatchObject({
      actualStart: null,
    })
  })
  test('the responsible person by name, or by its beginning when only one fits', () => {
    expect(after(1, 'responsible', '温').tasks[1]).toMatchObject({ responsible: 'u3' })
    expect(after(1, 'responsible', '何清').tasks[1]).toMatchObject({ responsible: 'u2' })
    expect(type(1, 'responsible', '何')).toBe(texts.zh.errors.person('何', true))
    expect(type(1, 'responsible', '林')).toBe(texts.zh.errors.person('林', false))
  })
  test('resources by name, new names become resources', () => {
    const next = after(1, 'resources', '钢筋班组[50%]、木工班组')
    expect(next.resources.map(item => item.name)).toEqual(['钢筋班组', '木工班组'])
    expect(next.assignments.map(item => item.units)).toEqual([0.5, 1])
    expect(after(1, 'resources', '').assignments).toEqual([])
  })
})

describe('selections and the clipboard', () => {
  test('linking a selection chains it and leaves linked pairs alone', () => {
    const edits = chainEdits(plan, ['a', 'b', 'm'], newId)
    expect(edits).toMatchObject([{ kind: 'link.add', link: { from: 'b', to: 'm', type: 'FS' } }])
  })
  test('Excel text with quotes, tabs and line breaks', () => {
    expect(parseTable('a\t"b ""x""\ny"\r\nc\t\r\n')).toEqual([
      ['a', 'b "x"\ny'],
      ['c', ''],
    ])
  })
  test('a paste is understood by its headings, in either language, or by where it begins', () => {
    expect(readPaste('任务名称\t工期\n挖土\t3d', 'code', ['name'])).toEqual({
      columns: ['name', 'duration'],
      rows: [['挖土', '3d']],
    })
    expect(readPaste('Duration\tTask name\n3d\tDig', 'name', ['name'])).toMatchObject({ columns: ['duration', 'name'] })
    expect(readPaste('挖土\t3d\n运土\t2d', 'name', ['row', 'name', 'duration', 'start'])).toMatchObject({
      columns: ['name', 'duration'],
      rows: [
        ['挖土', '3d'],
        ['运土', '2d'],
      ],
    })
  })
  test('copied rows paste back as the same values', () => {
    const text = copyRows(sheet, [1, 2], ['row', 'name', 'duration', 'predecessors'])
    const pasted = readPaste(text, 'name', ['name'])
    expect(pasted?.columns).toEqual([undefined, 'name', 'duration', 'predecessors'])
    expect(pasted?.rows.map(row => row[1]?.trim())).toEqual(['绑钢筋', '浇混凝土'])
  })
})

test('rows indented in Excel become an outline, with links between the pasted rows; one list of edits', () => {
  const text = '任务名称\t工期\t前置任务\n基础\t\t\n  挖土\t3d\t\n　垫层\t2d\t6\n    清底\t1d\t\n主体\t5d\t5'
  let last = 0
  const shown: ColumnId[] = ['row', 'name', 'duration', 'predecessors']
  const pasted = pasteEdits(
    sheet,
    rowsOf(sheet.outline, new Set()),
    { task: NEW_ROW, column: 'name' },
    shown,
    text,
    () => `n${++last}`,
  )
  if (!pasted.ok) throw new Error(pasted.message)
  const outcome = applyEdits(plan, pasted.edits)
  if (!outcome.ok) throw new Error(outcome.error.code)
  const rows = outcome.plan.tasks.slice(plan.tasks.length)
  const nameOf = new Map(rows.map(each => [each.id, each.name]))
  expect(rows.map(each => [each.name, each.kind, nameOf.get(each.parent ?? '') ?? null])).toEqual([
    ['基础', 'summary', null],
    ['挖土', 'task', '基础'],
    ['垫层', 'summary', '基础'],
    ['清底', 'task', '垫层'],
    ['主体', 'task', null],
  ])
  const links = outcome.plan.links
    .slice(plan.links.length)
    .map(each => `${nameOf.get(each.from)} → ${nameOf.get(each.to)}`)
  expect(links).toEqual(['挖土 → 垫层', '基础 → 主体'])
})
