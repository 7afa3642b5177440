// A variation is of its contract: same place, same basis, the prices of the bill. Effective, it changes the bill.
import { asSystem, type Ctx, get, hooks, patch, refuse, refuseInput } from '@yingzao/kernel/server'
import { budgetedItems } from '../budget/public.ts'
import { tasksElsewhere } from '../schedule/public.ts'
import { applyToBill } from './apply-to-bill.ts'
import { billItem } from './bill-item.entity.ts'
import { contract } from './contract.entity.ts'
import { takeUp } from './expected-use.ts'
import type { Contract, TermError } from './terms.ts'
import { variation } from './variation.entity.ts'
import type { Variation } from './variation-line.ts'

const editable = (of: Variation) => of.state === 'draft' || of.state === 'rejected'

export default hooks(variation, {
  async beforeSave(ctx, record) {
    if (!editable(record) || record.reverses !== null) return undefined
    const system = asSystem(ctx)
    const of = await get(system, contract, record.contract)
    if (of.form === 'framework' || of.form === 'supplement')
      throw refuseInput([{ path: 'contract', code: 'contract.not_changed' }])
    if (['settling', 'settled', 'warranty', 'finished', 'terminated'].includes(of.stage ?? ''))
      throw refuse('contract.over', { name: of.name })
    const [lines, errors] = await filled(system, record, of)
    if (errors.length > 0) throw refuseInput(errors)
    return {
      lines,
      direction: of.direction,
      project: of.project,
      company: of.company,
      counterparty: of.counterparty,
      price_mode: of.price_mode,
      deductible: of.deductible,
      answer: of.direction === 'income' ? ('waiting' as const) : null,
    }
  },
  /** What is taken back lessens the changes by its own size, in part or whole. */
  beforeReverse: async (_ctx, mirror) => ({ lines: mirror.lines.map(line => ({ ...line, sign: -1 })) }),
  async afterSave(ctx, after, before) {
    const system = asSystem(ctx)
    // A mirror: what the client answered already is not taken back by us.
    if (after && !before && after.reverses !== null && after.direction === 'income' && after.answer !== 'waiting')
      throw refuse('contract.answered')
    if (!after || !before || after.state === before.state) return
    if (after.direction === 'expense' && after.state === 'effective') await applyToBill(system, after, after.lines, 1)
    if (after.direction === 'expense' && after.state === 'void') await applyToBill(system, after, after.lines, -1)
    // What is taken back is not waited for.
    if (after.direction === 'income' && after.state === 'reversed')
      await patch(system, variation.name, after.id, undefined, { answer: 'answered' })
  },
})

/** Lines of the bill take over what the bill says; new ones say what they are. */
async function filled(system: Ctx, record: Variation, of: Contract) {
  const errors: TermError[] = []
  const lines: Variation['lines'][number][] = []
  for (const [at, line] of record.lines.entries()) {
    const say = (path: string, code: string) => errors.push({ path: `lines.${at}.${path}`, code })
    if (line.bill === null) {
      if (line.name === null) say('name', 'field.required')
      if (line.unit === null) say('unit', 'field.required')
      if (line.price === null) say('price', 'field.required')
      if (of.direction === 'expense' && line.item === null) say('item', 'contract.item')
      lines.push(line)
      continue
    }
    const bill = await get(system, billItem, line.bill)
    if (bill.contract !== record.contract) say('bill', 'contract.other_bill')
    const item = line.item ?? bill.item
    if (of.direction === 'expense' && item === null) say('item', 'contract.item')
    const { code, name, unit, price, tax_rate } = bill
    lines.push({ ...line, code, name, unit, price, tax_rate, item })
  }
  const tasks = record.lines.map(line => line.task)
  for (const at of await tasksElsewhere(system, of.project, tasks))
    errors.push({ path: `lines.${at}.task`, code: 'schedule.task_elsewhere' })
  const items = of.direction === 'expense' ? lines.flatMap(({ item }) => item ?? []) : []
  const targets = await budgetedItems(system, of.project, items)
  const placed = lines.map(line => ({
    ...line,
    sign: 1,
    budget_item: line.item === null ? null : (targets.get(line.item) ?? null),
  }))
  const taken = await takeUp(system, of, placed)
  return [taken.lines, [...errors, ...taken.errors]] as const
}
