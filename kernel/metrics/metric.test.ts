// Metrics: what every reader gets is the sum of the entries he may see, now, by month, and as of any past day.
import { add, compare, type Decimal, divide, round, subtract } from '@yingzao/engines/money'
import {
  allow,
  defineModule,
  entity,
  f,
  type Id,
  isPlainDate,
  ledger,
  type MetricQuery,
  metric,
  type PlainDate,
  post,
  step,
} from '@yingzao/kernel/entity'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Ctx } from '../context.ts'
import { create, run } from '../records.ts'
import { tenant, testWorld, type World } from '../testing/world.ts'
import { metricEntries, metricMeta } from './entries.ts'
import { metrics } from './read.ts'

const label = (en: string) => ({ zh: en, en })
const book = ledger('t_costs', {
  label: label('Costs'),
  dims: { kind: 'text', contract: 't_contract' },
  measures: { planned: 2, spent: 2 },
  balance: ['project', 'kind'],
  words: { spent: label('Spent'), kind: label('Kind') },
})
const bound = ledger('t_bound', {
  label: label('Bound'),
  dims: { contract: 't_contract' },
  measures: { amount: 2 },
  balance: ['contract'],
})
const fields = {
  project: f.ref('t_project', label('Project'), { required: true }),
  why: f.text(label('Why'), { required: true }),
  kind: f.text(label('Kind'), { required: true }),
  done_on: f.date(label('Done on'), { required: true }),
  contract: f.ref('t_contract', label('Contract')),
  planned: f.money(label('Planned'), { group: 'commercial', required: true }),
  spent: f.money(label('Spent'), { group: 'commercial', required: true }),
}
const toBook = post(book, {
  dims: { kind: 'kind', contract: 'contract', on: 'done_on' },
  measures: { planned: 'planned', spent: 'spent' },
  reserve: true,
})
const access = [
  allow('director', 'read create update submit', { fields: { commercial: 'edit' } }),
  allow('lead', 'read', { fields: { commercial: 'read' } }),
  // Reads the documents and none of their money.
  allow('clerk', 'read'),
  allow('writer', 'read', { scope: 'own', fields: { commercial: 'read' } }),
]
const cost = entity('t_cost', {
  ...{ kind: 'document', label: label('Cost'), title: 'why', number: 'C-{seq:6}', fields, access },
  place: { project: 'project' },
  posting: [
    toBook,
    post(bound, {
      ...{ when: 'contract != null', dims: { contract: 'contract', on: 'done_on' }, measures: { amount: 'spent' } },
    }),
  ],
})
const wish = entity('t_wish', {
  ...{ kind: 'document', label: label('Wish'), title: 'why', number: 'W-{seq:6}', fields, access },
  place: { project: 'project' },
  posting: [toBook],
  approval: 't_wish',
  amount: 'spent',
})
const module = defineModule({
  name: 'costs',
  label: label('Costs'),
  needs: ['enterprise'],
  entities: [cost, wish],
  ledgers: [book, bound],
  flows: [{ name: 't_wish', label: label('Wish'), root: step('chief', label('Chief'), { role: 'director' }) }],
  metrics: [
    metric(book, 'cost.spent', {
      label: label('Spent'),
      says: label('What was spent'),
      value: 'spent',
      unit: 'money',
      seen: 't_cost.spent',
    }),
    metric(book, 'cost.share', {
      ...{ label: label('Share'), says: label('Spent of what was planned'), unit: 'share', seen: 't_cost.spent' },
      value: 'if planned = 0 then null else spent / planned',
    }),
    metric(book, 'cost.with_pending', {
      ...{ label: label('Pending'), says: label('Spent and in approval'), unit: 'money', seen: 't_cost.spent' },
      value: 'spent + spent_reserved',
    }),
    metric(book, 'cost.left', {
      ...{ label: label('Left'), says: label('Left of each kind'), unit: 'money', seen: 't_cost.spent' },
      value: 'if planned > spent then planned - spent else 0',
      per: ['project', 'kind'],
    }),
    metric(book, 'cost.labour', {
      ...{ label: label('Labour'), says: label('Labour'), unit: 'money', seen: 't_cost.spent', value: 'spent' },
      where: { kind: 'labour' },
    }),
    metric(bound, 'bound.amount', {
      ...{ label: label('Bound'), says: label('Bound by contracts'), unit: 'money', value: 'amount' },
      seen: 't_contract.total',
    }),
    metric(bound, 'bound.placed', {
      ...{
        label: label('Placed'),
        says: label('Bound, by place'),
        unit: 'money',
        value: 'amount',
        seen: 't_cost.spent',
      },
    }),
  ],
})
declare module '@yingzao/kernel/entity' {
  interface Entities {
    t_cost: typeof cost
    t_wish: typeof wish
  }
}

