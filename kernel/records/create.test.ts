// Creating records, through the door everybody uses.
import type { Id } from '@yingzao/kernel/entity'
import { sql } from 'kysely'
import { v7 as newId } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { batch, create, createAll, get, history, list, patch, remove, writeProjected } from '../records.ts'
import { contract, member, project, supplier } from '../testing/enterprise.ts'
import { testWorld, type World } from '../testing/world.ts'

let world: World
beforeAll(async () => {
  world = await testWorld()
})
afterAll(() => world.drop())
const contractId = () => newId() as Id<'t_contract'>
const supplierId = () => newId() as Id<'t_supplier'>
const errorsOf = (work: Promise<unknown>) =>
  work.then(
    () => 'accepted',
    error => Object.fromEntries(error.errors.map((each: { path: string; code: string }) => [each.path, each.code])),
  )

test('W1 W7 W12 a record has its defaults, computed values, number and lines', async () => {
  const { ctx } = await world.person('lead@tower')
  const made = await create(ctx, contract, {
    name: 'Piles',
    project: world.projects.tower,
    lines: [
      { what: 'pile', qty: '3', price: '33.335' },
      { what: 'cap', qty: '1', price: '0.005' },
    ],
  })
  expect(made.total).toBe('100.02')
  expect(made.lines.map(line => [line.position, line.amount])).toEqual([
    [1, '100.01'],
    [2, '0.01'],
  ])
  expect(made.code).toMatch(/^HT-\d{4}-\d{3}$/)
  expect(made).toMatchObject({ due_on: ctx.today, type: 'works', tags: [], watchers: [], signed_on: null, version: 1 })
  expect(await get(ctx, contract, made.id)).toEqual(made)
})

test('W2 all mistakes are told at once, each with its path', async () => {
  const { ctx } = await world.person('director@group')
  const input = {
    name: 'x'.repeat(101),
    project: 'not an id',
    type: 'nonsense',
    signed_on: '2026-02-30',
    discount: '0.1234567',
    total: '1.00',
    nmae: 'typo',
    counted: 1,
    tags: ['urgent', 'wrong'],
    lines: [
      { what: 'a', qty: 1 },
      { qty: '1e5', surprise: true },
    ],
  }
  expect(await errorsOf(create(ctx, 't_contract', input))).toEqual({
    name: 'field.too_long',
    project: 'field.type',
    type: 'field.option',
    signed_on: 'field.type',
    discount: 'field.scale',
    total: 'field.read_only',
    nmae: 'field.unknown',
    counted: 'field.read_only',
    tags: 'field.option',
    'lines.0.qty': 'field.type',
    'lines.1.qty': 'field.type',
    'lines.1.surprise': 'field.unknown',
  })
  expect(await errorsOf(create(ctx, 't_contract', { project: world.projects.tower, lines: [{}] }))).toEqual({
    name: 'field.required',
    'lines.0.what': 'field.required',
    'lines.0.qty': 'field.required',
  })
})

test('W2 text that PostgreSQL cannot hold is refused, not a crash', async () => {
  const { ctx } = await world.person('director@group')
  for (const name of ['a\0b', 'half \ud800 pair'])
    expect(await errorsOf(create(ctx, supplier, { name }))).toEqual({ name: 'field.type' })
  for (const amount of ['999999999999999999', '1.005', '01', '1e3', 'NaN', '', 5])
    expect(
      await errorsOf(create(ctx, 't_project', { name: 'P', company: world.units.north, budget: amount })),
      String(amount),
    ).toEqual(amount === '' ? 'accepted' : expect.objectContaining({ budget: expect.stringMatching(/^field\./) }))
})

