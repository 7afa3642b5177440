// A claim is its writer's own. Each expense counts as the cost item it is mapped to, no invoice is claimed twice, and what he
// owes is settled first.
import { compare, type Decimal, isZero } from '@yingzao/engines/money'
import type { RecordOf } from '@yingzao/kernel/entity'
import { asSystem, type Ctx, get, hooks, refuseInput, run } from '@yingzao/kernel/server'
import { budgetedItems } from '../budget/public.ts'
import { contract } from '../contract/contract.entity.ts'
import { expenseItem } from '../cost-item/cost-item.entity.ts'
import { contractOfInvoice } from '../invoice/public.ts'
import { project } from '../project/project.entity.ts'
import { tasksElsewhere } from '../schedule/public.ts'
import { claim } from './claim.entity.ts'
import { claimOfInvoice } from './paper.ts'
import { lastCard, owedBy, whoseIs } from './person.ts'

type Claim = RecordOf<typeof claim>
type Fault = { readonly path: string; readonly code: string; readonly values?: Readonly<Record<string, string>> }

export default hooks(claim, {
  async beforeSave(ctx, record, before) {
    if (before?.state === 'effective') return undefined
    const person = before?.person ?? ctx.principal.user ?? record.person
    if (person === null) throw refuseInput([{ path: 'person', code: 'field.required' }])
    const faults: Fault[] = []
    const lines = await counted(ctx, record, faults)
    faults.push(...(await claimedBefore(ctx, record)))
    if (faults.length > 0) throw refuseInput(faults)
    return {
      ...(await whoseIs(ctx, person, record.project)),
      ...(record.pay_number === null ? await lastCard(ctx, person) : {}),
      ...{ lines, payable: record.id },
      offset_amount: record.offset ? least((await owedBy(ctx, person)).owed, record.total_amount ?? '0') : '0',
    }
  },
  async afterSave(ctx, after, before) {
    if (after?.state !== 'effective' || before?.state === 'effective') return
    const nothing = compare(after.pay_amount ?? '0', '0') === 0
    if (after.reverses !== null) await run(asSystem(ctx), claim, after.id, 'mark_closed')
    else if (nothing) await run(asSystem(ctx), claim, after.id, 'mark_paid')
  },
})

const least = (a: Decimal, b: Decimal): Decimal => (compare(a, b) <= 0 ? a : b)

async function counted(ctx: Ctx, record: Claim, faults: Fault[]): Promise<Claim['lines']> {
  const items = new Map<string, Claim['lines'][number]['item']>()
  for (const { expense_item } of record.lines)
    if (!items.has(expense_item))
      items.set(expense_item, (await get(asSystem(ctx), expenseItem, expense_item)).cost_item)
  const targets =
    record.project === null
      ? new Map()
      : await budgetedItems(
          ctx,
          record.project,
          [...items.values()].flatMap(item => item ?? []),
        )
  const tasks = record.lines.map(line => line.task)
  for (const at of await tasksElsewhere(ctx, record.project, tasks))
    faults.push({ path: `lines.${at}.task`, code: 'schedule.task_elsewhere' })
  const simplified =
    record.project !== null && (await get(asSystem(ctx), project, record.project)).tax_method === 'simplified'
  return record.lines.map((line, at) => {
    if (simplified && !isZero(line.tax_amount ?? '0'))
      faults.push({ path: `lines.${at}.tax_amount`, code: 'project.not_deductible' })
    const item = items.get(line.expense_item) ?? null
    if (item === null && record.project !== null)
      faults.push({ path: `lines.${at}.expense_item`, code: 'claim.no_cost_item' })
    // What takes back gives back where it was taken.
    const budget_item = record.reverses !== null ? line.budget_item : item === null ? null : (targets.get(item) ?? item)
    return { ...line, item, budget_item }
  })
}

/** 发票不得重复报销: also not twice in the same claim, nor when its contract pays it. */
async function claimedBefore(ctx: Ctx, record: Claim): Promise<Fault[]> {
  const faults: Fault[] = []
  const seen = new Set<string>()
  for (const [at, { invoice_no }] of record.lines.entries()) {
    if (invoice_no === null) continue
    const path = `lines.${at}.invoice_no`
    if (seen.has(invoice_no)) faults.push({ path, code: 'claim.invoice_claimed' })
    seen.add(invoice_no)
    if (await claimOfInvoice(ctx, invoice_no, record.id)) faults.push({ path, code: 'claim.invoice_claimed' })
    const paidBy = await contractOfInvoice(ctx, invoice_no)
    if (paidBy) {
      const { number, name } = await get(asSystem(ctx), contract, paidBy)
      faults.push({ path, code: 'claim.invoice_of_contract', values: { contract: number ?? name } })
    }
  }
  return faults
}
