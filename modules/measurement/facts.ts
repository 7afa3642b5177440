// What a measurement stands on: the contract's bill and lump sums, its deviation clause, and what was measured of it so far.
import { add, compare } from '@yingzao/engines/money'
import type { RecordOf } from '@yingzao/kernel/entity'
import { balancesBy } from '@yingzao/kernel/ledgers/read'
import { all, type Ctx } from '@yingzao/kernel/server'
import { billItem } from '../contract/bill-item.entity.ts'
import type { contract } from '../contract/contract.entity.ts'
import { agreedOf } from './agreed.ts'
import { billLedger } from './bill.ledger.ts'
import type { BillItem, Facts, Measured } from './measure.ts'
import type { Clause } from './worth.ts'

export type Contract = RecordOf<typeof contract>
export type Basis = 'reported' | 'confirmed' | 'subcontract'

export function clauseOf(of: Contract): Clause | null {
  const { deviation_threshold, deviation_scope, deviation_factor_above, deviation_factor_below } = of
  if (deviation_threshold === null || deviation_scope === null) return null
  return {
    threshold: deviation_threshold,
    scope: deviation_scope,
    above: deviation_factor_above ?? '1',
    below: deviation_factor_below ?? '1',
  }
}

/** For system code: ledgers have no rights of their own. */
export async function factsOf(system: Ctx, of: Contract, basis: Basis): Promise<Facts> {
  const rows = await all(system, billItem, {
    filter: { contract: { eq: of.id } },
    fields: ['qty', 'current_qty', 'price', 'price_mode', 'tax_rate', 'unit', 'item'],
  })
  const items = new Set(of.lines.map(line => line.item))
  const [only] = items
  const sole = items.size === 1 ? (only ?? null) : null
  const bill = new Map(
    rows.map((row): readonly [string, BillItem] => [
      row.id,
      {
        planned: row.current_qty ?? row.qty,
        price: row.price,
        mode: row.price_mode ?? 'gross',
        rate: row.tax_rate,
        unit: row.unit,
        item: row.item ?? sole,
      },
    ]),
  )
  return {
    bill,
    lumps: await agreedOf(system, of),
    before: await measuredOf(system, of, basis),
    clause: clauseOf(of),
    lump: of.pricing === 'lump',
    expense: of.direction === 'expense',
  }
}

/** What was measured so far, by what it is counted under (`countedAs`). */
export async function measuredOf(system: Ctx, of: Pick<Contract, 'id'>, basis: Basis): Promise<Map<string, Measured>> {
  const found = new Map<string, Measured>()
  for (const { dims, posted } of await balancesBy(system, billLedger.name, { contract: [of.id], basis: [basis] })) {
    const key = dims.counted === 'bill' ? `bill ${dims.bill_item}` : `${dims.counted} ${dims.item ?? ''}`
    const there = found.get(key)
    found.set(key, {
      qty: add(there?.qty ?? '0.0000', posted.qty ?? '0'),
      gross: add(there?.gross ?? '0.00', posted.gross ?? '0'),
      net: add(there?.net ?? '0.00', posted.net ?? '0'),
      final: (there?.final ?? false) || compare(posted.final ?? '0', '0') > 0,
    })
  }
  return found
}
