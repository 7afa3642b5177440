// A payment request is of its contract, company and counterparty, names an account that is registered of him, and is asked
// for only while the contract is in force.

import type { RecordOf } from '@yingzao/kernel/entity'
import { asSystem, get, hooks, refuse, refuseInput, run } from '@yingzao/kernel/server'
import { contract } from '../contract/contract.entity.ts'
import { counterparty } from '../counterparty/counterparty.entity.ts'
import { monthOf, planPlace } from '../funds-plan/public.ts'
import { flowGaps } from '../invoice/public.ts'
import { demandLoan } from '../loan/public.ts'
import { limitOn, writtenOn } from '../parameter/public.ts'
import { project } from '../project/project.entity.ts'
import { costOf } from './cost-of-request.ts'
import { demandSide } from './overpaid.ts'
import { paymentRequest } from './request.entity.ts'

type Request = RecordOf<typeof paymentRequest>
type Party = RecordOf<typeof counterparty>

/** 履行中 and what follows it; before that nothing is owed, and afterwards nothing any more. */
const owing: readonly unknown[] = ['signed', 'completed', 'settling', 'settled', 'warranty', 'terminated']
/** Paid against invoices where the contract says so; an advance and what goes to workers have none. */
const invoiced: readonly string[] = ['progress', 'settlement', 'retention']

export default hooks(paymentRequest, {
  async beforeSave(ctx, record, before) {
    // Approved: only how far it is paid changes any more.
    if (before?.state === 'effective') return undefined
    const system = asSystem(ctx)
    const agreed = record.contract === null ? null : await get(system, contract, record.contract)
    if (agreed && (agreed.state !== 'effective' || !owing.includes(agreed.stage)))
      throw refuse('payment.contract_not_signed', { name: agreed.name })
    if (record.reverses === null) demandSide(record.kind, agreed, 'income')
    const party = agreed?.counterparty ?? record.counterparty
    if (party === null) throw refuseInput([{ path: 'counterparty', code: 'payment.to_whom' }])
    const of = agreed?.project ?? record.project
    const company = of === null ? record.company : (await get(system, project, of)).company
    if (company === null) throw refuseInput([{ path: 'company', code: 'payment.whose' }])
    if (record.loan !== null)
      await demandLoan(ctx, record.loan, {
        ...{ kind: record.kind === 'lent' ? 'lent' : 'borrowed', company, counterparty: party },
      })
    const payee = payeeOf(await get(system, counterparty, party), record)
    const flows = { payee: payee.payee_name, wages: record.kind === 'wages' }
    // Paid in the month it is wanted in, or now.
    const wanted = record.due_on !== null && record.due_on > ctx.today ? record.due_on : ctx.today
    const lines = [agreed?.id ?? null, party, record.kind === 'wages' ? 'wages' : 'other']
    const plan = await planPlace(ctx, { project: of, company, month: monthOf(wanted), lines })
    const cost = await costOf(ctx, record, of)
    return {
      ...cost,
      ...{ counterparty: party, project: of, company, payable: record.id },
      ...plan,
      uncontracted_limit: agreed
        ? null
        : await limitOn(ctx, 'payment_without_contract', writtenOn(ctx, before), company),
      findings: agreed?.direction === 'expense' ? await flowGaps(system, { contract: agreed.id, ...flows }) : [],
      against_invoice: agreed?.invoice_first === true && invoiced.includes(record.kind),
      ...payee,
    }
  },
  async afterSave(ctx, after, before) {
    // What takes back is nothing to pay.
    if (after?.state === 'effective' && before?.state !== 'effective' && after.reverses !== null)
      await run(asSystem(ctx), paymentRequest, after.id, 'mark_closed')
  },
})

/** The last four digits, or as many more as tell it from his other accounts. */
function endingOf(number: string | null, { accounts }: Party): string | null {
  if (number === null) return null
  const others = accounts.flatMap(each => (each.number === null || each.number === number ? [] : [each.number]))
  for (let digits = 4; digits < number.length; digits++) {
    const ending = number.slice(-digits)
    if (!others.some(each => each.endsWith(ending))) return ending
  }
  return number
}

/** The account of his that is meant: by its number, its last digits, or his default one. */
function payeeOf(party: Party, { payee_ending }: Request) {
  const asked = payee_ending?.replaceAll(/[\s-]/g, '') ?? ''
  const fits = party.accounts.filter(each => each.number?.endsWith(asked))
  const chosen = asked === '' ? (party.accounts.find(each => each.main) ?? party.accounts[0]) : fits[0]
  const fault = !chosen ? 'payment.no_account' : asked !== '' && fits.length > 1 ? 'payment.which_account' : null
  if (!chosen || fault) throw refuseInput([{ path: 'payee_ending', code: fault ?? 'payment.no_account' }])
  return {
    payee_ending: endingOf(chosen.number, party),
    payee_name: chosen.holder ?? party.name,
    payee_bank: chosen.bank,
    payee_bank_code: chosen.bank_code,
    payee_number: chosen.number,
  }
}
