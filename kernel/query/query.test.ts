// Lists, counts, search, conditions and sums.
import type { Filter, PlainDate } from '@yingzao/kernel/entity'
import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Ctx } from '../context.ts'
import { aggregate, all, createAll, list, remove, search } from '../records.ts'
import { contract, supplier } from '../testing/enterprise.ts'
import { testWorld, type World } from '../testing/world.ts'
import { searchTerms } from './search.ts'

let world: World
let director: Ctx
beforeAll(async () => {
  world = await testWorld()
  director = (await world.person('director@group')).ctx
  const projects = Object.values(world.projects)
  const inputs = Array.from({ length: 60 }, (_, index) => ({
    name: `Contract ${index % 7}`,
    project: projects[index % 3] ?? world.projects.tower,
    type: index % 2 ? ('works' as const) : ('goods' as const),
    tags: index % 4 === 0 ? (['urgent'] as const) : ([] as const),
    // Every third has no date: empty values must have their place in every order.
    signed_on: index % 3 === 0 ? null : (`2026-0${1 + (index % 5)}-1${index % 4}` as PlainDate),
    due_on: '2027-01-01' as const,
    lines: index % 2 ? [{ what: 'x', qty: '1' as const, price: `${index % 6}` as const }] : [],
  }))
  await createAll(director, contract, inputs)
})
afterAll(() => world.drop())
const code = (work: Promise<unknown>) =>
  work.then(
    () => 'answered',
    error => error.code,
  )

/** All pages, one after the other. */
async function walk(ctx: Ctx, query: Parameters<typeof list>[2], limit: number) {
  const found: Record<string, unknown>[] = []
  let after: string | undefined
  for (let pages = 0; pages < 100; pages++) {
    const page = await list(ctx, 't_contract', { ...query, limit, ...(after ? { after } : {}) })
    found.push(...page.items)
    if (page.next === null) return found
    expect(page.items.length).toBe(limit)
    after = page.next
  }
  throw new Error('the pages do not end')
}

test('Q1 pages follow one another in every sort and direction, for every reader, empty values last', async () => {
  const readers = [
    director,
    (await world.person('director@north')).ctx,
    (await world.person('lead@tower', 'lead@tunnel')).ctx,
    (await world.person('head@sales')).ctx,
  ]
  for (const ctx of readers)
    for (const sort of [
      [],
      ['signed_on'],
      ['-signed_on'],
      ['total'],
      ['-total'],
      ['created_at'],
      ['name'],
      ['-name', 'signed_on'],
      ['type', '-signed_on'],
      ['id'],
    ]) {
      const whole = await walk(ctx, { sort }, 500)
      for (const limit of [7]) expect(await walk(ctx, { sort }, limit), JSON.stringify(sort)).toEqual(whole)
      expect(new Set(whole.map(each => each.id)).size).toBe(whole.length)
      const [first = ''] = sort
      const field = first.replace('-', '')
      if (!field || field === 'id') continue
      const values = whole.map(each => each[field])
      const given = values.filter(value => value !== null)
      expect(values.slice(given.length).every(value => value === null)).toBe(true)
      const number = (value: unknown) => (field === 'total' ? Number(value) : String(value))
      const ordered = [...given].sort((a, b) => (number(a) < number(b) ? -1 : number(a) > number(b) ? 1 : 0))
      expect(given.map(number)).toEqual((first.startsWith('-') ? ordered.reverse() : ordered).map(number))
    }
})

test('Q1 a page holds when rows before it come and go', async () => {
  const first = await list(director, contract, { sort: ['signed_on'], limit: 10 })
  const whole = await walk(director, { sort: ['signed_on'] }, 500)
  await remove(director, contract, first.items[3]?.id ?? '')
  const second = await list(director, contract, { sort: ['signed_on'], limit: 10, after: first.next ?? '' })
  expect(second.items.map(each => each.id)).toEqual(whole.slice(10, 20).map(each => each.id))
})

test('Q6 a cursor of another list, or a made-up one, is refused', async () => {
  const page = await list(director, contract, { sort: ['signed_on'], limit: 5 })
  for (const after of [page.next ?? '', 'AAAA', Buffer.from('[1,2,3]').toString('base64url'), ''])
    expect(await code(list(director, contract, { sort: ['name'], after }))).toBe('query.cursor')
})

