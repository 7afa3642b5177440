// The records of Microsoft Project XML, declared: which element is which field of the plan, what is derived, what is usual.
import type {
  Assignment,
  ConstraintType,
  LinkType,
  Plan,
  PlanOptions,
  RateEntry,
  Resource,
  StoredDates,
  Task,
  TaskBaseline,
} from '@yingzao/engines/schedule/plan'
import { choice, decimal, integer, number, text } from '../codec.ts'
import { type Field, fieldsOf, type RecordSpec } from '../field.ts'
import { date, duration, flag, money, notFlag, tenths, timeOfDay } from './value.ts'

export const constraintType = choice<ConstraintType>(
  'asap',
  'alap',
  'must_start_on',
  'must_finish_on',
  'start_no_earlier_than',
  'start_no_later_than',
  'finish_no_earlier_than',
  'finish_no_later_than',
)
export const linkType = choice<LinkType>('FF', 'FS', 'SF', 'SS')

const task = fieldsOf<Task>()
const stored = fieldsOf<StoredDates>()
const baseline = fieldsOf<TaskBaseline>()
const resource = fieldsOf<Resource>()
const rate = fieldsOf<RateEntry>()
const assignment = fieldsOf<Assignment>()
const plan = fieldsOf<Plan>()
const options = fieldsOf<PlanOptions>()

/** Dates and slacks that Project computed. */
export const storedFields: readonly Field<StoredDates>[] = [
  stored('Start', 'start', date),
  stored('Finish', 'finish', date),
  stored('EarlyStart', 'earlyStart', date),
  stored('EarlyFinish', 'earlyFinish', date),
  stored('LateStart', 'lateStart', date),
  stored('LateFinish', 'lateFinish', date),
  stored('TotalSlack', 'totalFloat', tenths),
  stored('FreeSlack', 'freeFloat', tenths),
  stored('StartSlack', 'startFloat', tenths),
  stored('FinishSlack', 'finishFloat', tenths),
  stored('Critical', 'critical', flag),
]

export const taskSpec: RecordSpec<Task> = {
  name: 'Task',
  fields: [
    task('UID', 'uid', integer),
    task('ID', 'row', integer),
    task('Name', 'name', text),
    task('Active', 'inactive', notFlag),
    task('Manual', 'manual', flag),
    task('Type', 'effort', choice('fixed_units', 'fixed_duration', 'fixed_work')),
    task('WBS', 'code', text),
    task('Priority', 'priority', integer),
    task('Duration', 'duration', duration),
    task('ManualStart', 'manualStart', date),
    task('ManualFinish', 'manualFinish', date),
    task('ManualDuration', 'manualDuration', duration),
    task('Work', 'work', duration),
    task('Stop', 'suspend', date),
    task('Resume', 'resume', date),
    task('EffortDriven', 'effortDriven', flag),
    task('Estimated', 'estimated', flag),
    task('Milestone', 'milestone', flag),
    task('ExternalTask', 'external', flag),
    task('ExternalTaskProject', 'externalProject', text),
    task('FixedCost', 'fixedCost', money),
    task('PercentComplete', 'percentComplete', integer),
    task('PercentWorkComplete', 'percentWorkComplete', integer),
    task('PhysicalPercentComplete', 'physicalPercentComplete', integer),
    task('Cost', 'cost', money),
    task('ActualStart', 'actualStart', date),
    task('ActualFinish', 'actualFinish', date),
    task('ActualDuration', 'actualDuration', duration),
    task('RemainingDuration', 'remainingDuration', duration),
    task('ActualWork', 'actualWork', duration),
    task('RemainingWork', 'remainingWork', duration),
    task('Deadline', 'deadline', date),
    task('LevelingCanSplit', 'levelingCanSplit', flag),
    task('LevelingDelay', 'levelingDelay', tenths),
    task('IgnoreResourceCalendar', 'ignoreResourceCalendar', flag),
    task('Notes', 'notes', text),
  ],
  byHand: [
    ...storedFields.map(f => f.element),
    'CalendarUID',
    'ConstraintType',
    'ConstraintDate',
    'DurationFormat',
    'OutlineLevel',
    'Summary',
  ],
  // Variances and earned value follow from other fields.
  derived: [
    ...['IsNull', 'OutlineNumber', 'WBSLevel', 'OverAllocated', 'ResumeValid', 'LevelingDelayFormat', 'RegularWork'],
    ...['StartVariance', 'FinishVariance', 'DurationVariance', 'WorkVariance', 'CostVariance', 'RemainingCost'],
    ...['ACWP', 'BCWS', 'BCWP', 'CV', 'SV', 'VAC', 'PreLeveledStart'],
    ...['PreLeveledFinish', 'DisplayAsSummary', 'HasFixedRateUnits', 'CommitmentStart', 'CommitmentFinish'],
  ],
  usual: { FixedCostAccrual: '3', LevelAssignments: '1', IsPublished: '1' },
  parts: ['PredecessorLink', 'ExtendedAttribute', 'OutlineCode', 'Baseline'],
}

export const baselineSpec: RecordSpec<TaskBaseline> = {
  name: 'Baseline',
  fields: [
    baseline('Number', 'number', integer),
    baseline('Start', 'start', date),
    baseline('Finish', 'finish', date),
    baseline('Duration', 'duration', duration),
    baseline('Work', 'work', duration),
    baseline('Cost', 'cost', money),
  ],
  byHand: [],
  derived: ['DurationFormat', 'BCWS', 'BCWP', 'Interim', 'EstimatedDuration', 'FixedCost', 'FixedCostAccrual'],
  usual: {},
  parts: [],
}

