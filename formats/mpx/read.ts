// Reads Microsoft Project Exchange files (MPX 1.0–4.0, Project 4 to 98) as the records of Project's XML, so that one
// reader serves both; the format is described in Microsoft's knowledge base, article 270139.
import type { Plan } from '@yingzao/engines/schedule/plan'
import { allowance, type ReadLimits, Refused } from '../limit.ts'
import type { LossLog } from '../loss.ts'
import { projectRecords } from '../mspdi/read.ts'
import { money, timeOfDay } from '../mspdi/value.ts'
import { asciiHead, type Encoding, guessEncoding } from '../text.ts'
import type { XmlNode } from '../xml/record.ts'
import { calendarNode, calendarOf, type MpxCalendar, readException, readHours } from './calendar.ts'
import { type ByHand, type FieldSpec, resourceFields, resourceHeadings, taskFields, taskHeadings } from './field.ts'
import { type ListedLink, linkNode, readList } from './link.ts'
import { type FieldTexts, fieldTexts, node } from './node.ts'
import { settingsOf } from './settings.ts'
import { type MpxRecord, readHeader, recordsOf } from './table.ts'
import { isBlank, type Settings, type Values, valuesOf } from './value.ts'

/** The code page the first line names; ANSI is whatever Windows had, so the text decides. */
export function mpxEncoding(bytes: Uint8Array): Encoding {
  switch (readHeader(asciiHead(bytes, 1000))?.codePage) {
    case '437':
      return 'cp437'
    case '850':
      return 'cp850'
    case 'MAC':
      return 'macintosh'
    default:
      return guessEncoding(bytes)
  }
}

/** @returns the one plan of the file; in steps of some thousand records, between which one may pause. */
export function* mpxSteps(text: string, losses: LossLog, limits: ReadLimits): Generator<void, Plan, void> {
  const header = readHeader(text)
  if (!header) throw new Refused('mpx.no_header')
  const records: MpxRecord[] = []
  for (const record of recordsOf(text, header.delimiter, limits)) {
    if (record) records.push(record)
    else yield
  }
  if (!records.some(r => r.number === '70' || r.number === '30')) throw new Refused('mpx.no_task')
  const settings = settingsOf(records)
  const file = gather(records, header.delimiter, settings, valuesOf(settings), losses, limits)
  yield
  return hand(file, losses, limits)
}

interface TaskRow {
  record: XmlNode
  row: number
  uid: number
  predecessors: readonly { link: ListedLink; unique: boolean }[]
  successors: readonly { link: ListedLink; unique: boolean }[]
}

interface MpxFile {
  project: Map<string, string>
  calendars: MpxCalendar[]
  projectCalendar: string
  tasks: TaskRow[]
  resources: { record: XmlNode; calendar?: MpxCalendar; base?: string; row: number; uid: number }[]
  assignments: { record: XmlNode; task: TaskRow; resource: number; resourceUid: number | undefined }[]
}

