// Schedule quality as data: what is checked, against which threshold, who fails it and how to repair it.

export type CheckId =
  | 'logic'
  | 'leads'
  | 'lags'
  | 'relationship_types'
  | 'hard_constraints'
  | 'high_float'
  | 'negative_float'
  | 'high_duration'
  | 'invalid_dates'
  | 'resources'
  | 'missed_tasks'
  | 'critical_path_test'
  | 'critical_path_length_index'
  | 'baseline_execution_index'

/** How a check's value is judged: a share of something, or an index. */
export interface Threshold {
  /** `most`: the value may be at most the limit; `least`: at least. */
  side: 'most' | 'least'
  limit: number
  /** Part of the score, relative to the others. */
  weight: number
}

/** Limits that the checks count with; days are working days of the plan. */
export interface QualityLimits {
  thresholds: Readonly<Record<CheckId, Threshold>>
  highFloatDays: number
  highDurationDays: number
  /** How far the critical-path test delays its task, in working days. */
  testDelayDays: number
}

/** The DCMA's own (Earned Value Management System Program Analysis Pamphlet, 14-point assessment). */
export const dcmaLimits: QualityLimits = {
  thresholds: {
    logic: { side: 'most', limit: 0.05, weight: 3 },
    leads: { side: 'most', limit: 0, weight: 2 },
    lags: { side: 'most', limit: 0.05, weight: 1 },
    relationship_types: { side: 'least', limit: 0.9, weight: 1 },
    hard_constraints: { side: 'most', limit: 0.05, weight: 2 },
    high_float: { side: 'most', limit: 0.05, weight: 2 },
    negative_float: { side: 'most', limit: 0, weight: 3 },
    high_duration: { side: 'most', limit: 0.05, weight: 1 },
    invalid_dates: { side: 'most', limit: 0, weight: 3 },
    resources: { side: 'most', limit: 0, weight: 1 },
    missed_tasks: { side: 'most', limit: 0.05, weight: 2 },
    critical_path_test: { side: 'least', limit: 1, weight: 3 },
    critical_path_length_index: { side: 'least', limit: 0.95, weight: 2 },
    baseline_execution_index: { side: 'least', limit: 0.95, weight: 2 },
  },
  highFloatDays: 44,
  highDurationDays: 44,
  testDelayDays: 600,
}

/** What a finding is about a task or a link; the interface words it, with the way to repair it, in zh and en. */
export type FindingCode =
  | 'no_predecessor'
  | 'no_successor'
  | 'lead'
  | 'lag'
  | 'other_than_finish_to_start'
  | 'hard_constraint'
  | 'high_float'
  | 'negative_float'
  | 'high_duration'
  | 'actual_in_future'
  | 'planned_in_past'
  | 'no_resource'
  | 'missed_baseline'
  | 'not_driving_finish'

/** What to do about it: each is one kind of plan edit. */
export type Repair =
  | 'add_predecessor'
  | 'add_successor'
  | 'split_lead_into_task'
  | 'turn_lag_into_task'
  | 'use_finish_to_start'
  | 'use_soft_constraint_or_deadline'
  | 'link_or_shorten_float'
  | 'shorten_path_or_move_deadline'
  | 'break_into_shorter_tasks'
  | 'correct_actual_date'
  | 'report_progress_or_move_after_status_date'
  | 'assign_resource_or_cost'
  | 'recover_or_rebaseline'
  | 'remove_what_holds_the_finish'

export interface Finding {
  code: FindingCode
  repair: Repair
  task: string
  /** For findings about a link. */
  link?: string
  /** Minutes, days or share as the code says: float and duration in working days, lag in working minutes. */
  value?: number
}

export interface CheckResult {
  id: CheckId
  /** Share or index; null when there is nothing to judge (no baseline, no unfinished task): then it neither passes nor fails. */
  value: number | null
  count: number
  of: number
  limit: number
  side: 'most' | 'least'
  passed: boolean | null
  findings: readonly Finding[]
}

export interface Quality {
  checks: readonly CheckResult[]
  /** 0–100 over the checks that apply. */
  score: number
  /** Share of the checks' weight that could be judged: what is missing lowers confidence, not the score. */
  confidence: number
}

/**
 * Score of one check, 0–1: full when it passes, then falling with how far the limit is missed, to nothing at `limit` + 25
 * points for shares and at half the limit for indices.
 */
export function checkScore({
  value,
  passed,
  limit,
  side,
}: Pick<CheckResult, 'value' | 'passed' | 'limit' | 'side'>): number {
  if (value === null || passed) return 1
  const miss = side === 'most' ? (value - limit) / 0.25 : (limit - value) / (limit / 2)
  return Math.min(1, Math.max(0, 1 - miss))
}
