// Sums of kept and missed promises: by month, by project or department, for tasks, milestones or both. Pure.
import type { Kept, Line } from '../shape.ts'

export type Kinds = 'everything' | 'tasksOnly' | 'milestonesOnly'

export interface Sum {
  readonly onTime: number
  readonly late: number
  readonly open: number
}
export const none: Sum = { onTime: 0, late: 0, open: 0 }
const plus = (a: Sum, b: Sum): Sum => ({ onTime: a.onTime + b.onTime, late: a.late + b.late, open: a.open + b.open })
export const dueOf = ({ onTime, late, open }: Sum): number => onTime + late + open
/** 0–1; null when nothing was due. */
export const rateOf = (sum: Sum): number | null => (dueOf(sum) === 0 ? null : sum.onTime / dueOf(sum))

export const ofKinds = (rows: readonly Kept[], kinds: Kinds): readonly Kept[] =>
  kinds === 'everything' ? rows : rows.filter(row => row.milestone === (kinds === 'milestonesOnly'))

export const totalOf = (rows: readonly Sum[]): Sum => rows.reduce(plus, none)

/** First days of the months from the first to today's. */
export function monthsBetween(from: string, today: string): readonly string[] {
  const months: string[] = []
  let [year = 1970, month = 1] = from.split('-').map(Number)
  for (let at = from.slice(0, 8); at <= today; at = `${year}-${String(month).padStart(2, '0')}-`) {
    months.push(`${at}01`)
    month++
    if (month > 12) [year, month] = [year + 1, 1]
  }
  return months
}

export const byMonth = (rows: readonly Kept[], months: readonly string[]): readonly Sum[] =>
  months.map(month => totalOf(rows.filter(row => row.month === month)))

export interface Part {
  readonly key: string
  readonly sum: Sum
  readonly months: readonly Sum[]
  /** Plans behind the figures. */
  readonly plans: readonly string[]
}

/** One part a project, department or company, the least kept first. */
export function partsOf(
  rows: readonly Kept[],
  lines: readonly Line[],
  by: 'project' | 'department' | 'company',
  months: readonly string[],
): readonly Part[] {
  const keyOf = new Map(lines.map(line => [line.id, by === 'project' ? line.id : (line[by] ?? '')]))
  const found = new Map<string, Kept[]>()
  for (const row of rows) {
    const key = keyOf.get(row.project)
    if (key === undefined) continue
    found.set(key, [...(found.get(key) ?? []), row])
  }
  return [...found]
    .map(([key, own]) => ({
      ...{ key, sum: totalOf(own), months: byMonth(own, months) },
      plans: [...new Set(own.map(row => row.plan))],
    }))
    .sort((a, b) => (rateOf(a.sum) ?? 1) - (rateOf(b.sum) ?? 1) || dueOf(b.sum) - dueOf(a.sum))
}
