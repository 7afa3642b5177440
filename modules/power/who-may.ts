// Who of the powers in force may approve a document: groups of people, the lowest power that is enough first.
import { compare, type Decimal } from '@yingzao/engines/money'

export interface Power {
  readonly person: string
  readonly entity: string | null
  readonly unit: string | null
  readonly project: string | null
  /** Null: without limit. */
  readonly up_to_amount: Decimal | null
  readonly from_on: string
  readonly to_on: string | null
}
export interface Asked {
  readonly entity: string
  readonly amount: Decimal | null
  readonly project: string | null
  readonly units: ReadonlyMap<string, number>
  readonly on: string
}

/** Beyond every unit: a power that holds everywhere. */
const everywhere = 1000

/**
 * A negative amount (a reversal) needs the power of what it takes back. Of powers of one limit those nearest to the document
 * come first; without an amount every power is enough and place alone decides.
 */
export function whoMay(powers: readonly Power[], { entity, amount, project, units, on }: Asked): string[][] {
  const needed = amount?.startsWith('-') ? (amount.slice(1) as Decimal) : (amount ?? '0')
  const nearOf = ({ unit, project: only }: Power): number | null => {
    if (only !== null && only !== project) return null
    const near = unit === null ? everywhere : units.get(unit)
    return near === undefined ? null : only === null ? near : 0
  }
  const groups = new Map<string, { readonly limit: Decimal | null; readonly near: number; readonly people: string[] }>()
  for (const power of powers) {
    const near = nearOf(power)
    const limit = power.up_to_amount
    const inForce = power.from_on <= on && (power.to_on === null || power.to_on >= on)
    const isKind = power.entity === null || power.entity === entity
    if (near === null || !inForce || !isKind || (limit !== null && compare(limit, needed) < 0)) continue
    const key = `${limit ?? ''} ${near}`
    const group = groups.get(key) ?? { limit, near, people: [] }
    if (!group.people.includes(power.person)) group.people.push(power.person)
    groups.set(key, group)
  }
  const byLimit = (a: Decimal | null, b: Decimal | null) =>
    a === null || b === null ? Number(a === null) - Number(b === null) : compare(a, b)
  return [...groups.values()].sort((a, b) => byLimit(a.limit, b.limit) || a.near - b.near).map(group => group.people)
}
