// `yingzao migrate [--plan]`: brings the schema up to date with what is installed, or tells what that would do.
import { parseArgs } from 'node:util'
import { openDatabase } from '@yingzao/kernel/database'
import { planSync } from '@yingzao/kernel/schema/sync'
import { openPostgres } from '@yingzao/platform/postgres/open'
import { readConfig } from '@yingzao/platform/runtime/config'
import { createLog } from '@yingzao/platform/runtime/log'
import { platformTables } from '@yingzao/platform/tables/tables'
import { type Answer, defineCommand } from './command.ts'
import { tenant, withInstallation } from './installation.ts'
import { readRegistry } from './registry.ts'

/** For scripts: 0 nothing to do, 1 refused or failed, 3 something is pending. */
const pendingExit = 3

export const command = defineCommand({
  summary: {
    zh: '使数据库结构与已安装的模块一致；--plan 只列出将要执行的语句',
    en: 'brings the database schema up to date; --plan only lists what that would do',
  },
  usage: ['migrate [--plan]'],
  async run(args) {
    const { values } = parseArgs({ args: [...args], options: { plan: { type: 'boolean' } } })
    return values.plan ? planned() : applied()
  },
})

async function applied(): Promise<Answer> {
  const document = await withInstallation(async ({ schema }) => schema)
  const { statements, migrations, kept } = document
  return {
    document,
    text: () =>
      statements.length + migrations.length === 0
        ? '数据库结构已是最新 | the schema is up to date'
        : [
            ...migrations.map(name => `已执行迁移 | ran migration: ${name}`),
            ...statements.map(each => `${each};`),
            ...keptLines(kept),
          ].join('\n'),
  }
}

async function planned(): Promise<Answer> {
  const config = readConfig()
  const registry = await readRegistry()
  const postgres = await openPostgres(config, createLog('error'))
  try {
    const { db } = openDatabase({ ...postgres.connection, application_name: 'yingzao migrate', onError: () => {} })
    try {
      const plan = await planSync(db, registry, tenant, { tables: platformTables })
      const { statements, afterwards, migrations, refused, kept } = plan
      const pending = statements.length + afterwards.length + migrations.length + refused.length > 0
      return {
        document: { pending, ...plan },
        exit: refused.length > 0 ? 1 : pending ? pendingExit : 0,
        text: () =>
          [
            ...(pending ? [] : ['数据库结构已是最新 | the schema is up to date']),
            ...migrations.map(name => `待执行迁移 | pending migration: ${name}`),
            ...[...statements, ...afterwards].map(each => `${each};`),
            ...refused.flatMap(({ message, file, sql }) => [
              `拒绝 | refused: ${message}`,
              `  请写 | write ${file}：${sql}`,
            ]),
            ...keptLines(kept),
          ].join('\n'),
      }
    } finally {
      await db.destroy()
    }
  } finally {
    await postgres.stop()
  }
}

const keptLines = (kept: readonly string[]) =>
  kept.map(table => `保留（模块已移除）| kept, its module is gone: ${table}`)
