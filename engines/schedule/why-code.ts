// Reasons as numbers while computing; turned into `Why` values once, when the result is read.
import type { ClockShelf } from './clock-shelf.ts'
import type { Network } from './network.ts'
import type { Plan } from './plan.ts'
import type { Why } from './result.ts'

export const BY_PROJECT_START = 0
export const BY_PROJECT_FINISH = 1
/** Reference: edge. */
export const BY_LINK = 2
export const BY_CONSTRAINT = 3
export const BY_DEADLINE = 4
/** Reference: clock. */
export const BY_CALENDAR = 5
export const BY_ACTUAL = 6
export const BY_STATUS_DATE = 7
export const BY_LEVELING = 8
export const BY_MANUAL = 9
export const BY_EXTERNAL = 10
/** Reference: resource index. */
export const BY_RESOURCE = 11
/** Reference: task index or −1. */
export const BY_CHILDREN = 12
export const BY_ALAP = 13
export const BY_EXPECTED_FINISH = 14
export const BY_INACTIVE = 15
/** The link drives, and non-working time beyond a night moved the date further. Reference: edge. */
export const BY_LINK_AND_CALENDAR = 16
/** A summary's constraint or deadline binds its leaf. Reference: the summary's task index. */
export const BY_SUMMARY_CONSTRAINT = 17
export const BY_SUMMARY_DEADLINE = 18
/** The second constraint (Primavera). */
export const BY_CONSTRAINT_2 = 19

export interface WhyReader {
  read(task: number, code: number, reference: number): Why
}

const PROJECT_START: Why = { kind: 'project_start' }
const PROJECT_FINISH: Why = { kind: 'project_finish' }
const ACTUAL: Why = { kind: 'actual' }
const STATUS_DATE: Why = { kind: 'status_date' }
const LEVELING: Why = { kind: 'leveling_delay' }
const MANUAL: Why = { kind: 'manual' }
const EXTERNAL: Why = { kind: 'external' }
const AS_LATE: Why = { kind: 'as_late_as_possible' }
const EXPECTED: Why = { kind: 'expected_finish' }
const INACTIVE: Why = { kind: 'inactive' }

/** What reasons refer to. The plan may be replaced by an edited one between readings. */
export interface WhySource {
  readonly plan: Plan
  readonly network: Network
  readonly shelf: ClockShelf
  readonly inputs: { readonly clock: Int32Array }
}

/** Reads codes; late dates name the successor of a link, early ones the predecessor. */
export function whyReader(source: WhySource): WhyReader {
  const { network, shelf } = source
  const taskClock = source.inputs.clock
  const idOf = (node: number) => source.plan.tasks[network.nodeTask[node]!]!.id
  const constraint = (task: number): Why => {
    const { type, at } = source.plan.tasks[task]!.constraint
    return at === undefined ? { kind: 'constraint', type } : { kind: 'constraint', type, at }
  }
  /** The other end of the edge, seen from the task the date belongs to. */
  const otherEnd = (task: number, edge: number) =>
    network.nodeTask[network.from[edge]!] === task ? idOf(network.to[edge]!) : idOf(network.from[edge]!)
  const linkOf = (edge: number) => source.plan.links[network.link[edge]!]?.id ?? ''
  return {
    read(task, code, reference) {
      switch (code) {
        case BY_PROJECT_START:
          return PROJECT_START
        case BY_PROJECT_FINISH:
          return PROJECT_FINISH
        case BY_LINK:
          return { kind: 'link', link: linkOf(reference), from: otherEnd(task, reference) }
        case BY_LINK_AND_CALENDAR:
          return {
            kind: 'calendar',
            calendar: shelf.names[taskClock[task]!] ?? '',
            link: linkOf(reference),
            from: otherEnd(task, reference),
          }
        case BY_CALENDAR:
          return { kind: 'calendar', calendar: shelf.names[reference] ?? '' }
        case BY_CONSTRAINT:
          return constraint(task)
        case BY_CONSTRAINT_2: {
          const second = source.plan.tasks[task]!.constraint2
          return second
            ? { kind: 'constraint', type: second.type, ...(second.at !== undefined && { at: second.at }) }
            : PROJECT_FINISH
        }
        case BY_SUMMARY_CONSTRAINT:
          return constraint(reference)
        case BY_DEADLINE:
          return { kind: 'deadline', at: source.plan.tasks[task]!.deadline ?? 0 }
        case BY_SUMMARY_DEADLINE:
          return { kind: 'deadline', at: source.plan.tasks[reference]!.deadline ?? 0 }
        case BY_STATUS_DATE:
          return STATUS_DATE
        case BY_LEVELING:
          return LEVELING
        case BY_MANUAL:
          return MANUAL
        case BY_EXTERNAL:
          return EXTERNAL
        case BY_RESOURCE:
          return { kind: 'resource', resource: source.plan.resources[reference]?.id ?? '' }
        case BY_CHILDREN:
          return reference >= 0 ? { kind: 'children', task: source.plan.tasks[reference]!.id } : { kind: 'children' }
        case BY_ALAP:
          return AS_LATE
        case BY_EXPECTED_FINISH:
          return EXPECTED
        case BY_INACTIVE:
          return INACTIVE
        default:
          return ACTUAL
      }
    },
  }
}
