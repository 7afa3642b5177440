// One step over a reference: rules and conditions read another record, the same in JavaScript and SQL, never past a right.
import { allow, defineModule, entity, type Filter, f } from '@yingzao/kernel/entity'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Ctx } from '../context.ts'
import { aggregate, all, batch, create, createAll, list, patch, remove } from '../records.ts'
import { Refusal } from '../refuse.ts'
import { tenant, testWorld, type World } from '../testing/world.ts'

const label = (en: string) => ({ zh: en, en })

const partner = entity('t_partner', {
  label: label('Partner'),
  title: 'name',
  fields: {
    name: f.text(label('Name'), { required: true }),
    credit: f.money(label('Credit'), { group: 'commercial' }),
    rate: f.number(label('Rate'), { scale: 6 }),
    since: f.date(label('Since')),
    blocked: f.flag(label('Blocked')),
    grade: f.choice(label('Grade'), { a: label('A'), b: label('B') }),
    tags: f.multiChoice(label('Tags'), { local: label('Local'), old: label('Old') }),
    project: f.ref('t_project', label('Project')),
  },
  place: { project: 'project' },
  access: [
    allow('director', 'read create update delete', { fields: { commercial: 'edit' } }),
    allow('lead', 'read', { fields: { commercial: 'read' } }),
    allow('clerk', 'read'),
  ],
})

/** Numbers, texts, dates and conditions over a deal and what it refers to; drawn once, so that the registry can hold them. */
const numbers = fc.letrec<{ n: string }>(tie => ({
  n: fc.oneof(
    { maxDepth: 2 },
    fc.constantFrom('amount', 'partner.credit', 'partner.rate', 'count(lines)', 'sum(lines.qty)', '0.005', '3'),
    fc.constantFrom('sum(lines[product.blocked].qty)', 'max(lines[product.grade = "a"].qty)'),
    fc.tuple(tie('n'), fc.constantFrom('+', '-', '*', '/'), tie('n')).map(([a, sign, b]) => `(${a} ${sign} ${b})`),
    tie('n').map(n => `round(${n}, 2)`),
    tie('n').map(n => `coalesce(${n}, 0)`),
  ),
})).n
const texts = fc.constantFrom('partner.name', 'other.name', '"Alpha"', 'coalesce(other.name, "")')
const dates = fc.constantFrom('due_on', 'partner.since', 'other.since + 30', 'date("2026-05-01")')
const sign = fc.constantFrom('=', '!=', '<', '<=', '>', '>=')
const conditions = fc.letrec<{ c: string }>(tie => ({
  c: fc.oneof(
    { maxDepth: 2 },
    fc.tuple(numbers, sign, numbers).map(all => all.join(' ')),
    fc.tuple(dates, sign, dates).map(all => all.join(' ')),
    fc.tuple(texts, fc.constantFrom('=', '!='), texts).map(all => all.join(' ')),
    fc.constantFrom(
      'partner.blocked',
      'not(partner.blocked)',
      'partner.grade = "a"',
      'partner.grade = other.grade',
      'partner.credit = null',
      'partner = null',
      '"old" in partner.tags',
    ),
    fc.constantFrom(
      'some l in lines satisfies l.product.rate > l.qty',
      'every l in lines satisfies l.product = partner',
    ),
    fc.tuple(tie('c'), fc.constantFrom('and', 'or'), tie('c')).map(([a, word, b]) => `(${a} ${word} ${b})`),
  ),
})).c
/** Each looks at another record, so that all are judged together and every one that fails is told. */
const drawn = fc
  .sample(conditions, { seed: 20_261_122, numRuns: 80 })
  .map(each => `(${each}) and coalesce(partner.name, "") != "?"`)

