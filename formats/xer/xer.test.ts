// A Primavera file as its planner made it comes out as the same plan, and goes back in the same.
import { formatDay, formatMinute } from '@yingzao/engines/schedule/civil'
import { defaultOptions, type Plan } from '@yingzao/engines/schedule/plan'
import { describe, expect, test } from 'vitest'
import { lossLog } from '../loss.ts'
import { readPlanFile, writePlanFile } from '../plan-file/index.ts'
import { readXer, writeXer } from './index.ts'

const week = (shifts: string): string =>
  [1, 2, 3, 4, 5, 6, 7].map(d => `(0||${d}()(${d > 1 && d < 7 ? shifts : ''}))`).join('')
const day = '(0||0(s|08:00|f|12:00)())(0||1(s|13:00|f|17:00)())'
const night = '(0||0(s|22:00|f|06:00)())'
const data = (shifts: string, exceptions = ''): string =>
  `(0||CalendarData()(\x7f\x7f  (0||DaysOfWeek()(${week(shifts)}))(0||VIEW(ShowTotal|Y)())(0||Exceptions()(${exceptions}))))`

const table = (name: string, columns: string, ...rows: string[]): string =>
  [`%T\t${name}`, `%F\t${columns.split(' ').join('\t')}`, ...rows.map(r => `%R\t${r.split('|').join('\t')}`)].join(
    '\r\n',
  )

const named = (name: string, rows: readonly Readonly<Record<string, string>>[]): string => {
  const columns = [...new Set(rows.flatMap(row => Object.keys(row)))]
  return table(name, columns.join(' '), ...rows.map(row => columns.map(c => row[c] ?? '').join('|')))
}

const calendarRow = (id: string, name: string, base: string, text: string): string =>
  `%R\t${[id, name, base, 'CA_Base', '8', '40', '172', '2000', text].join('\t')}`

