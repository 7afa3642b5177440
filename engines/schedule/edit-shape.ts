// What an edit may hold, field by field: the same table checks values when edits are applied and reads edits off the wire.
import { FIRST_DAY, LAST_DAY, MINUTES_PER_DAY } from './civil.ts'
import type { AssignmentPatch, LinkPatch, OptionsPatch, PlanEdit, ResourcePatch, TaskPatch } from './edit.ts'
import type { Assignment, Link, PlanOptions, Resource, Task } from './plan.ts'

type Check = (value: unknown) => boolean

/** Longest text, list and number a hostile edit may carry. */
const MOST_TEXT = 100_000
const MOST_ITEMS = 100_000
/** Edits in one request: enough to paste a large plan, few enough to be applied in bounded time. */
const MOST_EDITS = 20_000
const MOST_MINUTES = 1e9

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const flag: Check = value => typeof value === 'boolean'
const text: Check = value => typeof value === 'string' && value.length <= MOST_TEXT
const id = (value: unknown): value is string => typeof value === 'string' && value.length > 0 && value.length <= 200
const number: Check = value => typeof value === 'number' && Number.isFinite(value) && Math.abs(value) <= MOST_MINUTES
const amount: Check = value => typeof value === 'number' && value >= 0 && value <= MOST_MINUTES
const minute: Check = value =>
  typeof value === 'number' &&
  Number.isInteger(value) &&
  value >= FIRST_DAY * MINUTES_PER_DAY &&
  value < LAST_DAY * MINUTES_PER_DAY
const percent: Check = value => typeof value === 'number' && value >= 0 && value <= 100
const decimal: Check = value => typeof value === 'string' && /^-?\d{1,24}(\.\d{1,12})?$/.test(value)
const integer =
  (low: number, high: number): Check =>
  value =>
    typeof value === 'number' && Number.isInteger(value) && value >= low && value <= high
const oneOf =
  (...values: readonly string[]): Check =>
  value =>
    typeof value === 'string' && values.includes(value)
const listOf =
  (check: Check): Check =>
  value =>
    Array.isArray(value) && value.length <= MOST_ITEMS && value.every(check)
const optional =
  (check: Check): Check =>
  value =>
    value === undefined || check(value)
/** Exactly these fields, each valid. */
const shape =
  (fields: Readonly<Record<string, Check>>): Check =>
  value =>
    isRecord(value) &&
    Object.keys(value).every(key => Object.hasOwn(fields, key)) &&
    Object.entries(fields).every(([key, check]) => check(value[key]))

const durationUnit = oneOf('m', 'h', 'd', 'w', 'mo', 'y')
const dated = [
  'must_start_on',
  'must_finish_on',
  'start_no_earlier_than',
  'start_no_later_than',
  'finish_no_earlier_than',
  'finish_no_later_than',
  'start_on',
  'finish_on',
  'expected_finish',
]
const constraint: Check = value =>
  shape({ type: oneOf('asap', 'alap'), at: optional(minute) })(value) ||
  shape({ type: oneOf(...dated), at: minute })(value)
const lag: Check = value =>
  shape({ kind: oneOf('working', 'elapsed'), minutes: number })(value) ||
  shape({ kind: oneOf('percent', 'elapsed_percent'), percent: number })(value)
const baseline = shape({
  number: integer(0, 10),
  start: optional(minute),
  finish: optional(minute),
  duration: optional(amount),
  work: optional(amount),
  cost: optional(decimal),
})
const weekday = integer(0, 6)
const every = integer(1, 999)
const position = integer(1, 5)
const rule: Check = value =>
  shape({ kind: oneOf('daily'), every })(value) ||
  shape({ kind: oneOf('weekly'), every, days: listOf(weekday) })(value) ||
  shape({ kind: oneOf('monthly_day'), every, day: integer(1, 31) })(value) ||
  shape({ kind: oneOf('monthly_position'), every, position, weekday })(value) ||
  shape({ kind: oneOf('yearly_day'), every, month: integer(1, 12), day: integer(1, 31) })(value) ||
  shape({ kind: oneOf('yearly_position'), every, month: integer(1, 12), position, weekday })(value)
const dayNumber = integer(FIRST_DAY, LAST_DAY)
const recurrence = shape({
  rule,
  fromDay: dayNumber,
  toDay: optional(dayNumber),
  count: optional(integer(1, 999)),
  at: integer(0, 1439),
  duration: amount,
  dayOff: oneOf('next', 'skip'),
})
const custom: Check = value =>
  isRecord(value) &&
  Object.keys(value).length <= 1000 &&
  Object.values(value).every(item => text(item) || typeof item === 'number' || typeof item === 'boolean')
const extra: Check = value => isRecord(value) && Object.keys(value).length <= 1000 && Object.values(value).every(text)

/** A field's check and whether null may clear it. */
interface Field {
  check: Check
  required?: true
}
type Fields<T> = Readonly<Record<keyof T, Field>>
const must = (check: Check): Field => ({ check, required: true })
const may = (check: Check): Field => ({ check })

