// 不可预见费 in a version of the target: what is set aside on items marked so, and what the version takes out of it.
import { add, type Decimal, subtract } from '@yingzao/engines/money'
import { all, asSystem, type Ctx } from '@yingzao/kernel/server'
import { costItem } from '../cost-item/cost-item.entity.ts'

interface Line {
  readonly item: string
  readonly amount: Decimal | null
  readonly previous_amount: Decimal | null
}

/** Cost items that hold contingency. */
export async function contingencyItems(ctx: Ctx): Promise<ReadonlySet<string>> {
  const found = await all(asSystem(ctx), costItem, { filter: { contingency: { eq: true } }, fields: [] })
  return new Set(found.map(each => each.id))
}

export function contingencyIn(lines: readonly Line[], items: ReadonlySet<string>) {
  const held = lines.filter(({ item }) => items.has(item))
  const sumOf = (value: (line: Line) => Decimal | null) =>
    held.reduce<Decimal>((total, line) => add(total, value(line) ?? '0'), '0.00')
  const contingency = sumOf(line => line.amount)
  return {
    contingency,
    drawn: subtract(
      sumOf(line => line.previous_amount),
      contingency,
    ),
  }
}