const fields = {
  partner: f.ref('t_partner', label('Partner')),
  other: f.ref('t_partner', label('Other')),
  amount: f.money(label('Amount')),
  due_on: f.date(label('Due')),
  project: f.ref('t_project', label('Project')),
}
const lineFields = { product: f.ref('t_partner', label('Product')), qty: f.number(label('Quantity'), { scale: 4 }) }
const freeLine = entity('t_free_line', { kind: 'line', label: label('Line'), fields: lineFields, access: [] })
const dealLine = entity('t_deal_line', { kind: 'line', label: label('Line'), fields: lineFields, access: [] })
/** Any deal may be written. */
const free = entity('t_free', {
  label: label('Free'),
  fields: { ...fields, lines: f.lines('t_free_line', label('Lines')) },
  place: { project: 'project' },
  access: [allow('director', 'read create update delete'), allow('lead', 'read'), allow('clerk', 'read')],
})
/** The same, judged by every drawn condition. */
const judged = entity('t_judged', {
  label: label('Judged'),
  fields: { ...fields, lines: f.lines('t_deal_line', label('Lines')) },
  rules: Object.fromEntries(drawn.map((check, index) => [`r${index}`, { check, message: label('No') }])),
  access: [allow('director', 'read create')],
})
const deal = entity('t_deal', {
  label: label('Deal'),
  fields: {
    partner: f.ref('t_partner', label('Partner'), { required: true }),
    above: f.ref('t_deal', label('Above')),
    subject: f.ref('t_partner', label('Subject'), { where: 'project.name = "Tower"' }),
    amount: f.money(label('Amount'), { required: true }),
  },
  tree: 'above',
  rules: {
    credit: { check: 'amount <= partner.credit', message: label('Above the credit') },
    part: { check: 'above = null or amount <= above.amount', message: label('Above the whole') },
  },
  access: [allow('director', 'read create update'), allow('clerk', 'read create update')],
})
const trade = defineModule({
  name: 'trade',
  label: label('Trade'),
  entities: [partner, freeLine, dealLine, free, judged, deal],
})

declare module '@yingzao/kernel/entity' {
  interface Entities {
    t_partner: typeof partner
    t_free: typeof free
    t_free_line: typeof freeLine
    t_judged: typeof judged
    t_deal: typeof deal
    t_deal_line: typeof dealLine
  }
}

let world: World
let director: Ctx
beforeAll(async () => {
  world = await testWorld([], [trade])
  director = (await world.person('director@group')).ctx
})
afterAll(() => world?.drop())

const refusal = (work: Promise<unknown>): Promise<Refusal | null> =>
  work.then(
    () => null,
    (error: unknown) => {
      if (error instanceof Refusal) return error
      throw error
    },
  )
const newPartner = (input: Record<string, unknown>) => create(world.system, 't_partner', { name: 'Alpha', ...input })

test('Q8 a condition over references means the same as a rule, in JavaScript, and as `where`, in SQL', async () => {
  const partners = [
    await newPartner({ credit: '100.00', rate: '0.005', since: '2026-01-31', grade: 'a', tags: ['old'] }),
    await newPartner({ name: '甲', credit: '0.01', rate: '3', since: '2026-05-01', blocked: true, grade: 'b' }),
    await newPartner({ name: 'Ω', rate: '0.333333', tags: ['local', 'old'], grade: 'a', blocked: true }),
    await newPartner({}),
  ].map(({ id }) => id)
  const someone = fc.option(fc.constantFrom(...partners))
  const input = fc.record({
    partner: someone,
    other: someone,
    amount: fc.option(fc.constantFrom('0.00', '0.01', '100.00', '33.33')),
    due_on: fc.option(fc.constantFrom('2026-03-02', '2026-05-01', '2026-05-31')),
    lines: fc.array(fc.record({ product: someone, qty: fc.option(fc.constantFrom('0.005', '3', '0.3333')) }), {
      maxLength: 3,
    }),
  })
  const inputs = fc.sample(input, { seed: 7, numRuns: 60 })
  const told: Record<string, string[]> = {}
  const ids: string[] = []
  for (const each of inputs) {
    const { id } = await create(world.system, 't_free', each)
    ids.push(id)
    const refused = await refusal(create(world.system, 't_judged', each))
    told[id] = (refused?.errors ?? []).map(({ code }) => code).sort()
  }
  const found: Record<string, string[]> = Object.fromEntries(ids.map(id => [id, []]))
  for (const [index, where] of drawn.entries()) {
    const passing = new Set((await all(world.system, 't_free', { where })).map(({ id }) => String(id)))
    for (const id of ids) if (!passing.has(id)) found[id]?.push(`t_judged.r${index}`)
  }
  for (const list of Object.values(found)) list.sort()
  expect(told).toEqual(found)
  // Conditions that always hold, or never, would compare nothing.
  const counts = Object.values(told).map(codes => codes.length)
  expect(Math.min(...counts)).toBeLessThan(drawn.length)
  expect(Math.max(...counts)).toBeGreaterThan(0)
})

