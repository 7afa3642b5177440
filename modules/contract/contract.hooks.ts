// A contract belongs to the company of its project; what it spends says for which cost item; its terms make sense; its bill and
// its lines agree when it is submitted.
import { multiply, r2 } from '@yingzao/engines/money'
import { balanceOf } from '@yingzao/kernel/ledgers/audit'
import { all, asSystem, type Ctx, get, hooks, list, patch, refuse, refuseInput } from '@yingzao/kernel/server'
import { budgetedItems } from '../budget/public.ts'
import { demandContractable } from '../counterparty/public.ts'
import { holdersOf, unitsAbove } from '../organisation/public.ts'
import { project } from '../project/project.entity.ts'
import { tasksElsewhere } from '../schedule/public.ts'
import { billDifferences, billSums } from './bill.ts'
import { billItem } from './bill-item.entity.ts'
import { contract } from './contract.entity.ts'
import { contractLedger } from './contract.ledger.ts'
import { type Contract, type TermError, termErrors } from './terms.ts'

/** A day of signing may be written back, so that the day it is written counts too. */
const agreedOn = (ctx: Ctx, { signed_on }: Contract) => (signed_on === null ? [ctx.today] : [ctx.today, signed_on])
const editable = (of: Contract) => of.state === 'draft' || of.state === 'rejected'

export default hooks(contract, {
  async beforeSave(ctx, record, before) {
    const system = asSystem(ctx)
    if (!editable(record)) {
      if (before && before.pricing_standard !== record.pricing_standard) await refuseMeasured(system, record)
      return undefined
    }
    const { company, tax_method } = await get(system, project, record.project)
    const errors = [
      ...lineErrors(record),
      ...termErrors(record),
      ...(await parentErrors(system, record)),
      ...(await taskErrors(system, record)),
    ]
    if (errors.length > 0) throw refuseInput(errors)
    await demandContractable(ctx, record.counterparty, ...agreedOn(ctx, record))
    if (ctx.action === 'submit') await demandBill(system, record)
    if (ctx.action === 'submit' && record.form === 'supplement') await demandCodes(system, record)
    return {
      company,
      deductible: record.direction === 'expense' && record.invoice_type === 'special' && tax_method !== 'simplified',
      legal_review: await hasCounsel(system, company),
      lines: await bound(system, record),
      plan: record.plan.map(each => ({
        ...each,
        planned_amount:
          each.amount ?? (each.share === null ? null : r2(multiply(record.gross_amount ?? '0', each.share))),
      })),
    }
  },
  async afterSave(ctx, after, before) {
    // Blacklisted while it was in approval.
    if (after?.state === 'effective' && before?.state !== 'effective')
      await demandContractable(ctx, after.counterparty, ...agreedOn(ctx, after))
    if (after?.state === 'effective' && before?.state !== 'effective' && after.form === 'supplement')
      await joinBill(asSystem(ctx), after)
    if (after?.form === 'supplement' && after.void_reason !== null && before?.state === 'effective') {
      const system = asSystem(ctx)
      const { items } = await list(system, billItem, { filter: { supplement: { eq: after.id } }, limit: 1 })
      // What was measured of the contract may be of its items.
      if (items.length > 0 && after.parent !== null)
        await refuseMeasured(system, await get(system, contract, after.parent), 'contract.supplement_measured')
      if (after.state === 'void') await leaveBill(system, after)
    }
  },
})

async function hasCounsel(system: Ctx, company: string): Promise<boolean> {
  const counsel = await holdersOf(system, 'legal')
  if (counsel.length === 0) return false
  const places = (await unitsAbove(system))(company)
  return counsel.some(({ at }) => places.includes(at))
}

function lineErrors(of: Contract): TermError[] {
  if (of.form !== 'framework' && of.lines.length === 0) return [{ path: 'lines', code: 'contract.no_lines' }]
  if (of.form === 'framework' && of.lines.length > 0) return [{ path: 'lines', code: 'contract.framework_lines' }]
  return of.lines.flatMap(({ item }, at) =>
    of.direction === 'expense' && item === null ? [{ path: `lines.${at}.item`, code: 'contract.item' }] : [],
  )
}