test('filters of every kind', async () => {
  const count = async (filter: object) =>
    (await list(director, 't_contract', { filter: filter as never, count: true, limit: 0 })).count?.value
  const all = (await count({})) ?? 0
  expect((await count({ type: { eq: 'works' } })) ?? 0).toBe(all - ((await count({ type: { eq: 'goods' } })) ?? 0))
  const urgent = (await list(director, contract, { limit: 500 })).items.filter(each =>
    each.tags.includes('urgent'),
  ).length
  expect(await count({ type: { in: ['works', 'goods'] }, tags: { contains: 'urgent' } })).toBe(urgent)
  expect(await count({ tags: { empty: true } })).toBe(all - urgent)
  expect((await count({ signed_on: { empty: false } })) ?? 0).toBe(
    all - ((await count({ signed_on: { eq: null } })) ?? 0),
  )
  expect(await count({ signed_on: { ge: '2026-03-01', lt: '2026-04-01' } })).toBe(
    ((await count({ signed_on: { ge: '2026-03-01' } })) ?? 0) -
      ((await count({ signed_on: { ge: '2026-04-01' } })) ?? 0),
  )
  expect(await count({ name: { contains: 'CONTRACT 3' } })).toBe(await count({ name: { eq: 'Contract 3' } }))
  expect(await count({ total: { gt: '3.000000000001' } })).toBe(await count({ total: { ge: '4' } }))
  expect(await count({ project: { in: [world.projects.tower, null] } })).toBeGreaterThan(15)
  expect(await count({ created_by: { eq: director.principal.user } })).toBe(all)
  for (const filter of [
    { nothing: { eq: 1 } },
    { name: { like: 'x' } },
    { signed_on: { lt: 'yesterday' } },
    { name: 'x' },
    { lines: { eq: [] } },
    { type: { eq: 'other' } },
    { total: { eq: 1 } },
    { name: { in: 'x' } },
  ])
    expect(await code(list(director, 't_contract', { filter: filter as never })), JSON.stringify(filter)).toMatch(
      /^query\.f/,
    )
})

test('Q6 conditions are formulas; what is wrong in one is said at its character', async () => {
  const names = async (where: string) => (await list(director, contract, { where, limit: 500 })).items.length
  expect(await names('type = "works" and total > 3')).toBe(await names('total >= 4'))
  expect(await names('count(lines) = 0')).toBe(
    (await names('true')) - (await names('some l in lines satisfies l.qty = 1')),
  )
  expect(await names('signed_on = null or month(signed_on) = 2')).toBeGreaterThan(0)
  expect(await names('due_on > today()')).toBe(await names('true'))
  expect(await names(`project = "${world.projects.tower}"`)).toBeGreaterThan(10)
  const wrong = await list(director, contract, { where: 'total > "much"' }).catch(error => error)
  expect(wrong).toMatchObject({ code: 'query.where', values: { at: expect.any(Number) } })
  for (const where of [
    'total >',
    'nothing = 1',
    'project.nmae = "x"',
    "name = 'x'; drop table t_main.change",
    '('.repeat(10_000),
  ])
    expect(await code(list(director, contract, { where })), where.slice(0, 40)).toBe('query.where')
})

test('Q2 counts are exact up to 1,000 and then say there is more', async () => {
  await createAll(
    director,
    supplier,
    Array.from({ length: 1005 }, (_, index) => ({ name: `Many ${index}` })),
  )
  expect((await list(director, supplier, { count: true, limit: 1 })).count).toEqual({ value: 1000, more: true })
  expect(
    (await list(director, supplier, { count: true, limit: 1, filter: { name: { lt: 'Many 2' } } })).count?.more,
  ).toBe(false)
})

test('Q3 a large table is sorted by indexed fields only', async () => {
  expect(await code(list(director, supplier, { sort: ['tax_id'] }))).toBe('answered')
  await sql`insert into t_main.t_supplier (id, name, created_at, updated_at)
    select gen_random_uuid(), 'Generated ' || n, now(), now() from generate_series(1, 21000) n`.execute(world.system.db)
  await sql`analyze t_main.t_supplier`.execute(world.system.db)
  expect(await code(list(director, supplier, { sort: ['tax_id'] }))).toBe('query.sort')
  expect(await code(list(director, supplier, { sort: ['name'] }))).toBe('answered')
  const parent = (await list(director, supplier, { limit: 1 })).items[0]?.id ?? ''
  const below = (filter: Record<string, Filter>) => code(list(director, supplier, { filter, sort: ['-tax_id'] }))
  expect(await below({ parent: { eq: parent } })).toBe('answered')
  expect(await below({ parent: { in: [parent] } })).toBe('query.sort')
  expect(await code(all(director, supplier, { filter: { id: { eq: parent } }, sort: ['tax_id'] }))).toBe('answered')
})

