// A settlement comes when nothing else of the contract is open; when it takes effect the contract is settled, and when it is
// taken back the contract is open again.
import { retentionDueOn } from '@yingzao/engines/contract-money'
import { add, compare, isZero, negate } from '@yingzao/engines/money'
import { isPlainDate, type RecordOf } from '@yingzao/kernel/entity'
import { balancesBy } from '@yingzao/kernel/ledgers/read'
import { all, asSystem, type Ctx, get, hooks, patch, refuse, refuseInput, run } from '@yingzao/kernel/server'
import { budgetedItems } from '../budget/public.ts'
import { contract } from '../contract/contract.entity.ts'
import { limitOn } from '../parameter/public.ts'
import { agreedOf } from './agreed.ts'
import { billLedger } from './bill.ledger.ts'
import { addDays } from './day.ts'
import type { Contract } from './facts.ts'
import { measurement } from './measurement.entity.ts'
import { progressClaim } from './progress-claim.entity.ts'
import { type ByItem, beforeSettled, type Settled, settledFigures, settledLines } from './settle.ts'
import { settlement } from './settlement.entity.ts'
import { figures, standingOf } from './standing.ts'
import { tasksByItem } from './task-of-line.ts'
import type { Worth } from './worth.ts'

type Settlement = RecordOf<typeof settlement>
const basisOf = (of: Contract) => (of.direction === 'income' ? 'confirmed' : 'subcontract')
const posted = [
  ...([
    'sum_change',
    'sum_net_change',
    'measured_change',
    'measured_net_change',
    'balance_amount',
    'retained_change',
  ] as const),
  ...(['recovered_change', 'deducted_change', 'refund_amount'] as const),
] as const satisfies readonly (keyof Settled)[]

export default hooks(settlement, {
  async beforeSave(ctx, record, before) {
    if (record.state === 'effective') return undefined
    const system = asSystem(ctx)
    const of = await get(system, contract, record.contract)
    demandSettleable(of, record)
    if (!before) await refuseSecond(system, record)
    if (ctx.action === 'submit') await refuseOpen(system, of)
    const agreed = await agreedOf(system, of)
    const { lines, left } = settledLines(of, record.lines, await measuredByItem(system, of), agreed)
    if (of.direction === 'expense') demandItems(record)
    if (left.length > 0) throw refuseInput([{ path: 'lines', code: 'measurement.settle_missing' }])
    const { posted: at } = await standingOf(system, of)
    const found = settledFigures(of, lines, record.deduction_amount ?? '0', at)
    const held = !isZero(found.retention_amount)
    // Without the day that the defects liability runs from it would never fall due.
    if (ctx.action === 'submit' && held && record.accepted_on === null)
      throw refuseInput([{ path: 'accepted_on', code: 'measurement.accepted_on' }])
    const due = record.accepted_on && retentionDueOn(record.accepted_on, of.warranty_months ?? 0)
    const tasks = tasksByItem(of)
    const targets = await budgetedItems(
      system,
      of.project,
      lines.flatMap(({ item }) => item ?? []),
    )
    return {
      ...{ project: of.project, company: of.company, counterparty: of.counterparty, direction: of.direction },
      ...{ deductible: of.deductible, handler: of.handler, basis: basisOf(of), name: of.name, ...found },
      lines: lines.map(line => ({
        ...line,
        task: line.item === null ? null : (tasks.get(line.item) ?? null),
        budget_item: line.item === null ? null : (targets.get(line.item) ?? line.item),
      })),
      // 财建〔2022〕183号: what was paid too much comes back within 30 days; without that limit, as long as the contract gives to pay.
      due_on: addDays(
        record.settled_on,
        isZero(found.refund_amount)
          ? (of.pay_days ?? 0)
          : Number((await limitOn(system, 'refund_days', record.settled_on, of.company)) ?? of.pay_days ?? 0),
      ),
      retention_due_on: held && isPlainDate(due) ? due : null,
      retention_state: held ? 'held' : 'none',
    }
  },
  async beforeReverse(ctx, mirror, original) {
    const part = posted.some(name => compare(mirror[name] ?? '0', negate(original[name] ?? '0')) !== 0)
    if (part || mirror.lines.length < original.lines.length) throw refuse('measurement.settle_whole')
    const held = await all(asSystem(ctx), 'retention_release', {
      filter: { settlement: { eq: original.id }, state: { in: ['pending', 'effective'] }, reverses: { empty: true } },
      fields: ['id'],
    })
    if (held.length > 0) throw refuse('measurement.released')
    return { retention_state: 'none', retention_due_on: null }
  },
  async afterSave(ctx, after, before) {
    if (!after || after.state === before?.state || (after.state !== 'effective' && after.state !== 'void')) return
    const system = asSystem(ctx)
    const of = await get(system, contract, after.contract)
    if (after.state === 'void' || after.reverses !== null) {
      await run(system, contract, of.id, of.stage === 'terminated' ? 'reinstate' : 'reopen')
      const original = after.reverses ?? after.id
      await patch(system, settlement.name, original, undefined, { retention_state: 'none' })
      return
    }
    demandSettleable(of, after)
    await refuseOpen(system, of)
    const { posted: now } = await standingOf(system, of)
    const again = settledFigures(of, after.lines, after.deduction_amount ?? '0', beforeSettled(now, after))
    if (posted.some(name => name !== 'measured_net_change' && compare(again[name], after[name] ?? '0') !== 0))
      throw refuse('measurement.settle_moved')
    await run(system, contract, of.id, after.ends === 'termination' ? 'terminate' : 'settle')
  },
})

