// Rules of shares: a plan that gives testing, curing or approval less of its work than finished plans did forgets something.
import { quantileOf, sortedCopy } from '../statistics/index.ts'
import { type WorkClass, workClassOf } from './work-class.ts'

/** What is cut first when time is short, and costs it later. */
const watched: readonly WorkClass[] = ['testing', 'curing', 'approval']
const LEAST_PLANS = 5
/** Below this share of finished plans a plan is unusual. */
const UNUSUAL = 0.2

export interface WorkedPlan {
  readonly type: string | null
  readonly tasks: readonly { readonly name: string; readonly days: number }[]
}

export interface ShareFinding {
  readonly class: WorkClass
  readonly share: number
  /** Median and 20 % quantile of the finished plans. */
  readonly usual: number
  readonly low: number
  readonly plans: number
  /** Were they all of the plan's own type? */
  readonly sameType: boolean
  /** Days of such work that the plan would hold at the usual share. */
  readonly missingDays: number
}

/** Classes of which the plan holds less than four in five finished plans did; null when fewer than five are known. */
export function shareFindings(plan: WorkedPlan, finished: readonly WorkedPlan[]): ShareFinding[] | null {
  const own = finished.filter(({ type }) => type !== null && type === plan.type)
  const sameType = own.length >= LEAST_PLANS
  const among = sameType ? own : finished
  if (among.length < LEAST_PLANS) return null
  const mine = sharesOf(plan)
  const theirs = among.map(sharesOf)
  return watched.flatMap(of => {
    const shares = sortedCopy(theirs.map(each => each.of(of)))
    const [share, usual, low] = [mine.of(of), quantileOf(shares, 0.5), quantileOf(shares, UNUSUAL)]
    if (!(share < low)) return []
    const missingDays = ((usual - share) * mine.days) / Math.max(0.05, 1 - usual)
    return [{ class: of, share, usual, low, plans: among.length, sameType, missingDays }]
  })
}

function sharesOf({ tasks }: WorkedPlan): { days: number; of: (work: WorkClass) => number } {
  const sums = new Map<WorkClass | null, number>()
  let days = 0
  for (const task of tasks) {
    const of = workClassOf(task.name)
    sums.set(of, (sums.get(of) ?? 0) + task.days)
    days += task.days
  }
  return { days, of: work => (days > 0 ? (sums.get(work) ?? 0) / days : 0) }
}
