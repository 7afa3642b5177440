// Records over HTTP: what a browser, a script and a stranger are answered.
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { isFailure, newId } from '../client/index.ts'
import { type Person, type TestApp, testApp } from '../testing/app.ts'
import { slip, yard, yardModule, yardServices } from '../testing/yard.ts'

let app: TestApp
let keeper: Person
let clerk: Person
beforeAll(async () => {
  app = await testApp({ modules: [yardModule], registrations: yardServices })
  keeper = await app.as('yard_keeper', { name: '主管' })
  clerk = await app.as('yard_clerk')
})
afterAll(() => app?.close())

const problem = async (work: Promise<unknown>) => {
  try {
    await work
  } catch (error) {
    if (isFailure(error)) return error.problem
    throw error
  }
  throw new Error('it was not refused')
}
let names = 0
const newYard = (more: object = {}) =>
  keeper.entity(yard).create({ name: `料场 ${++names}`, company: app.company, ...more })

test('a keeper makes a yard, reads it back, changes it and finds it in the list', async () => {
  const made = await newYard({ area: '120.5', covered: true, kind: 'steel', rent_amount: '3000.00' })
  expect(made).toMatchObject({ version: 1, area: '120.5', covered: true, rent_amount: '3000.00' })
  expect(made._can).toContain('update')
  const changed = await keeper.entity(yard).patch(made.id, made.version, { kind: 'brick' })
  expect(changed).toMatchObject({ version: 2, kind: 'brick', name: made.name })
  const page = await keeper.entity(yard).list({ filter: { name: { eq: made.name } }, count: true })
  expect(page.items.map(item => item.id)).toEqual([made.id])
  expect(page.count).toEqual({ value: 1, more: false })
  expect(page.refs.org_unit).toEqual({ [app.company]: '测试集团' })
})

test('a list is narrowed by what its records refer to, and only as far as the reader may see that', async () => {
  const near = await newYard({ rent_amount: '3000.00' })
  const on = '2026-03-02' as const
  const slips = clerk.entity(slip)
  const made = await slips.create({ code: newId(), yard: near.id, company: app.company, on })
  await slips.create({ code: newId(), yard: (await newYard({ rent_amount: '1.00' })).id, company: app.company, on })
  const found = async (person: Person, query: Parameters<typeof slips.list>[0]) =>
    (await person.entity(slip).list(query)).items.map(item => item.id)
  expect(await found(clerk, { where: `yard.name = "${near.name}"` })).toEqual([made.id])
  expect(await found(clerk, { filter: { 'yard.name': { eq: near.name } } })).toEqual([made.id])
  expect(await found(keeper, { where: `yard.rent_amount > 2000 and yard.name = "${near.name}"` })).toEqual([made.id])
  // Rents are the keeper's: to the clerk they are no field of a yard.
  expect(await problem(found(clerk, { where: 'yard.rent_amount > 2000' }))).toMatchObject({ code: 'query.where' })
  expect(await problem(found(clerk, { filter: { 'yard.rent_amount': { gt: '2000' } } }))).toMatchObject({
    code: 'query.field',
  })
})

test('two people who change the same yard: the second is told what the first did', async () => {
  const made = await newYard()
  await keeper.entity(yard).patch(made.id, 1, { area: '10' })
  const other = await app.as('yard_keeper')
  const stale = await problem(other.entity(yard).patch(made.id, 1, { kind: 'steel' }))
  expect(stale).toMatchObject({ status: 409, code: 'record.stale', current: { version: 2, area: '10.0' } })
  expect(stale.changed?.by?.name).toBe('主管')
  expect(stale.changed?.diff.map(each => each.field)).toContain('area')
})

test('the same create sent twice is one yard; another content under the same id is refused', async () => {
  const input = { id: newId<'yard'>(), name: '只建一次', company: app.company }
  const first = await keeper.entity(yard).create(input)
  expect(await keeper.entity(yard).create(input)).toEqual(first)
  expect(await problem(keeper.entity(yard).create({ ...input, name: '别的' }))).toMatchObject({
    status: 409,
    code: 'record.exists',
  })
})

test('a yard goes to the recycle bin and comes back', async () => {
  const made = await newYard()
  await keeper.entity(yard).remove(made.id, made.version)
  expect(await problem(keeper.entity(yard).get(made.id))).toMatchObject({ status: 404, code: 'record.not_found' })
  const bin = await keeper.entity(yard).list({ deleted: true, filter: { name: { eq: made.name } } })
  const binned = bin.items[0]
  expect(binned?.id).toBe(made.id)
  const back = await keeper.entity(yard).restore(made.id, binned?.version ?? 0)
  expect(back.name).toBe(made.name)
  expect((await keeper.entity(yard).history(made.id)).map(each => each.op).sort()).toEqual([
    'create',
    'delete',
    'restore',
  ])
})

