// A template as a plan that starts on a given morning, so that the Gantt can show it and the engine compute it; and back.
import { type Calendar, defaultOptions, type Minute, type Plan } from '../schedule/plan.ts'
import type { PlanTemplate } from './shape.ts'
import { bare } from './take.ts'

const shifts = [
  { from: 480, to: 720 },
  { from: 780, to: 1020 },
]
/** Monday to Friday without holidays: a template does not know when it will be used. */
const usualWeek: Calendar = {
  id: 'usual',
  name: '5 × 8',
  week: [[], shifts, shifts, shifts, shifts, shifts, []],
  workWeeks: [],
  exceptions: [],
}

/** The template as a plan whose first day is `start` (the minute of its midnight). */
export function templatePlan(template: PlanTemplate, name: string, start: Minute): Plan {
  const { tasks, links, resources, assignments, minutesPerDay } = template
  return {
    ...{ name, mode: 'ms', tasks, links, resources, assignments, calendars: [usualWeek] },
    options: {
      ...defaultOptions,
      start: start + defaultOptions.defaultStart,
      calendar: usualWeek.id,
      minutesPerDay,
      minutesPerWeek: minutesPerDay * 5,
    },
  }
}

/**
 * The template after its plan was edited: rows without the dates that an edit may have given them, and without repeats and
 * flows of rows that are gone. `dates` counts the rows that lost one.
 */
export function templateRows(template: PlanTemplate, plan: Plan): { template: PlanTemplate; dates: number } {
  const kept = new Map(plan.tasks.map(task => [task.id, task]))
  const tasks = plan.tasks.map(task => bare(task, kept))
  const dates = plan.tasks.filter(
    task => task.constraint.at !== undefined || task.actualStart !== undefined || task.manual || task.deadline,
  ).length
  const within = (id: string, block: string): boolean => {
    for (let at = kept.get(id); at; at = at.parent === undefined ? undefined : kept.get(at.parent))
      if (at.id === block) return true
    return false
  }
  const repeats = Object.fromEntries(Object.entries(template.repeats).filter(([task]) => kept.has(task)))
  return {
    dates,
    template: {
      ...template,
      ...{ tasks, repeats, links: plan.links, resources: plan.resources, assignments: plan.assignments },
      flows: template.flows.filter(
        ({ block, from, to }) => Object.hasOwn(repeats, block) && within(from, block) && within(to, block),
      ),
    },
  }
}
