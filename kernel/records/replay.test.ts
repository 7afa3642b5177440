// The change log is the whole truth: replayed from nothing it gives exactly the records that are stored.
import type { Json } from '@yingzao/kernel/entity'
import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { Ctx } from '../context.ts'
import { create, get, patch, remove, restore, run } from '../records.ts'
import { Refusal } from '../refuse.ts'
import { contract } from '../testing/enterprise.ts'
import { testWorld, type World } from '../testing/world.ts'

vi.setConfig({ testTimeout: 120_000 })
let world: World
let people: Ctx[]
beforeAll(async () => {
  world = await testWorld()
  people = [
    (await world.person('director@group')).ctx,
    (await world.person('lead@tower', 'lead@bridge')).ctx,
    (await world.person('clerk@group')).ctx,
  ]
})
afterAll(() => world.drop())

const money = fc
  .integer({ min: 0, max: 99_999 })
  .map(each => `${Math.floor(each / 100)}.${String(each % 100).padStart(2, '0')}`)
const line = fc.record(
  {
    what: fc.constantFrom('pile', 'cap', 'beam'),
    qty: money.map(each => (Number(each) === 0 ? '1' : each)),
    price: fc.option(money),
  },
  { requiredKeys: ['what', 'qty'] },
)
const values = fc.record(
  {
    name: fc.constantFrom('A', 'B', '盾构'),
    type: fc.constantFrom('works', 'goods'),
    crane: fc.option(fc.constantFrom('tower', 'crawler')),
    tags: fc.subarray(['urgent', 'framework']),
    discount: fc.option(fc.constantFrom('0.1', '0.25', '0')),
    signed_on: fc.option(fc.constantFrom('2026-01-01', '2027-12-31')),
    note: fc.option(fc.string({ maxLength: 20 })),
    watchers: fc.subarray([0, 1, 2]),
    bank_card: fc.option(fc.constantFrom('6222 1', '6222 2')),
  },
  { requiredKeys: [] },
)
const step = fc.record({
  who: fc.nat(2),
  what: fc.constantFrom('create', 'patch', 'patch', 'patch', 'lines', 'lines', 'remove', 'restore', 'count'),
  on: fc.nat(5),
  values,
  lines: fc.array(line, { maxLength: 3 }),
  pick: fc.nat(4),
  stale: fc.constantFrom(false, false, false, true),
})
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never

interface Known {
  readonly id: string
  version: number
}

async function apply(records: Known[], { who, what, on, values: given, lines, pick, stale }: Step): Promise<void> {
  const ctx = people[who] ?? world.system
  const input = {
    ...given,
    ...(given.watchers ? { watchers: given.watchers.map(each => people[each]?.principal.user) } : {}),
  }
  const known = records[on % Math.max(1, records.length)]
  if (what === 'create' || !known) {
    const project = [world.projects.tower, world.projects.bridge, world.projects.tunnel][pick % 3]
    const made = await create(ctx, 't_contract', { name: 'new', ...input, project, lines })
    records.push({ id: made.id, version: made.version })
    return
  }
  const version = stale ? known.version - 1 : known.version
  if (what === 'patch')
    known.version = (await patch(ctx, 't_contract', known.id, version, input)).version || known.version
  else if (what === 'remove') {
    await remove(ctx, 't_contract', known.id, version)
    known.version = version + 1
  } else if (what === 'restore') known.version = (await restore(ctx, 't_contract', known.id, version)).version
  else if (what === 'count') {
    await run(ctx, 't_contract', known.id, 'count', { by: 2 }, { version })
    known.version = (await get(ctx, 't_contract', known.id)).version
  } else {
    const now = (await get(ctx, contract, known.id)).lines
    const chosen = now[pick % Math.max(1, now.length)]
    const upsert = [...lines, ...(chosen ? [{ id: chosen.id, qty: '7.5', ...(pick % 2 ? { position: 1 } : {}) }] : [])]
    const other = now[(pick + 1) % Math.max(1, now.length)]
    const gone = other && other.id !== chosen?.id ? [other.id] : []
    known.version = (await patch(ctx, 't_contract', known.id, version, { lines: { upsert, remove: gone } })).version
  }
}

/** The records as the change log tells them. */
async function replayed(): Promise<Map<string, Record<string, Json>>> {
  const { rows } = await sql<{ record: string; op: string; version: number; diff: Record<string, [Json, Json]> }>`
    select record, op, version, diff from t_main.change where entity = 't_contract' order by xid, id`.execute(
    world.system.db,
  )
  const records = new Map<string, Record<string, Json>>()
  for (const { record, op, version, diff } of rows) {
    const state: Record<string, Json> = {
      ...(records.get(record) ?? { lines: [] }),
      version,
      deleted: op === 'delete' ? true : op === 'restore' ? false : (records.get(record)?.deleted ?? false),
    }
    for (const [field, [before, after]] of Object.entries(diff)) {
      if (field === 'lines') state.lines = mergedLines(state.lines ?? [], before, after)
      else {
        expect(state[field] ?? null, `${field} before version ${version}`).toEqual(emptyAsNull(before))
        state[field] = emptyAsNull(after)
      }
    }
    records.set(record, state)
  }
  return records
}
const emptyAsNull = (value: Json): Json =>
  value === false || (Array.isArray(value) && value.length === 0) ? null : value

function mergedLines(now: Json, before: Json, after: Json): Json {
  const list = (value: Json) => (Array.isArray(value) ? (value as Record<string, Json>[]) : [])
  for (const gone of list(before)) expect(list(now)).toContainEqual(gone)
  const ids = new Set(list(before).map(each => each.id))
  return [...list(now).filter(each => !ids.has(each.id ?? null)), ...list(after)].sort(
    (a, b) => Number(a.position) - Number(b.position),
  )
}

test('W19 whatever people do, the change log replays to the records that are stored', async () => {
  let refused = 0
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 20, maxLength: 40 }), async steps => {
      const records: Known[] = []
      for (const each of steps)
        await apply(records, each).catch(error => {
          if (!(error instanceof Refusal)) throw error
          refused++
        })
      const told = await replayed()
      for (const { id } of records) {
        const state = told.get(id)
        expect(state, id).toBeDefined()
        const stored = await get(world.system, 't_contract', id, { deleted: state?.deleted === true })
        const { lines, version, deleted: _deleted, ...fields } = state ?? {}
        expect(stored.version).toBe(version)
        expect(stored.lines).toEqual(lines)
        for (const [field, value] of Object.entries(fields))
          expect(
            field === 'bank_card' && stored[field] !== null ? '****' : emptyAsNull(stored[field] ?? null),
            field,
          ).toEqual(value)
        for (const [field, value] of Object.entries(stored))
          if (
            ![
              'id',
              'version',
              '_can',
              'created_at',
              'created_by',
              'updated_at',
              'updated_by',
              'deleted_at',
              'deleted_by',
              'lines',
            ].includes(field) &&
            emptyAsNull(value) !== null
          )
            expect(fields, field).toHaveProperty(field)
      }
    }),
    { numRuns: 6, seed: 20_261_122 },
  )
  // Stale versions, missing rights and rules were met on the way.
  expect(refused).toBeGreaterThan(20)
})