test('a slip with lines adds up, and lines change one by one', async () => {
  const at = await newYard()
  const made = await keeper.entity(slip).create({
    code: `SH-${newId()}`,
    yard: at.id,
    company: app.company,
    on: '2026-11-21',
    lines: [
      { item: '螺纹钢', qty: '2.5', price_rate: '4000.00' },
      { item: '水泥', qty: '10', price_rate: '450.50' },
    ],
  })
  expect(made.total_amount).toBe('14505.00')
  const [first, second] = made.lines
  const changed = await keeper.entity(slip).patch(made.id, made.version, {
    lines: { upsert: [{ id: first?.id, qty: '1' }], remove: second ? [second.id] : [] },
  })
  expect(changed.total_amount).toBe('4000.00')
  const sums = await keeper
    .entity(slip)
    .aggregate({ measures: [{ fn: 'sum', field: 'total_amount' }, { fn: 'count' }], filter: { yard: { eq: at.id } } })
  expect(sums).toEqual([{ key: [], values: ['4000.00', 1] }])
})

test('a clerk sees no rents, and neither filters nor sorts by them', async () => {
  const made = await newYard({ rent_amount: '77.00' })
  const seen = await clerk.entity(yard).get(made.id)
  expect(seen).not.toHaveProperty('rent_amount')
  expect(seen._can).not.toContain('update')
  expect(await problem(clerk.entity(yard).list({ filter: { rent_amount: { eq: '77.00' } } }))).toMatchObject({
    status: 422,
  })
  expect(await problem(clerk.entity(yard).patch(made.id, 1, { area: '1' }))).toMatchObject({ status: 403 })
})

test('a stranger without a session is asked to sign in, in his language', async () => {
  expect(await problem(app.nobody.entity(yard).list())).toMatchObject({
    status: 401,
    code: 'auth.required',
    detail: '请先登录',
  })
  const english = await fetch(`${app.url}/api/v1/yard`, { headers: { 'accept-language': 'en-GB,en;q=0.9' } })
  expect(english.headers.get('content-type')).toBe('application/problem+json; charset=utf-8')
  expect(await english.json()).toMatchObject({ detail: 'Please sign in first', type: 'urn:yingzao:auth.required' })
})

const raw = (path: string, init: RequestInit & { headers?: Record<string, string> } = {}) =>
  fetch(`${app.url}/api/v1${path}`, {
    ...init,
    headers: { cookie: keeper.cookie, 'x-yingzao-client': 'web', ...init.headers },
  })
const post = (path: string, body: string, headers: Record<string, string> = {}) =>
  raw(path, { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } })
const codeOf = async (answer: Response) => {
  const body: unknown = await answer.json()
  return [answer.status, typeof body === 'object' && body !== null && 'code' in body ? body.code : null]
}

test('what is wrong with a request is said before anything happens', async () => {
  const { id } = await newYard()
  expect(await codeOf(await post('/yard', '{"name": '))).toEqual([400, 'http.bad_json'])
  expect(await codeOf(await post('/yard', '[1]'))).toEqual([422, 'http.invalid'])
  expect(await codeOf(await post('/yard', 'name=x', { 'content-type': 'text/plain' }))).toEqual([
    415,
    'http.media_type',
  ])
  expect(await codeOf(await post('/yard/query', '{"limit": 501}'))).toEqual([422, 'http.invalid'])
  expect(await codeOf(await post('/yard/query', '{"sorted": ["name"]}'))).toEqual([422, 'http.invalid'])
  expect(await codeOf(await post('/yard/query', '{"filter": {"name": {"like": "x"}}}'))).toEqual([422, 'http.invalid'])
  expect(await codeOf(await post('/yard/query', '{"after": "forged"}'))).toEqual([422, 'query.cursor'])
  expect(await codeOf(await post('/yard', `{"name": "a\\u0000b", "company": "${app.company}"}`))).toEqual([
    422,
    'http.nul',
  ])
  expect(await codeOf(await post('/yard', '{"__proto__": {"active": true}}'))).toEqual([400, 'http.bad_json'])
  expect(await codeOf(await post('/yard', `${'['.repeat(500_000)}`))).toEqual([422, 'http.json_deep'])
  expect(await codeOf(await post('/yard', `{"name": ${JSON.stringify('长'.repeat(600_000))}}`))).toEqual([
    413,
    'http.too_large',
  ])
  expect(await codeOf(await raw('/nothing'))).toEqual([404, 'http.unknown_entity'])
  expect(await codeOf(await raw('/slip_line'))).toEqual([404, 'http.unknown_entity'])
  expect(await codeOf(await raw(`/yard/${encodeURIComponent("1' or '1'='1")}`))).toEqual([404, 'record.not_found'])
  expect(
    await codeOf(
      await raw(`/yard/${id}`, { method: 'PATCH', body: '{}', headers: { 'content-type': 'application/json' } }),
    ),
  ).toEqual([428, 'http.if_match_required'])
  expect(await codeOf(await raw(`/yard/${id}`, { method: 'DELETE', headers: { 'if-match': 'W/"1"' } }))).toEqual([
    422,
    'http.if_match_invalid',
  ])
  expect(await codeOf(await post('/yard', '{"name": 5}'))).toEqual([422, 'record.invalid'])
})

