// A measurement follows its contract: in force, one period after the other, each line worth what stands in all. Checked again
// when it takes effect, on balances that are locked by then.
import { compare } from '@yingzao/engines/money'
import type { RecordOf } from '@yingzao/kernel/entity'
import { all, asSystem, type Ctx, get, hooks, refuse, refuseInput } from '@yingzao/kernel/server'
import { contract } from '../contract/contract.entity.ts'
import { type Basis, type Contract, factsOf, measuredOf } from './facts.ts'
import { measure } from './measure.ts'
import { measurement } from './measurement.entity.ts'
import { standingOf } from './standing.ts'
import { taskFaults, tasksByItem } from './task-of-line.ts'
import { worthOf } from './worth.ts'

type Measurement = RecordOf<typeof measurement>

export default hooks(measurement, {
  async beforeSave(ctx, record, before) {
    if (record.state === 'effective') return undefined
    const system = asSystem(ctx)
    const of = await get(system, contract, record.contract)
    demandInForce(of)
    const kind = basisOf(of, record.kind)
    const period = record.measured_on.slice(0, 7)
    const { no } = await place(system, record, of, kind, period, before === null)
    const facts = await factsOf(system, of, kind)
    const measured = measure(record.lines, facts, false)
    const errors = [...measured.errors, ...(await taskFaults(system, of, record.lines))]
    if (errors.length > 0) throw refuseInput(errors)
    const tasks = tasksByItem(of)
    const lines = measured.lines.map(line => ({ ...line, task: line.task ?? tasks.get(line.item ?? '') ?? null }))
    const { posted } = await standingOf(system, of)
    return {
      ...placed(of),
      ...{ kind, period, period_no: no, name: `${period} ${of.name}`, lines },
      before_amount: kind === 'reported' ? posted.reported : posted.measured,
      contract_amount: posted.sum,
    }
  },
  async beforeReverse(ctx, mirror) {
    const system = asSystem(ctx)
    const of = await get(system, contract, mirror.contract)
    if (isOver(of)) throw refuse('measurement.settled')
    const kind = basisOf(of, mirror.kind)
    const { lines, errors } = measure(mirror.lines, await factsOf(system, of, kind), true)
    if (errors.length > 0) throw refuse('measurement.reversed_below')
    const { posted } = await standingOf(system, of)
    return {
      lines,
      before_amount: kind === 'reported' ? posted.reported : posted.measured,
      contract_amount: posted.sum,
    }
  },
  async afterSave(ctx, after, before) {
    const moved = after?.state !== before?.state
    if (!after || !moved || (after.state !== 'effective' && after.state !== 'void')) return
    const system = asSystem(ctx)
    const of = await get(system, contract, after.contract)
    if (after.state === 'void' || after.reverses !== null) {
      if (isOver(of)) throw refuse('measurement.settled')
    } else demandInForce(of)
    await demandWorth(system, after, of)
  },
})

/** 履行中: nothing is measured before a contract is signed nor after it is settled. */
function demandInForce({ state, stage, name }: Contract): void {
  if (state !== 'effective' || stage !== 'signed') throw refuse('measurement.not_in_force', { name })
}
const isOver = ({ stage }: Contract): boolean => ['settled', 'warranty', 'finished', 'terminated'].includes(stage ?? '')

/** What a contract is measured as: its own choice of words is never mixed with the other side's. */
function basisOf({ direction }: Contract, kind: Basis | null): Basis {
  if (direction === 'expense' && (kind === null || kind === 'subcontract')) return 'subcontract'
  if (direction === 'income' && kind !== 'subcontract') return kind ?? 'confirmed'
  throw refuseInput([{ path: 'kind', code: 'measurement.kind' }])
}

const placed = ({ project, company, counterparty, direction, deductible }: Contract) => ({
  ...{ project, company, counterparty, direction, deductible },
})

/** One at a time and one month after the other. */
async function place(
  system: Ctx,
  record: Measurement,
  of: Contract,
  kind: Basis,
  period: string,
  fresh: boolean,
): Promise<{ readonly no: number }> {
  const others = (
    await all(system, measurement, {
      filter: { contract: { eq: of.id }, kind: { eq: kind }, reverses: { empty: true } },
      fields: ['name', 'state', 'period'],
    })
  ).filter(other => other.id !== record.id)
  const open = others.find(({ state }) => ['draft', 'pending', 'rejected'].includes(state))
  if (open && fresh) throw refuse('measurement.open', { name: open.name ?? '' })
  const done = others.filter(({ state }) => state === 'effective')
  const last = done
    .map(other => other.period ?? '')
    .sort()
    .at(-1)
  if (last !== undefined && period <= last)
    throw refuseInput([{ path: 'measured_on', code: 'measurement.not_after', values: { period: last } }])
  return { no: done.length + 1 }
}

/**
 * Under lock: each item that this document moved is worth what its quantity in all says, and none is below zero. Two documents
 * that were computed on the same balance cannot both pass.
 */
async function demandWorth(system: Ctx, record: Measurement, of: Contract): Promise<void> {
  const kind = basisOf(of, record.kind)
  const { bill, clause } = await factsOf(system, of, kind)
  const now = await measuredOf(system, of, kind)
  for (const { kind: counted, bill_item } of record.lines) {
    if (counted !== 'bill') continue
    const item = bill.get(bill_item ?? '')
    const stands = now.get(`bill ${bill_item}`)
    if (!item || !stands) continue
    const right = compare(stands.qty, '0') >= 0 && worthOf(item, clause, stands.qty, stands.final)
    if (!right || compare(right.gross, stands.gross) !== 0 || compare(right.net, stands.net) !== 0)
      throw refuse('measurement.moved')
  }
}
