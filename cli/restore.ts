// `yingzao restore FILE`
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { restoreBackup } from '@yingzao/platform/backup/restore'
import { openPostgres } from '@yingzao/platform/postgres/open'
import { programVersion, readConfig } from '@yingzao/platform/runtime/config'
import { createLog } from '@yingzao/platform/runtime/log'
import { defineCommand, usageError } from './command.ts'

export const command = defineCommand({
  summary: {
    zh: '把备份恢复到空的安装，逐表逐文件核对；要么全部成功，要么什么都没变',
    en: 'a backup into an empty installation, every table and file checked; all of it or nothing',
  },
  usage: ['restore FILE'],
  async run(args, { say }) {
    const [file, ...others] = parseArgs({ args: [...args], allowPositionals: true }).positionals
    if (!file || others.length > 0) throw usageError({ zh: '请给出备份文件名', en: 'name the backup file' })
    const config = readConfig()
    const database = await openPostgres(config, createLog('warn'))
    try {
      const into = { connection: database.connection, home: config.home, version: programVersion() }
      const summary = await restoreBackup(resolve(file), into, say)
      const { tables, rows, files } = summary
      const text = `已恢复并核对 ${tables} 张表、${rows} 行、${files} 个附件 | restored and checked ${tables} tables, ${rows} rows, ${files} files`
      return { document: summary, text: () => text }
    } finally {
      await database.stop()
    }
  },
})
