// Reads a template that came over the wire or out of a column: rows as edits would take them, repeats and flows that fit.
import { applyEdits, type PlanEdit, readEdits } from '../schedule/edit.ts'
import type { Assignment, Link, Resource, Task } from '../schedule/plan.ts'
import { emptyTemplate, type PlanTemplate, type TemplateFlow, type TemplateParameter } from './shape.ts'
import { bare } from './take.ts'
import { templatePlan } from './view.ts'

/** Tasks of a template, and of what it lays out. */
export const MOST_TASKS = 5000
const MOST_COUNT = 500

/** What is wrong, and with what: an id, a name or an edit's code. */
export interface TemplateFault {
  readonly code: 'rows' | 'too_many' | 'parameter' | 'repeat' | 'flow'
  readonly at: string
}
export type ReadTemplate =
  | { readonly ok: true; readonly template: PlanTemplate }
  | { readonly ok: false; readonly fault: TemplateFault }

const record = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])
const whole = (value: unknown, low: number, high: number): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= low && value <= high
const text = (value: unknown, most: number): value is string =>
  typeof value === 'string' && value.trim() !== '' && value.length <= most
const fault = (code: TemplateFault['code'], at: unknown): ReadTemplate => ({
  ok: false,
  fault: { code, at: String(at).slice(0, 200) },
})

/** Anything that is not exactly a template is refused with the place of the fault; dates that rows carry are dropped. */
export function readTemplate(value: unknown): ReadTemplate {
  if (!record(value)) return fault('rows', '')
  const [tasks, links] = [list(value.tasks), list(value.links)]
  const [resources, assignments] = [list(value.resources), list(value.assignments)]
  if (tasks.length > MOST_TASKS || links.length + resources.length + assignments.length > 4 * MOST_TASKS)
    return fault('too_many', tasks.length)
  const read = readEdits(
    [
      ...resources.map(resource => ({ kind: 'resource.add', resource })),
      ...tasks.map(task => ({ kind: 'task.add', task })),
      ...links.map(link => ({ kind: 'link.add', link })),
      ...assignments.map(assignment => ({ kind: 'assignment.add', assignment })),
    ],
    Number.POSITIVE_INFINITY,
  )
  if (!read.ok) return fault('rows', read.error.edit)
  const minutesPerDay = whole(value.minutesPerDay, 1, 1440) ? value.minutesPerDay : emptyTemplate.minutesPerDay
  const applied = applyEdits(templatePlan({ ...emptyTemplate, minutesPerDay }, '', 0), withoutCalendars(read.edits))
  if (!applied.ok) return fault('rows', `${applied.error.code} ${applied.edit}`)
  const { plan } = applied
  const rows = new Map(plan.tasks.map(task => [task.id, task]))

  const parameters: TemplateParameter[] = []
  for (const each of list(value.parameters)) {
    if (!record(each) || !text(each.key, 60) || !text(each.name, 60)) return fault('parameter', parameters.length + 1)
    const { key, name, count, first } = each
    if (!whole(count, 1, MOST_COUNT) || !whole(first, 0, 9999)) return fault('parameter', name)
    if (parameters.some(other => other.key === key || other.name === name.trim())) return fault('parameter', name)
    parameters.push({ key, name: name.trim(), count, first })
  }
  const repeats: Record<string, string> = {}
  for (const [task, key] of Object.entries(record(value.repeats) ? value.repeats : {})) {
    if (!rows.has(task) || !parameters.some(each => each.key === key)) return fault('repeat', task)
    repeats[task] = String(key)
  }
  const inside = (id: unknown, block: string) => {
    for (let at = rows.get(String(id)); at; at = at.parent === undefined ? undefined : rows.get(at.parent))
      if (at.id === block) return true
    return false
  }
  const flows: TemplateFlow[] = []
  for (const each of list(value.flows)) {
    if (!record(each) || typeof each.block !== 'string' || !Object.hasOwn(repeats, each.block))
      return fault('flow', flows.length + 1)
    const { block, from, to, type, lag } = each
    const link = type === 'FS' || type === 'SS' || type === 'FF' || type === 'SF'
    if (!inside(from, block) || !inside(to, block) || !link || !whole(lag, -1e6, 1e6)) return fault('flow', block)
    flows.push({ block, from: String(from), to: String(to), type, lag })
  }
  return {
    ok: true,
    template: {
      ...{ minutesPerDay, parameters, repeats, flows },
      tasks: plan.tasks.map((task): Task => bare(task, rows)),
      links: plan.links.map((link): Link => link),
      resources: plan.resources.map(
        ({ id, name, kind, maxUnits, unitLabel, group }): Resource => ({
          ...{ id, name, kind },
          ...(maxUnits === undefined ? {} : { maxUnits }),
          ...(unitLabel === undefined ? {} : { unitLabel }),
          ...(group === undefined ? {} : { group }),
        }),
      ),
      assignments: plan.assignments.map(
        ({ id, task, resource, units, work }): Assignment => ({
          ...{ id, task, resource, units },
          ...(work === undefined ? {} : { work }),
        }),
      ),
    },
  }
}

/** Calendars belong to plans: what a row says of one would refer to nothing here. */
const withoutCalendars = (edits: readonly PlanEdit[]): PlanEdit[] =>
  edits.map(edit => {
    if (edit.kind !== 'task.add') return edit
    const { calendar: _, ...task } = edit.task
    return { ...edit, task }
  })
