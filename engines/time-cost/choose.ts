// The cheapest selection for each length: first roughly, by rounding the exact linear curve, with a bound that nothing undercuts;
// then exactly, by whole numbers, wherever the two are apart.
import { hullCost, hullOf } from './alternative.ts'
import { type CrashPoint, crashAt } from './crash.ts'
import type { SolveMilp } from './milp.ts'
import { type Deciding, durationsOf, lengthOf, milpOf, priceOf, SAME_PRICE, type Selection } from './selection.ts'
import { wholeDays } from './whole-days.ts'

const NEAR = 1e-6

/** What is known of one length. */
export interface Chosen {
  readonly length: number
  /** The best found; null while none is known. */
  readonly selection: Selection | null
  /** Fen that no selection undercuts, above the plan as it is; infinite when the length cannot be reached. */
  readonly bound: number
}

const priceIn = (deciding: Deciding, selection: Selection | null) =>
  selection === null ? Number.POSITIVE_INFINITY : priceOf(deciding, selection)

/** Is nothing cheaper left to find? */
export const proved = (deciding: Deciding, { selection, bound }: Chosen): boolean =>
  bound === Number.POSITIVE_INFINITY || priceIn(deciding, selection) - bound < SAME_PRICE

/** The plan as it is. */
export const asPlanned = ({ open, choosing }: Pick<Deciding, 'open' | 'choosing'>): Selection => ({
  cuts: open.map(() => 0),
  picks: choosing.map(({ inUse }) => inUse),
})

/** Longest first. What does for a shorter length does for a longer one, and what bounds a longer one bounds a shorter. */
export function chooseRoughly(
  deciding: Deciding,
  points: readonly CrashPoint[],
  lengths: readonly number[],
  known: readonly Selection[],
): Chosen[] {
  const { present, open, choosing, grid } = deciding
  const hulls = choosing.map(({ options }) => hullOf(options, 1).lower)
  const chosen: Chosen[] = []
  // From the shortest: what does there does for longer ones too, and more can be given back.
  for (const length of [...lengths].reverse()) {
    const fits = grid !== undefined && Math.abs(length / grid - Math.round(length / grid)) < 1e-9
    const durations = crashAt(points, length, fits ? grid : undefined)?.durations ?? present
    const relaxed = crashAt(points, length)?.durations ?? present
    const cutsAt = (of: readonly number[]) => open.map(each => each.left - leftAt(each, of[each.index] ?? 0))
    const bound =
      cutsAt(relaxed).reduce((sum, cut, i) => sum + cut * open[i]!.rate, 0) +
      choosing.reduce((sum, { index }, i) => sum + hullCost(hulls[i]!, relaxed[index] ?? 0), 0)
    const shorter = chosen[0]?.selection
    const candidates = [
      ...known,
      rounded(deciding, cutsAt(durations), relaxed, length),
      ...(shorter ? [shorter, { ...shorter, picks: eased(deciding, shorter, length) }] : []),
    ]
    chosen.unshift({ length, bound, selection: cheapestOf(deciding, candidates, length) })
  }
  return spread(deciding, chosen)
}

/** What is left of a task on its own calendar at a duration on the axis. */
function leftAt({ left, shortest, scale }: Deciding['open'][number], duration: number): number {
  const minutes = duration / scale
  const whole = Math.round(minutes)
  return Math.min(left, Math.max(shortest, Math.abs(minutes - whole) < NEAR ? whole : minutes))
}

/** Of those that keep the length. */
function cheapestOf(deciding: Deciding, candidates: readonly Selection[], length: number): Selection | null {
  let best: Selection | null = null
  for (const each of candidates)
    if (priceIn(deciding, each) < priceIn(deciding, best) && lengthOf(deciding, each) <= length + NEAR) best = each
  return best
}

