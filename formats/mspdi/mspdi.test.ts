// A Microsoft Project file as its author made it comes out as the same plan.

import { formatDay, formatMinute } from '@yingzao/engines/schedule/civil'
import { describe, expect, test } from 'vitest'
import { readPlanFile } from '../plan-file/index.ts'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

const bridge = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Project xmlns="http://schemas.microsoft.com/project">
<Name>bridge.xml</Name><Title>人行桥</Title><Company>营造</Company><ScheduleFromStart>1</ScheduleFromStart>
<StartDate>2024-03-01T08:00:00</StartDate><FinishDate>2024-03-20T17:00:00</FinishDate><CalendarUID>1</CalendarUID>
<MinutesPerDay>480</MinutesPerDay><MinutesPerWeek>2400</MinutesPerWeek><DaysPerMonth>20</DaysPerMonth>
<CriticalSlackLimit>2</CriticalSlackLimit><StatusDate>2024-03-05T17:00:00</StatusDate><HonorConstraints>0</HonorConstraints>
<ExtendedAttributes><ExtendedAttribute><FieldID>188743731</FieldID><FieldName>Text1</FieldName><Alias>班组</Alias></ExtendedAttribute>
<ExtendedAttribute><FieldID>188743752</FieldID><FieldName>Flag1</FieldName></ExtendedAttribute></ExtendedAttributes>
<Calendars>
<Calendar><UID>1</UID><Name>标准</Name><IsBaseCalendar>1</IsBaseCalendar><BaseCalendarUID>-1</BaseCalendarUID><WeekDays>
<WeekDay><DayType>1</DayType><DayWorking>0</DayWorking></WeekDay>
<WeekDay><DayType>2</DayType><DayWorking>1</DayWorking><WorkingTimes><WorkingTime><FromTime>08:00:00</FromTime><ToTime>12:00:00</ToTime></WorkingTime><WorkingTime><FromTime>13:00:00</FromTime><ToTime>17:00:00</ToTime></WorkingTime></WorkingTimes></WeekDay>
<WeekDay><DayType>3</DayType><DayWorking>1</DayWorking><WorkingTimes><WorkingTime><FromTime>00:00:00</FromTime><ToTime>00:00:00</ToTime></WorkingTime></WorkingTimes></WeekDay>
<WeekDay><DayType>0</DayType><DayWorking>0</DayWorking><TimePeriod><FromDate>2024-03-08T00:00:00</FromDate><ToDate>2024-03-08T23:59:00</ToDate></TimePeriod></WeekDay>
</WeekDays><Exceptions>
<Exception><EnteredByOccurrences>0</EnteredByOccurrences><TimePeriod><FromDate>2024-04-04T00:00:00</FromDate><ToDate>2024-04-06T23:59:00</ToDate></TimePeriod><Occurrences>3</Occurrences><Name>清明</Name><Type>1</Type><DayWorking>0</DayWorking></Exception>
<Exception><EnteredByOccurrences>1</EnteredByOccurrences><TimePeriod><FromDate>2024-01-01T00:00:00</FromDate><ToDate>2026-03-03T23:59:00</ToDate></TimePeriod><Occurrences>3</Occurrences><Name>first Tuesday of March</Name><Type>3</Type><MonthItem>5</MonthItem><MonthPosition>0</MonthPosition><Month>2</Month><DayWorking>0</DayWorking></Exception>
</Exceptions><WorkWeeks><WorkWeek><TimePeriod><FromDate>2024-07-01T00:00:00</FromDate><ToDate>2024-08-31T23:59:00</ToDate></TimePeriod><Name>夏季</Name><WeekDays><WeekDay><DayType>2</DayType><DayWorking>1</DayWorking><WorkingTimes><WorkingTime><FromTime>06:00:00</FromTime><ToTime>11:00:00</ToTime></WorkingTime></WorkingTimes></WeekDay></WeekDays></WorkWeek></WorkWeeks></Calendar>
<Calendar><UID>3</UID><Name>李四</Name><IsBaseCalendar>0</IsBaseCalendar><BaseCalendarUID>1</BaseCalendarUID></Calendar>
</Calendars>
<Tasks>
<Task><UID>0</UID><ID>0</ID><Name>人行桥</Name><OutlineLevel>0</OutlineLevel><Duration>PT40H0M0S</Duration><Summary>1</Summary></Task>
<Task><UID>10</UID><ID>1</ID><Name>基础</Name><OutlineLevel>1</OutlineLevel><Duration>PT40H0M0S</Duration><Summary>1</Summary></Task>
<Task><UID>11</UID><ID>2</ID><Name>开挖 &amp; 支护</Name><WBS>1.1</WBS><OutlineLevel>2</OutlineLevel><Duration>PT16H0M0S</Duration><DurationFormat>39</DurationFormat><Estimated>1</Estimated><ConstraintType>4</ConstraintType><ConstraintDate>2024-03-04T08:00:00</ConstraintDate><Deadline>2024-03-09T17:00:00</Deadline><EarlyStart>2024-03-04T08:00:00</EarlyStart><TotalSlack>4800</TotalSlack><Critical>0</Critical><Priority>600</Priority><Cost>123456</Cost><LevelingDelay>14400</LevelingDelay><HyperlinkAddress>http://example.org</HyperlinkAddress>
<ExtendedAttribute><FieldID>188743731</FieldID><Value>一班</Value></ExtendedAttribute><ExtendedAttribute><FieldID>188743752</FieldID><Value>1</Value></ExtendedAttribute>
<Baseline><Number>0</Number><Start>2024-03-01T08:00:00</Start><Finish>2024-03-04T17:00:00</Finish><Duration>PT16H0M0S</Duration><Cost>100000</Cost></Baseline></Task>
<Task><UID>12</UID><ID>3</ID><IsNull>1</IsNull></Task>
<Task><UID>13</UID><ID>4</ID><Name>养护</Name><OutlineLevel>1</OutlineLevel><Duration>PT72H0M0S</Duration><DurationFormat>8</DurationFormat><Manual>1</Manual><Active>0</Active><ManualStart>2024-03-10T08:00:00</ManualStart><Start>2024-03-10T08:00:00</Start><Finish>2024-03-13T08:00:00</Finish>
<PredecessorLink><PredecessorUID>11</PredecessorUID><Type>3</Type><LinkLag>4800</LinkLag><LagFormat>7</LagFormat></PredecessorLink>
<PredecessorLink><PredecessorUID>11</PredecessorUID><Type>1</Type><LinkLag>-50</LinkLag><LagFormat>19</LagFormat></PredecessorLink>
<PredecessorLink><PredecessorUID>99</PredecessorUID><Type>1</Type></PredecessorLink></Task>
</Tasks>
<Resources><Resource><UID>0</UID><ID>0</ID></Resource>
<Resource><UID>1</UID><ID>1</ID><Name>李四</Name><Type>1</Type><MaxUnits>2</MaxUnits><StandardRate>50.5</StandardRate><OvertimeRate>0</OvertimeRate><CostPerUse>1000</CostPerUse><CalendarUID>3</CalendarUID></Resource></Resources>
<Assignments><Assignment><UID>1</UID><TaskUID>11</TaskUID><ResourceUID>1</ResourceUID><Units>1</Units><Work>PT16H0M0S</Work>
<TimephasedData><Type>1</Type><Start>2024-03-04T08:00:00</Start><Finish>2024-03-04T17:00:00</Finish><Value>PT8H0M0S</Value></TimephasedData>
<TimephasedData><Type>1</Type><Start>2024-03-04T17:00:00</Start><Finish>2024-03-05T17:00:00</Finish><Value>PT0H0M0S</Value></TimephasedData>
<TimephasedData><Type>1</Type><Start>2024-03-06T08:00:00</Start><Finish>2024-03-06T17:00:00</Finish><Value>PT8H0M0S</Value></TimephasedData></Assignment>
<Assignment><UID>2</UID><TaskUID>13</TaskUID><ResourceUID>-65535</ResourceUID></Assignment></Assignments>
</Project>`

const readBridge = async () => {
  const reading = await readPlanFile(bytes(bridge), 'bridge.xml')
  if (!reading.ok || !reading.plans[0]) throw new Error('not read')
  return { plan: reading.plans[0], loss: reading.loss }
}

describe('a Microsoft Project XML file', () => {
  test('gives its project settings', async () => {
    const { plan } = await readBridge()
    expect(plan).toMatchObject({ name: 'bridge.xml', title: '人行桥', company: '营造', mode: 'ms' })
    expect(plan.options).toMatchObject({ calendar: '1', criticalSlackLimit: 960, honorConstraints: false })
    expect(formatMinute(plan.options.start)).toBe('2024-03-01T08:00')
    expect(formatMinute(plan.options.statusDate ?? 0)).toBe('2024-03-05T17:00')
  })

  test('gives calendars with midnight, recurrence, work weeks and inheritance', async () => {
    const { plan } = await readBridge()
    const [standard, own] = plan.calendars
    expect(standard?.week.slice(0, 4)).toEqual([
      [],
      [
        { from: 480, to: 720 },
        { from: 780, to: 1020 },
      ],
      [{ from: 0, to: 1440 }],
      undefined,
    ])
    // The day-type-0 holiday repeats what Exceptions should hold, so only Exceptions count.
    expect(standard?.exceptions.map(e => [e.name, formatDay(e.fromDay), formatDay(e.toDay), e.recurrence])).toEqual([
      ['清明', '2024-04-04', '2024-04-06', undefined],
      [
        'first Tuesday of March',
        '2024-01-01',
        '2026-03-03',
        { kind: 'yearly_position', every: 1, month: 3, position: 1, weekday: 2 },
      ],
    ])
    expect(standard?.workWeeks[0]?.days[1]).toEqual([{ from: 360, to: 660 }])
    expect(own).toMatchObject({ parent: '1', resourceOwned: true })
  })

  test('gives tasks in outline order with all they carry', async () => {
    const { plan } = await readBridge()
    expect(plan.tasks.map(t => [t.row, t.parent, t.kind])).toEqual([
      [0, undefined, 'summary'],
      [1, '0', 'summary'],
      [2, '10', 'task'],
      [4, '0', 'task'],
    ])
    const dig = plan.tasks[2]
    expect(dig).toMatchObject({
      name: '开挖 & 支护',
      duration: 960,
      durationUnit: 'd',
      estimated: true,
      constraint: { type: 'start_no_earlier_than' },
      priority: 600,
      cost: '1234.56',
      levelingDelay: 1440,
      stored: { totalFloat: 480, critical: false },
      custom: { 班组: '一班', Flag1: true },
      baselines: [{ number: 0, duration: 960, cost: '1000' }],
      extra: { HyperlinkAddress: 'http://example.org' },
    })
    expect(dig?.segments?.map(s => [formatMinute(s.start), formatMinute(s.finish)])).toEqual([
      ['2024-03-04T08:00', '2024-03-04T17:00'],
      ['2024-03-06T08:00', '2024-03-06T17:00'],
    ])
    expect(plan.tasks[3]).toMatchObject({ elapsed: true, duration: 4320, manual: true, inactive: true })
    expect(formatMinute(plan.tasks[3]?.manualFinish ?? 0)).toBe('2024-03-13T08:00')
  })

  test('gives links with working and percent lags, and names the one that points nowhere', async () => {
    const { plan, loss } = await readBridge()
    expect(plan.links).toEqual([
      { id: '11-13', from: '11', to: '13', type: 'SS', lag: { kind: 'working', minutes: 480 }, lagUnit: 'd' },
      { id: '11-13-2', from: '11', to: '13', type: 'FS', lag: { kind: 'percent', percent: -50 } },
    ])
    expect(loss).toContainEqual({
      code: 'reference',
      path: 'PredecessorLink/PredecessorUID',
      count: 1,
      example: '99',
    })
    expect(loss).toContainEqual({ code: 'row', path: 'Task', count: 1, example: '3' })
  })

  test('gives resources with rates and the assignments to them', async () => {
    const { plan } = await readBridge()
    expect(plan.resources).toMatchObject([
      { id: '1', name: '李四', kind: 'work', maxUnits: 2, calendar: '3', rates: [{ perHour: '50.5', perUse: '10' }] },
    ])
    expect(plan.assignments).toMatchObject([{ task: '11', resource: '1', units: 1, work: 960 }])
  })
})
