// Every night: uploads that no record ever named are removed after a day, and contents that no row names any more.

import type { Ctx } from '@yingzao/kernel/context'
import { job } from '@yingzao/kernel/serve'
import { sql } from 'kysely'
import { own } from '../tables/typed.ts'
import type { FileStore } from './store.ts'

const DAY = 86_400_000

export const sweepFiles = (files: FileStore) =>
  job('platform.sweep_files', {
    label: { zh: '清理未使用的上传文件', en: 'Remove uploads nobody used' },
    every: '20 3 * * *',
    run: async ctx => ({ removed: await sweep(ctx, files) }),
  })

/** Returns how many contents were removed. */
export async function sweep(ctx: Ctx, files: FileStore): Promise<number> {
  const before = new Date(Date.parse(ctx.now) - DAY)
  const gone = await own(ctx.db, ctx.tenant)
    .deleteFrom('stored_file')
    .where('used', '=', false)
    .where('at', '<', before)
    .returning('sha256')
    .execute()
  let removed = 0
  for (const sha256 of new Set(gone.map(row => row.sha256))) {
    // The lock that an upload of the same content takes: it is either seen here or waits until the content is gone.
    await ctx.db.transaction().execute(async tx => {
      await sql`select pg_advisory_xact_lock(hashtextextended(${sha256}, 0))`.execute(tx)
      const other = await own(tx, ctx.tenant)
        .selectFrom('stored_file')
        .select('id')
        .where('sha256', '=', sha256)
        .executeTakeFirst()
      if (other) return
      await files.remove(sha256)
      removed++
    })
  }
  return removed
}