/** Gathers the records; those of calendars, notes and assignments belong to the record before them. */
function gather(
  records: readonly MpxRecord[],
  separator: string,
  settings: Settings,
  values: Values,
  losses: LossLog,
  limits: ReadLimits,
): MpxFile {
  const spend = allowance(limits)
  const listSeparator = separator === '\t' ? (settings.decimal === ',' ? ';' : ',') : separator
  const file: MpxFile = {
    ...{ project: new Map(), calendars: [], projectCalendar: '', tasks: [], resources: [], assignments: [] },
  }
  const forTasks = fieldTexts('task', settings, values, losses)
  const forResources = fieldTexts('resource', settings, values, losses)
  const freeTask = freshNumbers('Task/UID', losses)
  const freeResource = freshNumbers('Resource/UID', losses)
  const taskColumns = columnsOf(records, '60', '61', taskHeadings, losses)
  const resourceColumns = columnsOf(records, '40', '41', resourceHeadings, losses)
  let calendar: MpxCalendar | undefined
  let task: TaskRow | undefined
  let resource: MpxFile['resources'][number] | undefined
  let calendarUid = 0

  const addTask = (record: MpxRecord): void => {
    spend('tasks')
    const item = node('Task')
    const lists = {
      predecessors: [] as TaskRow['predecessors'][number][],
      successors: [] as TaskRow['successors'][number][],
    }
    fill(item, record, taskColumns, taskFields, forTasks, losses, (word, text) => {
      const unique = word.startsWith('unique')
      const into = word.endsWith('predecessors') ? lists.predecessors : lists.successors
      for (const link of readList(text, listSeparator, values, losses)) {
        spend('records')
        into.push({ link, unique })
      }
    })
    if (record.fields.every(f => f.trim() === '')) {
      losses.add('row', 'Task')
      return
    }
    const row = Number(item.fields.get('ID') ?? file.tasks.length + 1)
    const uid = freeTask(item.fields.get('UID'), row)
    item.fields.set('ID', String(row))
    item.fields.set('UID', String(uid))
    withoutHalfDates(item, record, taskColumns, forTasks)
    task = { record: item, row, uid, ...lists }
    file.tasks.push(task)
  }

  const addResource = (record: MpxRecord): void => {
    spend('records')
    const item = node('Resource')
    fill(item, record, resourceColumns, resourceFields, forResources, losses, () => {})
    if (record.fields.every(f => f.trim() === '')) {
      losses.add('row', 'Resource')
      return
    }
    const row = Number(item.fields.get('ID') ?? file.resources.length + 1)
    const uid = freeResource(item.fields.get('UID'), row)
    const base = item.fields.get('BaseCalendar')
    item.fields.delete('BaseCalendar')
    item.fields.set('UID', String(uid))
    item.fields.set('Type', '1')
    resource = { record: item, row, uid, ...(base !== undefined && { base }) }
    file.resources.push(resource)
  }

  for (const record of records) {
    switch (record.number) {
      case '20':
        calendar = calendarOf(record, ++calendarUid)
        file.calendars.push(calendar)
        break
      case '55':
        calendar = undefined
        if (resource) {
          calendar = calendarOf(record, ++calendarUid, resource.record.fields.get('Name') ?? '')
          resource.calendar = calendar
        } else losses.add('reference', 'Calendar (55)')
        break
      case '25':
      case '56':
        if (calendar) readHours(record, calendar, values, losses)
        else losses.add('reference', `Calendar (${record.number})`)
        break
      case '26':
      case '57':
        spend('records')
        if (calendar) readException(record, calendar, values, losses)
        else losses.add('reference', `Calendar (${record.number})`)
        break
      case '30':
        file.projectCalendar = record.fields[3]?.trim() ?? ''
        project(record, file.project, forTasks, losses)
        break
      case '50':
        addResource(record)
        break
      case '70':
        addTask(record)
        break
      case '51':
      case '71': {
        const owner = record.number === '51' ? resource?.record : task?.record
        const text = forTasks.text('text', record.fields.join(separator), 'Notes')
        if (owner && text !== undefined) owner.fields.set('Notes', text)
        else if (!owner) losses.add('reference', `Notes (${record.number})`, text)
        break
      }
      case '72':
        // The rows that repeat are tasks of their own; the pattern stands at the first of them only.
        if (record.fields.length > 1) losses.add('structure', 'Task (recurring)', task?.record.fields.get('Name'))
        break
      case '75':
        spend('records')
        if (task) file.assignments.push(assignment(record, task, forTasks, values, losses))
        else losses.add('reference', 'Assignment (75)', record.fields[0])
        break
      case '76':
        if (record.fields.some(f => !isBlank(f) && values.number(f) !== 0))
          losses.add('structure', 'Assignment (workgroup)')
        break
      case '80':
      case '81':
        losses.add('structure', record.number === '80' ? 'Project (names)' : 'Project (OLE link)', record.fields[0])
        break
      case '0':
      case '':
      case '10':
      case '11':
      case '12':
      case '40':
      case '41':
      case '60':
      case '61':
      case 'MPX':
        break
      default:
        losses.add('structure', `Record ${record.number.slice(0, 20)}`)
    }
  }
  options(records, settings, file, values)
  return file
}

type Columns = readonly (number | undefined)[]

/** Which field stands where: the numbers of 41 and 61, else the English headings of 40 and 60. */
function columnsOf(
  records: readonly MpxRecord[],
  names: string,
  numbers: string,
  headings: ReadonlyMap<string, number>,
  losses: LossLog,
): Columns {
  const numbered = records.find(r => r.number === numbers)
  const named = records.find(r => r.number === names)
  if (records.filter(r => r.number === numbers).length > 1) losses.add('value', `Record ${numbers}`, 'repeated')
  if (numbered) {
    if (named && named.fields.length !== numbered.fields.length)
      losses.add('value', `Record ${names}`, `${named.fields.length} ≠ ${numbered.fields.length}`)
    return numbered.fields.map(f => (/^\s*\d{1,4}\s*$/.test(f) ? Number(f) : undefined))
  }
  return named?.fields.map(f => headings.get(f.trim().toLowerCase())) ?? []
}