const file = (...more: string[]): string =>
  [
    'ERMHDR\t20.12\t2024-01-01\tProject\tadmin\tA\tdb\tProject Management\tCNY',
    table('UMEASURE', 'unit_id unit_abbrev', '7|m3'),
    table(
      'PROJECT',
      'proj_id proj_short_name clndr_id plan_start_date plan_end_date last_recalc_date critical_drtn_hr_cnt critical_path_type orig_proj_id project_flag sum_base_proj_id',
      '1|METRO|10|2024-03-01 08:00|2024-12-31 17:00|2024-03-05 00:00|8|CT_DrivPath||Y|2',
      '2|METRO - B1|10|2024-02-01 08:00||2024-02-01 00:00|0|CT_TotFloat|1|N|',
      '3|ACCESS ROAD|10|2024-01-01 08:00||2024-03-05 00:00|0|CT_TotFloat||Y|',
    ),
    '%T\tCALENDAR\r\n%F\tclndr_id\tclndr_name\tbase_clndr_id\tclndr_type\tday_hr_cnt\tweek_hr_cnt\tmonth_hr_cnt\tyear_hr_cnt\tclndr_data',
    calendarRow('10', '标准', '', data(day, '(0||0(d|45413)())(0||1(d|45411)((0||0(s|09:00|f|15:00)())))')),
    calendarRow('11', '夜班', '10', data(night)),
    table(
      'SCHEDOPTIONS',
      'schedoptions_id proj_id sched_float_type sched_calendar_on_relationship_lag sched_retained_logic sched_progress_override sched_use_expect_end_flag sched_open_critical_flag',
      '1|1|FT_MIN|rcal_Successor|N|Y|Y|Y',
    ),
    table(
      'PROJWBS',
      'wbs_id proj_id seq_num proj_node_flag wbs_short_name wbs_name parent_wbs_id',
      '100|1|1|Y|METRO|地铁站|',
      '102|1|20|N|B|主体|100',
      '101|1|10|N|A|围护|100',
      '200|2|1|Y|METRO|地铁站|',
      '300|3|1|Y|ROAD|便道|',
    ),
    table(
      'UDFTYPE',
      'udf_type_id table_name udf_type_name udf_type_label logical_data_type',
      '1|TASK|user_1|责任人|FT_TEXT',
      '2|TASK|user_2|验收日|FT_START_DATE',
    ),
    table(
      'RSRC',
      'rsrc_id rsrc_name rsrc_short_name rsrc_type clndr_id unit_id active_flag',
      '50|李四|LS|RT_Labor|10||Y',
      '51|混凝土|C30|RT_Mat||7|Y',
      '52|吊车|CR|RT_Equip|10||N',
    ),
    table('ROLES', 'role_id role_name role_short_name', '9|焊工|HG', '8|无人用|X'),
    table('ACTVTYPE', 'actv_code_type_id actv_code_type proj_id', '70|专业|1'),
    table(
      'RSRCRATE',
      'rsrc_rate_id rsrc_id max_qty_per_hr cost_per_qty start_date cost_per_qty2',
      '1|50|2|55.5000|2024-01-01 00:00|60',
      '2|50|3|58|2024-07-01 00:00|0',
    ),
    named('TASK', [
      {
        ...{ task_id: '1000', proj_id: '1', wbs_id: '101', clndr_id: '10', task_type: 'TT_Mile', task_code: 'A000' },
        ...{ status_code: 'TK_NotStart', task_name: '开工', remain_drtn_hr_cnt: '0', target_drtn_hr_cnt: '0' },
        ...{ cstr_type: 'CS_MSO', cstr_date: '2024-03-01 08:00', priority_type: 'PT_Top', guid: 'g1' },
      },
      {
        ...{ task_id: '1001', proj_id: '1', wbs_id: '101', clndr_id: '10', task_type: 'TT_Task', task_code: 'A010' },
        ...{ status_code: 'TK_Active', task_name: '地下连续墙', remain_drtn_hr_cnt: '60', target_drtn_hr_cnt: '80' },
        ...{
          complete_pct_type: 'CP_Drtn',
          phys_complete_pct: '30',
          cstr_type2: 'CS_MEOB',
          cstr_date2: '2024-04-30 17:00',
        },
        ...{ expect_end_date: '2024-03-20 17:00', act_start_date: '2024-03-02 08:00', driving_path_flag: 'Y' },
        ...{ early_start_date: '2024-03-05 08:00', early_end_date: '2024-03-15 17:00', total_float_hr_cnt: '16' },
        ...{ late_start_date: '2024-03-07 08:00', late_end_date: '2024-03-19 17:00', free_float_hr_cnt: '8' },
        ...{ target_start_date: '2024-03-04 08:00', target_end_date: '2024-03-15 17:00', priority_type: 'PT_Normal' },
        ...{ external_early_start_date: '2024-03-03 08:00' },
      },
      {
        ...{ task_id: '1002', proj_id: '1', wbs_id: '102', clndr_id: '11', task_type: 'TT_Task', task_code: 'A020' },
        ...{
          status_code: 'TK_NotStart',
          task_name: '主体结构',
          remain_drtn_hr_cnt: '40.25',
          target_drtn_hr_cnt: '40.25',
        },
        ...{ duration_type: 'DT_FixedQty', total_float_hr_cnt: '-8', early_start_date: '2024-03-18 08:00' },
      },
      ...['2001 2 200 A010 2024-02-05 72', '3001 3 300 R010 2024-03-05 16'].map(line => {
        const [task_id = '', proj_id = '', wbs_id = '', task_code = '', day = '', target_drtn_hr_cnt = ''] =
          line.split(' ')
        return {
          ...{ task_id, proj_id, wbs_id, task_code, clndr_id: '10', task_type: 'TT_Task', status_code: 'TK_NotStart' },
          ...{ task_name: task_code, target_drtn_hr_cnt, remain_drtn_hr_cnt: target_drtn_hr_cnt },
          ...{ early_start_date: `${day} 08:00`, early_end_date: `${day} 17:00`, priority_type: 'PT_Low' },
          ...{ target_work_qty: '8', act_work_qty: '0', remain_work_qty: '8', duration_type: 'DT_FixedDUR2' },
        }
      }),
    ]),
    table(
      'ACTVCODE',
      'actv_code_id parent_actv_code_id actv_code_type_id actv_code_name short_name seq_num',
      '80||70|土建|C|1',
      '81|80|70|P.C. footing|P.C|2',
    ),
    table(
      'TASKPRED',
      'task_pred_id task_id pred_task_id proj_id pred_proj_id pred_type lag_hr_cnt',
      '1|1001|1000|1|1|PR_FS|0',
      '2|1002|1001|1|1|PR_SS|-12.5',
      '3|1002|3001|1|3|PR_FF|8',
      '4|1002|9999|1|1|PR_FS|0',
    ),
    table(
      'TASKRSRC',
      'taskrsrc_id task_id proj_id rsrc_id role_id target_qty remain_qty act_reg_qty target_qty_per_hr target_lag_drtn_hr_cnt rate_type',
      '1|1001|1|50||160|120|40|2|4|COST_PER_QTY2',
      '2|1001|1||9|8|8|0|1|0|COST_PER_QTY',
      '3|1002|1|51||30|30|0|0.75|0|COST_PER_QTY',
    ),
    table('TASKACTV', 'task_id actv_code_type_id actv_code_id proj_id', '1001|70|81|1'),
    table(
      'UDFVALUE',
      'udf_type_id fk_id proj_id udf_date udf_number udf_text',
      '1|1001|1|||王五',
      '2|1001|1|2024-04-01 00:00||',
    ),
    table('MEMOTYPE', 'memo_type_id memo_type', '1|安全'),
    table(
      'TASKMEMO',
      'memo_id task_id memo_type_id proj_id task_memo',
      '1|1001|1|1|<HTML><BODY><P>A &amp; B</P>\x7f\x7f<P>第二行</P></BODY></HTML>',
    ),
    ...more,
    '%E',
    '',
  ].join('\r\n')

