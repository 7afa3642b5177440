// Primavera P6 XML: projects, calendars, activities and all that hangs on them; and what happens to what is no such file.
import { compute, formatMinute } from '@yingzao/engines/schedule'
import type { Plan } from '@yingzao/engines/schedule/plan'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type PlanReading, type PlanReadOptions, readPlanFile, writePlanFile } from '../plan-file/index.ts'

const fields = (values: Readonly<Record<string, string | number>>): string =>
  Object.entries(values)
    .map(([name, text]) => `<${name}>${text}</${name}>`)
    .join('')
const object = (name: string, values: Readonly<Record<string, string | number>>, more = ''): string =>
  `<${name}>${fields(values)}${more}</${name}>`

const workDay = (day: string): string =>
  `<StandardWorkHours><DayOfWeek>${day}</DayOfWeek><WorkTime><Start>08:00:00</Start><Finish>11:59:00</Finish></WorkTime><WorkTime><Start>13:00:00</Start><Finish>16:59:00</Finish></WorkTime></StandardWorkHours>`
const restDay = (day: string): string =>
  `<StandardWorkHours><DayOfWeek>${day}</DayOfWeek><WorkTime xsi:nil="true"/></StandardWorkHours>`
const week = `<StandardWorkWeek>${restDay('Sunday')}${['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday'].map(workDay).join('')}${restDay('Saturday')}</StandardWorkWeek>`
const holiday =
  '<HolidayOrExceptions><HolidayOrException><Date>2024-03-05T00:00:00</Date></HolidayOrException></HolidayOrExceptions>'

const calendar = object(
  'Calendar',
  {
    ObjectId: 9,
    Name: '五天制',
    Type: 'Global',
    HoursPerDay: 8,
    HoursPerWeek: 40,
    HoursPerMonth: 172,
    HoursPerYear: 2000,
  },
  week + holiday,
)
const activity = (id: number, code: string, more: Record<string, string | number> = {}, inner = ''): string =>
  object(
    'Activity',
    {
      ...{
        ObjectId: id,
        Id: code,
        Name: `工序 ${code}`,
        Type: 'Task Dependent',
        Status: 'Not Started',
        WBSObjectId: 21,
      },
      ...{ PlannedDuration: 16, RemainingDuration: 16, CalendarObjectId: 9, DurationType: 'Fixed Units/Time' },
      ...more,
    },
    inner,
  )
const project = (inner: string, more: Record<string, string | number> = {}): string =>
  object(
    'Project',
    {
      ...{ ActivityDefaultCalendarObjectId: 9, DataDate: '2024-03-01T08:00:00', Id: 'METRO', Name: '地铁三号线' },
      ...{
        ObjectId: 7,
        PlannedStartDate: '2024-03-01T08:00:00',
        WBSObjectId: 20,
        CriticalActivityPathType: 'Critical Float',
      },
      ...more,
    },
    inner,
  )