test('wrong entries are told by field, in both languages, all at once', async () => {
  const raised = keeper.entity<string>('yard')
  const wrong = await problem(raised.create({ name: 5, area: '1.25', kind: 'glass', company: app.company, huge: 1 }))
  expect(wrong).toMatchObject({ status: 422, code: 'record.invalid' })
  expect(wrong.errors?.map(each => each.path).sort()).toEqual(['area', 'huge', 'kind', 'name'])
  for (const { message } of wrong.errors ?? []) expect(message).toMatch(/[一-龥]/)
})

test('a body of a million cells is refused by its size without being read in full', async () => {
  const cells = `{"steps": [${Array.from({ length: 1000 }, () => `[${'1,'.repeat(999)}1]`).join(',')}]}`
  expect(await codeOf(await post('/yard', cells))).toEqual([413, 'http.too_large'])
  expect(await codeOf(await post('/batch', cells))).toEqual([422, 'http.invalid'])
})

test('SQL in names stays text', async () => {
  const name = `Robert'); drop table yard; -- "x" \\`
  const made = await keeper.entity(yard).create({ name, company: app.company })
  expect((await keeper.entity(yard).list({ filter: { name: { eq: name } } })).items[0]?.id).toBe(made.id)
  expect((await keeper.entity(yard).list({ search: `'; drop table yard` })).items).toEqual([])
})

test('several writes happen together or not at all', async () => {
  const first = newId<'yard'>()
  const done = await keeper.batch([
    { op: 'create', entity: 'yard', input: { id: first, name: `批量 ${first}`, company: app.company } },
    { op: 'patch', entity: 'yard', id: first, version: 1, input: { area: '9' } },
  ])
  expect(done.results.map(each => each?.version)).toEqual([1, 2])
  const refused = await problem(
    keeper.batch([
      { op: 'create', entity: 'yard', input: { name: '不会留下', company: app.company } },
      { op: 'create', entity: 'yard', input: { name: '', company: app.company } },
    ]),
  )
  expect(refused.errors?.[0]?.path).toBe('1.name')
  expect((await keeper.entity(yard).list({ filter: { name: { eq: '不会留下' } } })).items).toEqual([])
})

test('long lists come in pages and every page is asked for once', async () => {
  const at = await newYard()
  for (let number = 1; number <= 7; number++)
    await keeper
      .entity(slip)
      .create({ code: `P-${at.id}-${number}`, yard: at.id, company: app.company, on: '2026-11-01' })
  const seen: string[] = []
  for await (const one of keeper.entity(slip).all({ filter: { yard: { eq: at.id } }, sort: ['code'], limit: 3 }))
    seen.push(one.code)
  expect(seen).toEqual([1, 2, 3, 4, 5, 6, 7].map(number => `P-${at.id}-${number}`))
})

test('a renamed company is called by its new name in the next list, wherever it is shown', async () => {
  const made = await newYard()
  const admin = await app.as('administrator')
  const titles = async () => (await keeper.entity(yard).list({ filter: { name: { eq: made.name } } })).refs.org_unit
  expect(await titles()).toEqual({ [app.company]: '测试集团' })
  const unit = await admin.entity<string>('org_unit').get(app.company)
  await admin.entity<string>('org_unit').patch(app.company, unit.version, { name: '改名集团' })
  expect(await titles()).toEqual({ [app.company]: '改名集团' })
  await admin.entity<string>('org_unit').patch(app.company, unit.version + 1, { name: '测试集团' })
  expect(await titles()).toEqual({ [app.company]: '测试集团' })
})

test('a question that takes too long is stopped, and its asker is told how to narrow it', async () => {
  const impatient = await testApp({ modules: [yardModule], registrations: yardServices, statementSeconds: 0.3 })
  try {
    const person = await impatient.as('yard_keeper')
    await impatient.host.db.transaction().execute(async tx => {
      // Whoever reads the table waits for this transaction.
      await sql`lock table ${sql.table('t_main.yard')} in access exclusive mode`.execute(tx)
      const refused = await problem(person.entity(yard).list({ where: 'area > 10' }))
      expect(refused).toMatchObject({ status: 422, code: 'query.timeout' })
      expect(refused.detail).toContain('筛选')
    })
    expect((await person.entity(yard).list({ where: 'area > 10' })).items).toEqual([])
  } finally {
    await impatient.close()
  }
})