/** The linear optimum in whole days and whole options: durations rounded down, then given back as far as the length allows. */
function rounded(deciding: Deciding, exact: readonly number[], relaxed: readonly number[], length: number): Selection {
  const { open, choosing, network, dayOf } = deciding
  const least = choosing.map(({ index, options }) => {
    const most = (relaxed[index] ?? 0) + NEAR
    const fit = options.flatMap((each, at) => (each.length <= most ? [at] : []))
    const from =
      fit.length > 0 ? fit : [options.reduce((a, each, at) => (each.length < options[a]!.length ? at : a), 0)]
    return from.reduce((a, b) => (options[b]!.cost < options[a]!.cost ? b : a))
  })
  const up = open.map((each, i) => {
    const day = dayOf(each)
    return Math.min(each.left - each.shortest, Math.ceil(exact[i]! / day - NEAR) * day)
  })
  const picks = eased(deciding, { cuts: up, picks: least }, length)
  const durations = durationsOf(deciding, { cuts: open.map(() => 0), picks })
  const cuts = open.length === 0 ? [] : wholeDays({ open, network, normal: durations, dayOf }, exact, length)
  return { cuts, picks }
}

/** Cheaper options where the length allows them, what saves most first. */
function eased(deciding: Deciding, { cuts, picks: given }: Selection, length: number): number[] {
  const { choosing } = deciding
  const picks = [...given]
  const moves = choosing
    .flatMap(({ options }, i) =>
      options.map((option, to) => ({ i, to, saves: options[picks[i]!]!.cost - option.cost })),
    )
    .filter(({ saves }) => saves > 0)
    .sort((a, b) => b.saves - a.saves)
  for (const { i, to } of moves) {
    const before = picks[i]!
    const { options } = choosing[i]!
    if (options[to]!.cost >= options[before]!.cost) continue
    picks[i] = to
    if (lengthOf(deciding, { cuts, picks }) > length + NEAR) picks[i] = before
  }
  return picks
}

/** Carries selections to longer lengths and bounds to shorter ones. */
function spread(deciding: Deciding, chosen: readonly Chosen[]): Chosen[] {
  const next = [...chosen]
  for (let at = next.length - 2; at >= 0; at--) {
    const [longer, shorter] = [next[at]!, next[at + 1]!]
    if (priceIn(deciding, shorter.selection) < priceIn(deciding, longer.selection))
      next[at] = { ...longer, selection: shorter.selection }
  }
  for (let at = 1; at < next.length; at++) {
    const bound = Math.max(next[at]!.bound, next[at - 1]!.bound)
    next[at] = { ...next[at]!, bound }
  }
  return next
}

export interface Proving {
  readonly solve: SolveMilp
  /** Asked before each length: whether to go on; told what is known so far. */
  readonly goOn: (chosen: readonly Chosen[], done: number) => boolean | Promise<boolean>
}

/**
 * Closes what is open between found and bound, length by length, until all is proved or it is told to end. A length that cannot be
 * reached gets an infinite bound.
 */
export async function chooseExactly(
  deciding: Deciding,
  rough: readonly Chosen[],
  { solve, goOn }: Proving,
): Promise<Chosen[]> {
  let chosen = [...rough]
  const tried = new Set<number>()
  const openAt = () => chosen.findIndex((each, at) => !tried.has(at) && !proved(deciding, each))
  for (let at = openAt(); at >= 0; at = openAt()) {
    const done = chosen.filter((each, i) => tried.has(i) || proved(deciding, each)).length
    if (!(await goOn(chosen, done))) return chosen
    tried.add(at)
    const own = chosen[at]!
    const { milp, read, write } = milpOf(deciding, own.length)
    const { state, values, bound } = solve(milp, (own.selection && write(own.selection)) ?? [])
    if (state === 'failed') continue
    if (state === 'infeasible') {
      // A selection in broken days may reach what whole days do not.
      if (own.selection === null) chosen[at] = { ...own, bound: Number.POSITIVE_INFINITY }
      chosen = spread(deciding, chosen)
      continue
    }
    const found = values && read(values)
    const selection = cheapestOf(
      deciding,
      [own.selection, found].flatMap(each => each ?? []),
      own.length,
    )
    const price = priceIn(deciding, selection)
    // Optimal is the price found; the solver's own bound is a hair off.
    const reached =
      state === 'optimal' && found !== null && selection !== null && price <= priceOf(deciding, found) + SAME_PRICE
    chosen[at] = { ...own, selection, bound: reached ? price : Math.max(own.bound, Math.min(price, bound * 100)) }
    chosen = spread(deciding, chosen)
  }
  return chosen
}
