// Benchmark: a Microsoft Project XML of about 10 MB read, computed and written; a large workbook and CSV read.
import { PassThrough } from 'node:stream'
import { compute } from '@yingzao/engines/schedule'
import type { Plan } from '@yingzao/engines/schedule/plan'
import { readCsv, writeCsv } from './csv/index.ts'
import { chainFile } from './mpp/testing/file.ts'
import { readPlanFile, writePlanFile } from './plan-file/index.ts'
import { readSheet, writeSheet } from './xlsx/index.ts'

const hours = (n: number): string => `PT${n}H0M0S`

/** A plan as Project saves one: every element of every task, baselines and custom fields, sections of ten tasks. */
export function largeMspdi(tasks: number): string {
  const out: string[] = [
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Project xmlns="http://schemas.microsoft.com/project">\n',
    '<SaveVersion>14</SaveVersion><Name>bench.xml</Name><ScheduleFromStart>1</ScheduleFromStart>',
    '<StartDate>2024-03-01T08:00:00</StartDate><CalendarUID>1</CalendarUID><MinutesPerDay>480</MinutesPerDay>',
    '<ExtendedAttributes><ExtendedAttribute><FieldID>188743731</FieldID><FieldName>Text1</FieldName><Alias>班组</Alias></ExtendedAttribute></ExtendedAttributes>',
    '<Calendars><Calendar><UID>1</UID><Name>标准</Name><IsBaseCalendar>1</IsBaseCalendar><BaseCalendarUID>-1</BaseCalendarUID><WeekDays>',
  ]
  for (let day = 1; day <= 7; day++)
    out.push(
      `<WeekDay><DayType>${day}</DayType><DayWorking>${day > 1 && day < 7 ? 1 : 0}</DayWorking>`,
      day > 1 && day < 7
        ? '<WorkingTimes><WorkingTime><FromTime>08:00:00</FromTime><ToTime>12:00:00</ToTime></WorkingTime><WorkingTime><FromTime>13:00:00</FromTime><ToTime>17:00:00</ToTime></WorkingTime></WorkingTimes></WeekDay>'
        : '</WeekDay>',
    )
  out.push('</WeekDays></Calendar></Calendars>\n<Tasks>\n')
  const zero = [
    'StartVariance',
    'FinishVariance',
    'WorkVariance',
    'FreeSlack',
    'TotalSlack',
    'StartSlack',
    'FinishSlack',
  ]
  const durations = [
    'OvertimeWork',
    'ActualDuration',
    'ActualWork',
    'ActualOvertimeWork',
    'RegularWork',
    'RemainingWork',
  ]
  for (let i = 1; i <= tasks; i++) {
    const isSummary = i % 11 === 1
    const date = `2024-0${3 + (i % 6)}-1${i % 9}T08:00:00`
    out.push(
      `\t\t<Task>\n\t\t\t<UID>${i}</UID>\n\t\t\t<ID>${i}</ID>\n\t\t\t<Name>${isSummary ? '分部工程' : '工序'} ${i} 钢筋、模板与混凝土浇筑</Name>\n`,
      '\t\t\t<Active>1</Active>\n\t\t\t<Manual>0</Manual>\n\t\t\t<Type>0</Type>\n\t\t\t<IsNull>0</IsNull>\n',
      `\t\t\t<CreateDate>2024-01-15T10:30:00</CreateDate>\n\t\t\t<WBS>${i}</WBS>\n\t\t\t<OutlineNumber>${i}</OutlineNumber>\n\t\t\t<OutlineLevel>${isSummary ? 1 : 2}</OutlineLevel>\n`,
      `\t\t\t<Priority>500</Priority>\n\t\t\t<Start>${date}</Start>\n\t\t\t<Finish>${date}</Finish>\n\t\t\t<Duration>${hours(8 * (1 + (i % 9)))}</Duration>\n\t\t\t<DurationFormat>7</DurationFormat>\n`,
      `\t\t\t<EffortDriven>0</EffortDriven>\n\t\t\t<Estimated>0</Estimated>\n\t\t\t<Milestone>0</Milestone>\n\t\t\t<Summary>${isSummary ? 1 : 0}</Summary>\n\t\t\t<Critical>0</Critical>\n`,
      `\t\t\t<EarlyStart>${date}</EarlyStart>\n\t\t\t<EarlyFinish>${date}</EarlyFinish>\n\t\t\t<LateStart>${date}</LateStart>\n\t\t\t<LateFinish>${date}</LateFinish>\n`,
      ...zero.map(name => `\t\t\t<${name}>0</${name}>\n`),
      ...durations.map(name => `\t\t\t<${name}>${hours(0)}</${name}>\n`),
      '\t\t\t<PercentComplete>0</PercentComplete>\n\t\t\t<Cost>1250000</Cost>\n\t\t\t<ConstraintType>0</ConstraintType>\n\t\t\t<CalendarUID>-1</CalendarUID>\n',
    )
    if (!isSummary && i % 11 !== 2)
      out.push(
        `\t\t\t<PredecessorLink>\n\t\t\t\t<PredecessorUID>${i - 1}</PredecessorUID>\n\t\t\t\t<Type>1</Type>\n\t\t\t\t<CrossProject>0</CrossProject>\n\t\t\t\t<LinkLag>0</LinkLag>\n\t\t\t\t<LagFormat>7</LagFormat>\n\t\t\t</PredecessorLink>\n`,
      )
    out.push(
      '\t\t\t<ExtendedAttribute>\n\t\t\t\t<FieldID>188743731</FieldID>\n\t\t\t\t<Value>钢筋一班</Value>\n\t\t\t</ExtendedAttribute>\n',
    )
    for (let number = 0; number < 9; number++)
      out.push(
        `\t\t\t<Baseline>\n\t\t\t\t<Number>${number}</Number>\n\t\t\t\t<Interim>0</Interim>\n\t\t\t\t<Start>${date}</Start>\n\t\t\t\t<Finish>${date}</Finish>\n\t\t\t\t<Duration>${hours(16)}</Duration>\n\t\t\t\t<DurationFormat>7</DurationFormat>\n\t\t\t\t<EstimatedDuration>0</EstimatedDuration>\n\t\t\t\t<Work>${hours(16)}</Work>\n\t\t\t\t<Cost>1250000</Cost>\n\t\t\t\t<BCWS>0</BCWS>\n\t\t\t\t<BCWP>0</BCWP>\n\t\t\t</Baseline>\n`,
      )
    out.push('\t\t</Task>\n')
  }
  out.push('</Tasks>\n<Resources/>\n<Assignments/>\n</Project>\n')
  return out.join('')
}

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0

