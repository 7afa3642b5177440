// What of the portfolio is shown, in which groups and order: kept in the address, so that it can be sent as a link.
import type { Filter } from '@yingzao/kernel/entity'
import { byNeed, type Health, type ProjectLine } from '../../home/web/public.tsx'
import type { Line } from '../shape.ts'

export const groupings = ['company', 'department', 'type', 'stage'] as const
export type Grouping = (typeof groupings)[number]
export const orders = ['byNeed', 'byFinish', 'byStart', 'byName'] as const
export type Order = (typeof orders)[number]
export const narrowings = ['company', 'type', 'stage', 'health'] as const
export type Narrowing = (typeof narrowings)[number]

export interface Choice {
  readonly group: Grouping | null
  readonly order: Order
  readonly only: Readonly<Partial<Record<Narrowing, string>>>
}

/** The state of a list's address: `filter`, `group`, `sort`. */
export interface Address {
  readonly filter?: Readonly<Record<string, Filter>>
  readonly group?: string
  readonly sort?: readonly string[]
}

export function choiceOf({ filter = {}, group, sort }: Address): Choice {
  const only = narrowings.flatMap(name => {
    const value = filter[name]?.eq
    return typeof value === 'string' ? [[name, value] as const] : []
  })
  return {
    group: groupings.find(each => each === group) ?? (group === 'none' ? null : 'company'),
    order: orders.find(each => each === sort?.[0]) ?? 'byNeed',
    only: Object.fromEntries(only),
  }
}

export const addressOf = ({ group, order, only }: Choice): Address => ({
  filter: Object.fromEntries(Object.entries(only).map(([name, value]) => [name, { eq: value }])),
  group: group ?? 'none',
  sort: [order],
})

const healths: readonly Health[] = ['late', 'watch', 'good', 'unknown']

/** The line as the home page's figures read it. */
export function projectLine(line: Line, names: Readonly<Record<string, string>>, today: string): ProjectLine {
  const [next] = line.rows
    .filter(row => row.kind === 'milestone' && !row.done && row.finish >= today)
    .sort((a, b) => a.finish.localeCompare(b.finish))
  return {
    ...{ id: line.id, name: line.name, company: names[line.company] ?? '', plan: line.plan, critical: line.critical },
    health: healths.find(name => name === line.health) ?? 'unknown',
    ...{ start: line.start, contract: line.contract, forecast: line.forecast, progress: line.progress },
    milestone: next ? { name: next.name, on: next.finish } : null,
    warnings: line.warnings,
  }
}

const text = (a: string | null, b: string | null) => (a ?? '9999').localeCompare(b ?? '9999')

export function chosenLines(lines: readonly Line[], { order, only }: Choice): readonly Line[] {
  const shown = lines.filter(line => narrowings.every(name => only[name] === undefined || line[name] === only[name]))
  const need = (a: Line, b: Line) => byNeed(projectLine(a, {}, ''), projectLine(b, {}, ''))
  const by: Readonly<Record<Order, (a: Line, b: Line) => number>> = {
    byNeed: need,
    byFinish: (a, b) => text(a.forecast ?? a.contract, b.forecast ?? b.contract),
    byStart: (a, b) => text(a.start, b.start),
    byName: (a, b) => a.name.localeCompare(b.name),
  }
  return [...shown].sort(by[order])
}

export interface Group {
  /** Of the company, department or choice; '' where a line has none. */
  readonly key: string
  readonly lines: readonly Line[]
}

/** Lines under what they have in common, groups in the order of their first line. */
export function grouped(lines: readonly Line[], by: Grouping): readonly Group[] {
  const found = new Map<string, Line[]>()
  for (const line of lines) {
    const key = line[by] ?? ''
    const known = found.get(key)
    if (known) known.push(line)
    else found.set(key, [line])
  }
  return [...found].map(([key, own]) => ({ key, lines: own }))
}
