// What an alternative is done with, as it is typed: 塔吊[200%]、木工.
import type { Plan } from '@yingzao/engines/schedule/plan'
import type { Units } from '@yingzao/engines/time-cost'

export function unitsText(plan: Plan, units: readonly Units[], between: string): string {
  const names = new Map(plan.resources.map(({ id, name }) => [id, name]))
  return units
    .flatMap(({ resource, units }) => {
      const name = names.get(resource)
      if (name === undefined) return []
      return [units === 1 ? name : `${name}[${Math.round(units * 10_000) / 100}%]`]
    })
    .join(between)
}

export type UnitsReading =
  | { readonly ok: true; readonly units: readonly Units[] }
  /** No resource of the plan has this name. */
  | { readonly ok: false; readonly name: string }

/** Names of the plan's resources, each with its units in brackets: a percentage, or × a number. */
export function readUnits(plan: Plan, typed: string): UnitsReading {
  const byName = new Map(plan.resources.map(({ id, name }) => [name.trim().toLowerCase(), id]))
  const found = new Map<string, number>()
  for (const raw of typed.split(/[,;、，；\n]/)) {
    const part = raw.trim()
    if (part === '') continue
    const whole = byName.get(part.toLowerCase())
    const match = /^(.*?)\s*(?:[[【]\s*(\d+(?:\.\d+)?)\s*[%％]?\s*[\]】]|[×xX*]\s*(\d+(?:\.\d+)?))$/.exec(part)
    const resource = whole ?? byName.get((match?.[1] ?? '').trim().toLowerCase())
    if (resource === undefined) return { ok: false, name: match?.[1]?.trim() || part }
    const [, , percent, times] = match ?? []
    const units = whole !== undefined ? 1 : times !== undefined ? Number(times) : Number(percent) / 100
    if (units > 0) found.set(resource, units)
  }
  return { ok: true, units: [...found].map(([resource, units]) => ({ resource, units })) }
}