test('W3 the same create sent twice is one record; another input with its id is refused', async () => {
  const { ctx } = await world.person('director@group')
  const input = {
    id: contractId(),
    name: 'Twice',
    project: world.projects.bridge,
    lines: [{ what: 'x', qty: '1' as const }],
  }
  const first = await create(ctx, contract, input)
  expect(await create(ctx, contract, input)).toEqual(first)
  expect(await history(ctx, contract, first.id)).toHaveLength(1)
  await expect(create(ctx, contract, { ...input, name: 'Other' })).rejects.toMatchObject({ code: 'record.exists' })
  const stranger = await world.person('director@group')
  await expect(create(stranger.ctx, contract, input)).rejects.toMatchObject({ code: 'record.exists' })
})

test('W3 ten retries at once make one record', async () => {
  const { ctx } = await world.person('director@group')
  const input = { id: contractId(), name: 'At once', project: world.projects.bridge }
  const results = await Promise.allSettled(Array.from({ length: 10 }, () => create(ctx, contract, input)))
  const made = results.flatMap(each => (each.status === 'fulfilled' ? [each.value.code] : []))
  expect(new Set(made).size).toBe(1)
  for (const each of results)
    if (each.status === 'rejected') expect(each.reason).toMatchObject({ code: 'record.exists' })
  expect((await list(ctx, contract, { filter: { name: { eq: 'At once' } } })).items).toHaveLength(1)
})

test('W2 W3 W10 W11 a record that is stored by one statement is held to the same rules', async () => {
  const { ctx } = await world.person('director@group')
  const clerk = await world.person('clerk@group')
  const parent = await create(ctx, supplier, { name: 'Parent' })
  const gone = await create(ctx, supplier, { name: 'Was there' })
  await remove(ctx, supplier, gone.id, 1)
  const input = { id: supplierId(), name: 'One statement', parent: parent.id, used_by: world.units.north }
  const results = await Promise.all(Array.from({ length: 10 }, () => create(ctx, supplier, input)))
  for (const each of results) expect(each).toEqual(results[0])
  expect(await create(ctx, supplier, input)).toEqual(results[0])
  expect(await history(ctx, supplier, input.id)).toHaveLength(1)
  await expect(create(ctx, supplier, { ...input, name: 'Other' })).rejects.toMatchObject({ code: 'record.exists' })
  await expect(create(clerk.ctx, supplier, input)).rejects.toMatchObject({ code: 'record.exists' })

  for (const bad of [supplierId(), gone.id])
    expect(await errorsOf(create(ctx, supplier, { name: 'Bad parent', parent: bad }))).toEqual({
      parent: 'field.reference',
    })
  expect(await errorsOf(create(ctx, supplier, { name: 'Bad unit', used_by: world.units.build }))).toEqual({
    used_by: 'field.reference',
  })
  const wrong = { name: '', parent: gone.id, used_by: world.units.build }
  expect(await errorsOf(create(ctx, supplier, wrong))).toEqual({
    name: 'field.required',
    parent: 'field.reference',
    used_by: 'field.reference',
  })
  const own = supplierId()
  expect(await errorsOf(create(ctx, supplier, { id: own, name: 'Own parent', parent: own }))).toEqual({
    parent: 'field.circle',
  })
  expect(await errorsOf(create(ctx, supplier, { name: 'One statement' }))).toEqual({ name: 'field.unique' })
  await expect(create(clerk.ctx, supplier, { name: 'Taxed', tax_id: '1' })).rejects.toMatchObject({
    code: 'access.field',
  })
  const { items } = await list(ctx, supplier, {
    filter: { name: { in: ['Bad parent', 'Bad unit', 'Own parent', 'Taxed'] } },
  })
  expect(items).toEqual([])
})

test('W8 a rule passes only on true and its refusal holds no value', async () => {
  const { ctx } = await world.person('director@group')
  const refused = await create(ctx, contract, {
    name: 'Late',
    project: world.projects.tower,
    signed_on: '2026-05-02',
    due_on: '2026-05-01',
  }).catch(e => e)
  expect(refused.errors).toEqual([{ path: 'signed_on', code: 't_contract.order' }])
  expect(
    await errorsOf(
      create(ctx, contract, { name: 'Zero', project: world.projects.tower, lines: [{ what: 'x', qty: '0' }] }),
    ),
  ).toEqual({
    'lines.0.qty': 't_contract_line.some',
  })
})