const plans = (text = file()): Plan[] => readXer(text)
const metro = (): Plan => plans()[0]!

describe('a Primavera XER file', () => {
  test('gives every project but the saved baseline, whose dates become the baseline', () => {
    expect(plans().map(p => p.name)).toEqual(['METRO', 'ACCESS ROAD'])
    const wall = metro().tasks.find(t => t.code === 'A010')
    expect(wall?.baselines?.map(b => [b.number, formatMinute(b.start ?? 0), b.duration])).toEqual([
      [0, '2024-02-05T08:00', 4320],
    ])
  })

  test('gives the options that Primavera computes by', () => {
    expect(metro().options).toMatchObject({
      lagCalendar: 'successor',
      progressMode: 'progress_override',
      floatType: 'smallest',
      criticalBy: 'longest_path',
      openEndsCritical: true,
      useExpectedFinish: true,
      criticalSlackLimit: 480,
      calendar: '10',
      currency: 'CNY',
    })
    expect(formatMinute(metro().options.finish ?? 0)).toBe('2024-12-31T17:00')
  })

  test('gives calendars with exception days and a night shift divided at midnight', () => {
    const [standard, nightShift] = metro().calendars
    expect(standard?.exceptions.map(e => [formatDay(e.fromDay), e.shifts])).toEqual([
      ['2024-04-29', [{ from: 540, to: 900 }]],
      ['2024-05-01', []],
    ])
    expect(nightShift).toMatchObject({ parent: '10', minutesPerDay: 480 })
    expect(nightShift?.week[2]).toEqual([
      { from: 0, to: 360 },
      { from: 1320, to: 1440 },
    ])
    expect(nightShift?.week[6]).toEqual([{ from: 0, to: 360 }])
  })

  test('gives the WBS as summaries in its own order, activities below', () => {
    expect(metro().tasks.map(t => [t.code, t.kind, t.parent])).toEqual([
      ['METRO', 'summary', undefined],
      ['METRO.A', 'summary', 'wbs-100'],
      ['A000', 'start_milestone', 'wbs-101'],
      ['A010', 'task', 'wbs-101'],
      ['METRO.B', 'summary', 'wbs-100'],
      ['A020', 'task', 'wbs-102'],
      ['R010', 'task', undefined],
    ])
  })

  test('gives both constraints, the expected finish, progress, codes, user fields and notes', () => {
    const [, , start, wall, , frame, road] = metro().tasks
    expect(start).toMatchObject({ constraint: { type: 'start_on' }, priority: 900 })
    expect(wall).toMatchObject({
      constraint: { type: 'expected_finish' },
      constraint2: { type: 'finish_no_later_than' },
      remainingDuration: 3600,
      duration: 4800,
      percentComplete: 25,
      custom: { 专业: 'C.P.C', 责任人: '王五', 验收日: '2024-04-01T00:00' },
      notes: '安全\nA & B\n\n第二行',
      stored: { totalFloat: 960, freeFloat: 480, critical: true },
    })
    expect(formatMinute(wall?.stored?.start ?? 0)).toBe('2024-03-02T08:00')
    expect(frame).toMatchObject({ duration: 2415, effort: 'fixed_work', calendar: '11', stored: { totalFloat: -480 } })
    expect(road).toMatchObject({ external: true, externalProject: 'ACCESS ROAD' })
  })

  test('gives links with lags, also from another project, and names the one that points nowhere', () => {
    expect(metro().links.map(l => [l.from, l.to, l.type, l.lag])).toEqual([
      ['1000', '1001', 'FS', { kind: 'working', minutes: 0 }],
      ['1001', '1002', 'SS', { kind: 'working', minutes: -750 }],
      ['3001', '1002', 'FF', { kind: 'working', minutes: 480 }],
    ])
  })

  test('gives people, equipment, material and used roles with rates and limits over time', () => {
    const plan = metro()
    expect(plan.resources.map(r => [r.id, r.name, r.kind, r.unitLabel, r.generic, r.inactive])).toEqual([
      ['50', '李四', 'work', undefined, undefined, false],
      ['51', '混凝土', 'material', 'm3', undefined, false],
      ['52', '吊车', 'work', undefined, undefined, true],
      ['role-9', '焊工', 'work', undefined, true, undefined],
    ])
    expect(plan.resources[0]).toMatchObject({
      maxUnits: 2,
      rates: [{ perHour: '55.5' }, { table: 1, perHour: '60' }, { perHour: '58' }],
      availability: [{ units: 2 }, { units: 3 }],
    })
    expect(plan.assignments.map(a => [a.resource, a.units, a.work, a.actualWork, a.delay, a.rateTable])).toEqual([
      ['50', 2, 9600, 2400, 240, 1],
      ['role-9', 1, 480, 0, 0, undefined],
      ['51', 0.75, 1800, 0, 0, undefined],
    ])
  })

  test('is read in the encoding it was written in', async () => {
    const iconv = await import('iconv-lite')
    for (const encoding of ['utf-8', 'gb18030', 'utf16le']) {
      const bytes = iconv.default.encode(file(), encoding, { addBOM: encoding === 'utf16le' })
      const reading = await readPlanFile(bytes, 'metro.xer')
      expect(reading.ok && reading.plans[0]?.title).toBe('地铁站')
    }
    const western = iconv.default.encode(
      file()
        .replace('地铁站', 'Gare de Genève – Élan')
        .replace(/[\u4e00-\u9fff]/g, 'x'),
      'windows-1252',
    )
    const reading = await readPlanFile(western, 'gare.xer')
    expect(reading.ok && [reading.encoding, reading.plans[0]?.title]).toEqual(['windows-1252', 'Gare de Genève – Élan'])
  })

  test('written and read again is the same plan', () => {
    // A baseline is a project of its own in XER; it is reported as not written.
    const plain = (plan: Plan): Plan => ({ ...plan, tasks: plan.tasks.map(({ baselines: _gone, ...task }) => task) })
    const again = (given: readonly Plan[]): Plan[] =>
      plans(
        writeXer(
          given.map(plan => ({ plan })),
          lossLog(),
        ),
      )
    const first = plans().map(plain)
    const second = again(first)
    // Where the first file left columns empty, the second has what P6 writes there: nothing is lost, and a third is equal.
    expect(second).toMatchObject(first)
    expect(again(second)).toEqual(second)
  })

  test('says what it cannot carry over', async () => {
    const reading = await readPlanFile(
      Buffer.from(file(table('TASKPROC', 'proc_id task_id proc_name', '1|1001|钢筋笼'))),
      'a.xer',
    )
    expect(reading.ok && reading.loss.map(l => [l.code, l.path, l.count])).toEqual([
      ['structure', 'TASKPROC', 1],
      ['reference', 'TASKPRED.pred_task_id', 1],
    ])
  })

  test('an MS plan written as XER says what Primavera has no place for', () => {
    const plan = metro()
    const ms: Plan = {
      ...plan,
      mode: 'ms',
      tasks: plan.tasks
        .slice(0, 4)
        .map(t => (t.code === 'A010' ? { ...t, deadline: 28493760, elapsed: true, baselines: [] } : t)),
      links: [{ id: 'x', from: '1000', to: '1001', type: 'FS', lag: { kind: 'percent', percent: 50 } }],
    }
    const { bytes, loss } = writePlanFile(ms, 'xer')
    expect(loss.map(l => l.path)).toEqual(expect.arrayContaining(['task/deadline', 'link/percent lag']))
    const wall = readXer(Buffer.from(bytes).toString('utf8'))[0]?.tasks.find(t => t.code === 'A010')
    // Elapsed durations keep their length on a calendar that never rests.
    expect(wall?.duration).toBe(4800)
  })
})