let world: World
let director: { readonly id: Id<'user'> }
/** Everything that was posted, as the oracle knows it. */
const posted: { project: string; company: string; kind: string; on: PlainDate; planned: Decimal; spent: Decimal }[] = []
const day = (text: string): PlainDate => {
  if (!isPlainDate(text)) throw new Error(text)
  return text
}

beforeAll(async () => {
  world = await testWorld([], [module])
  director = await world.person('director@group')
  const ctx = await world.as(director.id)
  const { tower, bridge, tunnel } = world.projects
  const { rows } = await sql<{
    id: string
    company: string
  }>`select id, company from ${sql.id(tenant, 't_project')}`.execute(world.system.db)
  const companyOf = new Map(rows.map(row => [row.id, row.company]))
  // A small generator of its own, so that every run posts the same.
  let seed = 7
  const next = (below: number) => {
    seed = (seed * 48271) % 2147483647
    return seed % below
  }
  for (let n = 0; n < 60; n++) {
    const project = [tower, bridge, tunnel][next(3)] ?? tower
    const kind = ['labour', 'material'][next(2)] ?? 'labour'
    const on = day(`2026-0${1 + next(6)}-${String(1 + next(28)).padStart(2, '0')}`)
    const planned: Decimal = `${next(900) + next(100) / 100}`
    const spent: Decimal = `${(next(5) - 1) * 100 + 0.07}`
    const made = await create(ctx, cost, { project, why: `cost ${n}`, kind, done_on: on, planned, spent })
    await run(ctx, cost, made.id, 'submit')
    posted.push({ project, company: companyOf.get(project) ?? '', kind, on, planned, spent })
  }
})
afterAll(() => world.drop())

const totalOf = (rows: typeof posted, name: 'planned' | 'spent'): Decimal =>
  rows.reduce<Decimal>((sum, row) => add(sum, row[name]), '0.00')

async function holds(ctx: Ctx, seen: typeof posted, query: MetricQuery): Promise<void> {
  const { by = [], until, where = {} } = query
  const rows = seen.filter(
    row =>
      (until === undefined || row.on <= until) &&
      Object.entries(where).every(([dim, value]) => dim !== 'kind' || [value].flat().includes(row.kind)),
  )
  const answer = await metrics(ctx, ['cost.spent', 'cost.share', 'cost.labour'], query)
  const dims = { project: 'project', company: 'company', kind: 'kind' } as const
  const keyOf = (row: (typeof posted)[number]) =>
    by.map(name => (name === 'period' ? row.on.slice(0, 7) : row[dims[name as keyof typeof dims]]))
  const groups = new Map<string, typeof posted>()
  for (const row of rows) {
    const key = JSON.stringify(keyOf(row))
    groups.set(key, [...(groups.get(key) ?? []), row])
  }
  for (const { key, values } of answer.rows) {
    const mine = groups.get(JSON.stringify(key)) ?? []
    expect([values['cost.spent'], values['cost.share']]).toEqual([
      totalOf(mine, 'spent'),
      round(divide(totalOf(mine, 'spent'), totalOf(mine, 'planned'), 6) ?? '0', 6),
    ])
  }
  for (const [key, mine] of groups) {
    const row = answer.rows.find(each => JSON.stringify(each.key) === key)
    expect(row?.values['cost.spent'] ?? '0.00').toBe(totalOf(mine, 'spent'))
    const labour = mine.filter(each => each.kind === 'labour')
    if (labour.length > 0) expect(row?.values['cost.labour']).toBe(totalOf(labour, 'spent'))
  }
  if (rows.length > 0) expect(answer.total['cost.spent']).toBe(totalOf(rows, 'spent'))
  // Taken for each project and kind, then summed: never the formula over the sum.
  const left = (of: typeof posted) => {
    const parts = new Map<string, typeof posted>()
    for (const row of of) {
      const key = `${row.project} ${row.kind}`
      parts.set(key, [...(parts.get(key) ?? []), row])
    }
    return [...parts.values()].reduce<Decimal>((sum, part) => {
      const rest = subtract(totalOf(part, 'planned'), totalOf(part, 'spent'))
      return compare(rest, '0') > 0 ? add(sum, rest) : sum
    }, '0.00')
  }
  const summed = await metrics(ctx, ['cost.left'], query)
  for (const [key, mine] of groups) {
    const row = summed.rows.find(each => JSON.stringify(each.key) === key)
    expect(row?.values['cost.left'] ?? '0.00').toBe(left(mine))
  }
  if (rows.length > 0)
    expect(summed.total['cost.left']).toBe(
      [...groups.values()].reduce<Decimal>((sum, mine) => add(sum, left(mine)), '0.00'),
    )
}

