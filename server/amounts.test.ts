// No amount of money reaches a foreman, a safety officer or an engineer at any door: over every entity that has such a field, so
// that a new one cannot be forgotten. And G-12: what somebody sees by several scopes at once.
import { allow, asId, defineModule, entity, f, type Id } from '@yingzao/kernel/entity'
import type { Shape } from '@yingzao/kernel/registry/shape'
import { create } from '@yingzao/kernel/server'
import { project } from '@yingzao/modules/project/project.entity'
import { Failure, newId } from '@yingzao/platform/client'
import { systemContext } from '@yingzao/platform/http/context'
import { type Person, type TestApp, testApp } from '@yingzao/platform/testing/app'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'

const label = (en: string) => ({ zh: en, en })
/** G-12: contracts of my department and below and of my projects; of wages my own. */
const agreement = entity('t_agreement', {
  label: label('Agreement'),
  title: 'name',
  fields: {
    name: f.text(label('Name'), { required: true }),
    department: f.orgUnit(label('Department'), { type: 'department' }),
    project: f.ref('project', label('Project')),
  },
  place: { department: 'department', project: 'project' },
  access: [
    allow('department_head', 'read export', { scope: 'department_below' }),
    allow('engineer', 'read export', { scope: 'my_projects' }),
  ],
})
const salary = entity('t_salary', {
  label: label('Salary'),
  title: 'person',
  fields: {
    person: f.user(label('Person'), { required: true }),
    department: f.orgUnit(label('Department'), { type: 'department' }),
    amount: f.money(label('Amount'), { group: 'commercial' }),
  },
  place: { department: 'department', owner: ['person'] },
  access: [
    allow('department_head', 'read', { scope: 'own', fields: { commercial: 'read' } }),
    allow('boss', 'read', { fields: { commercial: 'read' } }),
  ],
})
declare module '@yingzao/kernel/entity' {
  interface Entities {
    t_agreement: typeof agreement
    t_salary: typeof salary
  }
}

let app: TestApp
let site: Id<'project'>
let other: Id<'user'>
beforeAll(async () => {
  const g12 = defineModule({
    ...{ name: 'g12', label: label('G-12'), needs: ['organisation', 'project'] },
    entities: [agreement, salary],
  })
  app = await testApp({ more: [g12] })
  site = (await (await app.as('pmo')).entity(project).create({ name: '工地', type: 'building', company: app.company }))
    .id
  other = (await app.as()).user
})
afterAll(() => app?.close())

const groups: ReadonlySet<string> = new Set(['commercial', 'balance', 'bank'])
const kinds: ReadonlySet<string> = new Set(['money', 'number', 'percent', 'integer', 'text', 'long_text'])
const secretsOf = (shape: Shape) =>
  [...shape.fields.values()].filter(each => each.column && groups.has(each.group) && kinds.has(each.def.kind))
/** Every entity with an amount on itself or its lines. */
const moneyed = () =>
  [...app.host.registry.shapes.values()].filter(
    shape => !shape.parent && [shape, ...shape.lines.map(each => each.of)].some(each => secretsOf(each).length > 0),
  )

let serial = 0
interface Planted {
  readonly shape: Shape
  readonly id: string
  /** By field of the entity and of its lines: digits or a word that stand nowhere else. */
  readonly words: ReadonlyMap<string, string>
}

/** A row of the entity at the site, whose every amount is a figure of its own; rules and hooks of its module are none of ours. */
async function plant(shape: Shape): Promise<Planted> {
  const id = newId()
  const words = new Map<string, string>()
  const row = async (of: Shape, own: Readonly<Record<string, unknown>>) => {
    const values: Record<string, unknown> = { ...(await fillers(of)), ...own }
    for (const { name, def } of secretsOf(of)) {
      const word = `7${String(++serial).padStart(5, '0')}`
      words.set(name, def.kind === 'percent' ? word.slice(1) : word)
      values[name] = def.kind === 'percent' ? `0.${word.slice(1)}` : def.kind === 'money' ? `${word}.37` : word
    }
    const columns = sql.join(Object.keys(values).map(name => sql.id(name)))
    const table = sql.id(app.host.tenant, of.name)
    await sql`insert into ${table} (${columns})
      select ${columns} from jsonb_populate_record(null::${table}, ${JSON.stringify(values)}::jsonb)`.execute(
      app.host.db,
    )
  }
  await row(shape, { id })
  for (const { of } of shape.lines)
    if (secretsOf(of).length > 0) await row(of, { id: newId(), parent: id, position: 1 })
  return { shape, id, words }
}