async function timed(runs: number, work: () => Promise<unknown> | unknown): Promise<number> {
  const times: number[] = []
  for (let i = 0; i < runs; i++) {
    const from = performance.now()
    await work()
    times.push(performance.now() - from)
  }
  return median(times)
}

async function bytesOf(write: (stream: PassThrough) => Promise<unknown>): Promise<Buffer> {
  const stream = new PassThrough()
  const parts: Buffer[] = []
  stream.on('data', (part: Buffer) => parts.push(part))
  await write(stream)
  return Buffer.concat(parts)
}

export default async function bench(
  report: (name: string, medianMs: number, baseline?: { name: string; ms: number }) => void,
): Promise<void> {
  const xml = Buffer.from(largeMspdi(2400))
  const size = `${(xml.length / 1e6).toFixed(1)} MB, 2,400 tasks`
  const read = async (): Promise<Plan> => {
    const reading = await readPlanFile(xml, 'bench.xml')
    if (!reading.ok || !reading.plans[0]) throw new Error('the benchmark file was refused')
    return reading.plans[0]
  }
  const plan = await read()
  report(`MSPDI read (${size})`, await timed(5, read), { name: 'goal', ms: 1500 })
  report(`MSPDI computed (${size})`, await timed(5, () => compute(plan)))
  report(`MSPDI written (${size})`, await timed(5, () => writePlanFile(plan, 'mspdi')))
  const whole = async (): Promise<void> => {
    const fresh = await read()
    const outcome = compute(fresh)
    writePlanFile(fresh, 'mspdi', outcome.ok ? outcome.schedule : undefined)
  }
  report(`MSPDI read, computed, written (${size})`, await timed(5, whole), { name: 'goal', ms: 3000 })
  const xer = Buffer.from(writePlanFile(plan, 'xer').bytes)
  report(
    `XER read (${(xer.length / 1e6).toFixed(1)} MB, 2,400 tasks)`,
    await timed(5, () => readPlanFile(xer, 'bench.xer')),
  )

  const mpp = chainFile(6000, id => ({ 51: `班组 ${id % 7}`, 15: `{\\rtf1\\ansi ${'note '.repeat(10)}}` }))
  const mb = mpp.length / 1e6
  const mppMs = await timed(5, () => readPlanFile(mpp, 'bench.mpp'))
  report(`MPP read (${mb.toFixed(1)} MB, 6,000 tasks; goal 5 MB/s)`, mppMs, { name: 'goal', ms: (mb / 5) * 1000 })

  const columns = Array.from({ length: 10 }, (_, i) => ({
    header: `c${i}`,
    kind: i % 2 ? ('number' as const) : ('text' as const),
  }))
  const rows = Array.from({ length: 50_000 }, (_, i) =>
    columns.map((c, j) => (c.kind === 'number' ? i * j : `文字 ${i}`)),
  )
  const drain = async (all: AsyncIterable<unknown>): Promise<void> => {
    for await (const _ of all);
  }
  const sheet = await bytesOf(stream => writeSheet(stream, columns, rows))
  report('XLSX written (50,000 × 10)', await timed(1, () => bytesOf(stream => writeSheet(stream, columns, rows))))
  report('XLSX read (50,000 × 10)', await timed(3, () => drain(readSheet(sheet))))
  const csv = await bytesOf(stream => writeCsv(stream, columns, rows))
  report('CSV read (50,000 × 10)', await timed(3, () => drain(readCsv(csv))))
}
