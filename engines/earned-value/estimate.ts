// The default forecast of when a project ends: what its class has done, corrected by what this project shows, with an interval.
//
// Let a project be `es` of its `pd` planned periods far after `at` periods. What is left, pd − es, will take
// (pd − es) · f; log f is the thing to know. The class of finished projects gives its prior; this project's own pace
// x = log(at ÷ es) moves it by a weight b between 0 (believe the class) and 1 (believe SPI(t)). b is what the class's own
// projects had at the same progress: where one cause drags a whole project, early pace tells the rest and b is near 1; where
// delays are accidents of single tasks, it is near 0.
import { normalQuantile, quantileOf, sortedCopy } from '../statistics/index.ts'

/** A finished project of the class. */
export interface ReferenceProject {
  /** Final ÷ planned duration. */
  ratio: number
  /** Earned schedule ÷ planned duration and actual time ÷ planned duration at its status dates, in order, if kept. */
  track?: readonly { progress: number; time: number }[]
}

export interface ReferenceClass {
  name: string
  projects: readonly ReferenceProject[]
}

export interface DurationEstimate {
  /** Total duration, periods. */
  expected: number
  /** It ends within, with the stated confidence. */
  low: number
  high: number
  confidence: number
  /** Class that was used, and how many projects it has; null when none is large enough. */
  basis: { name: string; projects: number } | null
  /** 0 = class alone, 1 = this project's pace alone. */
  weight: number
}

/** A class says something from this many projects on; smaller ones are left for the next wider. */
export const LEAST_PROJECTS = 10

/** What is believed of projects nobody has a history of: on average as planned, two thirds within 20 %. */
const WITHOUT_HISTORY = { mean: 0, variance: 0.2 ** 2 }
/** Without tracks: share of the spread between projects that is a cause common to all of a project's work. */
const COMMON_SHARE = 0.5
/** Worth of the prior of the weight, in projects. */
const PRIOR_PROJECTS = 15

const MOST_PACE = Math.log(20)

interface Standing {
  es: number
  pd: number
  at: number
}

/**
 * Forecasts the total duration. `classes` from the closest to the widest: the first with ten projects is used.
 * A finished project is its actual time; at the very start the class alone speaks.
 */
export function estimateDuration(
  { es, pd, at }: Standing,
  classes: readonly ReferenceClass[] = [],
  confidence = 0.8,
): DurationEstimate {
  const chosen = classes.find(({ projects }) => usable(projects).length >= LEAST_PROJECTS)
  const basis = chosen ? { name: chosen.name, projects: usable(chosen.projects).length } : null
  if (!(pd > 0) || es >= pd) return { expected: at, low: at, high: at, confidence, basis, weight: 1 }
  const progress = Math.max(0, es) / pd
  // The very first sign of work says nothing about pace, and no pace is beyond twenty times the planned one.
  const pace = progress > 1e-6 && at > 0 ? Math.min(MOST_PACE, Math.max(-MOST_PACE, Math.log(at / es))) : undefined
  const belief = restOf(chosen ? usable(chosen.projects) : [], progress, pace)
  const left = pd - es
  const half = normalQuantile((1 + confidence) / 2)
  const at80 = (z: number) => at + left * Math.exp(belief.mean + z * Math.sqrt(belief.variance))
  const most = left * Math.exp(belief.mean)
  // The error is a share of the true end: the least is at a little less than the middle.
  const expected = at + left * Math.exp(belief.mean - belief.variance * (most / (at + most)))
  return { expected, low: at80(-half), high: at80(half), confidence, basis, weight: belief.weight }
}

const usable = (projects: readonly ReferenceProject[]) =>
  projects.filter(({ ratio }) => ratio > 0 && Number.isFinite(ratio))

interface Belief {
  /** Of log f. */
  mean: number
  variance: number
  weight: number
}

/** What is believed of the pace of the rest at this progress. */
function restOf(projects: readonly ReferenceProject[], progress: number, pace: number | undefined): Belief {
  const logs = projects.map(({ ratio }) => Math.log(ratio))
  const prior = projects.length >= LEAST_PROJECTS ? { mean: middle(logs), variance: spread(logs) } : WITHOUT_HISTORY
  const own = prior.variance * COMMON_SHARE
  const noise = prior.variance - own
  // Single tasks average out: pace so far and pace of the rest are noisier the shorter they are.
  const guess = progress > 0 ? own / (own + noise / progress) : 0
  const rest = own * (1 - guess) + noise / Math.max(1 - progress, 0.02)
  const pairs = projects.flatMap(project => pairAt(project, progress))
  if (pairs.length < LEAST_PROJECTS) {
    const mean = pace === undefined ? prior.mean : prior.mean + guess * (pace - prior.mean)
    return { mean, variance: rest, weight: pace === undefined ? 0 : guess }
  }
  const learned = commonOf(projects)
  return fitted(pairs, learned === null ? guess : learned.own / (learned.own + learned.noise / progress), pace)
}