const rows = new Map<string, Promise<Planted>>()
const planting = (shape: Shape) => {
  const there = rows.get(shape.name) ?? plant(shape)
  rows.set(shape.name, there)
  return there
}
/** Something of the entity to refer to. */
async function rowOf(name: string): Promise<string> {
  if (name === 'project') return site
  if (name === 'user') return other
  if (name === 'org_unit') return app.company
  const shape = app.host.registry.shapes.get(name)
  if (!shape) throw new Error(name)
  return (await planting(shape)).id
}

/** What the table asks for: its place at the site, its owners somebody else, the rest something of the type. */
async function fillers(of: Shape): Promise<Record<string, unknown>> {
  const columns = await sql<{
    name: string
    type: string
    needed: boolean
  }>`select column_name as name, udt_name as type,
      is_nullable = 'NO' and column_default is null as needed from information_schema.columns
    where table_schema = ${app.host.tenant} and table_name = ${of.name} and is_generated = 'NEVER'`.execute(app.host.db)
  const place = of.def.place
  const values: Record<string, unknown> = {}
  for (const { name, type, needed } of columns.rows) {
    const def = of.fields.get(name)?.def
    if (name === place?.company) values[name] = app.company
    else if (name === place?.project) values[name] = site
    else if (name === 'state') values[name] = 'effective'
    else if (name === 'version') values[name] = 1
    else if (def?.kind === 'choice') values[name] = Object.keys(def.options)[0]
    else if (def?.kind === 'user') values[name] = other
    else if (type === 'uuid') {
      if (needed) values[name] = def?.kind === 'ref' ? await rowOf(def.to) : newId()
    } else if (needed) values[name] = filler(type)
  }
  return values
}
const filler = (type: string): unknown =>
  type === 'timestamptz'
    ? '2026-03-01T00:00:00Z'
    : type === 'date'
      ? '2026-03-01'
      : type === 'bool'
        ? false
        : type.startsWith('_')
          ? []
          : type === 'jsonb'
            ? {}
            : type === 'text'
              ? `t${++serial}`
              : 1

/** What the door answers, as text; a refusal is its text too. */
async function answer(ask: () => Promise<unknown>): Promise<string> {
  try {
    const found = await ask()
    return found instanceof Response ? await found.text() : JSON.stringify(found ?? null)
  } catch (error) {
    if (error instanceof Failure) return JSON.stringify(error.problem)
    throw error
  }
}