export const taskFields: Fields<Omit<Task, 'id' | 'parent'>> = {
  uid: may(number),
  row: may(number),
  code: may(text),
  name: must(text),
  notes: may(text),
  responsible: may(id),
  kind: must(
    oneOf('task', 'resource_dependent', 'milestone', 'start_milestone', 'summary', 'level_of_effort', 'wbs_summary'),
  ),
  duration: must(amount),
  elapsed: may(flag),
  durationUnit: may(durationUnit),
  estimated: may(flag),
  calendar: may(id),
  ignoreResourceCalendar: may(flag),
  constraint: must(constraint),
  constraint2: may(constraint),
  deadline: may(minute),
  manual: may(flag),
  manualStart: may(minute),
  manualFinish: may(minute),
  manualDuration: may(amount),
  inactive: may(flag),
  external: may(flag),
  externalProject: may(text),
  milestone: may(flag),
  recurring: may(flag),
  recurrence: may(recurrence),
  percentComplete: may(percent),
  percentWorkComplete: may(percent),
  physicalPercentComplete: may(percent),
  actualStart: may(minute),
  actualFinish: may(minute),
  actualDuration: may(amount),
  remainingDuration: may(amount),
  suspend: may(minute),
  resume: may(minute),
  segments: may(listOf(shape({ start: minute, finish: minute }))),
  effort: may(oneOf('fixed_units', 'fixed_duration', 'fixed_work', 'fixed_duration_and_units')),
  effortDriven: may(flag),
  work: may(amount),
  actualWork: may(amount),
  remainingWork: may(amount),
  priority: may(integer(0, 1000)),
  levelingDelay: may(amount),
  levelingCanSplit: may(flag),
  fixedCost: may(decimal),
  cost: may(decimal),
  externalEarlyStart: may(minute),
  externalLateFinish: may(minute),
  stored: may(isRecord),
  baselines: may(listOf(baseline)),
  custom: may(custom),
  extra: may(extra),
  placeholder: may(flag),
  projectSummary: may(flag),
}
export const linkFields: Fields<Omit<Link, 'id'>> = {
  from: must(id),
  to: must(id),
  type: must(oneOf('FS', 'SS', 'FF', 'SF')),
  lag: must(lag),
  lagUnit: may(durationUnit),
}
export const assignmentFields: Fields<Omit<Assignment, 'id'>> = {
  uid: may(number),
  task: must(id),
  resource: must(id),
  units: must(amount),
  work: may(amount),
  actualWork: may(amount),
  remainingWork: may(amount),
  overtimeWork: may(amount),
  actualOvertimeWork: may(amount),
  delay: may(amount),
  contour: may(
    oneOf(
      'flat',
      'back_loaded',
      'front_loaded',
      'double_peak',
      'early_peak',
      'late_peak',
      'bell',
      'turtle',
      'contoured',
    ),
  ),
  start: may(minute),
  finish: may(minute),
  actualStart: may(minute),
  actualFinish: may(minute),
  cost: may(decimal),
  baselines: may(listOf(baseline)),
  rateTable: may(integer(0, 4)),
  custom: may(custom),
  extra: may(extra),
}
export const resourceFields: Fields<Omit<Resource, 'id'>> = {
  uid: may(number),
  name: must(text),
  kind: must(oneOf('work', 'material', 'cost')),
  maxUnits: may(amount),
  availability: may(listOf(shape({ from: optional(minute), to: optional(minute), units: amount }))),
  calendar: may(id),
  group: may(text),
  email: may(text),
  unitLabel: may(text),
  rates: may(
    listOf(
      shape({
        table: optional(integer(0, 4)),
        from: optional(minute),
        to: optional(minute),
        perHour: optional(decimal),
        overtimePerHour: optional(decimal),
        perUse: optional(decimal),
      }),
    ),
  ),
  notes: may(text),
  generic: may(flag),
  inactive: may(flag),
  code: may(text),
  custom: may(custom),
  extra: may(extra),
}
export const optionsFields: Fields<PlanOptions> = {
  scheduleFrom: must(oneOf('start', 'finish')),
  start: must(minute),
  finish: may(minute),
  statusDate: may(minute),
  calendar: must(id),
  minutesPerDay: must(integer(1, 1440)),
  minutesPerWeek: must(integer(1, 10080)),
  daysPerMonth: must(integer(1, 31)),
  criticalSlackLimit: must(number),
  defaultStart: must(integer(0, 1440)),
  defaultFinish: must(integer(0, 1440)),
  honorConstraints: must(flag),
  splitsInProgressTasks: must(flag),
  multipleCriticalPaths: must(flag),
  newTasksManual: must(flag),
  lagCalendar: must(oneOf('predecessor', 'successor', 'project', '24h')),
  progressMode: must(oneOf('retained_logic', 'progress_override', 'actual_dates')),
  floatType: must(oneOf('start', 'finish', 'smallest')),
  criticalBy: must(oneOf('float', 'longest_path')),
  openEndsCritical: must(flag),
  useExpectedFinish: must(flag),
  currency: may(text),
}