function fill(
  item: XmlNode,
  record: MpxRecord,
  columns: Columns,
  specs: ReadonlyMap<number, FieldSpec | ByHand>,
  texts: FieldTexts,
  losses: LossLog,
  list: (word: Exclude<ByHand, 'derived'>, text: string) => void,
): void {
  for (const [i, text] of record.fields.entries()) {
    if (text.trim() === '') continue
    const column = columns[i]
    const spec = column === undefined ? undefined : specs.get(column)
    if (spec === undefined) losses.add('field', `${item.name}/${column ?? `column ${i + 1}`}`, text)
    else if (typeof spec !== 'string') texts.put(item, spec, text)
    else if (spec !== 'derived') list(spec, text)
  }
}

/** Elements that a date alone says too little for: when on its day a milestone happens. */
const moments = ['Start', 'Finish', 'EarlyStart', 'EarlyFinish', 'LateStart', 'LateFinish']

function withoutHalfDates(item: XmlNode, record: MpxRecord, columns: Columns, texts: FieldTexts): void {
  if (item.fields.get('Duration') !== 'PT0H0M0S') return
  for (const [i, text] of record.fields.entries()) {
    const spec = taskFields.get(columns[i] ?? -1)
    if (typeof spec !== 'object' || spec.in !== undefined || !moments.includes(spec.element)) continue
    if (texts.instant(text, false)?.isDay) item.fields.delete(spec.element)
  }
}

/** A number of its own for each: the file's, else the row's, else the next. */
function freshNumbers(path: string, losses: LossLog): (written: string | undefined, row: number) => number {
  const taken = new Set<number>()
  let next = 1_000_000
  return (written, row) => {
    let uid = written === undefined ? row : Number(written)
    if (taken.has(uid)) {
      losses.add('reference', path, String(uid))
      while (taken.has(next)) next++
      uid = next
    }
    taken.add(uid)
    return uid
  }
}

/** Record 30 in the order of its fields; sums of the whole project follow from its tasks. */
const projectFields: readonly (readonly [at: number, element: string])[] = [
  [0, 'Name'],
  [1, 'Company'],
  [2, 'Manager'],
  [26, 'Subject'],
  [27, 'Author'],
  [28, 'Keywords'],
]

function project(record: MpxRecord, into: Map<string, string>, texts: FieldTexts, losses: LossLog): void {
  for (const [at, element] of projectFields) {
    const text = texts.text('text', record.fields[at] ?? '', `Project/${element}`)
    if (text !== undefined) into.set(element, text)
  }
  const start = texts.text('start', record.fields[4] ?? '', 'Project/StartDate')
  const finish = texts.text('finish', record.fields[5] ?? '', 'Project/FinishDate')
  if (start !== undefined) into.set('StartDate', start)
  if (finish !== undefined) into.set('FinishDate', finish)
  into.set('ScheduleFromStart', record.fields[6]?.trim() === '1' ? '0' : '1')
  const comments = record.fields[8]?.trim()
  if (comments) losses.add('field', 'Project/Comments', comments)
}

/** What records 10–12 say of the whole plan, and the end of its usual day. */
function options(records: readonly MpxRecord[], settings: Settings, file: MpxFile, values: Values): void {
  const { project: into } = file
  const defaults = records.find(r => r.number === '11')?.fields ?? []
  into.set('MinutesPerDay', String(settings.minutesPerDay))
  into.set('MinutesPerWeek', String(settings.minutesPerWeek))
  into.set('DefaultStartTime', timeOfDay.write(settings.defaultStart) ?? '')
  into.set('DefaultFinishTime', timeOfDay.write(settings.defaultFinish) ?? '')
  if (settings.currency !== '') into.set('CurrencySymbol', settings.currency)
  const splits = values.flag(defaults[8] ?? '')
  if (splits !== undefined) into.set('SplitsInProgressTasks', splits ? '1' : '0')
}

/** Record 75: resource, units, work, cost, dates, delay, unique number of the resource. */
const assignmentFields: readonly (readonly [at: number, kind: FieldSpec['kind'], element: string])[] = [
  [1, 'units', 'Units'],
  [2, 'duration', 'Work'],
  [4, 'duration', 'ActualWork'],
  [5, 'duration', 'OvertimeWork'],
  [6, 'money', 'Cost'],
  [8, 'money', 'ActualCost'],
  [9, 'start', 'Start'],
  [10, 'finish', 'Finish'],
  [11, 'tenths', 'Delay'],
]

