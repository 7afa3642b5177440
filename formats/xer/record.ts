// The tables of XER, declared: which column is which field of the plan, what is derived, what is usual.
import type {
  Assignment,
  ConstraintType,
  LinkType,
  Plan,
  PlanOptions,
  Resource,
  StoredDates,
  Task,
  TaskKind,
} from '@yingzao/engines/schedule/plan'
import { decimal, finite, text, word } from '../codec.ts'
import { type Field, fieldsOf, type RecordSpec } from '../field.ts'
import { date, flag, hours, notFlag } from './value.ts'

const task = fieldsOf<Task>()
const stored = fieldsOf<StoredDates>()
const resource = fieldsOf<Resource>()
const assignment = fieldsOf<Assignment>()
const plan = fieldsOf<Plan>()
const options = fieldsOf<PlanOptions>()

export const constraintType = word<ConstraintType>({
  CS_ALAP: 'alap',
  CS_MSO: 'start_on',
  CS_MSOA: 'start_no_earlier_than',
  CS_MSOB: 'start_no_later_than',
  CS_MEO: 'finish_on',
  CS_MEOA: 'finish_no_earlier_than',
  CS_MEOB: 'finish_no_later_than',
  CS_MANDSTART: 'must_start_on',
  CS_MANDFIN: 'must_finish_on',
})

export const linkType = word<LinkType>({ PR_FS: 'FS', PR_SS: 'SS', PR_FF: 'FF', PR_SF: 'SF' })

export const storedFields: readonly Field<StoredDates>[] = [
  stored('early_start_date', 'earlyStart', date),
  stored('early_end_date', 'earlyFinish', date),
  stored('late_start_date', 'lateStart', date),
  stored('late_end_date', 'lateFinish', date),
  stored('total_float_hr_cnt', 'totalFloat', hours),
  stored('free_float_hr_cnt', 'freeFloat', hours),
]

/** P6's five words ↔ 0–1000 of the model. */
const priorities = new Map([
  ['PT_Top', 900],
  ['PT_High', 700],
  ['PT_Normal', 500],
  ['PT_Low', 300],
  ['PT_Lowest', 100],
])
const priority = {
  read: (t: string) => priorities.get(t),
  write: (v: number) =>
    v > 800 ? 'PT_Top' : v > 600 ? 'PT_High' : v >= 400 ? 'PT_Normal' : v >= 200 ? 'PT_Low' : 'PT_Lowest',
  exact: () => true,
}

export const taskKind = word<TaskKind>({
  TT_Task: 'task',
  TT_Rsrc: 'resource_dependent',
  TT_FinMile: 'milestone',
  TT_Mile: 'start_milestone',
  TT_LOE: 'level_of_effort',
  TT_WBS: 'wbs_summary',
})

export const taskSpec: RecordSpec<Task> = {
  name: 'TASK',
  fields: [
    task('task_code', 'code', text),
    task('task_name', 'name', text),
    task('task_type', 'kind', taskKind),
    task(
      'duration_type',
      'effort',
      word({
        DT_FixedDUR2: 'fixed_duration_and_units',
        DT_FixedDrtn: 'fixed_duration',
        DT_FixedQty: 'fixed_work',
        DT_FixedRate: 'fixed_units',
      }),
    ),
    task('target_drtn_hr_cnt', 'duration', hours),
    task('remain_drtn_hr_cnt', 'remainingDuration', hours),
    task('phys_complete_pct', 'physicalPercentComplete', { read: finite, write: String }),
    task('act_start_date', 'actualStart', date),
    task('act_end_date', 'actualFinish', date),
    task('suspend_date', 'suspend', date),
    task('resume_date', 'resume', date),
    task('external_early_start_date', 'externalEarlyStart', date),
    task('external_late_end_date', 'externalLateFinish', date),
    task('priority_type', 'priority', priority),
    task('target_work_qty', 'work', hours),
    task('act_work_qty', 'actualWork', hours),
    task('remain_work_qty', 'remainingWork', hours),
  ],
  byHand: [
    ...storedFields.map(f => f.element),
    ...['task_id', 'proj_id', 'wbs_id', 'clndr_id', 'status_code', 'complete_pct_type', 'cstr_type', 'cstr_date'],
    ...['cstr_type2', 'cstr_date2', 'expect_end_date', 'driving_path_flag', 'target_start_date', 'target_end_date'],
  ],
  // Remaining dates repeat the early and late dates; the others are marks of P6's own bookkeeping.
  derived: [
    ...['restart_date', 'reend_date', 'rem_late_start_date', 'rem_late_end_date', 'float_path', 'float_path_order'],
    ...['create_date', 'update_date', 'create_user', 'update_user', 'rev_fdbk_flag', 'act_this_per_work_qty'],
    ...['act_this_per_equip_qty', 'review_end_date', 'review_type', 'lock_plan_flag', 'tmpl_guid'],
  ],
  usual: { est_wt: '1', auto_compute_act_flag: 'N' },
  parts: [],
}

