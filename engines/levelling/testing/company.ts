// A company of random projects that share people: what levelling several plans is measured on.
import { type Calendar, defaultOptions } from '../../schedule/index.ts'
import type { Assignment, Link, Plan, Resource, Task } from '../../schedule/plan.ts'
import { at, standard } from '../../schedule/testing/plan-maker.ts'
import type { ProjectPlan } from '../plan/level-plans.ts'
import type { SharedResource } from '../plan/shared.ts'
import { seeded } from '../random.ts'

export interface CompanySize {
  readonly projects: number
  readonly tasks: number
  /** People who work for all projects. */
  readonly people: number
}

/** Each project has three crews of its own; every third task asks for one of the shared people. */
export function company({ projects, tasks, people }: CompanySize, seed: number) {
  const random = seeded(seed)
  const days: Calendar = standard
  const made = Array.from({ length: projects }, (_, p): ProjectPlan => {
    const id = `p${p}`
    const own = (name: string) => `${id} ${name}`
    const resources: Resource[] = [
      ...['木工', '钢筋工', '混凝土工'].map(name => ({ id: own(name), name, kind: 'work' as const, maxUnits: 3 })),
      ...Array.from({ length: people }, (_, k) => ({
        ...{ id: own(`person ${k}`), name: `person ${k}`, kind: 'work' as const, maxUnits: 1 },
      })),
    ]
    const list: Task[] = []
    const links: Link[] = []
    const assignments: Assignment[] = []
    for (let i = 0; i < tasks; i++) {
      const task = own(`t${i}`)
      list.push({
        ...{ id: task, name: task, kind: 'task', effort: 'fixed_duration', constraint: { type: 'asap' } },
        duration: 480 * (1 + random.below(10)),
      })
      for (let k = 0; k < 2 && i > 0; k++) {
        const from = own(`t${Math.max(0, i - 1 - random.below(12))}`)
        if (from === task || links.some(link => link.from === from && link.to === task)) continue
        links.push({ id: `${task} ${k}`, from, to: task, type: 'FS', lag: { kind: 'working', minutes: 0 } })
      }
      const resource = i % 3 === 0 ? own(`person ${random.below(people)}`) : resources[random.below(3)]!.id
      assignments.push({ id: `${task} a`, task, resource, units: 1 })
    }
    const plan: Plan = {
      ...{ name: id, mode: 'ms', calendars: [days], tasks: list, links, resources, assignments },
      options: { ...defaultOptions, start: at('2026-03-02T08:00') + 1440 * 7 * random.below(8), calendar: days.id },
    }
    return { id, plan, weight: 1 + random.below(3), due: plan.options.start + 1440 * 365 }
  })
  const shared = Array.from({ length: people }, (_, k): SharedResource => {
    const name = `person ${k}`
    return { id: name, members: made.map(({ id }) => ({ project: id, resource: `${id} ${name}` })) }
  })
  return { projects: made, shared }
}