test('W9 a field that does not apply holds nothing', async () => {
  const { ctx } = await world.person('director@group')
  const made = await create(ctx, contract, {
    name: 'C',
    project: world.projects.tower,
    type: 'works',
    crane: 'tower crane',
  })
  expect(made.crane).toBe('tower crane')
  const goods = await patch(ctx, contract, made.id, 1, { type: 'goods' })
  expect(goods.crane).toBeNull()
})

test('W10 a reference to a missing, deleted or invisible record is refused alike', async () => {
  const director = await world.person('director@group')
  const lead = await world.person('lead@tower')
  const gone = await create(director.ctx, supplier, { name: 'Gone' })
  await remove(director.ctx, supplier, gone.id, 1)
  const base = { name: 'R', project: world.projects.tower }
  for (const bad of [newId(), gone.id])
    expect(await errorsOf(create(director.ctx, contract, { ...base, supplier: bad as never }))).toEqual({
      supplier: 'field.reference',
    })
  // The lead does not see the tunnel: to him it is as if it were not there.
  expect(await errorsOf(create(lead.ctx, contract, { ...base, project: world.projects.tunnel }))).toEqual({
    project: 'field.reference',
  })
  expect(await errorsOf(create(lead.ctx, contract, { ...base, project: newId() as never }))).toEqual({
    project: 'field.reference',
  })
  expect(await errorsOf(create(director.ctx, 't_project', { name: 'X', company: world.units.build }))).toEqual({
    company: 'field.reference',
  })
})

test('W10 a reference points only at what its field allows', async () => {
  const { ctx } = await world.person('director@group')
  const bad = await create(ctx, supplier, { name: 'Blacklisted' })
  const input = { name: 'B', project: world.projects.tower, supplier: bad.id }
  expect(await errorsOf(create(ctx, contract, input))).toEqual({ supplier: 'field.reference' })
  await patch(ctx, supplier, bad.id, 1, { name: 'Forgiven' })
  const made = await create(ctx, contract, input)
  // What was allowed when it was chosen may stay.
  await patch(ctx, supplier, bad.id, 2, { name: 'Blacklisted' })
  expect(await patch(ctx, contract, made.id, 1, { note: 'still' })).toMatchObject({ note: 'still', supplier: bad.id })
})

test('W11 unique among the living only', async () => {
  const { ctx } = await world.person('director@group')
  const first = await create(ctx, supplier, { name: 'Only one' })
  expect(await errorsOf(create(ctx, supplier, { name: 'Only one' }))).toEqual({ name: 'field.unique' })
  await remove(ctx, supplier, first.id, 1)
  await create(ctx, supplier, { name: 'Only one' })
  const { id } = await world.person()
  const membership = { project: world.projects.tower, user: id, role: 'lead' }
  await create(ctx, member, membership)
  expect(await errorsOf(create(ctx, member, membership))).toEqual({
    project: 'field.unique',
    user: 'field.unique',
    role: 'field.unique',
  })
})

