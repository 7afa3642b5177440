// The demo's measurements and claims: every contract in force of a project, month by month, advance first, a fine here and there.
import type { Decimal, Id, PlainDate } from '@yingzao/kernel/entity'
import { contract } from '@yingzao/modules/contract/contract.entity'
import { guarantee } from '@yingzao/modules/guarantee/guarantee.entity'
import { measurement } from '@yingzao/modules/measurement/measurement.entity'
import { progressClaim } from '@yingzao/modules/measurement/progress-claim.entity'
import type { Client } from '@yingzao/platform/client'
import type { Both } from './plan/builder.ts'

interface Site {
  readonly project: Id<'project'>
  readonly today: PlainDate
  readonly engineer: Client
  readonly manager: Client
  readonly finance: Client
  readonly boss: Client
  readonly t: (both: Both) => string
}

/** Shares of what is open that are done each month, oldest first; the newest measurement is still in approval. */
const paces = [0.09, 0.11, 0.13, 0.14, 0.16] as const
const contractsShown = 3

export async function loadMeasurement(site: Site): Promise<void> {
  const { engineer, project } = site
  const { items } = await engineer
    .entity(contract)
    .list({ filter: { project: { eq: project }, state: { eq: 'effective' }, stage: { eq: 'signed' } }, limit: 50 })
  for (const [index, { id }] of items.slice(0, contractsShown).entries()) await liveThrough(site, id, index)
  await giveGuarantees(site, items)
}

async function liveThrough(site: Site, id: Id<'contract'>, index: number): Promise<void> {
  const { engineer, today, t } = site
  const of = await engineer.entity(contract).get(id)
  const months = paces.length - (index % 2)
  if (of.advance_amount !== null && Number(of.advance_amount) > 0) {
    const { id: advance } = await engineer.entity(progressClaim).create({
      ...{
        contract: id,
        kind: 'advance',
        claimed_on: monthDay(today, -months - 1, 8),
        advance_amount: of.advance_amount,
      },
    })
    await pass(site, 'progress_claim', advance)
  }
  for (const [at, pace] of paces.slice(0, months).entries()) {
    const last = at === months - 1
    const { id: made } = await engineer.perform<{ id: Id<'measurement'> }>('measurement.start', {
      ...{ contract: id, measured_on: monthDay(today, at - months, 25) },
    })
    const draft = await engineer.entity(measurement).get(made)
    await engineer.entity(measurement).patch(made, draft.version, {
      lines: {
        upsert: draft.lines.map((line, row) =>
          line.kind === 'bill'
            ? { id: line.id, qty: quantity(line.planned_qty ?? '0', pace, row) }
            : { id: line.id, to_share: share(at + 1) },
        ),
      },
    })
    await engineer.entity(measurement).run(made, 'submit')
    // The newest one of the first contract waits for its manager.
    if (last && index === 0) continue
    await approve(site, 'measurement', made)
    const { id: claim } = await engineer.entity(progressClaim).create({
      ...{ contract: id, claimed_on: monthDay(today, at - months, 28) },
      lines:
        of.direction === 'expense' && at % 3 === 1
          ? [
              { kind: 'fine', what: t(['文明施工罚款', 'Fine: tidy site']), amount: '2000' },
              { kind: 'utilities', what: t(['施工水电', 'Water and power']), amount: `${3200 + 450 * index}` },
            ]
          : [],
    })
    if (!last) await pass(site, 'progress_claim', claim)
  }
}

/** In steps of a tenth of a unit, no two rows at the same pace. */
const quantity = (planned: Decimal, pace: number, row: number): Decimal =>
  `${Math.floor(Number(planned) * pace * (0.8 + ((row * 7) % 5) / 10) * 10) / 10}`
const share = (months: number): Decimal =>
  `${Math.round(paces.slice(0, months).reduce((sum, each) => sum + each, 0) * 100) / 100}`

/** A day of the month so many months from today's. */
function monthDay(today: PlainDate, months: number, day: number): PlainDate {
  const [year = 0, month = 1] = today.split('-').map(Number)
  const at = year * 12 + month - 1 + months
  const pad = (part: number) => String(part).padStart(2, '0')
  return `${Math.floor(at / 12)}-${pad((at % 12) + 1)}-${pad(day)}` as PlainDate
}

async function pass(site: Site, entity: string, id: string): Promise<void> {
  await site.engineer.entity(entity).run(id, 'submit')
  await approve(site, entity, id)
}

async function approve({ manager, finance, boss }: Site, entity: string, id: string): Promise<void> {
  for (const who of [manager, finance, boss]) {
    const { state } = (await who.entity(entity).run(id, 'approve')) as { readonly state: string }
    if (state === 'effective') return
  }
}

async function giveGuarantees({ finance, project, today, t }: Site, contracts: readonly Signed[]): Promise<void> {
  const [first, second] = contracts
  const bank = t(['云州银行营业部', 'Bank of Yunzhou'])
  const given = async (of: Signed, no: string, more: object) =>
    finance.entity(guarantee).create({
      ...{ guarantee_no: no, project, contract: of.id, counterparty: of.counterparty, bank, amount: '500000' },
      ...{ issued_on: monthDay(today, -11, 3), valid_to: monthDay(today, 8, 3), ...more },
    })
  if (first) {
    await given(first, 'YZLB-2026-0118', { kind: 'performance', amount: '1800000' })
    await given(first, 'YZLB-2026-0121', { kind: 'wages', valid_to: monthDay(today, 1, 4) })
  }
  if (second)
    await given(second, 'YZLB-2025-0907', { kind: 'advance', direction: 'received', valid_to: monthDay(today, -1, 12) })
}
type Signed = { readonly id: Id<'contract'>; readonly counterparty: Id<'counterparty'> }