test('Q4 Chinese is found by any of its characters, words by their beginning', async () => {
  const texts = [
    '盾构机吊装合同',
    '1号线盾构始发井',
    'ＤＧ-2025 点工单（第三批）',
    'Metro station D-wall',
    "O'Brien \\ 100%",
    '机',
  ]
  await createAll(
    director,
    supplier,
    texts.map(name => ({ name })),
  )
  const find = async (text: string) =>
    (await list(director, supplier, { search: text, limit: 500 })).items.map(each => each.name).sort()
  const byHand = (text: string) => {
    const fold = (each: string) => each.normalize('NFKC').toLowerCase()
    return texts
      .filter(each =>
        fold(text)
          .split(/\s+/)
          .every(word => fold(each).includes(word)),
      )
      .sort()
  }
  for (const text of [
    '盾构',
    '机',
    '井',
    '盾构机',
    '吊装合同',
    '合',
    '第三',
    '三批',
    'dg',
    'DG-2025',
    '2025',
    'metro',
    'STATION',
    'metro d-wall',
    "o'brien",
    '100%',
    '盾构 合同',
    '（第',
    '1号线',
  ])
    expect(await find(text), text).toEqual(byHand(text))
  expect(await find('构盾')).toEqual([])
  expect((await search(director, '盾构机')).map(hit => hit.title)).toEqual(['盾构机吊装合同'])
  for (const text of ["' | '", '\\', '&', ':*', '!', "') or true --", '%', '_'])
    expect(await code(list(director, supplier, { search: text })), text).toBe('answered')
})

test('Q4 search terms never break the query language, whatever is typed', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'grapheme', maxLength: 20 }), async text => {
      const terms = text.split(/\s+/).flatMap(searchTerms)
      if (terms.length > 0) await sql`select ${terms.join(' & ')}::tsquery`.execute(world.system.db)
    }),
    { numRuns: 200, seed: 7 },
  )
})

test('Q5 sums and counts by group', async () => {
  const rows = await aggregate(director, contract, {
    by: ['type'],
    measures: [{ fn: 'count' }, { fn: 'sum', field: 'total' }, { fn: 'max', field: 'signed_on' }],
    filter: { name: { contains: 'Contract' } },
  })
  expect(rows.map(row => row.key)).toEqual([['goods'], ['works']])
  const items = await walk(director, { filter: { name: { contains: 'Contract' }, type: { eq: 'works' } } }, 100)
  expect(rows[1]?.values[0]).toBe(items.length)
  expect(Number(rows[1]?.values[1])).toBe(items.reduce((sum, each) => sum + Number(each.total), 0))
  const months = await aggregate(director, contract, { by: ['signed_on:month'], measures: [{ fn: 'count' }] })
  expect(months.map(row => row.key[0])).toEqual([
    '2026-01-01',
    '2026-02-01',
    '2026-03-01',
    '2026-04-01',
    '2026-05-01',
    null,
  ])
  expect(await aggregate(director, contract, { measures: [{ fn: 'count' }], where: 'false' })).toEqual([
    { key: [], values: [0] },
  ])
  for (const query of [
    { by: ['lines'], measures: [{ fn: 'count' }] },
    { measures: [{ fn: 'sum', field: 'name' }] },
    { measures: [{ fn: 'median', field: 'total' }] },
    { by: ['signed_on:century'], measures: [{ fn: 'count' }] },
    { measures: [] },
  ])
    expect(await code(aggregate(director, contract, query as never)), JSON.stringify(query)).toMatch(/^query\./)
})

test('Q6 no input reaches SQL as text', async () => {
  const nasty = ["'; drop table t_main.change; --", '"', '$1', '\\x00', '{}', '%s', 'name"; --']
  for (const text of nasty) {
    for (const query of [
      { sort: [text] },
      { filter: { [text]: { eq: 1 } } },
      { fields: [text] },
      { after: text },
      { filter: { name: { [text]: 'x' } } },
    ])
      expect(await code(list(director, contract, query as never))).toMatch(/^query\./)
    expect(await code(list(director, contract, { filter: { name: { eq: text } }, search: text }))).toBe('answered')
    expect(await code(list(director, text))).toBe('record.unknown_entity')
  }
  expect(
    (await sql<{ n: number }>`select count(*) as n from t_main.change`.execute(world.system.db)).rows[0]?.n,
  ).toBeGreaterThan(50)
})
