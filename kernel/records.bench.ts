// Benchmark of the record store: the newest 50 of a million rows for every kind of reader and sort, and creating a record.
import { randomBytes } from 'node:crypto'
import { performance } from 'node:perf_hooks'
import { allow, defineModule, entity, f, type Id } from '@yingzao/kernel/entity'
import { testDatabase } from '@yingzao/platform/testing/database'
import { startTestServer } from '@yingzao/platform/testing/server'
import { sql } from 'kysely'
import { loadPrincipal } from './access/principal.ts'
import { seedRights } from './access/seed.ts'
import type { Ctx } from './context.ts'
import { openDatabase } from './database.ts'
import { create, list } from './records.ts'
import { buildRegistry } from './registry/build.ts'
import { syncSchema } from './schema/sync.ts'
import { systemCtx } from './system.ts'

const label = (en: string) => ({ zh: en, en })
const tenant = 't_main'
const ROWS = Number(process.env.YINGZAO_BENCH_ROWS ?? 1_000_000)
const PROJECTS = 400

const project = entity('bench_project', {
  label: label('Project'),
  title: 'name',
  fields: { name: f.text(label('Name'), { required: true }), company: f.orgUnit(label('Company'), { required: true }) },
  place: { company: 'company', project: 'id' },
  access: [allow('reader', 'read')],
})
const member = entity('bench_member', {
  label: label('Member'),
  title: 'user',
  fields: {
    project: f.ref('t_project', label('Project'), { required: true }),
    user: f.user(label('User'), { required: true }),
    role: f.text(label('Role')),
  },
  place: { project: 'project' },
  access: [],
})
const sheet = entity('bench_sheet', {
  label: label('Sheet'),
  title: 'title',
  number: 'S-{yyyy}{mm}-{seq:6}',
  fields: {
    code: f.serial(label('Code')),
    title: f.text(label('Title'), { required: true }),
    company: f.orgUnit(label('Company'), { required: true }),
    project: f.ref('t_project', label('Project')),
    worked_on: f.date(label('Worked on'), { indexed: true }),
    amount: f.money(label('Amount'), { indexed: true }),
    status: f.choice(label('Status'), { open: label('Open'), done: label('Done') }, { default: 'open', indexed: true }),
    foreman: f.user(label('Foreman')),
    qty: f.number(label('Quantity')),
    price: f.number(label('Price')),
    total: f.money(label('Total'), { formula: 'qty * price' }),
    note: f.longText(label('Note')),
  },
  place: { company: 'company', project: 'project', owner: ['foreman'] },
  access: [allow('reader', 'read create update'), allow('own_reader', 'read', { scope: 'own' })],
})
// References of the benchmark's own project; the test world's type stands in for it.
const retargeted = <E extends { def: { fields: Record<string, unknown> } }>(each: E): E => ({
  ...each,
  def: {
    ...each.def,
    fields: Object.fromEntries(
      Object.entries(each.def.fields).map(([name, field]) => [
        name,
        typeof field === 'object' && field !== null && 'to' in field ? { ...field, to: 'bench_project' } : field,
      ]),
    ),
  },
})

type Report = (name: string, medianMs: number, baseline?: { name: string; ms: number }) => void