function assignment(
  record: MpxRecord,
  task: TaskRow,
  texts: FieldTexts,
  values: Values,
  losses: LossLog,
): MpxFile['assignments'][number] {
  const item = node('Assignment')
  for (const [at, kind, element] of assignmentFields) {
    const text = texts.text(kind, record.fields[at] ?? '', `Assignment/${element}`)
    if (text !== undefined) item.fields.set(element, text)
  }
  const work = texts.text('duration', record.fields[3] ?? '', 'Assignment/BaselineWork')
  const cost = values.money(record.fields[7] ?? '')
  if ((work !== undefined && work !== 'PT0H0M0S') || (cost !== undefined && cost !== '0'))
    item.children.push(
      node('Baseline', { Number: '0', Work: work, Cost: cost === undefined ? undefined : money.write(cost) }),
    )
  const resource = values.number(record.fields[0] ?? '')
  if (resource === undefined) losses.add('value', 'Assignment/ResourceUID', record.fields[0])
  return { record: item, task, resource: resource ?? Number.NaN, resourceUid: values.number(record.fields[12] ?? '') }
}

/** Hands everything to the reader of Project's records, in the order it wants. */
function hand(file: MpxFile, losses: LossLog, limits: ReadLimits): Plan {
  const reader = projectRecords(losses, limits)
  const byName = new Map<string, number>()
  for (const calendar of file.calendars) {
    if (byName.has(calendar.name)) losses.add('reference', 'Calendar/Name', calendar.name)
    else byName.set(calendar.name, calendar.uid)
    reader.record('Calendars', calendarNode(calendar, undefined))
  }
  for (const [name, text] of file.project) reader.property(name, text)
  const projectCalendar = byName.get(file.projectCalendar)
  if (projectCalendar !== undefined) reader.property('CalendarUID', String(projectCalendar))
  else if (file.projectCalendar !== '') losses.add('reference', 'Project/CalendarUID', file.projectCalendar)

  for (const { record, calendar, base } of file.resources) {
    const parent = byName.get(calendar?.base ?? base ?? '')
    if ((calendar?.base || base) && parent === undefined)
      losses.add('reference', 'Calendar/BaseCalendarUID', calendar?.base ?? base)
    if (calendar) reader.record('Calendars', calendarNode(calendar, parent))
    const uid = calendar?.uid ?? parent
    if (uid !== undefined) record.fields.set('CalendarUID', String(uid))
    reader.record('Resources', record)
  }

  linkTasks(file.tasks, losses)
  for (const { record } of file.tasks) reader.record('Tasks', record)

  const uidOfRow = new Map(file.resources.map(r => [r.row, r.uid]))
  const uids = new Set(file.resources.map(r => r.uid))
  let uid = 0
  for (const { record, task, resource, resourceUid } of file.assignments) {
    const found = resourceUid !== undefined && uids.has(resourceUid) ? resourceUid : uidOfRow.get(resource)
    record.fields.set('UID', String(++uid))
    record.fields.set('TaskUID', String(task.uid))
    record.fields.set('ResourceUID', String(found ?? resourceUid ?? resource))
    reader.record('Assignments', record)
  }
  return reader.end()
}

/** Links of both lists as predecessors of the task that waits; the same link in both is one. */
function linkTasks(tasks: readonly TaskRow[], losses: LossLog): void {
  const byRow = new Map(tasks.map(t => [t.row, t]))
  const byUid = new Map(tasks.map(t => [t.uid, t]))
  const seen = new Set<string>()
  const add = (from: TaskRow, to: TaskRow, link: ListedLink): void => {
    const key = `${from.uid} ${to.uid}`
    if (seen.has(key)) return
    seen.add(key)
    to.record.children.push(linkNode(link, String(from.uid)))
  }
  for (const task of tasks)
    for (const [list, isSuccessor] of [
      [task.predecessors, false],
      [task.successors, true],
    ] as const)
      for (const { link, unique } of list) {
        const other = (unique ? byUid : byRow).get(link.task)
        if (!other) losses.add('reference', isSuccessor ? 'Task/Successors' : 'Task/Predecessors', String(link.task))
        else if (isSuccessor) add(task, other, link)
        else add(other, task, link)
      }
}
