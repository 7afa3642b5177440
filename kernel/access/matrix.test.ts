// The leak matrix: reader × record × field × exit against the oracle. Every value of every record is a word of its own, so that a
// leak shows wherever it comes out: in a list, a count, a title, a history, an order, or the text of a refusal.

import type { FieldRight, Grant } from '@yingzao/kernel/entity'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { Ctx } from '../context.ts'
import {
  aggregate,
  create,
  exportRows,
  get,
  history,
  list,
  listJson,
  patch,
  search,
  titlesOf,
  visible,
} from '../records.ts'
import { Refusal } from '../refuse.ts'
import { asSystem } from '../system.ts'
import { contract, contractLine, project, supplier } from '../testing/enterprise.ts'
import { fieldRight, type HeldAt, may, type OracleRow, type Organisation, type Reader } from '../testing/oracle.ts'
import { testWorld, type World } from '../testing/world.ts'

/** Deterministic: the same world every run. */
function random(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return state / 2_147_483_648
  }
}

interface Person extends Reader {
  readonly name: string
  readonly ctx: Ctx
}
interface Row extends OracleRow {
  readonly id: string
  readonly index: number
  readonly supplier: string
  /** Field → the word or number that stands in this row only. */
  readonly words: Readonly<Record<string, string>>
}

const combinations: readonly string[][] = [
  [],
  ['director@group'],
  ['director@north'],
  ['clerk@group'],
  ['clerk@south'],
  ['clerk@tower'],
  ['lead@tower'],
  ['lead@tunnel'],
  ['head@build'],
  ['head@design'],
  ['head@sales'],
  ['writer@group'],
  ['writer@bridge'],
  ['lead@tower', 'clerk@group'],
  ['lead@bridge', 'head@sales'],
  ['clerk@tower', 'lead@tower'],
  ['writer@south', 'clerk@bridge'],
  ['head@design', 'lead@tunnel', 'writer@north'],
  ['director@south', 'clerk@north'],
  ['lead@tower', 'clerk@bridge', 'clerk@tunnel'],
  ['auditor@design'],
  ['auditor@sales', 'head@build'],
  ['staff@north:design'],
  ['staff@group:build', 'staff@group:sales', 'clerk@bridge'],
  ['planner@group', 'clerk@bridge'],
  ['planner@north', 'lead@tunnel'],
  ['named@group'],
  ['named@north', 'clerk@tower'],
]
const groups: Readonly<Record<string, string>> = {
  name: 'basic',
  note: 'basic',
  contact: 'contact',
  bank_card: 'bank',
  discount: 'commercial',
  total: 'commercial',
  x_rating: 'x_rating',
}
const fields = Object.keys(groups)

vi.setConfig({ testTimeout: 120_000 })
let world: World
let organisation: Organisation
let access: readonly Grant[]
const people: Person[] = []
const rows: Row[] = []