/** Prints medians against the bound that the architecture sets for p95. Needs two to three minutes for a million rows. */
export default async function bench(report: Report): Promise<void> {
  const server = await startTestServer()
  process.env.YINGZAO_TEST_DATABASE_URL = server.url
  const database = await testDatabase()
  const { db, pool } = openDatabase({ connectionString: database.url, max: 8, onError: () => {} })
  try {
    const module = defineModule({
      name: 'bench',
      label: label('Bench'),
      entities: [project, retargeted(member), retargeted(sheet)],
      roles: {
        reader: { label: label('Reader'), at: ['company', 'project'] },
        own_reader: { label: label('Own'), at: ['company'] },
      },
      scopes: {
        project: {
          entity: 'bench_project',
          members: { entity: 'bench_member', project: 'project', user: 'user', role: 'role' },
        },
      },
    })
    const registry = buildRegistry({ modules: [{ value: module, file: 'kernel/records.bench.ts' }] })
    await syncSchema(db, registry, tenant)
    const keys = { encryption: randomBytes(32), blindIndex: randomBytes(32) }
    const system = systemCtx({ db, registry, tenant, zone: 'Asia/Shanghai', from: 'bench', keys })
    await seedRights(system)
    const root = (await create(system, 'org_unit', { name: 'Group', type: 'company' })).id
    const person = async (login: string) => (await create(system, 'user', { name: login, login })).id
    const [all, three, oldest, nobody] = [
      await person('all'),
      await person('three'),
      await person('oldest'),
      await person('nobody'),
    ]
    await fill(system, root, oldest)
    const roleOf = async (code: string) =>
      (await sql<{ id: string }>`select id from ${sql.id(tenant, 'role')} where code = ${code}`.execute(db)).rows[0]
        ?.id ?? ''
    const hold = async (user: string, role: string) =>
      create(system, 'role_holding', { user, role: await roleOf(role), at_kind: 'company', at_id: root })
    await hold(all, 'reader')
    await hold(oldest, 'own_reader')
    await hold(nobody, 'own_reader')
    // One that ended long ago, one in the middle, one with the newest rows.
    const chosen = (
      await sql<{
        id: string
      }>`select id from ${sql.id(tenant, 'bench_project')} where name in ('P1', 'P200', 'P399') order by name`.execute(
        db,
      )
    ).rows
    for (const { id } of chosen) await create(system, 'bench_member', { project: id, user: three, role: 'reader' })

    const as = async (user: string): Promise<Ctx> => {
      const principal = await loadPrincipal({ db, registry, tenant, user, today: system.today })
      if (!principal) throw new Error('no such person')
      return { ...system, principal }
    }
    const bound = { name: 'bound', ms: 30 }
    for (const [who, user] of Object.entries({
      'all rows': all,
      '3 projects': three,
      'the 40 oldest': oldest,
      'no row': nobody,
    })) {
      const ctx = await as(user)
      for (const sort of [
        '-created_at',
        'created_at',
        '-worked_on',
        'worked_on',
        '-amount',
        'amount',
        'code',
        '-updated_at',
        'status',
      ]) {
        const times = await measure(40, async () => {
          const page = await list(ctx, 'bench_sheet', { sort: [sort], limit: 50 })
          if (who === 'the 40 oldest' && page.items.length !== 40)
            throw new Error(`${who} sees ${page.items.length} rows`)
          if (who === 'no row' && page.items.length !== 0) throw new Error(`${who} sees ${page.items.length} rows`)
        })
        report(`list 50 of ${ROWS.toLocaleString('en')} by ${sort}, reader of ${who}: p50`, times.median)
        report(`list 50 of ${ROWS.toLocaleString('en')} by ${sort}, reader of ${who}: p95`, times.p95, bound)
      }
    }
    const ctx = await as(all)
    const filtered = await measure(40, () =>
      list(ctx, 'bench_sheet', { filter: { status: { eq: 'done' } }, sort: ['-worked_on'], count: true }),
    )
    report('the same with a filter and the count: p95', filtered.p95, bound)
    const found = await measure(40, () => list(ctx, 'bench_sheet', { search: '盾构机9' }))
    report('search of a Chinese word in a million rows: p95', found.p95, bound)
    let n = 0
    const made = await measure(200, () =>
      create(ctx, 'bench_sheet', {
        title: `new ${n++}`,
        company: root,
        project: chosen[0]?.id,
        qty: '3',
        price: '12.5',
        foreman: all as Id<'user'>,
      }),
    )
    report('create a numbered record with a formula and references: p50', made.median)
    report('create a numbered record with a formula and references: p95', made.p95, { name: 'bound', ms: 25 })
  } finally {
    await pool.end()
    await database.drop()
    await server.stop()
  }
}

/** A million sheets by generate_series: projects one after the other in time, 40 of the oldest belong to one foreman. */
async function fill({ db }: Ctx, root: string, oldest: string): Promise<void> {
  const table = (name: string) => sql.id(tenant, name)
  await sql`insert into ${table('bench_project')} (id, name, company, created_at, updated_at)
    select gen_random_uuid(), 'P' || n, ${root}::uuid, now(), now() from generate_series(1, ${PROJECTS}) n`.execute(db)
  // Indexes after the rows: built at once they take a fraction of the time.
  const { rows: indexes } = await sql<{
    name: string
    definition: string
  }>`select indexname as name, indexdef as definition from pg_indexes
    where schemaname = ${tenant} and tablename = 'bench_sheet' and indexname not like '%_pkey'`.execute(db)
  for (const { name } of indexes) await sql`drop index ${sql.id(tenant, name)}`.execute(db)
  await sql`insert into ${table('bench_sheet')}
      (id, title, code, company, project, worked_on, amount, status, foreman, qty, price, total, created_at, updated_at, _search)
    select gen_random_uuid(), '盾构机' || n || ' sheet', 'S-' || lpad(n::text, 8, '0'), ${root}::uuid, p.id,
      date '2015-01-01' + (n / 400)::int, case when n % 17 = 0 then null else (n * 7919 % 1000003) / 10.0 end,
      case when n % 3 = 0 then 'open' else 'done' end, case when n <= 40 then ${oldest}::uuid end,
      n % 100, n % 37, (n % 100) * (n % 37), timestamptz '2015-01-01' + n * interval '5 minutes', timestamptz '2015-01-01' + (n * 7919 % ${ROWS}) * interval '5 minutes',
      yingzao.search_words('盾构机' || n || ' sheet')
    from generate_series(1::bigint, ${ROWS}::bigint) n
    join (select id, substr(name, 2)::int as number from ${table('bench_project')}) p on p.number = 1 + (n * ${PROJECTS - 1} / ${ROWS})`.execute(
    db,
  )
  for (const { definition } of indexes) await sql.raw(definition).execute(db)
  await sql`vacuum analyze`.execute(db)
}

async function measure(times: number, work: () => Promise<unknown>): Promise<{ median: number; p95: number }> {
  for (let warm = 0; warm < 5; warm++) await work()
  const spent: number[] = []
  for (let each = 0; each < times; each++) {
    const start = performance.now()
    await work()
    spent.push(performance.now() - start)
  }
  spent.sort((a, b) => a - b)
  return { median: spent[Math.floor(times / 2)] ?? 0, p95: spent[Math.floor(times * 0.95)] ?? 0 }
}
