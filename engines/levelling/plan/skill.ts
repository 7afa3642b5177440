// Who can do what a plan asks for: a generic resource (工种, a trade or role) stands for whoever has that skill.
import type { Plan, Resource } from '../../schedule/plan.ts'

/** Units are whole thousandths: 1000 = 100 %, so that thirds and halves add up. */
export const unitsOf = (units: number): number => Math.round(units * 1000)

/** What a person or crew can do: the words of its group, parted by commas. */
export const skillsOf = ({ group = '' }: Resource): string[] =>
  group
    .split(/[,，、;；]/)
    .map(each => each.trim())
    .filter(each => each !== '')

/** A generic resource that somebody in the plan can stand in for: by its index those of them, in the order of the plan. */
export function standIns(plan: Plan): ReadonlyMap<number, readonly number[]> {
  const able = new Map<string, number[]>()
  plan.resources.forEach((resource, i) => {
    if (resource.generic || resource.inactive || resource.kind !== 'work') return
    for (const skill of skillsOf(resource)) able.set(skill, [...(able.get(skill) ?? []), i])
  })
  return new Map(
    plan.resources.flatMap((resource, i) => {
      const found = resource.generic && !resource.inactive && resource.kind === 'work' && able.get(resource.name.trim())
      return found ? [[i, found] as const] : []
    }),
  )
}

/** An assignment that names a skill: who may take it. */
export interface Choice {
  readonly assignment: string
  readonly task: number
  /** The generic resource asked for. */
  readonly asked: number
  readonly units: number
  readonly able: readonly number[]
}

/** Every assignment that somebody can be chosen for. Whoever is less than it asks for cannot take it. */
export function choicesOf(plan: Plan): Choice[] {
  const ins = standIns(plan)
  if (ins.size === 0) return []
  const taskAt = new Map(plan.tasks.map((task, i) => [task.id, i]))
  const resourceAt = new Map(plan.resources.map((resource, i) => [resource.id, i]))
  return plan.assignments.flatMap(({ id, task: of, resource, units: part }) => {
    const [task, asked, units] = [taskAt.get(of), resourceAt.get(resource), unitsOf(part)]
    const able = (asked === undefined ? undefined : ins.get(asked))?.filter(i => mostUnits(plan.resources[i]) >= units)
    if (task === undefined || asked === undefined || !able || able.length === 0 || units <= 0) return []
    return [{ assignment: id, task, asked, units, able }]
  })
}

const mostUnits = (resource: Resource | undefined): number =>
  resource
    ? Math.max(unitsOf(resource.maxUnits ?? 1), ...(resource.availability ?? []).map(period => unitsOf(period.units)))
    : 0