beforeAll(async () => {
  world = await testWorld()
  const { units, projects, system } = world
  organisation = {
    parents: new Map([
      [units.group, null],
      [units.north, units.group],
      [units.south, units.group],
      [units.build, units.north],
      [units.design, units.build],
      [units.sales, units.south],
    ]),
  }
  const places = {
    [projects.tower]: { company: units.north, department: units.build, project: projects.tower },
    [projects.bridge]: { company: units.north, department: units.design, project: projects.bridge },
    [projects.tunnel]: { company: units.south, department: units.sales, project: projects.tunnel },
  }
  // Named places are data: an administrator's grants, beside those that are shipped.
  const { rows: roles } = await sql<{ id: string }>`select id from t_main.role where code = 'named'`.execute(system.db)
  const given: Grant[] = [
    {
      role: 'named',
      functions: ['read', 'export'],
      scope: { departments: [units.design] },
      fields: { commercial: 'read' },
    },
    { role: 'named', functions: ['read'], scope: { projects: [projects.tunnel] }, fields: { contact: 'masked' } },
  ]
  for (const { role: _role, functions, scope, fields: rights } of given)
    await create(system, 'grant', { role: roles[0]?.id, entity: 't_contract', functions, scope, fields: rights })
  access = [...contract.def.access, ...given]
  for (const held of combinations) {
    const { id, ctx } = await world.person(...held)
    people.push({
      id,
      ctx,
      name: held.join(' + ') || 'nobody',
      departments: held.flatMap(each =>
        /^(head|staff)@/.test(each) ? [units[(each.split(':')[1] ?? each.slice(5)) as keyof typeof units]] : [],
      ),
      projects: held.flatMap(each => {
        const at = each.split('@')[1] ?? ''
        return at in projects ? [projects[at as keyof typeof projects]] : []
      }),
      held: held.map((each): HeldAt => {
        const [role = '', at = ''] = each.split(':')[0]?.split('@') ?? []
        if (at in projects) return { role, kind: 'project', at: projects[at as keyof typeof projects] }
        return {
          role,
          kind: role === 'head' || role === 'auditor' ? 'department' : 'company',
          at: units[at as keyof typeof units],
        }
      }),
    })
  }
  const next = random(20_261_121)
  for (let index = 0; index < 24; index++) {
    const project = Object.values(projects)[Math.floor(next() * 3)] ?? projects.tower
    const author = people[Math.floor(next() * people.length)]
    const made_ = await create(system, supplier, { name: `supplierword${index}`, tax_id: `taxword${index}` })
    const words = {
      name: `nameword${index}x`,
      note: `noteword${index}x`,
      contact: `phone${1000 + index}${7000 + index}`,
      bank_card: `62220000${9000 + index}`,
      discount: `0.${510_000 + index}`,
      total: `${70_000 + index * 7}.13`,
      x_rating: String(880_000 + index),
    }
    const made = await create(asSystem(author?.ctx ?? system), contract, {
      ...words,
      x_rating: Number(words.x_rating),
      discount: words.discount as `${number}`,
      total: undefined,
      project,
      supplier: made_.id,
      lines: [{ what: `whatword${index}x`, qty: '1', price: words.total as `${number}` }],
    } as never)
    await patch(system, contract, made.id, 1, { note: `${words.note} again` })
    rows.push({
      id: made.id,
      index,
      supplier: made_.id,
      place: places[project] ?? null,
      owners: [author?.id ?? null],
      words: { ...words, note: `${words.note} again` },
    })
  }
}, 120_000)
afterAll(() => world.drop())

const readable = (person: Person, fn = 'read') =>
  rows.filter(row => may(organisation, person, access, 'read', row) && may(organisation, person, access, fn, row))
const right = (person: Person, row: Row, field: string): FieldRight =>
  fieldRight(organisation, person, access, groups[field] ?? 'basic', field, row)
const reads = (person: Person, row: Row, field: string) => ['read', 'edit'].includes(right(person, row, field))
const masks = (person: Person, row: Row, field: string) => right(person, row, field) === 'masked'
const ids = (list: readonly { readonly id: string }[]) => list.map(each => each.id).sort()

/** Every word that this reader must never meet. */
function forbiddenWords(person: Person): string[] {
  const seen = new Set(readable(person).map(row => row.id))
  return rows.flatMap(row =>
    fields
      .filter(field => !seen.has(row.id) || !reads(person, row, field))
      .map(field => (row.words[field] ?? '').split(' ')[0] ?? ''),
  )
}
const leaks = (person: Person, answer: unknown): string[] => {
  const text = String(
    JSON.stringify(
      answer instanceof Refusal
        ? [answer.message, answer.values, answer.errors, answer.current, answer.changed]
        : answer,
    ),
  )
  return forbiddenWords(person).filter(word => text.includes(word))
}
/** Answers, and proves that neither the answer nor the refusal holds a word it must not. */
async function ask<T>(person: Person, work: () => Promise<T>): Promise<T | Refusal> {
  const answer = await work().catch(error => {
    if (error instanceof Refusal) return error
    throw error
  })
  expect(leaks(person, answer), `${person.name} sees what he must not`).toEqual([])
  return answer
}

const at =
  ({ def }: { readonly def: { readonly fields: object } }) =>
  (field: string) =>
    field in def.fields