/** An order stands under a framework, a supplement under a contract of its own; both with the same party, on the same side. */
async function parentErrors(system: Ctx, of: Contract): Promise<TermError[]> {
  if (of.parent === null || (of.form !== 'order' && of.form !== 'supplement')) return []
  const above = await get(system, contract, of.parent)
  const wrong = (code: string) => [{ path: 'parent', code: `contract.${code}` }]
  if ((of.form === 'order') !== (above.form === 'framework') || above.form === 'supplement')
    return wrong(of.form === 'order' ? 'order_parent' : 'supplement_parent')
  if (above.counterparty !== of.counterparty || above.direction !== of.direction) return wrong('other_party')
  if (of.form === 'order') return []
  if (above.project !== of.project) return wrong('other_project')
  if (above.price_mode !== of.price_mode) return wrong('other_mode')
  return ['settling', 'settled', 'warranty', 'finished', 'terminated'].includes(above.stage ?? '')
    ? wrong('parent_over')
    : []
}

async function taskErrors(system: Ctx, of: Contract): Promise<TermError[]> {
  const tasks = of.lines.map(line => line.task)
  return (await tasksElsewhere(system, of.project, tasks)).map(at => ({
    path: `lines.${at}.task`,
    code: 'schedule.task_elsewhere',
  }))
}

/** Which target each line uses. */
async function bound(system: Ctx, of: Contract): Promise<Contract['lines']> {
  if (of.direction !== 'expense') return of.lines.map(line => ({ ...line, budget_item: null }))
  const items = await budgetedItems(
    system,
    of.project,
    of.lines.flatMap(({ item }) => item ?? []),
  )
  return of.lines.map(line => ({
    ...line,
    budget_item: line.item === null ? null : (items.get(line.item) ?? line.item),
  }))
}

async function demandBill(system: Ctx, of: Contract): Promise<void> {
  const differences = billDifferences(of, await billSums(system, of))
  if (differences.length > 0) throw refuse('contract.bill_differs', { count: differences.length })
}

/** Its items join the bill of the contract it belongs to: no code is there already, nor in another supplement that waits. */
async function demandCodes(system: Ctx, { id, parent }: Contract): Promise<void> {
  const waiting = await all(system, contract, {
    filter: { parent: { eq: parent }, form: { eq: 'supplement' }, state: { eq: 'pending' } },
    fields: [],
  })
  const others = [parent, ...waiting.map(each => each.id)].filter(each => each !== id)
  const codesOf = (of: readonly unknown[]) =>
    all(system, billItem, { filter: { contract: { in: of.map(String) } }, fields: ['code'] })
  const own = new Set((await codesOf([id])).map(({ code }) => code))
  if (own.size === 0) return
  const twice = (await codesOf(others)).map(({ code }) => code).filter(code => own.has(code))
  if (twice.length > 0) throw refuse('contract.codes_taken', { codes: [...new Set(twice)].slice(0, 5).join('、') })
}

async function refuseMeasured(system: Ctx, of: Contract, code = 'contract.measured_already'): Promise<void> {
  const { posted } = await balanceOf(system, contractLedger.name, {
    project: of.project,
    contract: of.id,
    direction: of.direction,
  })
  if (Number(posted.measured ?? '0') !== 0) throw refuse(code)
}

/** What a supplement adds is measured under the contract it belongs to. */
async function joinBill(system: Ctx, { id, parent }: Contract): Promise<void> {
  if (parent === null) return
  for (const item of await all(system, billItem, { filter: { contract: { eq: id } }, fields: ['contract'] }))
    await patch(system, billItem.name, item.id, undefined, { contract: parent, supplement: id })
}

/** Void, it takes its items back: nothing can be measured of them. */
async function leaveBill(system: Ctx, { id }: Contract): Promise<void> {
  for (const item of await all(system, billItem, { filter: { supplement: { eq: id } }, fields: ['contract'] }))
    await patch(system, billItem.name, item.id, undefined, { contract: id, supplement: null })
}
