// The business objects of Primavera's XML, declared: which table and column of P6's database each element is.

/** How the text of an element becomes the text of its column. */
export type Spelling = (text: string) => string | undefined

/** A business object: its table, its elements' columns, and elements that repeat or sum up others. */
export interface ObjectSpec {
  table: string
  columns: ReadonlyMap<string, { column: string; spelling?: Spelling }>
  derived: ReadonlySet<string>
}

const yesNo: Spelling = t => (t === '1' || t === 'true' ? 'Y' : t === '0' || t === 'false' ? 'N' : undefined)

/** XML holds 0–1 where the database holds 0–100. */
const percent: Spelling = t => {
  const n = Number(t.replace(',', '.'))
  return Number.isFinite(n) ? String(Number((n * 100).toFixed(6))) : undefined
}

/** Amounts with the four decimals of the database, so that its usual zero is known. */
const money: Spelling = t => {
  const n = Number(t.replace(',', '.'))
  return Number.isFinite(n) ? n.toFixed(4) : undefined
}

/** `{06A85C25-…}` as the database keeps it: the bytes of a GUID in base 64. */
const guid: Spelling = t => {
  const parts = /^\{?([0-9a-f]{8})-([0-9a-f]{4})-([0-9a-f]{4})-([0-9a-f]{4})-([0-9a-f]{12})\}?$/i.exec(t)
  if (!parts) return t
  const [a, b, c, d, e] = parts.slice(1).map(part => Buffer.from(part, 'hex'))
  if (!a || !b || !c || !d || !e) return t
  return Buffer.concat([a.reverse(), b.reverse(), c.reverse(), d, e]).toString('base64').replace(/=+$/, '')
}

/** `Task Dependent=TT_Task, …` */
const words = (list: string): Spelling => {
  const known = new Map(
    list.split(', ').map(pair => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]),
  )
  return t => known.get(t.replace(/\s+/g, ' '))
}

const spellings: Readonly<Record<string, Spelling>> = {
  yesNo,
  percent,
  money,
  guid,
  calendarType: words('Global=CA_Base, Project=CA_Project, Resource=CA_Rsrc'),
  activityType: words(
    'Task Dependent=TT_Task, Resource Dependent=TT_Rsrc, Level of Effort=TT_LOE, Start Milestone=TT_Mile, Finish Milestone=TT_FinMile, WBS Summary=TT_WBS',
  ),
  durationType: words(
    'Fixed Units/Time=DT_FixedRate, Fixed Duration and Units/Time=DT_FixedDrtn, Fixed Units=DT_FixedQty, Fixed Duration and Units=DT_FixedDUR2',
  ),
  percentType: words('Physical=CP_Phys, Duration=CP_Drtn, Units=CP_Units, Scope=CP_Scope'),
  status: words('Not Started=TK_NotStart, In Progress=TK_Active, Completed=TK_Complete'),
  wbsStatus: words('Planned=WS_Planned, Active=WS_Open, Inactive=WS_Closed, What-If=WS_Whatif, Requested=WS_Request'),
  constraint: words(
    'Start On=CS_MSO, Start On or Before=CS_MSOB, Start On or After=CS_MSOA, Finish On=CS_MEO, Finish On or Before=CS_MEOB, Finish On or After=CS_MEOA, As Late As Possible=CS_ALAP, Mandatory Start=CS_MANDSTART, Mandatory Finish=CS_MANDFIN',
  ),
  priority: words('Top=PT_Top, High=PT_High, Normal=PT_Normal, Low=PT_Low, Lowest=PT_Lowest'),
  link: words('Finish to Start=PR_FS, Start to Start=PR_SS, Finish to Finish=PR_FF, Start to Finish=PR_SF'),
  resourceType: words('Labor=RT_Labor, Nonlabor=RT_Equip, Material=RT_Mat'),
  rateType: words(
    'Price / Unit=COST_PER_QTY, Price / Unit 2=COST_PER_QTY2, Price / Unit 3=COST_PER_QTY3, Price / Unit 4=COST_PER_QTY4, Price / Unit 5=COST_PER_QTY5',
  ),
  rateSource: words('Resource=ST_Rsrc, Role=ST_Role, Override=ST_Custom'),
  pathType: words('Critical Float=CT_TotFloat, Longest Path=CT_DrivPath'),
  // "Start Float = Late Start - Early Start"
  floatType: t =>
    words('Start Float=FT_SF, Finish Float=FT_FF, Smallest of Start Float and Finish Float=FT_MIN')(
      t.split(' = ')[0] ?? '',
    ),
  lagCalendar: words(
    'Predecessor Activity Calendar=rcal_Predecessor, Successor Activity Calendar=rcal_Successor, 24 Hour Calendar=rcal_24Hour, Project Default Calendar=rcal_ProjDefault',
  ),
  subject: words(
    'Activity=TASK, Project=PROJECT, WBS=PROJWBS, Resource=RSRC, Resource Assignment=TASKRSRC, Activity Step=TASKPROC, Activity Expense=PROJCOST',
  ),
  dataType: words(
    'Text=FT_TEXT, Start Date=FT_START_DATE, Finish Date=FT_END_DATE, Cost=FT_MONEY, Double=FT_FLOAT_2_DECIMALS, Integer=FT_INT, Indicator=FT_STATICTYPE',
  ),
  time: words('Hour=QT_Hour, Day=QT_Day, Week=QT_Week, Month=QT_Month, Year=QT_Year'),
  level: words('Assignment Level=SL_Taskrsrc, Activity Level=SL_Task, WBS Level=SL_WBS'),
  risk: words('Very Low=5, Low=4, Medium=3, High=2, Very High=1'),
}

