// Retention is released after a settlement, never more than is held less repairs; the settlement says when nothing is left.
import { releasableRetention } from '@yingzao/engines/contract-money'
import { compare, isZero, sum } from '@yingzao/engines/money'
import type { Id, RecordOf } from '@yingzao/kernel/entity'
import { all, asSystem, type Ctx, get, hooks, patch, refuse, refuseInput } from '@yingzao/kernel/server'
import { contract } from '../contract/contract.entity.ts'
import { guarantee } from '../guarantee/guarantee.entity.ts'
import type { Contract } from './facts.ts'
import { retentionRelease } from './retention-release.entity.ts'
import { settlement } from './settlement.entity.ts'
import { standingOf } from './standing.ts'

type Release = RecordOf<typeof retentionRelease>

export default hooks(retentionRelease, {
  async beforeSave(ctx, record) {
    if (record.state === 'effective') return undefined
    const system = asSystem(ctx)
    const of = await get(system, contract, record.contract)
    const settled = await settlementOf(system, of)
    const { posted } = await standingOf(system, of)
    const { releasable } = releasableRetention({
      held: posted.retained,
      repairs: [record.repair_amount ?? '0'],
      released: [],
    })
    if (compare(record.amount, releasable) > 0)
      throw refuseInput([{ path: 'amount', code: 'measurement.release_left', values: { left: releasable } }])
    if (ctx.action === 'submit' && isZero(record.amount) && isZero(record.repair_amount ?? '0'))
      throw refuseInput([{ path: 'amount', code: 'measurement.release_nothing' }])
    if (record.guarantee !== null) await demandGuarantee(system, record.guarantee, record)
    return {
      ...{ project: of.project, company: of.company, counterparty: of.counterparty, direction: of.direction },
      ...{ name: of.name, settlement: settled.id, due_on: settled.retention_due_on, held_amount: posted.retained },
    }
  },
  async afterSave(ctx, after, before) {
    if (!after || after.state === before?.state || after.settlement === null) return
    if (after.state !== 'effective' && after.state !== 'void') return
    const system = asSystem(ctx)
    const { posted } = await standingOf(system, await get(system, contract, after.contract))
    await patch(system, settlement.name, after.settlement, undefined, {
      retention_state: isZero(posted.retained) ? 'released' : 'held',
    })
  },
})

/** It stands for this contract on that day, for as much as is released against it in all. */
async function demandGuarantee(system: Ctx, id: Id<'guarantee'>, record: Release): Promise<void> {
  const of = await get(system, guarantee, id)
  const stands = of.contract === record.contract && of.returned_on === null && of.valid_to >= record.released_on
  const others = await all(system, retentionRelease, {
    filter: {
      guarantee: { eq: id },
      id: { ne: record.id },
      state: { in: ['pending', 'effective'] },
      reverses: { empty: true },
    },
    fields: ['amount'],
  })
  const released = sum([record.amount, ...others.map(each => each.amount ?? '0')])
  if (!stands || compare(of.amount, released) < 0)
    throw refuseInput([{ path: 'guarantee', code: 'measurement.guarantee' }])
}

async function settlementOf(system: Ctx, of: Contract) {
  const rows = await all(system, settlement, {
    filter: { contract: { eq: of.id }, state: { eq: 'effective' }, reverses: { empty: true } },
    fields: ['retention_due_on'],
  })
  const [found] = rows
  if (!found) throw refuse('measurement.not_settled', { name: of.name })
  return found
}