const questions: readonly MetricQuery[] = [
  {},
  { by: ['project'] },
  { by: ['project', 'kind'] },
  { by: ['company'] },
  { by: ['period'] },
  { by: ['kind', 'period'] },
  { where: { kind: 'material' }, by: ['project'] },
  { until: day('2026-03-31') },
  { until: day('2026-03-17'), by: ['project', 'kind'] },
  { until: day('2026-04-02'), by: ['period'] },
  { until: day('2025-12-31') },
]

test('N1 whoever asks gets the sums of what he may see, split as he likes, as of any day', async () => {
  const { tower } = world.projects
  const company = posted.find(each => each.project === tower)?.company
  const readers: readonly (readonly [string, (row: (typeof posted)[number]) => boolean])[] = [
    ['director@group', () => true],
    ['lead@tower', row => row.project === tower],
    ['director@north', row => row.company === company],
    // Without the right to the money, or with a right that hangs on single documents: nothing.
    ['clerk@group', () => false],
    ['writer@group', () => false],
  ]
  for (const [held, sees] of readers) {
    const { ctx } = await world.person(held)
    for (const query of questions) await holds(ctx, posted.filter(sees), query)
  }
  const { ctx } = await world.person('clerk@group')
  expect(await metrics(ctx, ['cost.spent'], { by: ['project'] })).toEqual({ rows: [], total: { 'cost.spent': null } })
})

test('N2 a number opens to its entries and their documents, page by page, and they sum up to it', async () => {
  const lead = (await world.person('lead@tower')).ctx
  const query = { where: { project: world.projects.tower, kind: 'labour' }, until: day('2026-05-20') }
  let after: string | null = null
  const seen: Decimal[] = []
  do {
    const page = await metricEntries(lead, 'cost.spent', query, after)
    for (const { measures, title, dims, on } of page.items) {
      expect(title).toMatch(/cost \d+/)
      expect(dims).toMatchObject({ kind: 'labour' })
      expect(on <= query.until).toBe(true)
      seen.push(measures.spent ?? '0')
    }
    after = page.next
  } while (after !== null)
  expect(seen.length).toBeGreaterThan(3)
  const { total } = await metrics(lead, ['cost.spent'], query)
  expect(seen.reduce<Decimal>((sum, each) => add(sum, each), '0.00')).toBe(total['cost.spent'])
  const clerk = (await world.person('clerk@group')).ctx
  expect(await metricEntries(clerk, 'cost.spent', {})).toEqual({ items: [], pending: [], next: null })
})

