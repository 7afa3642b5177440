// Bids: from registration to the project; bonds with the figures of the domain rules; who sees the prices.
import { asId, type Id } from '@yingzao/kernel/entity'
import { type TestApp, testApp } from '@yingzao/platform/testing/app'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { project } from '../project/project.entity.ts'
import { bid } from './bid.entity.ts'
import { bidBond } from './bid-bond.entity.ts'
import { alertOf } from './bond-rule.ts'
import type { BidReport } from './report-shape.ts'

let app: TestApp
beforeAll(async () => {
  app = await testApp()
})
afterAll(() => app?.close())
const refused = (code: string) => ({ problem: { code } })

async function office() {
  const [pmo, finance, boss] = [await app.as('pmo'), await app.as('finance'), await app.as('boss')]
  const reviewed = async (more: object = {}) => {
    const { id } = await pmo.entity(bid).create({
      ...{ name: '示范学校', company: app.company, estimate_amount: '8000000.00', ...more },
    })
    await pmo.entity(bid).run(id, 'submit')
    await finance.entity(bid).run(id, 'approve')
    await boss.entity(bid).run(id, 'approve')
    return id
  }
  const opened = async (price: `${number}`) => {
    const id = await reviewed()
    await pmo.entity(bid).run(id, 'enroll', { on: '2026-03-01' })
    await pmo.entity(bid).run(id, 'hand_in', { on: '2026-03-10', amount: price })
    const { version } = await pmo.entity(bid).get(id)
    await pmo.entity(bid).patch(id, version, {
      bidders: {
        upsert: [
          { name: '我方', own: true, price, rank: 1 },
          { name: '对手', price: '7900000.00', rank: 2 },
        ],
      },
    })
    await pmo.entity(bid).run(id, 'open_bids', { on: '2026-03-12' })
    return id
  }
  return { pmo, finance, boss, reviewed, opened }
}

test('a bid goes from review to opening; won, it becomes a project once, with its fields', async () => {
  const { pmo, boss, reviewed, opened } = await office()
  const early = await reviewed()
  await expect(pmo.entity(bid).run(early, 'win', { on: '2026-03-20', amount: '1' })).rejects.toMatchObject(
    refused('verb.not_now'),
  )
  const id = await opened('7600000.00')
  expect(await pmo.entity(bid).get(id)).toMatchObject({
    ...{
      stage: 'opened',
      bid_amount: '7600000.00',
      lowest_amount: '7600000.00',
      number: expect.stringMatching(/^TB-/),
    },
  })
  await pmo.entity(bid).run(id, 'win', { on: '2026-03-20', amount: '7600000.00' })
  const { project: made } = (await pmo.entity(bid).run(id, 'make_project')) as { project: Id<'project'> }
  expect(await pmo.entity(project).get(made)).toMatchObject({
    ...{ name: '示范学校', contract_amount: '7600000.00', type: 'building', company: app.company },
  })
  await expect(pmo.entity(bid).run(id, 'make_project')).rejects.toMatchObject(refused('verb.not_now'))
  await expect(boss.entity(bid).run(id, 'drop', { on: '2026-03-21', reason: 'x' })).rejects.toMatchObject({
    status: 403,
  })
})

test('G-2: of 8,000,000 the cap is 160,000; 100,000 back with 212.50 interest leaves 60,000, and the rate is told', async () => {
  const { pmo, finance, boss, opened } = await office()
  const before = (await pmo.perform<BidReport>('bid.report')).rate
  const won = await opened('6000000.00')
  await pmo.entity(bid).run(won, 'win', { on: '2026-04-01', amount: '6000000.00' })
  const lost = await opened('2000000.00')
  await pmo.entity(bid).run(lost, 'lose', { on: '2026-04-02', reason: '报价偏高' })
  const { rate } = await pmo.perform<BidReport>('bid.report', { from_on: '2026-04-01' })
  expect(rate).toEqual({
    ...{
      decided: 2,
      won: 1,
      decided_amount: '8000000.00',
      won_amount: '6000000.00',
      by_count: '0.5',
      by_amount: '0.75',
    },
  })
  expect((await pmo.perform<BidReport>('bid.report')).rate.decided).toBe(before.decided + 2)

  const { id } = await pmo
    .entity(bidBond)
    .create({ name: '学校保证金', bid: lost, amount: '160000.00', due_back_on: '2026-04-07' })
  expect(await pmo.entity(bidBond).get(id)).toMatchObject({ cap_amount: '160000.00', outstanding_amount: '160000.00' })
  expect(await pmo.entity(bidBond).run(id, 'concerns')).toEqual({ concerns: [] })
  await pmo.entity(bidBond).run(id, 'submit')
  await finance.entity(bidBond).run(id, 'approve')
  await boss.entity(bidBond).run(id, 'approve')
  const back = async (amount: `${number}`, interest: `${number}`) => {
    const { version } = await finance.entity(bidBond).get(id)
    return finance.entity(bidBond).patch(id, version, { returns: { upsert: [{ on: '2026-04-10', amount, interest }] } })
  }
  const standing = await back('100000.00', '212.50')
  expect(standing).toMatchObject({
    ...{ returned_amount: '100000.00', interest_amount: '212.50', outstanding_amount: '60000.00', alert: 'overdue' },
  })
  await expect(back('60000.01', '0')).rejects.toMatchObject({
    problem: { errors: [{ code: 'bid_bond.not_overdrawn' }] },
  })
  const { bonds, outstanding } = await finance.perform<BidReport>('bid.report')
  expect(bonds).toMatchObject([{ id, outstanding: '60000.00', alert: 'overdue' }])
  expect(outstanding).toBe('60000.00')
  const more = await pmo.entity(bidBond).create({ name: '多缴', bid: lost, amount: '160000.01' })
  expect(await pmo.entity(bidBond).run(asId('bid_bond', more.id), 'concerns')).toMatchObject({
    concerns: [{ code: 'over_cap' }],
  })
})

test('a bond is due a week before, overdue a day after, and neither when nothing is out', () => {
  const bond = { state: 'effective', outstanding_amount: '1.00' as const, due_back_on: '2026-05-10' }
  expect(['2026-05-02', '2026-05-03', '2026-05-10', '2026-05-11'].map(day => alertOf(bond, day))).toEqual([
    ...['none', 'due', 'due', 'overdue'],
  ])
  expect(alertOf({ ...bond, outstanding_amount: '0.00' }, '2026-06-01')).toBe('none')
})

test('a foreman sees no bid, no bond and no report', async () => {
  const { pmo, reviewed } = await office()
  await reviewed()
  const site = await pmo.entity(project).create({ name: '工地', type: 'building', company: app.company })
  const foreman = await app.as('foreman', { at: { kind: 'project', id: site.id } })
  for (const entity of [bid, bidBond])
    await expect(foreman.entity(entity.name).list()).rejects.toMatchObject({ status: 403 })
  await expect(foreman.perform('bid.report')).rejects.toMatchObject({ status: 403 })
})
