// 无合同付款: for which cost item it is, whose target that uses, and that no paper is counted twice.
import { isZero } from '@yingzao/engines/money'
import type { Id, RecordOf } from '@yingzao/kernel/entity'
import { asSystem, type Ctx, get, list, refuseInput } from '@yingzao/kernel/server'
import { budgetedItems } from '../budget/public.ts'
import { claimOfInvoice } from '../claim/public.ts'
import { contract } from '../contract/contract.entity.ts'
import { contractOfInvoice } from '../invoice/public.ts'
import { project as projects } from '../project/project.entity.ts'
import { tasksElsewhere } from '../schedule/public.ts'
import { paymentRequest } from './request.entity.ts'

type Request = RecordOf<typeof paymentRequest>

const debts: readonly string[] = ['borrowed', 'payable', 'lent']
/** Nothing that it costs. */
const none = { counts: false, item: null, task: null, deductible_rate: null, invoice_no: null, budget_item: null }

/** System fields of the request; refuses one that costs a project and does not say what. */
export async function costOf(ctx: Ctx, record: Request, project: Id<'project'> | null) {
  // What takes back gives back where it was taken.
  if (record.reverses !== null) return {}
  const { counts, item, task, note, invoice_no } = record
  if (record.contract !== null || project === null || debts.includes(record.kind)) return none
  if (counts === false && !note?.trim()) throw refuseInput([{ path: 'note', code: 'payment.why_no_cost' }])
  if (counts !== true) return { ...none, counts }
  if (item === null) throw refuseInput([{ path: 'item', code: 'payment.what_cost' }])
  if (record.deductible_rate !== null && !isZero(record.deductible_rate)) {
    const { tax_method } = await get(asSystem(ctx), projects, project)
    if (tax_method === 'simplified') throw refuseInput([{ path: 'deductible_rate', code: 'project.not_deductible' }])
  }
  if ((await tasksElsewhere(ctx, project, [task])).length > 0)
    throw refuseInput([{ path: 'task', code: 'schedule.task_elsewhere' }])
  if (invoice_no !== null) await refuseTwice(ctx, record.id, invoice_no)
  return { budget_item: (await budgetedItems(ctx, project, [item])).get(item) ?? item }
}

/** 一票一付: not claimed by somebody, not paid under a contract, not in another request. */
async function refuseTwice(ctx: Ctx, id: Request['id'], invoiceNo: string): Promise<void> {
  const paid = (code: string, values: Readonly<Record<string, string>>) =>
    refuseInput([{ path: 'invoice_no', code, values }])
  const claimed = await claimOfInvoice(ctx, invoiceNo)
  if (claimed !== null) throw paid('payment.invoice_claimed', { claim: claimed })
  const bound = await contractOfInvoice(ctx, invoiceNo)
  if (bound) {
    const { number, name } = await get(asSystem(ctx), contract, bound)
    throw paid('claim.invoice_of_contract', { contract: number ?? name })
  }
  const other = await requestOfInvoice(ctx, invoiceNo, id)
  if (other !== null) throw paid('payment.invoice_requested', { request: other })
}

/** The payment request without a contract that pays that invoice, leaving out one; null: none does. */
export async function requestOfInvoice(ctx: Ctx, invoiceNo: string, except?: Request['id']): Promise<string | null> {
  const { items } = await list(asSystem(ctx), paymentRequest, {
    filter: {
      invoice_no: { eq: invoiceNo },
      state: { in: ['pending', 'effective'] },
      reverses: { empty: true },
    },
    fields: ['number', 'name'],
    limit: 2,
  })
  const found = items.find(each => each.id !== except)
  return found ? (found.number ?? found.name) : null
}
