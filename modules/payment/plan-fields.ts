// Where money out stands in the funds plan of its project: system fields, filled by hooks, read by postings.
import { f, post } from '@yingzao/kernel/entity'
import { fundsPlanLedger } from '../funds-plan/funds-plan.ledger.ts'

export const planFields = {
  plan_month: f.text({ zh: '计划月份', en: 'Month of the plan' }, { system: true, quiet: true, max: 7 }),
  plan_line: f.text({ zh: '计划行', en: 'Line of the plan' }, { system: true, quiet: true, max: 40 }),
  /** off, warn or escalate: how strictly the project keeps to its plans. */
  plan_gate: f.text({ zh: '计划控制', en: 'Rule of the plan' }, { system: true, quiet: true, max: 10 }),
} as const

const of = { plan_line: 'plan_line', contract: 'contract', counterparty: 'counterparty' } as const

export const requestUsesPlan = post(fundsPlanLedger, {
  when: 'plan_line != null',
  dims: { ...of, month: 'plan_month' },
  measures: {
    used: 'amount',
    warned: 'if plan_gate = "warn" then amount else 0',
    asked: 'if plan_gate = "escalate" then amount else 0',
  },
  reserve: true,
})

/** Paid in the month its request stands in, nothing moves; in another, the amount comes along. */
const elsewhere = 'plan_month = null or plan_month != paid_month'
export const paymentUsesPlan = [
  post(fundsPlanLedger, {
    when: 'plan_line != null',
    dims: { ...of, month: 'paid_month' },
    measures: {
      paid: 'amount',
      used: `if ${elsewhere} then amount else 0`,
      // Approved already: the cashier is told, and nobody is asked again.
      warned: `if plan_gate != "off" and (${elsewhere}) then amount else 0`,
    },
  }),
  post(fundsPlanLedger, {
    when: 'plan_line != null and plan_month != null and plan_month != paid_month',
    dims: { ...of, month: 'plan_month' },
    measures: { used: '0 - amount' },
  }),
]