export const resourceSpec: RecordSpec<Resource> = {
  name: 'Resource',
  fields: [
    resource('UID', 'uid', integer),
    resource('Name', 'name', text),
    resource('MaterialLabel', 'unitLabel', text),
    resource('Code', 'code', text),
    resource('Group', 'group', text),
    resource('EmailAddress', 'email', text),
    resource('MaxUnits', 'maxUnits', number),
    resource('Notes', 'notes', text),
    resource('IsGeneric', 'generic', flag),
    resource('IsInactive', 'inactive', flag),
  ],
  byHand: ['Type', 'IsCostResource', 'CalendarUID', 'StandardRate', 'OvertimeRate', 'CostPerUse'],
  derived: [
    ...['ID', 'IsNull', 'PeakUnits', 'OverAllocated', 'AvailableFrom', 'AvailableTo', 'Start', 'Finish', 'WorkGroup'],
    ...[
      'StandardRateFormat',
      'OvertimeRateFormat',
      'Work',
      'RegularWork',
      'OvertimeWork',
      'ActualWork',
      'RemainingWork',
    ],
    ...['ActualOvertimeWork', 'RemainingOvertimeWork', 'PercentWorkComplete', 'Cost', 'OvertimeCost', 'ActualCost'],
    ...['ActualOvertimeCost', 'RemainingCost', 'RemainingOvertimeCost', 'WorkVariance', 'CostVariance', 'SV', 'CV'],
    ...['ACWP', 'BCWS', 'BCWP'],
  ],
  usual: { CanLevel: '1', AccrueAt: '3' },
  parts: ['ExtendedAttribute', 'OutlineCode', 'AvailabilityPeriods', 'Rates'],
}

export const rateSpec: RecordSpec<RateEntry> = {
  name: 'Rate',
  fields: [
    rate('RatesFrom', 'from', date),
    rate('RatesTo', 'to', date),
    rate('RateTable', 'table', integer),
    rate('StandardRate', 'perHour', decimal),
    rate('OvertimeRate', 'overtimePerHour', decimal),
    rate('CostPerUse', 'perUse', money),
  ],
  byHand: [],
  derived: ['StandardRateFormat', 'OvertimeRateFormat'],
  usual: {},
  parts: [],
}

export const assignmentSpec: RecordSpec<Assignment> = {
  name: 'Assignment',
  fields: [
    assignment('UID', 'uid', integer),
    assignment('ActualFinish', 'actualFinish', date),
    assignment('ActualStart', 'actualStart', date),
    assignment('ActualWork', 'actualWork', duration),
    assignment('Cost', 'cost', money),
    assignment('CostRateTable', 'rateTable', integer),
    assignment('Delay', 'delay', tenths),
    assignment('Finish', 'finish', date),
    assignment('OvertimeWork', 'overtimeWork', duration),
    assignment('ActualOvertimeWork', 'actualOvertimeWork', duration),
    assignment('RemainingWork', 'remainingWork', duration),
    assignment('Start', 'start', date),
    assignment('Units', 'units', number),
    assignment('Work', 'work', duration),
    assignment(
      'WorkContour',
      'contour',
      choice(
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
  ],
  byHand: ['TaskUID', 'ResourceUID'],
  derived: [
    ...['PercentWorkComplete', 'ActualCost', 'RemainingCost', 'OvertimeCost', 'ActualOvertimeCost', 'WorkVariance'],
    ...['RemainingOvertimeCost', 'RegularWork', 'StartVariance', 'FinishVariance', 'CostVariance', 'CV', 'SV', 'VAC'],
    ...['ACWP', 'BCWS', 'BCWP', 'Overallocated', 'Stop', 'Resume', 'Milestone', 'LevelingDelayFormat', 'Summary'],
  ],
  usual: { HasFixedRateUnits: '1' },
  parts: ['ExtendedAttribute', 'OutlineCode', 'Baseline', 'TimephasedData'],
}

export const planSpec: RecordSpec<Plan> = {
  name: 'Project',
  fields: [
    plan('Name', 'name', text),
    plan('Title', 'title', text),
    plan('Company', 'company', text),
    plan('Author', 'author', text),
  ],
  byHand: ['ScheduleFromStart', 'StartDate', 'FinishDate', 'CalendarUID', 'CriticalSlackLimit'],
  derived: ['SaveVersion', 'LastSaved', 'CurrentDate', 'BuildNumber', 'UID', 'ActualsInSync'],
  usual: {
    ...{ FYStartDate: '1', CurrencyDigits: '2', DefaultFixedCostAccrual: '3', DurationFormat: '7', WorkFormat: '2' },
    ...{
      NewTasksEffortDriven: '1',
      NewTasksEstimated: '1',
      TaskUpdatesResource: '1',
      Autolink: '1',
      WeekStartDay: '1',
    },
    ...{ AutoAddNewResourcesAndTasks: '1', MicrosoftProjectServerURL: '1', InsertedProjectsLikeSummary: '1' },
    ...{ DefaultTaskEVMethod: '0', SpreadActualCost: '0', EditableActualCosts: '0' },
  },
  parts: [],
}

export const optionFields: readonly Field<PlanOptions>[] = [
  options('StatusDate', 'statusDate', date),
  options('CurrencyCode', 'currency', text),
  options('DefaultStartTime', 'defaultStart', timeOfDay),
  options('DefaultFinishTime', 'defaultFinish', timeOfDay),
  options('MinutesPerDay', 'minutesPerDay', integer),
  options('MinutesPerWeek', 'minutesPerWeek', integer),
  options('DaysPerMonth', 'daysPerMonth', integer),
  options('HonorConstraints', 'honorConstraints', flag),
  options('MultipleCriticalPaths', 'multipleCriticalPaths', flag),
  options('SplitsInProgressTasks', 'splitsInProgressTasks', flag),
  options('NewTasksAreManual', 'newTasksManual', flag),
]
