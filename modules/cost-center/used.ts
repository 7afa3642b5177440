// Expense contracts of which most is measured: what is left of them must be watched, or changed before it runs out. One that is
// completed or settled was to be used up.
import { compare, type Decimal, divide } from '@yingzao/engines/money'
import { all, type Ctx, metrics } from '@yingzao/kernel/server'
import { contract } from '../contract/contract.entity.ts'

export interface Used {
  readonly contract: string
  readonly project: string
  readonly sum: Decimal
  readonly measured: Decimal
  readonly share: Decimal
}

/** Measured above this share of the current sum, the most used first; as the asker sees them. */
export async function usedContracts(ctx: Ctx, above: Decimal): Promise<Used[]> {
  const { rows } = await metrics(ctx, ['expense.sum', 'expense.measured'], { by: ['contract', 'project'] })
  const used = rows
    .flatMap(({ key: [contract, project], values }): Used[] => {
      const [sum, measured] = [values['expense.sum'] ?? '0.00', values['expense.measured'] ?? '0.00']
      const share = compare(sum, '0') > 0 ? (divide(measured, sum, 6) ?? null) : null
      if (!contract || !project || share === null || compare(share, above) <= 0) return []
      return [{ contract, project, sum, measured, share }]
    })
    .sort((a, b) => compare(b.share, a.share))
  if (used.length === 0) return []
  const filter = { id: { in: used.map(each => each.contract) }, stage: { in: ['signed', 'suspended'] } }
  const running = new Set<string>((await all(ctx, contract, { filter, fields: ['stage'] })).map(each => each.id))
  return used.filter(each => running.has(each.contract))
}
