// testWorld(): a database with the test enterprise in it: two companies, three departments, three projects, people by role.
import { randomBytes } from 'node:crypto'
import type { Id, Module, PlainDate } from '@yingzao/kernel/entity'
import { testDatabase } from '@yingzao/platform/testing/database'
import { sql } from 'kysely'
import { loadPrincipal } from '../access/principal.ts'
import { seedRights } from '../access/seed.ts'
import type { Ctx } from '../context.ts'
import { openDatabase } from '../database.ts'
import { patch } from '../records/patch.ts'
import { create } from '../records.ts'
import { refuse } from '../refuse.ts'
import { buildRegistry, type Findings } from '../registry/build.ts'
import { syncSchema } from '../schema/sync.ts'
import { act, handle, type Registration } from '../serve.ts'
import { asSystem, systemCtx } from '../system.ts'
import { contract, enterprise, member, project } from './enterprise.ts'

export const tenant = 't_main'
const keys = { encryption: randomBytes(32), blindIndex: randomBytes(32) }

/** Verbs and actions of the enterprise: small, so that what the kernel does around them shows. */
const services: readonly Registration[] = [
  handle(contract, {
    async count(ctx, record, { by }) {
      const next = (record.counted ?? 0) + Number(by)
      if (next % 2 === 1) throw refuse('enterprise.odd')
      await patch(asSystem(ctx), contract, record.id, undefined, { counted: next } as object)
      return { counted: next }
    },
    peek: async (_ctx, record, input) => ({ name: record.name, ...input }),
  }),
  act('enterprise.tally', async (ctx, { add }) => {
    const { rows } = await sql<{
      last: number
    }>`insert into ${sql.id(ctx.tenant, 'number_counter')} as c (name, last) values ('tally', ${add})
      on conflict (name) do update set last = c.last + ${add} returning last`.execute(ctx.db)
    return { tally: rows[0]?.last ?? 0 }
  }),
]

export const findings = (more: readonly Registration[] = [], modules: readonly Module[] = []): Findings => ({
  modules: [enterprise, ...modules].map(value => ({ value, file: `kernel/testing/${value.name}.ts` })),
  registrations: [...services, ...more].map(value => ({
    value,
    file: 'kernel/testing/world.ts',
    module: 'enterprise',
  })),
})

export interface World {
  readonly system: Ctx
  /** For connections of one's own. */
  readonly url: string
  /** Signs somebody in: a Ctx with his rights as they are now. */
  as(user: string): Promise<Ctx>
  /** A person holding roles: `await person('lead@tower')`, `'director@group'`, `'staff@north:design'` (of department design). */
  person(...held: string[]): Promise<{ readonly id: Id<'user'>; readonly ctx: Ctx }>
  readonly units: Readonly<Record<'group' | 'north' | 'south' | 'build' | 'design' | 'sales', Id<'org_unit'>>>
  readonly projects: Readonly<Record<'tower' | 'bridge' | 'tunnel', Id<'t_project'>>>
  drop(): Promise<void>
}

/** `more`: hooks and other registrations under test. */
export async function testWorld(more: readonly Registration[] = [], modules: readonly Module[] = []): Promise<World> {
  const database = await testDatabase()
  const { db, pool } = openDatabase({ connectionString: database.url, max: 8, onError: () => {} })
  const registry = buildRegistry(findings(more, modules))
  await syncSchema(db, registry, tenant)
  const system = systemCtx({ db, registry, tenant, zone: 'Asia/Shanghai', from: 'test', keys })
  await seedRights(system)

  const unit = async (name: string, type: 'company' | 'department', parent: Id<'org_unit'> | null) =>
    (await create(system, 'org_unit', { name, type, parent })).id as Id<'org_unit'>
  const group = await unit('Group', 'company', null)
  const north = await unit('North', 'company', group)
  const south = await unit('South', 'company', group)
  const build = await unit('Building', 'department', north)
  const design = await unit('Design', 'department', build)
  const sales = await unit('Sales', 'department', south)
  const units = { group, north, south, build, design, sales }
  const place = async (name: string, company: Id<'org_unit'>, department: Id<'org_unit'>) =>
    (await create(system, project, { name, company, department, budget: '1000000' })).id
  const projects = {
    tower: await place('Tower', north, build),
    bridge: await place('Bridge', north, design),
    tunnel: await place('Tunnel', south, sales),
  }
  const roles = new Map(
    (await sql<{ id: string; code: string }>`select id, code from ${sql.id(tenant, 'role')}`.execute(db)).rows.map(
      row => [row.code, row.id],
    ),
  )
  const as = async (user: string): Promise<Ctx> => {
    const principal = await loadPrincipal({ db, registry, tenant, user, today: system.today })
    if (!principal) throw new Error('no such person')
    return { ...systemCtx({ db, registry, tenant, zone: 'Asia/Shanghai', from: 'test', keys }), principal }
  }
  let people = 0
  return {
    system,
    url: database.url,
    as,
    units,
    projects,
    async person(...held) {
      const login = `p${++people}`
      const departments = held.flatMap(each =>
        /^(head|staff)@/.test(each) ? [units[(each.split(':')[1] ?? each.slice(5)) as keyof typeof units]] : [],
      )
      const made = await create(system, 'user', {
        name: `Person ${people}`,
        login,
        main_department: departments[0] ?? null,
        side_departments: departments.slice(1),
      })
      for (const each of held) {
        const [code = '', at = ''] = each.split(':')[0]?.split('@') ?? []
        if (at in projects)
          await create(system, member, {
            project: projects[at as keyof typeof projects],
            user: made.id as Id<'user'>,
            role: code,
          })
        else {
          const unitId = units[at as keyof typeof units]
          const kind = code === 'head' || code === 'auditor' ? 'department' : 'company'
          await create(system, 'role_holding', { user: made.id, role: roles.get(code), at_kind: kind, at_id: unitId })
        }
      }
      return { id: made.id as Id<'user'>, ctx: await as(made.id) }
    },
    async drop() {
      await pool.end()
      await database.drop()
    },
  }
}

export const day = (text: PlainDate): PlainDate => text
