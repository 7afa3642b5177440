// What a plan costs is commercial, like the sum of the contract: whoever may not read `plan.cost_amount` gets the plan
// without its money, through whatever door it leaves the server, and cannot write what he does not see.
import type { PlanEdit } from '@yingzao/engines/schedule'
import { type Ctx, get, refuse } from '@yingzao/kernel/server'
import type { PlanRecord } from './keep.ts'
import { plan } from './plan.entity.ts'
import { planHead } from './rows.ts'

/** Keys of plans and edits that hold money; `extra` keeps a file's own fields, costs among them. */
const money: ReadonlySet<string> = new Set(['cost', 'fixedCost', 'rates', 'extra'])

async function knowsCosts(ctx: Ctx, record: PlanRecord): Promise<boolean> {
  return ctx.principal.kind === 'system' || 'cost_amount' in (await get(ctx, plan, record.id))
}

/** An answer about the plan as this reader may have it. */
export async function asSeen<T extends object>(ctx: Ctx, record: PlanRecord, answer: T): Promise<T> {
  return (await knowsCosts(ctx, record)) ? answer : withoutCosts(record, answer)
}

/** Refuses edits of costs by somebody who may not know them. */
export async function refuseCosts(ctx: Ctx, record: PlanRecord, edits: readonly PlanEdit[]): Promise<void> {
  const bare = JSON.stringify(withoutCosts(record, edits))
  if (bare.length === JSON.stringify(edits).length || (await knowsCosts(ctx, record))) return
  throw refuse('access.field', { fields: plan.def.fields.cost_amount.label[ctx.lang] })
}

/** Fields that price a plan, by what is set. */
const pricing: Readonly<Record<string, readonly string[]>> = {
  'task.set': ['fixedCost', 'cost'],
  'assignment.set': ['cost', 'rateTable'],
  'resource.set': ['rates'],
}

/** Refuses whatever is not a cost. */
export function refuseOthers(edits: readonly PlanEdit[], word: (field: string) => string): void {
  for (const edit of edits) {
    const fields = 'patch' in edit ? Object.keys(edit.patch) : [edit.kind]
    const what = fields.find(field => !pricing[edit.kind]?.includes(field))
    if (what !== undefined) throw refuse('schedule.only_costs', { what: word(what) })
  }
}

/** Whatever holds money may be absent, so that it is still what it was. */
function withoutCosts<T extends object>(record: PlanRecord, value: T): T {
  const fields = planHead(record).customFields ?? []
  const priced = new Set(fields.flatMap(({ kind, name }) => (kind === 'money' ? [name] : [])))
  return JSON.parse(
    JSON.stringify(value, (key, each: unknown) => {
      if (money.has(key)) return undefined
      if (key !== 'custom' || typeof each !== 'object' || each === null) return each
      return Object.fromEntries(Object.entries(each).filter(([name]) => !priced.has(name)))
    }),
  )
}
