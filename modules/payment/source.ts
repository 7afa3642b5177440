// What a payment pays: a payment request, a claim, an advance or a bid bond: approved documents with a payee and a stage.
import { isZero } from '@yingzao/engines/money'
import { asId, type Id, type PlainDate, type RecordOf } from '@yingzao/kernel/entity'
import { asSystem, type Ctx, get, patch, refuse, run } from '@yingzao/kernel/server'
import type { PayStage } from '../bank-account/payable.ledger.ts'
import { standingOf } from '../bank-account/public.ts'
import { bidBond } from '../bid/bid-bond.entity.ts'
import { advance } from '../claim/advance.entity.ts'
import { claim } from '../claim/claim.entity.ts'
import type { payment } from './payment.entity.ts'
import { paymentRequest } from './request.entity.ts'

export type Payment = RecordOf<typeof payment>
/** Fields of a payment of which exactly one is set. */
export const sources = ['request', 'claim', 'advance', 'bond'] as const
export type Source = (typeof sources)[number]
export const entityOf = { request: paymentRequest, claim, advance, bond: bidBond } as const

/** Everything of the source that stands in its payments. */
export interface Copied {
  readonly name: string
  readonly kind: string
  readonly contract: Id<'contract'> | null
  readonly counterparty: Id<'counterparty'> | null
  readonly person: Id<'user'> | null
  readonly project: Id<'project'> | null
  readonly company: Id<'org_unit'> | null
  readonly payable: string | null
  readonly due_on: PlainDate | null
  readonly loan: Id<'loan'> | null
  /** Of a request: where it stands in the plan of its project. */
  readonly plan_month: string | null
  readonly plan_line: string | null
  readonly plan_gate: string | null
  readonly payee_name: string | null
  readonly payee_bank: string | null
  readonly payee_bank_code: string | null
  readonly payee_number: string | null
}

export interface Paying {
  readonly source: Source
  readonly id: string
}
/** Which document a payment pays; null when it names none, or several. */
export function payingOf(record: Pick<Payment, Source>): Paying | null {
  const named = sources.flatMap(source => {
    const id = record[source]
    return id === null ? [] : [{ source, id }]
  })
  return named.length === 1 ? (named[0] ?? null) : null
}

/**
 * Locks the document until the transaction ends, before any balance: payments of it come one after the other, and so does
 * closing.
 */
export async function holdSource(ctx: Ctx, { source, id }: Paying): Promise<void> {
  await patch(asSystem(ctx), entityOf[source].name, id, undefined, {})
}

export async function copied(ctx: Ctx, { source, id }: Paying): Promise<Copied> {
  const system = asSystem(ctx)
  if (source === 'request') {
    const of = await get(system, paymentRequest, asId('payment_request', id))
    demandToPay(of)
    const { name, kind, contract, counterparty, project, company, payable } = of
    const { payee_name, payee_bank, payee_bank_code, payee_number, loan } = of
    return {
      ...{ name, kind, contract, counterparty, project, company, payable, loan, person: null },
      ...{ payee_name, payee_bank, payee_bank_code, payee_number, due_on: of.back_on },
      ...{ plan_month: of.plan_month, plan_line: of.plan_line, plan_gate: of.plan_gate },
    }
  }
  if (source === 'bond') {
    const of = await get(system, bidBond, asId('bid_bond', id))
    demandToPay(of)
    const { name, company, payable, payee, payee_bank, payee_number, due_back_on } = of
    return {
      ...{ name, company, payable, kind: 'bond', contract: null, counterparty: null, person: null, project: null },
      loan: null,
      ...{ payee_name: payee, payee_bank, payee_bank_code: null, payee_number, due_on: due_back_on },
      ...{ plan_month: null, plan_line: null, plan_gate: null },
    }
  }
  const of = source === 'claim' ? await get(system, claim, id) : await get(system, advance, id)
  demandToPay(of)
  const { name, person, project, company, payable, pay_bank, pay_number } = of
  const user = person === null ? null : await get(system, 'user', person)
  return {
    ...{ name, person, project, company, payable, kind: source === 'claim' ? 'claim' : 'loan' },
    loan: null,
    ...{ contract: null, counterparty: null, payee_bank: pay_bank, payee_bank_code: null, payee_number: pay_number },
    payee_name: typeof user?.name === 'string' ? user.name : null,
    due_on: 'due_on' in of ? of.due_on : null,
    ...{ plan_month: null, plan_line: null, plan_gate: null },
  }
}

/** Whether it is approved is asked when the payment is submitted. */
function demandToPay({ stage, name, reverses }: { stage?: string | null; name: string; reverses: Id | null }) {
  if (reverses !== null || stage === 'paid' || stage === 'closed') throw refuse('payment.nothing_to_pay', { name })
}

/** The stage follows the ledger: to pay, partly paid, paid. */
export async function restage(ctx: Ctx, { source, id }: Paying): Promise<void> {
  const system = asSystem(ctx)
  const entity = entityOf[source]
  const now = await get(system, entity.name, id)
  const text = (value: unknown) => (typeof value === 'string' ? value : null)
  const { paid, rest } = await standingOf(system, text(now.company), text(now.payable))
  const next: PayStage = isZero(rest)
    ? now.stage === 'closed'
      ? 'closed'
      : 'paid'
    : isZero(paid)
      ? 'to_pay'
      : 'part_paid'
  if (now.stage !== next) await run(system, entity.name, id, `mark_${next}`)
}
