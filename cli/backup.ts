// `yingzao backup FILE`
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { writeBackup } from '@yingzao/platform/backup/backup'
import { openPostgres } from '@yingzao/platform/postgres/open'
import { programVersion, readConfig } from '@yingzao/platform/runtime/config'
import { createLog } from '@yingzao/platform/runtime/log'
import { defineCommand, usageError } from './command.ts'

export const command = defineCommand({
  summary: {
    zh: '把数据库与附件备份为一个文件；服务器可以继续运行',
    en: 'one file with database and attachments; the server may keep running',
  },
  usage: ['backup FILE'],
  async run(args, { say }) {
    const [file, ...others] = parseArgs({ args: [...args], allowPositionals: true }).positionals
    if (!file || others.length > 0) throw usageError({ zh: '请给出备份文件名', en: 'name the backup file' })
    const config = readConfig()
    const database = await openPostgres(config, createLog('warn'))
    try {
      const from = { connection: database.connection, home: config.home, version: programVersion() }
      const summary = await writeBackup(resolve(file), from, say)
      const { tables, rows, files } = summary
      const text = `${summary.file}：${tables} 张表、${rows} 行、${files} 个附件 | ${tables} tables, ${rows} rows, ${files} files`
      return { document: summary, text: () => text }
    } finally {
      await database.stop()
    }
  },
})
