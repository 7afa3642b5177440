// The job of a confirmed import: runs with the rights of whoever confirmed it, not with the system's.
import { loadPrincipal } from '@yingzao/kernel/access/principal'
import type { Ctx } from '@yingzao/kernel/context'
import { refuse } from '@yingzao/kernel/refuse'
import { job } from '@yingzao/kernel/serve'
import { own } from '../tables/typed.ts'
import { findImport, type Parts, runImport } from './import.ts'

export const IMPORT_JOB = 'platform.import'

export const importJob = (parts: Parts) =>
  job(IMPORT_JOB, {
    label: { zh: '导入数据', en: 'Import' },
    async run(ctx, { id: given, from }, progress) {
      const id = String(given)
      const row = await own(ctx.db, ctx.tenant)
        .selectFrom('import_run')
        .select(['entity', 'by'])
        .where('id', '=', id)
        .executeTakeFirst()
      if (!row) throw refuse('record.not_found', { entity: 'import', id })
      const { db, registry, tenant, today } = ctx
      const principal = await loadPrincipal({ db, registry, tenant, user: row.by, today })
      if (!principal) throw refuse('access.denied', { function: 'import' })
      const user: Ctx = { ...ctx, principal, from: `import ${String(from)}` }
      const run = await findImport(user, row.entity, id)
      return { ...(await runImport(user, parts, run, done => progress(done))) }
    },
  })
