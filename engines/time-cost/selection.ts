// Which days are cut and which alternatives are chosen: what it costs, how long the network becomes, and the same as a programme
// in whole numbers.

import type { OpenChoice } from './alternative.ts'
import type { CrashLink, CrashTask } from './crash.ts'
import type { Measured } from './critical-path.ts'
import type { Column, Milp, Row } from './milp.ts'
import type { OpenTask } from './plan-model.ts'

const NEAR = 1e-6

/** In the order of the network's open tasks and choices. */
export interface Selection {
  /** Own minutes less of each open task. */
  readonly cuts: readonly number[]
  /** Position among the options of each choice. */
  readonly picks: readonly number[]
}

/** A network with what can be decided about it. */
export interface Deciding {
  readonly tasks: readonly CrashTask[]
  readonly links: readonly CrashLink[]
  readonly present: readonly number[]
  readonly open: readonly OpenTask[]
  readonly choosing: readonly OpenChoice[]
  readonly grid: number | undefined
  readonly network: Measured
  /** Own minutes of a day of an open task. */
  readonly dayOf: (open: OpenTask) => number
}

/** Durations on the axis. */
export function durationsOf({ present, open, choosing }: Deciding, { cuts, picks }: Selection): number[] {
  const durations = [...present]
  open.forEach(({ index, left, scale }, at) => {
    durations[index] = (left - cuts[at]!) * scale
  })
  choosing.forEach(({ index, options }, at) => {
    durations[index] = options[picks[at]!]!.length
  })
  return durations
}

export const lengthOf = (deciding: Deciding, selection: Selection): number =>
  deciding.network.length(durationsOf(deciding, selection))

/** Of the cuts and picks against the plan as it is; fen, not rounded. */
export const priceOf = ({ open, choosing }: Deciding, { cuts, picks }: Selection): number =>
  open.reduce((sum, { rate }, at) => sum + rate * cuts[at]!, 0) +
  choosing.reduce((sum, { options }, at) => sum + options[picks[at]!]!.cost, 0)

/** What a selection may cost too much before another counts as cheaper; fen. */
export const SAME_PRICE = 0.4

/** Columns of a task: its start, then what is decided about it. */
interface Places {
  readonly start: number
  readonly decided: readonly { readonly column: number; readonly length: number }[]
  /** Duration when all that is decided is 0. */
  readonly base: number
}

/**
 * The least cost at which the network is no longer than `length`, days whole: starts of tasks, days cut, one option of each
 * choice. Costs in yuan above the plan as it is; `read` gives back a selection, `write` the columns of one.
 */
export function milpOf(deciding: Deciding, length: number) {
  const { tasks, links, present, open, choosing, grid = 1, dayOf } = deciding
  const columns: Column[] = []
  const rows: Row[] = []
  const column = (cost: number, low: number, high: number, whole: boolean) =>
    columns.push({ cost: cost / 100, low, high, whole }) - 1
  const days = open.map(each => {
    const [day, most] = [dayOf(each), each.left - each.shortest]
    const whole = Math.floor(most / day + NEAR)
    const rest = most - whole * day
    return { day, whole, rest: rest > NEAR ? rest : 0 }
  })
  const steps = open.map((each, at) => column(each.rate * days[at]!.day, 0, days[at]!.whole, true))
  const rests = open.map((each, at) => {
    const { rest, whole } = days[at]!
    if (rest === 0) return null
    const own = column(each.rate * rest, 0, 1, true)
    // What is less than a day goes last.
    if (whole > 0) rows.push({ low: 0, high: Number.POSITIVE_INFINITY, at: [steps[at]!, own], by: [1, -whole] })
    return own
  })
  const picks = choosing.map(({ options }) => {
    const own = options.map(({ cost }) => column(cost, 0, 1, true))
    rows.push({ low: 1, high: 1, at: own, by: own.map(() => 1) })
    return own
  })
  const decided = new Map<number, Omit<Places, 'start'>>()
  open.forEach(({ index, scale }, at) => {
    const { day, rest } = days[at]!
    const restColumn = rests[at]
    decided.set(index, {
      base: present[index]!,
      decided: [
        { column: steps[at]!, length: -day * scale },
        ...(restColumn === null || restColumn === undefined ? [] : [{ column: restColumn, length: -rest * scale }]),
      ],
    })
  })
  choosing.forEach(({ index, options }, at) => {
    decided.set(index, {
      base: 0,
      decided: options.map((option, i) => ({ column: picks[at]![i]!, length: option.length })),
    })
  })
  const places = tasks.map(({ release }, at): Places => {
    const start = column(0, Math.max(0, release ?? 0) / grid, Math.max(0, length) / grid, false)
    return { start, ...(decided.get(at) ?? { base: present[at]!, decided: [] }) }
  })
  /** one's end + lag ≤ other's end; whose end is null is the finish of the network. */
  const after = (one: Places, atFinish: boolean, lag: number, other: Places | null, otherAtFinish: boolean) => {
    const by = new Map<number, number>()
    const put = (at: number, much: number) => by.set(at, (by.get(at) ?? 0) + much)
    let constant = lag
    put(one.start, -1)
    if (atFinish) {
      constant += one.base
      for (const each of one.decided) put(each.column, -each.length / grid)
    }
    if (other) {
      put(other.start, 1)
      if (otherAtFinish) {
        constant -= other.base
        for (const each of other.decided) put(each.column, each.length / grid)
      }
    } else constant -= length
    rows.push({ low: constant / grid, high: Number.POSITIVE_INFINITY, at: [...by.keys()], by: [...by.values()] })
  }
  const index = new Map(tasks.map(({ id }, at) => [id, at]))
  for (const { from, to, type, lag } of links) {
    const [one, other] = [places[index.get(from) ?? -1], places[index.get(to) ?? -1]]
    if (one && other) after(one, type[0] === 'F', lag, other, type[1] === 'F')
  }
  for (const place of places) after(place, true, 0, null, true)

  const milp: Milp = { columns, rows }
  return {
    milp,
    read(values: readonly number[]): Selection {
      return {
        cuts: open.map((_, at) => {
          const { day, whole, rest } = days[at]!
          const own = rests[at]
          const steps_ = Math.min(whole, Math.max(0, Math.round(values[steps[at]!] ?? 0)))
          return steps_ * day + (own !== null && own !== undefined && (values[own] ?? 0) > 0.5 ? rest : 0)
        }),
        picks: picks.map(own =>
          own.reduce((best, at, i) => ((values[at] ?? 0) > (values[own[best]!] ?? 0) ? i : best), 0),
        ),
      }
    },
    /** Null when it cuts broken days, which the programme does not know. */
    write(selection: Selection): number[] | null {
      const values = new Array<number>(columns.length).fill(0)
      for (const [at, cut] of selection.cuts.entries()) {
        const { day, whole, rest } = days[at]!
        const own = rests[at]
        const all = rest > 0 && cut > whole * day + NEAR
        const count = all ? whole : Math.round(cut / day)
        if (Math.abs(count * day + (all ? rest : 0) - cut) > NEAR) return null
        values[steps[at]!] = count
        if (all && own !== null && own !== undefined) values[own] = 1
      }
      picks.forEach((own, at) => {
        values[own[selection.picks[at]!]!] = 1
      })
      const starts = deciding.network.starts(durationsOf(deciding, selection))
      places.forEach(({ start }, at) => {
        values[start] = starts[at]! / grid
      })
      return values
    },
  }
}
