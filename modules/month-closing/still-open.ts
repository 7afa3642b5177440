// What a month still waits for: papers in approval that were begun in it or before, and lines of the bank that nothing stands for.
import { aggregate, asSystem, type Ctx } from '@yingzao/kernel/server'
import { instantIn } from '@yingzao/platform/exchange/zone'
import { bankStatementLine } from '../reconciliation/statement.entity.ts'

export interface StillOpen {
  readonly label: { readonly zh: string; readonly en: string }
  readonly count: number
}

/** Of a company up to the end of the month; entities that post nothing wait for no closing. */
export async function stillOpen(ctx: Ctx, company: string, after: string): Promise<readonly StillOpen[]> {
  const system = asSystem(ctx)
  const counted = async (entity: string, filter: NonNullable<Parameters<typeof aggregate>[2]['filter']>) => {
    const [row] = await aggregate(system, entity, { filter, measures: [{ fn: 'count' }] })
    return Number(row?.values[0] ?? 0)
  }
  const found: StillOpen[] = []
  const begun = { lt: instantIn(ctx.zone, `${after}-01 00:00`) }
  for (const { name, kind, def } of ctx.registry.shapes.values()) {
    const place = def.place?.company
    if (kind !== 'document' || place === undefined || (def.posting ?? []).length === 0) continue
    const filter = { state: { eq: 'pending' }, [place]: { eq: company }, created_at: begun }
    found.push({ label: def.label, count: await counted(name, filter) })
  }
  const unmatched = { company: { eq: company }, matched: { eq: false }, on: { lt: `${after}-01` } }
  found.push({
    label: { zh: '未勾对的银行流水', en: 'unmatched lines of the bank' },
    count: await counted(bankStatementLine.name, unmatched),
  })
  return found.filter(({ count }) => count > 0)
}