/** 中止 contracts end by termination only. */
function demandSettleable({ state, stage, name }: Contract, { ends }: Pick<Settlement, 'ends'>): void {
  const open = ['signed', 'completed', 'settling', ...(ends === 'termination' ? ['suspended'] : [])]
  if (state !== 'effective' || !open.includes(stage ?? '')) throw refuse('measurement.not_in_force', { name })
}

async function refuseSecond(system: Ctx, record: Settlement): Promise<void> {
  const others = await all(system, settlement, {
    filter: { contract: { eq: record.contract }, state: { in: ['draft', 'pending', 'rejected', 'effective'] } },
    fields: ['name', 'reverses'],
  })
  const other = others.find(each => each.id !== record.id && each.reverses === null)
  if (other) throw refuse('measurement.open', { name: other.name ?? '' })
}

/** Measurements, claims, changes, payments: whatever waits would count on a contract that is settled meanwhile. */
async function refuseOpen(system: Ctx, of: Contract): Promise<void> {
  const open = { contract: { eq: of.id }, state: { in: ['draft', 'pending', 'rejected'] } }
  for (const entity of [measurement, progressClaim]) {
    const [found] = await all(system, entity, { filter: open, fields: ['name'] })
    if (found) throw refuse('measurement.open', { name: found.name ?? '' })
  }
  const { posted: at, reserved } = await standingOf(system, of)
  if (!isZero(at.claimed)) throw refuse('measurement.claimed_open')
  if (figures.some(name => !isZero(reserved[name]))) throw refuse('measurement.pending_open')
}

function demandItems({ lines }: Settlement): void {
  const errors = lines.flatMap(({ item }, at) =>
    item === null ? [{ path: `lines.${at}.item`, code: 'measurement.item' }] : [],
  )
  if (errors.length > 0) throw refuseInput(errors)
}

async function measuredByItem(system: Ctx, of: Contract): Promise<ByItem> {
  const found = new Map<string, Worth>()
  for (const { dims, posted } of await balancesBy(system, billLedger.name, {
    contract: [of.id],
    basis: [basisOf(of)],
  })) {
    const there = found.get(dims.item ?? '')
    found.set(dims.item ?? '', {
      gross: add(there?.gross ?? '0.00', posted.gross ?? '0'),
      net: add(there?.net ?? '0.00', posted.net ?? '0'),
    })
  }
  return found
}