test('N3 what documents in approval hold counts now and not in the past, and is listed with the entries', async () => {
  const ctx = await world.as(director.id)
  const { bridge } = world.projects
  const where = { project: bridge, kind: 'wish' }
  const values = { project: bridge, kind: 'wish', done_on: day('2026-02-02'), planned: '10' as const }
  const made = await create(ctx, wish, { ...values, why: 'a crane', spent: '250.00' })
  await run(ctx, wish, made.id, 'submit')
  const now = await metrics(ctx, ['cost.with_pending', 'cost.spent'], { where })
  expect(now.total).toEqual({ 'cost.with_pending': '250.00', 'cost.spent': '0.00' })
  const past = await metrics(ctx, ['cost.with_pending'], { where, until: day('2026-06-30') })
  expect(compare(past.total['cost.with_pending'] ?? '0', '0')).toBe(0)
  const { items, pending } = await metricEntries(ctx, 'cost.with_pending', { where })
  expect(items).toEqual([])
  expect(pending).toMatchObject([{ entity: 't_wish', document: made.id, measures: { spent: '250.00' } }])
  // More than a page of them: all are listed, page by page, and sum up to the number.
  for (let n = 0; n < 51; n++) {
    const { id } = await create(ctx, wish, { ...values, why: `crane ${n}`, spent: '1.00' })
    await run(ctx, wish, id, 'submit')
  }
  const held: string[] = []
  for (let after: string | null = null; ; ) {
    const page = await metricEntries(ctx, 'cost.with_pending', { where }, after)
    held.push(...page.pending.map(each => each.measures.spent ?? '0'))
    after = page.next
    if (after === null) break
  }
  expect([held.length, held.reduce((sum, each) => sum + Number(each), 0)]).toEqual([52, 301])
})

test('N4 a number about a record is seen by whoever may read that record', async () => {
  const ctx = await world.as(director.id)
  const { tower, bridge } = world.projects
  const contractOf = async (project: Id<'t_project'>) =>
    (await create(ctx, 't_contract', { name: 'c', project, type: 'goods', lines: [] })).id as Id<'t_contract'>
  const made = new Map<string, string>()
  for (const project of [tower, bridge]) {
    const contract = await contractOf(project)
    made.set(contract, project)
    const values = { project, contract, kind: 'goods', done_on: day('2026-01-05'), planned: '0' as const }
    const { id } = await create(ctx, cost, { ...values, why: 'goods', spent: '40.00' })
    await run(ctx, cost, id, 'submit')
  }
  const all = await metrics(ctx, ['bound.amount'], { by: ['contract'] })
  expect(all.rows.map(({ key, values }) => [made.get(key[0] ?? ''), values['bound.amount']]).sort()).toEqual(
    [tower, bridge].map(project => [project, '40.00']).sort(),
  )
  const lead = (await world.person('lead@tower')).ctx
  const mine = await metrics(lead, ['bound.amount'], { by: ['contract'] })
  expect(mine.rows.map(({ key }) => made.get(key[0] ?? ''))).toEqual([tower])
  // Kept by contract only, seen by who may read the cost at its place: from the entries, where the balance knows no place.
  const north = (await world.person('director@north')).ctx
  for (const query of [{}, { until: day('2026-01-31') }]) {
    const placed = await metrics(north, ['bound.placed'], query)
    expect(placed.total).toEqual({ 'bound.placed': '80.00' })
    expect((await metrics(lead, ['bound.placed'], query)).total).toEqual({ 'bound.placed': '40.00' })
  }
  const meta = await metricMeta(lead, 'cost.spent')
  expect(meta).toMatchObject({ formula: 'spent', unit: 'money', words: { spent: 'Spent' } })
  expect(meta.roles).toHaveLength(3)
})

test('a wrong metric, dimension or day is refused with what to do', async () => {
  const ctx = await world.as(director.id)
  await expect(metrics(ctx, ['cost.none'])).rejects.toMatchObject({ code: 'metric.unknown' })
  await expect(metrics(ctx, ['cost.spent'], { by: ['spent'] })).rejects.toMatchObject({ code: 'metric.dimension' })
  await expect(metrics(ctx, ['cost.spent'], { where: { 'kind"; drop': 'x' } })).rejects.toMatchObject({
    code: 'metric.dimension',
  })
  const unknown = { code: 'metric.value' }
  await expect(metrics(ctx, ['cost.spent'], { where: { project: 'tower' } })).rejects.toMatchObject(unknown)
  await expect(metricEntries(ctx, 'bound.amount', { where: { contract: "' or 1=1" } })).rejects.toMatchObject(unknown)
  const odd = '2026-01-01 ------------------------------------/end'
  await expect(metricEntries(ctx, 'cost.spent', {}, odd)).rejects.toMatchObject({ code: 'metric.day' })
  await expect(metricEntries(ctx, 'cost.spent', {}, 'nonsense')).rejects.toMatchObject({ code: 'metric.day' })
})