test('W12 numbers have no gaps under concurrent writers and after a refusal', async () => {
  const { ctx } = await world.person('director@group')
  // North counts for itself, under its code; a company without one shares the group's sequence.
  await patch(world.system, 'org_unit', world.units.north, undefined, { code: 'N' })
  const made = await Promise.allSettled(
    Array.from({ length: 40 }, (_, index) =>
      create(ctx, project, {
        name: `N${index}`,
        company: index % 2 ? world.units.north : world.units.south,
        ...(index % 5 === 0 ? { manager: newId() as never } : {}),
      }),
    ),
  )
  expect(made.filter(each => each.status === 'rejected')).toHaveLength(8)
  const { rows } = await sql<{
    company: string
    code: string
  }>`select company, code from t_main.t_project order by company, code`.execute(world.system.db)
  const coded = rows.filter(row => row.code.startsWith('N-XM-'))
  expect(coded.every(row => row.company === world.units.north)).toBe(true)
  for (const sequence of [coded, rows.filter(row => row.code.startsWith('XM-'))]) {
    const numbers = sequence.map(row => Number(row.code.slice(-4))).sort((a, b) => a - b)
    expect(numbers.length).toBeGreaterThan(0)
    expect(numbers).toEqual(numbers.map((_, index) => index + 1))
  }
  expect(new Set(rows.map(row => row.code)).size).toBe(rows.length)
})

test('W14 a batch happens together or not at all', async () => {
  const { ctx } = await world.person('director@group')
  const [one] = await batch(ctx, [{ op: 'create', entity: 't_supplier', input: { name: 'Batch one' } }])
  const refused = await batch(ctx, [
    { op: 'create', entity: 't_supplier', input: { name: 'Batch two' } },
    { op: 'patch', entity: 't_supplier', id: one?.id ?? '', version: 1, input: { name: 'Batch 1' } },
    { op: 'create', entity: 't_supplier', input: { name: 'Batch 1', wrong: true } },
  ]).catch(e => e)
  expect(refused).toMatchObject({
    code: 'record.invalid',
    errors: [{ path: '2.wrong', code: 'field.unknown' }],
    values: { operation: 2 },
  })
  const { items } = await list(ctx, supplier, { search: 'Batch' })
  expect(items.map(each => each.name)).toEqual(['Batch one'])
})

test('W19 every write leaves one change row with its difference, a rolled back one none', async () => {
  const { ctx, id } = await world.person('director@group')
  const made = await create(ctx, contract, {
    name: 'Logged',
    project: world.projects.tower,
    lines: [{ what: 'x', qty: '2', price: '5' }],
  })
  const line = made.lines[0]
  await patch(ctx, contract, made.id, 1, { name: 'Logged 2', lines: { upsert: [{ id: line?.id, qty: '3' }] } })
  await patch(ctx, contract, made.id, 2, { name: null as never }).catch(() => {})
  const entries = await history(ctx, contract, made.id)
  expect(entries.map(each => [each.op, each.version, each.by?.id, each.from])).toEqual([
    ['update', 2, id, 'test'],
    ['create', 1, id, 'test'],
  ])
  expect(entries[0]?.diff).toEqual([
    { field: 'name', kind: 'text', before: 'Logged', after: 'Logged 2' },
    {
      field: 'lines',
      kind: 'lines',
      before: [expect.objectContaining({ qty: '2.0000', amount: '10.00' })],
      after: [expect.objectContaining({ qty: '3.0000', amount: '15.00' })],
    },
    { field: 'total', kind: 'money', before: '10.00', after: '15.00' },
  ])
})

test('W20 projected fields are written in bulk, without version and history, and by nobody else', async () => {
  const { ctx } = await world.person('director@group')
  const made = await createAll(
    ctx,
    contract,
    Array.from({ length: 30 }, (_, index) => ({ name: `Bulk ${index}`, project: world.projects.tower })),
  )
  await writeProjected(
    world.system,
    contract,
    made.map(({ id }) => ({ id, forecast_on: '2027-01-31' })),
  )
  const after = await get(ctx, contract, made[7]?.id ?? '')
  expect(after).toMatchObject({ forecast_on: '2027-01-31', version: 1 })
  expect(await history(ctx, contract, after.id)).toHaveLength(1)
  expect(await errorsOf(patch(ctx, 't_contract', after.id, 1, { forecast_on: '2027-02-01' }))).toEqual({
    forecast_on: 'field.read_only',
  })
  await expect(writeProjected(world.system, contract, [{ id: after.id, name: 'x' }])).rejects.toThrow(
    'not a projected field',
  )
})