/** Where the class was this far, its paces are compared. */
const LOOKS = [0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8]

/**
 * How much of the class's spread is a cause common to all of a project's work, and how much is accident: what pace so far and
 * pace of the rest have in common, and what they do not. Null without enough tracks.
 */
function commonOf(projects: readonly ReferenceProject[]): { own: number; noise: number } | null {
  const looks = LOOKS.flatMap(progress => {
    const pairs = projects.flatMap(project => pairAt(project, progress))
    if (pairs.length < LEAST_PROJECTS) return []
    const mean = (of: (pair: { x: number; y: number }) => number) =>
      pairs.reduce((sum, pair) => sum + of(pair), 0) / pairs.length
    const [x, y] = [mean(pair => pair.x), mean(pair => pair.y)]
    const n = pairs.length / (pairs.length - 1)
    return [
      {
        progress,
        both: n * mean(pair => (pair.x - x) * (pair.y - y)),
        pace: n * mean(pair => (pair.x - x) ** 2),
      },
    ]
  })
  if (looks.length === 0) return null
  const average = (of: (look: (typeof looks)[number]) => number) =>
    looks.reduce((sum, look) => sum + of(look), 0) / looks.length
  const own = Math.max(
    0,
    average(({ both }) => both),
  )
  return {
    own,
    noise: Math.max(
      1e-6,
      average(({ pace, progress }) => (pace - own) * progress),
    ),
  }
}

/** Regression of the pace of the rest on the pace so far over the class, its slope drawn towards the prior guess. */
function fitted(pairs: readonly { x: number; y: number }[], guess: number, pace: number | undefined): Belief {
  const n = pairs.length
  const meanX = pairs.reduce((sum, { x }) => sum + x, 0) / n
  const meanY = pairs.reduce((sum, { y }) => sum + y, 0) / n
  const xx = pairs.reduce((sum, { x }) => sum + (x - meanX) ** 2, 0)
  const xy = pairs.reduce((sum, { x, y }) => sum + (x - meanX) * (y - meanY), 0)
  const pull = (xx / n) * PRIOR_PROJECTS
  const slope = xx > 0 ? Math.min(1.5, Math.max(-0.5, (xy + guess * pull) / (xx + pull))) : guess
  const weight = pace === undefined ? 0 : slope
  const used = pace === undefined ? 0 : slope
  // Each project is judged by the line that the others make: what a new project will meet.
  const residual =
    pairs.reduce((sum, { x, y }) => {
      const own = 1 / n + (xx > 0 ? (x - meanX) ** 2 / xx : 0)
      return sum + ((y - meanY - used * (x - meanX)) / Math.max(0.1, 1 - own)) ** 2
    }, 0) / Math.max(1, n - 2)
  const off = pace === undefined ? 0 : pace - meanX
  const variance = residual * (1 + 1 / n + (xx > 0 ? (off * off) / xx : 0))
  return { mean: meanY + used * off, variance, weight: Math.min(1, Math.max(0, weight)) }
}

/** Pace so far and pace of the rest of a finished project when it was this far. */
function pairAt({ ratio, track = [] }: ReferenceProject, progress: number): { x: number; y: number }[] {
  if (!(progress > 0 && progress < 1)) return []
  let before = { progress: 0, time: 0 }
  for (const point of [...track, { progress: 1, time: ratio }]) {
    if (point.progress >= progress) {
      const step = point.progress - before.progress
      const share = step > 0 ? (progress - before.progress) / step : 1
      const time = before.time + share * (point.time - before.time)
      const rest = ratio - time
      return track.length > 0 && time > 0 && rest > 0
        ? [{ x: Math.log(time / progress), y: Math.log(rest / (1 - progress)) }]
        : []
    }
    before = point
  }
  return []
}

const middle = (values: readonly number[]) => quantileOf(sortedCopy(values), 0.5)

/** Variance from the middle 80 %, which one wild project does not move; never below 1 %². */
function spread(values: readonly number[]): number {
  const sorted = sortedCopy(values)
  const width = (quantileOf(sorted, 0.9) - quantileOf(sorted, 0.1)) / (2 * normalQuantile(0.9))
  return Math.max(1e-4, width * width)
}

/**
 * Reference-class forecasting (Flyvbjerg 2006): quantiles of final ÷ planned of the closest class with ten projects.
 * P50 forecasts, P80 sets a budget. Null when no class is large enough.
 */
export function classRatio(
  classes: readonly { name: string; ratios: readonly number[] }[],
  p: number,
): { ratio: number; name: string; projects: number } | null {
  for (const { name, ratios } of classes) {
    const good = ratios.filter(ratio => ratio > 0 && Number.isFinite(ratio))
    if (good.length >= LEAST_PROJECTS) return { ratio: quantileOf(sortedCopy(good), p), name, projects: good.length }
  }
  return null
}
