// Lines of a variation take up what had been expected: as much of it as is left, and no more than the line costs.
import {
  absolute,
  add,
  compare,
  type Decimal,
  divide,
  fromGross,
  fromNet,
  isZero,
  lineAmount,
  negate,
} from '@yingzao/engines/money'
import { balancesBy } from '@yingzao/kernel/ledgers/read'
import { all, type Ctx } from '@yingzao/kernel/server'
import { expectedChange } from '../budget/expected-change.entity.ts'
import { expectedLedger } from '../budget/expected-change.ledger.ts'
import type { Contract, TermError } from './terms.ts'
import type { VariationLine } from './variation-line.ts'

/** `lines` with their cost item's target known. */
export async function takeUp(
  system: Ctx,
  of: Pick<Contract, 'project' | 'direction' | 'price_mode' | 'deductible'>,
  lines: readonly VariationLine[],
): Promise<{ readonly lines: readonly VariationLine[]; readonly errors: readonly TermError[] }> {
  const ids = of.direction === 'expense' ? [...new Set(lines.flatMap(line => line.expected ?? []))] : []
  const cleared = (line: VariationLine) => ({ ...line, expected_unit: null })
  if (ids.length === 0) return { lines: lines.map(line => ({ ...cleared(line), expected: null })), errors: [] }
  const known = new Map(
    (
      await all(system, expectedChange, {
        filter: { id: { in: ids } },
        fields: ['project', 'budget_item', 'amount', 'state', 'reverses'],
      })
    ).map(each => [each.id, each]),
  )
  const left = new Map<string | null | undefined, Decimal>(
    (await balancesBy(system, expectedLedger.name, { expected: ids })).map(({ dims, posted, reserved }) => [
      dims.expected,
      add(posted.open ?? '0', reserved.open ?? '0'),
    ]),
  )
  const errors: TermError[] = []
  return {
    errors,
    lines: lines.map((line, at) => {
      const found = line.expected === null ? undefined : known.get(line.expected)
      if (line.expected === null) return cleared(line)
      const say = (code: string) => errors.push({ path: `lines.${at}.expected`, code: `contract.${code}` })
      if (!found || found.project !== of.project || found.budget_item !== line.budget_item) {
        say('expected_elsewhere')
        return cleared(line)
      }
      const { net, gross } = (of.price_mode === 'net' ? fromNet : fromGross)(
        lineAmount(line.qty, line.price ?? '0'),
        line.tax_rate,
      )
      const cost = of.deductible ? net : gross
      const there = left.get(line.expected) ?? '0'
      const isLess = (found.amount ?? '0').startsWith('-')
      if (compare(there, '0') <= 0) say('expected_used')
      if (isZero(cost) || cost.startsWith('-') !== isLess) {
        say('expected_other_way')
        return cleared(line)
      }
      const used = compare(absolute(cost), there) > 0 ? there : absolute(cost)
      left.set(line.expected, add(there, negate(used)))
      return { ...line, expected_unit: divide(isLess ? negate(used) : used, line.qty, 10) ?? null }
    }),
  }
}
