// "Start my company": ends the demo. Everything of the organisation goes, roles and grants are seeded anew, and the set-up
// page opens. Registered only where the server runs a demo, so that no other installation has such an action at all.
import { seedRights } from '@yingzao/kernel/access/seed'
import { defineModule } from '@yingzao/kernel/entity'
import { act, asSystem } from '@yingzao/kernel/server'
import { sql } from 'kysely'

export const demoModule = defineModule({
  name: 'demo',
  label: { zh: '演示', en: 'Demo' },
  actions: [
    {
      name: 'demo.end',
      label: { zh: '开始使用我的公司', en: 'Start my company' },
      tone: 'danger',
      roles: ['administrator'],
    },
  ],
})

/** What the schema sync remembers stays: the tables themselves do. */
const kept = ['schema_table', 'schema_migration']

export const endDemo = act('demo.end', async ctx => {
  const { rows } = await sql<{ name: string }>`
    select tablename as name from pg_tables where schemaname = ${ctx.tenant} and tablename <> all(${kept})`.execute(
    ctx.db,
  )
  const tables = rows.map(({ name }) => sql.id(ctx.tenant, name))
  await sql`truncate ${sql.join(tables)} cascade`.execute(ctx.db)
  await seedRights(asSystem(ctx))
  if (ctx.unit) ctx.unit.rights = true
  return { ended: true }
})
