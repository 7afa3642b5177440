// The life of documents, as people live it: submit, approve in two steps, reject, withdraw, reverse, void; with money and stock.
import type { Decimal, Id, PlainDate } from '@yingzao/kernel/entity'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { trailOf } from '../approval/read.ts'
import type { Ctx } from '../context.ts'
import { balanceOf, differences, entriesOf, rebuild } from '../ledgers/audit.ts'
import { create, get, history, list, patch, remove, run } from '../records.ts'
import { Refusal } from '../refuse.ts'
import { syncSchema } from '../schema/sync.ts'
import { books, cost, fund, issue, item, receipt, request, stock } from '../testing/books.ts'
import { tenant, testWorld, type World } from '../testing/world.ts'

let world: World
let [clerk, lead, director, chief, stranger]: { id: Id<'user'>; ctx: Ctx }[] = []
let thing: Id<'t_item'>
beforeAll(async () => {
  world = await testWorld([], [books])
  clerk = await world.person('clerk@group')
  lead = await world.person('lead@tower')
  director = await world.person('director@north')
  chief = await world.person('chief@group')
  stranger = await world.person('lead@tunnel')
})
afterAll(async () => {
  for (const { name } of [cost, stock]) expect(await differences(world.system, name)).toEqual([])
  await world.drop()
})
beforeEach(async () => {
  thing = (await create(world.system, item, { name: `Item ${Math.random()}` })).id
})

const as = (person: { id: Id<'user'> } | undefined) => world.as(person?.id ?? '')
const can = async (person: { id: Id<'user'> } | undefined, id: string) =>
  (await get(await as(person), request, id))._can