test('W21 a tree has no circles and the organisation one root', async () => {
  const { ctx } = await world.person('director@group')
  const a = await create(ctx, supplier, { name: 'A' })
  const b = await create(ctx, supplier, { name: 'B', parent: a.id })
  const c = await create(ctx, supplier, { name: 'C', parent: b.id })
  for (const parent of [a.id, c.id])
    expect(await errorsOf(patch(ctx, supplier, a.id, 1, { parent }))).toEqual({ parent: 'field.circle' })
  const [x, y] = [newId(), newId()]
  expect(
    await errorsOf(
      createAll(ctx, 't_supplier', [
        { id: x, name: 'X', parent: y },
        { id: y, name: 'Y', parent: x },
      ]),
    ),
  ).toEqual({ '0.parent': 'field.circle', '1.parent': 'field.circle' })
  await createAll(ctx, 't_supplier', [
    { id: x, name: 'X' },
    { id: y, name: 'Y', parent: x },
  ])
  const crossed = await Promise.allSettled([
    patch(ctx, 't_supplier', x, 1, { parent: c.id }),
    patch(ctx, 't_supplier', a.id, 1, { parent: y }),
  ])
  expect(crossed.filter(each => each.status === 'fulfilled')).toHaveLength(1)
  expect(await errorsOf(create(world.system, 'org_unit', { name: 'Second root', type: 'company' }))).toEqual({
    parent: 'field.required',
  })
})

test('W1 W19 many records at once are stored, with their lines and history, as each alone would be', async () => {
  const { ctx } = await world.person('director@group')
  const odd = ['plain', 'a "quoted", {braced} \\ name', 'NULL', '换行\n与制表\t', "it's"]
  const inputs = Array.from({ length: 30 }, (_, at) => ({
    ...{ name: `${odd[at % odd.length]} ${at}`, project: world.projects.tower, discount: at % 2 ? '0.125' : null },
    ...{ tags: at % 3 === 0 ? ['urgent' as const] : [], signed_on: at % 4 === 0 ? '2026-02-28' : null },
    lines: [{ what: odd[at % odd.length] ?? '', qty: '3', price: '33.335' }],
  }))
  const together = await createAll(ctx, 't_contract', inputs)
  const plain = await createAll(
    ctx,
    supplier,
    inputs.map(({ name }) => ({ name })),
  )
  expect(plain.map(({ name }) => name)).toEqual(inputs.map(({ name }) => name))
  for (const at of [1, 4, 12]) {
    const alone = await create(ctx, 't_contract', inputs[at] ?? {})
    const one = together[at]
    const without = ({ id: _, code: _code, lines, ...rest }: typeof alone) => ({
      ...{ ...rest, created_at: '', updated_at: '' },
      lines: Array.isArray(lines) ? lines.map(line => ({ ...Object(line), id: '' })) : null,
    })
    expect(one && without(one)).toEqual(without(alone))
    const told = async (id: string) =>
      (await history(ctx, 't_contract', id)).map(({ op, diff }) => [
        op,
        diff.map(({ field }) => field).filter(field => field !== 'code'),
      ])
    expect(await told(one?.id ?? '')).toEqual(await told(alone.id))
  }
})

test('createAll tells which input is wrong and makes none', async () => {
  const { ctx } = await world.person('director@group')
  const inputs = [{ name: 'All 1' }, { name: 'All 2', wrong: 1 }, {}]
  expect(await errorsOf(createAll(ctx, 't_supplier', inputs))).toEqual({ '1.wrong': 'field.unknown' })
  expect(await errorsOf(createAll(ctx, 't_supplier', [{ name: 'All 1' }, {}]))).toEqual({ '1.name': 'field.required' })
  expect((await list(ctx, supplier, { search: 'All' })).items).toEqual([])
})
