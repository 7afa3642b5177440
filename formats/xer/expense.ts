// Expenses of activities: what a task costs besides its resources, which a plan keeps as its fixed cost.
import { plainDecimal } from '../codec.ts'
import type { Texts } from '../field.ts'
import type { LossLog } from '../loss.ts'
import { rowsOf, type XerFile } from './table.ts'

/** Ten-thousandths: the database keeps four decimals, and sums must be exact. */
const scaled = (text: string): bigint | undefined => {
  const m = /^\s*(-?)(\d{1,20})(?:[.,](\d*))?\s*$/.exec(text)
  if (!m) return undefined
  const n = BigInt(`${m[2]}${(m[3] ?? '').padEnd(4, '0').slice(0, 4)}`)
  return m[1] === '-' ? -n : n
}

const text = (n: bigint): string => {
  const digits = String(n < 0n ? -n : n).padStart(5, '0')
  return plainDecimal(`${n < 0n ? '-' : ''}${digits.slice(0, -4)}.${digits.slice(-4)}`)
}

/** Planned expenses by activity, summed; their names, vendors and actual costs are named as losses. */
export function readExpenses(file: XerFile, losses: LossLog): ReadonlyMap<string, string> {
  const sums = new Map<string, bigint>()
  for (const row of rowsOf(file, 'PROJCOST')) {
    const task = row.get('task_id')
    const cost = scaled(row.get('target_cost') ?? '0')
    if (task === undefined || cost === undefined) {
      losses.add('value', 'PROJCOST.target_cost', row.get('target_cost'))
      continue
    }
    losses.add('field', 'PROJCOST.cost_name', row.get('cost_name'))
    if (scaled(row.get('act_cost') ?? '0') !== 0n) losses.add('field', 'PROJCOST.act_cost', row.get('act_cost'))
    sums.set(task, (sums.get(task) ?? 0n) + cost)
  }
  return new Map([...sums].filter(([, sum]) => sum !== 0n).map(([task, sum]) => [task, text(sum)]))
}

/** One expense for the fixed cost of an activity. */
export const expenseRow = (cost: string, task: number | undefined, number: number): Texts => ({
  cost_item_id: String(number),
  task_id: String(task ?? ''),
  cost_name: 'Fixed cost',
  cost_per_qty: cost,
  target_cost: cost,
  remain_cost: cost,
})
