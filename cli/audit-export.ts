// `yingzao audit export FILE`: the sealed history as one file that `audit verify` checks anywhere.
import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { auditText, exportAudit } from '@yingzao/kernel/change/audit'
import { sealKey } from '@yingzao/kernel/change/chain'
import { defineCommand, usageError } from './command.ts'
import { withInstallation } from './installation.ts'

export const command = defineCommand({
  summary: {
    zh: '导出已封存的变更记录，可用 audit verify 离线校验',
    en: 'exports the sealed history for audit verify',
  },
  usage: ['audit export FILE'],
  async run(args) {
    const [file, ...rest] = args
    if (file === undefined || rest.length > 0)
      throw usageError({ zh: '请给出要写的文件', en: 'name the file to write' })
    const lines = await withInstallation(async ({ host, keys }) => {
      let count = 0
      const key = sealKey(keys.derive('seal'))
      async function* text() {
        for await (const line of exportAudit({ db: host.db, tenant: host.tenant, key })) {
          count++
          yield auditText(line)
        }
      }
      // A file that is there already is not overwritten.
      await pipeline(Readable.from(text()), createWriteStream(file, { flags: 'wx', mode: 0o600 }))
      return count
    })
    return { document: { file, lines }, text: () => `${file}  ${lines} 行 | lines` }
  },
})
