// Keeps cost alerts in step with the ledgers: the same finding is one record, which follows its figures, closes when it is gone
// and is raised again when it comes back.
import { add, compare, type Decimal, divide, multiply, r2, round, subtract } from '@yingzao/engines/money'
import type { Json, RecordOf } from '@yingzao/kernel/entity'
import { all, asSystem, type Ctx, create, metrics, patch, write } from '@yingzao/kernel/server'
import { sql } from 'kysely'
import { contingencyLines } from './contingency.service.ts'
import { costAim, usualAim } from './cost-aim.entity.ts'
import { costAlert } from './cost-alert.entity.ts'
import { peopleOf } from './people.ts'
import { figuresOf, reckonLeaf } from './reckon.ts'
import { companyCost, costs, forecastsOf, leafOf } from './standing.service.ts'
import { usedContracts } from './used.ts'

/** One watch at a time: two that overlap would raise the same alert twice. */
const lock = 7_301_143
const over: ReadonlySet<string> = new Set(['closed', 'terminated'])

interface Aim {
  readonly warn: Decimal
  readonly escalate: Decimal
  readonly contract: Decimal
  readonly contingency: Decimal
  readonly margin: Decimal | null
}
interface Finding {
  readonly kind: RecordOf<typeof costAlert>['kind']
  readonly level: 'warn' | 'escalate'
  readonly project: string
  readonly item?: string
  readonly contract?: string
  readonly limit: Decimal
  readonly actual: Decimal
  readonly share: Decimal | null
}

/** How many alerts are open then. */
export const watchCosts = (ctx: Ctx): Promise<number> =>
  write(asSystem(ctx), async system => {
    await sql`select pg_advisory_xact_lock(${lock})`.execute(system.db)
    const found = new Map((await findingsOf(system)).map(each => [aboutOf(each), each]))
    const kept = new Map((await all(system, costAlert)).map(record => [record.about, record]))
    const people = await peopleOf(system, [...new Set([...found.values()].map(each => each.project))])
    for (const [about, finding] of found) await settle(system, kept.get(about), about, finding, people)
    for (const [about, record] of kept)
      if (!found.has(about ?? '') && record.handling !== 'closed')
        await patch(system, costAlert.name, record.id, undefined, { handling: 'closed', closed_on: system.today })
    return found.size
  })

const aboutOf = ({ kind, project, item, contract }: Finding): string =>
  [kind, project, item ?? contract].filter(Boolean).join(' ')