type AnyFields = Readonly<Record<string, Field>>

/** The first field of a patch that does not exist, is required but cleared, or has an invalid value. */
export function badPatchField(fields: AnyFields, patch: object): string | undefined {
  return Object.entries(patch).find(([name, value]) => {
    const field = Object.hasOwn(fields, name) ? fields[name] : undefined
    if (!field) return true
    return value !== undefined && (value === null ? field.required === true : !field.check(value))
  })?.[0]
}

/** The first field of a whole record that is missing, unknown or invalid; `given` are its fields outside the table. */
export function badRecordField(
  fields: AnyFields,
  record: object,
  given: Readonly<Record<string, Check>>,
): string | undefined {
  for (const [name, check] of Object.entries(given)) if (!check(Reflect.get(record, name))) return name
  for (const [name, field] of Object.entries(fields)) {
    const value: unknown = Reflect.get(record, name)
    if (value === undefined ? field.required : !field.check(value)) return name
  }
  return Object.keys(record).find(name => !Object.hasOwn(fields, name) && !Object.hasOwn(given, name))
}

export const isId: Check = id
export const isOptionalId: Check = optional(id)

const isPatchOf =
  <P extends object>(fields: AnyFields) =>
  (value: unknown): value is P =>
    isRecord(value) && badPatchField(fields, value) === undefined
const isRecordOf =
  <T extends object>(fields: AnyFields, given: Readonly<Record<string, Check>> = { id }) =>
  (value: unknown): value is T =>
    isRecord(value) && badRecordField(fields, value, given) === undefined

const isTask = isRecordOf<Task>(taskFields, { id, parent: isOptionalId })
const isTaskPatch = isPatchOf<TaskPatch>(taskFields)
const isLink = isRecordOf<Link>(linkFields)
const isLinkPatch = isPatchOf<LinkPatch>(linkFields)
const isAssignment = isRecordOf<Assignment>(assignmentFields)
const isAssignmentPatch = isPatchOf<AssignmentPatch>(assignmentFields)
const isResource = isRecordOf<Resource>(resourceFields)
const isResourcePatch = isPatchOf<ResourcePatch>(resourceFields)
const isOptionsPatch = isPatchOf<OptionsPatch>(optionsFields)
const isIds = (value: unknown): value is string[] => listOf(id)(value)
const isParents = (value: unknown): value is Record<string, string | null> =>
  isRecord(value) && Object.values(value).every(parent => parent === null || id(parent))

function isPlanEdit(value: unknown): value is PlanEdit {
  if (!isRecord(value)) return false
  const only = (...names: string[]) => Object.keys(value).every(name => name === 'kind' || names.includes(name))
  switch (value.kind) {
    case 'task.add':
      return only('task', 'before') && isTask(value.task) && isOptionalId(value.before)
    case 'task.set':
      return only('id', 'patch') && id(value.id) && isTaskPatch(value.patch)
    case 'task.move':
      return (
        only('ids', 'parent', 'before') && isIds(value.ids) && isOptionalId(value.parent) && isOptionalId(value.before)
      )
    case 'task.remove':
    case 'task.indent':
    case 'task.outdent':
    case 'link.remove':
    case 'assignment.remove':
    case 'resource.remove':
      return only('ids') && isIds(value.ids)
    case 'task.outline':
      return only('parents') && isParents(value.parents)
    case 'link.add':
      return only('link', 'before') && isLink(value.link) && isOptionalId(value.before)
    case 'link.set':
      return only('id', 'patch') && id(value.id) && isLinkPatch(value.patch)
    case 'assignment.add':
      return only('assignment', 'before') && isAssignment(value.assignment) && isOptionalId(value.before)
    case 'assignment.set':
      return only('id', 'patch') && id(value.id) && isAssignmentPatch(value.patch)
    case 'resource.add':
      return only('resource', 'before') && isResource(value.resource) && isOptionalId(value.before)
    case 'resource.set':
      return only('id', 'patch') && id(value.id) && isResourcePatch(value.patch)
    case 'options.set':
      return only('patch') && isOptionsPatch(value.patch)
    default:
      return false
  }
}

/**
 * Reads edits that came over the wire: anything that is not exactly an edit, unknown fields included, is refused with its
 * position, so that what passes can be applied, stored and replayed.
 */
export function readEdits(
  value: unknown,
  most = MOST_EDITS,
): { ok: true; edits: PlanEdit[] } | { ok: false; error: { code: 'schedule.edit.malformed'; edit: number } } {
  if (!Array.isArray(value) || value.length > most) {
    return { ok: false, error: { code: 'schedule.edit.malformed', edit: -1 } }
  }
  const edits: PlanEdit[] = []
  for (const [position, item] of value.entries()) {
    if (!isPlanEdit(item)) return { ok: false, error: { code: 'schedule.edit.malformed', edit: position } }
    edits.push(item)
  }
  return { ok: true, edits }
}
