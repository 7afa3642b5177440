// From a score to a probability that keeps its word: Platt's curve for few outcomes, isotonic steps for many.
import { sigmoid } from './example.ts'

export interface Outcome {
  /** Score in log-odds, or a probability, as the function says. */
  p: number
  late: boolean
}

export type Calibration = (score: number) => number

/** Platt: p = sigmoid(a · score + b), fitted by Newton on targets drawn in from 0 and 1 (Platt 1999). `p` is a score. */
export function plattCalibration(outcomes: readonly Outcome[]): Calibration {
  const yes = outcomes.filter(({ late }) => late).length
  const high = (yes + 1) / (yes + 2)
  const low = 1 / (outcomes.length - yes + 2)
  let a = 1
  let b = 0
  for (let step = 0; step < 50; step++) {
    // Half an imagined outcome keeps a near 1 when there is little to learn from.
    let ga = 0.5 * (1 - a)
    let gb = 0
    let aa = 0.5
    let bb = 1e-6
    let ab = 0
    for (const { p: score, late } of outcomes) {
      const p = sigmoid(a * score + b)
      const miss = (late ? high : low) - p
      const weight = p * (1 - p)
      ga += miss * score
      gb += miss
      aa += weight * score * score
      bb += weight
      ab += weight * score
    }
    const determinant = aa * bb - ab * ab
    if (!(determinant > 1e-12)) break
    const moveA = (bb * ga - ab * gb) / determinant
    const moveB = (aa * gb - ab * ga) / determinant
    a = Math.max(0, Math.min(5, a + moveA))
    b += Math.max(-3, Math.min(3, moveB))
    if (Math.abs(moveA) + Math.abs(moveB) < 1e-9) break
  }
  return score => sigmoid(a * score + b)
}

/** Isotonic regression (pool adjacent violators): the best rising steps; between their middles straight. `p` is a score. */
export function isotonicCalibration(outcomes: readonly Outcome[]): Calibration {
  const sorted = [...outcomes].sort((x, y) => x.p - y.p)
  const blocks: { score: number; yes: number; count: number }[] = []
  for (const { p, late } of sorted) {
    blocks.push({ score: p, yes: late ? 1 : 0, count: 1 })
    for (;;) {
      const last = blocks.at(-1)
      const before = blocks.at(-2)
      if (!last || !before || before.yes * last.count < last.yes * before.count) break
      blocks.pop()
      before.score = (before.score * before.count + last.score * last.count) / (before.count + last.count)
      before.yes += last.yes
      before.count += last.count
    }
  }
  // Never certain: as if half an outcome of either kind had been in each block.
  const points = blocks.map(({ score, yes, count }) => ({ score, p: (yes + 0.5) / (count + 1) }))
  for (let i = 1; i < points.length; i++) points[i]!.p = Math.max(points[i]!.p, points[i - 1]!.p)
  return score => {
    const next = points.findIndex(point => point.score >= score)
    if (next === 0) return points[0]!.p
    if (next < 0) return points.at(-1)?.p ?? 0.5
    const [low, high] = [points[next - 1]!, points[next]!]
    return low.p + ((high.p - low.p) * (score - low.score)) / Math.max(1e-12, high.score - low.score)
  }
}

export interface Evaluation {
  count: number
  rate: number
  /** 0.5 = no better than chance; null when all outcomes are alike. */
  auc: number | null
  brier: number
  /** Brier of always saying `constant`, and the share of it that the predictions take away. */
  constantBrier: number
  skill: number
  /** Mean gap between what was said and what happened, over ten bins. */
  ece: number
  reliability: readonly { said: number; happened: number; count: number }[]
}

/** How good probabilities were. `constant` is the base rate known beforehand. `p` is a probability. */
export function evaluate(outcomes: readonly Outcome[], constant: number): Evaluation {
  const count = outcomes.length
  const sum = (value: (outcome: Outcome) => number) => outcomes.reduce((total, outcome) => total + value(outcome), 0)
  const square = (p: number, late: boolean) => (p - (late ? 1 : 0)) ** 2
  const brier = sum(({ p, late }) => square(p, late)) / Math.max(1, count)
  const constantBrier = sum(({ late }) => square(constant, late)) / Math.max(1, count)
  const bins = Array.from({ length: 10 }, () => ({ said: 0, happened: 0, count: 0 }))
  for (const { p, late } of outcomes) {
    const bin = bins[Math.min(9, Math.max(0, Math.floor(p * 10)))]!
    bin.said += p
    bin.happened += late ? 1 : 0
    bin.count++
  }
  const filled = bins.filter(bin => bin.count > 0)
  return {
    count,
    rate: sum(({ late }) => (late ? 1 : 0)) / Math.max(1, count),
    auc: areaUnderCurve(outcomes),
    brier,
    constantBrier,
    skill: constantBrier > 0 ? 1 - brier / constantBrier : 0,
    ece: filled.reduce((total, bin) => total + Math.abs(bin.said - bin.happened), 0) / Math.max(1, count),
    reliability: filled.map(bin => ({
      said: bin.said / bin.count,
      happened: bin.happened / bin.count,
      count: bin.count,
    })),
  }
}

/** Chance that a late item had the higher number; ties count half. */
export function areaUnderCurve(outcomes: readonly Outcome[]): number | null {
  const sorted = [...outcomes].sort((x, y) => x.p - y.p)
  const yes = sorted.filter(({ late }) => late).length
  const no = sorted.length - yes
  if (yes === 0 || no === 0) return null
  let ranks = 0
  for (let i = 0; i < sorted.length; ) {
    let j = i
    while (j + 1 < sorted.length && sorted[j + 1]!.p === sorted[i]!.p) j++
    for (let k = i; k <= j; k++) if (sorted[k]!.late) ranks += (i + j) / 2 + 1
    i = j + 1
  }
  return (ranks - (yes * (yes + 1)) / 2) / (yes * no)
}
