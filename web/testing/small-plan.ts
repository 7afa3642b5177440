// Small plans for journeys: a project of their own, tasks from a Monday on.
import { dayNumber, type Plan, type PlanEdit, type Task } from '@yingzao/engines/schedule'
import { plan as planEntity } from '@yingzao/modules/schedule/plan.entity'
import { newId } from '@yingzao/platform/client'
import type { Person, TestApp } from '@yingzao/platform/testing'

export const DAY = 1440
export const monday = dayNumber(2026, 3, 2) * DAY

export const row = (name: string, days: number, more: Partial<Task> = {}): Task => ({
  ...{ id: newId(), name, kind: 'task', duration: days * 480, constraint: { type: 'asap' }, ...more },
})

/** Done from that Monday on, in so many days of work. */
export const finished = (name: string, days: number): Task =>
  row(name, days, {
    percentComplete: 100,
    actualStart: monday + 480,
    actualFinish: monday + (days - 1 + (days > 5 ? 2 : 0)) * DAY + 1020,
  })

export const addTasks = (tasks: readonly Task[]) => tasks.map((task): PlanEdit => ({ kind: 'task.add', task }))

/** A plan with these tasks in a project of its own. */
export async function planWith(app: TestApp, person: Person, name: string, tasks: readonly Task[]) {
  const made = await person.entity('project').create({ name, type: 'rail', company: app.company as never })
  const plan = await person.entity(planEntity).create({ name, project: made.id as never, start_on: '2026-03-02' })
  await person.entity(planEntity).run(plan.id, 'edit', { base: 0, edits: addTasks(tasks) })
  return { plan: plan.id, project: made.id }
}

/** In days. */
export async function durationOf(person: Person, plan: string, task: string): Promise<number> {
  const loaded = await person.entity(planEntity).read<{ plan: Plan }>(plan, 'load')
  return (loaded.plan.tasks.find(each => each.id === task)?.duration ?? 0) / 480
}
