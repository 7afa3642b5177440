// Quantities of tasks as the site reports them: the newest report with a total says how much there is in all.
export interface Quantity {
  readonly total: number
  readonly unit: string
}

/** By task, from reports newest first; rows without a total are passed over. */
export function quantitiesOf(reports: readonly Readonly<Record<string, unknown>>[]): ReadonlyMap<string, Quantity> {
  const found = new Map<string, Quantity>()
  for (const { task, total_qty: total, qty_unit: unit } of reports) {
    const amount = Number(total)
    if (typeof task !== 'string' || found.has(task) || total === null || !(amount > 0)) continue
    found.set(task, { total: amount, unit: typeof unit === 'string' ? unit : '' })
  }
  return found
}

/** What to ask of the reports; their module need not be there. */
export const quantityQuery = {
  entity: 'progress_report',
  fields: ['task', 'total_qty', 'qty_unit'],
  sort: ['-reported_on'],
  limit: 500,
} as const