type Done = {
  state: string
  number: string | null
  version: number
  warnings: string[]
  escalated: string[]
  mirror?: string
}
async function doing(
  person: { id: Id<'user'> } | undefined,
  entity: Parameters<typeof run>[1],
  id: string,
  verb: string,
  input = {},
) {
  return (await run(await as(person), entity, id, verb, input)) as Done
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
async function budget(amount: Decimal): Promise<void> {
  const made = await create(world.system, fund, { project: world.projects.tower, item: thing, amount })
  expect(await doing(director, fund, made.id, 'submit')).toMatchObject({
    state: 'effective',
    number: expect.stringMatching(/^MB-\d{6}-\d{4}$/),
  })
}
const newRequest = async (...amounts: Decimal[]) =>
  create(await as(clerk), request, {
    project: world.projects.tower,
    why: 'needed',
    lines: amounts.map(price => ({ item: thing, qty: '1' as const, price })),
  })
async function pending(...amounts: Decimal[]): Promise<string> {
  const made = await newRequest(...amounts)
  expect(await doing(clerk, request, made.id, 'submit')).toMatchObject({ state: 'pending' })
  return made.id
}
async function effective(...amounts: Decimal[]): Promise<string> {
  const id = await pending(...amounts)
  expect(await doing(lead, request, id, 'approve')).toMatchObject({ state: 'pending' })
  expect(await doing(director, request, id, 'approve')).toMatchObject({ state: 'effective' })
  return id
}
const balance = async () => {
  const { posted, reserved } = await balanceOf(world.system, cost.name, { project: world.projects.tower, item: thing })
  return [posted.amount, reserved.amount]
}

test('D1 a draft has no number and reserves nothing; submitted it has both, effective it is posted', async () => {
  await budget('1000')
  const draft = await newRequest('300', '100.50')
  expect([draft.state, draft.number]).toEqual(['draft', null])
  expect(await balance()).toEqual(['0.00', '0.00'])
  const submitted = await doing(clerk, request, draft.id, 'submit')
  expect(submitted).toMatchObject({ state: 'pending', number: expect.stringMatching(/^FK-\d{6}-\d{4}$/), warnings: [] })
  expect(await balance()).toEqual(['0.00', '400.50'])
  await doing(lead, request, draft.id, 'approve', { opinion: 'fine' })
  expect(await doing(director, request, draft.id, 'approve')).toMatchObject({
    state: 'effective',
    number: submitted.number,
  })
  expect(await balance()).toEqual(['400.50', '0.00'])
  const entries = await entriesOf(world.system, cost.name, draft.id)
  expect(entries.map(each => [each.line, each.amount, each.project])).toEqual(
    draft.lines.map(line => [line.id, line.amount, world.projects.tower]),
  )
  expect((await history(world.system, request, draft.id)).map(each => each.action)).toEqual([
    'approve',
    'approve',
    'submit',
    undefined,
  ])
})

test('D3 only who is asked sees and approves, step after step, once', async () => {
  await budget('1000')
  const id = await pending('10')
  expect(await can(lead, id)).toEqual(expect.arrayContaining(['approve', 'reject', 'return']))
  expect(await refused(doing(director, request, id, 'approve'))).toMatch(/^(access.denied|approval.no_task)$/)
  expect(await refused(doing(chief, request, id, 'approve'))).toBe('record.not_found')
  expect(await refused(doing(stranger, request, id, 'approve'))).toBe('record.not_found')
  // The approver sees the money he approves.
  expect((await get(await as(lead), request, id)).lines[0]?.amount).toBe('10.00')
  await doing(lead, request, id, 'approve')
  expect(await refused(doing(lead, request, id, 'approve'))).toBe('access.denied')
  expect(await can(lead, id)).not.toContain('approve')
  expect((await get(await as(lead), request, id)).total).toBe('10.00')
  await doing(director, request, id, 'approve')
  expect(await refused(doing(director, request, id, 'approve'))).toMatch(/verb.not_now|access.denied/)
})

test('D3 two who approve the same task at once: one does it, the other is told', async () => {
  await budget('1000')
  const id = await pending('10')
  const results = await Promise.all(
    [1, 2, 3].map(() =>
      doing(lead, request, id, 'approve').then(
        () => 'done',
        error => error.code,
      ),
    ),
  )
  expect(results.filter(each => each === 'done')).toHaveLength(1)
  expect((await list(world.system, request, { filter: { id: { eq: id } } })).items[0]?.state).toBe('pending')
})

test('D2 rejected, returned and withdrawn documents free their reservation, keep their number, and come back', async () => {
  await budget('100')
  const id = await pending('60')
  const { number } = await get(world.system, request, id)
  expect(await refused(doing(lead, request, id, 'reject'))).toBe('record.invalid')
  expect(await doing(lead, request, id, 'reject', { opinion: 'too much' })).toMatchObject({ state: 'rejected' })
  expect(await balance()).toEqual(['0.00', '0.00'])
  const [line] = (await get(world.system, request, id)).lines
  const rejected = await get(await as(clerk), request, id)
  await patch(await as(clerk), request, id, rejected.version, {
    lines: { upsert: [{ id: line?.id, price: '50' }] },
  } as object)
  expect(await doing(clerk, request, id, 'submit')).toMatchObject({ state: 'pending', number })
  expect(await balance()).toEqual(['0.00', '50.00'])
  expect(await doing(lead, request, id, 'return', { opinion: 'say why' })).toMatchObject({ state: 'draft', number })
  expect(await balance()).toEqual(['0.00', '0.00'])
  await doing(clerk, request, id, 'submit')
  expect(await doing(clerk, request, id, 'withdraw')).toMatchObject({ state: 'draft', number })
  await doing(clerk, request, id, 'submit')
  await doing(lead, request, id, 'approve')
  expect(await refused(doing(clerk, request, id, 'withdraw'))).toBe('approval.begun')
  expect(await doing(director, request, id, 'approve')).toMatchObject({ state: 'effective', number })
  expect(await balance()).toEqual(['50.00', '0.00'])
})

test('D5 a submitted document is frozen but for its open fields', async () => {
  await budget('100')
  const id = await effective('10')
  const record = await get(await as(clerk), request, id)
  expect(await refused(patch(await as(clerk), request, id, record.version, { why: 'another reason' }))).toBe(
    'record.frozen',
  )
  expect(
    await refused(
      patch(await as(clerk), request, id, record.version, {
        lines: { upsert: [{ id: record.lines[0]?.id, qty: '9' }] },
      } as object),
    ),
  ).toBe('record.frozen')
  expect(await patch(await as(clerk), request, id, record.version, { note: 'seen' })).toMatchObject({ note: 'seen' })
  expect(await refused(remove(await as(clerk), request, id))).toBe('record.frozen')
})

test('D6 G-4.2 with a budget of 4,000,000 and 3,200,000 used: warn, ask one more person, stop', async () => {
  await budget('4000000')
  await effective('3200000')
  const warned = await newRequest('800000')
  expect(await doing(clerk, request, warned.id, 'submit')).toMatchObject({
    state: 'pending',
    warnings: ['limit.near_budget'],
  })
  await doing(clerk, request, warned.id, 'withdraw')
  const far = await newRequest('1010000')
  expect(await refused(doing(clerk, request, far.id, 'submit'))).toBe('limit.far_over_budget')
  expect(await get(world.system, request, far.id)).toMatchObject({ state: 'draft', number: null })
  const over = await newRequest('1000000')
  expect(await doing(clerk, request, over.id, 'submit')).toMatchObject({
    warnings: ['limit.near_budget', 'limit.over_budget'],
  })
  const [sent] = await history(await as(lead), request, over.id)
  expect(sent).toMatchObject({
    action: 'submit',
    warnings: ['More than 90 % of the budget is used', expect.any(String)],
  })
  await doing(lead, request, over.id, 'approve')
  expect(await doing(director, request, over.id, 'approve')).toMatchObject({
    state: 'pending',
    escalated: ['limit.over_budget'],
  })
  expect((await history(await as(chief), request, over.id))[0]?.warnings).toHaveLength(1)
  expect(await balance()).toEqual(['3200000.00', '1000000.00'])
  expect(await refused(doing(director, request, over.id, 'approve'))).toMatch(/approval.no_task|access.denied/)
  // Returned and sent again it is still over budget: he is asked again.
  await doing(chief, request, over.id, 'return', { opinion: 'why?' })
  await doing(clerk, request, over.id, 'submit')
  await doing(lead, request, over.id, 'approve')
  expect(await doing(director, request, over.id, 'approve')).toMatchObject({ escalated: ['limit.over_budget'] })
  expect(await doing(chief, request, over.id, 'approve')).toMatchObject({ state: 'effective' })
  expect(await balance()).toEqual(['4200000.00', '0.00'])
})

test('D6 what others reserve counts; of two requests for the last of the budget one is stopped', async () => {
  await budget('100')
  await pending('90')
  const late = await newRequest('20')
  expect(await refused(doing(clerk, request, late.id, 'submit'))).toBe('limit.far_over_budget')
})

test('D10 16 requests at the same moment for a budget of ten: ten are accepted, and ten are approved', async () => {
  await budget('1000')
  const drafts = await Promise.all(Array.from({ length: 16 }, () => newRequest('100')))
  const results = await Promise.all(
    drafts.map(({ id }) =>
      doing(clerk, request, id, 'submit').then(
        () => id,
        error => error.code,
      ),
    ),
  )
  expect(results.filter(each => each === 'limit.far_over_budget')).toHaveLength(6)
  const accepted = results.filter(each => !each.startsWith('limit.'))
  expect(await balance()).toEqual(['0.00', '1000.00'])
  await Promise.all(accepted.map(id => doing(lead, request, id, 'approve')))
  const done = await Promise.all(accepted.map(id => doing(director, request, id, 'approve')))
  expect(done.map(each => each.state)).toEqual(Array(10).fill('effective'))
  expect(new Set(done.map(each => each.number)).size).toBe(10)
  expect(await balance()).toEqual(['1000.00', '0.00'])
})

test('D7 a mirror takes back part of a document, line by line, and never more than there was', async () => {
  await budget('1000')
  const made = await create(await as(clerk), request, {
    project: world.projects.tower,
    why: 'bricks',
    lines: [
      { item: thing, qty: '10', price: '20' },
      { item: thing, qty: '1', price: '0.03' },
    ],
  })
  await doing(clerk, request, made.id, 'submit')
  await doing(lead, request, made.id, 'approve')
  await doing(director, request, made.id, 'approve')
  const [bricks] = made.lines
  const part = await doing(director, request, made.id, 'reverse', {
    reason: '4 broken',
    lines: [{ id: bricks?.id, qty: '4' }],
  })
  expect(part).toMatchObject({ state: 'effective', mirror: expect.any(String) })
  const mirror = await get(world.system, request, part.mirror ?? '')
  expect(mirror).toMatchObject({
    state: 'effective',
    reverses: made.id,
    total: '-80.00',
    number: expect.stringMatching(/^FK/),
  })
  expect(await balance()).toEqual(['120.03', '0.00'])
  expect(
    await refused(doing(director, request, made.id, 'reverse', { reason: 'x', lines: [{ id: bricks?.id, qty: '7' }] })),
  ).toBe('document.over_reversed')
  expect(await refused(doing(director, request, mirror.id, 'reverse', { reason: 'x' }))).toBe('document.not_reversible')
  expect(await refused(doing(director, request, made.id, 'void', { reason: 'x' }))).toBe('document.in_use')
  const rest = await doing(director, request, made.id, 'reverse', { reason: 'all back' })
  expect(rest).toMatchObject({ state: 'reversed' })
  expect(await balance()).toEqual(['0.00', '0.00'])
  expect((await get(world.system, request, made.id)).total).toBe('200.03')
  expect(await refused(doing(director, request, made.id, 'reverse', { reason: 'again' }))).toBe('verb.not_now')
})

test('D8 an approved document is voided by approval and is out of the books then; one that others build on cannot be voided', async () => {
  await budget('100')
  const id = await effective('40')
  const came = await create(await as(clerk), receipt, {
    project: world.projects.tower,
    request: id as Id<'t_request'>,
    lines: [{ item: thing, qty: '5' }],
  })
  await doing(clerk, receipt, came.id, 'submit')
  expect(await refused(doing(director, request, id, 'void', { reason: 'x' }))).toBe('document.in_use')
  await doing(clerk, receipt, came.id, 'reverse', { reason: 'wrong' })
  // It was approved, so its void is, too: asked, refused once and standing as before, then agreed to.
  expect(await doing(director, request, id, 'void', { reason: 'twice' })).toMatchObject({ state: 'effective' })
  expect(await balance()).toEqual(['40.00', '0.00'])
  expect(await can(director, id)).toEqual(expect.not.arrayContaining(['approve', 'void', 'reverse', 'close']))
  expect(await can(lead, id)).toEqual(expect.arrayContaining(['approve', 'reject']))
  const wanting = await create(await as(clerk), receipt, {
    project: world.projects.tower,
    request: id as Id<'t_request'>,
    lines: [{ item: thing, qty: '5' }],
  })
  expect(await refused(doing(clerk, receipt, wanting.id, 'submit'))).toBe('document.upstream')
  await doing(lead, request, id, 'reject', { opinion: 'it is right' })
  expect(await get(world.system, request, id)).toMatchObject({ state: 'effective', void_reason: null })
  await doing(director, request, id, 'void', { reason: 'twice' })
  // Nobody approves what he asked for, and nobody stands above this director: the lead alone decides.
  expect(await doing(lead, request, id, 'approve')).toMatchObject({ state: 'void' })
  expect(await get(world.system, request, id)).toMatchObject({ void_reason: 'twice' })
  expect(await balance()).toEqual(['0.00', '0.00'])
  expect((await entriesOf(world.system, cost.name, id)).map(each => each.amount)).toEqual(['40.00', '-40.00'])
  const trail = await trailOf(await as(clerk), request.name, id)
  expect(trail?.trail.map(each => [each.act, each.step])).toEqual(
    expect.arrayContaining([
      ['approved', 'lead'],
      ['approved', 'void_lead'],
    ]),
  )
  const again = await create(await as(clerk), receipt, {
    project: world.projects.tower,
    request: id as Id<'t_request'>,
    lines: [{ item: thing, qty: '5' }],
  })
  expect(await refused(doing(clerk, receipt, again.id, 'submit'))).toBe('document.upstream')
})

test('D6 stock that is not there cannot be issued, and a receipt that was issued cannot be taken back', async () => {
  await budget('100')
  const at = { project: world.projects.tower }
  const came = await create(await as(clerk), receipt, { ...at, lines: [{ item: thing, qty: '10' }] })
  await doing(clerk, receipt, came.id, 'submit')
  const out = async (qty: Decimal) =>
    (await create(await as(clerk), issue, { ...at, lines: [{ item: thing, qty }] })).id
  const first = await out('6')
  await doing(clerk, issue, first, 'submit')
  expect(await refused(doing(clerk, issue, await out('5'), 'submit'))).toBe('limit.no_stock')
  // Pending is not gone yet, but promised.
  expect(await refused(doing(clerk, receipt, came.id, 'reverse', { reason: 'x' }))).toBe('limit.no_stock')
  await doing(lead, issue, first, 'approve')
  const { posted } = await balanceOf(world.system, stock.name, { ...at, item: thing })
  expect(posted.qty).toBe('4.0000')
  expect(await balance()).toEqual(['9.00', '0.00'])
})

test('D9 entries are never changed, by anybody; balances can be computed anew', async () => {
  await budget('100')
  const id = await effective('40')
  const { db } = world.system
  await expect(
    sql`update ${sql.id(tenant, cost.name)} set amount = 0 where document = ${id}`.execute(db),
  ).rejects.toThrow('never changed')
  await expect(sql`delete from ${sql.id(tenant, 'posting')} where document = ${id}`.execute(db)).rejects.toThrow(
    'never changed',
  )
  await sql`update ${sql.id(tenant, 't_cost_balance')} set amount = amount + 1 where item = ${thing}`.execute(db)
  expect(await differences(world.system, cost.name)).not.toEqual([])
  await rebuild(world.system, cost.name)
  expect(await differences(world.system, cost.name)).toEqual([])
  expect(await balance()).toEqual(['40.00', '0.00'])
})

test('a posting counts in the month of its day, and a balance can be asked up to a month', async () => {
  await budget('100')
  const made = await create(await as(clerk), request, {
    project: world.projects.tower,
    why: 'early',
    spent_on: '2026-03-31',
    lines: [{ item: thing, qty: '1', price: '7' }],
  })
  await doing(clerk, request, made.id, 'submit')
  await doing(lead, request, made.id, 'approve')
  await doing(director, request, made.id, 'approve')
  const until = async (month: string) =>
    (await balanceOf(world.system, cost.name, { project: world.projects.tower, item: thing }, { until: month })).posted
      .amount
  expect([await until('2026-02'), await until('2026-03')]).toEqual(['0.00', '7.00'])

  // Months come in any order; what is said about each goes on to those after it.
  const spent = async (on: PlainDate, price: Decimal) => {
    const place = { project: world.projects.tower, why: on, spent_on: on }
    const { id } = await create(await as(clerk), request, { ...place, lines: [{ item: thing, qty: '1', price }] })
    await doing(clerk, request, id, 'submit')
    await doing(lead, request, id, 'approve')
    await doing(director, request, id, 'approve')
    return id
  }
  await spent('2026-06-02', '5')
  const early = await spent('2026-01-20', '1')
  await spent('2026-05-09', '3')
  const months = ['2026-01', '2026-04', '2026-05', '2026-07']
  expect(await Promise.all(months.map(until))).toEqual(['1.00', '8.00', '11.00', '16.00'])
  await doing(director, request, early, 'void', { reason: 'x' })
  expect(await differences(world.system, cost.name)).toEqual([])

  // A database from before running balances gets them as it is opened.
  const table = sql.id(tenant, 't_cost_balance')
  const { db, registry } = world.system
  const running = ['next', 'amount_until', 'budget_until'].map(name => sql`drop column ${sql.id(name)}`)
  await sql`alter table ${table} ${sql.join(running)}`.execute(db)
  await syncSchema(db, registry, tenant)
  expect(await differences(world.system, cost.name)).toEqual([])
  await sql`update ${table} set amount_until = 0 where period = '2026-05'`.execute(db)
  expect(await differences(world.system, cost.name)).not.toEqual([])
  await rebuild(world.system, cost.name)
  expect(await differences(world.system, cost.name)).toEqual([])
})

test('D4 a step that has nobody stops the submit, and says which step', async () => {
  const made = await create(await as(clerk), request, {
    project: world.projects.bridge,
    why: 'x',
    lines: [{ item: thing, qty: '1', price: '0.01' }],
  })
  await expect(doing(clerk, request, made.id, 'submit')).rejects.toMatchObject({ code: 'approval.nobody' })
})