describe('a damaged XER file is refused with a code', () => {
  const codeOf = async (text: string, limits = {}): Promise<string> => {
    const reading = await readPlanFile(Buffer.from(text), 'a.xer', { limits })
    return reading.ok ? 'read' : reading.error.code
  }
  test.each([
    ['cut off halfway', file().slice(0, -500), {}, 'xer.truncated'],
    ['rows before any table', 'ERMHDR\t20.12\r\n%R\t1\r\n%E\r\n', {}, 'xer.row_without_table'],
    ['no project', 'ERMHDR\t20.12\r\n%T\tTASK\r\n%F\ttask_id\r\n%E\r\n', {}, 'p6.no_project'],
    ['no calendar', `ERMHDR\t20.12\r\n${table('PROJECT', 'proj_id clndr_id', '1|1')}\r\n%E\r\n`, {}, 'p6.no_calendar'],
    ['too many tasks', file(), { tasks: 3 }, 'format.too_many'],
    ['too many rows', file(), { records: 10 }, 'format.too_many'],
    ['one endless line', `ERMHDR\t${'x'.repeat(2_000_000)}`, { fieldLength: 1_000_000 }, 'format.field_too_long'],
    ['too large', file(), { bytes: 1000 }, 'format.too_large'],
  ])('%s', async (_, text, limits, code) => {
    expect(await codeOf(text, limits)).toBe(code)
  })

  test('dates of the remaining work stand in where the early and late dates are blank', async () => {
    const text = file().replaceAll('early_start_date', 'restart_date').replaceAll('early_end_date', 'reend_date')
    const reading = await readPlanFile(Buffer.from(text), 'p.xer')
    const usual = await readPlanFile(Buffer.from(file()), 'p.xer')
    if (!reading.ok || !usual.ok) throw new Error('not read')
    const stored = (plans: readonly Plan[]) => plans[0]?.tasks.map(task => task.stored)
    expect(stored(usual.plans)?.some(dates => dates?.earlyStart !== undefined)).toBe(true)
    expect(stored(reading.plans)).toEqual(stored(usual.plans))
  })

  test('the fixed cost of a summary is named, P6 has no place for it', () => {
    const plan: Plan = {
      name: 'p',
      mode: 'ms',
      options: { ...defaultOptions, calendar: '1' },
      calendars: [],
      tasks: [
        { id: '1', name: '土建', kind: 'summary', duration: 0, constraint: { type: 'asap' }, fixedCost: '5000' },
        {
          id: '2',
          parent: '1',
          name: '开挖',
          kind: 'task',
          duration: 480,
          constraint: { type: 'asap' },
          fixedCost: '1',
        },
      ],
      links: [],
      resources: [],
      assignments: [],
    }
    const losses = lossLog()
    writeXer([{ plan }], losses)
    expect(losses.list()).toContainEqual({ code: 'target', path: 'summary/fixedCost', count: 1, example: '土建' })
  })

  test('calendar text that nests without end or says nonsense leaves a standard calendar and a loss', async () => {
    for (const evil of ['('.repeat(100_000), '(0||CalendarData()('.repeat(5000), 'nonsense', '(0||__proto__()())']) {
      const reading = await readPlanFile(Buffer.from(file().replace(data(night), evil)), 'a.xer')
      expect(reading.ok && reading.loss.some(l => l.path === 'CALENDAR.clndr_data')).toBe(true)
      expect(reading.ok && reading.plans[0]?.calendars[1]?.week[1]).toHaveLength(2)
    }
  })

  test('WBS elements in a circle keep their activities', async () => {
    const circle = file()
      .replace('101\t1\t10\tN\tA\t围护\t100', '101\t1\t10\tN\tA\t围护\t102')
      .replace('102\t1\t20\tN\tB\t主体\t100', '102\t1\t20\tN\tB\t主体\t101')
    const reading = await readPlanFile(Buffer.from(circle), 'a.xer')
    expect(reading.ok && reading.plans[0]?.tasks.map(t => t.code)).toContain('A010')
  })
})