/** Lines `Element column [spelling]`; then the names of elements that are not kept. */
function object(table: string, lines: string, derived = ''): ObjectSpec {
  const columns = lines
    .trim()
    .split(/\s*[\n;]\s*/)
    .map(line => {
      const [element = '', column = '', how] = line.split(' ')
      const spelling = how === undefined ? undefined : spellings[how]
      return [element, { column, ...(spelling && { spelling }) }] as const
    })
  return { table, columns: new Map(columns), derived: new Set(derived.trim().split(/\s+/)) }
}

const project = object(
  'PROJECT',
  `ObjectId proj_id; Id proj_short_name; OriginalProjectObjectId orig_proj_id
   CurrentBaselineProjectObjectId sum_base_proj_id; ActivityDefaultCalendarObjectId clndr_id
   PlannedStartDate plan_start_date; MustFinishByDate plan_end_date; DataDate last_recalc_date
   ScheduledFinishDate scd_end_date; AddedBy add_by_name; CriticalActivityFloatLimit critical_drtn_hr_cnt
   CriticalActivityFloatThreshold critical_drtn_hr_cnt; CriticalActivityPathType critical_path_type pathType
   GUID guid guid; LevelingPriority priority_num; StrategicPriority strgy_priority_num; WebSiteURL proj_url
   WebSiteRootDirectory web_local_root_path; FiscalYearStartMonth fy_start_month_num; LocationObjectId location_id
   ActivityIdPrefix task_code_prefix; ActivityIdSuffix task_code_base; ActivityIdIncrement task_code_step
   ActivityIdBasedOnSelectedActivity task_code_prefix_flag yesNo; ActivityDefaultPricePerUnit def_cost_per_qty money
   ActivityDefaultActivityType def_task_type activityType; ActivityDefaultDurationType def_duration_type durationType
   ActivityDefaultPercentCompleteType def_complete_pct_type percentType; AssignmentDefaultRateType def_rate_type rateType
   ActivityPercentCompleteBasedOnActivitySteps step_complete_flag yesNo; AddActualToRemaining add_act_remain_flag yesNo
   AllowNegativeActualUnitsFlag allow_neg_act_flag yesNo; AssignmentDefaultDrivingFlag def_rollup_dates_flag yesNo
   CostQuantityRecalculateFlag cost_qty_recalc_flag yesNo; DefaultPriceTimeUnits def_qty_type time
   EnableSummarization batch_sum_flag yesNo; SummarizeToWBSLevel wbs_max_sum_level; SummaryLevel sum_assign_level level
   LinkActualToActualThisPeriod act_this_per_link_flag yesNo; LinkPercentCompleteWithActual act_pct_link_flag yesNo
   LinkPlannedAndAtCompletionFlag rem_target_link_flag yesNo; ResetPlannedToRemainingFlag reset_planned_flag yesNo
   PrimaryResourcesCanMarkActivitiesAsCompleted allow_complete_flag yesNo; WBSCodeSeparator name_sep_char
   ResourceCanBeAssignedToSameActivityMoreThanOnce rsrc_multi_assign_flag yesNo; RiskLevel risk_level risk
   ResourcesCanAssignThemselvesToActivities rsrc_self_add_flag yesNo; DateAdded add_date; CheckOutStatus checkout_flag yesNo
   UseProjectBaselineForEarnedValue use_project_baseline_flag yesNo; FinancialPeriodTemplateId fintmpl_id
   LastBaselineUpdateDate last_baseline_update_date; ResourcesCanMarkAssignmentAsCompleted ts_rsrc_mark_act_finish_flag yesNo
   ResourcesCanViewInactiveActivities ts_rsrc_vw_inact_actv_flag yesNo; ForecastStartDate fcst_start_date`,
  `Name WBSObjectId StartDate FinishDate CreateDate CreateUser LastUpdateDate LastUpdateUser ParentEPSObjectId
   ActivityDefaultCalendarName OBSObjectId OBSName Status EarnedValueComputeType EarnedValueETCComputeType
   EarnedValueETCUserValue EarnedValueUserPercent AllowStatusReview ResourcesCanEditAssignmentPercentComplete
   SummaryPlannedDuration SummaryRemainingDuration CalculateFloatBasedOnFinishDate ComputeTotalFloatType
   IgnoreOtherProjectRelationships MakeOpenEndedActivitiesCritical OutOfSequenceScheduleType RelationshipLagCalendar
   StartToStartLagCalculationType UseExpectedFinishDates`,
)

