// Plan templates on the server: content that was checked, and what it lays out for one plan.
import {
  type ExpandedPlan,
  emptyTemplate,
  expandTemplate,
  insertEdits,
  type PlanTemplate,
  readTemplate,
  templatePlan,
} from '@yingzao/engines/plan-template'
import { calendarClock, compute, type Plan, type PlanEdit } from '@yingzao/engines/schedule'
import type { Json, RecordOf } from '@yingzao/kernel/entity'
import { refuse } from '@yingzao/kernel/server'
import { v7 as newId } from 'uuid'
import type { planTemplate } from './template.entity.ts'

export type TemplateRecord = RecordOf<typeof planTemplate>

/** The content as the engine reads it; refuses what is none, with the place of the fault. */
export function contentOf(value: unknown): PlanTemplate {
  if (value === null || value === undefined) return emptyTemplate
  const read = readTemplate(value)
  if (read.ok) return read.template
  throw refuse('schedule.invalid_template', { where: `${read.fault.code} ${read.fault.at}`.trim() })
}

/** Refuses counts that are none. */
export function laidOut(template: PlanTemplate, counts: Json | undefined): ExpandedPlan {
  const outcome = expandTemplate(template, countsOf(counts), newId)
  if (outcome.ok) return outcome.plan
  if (outcome.error.code === 'too_many') throw refuse('schedule.template_too_large', { count: outcome.error.at })
  throw refuse('schedule.template_count', { parameter: outcome.error.at })
}

function countsOf(value: Json | undefined): Record<string, number> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return {}
  return Object.fromEntries(
    Object.entries(value).map(([key, count]) => [key, typeof count === 'number' ? count : Number.NaN]),
  )
}

export interface Insertion {
  readonly edits: readonly PlanEdit[]
  readonly tasks: number
}

export function insertion(
  template: PlanTemplate,
  plan: Pick<Plan, 'options' | 'resources'>,
  { under, counts }: { readonly under?: string; readonly counts: Json | undefined },
): Insertion {
  const rows = laidOut(template, counts)
  const edits = insertEdits(plan, rows, template.minutesPerDay, under === undefined ? {} : { under }, newId)
  return { edits, tasks: rows.tasks.length }
}

/** How large and how long it is with its own counts; refuses content that cannot be computed. */
export function templateFigures(template: PlanTemplate): { task_count: number; work_days: number } {
  const rows = laidOut(template, undefined)
  const value = templatePlan({ ...template, ...rows }, '', 0)
  const outcome = compute(value)
  if (!outcome.ok) throw refuse('schedule.invalid_template', { where: outcome.error.code })
  const clock = calendarClock(value.calendars, value.options.calendar)
  const minutes = clock.ok ? clock.clock.work(outcome.schedule.start, outcome.schedule.finish) : 0
  return { task_count: rows.tasks.length, work_days: Math.ceil(minutes / template.minutesPerDay) }
}
