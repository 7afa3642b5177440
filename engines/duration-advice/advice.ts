// 工期建议: P50 and P80 of a duration from finished work of the same kind, how sure they are, and the evidence.
import { quantileInterval, quantileOf, sortedCopy, varianceOf } from '../statistics/index.ts'
import { type Alike, likenessAmong, type Named } from './likeness.ts'
import { wordsOf } from './words.ts'
import { type WorkClass, workClassOf } from './work-class.ts'

/** Fewer pieces of evidence than this are stories, not a distribution: then the question is widened. */
export const LEAST_EVIDENCE = 5
/** More would let work that is less alike outvote what is most alike. */
const MOST_EVIDENCE = 40
const ALIKE = 0.5
/** A plan far above P80 holds time that nobody needed before. */
const FAR_ABOVE = 1.25
const QUARTER_DAY = 0.25

export interface FinishedTask extends Named {
  readonly id: string
  /** Type of its project. */
  readonly type: string | null
  /** Days of work and days of the calendar from its actual start to its actual finish. */
  readonly workDays: number
  readonly calendarDays: number
  /** Actual ÷ promised duration, where a promise (baseline) is known. */
  readonly ratio: number | null
}

export interface AskedTask extends Named {
  readonly id: string
  readonly type: string | null
  /** Planned duration in days of work, or of the calendar when `elapsed`. */
  readonly days: number
  readonly elapsed: boolean
}

/** How far the question had to be widened. */
export type AdviceLevel = 'alike' | 'alike_elsewhere' | 'class' | 'class_elsewhere'
/** Durations themselves, or how much longer than promised work took, times this promise. */
export type AdviceBasis = 'duration' | 'ratio'

export interface Advice {
  readonly task: string
  readonly level: AdviceLevel
  readonly basis: AdviceBasis
  readonly class: WorkClass | null
  /** Days in the unit of the task; intervals of 95 % from order statistics. */
  readonly p50: number
  readonly p80: number
  readonly interval50: readonly [number, number]
  readonly interval80: readonly [number, number]
  /** Planned below P50, far above P80, or neither. */
  readonly verdict: 'below' | 'above' | 'within'
  /** Positions in the history, most alike first. */
  readonly evidence: readonly number[]
}

/**
 * Asks the history about tasks. Null: not enough finished work of the kind. Widens from work that is called alike in
 * projects of the same type, over all types, to the class of work. The order of `history` breaks ties, so give the newest first.
 */
export function advise(history: readonly FinishedTask[], asked: readonly AskedTask[]): (Advice | null)[] {
  return asked.map(adviserOf(history))
}

/** Reads the history once, to be asked about one task after another; answers as `advise`. */
export function adviserOf(history: readonly FinishedTask[]): (task: AskedTask) => Advice | null {
  const alikeTo = likenessAmong(history)
  const classes = new Map<WorkClass, number[]>()
  history.forEach((each, at) => {
    const of = workClassOf(each.name)
    if (of === null) return
    const found = classes.get(of)
    if (found) found.push(at)
    else classes.set(of, [at])
  })
  const known = new Map<string, readonly Alike[]>()
  const alike = (task: AskedTask) => {
    // "1 段顶板防水" and "2 段顶板防水" are one question.
    const key = JSON.stringify([wordsOf(task.name), task.parent, task.resources])
    const found = known.get(key) ?? alikeTo(task).filter(({ likeness }) => likeness >= ALIKE)
    known.set(key, found)
    return found
  }
  return task => {
    const near = alike(task).filter(({ at }) => history[at]!.id !== task.id)
    const own = workClassOf(task.name)
    const sameType = (at: number) => task.type !== null && history[at]!.type === task.type
    const inClass = own === null ? [] : (classes.get(own) ?? []).filter(at => history[at]!.id !== task.id)
    const levels: readonly (readonly [AdviceLevel, () => readonly number[]])[] = [
      ['alike', () => near.flatMap(({ at }) => (sameType(at) ? [at] : []))],
      ['alike_elsewhere', () => near.map(({ at }) => at)],
      ['class', () => inClass.filter(sameType)],
      ['class_elsewhere', () => inClass],
    ]
    for (const [level, positions] of levels) {
      const evidence = positions().slice(0, MOST_EVIDENCE)
      if (evidence.length >= LEAST_EVIDENCE) return judged(task, level, own, history, evidence)
    }
    return null
  }
}

function judged(
  task: AskedTask,
  level: AdviceLevel,
  own: WorkClass | null,
  history: readonly FinishedTask[],
  evidence: readonly number[],
): Advice {
  const days = (at: number) => (task.elapsed ? history[at]!.calendarDays : history[at]!.workDays)
  const withRatio = task.days > 0 ? evidence.filter(at => history[at]!.ratio !== null) : []
  const ratios = withRatio.map(at => history[at]!.ratio ?? 1)
  // A class holds small and large work: there only the ratio can be compared. Else what scatters less speaks.
  const byRatio =
    ratios.length >= LEAST_EVIDENCE && (level.startsWith('class') || scatter(ratios) < scatter(withRatio.map(days)))
  const used = byRatio ? withRatio : evidence
  const values = sortedCopy(byRatio ? ratios.map(ratio => ratio * task.days) : used.map(days))
  const p50 = quantileOf(values, 0.5)
  const p80 = quantileOf(values, 0.8)
  const below = task.days < p50 - QUARTER_DAY
  const above = task.days > FAR_ABOVE * p80 && task.days - p80 >= 1
  return {
    task: task.id,
    level,
    basis: byRatio ? 'ratio' : 'duration',
    class: own,
    p50,
    p80,
    interval50: quantileInterval(values, 0.5),
    interval80: quantileInterval(values, 0.8),
    verdict: below ? 'below' : above ? 'above' : 'within',
    evidence: used,
  }
}

/** Variance of the logarithms: 2 against 4 days scatter as 20 against 40. */
const scatter = (values: readonly number[]): number => varianceOf(values.map(value => Math.log(Math.max(0.1, value))))