/** Objects by the name of their element; objects not named here are reported as a whole. */
export const objects: ReadonlyMap<string, ObjectSpec> = new Map([
  ['Project', project],
  ['BaselineProject', project],
  [
    'ScheduleOptions',
    object(
      'SCHEDOPTIONS',
      `ObjectId schedoptions_id; ProjectObjectId proj_id; MakeOpenEndedActivitiesCritical sched_open_critical_flag yesNo
       UseExpectedFinishDates sched_use_expect_end_flag yesNo; ComputeTotalFloatType sched_float_type floatType
       RelationshipLagCalendar sched_calendar_on_relationship_lag lagCalendar`,
    ),
  ],
  [
    'Calendar',
    object(
      'CALENDAR',
      `ObjectId clndr_id; Name clndr_name; ProjectObjectId proj_id; BaseCalendarObjectId base_clndr_id
       Type clndr_type calendarType; IsPersonal rsrc_private yesNo; IsDefault default_flag yesNo
       HoursPerDay day_hr_cnt; HoursPerWeek week_hr_cnt; HoursPerMonth month_hr_cnt; HoursPerYear year_hr_cnt`,
    ),
  ],
  [
    'WBS',
    object(
      'PROJWBS',
      `ObjectId wbs_id; ProjectObjectId proj_id; ParentObjectId parent_wbs_id; Code wbs_short_name; Name wbs_name
       SequenceNumber seq_num; GUID guid guid; OBSObjectId obs_id; Status status_code wbsStatus`,
    ),
  ],
  [
    'Activity',
    object(
      'TASK',
      `ObjectId task_id; ProjectObjectId proj_id; WBSObjectId wbs_id; CalendarObjectId clndr_id; Id task_code; Name task_name
       Type task_type activityType; Status status_code status; DurationType duration_type durationType
       PercentCompleteType complete_pct_type percentType; PhysicalPercentComplete phys_complete_pct percent
       PlannedDuration target_drtn_hr_cnt; RemainingDuration remain_drtn_hr_cnt
       PlannedStartDate target_start_date; PlannedFinishDate target_end_date; ActualStartDate act_start_date
       ActualFinishDate act_end_date; EarlyStartDate early_start_date; EarlyFinishDate early_end_date
       LateStartDate late_start_date; LateFinishDate late_end_date; RemainingEarlyStartDate restart_date
       RemainingEarlyFinishDate reend_date; RemainingLateStartDate rem_late_start_date
       RemainingLateFinishDate rem_late_end_date; TotalFloat total_float_hr_cnt; FreeFloat free_float_hr_cnt
       IsCritical driving_path_flag yesNo; IsLongestPath driving_path_flag yesNo; ExpectedFinishDate expect_end_date
       SuspendDate suspend_date; ResumeDate resume_date; PrimaryConstraintType cstr_type constraint
       PrimaryConstraintDate cstr_date; SecondaryConstraintType cstr_type2 constraint; SecondaryConstraintDate cstr_date2
       ExternalEarlyStartDate external_early_start_date; ExternalLateFinishDate external_late_end_date
       LevelingPriority priority_type priority; PlannedLaborUnits target_work_qty; ActualLaborUnits act_work_qty
       RemainingLaborUnits remain_work_qty; PlannedNonLaborUnits target_equip_qty; ActualNonLaborUnits act_equip_qty
       RemainingNonLaborUnits remain_equip_qty; PrimaryResourceObjectId rsrc_id; GUID guid guid; EstimatedWeight est_wt
       AutoComputeActuals auto_compute_act_flag yesNo; LocationObjectId location_id; FloatPath float_path
       FloatPathOrder float_path_order; IsNewFeedback rev_fdbk_flag yesNo; ReviewStatus review_type`,
      `StartDate FinishDate ActualDuration AtCompletionDuration PercentComplete DurationPercentComplete
       UnitsPercentComplete NonLaborUnitsPercentComplete ScopePercentComplete ActivityPercentComplete CalendarName
       ProjectName ProjectId WBSName WBSCode WBSPath WBSNamePath RemainingFloat DurationVariance CostVariance
       StartDateVariance FinishDateVariance CreateDate CreateUser LastUpdateDate LastUpdateUser ReviewRequired
       PlannedLaborCost ActualLaborCost RemainingLaborCost AtCompletionLaborCost AtCompletionLaborUnits
       PlannedNonLaborCost ActualNonLaborCost RemainingNonLaborCost AtCompletionNonLaborCost AtCompletionNonLaborUnits
       PlannedExpenseCost ActualExpenseCost RemainingExpenseCost AtCompletionExpenseCost PlannedMaterialCost
       ActualMaterialCost RemainingMaterialCost AtCompletionMaterialCost PlannedTotalCost ActualTotalCost
       RemainingTotalCost AtCompletionTotalCost PlannedTotalUnits ActualTotalUnits RemainingTotalUnits
       AtCompletionTotalUnits ActualThisPeriodLaborCost ActualThisPeriodLaborUnits ActualThisPeriodNonLaborCost
       ActualThisPeriodNonLaborUnits ActualThisPeriodMaterialCost Duration1Variance StatusCode IsTemplate IsBaseline
       PrimaryResourceName PrimaryResourceId ProjectFlag`,
    ),
  ],
  [
    'Relationship',
    object(
      'TASKPRED',
      `ObjectId task_pred_id; PredecessorActivityObjectId pred_task_id; SuccessorActivityObjectId task_id
       PredecessorProjectObjectId pred_proj_id; SuccessorProjectObjectId proj_id; Type pred_type link; Lag lag_hr_cnt
       Comments comments`,
    ),
  ],
  [
    'Resource',
    object(
      'RSRC',
      `ObjectId rsrc_id; Id rsrc_short_name; Name rsrc_name; ParentObjectId parent_rsrc_id; CalendarObjectId clndr_id
       ResourceType rsrc_type resourceType; EmailAddress email_addr; ResourceNotes rsrc_notes; IsActive active_flag yesNo
       UnitOfMeasureObjectId unit_id; CurrencyObjectId curr_id; GUID guid guid; EmployeeId employee_code
       OfficePhone office_phone; OtherPhone other_phone; Title rsrc_title_name; DefaultUnitsPerTime def_qty_per_hr
       OvertimeFactor ot_factor; IsOverTimeAllowed ot_flag yesNo; AutoComputeActuals auto_compute_act_flag yesNo
       CalculateCostFromUnits def_cost_qty_link_flag yesNo; SequenceNumber rsrc_seq_num; PrimaryRoleObjectId role_id
       LocationObjectId location_id; UseTimesheets timesheet_flag yesNo; UserObjectId user_id; ShiftObjectId shift_id`,
      `CalendarName CreateDate CreateUser LastUpdateDate LastUpdateUser MaxUnitsPerTime PricePerUnit ParentResourceName
       TimesheetApprovalManagerObjectId CurrencyName CurrencyId UnitOfMeasureName UnitOfMeasureAbbreviation`,
    ),
  ],
  [
    'ResourceRate',
    object(
      'RSRCRATE',
      `ObjectId rsrc_rate_id; ResourceObjectId rsrc_id; EffectiveDate start_date; MaxUnitsPerTime max_qty_per_hr
       PricePerUnit cost_per_qty; PricePerUnit2 cost_per_qty2; PricePerUnit3 cost_per_qty3; PricePerUnit4 cost_per_qty4
       PricePerUnit5 cost_per_qty5; ShiftPeriodObjectId shift_period_id`,
    ),
  ],
  ['Role', object('ROLES', 'ObjectId role_id; Id role_short_name; Name role_name; ParentObjectId parent_role_id')],
  [
    'ResourceAssignment',
    object(
      'TASKRSRC',
      `ObjectId taskrsrc_id; ActivityObjectId task_id; ProjectObjectId proj_id; ResourceObjectId rsrc_id; RoleObjectId role_id
       PlannedUnitsPerTime target_qty_per_hr; RemainingUnitsPerTime remain_qty_per_hr; PlannedUnits target_qty
       RemainingUnits remain_qty; ActualRegularUnits act_reg_qty; ActualOvertimeUnits act_ot_qty
       PlannedLag target_lag_drtn_hr_cnt; RemainingLag relag_drtn_hr_cnt; ActualStartDate act_start_date
       ActualFinishDate act_end_date; PlannedStartDate target_start_date; PlannedFinishDate target_end_date
       RemainingStartDate restart_date; RemainingFinishDate reend_date; PlannedCost target_cost
       RemainingCost remain_cost; ActualRegularCost act_reg_cost; ActualOvertimeCost act_ot_cost
       RateType rate_type rateType; RateSource cost_per_qty_source_type rateSource; CostPerQuantity cost_per_qty money
       CostAccountObjectId acct_id; GUID guid guid; IsCostUnitsLinked cost_qty_link_flag yesNo
       DrivingActivityDatesFlag rollup_dates_flag yesNo; OvertimeFactor ot_factor; ResourceCurveObjectId curv_id
       ResourceType rsrc_type resourceType; Proficiency skill_level; ActualThisPeriodCost act_this_per_cost
       ActualThisPeriodUnits act_this_per_qty`,
      `StartDate FinishDate ActualUnits ActualCost AtCompletionCost AtCompletionUnits AtCompletionDuration ActualDuration
       PlannedDuration RemainingDuration UnitsPercentComplete IsPrimaryResource CalendarName CalendarObjectId CreateDate
       CreateUser LastUpdateDate LastUpdateUser WBSObjectId ActivityId ActivityName ResourceName ResourceId RoleName
       RoleId ProjectId IsActive PricePerUnit RemainingLateStartDate RemainingLateFinishDate`,
    ),
  ],
  [
    'ActivityExpense',
    object(
      'PROJCOST',
      `ObjectId cost_item_id; ActivityObjectId task_id; ProjectObjectId proj_id; ExpenseItem cost_name
       PlannedCost target_cost; ActualCost act_cost; RemainingCost remain_cost; Vendor vendor_name`,
    ),
  ],
  ['NotebookTopic', object('MEMOTYPE', 'ObjectId memo_type_id; Name memo_type')],
  [
    'ActivityNote',
    object(
      'TASKMEMO',
      `ObjectId memo_id; ActivityObjectId task_id; ProjectObjectId proj_id; NotebookTopicObjectId memo_type_id
       Note task_memo`,
      'RawTextNote',
    ),
  ],
  ['UnitOfMeasure', object('UMEASURE', 'ObjectId unit_id; Abbreviation unit_abbrev; Name unit_name')],
  [
    'UDFType',
    object(
      'UDFTYPE',
      'ObjectId udf_type_id; SubjectArea table_name subject; Title udf_type_label; DataType logical_data_type dataType',
    ),
  ],
  [
    'UDFValue',
    object(
      'UDFVALUE',
      `UDFTypeObjectId udf_type_id; ForeignObjectId fk_id; Text udf_text; Double udf_number; Integer udf_number
       Cost udf_number; StartDate udf_date; FinishDate udf_date; Indicator udf_text`,
    ),
  ],
  [
    'UDF',
    object(
      'UDFVALUE',
      `TypeObjectId udf_type_id; TextValue udf_text; DoubleValue udf_number; IntegerValue udf_number; CostValue udf_number
       StartDateValue udf_date; FinishDateValue udf_date; IndicatorValue udf_text; CodeValue udf_text`,
    ),
  ],
  ['ActivityCodeType', object('ACTVTYPE', 'ObjectId actv_code_type_id; Name actv_code_type; ProjectObjectId proj_id')],
  [
    'ActivityCode',
    object(
      'ACTVCODE',
      `ObjectId actv_code_id; CodeTypeObjectId actv_code_type_id; ParentObjectId parent_actv_code_id; CodeValue short_name
       Description actv_code_name`,
    ),
  ],
  ['Code', object('TASKACTV', 'TypeObjectId actv_code_type_id; ValueObjectId actv_code_id')],
  [
    'ActivityCodeAssignment',
    object(
      'TASKACTV',
      `ActivityObjectId task_id; ActivityCodeTypeObjectId actv_code_type_id; ActivityCodeObjectId actv_code_id
       ProjectObjectId proj_id`,
    ),
  ],
])

/** Objects that only explain numbers of others, or belong to one installation: dropped without a word. */
export const silent: ReadonlySet<string> = new Set([
  ...['OBS', 'EPS', 'FinancialPeriodTemplate', 'FinancialPeriod', 'Currency', 'DisplayCurrency', 'ExpenseCategory'],
  ...['CostAccount', 'ProjectList', 'DocumentCategory', 'DocumentStatus', 'Shift', 'ShiftPeriod', 'NotebookTopic'],
])