const each = (check: (person: Person) => Promise<void>) => async () => {
  for (const person of people) await check(person)
}
function expectRecord(person: Person, row: Row, shown: object): void {
  const record: Readonly<Record<string, unknown>> = { ...shown }
  for (const field of fields) {
    const where = `${person.name}, ${field} of row ${row.index}`
    if (reads(person, row, field)) expect(String(record[field]), where).toBe(row.words[field])
    else if (masks(person, row, field)) expect(record[field], where).toMatch(/\*\*\*/)
    else expect(record, where).not.toHaveProperty(field)
  }
}

describe('A1 A3 A4 A5 A6 A7 A8 every exit shows what the oracle allows, and nothing else', () => {
  test('the world is worth testing: readers see all, some and none, and fields partly', () => {
    const counts = people.map(person => readable(person).length)
    expect(counts).toContain(0)
    expect(counts).toContain(rows.length)
    expect(counts.filter(count => count > 0 && count < rows.length).length).toBeGreaterThan(8)
    const partly = people.filter(person => {
      const seen = readable(person)
      const with_ = seen.filter(row => reads(person, row, 'total')).length
      return with_ > 0 && with_ < seen.length
    })
    expect(partly.length).toBeGreaterThan(2)
  })

  test(
    'a list written as JSON is the list',
    each(async person => {
      for (const entity of [contract, supplier, project])
        for (const query of [
          { limit: 500, count: true, sort: ['name'] },
          { limit: 3, fields: ['name', 'total', 'bank_card', 'watchers', 'project', 'lines'].filter(at(entity)) },
          { limit: 4, filter: { name: { ne: 'x' } }, fields: [] },
          { deleted: true },
        ]) {
          const page = await ask(person, () => list(person.ctx, entity.name, query))
          const text = await ask(person, async () => (await listJson(person.ctx, entity.name, query)).toString())
          if (page instanceof Refusal || text instanceof Refusal) {
            expect([page, text].map(each => (each instanceof Refusal ? each.code : 'answered'))).toEqual([
              'access.denied',
              'access.denied',
            ])
            continue
          }
          expect(JSON.parse(text), `${person.name}: ${entity.name}`).toEqual(JSON.parse(JSON.stringify(page)))
        }
    }),
  )

  test(
    'list',
    each(async person => {
      const page = await ask(person, () =>
        list(person.ctx, contract, { limit: 500, count: true, fields: [...fields, 'lines', 'supplier', 'project'] }),
      )
      if (page instanceof Refusal)
        return expect([
          person.held.length === 0 || access.every(grant => !person.held.some(held => held.role === grant.role)),
          page.code,
        ]).toEqual([true, 'access.denied'])
      expect(ids(page.items), person.name).toEqual(ids(readable(person)))
      expect(page.count).toEqual({ value: readable(person).length, more: false })
      for (const record of page.items) {
        const row = rows.find(each => each.id === record.id)
        if (row) expectRecord(person, row, record)
        for (const line of record.lines)
          if (row) expect('price' in line, `${person.name}: price of a line`).toBe(reads(person, row, 'total'))
      }
    }),
  )

  test(
    'get',
    each(async person => {
      for (const row of rows.slice(0, 14)) {
        const record = await ask(person, () => get(person.ctx, contract, row.id))
        const seen = may(organisation, person, access, 'read', row)
        if (!(record instanceof Refusal)) expectRecord(person, row, record)
        if (seen) expect(record).toMatchObject({ id: row.id })
        else expect(record).toMatchObject({ code: 'record.not_found' })
      }
    }),
  )

  test(
    'live news and everything that hangs on a record',
    each(async person => {
      const seen = await visible(person.ctx, contract, [...rows.map(row => row.id), person.id, 'no id'])
      expect([...seen].sort(), person.name).toEqual(ids(readable(person)))
    }),
  )

  test(
    'history',
    each(async person => {
      for (const row of rows.slice(0, 12)) {
        const entries = await ask(person, () => history(person.ctx, contract, row.id))
        if (entries instanceof Refusal) {
          expect([may(organisation, person, access, 'read', row), entries.code]).toEqual([false, 'record.not_found'])
          continue
        }
        const made = entries.find(entry => entry.op === 'create')
        for (const field of fields) {
          const shown = made?.diff.some(change => change.field === field)
          expect(shown, `${person.name}: ${field} in the history of row ${row.index}`).toBe(
            reads(person, row, field) || masks(person, row, field),
          )
        }
      }
    }),
  )

  test(
    'export',
    each(async person => {
      const found: { id: string }[] = []
      const answer = await ask(person, async () => {
        for await (const page of exportRows(person.ctx, contract)) {
          found.push(...page.items)
          expect(leaks(person, page)).toEqual([])
        }
      })
      expect(ids(found), person.name).toEqual(answer instanceof Refusal ? [] : ids(readable(person, 'export')))
    }),
  )

  test(
    'aggregate',
    each(async person => {
      const seen = readable(person)
      const count = await ask(person, () => aggregate(person.ctx, contract, { measures: [{ fn: 'count' }] }))
      if (!(count instanceof Refusal)) expect(count[0]?.values[0] ?? 0, person.name).toBe(seen.length)
      for (const field of fields) {
        const measure = field === 'total' || field === 'discount' || field === 'x_rating' ? 'sum' : 'max'
        for (const query of [
          { measures: [{ fn: measure, field }] },
          { measures: [{ fn: 'count' as const, field }] },
          { by: [field], measures: [{ fn: 'count' as const }] },
          { measures: [{ fn: 'count' as const }], filter: { [field]: { empty: false } } },
        ] as const) {
          const answer = await ask(person, () => aggregate(person.ctx, contract, query as never))
          if (answer instanceof Refusal) continue
          // Complete or refused: an answer means that every row counted shows the field.
          expect(
            seen.every(row => reads(person, row, field)),
            `${person.name}: ${JSON.stringify(query)}`,
          ).toBe(true)
        }
      }
      const simple = person.held.length === 1 && seen.length > 0
      if (simple && seen.every(row => reads(person, row, 'total'))) {
        const [sum] = await aggregate(person.ctx, contract, { measures: [{ fn: 'sum', field: 'total' }] })
        const fen = seen.reduce((total, row) => total + Math.round(Number(row.words.total) * 100), 0)
        expect(sum?.values[0], person.name).toBe((fen / 100).toFixed(2))
      }
    }),
  )

  test(
    'search, within an entity and everywhere',
    each(async person => {
      for (const row of rows.slice(0, 5))
        for (const field of ['name', 'note', 'contact', 'bank_card']) {
          const word = (row.words[field] ?? '').split(' ')[0] ?? ''
          const found =
            may(organisation, person, access, 'read', row) && reads(person, row, field) && field !== 'bank_card'
          const page = await ask(person, () => list(person.ctx, contract, { search: word }))
          if (!(page instanceof Refusal))
            expect(ids(page.items), `${person.name} searches ${word}`).toEqual(found ? [row.id] : [])
          const hits = await ask(person, () => search(person.ctx, word))
          expect(
            hits instanceof Refusal ? [] : hits.map(hit => hit.id),
            `${person.name} searches ${word} everywhere`,
          ).toEqual(found ? [row.id] : [])
        }
    }),
  )

  test(
    'filter',
    each(async person => {
      for (const field of fields)
        for (const row of rows.slice(0, 3)) {
          const value = field === 'x_rating' ? Number(row.words[field]) : row.words[field]
          const page = await ask(person, () =>
            list(person.ctx, contract, { filter: { [field]: { eq: value ?? '' } }, count: true }),
          )
          if (page instanceof Refusal) {
            expect(['query.field', 'access.denied']).toContain(page.code)
            expect(
              rows.some(each => may(organisation, person, access, 'read', each) && reads(person, each, field)),
              `${person.name} filters ${field}`,
            ).toBe(false)
            continue
          }
          const expected = may(organisation, person, access, 'read', row) && reads(person, row, field) ? [row.id] : []
          expect(ids(page.items), `${person.name} filters ${field}`).toEqual(expected)
          expect(page.count?.value).toBe(expected.length)
          // Turned round: rows that hide the field answer as if it were empty, whatever it holds.
          if (field === 'bank_card') continue
          const others = await ask(person, () =>
            list(person.ctx, contract, { filter: { [field]: { ne: value ?? '' } }, limit: 500 }),
          )
          if (!(others instanceof Refusal))
            expect(ids(others.items), `${person.name} filters ${field} away`).toEqual(
              ids(readable(person).filter(each => each.id !== row.id || !reads(person, each, field))),
            )
        }
    }),
  )

  test(
    'where',
    each(async person => {
      for (const field of fields)
        for (const row of rows.slice(0, 3)) {
          const literal = ['discount', 'total', 'x_rating'].includes(field) ? row.words[field] : `"${row.words[field]}"`
          const page = await ask(person, () => list(person.ctx, contract, { where: `${field} = ${literal}` }))
          const expected = may(organisation, person, access, 'read', row) && reads(person, row, field) ? [row.id] : []
          if (page instanceof Refusal)
            expect(expected, `${person.name} asks where ${field}: ${page.message}`).toEqual(
              field === 'bank_card' ? expected : [],
            )
          else expect(ids(page.items), `${person.name} asks where ${field}`).toEqual(expected)
          const not = await ask(person, () =>
            list(person.ctx, contract, { where: `not(${field} = ${literal})`, limit: 500 }),
          )
          if (!(not instanceof Refusal))
            expect(ids(not.items)).toEqual(ids(readable(person).filter(each => !expected.includes(each.id))))
        }
      const sums = await ask(person, () =>
        list(person.ctx, contract, { where: 'sum(lines.amount) > 70000', limit: 500 }),
      )
      if (!(sums instanceof Refusal))
        expect(
          readable(person).every(row => reads(person, row, 'total')),
          `${person.name} sums lines`,
        ).toBe(true)
    }),
  )

  test(
    'sort',
    each(async person => {
      for (const field of fields)
        for (const key of [field, `-${field}`]) {
          const page = await ask(person, () => list(person.ctx, contract, { sort: [key], limit: 500 }))
          if (page instanceof Refusal) continue
          const seen = readable(person)
          expect(
            seen.every(row => reads(person, row, field)),
            `${person.name} sorts by ${field}`,
          ).toBe(true)
          expect(ids(page.items)).toEqual(ids(seen))
        }
    }),
  )

  test(
    'A11 titles of references',
    each(async person => {
      const page = await ask(person, () => list(person.ctx, contract, { limit: 500 }))
      const suppliers = person.held.some(({ role }) => ['director', 'clerk', 'lead'].includes(role))
      if (!(page instanceof Refusal) && page.items.length > 0)
        expect(Object.keys(page.refs.t_supplier ?? {}).length, person.name).toBe(suppliers ? page.items.length : 0)
      const titles = await titlesOf(
        person.ctx,
        't_contract',
        rows.map(row => row.id),
      )
      expect(Object.keys(titles).sort(), person.name).toEqual(ids(readable(person)))
    }),
  )

  test(
    'A10 what a record says it can be done with is what is then allowed',
    each(async person => {
      const page = await ask(person, () => list(person.ctx, contract, { limit: 500 }))
      if (page instanceof Refusal) return
      for (const record of page.items) {
        const row = rows.find(each => each.id === record.id)
        if (!row) continue
        for (const fn of ['update', 'delete', 'count'])
          expect(record._can.includes(fn), `${person.name}: ${fn} on row ${row.index}`).toBe(
            may(organisation, person, access, fn, row),
          )
      }
    }),
  )

  test(
    'a refused write says nothing either',
    each(async person => {
      for (const row of rows.slice(0, 6)) {
        const answer = await ask(person, () => patch(person.ctx, contract, row.id, 99, { due_on: '2030-01-01' }))
        const seen = may(organisation, person, access, 'read', row)
        const code = !seen
          ? 'record.not_found'
          : may(organisation, person, access, 'update', row)
            ? 'record.stale'
            : 'access.denied'
        expect(answer, person.name).toMatchObject({ code })
      }
    }),
  )
})

test('the words stand in the database, so that their absence means something', async () => {
  const stored = JSON.stringify((await sql`select * from t_main.t_contract`.execute(world.system.db)).rows)
  for (const row of rows)
    for (const field of ['name', 'contact', 'discount', 'total', 'x_rating']) expect(stored).toContain(row.words[field])
  expect((await sql`select * from t_main.${sql.id(contractLine.name)}`.execute(world.system.db)).rows).toHaveLength(
    rows.length,
  )
})