test('W24 a rule over a reference is judged with the values of the same transaction', async () => {
  const rich = await newPartner({ credit: '100.00' })
  expect((await refusal(create(director, 't_deal', { partner: rich.id, amount: '100.01' })))?.errors).toEqual([
    { path: 'amount', code: 't_deal.credit' },
  ])
  const made = await create(director, 't_deal', { partner: rich.id, amount: '100.00' })
  expect(await refusal(patch(director, 't_deal', made.id, 1, { amount: '101.00' }))).toMatchObject({
    errors: [{ path: 'amount', code: 't_deal.credit' }],
  })
  // Raised and used together, or not at all.
  await batch(director, [
    { op: 'patch', entity: 't_partner', id: rich.id, version: 1, input: { credit: '500.00' } },
    { op: 'patch', entity: 't_deal', id: made.id, version: 1, input: { amount: '500.00' } },
  ])
  // What happens to the other record later judges nothing again; the next write does.
  await patch(director, 't_partner', rich.id, 2, { credit: '1.00' })
  expect(await list(director, deal, { where: 'amount > partner.credit' })).toMatchObject({ items: [{ id: made.id }] })
  expect((await refusal(patch(director, 't_deal', made.id, 2, { amount: '400.00' })))?.code).toBe('record.invalid')
})

test('W24 records of one call are judged as they will stand', async () => {
  const rich = await newPartner({ credit: '100.00' })
  const id = '01980000-0000-7000-8000-00000000000a'
  const parts = (amount: string) => [
    { id, partner: rich.id, amount: '50.00' },
    { partner: rich.id, above: id, amount },
  ]
  expect((await refusal(createAll(director, 't_deal', parts('50.01'))))?.errors).toEqual([
    { path: '1.above', code: 't_deal.part' },
  ])
  expect(await createAll(director, 't_deal', parts('50.00'))).toHaveLength(2)
})

test('W24 whether a rule holds tells nothing about a record that the writer may not refer to', async () => {
  const { tower, tunnel } = world.projects
  const hidden = await newPartner({ credit: '100.00', project: tunnel })
  const seen = await newPartner({ credit: '100.00', project: tower })
  const clerk = (await world.person('clerk@group')).ctx
  const local = (await world.person('clerk@tower')).ctx
  expect((await refusal(create(clerk, 't_deal', { partner: seen.id, amount: '999.00' })))?.errors).toMatchObject([
    { code: 't_deal.credit' },
  ])
  const [much, little] = ['999.00', '1.00'] as const
  for (const amount of [much, little])
    expect(await refusal(create(local, 't_deal', { partner: hidden.id, amount }))).toMatchObject({
      code: expect.any(String),
    })
  const writer = (await world.person('clerk@north')).ctx
  const errors = await Promise.all(
    [much, little].map(
      async amount => (await refusal(create(writer, 't_deal', { partner: hidden.id, amount })))?.errors,
    ),
  )
  expect(errors[0]).toEqual(errors[1])
  expect(errors[0]).toEqual([{ path: 'partner', code: 'field.reference' }])
})

test('W10 what a reference may point at is said over what that record refers to', async () => {
  const { tower, tunnel } = world.projects
  const rich = await newPartner({ credit: '100.00' })
  const [inTower, inTunnel] = [await newPartner({ project: tower }), await newPartner({ project: tunnel })]
  const of = (subject: string) => create(director, 't_deal', { partner: rich.id, amount: '1.00', subject })
  expect((await refusal(of(inTunnel.id)))?.errors).toEqual([{ path: 'subject', code: 'field.reference' }])
  expect(await of(inTower.id)).toMatchObject({ subject: inTower.id })
})