export const resourceSpec: RecordSpec<Resource> = {
  name: 'RSRC',
  fields: [
    resource('rsrc_name', 'name', text),
    resource('rsrc_short_name', 'code', text),
    resource('email_addr', 'email', text),
    resource('rsrc_notes', 'notes', text),
    resource('active_flag', 'inactive', notFlag),
  ],
  byHand: ['rsrc_id', 'clndr_id', 'rsrc_type', 'unit_id', 'curr_id'],
  derived: ['rsrc_seq_num', 'last_checksum', 'timesheet_flag', 'shift_id', 'user_id', 'pobs_id', 'ts_approve_user_id'],
  usual: {
    ...{ def_qty_per_hr: '1', cost_qty_type: 'QT_Hour', auto_compute_act_flag: 'Y', def_cost_qty_link_flag: 'Y' },
    ...{ ot_flag: 'N', load_tasks_flag: 'N', level_flag: 'N' },
  },
  parts: [],
}

export const assignmentSpec: RecordSpec<Assignment> = {
  name: 'TASKRSRC',
  fields: [
    assignment('target_qty_per_hr', 'units', { read: finite, write: String }),
    assignment('target_qty', 'work', hours),
    assignment('remain_qty', 'remainingWork', hours),
    assignment('target_lag_drtn_hr_cnt', 'delay', hours),
    assignment('act_start_date', 'actualStart', date),
    assignment('act_end_date', 'actualFinish', date),
    assignment('target_start_date', 'start', date),
    assignment('target_end_date', 'finish', date),
    assignment('target_cost', 'cost', decimal),
  ],
  byHand: ['taskrsrc_id', 'task_id', 'proj_id', 'rsrc_id', 'role_id', 'act_reg_qty', 'act_ot_qty', 'rate_type'],
  derived: [
    ...['restart_date', 'reend_date', 'rem_late_start_date', 'rem_late_end_date', 'remain_qty_per_hr', 'rsrc_type'],
    ...['create_user', 'create_date', 'relag_drtn_hr_cnt', 'remain_cost', 'act_reg_cost', 'act_ot_cost', 'pobs_id'],
    ...['has_rsrchours', 'taskrsrc_sum_id', 'act_this_per_cost', 'act_this_per_qty', 'pend_complete_pct'],
    ...['pend_remain_qty', 'skill_level'],
  ],
  usual: {
    cost_qty_link_flag: 'Y',
    rollup_dates_flag: 'Y',
    ts_pend_act_end_flag: 'N',
    cost_per_qty_source_type: 'ST_Rsrc',
  },
  parts: [],
}

export const planSpec: RecordSpec<Plan> = {
  name: 'PROJECT',
  fields: [plan('proj_short_name', 'name', text), plan('add_by_name', 'author', text)],
  byHand: [
    ...['proj_id', 'clndr_id', 'plan_start_date', 'plan_end_date', 'last_recalc_date', 'scd_end_date'],
    ...['critical_drtn_hr_cnt', 'critical_path_type', 'orig_proj_id', 'sum_base_proj_id', 'project_flag'],
  ],
  derived: [
    ...['add_date', 'last_tasksum_date', 'sum_data_date', 'last_checksum', 'last_baseline_update_date', 'export_flag'],
    ...['loaded_scope_level', 'fintmpl_id', 'checkout_flag', 'strgy_priority_num', 'sum_refresh_date'],
    ...['trsrcsum_loaded', 'sumtask_loaded', 'last_fin_dates_id', 'new_fin_dates_id', 'close_period_flag'],
  ],
  usual: {
    ...{ fy_start_month_num: '1', rsrc_self_add_flag: 'Y', allow_complete_flag: 'Y', rsrc_multi_assign_flag: 'Y' },
    ...{ step_complete_flag: 'N', cost_qty_recalc_flag: 'N', batch_sum_flag: 'Y', name_sep_char: '.' },
    ...{ def_complete_pct_type: 'CP_Drtn', task_code_base: '1000', task_code_step: '10', priority_num: '10' },
    ...{ wbs_max_sum_level: '2', def_duration_type: 'DT_FixedDUR2', task_code_prefix: 'A', def_qty_type: 'QT_Hour' },
    ...{
      def_rate_type: 'COST_PER_QTY',
      add_act_remain_flag: 'N',
      act_this_per_link_flag: 'Y',
      def_task_type: 'TT_Task',
    },
    ...{ act_pct_link_flag: 'Y', task_code_prefix_flag: 'Y', def_rollup_dates_flag: 'Y', def_cost_per_qty: '0.0000' },
    ...{ use_project_baseline_flag: 'Y', rem_target_link_flag: 'Y', reset_planned_flag: 'N', allow_neg_act_flag: 'N' },
    ...{ sum_assign_level: 'SL_Taskrsrc', chng_eff_cmp_pct_flag: 'N', ts_rsrc_mark_act_finish_flag: 'N' },
    ...{ ts_rsrc_vw_inact_actv_flag: 'N', sum_only_flag: 'N', risk_level: '3' },
  },
  parts: [],
}

/** Fields of SCHEDOPTIONS that each say one thing; the progress mode is two flags and read by hand. */
export const scheduleFields: readonly Field<PlanOptions>[] = [
  options('sched_open_critical_flag', 'openEndsCritical', flag),
  options('sched_use_expect_end_flag', 'useExpectedFinish', flag),
  options('sched_float_type', 'floatType', word({ FT_FF: 'finish', FT_SF: 'start', FT_MIN: 'smallest' })),
  options(
    'sched_calendar_on_relationship_lag',
    'lagCalendar',
    word({
      rcal_Predecessor: 'predecessor',
      rcal_Successor: 'successor',
      rcal_ProjDefault: 'project',
      rcal_24Hour: '24h',
    }),
  ),
]