const wbs = object('WBS', { ObjectId: 21, Code: '1', Name: '主体', ParentObjectId: 20, SequenceNumber: 1 })
const file = (body: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?><APIBusinessObjects xmlns="http://xmlns.oracle.com/Primavera/P6Professional/V20.12/API/BusinessObjects" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">${body}</APIBusinessObjects>`

const small = file(
  calendar +
    project(
      wbs +
        activity(101, 'A1000') +
        activity(102, 'A1010', { PlannedDuration: '8,5' }) +
        object('Relationship', {
          ...{
            ObjectId: 1,
            PredecessorActivityObjectId: 101,
            SuccessorActivityObjectId: 102,
            Type: 'Finish to Start',
            Lag: 8,
          },
        }),
    ),
)

const read = (text: string, options: PlanReadOptions = {}): Promise<PlanReading> =>
  readPlanFile(Buffer.from(text), 'p6.xml', options)
async function plansOf(text: string): Promise<Extract<PlanReading, { ok: true }>> {
  const reading = await read(text)
  if (!reading.ok) throw new Error(reading.error.code)
  return reading
}
async function planOf(text: string): Promise<Plan> {
  const { plans } = await plansOf(text)
  if (!plans[0]) throw new Error('no plan')
  return plans[0]
}
const task = (plan: Plan, code: string) => {
  const found = plan.tasks.find(t => t.code === code)
  if (!found) throw new Error(`no task ${code}`)
  return found
}

describe('a project of Primavera', () => {
  test('its activities stand under their WBS with calendar, links and lags, and compute by Primavera’s rules', async () => {
    const plan = await planOf(small)
    expect(plan).toMatchObject({ name: 'METRO', title: '地铁三号线', mode: 'p6' })
    expect(plan.tasks.map(t => [t.kind, t.code, t.parent])).toEqual([
      ['summary', 'METRO', undefined],
      ['summary', 'METRO.1', 'wbs-20'],
      ['task', 'A1000', 'wbs-21'],
      ['task', 'A1010', 'wbs-21'],
    ])
    expect(plan.calendars[0]).toMatchObject({ name: '五天制', minutesPerDay: 480 })
    expect(plan.calendars[0]?.week[1]).toEqual([
      { from: 480, to: 720 },
      { from: 780, to: 1020 },
    ])
    expect(plan.links).toMatchObject([{ from: '101', to: '102', type: 'FS', lag: { kind: 'working', minutes: 480 } }])
    expect(task(plan, 'A1010').duration).toBe(510)
    const outcome = compute(plan)
    if (!outcome.ok) throw new Error(outcome.error.code)
    const dates = outcome.schedule.tasks[plan.tasks.indexOf(task(plan, 'A1010'))]
    // Friday and Monday are worked, Tuesday is the holiday, Wednesday the lag.
    expect(formatMinute(dates?.start ?? 0)).toBe('2024-03-07T08:00')
  })

  test('types, constraints, progress and expected finish', async () => {
    const plan = await planOf(
      file(
        calendar +
          project(
            wbs +
              activity(1, 'A', {
                Type: 'Level of Effort',
                PrimaryConstraintType: 'Start On or After',
                PrimaryConstraintDate: '2024-03-04T08:00:00',
              }) +
              activity(2, 'B', {
                ...{ Type: 'Finish Milestone', PlannedDuration: 0, PrimaryConstraintType: 'Mandatory Finish' },
                ...{ PrimaryConstraintDate: '2024-04-01T17:00:00', SecondaryConstraintType: 'Finish On or Before' },
                SecondaryConstraintDate: '2024-04-02T17:00:00',
              }) +
              activity(3, 'C', {
                ...{ Status: 'In Progress', PercentCompleteType: 'Physical', PhysicalPercentComplete: 0.25 },
                ...{
                  ActualStartDate: '2024-03-01T08:00:00',
                  SuspendDate: '2024-03-04T12:00:00',
                  ExpectedFinishDate: '2024-03-20T17:00:00',
                },
              }) +
              activity(4, 'D', {
                Status: 'Completed',
                ActualStartDate: '2024-03-01T08:00:00',
                ActualFinishDate: '2024-03-04T17:00:00',
              }),
          ),
      ),
    )
    expect(task(plan, 'A')).toMatchObject({ kind: 'level_of_effort', constraint: { type: 'start_no_earlier_than' } })
    expect(task(plan, 'B')).toMatchObject({
      ...{ kind: 'milestone', constraint: { type: 'must_finish_on' }, constraint2: { type: 'finish_no_later_than' } },
    })
    expect(task(plan, 'C')).toMatchObject({
      ...{ percentComplete: 25, physicalPercentComplete: 25, constraint: { type: 'expected_finish' } },
    })
    expect(task(plan, 'D')).toMatchObject({ percentComplete: 100 })
  })

  test('resources with rates, roles, assignments, codes, user fields and notes', async () => {
    const plan = await planOf(
      file(
        object('UDFType', { ObjectId: 50, Title: '班组', SubjectArea: 'Activity', DataType: 'Text' }) +
          object('ActivityCodeType', { ObjectId: 60, Name: '阶段', Scope: 'Global' }) +
          object('ActivityCode', { ObjectId: 61, CodeTypeObjectId: 60, CodeValue: 'S1', Description: '施工' }) +
          object('NotebookTopic', { ObjectId: 70, Name: '说明' }) +
          object('Role', { ObjectId: 80, Id: 'PM', Name: '项目经理' }) +
          calendar +
          object('Resource', {
            ObjectId: 90,
            Id: 'R1',
            Name: '电工',
            ResourceType: 'Labor',
            CalendarObjectId: 9,
            IsActive: 1,
          }) +
          object('ResourceRate', {
            ObjectId: 91,
            ResourceObjectId: 90,
            EffectiveDate: '2024-01-01T00:00:00',
            PricePerUnit: 25,
            MaxUnitsPerTime: 2,
          }) +
          project(
            wbs +
              activity(
                1,
                'A',
                {},
                object('UDF', { TypeObjectId: 50, TextValue: '钢筋组' }) +
                  object('Code', { TypeObjectId: 60, ValueObjectId: 61 }),
              ) +
              object('ResourceAssignment', {
                ObjectId: 5,
                ActivityObjectId: 1,
                ResourceObjectId: 90,
                PlannedUnits: 16,
                PlannedUnitsPerTime: 1,
                RateType: 'Price / Unit 2',
              }) +
              object('ResourceAssignment', {
                ObjectId: 6,
                ActivityObjectId: 1,
                RoleObjectId: 80,
                PlannedUnits: 8,
                PlannedUnitsPerTime: '0,5',
              }) +
              object('ActivityExpense', { ObjectId: 8, ActivityObjectId: 1, ExpenseItem: '差旅', PlannedCost: 1000 }) +
              object('ActivityExpense', {
                ObjectId: 9,
                ActivityObjectId: 1,
                ExpenseItem: '会议',
                PlannedCost: '200,5',
              }) +
              object('ActivityNote', {
                ObjectId: 7,
                ActivityObjectId: 1,
                NotebookTopicObjectId: 70,
                Note: '&lt;p&gt;先验收&lt;/p&gt;',
              }),
          ),
      ),
    )
    expect(task(plan, 'A')).toMatchObject({
      custom: { 班组: '钢筋组', 阶段: 'S1' },
      notes: '说明\n先验收',
      fixedCost: '1200.5',
    })
    expect(plan.resources.map(r => [r.name, r.maxUnits, r.rates?.[0]?.perHour, r.generic])).toEqual([
      ['电工', 2, '25', undefined],
      ['项目经理', undefined, undefined, true],
    ])
    expect(plan.assignments.map(a => [a.resource, a.units, a.work, a.rateTable])).toEqual([
      ['90', 1, 960, 1],
      ['role-80', 0.5, 480, undefined],
    ])
  })

  test('what has no place is named in the words of the file', async () => {
    const { loss } = await plansOf(
      file(
        calendar +
          object('ProjectCode', { ObjectId: 1, CodeValue: 'x' }) +
          project(
            wbs +
              activity(1, 'A', { Type: 'Something New', CalendarObjectId: 77 }) +
              object('ActivityStep', { ObjectId: 2, Name: '验收' }) +
              object('Relationship', {
                ObjectId: 3,
                PredecessorActivityObjectId: 404,
                SuccessorActivityObjectId: 1,
                Type: 'Finish to Start',
              }),
          ),
      ),
    )
    expect(loss.map(l => `${l.code} ${l.path}`)).toEqual([
      'structure ProjectCode',
      'value Activity/Type',
      'structure Project/ActivityStep',
      'reference Activity/CalendarObjectId',
      'reference Relationship/PredecessorActivityObjectId',
    ])
  })
})

describe('several projects in a file', () => {
  test('each is a plan to choose; baselines belong to their project, external projects are only where links come from', async () => {
    const { plans, loss } = await plansOf(
      file(
        calendar +
          `<Project external="true"><Id>OTHER</Id><ObjectId>8</ObjectId>${activity(900, 'X1')}</Project>` +
          project(
            wbs +
              activity(101, 'A1000') +
              object('Relationship', {
                ...{
                  ObjectId: 1,
                  PredecessorActivityObjectId: 900,
                  SuccessorActivityObjectId: 101,
                  Type: 'Start to Start',
                },
                ...{ PredecessorProjectObjectId: 8, SuccessorProjectObjectId: 7, Lag: 0 },
              }),
            { CurrentBaselineProjectObjectId: 70 },
          ) +
          project(activity(201, 'B1', { WBSObjectId: '' }), { ObjectId: 17, Id: 'LINE4', WBSObjectId: 30 }) +
          project(
            activity(301, 'A1000', {
              RemainingEarlyStartDate: '2024-02-01T08:00:00',
              RemainingEarlyFinishDate: '2024-02-02T17:00:00',
            }),
            {
              ...{ ObjectId: 70, Id: 'METRO - B1', OriginalProjectObjectId: 7, WBSObjectId: 40 },
            },
          ).replaceAll(/(<\/?)Project>/g, '$1BaselineProject>'),
      ),
    )
    expect(plans.map(p => p.name)).toEqual(['METRO', 'LINE4'])
    const [metro] = plans
    if (!metro) throw new Error('no plan')
    expect(task(metro, 'A1000').baselines?.map(b => [b.number, formatMinute(b.start ?? 0)])).toEqual([
      [0, '2024-02-01T08:00'],
    ])
    expect(task(metro, 'X1')).toMatchObject({ external: true, externalProject: 'OTHER' })
    expect(loss.map(l => l.path)).toContain('Activity (external, without dates)')
    expect(plans[1]?.tasks.map(t => t.parent)).toEqual([undefined, 'wbs-30'])
  })

  test('older files keep every object directly under the root', async () => {
    const flat = small
      .replace(/<\/?Project>/g, '')
      .replace(/(<ActivityDefaultCalendarObjectId>.*?<\/CriticalActivityPathType>)/, '<Project>$1</Project>')
    const own = flat
      .replaceAll('<WBSObjectId>21', '<ProjectObjectId>7</ProjectObjectId><WBSObjectId>21')
      .replace('<WBS>', '<WBS><ProjectObjectId>7</ProjectObjectId>')
      .replace('<Relationship>', '<Relationship><SuccessorProjectObjectId>7</SuccessorProjectObjectId>')
    const plan = await planOf(own)
    expect(plan.tasks.filter(t => t.kind === 'task').map(t => [t.code, t.parent])).toEqual([
      ['A1000', 'wbs-21'],
      ['A1010', 'wbs-21'],
    ])
    expect(plan.links).toHaveLength(1)
  })
})

test('the schedule options of the project decide how it is computed', async () => {
  const plan = await planOf(
    file(
      calendar +
        project(
          wbs +
            activity(1, 'A') +
            object('ScheduleOptions', {
              ...{
                ObjectId: 1,
                OutOfSequenceScheduleType: 'Progress Override',
                RelationshipLagCalendar: '24 Hour Calendar',
              },
              ...{
                ComputeTotalFloatType: 'Start Float = Late Start - Early Start',
                MakeOpenEndedActivitiesCritical: 1,
              },
            }),
          { CriticalActivityPathType: 'Longest Path' },
        ),
    ),
  )
  expect(plan.options).toMatchObject({
    ...{ progressMode: 'progress_override', lagCalendar: '24h', floatType: 'start', openEndsCritical: true },
    criticalBy: 'longest_path',
  })
})

test('a night shift runs into the next day, a whole day is 24 hours', async () => {
  const night = week
    .replace(
      workDay('Monday'),
      workDay('Monday').replace('08:00:00</Start><Finish>11:59', '22:00:00</Start><Finish>05:59'),
    )
    .replace(
      restDay('Saturday'),
      restDay('Saturday').replace(
        '<WorkTime xsi:nil="true"/>',
        '<WorkTime><Start>00:00:00</Start><Finish>23:59:00</Finish></WorkTime>',
      ),
    )
  const plan = await planOf(small.replace(week, night))
  expect(plan.calendars[0]?.week[1]).toEqual([
    { from: 780, to: 1020 },
    { from: 1320, to: 1440 },
  ])
  expect(plan.calendars[0]?.week[2]?.[0]).toEqual({ from: 0, to: 360 })
  expect(plan.calendars[0]?.week[6]).toEqual([{ from: 0, to: 1440 }])
})

test('written as XER it is the same plan', async () => {
  const plan = await planOf(small)
  const { bytes, loss } = writePlanFile(plan, 'xer')
  expect(loss).toEqual([])
  const back = await readPlanFile(bytes, 'p6.xer')
  expect(back.ok && back.plans[0]?.tasks).toMatchObject(plan.tasks)
  expect(back.ok && back.plans[0]?.calendars).toEqual(plan.calendars)
})

describe('what is no plan ends in a clear error', () => {
  const laughs = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
  test.each([
    ['no project', file(calendar), {}, 'p6.no_project'],
    ['too many projects', file(calendar + project('').repeat(5001)), {}, 'format.too_many'],
    ['no calendar', file(project(activity(1, 'A'))), {}, 'p6.no_calendar'],
    [
      'an external entity',
      small.replace('<API', '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><API').replace('METRO', '&e;'),
      {},
      'xml.entity',
    ],
    ['billion laughs', small.replace('<API', `${laughs}<API`).replace('METRO', '&b;'), {}, 'xml.entity'],
    ['cut off', small.slice(0, -400), {}, 'xml.malformed'],
    ['deep nesting', file('<Project>'.repeat(70)), {}, 'format.too_deep'],
    [
      'too many activities',
      file(calendar + project(activity(1, 'A').repeat(20))),
      { limits: { tasks: 10 } },
      'format.too_many',
    ],
    [
      'too many elements of one object',
      file(project(`<Activity>${Array.from({ length: 600 }, (_, i) => `<X${i}>1</X${i}>`).join('')}</Activity>`)),
      {},
      'format.too_many',
    ],
    [
      'a huge attribute',
      file(`<Project x="${'a'.repeat(2_000_000)}">`),
      { limits: { fieldLength: 1_000_000 } },
      'format.field_too_long',
    ],
  ])('%s', async (_, text, options, code) => {
    const reading = await read(text, options)
    expect(reading.ok ? 'read' : reading.error.code).toBe(code)
  })

  test('any damaged file is read or refused, never a crash', async () => {
    const bytes = Buffer.from(small)
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.tuple(fc.nat(bytes.length - 1), fc.constantFrom(0, 0x3c, 0x3e, 0x26, 0x2d, 0x39, 0x20, 0xff, 0x22)),
          { minLength: 1, maxLength: 6 },
        ),
        fc.nat(bytes.length),
        async (flips, length) => {
          const damaged = Buffer.from(bytes)
          for (const [at, value] of flips) damaged[at] = value
          const reading = await readPlanFile(length % 3 === 0 ? damaged.subarray(0, length) : damaged, 'p6.xml')
          expect(reading.ok || reading.error.code.length > 0).toBe(true)
        },
      ),
      { numRuns: 150 },
    )
  })
})
