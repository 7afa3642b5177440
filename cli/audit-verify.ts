// `yingzao audit verify FILE`: checks an exported change log without a server and names the first row that was touched.
import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { type Damage, verifyAudit } from '@yingzao/kernel/change/verify'
import { defineCommand, usageError } from './command.ts'

const words: Readonly<Record<Damage, string>> = {
  altered: '内容被修改 | altered',
  missing: '缺失 | missing',
  inserted: '被插入 | inserted',
  reordered: '顺序被调换 | reordered',
  forged: '签名不符，整条链被重算 | not what was signed',
  unreadable: '文件不完整或不是审计导出 | incomplete, or not an audit export',
}

export const command = defineCommand({
  summary: {
    zh: '离线校验审计导出文件，指出第一处被篡改、缺失、插入或调序的记录',
    en: 'checks an audit export offline and names the first altered, missing, inserted or reordered row',
  },
  usage: ['audit verify FILE [--key FINGERPRINT]'],
  async run(args) {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { key: { type: 'string' } },
      allowPositionals: true,
    })
    const [file] = positionals
    if (file === undefined || positionals.length > 1)
      throw usageError({ zh: '请给出一个审计导出文件', en: 'name one audit export' })
    const lines = createInterface({ input: createReadStream(file, 'utf8'), crlfDelay: Number.POSITIVE_INFINITY })
    const report = await verifyAudit(lines, values.key === undefined ? {} : { key: values.key.toLowerCase() })
    const { first } = report
    return {
      document: { file, ...report },
      exit: report.ok ? 0 : 1,
      text: () =>
        [
          report.ok ? '校验通过 | the log is as it was written' : '校验未通过 | the log is not as it was written',
          `记录 | changes: ${report.changes}  检查点 | checkpoints: ${report.checkpoints}  已删除的个人信息 | erased values: ${report.erased}`,
          `密钥指纹 | key: ${report.key ?? '-'}`,
          ...(first
            ? [
                `第 ${first.line} 行 | line ${first.line}: ${words[first.damage]}`,
                `  序号 | number: ${first.number ?? '-'}  change: ${first.change ?? '-'}`,
                `  ${first.entity ?? '-'} ${first.record ?? '-'}`,
              ]
            : []),
        ].join('\n'),
    }
  },
})