test('no amount of any entity reaches foreman, safety officer or engineer by record, list, order, filter, sum, export, print, search or history', async () => {
  const planted: Planted[] = []
  for (const shape of moneyed()) planted.push(await planting(shape))
  expect(planted.length).toBeGreaterThan(30)
  const people: Person[] = []
  for (const role of ['foreman', 'safety_officer', 'engineer'])
    people.push(await app.as(role, { at: { kind: 'project', id: site } }))
  const office = [await app.as('finance'), await app.as('boss'), await app.as('cost_engineer'), await app.as('pmo')]
  const leaks: string[] = []
  const unseen: string[] = []
  for (const { shape, id, words } of planted) {
    const { name } = shape
    // That the figures are there to be seen: somebody sees one of them.
    const seen: string[] = []
    for (const who of office) seen.push(await answer(() => who.entity<string>(name).get(id)))
    if (![...words.values()].some(word => seen.join().includes(word))) unseen.push(name)
    for (const who of people) {
      const of = who.entity<string>(name)
      const doors: Readonly<Record<string, () => Promise<unknown>>> = {
        record: () => of.get(id),
        list: () => of.list({ limit: 20 }),
        export: () => of.exportFile('csv'),
        history: () => of.history(id),
      }
      for (const [door, ask] of Object.entries(doors)) {
        const said = await answer(ask)
        for (const [field, word] of words) if (said.includes(word)) leaks.push(`${who.name} ${door} ${name}.${field}`)
      }
      // Whom the list is refused is refused all of it; the print too.
      if ((await answer(() => of.list({ limit: 1 }))).includes('"access.denied"')) {
        if (!/denied|not_found/.test(await answer(() => of.printRecord(id)))) leaks.push(`${who.name} print ${name}`)
        continue
      }
      for (const { name: field, def } of secretsOf(shape)) {
        const allowed = async (door: string, ask: () => Promise<unknown>) => {
          const said = await answer(ask)
          // A sum, an order or a filter by what one may not see is refused, or sees no row of it.
          if (said.includes(id) || said.includes(words.get(field) ?? '-'))
            leaks.push(`${who.name} ${door} ${name}.${field}`)
        }
        await allowed('sum', () => of.aggregate({ measures: [{ fn: def.kind === 'text' ? 'max' : 'sum', field }] }))
        await allowed('filter', () => of.list({ filter: { [field]: { empty: false } }, limit: 1 }))
        await allowed('sort', () => of.list({ sort: [field], limit: 1 }))
      }
    }
  }
  for (const who of people) {
    for (const { words } of planted) {
      const [word = ''] = words.values()
      const hits = await answer(() => who.search(word))
      if (planted.some(each => hits.includes(each.id))) leaks.push(`${who.name} search ${word}`)
    }
    // Numbers over ledgers that a field of money shows have no value for him; cards and pages refuse, or hold none of it.
    const numbers = [...app.host.registry.numbers.values()].filter(({ metric: { seen } }) => {
      const [of = '', field = ''] = seen.split('.')
      return groups.has(app.host.registry.shapes.get(of)?.fields.get(field)?.group ?? '')
    })
    expect(numbers.length).toBeGreaterThan(20)
    for (const { metric } of numbers) {
      const { total, rows } = await who.metrics.read([metric.name])
      if (total[metric.name] !== null || rows.length > 0) leaks.push(`${who.name} metric ${metric.name}`)
    }
    const said = [await answer(() => who.inbox.read({}))]
    for (const { actions } of app.host.registry.modules.values())
      for (const { name, reads } of actions) if (reads) said.push(await answer(() => who.perform(name)))
    for (const { shape, words } of planted)
      for (const [field, word] of words)
        if (said.some(text => text.includes(word))) leaks.push(`${who.name} page ${shape.name}.${field}`)
  }
  expect(leaks).toEqual([])
  expect(unseen).toEqual([])
})

test('G-12: department 1 and below and project P of department 2 by contracts, of wages the own only', async () => {
  const system = systemContext(app.host, 'test')
  const unit = async (name: string, parent: string) =>
    asId('org_unit', (await create(system, 'org_unit', { name, type: 'department', parent })).id)
  const one = await unit('一部', app.company)
  const below = await unit('一部一组', one)
  const two = await unit('二部', app.company)
  const pmo = await app.as('pmo')
  const [p, q] = [
    await pmo.entity(project).create({ name: 'P', type: 'building', company: app.company, department: two }),
    await pmo.entity(project).create({ name: 'Q', type: 'building', company: app.company, department: two }),
  ]
  const a = await app.as('department_head', { at: { kind: 'department', id: one }, department: one })
  // 参与项目: a member of P, not of Q.
  await create(system, 'project_member', { project: p.id, user: a.user, role: await roleOf('engineer') })
  for (const [name, values] of [
    ['of 1', { department: one }],
    ['of 1.1', { department: below }],
    ['of 2', { department: two }],
    ['of P', { department: two, project: p.id }],
    ['of Q', { department: two, project: q.id }],
  ] as const)
    await create(system, agreement.name, { name, ...values })
  for (const [person, amount] of [
    [a.user, '10000'],
    [other, '20000'],
  ] as const)
    await create(system, salary.name, { person, department: one, amount })
  const again = await app.again(a)
  const contracts = (await again.entity(agreement).list()).items.map(each => each.name)
  expect(contracts.sort()).toEqual(['of 1', 'of 1.1', 'of P'])
  expect((await again.entity(salary).list()).items.map(each => [each.person, each.amount])).toEqual([
    [a.user, '10000.00'],
  ])
  expect(
    (
      await again
        .entity(agreement)
        .exportFile('csv')
        .then(file => file.text())
    ).includes('of Q'),
  ).toBe(false)
})

async function roleOf(code: string): Promise<string> {
  const { rows } = await sql<{
    id: string
  }>`select id::text from ${sql.id(app.host.tenant, 'role')} where code = ${code}`.execute(app.host.db)
  return rows[0]?.id ?? ''
}