async function findingsOf(ctx: Ctx): Promise<Finding[]> {
  const [{ lines }, byItem, forecasts, aims, used, held] = [
    await companyCost(ctx, {}),
    await metrics(ctx, costs, { by: ['project', 'item'] }),
    await forecastsOf(ctx, null, false),
    await all(ctx, costAim),
    await usedContracts(ctx, '0.1'),
    await contingencyLines(ctx),
  ]
  const set = new Map(aims.map(each => [String(each.project), each]))
  const aimOf = (id: string): Aim => {
    const own = set.get(id)
    return {
      warn: own?.warn_share ?? usualAim.warn,
      escalate: own?.escalate_share ?? usualAim.escalate,
      contract: own?.contract_share ?? usualAim.contract,
      contingency: own?.contingency_share ?? usualAim.contingency,
      margin: own?.margin_share ?? null,
    }
  }
  const watched = new Set(lines.filter(line => !over.has(line.stage)).map(line => line.project))
  const findings: Finding[] = []
  const beyond = (
    kind: Finding['kind'],
    of: string,
    target: Decimal,
    expected: Decimal,
    more: Partial<Finding> = {},
  ) => {
    const aim = aimOf(of)
    const limit = (share: Decimal) => multiply(target, add('1', share))
    if (compare(expected, '0') <= 0 || compare(expected, limit(aim.warn)) <= 0) return
    findings.push({
      ...{ kind, project: of, limit: target, actual: expected, share: divide(expected, target, 6) ?? null },
      level: compare(expected, limit(aim.escalate)) > 0 ? 'escalate' : 'warn',
      ...more,
    })
  }
  for (const { project: of, target, expected, margin, marginRatio, income } of lines) {
    if (!watched.has(of)) continue
    beyond('over_target', of, target, expected)
    const aim = aimOf(of).margin
    if (aim !== null && margin !== null && marginRatio !== null && compare(marginRatio, aim) < 0)
      findings.push({
        ...{ kind: 'margin_low', project: of, actual: margin, share: marginRatio },
        limit: multiply(income.net ?? '0', aim),
        level: compare(margin, '0') < 0 ? 'escalate' : 'warn',
      })
  }
  const left = new Map(forecasts)
  const item = (of: string, id: string, row: Parameters<typeof leafOf>[0]) => {
    const key = `${of} ${id}`
    left.delete(key)
    if (!watched.has(of)) return
    const { target, expected } = figuresOf([reckonLeaf(leafOf(row, forecasts.get(key)))])
    beyond('item_over', of, target, expected, { item: id })
  }
  for (const row of byItem.rows) if (row.key[0] && row.key[1]) item(row.key[0], row.key[1], row)
  for (const key of left.keys()) item(key.slice(0, 36), key.slice(37), { values: {} })
  for (const { contract, project: of, sum, measured, share } of used)
    if (watched.has(of) && compare(share, aimOf(of).contract) > 0)
      findings.push({
        ...{ kind: 'contract_used', project: of, contract, limit: sum, actual: measured, share },
        level: compare(share, '1') >= 0 ? 'escalate' : 'warn',
      })
  for (const { project: of, total, drawn, left, drawnShare, progress } of held) {
    if (!watched.has(of) || drawnShare === null || progress === null || compare(progress, '1') >= 0) continue
    const usedUp = compare(left, '0') <= 0
    if (!usedUp && compare(subtract(drawnShare, progress), aimOf(of).contingency) <= 0) continue
    findings.push({
      ...{ kind: 'contingency_ahead', project: of, limit: r2(multiply(total, progress)), actual: drawn },
      ...{ share: drawnShare, level: usedUp ? 'escalate' : 'warn' },
    })
  }
  return findings
}

async function settle(
  ctx: Ctx,
  record: RecordOf<typeof costAlert> | undefined,
  about: string,
  finding: Finding,
  people: Awaited<ReturnType<typeof peopleOf>>,
): Promise<void> {
  const who = people.get(finding.project)
  const now = {
    ...{ kind: finding.kind, level: finding.level, project: finding.project, company: who?.company ?? null },
    ...{ item: finding.item ?? null, contract: finding.contract ?? null },
    ...{ limit_amount: add(finding.limit, '0.00'), actual_amount: add(finding.actual, '0.00') },
    // As a record gives it back: another way to write the same would be a change every ten minutes.
    ...{ share: finding.share === null ? null : round(finding.share, 6), responsible: who?.manager ?? null },
  }
  const told = [...(who?.acting ?? []), ...(finding.level === 'escalate' ? (who?.management ?? []) : [])]
  if (!record) {
    const values: Record<string, Json> = { ...now, about, told, handling: 'raised', raised_on: ctx.today }
    await create(ctx, costAlert.name, values)
    return
  }
  // Worse than when it was acknowledged: somebody must look again.
  const again = record.handling === 'closed' || (finding.level === 'escalate' && record.level === 'warn')
  const next: Record<string, Json> = {
    ...now,
    ...(again ? { handling: 'raised', raised_on: ctx.today, closed_on: null } : {}),
    told: again ? told : [...new Set([...record.told, ...told])],
  }
  const before: Readonly<Record<string, unknown>> = record
  const changed = Object.entries(next).filter(([name, value]) => !same(value, before[name]))
  if (changed.length > 0) await patch(ctx, costAlert.name, record.id, undefined, Object.fromEntries(changed))
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a ?? null) === JSON.stringify(b ?? null)
