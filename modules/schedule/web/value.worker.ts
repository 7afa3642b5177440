// Earned value of a plan at its status date, away from the page: a plan of thousands of tasks takes seconds.
import {
  type DurationMethod,
  durationForecasts,
  estimateDuration,
  type LookBack,
  lookBack,
  type Performance,
  type PlanStanding,
  performance,
  planStanding,
  recordedCosts,
  WEEK,
} from '@yingzao/engines/earned-value'
import { type Decimal, exact } from '@yingzao/engines/money'
import { compute, type Plan } from '@yingzao/engines/schedule'
import { answer } from '@yingzao/ui/background/answer'
import type { History } from '../history-shape.ts'
import { type Reference, referenceOf } from '../reference-class.ts'

export interface ValueInput {
  readonly plan: Plan
  readonly id: string
  readonly project: string
  readonly type: string | null
  /** Null where the reader may not learn from finished work. */
  readonly history: History | null
  readonly revision: number
}

export interface Value {
  readonly standing: PlanStanding
  readonly performance: Performance
  readonly past: readonly LookBack[]
  /** Minutes of the plan. */
  readonly forecast: {
    readonly expected: number
    readonly low: number
    readonly high: number
    readonly weight: number
    /** Null without a history to read. */
    readonly reference: Reference | null
    readonly methods: readonly { readonly method: DurationMethod; readonly at: number | null }[]
  }
  /** Finish that the network computes. */
  readonly computed: number
}

export type ValueResult = { readonly revision: number } & (
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly code: string }
)

const methods: readonly DurationMethod[] = [
  'planned_value_spi',
  'planned_value_spi_cpi',
  'earned_duration_spi',
  'earned_schedule',
  'earned_schedule_spit',
  'earned_schedule_spit_cpi',
]

answer<ValueInput, never, ValueResult>(({ plan, revision, history, ...asking }) => {
  const computed = compute(plan)
  if (!computed.ok) return { ok: false, revision, code: computed.error.code }
  const { statusDate } = plan.options
  if (statusDate === undefined) return { ok: false, revision, code: 'earned_value.no_status_date' }
  const outcome = planStanding(plan, computed.schedule, statusDate, recordedCosts(plan))
  if (!outcome.ok) return { ok: false, revision, code: outcome.error.code }
  const { standing } = outcome
  const { bac, pv, ev, ac } = standing.amounts
  const ratio = (amount: Decimal | null) => (amount === null ? 0 : exact(amount).toNumber())
  const forecasts = durationForecasts(standing.schedule, {
    ...{ bac: ratio(bac), pv: ratio(pv), ev: ratio(ev), ac: ratio(ac) },
  })
  const at = (weeks: number) => Math.round(standing.start + weeks * WEEK)
  const reference =
    history && referenceOf(history, { plan: asking.id, project: asking.project, type: asking.type, statusDate })
  const classes = reference?.chosen ? [reference.chosen] : []
  const { expected, low, high, weight } = estimateDuration(standing.schedule, classes)
  return {
    ...{ ok: true, revision },
    value: {
      standing,
      performance: performance({ bac, pv, ev, ac: ac ?? '0.00' }),
      past: lookBack(plan, standing),
      forecast: {
        ...{ expected: at(expected), low: at(low), high: at(high), weight, reference },
        methods: methods.map(method => {
          const weeks = forecasts[method]
          return { method, at: weeks === null ? null : at(weeks) }
        }),
      },
      computed: computed.schedule.finish,
    },
  }
})
