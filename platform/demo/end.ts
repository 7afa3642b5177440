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
  // Ledgers refuse to lose a row; a demo's are the one exception, and only inside this transaction.
  const guarded = await sql<{ name: string }>`
    select c.relname as name from pg_trigger t join pg_class c on c.oid = t.tgrelid
    join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = ${ctx.tenant} and t.tgname = 'append_only'`.execute(ctx.db)
  const guard = async (how: 'disable' | 'enable') => {
    for (const { name } of guarded.rows)
      await sql`alter table ${sql.id(ctx.tenant, name)} ${sql.raw(how)} trigger append_only`.execute(ctx.db)
  }
  await guard('disable')
  await sql`truncate ${sql.join(tables)} cascade`.execute(ctx.db)
  await guard('enable')
  await seedRights(asSystem(ctx))
  if (ctx.unit) ctx.unit.rights = true
  return { ended: true }
})
