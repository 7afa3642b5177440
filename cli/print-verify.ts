// `yingzao print verify CODE|FILE.pdf --history FILE`: is this paper genuine? Checked against an audit export, without a server.
import { createReadStream, existsSync, readFileSync, statSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { readCode } from '@yingzao/platform/print/code'
import { type Evidence, type Verdict, verifyPrint } from '@yingzao/platform/print/offline'
import { defineCommand, usageError } from './command.ts'

const words: Readonly<Record<Verdict, string>> = {
  genuine: '真实，且是最新内容 | genuine and up to date',
  superseded: '真实，但此后单据有改动 | genuine, but the document changed since',
  altered: '编码真实，但文件打印后被改动 | the code is genuine, the file was altered after printing',
  unknown: '审计导出中没有这次打印 | no such print in this export',
  untrusted:
    '审计导出本身未通过校验，请先运行 audit verify | the export itself is not as it was sealed: run audit verify',
}
/** A printed form weighs well below that. */
const most = 200_000_000

export const command = defineCommand({
  summary: {
    zh: '离线核验打印件：凭纸上的编码或 PDF 文件，对照审计导出文件',
    en: 'checks a print offline, by the code on paper or the PDF file, against an audit export',
  },
  usage: ['print verify CODE|FILE.pdf --history FILE [--key FINGERPRINT]'],
  async run(args) {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { history: { type: 'string' }, key: { type: 'string' } },
      allowPositionals: true,
    })
    const [given] = positionals
    const { history, key } = values
    if (given === undefined || positionals.length > 1 || history === undefined)
      throw usageError({
        zh: '请给出一个编码或 PDF 文件，并用 --history 给出审计导出文件',
        en: 'name one code or PDF file, and the audit export by --history',
      })
    const evidence = evidenceOf(given)
    const lines = createInterface({ input: createReadStream(history, 'utf8'), crlfDelay: Number.POSITIVE_INFINITY })
    const report = await verifyPrint(evidence, lines, key === undefined ? {} : { key: key.toLowerCase() })
    const { verdict, audit, print, later } = report
    return {
      document: { given, ...report },
      exit: verdict === 'genuine' || verdict === 'superseded' ? 0 : 1,
      text: () =>
        [
          words[verdict],
          ...(print
            ? [
                `打印 | printed: ${print.at}  第 ${print.copy} 次 | no. ${print.copy}`,
                `单据 | document: ${print.entity} ${print.record}  版本 | version: ${print.version}`,
                `历史序号 | number in the history: ${print.number}  此后改动 | changes since: ${later}`,
              ]
            : []),
          `导出截至 | export until: ${audit.until ?? '-'}  密钥指纹 | key: ${audit.key ?? '-'}`,
        ].join('\n'),
    }
  },
})

function evidenceOf(given: string): Evidence {
  if (readCode(given)) return { code: given }
  if (!existsSync(given) || !statSync(given).isFile() || statSync(given).size > most)
    throw usageError({
      zh: `${given} 既不是打印件编码（以 YZ1 开头），也不是 PDF 文件`,
      en: `${given} is neither a printed code (it begins with YZ1) nor a PDF file`,
    })
  return { file: readFileSync(given) }
}
