// Two projects with plans for tests of early warning: tasks one after the other, as promised in a baseline.
import { formatDay, type PlanEdit, parseDay, type Task } from '@yingzao/engines/schedule'
import { newId } from '@yingzao/platform/client'
import type { Person, TestApp } from '@yingzao/platform/testing/app'
import { project } from '../../project/project.entity.ts'
import { plan } from '../../schedule/plan.entity.ts'

export interface Planned {
  readonly project: Awaited<ReturnType<typeof makeProject>>
  readonly plan: string
  readonly planner: Person
  readonly manager: Person
  readonly ids: readonly string[]
  /** One edit by somebody, on the newest revision. */
  edit(who: Person, ...edits: readonly PlanEdit[]): Promise<void>
}

export const addDays = (day: string, count: number): string => formatDay((parseDay(day) ?? 0) + count)

/** A Monday that lies ahead in every time zone: on a plan's first day what is left of it counts. */
export function nextMonday(today: Date): string {
  const day = Math.floor(today.getTime() / 86_400_000) + 1
  return formatDay(day + ((11 - (day % 7)) % 7 || 7))
}

const makeProject = async (pmo: Person, app: TestApp, name: string, manager: Person) =>
  (await pmo.entity(project).create({ name, type: 'industrial', company: app.company, manager: manager.user })).id

export async function plannedProject(
  app: TestApp,
  pmo: Person,
  name: string,
  monday: string,
  tasks: readonly (readonly [name: string, days: number])[],
): Promise<Planned> {
  const manager = await app.as(undefined, { name: `${name}经理` })
  const owner = await makeProject(pmo, app, name, manager)
  const planner = await app.as('planner', { at: { kind: 'project', id: owner }, name: `${name}计划员` })
  // Without public holidays, so that the same days are worked whenever the test runs.
  const calendar = await pmo.entity('calendar').create({ name: `${name}日历 ${owner}`, prc_holidays: false })
  const made = await planner.entity(plan).create({
    ...{ name: `${name}计划`, project: owner, calendar: calendar.id },
    start_on: monday as `${number}-${number}-${number}`,
  })
  const rows = tasks.map(
    ([title, days]): Task => ({
      ...{ id: newId(), name: title, kind: 'task', duration: days * 480, constraint: { type: 'asap' } },
    }),
  )
  const edits = rows.flatMap((each, index): PlanEdit[] => {
    const before = rows[index - 1]
    const link = { id: newId(), to: each.id, type: 'FS', lag: { kind: 'working', minutes: 0 } } as const
    return [
      { kind: 'task.add', task: each },
      ...(before ? [{ kind: 'link.add', link: { ...link, from: before.id } } as const] : []),
    ]
  })
  if (edits.length > 0) {
    await planner.entity(plan).run(made.id, 'edit', { base: 0, edits })
    await planner.entity(plan).run(made.id, 'set_baseline', { number: 0 })
  }
  return {
    ...{ project: owner, plan: made.id, planner, manager, ids: rows.map(each => each.id) },
    async edit(who, ...more) {
      const { revision } = await who.entity(plan).get(made.id)
      await who.entity(plan).run(made.id, 'edit', { base: revision, edits: more })
    },
  }
}
