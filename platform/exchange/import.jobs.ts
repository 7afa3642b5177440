// The job of a confirmed import: runs with the rights of whoever confirmed it, not with the system's.
import { refuse } from '@yingzao/kernel/refuse'
import { job } from '@yingzao/kernel/serve'
import { principalOf } from '../auth/principal.ts'
import { userContext } from '../http/context.ts'
import type { Host } from '../http/host.ts'
import { own } from '../tables/typed.ts'
import { findImport, runImport } from './import.ts'

export const IMPORT_JOB = 'platform.import'

/** `host` is asked when the job runs: jobs are declared before the server is up. */
export const importJob = (host: () => Host) =>
  job(IMPORT_JOB, {
    label: { zh: '导入数据', en: 'Import' },
    async run(ctx, input, progress) {
      const id = String(input.id)
      const row = await own(ctx.db, ctx.tenant)
        .selectFrom('import_run')
        .select(['entity', 'by'])
        .where('id', '=', id)
        .executeTakeFirst()
      if (!row) throw refuse('record.not_found', { entity: 'import', id })
      const principal = await principalOf(host(), row.by, null)
      if (!principal) throw refuse('access.denied', { function: 'import' })
      const lang = input.lang === 'en' ? 'en' : 'zh'
      const user = userContext(host(), principal, {
        lang,
        requestId: ctx.requestId,
        from: `import ${String(input.from)}`,
      })
      const run = await findImport(user, row.entity, id)
      const result = await runImport(user, host(), run, done => progress(done))
      return { ...result }
    },
  })