test('A5 Q8 a field of another record that the reader may not see is as unknown to `where` as a misspelt one', async () => {
  const { tower, tunnel } = world.projects
  const [near, far] = [
    await newPartner({ name: 'Near', credit: '5.00', project: tower }),
    await newPartner({ name: 'Far', credit: '5.00', project: tunnel }),
  ]
  const amount = '77.00'
  for (const { id } of [near, far]) await create(world.system, 't_free', { partner: id, amount, project: tower })
  const names = async (ctx: Ctx, where: string) => {
    const page = await list(ctx, 't_free', { filter: { amount: { eq: amount } }, where, count: true })
    return { rows: page.items.length, count: page.count?.value }
  }
  expect(await names(director, 'partner.credit = 5')).toEqual({ rows: 2, count: 2 })
  expect(await names(director, 'partner.name = "Far"')).toEqual({ rows: 1, count: 1 })

  // He leads the tower: both deals are his to read, of the partners only the near one.
  const lead = (await world.person('lead@tower')).ctx
  expect(await names(lead, 'amount = 77')).toEqual({ rows: 2, count: 2 })
  expect(await names(lead, 'partner.credit = 5')).toEqual({ rows: 1, count: 1 })
  expect(await names(lead, 'partner.name = "Far"')).toEqual({ rows: 0, count: 0 })
  expect(await names(lead, 'partner.name = null')).toEqual({ rows: 1, count: 1 })
  const filtered = async (ctx: Ctx, filter: Record<string, Filter>) =>
    (await list(ctx, 't_free', { filter: { amount: { eq: amount }, ...filter } })).items.length
  expect(await filtered(director, { 'partner.credit': { ge: '5' }, 'partner.name': { contains: 'far' } })).toBe(1)
  expect(await filtered(lead, { 'partner.credit': { ge: '5' } })).toBe(1)
  expect(await filtered(lead, { 'partner.project': { in: [tower, tunnel] } })).toBe(1)

  // A count that left out rows in silence would be wrong: he is refused, who sees all partners is not.
  const counted = (ctx: Ctx) =>
    aggregate(ctx, 't_free', { where: 'amount = 77 and partner.credit > 0', measures: [{ fn: 'count' }] })
  expect((await refusal(counted(lead)))?.code).toBe('query.field')
  expect(await counted(director)).toEqual([{ key: [], values: [2] }])
  const byName = { filter: { amount: { eq: amount } }, by: ['partner.name'], measures: [{ fn: 'count' as const }] }
  expect(await aggregate(director, 't_free', byName)).toEqual([
    { key: ['Far'], values: [1] },
    { key: ['Near'], values: [1] },
  ])
  expect((await refusal(aggregate(lead, 't_free', byName)))?.code).toBe('query.field')
  const overLines = { where: 'some l in lines satisfies l.product.rate > 1' }
  expect((await refusal(list(lead, 't_free', overLines)))?.code).toBe('query.field')
  expect((await refusal(list(director, 't_free', { sort: ['partner.name'] })))?.code).toBe('query.field')

  for (const path of [
    'partner.project.name',
    'partner.',
    '.name',
    'amount.name',
    'lines.qty',
    'id.amount',
    'partner.secret',
  ])
    expect((await refusal(filtered(director, { [path]: { eq: 'x' } })))?.code, path).toBe('query.field')

  // The clerk holds no right on credits at all.
  const clerk = (await world.person('clerk@group')).ctx
  expect((await refusal(filtered(clerk, { 'partner.credit': { ge: '0' } })))?.code).toBe('query.field')
  const refusedFor = async (name: string) => {
    const refused = await refusal(list(clerk, 't_free', { where: `partner.${name} > 0` }))
    return { code: refused?.code, reason: String(refused?.values.reason).replaceAll(name, '…') }
  }
  expect(await refusedFor('credit')).toMatchObject({ code: 'query.where' })
  expect((await refusedFor('credit')).reason.slice(0, 12)).toBe((await refusedFor('kredit')).reason.slice(0, 12))
  expect(await refusal(list(clerk, 't_free', { where: 'partner.project.name = "Tower"' }))).toMatchObject({
    code: 'query.where',
  })
})

test('a record in the recycle bin keeps its values for those that refer to it', async () => {
  const gone = await newPartner({ name: 'Gone', credit: '9.00' })
  const kept = await create(world.system, 't_free', { partner: gone.id, amount: '78.00' })
  await remove(world.system, 't_free', kept.id, 1)
  expect(tenant).toBe('t_main')
  const binned = await list(director, 't_free', { where: 'partner.name = "Gone"', deleted: true })
  expect(binned.items).toHaveLength(1)
})
