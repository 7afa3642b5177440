// What a month still waits for: papers in approval that were begun in it or before, and lines of the bank that nothing stands for.
import type { Label } from '@yingzao/kernel/entity'
import { aggregate, asSystem, type Ctx } from '@yingzao/kernel/server'
import { instantIn } from '@yingzao/platform/exchange/zone'
import { bankStatementLine } from '../reconciliation/statement.entity.ts'
import type { StillOpen } from './still-open-shape.ts'

/** Of a company up to the end of the month; entities that post nothing wait for no closing. */
export async function stillOpen(ctx: Ctx, company: string, after: string): Promise<readonly StillOpen[]> {
  const system = asSystem(ctx)
  const counted = async (entity: string, label: Label, filter: StillOpen['filter']): Promise<StillOpen> => {
    const [row] = await aggregate(system, entity, { filter, measures: [{ fn: 'count' }] })
    return { entity, label, filter, count: Number(row?.values[0] ?? 0) }
  }
  const found: StillOpen[] = []
  const begun = { lt: instantIn(ctx.zone, `${after}-01 00:00`) }
  for (const { name, kind, def } of ctx.registry.shapes.values()) {
    const place = def.place?.company
    if (kind !== 'document' || place === undefined || (def.posting ?? []).length === 0) continue
    found.push(
      await counted(name, def.label, { state: { in: ['pending'] }, [place]: { in: [company] }, created_at: begun }),
    )
  }
  const unmatched = { company: { in: [company] }, matched: { eq: false }, on: { lt: `${after}-01` } }
  const words = { zh: '未勾对的银行流水', en: 'unmatched lines of the bank' }
  found.push(await counted(bankStatementLine.name, words, unmatched))
  return found.filter(({ count }) => count > 0)
}
