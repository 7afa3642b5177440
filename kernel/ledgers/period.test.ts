// Closed months: what comes late, what is voided, and who closes while others post.
import {
  allow,
  defineModule,
  entity,
  f,
  type Id,
  isPlainDate,
  ledger,
  type PlainDate,
  post,
} from '@yingzao/kernel/entity'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { create, run } from '../records.ts'
import { Refusal } from '../refuse.ts'
import { tenant, testWorld, type World } from '../testing/world.ts'
import { balanceOf, differences } from './audit.ts'
import { closeMonths, monthAfter, monthsClosed, openMonth } from './period.ts'

const label = (en: string) => ({ zh: en, en })
const book = ledger('t_book', { label: label('Book'), dims: {}, measures: { amount: 2 }, balance: ['company'] })
const voucher = entity('t_voucher', {
  kind: 'document',
  label: label('Voucher'),
  title: 'why',
  number: 'PZ-{seq:6}',
  fields: {
    company: f.orgUnit(label('Company'), { required: true }),
    why: f.text(label('Why')),
    done_on: f.date(label('Done on'), { required: true }),
    amount: f.money(label('Amount'), { required: true }),
  },
  place: { company: 'company' },
  posting: [post(book, { dims: { on: 'done_on' }, measures: { amount: 'amount' } })],
  reversal: { negate: ['amount'] },
  access: [allow('director', 'read create update submit reverse void')],
})
const ledgers = defineModule({
  name: 'vouchers',
  label: label('Vouchers'),
  needs: ['enterprise'],
  entities: [voucher],
  ledgers: [book],
})
declare module '@yingzao/kernel/entity' {
  interface Entities {
    t_voucher: typeof voucher
  }
}

let world: World
let director: { id: Id<'user'> }
beforeAll(async () => {
  world = await testWorld([], [ledgers])
  director = await world.person('director@group')
})
afterAll(async () => {
  expect(await differences(world.system, book.name)).toEqual([])
  await world.drop()
})

async function posted(company: Id<'org_unit'>, done_on: PlainDate): Promise<string> {
  const made = await create(world.system, voucher, { company, why: 'w', done_on, amount: '10.00' })
  await run(await world.as(director.id), voucher, made.id, 'submit', {})
  return made.id
}
const entries = async (document: string) => {
  const { rows } = await sql<{ on: string; period: string; amount: string }>`select "on"::text, period, amount::text
    from ${sql.id(tenant, book.name)} where document = ${document}::uuid order by posted_at, id`.execute(
    world.system.db,
  )
  return rows.map(row => [row.on, row.period, row.amount])
}
async function refused(work: Promise<unknown>): Promise<string> {
  try {
    await work
  } catch (error) {
    if (error instanceof Refusal) return error.code
    throw error
  }
  return 'nothing was refused'
}
const asDay = (text: string): PlainDate => {
  if (!isPlainDate(text)) throw new Error(text)
  return text
}
const until = async (company: string, month: string) =>
  (await balanceOf(world.system, book.name, { company }, { until: month })).posted.amount ?? '0'

test('the month after, and the first that is open', () => {
  expect([monthAfter('2026-01'), monthAfter('2026-09'), monthAfter('2026-12')]).toEqual([
    '2026-02',
    '2026-10',
    '2027-01',
  ])
  const closed = new Map([['c', '2026-03']])
  expect(openMonth(closed, 'c', '2026-03-31')).toBe('2026-04')
  expect(openMonth(closed, 'c', '2026-04-01')).toBe('2026-04')
  expect(openMonth(closed, 'c', '2025-01-01')).toBe('2026-04')
  expect(openMonth(closed, 'd', '2025-01-01')).toBe('2025-01')
  expect(openMonth(closed, null, '2025-01-01')).toBe('2025-01')
})

test('D11 what comes late keeps its day and counts in the first open month; a closed month says the same for ever', async () => {
  const { north, south } = world.units
  await posted(north, '2026-03-10')
  expect(await until(north, '2026-03')).toBe('10.00')
  await closeMonths(world.system, north, '2026-03')
  const late = await posted(north, '2026-03-11')
  expect(await entries(late)).toEqual([['2026-03-11', '2026-04', '10.00']])
  expect([await until(north, '2026-03'), await until(north, '2026-04')]).toEqual(['10.00', '20.00'])
  // Another company's books are its own.
  expect(await entries(await posted(south, '2026-03-11'))).toEqual([['2026-03-11', '2026-03', '10.00']])
})

test('D11 what stands in a closed month is not voided; a reversal counts in the open one; reopened it may be voided', async () => {
  const { south } = world.units
  const id = await posted(south, '2026-05-02')
  await closeMonths(world.system, south, '2026-05')
  const as = await world.as(director.id)
  expect(await refused(run(as, voucher, id, 'void', { reason: 'wrong' }))).toBe('document.month_closed')
  const other = await posted(south, '2026-06-01')
  const done = (await run(as, voucher, id, 'reverse', { reason: 'wrong' })) as { mirror: string }
  expect(await entries(done.mirror)).toEqual([['2026-05-02', '2026-06', '-10.00']])
  await run(as, voucher, other, 'void', { reason: 'wrong' })
  const again = await posted(south, '2026-06-03')
  await closeMonths(world.system, south, '2026-06')
  expect(await refused(run(as, voucher, again, 'void', { reason: 'x' }))).toBe('document.month_closed')
  await closeMonths(world.system, south, '2026-05')
  await run(as, voucher, again, 'void', { reason: 'x' })
  expect(await monthsClosed(world.system, south)).toBe('2026-05')
})

test('D11 somebody closes month after month while others post: no entry is ever added to a closed month', async () => {
  const { group } = world.units
  const months = ['2027-01', '2027-02', '2027-03', '2027-04', '2027-05', '2027-06']
  const closings: { month: string; sum: string }[] = []
  const poster = async (seed: number) => {
    for (let n = 0; n < 12; n++) {
      const month = months[(seed + n) % months.length] ?? '2027-01'
      await posted(group, asDay(`${month}-15`))
    }
  }
  const closer = async () => {
    for (const month of months) {
      await closeMonths(world.system, group, month)
      // From here on nothing is added to it.
      closings.push({ month, sum: await until(group, month) })
    }
  }
  await Promise.all([poster(0), poster(2), poster(4), closer(), poster(5)])
  for (const { month, sum } of closings) expect([month, await until(group, month)]).toEqual([month, sum])
  expect((await balanceOf(world.system, book.name, { company: group })).posted.amount).toBe('480.00')
})
